//! Mermaid fences: drawn where they can be, shown as code where not.

use super::article::Writer;
use super::escape;
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::diagram::{self, Phrases, Problem, Weight};
use crate::index::Target;
use std::fmt::Write as _;
use std::ops::Range;

/// Past this width, in CSS pixels, a diagram is scrolled and not made smaller: its words could not be read.
const WIDE: f32 = 1200.0;

/// Up to this width a diagram is made smaller on a phone, where its words stay larger than ten pixels.
const SMALL: f32 = 480.0;

impl Writer<'_> {
    /// Draws a fence; `false` if it has to be shown as code. `inner` is where its text stands in the page.
    pub(super) fn diagram(&mut self, source: &str, inner: &Range<usize>) -> bool {
        self.diagrams += 1;
        let prefix = format!("d:{}", self.diagrams);
        let number = self.diagrams;
        let shared = self.input.shared;
        let phrases = if shared.index.book.language.is_chinese() { Phrases::CHINESE } else { Phrases::ENGLISH };
        let options =
            diagram::Options { prefix: &prefix, phrases, link: &|name| self.page_named(name), standalone: false };
        let diagram::Outcome { value, problems } = diagram::draw(source, &options);
        let page = self.input.page;
        let written = page.text.markdown().get(inner.clone()).unwrap_or_default();
        let place = Places { source, written, start: inner.start };
        self.notes.extend(problems.into_iter().map(|problem| told(problem, |range| page.text.span(place.of(range)))));
        let Some(drawing) = value else { return false };
        let class = match drawing.width {
            width if width > WIDE => "diagram wide",
            width if width <= SMALL => "diagram small",
            _ => "diagram",
        };
        let _ = write!(
            self.html,
            "<figure class=\"{class}\" id=\"fig:{number}\"><div class=\"frame\" role=\"group\" tabindex=\"0\" aria-label=\""
        );
        escape::attribute(&shared.theme.labels.diagram, &mut self.html);
        let _ = writeln!(self.html, "\">{}</div></figure>", drawing.svg);
        true
    }
}

impl Writer<'_> {
    /// The way to the concept or the page that a node names, if it is not what the page itself is about.
    fn page_named(&self, name: &str) -> Option<String> {
        let shared = self.input.shared;
        if let Some(id) = shared.concepts.named(name)
            && let Some(home) = &shared.concepts.get(id).home
        {
            let is_elsewhere = home.page != self.input.id || home.anchor.is_some();
            return is_elsewhere.then(|| shared.home_href(home, self.out)).flatten();
        }
        let page = shared.index.page_titled(name);
        let page = page.filter(|page| *page != self.input.id && shared.built[page.at()])?;
        shared.index.href(self.out, &Target::Page(page, None))
    }
}

/// A problem of a diagram as a diagnostic.
pub fn told(problem: Problem, span: impl Fn(Range<usize>) -> Span) -> Diagnostic {
    let Problem { weight, range, message, help } = problem;
    let note = match weight {
        Weight::Error => Diagnostic::error(Code::Diagram, message),
        Weight::Warning => Diagnostic::warning(Code::Diagram, message),
        Weight::NotDrawn => Diagnostic::warning(Code::DiagramKind, message),
    };
    note.at(span(range), "").maybe_help(help.map(str::to_owned))
}

/// From a place in a fence's text to one in the page. They differ where the fence is quoted or indented: each line of
/// the page then begins with something that is not in the text.
struct Places<'a> {
    source: &'a str,
    written: &'a str,
    start: usize,
}

impl Places<'_> {
    fn of(&self, range: Range<usize>) -> Range<usize> {
        let start = self.byte(range.start);
        let same_line = !self.source.get(range.clone()).unwrap_or_default().contains('\n');
        let end = if same_line { start + range.len() } else { start + 1 };
        self.start + start..self.start + end.max(start)
    }

    fn byte(&self, at: usize) -> usize {
        let before = &self.source[..at.min(self.source.len())];
        let line = before.matches('\n').count();
        let column = at - before.rfind('\n').map_or(0, |n| n + 1);
        let mut lines = self.written.split_inclusive('\n');
        let start: usize = lines.by_ref().take(line).map(str::len).sum();
        let text = self.source.lines().nth(line).unwrap_or_default();
        let indent = lines.next().and_then(|written| written.find(text)).unwrap_or(0);
        start + indent + column
    }
}
