//! What a reader does, in a real Chromium: from a disk and under a sub-path, with and without scripts, on a phone.
//!
//! Needs Chromium (`CHROME` names it if it is not on the path) and a Chinese font; `tests/run` installs both on Debian.

mod concepts;
#[path = "../harness/mod.rs"]
mod harness;
mod hostile;
mod reader;
mod reading;
mod search;
mod serve;
mod server;

use harness::TestBook;
use reader::{Reader, Screen};
use server::Server;
use std::path::PathBuf;

/// A site with something of everything, built into a folder.
struct Site {
    _book: TestBook,
    root: PathBuf,
    pages: Vec<String>,
}

fn site() -> Site {
    Site::of(TestBook::new(&[
        ("book.toml", "[book]\ntitle = \"试验之书\"\n"),
        ("src/README.md", include_str!("book/README.md")),
        (
            "src/架构/README.md",
            "# 架构\n\n[首页](../README.md)\n\n```mermaid\nflowchart LR\n  A[客户端] --> B[服务端]\n```\n",
        ),
        ("src/架构/api-server.md", include_str!("book/api-server.md")),
        ("src/架构/etcd.md", "# etcd\n\n## 一致性\n\n[请求路径](api-server.md#请求路径)\n"),
    ]))
}

impl Site {
    fn of(book: TestBook) -> Site {
        let built = harness::build(book.root());
        assert!(built.messages.is_empty(), "{}", built.messages);
        let root = book.path("site");
        for (path, bytes) in &built.files {
            book.write(&format!("site/{path}"), bytes);
        }
        let pages = built.files.into_keys().filter(|p| p.ends_with(".html") && p != "404.html").collect();
        Site { _book: book, root, pages }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.root.join(file)
    }

    fn file(&self, page: &str) -> String {
        format!("file://{}/{page}", self.root.display())
    }
}

#[tokio::test]
async fn every_page_opens_without_a_complaint_from_disk_and_under_a_path() {
    let about = concepts::site();
    let reader = Reader::new().await;
    for page in &about.pages {
        let tab = reader.open(&about.file(page), Screen::Desk).await;
        assert_eq!(tab.complaints(), Vec::<String>::new(), "{page}");
    }
    reader.close().await;
    let site = site();
    let server = Server::start(&site.root, "/repo/");
    let reader = Reader::new().await;
    for page in &site.pages {
        for url in [site.file(page), server.url(page)] {
            let tab = reader.open(&url, Screen::Desk).await;
            assert_eq!(tab.complaints(), Vec::<String>::new(), "{url}");
            assert!(!tab.text("h1").await.is_empty(), "{url} has no title");
        }
    }
    let nowhere = server.url("no/such/page");
    let tab = reader.open(&nowhere, Screen::Desk).await;
    assert!(tab.text("h1").await.contains("没有找到页面"));
    reader.close().await;
}

#[tokio::test]
async fn a_strict_content_security_policy_holds() {
    let site = site();
    let server = Server::start(&site.root, "/").with_policy("default-src 'self'");
    let reader = Reader::new().await;
    let tab = reader.open(&server.url("架构/api-server.html"), Screen::Desk).await;
    assert_eq!(tab.complaints(), Vec::<String>::new());
    assert_eq!(tab.value::<String>("getComputedStyle(document.querySelector('th.r')).textAlign").await, "end");
    reader.close().await;
}

#[tokio::test]
async fn links_lead_from_page_to_page_on_a_disk() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("index.html"), Screen::Desk).await;
    tab.click("nav.site a[href*='api-server']").await;
    assert_eq!(tab.text("h1").await, "API Server");
    tab.click(".neighbours [rel=next]").await;
    assert_eq!(tab.text("h1").await, "etcd");
    tab.click(".content p a").await;
    assert_eq!(tab.text("h1").await, "API Server");
    assert_eq!(tab.value::<String>("decodeURIComponent(location.hash)").await, "#请求路径");
    // The anchor is not hidden below the bar.
    let top: f64 = tab.value("document.getElementById('请求路径').getBoundingClientRect().top").await;
    assert!((56.0..900.0).contains(&top), "{top}");
    reader.close().await;
}

#[tokio::test]
async fn the_theme_follows_the_system_until_the_reader_chooses() {
    let site = site();
    let server = Server::start(&site.root, "/");
    let reader = Reader::new().await;
    let background = "getComputedStyle(document.documentElement).backgroundColor";
    let tab = reader.open(&server.url("index.html"), Screen::Night).await;
    assert_eq!(tab.value::<String>(background).await, "rgb(20, 23, 28)");
    tab.click("button.theme").await;
    assert_eq!(tab.value::<String>(background).await, "rgb(255, 255, 255)");
    let again = reader.open(&server.url("架构/etcd.html"), Screen::Night).await;
    assert_eq!(
        again.value::<String>(background).await,
        "rgb(255, 255, 255)",
        "the choice is forgotten on the next page"
    );
    reader.close().await;
}

#[tokio::test]
async fn copying_takes_the_commands_and_leaves_prompts_and_output() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("架构/api-server.html"), Screen::Desk).await;
    tab.run("navigator.clipboard.writeText = (text) => { window.copied = text; return Promise.resolve(); }").await;
    let copied = |nth: u32| format!("(document.querySelectorAll('.code .tool')[{nth}].click(), window.copied)");
    assert_eq!(tab.value::<String>(&copied(0)).await, "kubectl get pods\nkubectl delete pod a\n");
    assert_eq!(tab.value::<String>(&copied(1)).await, "kind: Pod\nname: b\n");
    reader.close().await;
}

#[tokio::test]
async fn nothing_is_wider_than_a_phone() {
    let reader = Reader::new().await;
    for site in [site(), concepts::site()] {
        for (page, screen) in site.pages.iter().flat_map(|p| [Screen::Phone, Screen::Narrow].map(|s| (p, s))) {
            let tab = reader.open(&site.file(page), screen).await;
            let over: i64 = tab.value("document.scrollingElement.scrollWidth - innerWidth").await;
            assert!(over <= 0, "{page} is {over} px too wide for {screen:?}");
        }
    }
    reader.close().await;
}

#[tokio::test]
async fn the_drawer_opens_closes_and_keeps_the_focus() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("index.html"), Screen::Phone).await;
    let shown = "getComputedStyle(document.querySelector('nav.site')).visibility === 'visible'";
    assert!(!tab.value::<bool>(shown).await);
    tab.click("a.menu").await;
    assert!(tab.value::<bool>(shown).await);
    assert!(tab.value::<bool>("document.querySelector('nav.site').contains(document.activeElement)").await);
    tab.run("document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))").await;
    assert!(tab.value::<bool>("document.activeElement.matches('a.menu')").await);
    reader.close().await;
}

#[tokio::test]
async fn without_scripts_everything_can_be_read_and_reached() {
    let site = site();
    let reader = Reader::new().await;
    let url = format!("{}#p:site", site.file("架构/api-server.html"));
    let tab = reader.open(&url, Screen::PhoneWithoutScript).await;
    assert!(tab.text("main").await.contains("请求路径"));
    let place = tab.place("nav.site a[href*='etcd']").await;
    assert!(place.x >= 0.0 && place.width > 20.0, "the drawer is not in sight: {place:?}");
    reader.close().await;
}

#[tokio::test]
async fn labels_are_as_wide_as_they_were_thought_to_be() {
    use portolan::diagram::text::{Face, width};
    let face = Face { size: 14.0, line: 20.0, bold: false, measure: 1000.0 };
    let labels = [
        "kube-apiserver",
        "API Server",
        "控制平面",
        "容器运行时接口 (CRI)",
        "watch 未绑定 Pod",
        "gRPC :2379",
        "etcd v3.7.0",
        "Deployment & ReplicaSet",
        "调度器 kube-scheduler",
        "读写对象，HTTPS",
        "MutatingAdmissionWebhook",
        "10.96.0.0/12",
        "“期望状态”",
    ];
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("index.html"), Screen::Desk).await;
    let mut total = (0.0f64, 0.0f64);
    for label in labels {
        let script = format!(
            "(() => {{ const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg'); s.classList.add('dgm'); \
             s.innerHTML = '<text>' + {label:?} + '</text>'; document.body.append(s); \
             const w = s.firstChild.getComputedTextLength(); s.remove(); return w; }})()"
        );
        let (seen, thought): (f64, f64) = (tab.value(&script).await, width(label, face, false).into());
        assert!(thought >= seen - 1.0 && thought <= seen * 1.12, "`{label}` is {seen:.1} px wide, not {thought:.1}");
        total = (total.0 + seen, total.1 + thought);
    }
    assert!((total.1 / total.0 - 1.0).abs() < 0.05, "{total:?}");
    reader.close().await;
}

/// The pictures of the README: `cargo test --test browser -- --ignored screenshots`
#[tokio::test]
#[ignore = "writes docs/images"]
async fn screenshots() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let built = harness::build(&root);
    let site = TestBook::new(&[]);
    for (path, bytes) in &built.files {
        site.write(path, bytes);
    }
    let url = format!("file://{}#备份与恢复", site.path("02-architecture/etcd.html").display());
    let reader = Reader::new().await;
    for (screen, name) in [(Screen::Desk, "light"), (Screen::Night, "dark"), (Screen::Phone, "phone")] {
        let tab = reader.open(&url, screen).await;
        std::fs::write(root.join(format!("docs/images/{name}.png")), tab.picture().await).expect("writable");
    }
    reader.close().await;
}
