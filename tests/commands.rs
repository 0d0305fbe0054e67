//! The small commands: the manual page and the files of the theme.

mod harness;

use assert_cmd::Command;
use harness::TestBook;

fn portolan(arguments: &[&str], book: &TestBook) -> (i32, String, String) {
    let output = Command::cargo_bin("portolan")
        .expect("the binary")
        .args(arguments)
        .current_dir(book.root())
        .output()
        .expect("it ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().unwrap_or(-1), text(&output.stdout), text(&output.stderr))
}

#[test]
fn the_manual_page_names_every_command_and_option() {
    let book = TestBook::new(&[]);
    let (code, page, _) = portolan(&["man"], &book);
    assert_eq!(code, 0);
    for command in ["serve", "build", "init", "theme", "clean", "diagram", "completions"] {
        assert!(page.contains(&format!("portolan\\-{command}(1)")), "{command}: {page}");
    }
    let (_, page, _) = portolan(&["man", "serve"], &book);
    assert!(page.starts_with(".ie") && page.contains("\\-\\-watcher") && page.contains(".TH"), "{page}");
    assert_eq!(portolan(&["man", "nothing"], &book).0, 2);
}

#[test]
fn a_theme_that_is_taken_over_whole_changes_nothing_until_it_is_changed() {
    let book = TestBook::new(&[("src/README.md", "# A\n\n```rust\nfn main() {}\n```\n")]);
    let before = book.build().files;
    let (code, _, said) = portolan(&["theme", "eject", "templates", "static"], &book);
    assert_eq!(code, 0, "{said}");
    assert!(book.path("templates/page.html").is_file() && book.path("static/css/tokens.css").is_file());
    assert_eq!(book.build().files, before);
    book.write("templates/partials/foot.html", "<footer>mine</footer></body></html>");
    assert!(book.build().text("index.html").contains("<footer>mine"));
    // What was changed is never written over.
    let (code, _, said) = portolan(&["theme", "eject", "templates/partials/foot.html"], &book);
    assert!(code == 0 && said.contains("left as it is"), "{said}");
    assert!(book.build().text("index.html").contains("<footer>mine"));
}

#[test]
fn the_list_of_the_theme_has_what_eject_takes() {
    let book = TestBook::new(&[]);
    let (_, list, _) = portolan(&["theme", "list"], &book);
    assert!(list.lines().any(|line| line == "templates/page.html") && list.lines().count() > 20, "{list}");
    let (code, _, _) = portolan(&["theme", "eject", "--root", "b", list.lines().next().expect("a file")], &book);
    assert!(code == 0 && book.path("b").join(list.lines().next().expect("a file")).is_file());
    let (code, _, said) = portolan(&["theme", "eject", "../x"], &book);
    assert!(code == 2 && said.contains("no file"), "{said}");
}
