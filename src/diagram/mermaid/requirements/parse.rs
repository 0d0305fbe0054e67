//! Statements of requirement diagrams.

use crate::diagram::Outcome;
use crate::diagram::mermaid::Preamble;
use crate::diagram::mermaid::draft::Draft;
use crate::diagram::mermaid::flowchart::{Compartment, Edge, Flowchart, Head, Stroke};
use crate::diagram::mermaid::label::Label;

/// What can be required, and the element; how it is written and how it is shown.
const KINDS: [(&str, &str); 7] = [
    ("requirement", "Requirement"),
    ("functionalRequirement", "Functional Requirement"),
    ("interfaceRequirement", "Interface Requirement"),
    ("performanceRequirement", "Performance Requirement"),
    ("physicalRequirement", "Physical Requirement"),
    ("designConstraint", "Design Constraint"),
    ("element", "Element"),
];
/// What is said of them.
const FIELDS: [(&str, &str); 6] = [
    ("id", "ID"),
    ("text", "Text"),
    ("risk", "Risk"),
    ("verifyMethod", "Verification"),
    ("type", "Type"),
    ("docRef", "Doc Ref"),
];
const RELATIONS: [&str; 7] = ["contains", "copies", "derives", "satisfies", "verifies", "refines", "traces"];

struct Reader<'s> {
    draft: Draft<'s>,
}

pub(super) fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    let mut reader = Reader { draft: Draft::new(source, preamble) };
    while let Some(start) = reader.draft.next() {
        reader.statement(start);
    }
    reader.draft.finish()
}

impl<'s> Reader<'s> {
    fn statement(&mut self, start: usize) {
        if self.draft.cursor.rest().starts_with('#') {
            self.draft.cursor.to_line_end();
            return;
        }
        if self.draft.shared() {
            return;
        }
        if self.draft.keyword("class") {
            self.draft.wear();
            return;
        }
        for (word, shown) in KINDS {
            let before = self.draft.cursor.clone();
            if self.draft.keyword(word) {
                if self.definition(shown, start) {
                    return;
                }
                self.draft.cursor = before;
            }
        }
        self.relationship();
    }

    /// A name: in quotes, or words up to a sign.
    fn name(&mut self) -> Option<&'s str> {
        self.draft.cursor.blanks();
        if let Some(quoted) = self.draft.cursor.quoted() {
            self.draft.cursor.blanks();
            return Some(quoted);
        }
        let bare =
            self.draft.cursor.take_while(|c| !matches!(c, ':' | ',' | '\n' | '{' | '<' | '>' | '-' | '=')).trim();
        (!bare.is_empty()).then_some(bare)
    }

    /// `name { … }` after what it is; `false` if that is no definition.
    fn definition(&mut self, kind: &str, start: usize) -> bool {
        let Some(id) = self.name() else { return false };
        self.draft.cursor.blanks();
        let rest = self.draft.cursor.rest();
        if !rest.starts_with(":::") && !rest.starts_with('{') {
            return false;
        }
        let node = self.draft.node(id);
        self.draft.class_mark(node);
        self.draft.cursor.take_while(char::is_whitespace);
        if !self.draft.cursor.eat("{") {
            self.draft.unexpected("`{`", None);
            return true;
        }
        let name = Label::markdown(id).bold();
        self.draft.chart.nodes[node].label = Label::plain(&format!("«{kind}»")).over(name);
        let rows = self.fields(start);
        self.draft.chart.nodes[node].compartments =
            if rows.is_empty() { Vec::new() } else { vec![Compartment { rows }] };
        true
    }

    /// `field: words`, one a line, up to the brace.
    fn fields(&mut self, start: usize) -> Vec<Vec<Label>> {
        let mut rows = Vec::new();
        loop {
            self.draft.blanks_and_comments();
            if self.draft.cursor.eat("}") {
                return rows;
            }
            if self.draft.cursor.is_done() {
                self.draft.error(start, "the braces are not closed".to_owned(), Some("close them with `}`"));
                return rows;
            }
            let mut ahead = self.draft.cursor.clone();
            let word = ahead.take_while(char::is_alphanumeric);
            ahead.blanks();
            let field = FIELDS.iter().find(|(written, _)| written.eq_ignore_ascii_case(word));
            let (Some((_, shown)), true) = (field, ahead.eat(":")) else {
                self.draft.unexpected("what is said of it", Some("one of id, text, risk, verifyMethod, type, docRef"));
                continue;
            };
            ahead.blanks();
            self.draft.cursor = ahead;
            let words = match self.draft.cursor.quoted() {
                Some(words) => Label::markdown(words),
                None => {
                    let rest = self.draft.cursor.take_while(|c| c != '\n').trim();
                    // `{ id: 1 }` on one line.
                    Label::markdown(rest.trim_end_matches('}'))
                }
            };
            if self.draft.cursor.source().get(..self.draft.cursor.at()).is_some_and(|read| read.ends_with('}')) {
                rows.push(vec![row(shown, words)]);
                return rows;
            }
            rows.push(vec![row(shown, words)]);
        }
    }

    /// `a - satisfies -> b`, `b <- satisfies - a`, `a:::style`
    fn relationship(&mut self) {
        const HELP: &str = "as in `entity - satisfies -> requirement`";
        let Some(left) = self.name() else {
            self.draft.unexpected("a requirement, an element or a relationship", Some(HELP));
            return;
        };
        if self.draft.cursor.rest().starts_with(":::") {
            let node = self.draft.node(left);
            self.draft.class_mark(node);
            self.draft.end_of_statement();
            return;
        }
        let backwards = self.draft.cursor.eat("<-");
        if !backwards && !self.draft.cursor.eat("-") {
            self.draft.unexpected("`-` or `<-`", Some(HELP));
            return;
        }
        self.draft.cursor.blanks();
        let mut ahead = self.draft.cursor.clone();
        let word = ahead.take_while(|c| c.is_ascii_alphabetic());
        ahead.blanks();
        let closes = if backwards { ahead.eat("-") } else { ahead.eat("->") };
        let Some(relation) = RELATIONS.into_iter().find(|r| closes && r.eq_ignore_ascii_case(word)) else {
            let help = "one of contains, copies, derives, satisfies, verifies, refines, traces";
            self.draft.unexpected("a relationship", Some(help));
            return;
        };
        self.draft.cursor = ahead;
        let Some(right) = self.name() else {
            self.draft.unexpected("a requirement or an element", Some(HELP));
            return;
        };
        let (left, right) = (self.draft.node(left), self.draft.node(right));
        let (from, to) = if backwards { (right, left) } else { (left, right) };
        let label = Label::plain(&format!("«{relation}»"));
        let line = Edge { label, ..Edge::line(from, to) };
        self.draft.chart.edges.push(if relation == "contains" {
            Edge { start: Head::Contains, ..line }
        } else {
            Edge { stroke: Stroke::Dotted, end: Head::Arrow, ..line }
        });
        self.draft.end_of_statement();
    }
}

/// What is said and its words; how high a risk is, and how something is verified, begin with a capital.
fn row(field: &str, mut words: Label) -> Label {
    if matches!(field, "Risk" | "Verification")
        && let Some(run) = words.lines.first_mut().and_then(|line| line.first_mut())
        && let Some(first) = run.text.get_mut(..1)
    {
        first.make_ascii_uppercase();
    }
    let lead = Label::plain(&format!("{field}: "));
    let mut lines = lead.lines;
    let mut rest = words.lines.into_iter();
    if let (Some(line), Some(first)) = (lines.first_mut(), rest.next()) {
        line.extend(first);
    }
    lines.extend(rest);
    Label { lines }
}
