//! `portolan init`: the new book builds without a warning, and nothing that was there is lost.

use assert_cmd::Command;
use std::fs;
use std::path::Path;

fn portolan(arguments: &[&str], at: &Path) -> std::process::Output {
    Command::cargo_bin("portolan").expect("the binary").args(arguments).current_dir(at).output().expect("it ends")
}

#[test]
fn a_new_book_builds_without_a_warning() {
    for (language, title, words) in [("zh", "我的知识库", "目录就是文件夹"), ("en", "My handbook", "The folders are")]
    {
        let folder = tempfile::tempdir().expect("a folder");
        let made = portolan(&["init", "new/book", "--language", language], folder.path());
        assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
        let root = folder.path().join("new/book");
        let built = portolan(&["build", "--strict"], &root);
        let said = String::from_utf8_lossy(&built.stderr);
        assert!(built.status.success() && !said.contains("warning") && !said.contains("hint"), "{said}");
        let home = fs::read_to_string(root.join("book/index.html")).expect("a home page");
        assert!(home.contains(title) && home.contains(words));
        let publishing = fs::read_to_string(root.join("book/guide/03-publishing.html")).expect("a page");
        assert!(publishing.contains("02-diagrams.html#"), "the concept is linked where it is named");
        assert_eq!(fs::read_to_string(root.join(".gitignore")).expect("written"), "/book/\n");
    }
}

#[test]
fn the_workflow_publishes_what_a_build_makes_at_its_address() {
    let folder = tempfile::tempdir().expect("a folder");
    portolan(&["init", ".", "-l", "en"], folder.path());
    let workflow = fs::read_to_string(folder.path().join(".github/workflows/pages.yml")).expect("written");
    let command = workflow.lines().find_map(|line| line.trim().strip_prefix("- run: portolan ")).expect("a command");
    let command = command.replace("${{ steps.pages.outputs.base_url }}", "https://you.github.io/repo");
    let words: Vec<&str> = command.split_whitespace().map(|word| word.trim_matches('"')).collect();
    let built = portolan(&words, folder.path());
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    let lost = fs::read_to_string(folder.path().join("book/404.html")).expect("a 404 page");
    assert!(lost.contains("<base href=\"/repo/\">"));
}

#[test]
fn what_is_there_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".gitignore"), "mine\n").expect("writable");
    fs::write(folder.path().join("README.md"), "# Mine\n").expect("writable");
    let made = portolan(&["init", "--title", "A \"title\""], folder.path());
    assert!(made.status.success());
    assert_eq!(fs::read_to_string(folder.path().join(".gitignore")).expect("there"), "mine\n");
    assert_eq!(fs::read_to_string(folder.path().join("README.md")).expect("there"), "# Mine\n");
    fs::write(folder.path().join("src/README.md"), "# Written\n").expect("writable");
    fs::remove_file(folder.path().join("book.toml")).expect("removable");
    let again = portolan(&["init"], folder.path());
    assert_eq!(again.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&again.stderr).contains("src/README.md"));
    assert!(!folder.path().join("book.toml").exists(), "nothing is written");
    assert_eq!(fs::read_to_string(folder.path().join("src/README.md")).expect("there"), "# Written\n");
}
