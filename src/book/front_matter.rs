//! Front matter: what a page says about itself before its text begins.
//!
//! YAML between `---` lines or TOML between `+++` lines, at the very start of the file. A file that merely begins
//! with a thematic break has none.

use super::value::{self, Data, Fault, Value};
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use std::ops::Range;

/// What a page says about itself.
#[derive(Clone, Debug, Default)]
pub struct FrontMatter {
    /// Title; else the first heading is.
    pub title: Option<String>,
    /// A sentence for search engines; else the first paragraph.
    pub description: Option<String>,
    /// Day it was written, as the author writes it.
    pub date: Option<String>,
    /// Not to be built unless asked for.
    pub draft: bool,
    /// Tags.
    pub tags: Vec<String>,
    /// Categories.
    pub categories: Vec<String>,
    /// Whether the page's contents are shown beside it.
    pub toc: Option<bool>,
    /// Whether its headings and lists are drawn as a mind map.
    pub map: bool,
    /// Place among its neighbours, least first.
    pub weight: Option<i64>,
    /// Everything else, for templates.
    pub extra: Vec<(String, Value)>,
}

/// Front matter found at the start of a text.
pub struct Found {
    /// What it says.
    pub front: FrontMatter,
    /// Where the Markdown begins.
    pub body: usize,
    /// What is wrong with it.
    pub notes: Vec<Diagnostic>,
}

/// Reads the front matter of `text`, if there is any.
#[must_use]
pub fn read(text: &str, source: SourceId) -> Found {
    let none = Found { front: FrontMatter::default(), body: 0, notes: Vec::new() };
    let skip = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let Some(fence) = Fence::open(&text[skip..]) else { return Found { body: skip, ..none } };
    let start = skip + fence.inner;
    let Some((end, body)) = fence.close(text, start) else {
        if !looks_like_keys(&text[start..], fence.kind) {
            return Found { body: skip, ..none };
        }
        let note =
            Diagnostic::error(Code::FrontMatter, format!("front matter is not closed with `{}`", fence.kind.mark()))
                .at(Span::new(source, skip..skip + 3), "opened here")
                .help(format!("add a line `{}` after the last key", fence.kind.mark()));
        return Found { body: skip, notes: vec![note], ..none };
    };
    let inner = &text[start..end];
    let parsed = match fence.kind {
        Kind::Yaml => value::yaml(inner),
        Kind::Toml => value::toml(inner),
    };
    let mut notes = Vec::new();
    let front = match parsed {
        Ok(None) => FrontMatter::default(),
        Ok(Some(Value { data: Data::Map(entries), .. })) => {
            Keys { source, start, notes: &mut notes }.front_matter(entries)
        }
        // Two thematic breaks with prose between them.
        Ok(Some(_)) => return Found { body: skip, ..none },
        Err(_) if !looks_like_keys(inner, fence.kind) => return Found { body: skip, ..none },
        Err(Fault { message, range }) => {
            let span = Span::new(source, start + range.start..start + range.end);
            notes.push(Diagnostic::error(Code::FrontMatter, format!("front matter: {message}")).at(span, "here"));
            FrontMatter::default()
        }
    };
    Found { front, body, notes }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Yaml,
    Toml,
}

impl Kind {
    fn mark(self) -> &'static str {
        match self {
            Kind::Yaml => "---",
            Kind::Toml => "+++",
        }
    }
}

struct Fence {
    kind: Kind,
    /// Where the text between the fences begins.
    inner: usize,
}

impl Fence {
    fn open(text: &str) -> Option<Fence> {
        let end = text.find('\n')?;
        let kind = match text[..end].trim_end() {
            "---" => Kind::Yaml,
            "+++" => Kind::Toml,
            _ => return None,
        };
        Some(Fence { kind, inner: end + 1 })
    }

    /// Where the inner text ends and where the page's text begins.
    fn close(&self, text: &str, start: usize) -> Option<(usize, usize)> {
        let mut at = start;
        for line in text[start..].split_inclusive('\n') {
            let bare = line.trim_end();
            if bare == self.kind.mark() || (self.kind == Kind::Yaml && bare == "...") {
                return Some((at, at + line.len()));
            }
            at += line.len();
        }
        None
    }
}

/// Whether the first line that says something is a key.
fn looks_like_keys(text: &str, kind: Kind) -> bool {
    let mark = if kind == Kind::Yaml { ':' } else { '=' };
    let line = text.lines().map(str::trim).find(|l| !l.is_empty() && !l.starts_with('#'));
    line.and_then(|l| l.split_once(mark)).is_some_and(|(key, _)| {
        let key = key.trim().trim_matches(['"', '\'']);
        !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
    })
}

struct Keys<'a> {
    source: SourceId,
    start: usize,
    notes: &'a mut Vec<Diagnostic>,
}

impl Keys<'_> {
    fn front_matter(mut self, entries: Vec<(String, Range<usize>, Value)>) -> FrontMatter {
        let mut front = FrontMatter::default();
        for (name, _, value) in entries {
            match name.as_str() {
                "title" => front.title = self.text(&name, &value),
                "description" | "summary" => front.description = self.text(&name, &value),
                "date" => front.date = self.text(&name, &value),
                "draft" => front.draft = self.truth(&name, &value).unwrap_or(false),
                "tags" => front.tags = self.texts(&name, &value),
                "categories" => front.categories = self.texts(&name, &value),
                "toc" => front.toc = self.truth(&name, &value),
                "map" => front.map = self.truth(&name, &value).unwrap_or(false),
                "weight" | "order" => front.weight = self.whole(&name, &value),
                _ => front.extra.push((name, value)),
            }
        }
        front
    }

    fn wrong(&mut self, name: &str, wanted: &str, value: &Value) {
        let span = Span::new(self.source, self.start + value.range.start..self.start + value.range.end);
        let message = format!("`{name}` must be {wanted}, but this is {}", value.describe());
        self.notes.push(Diagnostic::error(Code::FrontMatter, message).at(span, format!("expected {wanted}")));
    }

    fn text(&mut self, name: &str, value: &Value) -> Option<String> {
        if value.text().is_none() && value.describe() != "nothing" {
            self.wrong(name, "text", value);
        }
        value.text().map(str::to_owned)
    }

    fn truth(&mut self, name: &str, value: &Value) -> Option<bool> {
        if value.truth().is_none() {
            self.wrong(name, "true or false", value);
        }
        value.truth()
    }

    fn whole(&mut self, name: &str, value: &Value) -> Option<i64> {
        let whole = value.text().and_then(|t| t.parse().ok());
        if whole.is_none() {
            self.wrong(name, "a whole number", value);
        }
        whole
    }

    /// A list of texts; a single text is a list of one.
    fn texts(&mut self, name: &str, value: &Value) -> Vec<String> {
        let list = match &value.data {
            Data::List(items) => items.iter().map(|i| i.text().map(str::to_owned)).collect(),
            _ => value.text().map(|t| vec![t.to_owned()]),
        };
        list.unwrap_or_else(|| {
            if value.describe() != "nothing" {
                self.wrong(name, "a list of texts", value);
            }
            Vec::new()
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn found(text: &str) -> (Found, Vec<String>) {
        let mut sources = Sources::default();
        let id = sources.add("a.md", text);
        let found = read(text, id);
        let told = found.notes.iter().map(|n| {
            let place = sources.place(n.span.expect("front matter has a place"));
            format!("{}:{} {}", place.line, place.column, n.message)
        });
        let told = told.collect();
        (found, told)
    }

    #[test]
    fn yaml_and_toml_say_the_same() {
        let (yaml, _) = found("---\ntitle: 标题\ntags: [a]\nweight: 3\ndraft: true\nx: {y: 1}\n---\nText");
        let (toml, _) =
            found("+++\ntitle = \"标题\"\ntags = [\"a\"]\nweight = 3\ndraft = true\nx = {y = 1}\n+++\nText");
        for f in [&yaml, &toml] {
            assert_eq!(f.front.title.as_deref(), Some("标题"));
            assert_eq!((f.front.weight, f.front.draft, f.front.tags.len()), (Some(3), true, 1));
            assert_eq!(f.front.extra[0].0, "x");
        }
    }

    #[test]
    fn two_thematic_breaks_are_not_front_matter() {
        let text = "---\n\nSome prose.\n\n---\nMore";
        let (found, told) = found(text);
        assert_eq!((found.body, told.len()), (0, 0));
    }

    #[test]
    fn unclosed_front_matter_is_told() {
        let (_, told) = found("---\ntitle: x\n\n# Text\n");
        assert_eq!(told, ["1:1 front matter is not closed with `---`"]);
    }

    #[test]
    fn a_wrong_type_is_told_at_the_value() {
        let (_, told) = found("\u{feff}---\ntitle: [a]\ndraft: maybe\n---\n");
        assert_eq!(
            told,
            ["2:8 `title` must be text, but this is a list", "3:8 `draft` must be true or false, but this is a word"]
        );
    }

    #[test]
    fn broken_yaml_is_told_with_its_line() {
        let (_, told) = found("---\ntitle: \"x\ndate: 1\n---\n");
        assert_eq!(told.len(), 1);
    }
}
