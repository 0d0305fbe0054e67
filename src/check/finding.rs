//! What a rule finds in a text, before anybody knows which file the text is from.

use crate::book::PageText;
use crate::diagnostic::{Code, Diagnostic};
use std::ops::Range;

/// Something found in the Markdown of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Finding {
    pub(super) code: Code,
    /// Where, in bytes of the Markdown.
    pub(super) range: Range<usize>,
    /// What is wrong, in a sentence.
    pub(super) message: String,
    /// A few words under the caret.
    pub(super) label: &'static str,
    /// What to do.
    pub(super) help: Option<String>,
    /// What mends it.
    pub(super) edit: Option<Edit>,
}

/// A replacement of some bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) replacement: &'static str,
}

impl Finding {
    pub(super) fn new(code: Code, range: Range<usize>, message: impl Into<String>) -> Self {
        Finding { code, range, message: message.into(), label: "", help: None, edit: None }
    }

    pub(super) fn label(mut self, label: &'static str) -> Self {
        self.label = label;
        self
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Mends it by putting some text in the place of a range.
    pub(super) fn edit(mut self, range: Range<usize>, replacement: &'static str) -> Self {
        self.edit = Some(Edit { range, replacement });
        self
    }

    /// As it is told, with its place in the file.
    pub(super) fn told(self, text: &PageText) -> Diagnostic {
        let note = Diagnostic::warning(self.code, self.message).at(text.span(self.range), self.label);
        match (self.help, self.edit) {
            (Some(help), Some(edit)) => note.fix(help, text.span(edit.range), edit.replacement),
            (help, _) => note.maybe_help(help),
        }
    }
}
