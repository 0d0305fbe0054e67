//! What each fuzz target does with a text, shared with the property tests of `tests/any_text.rs`.
//!
//! A body must end, and must not panic, whatever the text; what else holds of any text is asserted here.

#![allow(dead_code, reason = "each fuzz target uses one body")]

use portolan::address;
use portolan::book::{self, Book, Language, Nav, Origin, Overrides, Page, PageId};
use portolan::build::{self, Progress};
use portolan::config::{self, Config, SettingsFile};
use portolan::diagnostic::{Diagnostic, Report, Sources};
use portolan::diagram::{self, Phrases};
use portolan::path::{RelPath, SitePath};
use portolan::search;
use portolan::site::Memory;
use std::collections::HashMap;

/// Every place that is told lies in the text.
fn places_are_inside(text: &str, notes: &[Diagnostic]) {
    for span in notes.iter().filter_map(|note| note.span) {
        assert!(span.start <= span.end && span.end as usize <= text.len() + 1, "{span:?} of {}", text.len());
    }
}

/// `book.toml` and `portolan.toml`.
pub fn settings(text: &str) {
    for file in [SettingsFile::Book, SettingsFile::Portolan] {
        let id = Sources::default().add("book.toml", text);
        places_are_inside(text, &config::parse(text, id, file).notes);
    }
}

/// What stands between `---` or `+++` at the head of a page.
pub fn front_matter(text: &str) {
    for fence in ["---", "+++"] {
        let text = format!("{fence}\n{text}\n{fence}\n# a\n");
        let found = book::read_front_matter(&text, Sources::default().add("a.md", text.as_str()));
        assert!(text.get(found.body..).is_some());
        places_are_inside(&text, &found.notes);
    }
}

/// `SUMMARY.md`.
pub fn summary(text: &str) {
    let names = ["README.md", "a.md", "b/c.md"];
    let pages = (0u32..).zip(names).map(|(at, name)| (RelPath::new(name).expect("within"), PageId(at))).collect();
    let checked = book::read_summary(text, Sources::default().add("SUMMARY.md", text), &pages);
    places_are_inside(text, &checked.notes);
    assert!(checked.value.reading_order().len() <= text.len());
}

/// `concepts.toml`.
pub fn concepts(text: &str) {
    places_are_inside(text, &book::read_concepts(text, Sources::default().add("concepts.toml", text)).notes);
}

/// A page, from Markdown to every file of its site; once with its raw HTML cleaned, once with it shown as text.
pub fn markdown(text: &str) {
    for html in [config::RawHtml::Sanitize, config::RawHtml::Escape] {
        let files = site(text, html);
        for (_, page) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
            nothing_runs(page);
        }
    }
}

/// No script but portolan's, no handler, no address that runs a script.
fn nothing_runs(page: &str) {
    for token in html5gum::Tokenizer::new(page) {
        let Ok(html5gum::Token::StartTag(tag)) = token else { continue };
        let is_script = &**tag.name == b"script";
        for (name, value) in &tag.attributes {
            let (name, value) = (String::from_utf8_lossy(name), String::from_utf8_lossy(value));
            assert!(!name.starts_with("on") && name != "srcdoc", "{name}={value}");
            assert!(address::harmful_scheme(&value, name == "src").is_none() || !is_address(&name), "{name}={value}");
            assert!(!is_script || name != "src" || value.starts_with("assets/"), "{name}={value}");
        }
        assert!(!is_script || tag.attributes.contains_key(&b"src"[..]), "a script got in");
    }
}

fn is_address(attribute: &str) -> bool {
    matches!(attribute, "href" | "xlink:href" | "src" | "action" | "formaction" | "poster" | "data")
}

/// The site of a book of one page.
fn site(text: &str, html: config::RawHtml) -> HashMap<String, String> {
    let mut sources = Sources::default();
    let path = RelPath::new("README.md").expect("within");
    let id = sources.add("README.md", text);
    let mut config = Config::default();
    config.portolan.security.html = html;
    let mut nav = Nav::default();
    nav.push(book::NavItem {
        title: None,
        target: book::NavTarget::Page(PageId(0), None),
        number: Vec::new(),
        parent: None,
        children: Vec::new(),
    });
    let page = Page {
        out: SitePath::of_page(&path),
        path_in_root: path.clone(),
        path,
        text: book::PageText { text: text.into(), body: 0, pieces: vec![book::Piece { at: 0, source: id, offset: 0 }] },
        front: book::FrontMatter::default(),
        modified: None,
        origin: Origin::Listed,
    };
    let book = Book {
        config,
        language: Language::new("zh"),
        pages: vec![page],
        files: Vec::new(),
        nav,
        concepts: book::ConceptsFile::default(),
        overrides: Overrides::default(),
        seen: book::Seen::default(),
    };
    let (memory, mut report) = (Memory::default(), Report::default());
    build::build(&book, &memory, &Progress::default(), &mut report).expect("memory takes everything");
    let files = memory.into_files().into_iter();
    files.map(|(path, bytes)| (path.to_string(), String::from_utf8_lossy(&bytes).into_owned())).collect()
}

/// A diagram of a kind, such as `flowchart LR`.
pub fn diagram(kind: &str, text: &str) {
    let source = format!("{kind}\n{text}");
    let options = diagram::Options { prefix: "d", phrases: Phrases::ENGLISH, link: &|_| None, standalone: true };
    let outcome = diagram::draw(&source, &options);
    for problem in &outcome.problems {
        assert!(problem.range.start <= problem.range.end && problem.range.end <= source.len(), "{problem:?}");
    }
    if let Some(drawing) = outcome.value {
        assert!(drawing.width.is_finite() && drawing.height.is_finite());
        let lower = drawing.svg.to_ascii_lowercase();
        assert!(!lower.contains("<script") && !lower.contains("\"javascript:"), "{}", drawing.svg);
    }
}

/// Text that is searched: its terms, and the files of an index.
pub fn search(text: &str) {
    search::token::tokens(text, |term, _| assert!(!term.is_empty()));
    let section = search::Section { body: text.to_owned(), code: text.to_owned(), ..search::Section::default() };
    let page = search::Page { url: "a.html".into(), title: text.to_owned(), path: Vec::new(), sections: vec![section] };
    for (_, bytes) in search::write(vec![search::analyse(&page)]) {
        let script = String::from_utf8(bytes).expect("scripts are text");
        assert!(!script.contains("</script"), "{script}");
    }
}
