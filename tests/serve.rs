//! `portolan serve` as a program: what it answers, whom it refuses, what it tells a page that is open.

mod harness;

use harness::TestBook;
use harness::serving::Serving;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Command;
use std::time::{Duration, Instant};

struct Answer {
    status: u16,
    head: String,
    body: String,
}

impl Serving {
    fn raw(&self, request: &str) -> Answer {
        let mut stream = self.connect();
        stream.write_all(request.as_bytes()).expect("the server reads");
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        let text = String::from_utf8_lossy(&text).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
        let status = head.split(' ').nth(1).and_then(|s| s.parse().ok()).unwrap_or(0);
        Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.authority).expect("the server listens");
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a bound");
        stream
    }

    fn asked(&self, method: &str, path: &str, headers: &str) -> Answer {
        self.raw(&format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n{headers}\r\n", self.authority))
    }

    fn get(&self, path: &str) -> Answer {
        self.asked("GET", path, "")
    }

    /// Listens to what a page is told.
    fn events(&self, page: &str) -> Events {
        let shown = self.get(page).body;
        let seen = shown.split("reload.js?seen=").nth(1).expect("the script").split('"').next().expect("a number");
        let mut stream = self.connect();
        let query = format!("page={page}&seen={seen}");
        write!(stream, "GET /.portolan/events?{query} HTTP/1.1\r\nHost: {}\r\n\r\n", self.authority).expect("writable");
        Events(BufReader::new(stream))
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    /// The next event of one of these names, with its data.
    fn next(&mut self, names: &[&str]) -> (String, String) {
        let mut line = String::new();
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(20) {
            line.clear();
            assert!(self.0.read_line(&mut line).expect("an event in time") > 0, "no more events");
            if let Some(name) = line.trim().strip_prefix("event: ").filter(|name| names.contains(name)) {
                let name = name.to_owned();
                line.clear();
                self.0.read_line(&mut line).expect("the data");
                return (name, line.trim().trim_start_matches("data: ").to_owned());
            }
        }
        panic!("no event {names:?}");
    }
}

fn book() -> TestBook {
    TestBook::new(&[
        ("book.toml", "[book]\ntitle = \"书\"\nlanguage = \"zh\"\n"),
        ("src/README.md", "# 首页\n\n[甲](a/甲.md)\n\n![图](i.svg)\n"),
        ("src/a/甲.md", "# 甲\n\n旧\n"),
        ("src/i.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
        ("secret.txt", "not a part of the site"),
    ])
}

#[test]
fn pages_are_served_from_memory_with_a_script_that_a_build_does_not_have() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let home = serving.get("/");
    assert_eq!(home.status, 200);
    assert!(home.head.contains("content-type: text/html; charset=utf-8") && home.body.contains("首页"));
    assert!(home.body.contains("/.portolan/reload.js?seen="));
    assert!(!book.build().text("index.html").contains(".portolan"));
    assert!(!book.path("book").exists(), "nothing is written");
    assert_eq!(serving.get("/a/%E7%94%B2.html").status, 200);
    assert!(serving.get("/a").head.contains("location: /a/"));
    assert_eq!(serving.get("/i.svg").body, "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");
    assert!(serving.get("/.portolan/reload.js").body.contains("EventSource"));
    let lost = serving.get("/nowhere/at/all");
    assert_eq!(lost.status, 404);
    assert!(lost.body.contains("没有找到页面") && lost.body.contains("reload.js"));
}

#[test]
fn a_page_that_is_known_is_not_sent_again() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    for path in ["/", "/i.svg"] {
        let first = serving.get(path);
        let tag = first.head.lines().find_map(|line| line.strip_prefix("etag: ")).expect("a tag").to_owned();
        let again = serving.asked("GET", path, &format!("If-None-Match: {tag}\r\n"));
        assert_eq!((again.status, again.body.len()), (304, 0));
    }
    let head = serving.asked("HEAD", "/", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
}

#[test]
fn strangers_are_refused() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let host = |host: &str| serving.raw(&format!("GET / HTTP/1.1\r\nHost: {host}\r\n\r\n")).status;
    assert_eq!(host("evil.example"), 403);
    assert_eq!(host("127.0.0.1.evil.example"), 403);
    assert_eq!(host("localhost:1"), 200);
    assert_eq!(serving.raw("GET / HTTP/1.1\r\n\r\n").status, 400);
    let rebound = format!("GET http://evil.example/ HTTP/1.1\r\nHost: {}\r\n\r\n", serving.authority);
    assert_eq!(serving.raw(&rebound).status, 403);
    assert_eq!(serving.asked("GET", "/.portolan/events", "Origin: http://evil.example\r\n").status, 403);
    assert_eq!(serving.asked("GET", "/", "Origin: null\r\n").status, 403);
    let embedded = "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n";
    assert_eq!(serving.asked("GET", "/assets/search/terms.js", embedded).status, 403);
    assert_eq!(serving.asked("POST", "/", "Content-Length: 0\r\n").status, 405);
}

#[test]
fn no_path_leads_out_of_the_site() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let ways = [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/..%5c..%5csecret.txt",
        "/%2e%2e%2f%2e%2e%2fetc/passwd",
        "/%c0%ae%c0%ae/secret.txt",
        "/%252e%252e/secret.txt",
        "//secret.txt",
        "/secret.txt",
        "/../book.toml",
        "/.portolan/../secret.txt",
        "/a/%00",
    ];
    for way in ways {
        let answer = serving.get(way);
        assert!(matches!(answer.status, 400 | 404), "{way}: {}", answer.status);
        assert!(!answer.body.contains("not a part of the site"), "{way}");
    }
}

#[test]
fn what_is_asked_is_bounded_in_size_and_time() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let long = format!("X: {}\r\n", "y".repeat(40 << 10));
    assert!(!matches!(serving.asked("GET", "/", &long).status, 200..=399));
    let many = (0..200).map(|n| format!("X-{n}: y\r\n")).collect::<String>();
    assert!(!matches!(serving.asked("GET", "/", &many).status, 200..=399));
    // A head that never ends is cut off, and does not keep others waiting.
    let mut slow = serving.connect();
    slow.write_all(b"GET / HTTP/1.1\r\nHost: ").expect("writable");
    assert_eq!(serving.get("/").status, 200);
    let mut rest = Vec::new();
    let ended = slow.read_to_end(&mut rest);
    assert!(ended.is_ok() && !rest.starts_with(b"HTTP/1.1 200"), "{ended:?}");
}

#[test]
fn a_page_is_told_of_what_concerns_it() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let mut home = serving.events("/");
    let mut page = serving.events("/a/%E7%94%B2.html");
    book.write("src/a/甲.md", "# 甲\n\n新\n");
    assert_eq!(page.next(&["reload", "style"]).0, "reload");
    assert!(serving.get("/a/%E7%94%B2.html").body.contains('新'));
    // The home page has not changed by that; a style sheet changes the address of the bundle on all pages.
    book.write("static/css/own.css", "h1 { color: teal }");
    assert_eq!(home.next(&["reload", "style"]).0, "style");
    // A picture keeps its address.
    book.write("src/i.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0h9\"/></svg>");
    assert_eq!(home.next(&["reload", "style"]).0, "reload");
}

#[test]
fn an_error_is_told_with_its_code_frame_until_it_is_mended() {
    let book = book();
    let mut serving = Serving::start(&book, &[]);
    let mut page = serving.events("/a/%E7%94%B2.html");
    assert_eq!(page.next(&["problem", "fine"]).0, "fine");
    book.write("src/a/甲.md", "# 甲\n\n坏了\n\n{{#include nowhere.txt}}\n");
    let (name, data) = page.next(&["problem", "fine"]);
    let told: Vec<String> = serde_json::from_str(&data).expect("a list");
    assert_eq!(name, "problem");
    assert!(told[0].contains("src/a/甲.md:5:1") && told[0].contains("^^^"), "{told:?}");
    assert!(!serving.get("/a/%E7%94%B2.html").body.contains("坏了"), "the last good page stays");
    assert!(serving.line().contains("error[include]"));
    book.write("src/a/甲.md", "# 甲\n\n好了\n");
    assert_eq!(page.next(&["problem", "fine", "reload"]).0, "reload");
    assert_eq!(page.next(&["problem", "fine"]).0, "fine");
}

#[test]
fn files_that_come_and_go_and_settings_are_seen() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let mut lost = serving.events("/new/deep/page.html");
    book.write("src/new/deep/page.md", "# 新页\n");
    assert_eq!(lost.next(&["reload"]).0, "reload");
    let mut page = serving.events("/new/deep/page.html");
    book.write("src/new/deep/page.md", "# 改页\n");
    assert_eq!(page.next(&["reload"]).0, "reload", "a folder that came later is watched");
    let mut page = serving.events("/new/deep/page.html");
    std::fs::remove_dir_all(book.path("src/new")).expect("removable");
    assert_eq!(page.next(&["reload"]).0, "reload");
    assert_eq!(serving.get("/new/deep/page.html").status, 404);
    let mut home = serving.events("/");
    book.write("book.toml", "[book]\ntitle = \"别的名字\"\nlanguage = \"zh\"\n");
    assert_eq!(home.next(&["reload"]).0, "reload");
    assert!(serving.get("/").body.contains("别的名字"));
}

#[test]
fn a_book_with_an_error_from_the_start_is_shown_with_it() {
    let book = TestBook::new(&[("README.md", "# A\n\n{{#include nowhere.txt}}\n")]);
    let serving = Serving::start(&book, &[]);
    let mut page = serving.events("/");
    assert_eq!(page.next(&["problem", "fine"]).0, "problem");
    book.write("README.md", "# A\n");
    assert_eq!(page.next(&["problem", "fine"]).0, "fine");
}

#[test]
fn a_site_can_be_shown_below_a_path_and_by_watching_without_the_system() {
    let book = book();
    let serving = Serving::start(&book, &["--base", "repo", "--watcher", "poll"]);
    assert!(serving.get("/").head.contains("location: /repo/"));
    let home = serving.get("/repo/");
    assert!(home.status == 200 && home.body.contains("src=\"/repo/.portolan/reload.js"));
    assert!(serving.get("/repo/x/y").body.contains("<base href=\"/repo/\">"));
    assert_eq!(serving.get("/i.svg").status, 404);
    book.write("src/README.md", "# 第二版\n");
    let start = Instant::now();
    while !serving.get("/repo/").body.contains("第二版") {
        assert!(start.elapsed() < Duration::from_secs(20), "the change was never seen");
        std::thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn a_port_that_is_taken_is_said() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let book = book();
    let output = Command::new(env!("CARGO_BIN_EXE_portolan"))
        .arg("serve")
        .arg(book.root())
        .args(["--port", &port])
        .output()
        .expect("it ends");
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stderr).contains("choose another port"));
}
