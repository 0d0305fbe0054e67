//! Diagrams, from the text to the SVG. `cargo bench --bench diagrams`
//!
//! `DIAGRAMS=folder` draws the `.mmd` files of a folder instead, one after the other, warm.

use portolan::diagram::{Options, Phrases, draw};
use std::fmt::Write as _;

fn main() {
    divan::main();
}

fn options() -> Options<'static> {
    Options { prefix: "d", phrases: Phrases::CHINESE, link: &|_| None, standalone: false }
}

/// A chart with groups, labels and a few edges back.
fn chart(nodes: usize) -> String {
    let mut text = String::from("flowchart TB\n");
    for n in 0..nodes {
        if n % 8 == 0 {
            let _ = writeln!(text, "subgraph g{n} [\"第 {n} 组\"]");
        }
        let _ = writeln!(text, "n{n}[\"组件 {n}<br/>component\"]");
        if n % 8 == 7 || n + 1 == nodes {
            text.push_str("end\n");
        }
    }
    for n in 1..nodes {
        let _ = writeln!(text, "n{} -->|调用 {n}| n{n}", (n * 7 + 3) % n.max(1));
        if n % 5 == 0 {
            let _ = writeln!(text, "n{n} -.-> n{}", n / 2);
        }
    }
    text
}

#[divan::bench(args = [5, 10, 20, 50, 200])]
fn a_chart_of_nodes(bencher: divan::Bencher, nodes: usize) {
    let text = chart(nodes);
    bencher.bench_local(|| draw(&text, &options()));
}

#[divan::bench(args = [5000], sample_count = 3)]
fn a_huge_tree(bencher: divan::Bencher, nodes: usize) {
    let mut text = String::from("graph TD\n");
    for n in 1..nodes {
        let _ = writeln!(text, "n{} --> n{n}", (n - 1) / 3);
    }
    bencher.bench_local(|| draw(&text, &options()));
}

/// The diagrams of `DIAGRAMS`, all of them an iteration.
#[divan::bench(sample_count = 20)]
fn a_folder(bencher: divan::Bencher) {
    let Some(folder) = std::env::var_os("DIAGRAMS") else { return };
    let files = std::fs::read_dir(folder).expect("a folder").map(|e| e.expect("an entry").path());
    let texts: Vec<String> = files.filter_map(|f| std::fs::read_to_string(f).ok()).collect();
    bencher
        .counter(divan::counter::ItemsCount::new(texts.len()))
        .bench_local(|| texts.iter().map(|t| draw(t, &options()).value.map_or(0, |d| d.svg.len())).sum::<usize>());
}
