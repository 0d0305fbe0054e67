//! Bad input: a clear error with a place, nothing lost, no partial site.

mod harness;

use assert_cmd::Command;
use harness::TestBook;
use std::fs;

struct Run {
    code: i32,
    said: String,
}

fn portolan(book: &TestBook, arguments: &[&str]) -> Run {
    let output = Command::cargo_bin("portolan")
        .expect("the binary")
        .current_dir(book.root())
        .args(arguments)
        .timeout(std::time::Duration::from_secs(60))
        .output()
        .expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout);
    assert!(!said.contains("panicked"), "{said}");
    Run { code: output.status.code().expect("an exit code"), said }
}

/// A good book, built; then `spoil` breaks it. The next build must fail with these words and leave the site alone.
fn fails_and_keeps_the_site(spoil: impl FnOnce(&TestBook), words: &[&str]) {
    let book = TestBook::new(&[("src/README.md", "# 首页\n\n第一版\n"), ("src/a.md", "# 甲\n")]);
    assert_eq!(portolan(&book, &["build"]).code, 0);
    let before = tree(&book, "book");
    assert!(
        before.iter().any(|(path, bytes)| path == "index.html" && String::from_utf8_lossy(bytes).contains("第一版"))
    );
    book.write("src/README.md", "# 首页\n\n第二版\n");
    spoil(&book);
    let run = portolan(&book, &["build"]);
    assert_eq!(run.code, 1, "{}", run.said);
    for word in words {
        assert!(run.said.contains(word), "`{word}` is missing in:\n{}", run.said);
    }
    assert_eq!(tree(&book, "book"), before, "the last good site changed");
    let left: Vec<_> = fs::read_dir(book.root())
        .expect("the root")
        .map(|e| e.expect("entry").file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("portolan-"))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

fn tree(book: &TestBook, folder: &str) -> Vec<(String, Vec<u8>)> {
    let root = book.path(folder);
    let mut files: Vec<_> = walkdir::WalkDir::new(&root)
        .into_iter()
        .map(|e| e.expect("entry"))
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let rel = e.path().strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
            (rel, fs::read(e.path()).expect("readable"))
        })
        .collect();
    files.sort();
    files
}

#[test]
fn a_file_that_is_not_utf8() {
    let spoil = |book: &TestBook| book.write("src/a.md", b"# \xb1\xea\xcc\xe2\n".as_slice());
    fails_and_keeps_the_site(spoil, &["error[encoding]", "src/a.md:1:3", "save the file as UTF-8"]);
}

#[test]
fn broken_front_matter() {
    let spoil = |book: &TestBook| book.write("src/a.md", "---\ntitle: \"甲\n---\n# 甲\n");
    fails_and_keeps_the_site(spoil, &["error[front-matter]", "src/a.md:"]);
}

#[test]
fn front_matter_that_is_not_closed() {
    let spoil = |book: &TestBook| book.write("src/a.md", "---\ntitle: 甲\n\n# 甲\n");
    fails_and_keeps_the_site(spoil, &["error[front-matter]", "src/a.md:1:1", "not closed"]);
}

#[test]
fn settings_that_are_no_toml() {
    let spoil = |book: &TestBook| book.write("book.toml", "[book]\ntitle = \"a\nsrc = \"src\"\n");
    fails_and_keeps_the_site(spoil, &["error[config]", "book.toml:2:"]);
}

#[test]
fn two_files_for_one_url() {
    let spoil = |book: &TestBook| book.write("src/index.md", "# 另一个\n");
    fails_and_keeps_the_site(spoil, &["error[same-url]", "src/README.md", "src/index.md", "index.html"]);
}

#[test]
fn a_missing_include() {
    let spoil = |book: &TestBook| book.write("src/a.md", "# 甲\n\n{{#include none.rs}}\n");
    fails_and_keeps_the_site(spoil, &["error[include]", "src/a.md:3:1", "none.rs"]);
}

#[test]
fn an_include_loop() {
    let spoil = |book: &TestBook| {
        book.write("src/a.md", "{{#include b.md}}\n");
        book.write("src/b.md", "{{#include a.md}}\n");
    };
    fails_and_keeps_the_site(spoil, &["error[include-loop]", "src/b.md:1:1"]);
}

#[test]
fn an_error_in_a_template() {
    let spoil = |book: &TestBook| book.write("templates/page.html", "<p>\n{% if page.title %}\n");
    fails_and_keeps_the_site(spoil, &["error[template]", "templates/page.html:"]);
}

#[test]
fn a_mistake_in_a_diagram_fails_unless_told_to_go_on() {
    let spoil = |book: &TestBook| book.write("src/a.md", "# 甲\n\n> ```mermaid\n> graph LR\n>   一[开 --> 二\n> ```\n");
    fails_and_keeps_the_site(spoil, &["error[diagram]", "src/a.md:5:6", "not closed"]);
    let book = TestBook::new(&[("src/a.md", "# 甲\n\n```mermaid\ngraph LR\n  一[开 --> 二\n```\n")]);
    let run = portolan(&book, &["build", "--keep-going"]);
    assert_eq!(run.code, 0, "{}", run.said);
    assert!(run.said.contains("warning[diagram]") && run.said.contains("src/a.md:5:4"), "{}", run.said);
    let page = fs::read_to_string(book.path("book/a.html")).expect("a page");
    assert!(page.contains("language-mermaid") && !page.contains("<svg"));
}

#[test]
fn every_error_of_a_book_is_told_in_one_run() {
    let spoil = |book: &TestBook| {
        book.write("src/a.md", "{{#include none.rs}}\n");
        book.write("src/b.md", "---\ntitle: 乙\n");
        book.write("book.toml", "[book]\ntitle = 3\n");
    };
    fails_and_keeps_the_site(spoil, &["error[include]", "error[front-matter]", "error[config]", "3 errors"]);
}

#[test]
fn the_only_page_is_gone() {
    let spoil = |book: &TestBook| {
        fs::remove_file(book.path("src/a.md")).expect("removable");
        fs::remove_file(book.path("src/README.md")).expect("removable");
    };
    fails_and_keeps_the_site(spoil, &["error[empty-book]"]);
}

#[test]
#[cfg(unix)]
fn a_file_that_cannot_be_read() {
    // Not even root can read this one: it leads to itself.
    let spoil = |book: &TestBook| std::os::unix::fs::symlink("loop.md", book.path("src/loop.md")).expect("a link");
    fails_and_keeps_the_site(spoil, &["error[", "src/loop.md"]);
}

#[test]
#[cfg(unix)]
fn a_circle_of_folders_ends() {
    let book = TestBook::new(&[("src/README.md", "# 首页\n"), ("src/a/b.md", "# 乙\n")]);
    std::os::unix::fs::symlink("..", book.path("src/a/up")).expect("a link");
    let run = portolan(&book, &["build"]);
    assert!(run.said.contains("[symlink]") && run.said.contains("src/a/up"), "{}", run.said);
    assert!(!book.path("book/a/up").exists());
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_are_read() {
    let text = "\u{feff}---\r\ntitle: 标题\r\n---\r\n\r\n# 正文\r\n\r\n| a | b |\r\n| - | - |\r\n| 1 | 2 |\r\n";
    let book = TestBook::new(&[("src/README.md", text)]);
    let run = portolan(&book, &["build"]);
    assert_eq!((run.code, run.said.contains("warning")), (0, false), "{}", run.said);
    let page = fs::read_to_string(book.path("book/index.html")).expect("a page");
    assert!(page.contains("<title>标题") && page.contains("<td>1</td>") && !page.contains("---"));
}

#[test]
fn a_destination_that_would_cost_the_sources_is_refused() {
    let book = TestBook::new(&[("src/README.md", "# 首页\n")]);
    for (dest, word) in [
        ("src", "is the folder of the sources"),
        (".", "is the folder of the sources"),
        ("..", "contains"),
        ("src/out", "lies in"),
    ] {
        let run = portolan(&book, &["build", "-d", dest]);
        assert_eq!(run.code, 1, "{dest}: {}", run.said);
        assert!(run.said.contains("error[destination]") && run.said.contains(word), "{dest}: {}", run.said);
    }
    assert_eq!(fs::read_to_string(book.path("src/README.md")).expect("still there"), "# 首页\n");
    assert_eq!(tree(&book, ".").len(), 1);
}

#[test]
fn a_folder_with_files_of_somebody_else_is_no_destination() {
    let book = TestBook::new(&[("src/README.md", "# 首页\n"), ("photos/cat.jpg", "miau")]);
    let run = portolan(&book, &["build", "-d", "photos"]);
    assert_eq!(run.code, 1);
    assert!(run.said.contains("holds files that portolan did not make"), "{}", run.said);
    assert_eq!(tree(&book, "photos"), [("cat.jpg".to_owned(), b"miau".to_vec())]);
}

#[test]
fn wrong_usage_is_another_exit_code() {
    let book = TestBook::new(&[("src/README.md", "# 首页\n")]);
    for arguments in [&["build", "--nonsense"][..], &["bild"], &["build", "nowhere"], &[]] {
        assert_eq!(portolan(&book, arguments).code, 2, "{arguments:?}");
    }
    assert_eq!(portolan(&book, &["--help"]).code, 0);
}
