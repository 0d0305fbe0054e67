//! Writing with the page open beside: what `portolan serve` does in a browser.

use crate::harness::TestBook;
use crate::harness::serving::Serving;
use crate::reader::{Reader, Screen, Tab};

fn book() -> TestBook {
    TestBook::new(&[
        ("book.toml", "[book]\ntitle = \"书\"\nlanguage = \"zh\"\n"),
        ("src/README.md", &text("旧的一句")),
        ("src/b.md", "# 另一页\n"),
    ])
}

/// A page long enough to be scrolled.
fn text(sentence: &str) -> String {
    let lines = (0..120).map(|n| format!("第 {n} 段。\n\n")).collect::<String>();
    format!("# 首页\n\n{lines}## 末尾\n\n{sentence}\n")
}

async fn open(reader: &Reader, serving: &Serving) -> Tab {
    reader.open(&format!("http://{}/", serving.authority), Screen::Desk).await
}

/// What went wrong, but for the streams of events that a page ends when it goes.
fn complaints(tab: &Tab) -> Vec<String> {
    tab.complaints().into_iter().filter(|complaint| complaint != "failed: net::ERR_ABORTED").collect()
}

#[tokio::test]
async fn a_page_follows_what_is_written_and_stays_where_it_is_scrolled_to() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let reader = Reader::new().await;
    let tab = open(&reader, &serving).await;
    tab.run("scrollTo(0, 1500)").await;
    tab.until("scrollY === 1500").await;
    book.write("src/README.md", text("新的一句"));
    tab.until("document.querySelector('.content').textContent.includes('新的一句')").await;
    tab.until("scrollY === 1500").await;
    // A page that is not shown is no reason to load this one again.
    tab.run("window.same = true").await;
    book.write("src/c.md", "# 第三页\n");
    tab.until("document.querySelector('nav.site').textContent.includes('第三页')").await;
    tab.run("window.same = true").await;
    book.write("src/b.md", "# 另一页\n\n改了。\n");
    let other = reader.open(&format!("http://{}/b.html", serving.authority), Screen::Desk).await;
    other.until("document.querySelector('.content').textContent.includes('改了')").await;
    assert!(tab.value::<bool>("window.same === true").await);
    assert_eq!(complaints(&tab), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_style_sheet_is_exchanged_without_loading_the_page_again() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let reader = Reader::new().await;
    let tab = open(&reader, &serving).await;
    tab.run("window.same = true").await;
    let colour = "getComputedStyle(document.querySelector('h1')).color";
    for (written, shown) in [("#010203", "rgb(1, 2, 3)"), ("#040506", "rgb(4, 5, 6)")] {
        book.write("static/css/own.css", format!("h1 {{ color: {written} }}"));
        tab.until(&format!("{colour} === '{shown}'")).await;
    }
    tab.until("document.querySelectorAll('link[rel=stylesheet]').length === 1").await;
    assert!(tab.value::<bool>("window.same === true").await);
    assert_eq!(complaints(&tab), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn an_error_stands_over_the_page_until_it_is_mended() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let reader = Reader::new().await;
    let tab = open(&reader, &serving).await;
    let notice = "document.getElementById('p:problem')?.shadowRoot.textContent ?? ''";
    book.write("src/README.md", "# 首页\n\n{{#include 没有.txt}}\n");
    tab.until(&format!("({notice}).includes('src/README.md:3:1')")).await;
    assert!(tab.value::<String>(notice).await.contains("^^^"));
    assert!(tab.value::<bool>("document.querySelector('.content').textContent.includes('旧的一句')").await);
    // It is in sight, and it has the server's own style.
    let box_of = "document.getElementById('p:problem').shadowRoot.querySelector('div')";
    tab.until(&format!("getComputedStyle({box_of}).borderTopWidth === '4px'")).await;
    let width: f64 = tab.value(&format!("{box_of}.getBoundingClientRect().width")).await;
    assert!(width > 600.0, "{width}");
    if let Some(path) = std::env::var_os("PICTURE") {
        std::fs::write(path, tab.picture().await).expect("writable");
    }
    book.write("src/README.md", "# 首页\n\n好了\n");
    tab.until("document.querySelector('.content').textContent.includes('好了')").await;
    tab.until("document.getElementById('p:problem') === null").await;
    reader.close().await;
}

#[tokio::test]
async fn a_server_that_is_started_again_is_found_again() {
    let book = book();
    let serving = Serving::start(&book, &[]);
    let port = serving.authority.rsplit(':').next().expect("a port").to_owned();
    let reader = Reader::new().await;
    let tab = open(&reader, &serving).await;
    drop(serving);
    book.write("src/README.md", text("später"));
    let _again = Serving::start(&book, &["-p", &port]);
    tab.until("document.querySelector('.content').textContent.includes('später')").await;
    reader.close().await;
}
