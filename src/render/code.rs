//! Code blocks: highlighted lines with marks, in a frame that names its language and perhaps its file.

use super::article::{Ahead, Writer};
use super::escape;
use super::fence::Fence;
use crate::diagnostic::{Code, Diagnostic};
use crate::highlight::Language;
use pulldown_cmark::{CodeBlockKind, Event, TagEnd};
use std::fmt::Write as _;
use std::ops::Range;

/// What is done to a line besides colouring it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
struct Mark {
    highlighted: bool,
    hidden: bool,
    diff: Option<Diff>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Diff {
    Added,
    Removed,
}

impl Mark {
    fn class(self) -> Option<&'static str> {
        match self {
            Mark { hidden: true, .. } => Some("hidden"),
            Mark { diff: Some(Diff::Added), .. } => Some("add"),
            Mark { diff: Some(Diff::Removed), .. } => Some("del"),
            Mark { highlighted: true, .. } => Some("mark"),
            _ => None,
        }
    }
}

impl Writer<'_> {
    /// Reads a code block to its end and writes it.
    pub(super) fn code(&mut self, kind: &CodeBlockKind<'_>, range: Range<usize>, ahead: &mut Ahead<'_>) {
        let mut code = String::new();
        let mut inner = range.end..range.end;
        for (event, place) in ahead {
            match event {
                Event::Text(text) => {
                    inner = if code.is_empty() { place } else { inner.start..place.end };
                    code.push_str(&text);
                }
                Event::End(TagEnd::CodeBlock) => break,
                _ => {}
            }
        }
        let info = match kind {
            CodeBlockKind::Fenced(info) => &**info,
            CodeBlockKind::Indented => "",
        };
        let fence = Fence::read(info);
        if fence.language == "mermaid" && self.diagram(&code, &inner) {
            return;
        }
        let language = self.language(&fence, &range);
        self.block(&fence, language, &code);
    }

    /// The language of a fence; an unknown one is plain text and worth a hint.
    fn language(&mut self, fence: &Fence<'_>, range: &Range<usize>) -> Option<Language> {
        if fence.language.is_empty() {
            return None;
        }
        let highlighter = self.input.shared.highlighter;
        let found = highlighter.language(fence.language);
        if found.is_none() {
            let text = self.input.page.text.markdown();
            let start =
                text.get(range.clone()).and_then(|t| t.find(fence.language)).map_or(range.start, |at| range.start + at);
            let note = Diagnostic::hint(Code::FenceLanguage, format!("no grammar for `{}`", fence.language))
                .at(self.input.page.text.span(start..start + fence.language.len()), "shown as plain text")
                .maybe_help(highlighter.nearest(fence.language).map(|near| format!("did you mean `{near}`?")));
            self.notes.push(note);
        }
        found
    }

    fn block(&mut self, fence: &Fence<'_>, language: Option<Language>, code: &str) {
        let (code, marks) = self.marked(fence, code);
        self.html.push_str("<div class=\"code\"");
        if !fence.language.is_empty() {
            self.html.push_str(" data-lang=\"");
            escape::attribute(fence.language, &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
        if let Some(title) = &fence.title {
            self.html.push_str("<p class=\"code-title\">");
            escape::text(title, &mut self.html);
            self.html.push_str("</p>");
        }
        self.html.push_str(if fence.numbered {
            "<pre tabindex=\"0\" class=\"numbered\"><code"
        } else {
            "<pre tabindex=\"0\"><code"
        });
        if !fence.language.is_empty() {
            self.html.push_str(" class=\"language-");
            escape::attribute(fence.language, &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
        let shared = self.input.shared;
        let html = &mut self.html;
        let mut at = 0;
        let mut write = |line: &str| {
            write_line(line, marks.get(at).copied().unwrap_or_default(), fence.numbered, html);
            at += 1;
        };
        match language {
            Some(language) => shared.highlighter.each_line(&code, language, self.memory, write),
            None => code.lines().for_each(|line| write(&escape::escaped(line))),
        }
        self.html.push_str("</code></pre></div>\n");
    }

    /// The code as it is shown, and what is done to each line of it.
    fn marked(&self, fence: &Fence<'_>, code: &str) -> (String, Vec<Mark>) {
        let prefix = self.hidden_prefix(fence);
        if prefix.is_none() && !fence.diff && fence.highlighted.is_empty() {
            return (code.to_owned(), Vec::new());
        }
        let mut shown = String::with_capacity(code.len());
        let mut marks = Vec::new();
        for (at, line) in code.lines().enumerate() {
            let mut mark =
                Mark { highlighted: fence.highlighted.iter().any(|r| r.contains(&(at + 1))), ..Mark::default() };
            let (text, hidden) = without_prefix(line, prefix.as_deref());
            mark.hidden = hidden;
            let text = if fence.diff {
                let (text, diff) = without_sign(text);
                mark.diff = diff;
                text
            } else {
                text
            };
            shown.push_str(&text);
            shown.push('\n');
            marks.push(mark);
        }
        (shown, marks)
    }

    /// What begins a hidden line: mdBook's `hidelines`, and `#` in Rust.
    fn hidden_prefix(&self, fence: &Fence<'_>) -> Option<String> {
        if let Some(prefix) = fence.hide {
            return Some(prefix.to_owned());
        }
        if fence.language == "rust" {
            return Some("#".to_owned());
        }
        self.input.book().config.output.html.code.hidelines.get(fence.language).cloned()
    }
}

fn write_line(line: &str, mark: Mark, numbered: bool, html: &mut String) {
    let _ = match mark.class() {
        // The line break goes with a hidden line, so that no gap is left.
        Some(class) => write!(html, "<span class=\"ln {class}\">{line}\n</span>"),
        None if numbered => write!(html, "<span class=\"ln\">{line}\n</span>"),
        None => writeln!(html, "{line}"),
    };
}

/// The text of a line and whether it is hidden. In Rust `# ` hides, `##` stands for `#`, and `#[…]` is code.
fn without_prefix<'l>(line: &'l str, prefix: Option<&str>) -> (std::borrow::Cow<'l, str>, bool) {
    use std::borrow::Cow;
    let Some(prefix) = prefix.filter(|p| !p.is_empty()) else { return (Cow::Borrowed(line), false) };
    let trimmed = line.trim_start();
    let Some(rest) = trimmed.strip_prefix(prefix) else { return (Cow::Borrowed(line), false) };
    let indent = &line[..line.len() - trimmed.len()];
    if prefix != "#" {
        return (Cow::Owned(format!("{indent}{rest}")), true);
    }
    match rest.chars().next() {
        None => (Cow::Borrowed(""), true),
        Some(' ') => (Cow::Owned(format!("{indent}{}", &rest[1..])), true),
        Some('#') => (Cow::Owned(format!("{indent}{rest}")), false),
        Some(_) => (Cow::Borrowed(line), false),
    }
}

/// A line of a diff without its sign; the style sheet draws the sign, so that it is not copied.
fn without_sign(line: std::borrow::Cow<'_, str>) -> (std::borrow::Cow<'_, str>, Option<Diff>) {
    use std::borrow::Cow;
    let diff = match line.chars().next() {
        Some('+') => Some(Diff::Added),
        Some('-') => Some(Diff::Removed),
        Some(' ') => None,
        _ => return (line, None),
    };
    (Cow::Owned(line[1..].to_owned()), diff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rust_lines_are_hidden_as_rustdoc_hides_them() {
        let hidden = |line| without_prefix(line, Some("#")).1;
        assert!(hidden("# use std;") && hidden("    # x") && hidden("#"));
        assert!(!hidden("#[derive(Debug)]") && !hidden("## a") && !hidden("let x = 1; # no"));
        assert_eq!(without_prefix("## a", Some("#")).0, "# a");
    }
}
