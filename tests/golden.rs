//! Whole books and their sites: `tests/golden/NAME/` is a book, `tests/golden/NAME.site/` what must come out, byte for
//! byte but for the hashes in the names of bundled files (and those bundles, which are sources themselves).
//! `UPDATE=1 cargo test --test golden` writes what comes out.

mod harness;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn golden(name: &str) {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    // A copy: in a repository each page would carry the day of its last commit.
    let book = harness::TestBook::new(&[]);
    for (path, text) in read(&folder.join(name)) {
        book.write(&path, text);
    }
    let built = book.build();
    assert_eq!(built.messages, "");
    let actual: BTreeMap<String, String> = built
        .files
        .iter()
        .filter(|(path, _)| !path.starts_with("assets/"))
        .map(|(path, bytes)| (path.clone(), without_hashes(&String::from_utf8_lossy(bytes))))
        .collect();
    let site = folder.join(format!("{name}.site"));
    if std::env::var_os("UPDATE").is_some() {
        let _ = fs::remove_dir_all(&site);
        for (path, text) in &actual {
            let path = site.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, text).expect("writable");
        }
        return;
    }
    let expected = read(&site);
    assert_eq!(actual.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, text) in &actual {
        assert!(*text == expected[path], "{path} differs; UPDATE=1 shows how:\n{text}");
    }
}

fn read(site: &Path) -> BTreeMap<String, String> {
    walkdir::WalkDir::new(site)
        .into_iter()
        .map(|e| e.expect("entry"))
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let path = e.path().strip_prefix(site).expect("below").to_string_lossy().replace('\\', "/");
            (path, fs::read_to_string(e.path()).expect("text").replace("\r\n", "\n"))
        })
        .collect()
}

/// `portolan-1a2b3c4d.css` → `portolan-HASH.css`
fn without_hashes(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("assets/") {
        let name = &rest[at..];
        let end = name.find('"').unwrap_or(name.len());
        let (name, tail) = name.split_at(end);
        out.push_str(&rest[..at]);
        match (name.rfind('-'), name.rfind('.')) {
            (Some(dash), Some(dot)) if dot == dash + 9 => out.extend([&name[..dash], "-HASH", &name[dot..]]),
            _ => out.push_str(name),
        }
        rest = tail;
    }
    out + rest
}

#[test]
fn an_mdbook_with_parts_drafts_and_redirects() {
    golden("mdbook");
}

#[test]
fn a_chinese_folder_without_any_settings() {
    golden("folders");
}
