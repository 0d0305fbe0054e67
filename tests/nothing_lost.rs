//! Every word of a source is found again in the visible text of its page.
//!
//! Knows nothing of the parser: a line of the source is stripped of what is certainly markup, and each run of letters
//! that is left must be in the page. Runs over `knowledge/` and `docs/`; `BOOK=folder` names another book.

mod harness;

use html5gum::{Token, Tokenizer};
use std::path::{Path, PathBuf};

/// The text that a reader can see, images' descriptions with it.
fn visible(html: &str) -> String {
    // What stands in attributes comes last: a link within a sentence does not part its words.
    let (mut text, mut attributes) = (String::new(), String::new());
    let mut hidden = 0;
    for token in Tokenizer::new(html) {
        match token.expect("a string cannot fail to be read") {
            Token::StartTag(tag) => {
                let silent = matches!(&**tag.name, b"script" | b"style" | b"head");
                hidden += usize::from(silent && !tag.self_closing);
                for (name, value) in &tag.attributes {
                    if matches!(name.as_slice(), b"alt" | b"title" | b"aria-label" | b"src" | b"href") {
                        attributes.push(' ');
                        attributes.push_str(&String::from_utf8_lossy(&value.value));
                    }
                }
            }
            Token::EndTag(tag) if matches!(&**tag.name, b"script" | b"style" | b"head") => hidden -= 1,
            Token::String(words) if hidden == 0 => text.push_str(&String::from_utf8_lossy(&words.value)),
            _ => {}
        }
    }
    (text + &attributes).to_lowercase()
}

/// A source without its front matter, comments, tags, destinations and diagrams.
fn stripped(source: &str) -> String {
    let mut text = String::new();
    let mut diagram: Option<String> = None;
    let mut front = source.starts_with("---\n");
    for (at, line) in source.lines().enumerate() {
        let bare = line.trim_start();
        if front {
            front = at == 0 || line.trim_end() != "---";
            continue;
        }
        if let Some(fence) = &diagram {
            if bare.starts_with(fence.as_str()) {
                diagram = None;
            }
            continue;
        }
        let ticks = bare.chars().take_while(|c| *c == '`').count();
        if ticks >= 3 {
            if bare[ticks..].trim_start().starts_with("mermaid") {
                diagram = Some(bare[..ticks].to_owned());
            }
            continue;
        }
        let is_definition = bare.starts_with('[') && !bare.starts_with("[^") && bare.contains("]: ");
        if !is_definition {
            text.push_str(line);
            text.push('\n');
        }
    }
    for (open, close) in [("<!--", "-->"), ("](", ")"), ("{#", "}"), ("$", "$"), ("&#", ";"), ("[^", "]"), ("[!", "]")]
    {
        text = without(&text, open, close);
    }
    without_tags(&text)
}

/// Cuts what stands between two marks on one line (a comment may have many).
fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(open) {
        out.push_str(&rest[..start]);
        let inner = &rest[start + open.len()..];
        let end = inner.find(close).filter(|end| open == "<!--" || !inner[..*end].contains('\n'));
        match end {
            Some(end) => rest = &inner[end + close.len()..],
            None => {
                out.push(' ');
                rest = inner;
            }
        }
    }
    out + rest
}

fn without_tags(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let inner = &rest[start..];
        let is_tag = inner[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        match inner.find('>').filter(|end| is_tag && !inner[..*end].contains('\n')) {
            Some(end) => rest = &inner[end + 1..],
            None => {
                out.push(' ');
                rest = &inner[1..];
            }
        }
    }
    out + rest
}

fn check(root: &Path) -> usize {
    let built = harness::build(root);
    assert!(!built.failed, "{}", built.messages);
    let mut words = 0;
    let mut lost = Vec::new();
    for (path, bytes) in built.files.iter().filter(|(p, _)| p.ends_with(".md")) {
        let source = String::from_utf8_lossy(bytes);
        let folder_page = ["README.md", "index.md"].iter().find_map(|n| path.strip_suffix(n));
        let page = folder_page.map_or_else(|| path.replace(".md", ".html"), |folder| format!("{folder}index.html"));
        let shown = visible(built.text(&page));
        let text = stripped(&source).to_lowercase();
        for run in text.split(|c: char| !c.is_alphanumeric()).filter(|run| !run.is_empty()) {
            words += 1;
            if !shown.contains(run) {
                lost.push(format!("{path}: {run}"));
            }
        }
    }
    assert!(lost.is_empty(), "{} of {words} words are lost: {:#?}", lost.len(), &lost[..lost.len().min(40)]);
    words
}

#[test]
fn every_word_of_our_books_is_on_their_pages() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let books = match std::env::var_os("BOOK") {
        Some(book) => vec![PathBuf::from(book)],
        None => vec![root.join("docs"), root],
    };
    for book in books {
        let words = check(&book);
        assert!(words > 100, "{} has only {words} words", book.display());
    }
}

#[test]
fn a_lost_word_would_be_noticed() {
    let shown = visible("<head><title>gone</title></head><p>Pod &amp; <img alt=\"图\"></p>");
    assert!(shown.contains("pod &") && shown.contains('图') && !shown.contains("gone"));
    assert_eq!(
        stripped("# 标题 {#id}\n\n[词](a.md) <b>x</b> a < b").split_whitespace().collect::<Vec<_>>(),
        ["#", "标题", "[词", "x", "a", "b"]
    );
}
