//! Nothing lost, nothing let in: what a hostile tree, a hostile site folder or an untimely end does, through the command
//! line. See SECURITY.md.

mod harness;

use assert_cmd::Command;
use harness::TestBook;
use std::fs;
use std::path::Path;
use std::time::Duration;

struct Run {
    code: Option<i32>,
    said: String,
}

fn portolan(book: &TestBook, arguments: &[&str]) -> Run {
    let output = Command::cargo_bin("portolan")
        .expect("the binary")
        .current_dir(book.root())
        .args(arguments)
        .timeout(Duration::from_secs(60))
        .output()
        .expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!said.contains("panicked"), "{said}");
    Run { code: output.status.code(), said }
}

/// Builds; gives what was said.
fn build(book: &TestBook, code: i32) -> String {
    let run = portolan(book, &["build"]);
    assert_eq!(run.code, Some(code), "{}", run.said);
    run.said
}

fn text(path: impl AsRef<Path>) -> String {
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.as_ref().display()))
}

fn small() -> TestBook {
    TestBook::new(&[("src/README.md", "# 首页\n"), ("src/a/b.md", "# 乙\n")])
}

#[test]
fn a_file_of_a_stranger_in_the_way_of_a_page_is_told_and_kept() {
    let book = small();
    build(&book, 0);
    for (file, source) in [("c.html", "src/c.md"), ("d.html/photo", "src/d.md"), ("e", "src/e/f.md")] {
        book.write(&format!("book/{file}"), "mine");
        book.write(source, "# 新\n");
        let said = build(&book, 1);
        assert!(said.contains("in the way"), "{said}");
        assert_eq!(text(book.path(&format!("book/{file}"))), "mine");
        assert!(!book.path(".book.portolan-new").exists());
        let first = file.split('/').next().expect("a name");
        let _ = fs::remove_dir_all(book.path(&format!("book/{first}")));
        let _ = fs::remove_file(book.path(&format!("book/{first}")));
        build(&book, 0);
    }
}

#[test]
fn a_page_that_somebody_edited_in_the_site_is_theirs_once_its_source_is_gone() {
    let book = small();
    build(&book, 0);
    book.write("book/a/b.html", "my own words");
    fs::remove_dir_all(book.path("src/a")).expect("removable");
    build(&book, 0);
    assert_eq!(text(book.path("book/a/b.html")), "my own words");
    assert!(portolan(&book, &["clean"]).said.contains("files removed"));
    assert_eq!(text(book.path("book/a/b.html")), "my own words");
    assert!(!book.path("book/index.html").exists());
}

#[test]
fn a_page_that_was_spoilt_is_written_again() {
    let book = small();
    build(&book, 0);
    let good = text(book.path("book/index.html"));
    book.write("book/index.html", "x".repeat(good.len()));
    build(&book, 0);
    assert_eq!(text(book.path("book/index.html")), good);
}

#[test]
fn a_list_that_is_damaged_costs_nothing_but_time() {
    for damage in ["", "garbage", "portolan manifest 2\n00 3 ../../x\n", "portolan manifest 9\n"] {
        let book = small();
        build(&book, 0);
        book.write("book/.git/refs/heads/main", "mine");
        book.write("book/.portolan-manifest", damage);
        book.write("src/README.md", "# 新的首页\n");
        build(&book, 0);
        assert!(text(book.path("book/index.html")).contains("新的首页"));
        assert!(text(book.path("book/a/b.html")).contains("乙 · 新的首页"));
        assert_eq!(text(book.path("book/.git/refs/heads/main")), "mine");
    }
}

#[test]
#[cfg(unix)]
fn no_link_is_followed_out_of_the_site() {
    let book = small();
    build(&book, 0);
    // A folder of the site now leads to somebody's copy of it, which the list describes file by file.
    fs::rename(book.path("book/a"), book.path("copy")).expect("a rename");
    std::os::unix::fs::symlink("../copy", book.path("book/a")).expect("a link");
    let copy = || fs::read_dir(book.path("copy")).expect("still there").count();
    let before = copy();
    book.write("src/README.md", "# 新的首页\n");
    assert!(build(&book, 1).contains("in the way"));
    fs::remove_dir_all(book.path("src/a")).expect("removable");
    build(&book, 0);
    assert_eq!(copy(), before);
    assert!(portolan(&book, &["clean"]).said.contains("removed"));
    assert_eq!(copy(), before);
}

#[test]
#[cfg(unix)]
fn links_where_portolan_works_are_not_followed() {
    for name in [".book.portolan-new", ".book.portolan-old", ".book.portolan-lock"] {
        let book = small();
        book.write("theirs/a.txt", "mine");
        book.write("theirs/.portolan-manifest", "portolan manifest 1\n00 4 a.txt\n");
        let target = if name.ends_with("lock") { "theirs/a.txt" } else { "theirs" };
        std::os::unix::fs::symlink(target, book.path(name)).expect("a link");
        assert!(build(&book, 1).contains("in the way"));
        assert_eq!(text(book.path("theirs/a.txt")), "mine");
    }
}

#[test]
#[cfg(unix)]
fn a_destination_that_is_a_link_to_nothing_is_refused() {
    let book = small();
    std::os::unix::fs::symlink("nowhere", book.path("book")).expect("a link");
    assert!(build(&book, 1).contains("leads nowhere"));
}

#[test]
#[cfg(unix)]
fn pipes_are_not_read() {
    for name in ["book.toml", "portolan.toml", "src/concepts.toml", "extra.css", "src/c.md", "templates/page.html"] {
        let book = TestBook::new(&[("src/README.md", "# 首页\n\n{{#include pipe}}\n")]);
        if name == "extra.css" {
            book.write("book.toml", "[output.html]\nadditional-css = [\"extra.css\"]\n");
        }
        for pipe in [name, "src/pipe"] {
            fs::create_dir_all(book.path(pipe).parent().expect("a folder")).expect("a folder");
            let made = std::process::Command::new("mkfifo").arg(book.path(pipe)).status().expect("mkfifo");
            assert!(made.success());
        }
        let said = build(&book, 1);
        assert!(said.contains("not a regular file"), "{name}: {said}");
    }
}

#[test]
#[cfg(unix)]
fn nothing_outside_of_the_book_is_read() {
    let outside = tempfile::tempdir().expect("a temporary folder");
    fs::write(outside.path().join("secret.md"), "# SECRET\n").expect("writable");
    let secret = outside.path().join("secret.md");
    let link = |book: &TestBook, name: &str| {
        fs::create_dir_all(book.path(name).parent().expect("a folder")).expect("a folder");
        std::os::unix::fs::symlink(&secret, book.path(name)).expect("a link");
    };
    let settings = format!(
        "[output.html]\nadditional-css = [\"link.css\", \"../secret.md\", {0:?}]\n[portolan.concepts]\nfile = {0:?}\n",
        secret.display().to_string()
    );
    let book = TestBook::new(&[
        ("book.toml", &settings),
        ("src/README.md", &format!("# 首页\n\n{{{{#include {}}}}} {{{{#include l.txt}}}}\n", secret.display())),
    ]);
    for name in ["link.css", "src/l.txt", "src/l.md", "src/concepts.toml", "templates/page.html", "static/x.js"] {
        link(&book, name);
    }
    let said = build(&book, 1);
    assert!(said.contains("lies outside the book") && !said.contains("SECRET"), "{said}");
    for src in [outside.path().display().to_string(), "..".to_owned()] {
        let book = TestBook::new(&[("book.toml", &format!("[book]\nsrc = {src:?}\n"))]);
        let said = build(&book, 1);
        assert!(said.contains("outside") || said.contains("in the folder of the sources"), "{said}");
    }
}

#[test]
fn two_builds_do_not_write_one_site() {
    let book = small();
    build(&book, 0);
    let lock = fs::File::create(book.path(".book.portolan-lock")).expect("a file");
    lock.lock().expect("the first");
    assert!(build(&book, 1).contains("another build is writing this site"));
    assert!(portolan(&book, &["clean"]).said.contains("another build"));
    assert!(book.path("book/index.html").exists());
    drop(lock);
    build(&book, 0);
}

/// A book in which every page says the same number, and grows with its own.
fn numbered(book: &TestBook, number: usize) {
    for page in 0..30 {
        book.write(&format!("src/{page:02}.md"), format!("# 第 {number} 版\n\n{}\n", "字 ".repeat(page * 400)));
    }
}

/// Which number all pages of the site say; panics if they say different ones, or if one is cut.
fn number(book: &TestBook) -> String {
    let mut numbers: Vec<String> = (0..30)
        .map(|page| {
            let html = text(book.path(&format!("book/{page:02}.html")));
            assert!(html.trim_end().ends_with("</html>"), "page {page} is cut");
            html.split("<title>").nth(1).and_then(|t| t.split(" 版").next()).expect("a title").to_owned()
        })
        .collect();
    numbers.dedup();
    assert_eq!(numbers.len(), 1, "a torn site: {numbers:?}");
    numbers.remove(0)
}

#[test]
fn a_build_that_is_killed_leaves_the_old_site_or_the_new_one() {
    let book = TestBook::new(&[("src/README.md", "# 首页\n")]);
    numbered(&book, 0);
    build(&book, 0);
    book.write("book/.git/HEAD", "mine");
    let program = assert_cmd::cargo::cargo_bin("portolan");
    for round in 1..=16u32 {
        numbered(&book, round as usize);
        let mut child =
            std::process::Command::new(&program).arg("build").arg("-q").arg(book.root()).spawn().expect("runs");
        std::thread::sleep(Duration::from_millis(u64::from(round * round)));
        let _ = child.kill();
        let _ = child.wait();
        number(&book);
        assert_eq!(text(book.path("book/.git/HEAD")), "mine");
    }
    build(&book, 0);
    assert!(number(&book).contains("16"));
    assert_eq!(text(book.path("book/.git/HEAD")), "mine");
    let left: Vec<_> = fs::read_dir(book.root()).expect("the root").map(|e| e.expect("entry").file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("portolan-")), "{left:?}");
}

/// A disk that takes files up to a length and no longer: each limit fails at another file.
#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_leaves_the_old_site() {
    let book = TestBook::new(&[("src/README.md", "# 首页\n")]);
    numbered(&book, 0);
    build(&book, 0);
    let before = number(&book);
    numbered(&book, 1);
    let program = assert_cmd::cargo::cargo_bin("portolan");
    for blocks in (0..20).map(|n| n * 3) {
        let script =
            format!("trap '' XFSZ; ulimit -f {blocks}; exec {} build {}", program.display(), book.root().display());
        let output = std::process::Command::new("sh").arg("-c").arg(script).output().expect("a shell");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        if output.status.success() {
            continue;
        }
        assert!(blocks == 0 || said.contains("could not be written"), "{blocks}: {said}");
        assert_eq!(number(&book), before);
        assert!(!book.path(".book.portolan-new").exists(), "half a site is left");
    }
    build(&book, 0);
    assert!(number(&book).contains('1'));
}

#[test]
#[cfg(unix)]
fn names_that_break_lists_or_other_systems_are_told_before_anything_is_written() {
    let book = small();
    for name in ["line\nend.md", "back\\slash.md", "tab\there.png"] {
        book.write(&format!("src/{name}"), "# x\n");
    }
    book.write("src/con.md", "# x\n");
    let said = build(&book, 0);
    assert_eq!(said.matches("warning[name]").count(), 3, "{said}");
    assert!(said.contains("`con.html` cannot be the name of a file on Windows"), "{said}");
    book.write(&format!("src/{}.md", "长".repeat(84)), "# x\n");
    assert!(build(&book, 1).contains("error[name]"));
    let book = TestBook::new(&[
        ("src/README.md", "# x\n"),
        ("src/e\u{301}.md", "# x\n"),
        ("src/\u{e9}.md", "# x\n"),
        ("src/A.md", "# x\n"),
        ("src/a.md", "# x\n"),
    ]);
    assert_eq!(build(&book, 0).matches("warning[same-url]").count(), 2);
    book.write("src/a.html/b.png", "x");
    assert!(build(&book, 1).contains("needs a folder of that name"));
}

#[test]
fn addresses_that_run_scripts_come_out_nowhere() {
    let bad = "javascript://%0aalert(1)";
    let settings = format!(
        "[output.html]\ngit-repository-url = {bad:?}\nedit-url-template = {bad:?}\n[output.html.redirect]\n\"/old.html\" = {bad:?}\n\"/ok.html\" = \"/index.html\"\n"
    );
    let page = format!(
        "---\nimage: {bad}\n---\n# x\n\n[a]({bad}) ![b]({bad}) <{bad}> [c][c] [d](&#106;avascript:x) [e](<java\tscript:x>) [f](data:text/html,x) [g](vbscript:x)\n\n[c]: {bad}\n\n<a href=\"{bad}\">h</a>\n\n```mermaid\ngraph LR\n  A --> B\n  click A \"{bad}\"\n```\n"
    );
    let book = TestBook::new(&[
        ("book.toml", &settings),
        ("src/SUMMARY.md", &format!("- [x](README.md)\n- [y]({bad})\n- [z](data://x)\n")),
        ("src/README.md", &page),
    ]);
    let said = build(&book, 0);
    assert!(said.matches("warning[link-unsafe]").count() >= 10, "{said}");
    let mut attributes = 0;
    for entry in walkdir::WalkDir::new(book.path("book")).into_iter().map(|e| e.expect("entry")) {
        if entry.path().extension().is_some_and(|e| e == "html") {
            let html = text(entry.path()).to_ascii_lowercase();
            attributes += html.matches("href=\"").count();
            for start in ["javascript:", "vbscript:", "data:text", "java\tscript:"] {
                for name in ["href", "src", "content", "action"] {
                    assert!(!html.contains(&format!("{name}=\"{start}")), "{}: {start}", entry.path().display());
                }
            }
        }
    }
    assert!(attributes > 20);
    assert!(book.path("book/ok.html").exists() && !book.path("book/old.html").exists());
}

#[test]
fn raw_html_is_cleaned_let_through_or_shown_as_the_settings_say() {
    let page = "# x\n\n<kbd>Ctrl</kbd> <img src=\"a.png\" onerror=\"alert(1)\"> <a href=\"https://a.b\" target=\"_blank\">a</a>\n\n<script>alert(2)</script>\n";
    let of = |html: &str| {
        let book = TestBook::new(&[("src/README.md", page), ("src/a.png", "x")]);
        if !html.is_empty() {
            book.write("book.toml", format!("[security]\nhtml = \"{html}\"\n"));
        }
        let said = build(&book, 0);
        (text(book.path("book/index.html")), said)
    };
    for (page, said) in [of(""), of("sanitize")] {
        assert!(page.contains(
            "<kbd>Ctrl</kbd> <img src=\"a.png\"> <a href=\"https://a.b\" target=\"_blank\" rel=\"noopener\">"
        ));
        assert!(!page.contains("alert(") && said.contains("warning[html]: the tag `<script>` is left out"), "{said}");
    }
    let (page, said) = of("allow");
    assert!(
        page.contains("onerror=\"alert(1)\"") && page.contains("<script>alert(2)</script>") && !said.contains("[html]")
    );
    assert!(page.contains("<a rel=\"noopener\" href=\"https://a.b\" target=\"_blank\">"));
    let (page, _) = of("escape");
    assert!(
        page.contains("&lt;kbd&gt;Ctrl&lt;/kbd&gt;")
            && page.contains("&lt;script&gt;alert(2)")
            && !page.contains("<kbd>Ctrl")
    );
    let book = TestBook::new(&[("book.toml", "[security]\nhtml = \"none\"\n"), ("src/README.md", "# x\n")]);
    assert!(build(&book, 1).contains("one of: allow, sanitize, escape"));
}

#[test]
fn a_template_that_includes_itself_is_an_error_and_no_crash() {
    for (name, template) in [
        ("page.html", "{% include \"page.html\" %}"),
        ("partials/head.html", "x{% include \"page.html\" %}"),
        ("page.html", "{% extends \"page.html\" %}"),
        ("page.html", "{% component a() %}{{ <a /> }}{% endcomponent a %}{{ <a /> }}"),
    ] {
        let book = small();
        book.write(&format!("templates/{name}"), template);
        let run = portolan(&book, &["build"]);
        assert_eq!(run.code, Some(1), "{template}: {}", run.said);
        assert!(run.said.contains("error[template]"), "{}", run.said);
    }
}

#[test]
fn a_thousand_faults_of_a_kind_are_counted_and_not_printed() {
    let links = (0..3000).map(|n| format!("[x](no{n}.md) ")).collect::<String>();
    let book = TestBook::new(&[("src/README.md", &format!("# x\n\n{links}\n"))]);
    let said = build(&book, 0);
    assert_eq!(said.matches("warning[link-target]").count(), 100);
    assert!(
        said.contains("and 2900 more of `link-target`") && said.contains("3000 warnings"),
        "{}",
        &said[said.len() - 200..]
    );
}
