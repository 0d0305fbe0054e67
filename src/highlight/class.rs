//! From the scopes of a grammar to the classes of the style sheet.
//!
//! A grammar names what a character is by a stack of scopes (TextMate's naming conventions). The innermost scope that
//! stands in the table decides. Values that are plain words in YAML stay uncoloured: a page of green says nothing.

use std::collections::HashMap;
use syntect::parsing::{Scope, ScopeStack};

/// What a piece of code is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Comment,
    String,
    Escape,
    Number,
    Literal,
    Keyword,
    Type,
    Function,
    Variable,
    /// A tag of HTML, a key of YAML or JSON.
    Key,
    Attribute,
    Heading,
    Inserted,
    Deleted,
    Meta,
}

impl Class {
    /// The class in HTML; `static/css/code.css` has one rule for each.
    pub(super) fn name(self) -> &'static str {
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
        }
    }

    #[cfg(test)]
    const ALL: [Class; 15] = [
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
    ];
}

/// What a scope decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Is(Class),
    /// Nothing to colour, whatever stands around it.
    Nothing,
    /// Ask the scope around it.
    Open,
}

/// The first line whose scope begins the asked one decides.
const TABLE: &[(&str, Verdict)] = &[
    ("comment", Verdict::Is(Class::Comment)),
    ("meta.mapping.key", Verdict::Is(Class::Key)),
    ("meta.structure.dictionary.key", Verdict::Is(Class::Key)),
    ("constant.character.escape", Verdict::Is(Class::Escape)),
    ("constant.language", Verdict::Is(Class::Literal)),
    ("constant.numeric", Verdict::Is(Class::Number)),
    ("constant.other.timestamp", Verdict::Is(Class::Number)),
    ("constant.other.placeholder", Verdict::Is(Class::Escape)),
    ("support.constant", Verdict::Is(Class::Literal)),
    ("string.unquoted", Verdict::Open),
    ("string", Verdict::Is(Class::String)),
    ("keyword.operator.word", Verdict::Is(Class::Keyword)),
    ("keyword.operator", Verdict::Nothing),
    ("keyword", Verdict::Is(Class::Keyword)),
    ("storage", Verdict::Is(Class::Keyword)),
    ("variable.language", Verdict::Is(Class::Literal)),
    ("entity.name.function", Verdict::Is(Class::Function)),
    ("support.function", Verdict::Is(Class::Function)),
    ("variable.function", Verdict::Is(Class::Function)),
    ("entity.name.tag", Verdict::Is(Class::Key)),
    ("entity.other.attribute-name", Verdict::Is(Class::Attribute)),
    ("variable.parameter.option", Verdict::Is(Class::Attribute)),
    ("entity.name.section", Verdict::Is(Class::Heading)),
    ("entity.name.label", Verdict::Is(Class::Attribute)),
    ("entity.name", Verdict::Is(Class::Type)),
    ("entity.other.inherited-class", Verdict::Is(Class::Type)),
    ("support.type.property-name", Verdict::Is(Class::Key)),
    ("support.type", Verdict::Is(Class::Type)),
    ("support.class", Verdict::Is(Class::Type)),
    ("variable.other.readwrite", Verdict::Is(Class::Variable)),
    ("variable.other.normal", Verdict::Is(Class::Variable)),
    ("punctuation.definition.variable", Verdict::Is(Class::Variable)),
    ("markup.inserted", Verdict::Is(Class::Inserted)),
    ("markup.deleted", Verdict::Is(Class::Deleted)),
    ("markup.heading", Verdict::Is(Class::Heading)),
    ("meta.diff", Verdict::Is(Class::Meta)),
    ("meta.annotation", Verdict::Is(Class::Meta)),
    ("meta.attribute", Verdict::Is(Class::Meta)),
    ("meta.interpolation", Verdict::Nothing),
    ("meta.group.expansion", Verdict::Open),
];

/// Answers which class a stack of scopes has; remembers each scope it was asked about.
#[derive(Debug)]
pub(super) struct Classes {
    table: Vec<(Scope, Verdict)>,
    known: HashMap<Scope, Verdict>,
}

impl Default for Classes {
    fn default() -> Self {
        let scope = |name: &str| Scope::new(name).expect("the table's scopes have few parts");
        Classes { table: TABLE.iter().map(|(name, verdict)| (scope(name), *verdict)).collect(), known: HashMap::new() }
    }
}

impl Classes {
    /// The class of what stands under these scopes.
    pub(super) fn of(&mut self, stack: &ScopeStack) -> Option<Class> {
        for &scope in stack.as_slice().iter().rev() {
            let table = &self.table;
            let verdict = *self.known.entry(scope).or_insert_with(|| {
                table
                    .iter()
                    .find(|(prefix, _)| prefix.is_prefix_of(scope))
                    .map_or(Verdict::Open, |(_, verdict)| *verdict)
            });
            match verdict {
                // A key that is written as a string is a key.
                Verdict::Is(Class::String) if self.is_key(stack) => return Some(Class::Key),
                Verdict::Is(class) => return Some(class),
                Verdict::Nothing => return None,
                Verdict::Open => {}
            }
        }
        None
    }

    fn is_key(&self, stack: &ScopeStack) -> bool {
        stack.as_slice().iter().any(|s| self.known.get(s) == Some(&Verdict::Is(Class::Key)))
    }
}

#[cfg(test)]
mod tests {
    use super::Class;
    use std::collections::HashMap;

    const STYLE: &str = include_str!("../../static/css/code.css");

    /// Relative luminance and contrast, WCAG 2.2.
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

    /// The custom properties of a block that begins with `start`.
    fn colours(start: &str) -> HashMap<String, String> {
        let block = STYLE.split(start).nth(1).expect("the block").split('}').next().expect("its end");
        block
            .split(';')
            .filter_map(|d| d.trim().trim_start_matches('{').trim().split_once(':'))
            .map(|(name, value)| (name.trim().to_owned(), value.trim().to_owned()))
            .collect()
    }

    #[test]
    fn every_colour_can_be_read_on_its_ground() {
        for (start, ground) in [
            (":root {", "#f4f5f7"),
            ("[data-theme=\"dark\"] {", "#1d2129"),
            (":not([data-theme=\"light\"]) {", "#1d2129"),
        ] {
            let colours = colours(start);
            assert!(colours.len() >= 10, "{start}: {colours:?}");
            for (name, colour) in colours {
                let ratio = contrast(&colour, ground);
                assert!(ratio >= 4.5, "{start} {name} {colour}: {ratio:.2}");
            }
        }
    }

    #[test]
    fn every_class_has_a_rule() {
        for class in Class::ALL {
            assert!(STYLE.contains(&format!(".{} {{", class.name())), "{class:?}");
        }
    }
}
