//! A large book: the bytes of a page do not grow with the book, and every page can be reached all the same.

mod harness;

use harness::TestBook;
use std::collections::HashSet;

fn book(pages: usize) -> TestBook {
    let book = TestBook::new(&[("src/README.md", "# Home\n")]);
    for n in 0..pages {
        book.write(&format!("src/part-{}/{n:04}.md", n % 3), format!("# Page {n}\n\nText.\n"));
    }
    book
}

#[test]
fn a_page_of_a_large_book_carries_its_own_branch_only() {
    let small = book(300).build();
    let large = book(1500).build();
    let page = "part-0/0150.html";
    assert!(large.text(page).len() < small.text(page).len() + 200);
    assert!(large.text(page).contains("0147.html") && large.text(page).contains("0153.html"));
    assert!(!large.text(page).contains("1497.html") && large.text(page).contains("contents.html"));
}

#[test]
fn every_page_can_be_reached_from_the_home_page() {
    let built = book(700).build();
    let mut reached = HashSet::new();
    let mut open = vec!["index.html".to_owned()];
    while let Some(page) = open.pop() {
        if !reached.insert(page.clone()) {
            continue;
        }
        let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
        for part in built.text(&page).split("<a ").skip(1) {
            let Some(href) = part.split("href=\"").nth(1).and_then(|h| h.split('"').next()) else { continue };
            let mut path: Vec<&str> = folder.split('/').filter(|p| !p.is_empty()).collect();
            for step in href.split('#').next().unwrap_or_default().split('/') {
                match step {
                    ".." => drop(path.pop()),
                    step => path.push(step),
                }
            }
            let target = path.join("/");
            if target.ends_with(".html") && built.files.contains_key(&target) {
                open.push(target);
            }
        }
    }
    let pages = built.files.keys().filter(|p| p.ends_with(".html") && p.as_str() != "404.html").count();
    assert_eq!(reached.len(), pages);
}
