//! Colours given by the author: `classDef`, `style`, `linkStyle`.
//!
//! Only what can be drawn as attributes is kept, and only values that are colours or numbers: a style never becomes a
//! way into the page.

use super::colour_names::NAMED;

/// A colour, as CSS writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colour(String);

impl Colour {
    /// A colour of a safe form: `#rgb`, `#rrggbb`, a name, `rgb(…)`, `hsl(…)`, or `none`.
    #[must_use]
    pub fn new(text: &str) -> Option<Colour> {
        let text = text.trim().trim_end_matches("!important").trim();
        let hex = text
            .strip_prefix('#')
            .is_some_and(|h| matches!(h.len(), 3 | 4 | 6 | 8) && h.bytes().all(|b| b.is_ascii_hexdigit()));
        let name = !text.is_empty() && text.len() < 24 && text.bytes().all(|b| b.is_ascii_alphabetic());
        let function = (text.starts_with("rgb") || text.starts_with("hsl"))
            && text.ends_with(')')
            && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"(),.% ".contains(&b));
        (hex || name || function).then(|| Colour(text.to_ascii_lowercase()))
    }

    /// A colour that is known to be one, where any other word could stand.
    #[must_use]
    pub fn known(text: &str) -> Option<Colour> {
        let colour = Colour::new(text)?;
        let is_word = colour.0.bytes().all(|b| b.is_ascii_alphabetic());
        (!is_word || colour.0 == "transparent" || named(&colour.0).is_some()).then_some(colour)
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether dark words can be read on it; `None` if it is not known how light it is.
    #[must_use]
    pub fn is_light(&self) -> Option<bool> {
        let hex = match self.0.strip_prefix('#') {
            Some(hex) if hex.len() >= 6 => hex[..6].to_owned(),
            Some(hex) => hex.chars().take(3).flat_map(|c| [c, c]).collect(),
            None => format!("{:06x}", named(&self.0)?),
        };
        let part = |at: usize| u32::from_str_radix(hex.get(at..at + 2).unwrap_or("00"), 16).unwrap_or(0);
        Some(part(0) * 299 + part(2) * 587 + part(4) * 114 > 140_000)
    }
}

/// `0xRRGGBB` of a name in lower case.
fn named(name: &str) -> Option<u32> {
    NAMED.binary_search_by_key(&name, |(known, _)| known).ok().map(|at| NAMED[at].1)
}

/// What the author says of the look of something.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Style {
    /// Inside.
    pub fill: Option<Colour>,
    /// Outline or line.
    pub stroke: Option<Colour>,
    /// Words.
    pub colour: Option<Colour>,
    /// Width of the line, in pixels.
    pub width: Option<f32>,
    /// Whether the line is dashed.
    pub dashed: bool,
}

impl Style {
    /// Reads `fill:#f9f,stroke:#333,stroke-width:4px`.
    #[must_use]
    pub fn read(text: &str) -> Style {
        let mut style = Style::default();
        for declaration in declarations(text) {
            let Some((name, value)) = declaration.split_once(':') else { continue };
            let value = value.trim();
            match name.trim() {
                "fill" | "background" | "background-color" => style.fill = Colour::new(value),
                "stroke" | "border-color" => style.stroke = Colour::new(value),
                "color" => style.colour = Colour::new(value),
                "stroke-width" => {
                    style.width = value.trim_end_matches("px").trim().parse().ok().filter(|w| (0.0..=12.0).contains(w));
                }
                "stroke-dasharray" => style.dashed = value != "0" && value != "none",
                _ => {}
            }
        }
        style
    }

    /// Puts another over this one.
    pub fn add(&mut self, over: &Style) {
        let keep = |old: &mut Option<Colour>, new: &Option<Colour>| {
            if new.is_some() {
                old.clone_from(new);
            }
        };
        keep(&mut self.fill, &over.fill);
        keep(&mut self.stroke, &over.stroke);
        keep(&mut self.colour, &over.colour);
        self.width = over.width.or(self.width);
        self.dashed |= over.dashed;
    }
}

/// Declarations stand between commas or semicolons; those in brackets, or escaped, belong to a value.
fn declarations(text: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0i32);
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ',' | ';' if depth <= 0 && !text[..at].ends_with('\\') => {
                found.push(&text[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_colours_are_colours() {
        let style = Style::read("fill:#f9f,stroke:rgb(1, 2, 3),stroke-width:4px,color:white;stroke-dasharray: 5 5");
        assert_eq!(style.fill.as_ref().map(Colour::as_str), Some("#f9f"));
        assert_eq!(style.stroke.as_ref().map(Colour::as_str), Some("rgb(1, 2, 3)"));
        assert_eq!((style.width, style.dashed), (Some(4.0), true));
        for evil in ["url(http://x)", "red\"/><script>", "expression(1)", "var(--x)", "#12"] {
            assert_eq!(Colour::new(evil), None, "{evil}");
        }
        assert_eq!(Colour::new("#222").and_then(|c| c.is_light()), Some(false));
        assert_eq!(Colour::new("lightblue").and_then(|c| c.is_light()), Some(true));
    }
}
