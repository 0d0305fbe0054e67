//! Reading `book.toml`: the text, held against the table of keys, then given to serde.
//!
//! In: the text of the file. Out: a [`Config`] and all that is wrong with the file, not only the first thing.
//! How: the TOML parser keeps spans and goes on after errors; a value of the wrong type is told and taken out, an
//! unknown key is told with its nearest neighbour; what is left fits the structs.

use super::keys::{self, Key, Kind, TABLES, Use};
use super::{Config, RuleLevel};
use crate::diagnostic::{Checked, Code, Diagnostic, SourceId, Span, nearest};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Which of the two files a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SettingsFile {
    /// `book.toml`: all tables.
    Book,
    /// `portolan.toml`: what stands in `[portolan]` elsewhere, at the top level.
    Portolan,
}

/// Settings from the text of a file.
#[must_use]
pub fn parse(text: &str, source: SourceId, file: SettingsFile) -> Checked<Config> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { source, notes: Vec::new() };
    for error in &errors {
        let range = error.span().unwrap_or(0..0);
        let message = format!("this is not valid TOML: {}", error.message());
        reader.notes.push(Diagnostic::error(Code::Config, message).at(Span::new(source, range), "here"));
    }
    let mut table = document.into_inner();
    match file {
        SettingsFile::Book => {
            adopt_shared_table(&mut table);
            adopt_security(&mut table);
        }
        SettingsFile::Portolan => table = nest("portolan", table),
    }
    reader.table("", &mut table);
    let value = reader.config(table);
    Checked { value, notes: reader.notes }
}

/// `[preprocessor.portolan]` is `[portolan]` under a name that mdBook tolerates.
fn adopt_shared_table(table: &mut DeTable<'_>) {
    let Some(preprocessors) = table.get_mut("preprocessor") else { return };
    let DeValue::Table(preprocessors) = preprocessors.get_mut() else { return };
    let Some(mut own) = preprocessors.remove("portolan") else { return };
    if let DeValue::Table(own) = own.get_mut() {
        // What mdBook itself wants to know about a preprocessor.
        for name in ["command", "renderers", "before", "after", "optional"] {
            own.remove(name);
        }
    }
    if table.get("portolan").is_none() {
        table.insert(Spanned::new(0..0, "portolan".into()), own);
    }
}

/// `[security]` at the top level is `[portolan.security]`.
fn adopt_security(table: &mut DeTable<'_>) {
    let Some(security) = table.remove("security") else { return };
    if table.get("portolan").is_none() {
        table.insert(Spanned::new(0..0, "portolan".into()), Spanned::new(0..0, DeValue::Table(DeTable::new())));
    }
    if let Some(DeValue::Table(own)) = table.get_mut("portolan").map(Spanned::get_mut)
        && own.get("security").is_none()
    {
        own.insert(Spanned::new(0..0, "security".into()), security);
    }
}

fn nest<'i>(base: &'static str, table: DeTable<'i>) -> DeTable<'i> {
    let mut outer = DeTable::new();
    outer.insert(Spanned::new(0..0, base.into()), Spanned::new(0..0, DeValue::Table(table)));
    outer
}

struct Reader {
    source: SourceId,
    notes: Vec<Diagnostic>,
}

impl Reader {
    /// Takes out of a table all that does not fit, telling each.
    fn table(&mut self, path: &str, table: &mut DeTable<'_>) {
        let names: Vec<String> = table.keys().map(|k| k.get_ref().to_string()).collect();
        for name in names {
            let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            let keep = self.entry(path, &name, &inner, table);
            if !keep {
                table.remove(name.as_str());
            }
        }
    }

    /// Whether an entry may stay.
    fn entry(&mut self, path: &str, name: &str, inner: &str, table: &mut DeTable<'_>) -> bool {
        let Some((key_span, value)) = table.get_key_value(name).map(|(k, _)| k.span()).zip(table.get_mut(name)) else {
            return false;
        };
        // Addresses are the author's own words: any key goes.
        if path == "output.html.redirect" {
            return self.fits(Kind::Text, inner, value);
        }
        if let Some(key) = keys::of_table(path).find(|k| k.name == name) {
            return self.known(key, key_span, value);
        }
        let is_table = TABLES.contains(&inner) || inner == "output";
        if is_table {
            let span = value.span();
            return match value.get_mut() {
                DeValue::Table(inner_table) => {
                    self.table(inner, inner_table);
                    true
                }
                other => {
                    self.wrong_type(inner, "a table", describe(other), span);
                    false
                }
            };
        }
        if !belongs_to_another_tool(path, name) {
            self.unknown(path, name, key_span);
        }
        false
    }

    fn known(&mut self, key: &Key, key_span: std::ops::Range<usize>, value: &mut Spanned<DeValue<'_>>) -> bool {
        let span = Span::new(self.source, key_span);
        let full = format!("{}.{}", key.table, key.name);
        match key.used {
            Use::Used if full == "portolan.check.rules" => self.fits(key.kind, &full, value) && self.rules(value),
            Use::Used => self.fits(key.kind, &full, value) && self.allowed(key, value),
            Use::Ignored(why) => {
                self.notes.push(
                    Diagnostic::hint(Code::ConfigIgnored, format!("`{full}` has no effect here: {why}")).at(span, ""),
                );
                false
            }
            Use::Old(instead) => {
                self.notes.push(
                    Diagnostic::warning(Code::ConfigIgnored, format!("`{full}` is a key of an older mdBook"))
                        .at(span, "has no effect")
                        .help(format!("use {instead}")),
                );
                false
            }
        }
    }

    fn fits(&mut self, kind: Kind, name: &str, value: &Spanned<DeValue<'_>>) -> bool {
        let fault = misfit(kind, value);
        if let Some((span, found)) = fault {
            self.wrong_type(name, kind.words(), found, span);
            return false;
        }
        true
    }

    /// Words from a closed list are checked here, where the place is known.
    fn allowed(&mut self, key: &Key, value: &Spanned<DeValue<'_>>) -> bool {
        let words: &[&str] = match key.name {
            "default-theme" => &["auto", "light", "dark", "rust", "coal", "navy", "ayu"],
            "text-direction" => &["ltr", "rtl"],
            "link" => &["section", "page", "all", "none"],
            "html" => &["allow", "sanitize", "escape"],
            _ => return true,
        };
        let Some(text) = value.get_ref().as_str() else { return true };
        // mdBook reads theme names without regard to case.
        if words.contains(&text) {
            return true;
        }
        let note = Diagnostic::error(Code::Config, format!("`{}` cannot be `{text}`", key.name))
            .at(Span::new(self.source, value.span()), "not one of its values")
            .help(format!("one of: {}", words.join(", ")));
        self.notes.push(note);
        false
    }

    /// Rules of the check: each is a known code and has a known weight; what is not goes.
    fn rules(&mut self, value: &mut Spanned<DeValue<'_>>) -> bool {
        let DeValue::Table(rules) = value.get_mut() else { return false };
        let mut wrong = Vec::new();
        for (name, level) in rules.iter() {
            let word = level.get_ref().as_str().unwrap_or_default();
            let note = if Code::named(name.get_ref()).is_none() {
                let span = Span::new(self.source, name.span());
                let near = nearest(name.get_ref(), Code::ALL.iter().map(|code| code.as_str()));
                let note = Diagnostic::warning(Code::ConfigKey, format!("there is no rule `{}`", name.get_ref()));
                note.at(span, "not known").maybe_help(near.map(|near| format!("did you mean `{near}`?")))
            } else if !RuleLevel::WORDS.contains(&word) {
                Diagnostic::error(Code::Config, format!("a rule cannot be `{word}`"))
                    .at(Span::new(self.source, level.span()), "not one of its values")
                    .help(format!("one of: {}", RuleLevel::WORDS.join(", ")))
            } else {
                continue;
            };
            self.notes.push(note);
            wrong.push(name.get_ref().to_string());
        }
        for name in wrong {
            rules.remove(name.as_str());
        }
        true
    }

    fn wrong_type(&mut self, name: &str, wanted: &str, found: &str, span: std::ops::Range<usize>) {
        let note = Diagnostic::error(Code::Config, format!("`{name}` must be {wanted}, but this is {found}"))
            .at(Span::new(self.source, span), format!("expected {wanted}"));
        self.notes.push(note);
    }

    fn unknown(&mut self, path: &str, name: &str, span: std::ops::Range<usize>) {
        let tables = TABLES.iter().filter_map(|t| match (path, t.rsplit_once('.')) {
            ("", None) => Some(*t),
            (_, Some((parent, last))) if parent == path => Some(last),
            _ => None,
        });
        let near = nearest(name, keys::of_table(path).map(|k| k.name).chain(tables));
        let whole = if path.is_empty() { "at the top level".to_owned() } else { format!("in [{path}]") };
        let span = Span::new(self.source, span);
        let mut note =
            Diagnostic::warning(Code::ConfigKey, format!("unknown key `{name}` {whole}")).at(span, "not known");
        if let Some(near) = near {
            note = note.fix(format!("did you mean `{near}`?"), span, near);
        }
        self.notes.push(note);
    }

    fn config(&mut self, table: DeTable<'_>) -> Config {
        match Config::deserialize(Spanned::new(0..0, DeValue::Table(table)).into_deserializer()) {
            Ok(config) => config,
            Err(error) => {
                let note = Diagnostic::error(Code::Config, error.message().to_owned());
                let span = error.span().map(|range| Span::new(self.source, range));
                self.notes.push(Diagnostic { span, ..note });
                Config::default()
            }
        }
    }
}

/// Other renderers and preprocessors keep their settings in the same file.
fn belongs_to_another_tool(path: &str, name: &str) -> bool {
    matches!(path, "output" | "preprocessor") || (path.is_empty() && name == "preprocessor")
}

/// The first thing about a value that is not of a kind: where, and what it is.
fn misfit(kind: Kind, value: &Spanned<DeValue<'_>>) -> Option<(std::ops::Range<usize>, &'static str)> {
    let fault = |v: &Spanned<DeValue<'_>>| Some((v.span(), describe(v.get_ref())));
    match (kind, value.get_ref()) {
        (Kind::Text, DeValue::String(_))
        | (Kind::Bool, DeValue::Boolean(_))
        | (Kind::Whole | Kind::Number, DeValue::Integer(_))
        | (Kind::Number, DeValue::Float(_))
        | (Kind::Any, _) => None,
        (Kind::Texts, DeValue::Array(items)) => {
            items.iter().find(|i| !matches!(i.get_ref(), DeValue::String(_))).and_then(fault)
        }
        (Kind::TextMap, DeValue::Table(entries)) => {
            entries.values().find(|v| !matches!(v.get_ref(), DeValue::String(_))).and_then(fault)
        }
        _ => fault(value),
    }
}

fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn told(text: &str) -> (Config, Vec<String>) {
        let mut sources = Sources::default();
        let id = sources.add("book.toml", text);
        let checked = parse(text, id, SettingsFile::Book);
        let lines = checked.notes.iter().map(|n| {
            let place = n.span.map(|s| sources.place(s));
            let place = place.map_or(String::new(), |p| format!("{}:{} ", p.line, p.column));
            format!("{place}{:?} {}", n.severity, n.message)
        });
        (checked.value, lines.collect())
    }

    #[test]
    fn a_wrong_type_is_told_with_its_place_and_the_rest_is_kept() {
        let (config, notes) = told("[book]\ntitle = 3\nauthors = [\"a\", 4]\nlanguage = \"zh\"\n");
        assert_eq!(
            notes,
            [
                "3:17 Error `book.authors` must be a list of strings, but this is a whole number",
                "2:9 Error `book.title` must be a string, but this is a whole number",
            ]
        );
        assert_eq!(config.book.language.as_deref(), Some("zh"));
    }

    #[test]
    fn an_unknown_key_is_told_with_the_nearest_known_one() {
        let (_, notes) = told("[book]\ntilte = \"x\"\n[output.html.flod]\nenable = true\n");
        assert_eq!(
            notes,
            ["2:1 Warning unknown key `tilte` in [book]", "3:14 Warning unknown key `flod` in [output.html]"]
        );
    }

    #[test]
    fn tables_of_other_tools_are_left_alone() {
        let (_, notes) = told("[output.linkcheck]\nx = 1\n[preprocessor.katex]\ncommand = \"k\"\n");
        assert_eq!(notes, [""; 0]);
    }

    #[test]
    fn a_table_that_mdbook_tolerates_holds_our_settings_too() {
        let (config, notes) = told("[preprocessor.portolan]\nrenderers = [\"portolan\"]\nstrict = true\n");
        assert_eq!(notes, [""; 0]);
        assert!(config.portolan.strict);
    }

    #[test]
    fn broken_toml_is_told_at_its_place() {
        let (_, notes) = told("[book\ntitle = \"x\"\n");
        assert!(notes[0].starts_with("1:6 Error this is not valid TOML"), "{notes:?}");
    }
}
