//! Mathematics: LaTeX in, MathML out, while the site is built.

use super::article::Writer;
use super::escape;
use crate::diagnostic::{Code, Diagnostic};
use pulldown_latex::config::{DisplayMode, RenderConfig};
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

fn mathml(latex: &str, display_mode: DisplayMode) -> Result<String, String> {
    let storage = Storage::new();
    let events: Vec<_> = Parser::new(latex, &storage).collect();
    if let Some(fault) = events.iter().find_map(|e| e.as_ref().err()) {
        return Err(fault.to_string());
    }
    let config = RenderConfig { display_mode, annotation: Some(latex), ..RenderConfig::default() };
    let mut mathml = String::new();
    push_mathml(&mut mathml, events.into_iter(), config).map_err(|e| e.to_string())?;
    Ok(mathml)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_becomes_mathml_and_a_broken_one_says_why() {
        let good = mathml(r"\frac{a}{b} < c", DisplayMode::Inline).expect("a formula");
        assert!(good.contains("<mfrac>") && !good.contains("display=\"block\""));
        assert!(mathml(r"\frac{a", DisplayMode::Block).is_err());
    }
}
