//! Markdown documents that are tests: `tests/spec/*.md`.
//!
//! A heading of the second level names a case in a sentence. Below it, fences of four backticks whose info string has a
//! file name are the files of a book; an `html` fence is what the article of that page must be, a `diagnostics` fence
//! what must be told (nothing, if there is none). `UPDATE=1 cargo test --test spec` writes what comes out into them.

mod harness;

use harness::TestBook;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

/// A template that shows the article and nothing else.
const BARE: &str = "{{ page.heading | safe }}{{ page.content | safe }}";

#[derive(Default)]
struct Case {
    name: String,
    files: Vec<(String, String)>,
    /// Name, lines of the body in the document, text.
    expected: Vec<(String, std::ops::Range<usize>, String)>,
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let lines: Vec<&str> = text.lines().collect();
    let mut at = 0;
    while at < lines.len() {
        if let Some(name) = lines[at].strip_prefix("## ") {
            cases.push(Case { name: name.to_owned(), ..Case::default() });
        } else if let (Some(info), Some(case)) = (lines[at].strip_prefix("````"), cases.last_mut()) {
            let end = (at + 1..lines.len()).find(|&i| lines[i] == "````").expect("every fence is closed");
            let body = lines[at + 1..end].join("\n");
            let (kind, name) = info.split_once(' ').unwrap_or((info, ""));
            match kind {
                "html" | "diagnostics" => {
                    case.expected.push((format!("{kind} {name}").trim().to_owned(), at + 1..end, body));
                }
                _ => case.files.push((name.to_owned(), format!("{body}\n"))),
            }
            at = end;
        }
        at += 1;
    }
    cases
}

impl Case {
    /// What comes out, in the order of `expected`.
    fn run(&self) -> Vec<String> {
        let book = TestBook::new(&[("templates/page.html", BARE)]);
        for (path, text) in &self.files {
            book.write(path, text);
        }
        let built = book.build();
        let is_expected = self.expected.iter().any(|(kind, ..)| kind == "diagnostics");
        assert!(is_expected || built.messages.is_empty(), "{}: unexpected\n{}", self.name, built.messages);
        let actual = |kind: &str| match kind.strip_prefix("html ") {
            Some(page) => built.text(page).trim_end().to_owned(),
            None => built.messages.trim_end().to_owned(),
        };
        self.expected.iter().map(|(kind, ..)| actual(kind)).collect()
    }
}

#[test]
fn every_document_says_what_happens() {
    let update = std::env::var_os("UPDATE").is_some();
    let mut count = 0;
    let mut wrong = String::new();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/spec");
    let mut documents: Vec<PathBuf> =
        fs::read_dir(folder).expect("tests/spec").map(|e| e.expect("entry").path()).collect();
    documents.sort();
    for path in documents {
        let text = fs::read_to_string(&path).expect("a document");
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for case in cases(&text).iter().rev() {
            count += 1;
            for ((kind, range, expected), actual) in case.expected.iter().zip(case.run()).rev() {
                if *expected != actual {
                    let _ =
                        writeln!(wrong, "\n## {} ({kind})\n--- expected\n{expected}\n--- actual\n{actual}", case.name);
                    lines.splice(range.clone(), actual.lines().map(str::to_owned));
                }
            }
        }
        if update {
            fs::write(&path, lines.join("\n") + "\n").expect("a document can be written");
        }
    }
    assert!(count > 20, "only {count} cases were found");
    assert!(update || wrong.is_empty(), "{wrong}");
}
