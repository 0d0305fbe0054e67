//! Search: making the index, and asking in a browser. `cargo bench --bench search`
//!
//! `BOOK=folder` makes the index of its Markdown files instead of made-up pages. `SITE=folder` asks in that built site,
//! opened from the disk in Chromium: for some of its pages' titles, typed letter by letter, how long the first answer
//! and each further key take, and how many bytes (gzip) are loaded for it.

#[expect(dead_code, reason = "a bench uses a part of it")]
#[path = "../tests/browser/reader.rs"]
mod reader;

use divan::counter::BytesCount;
use portolan::search::{Page, Section, analyse, write};
use reader::{Reader, Screen, Tab};
use serde::Deserialize;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};

fn main() {
    divan::main();
    if let Some(site) = std::env::var_os("SITE").filter(|_| !std::env::args().any(|a| a == "--test")) {
        let site = std::path::absolute(site).expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(ask(&site));
    }
}

/// The pages of `BOOK`, or made-up ones, and how many bytes of text they have.
fn pages() -> (Vec<Page>, usize) {
    let texts: Vec<String> = match std::env::var_os("BOOK") {
        Some(folder) => walkdir::WalkDir::new(folder)
            .sort_by_file_name()
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.path().extension().is_some_and(|e| e == "md"))
            .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
            .collect(),
        None => (0..500).map(made_up).collect(),
    };
    let bytes = texts.iter().map(String::len).sum();
    (texts.iter().enumerate().map(|(n, text)| page(n, text)).collect(), bytes)
}

/// A page of Chinese and English words that differ from page to page.
fn made_up(n: usize) -> String {
    const HAN: &str =
        "容器编排调度存储网络镜像探针节点控制平面服务发现负载均衡滚动更新期望状态声明副本标签选择污点容忍驱逐抢占";
    let han: Vec<char> = HAN.chars().collect();
    let mut text = format!("# 第 {n} 页\n\n");
    let mut seed = n * 7919 + 17;
    for section in 0..6 {
        let _ = write!(text, "## 第 {section} 节 kube-part-{}\n\n", seed % 97);
        for _ in 0..400 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407) % (1 << 40);
            if seed.is_multiple_of(9) {
                let _ = write!(text, " term{} ", seed % 5003);
            }
            text.push(han[(seed >> 8) % han.len()]);
        }
        text.push_str("。\n\n```yaml\nkind: Pod\nmetadata:\n  name: part\n```\n\n");
    }
    text
}

/// A text as the search sees it, roughly: cut at its headings.
fn page(n: usize, text: &str) -> Page {
    let mut page = Page { url: format!("p/{n}.html"), title: format!("Page {n}"), ..Page::default() };
    let mut section = Section::default();
    let mut in_code = false;
    for line in text.lines() {
        in_code ^= line.starts_with("```");
        if !in_code && line.starts_with('#') {
            page.sections.push(std::mem::take(&mut section));
            line.trim_start_matches('#').trim().clone_into(&mut section.heading);
            section.anchor.clone_from(&section.heading);
        } else {
            let to = if in_code { &mut section.code } else { &mut section.body };
            to.push_str(line);
            to.push(' ');
        }
    }
    page.sections.push(section);
    page
}

/// Words and their impacts, a page after the other: what the build does in parallel.
#[divan::bench(sample_count = 5)]
fn analysing(bencher: divan::Bencher) {
    let (pages, bytes) = pages();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| pages.iter().map(analyse).collect::<Vec<_>>());
}

/// The files, from what was analysed.
#[divan::bench(sample_count = 5)]
fn writing(bencher: divan::Bencher) {
    let (pages, bytes) = pages();
    bencher
        .counter(BytesCount::new(bytes))
        .with_inputs(|| pages.iter().map(analyse).collect::<Vec<_>>())
        .bench_local_values(write);
}

#[derive(Deserialize)]
struct Data {
    pages: Vec<Titled>,
}

#[derive(Deserialize)]
struct Titled {
    title: String,
    href: String,
}

/// What one press of a key took.
#[derive(Deserialize)]
struct Answer {
    ms: f64,
    files: Vec<String>,
}

/// Notes the scripts that a page asks for: a page on a disk has no other record of what it loads.
const WATCH: &str = "globalThis.loadedFiles = [];
    new MutationObserver((changes) => {
        for (const { addedNodes } of changes) for (const node of addedNodes) if (node.src) loadedFiles.push(node.src);
    }).observe(document.head, { childList: true });";

/// Types a query into the open search and waits for the whole answer.
async fn answer(tab: &Tab, query: &str) -> Answer {
    let query = serde_json::to_string(query).expect("a string");
    tab.value(&format!(
        "(async () => {{
            const input = document.querySelector('input[type=search]'), list = document.querySelector('[role=listbox]');
            const from = performance.now();
            input.value = {query};
            input.dispatchEvent(new Event('input', {{ bubbles: true }}));
            while (list.getAttribute('aria-busy') !== 'false') await new Promise((done) => {{
                const port = new MessageChannel();
                port.port1.onmessage = done;
                port.port2.postMessage(0);
            }});
            const ms = performance.now() - from;
            return {{ ms, files: globalThis.loadedFiles.splice(0) }};
        }})()"
    ))
    .await
}

/// Bytes of a file of the site under gzip.
fn packed(address: &str) -> usize {
    let path = address.trim_start_matches("file://").split(['?', '#']).next().unwrap_or_default();
    let bytes = std::fs::read(PathBuf::from(path)).unwrap_or_default();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(&bytes).expect("memory takes everything");
    gzip.finish().expect("memory takes everything").len()
}

/// Asks in a built site and prints what it took.
#[allow(clippy::print_stdout, reason = "this is what it is for")]
async fn ask(site: &Path) {
    let data = std::fs::read(site.join("concepts.json")).expect("the site has a concepts.json");
    let pages = serde_json::from_slice::<Data>(&data).expect("as documented").pages;
    let asked: Vec<&Titled> = pages.iter().step_by(pages.len().div_ceil(40)).collect();
    let reader = Reader::new().await;
    let (mut first, mut further) = (Vec::new(), Vec::new());
    let (mut loaded_first, mut loaded_further) = (Vec::new(), Vec::new());
    for page in &asked {
        let tab = reader.open(&format!("file://{}/{}", site.display(), page.href), Screen::Desk).await;
        tab.press("/").await;
        tab.until("document.activeElement.matches('input[type=search]')").await;
        tab.run(WATCH).await;
        let letters: Vec<char> = page.title.chars().take(8).collect();
        for end in 1..=letters.len() {
            let got = answer(&tab, &letters[..end].iter().collect::<String>()).await;
            let bytes: usize = got.files.iter().map(|file| packed(file)).sum();
            let (times, sizes) =
                if end == 1 { (&mut first, &mut loaded_first) } else { (&mut further, &mut loaded_further) };
            times.push(got.ms);
            sizes.push(bytes as f64 / 1024.0);
        }
        tab.close().await;
    }
    reader.close().await;
    println!("\n{} pages, {} titles typed letter by letter", pages.len(), asked.len());
    println!("{:<22} {:>8} {:>8} {:>8}", "", "median", "p95", "most");
    for (what, values) in [
        ("first answer, ms", &mut first),
        ("further key, ms", &mut further),
        ("first answer, KB gzip", &mut loaded_first),
        ("further key, KB gzip", &mut loaded_further),
    ] {
        values.sort_by(f64::total_cmp);
        let at = |share: usize| values[(values.len() - 1) * share / 100];
        println!("{what:<22} {:>8.1} {:>8.1} {:>8.1}", at(50), at(95), at(100));
    }
}
