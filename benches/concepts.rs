//! What concepts cost: the same book, built into memory with no name to look for, with a hundred, with a thousand.
//! `cargo bench --bench concepts`; `PAGES=10000` for another size (1,000 if not said).

#[path = "../tests/harness/mod.rs"]
mod harness;

use divan::counter::ItemsCount;
use harness::TestBook;
use std::fmt::Write as _;

fn main() {
    divan::main();
}

fn name(n: usize) -> String {
    let letters = ["ka", "lo", "mi", "ne", "pu", "ra", "si", "to", "vu", "ze"];
    let han = ["调度", "存储", "网络", "镜像", "探针", "卷宗", "域名", "副本", "标签", "污点"];
    let latin = format!("{}{}{}", letters[n % 10], letters[n / 10 % 10], letters[n / 100 % 10]);
    if n.is_multiple_of(2) { latin } else { format!("{}{}", han[n / 10 % 10], latin) }
}

/// Pages that name a hundred things each; the first so many of all are concepts.
fn book(pages: usize, concepts: usize) -> TestBook {
    let mut names = String::new();
    for n in 0..concepts {
        let _ = writeln!(names, "[[concept]]\nid = \"c{n}\"\nen = \"{}\"\npage = \"README.md\"\n", name(n));
    }
    let mut home = String::from("# 概念\n\n| 概念 | 说明 |\n| --- | --- |\n");
    for n in 0..1000 {
        let what = if n < concepts { name(n) } else { format!("`{}`", name(n)) };
        let _ = writeln!(home, "| {what} | 第 {n} 个。 |");
    }
    let book = TestBook::new(&[("book.toml", "[book]\nlanguage = \"zh\"\n"), ("src/README.md", &home)]);
    book.write("src/concepts.toml", &names);
    for page in 0..pages {
        let mut text = format!("# 第 {page} 页\n\n");
        for line in 0..100 {
            if line % 20 == 0 {
                let _ = writeln!(text, "## 第 {line} 节\n");
            }
            let _ = writeln!(
                text,
                "这里说到 {}，以及它旁边的东西 and some words of English.\n",
                name((page * 31 + line * 7) % 1000)
            );
        }
        book.write(&format!("src/{:02}/{page:05}.md", page / 100), &text);
    }
    book
}

#[divan::bench(args = [0, 100, 1000], sample_count = 5)]
fn building_with_concepts(bencher: divan::Bencher, concepts: usize) {
    let pages = std::env::var("PAGES").ok().and_then(|n| n.parse().ok()).unwrap_or(1000);
    let book = book(pages, concepts);
    bencher.counter(ItemsCount::new(pages)).bench_local(|| book.build().files.len());
}
