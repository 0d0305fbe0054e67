//! Preprocessors of mdBook, run as mdBook runs them.

mod harness;

use harness::TestBook;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Once;

/// The example of a preprocessor, built if it is not yet.
fn example() -> PathBuf {
    static BUILT: Once = Once::new();
    BUILT.call_once(|| {
        let build = ["build", "--quiet", "--locked", "--example", "mdbook-shout"];
        let built = Command::new(env!("CARGO")).args(build).current_dir(env!("CARGO_MANIFEST_DIR")).status();
        assert!(built.expect("cargo").success());
    });
    let folder = Path::new(env!("CARGO_BIN_EXE_portolan")).parent().expect("a folder").join("examples");
    folder.join(format!("mdbook-shout{}", std::env::consts::EXE_SUFFIX))
}

fn book(table: &str) -> TestBook {
    TestBook::new(&[
        ("book.toml", &format!("[book]\ntitle = \"B\"\nlanguage = \"en\"\n\n[portolan]\nstrict = false\n\n{table}")),
        (
            "src/SUMMARY.md",
            "# Summary\n\n[Home](README.md)\n\n# Part\n\n- [A](a.md)\n  - [B](a/b.md)\n\n---\n\n- [Later]()\n",
        ),
        ("src/README.md", "---\ntitle: Home\n---\n\n# Home\n\nquiet\n"),
        ("src/a.md", "# A\n\n{{#shout hello}} and [B](a/b.md)\n"),
        ("src/a/b.md", "# B\n\n{{#include ../note.txt}}\n\n[nowhere](no.md)\n"),
        ("src/note.txt", "{{#shout from an include}}"),
    ])
}

#[test]
fn a_preprocessor_changes_the_pages_of_the_book() {
    let book = book(&format!("[preprocessor.shout]\ncommand = '\"{}\"'\n", example().display()));
    let built = book.build();
    assert!(built.text("a.html").contains("<strong>HELLO</strong> and <a href=\"a/b.html\">"));
    assert!(built.text("a/b.html").contains("<strong>FROM AN INCLUDE</strong>"));
    assert!(built.text("index.html").contains("quiet"));
    // A message shows the text that it is about.
    assert!(built.messages.contains("src/a/b.md (after shout):5:11"), "{}", built.messages);
}

#[test]
fn one_that_is_not_installed_is_told_and_the_rest_is_built() {
    let built = book("[preprocessor.no-such-thing]\n").build();
    assert!(built.messages.contains("there is no program `mdbook-no-such-thing`") && !built.failed);
    assert!(built.text("a.html").contains("{{#shout hello}}"));
    let built = book("[preprocessor.no-such-thing]\noptional = true\n").build();
    assert!(!built.messages.contains("mdbook-no-such-thing"), "{}", built.messages);
}

#[test]
fn one_for_another_renderer_is_not_run() {
    let table = format!("[preprocessor.shout]\ncommand = '\"{}\"'\nrenderers = [\"epub\"]\n", example().display());
    assert!(book(&table).build().text("a.html").contains("{{#shout hello}}"));
}

#[test]
#[cfg(unix)]
fn one_that_fails_fails_the_build() {
    for (command, why) in [("false", "ended with"), ("true", "gave back no book"), ("sh -c 'x", "open quote")] {
        let built = book(&format!("[preprocessor.x]\ncommand = \"{command}\"\nrenderers = [\"html\"]\n")).build();
        assert!(built.failed && built.messages.contains(why), "{}", built.messages);
        assert!(built.messages.contains("book.toml:8:15"), "{}", built.messages);
    }
}

/// `cargo install mdbook-emojicodes && cargo test --test preprocessors -- --ignored`
#[test]
#[ignore = "needs mdbook-emojicodes from crates.io"]
fn a_program_from_crates_io_runs_unchanged() {
    let book = TestBook::new(&[
        ("book.toml", "[portolan.markdown]\nemoji = false\n\n[preprocessor.emojicodes]\n"),
        ("src/SUMMARY.md", "- [A](a.md)\n"),
        ("src/a.md", "# A\n\nA :cat: here\n"),
    ]);
    let built = book.build();
    assert_eq!(built.messages, "");
    assert!(built.text("a.html").contains('🐱'), "{}", built.text("a.html"));
}
