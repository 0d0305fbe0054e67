//! Programs that `book.toml` names: mdBook's preprocessors.
//!
//! Their tables belong to them; of each only what says how it is run is read here, and the whole file is handed on.

use crate::diagnostic::{Checked, Code, Diagnostic, SourceId, Span};
use serde_json::Value;
use toml::de::{DeTable, DeValue};

/// A program that changes the Markdown of the book before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preprocessor {
    /// The name of its table.
    pub name: String,
    /// How it is started.
    pub command: String,
    /// For which renderers, if the settings say.
    pub renderers: Option<Vec<String>>,
    /// Those it runs before; `links` stands for the includes.
    pub before: Vec<String>,
    /// Those it runs after.
    pub after: Vec<String>,
    /// That it is not installed is fine.
    pub optional: bool,
    /// The name in the settings.
    pub span: Span,
}

/// The programs of a book.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tools {
    /// Preprocessors, in the order in which they run.
    pub preprocessors: Vec<Preprocessor>,
    /// All settings, as the programs want them.
    pub settings: Value,
}

/// What portolan does by itself; the texts say how.
const BUILT_IN: &[(&str, Option<&str>)] = &[
    ("index", None),
    ("links", None),
    ("portolan", None),
    ("mermaid", Some("diagrams are drawn while the site is built")),
    ("katex", Some("mathematics is turned into MathML while the site is built")),
];

/// The programs that the text of `book.toml` names.
#[must_use]
pub fn tools(text: &str, source: SourceId) -> Checked<Tools> {
    let (document, _) = DeTable::parse_recoverable(text);
    let mut notes = Vec::new();
    let mut preprocessors = Vec::new();
    if let Some(DeValue::Table(tables)) = document.get_ref().get("preprocessor").map(toml::Spanned::get_ref) {
        for (key, value) in tables {
            let (name, span) = (key.get_ref().to_string(), Span::new(source, key.span()));
            match BUILT_IN.iter().find(|(built_in, _)| *built_in == name) {
                Some((_, Some(why))) => {
                    let message = format!("`preprocessor.{name}` is not needed here: {why}");
                    notes.push(Diagnostic::hint(Code::ConfigIgnored, message).at(span, ""));
                }
                Some((_, None)) => {}
                None => preprocessors.push(preprocessor(name, span, value.get_ref())),
            }
        }
    }
    Checked { value: Tools { preprocessors: ordered(preprocessors), settings: settings(text) }, notes }
}

fn preprocessor(name: String, span: Span, value: &DeValue<'_>) -> Preprocessor {
    let table = if let DeValue::Table(table) = value { Some(table) } else { None };
    let get = |key: &str| table.and_then(|table| table.get(key)).map(toml::Spanned::get_ref);
    let text = |value: &DeValue<'_>| if let DeValue::String(text) = value { Some(text.to_string()) } else { None };
    let texts = |key: &str| match get(key) {
        Some(DeValue::Array(items)) => Some(items.iter().filter_map(|item| text(item.get_ref())).collect()),
        _ => None,
    };
    Preprocessor {
        command: get("command").and_then(text).unwrap_or_else(|| format!("mdbook-{name}")),
        renderers: texts("renderers"),
        before: texts("before").unwrap_or_default(),
        after: texts("after").unwrap_or_default(),
        optional: matches!(get("optional"), Some(DeValue::Boolean(true))),
        name,
        span,
    }
}

/// By `before` and `after`, else by name. Where these go in a circle, by name too.
fn ordered(mut left: Vec<Preprocessor>) -> Vec<Preprocessor> {
    left.sort_by(|a, b| a.name.cmp(&b.name));
    let mut order = Vec::with_capacity(left.len());
    while !left.is_empty() {
        let waits = |this: &Preprocessor| {
            left.iter().any(|other| {
                other.name != this.name && (other.before.contains(&this.name) || this.after.contains(&other.name))
            })
        };
        let next = left.iter().position(|this| !waits(this)).unwrap_or(0);
        order.push(left.remove(next));
    }
    order
}

/// The file as JSON, without what mdBook's own reader refuses.
fn settings(text: &str) -> Value {
    let table: toml::Table = text.parse().unwrap_or_default();
    let mut settings = serde_json::to_value(table).unwrap_or_default();
    if let Some(settings) = settings.as_object_mut() {
        settings.remove("portolan");
        settings.entry("book").or_insert_with(|| serde_json::json!({}));
        if let Some(book) = settings.get_mut("book").and_then(Value::as_object_mut) {
            book.remove("multilingual");
        }
    }
    settings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;
    use proptest::prelude::*;

    fn read(text: &str) -> Checked<Tools> {
        tools(text, Sources::default().add("book.toml", text))
    }

    #[test]
    fn programs_run_in_the_order_that_is_asked_for() {
        let text = "[preprocessor.a]\nafter = [\"c\"]\n[preprocessor.b]\n[preprocessor.c]\ncommand = \"x y\"\n[preprocessor.d]\nbefore = [\"b\"]\n[preprocessor.links]\n[preprocessor.portolan]\n";
        let names: Vec<String> = read(text).value.preprocessors.into_iter().map(|p| p.name).collect();
        assert_eq!(names, ["c", "a", "d", "b"]);
    }

    #[test]
    fn what_portolan_does_itself_is_said() {
        let tools = read("[preprocessor.mermaid]\ncommand = \"mdbook-mermaid\"\n");
        assert_eq!((tools.value.preprocessors.len(), tools.notes.len()), (0, 1));
    }

    proptest! {
        /// Whatever stands in the tables, and in whatever circles, each program runs once.
        #[test]
        fn no_circle_is_endless(links in prop::collection::vec((0u8..5, 0u8..5, any::<bool>()), 0..12)) {
            let mut tables: Vec<(Vec<String>, Vec<String>)> = vec![Default::default(); 5];
            for (from, to, before) in links {
                let table = &mut tables[usize::from(from)];
                if before { table.0.push(format!("\"p{to}\"")) } else { table.1.push(format!("\"p{to}\"")) }
            }
            let text: String = tables.iter().enumerate().map(|(n, (before, after))| {
                format!("[preprocessor.p{n}]\nbefore = [{}]\nafter = [{}]\n", before.join(","), after.join(","))
            }).collect();
            prop_assert_eq!(read(&text).value.preprocessors.len(), 5);
        }
    }
}
