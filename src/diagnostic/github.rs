//! Diagnostics as commands of GitHub's workflows, which shows them beside the changed lines of a pull request.
//!
//! After GitHub's documentation, "Workflow commands": `::warning file=…,line=…::message`.

use super::{Diagnostic, Severity, Sources};
use std::fmt::Write as _;

/// One diagnostic as one line, without the line end. `base` is the book's folder as seen from the repository's root;
/// empty if it is the root.
#[must_use]
pub fn render(note: &Diagnostic, sources: &Sources, base: &str) -> String {
    let level = match note.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Hint => "notice",
    };
    let mut line = format!("::{level} title={}", property(note.code.as_str()));
    if let Some(span) = note.span
        && let Some(file) = sources.get(span.source)
    {
        let (start, end) = (sources.place(span), sources.end(span));
        let path = super::below(base, &file.path);
        let _ = write!(line, ",file={},line={},endLine={}", property(&path), start.line, end.line);
        // GitHub takes columns of one line only.
        if start.line == end.line {
            let _ = write!(line, ",col={},endColumn={}", start.column, end.column);
        }
    }
    let help: String = note.help.iter().map(|help| format!("\nhelp: {}", help.message)).collect();
    let _ = write!(line, "::{}", data(&format!("{}{help}", note.message)));
    line
}

fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{Code, Span};

    #[test]
    fn a_note_is_a_command_with_its_place() {
        let mut sources = Sources::default();
        let id = sources.add("src/甲,1.md", "# 甲\n见[乙](b.md)\n");
        let note =
            Diagnostic::warning(Code::LinkTarget, "there is no page: 100%").at(Span::new(id, 6..9), "").help("make it");
        assert_eq!(
            render(&note, &sources, "docs"),
            "::warning title=link-target,file=docs/src/甲%2C1.md,line=2,endLine=2,col=1,endColumn=2::there is no page: 100%25%0Ahelp: make it"
        );
    }
}
