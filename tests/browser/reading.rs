//! What a reader does who reads: keys, the closer look, going on where one stopped, copying, and reading with what help
//! there is (accessibility, as axe-core tests it).

use super::harness::{self, TestBook};
use super::reader::{Reader, Screen, Tab};
use super::server::Server;
use super::{Site, site};
use serde::Deserialize;
use std::path::Path;

#[tokio::test]
async fn keys_turn_the_pages_and_can_be_switched_off() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("架构/api-server.html"), Screen::Desk).await;
    tab.press("n").await;
    tab.until("decodeURI(location.href).endsWith('架构/etcd.html')").await;
    tab.press("ArrowLeft").await;
    tab.until("decodeURI(location.href).endsWith('架构/api-server.html')").await;
    tab.press("t").await;
    assert_eq!(tab.value::<String>("document.documentElement.dataset.theme").await, "light");
    tab.press("?").await;
    tab.until("document.querySelector('dialog.keys')?.open === true").await;
    tab.run("document.querySelector('dialog.keys input').click()").await;
    tab.press("Escape").await;
    tab.until("document.querySelector('dialog.keys') === null").await;
    tab.press("t").await;
    assert_eq!(tab.value::<String>("document.documentElement.dataset.theme").await, "light", "the keys are off");
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_drawing_is_looked_at_over_the_whole_window() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("架构/index.html"), Screen::Phone).await;
    let wide: f64 = tab.value("document.querySelector('figure.diagram svg').getBoundingClientRect().width").await;
    tab.run("document.querySelector('figure.diagram .full').click()").await;
    tab.until("document.querySelector('dialog.view')?.open === true").await;
    let place = tab.place("dialog.view").await;
    assert!(place.x.abs() < 1.0 && (place.width - 390.0).abs() < 1.0, "{place:?}");
    let shown = "document.querySelector('dialog.view svg').getBoundingClientRect().width";
    let before: f64 = tab.value(shown).await;
    tab.run("document.querySelector('dialog.view .zoom button').click()").await;
    let after: f64 = tab.value(shown).await;
    assert!((after / before - 1.25).abs() < 0.02, "{before} became {after}; {wide} on the page");
    tab.press("Escape").await;
    tab.until("document.querySelector('dialog.view') === null").await;
    reader.close().await;
}

#[tokio::test]
async fn the_home_page_leads_back_to_where_one_was() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("架构/etcd.html"), Screen::Desk).await;
    tab.run("scrollTo(0, document.documentElement.scrollHeight)").await;
    tab.until("document.querySelector(\"nav.site a[aria-current].read\") !== null").await;
    tab.go(&site.file("index.html")).await;
    assert_eq!(tab.text(".resume a").await, "继续阅读：etcd");
    assert!(tab.value::<bool>("document.querySelector(\"nav.site a[href*='etcd'].read\") !== null").await);
    tab.run("document.querySelector('.resume a').click()").await;
    tab.until("decodeURI(location.href).includes('架构/etcd.html')").await;
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_page_is_copied_as_markdown() {
    let site = site();
    let server = Server::start(&site.root, "/repo/");
    let reader = Reader::new().await;
    // The clipboard is Chromium's business; what is handed to it is ours.
    let copied = "(async () => {
        let text = null;
        Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (given) => { text = given; } } });
        document.querySelector('button.copy-page').click();
        while (text === null) await new Promise((done) => setTimeout(done, 5));
        return text;
    })()";
    let source = std::fs::read_to_string(site.path("架构/etcd.md")).expect("the source is in the site");
    let tab = reader.open(&server.url("架构/etcd.html"), Screen::Desk).await;
    assert_eq!(tab.value::<String>(copied).await, source, "under http it is the source itself");
    let tab = reader.open(&site.file("架构/etcd.html"), Screen::Desk).await;
    let written: String = tab.value(copied).await;
    assert!(written.starts_with("# etcd\n\n## 一致性\n\n[请求路径](file://"), "{written}");
    reader.close().await;
}

#[tokio::test]
async fn long_lines_of_code_are_broken_on_demand() {
    let long = "word ".repeat(80);
    let book = TestBook::new(&[("src/README.md", &format!("# Code\n\n```text\n{long}\n```\n\n```text\nshort\n```\n"))]);
    let site = Site::of(book);
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("index.html"), Screen::Phone).await;
    let wide = "document.querySelector('pre').scrollWidth > document.querySelector('pre').clientWidth";
    assert!(tab.value::<bool>(wide).await);
    assert_eq!(tab.value::<usize>("document.querySelectorAll('.acts [aria-pressed]').length").await, 1, "one is long");
    tab.run("document.querySelector('.acts [aria-pressed]').click()").await;
    assert!(!tab.value::<bool>(wide).await);
    reader.close().await;
}

/// What axe-core finds wrong, a line a fault. In the dark only the colours are other than in the light.
async fn faults(tab: &Tab, axe: &str, screen: Screen) -> Vec<String> {
    #[derive(Deserialize)]
    struct Fault {
        id: String,
        target: String,
    }
    tab.run(axe).await;
    let only = if screen == Screen::Night { "runOnly: ['color-contrast']," } else { "" };
    let found: Vec<Fault> = tab
        .value(&format!(
            "axe.run(document, {{ {only} preload: false, resultTypes: ['violations'] }}).then(({{ violations }}) => \
             violations.flatMap(({{ id, nodes }}) => nodes.map((node) => ({{ id, target: String(node.target) }}))))",
        ))
        .await;
    found.into_iter().map(|Fault { id, target }| format!("{id}: {target}")).collect()
}

#[tokio::test]
async fn no_page_of_the_knowledge_base_shuts_anybody_out() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = root.join("target/axe/axe.min.js");
    let axe = std::fs::read_to_string(&path).expect("tests/run fetches axe-core into target/axe");
    let built = harness::build(root);
    let book = TestBook::new(&[]);
    for (path, bytes) in &built.files {
        book.write(path, bytes);
    }
    let reader = Reader::new().await;
    let mut wrong = Vec::new();
    for page in built.files.keys().filter(|page| page.ends_with(".html") && *page != "404.html") {
        for screen in [Screen::Desk, Screen::Night] {
            let tab = reader.open(&format!("file://{}", book.path(page).display()), screen).await;
            wrong
                .extend(faults(&tab, &axe, screen).await.into_iter().map(|fault| format!("{page} {screen:?} {fault}")));
            let shift: f64 = tab.value("new Promise((done) => { let sum = 0; new PerformanceObserver((list) => { for (const e of list.getEntries()) sum += e.value; }).observe({ type: 'layout-shift', buffered: true }); setTimeout(() => done(sum), 50); })").await;
            // Less comes of the contents beside the page, which unfold; the aim is none at all.
            if shift > 0.02 {
                wrong.push(format!("{page} {screen:?} moves by {shift} while it loads"));
            }
            wrong.extend(tab.complaints().into_iter().map(|complaint| format!("{page} {screen:?} {complaint}")));
            tab.close().await;
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    reader.close().await;
}
