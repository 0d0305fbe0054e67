//! The bundled knowledge base: it builds without a warning, the check finds nothing, its YAML can be parsed, each page
//! has what CONTRIBUTING.md asks for, and no known misspelling is left.

use portolan::book::{self, Book, Options, Root};
use portolan::build::{self, Progress};
use portolan::check::{self, Levels};
use portolan::diagnostic::human::{self, Colour};
use portolan::diagnostic::{Report, Severity, Sources};
use portolan::site::Memory;
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, Parser, Tag, TagEnd};
use saphyr::{LoadableYamlNode, Yaml};
use std::path::Path;

fn read(sources: &mut Sources, report: &mut Report) -> Book {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = Root::open(root, sources, report).expect("the repository");
    let options = Options { drafts: true, dest: root.dest() };
    book::read(root, &options, sources, report)
}

/// The pages that somebody wrote, drafts included.
fn pages() -> Vec<(String, book::FrontMatter, String)> {
    let book = read(&mut Sources::default(), &mut Report::default());
    let written = book.pages.iter().filter(|page| page.origin != book::Origin::Folder);
    let pages: Vec<_> =
        written.map(|page| (page.path.to_string(), page.front.clone(), page.text.markdown().to_owned())).collect();
    assert!(pages.len() > 60, "the knowledge base was not found");
    pages
}

/// What is told, without the hints.
fn told(report: &Report, sources: &Sources) -> String {
    let notes = report.notes().iter().filter(|note| note.severity != Severity::Hint);
    notes.map(|note| format!("{}\n\n", human::render(note, sources, Colour::Never))).collect()
}

#[test]
fn it_builds_without_a_warning() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let book = read(&mut sources, &mut report);
    build::build(&book, &Memory::default(), &Progress::default(), &mut report).expect("memory takes all");
    report.sort();
    assert_eq!(told(&report, &sources), "");
}

#[test]
fn the_check_finds_nothing() {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let book = read(&mut sources, &mut report);
    let checked = check::check(&book);
    report.extend(checked.notes);
    let levels = Levels::of(&book.config.portolan.check);
    report.retain(|note| if checked.silenced.covers(&note) { None } else { levels.weigh(note) });
    report.sort();
    assert_eq!(told(&report, &sources), "");
    assert!(check::fix(&book, &sources).is_empty(), "`portolan check --fix` would change something");
}

#[test]
fn its_yaml_is_yaml() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (path, _, text) in pages() {
        let mut yaml: Option<String> = None;
        for event in Parser::new(&text) {
            match event {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info)))
                    if matches!(info.split([' ', ',', '{']).next(), Some("yaml" | "yml")) =>
                {
                    yaml = Some(String::new());
                }
                Event::Text(words) => yaml.iter_mut().for_each(|yaml| yaml.push_str(&words)),
                Event::End(TagEnd::CodeBlock) => {
                    let Some(yaml) = yaml.take() else { continue };
                    count += 1;
                    match Yaml::load_from_str(&yaml) {
                        Ok(documents) if documents.iter().all(|d| d.is_mapping() || d.is_sequence()) => {}
                        Ok(_) => wrong.push(format!("{path}: neither a mapping nor a list:\n{yaml}")),
                        Err(error) => wrong.push(format!("{path}: {error}:\n{yaml}")),
                    }
                }
                _ => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count > 50, "only {count} blocks of YAML were found");
}

#[test]
fn each_page_says_what_it_is_and_where_its_facts_are_from() {
    let mut wrong = Vec::new();
    for (path, front, text) in pages() {
        let mut missing = |what: &str| wrong.push(format!("{path}: {what}"));
        if front.title.is_none() {
            missing("no title in the front matter");
        }
        let events: Vec<Event<'_>> = Parser::new(&text).collect();
        let titles = events.iter().filter(|e| matches!(e, Event::Start(Tag::Heading { level: HeadingLevel::H1, .. })));
        if titles.count() != 1 {
            missing("not exactly one heading of the first level");
        }
        // The guide for authors is a draft, and no page of the site.
        if front.draft {
            continue;
        }
        if front.description.is_none() {
            missing("no description in the front matter");
        }
        let Some((_, references)) = text.split_once("\n## 参考\n") else {
            missing("no section 参考");
            continue;
        };
        let references = references.split("\n## ").next().unwrap_or_default();
        if !has_date(references) {
            missing("no date in 参考");
        }
        if !references.contains("https://") {
            missing("no address in 参考");
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// `2026-11-20`
fn has_date(text: &str) -> bool {
    let is_digits = |text: &[u8]| text.iter().all(u8::is_ascii_digit);
    text.as_bytes().windows(10).any(|day| {
        day[4] == b'-' && day[7] == b'-' && is_digits(&day[..4]) && is_digits(&day[5..7]) && is_digits(&day[8..])
    })
}

#[test]
fn no_known_misspelling_is_left() {
    let book = read(&mut Sources::default(), &mut Report::default());
    let misspelt: Vec<String> =
        book.concepts.concepts.iter().flat_map(|concept| &concept.misspelt).map(|wrong| wrong.to_lowercase()).collect();
    assert!(misspelt.len() > 10, "concepts.toml was not found");
    let mut wrong = Vec::new();
    for (path, _, text) in pages() {
        let text = text.to_lowercase();
        wrong.extend(misspelt.iter().filter(|word| text.contains(&**word)).map(|word| format!("{path}: {word}")));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
