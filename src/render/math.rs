//! Mathematics: LaTeX in, MathML out, while the site is built.

use super::article::Writer;
use super::escape;
use crate::diagnostic::{Code, Diagnostic};
use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Event};
use pulldown_latex::{Parser, Storage, push_mathml};
use std::ops::Range;

impl Writer<'_> {
    /// A formula in the line.
    pub(super) fn formula_in_line(&mut self, latex: &str, range: Range<usize>) {
        match mathml(latex, DisplayMode::Inline) {
            Ok(mathml) => self.html.push_str(&mathml),
            Err(fault) => self.unreadable(latex, range, &fault),
        }
    }

    /// A formula on lines of its own.
    pub(super) fn formula_apart(&mut self, latex: &str, range: Range<usize>) {
        match mathml(latex, DisplayMode::Block) {
            Ok(mathml) => {
                self.html.push_str("<span class=\"math\" tabindex=\"0\" role=\"group\">");
                self.html.push_str(&mathml);
                self.html.push_str("</span>");
            }
            Err(fault) => self.unreadable(latex, range, &fault),
        }
    }

    /// A formula that cannot be read is shown as it was written.
    fn unreadable(&mut self, latex: &str, range: Range<usize>, fault: &str) {
        let first = fault.lines().next().unwrap_or_default().trim_end_matches(':');
        let note = Diagnostic::warning(Code::Math, format!("this formula cannot be read: {first}"))
            .at(self.input.page.text.span(range), "shown as it is written");
        self.notes.push(note);
        self.html.push_str("<code class=\"math\">");
        escape::text(latex, &mut self.html);
        self.html.push_str("</code>");
    }
}

/// Bytes of the longest formula that is read, and how deep its groups may lie in each other. The time the parser takes
/// grows faster than the depth.
const LONGEST: usize = 32 << 10;
const DEEPEST: usize = 100;

fn mathml(latex: &str, display_mode: DisplayMode) -> Result<String, String> {
    if latex.len() > LONGEST {
        return Err(format!("it has more than {LONGEST} bytes"));
    }
    if depth(latex) > DEEPEST {
        return Err(format!("its groups are nested more than {DEEPEST} deep"));
    }
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).collect();
    if let Some(fault) = events.iter().find_map(|e| e.as_ref().err()) {
        return Err(fault.to_string());
    }
    // The writer escapes words in `\text`, but neither names of operators nor the annotation.
    let is_markup = |name: &str| name.contains(['<', '>', '&', '"', '\'']);
    if events.iter().any(|e| matches!(e, Ok(Event::Content(Content::Function(name))) if is_markup(name))) {
        return Err("the name of an operator holds a mark that names do not have".to_owned());
    }
    let annotation = escape::escaped(latex);
    let config = RenderConfig { display_mode, annotation: Some(&annotation), ..RenderConfig::default() };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events.into_iter(), config).map_err(|e| e.to_string())?;
    // Nor the signs themselves, each of which is an element's only character.
    Ok(mathml.replace("><</", ">&lt;</").replace(">></", ">&gt;</").replace(">&</", ">&amp;</"))
}

/// How deep groups lie in each other at most: braces, `\left`, `\begin`, and commands that follow each other without
/// braces (`\sqrt\sqrt x`).
fn depth(latex: &str) -> usize {
    let (mut depth, mut row, mut deepest) = (0usize, 0usize, 0);
    let mut rest = latex;
    while let Some(c) = rest.chars().next() {
        let (mut length, mut opens, mut closes) = (c.len_utf8(), false, false);
        match c {
            '{' => opens = true,
            '}' => closes = true,
            '\\' => {
                let name = rest[1..].find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(rest.len() - 1);
                let word = &rest[1..=name];
                opens = matches!(word, "left" | "begin");
                closes = matches!(word, "right" | "end");
                // An escaped brace is none.
                length += name.max(rest[1..].chars().next().map_or(0, char::len_utf8));
                row += usize::from(name > 0);
            }
            c if c.is_whitespace() || c == '^' || c == '_' => row += usize::from(!c.is_whitespace()),
            _ => row = 0,
        }
        depth = (depth + usize::from(opens)).saturating_sub(usize::from(closes));
        deepest = deepest.max(depth).max(row);
        rest = &rest[length..];
    }
    deepest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_formula_is_markup() {
        for latex in [r"a</annotation><img src=x onerror=y>", r"\text{<img src=x>}", "<img src=x>", r"a \& b \not< c"] {
            let mathml = mathml(latex, DisplayMode::Inline).expect("a formula");
            assert!(!mathml.contains("<img") && mathml.matches("</annotation>").count() == 1, "{mathml}");
            assert!(!mathml.contains("<<") && !mathml.contains(">>"), "{mathml}");
        }
        assert!(mathml(r"\operatorname{<img src=x onerror=y>}", DisplayMode::Inline).is_err());
    }

    #[test]
    fn a_formula_too_deep_or_too_long_is_refused() {
        for (open, close) in [("{", "}"), (r"\sqrt{", "}"), (r"\left(", r"\right)"), ("a^{", "}"), (r"\sqrt ", "")] {
            let nested = |n: usize| format!("{}a{}", open.repeat(n), close.repeat(n));
            assert!(mathml(&nested(20), DisplayMode::Inline).is_ok(), "{open}");
            assert!(mathml(&nested(5000), DisplayMode::Inline).is_err(), "{open}");
        }
        assert!(mathml(&"a+".repeat(LONGEST), DisplayMode::Inline).is_err());
        assert_eq!(depth(r"\{\{\{ {a} \alpha\beta x"), 2);
    }

    #[test]
    fn a_formula_becomes_mathml_and_a_broken_one_says_why() {
        let good = mathml(r"\frac{a}{b} < c", DisplayMode::Inline).expect("a formula");
        assert!(good.contains("<mfrac>") && !good.contains("display=\"block\""));
        assert!(mathml(r"\frac{a", DisplayMode::Block).is_err());
    }
}
