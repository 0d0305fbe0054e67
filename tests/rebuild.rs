//! Building again: the same bytes, whatever the threads; nothing rewritten that has not changed; nothing lost.

mod harness;

use assert_cmd::Command;
use harness::TestBook;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

fn book() -> TestBook {
    let book = TestBook::new(&[
        ("book.toml", "[book]\ntitle = \"书\"\n"),
        ("src/README.md", "# 首页\n\n[甲](a/README.md)\n"),
        ("src/a/README.md", "# 甲\n\n![图](i.svg)\n"),
        ("src/a/i.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ]);
    for n in 0..40 {
        book.write(
            &format!("src/b/{n:02}.md"),
            format!("# 第 {n} 页\n\n```yaml\nkind: Pod # {n}\n```\n\n[上](../a/)\n"),
        );
    }
    book
}

fn build(book: &TestBook, threads: &str) -> String {
    let output = Command::cargo_bin("portolan")
        .expect("the binary")
        .arg("build")
        .arg(book.root())
        .env("RAYON_NUM_THREADS", threads)
        .output()
        .expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn site(dest: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    walkdir::WalkDir::new(dest)
        .into_iter()
        .map(|e| e.expect("entry"))
        .filter(|e| e.file_type().is_file())
        .map(|e| {
            let written = e.metadata().expect("metadata").modified().expect("a time");
            (
                e.path().strip_prefix(dest).expect("below").to_string_lossy().into_owned(),
                (fs::read(e.path()).expect("readable"), written),
            )
        })
        .collect()
}

#[test]
fn the_same_bytes_with_one_thread_and_with_many() {
    let book = book();
    let bytes = |threads| {
        build(&book, threads);
        let files =
            site(&book.path("book")).into_iter().map(|(path, (bytes, _))| (path, bytes)).collect::<BTreeMap<_, _>>();
        fs::remove_dir_all(book.path("book")).expect("removable");
        files
    };
    let one = bytes("1");
    assert!(one.len() > 80);
    assert_eq!(one, bytes("2"));
    assert_eq!(one, bytes("7"));
}

#[test]
fn a_rebuild_touches_only_what_changed() {
    let book = book();
    build(&book, "2");
    let first = site(&book.path("book"));
    assert!(build(&book, "2").contains(" 0 written"));
    assert_eq!(site(&book.path("book")), first, "an idle rebuild wrote something");

    book.write("src/b/07.md", "# 第 7 页\n\n改了。\n");
    build(&book, "2");
    let second = site(&book.path("book"));
    let changed: Vec<&String> = second
        .iter()
        .filter(|(path, file)| first.get(*path) != Some(file))
        .map(|(path, _)| path)
        // The index of the search is made of all pages.
        .filter(|path| !path.starts_with("assets/search/"))
        .collect();
    // The page, its Markdown, its folder's page that lists it, the page it linked to and that says so, and two lists.
    assert!(changed.iter().any(|p| p.as_str() == "b/07.html") && changed.len() <= 6, "{changed:?}");

    fs::remove_file(book.path("src/b/39.md")).expect("removable");
    build(&book, "2");
    assert!(!book.path("book/b/39.html").exists());
}

#[test]
fn what_others_put_into_the_site_stays_through_builds_and_cleaning() {
    let book = book();
    build(&book, "2");
    book.write("book/.git/HEAD", "ref: refs/heads/gh-pages\n");
    book.write("book/a/note.txt", "mine");
    book.write("src/b/00.md", "# 改\n");
    build(&book, "2");
    assert_eq!(fs::read_to_string(book.path("book/.git/HEAD")).expect("kept"), "ref: refs/heads/gh-pages\n");
    assert_eq!(fs::read_to_string(book.path("book/a/note.txt")).expect("kept"), "mine");
    Command::cargo_bin("portolan").expect("the binary").arg("clean").arg(book.root()).assert().success();
    let mut left: Vec<String> = site(&book.path("book")).into_keys().collect();
    left.sort();
    assert_eq!(left, [".git/HEAD", "a/note.txt"]);
}

#[test]
fn what_a_killed_build_left_is_cleared() {
    let book = book();
    build(&book, "2");
    book.write(".book.portolan-new/half.html", "half a page");
    book.write("src/b/00.md", "# 改\n");
    build(&book, "2");
    assert!(!book.path(".book.portolan-new").exists());
    assert!(!book.path("book/half.html").exists());
}

#[test]
fn a_site_lost_between_two_renames_comes_back() {
    let book = book();
    build(&book, "2");
    fs::rename(book.path("book"), book.path(".book.portolan-old")).expect("a rename");
    assert!(build(&book, "2").contains(" 0 written"));
    assert!(book.path("book/index.html").exists() && !book.path(".book.portolan-old").exists());
}
