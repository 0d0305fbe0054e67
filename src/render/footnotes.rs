//! Footnotes: numbered in the order they are first referred to, written at the end with links back.
//!
//! Their ids hold a colon, which no anchor made from a heading does.

use crate::theme::Labels;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

/// The footnotes of a page.
#[derive(Default)]
pub(super) struct Footnotes {
    /// Number, from 1, of each name that has been referred to.
    numbers: HashMap<String, usize>,
    /// How often each number has been referred to.
    references: Vec<usize>,
    /// The texts, in the order of their definitions.
    texts: Vec<(String, String)>,
    defined: HashSet<String>,
}

impl Footnotes {
    fn number(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.references.push(0);
        self.numbers.insert(name.to_owned(), self.references.len());
        self.references.len()
    }

    /// Writes a reference.
    pub(super) fn refer(&mut self, name: &str, html: &mut String) {
        let number = self.number(name);
        self.references[number - 1] += 1;
        let id = reference(number, self.references[number - 1]);
        let _ = write!(
            html,
            "<sup class=\"fn\"><a href=\"#fn:{number}\" id=\"{id}\" role=\"doc-noteref\">{number}</a></sup>"
        );
    }

    /// Keeps the text of a footnote. The first definition of a name counts, as in GFM.
    pub(super) fn define(&mut self, name: &str, html: String) {
        if self.defined.insert(name.to_owned()) {
            self.texts.push((name.to_owned(), html));
        }
    }

    /// Writes them all; one that nothing refers to is kept, after the others.
    pub(super) fn write(mut self, labels: &Labels, html: &mut String) {
        if self.texts.is_empty() {
            return;
        }
        let mut notes: Vec<(usize, String)> = Vec::with_capacity(self.texts.len());
        for (name, text) in std::mem::take(&mut self.texts) {
            notes.push((self.number(&name), text));
        }
        notes.sort_by_key(|(number, _)| *number);
        let _ = writeln!(
            html,
            "<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{}\">\n<ol>",
            labels.footnotes
        );
        for (number, text) in notes {
            let (body, end) = match text.trim_end().strip_suffix("</p>") {
                Some(body) => (body, "</p>"),
                None => (text.trim_end(), ""),
            };
            let _ = write!(html, "<li id=\"fn:{number}\">{body}");
            for nth in 1..=self.references[number - 1] {
                let id = reference(number, nth);
                let _ = write!(
                    html,
                    " <a class=\"back\" href=\"#{id}\" role=\"doc-backlink\" aria-label=\"{} {number}\">↩</a>",
                    labels.back_to_text
                );
            }
            let _ = writeln!(html, "{end}</li>");
        }
        html.push_str("</ol>\n</section>\n");
    }
}

fn reference(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{nth}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_are_numbered_by_first_reference_and_each_reference_has_a_way_back() {
        let mut notes = Footnotes::default();
        let mut html = String::new();
        notes.define("a", "<p>A</p>\n".into());
        for name in ["b", "a", "b"] {
            notes.refer(name, &mut html);
        }
        notes.define("b", "<p>B</p>\n".into());
        html.clear();
        notes.write(&Labels::default(), &mut html);
        let (first, second) = html.split_once("id=\"fn:2\"").expect("two notes");
        assert!(first.contains("<p>B <a") && first.contains("#fnref:1\"") && first.contains("#fnref:1:2"));
        assert!(second.contains("<p>A "));
    }
}
