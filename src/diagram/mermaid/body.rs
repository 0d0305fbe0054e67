//! The body of a chart: its lines without comments, and what it says of itself.
//!
//! `title`, `accTitle` and `accDescr` mean the same in every kind of chart, so they are taken out here.

use super::Preamble;
use super::label::Label;
use crate::diagram::{Outcome, Problem};
use std::ops::Range;

/// What a chart is called.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Heading {
    /// Its title, which is drawn.
    pub title: Option<String>,
    /// Its name for those who do not see it, if that is another.
    pub spoken: Option<String>,
    /// What it shows, in words.
    pub description: Option<String>,
}

/// A line that says something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line<'s> {
    /// Its words, without blanks at their ends.
    pub(super) text: &'s str,
    /// Where they stand.
    pub(super) range: Range<usize>,
    /// How many blanks come before them.
    pub(super) indent: usize,
}

/// What stands behind the first word.
#[derive(Debug, Default)]
pub(super) struct Body<'s> {
    /// What the chart is called.
    pub(super) heading: Heading,
    /// The other lines; none is empty.
    pub(super) lines: Vec<Line<'s>>,
}

impl<'s> Body<'s> {
    /// Splits what stands behind the first word into lines, or into statements that end at semicolons too.
    pub(super) fn read(source: &'s str, preamble: &Preamble, semicolons: bool) -> Body<'s> {
        let mut body = Body { heading: Heading::of(preamble), lines: Vec::new() };
        let mut at = preamble.word.end;
        while at < source.len() {
            let rest = source.get(at..).unwrap_or_default();
            let whole = rest.split_inclusive('\n').next().unwrap_or(rest);
            let next = at + whole.len();
            let line = uncommented(whole);
            if let Some(brace) = many_lines(line.trim()) {
                let from = at + line.find(brace).unwrap_or(0) + brace.len();
                at = body.heading.describe(source, from);
                continue;
            }
            for part in parts(line, semicolons) {
                body.add(source, at + part.start..at + part.end, at);
            }
            at = next;
        }
        body
    }

    fn add(&mut self, source: &'s str, range: Range<usize>, line_start: usize) {
        let text = source.get(range.clone()).unwrap_or_default();
        let start = range.start + (text.len() - text.trim_start().len());
        let text = text.trim();
        if !text.is_empty() && !self.heading.take(text) {
            self.lines.push(Line { text, range: start..start + text.len(), indent: start - line_start });
        }
    }
}

impl<'s> Line<'s> {
    /// What stands behind a first word; case does not matter.
    pub(super) fn after(&self, word: &str) -> Option<&'s str> {
        let (first, rest) = self.text.split_at_checked(word.len())?;
        (first.eq_ignore_ascii_case(word) && (rest.is_empty() || rest.starts_with([' ', '\t', ':'])))
            .then(|| rest.trim())
    }
}

impl Heading {
    /// Its name for those who do not see it.
    #[must_use]
    pub fn name(&self) -> Option<&str> {
        self.spoken.as_deref().or(self.title.as_deref())
    }

    /// What the front matter says.
    pub(super) fn of(preamble: &Preamble) -> Heading {
        Heading { title: preamble.title.clone(), ..Heading::default() }
    }

    /// Takes a line if it is one of ours.
    pub(super) fn take(&mut self, line: &str) -> bool {
        let after =
            |word: &str| line.get(..word.len()).filter(|w| w.eq_ignore_ascii_case(word)).map(|w| &line[w.len()..]);
        let value = |rest: &str| Some(unquoted(rest.trim_start_matches(':').trim()).to_owned());
        let ends = |rest: &&str| rest.is_empty() || rest.starts_with(char::is_whitespace);
        let colon = |rest: &&str| rest.trim_start().starts_with(':');
        if let Some(rest) = after("title").filter(ends).filter(|rest| !colon(rest)) {
            self.title = value(rest.trim()).filter(|title| !title.is_empty());
        } else if let Some(rest) = after("accTitle").filter(colon) {
            self.spoken = value(rest.trim());
        } else if let Some(rest) = after("accDescr").filter(colon) {
            self.description = value(rest.trim());
        } else {
            return false;
        }
        true
    }

    /// Takes a description that stands in braces; where it ends.
    fn describe(&mut self, source: &str, from: usize) -> usize {
        let rest = source.get(from..).unwrap_or_default();
        let end = rest.find('}').unwrap_or(rest.len());
        let words: Vec<&str> = rest.get(..end).unwrap_or_default().split_whitespace().collect();
        self.description = Some(words.join(" "));
        (from + end + 1).min(source.len())
    }
}

/// The words up to the brace, if a line begins a description of many lines.
fn many_lines(line: &str) -> Option<&'static str> {
    let rest = line.strip_prefix("accDescr")?;
    rest.trim_start().starts_with('{').then_some("{")
}

/// A line up to its comment: `%%` that stands in no quotes.
fn uncommented(line: &str) -> &str {
    let mut quoted = false;
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '%' if !quoted && line[at..].starts_with("%%") => return &line[..at],
            _ => {}
        }
    }
    // A quote that never ends quotes nothing.
    if quoted { line.find("%%").map_or(line, |at| &line[..at]) } else { line }
}

/// The parts between semicolons that stand in no quotes and end no entity.
fn parts(line: &str, semicolons: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let (mut from, mut quoted) = (0, false);
    for (at, c) in line.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ';' if semicolons && !quoted && !ends_entity(&line[from..at]) => {
                found.push(from..at);
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(from..line.len());
    found
}

fn ends_entity(before: &str) -> bool {
    let name = before.rfind(['#', '&']).map(|at| &before[at + 1..]);
    name.is_some_and(|n| !n.is_empty() && n.len() < 10 && n.chars().all(|c| c.is_ascii_alphanumeric() || c == '#'))
}

/// A text without the quotes around it.
pub(super) fn unquoted(text: &str) -> &str {
    let inner = |q: char| text.strip_prefix(q).and_then(|t| t.strip_suffix(q));
    inner('"').or_else(|| inner('\'')).unwrap_or(text)
}

/// A text in quotes that a line begins with, as a label, and what stands behind it. `\"` is a quote if `escapes` are
/// known.
pub(super) fn quoted(text: &str, escapes: bool) -> Option<(Label, &str)> {
    let mark = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let mut words = String::new();
    let mut chars = text.char_indices().skip(1);
    while let Some((at, c)) = chars.next() {
        match c {
            '\\' if escapes => match chars.next()?.1 {
                'n' => words.push('\n'),
                'r' | 't' => words.push(' '),
                other => words.push(other),
            },
            c if c == mark => {
                // As in flowcharts, a markdown string stands in backticks.
                let marked = words.trim();
                let is_markdown = marked.len() > 1 && marked.starts_with('`') && marked.ends_with('`');
                let label = if is_markdown { Label::read(marked) } else { Label::words(&words) };
                return Some((label, &text[at + mark.len_utf8()..]));
            }
            c => words.push(c),
        }
    }
    None
}

/// A number that is not too large to be drawn.
pub(super) fn number(text: &str) -> Option<f64> {
    let text = text.trim();
    let written = text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'+' | b'-' | b'e' | b'E'));
    text.parse::<f64>().ok().filter(|n| written && n.abs() < 1e15)
}

/// Stops at a number of things past which nobody sees one.
pub(super) fn too_many<T>(
    value: T,
    range: Range<usize>,
    what: &str,
    most: usize,
    mut problems: Vec<Problem>,
) -> Outcome<T> {
    problems.push(Problem::error(range, format!("there are more than {most} {what}")));
    Outcome { value, problems }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    #[test]
    fn names_are_taken_out_and_comments_left_out() {
        let source = "pie title 占比 %% a comment\n  \"100%% sure\" : 1 %% x\n%% only\naccTitle: 名\naccDescr {\n 一\n 二 }\n\"b\" : 2";
        let body = Body::read(source, &preamble(source), false);
        assert_eq!(body.heading.title.as_deref(), Some("占比"));
        assert_eq!(body.heading.spoken.as_deref(), Some("名"));
        assert_eq!(body.heading.description.as_deref(), Some("一 二"));
        let lines: Vec<(&str, usize)> = body.lines.iter().map(|l| (l.text, l.indent)).collect();
        assert_eq!(lines, [("\"100%% sure\" : 1", 2), ("\"b\" : 2", 0)]);
        assert!(body.lines.iter().all(|l| &source[l.range.clone()] == l.text));
    }

    #[test]
    fn semicolons_part_statements_but_not_entities_or_quotes() {
        let source = "xychart\nbar [1]; line [2]\nx-axis \"a;b\" ; y-axis x#35;y";
        let lines: Vec<&str> = Body::read(source, &preamble(source), true).lines.iter().map(|l| l.text).collect();
        assert_eq!(lines, ["bar [1]", "line [2]", "x-axis \"a;b\"", "y-axis x#35;y"]);
    }

    #[test]
    fn texts_in_quotes() {
        assert_eq!(
            quoted("\"a \\\"b\\\"\" : 1", true).map(|(l, rest)| (l.spoken(), rest)),
            Some(("a \"b\"".into(), " : 1"))
        );
        assert_eq!(quoted("'C:\\' x", false).map(|(l, rest)| (l.spoken(), rest)), Some(("C:\\".into(), " x")));
        assert_eq!(quoted("\"open", true), None);
        assert_eq!(quoted("bare", true), None);
    }

    #[test]
    fn numbers_are_finite_and_written_in_digits() {
        let read: Vec<Option<f64>> =
            ["4", "-.5", "+1.5", "1e3", "inf", "NaN", "1e300", "", "4px"].into_iter().map(number).collect();
        assert_eq!(read, [Some(4.0), Some(-0.5), Some(1.5), Some(1000.0), None, None, None, None, None]);
    }

    proptest! {
        #[test]
        fn lines_are_where_they_say(text in "[ a-z\"%;#\\n{}:一]{0,80}", semicolons: bool) {
            let source = format!("pie {text}");
            for line in Body::read(&source, &preamble(&source), semicolons).lines {
                prop_assert_eq!(source.get(line.range), Some(line.text));
            }
        }
    }
}
