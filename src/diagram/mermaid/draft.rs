//! A chart while it is read: what class, entity, requirement and C4 diagrams have in common.
//!
//! Nodes by their names, statements one after the other, titles for those who do not see the drawing, directions, colours
//! (`classDef`, `class`, `:::`, `style`), addresses, problems.

use super::Preamble;
use super::address::safe;
use super::cursor::Cursor;
use super::flowchart::{self, Flowchart, Node, Style};
use super::label::Label;
use crate::diagram::{Outcome, Problem, Weight};
use std::collections::HashMap;

/// Nodes, edges and subgraphs past this many are too many for anybody to read.
const MOST: usize = 20_000;

/// A chart, and the place up to which it has been read.
pub(super) struct Draft<'s> {
    pub(super) cursor: Cursor<'s>,
    pub(super) chart: Flowchart,
    pub(super) problems: Vec<Problem>,
    nodes: HashMap<String, usize>,
    classes: HashMap<&'s str, Style>,
    /// Who wears which class.
    worn: Vec<(Who<'s>, &'s str)>,
    /// What is said of one node alone.
    own: Vec<(Who<'s>, Style)>,
}

/// A node that stands already, or one that only a name is known of: it may come later, or never.
enum Who<'s> {
    Node(usize),
    Named(&'s str),
}

impl<'s> Draft<'s> {
    /// Nothing read yet; the cursor is behind the first word.
    pub(super) fn new(source: &'s str, preamble: &Preamble) -> Self {
        Draft {
            cursor: Cursor::new(source, preamble.word.end),
            chart: Flowchart { title: preamble.title.clone(), ..Flowchart::default() },
            problems: Vec::new(),
            nodes: HashMap::new(),
            classes: HashMap::new(),
            worn: Vec::new(),
            own: Vec::new(),
        }
    }

    /// Goes to the next statement and gives its place; `None` at the end.
    pub(super) fn next(&mut self) -> Option<usize> {
        self.blanks_and_comments();
        let start = self.cursor.at();
        if self.chart.nodes.len() + self.chart.edges.len() + self.chart.subgraphs.len() > MOST {
            self.cursor.skip(self.cursor.rest().len());
            self.error(start, format!("more than {MOST} nodes and edges"), None);
        }
        (!self.cursor.is_done()).then_some(start)
    }

    /// Goes over blanks, line ends and comments.
    pub(super) fn blanks_and_comments(&mut self) {
        loop {
            self.cursor.take_while(|c| c.is_whitespace() || c == ';');
            if !self.cursor.rest().starts_with("%%") {
                break;
            }
            self.cursor.to_line_end();
        }
    }

    /// Whether nothing more comes on this line.
    pub(super) fn is_line_end(&self) -> bool {
        let mut ahead = self.cursor.clone();
        ahead.blanks();
        ahead.is_done() || ahead.rest().starts_with(['\n', ';']) || ahead.rest().starts_with("%%")
    }

    /// Notes what still stands on the line, if anything does, and goes to its end.
    pub(super) fn end_of_statement(&mut self) {
        if self.is_line_end() {
            self.cursor.take_while(|c| c != '\n' && c != ';');
            return;
        }
        self.cursor.blanks();
        self.unexpected("the end of the statement", None);
    }

    /// Notes that something else was expected here, and goes to the end of the line.
    pub(super) fn unexpected(&mut self, expected: &str, help: Option<&'static str>) {
        let start = self.cursor.at();
        let found: String = self.cursor.line().chars().take(24).collect();
        self.cursor.to_line_end();
        let found = if found.is_empty() { "the end of the line".to_owned() } else { format!("`{found}`") };
        self.error(start, format!("expected {expected}, found {found}"), help);
    }

    /// A mistake from a place to here.
    pub(super) fn error(&mut self, start: usize, message: String, help: Option<&'static str>) {
        self.problem(Weight::Error, start, message, help);
    }

    /// Something that is drawn otherwise, from a place to here.
    pub(super) fn warning(&mut self, start: usize, message: String, help: Option<&'static str>) {
        self.problem(Weight::Warning, start, message, help);
    }

    fn problem(&mut self, weight: Weight, start: usize, message: String, help: Option<&'static str>) {
        let text = self.cursor.source().get(start..self.cursor.at()).unwrap_or_default().trim_end();
        self.problems.push(Problem { weight, range: start..start + text.len(), message, help });
    }

    /// The rest of the line, up to a comment, without the semicolon at its end.
    pub(super) fn rest_of_line(&mut self) -> &'s str {
        let line = self.cursor.line();
        self.cursor.to_line_end();
        let line = line.find("%%").map_or(line, |at| &line[..at]);
        line.trim().trim_end_matches(';').trim()
    }

    /// Goes over a word that begins a statement, if it comes next, whether in capitals or not, and another word or a
    /// quote follows: a name can be such a word too.
    pub(super) fn keyword(&mut self, word: &str) -> bool {
        let mut ahead = self.cursor.clone();
        let found = ahead.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-');
        let follows = ahead.rest().starts_with([' ', '\t']);
        ahead.blanks();
        let is_word = ahead.peek().is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '"' | '`'));
        let comes = found.eq_ignore_ascii_case(word) && follows && is_word;
        if comes {
            self.cursor = ahead;
        }
        comes
    }

    /// A statement that all these diagrams have; `false` if none comes next.
    pub(super) fn shared(&mut self) -> bool {
        let start = self.cursor.at();
        if let Some(is_title) = self.spoken() {
            let text = if self.cursor.eat("{") {
                self.cursor.until("}").unwrap_or_default()
            } else {
                self.cursor.eat(":");
                self.rest_of_line()
            };
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            let place = if is_title { &mut self.chart.spoken_title } else { &mut self.chart.description };
            *place = Some(text).filter(|text| !text.is_empty());
        } else if self.keyword("direction") {
            let word = self.rest_of_line();
            match flowchart::direction(word) {
                Some(direction) => self.chart.direction = direction,
                None => self.error(start, format!("`{word}` is no direction"), Some("write TB, BT, LR or RL")),
            }
        } else if self.keyword("classDef") {
            let line = self.rest_of_line();
            let (names, style) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let style = Style::read(style);
            for name in names.split(',') {
                self.classes.entry(name.trim()).or_default().add(&style);
            }
        } else if self.keyword("style") {
            let line = self.rest_of_line();
            let (names, style) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
            let style = Style::read(style);
            for name in names.split(',') {
                self.own.push((Who::Named(name.trim()), style.clone()));
            }
        } else {
            return false;
        }
        true
    }

    /// `accTitle` (`true`) or `accDescr`, with what they say next.
    fn spoken(&mut self) -> Option<bool> {
        let mut ahead = self.cursor.clone();
        let word = ahead.take_while(|c| c.is_ascii_alphabetic());
        ahead.blanks();
        let is_title = word.eq_ignore_ascii_case("accTitle");
        let is_spoken = is_title || word.eq_ignore_ascii_case("accDescr");
        let comes = is_spoken && ahead.rest().starts_with([':', '{']) && !ahead.rest().starts_with(":::");
        comes.then(|| {
            self.cursor = ahead;
            is_title
        })
    }

    /// `class a,b one,two`: nodes that wear classes, after the keyword.
    pub(super) fn wear(&mut self) {
        let line = self.rest_of_line();
        let (names, classes) = line.rsplit_once(char::is_whitespace).unwrap_or((line, ""));
        for name in names.trim().trim_matches('"').split(',').map(str::trim).filter(|name| !name.is_empty()) {
            let name = name.trim_matches('"').trim();
            self.worn.extend(classes.split(',').map(|class| (Who::Named(name), class.trim())));
        }
    }

    /// `:::one,two` behind a node, if it comes next.
    pub(super) fn class_mark(&mut self, node: usize) {
        if !self.cursor.eat(":::") {
            return;
        }
        loop {
            self.cursor.blanks();
            let class = self.cursor.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-');
            self.worn.push((Who::Node(node), class));
            let mut ahead = self.cursor.clone();
            ahead.blanks();
            if !ahead.eat(",") {
                break;
            }
            self.cursor = ahead;
        }
    }

    /// The node of a name, made if it is new.
    pub(super) fn node(&mut self, id: &str) -> usize {
        if let Some(at) = self.nodes.get(id) {
            return *at;
        }
        let at = self.push(Node { id: id.to_owned(), label: Label::plain(id), ..Node::default() });
        self.nodes.insert(id.to_owned(), at);
        at
    }

    /// The node of a name, if there is one.
    pub(super) fn known(&self, id: &str) -> Option<usize> {
        self.nodes.get(id).copied()
    }

    /// A node that no other statement can name.
    pub(super) fn push(&mut self, node: Node) -> usize {
        self.chart.nodes.push(node);
        self.chart.nodes.len() - 1
    }

    /// Says something of the look of one node.
    pub(super) fn dress(&mut self, node: usize, style: Style) {
        self.own.push((Who::Node(node), style));
    }

    /// Gives a node its address, unless that could run a script; `start` is where the statement begins.
    pub(super) fn link(&mut self, node: usize, address: &str, start: usize) {
        match safe(address) {
            Some(address) => self.chart.nodes[node].href = Some(address),
            None => self.warning(
                start,
                format!("the address `{address}` is not put into a page"),
                Some("link to `https:`, `http:`, `mailto:` or a relative address"),
            ),
        }
    }

    /// What has been read: all wear their colours.
    pub(super) fn finish(mut self) -> Outcome<Flowchart> {
        if let Some(style) = self.classes.get("default") {
            self.chart.nodes.iter_mut().for_each(|node| node.style.add(style));
        }
        let at = |who: &Who<'_>| match who {
            Who::Node(at) => Some(*at),
            Who::Named(name) => self.nodes.get(*name).copied(),
        };
        for (who, class) in &self.worn {
            if let (Some(at), Some(style)) = (at(who), self.classes.get(class)) {
                self.chart.nodes[at].style.add(style);
            }
        }
        for (who, style) in &self.own {
            if let Some(at) = at(who) {
                self.chart.nodes[at].style.add(style);
            }
        }
        self.problems.sort_by_key(|problem| problem.range.start);
        Outcome { value: self.chart, problems: self.problems }
    }
}
