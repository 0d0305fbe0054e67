//! From the scopes of a grammar to classes.
//!
//! A grammar names what a character is by a stack of scopes (TextMate's naming conventions, Sublime Text's scope
//! list). The innermost scope that stands in the table decides. Plain words of YAML stay uncoloured, since a page in
//! which everything has a colour shows nothing.

use crate::highlight::class::Class;
use rustc_hash::FxHashMap;
use syntect::parsing::Scope;

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
    ("constant.other.datetime", Verdict::Is(Class::Number)),
    ("constant.other.timestamp", Verdict::Is(Class::Number)),
    ("constant.other.placeholder", Verdict::Is(Class::Escape)),
    ("support.constant", Verdict::Is(Class::Literal)),
    ("string.unquoted", Verdict::Open),
    ("string", Verdict::Is(Class::String)),
    ("keyword.operator.word", Verdict::Is(Class::Keyword)),
    ("keyword.operator", Verdict::Nothing),
    ("keyword", Verdict::Is(Class::Keyword)),
    ("storage.modifier.lifetime", Verdict::Is(Class::Attribute)),
    ("storage", Verdict::Is(Class::Keyword)),
    ("variable.language", Verdict::Is(Class::Literal)),
    ("entity.name.function", Verdict::Is(Class::Function)),
    ("support.function", Verdict::Is(Class::Function)),
    ("support.macro", Verdict::Is(Class::Function)),
    ("variable.function", Verdict::Is(Class::Function)),
    ("entity.name.tag", Verdict::Is(Class::Key)),
    ("entity.other.attribute-name", Verdict::Is(Class::Attribute)),
    ("variable.parameter.option", Verdict::Is(Class::Attribute)),
    ("entity.name.section", Verdict::Is(Class::Heading)),
    ("entity.name.label", Verdict::Is(Class::Attribute)),
    ("entity.name.constant", Verdict::Open),
    ("entity.name", Verdict::Is(Class::Type)),
    ("entity.other.inherited-class", Verdict::Is(Class::Type)),
    ("support.type.property-name", Verdict::Is(Class::Key)),
    ("support.type", Verdict::Is(Class::Type)),
    ("support.class", Verdict::Is(Class::Type)),
    ("variable.other.readwrite", Verdict::Is(Class::Variable)),
    ("variable.other.normal", Verdict::Is(Class::Variable)),
    ("variable.other.php", Verdict::Is(Class::Variable)),
    ("variable.other.nginx", Verdict::Is(Class::Variable)),
    ("markup.inserted", Verdict::Is(Class::Inserted)),
    ("markup.deleted", Verdict::Is(Class::Deleted)),
    ("markup.heading", Verdict::Is(Class::Heading)),
    ("markup.raw", Verdict::Is(Class::String)),
    ("markup.underline.link", Verdict::Is(Class::String)),
    ("meta.diff", Verdict::Is(Class::Meta)),
    ("meta.annotation", Verdict::Is(Class::Meta)),
    ("meta.attribute", Verdict::Is(Class::Meta)),
    ("meta.interpolation", Verdict::Nothing),
];

/// Answers which class a stack of scopes has; remembers each scope that it was asked about.
#[derive(Debug)]
pub(super) struct Scopes {
    table: Vec<(Scope, Verdict)>,
    known: FxHashMap<Scope, Verdict>,
}

impl Default for Scopes {
    fn default() -> Self {
        let scope = |name: &str| Scope::new(name).expect("the table's scopes have few parts");
        Scopes {
            table: TABLE.iter().map(|&(name, verdict)| (scope(name), verdict)).collect(),
            known: FxHashMap::default(),
        }
    }
}

impl Scopes {
    /// The class of what stands under these scopes, the innermost last.
    pub(super) fn class(&mut self, stack: &[Scope]) -> Option<Class> {
        let innermost =
            stack.iter().rev().map(|&scope| self.verdict(scope)).find(|&verdict| verdict != Verdict::Open)?;
        match innermost {
            // A key that is written as a string is a key.
            Verdict::Is(Class::String) if stack.iter().any(|&s| self.verdict(s) == Verdict::Is(Class::Key)) => {
                Some(Class::Key)
            }
            Verdict::Is(class) => Some(class),
            Verdict::Nothing | Verdict::Open => None,
        }
    }

    fn verdict(&mut self, scope: Scope) -> Verdict {
        let table = &self.table;
        *self.known.entry(scope).or_insert_with(|| {
            table.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map_or(Verdict::Open, |&(_, verdict)| verdict)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn class(scopes: &[&str]) -> Option<Class> {
        let stack: Vec<Scope> = scopes.iter().map(|s| Scope::new(s).expect("short")).collect();
        Scopes::default().class(&stack)
    }

    #[test]
    fn the_innermost_scope_of_the_table_decides() {
        assert_eq!(class(&["source.go", "string.quoted.go", "constant.character.escape.go"]), Some(Class::Escape));
        assert_eq!(class(&["source.go", "comment.line", "punctuation.definition.comment"]), Some(Class::Comment));
        assert_eq!(class(&["source.go", "meta.block.go"]), None);
    }

    #[test]
    fn an_operator_in_an_annotation_has_no_colour() {
        assert_eq!(class(&["meta.annotation.rust", "keyword.operator.rust"]), None);
    }

    #[test]
    fn a_string_that_is_a_key_is_a_key() {
        assert_eq!(class(&["meta.structure.dictionary.key.json", "string.quoted.double.json"]), Some(Class::Key));
    }
}
