//! Numbers and text in SVG.

use crate::diagram::mermaid::label::Run;
use std::fmt::{self, Write as _};

/// A coordinate, rounded to a tenth.
#[derive(Clone, Copy)]
pub(super) struct Num(pub(super) f32);

impl fmt::Display for Num {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.0.is_finite() {
            return f.write_str("0");
        }
        let text = format!("{:.1}", self.0);
        let text = text.strip_suffix(".0").unwrap_or(&text);
        match text.strip_prefix("-0").or_else(|| text.strip_prefix('0')) {
            // `-0` is nothing, `0.5` is `.5`.
            Some("") => f.write_str("0"),
            Some(part) => write!(f, "{}{part}", if text.starts_with('-') { "-" } else { "" }),
            None => f.write_str(text),
        }
    }
}

/// Adds text, escaped for element content and for double-quoted attributes.
pub(super) fn escape(text: &str, into: &mut String) {
    for c in text.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '"' => into.push_str("&quot;"),
            c if c.is_control() => into.push(' '),
            c => into.push(c),
        }
    }
}

/// Adds the lines of a label around a centre.
pub(super) fn lines(lines: &[Vec<Run>], centre: (f32, f32), step: f32, colour: Option<&str>, into: &mut String) {
    if lines.is_empty() {
        return;
    }
    // The baseline is about a third of the font's size below the middle of a line.
    let first = centre.1 - (lines.len() as f32 - 1.0) * step / 2.0 + step * 0.24;
    let x = Num(centre.0);
    let _ = write!(into, "<text x=\"{x}\" y=\"{}\">", Num(first));
    // A span without text moves nothing, so empty lines are left out and the next one steps further.
    let mut last = 0;
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
        let down = (at - last) as f32 * step;
        last = at;
        let placed = if at > 0 { format!(" x=\"{x}\" dy=\"{}\"", Num(down)) } else { String::new() };
        let coloured = colour.map(|c| format!(" fill=\"{c}\"")).unwrap_or_default();
        let spans = !placed.is_empty() || !coloured.is_empty();
        if spans {
            let _ = write!(into, "<tspan{placed}{coloured}>");
        }
        for run in line {
            styled(run, into);
        }
        if spans {
            into.push_str("</tspan>");
        }
    }
    into.push_str("</text>");
}

fn styled(run: &Run, into: &mut String) {
    let weight = if run.bold { " font-weight=\"600\"" } else { "" };
    let slant = if run.italic { " font-style=\"italic\"" } else { "" };
    let line = if run.underlined { " text-decoration=\"underline\"" } else { "" };
    if weight.is_empty() && slant.is_empty() && line.is_empty() {
        escape(&run.text, into);
        return;
    }
    let _ = write!(into, "<tspan{weight}{slant}{line}>");
    escape(&run.text, into);
    into.push_str("</tspan>");
}

#[cfg(test)]
mod tests {
    use super::Num;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> =
            [1.0, -0.25, 0.04, 12.34, -3.96, f32::NAN].iter().map(|n| Num(*n).to_string()).collect();
        assert_eq!(shown, ["1", "-.2", "0", "12.3", "-4", "0"]);
    }
}
