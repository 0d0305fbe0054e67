//! What a reader does who searches: with the keyboard, in Chinese, English and pinyin, from a disk.

use super::harness::{self, TestBook};
use super::reader::{Reader, Screen, Tab};
use super::server::Server;
use super::site;
use portolan::search::pinyin;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A question and the pages that should come first.
struct Ask {
    q: String,
    good: BTreeSet<String>,
}

/// Opens the search and waits until it is there.
async fn open(tab: &Tab) {
    tab.press("/").await;
    tab.until("document.activeElement.matches('dialog[open] input[type=search]')").await;
}

/// Types a query and gives the addresses of the results in order, each page once.
async fn ask(tab: &Tab, query: &str) -> Vec<String> {
    let query = serde_json::to_string(query).expect("a string");
    tab.value(&format!(
        "(async () => {{
            const input = document.querySelector('input[type=search]'), list = document.querySelector('[role=listbox]');
            input.value = {query};
            input.dispatchEvent(new Event('input', {{ bubbles: true }}));
            while (list.getAttribute('aria-busy') !== 'false') await new Promise((done) => setTimeout(done, 4));
            const root = new URL(document.querySelector('a.search').dataset.index, document.baseURI).href.replace('assets/search/', '');
            const all = [...list.querySelectorAll('[role=option] a[href]')].map((a) => decodeURI(a.href.replace(root, '').replace(/[?#].*/, '')));
            return [...new Set(all)];
        }})()"
    ))
    .await
}

/// Mean reciprocal rank and share of first places, with what did not come first.
async fn measure(tab: &Tab, asks: &[Ask]) -> (f64, f64, Vec<String>) {
    let (mut ranks, mut first, mut missed) = (0.0, 0usize, Vec::new());
    for Ask { q, good } in asks {
        let got = ask(tab, q).await;
        let rank = got.iter().position(|page| good.contains(page)).map(|at| at + 1);
        ranks += rank.map_or(0.0, |rank| 1.0 / rank as f64);
        first += usize::from(rank == Some(1));
        if rank != Some(1) {
            missed.push(format!("{q}: {rank:?} of {:?}, wanted {good:?}", got.iter().take(3).collect::<Vec<_>>()));
        }
    }
    (ranks / asks.len() as f64, first as f64 / asks.len() as f64, missed)
}

/// Where a page of the knowledge base lies in its site.
fn address(path: &str) -> String {
    path.strip_suffix("README.md")
        .map_or_else(|| path.trim_end_matches(".md").to_owned() + ".html", |folder| format!("{folder}index.html"))
}

/// The repository's own knowledge base, built into a folder.
fn knowledge() -> (TestBook, PathBuf) {
    let built = harness::build(Path::new(env!("CARGO_MANIFEST_DIR")));
    let book = TestBook::new(&[]);
    for (path, bytes) in &built.files {
        book.write(path, bytes);
    }
    let root = book.root().to_path_buf();
    (book, root)
}

/// The headings of the knowledge base, each with its page; those that several pages have are left out.
fn headings() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("knowledge");
    let mut all = Vec::new();
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let path = entry.expect("an entry").into_path();
        if path.extension().is_none_or(|e| e != "md") {
            continue;
        }
        let name = path.strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
        let text = std::fs::read_to_string(&path).expect("text");
        let mut in_code = false;
        for line in text.lines() {
            in_code ^= line.starts_with("```");
            let heading = line.trim_start_matches('#').trim();
            if !in_code && line.starts_with('#') && heading.chars().count() > 2 {
                all.push((heading.replace('`', ""), address(&name)));
            }
        }
    }
    let once: Vec<_> = all.iter().filter(|(h, page)| !all.iter().any(|(g, other)| g == h && other != page)).collect();
    once.into_iter().cloned().collect()
}

/// A letter in the middle exchanged with the next.
fn misspelt(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    let middle = letters.len() / 2;
    letters.swap(middle - 1, middle);
    letters.into_iter().collect()
}

#[tokio::test]
async fn the_knowledge_base_answers_the_questions_of_its_readers() {
    #[derive(Deserialize)]
    struct Line {
        q: String,
        good: Vec<String>,
    }
    #[derive(Deserialize)]
    struct Table {
        ask: Vec<Line>,
    }
    let (_folder, root) = knowledge();
    let table: Table = toml::from_str(include_str!("../search/hubs.toml")).expect("a table of questions");
    let asks: Vec<Ask> = table
        .ask
        .into_iter()
        .map(|l| Ask { q: l.q, good: l.good.iter().map(|page| address(page)).collect() })
        .filter(|ask| ask.good.iter().any(|page| root.join(page).is_file()))
        .collect();
    assert!(asks.len() >= 60, "only {} questions can be asked", asks.len());
    let reader = Reader::new().await;
    let tab = reader.open(&format!("file://{}/index.html", root.display()), Screen::Desk).await;
    open(&tab).await;
    let (mrr, first, missed) = measure(&tab, &asks).await;
    assert!(mrr >= 0.97 && first >= 0.95, "MRR {mrr:.3}, first {first:.3}: {missed:#?}");
    reader.close().await;
}

#[tokio::test]
async fn a_concept_comes_first_with_its_definition() {
    let (_folder, root) = knowledge();
    let reader = Reader::new().await;
    let tab = reader.open(&format!("file://{}/index.html", root.display()), Screen::Desk).await;
    open(&tab).await;
    let first = "(([option]) => [option.className, option.querySelector('b').textContent, option.querySelector('p').textContent, \
                 decodeURIComponent(option.querySelector('a').hash)])(document.querySelectorAll('[role=option]'))";
    for (query, name, anchor) in
        [("ResourceQuota", "资源配额", "#资源配额-resourcequota"), ("期望状态", "期望状态", "#期望状态-desired-state")]
    {
        ask(&tab, query).await;
        let [class, heading, gist, hash] = tab.value::<[String; 4]>(first).await;
        assert_eq!(class, "concept", "{query}");
        assert!(heading.starts_with(name), "{query}: {heading}");
        assert!(gist.chars().count() > 8 && gist.chars().count() <= 160, "{query}: {gist}");
        assert_eq!(hash, anchor, "{query}");
    }
    reader.close().await;
}

#[tokio::test]
async fn headings_are_found_as_they_are_in_pinyin_and_misspelt() {
    let (_folder, root) = knowledge();
    let of = |q: String, page: &str| Ask { q, good: BTreeSet::from([page.to_owned()]) };
    let (mut whole, mut spoken, mut wrong) = (Vec::new(), Vec::new(), Vec::new());
    let headings = headings();
    assert!(headings.len() > 80);
    for (heading, page) in &headings {
        whole.push(of(heading.clone(), page));
        let han: String = heading.chars().take_while(|c| !pinyin::reading(*c).is_empty()).collect();
        if (3..=8).contains(&han.chars().count()) && !headings.iter().any(|(h, p)| h.contains(&han) && p != page) {
            spoken.push(of(han.chars().map(pinyin::reading).collect(), page));
        }
        for word in heading.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| w.len() > 6) {
            let (word, lower) = (word.to_lowercase(), |h: &str| h.to_lowercase());
            let good = headings.iter().filter(|(h, _)| lower(h).contains(&word)).map(|(_, p)| p.clone()).collect();
            wrong.push(Ask { q: misspelt(&word), good });
        }
    }
    let reader = Reader::new().await;
    let tab = reader.open(&format!("file://{}/index.html", root.display()), Screen::Desk).await;
    open(&tab).await;
    for (what, asks, least) in [("whole", whole, 0.98), ("pinyin", spoken, 0.95), ("misspelt", wrong, 0.9)] {
        assert!(asks.len() > 10, "{what}: {}", asks.len());
        let (mrr, _, missed) = measure(&tab, &asks).await;
        assert!(mrr >= least, "{what}: MRR {mrr:.3} of {}: {missed:#?}", asks.len());
    }
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn the_script_cuts_texts_into_terms_as_the_index_does() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("index.html"), Screen::Desk).await;
    open(&tab).await;
    // A site's index would bring the traditional characters; here they are simplified beforehand.
    let script = format!(
        "(() => {{
            const engine = portolanEngine('x/'), wrong = [];
            const forms = new Map([...'雲云端端網网絡络'].flatMap((c, i, all) => i % 2 ? [] : [[c, all[i + 1]]]));
            for (const {{ text, terms }} of {}) {{
                const got = [];
                engine.tokens([...text].map((c) => forms.get(c) ?? c).join(''), (term) => got.push(term));
                if (got.join('|') !== terms.join('|')) wrong.push(text + ': ' + got.join('|'));
            }}
            for (const {{ stem, words }} of {}) for (const word of words) if (engine.stem(word) !== stem) wrong.push(word + ': ' + engine.stem(word));
            return wrong;
        }})()",
        include_str!("../search/tokens.json"),
        include_str!("../search/stems.json"),
    );
    assert_eq!(tab.value::<Vec<String>>(&script).await, Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn the_keyboard_is_enough_and_the_opened_page_shows_the_matches() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("架构/etcd.html"), Screen::Desk).await;
    open(&tab).await;
    assert_eq!(ask(&tab, "请求路径").await[0], "架构/api-server.html");
    let selected = "document.querySelector('[aria-selected=true]').id";
    let first: String = tab.value(selected).await;
    assert_eq!(tab.value::<String>("document.activeElement.getAttribute('aria-activedescendant')").await, first);
    tab.press("ArrowDown").await;
    let second: String = tab.value(selected).await;
    assert_ne!(second, first);
    assert_eq!(tab.value::<String>("document.activeElement.getAttribute('aria-activedescendant')").await, second);
    assert!(tab.value::<bool>("document.querySelector('[aria-selected=true] mark') !== null").await);
    tab.press("Escape").await;
    tab.until("document.querySelector('dialog').open === false").await;
    // It is still there, with what was asked.
    open(&tab).await;
    assert_eq!(tab.value::<String>("document.activeElement.value").await, "请求路径");
    tab.until("document.querySelectorAll('[role=option]').length > 1").await;
    tab.press("ArrowDown").await;
    tab.press("Enter").await;
    tab.until("decodeURIComponent(location.href).includes('api-server.html?q=请求路径')").await;
    tab.until("document.querySelector('main mark')?.textContent === '请求路径'").await;
    assert_eq!(tab.value::<String>("decodeURIComponent(location.hash)").await, "#请求路径");
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_query_in_the_address_is_asked_at_once() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&format!("{}?q=etcd", site.file("index.html")), Screen::Desk).await;
    tab.until("document.querySelector('[role=option] a')?.href.includes('etcd.html') ?? false").await;
    reader.close().await;
}

#[tokio::test]
async fn strange_queries_do_no_harm() {
    let site = site();
    let server = Server::start(&site.root, "/repo/").with_policy("default-src 'self'");
    let reader = Reader::new().await;
    let tab = reader.open(&server.url("index.html"), Screen::Desk).await;
    open(&tab).await;
    let long = "容器a".repeat(400);
    let letters = "a".repeat(1_000_000);
    let strange = [
        "__proto__",
        "constructor",
        "toString hasOwnProperty",
        "</script><img src=x onerror=alert(1)>",
        "a\u{2028}b\u{2029}c",
        "\u{0}\u{1}",
        "^(a+)+$ [z-a] \\ * ? |",
        "\"'`${1}",
        " ",
        "....",
        "🦀🦀 ☃",
        "𠮷野家",
        &long,
        &letters,
    ];
    for query in strange {
        ask(&tab, query).await;
    }
    // A half of a pair of surrogates cannot be written in Rust.
    tab.run("(() => { const i = document.querySelector('input[type=search]'); i.value = 'etcd \\ud83e'; i.dispatchEvent(new Event('input')); })()").await;
    tab.until("document.querySelector('[role=listbox]').getAttribute('aria-busy') === 'false'").await;
    assert!(tab.value::<bool>("document.querySelector('[role=listbox] img') === null").await);
    assert_eq!(ask(&tab, "ETCD").await[0], "架构/etcd.html");
    assert_eq!(tab.complaints(), Vec::<String>::new());
    reader.close().await;
}

#[tokio::test]
async fn a_phone_is_filled_and_without_scripts_there_is_a_way() {
    let site = site();
    let reader = Reader::new().await;
    let tab = reader.open(&site.file("架构/etcd.html"), Screen::Narrow).await;
    tab.click("a.search").await;
    tab.until("document.querySelector('dialog[open]') !== null").await;
    ask(&tab, "请求").await;
    let place = tab.place("dialog").await;
    assert!(place.x.abs() < 1.0 && (place.width - 320.0).abs() < 1.0, "{place:?}");
    assert!(tab.value::<bool>("document.querySelector('[role=listbox]').scrollWidth <= 320").await);
    let link = tab.value::<String>("document.querySelector('a.search').href").await;
    let without = reader.open(&link, Screen::PhoneWithoutScript).await;
    assert!(without.text("main").await.contains("架构"), "the list names what there is to find");
    reader.close().await;
}
