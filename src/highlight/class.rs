//! The kinds of code that get a colour, a closed list: `static/css/code.css` has one rule for each.

/// What a piece of code is. Plain words, operators and punctuation have no class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Comment,
    String,
    /// `\n` in a string, `%s` in a format.
    Escape,
    Number,
    /// `true`, `nil`, `self`.
    Literal,
    Keyword,
    Type,
    /// A function or a command, where it is declared or called.
    Function,
    Variable,
    /// A tag of HTML, a key of YAML or JSON.
    Key,
    /// An attribute of HTML, an option of a command, a lifetime or a label.
    Attribute,
    Heading,
    Inserted,
    Deleted,
    /// What speaks about the code: annotations, preprocessor lines, template actions.
    Meta,
    /// The prompt of a console session.
    Prompt,
    /// What came back in a console session.
    Output,
}

impl Class {
    /// The class in HTML.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Class::Comment => "c",
            Class::String => "s",
            Class::Escape => "e",
            Class::Number => "n",
            Class::Literal => "l",
            Class::Keyword => "k",
            Class::Type => "t",
            Class::Function => "f",
            Class::Variable => "v",
            Class::Key => "g",
            Class::Attribute => "a",
            Class::Heading => "h",
            Class::Inserted => "i",
            Class::Deleted => "d",
            Class::Meta => "m",
            Class::Prompt => "cp",
            Class::Output => "co",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Class;
    use std::collections::BTreeMap;

    const STYLE: &str = include_str!("../../static/css/code.css");
    const ALL: [Class; 17] = [
        Class::Comment,
        Class::String,
        Class::Escape,
        Class::Number,
        Class::Literal,
        Class::Keyword,
        Class::Type,
        Class::Function,
        Class::Variable,
        Class::Key,
        Class::Attribute,
        Class::Heading,
        Class::Inserted,
        Class::Deleted,
        Class::Meta,
        Class::Prompt,
        Class::Output,
    ];

    /// Relative luminance of `#rrggbb`, WCAG 2.2.
    fn luminance(colour: &str) -> f64 {
        let part = |at: usize| {
            let c = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).expect("a colour")) / 255.0;
            if c <= 0.03928 { c / 12.92 } else { ((c + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
    }

    fn contrast(a: &str, b: &str) -> f64 {
        let (a, b) = (luminance(a), luminance(b));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The custom properties of the block that begins with `start`.
    fn colours(start: &str) -> BTreeMap<&str, &str> {
        let block = STYLE.split(start).nth(1).expect("the block").split('}').next().expect("its end");
        block
            .split(';')
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.trim(), value.trim()))
            .collect()
    }

    const LIGHT: &str = "\n:root {";
    const DARK_BY_SYSTEM: &str = ":root:not([data-theme=\"light\"]) {";
    const DARK_BY_CHOICE: &str = ":root[data-theme=\"dark\"] {";

    #[test]
    fn every_colour_can_be_read_on_its_ground() {
        for (start, ground) in [(LIGHT, "#f4f5f7"), (DARK_BY_SYSTEM, "#1d2129"), (DARK_BY_CHOICE, "#1d2129")] {
            for (name, colour) in colours(start) {
                let ratio = contrast(colour, ground);
                assert!(ratio >= 4.5, "{start} {name} {colour}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn both_ways_to_darkness_give_the_same_colours_for_the_same_names() {
        assert_eq!(colours(DARK_BY_SYSTEM), colours(DARK_BY_CHOICE));
        assert!(colours(LIGHT).keys().eq(colours(DARK_BY_CHOICE).keys()));
    }

    #[test]
    fn every_class_has_a_rule_and_every_colour_a_use() {
        for class in ALL {
            assert!(STYLE.contains(&format!("pre .{} {{", class.name())), "{class:?}");
        }
        for name in colours(LIGHT).keys() {
            assert!(STYLE.contains(&format!("var({name})")), "{name}");
        }
    }

    #[test]
    fn the_measure_of_contrast_is_that_of_wcag() {
        assert!((contrast("#ffffff", "#000000") - 21.0).abs() < 1e-9);
        assert!((contrast("#767676", "#ffffff") - 4.54).abs() < 0.005);
    }
}
