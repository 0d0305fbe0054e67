//! Statements of entity relationship diagrams.

use super::cardinality::{self, Relationship};
use crate::diagram::Outcome;
use crate::diagram::mermaid::Preamble;
use crate::diagram::mermaid::cursor::Cursor;
use crate::diagram::mermaid::draft::Draft;
use crate::diagram::mermaid::flowchart::{Compartment, Edge, Flowchart};
use crate::diagram::mermaid::generic::angled;
use crate::diagram::mermaid::label::Label;

struct Reader<'s> {
    draft: Draft<'s>,
}

pub(super) fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    let mut reader = Reader { draft: Draft::new(source, preamble) };
    while let Some(start) = reader.draft.next() {
        reader.statement(start);
    }
    let mut read = reader.draft.finish();
    for node in &mut read.value.nodes {
        node.label = std::mem::take(&mut node.label).bold();
    }
    read
}

/// A name: in quotes, or letters, digits and a few signs.
fn name<'s>(cursor: &mut Cursor<'s>) -> Option<&'s str> {
    if let Some(quoted) = cursor.quoted() {
        return Some(quoted);
    }
    let bare = cursor.take_while(|c| c.is_alphanumeric() || !c.is_ascii() || matches!(c, '_' | '-' | '*' | '.'));
    (!bare.is_empty()).then_some(bare)
}

impl<'s> Reader<'s> {
    fn statement(&mut self, start: usize) {
        if self.draft.shared() {
            return;
        }
        let mut ahead = self.draft.cursor.clone();
        // `class` may be an entity too.
        let is_class = self.draft.keyword("class");
        if is_class && cardinality::relationship(&mut ahead_of(&ahead)).is_none() {
            self.draft.wear();
            return;
        }
        self.draft.cursor = ahead.clone();
        let Some(id) = name(&mut ahead) else {
            self.draft.unexpected("an entity", Some("as in `CUSTOMER ||--o{ ORDER : places`"));
            return;
        };
        self.draft.cursor = ahead;
        let node = self.entity(id);
        self.draft.cursor.blanks();
        if self.draft.cursor.eat("[") {
            self.alias(node);
        }
        self.draft.cursor.blanks();
        self.draft.class_mark(node);
        if let Some(relationship) = cardinality::relationship(&mut self.draft.cursor) {
            self.relationship(node, relationship);
            return;
        }
        let mut ahead = self.draft.cursor.clone();
        ahead.take_while(char::is_whitespace);
        if ahead.eat("{") {
            self.draft.cursor = ahead;
            self.attributes(node, start);
            return;
        }
        if self.draft.is_line_end() {
            self.draft.end_of_statement();
        } else {
            self.draft.cursor.blanks();
            self.draft.unexpected("a relationship or `{`", Some("as in `CUSTOMER ||--o{ ORDER : places`"));
        }
    }

    fn entity(&mut self, id: &str) -> usize {
        let is_new = self.draft.known(id).is_none();
        let node = self.draft.node(id);
        if is_new {
            self.draft.chart.nodes[node].label = Label::markdown(id);
        }
        node
    }

    /// `words]` or `"words"]`, after the bracket.
    fn alias(&mut self, node: usize) {
        self.draft.cursor.blanks();
        let words = self.draft.cursor.quoted();
        let words = words.unwrap_or_else(|| self.draft.cursor.take_while(|c| !matches!(c, ']' | '\n')).trim());
        self.draft.cursor.blanks();
        if self.draft.cursor.eat("]") {
            self.draft.chart.nodes[node].label = Label::markdown(words);
        } else {
            self.draft.unexpected("`]`", None);
        }
    }

    /// The other entity and what the relationship is, after its cardinalities.
    fn relationship(&mut self, from: usize, relationship: Relationship) {
        self.draft.cursor.blanks();
        let Some(id) = name(&mut self.draft.cursor) else {
            self.draft.unexpected("an entity behind the relationship", None);
            return;
        };
        let to = self.entity(id);
        self.draft.cursor.blanks();
        self.draft.class_mark(to);
        self.draft.cursor.blanks();
        let mut label = Label::default();
        if self.draft.cursor.eat(":") {
            self.draft.cursor.take_while(char::is_whitespace);
            label = match self.draft.cursor.quoted() {
                Some(words) => Label::markdown(words),
                None => Label::markdown(self.draft.rest_of_line()),
            };
        }
        let Relationship { start, stroke, end } = relationship;
        self.draft.chart.edges.push(Edge { stroke, start, end, label, ..Edge::line(from, to) });
        self.draft.end_of_statement();
    }

    /// `type name PK, FK "remark"` as often as one likes, up to the brace.
    fn attributes(&mut self, node: usize, start: usize) {
        let mut rows = Vec::new();
        loop {
            self.draft.blanks_and_comments();
            if self.draft.cursor.eat("}") {
                break;
            }
            if self.draft.cursor.is_done() {
                self.draft.error(start, "the entity is not closed".to_owned(), Some("close it with `}`"));
                break;
            }
            match self.attribute() {
                Some(row) => rows.push(row),
                None => {
                    let before = self.draft.cursor.clone();
                    self.draft.unexpected("the type and the name of an attribute", Some("as in `string name PK`"));
                    // A brace closes the entity all the same.
                    if before.rest().starts_with('}') {
                        self.draft.cursor = before;
                    }
                }
            }
        }
        if rows.is_empty() {
            return;
        }
        let compartments = &mut self.draft.chart.nodes[node].compartments;
        match compartments.first_mut() {
            Some(table) => table.rows.extend(rows),
            None => compartments.push(Compartment { rows }),
        }
    }

    fn attribute(&mut self) -> Option<Vec<Label>> {
        let kind = self.word()?;
        self.draft.blanks_and_comments();
        let name = self.word()?;
        let mut keys: Vec<&str> = Vec::new();
        loop {
            let mut ahead = self.draft.cursor.clone();
            ahead.take_while(|c| c.is_whitespace() || c == ',');
            let word = ahead.take_while(|c| c.is_ascii_alphabetic());
            let is_key = ["PK", "FK", "UK"].iter().any(|key| key.eq_ignore_ascii_case(word));
            if !is_key || ahead.peek().is_some_and(|c| c.is_alphanumeric() || c == '_') {
                break;
            }
            keys.push(word);
            self.draft.cursor = ahead;
        }
        let mut ahead = self.draft.cursor.clone();
        ahead.take_while(char::is_whitespace);
        let remark = ahead.quoted();
        if remark.is_some() {
            self.draft.cursor = ahead;
        }
        let keys = if keys.is_empty() { Label::default() } else { Label::plain(&keys.join(", ")).bold() };
        let remark = remark.map(Label::markdown).unwrap_or_default();
        Some(vec![cell(kind), cell(name), keys, remark])
    }

    /// A type or a name; what stands between tildes may hold blanks.
    fn word(&mut self) -> Option<&'s str> {
        let rest = self.draft.cursor.rest();
        let ends = |c: char| c.is_whitespace() || matches!(c, '}' | '"' | ',' | ':' | ';');
        let end_of_word = |from: usize| rest[from..].find(ends).map_or(rest.len(), |at| from + at);
        let mut length = end_of_word(0);
        let line = &rest[..rest.find(['\n', '"', '}']).unwrap_or(rest.len())];
        if let (Some(first), Some(last)) = (rest[..length].find('~'), line.rfind('~'))
            && first < last
        {
            length = end_of_word(last + 1).max(length);
        }
        self.draft.cursor.skip(length);
        let word = rest[..length].trim();
        (!word.is_empty()).then_some(word)
    }
}

/// A type or a name: `List~T~`, and Markdown.
fn cell(written: &str) -> Label {
    // Angles are no tags here.
    Label::markdown(&angled(written).replace('<', "&lt;"))
}

/// A cursor behind the word and the blanks that come next.
fn ahead_of<'s>(cursor: &Cursor<'s>) -> Cursor<'s> {
    let mut ahead = cursor.clone();
    ahead.take_while(char::is_alphanumeric);
    ahead
}
