//! Statements of class diagrams.

use super::member::{self, Member};
use super::relation::{self, Relation};
use crate::diagram::Outcome;
use crate::diagram::mermaid::Preamble;
use crate::diagram::mermaid::cursor::Cursor;
use crate::diagram::mermaid::draft::Draft;
use crate::diagram::mermaid::flowchart::{Compartment, Edge, Flowchart, Head, Node, Shape, Stroke, Subgraph, Tone};
use crate::diagram::mermaid::generic::angled;
use crate::diagram::mermaid::label::Label;
use std::collections::HashMap;

/// Namespaces within each other; deeper ones nobody can draw.
const DEEPEST: usize = 32;

/// What has been said of a class.
#[derive(Default)]
struct Class {
    node: usize,
    /// What it is called, if that is not its name.
    words: Option<Label>,
    /// What stands between its tildes.
    parameter: String,
    annotations: Vec<String>,
    attributes: Vec<Vec<Label>>,
    methods: Vec<Vec<Label>>,
}

struct Reader<'s> {
    draft: Draft<'s>,
    classes: Vec<Class>,
    /// The class of each node that is one.
    class_of: HashMap<usize, usize>,
    namespaces: HashMap<String, usize>,
    /// Open namespaces: where each began, its whole name, its frame.
    open: Vec<(usize, String, usize)>,
    /// Whether `A.B` lies in `A`.
    nested: bool,
}

/// A name and the parameter behind it.
struct Name<'s> {
    id: &'s str,
    parameter: &'s str,
}

pub(super) fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    let mut reader = Reader {
        draft: Draft::new(source, preamble),
        classes: Vec::new(),
        class_of: HashMap::new(),
        namespaces: HashMap::new(),
        open: Vec::new(),
        nested: are_nested(source.get(..preamble.word.start).unwrap_or_default()),
    };
    while let Some(start) = reader.draft.next() {
        reader.statement(start);
    }
    reader.finish()
}

/// What the configuration before the diagram says of namespaces.
fn are_nested(before: &str) -> bool {
    let value = before.split_once("hierarchicalNamespaces").map_or("", |(_, rest)| rest);
    !value.trim_start_matches(|c: char| matches!(c, '"' | '\'' | ':') || c.is_whitespace()).starts_with("false")
}

impl<'s> Reader<'s> {
    fn statement(&mut self, start: usize) {
        if self.draft.cursor.eat("}") {
            if self.open.pop().is_none() {
                self.draft.error(start, "`}` closes nothing".to_owned(), None);
            }
        } else if self.draft.shared() {
        } else if self.draft.keyword("namespace") {
            self.namespace(start);
        } else if self.draft.keyword("class") {
            self.class(start);
        } else if self.draft.keyword("cssClass") {
            self.draft.wear();
        } else if self.draft.keyword("note") {
            self.note(start);
        } else if self.draft.keyword("click") || self.draft.keyword("link") || self.draft.keyword("callback") {
            self.click(start);
        } else if self.draft.cursor.eat("<<") {
            self.annotation(start);
        } else {
            self.about_a_class();
        }
    }

    /// A name, with its parameter between tildes; `None` if none comes next.
    fn name(&mut self) -> Option<Name<'s>> {
        let cursor = &mut self.draft.cursor;
        let id = if cursor.peek() == Some('`') {
            let mut ahead = cursor.clone();
            ahead.eat("`");
            let id = ahead.until("`").filter(|id| !id.contains('\n'))?;
            *cursor = ahead;
            id
        } else {
            bare_name(cursor)
        };
        let parameter = parameter(cursor);
        (!id.is_empty()).then_some(Name { id, parameter })
    }

    /// The class of a name, made if it is new.
    fn of(&mut self, name: &Name<'s>) -> usize {
        let node = self.draft.node(name.id);
        let class = *self.class_of.entry(node).or_insert_with(|| {
            self.classes.push(Class { node, ..Class::default() });
            self.classes.len() - 1
        });
        if self.classes[class].parameter.is_empty() {
            self.classes[class].parameter = angled(name.parameter);
        }
        class
    }

    fn add(&mut self, class: usize, written: &str) {
        let class = &mut self.classes[class];
        match member::read(written) {
            Some(Member::Annotation(text)) => class.annotations.push(text),
            Some(Member::Attribute(label)) => class.attributes.push(vec![label]),
            Some(Member::Method(label)) => class.methods.push(vec![label]),
            None => {}
        }
    }

    /// `class Name~T~["words"]:::style <<annotation>> { members }`, after the keyword.
    fn class(&mut self, start: usize) {
        let Some(name) = self.name() else {
            self.draft.unexpected("the name of a class", Some("names with blanks stand between backquotes"));
            return;
        };
        let class = self.of(&name);
        let node = self.classes[class].node;
        if let Some((_, _, frame)) = self.open.last() {
            self.draft.chart.nodes[node].parent = Some(*frame);
        }
        loop {
            self.draft.cursor.blanks();
            let rest = self.draft.cursor.rest();
            if rest.starts_with('[') {
                let Some(words) = self.words() else {
                    self.draft.unexpected("`[\"words\"]`", None);
                    return;
                };
                self.classes[class].words = Some(words);
            } else if rest.starts_with(":::") {
                self.draft.class_mark(node);
            } else if self.draft.cursor.eat("<<") {
                match self.draft.cursor.until(">>") {
                    Some(text) => self.classes[class].annotations.push(text.trim().to_owned()),
                    None => self.draft.unexpected("`>>`", None),
                }
            } else if self.draft.cursor.eat("{") {
                self.body(class, start);
                // Another statement may follow on the line.
                return;
            } else {
                break;
            }
        }
        // In `namespace N { class A }` the namespace ends here.
        if !self.draft.cursor.rest().starts_with('}') {
            self.draft.end_of_statement();
        }
    }

    /// `["words"]`
    fn words(&mut self) -> Option<Label> {
        let mut ahead = self.draft.cursor.clone();
        ahead.eat("[");
        ahead.blanks();
        let words = ahead.quoted()?;
        ahead.blanks();
        ahead.eat("]").then(|| self.draft.cursor = ahead)?;
        Some(Label::words(words))
    }

    /// Members up to the brace that closes them.
    fn body(&mut self, class: usize, start: usize) {
        while !self.draft.cursor.is_done() {
            let rest = self.draft.cursor.rest();
            let line = rest[..rest.find('\n').unwrap_or(rest.len())].trim_end_matches('\r');
            let end = closing(line);
            let member = line.get(..end.unwrap_or(line.len())).unwrap_or_default();
            if !member.trim_start().starts_with("%%") {
                self.add(class, member);
            }
            match end {
                Some(end) => {
                    self.draft.cursor.skip(end + 1);
                    return;
                }
                None => self.draft.cursor.skip(line.len().max(1)),
            }
            self.draft.cursor.take_while(char::is_whitespace);
        }
        self.draft.error(start, "the class is not closed".to_owned(), Some("close it with `}`"));
    }

    /// `namespace A.B["words"] {`, after the keyword.
    fn namespace(&mut self, start: usize) {
        let Some(name) = self.name() else {
            self.draft.unexpected("the name of a namespace", None);
            return;
        };
        self.draft.cursor.blanks();
        let words = if self.draft.cursor.rest().starts_with('[') { self.words() } else { None };
        self.draft.cursor.take_while(char::is_whitespace);
        if !self.draft.cursor.eat("{") {
            self.draft.unexpected("`{`", Some("as in `namespace Shapes { class Circle }`"));
            return;
        }
        let whole = match self.open.last() {
            Some((_, outer, _)) => format!("{outer}.{}", name.id),
            None => name.id.to_owned(),
        };
        if self.open.len() >= DEEPEST || whole.matches('.').count() >= DEEPEST {
            self.draft.error(start, "this namespace lies too deep".to_owned(), None);
            self.open.push((start, String::new(), self.open.last().map_or(0, |(_, _, frame)| *frame)));
            return;
        }
        let frame = self.frame(&whole);
        if let Some(words) = words {
            self.draft.chart.subgraphs[frame].label = words;
        }
        self.open.push((start, whole, frame));
    }

    /// The frame of a namespace, in those of the ones it lies in.
    fn frame(&mut self, whole: &str) -> usize {
        let dots = whole.match_indices('.').map(|(at, _)| at).filter(|_| self.nested);
        let ends: Vec<usize> = dots.chain([whole.len()]).collect();
        let (mut parent, mut begin) = (None, 0);
        let mut frame = 0;
        for end in ends {
            let (id, name) = (&whole[..end], &whole[begin..end]);
            frame = *self.namespaces.entry(id.to_owned()).or_insert_with(|| {
                let label = Label::plain(if name.is_empty() { id } else { name });
                self.draft.chart.subgraphs.push(Subgraph { id: id.to_owned(), label, parent, ..Subgraph::default() });
                self.draft.chart.subgraphs.len() - 1
            });
            parent = Some(frame);
            begin = (end + 1).min(whole.len());
        }
        frame
    }

    /// `note "words"`, `note for Name "words"`, after the keyword.
    fn note(&mut self, start: usize) {
        let of = if self.draft.keyword("for") { self.name().map(|name| self.of(&name)) } else { None };
        self.draft.cursor.take_while(char::is_whitespace);
        let Some(words) = self.draft.cursor.quoted() else {
            self.draft.unexpected("the words of a note", Some("as in `note for Circle \"words\"`"));
            return;
        };
        let parent = match of {
            Some(class) => self.draft.chart.nodes[self.classes[class].node].parent,
            None => None,
        };
        let note = self.draft.push(Node {
            id: format!("note {start}"),
            label: Label::words(words),
            shape: Shape::Card,
            parent: self.open.last().map(|(_, _, frame)| *frame).or(parent),
            tone: Tone::Note,
            ..Node::default()
        });
        if let Some(class) = of {
            let line = Edge::line(note, self.classes[class].node);
            self.draft.chart.edges.push(Edge { stroke: Stroke::Dotted, ..line });
        }
        self.draft.end_of_statement();
    }

    /// `click Name href "address"`, `link Name "address"`; callbacks are left out.
    fn click(&mut self, start: usize) {
        let Some(name) = self.name() else {
            self.draft.unexpected("the name of a class", None);
            return;
        };
        let class = self.of(&name);
        let is_callback = self.draft.cursor.source().get(start..).is_some_and(|s| s.starts_with("callback"));
        self.draft.cursor.blanks();
        self.draft.cursor.eat_word("href");
        self.draft.cursor.blanks();
        let address = self.draft.cursor.quoted().filter(|_| !is_callback);
        self.draft.rest_of_line();
        match address {
            Some(address) => self.draft.link(self.classes[class].node, address, start),
            None => {
                let message = "a callback is not called: pages run no scripts of diagrams".to_owned();
                self.draft.warning(start, message, None);
            }
        }
    }

    /// `<<annotation>> Name`, after the first mark.
    fn annotation(&mut self, start: usize) {
        let text = self.draft.cursor.until(">>").filter(|text| !text.contains('\n'));
        self.draft.cursor.blanks();
        match (text, self.name()) {
            (Some(text), Some(name)) => {
                let class = self.of(&name);
                self.classes[class].annotations.push(text.trim().to_owned());
                self.draft.end_of_statement();
            }
            _ => {
                self.draft.cursor.to_line_end();
                let message = "expected an annotation and the name of a class".to_owned();
                self.draft.error(start, message, Some("as in `<<interface>> Shape`"));
            }
        }
    }

    /// `Name : member`, `Name:::style`, `Name`, or a relation.
    fn about_a_class(&mut self) {
        let Some(name) = self.name() else {
            self.draft.unexpected("a class or a relation", Some("as in `Shape <|-- Circle`"));
            return;
        };
        self.draft.cursor.blanks();
        let mut ahead = self.draft.cursor.clone();
        let cardinality = ahead.quoted();
        if let Some(relation) = relation::read(&mut ahead) {
            self.draft.cursor = ahead;
            self.relation(&name, cardinality, relation);
            return;
        }
        let class = self.of(&name);
        if self.draft.cursor.rest().starts_with(":::") {
            self.draft.class_mark(self.classes[class].node);
        } else if self.draft.cursor.eat(":") {
            let member = self.draft.rest_of_line();
            self.add(class, member);
            return;
        }
        self.draft.end_of_statement();
    }

    /// `A "1" <|-- "*" B : words`, after the relation.
    fn relation(&mut self, from: &Name<'s>, near: Option<&'s str>, relation: Relation) {
        self.draft.cursor.blanks();
        let far = self.draft.cursor.quoted();
        self.draft.cursor.blanks();
        let Some(to) = self.name() else {
            self.draft.unexpected("a class behind the relation", None);
            return;
        };
        let is_socket = |own: Head, other: Head| own == Head::Socket && !matches!(other, Head::Socket);
        let (offers, is_offered) = (is_socket(relation.end, relation.start), is_socket(relation.start, relation.end));
        let from = if is_offered && relation.end == Head::None { self.interface(from) } else { self.end(from) };
        let to = if offers && relation.start == Head::None { self.interface(&to) } else { self.end(&to) };
        self.draft.cursor.blanks();
        let mut label = Label::default();
        if !self.draft.cursor.rest().starts_with(":::") && self.draft.cursor.eat(":") {
            label = Label::words(self.draft.rest_of_line());
        }
        let at_ends = [near, far].map(|words| words.map(Label::words).unwrap_or_default());
        let Relation { start, stroke, end } = relation;
        self.draft.chart.edges.push(Edge { stroke, start, end, label, at_ends, ..Edge::line(from, to) });
        self.draft.end_of_statement();
    }

    fn end(&mut self, name: &Name<'s>) -> usize {
        let class = self.of(name);
        self.classes[class].node
    }

    /// The name of an interface that a class offers: each relation shows one of its own.
    fn interface(&mut self, name: &Name<'s>) -> usize {
        let id = format!("{} {}", name.id, self.draft.chart.nodes.len());
        self.draft.push(Node { id, label: Label::plain(name.id), shape: Shape::Text, ..Node::default() })
    }

    fn finish(mut self) -> Outcome<Flowchart> {
        for (start, ..) in std::mem::take(&mut self.open) {
            self.draft.error(start, "the namespace is not closed".to_owned(), Some("close it with `}`"));
        }
        for class in self.classes {
            let node = &mut self.draft.chart.nodes[class.node];
            let name = class.words.unwrap_or_else(|| Label::plain(&node.id)).bold();
            let parameter = if class.parameter.is_empty() { String::new() } else { format!("<{}>", class.parameter) };
            let mut label = class.annotations.iter().fold(Label::default(), |label, text| label.over(note_of(text)));
            label = label.over(name);
            if let Some(run) = label.lines.last_mut().and_then(|line| line.last_mut()) {
                run.text.push_str(&parameter);
            }
            node.label = label;
            let parts = [class.attributes, class.methods].into_iter().filter(|rows| !rows.is_empty());
            node.compartments = parts.map(|rows| Compartment { rows }).collect();
        }
        self.draft.finish()
    }
}

/// An annotation between its marks.
fn note_of(text: &str) -> Label {
    Label::plain(&format!("«{text}»"))
}

/// A name without backquotes: letters, digits, `_`, single `-` and `.` within.
fn bare_name<'s>(cursor: &mut Cursor<'s>) -> &'s str {
    let rest = cursor.rest();
    let mut length = 0;
    for (at, c) in rest.char_indices() {
        let next = rest[at + c.len_utf8()..].chars().next();
        let is_inner = matches!(c, '-' | '.') && next.is_some_and(|n| n.is_alphanumeric() || n == '_');
        if !(c.is_alphanumeric() || c == '_' || (at > 0 && is_inner)) {
            break;
        }
        length = at + c.len_utf8();
    }
    cursor.skip(length);
    &rest[..length]
}

/// `~T~` behind a name, tildes within tildes too; empty if none comes next.
fn parameter<'s>(cursor: &mut Cursor<'s>) -> &'s str {
    let rest = cursor.rest();
    let line = &rest[..rest.find(['\n', '{', '"', ':']).unwrap_or(rest.len())];
    if !line.starts_with('~') {
        return "";
    }
    let mut depth = 0usize;
    for (at, _) in line.match_indices('~') {
        let opens =
            line[at + 1..].starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '?' | '[')) || at == 0;
        depth = if opens { depth + 1 } else { depth - 1 };
        if depth == 0 {
            cursor.skip(at + 1);
            return line[1..at].trim();
        }
    }
    // Not balanced: up to the last one.
    let Some(last) = line.rfind('~').filter(|last| *last > 0) else { return "" };
    cursor.skip(last + 1);
    line[1..last].trim_matches('~').trim()
}

/// Where the brace stands that closes what was opened before this line.
fn closing(line: &str) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in line.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}
