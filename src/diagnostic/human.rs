//! Diagnostics as rustc shows them: the line, a caret, a hint.
//!
//! Drawing is annotate-snippets' work; it knows that a Chinese character is two columns wide. Here the source is cut
//! to the lines around the span, so that a message about a large file costs no more than one about a small file.

use super::{Diagnostic, Place, Severity, Sources, Span};
use annotate_snippets::{AnnotationKind, Element, Group, Level, Origin, Renderer, Snippet};

/// Whether the text carries terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// Plain text.
    Never,
    /// ANSI escape sequences.
    Always,
}

/// One diagnostic as text of several lines.
#[must_use]
pub fn render(note: &Diagnostic, sources: &Sources, colour: Colour) -> String {
    let level = match note.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Hint => Level::HELP,
    };
    let excerpt = note.span.and_then(|span| Excerpt::of(span, sources));
    let title = level.primary_title(&note.message).id(note.code.as_str());
    let mut main = match &excerpt {
        // Of a line that is cut the drawer does not know where it began.
        Some(excerpt) if excerpt.is_cut => title.element(excerpt.origin()).element(excerpt.snippet(&note.label)),
        Some(excerpt) => title.element(excerpt.snippet(&note.label).path(excerpt.path)),
        None => Group::with_title(title),
    };
    for help in &note.help {
        main = main.element(Element::from(Level::HELP.message(&help.message)));
    }
    let renderer = match colour {
        Colour::Always => Renderer::styled(),
        Colour::Never => Renderer::plain(),
    };
    renderer.render(&[main])
}

/// The lines a span touches, at most a few, and never a very long one whole.
struct Excerpt<'a> {
    path: &'a str,
    text: &'a str,
    place: Place,
    /// Whether the text begins within a line.
    is_cut: bool,
    range: std::ops::Range<usize>,
}

impl<'a> Excerpt<'a> {
    fn of(span: Span, sources: &'a Sources) -> Option<Self> {
        /// Bytes of context kept on each side of a span, so that a line of 50 MB is not printed.
        const AROUND: usize = 160;
        let file = sources.get(span.source)?;
        let text: &str = &file.text;
        let start = floor(text, span.start as usize);
        let end = floor(text, (span.end as usize).max(start)).min(line_end(text, start));
        let near = floor(text, start.saturating_sub(AROUND));
        let from = text[near..start].rfind('\n').map_or(near, |at| near + at + 1);
        let from = if near == 0 && !text[..start].contains('\n') && text.starts_with('\u{feff}') {
            3.min(start)
        } else {
            from
        };
        let to = line_end(text, end).min(floor(text, end + AROUND));
        Some(Excerpt {
            path: &file.path,
            text: &text[from..to],
            place: sources.place(span),
            is_cut: from == near && near > 0,
            range: start - from..end - from,
        })
    }

    fn origin(&self) -> Origin<'a> {
        Origin::path(self.path).line(self.place.line).char_column(self.place.column)
    }

    fn snippet(&self, label: &'a str) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
        let range = if self.range.is_empty() { self.range.start..self.range.start } else { self.range.clone() };
        let mark = AnnotationKind::Primary.span(range);
        let mark = if label.is_empty() { mark } else { mark.label(label) };
        Snippet::source(self.text).line_start(self.place.line).annotation(mark)
    }
}

fn line_end(text: &str, at: usize) -> usize {
    memchr::memchr2(b'\n', b'\r', &text.as_bytes()[at..]).map_or(text.len(), |n| at + n)
}

/// The last character boundary at or before a byte.
fn floor(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Code;

    #[test]
    fn the_caret_stands_under_chinese_text() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "第一行\n见 [架构](./nope.md) 一节\n");
        let at = "第一行\n见 [架构](".len();
        let note = Diagnostic::warning(Code::LinkTarget, "no page `nope.md`")
            .at(Span::new(id, at..at + 9), "not found")
            .help("make the page");
        insta::assert_snapshot!(render(&note, &sources, Colour::Never), @r"
        warning[link-target]: no page `nope.md`
         --> a.md:2:8
          |
        2 | 见 [架构](./nope.md) 一节
          |           ^^^^^^^^^ not found
          |
          = help: make the page
        ");
    }

    #[test]
    fn a_very_long_line_is_cut() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "字".repeat(100_000));
        let note = Diagnostic::error(Code::Read, "x").at(Span::new(id, 150_000..150_003), "");
        let text = render(&note, &sources, Colour::Never);
        assert!(text.len() < 4_000 && text.contains("a.md:1:50001"), "{text}");
    }
}
