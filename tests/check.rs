//! `portolan check` through the command line: each rule on a book that breaks it, formats, mending, exit codes.

mod harness;

use harness::TestBook;
use serde_json::Value;
use std::process::Command;

/// Runs the check; gives the exit code, standard output and standard error.
fn run(book: &TestBook, arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_portolan"))
        .arg("check")
        .arg(".")
        .args(arguments)
        .current_dir(book.root())
        .output()
        .expect("it ends");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code().expect("no signal"), text(&output.stdout), text(&output.stderr))
}

/// The findings, as `code file:line`.
fn found(book: &TestBook, arguments: &[&str]) -> Vec<String> {
    let (_, out, _) = run(book, &[arguments, &["--format", "json"]].concat());
    let lines = out.lines().map(|line| serde_json::from_str::<Value>(line).expect("a JSON object a line"));
    let shown = lines.map(|note| {
        let code = note["code"].as_str().expect("a code").to_owned();
        let place = note["file"].as_str().map(|file| format!(" {file}:{}", note["line"]));
        format!("{code}{}", place.unwrap_or_default())
    });
    shown.collect()
}

const NAMES: &str = r#"
[[concept]]
id = "dockershim"
en = "dockershim"
misspelt = ["dokershim"]
page = "old.md"
lifecycle = "removed"
removed-in = "1.24"
[[concept]]
en = "Nowhere"
"#;

#[test]
fn each_rule_finds_what_it_is_for() {
    let book = TestBook::new(&[
        ("src/SUMMARY.md", "# S\n\n[A](README.md)\n- [Old](old.md)\n"),
        ("src/concepts.toml", NAMES),
        ("src/old.md", "# dockershim\n\nIt was removed in 1.24.\n"),
        ("src/lost.md", "# Lost\n"),
        (
            "src/README.md",
            "# A\n\n[x](nope.md) [y](#nope) ![](i.png)\n\n### Skipped\n\nA dockershim and a dokershim.\n\n```\nx\n```\n\n# B\n\n## C\n\n## C\n\nzero\u{200b}width\n\n<!-- check: of -->\n",
        ),
        ("src/i.png", "no picture"),
    ]);
    assert_eq!(
        found(&book, &[]),
        [
            "link-target src/README.md:3",
            "link-anchor src/README.md:3",
            "image-alt src/README.md:3",
            "heading-skip src/README.md:5",
            "lifecycle-unsaid src/README.md:7",
            "misspelling src/README.md:7",
            "fence-unlabelled src/README.md:9",
            "title-twice src/README.md:13",
            "heading-twice src/README.md:17",
            "invisible-character src/README.md:19",
            "check-comment src/README.md:21",
            "orphan src/lost.md:1",
            "concept-undeclared src/concepts.toml:9",
        ]
    );
}

#[test]
fn a_page_that_says_what_became_of_a_thing_may_name_it() {
    let book = TestBook::new(&[
        ("src/concepts.toml", NAMES),
        ("src/old.md", "# dockershim\n\nNames: Nowhere\n"),
        ("src/a.md", "# A\n\ndockershim 已在 1.24 移除。\n\n## B\n\n再说 dockershim 一次。\n"),
    ]);
    assert_eq!(found(&book, &[]), ["concept-undeclared src/concepts.toml:9"]);
}

#[test]
fn rules_are_set_in_the_settings_and_switched_off_by_comments() {
    let book = TestBook::new(&[
        ("book.toml", "[portolan.check]\nrules = { image-alt = \"off\", zh-spacing = \"error\" }\n"),
        ("src/a.md", "# A\n\n![](i.png) 使用Pod\n\n<!-- check: off-next-line -->\n再用Pod\n"),
        ("src/i.png", ""),
    ]);
    assert_eq!(found(&book, &[]), ["zh-spacing src/a.md:3"]);
    assert_eq!(run(&book, &[]).0, 1);
    book.write("book.toml", "[portolan.check.rules]\nimage-alt = \"warn\"\nzh-spaceing = \"off\"\nzh-dash = \"no\"\n");
    assert_eq!(found(&book, &[])[..2], ["config-key book.toml:3", "config book.toml:4"]);
}

#[test]
fn a_comment_silences_what_the_build_tells_too() {
    let book = TestBook::new(&[("src/a.md", "# A\n\n<!-- check: off link-target -->\n[x](nope.md) [y](#nope)\n")]);
    assert_eq!(found(&book, &[]), ["link-anchor src/a.md:4"]);
}

#[test]
fn nothing_is_written_and_the_exit_code_says_what_was_found() {
    let clean = TestBook::new(&[("src/a.md", "# A\n\n使用 Pod。\n")]);
    let (code, out, told) = run(&clean, &[]);
    assert_eq!((code, &*out), (0, ""), "{told}");
    assert!(!clean.path("book").exists());
    let warned = TestBook::new(&[("src/a.md", "# A\n\n使用Pod。\n")]);
    assert_eq!(run(&warned, &[]).0, 0);
    assert_eq!(run(&warned, &["--strict"]).0, 1);
    let broken = TestBook::new(&[("src/a.md", "# A\n\n[b](b.md)\n")]);
    assert_eq!(run(&broken, &[]).0, 1);
    assert_eq!(run(&broken, &["--nonsense"]).0, 2);
    assert_eq!(run(&broken, &["--cache", "x"]).0, 2, "a cache is of no use without --external");
}

#[test]
fn machines_can_read_what_is_found() {
    let book = TestBook::new(&[("docs/src/a.md", "# A\n\n使用Pod\n")]);
    let run = |format: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_portolan"))
            .args(["check", "docs", "--format", format])
            .current_dir(book.root())
            .output()
            .expect("it ends");
        String::from_utf8(output.stdout).expect("UTF-8")
    };
    assert_eq!(
        run("github"),
        "::warning title=zh-spacing,file=docs/src/a.md,line=3,endLine=3,col=2,endColumn=4::there is no space between `用` and `P`%0Ahelp: put a space\n"
    );
    let sarif: Value = serde_json::from_str(&run("sarif")).expect("one document");
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["ruleId"], "zh-spacing");
    assert_eq!(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"], "docs/src/a.md");
    assert_eq!(result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"], " ");
}

#[test]
fn mending_writes_only_what_is_wrong_and_a_second_time_nothing() {
    let page = "---\ntitle: 用Pod\n---\r\n# 用Pod\r\n\r\n用`kubectl`看Pod ，{{#include part.txt}}见\u{200b}\r\n\r\n<!-- check: off-line zh-spacing --> 用Pod\r\n\r\n```\r\n用Pod\r\n```";
    let book = TestBook::new(&[("src/a.md", page), ("src/b.md", "# 好\n"), ("src/part.txt", "用Pod")]);
    let untouched = std::fs::metadata(book.path("src/b.md")).and_then(|m| m.modified()).expect("a time");
    let (_, _, told) = run(&book, &["--fix"]);
    assert!(told.contains("mended 6 places in 1 file"), "{told}");
    let read = |name: &str| std::fs::read_to_string(book.path(name)).expect("readable");
    assert_eq!(
        read("src/a.md"),
        "---\ntitle: 用Pod\n---\r\n# 用Pod\r\n\r\n用 `kubectl` 看 Pod，{{#include part.txt}}见\r\n\r\n<!-- check: off-line zh-spacing --> 用Pod\r\n\r\n```\r\n用Pod\r\n```\r\n"
    );
    assert_eq!(read("src/part.txt"), "用Pod");
    assert_eq!(std::fs::metadata(book.path("src/b.md")).and_then(|m| m.modified()).expect("a time"), untouched);
    assert!(run(&book, &["--fix"]).2.contains("nothing to mend"));
    let left: Vec<_> =
        std::fs::read_dir(book.path("src")).expect("a folder").map(|e| e.expect("an entry").file_name()).collect();
    assert_eq!(left.len(), 3, "{left:?}");
}

/// What the server of the test says, by path.
fn answer(path: &str, asked: usize) -> (u16, Option<&'static str>) {
    match path {
        "/moved" => (301, Some("/good")),
        "/elsewhere" => (302, Some("good")),
        "/gone" => (404, None),
        "/busy" if asked < 3 => (503, None),
        "/forbidden" => (403, None),
        "/loop" => (302, Some("/loop")),
        _ => (200, None),
    }
}

#[test]
fn addresses_are_asked_with_patience_and_good_answers_are_kept() {
    use std::collections::HashMap;
    use std::sync::{Arc, Mutex};
    let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a free port"));
    let port = server.server_addr().to_ip().expect("an address").port();
    let asked: Arc<Mutex<HashMap<String, usize>>> = Arc::default();
    let (log, listening) = (asked.clone(), server.clone());
    let thread = std::thread::spawn(move || {
        for request in listening.incoming_requests() {
            let path = request.url().to_owned();
            let count = {
                let mut log = log.lock().expect("one thread");
                let count = log.entry(path.clone()).or_insert(0);
                *count += 1;
                *count
            };
            // Some servers know no HEAD.
            let is_head = *request.method() == tiny_http::Method::Head;
            let (status, location) = if is_head && path == "/no-head" { (405, None) } else { answer(&path, count) };
            let mut response = tiny_http::Response::empty(status);
            if let Some(location) = location {
                response.add_header(tiny_http::Header::from_bytes("Location", location).expect("a header"));
            }
            let _ = request.respond(response);
        }
    });
    let base = format!("http://127.0.0.1:{port}");
    let paths = ["good", "good#part", "no-head", "moved", "elsewhere", "gone", "busy", "forbidden", "loop"];
    let links: String = paths.iter().map(|path| format!("- [{path}]({base}/{path})\n")).collect();
    let book = TestBook::new(&[
        ("book.toml", "[portolan.check]\nexternal-skip = []\nexternal-per-second = 200\n"),
        ("src/a.md", &format!("# A\n\n{base}/bare <https://example.org/never>\n\n{links}- [mail](mailto:a@b.c)\n")),
    ]);
    let all = found(&book, &["--external"]);
    assert_eq!(
        all,
        [
            "external-moved src/a.md:8",
            "external-dead src/a.md:10",
            "external-unsure src/a.md:12",
            "external-dead src/a.md:13",
        ]
    );
    let count = |path: &str| asked.lock().expect("one thread").get(path).copied().unwrap_or(0);
    // `good` is asked for itself, without its fragment, and by two redirections.
    assert_eq!((count("/good"), count("/bare"), count("/no-head")), (3, 1, 2));
    assert!(count("/busy") >= 3, "a busy server is asked again");
    let before = (count("/good"), count("/gone"));
    assert!(book.path(".portolan/external.json").exists());
    assert_eq!(found(&book, &["--external"]), all);
    assert_eq!(count("/good"), before.0, "good answers are believed");
    assert!(count("/gone") > before.1, "dead ones are asked again");
    // The settings leave them all out.
    book.write("book.toml", format!("[portolan.check]\nexternal-skip = [\"{base}\"]\n"));
    assert_eq!(found(&book, &["--external"]), [""; 0]);
    server.unblock();
    thread.join().expect("the server ends");
}

#[test]
fn the_manual_passes() {
    let output = Command::new(env!("CARGO_BIN_EXE_portolan"))
        .args(["check", "docs", "--strict"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("it ends");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}
