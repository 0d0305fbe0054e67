//! Statements: what a flowchart's text says, one after the other.
//!
//! Never stops at a mistake: it is noted, the rest of its line is left out, and reading goes on, so that all mistakes of
//! a diagram are told at once.

use super::link::{self, Link};
use super::node::{self, Shape};
use super::resolve;
use super::style::Style;
use super::{Flowchart, Node, Subgraph};
use crate::diagram::graph::Direction;
use crate::diagram::mermaid::Preamble;
use crate::diagram::mermaid::address::safe;
use crate::diagram::mermaid::cursor::Cursor;
use crate::diagram::mermaid::label::Label;
use crate::diagram::{Outcome, Problem, Weight};
use std::collections::HashMap;
use std::ops::Range;

/// Nodes, links and subgraphs past this many are too many for anybody to read.
const MOST: usize = 10_000;
/// The same for links alone.
const MOST_LINKS: usize = 5_000;

/// Reads a flowchart.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    let mut reader = Reader {
        cursor: Cursor::new(source, preamble.word.end),
        chart: Flowchart { title: preamble.title.clone(), ..Flowchart::default() },
        problems: Vec::new(),
        nodes: HashMap::new(),
        subgraphs: HashMap::new(),
        edge_names: HashMap::new(),
        pending: Vec::new(),
        open: Vec::new(),
        mentioned: vec![Vec::new()],
        classes: HashMap::new(),
        uses: Vec::new(),
        styles: Vec::new(),
        link_styles: Vec::new(),
    };
    reader.header();
    while !reader.cursor.is_done() {
        reader.statement();
    }
    resolve::finish(reader)
}

/// A link whose ends are still names: a name can turn out to be a subgraph.
pub(super) struct Pending<'s> {
    pub(super) from: &'s str,
    pub(super) to: &'s str,
    pub(super) link: Link<'s>,
}

pub(super) struct Reader<'s> {
    pub(super) cursor: Cursor<'s>,
    pub(super) chart: Flowchart,
    pub(super) problems: Vec<Problem>,
    pub(super) nodes: HashMap<&'s str, usize>,
    pub(super) subgraphs: HashMap<&'s str, usize>,
    /// Names given to links (`e1@-->`), and which links have them.
    pub(super) edge_names: HashMap<&'s str, Vec<usize>>,
    pub(super) pending: Vec<Pending<'s>>,
    /// Subgraphs that are open, outermost first, and where each began.
    pub(super) open: Vec<(usize, Range<usize>)>,
    /// Nodes named in each open subgraph; the first is the chart itself.
    pub(super) mentioned: Vec<Vec<&'s str>>,
    pub(super) classes: HashMap<&'s str, Style>,
    /// Who has which class.
    pub(super) uses: Vec<(&'s str, &'s str)>,
    pub(super) styles: Vec<(&'s str, Style)>,
    pub(super) link_styles: Vec<(Option<usize>, Style)>,
}

impl<'s> Reader<'s> {
    fn header(&mut self) {
        self.cursor.blanks();
        let start = self.cursor.at();
        let word = self.cursor.take_while(|c| c.is_ascii_alphabetic() || matches!(c, '<' | '>' | '^'));
        match direction(word) {
            Some(direction) => self.chart.direction = direction,
            None if word.is_empty() => {}
            None => self.problem(start, format!("`{word}` is no direction"), Some("write TB, BT, LR or RL")),
        }
        self.end_of_statement();
    }

    fn problem(&mut self, start: usize, message: String, help: Option<&'static str>) {
        let end = self.cursor.at().max(start + self.cursor.source()[start..].chars().next().map_or(0, char::len_utf8));
        self.problems.push(Problem {
            weight: Weight::Error,
            range: start..end.min(self.cursor.source().len()),
            message,
            help,
        });
    }

    fn warning(&mut self, range: Range<usize>, message: String) {
        self.problems.push(Problem { weight: Weight::Warning, range, message, help: None });
    }

    /// Goes over the end of a statement; tells what stands before it.
    fn end_of_statement(&mut self) {
        self.cursor.blanks();
        if self.cursor.rest().starts_with("%%") {
            self.cursor.to_line_end();
        }
        if self.cursor.is_done() || self.cursor.eat("\n") || self.cursor.eat(";") {
            return;
        }
        let start = self.cursor.at();
        let found: String = self.cursor.line().chars().take(24).collect();
        self.cursor.to_line_end();
        self.problem(
            start,
            format!("expected a link or the end of the line, found `{found}`"),
            Some("put words with brackets or quotes in \"…\""),
        );
    }

    fn statement(&mut self) {
        self.cursor.take_while(|c| c.is_whitespace() || c == ';');
        if self.cursor.is_done() {
            return;
        }
        if self.cursor.rest().starts_with("%%") {
            self.cursor.to_line_end();
            return;
        }
        if self.chart.nodes.len() + self.pending.len() + self.chart.subgraphs.len() > MOST {
            let at = self.cursor.at();
            self.problem(at, format!("more than {MOST} nodes and links"), None);
            self.cursor.skip(self.cursor.rest().len());
            return;
        }
        let start = self.cursor.at();
        if !self.keyword(start) {
            self.chain(start);
            self.end_of_statement();
        }
    }

    /// A statement that begins with a word of its own; `false` if none does.
    fn keyword(&mut self, start: usize) -> bool {
        let is_statement = |rest: &str| {
            !rest.trim_start_matches([' ', '\t']).starts_with(['-', '=', '~', '<', '&', '[', '(', '{', '@'])
        };
        let mut ahead = self.cursor.clone();
        let word = ahead.take_while(|c| c.is_alphanumeric() || c == '_');
        if !is_statement(ahead.rest()) && word != "subgraph" {
            return false;
        }
        match word {
            "subgraph" => self.subgraph(ahead, start),
            "end"
                if ahead.line().trim().is_empty()
                    || ahead.rest().trim_start_matches([' ', '\t']).starts_with([';', '%']) =>
            {
                self.cursor = ahead;
                self.end_subgraph(start);
            }
            "direction" => {
                self.cursor = ahead;
                self.own_direction();
            }
            "classDef" | "class" | "style" | "linkStyle" | "click" | "href" => {
                self.cursor = ahead;
                let line = self.statement_line();
                match word {
                    "classDef" => self.class_definition(line),
                    "class" => self.class_use(line),
                    "style" => self.style(line),
                    "linkStyle" => self.link_style(line),
                    _ => self.click(line, start),
                }
            }
            "accTitle" | "accDescr" => {
                self.cursor = ahead;
                self.spoken(word == "accTitle");
            }
            _ => return false,
        }
        true
    }

    /// The rest of a line, up to a comment.
    fn statement_line(&mut self) -> &'s str {
        let line = self.cursor.line();
        self.cursor.to_line_end();
        let line = line.find(" %%").map_or(line, |at| &line[..at]);
        line.trim().trim_end_matches(';').trim()
    }

    fn subgraph(&mut self, ahead: Cursor<'s>, start: usize) {
        self.cursor = ahead;
        self.cursor.blanks();
        let line_start = self.cursor.at();
        let (id, label) = self.subgraph_title();
        let parent = self.open.last().map(|(index, _)| *index);
        let index = self.chart.subgraphs.len();
        self.chart.subgraphs.push(Subgraph { id: id.to_owned(), label, parent, ..Subgraph::default() });
        if !id.is_empty() {
            self.subgraphs.entry(id).or_insert(index);
        }
        self.open.push((index, start..self.cursor.at().max(line_start)));
        self.mentioned.push(Vec::new());
        self.end_of_statement();
    }

    /// `id`, `id[title]`, `"title"`, or words.
    fn subgraph_title(&mut self) -> (&'s str, Label) {
        let mut ahead = self.cursor.clone();
        let id = node::name(&mut ahead);
        ahead.blanks();
        if !id.is_empty()
            && node::opens(ahead.rest())
            && let Some((_, words)) = node::shape(&mut ahead)
        {
            self.cursor = ahead;
            self.class_mark(id);
            return (id, Label::read(words));
        }
        let line = self.statement_line();
        let id = line.trim_matches('"').trim();
        (id, Label::read(line))
    }

    fn end_subgraph(&mut self, start: usize) {
        match self.open.pop() {
            Some((index, _)) => {
                let names = self.mentioned.pop().unwrap_or_default();
                for name in names {
                    self.own(index, name);
                }
            }
            None => self.problem(start, "`end` without a subgraph".to_owned(), None),
        }
        self.end_of_statement();
    }

    /// A node belongs to the subgraph that was finished first after naming it.
    pub(super) fn own(&mut self, subgraph: usize, name: &str) {
        if let Some(&at) = self.nodes.get(name) {
            self.chart.nodes[at].parent.get_or_insert(subgraph);
        }
    }

    fn own_direction(&mut self) {
        self.cursor.blanks();
        let start = self.cursor.at();
        let word = self.cursor.take_while(|c| c.is_ascii_alphabetic());
        match (direction(word), self.open.last()) {
            (Some(direction), Some((index, _))) => self.chart.subgraphs[*index].direction = Some(direction),
            (Some(direction), None) => self.chart.direction = direction,
            (None, _) => self.problem(start, format!("`{word}` is no direction"), Some("write TB, BT, LR or RL")),
        }
        self.end_of_statement();
    }

    /// `A & B --> C --> D`
    fn chain(&mut self, start: usize) {
        let Some(mut from) = self.group() else {
            let found: String = self.cursor.line().chars().take(24).collect();
            self.cursor.to_line_end();
            self.problem(start, format!("expected a node, found `{found}`"), None);
            return;
        };
        loop {
            self.cursor.blanks();
            // A line may begin with the link that goes on from the last one. (Mermaid refuses this; nothing else can be meant.)
            let mut next_line = self.cursor.clone();
            next_line.take_while(char::is_whitespace);
            if link::link(&mut next_line.clone()).is_some() {
                self.cursor = next_line;
            }
            let name = self.edge_name();
            let Some(link) = link::link(&mut self.cursor) else { break };
            // A link may be broken behind its arrow.
            self.cursor.take_while(char::is_whitespace);
            let target = self.cursor.at();
            let Some(to) = self.group() else {
                self.problem(target, "expected a node behind the link".to_owned(), None);
                self.cursor.to_line_end();
                break;
            };
            if self.pending.len() + from.len() * to.len() > MOST_LINKS {
                self.problem(target, format!("more than {MOST_LINKS} links"), None);
                self.cursor.skip(self.cursor.rest().len());
                return;
            }
            for from in &from {
                for to in &to {
                    if let Some(name) = name {
                        self.edge_names.entry(name).or_default().push(self.pending.len());
                    }
                    self.pending.push(Pending { from, to, link: link.clone() });
                }
            }
            from = to;
        }
    }

    /// `e1@` before a link.
    fn edge_name(&mut self) -> Option<&'s str> {
        let mut ahead = self.cursor.clone();
        let name = ahead.take_while(|c| c.is_alphanumeric() || c == '_');
        let names_a_link = !name.is_empty() && ahead.eat("@") && link::link(&mut ahead.clone()).is_some();
        names_a_link.then(|| {
            self.cursor = ahead;
            name
        })
    }

    /// `A & B`; `None` if no node comes next.
    fn group(&mut self) -> Option<Vec<&'s str>> {
        let mut names = vec![self.node()?];
        loop {
            let mut ahead = self.cursor.clone();
            ahead.take_while(char::is_whitespace);
            if !ahead.eat("&") {
                break;
            }
            ahead.take_while(char::is_whitespace);
            self.cursor = ahead;
            names.push(self.node()?);
        }
        Some(names)
    }

    fn node(&mut self) -> Option<&'s str> {
        let start = self.cursor.at();
        let id = node::name(&mut self.cursor);
        if id.is_empty() {
            return None;
        }
        let data = self.cursor.clone();
        let mut ahead = data.clone();
        ahead.blanks();
        if ahead.eat("@{") {
            self.cursor = ahead;
            self.data(id, start);
            self.class_mark(id);
            return Some(id);
        }
        let shape_start = self.cursor.at();
        let mut ahead = self.cursor.clone();
        ahead.blanks();
        // `A > B` is no shape, `A>B]` is.
        let may_open = node::opens(self.cursor.rest()) || (node::opens(ahead.rest()) && !ahead.rest().starts_with('>'));
        if may_open {
            match node::shape(&mut ahead) {
                Some((shape, words)) => {
                    self.cursor = ahead;
                    let at = self.named(id);
                    self.chart.nodes[at].shape = shape;
                    self.chart.nodes[at].label = Label::read(words);
                }
                None => {
                    self.cursor.to_line_end();
                    self.named(id);
                    self.problem(
                        shape_start,
                        format!("the shape of `{id}` is not closed"),
                        Some("put words with brackets in \"…\""),
                    );
                }
            }
        } else {
            self.named(id);
        }
        self.class_mark(id);
        Some(id)
    }

    /// The node of a name, made if it is new.
    fn named(&mut self, id: &'s str) -> usize {
        if let Some(mentions) = self.mentioned.last_mut() {
            mentions.push(id);
        }
        if let Some(&at) = self.nodes.get(id) {
            return at;
        }
        self.nodes.insert(id, self.chart.nodes.len());
        self.chart.nodes.push(Node { id: id.to_owned(), label: Label::plain(id), ..Node::default() });
        self.chart.nodes.len() - 1
    }

    /// `:::class`
    fn class_mark(&mut self, id: &'s str) {
        if self.cursor.eat(":::") {
            let class = self.cursor.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-');
            self.uses.push((id, class));
        }
    }

    /// `@{ shape: …, label: … }`, of a node or of a link.
    fn data(&mut self, id: &'s str, start: usize) {
        let Some(inner) = self.cursor.until("}") else {
            self.cursor.to_line_end();
            self.problem(start, format!("the braces of `{id}` are not closed"), None);
            return;
        };
        if self.edge_names.contains_key(id) {
            return;
        }
        let at = self.named(id);
        for (name, value) in entries(inner) {
            match name {
                "shape" => match Shape::named(value) {
                    Some(shape) => self.chart.nodes[at].shape = shape,
                    None => self.warning(
                        start..self.cursor.at(),
                        format!("no shape is called `{value}`; a rectangle is drawn"),
                    ),
                },
                "label" => self.chart.nodes[at].label = Label::read(&format!("\"{value}\"")),
                _ => {}
            }
        }
    }

    fn class_definition(&mut self, line: &'s str) {
        let (names, style) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let style = Style::read(style);
        for name in names.split(',') {
            self.classes.entry(name.trim()).or_default().add(&style);
        }
    }

    fn class_use(&mut self, line: &'s str) {
        if let Some((names, class)) = line.rsplit_once(char::is_whitespace) {
            self.uses.extend(names.split(',').map(|name| (name.trim(), class.trim())));
        }
    }

    fn style(&mut self, line: &'s str) {
        let (names, style) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let style = Style::read(style);
        self.styles.extend(names.split(',').map(|name| (name.trim(), style.clone())));
    }

    fn link_style(&mut self, line: &'s str) {
        let (numbers, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim_start();
        let style = rest
            .strip_prefix("interpolate")
            .map_or(rest, |r| r.trim_start().split_once(char::is_whitespace).map_or("", |(_, s)| s));
        let style = Style::read(style);
        for number in numbers.split(',') {
            match number.trim() {
                "default" => self.link_styles.push((None, style.clone())),
                number => self.link_styles.extend(number.parse().ok().map(|n| (Some(n), style.clone()))),
            }
        }
    }

    /// `click A "https://…"`, `click A href "…"`; callbacks are left out.
    fn click(&mut self, line: &'s str, start: usize) {
        let (id, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let rest = rest.trim_start();
        let rest = rest.strip_prefix("href").map_or(rest, str::trim_start);
        let Some(address) = rest.strip_prefix('"').and_then(|r| r.split('"').next()) else {
            let end = self.cursor.at();
            self.warning(start..end, "a callback is not called: pages run no scripts of diagrams".to_owned());
            return;
        };
        if safe(address).is_none() {
            let end = self.cursor.at();
            self.warning(start..end, format!("the address `{address}` is not put into a page"));
            return;
        }
        let at = self.named(id);
        self.chart.nodes[at].href = Some(address.to_owned());
    }

    fn spoken(&mut self, is_title: bool) {
        self.cursor.blanks();
        let text = if self.cursor.eat("{") {
            self.cursor.until("}").unwrap_or_default()
        } else {
            self.cursor.eat(":");
            self.statement_line()
        };
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let place = if is_title { &mut self.chart.spoken_title } else { &mut self.chart.description };
        *place = Some(text).filter(|t| !t.is_empty());
    }
}

/// The direction that a word names.
pub(in crate::diagram::mermaid) fn direction(word: &str) -> Option<Direction> {
    Some(match word {
        "TB" | "TD" | "v" => Direction::Down,
        "BT" | "^" => Direction::Up,
        "LR" | ">" => Direction::Right,
        "RL" | "<" => Direction::Left,
        _ => return None,
    })
}

/// `name: value` pairs between commas or line ends; values may be quoted.
fn entries(inner: &str) -> Vec<(&str, &str)> {
    let (mut found, mut start, mut quoted) = (Vec::new(), 0, false);
    let mut cut = |part: &mut usize, end: usize| {
        if let Some((name, value)) = inner[*part..end].split_once(':') {
            found.push((name.trim(), value.trim().trim_matches(['"', '\''])));
        }
        *part = end + 1;
    };
    for (at, c) in inner.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' | '\n' if !quoted => cut(&mut start, at),
            _ => {}
        }
    }
    if start <= inner.len() {
        cut(&mut start, inner.len());
    }
    found
}
