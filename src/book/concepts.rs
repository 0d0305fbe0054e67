//! `concepts.toml`: names that Markdown cannot say (aliases, spellings, life cycles), and what became of links.
//!
//! ```toml
//! [[concept]]
//! id = "dockershim"                        # its anchor and its key in concepts.json
//! zh = "dockershim"
//! en = "dockershim"
//! aliases = ["Docker shim"]                # linked as the name itself
//! misspelt = ["docker-shim"]               # found by search, never linked or shown
//! unlinked = ["shim"]                      # names that are everyday words too: a text that has them is not linked
//! kind = "component"
//! page = "02-architecture/container-runtime.md"
//! lifecycle = "removed"
//! since = "1.20"
//! removed-in = "1.24"
//! replaced-by = ["cri-dockerd"]
//!
//! [[link]]
//! url = "https://example.org/old"
//! status = "moved"                         # or "dead"
//! to = "https://example.org/new"
//! ```

use crate::address::harmful_scheme;
use crate::diagnostic::{Checked, Code, Diagnostic, SourceId, Span, nearest};
use serde::Serialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// What the file says.
#[derive(Clone, Debug, Default)]
pub struct ConceptsFile {
    /// One a concept, in the order of the file.
    pub concepts: Vec<ConceptEntry>,
    /// One a link whose fate is known.
    pub links: Vec<LinkEntry>,
}

/// A concept as the file names it.
#[derive(Clone, Debug, Default)]
pub struct ConceptEntry {
    /// Its id; empty if it is to be made from its name.
    pub id: String,
    /// Its Chinese name.
    pub zh: String,
    /// Its English name.
    pub en: String,
    /// Other names.
    pub aliases: Vec<String>,
    /// Spellings that are errors.
    pub misspelt: Vec<String>,
    /// Those of its names, and others, that a text may mean otherwise: declared and searched by, never linked.
    pub unlinked: Vec<String>,
    /// What it is: component, object, protocol …
    pub kind: String,
    /// The page that declares it, relative to the folder of the sources; empty if any may.
    pub page: String,
    /// What it is, in a sentence; empty if its page says it.
    pub definition: String,
    /// How alive it is.
    pub lifecycle: Lifecycle,
    /// Where the entry stands.
    pub span: Option<Span>,
}

/// How alive a concept is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub struct Lifecycle {
    /// The state.
    pub state: State,
    /// Version or day it began; empty if not said.
    pub since: String,
    /// Version it is gone in; empty if not said.
    pub removed_in: String,
    /// What to use now: ids of concepts, or names.
    pub replaced_by: Vec<String>,
}

/// The states of a life cycle.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// To be used.
    #[default]
    Stable,
    /// Not finished.
    Alpha,
    /// Nearly finished.
    Beta,
    /// Still there, not to be used for anything new.
    Deprecated,
    /// Gone.
    Removed,
    /// Nobody works on it any more.
    Archived,
    /// Something else took its place.
    Superseded,
    /// It is called otherwise today.
    Renamed,
}

impl State {
    /// Each with its word in the file.
    pub const ALL: [(&'static str, State); 8] = [
        ("stable", State::Stable),
        ("alpha", State::Alpha),
        ("beta", State::Beta),
        ("deprecated", State::Deprecated),
        ("removed", State::Removed),
        ("archived", State::Archived),
        ("superseded", State::Superseded),
        ("renamed", State::Renamed),
    ];
}

/// What became of a link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinkEntry {
    /// Its address.
    pub url: String,
    /// Whether it leads anywhere.
    pub status: LinkStatus,
    /// Where it is now; empty if not known.
    pub to: String,
}

/// Whether a link leads anywhere.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinkStatus {
    /// It does.
    #[default]
    Current,
    /// What was there is elsewhere.
    Moved,
    /// Nothing is there any more.
    Dead,
}

const CONCEPT_KEYS: &[&str] = &[
    "id",
    "zh",
    "en",
    "aliases",
    "misspelt",
    "unlinked",
    "kind",
    "page",
    "definition",
    "lifecycle",
    "since",
    "removed-in",
    "replaced-by",
];
const LINK_KEYS: &[&str] = &["url", "status", "to"];

/// Reads the text of the file; tells all that is wrong with it.
#[must_use]
pub fn parse(text: &str, source: SourceId) -> Checked<ConceptsFile> {
    let (document, errors) = DeTable::parse_recoverable(text);
    let mut reader = Reader { source, notes: Vec::new() };
    for error in &errors {
        let message = format!("this is not valid TOML: {}", error.message());
        reader.notes.push(
            Diagnostic::error(Code::Concepts, message).at(Span::new(source, error.span().unwrap_or(0..0)), "here"),
        );
    }
    let mut file = ConceptsFile::default();
    for (key, value) in document.into_inner() {
        match &**key.get_ref() {
            "concept" => file.concepts = reader.tables(&value, Reader::concept),
            "link" => file.links = reader.tables(&value, Reader::link),
            other => reader.unknown(other, key.span(), &["concept", "link"]),
        }
    }
    reader.twice(&file.concepts);
    Checked { value: file, notes: reader.notes }
}

type Range = std::ops::Range<usize>;

struct Reader {
    source: SourceId,
    notes: Vec<Diagnostic>,
}

impl Reader {
    fn tables<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        read: impl Fn(&mut Self, &DeTable<'_>, Range) -> Option<T>,
    ) -> Vec<T> {
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong("an array of tables, `[[…]]`", value.span());
            return Vec::new();
        };
        let mut read_all = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref() {
                DeValue::Table(table) => read_all.extend(read(self, table, item.span())),
                _ => self.wrong("a table", item.span()),
            }
        }
        read_all
    }

    fn concept(&mut self, table: &DeTable<'_>, range: Range) -> Option<ConceptEntry> {
        let mut entry = ConceptEntry { span: Some(Span::new(self.source, range.clone())), ..ConceptEntry::default() };
        for (key, value) in table {
            match &**key.get_ref() {
                "id" => {
                    entry.id = self.text(value);
                    entry.span = Some(Span::new(self.source, value.span()));
                }
                "zh" => entry.zh = self.text(value),
                "en" => entry.en = self.text(value),
                "aliases" => entry.aliases = self.texts(value),
                "misspelt" => entry.misspelt = self.texts(value),
                "unlinked" => entry.unlinked = self.texts(value),
                "kind" => entry.kind = self.text(value),
                "page" => entry.page = self.text(value),
                "definition" => entry.definition = self.text(value),
                "lifecycle" => entry.lifecycle.state = self.word(value, &State::ALL),
                "since" => entry.lifecycle.since = self.text(value),
                "removed-in" => entry.lifecycle.removed_in = self.text(value),
                "replaced-by" => entry.lifecycle.replaced_by = self.texts(value),
                other => self.unknown(other, key.span(), CONCEPT_KEYS),
            }
        }
        if entry.zh.is_empty() && entry.en.is_empty() {
            entry.en.clone_from(&entry.id);
        }
        if entry.zh.is_empty() && entry.en.is_empty() {
            self.missing("a concept needs an `id` or a name (`zh`, `en`)", range);
            return None;
        }
        Some(entry)
    }

    fn link(&mut self, table: &DeTable<'_>, range: Range) -> Option<LinkEntry> {
        const STATES: [(&str, LinkStatus); 3] =
            [("current", LinkStatus::Current), ("moved", LinkStatus::Moved), ("dead", LinkStatus::Dead)];
        let mut entry = LinkEntry::default();
        for (key, value) in table {
            match &**key.get_ref() {
                "url" => entry.url = self.address(value),
                "status" => entry.status = self.word(value, &STATES),
                "to" => entry.to = self.address(value),
                other => self.unknown(other, key.span(), LINK_KEYS),
            }
        }
        if entry.url.is_empty() {
            self.missing("a link needs its `url`", range);
            return None;
        }
        Some(entry)
    }

    fn text(&mut self, value: &Spanned<DeValue<'_>>) -> String {
        let text = value.get_ref().as_str().map(|text| text.trim().to_owned());
        text.unwrap_or_else(|| {
            self.wrong("a string", value.span());
            String::new()
        })
    }

    /// An address that a page may hold.
    fn address(&mut self, value: &Spanned<DeValue<'_>>) -> String {
        let text = self.text(value);
        let Some(scheme) = harmful_scheme(&text, false) else { return text };
        let message = format!("a `{scheme}:` address is not put into a page");
        let span = Span::new(self.source, value.span());
        self.notes.push(Diagnostic::error(Code::LinkUnsafe, message).at(span, "not allowed here"));
        String::new()
    }

    fn texts(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<String> {
        match value.get_ref() {
            DeValue::Array(items) => items.iter().map(|item| self.text(item)).filter(|t| !t.is_empty()).collect(),
            _ => vec![self.text(value)],
        }
    }

    fn word<T: Copy + Default>(&mut self, value: &Spanned<DeValue<'_>>, words: &[(&'static str, T)]) -> T {
        let text = self.text(value);
        if let Some((_, found)) = words.iter().find(|(word, _)| *word == text) {
            return *found;
        }
        let all: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        let note = Diagnostic::error(Code::Concepts, format!("this cannot be `{text}`"))
            .at(Span::new(self.source, value.span()), "not one of its values")
            .help(format!("one of: {}", all.join(", ")));
        self.notes.push(note);
        T::default()
    }

    fn wrong(&mut self, wanted: &str, range: Range) {
        let span = Span::new(self.source, range);
        self.notes.push(Diagnostic::error(Code::Concepts, format!("expected {wanted}")).at(span, "something else"));
    }

    fn missing(&mut self, message: &str, range: Range) {
        self.notes.push(Diagnostic::error(Code::Concepts, message).at(Span::new(self.source, range), ""));
    }

    fn unknown(&mut self, name: &str, range: Range, known: &[&'static str]) {
        let span = Span::new(self.source, range);
        let mut note = Diagnostic::warning(Code::ConfigKey, format!("unknown key `{name}`")).at(span, "not known");
        if let Some(near) = nearest(name, known.iter().copied()) {
            note = note.fix(format!("did you mean `{near}`?"), span, near);
        }
        self.notes.push(note);
    }

    /// An id names one concept.
    fn twice(&mut self, concepts: &[ConceptEntry]) {
        let mut seen = std::collections::HashSet::new();
        for entry in concepts.iter().filter(|entry| !entry.id.is_empty()) {
            if !seen.insert(&entry.id) {
                let note = Diagnostic::error(Code::ConceptTwice, format!("the id `{}` is taken", entry.id));
                let note = Diagnostic { span: entry.span, ..note };
                self.notes.push(note.help("each concept needs an id of its own"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn read(text: &str) -> Checked<ConceptsFile> {
        parse(text, Sources::default().add("concepts.toml", text))
    }

    #[test]
    fn a_whole_entry_is_read() {
        let file = read(
            "[[concept]]\nid = \"dockershim\"\nen = \"dockershim\"\naliases = \"Docker shim\"\nlifecycle = \"removed\"\nremoved-in = \"1.24\"\n[[link]]\nurl = \"https://a.b\"\nstatus = \"dead\"\n",
        );
        assert!(file.notes.is_empty(), "{:?}", file.notes);
        assert_eq!(file.value.concepts[0].aliases, ["Docker shim"]);
        assert_eq!(file.value.concepts[0].lifecycle.state, State::Removed);
        assert_eq!(file.value.links[0].status, LinkStatus::Dead);
    }

    #[test]
    fn every_fault_is_told_in_one_run() {
        let file = read(
            "[[concept]]\nid = 3\nalias = []\nlifecycle = \"gone\"\n[[link]]\n[[concept]]\nid=\"a\"\n[[concept]]\nid=\"a\"\n",
        );
        let codes: Vec<Code> = file.notes.iter().map(|n| n.code).collect();
        assert!(codes.contains(&Code::ConfigKey) && codes.contains(&Code::ConceptTwice), "{:?}", file.notes);
        assert_eq!(codes.iter().filter(|c| **c == Code::Concepts).count(), 4, "{:?}", file.notes);
    }
}
