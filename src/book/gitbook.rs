//! What only GitBook writes: `{% hint %}`, `{% tabs %}` and their like become Markdown; its settings become ours.
//!
//! A hint is an alert, a tab a `<details>` of a group in which one is open at a time, which needs no script. A tag counts
//! only if it stands alone on its line, outside of code; one that nobody closes is left as text.

use super::value;
use super::{PageText, Piece};
use crate::config::Config;
use std::fmt::Write as _;
use std::ops::Range;

/// How deep hints and tabs may stand in each other.
const DEEPEST: usize = 16;

/// A page with GitBook's tags made Markdown; `None` if it has none.
pub(super) fn converted(page: &PageText) -> Option<PageText> {
    let text = page.markdown();
    memchr::memmem::find(text.as_bytes(), b"{%")?;
    let lines = lines(text);
    let closes = pairs(text, &lines);
    if closes.iter().all(Option::is_none) {
        return None;
    }
    let mut writer = Writer { page, text: String::with_capacity(text.len() + 256), pieces: Vec::new() };
    writer.copy(0..page.body);
    let body = writer.text.len();
    let (mut quotes, mut tabs, mut first) = (Vec::<usize>::new(), 0, false);
    for (line, role) in lines.iter().zip(&closes) {
        let raw = &text[line.clone()];
        let place = page.body + line.start;
        let indent = raw.len() - raw.trim_start_matches(' ').len();
        let Some(tag) = role else {
            let skipped = writer.quote(&quotes, indent, place);
            writer.copy(place + skipped..page.body + line.end);
            continue;
        };
        let skipped = writer.quote(&quotes, indent, place);
        let pad = " ".repeat(indent - skipped);
        let mut lines = String::new();
        match tag {
            Tag::Hint(kind) => {
                let _ = writeln!(lines, "{pad}> [!{kind}]");
            }
            Tag::Tabs => {
                (tabs, first) = (tabs + 1, true);
                lines.push('\n');
            }
            Tag::Tab(title) => {
                let open = if std::mem::take(&mut first) { " open" } else { "" };
                let title = title.replace('&', "&amp;").replace('<', "&lt;");
                let _ = writeln!(lines, "{pad}<details name=\"tabs-{tabs}\"{open}><summary>{title}</summary>");
            }
            Tag::End("tab") => {
                let _ = writeln!(lines, "{pad}</details>");
            }
            Tag::Link(url) => {
                let _ = writeln!(lines, "{pad}<{url}>");
            }
            Tag::Plain | Tag::End(_) => lines.push('\n'),
        }
        // A line of its own around HTML, so that Markdown begins again.
        let html = matches!(tag, Tag::Tab(_) | Tag::End("tab"));
        if html {
            writer.add("\n", place);
            writer.quote(&quotes, 0, place);
        }
        writer.add(&lines, place);
        if html {
            writer.quote(&quotes, 0, place);
            writer.add("\n", place);
        }
        match tag {
            Tag::Hint(_) => quotes.push(indent),
            Tag::End("hint") => {
                quotes.pop();
            }
            _ => {}
        }
    }
    let Writer { text, pieces, .. } = writer;
    Some(PageText { text: text.into(), body, pieces })
}

/// A tag alone on its line.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Tag<'a> {
    /// The name of the alert.
    Hint(&'static str),
    Tabs,
    /// Its title.
    Tab(String),
    /// An address that GitBook shows as a card.
    Link(String),
    /// One around what is Markdown already: a code block, a link.
    Plain,
    /// The end of what has this name.
    End(&'a str),
}

impl<'a> Tag<'a> {
    fn of(line: &'a str) -> Option<(&'a str, Tag<'a>)> {
        let inner = line.trim().strip_prefix("{%")?.strip_suffix("%}")?.trim().trim_matches('-').trim();
        let (name, rest) = inner.split_once(char::is_whitespace).unwrap_or((inner, ""));
        if let Some(name) = name.strip_prefix("end") {
            return matches!(name, "hint" | "tabs" | "tab" | "code" | "content-ref").then_some((name, Tag::End(name)));
        }
        let tag = match name {
            "hint" => Tag::Hint(match attribute(rest, "style").as_deref() {
                Some("success" | "tip") => "TIP",
                Some("warning") => "WARNING",
                Some("danger") => "CAUTION",
                _ => "NOTE",
            }),
            "tabs" => Tag::Tabs,
            "tab" => Tag::Tab(attribute(rest, "title")?),
            "embed" | "file" => Tag::Link(attribute(rest, "url").or_else(|| attribute(rest, "src")).filter(|url| {
                (url.starts_with("https://") || url.starts_with("http://")) && !url.contains([' ', '<', '>'])
            })?),
            "code" | "content-ref" => Tag::Plain,
            _ => return None,
        };
        Some((name, tag))
    }
}

/// `name="value"` in the words of a tag.
fn attribute(words: &str, name: &str) -> Option<String> {
    let (_, rest) = words.split_once(&format!("{name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    text.split_inclusive('\n')
        .map(|line| {
            at += line.len();
            at - line.len()..at
        })
        .collect()
}

/// What each line is; only of tags that are closed in their order, and of ends that close one.
fn pairs<'a>(text: &'a str, lines: &[Range<usize>]) -> Vec<Option<Tag<'a>>> {
    let mut roles: Vec<Option<Tag<'a>>> = vec![None; lines.len()];
    let mut open: Vec<(&str, usize, Tag<'a>)> = Vec::new();
    let mut fence: Option<&str> = None;
    for (at, line) in lines.iter().enumerate() {
        let line = text[line.clone()].trim();
        let mark = ["```", "~~~"].into_iter().find(|mark| line.starts_with(mark));
        match (fence, mark) {
            (Some(begun), Some(_))
                if line.trim_start_matches(['`', '~']).is_empty()
                    && line.len() >= begun.len()
                    && line.starts_with(&begun[..1]) =>
            {
                fence = None;
            }
            (None, Some(mark)) => {
                let length = line.len() - line.trim_start_matches(&mark[..1]).len();
                fence = Some(&line[..length]);
            }
            _ => {}
        }
        if fence.is_some() {
            continue;
        }
        match Tag::of(line) {
            Some((_, link @ Tag::Link(_))) => roles[at] = Some(link),
            Some((name, end @ Tag::End(_))) => {
                // One that was not closed in between stays text.
                if let Some(depth) = open.iter().rposition(|(begun, ..)| *begun == name) {
                    open.truncate(depth + 1);
                    if let Some((_, begun, tag)) = open.pop() {
                        roles[begun] = Some(tag);
                        roles[at] = Some(end);
                    }
                }
            }
            Some((name, tag)) if open.len() < DEEPEST => open.push((name, at, tag)),
            _ => {}
        }
    }
    roles
}

/// Writes a text and remembers which byte is from where.
struct Writer<'a> {
    page: &'a PageText,
    text: String,
    pieces: Vec<Piece>,
}

impl Writer<'_> {
    /// What was in the page, at the same place in its files.
    fn copy(&mut self, range: Range<usize>) {
        let mut at = range.start;
        while at < range.end {
            let next = self.page.pieces.partition_point(|p| p.at as usize <= at);
            let end = self.page.pieces.get(next).map_or(range.end, |p| range.end.min(p.at as usize));
            self.piece(at);
            self.text.push_str(&self.page.text[at..end]);
            at = end;
        }
    }

    /// What is new, for what stood at a place of the page.
    fn add(&mut self, text: &str, place: usize) {
        self.piece(place);
        self.text.push_str(text);
    }

    fn piece(&mut self, place: usize) {
        let next = self.page.pieces.partition_point(|p| p.at as usize <= place).max(1);
        let from = self.page.pieces[next - 1];
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let (at, offset) =
            (cut(self.text.len()), cut(place.saturating_sub(from.at as usize)).saturating_add(from.offset));
        let piece = Piece { at, source: from.source, offset };
        match self.pieces.last_mut() {
            // Nothing was written since.
            Some(last) if last.at == at => *last = piece,
            _ => self.pieces.push(piece),
        }
    }

    /// The marks of the quotes that a line stands in; gives how much of its indentation they stand for.
    fn quote(&mut self, quotes: &[usize], indent: usize, place: usize) -> usize {
        let mut taken = 0;
        let mut marks = String::new();
        for quote in quotes {
            let before = quote.saturating_sub(taken);
            marks.push_str(&" ".repeat(before));
            marks.push_str("> ");
            taken = taken.max(*quote).min(indent);
        }
        if !marks.is_empty() {
            self.add(&marks, place);
        }
        taken
    }
}

/// `.gitbook.yaml` or `book.json` of a folder without a `book.toml`; what cannot be read says nothing.
pub(super) fn settings(yaml: Option<&str>, json: Option<&str>) -> Config {
    let mut config = Config::default();
    let text =
        |table: &serde_json::Value, key: &str| table.get(key).and_then(serde_json::Value::as_str).map(str::to_owned);
    if let Some(table) = json.and_then(|json| serde_json::from_str::<serde_json::Value>(json).ok()) {
        config.book.title = text(&table, "title");
        config.book.description = text(&table, "description");
        config.book.language = text(&table, "language");
        config.book.authors.extend(text(&table, "author"));
        config.book.src = text(&table, "root");
    }
    let Some(Ok(Some(yaml))) = yaml.map(value::yaml) else { return config };
    let value::Data::Map(entries) = &yaml.data else { return config };
    for (key, _, value) in entries {
        match (key.as_str(), &value.data) {
            ("root", _) => config.book.src = value.text().map(str::to_owned).or(config.book.src),
            ("redirects", value::Data::Map(moved)) => {
                let pairs = moved.iter().filter_map(|(from, _, to)| Some((from, to.text()?)));
                config.output.html.redirect.extend(pairs.map(|(from, to)| (redirected(from), page(to))));
            }
            _ => {}
        }
    }
    config
}

/// The address that GitBook had for a page: without an ending.
fn redirected(from: &str) -> String {
    let bare = from.trim_matches('/');
    if bare.ends_with(".html") { format!("/{bare}") } else { format!("/{bare}.html") }
}

fn page(to: &str) -> String {
    let bare = to.trim_start_matches("./").trim_start_matches('/');
    match bare.strip_suffix("README.md") {
        Some(folder) => format!("/{folder}index.html"),
        None => format!("/{}.html", bare.trim_end_matches(".md")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::include;
    use crate::diagnostic::Sources;
    use proptest::prelude::*;

    fn page_of(text: &str) -> PageText {
        include::plain(text.into(), Sources::default().add("a.md", text), 0)
    }

    fn shown(text: &str) -> String {
        converted(&page_of(text)).map_or_else(|| text.to_owned(), |page| page.text.to_string())
    }

    #[test]
    fn a_hint_is_an_alert() {
        let text = "a\n\n{% hint style=\"warning\" %}\nb\n\n- c\n{% endhint %}\n\nd\n";
        assert_eq!(shown(text), "a\n\n> [!WARNING]\n> b\n> \n> - c\n> \n\nd\n");
        assert_eq!(
            shown("- x\n\n  {% hint style=\"info\" %}\n  b\n  {% endhint %}\n"),
            "- x\n\n  > [!NOTE]\n  > b\n  > \n"
        );
    }

    #[test]
    fn tabs_are_details_of_which_one_is_open() {
        let text = "{% tabs %}\n{% tab title=\"A < B\" %}\none\n{% endtab %}\n{% tab title=\"C\" %}\ntwo\n{% endtab %}\n{% endtabs %}\n";
        let html = shown(text);
        assert!(
            html.contains("<details name=\"tabs-1\" open><summary>A &lt; B</summary>\n\none\n\n</details>\n"),
            "{html}"
        );
        assert!(html.contains("<details name=\"tabs-1\"><summary>C</summary>\n\ntwo\n\n</details>"), "{html}");
    }

    #[test]
    fn what_is_not_closed_or_stands_in_code_is_text() {
        for text in [
            "{% hint style=\"info\" %}\na\n",
            "{% endhint %}\n",
            "```\n{% hint %}\n{% endhint %}\n```\n",
            "{% if x %}\n{% endif %}\n",
            "see {% hint %} here\n{% endhint %}\n",
        ] {
            assert_eq!(shown(text), text);
        }
    }

    #[test]
    fn a_place_is_that_of_the_source() {
        let text = "{% hint style=\"info\" %}\nb [x](y)\n{% endhint %}\n";
        let page = converted(&page_of(text)).expect("a hint");
        let at = page.markdown().find("[x]").expect("the link");
        assert_eq!(page.span(at..at + 3).start as usize, text.find("[x]").expect("the link"));
    }

    #[test]
    fn settings_of_gitbook_are_ours() {
        let config = settings(
            Some("root: ./docs/\nredirects:\n  old/page: new/page.md\n  help: ./README.md\n"),
            Some("{\"title\": \"T\", \"author\": \"A\"}"),
        );
        assert_eq!((config.book.src.as_deref(), config.book.title.as_deref()), (Some("./docs/"), Some("T")));
        let redirects: Vec<_> = config.output.html.redirect.into_iter().collect();
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(redirects, [pair("/help.html", "/index.html"), pair("/old/page.html", "/new/page.html")]);
        assert_eq!(settings(Some(": ["), Some("{")), Config::default());
    }

    proptest! {
        /// Any text is read, every word of it is kept, and every place leads into the source.
        #[test]
        fn no_line_is_lost(parts in prop::collection::vec(prop::sample::select(vec![
            "{% hint style=\"info\" %}", "{% endhint %}", "{% tabs %}", "{% endtabs %}", "{% tab title=\"t\" %}", "{% endtab %}",
            "```", "~~~", "  字", "word", "", "{% code %}", "{% endcode %}", "> q", "  {% hint %}", "{%", "%}",
        ]), 0..24)) {
            let text = parts.join("\n");
            let page = page_of(&text);
            if let Some(made) = converted(&page) {
                let count = |text: &str, word: &str| text.matches(word).count();
                prop_assert_eq!(count(&made.text, "word"), count(&text, "word"));
                prop_assert_eq!(count(&made.text, "字"), count(&text, "字"));
                for (at, _) in made.text.match_indices("word") {
                    let start = made.span(at..at + 4).start as usize;
                    prop_assert_eq!(&text[start..start + 4], "word");
                }
            }
        }
    }
}
