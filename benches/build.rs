//! The whole build: a book in a folder, its site in memory or on disk. `cargo bench --bench build`

use divan::counter::ItemsCount;
use portolan::book::{self, Book, Root};
use portolan::build::{self, Progress};
use portolan::diagnostic::{Report, Sources};
use portolan::site::{Destination, DestinationSources, Memory, Staging};
use std::fmt::Write as _;
use std::path::Path;

fn main() {
    divan::main();
}

/// A page as documentation has them: headings, paragraphs of Chinese and English, links, a table, code.
fn page(n: usize, of: usize) -> String {
    let link = |k: usize| format!("[第 {0} 页](../{1:02}/{0:05}.md#概念-{0})", k % of, (k % of) / 100);
    let mut text = format!("---\ntitle: 第 {n} 页\ntags: [kubernetes, 概念]\n---\n\n# 第 {n} 页\n\n");
    for section in 0..6 {
        let _ = write!(
            text,
            "## 概念 {}\n\n**期望状态（desired state）**由用户声明，控制器让实际状态靠近它。见{}和{}，\
             也见 https://kubernetes.io/docs/concepts/ 里的说明。\n\n| 组件 | 端口 | 说明 |\n| --- | ---: | --- |\n\
             | kube-apiserver | 6443 | 集群的入口 {n} |\n| etcd | 2379 | 保存状态 |\n\n\
             ```yaml\napiVersion: v1\nkind: Pod\nmetadata:\n  name: pod-{n}-{section}\nspec:\n  containers:\n  - name: app\n    image: nginx:1.{n}\n```\n\n",
            if section == 0 { n } else { n + section * 100_000 },
            link(n + section + 1),
            link(n * 7 + section),
        );
    }
    text
}

/// Writes a book of so many pages.
fn write(root: &Path, pages: usize) {
    for n in 0..pages {
        let folder = root.join(format!("src/{:02}", n / 100));
        std::fs::create_dir_all(&folder).expect("a folder");
        std::fs::write(folder.join(format!("{n:05}.md")), page(n, pages)).expect("a page");
    }
}

fn read(root: &Path) -> Book {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let root = Root::open(root, &mut sources, &mut report).expect("the folder is there");
    let options = book::Options { dest: root.dest(), ..book::Options::default() };
    let book = book::read(root, &options, &mut sources, &mut report);
    assert!(report.notes().is_empty(), "{:?}", report.notes());
    book
}

#[divan::bench(args = [10, 100, 1000], sample_count = 5)]
fn reading(bencher: divan::Bencher, pages: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), pages);
    bencher.counter(ItemsCount::new(pages)).bench_local(|| read(folder.path()));
}

#[divan::bench(args = [10, 100, 1000], sample_count = 5)]
fn making_in_memory(bencher: divan::Bencher, pages: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), pages);
    let book = read(folder.path());
    bencher.counter(ItemsCount::new(pages)).bench_local(|| {
        let (site, mut report) = (Memory::default(), Report::default());
        build::build(&book, &site, &Progress::default(), &mut report).expect("memory takes everything");
        site
    });
}

#[divan::bench(args = [10, 100, 1000], sample_count = 5)]
fn whole_build_on_disk(bencher: divan::Bencher, pages: usize) {
    let folder = tempfile::tempdir().expect("a folder");
    write(folder.path(), pages);
    let mut nth = 0;
    bencher.counter(ItemsCount::new(pages)).bench_local(|| {
        nth += 1;
        let book = read(folder.path());
        let dest = folder.path().join(format!("site-{nth}"));
        let root = folder.path().canonicalize().expect("the root");
        let places = DestinationSources { root: &root, src: &root.join("src") };
        let staging = Staging::new(&Destination::check(&dest, places).expect("a new folder")).expect("the disk");
        let mut report = Report::default();
        build::build(&book, &staging, &Progress::default(), &mut report).expect("the disk");
        staging.commit().expect("the disk")
    });
}
