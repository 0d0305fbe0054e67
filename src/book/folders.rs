//! Navigation from the folders, where there is no SUMMARY.md.
//!
//! A folder's page is its `README.md` or `index.md`; a folder without one gets a page that lists what is in it. Files
//! stand in the order of their `weight`, then of their names, numbers by value; `01-` orders and is not shown.

use super::nav::{Nav, NavItem, NavTarget};
use super::{ItemId, PageId};
use crate::path::RelPath;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// A page as far as its place in the folders matters.
pub struct Placed<'a> {
    /// Its source.
    pub path: &'a RelPath,
    /// Its weight, if it names one.
    pub weight: Option<i64>,
}

/// The folders that have pages below them but no page of their own, sorted.
#[must_use]
pub fn without_page(pages: &[Placed<'_>]) -> Vec<RelPath> {
    let mut has_page: BTreeMap<RelPath, bool> = BTreeMap::new();
    for page in pages {
        let mut folder = page.path.parent();
        *has_page.entry(folder.clone()).or_default() |= page.path.is_folder_page();
        while !folder.is_root() {
            folder = folder.parent();
            has_page.entry(folder.clone()).or_default();
        }
    }
    has_page.into_iter().filter(|(_, has)| !has).map(|(folder, _)| folder).collect()
}

/// A folder's name as a title: `03-container-basics` → `container basics`.
#[must_use]
pub fn title(folder: &RelPath) -> String {
    let name = folder.name();
    let bare = name.trim_start_matches(|c: char| c.is_ascii_digit());
    let bare = if bare.len() == name.len() { name } else { bare.trim_start_matches(['-', '_', '.', ' ']) };
    if bare.is_empty() { name.to_owned() } else { bare.replace(['-', '_'], " ") }
}

/// The navigation; `pages` as in the book, index by index, every folder with its page.
#[must_use]
pub fn nav(pages: &[Placed<'_>]) -> Nav {
    let mut folders: BTreeMap<RelPath, Vec<Child>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        let id = PageId(u32::try_from(at).unwrap_or(u32::MAX));
        let child =
            Child { path: page.path.clone(), page: id, weight: page.weight, is_folder: page.path.is_folder_page() };
        let owner = if child.is_folder { page.path.parent().parent() } else { page.path.parent() };
        folders.entry(owner).or_default().push(child);
    }
    for children in folders.values_mut() {
        children.sort_by(Child::order);
    }
    let mut nav = Nav::default();
    // An explicit stack: how deep folders go is the author's doing.
    let mut open = vec![(RelPath::default(), None::<ItemId>, 0)];
    while let Some((folder, item, next)) = open.pop() {
        let Some(child) = folders.get(&folder).and_then(|c| c.get(next)) else { continue };
        open.push((folder, item, next + 1));
        let target = NavTarget::Page(child.page, None);
        let parent = if child.is_home() { None } else { item };
        let id = nav.push(NavItem { title: None, target, number: Vec::new(), parent, children: Vec::new() });
        if child.is_folder && !child.is_home() {
            open.push((child.path.parent(), Some(id), 0));
        }
    }
    nav
}

struct Child {
    path: RelPath,
    page: PageId,
    weight: Option<i64>,
    is_folder: bool,
}

impl Child {
    fn is_home(&self) -> bool {
        self.is_folder && self.path.parent().is_root()
    }

    fn name(&self) -> String {
        let path = if self.is_folder { self.path.parent() } else { self.path.clone() };
        if self.is_folder { path.name().to_owned() } else { path.stem().to_owned() }
    }

    fn order(a: &Child, b: &Child) -> Ordering {
        let weight = |c: &Child| c.weight.unwrap_or(i64::MAX);
        b.is_home()
            .cmp(&a.is_home())
            .then(weight(a).cmp(&weight(b)))
            .then_with(|| natural(&a.name(), &b.name()))
            .then_with(|| a.path.cmp(&b.path))
    }
}

/// Compares names as people do: runs of digits by value, letters without regard to case.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a, b);
    loop {
        let (x, y) = match (a.chars().next(), b.chars().next()) {
            (None, None) => return Ordering::Equal,
            (None, _) => return Ordering::Less,
            (_, None) => return Ordering::Greater,
            (Some(x), Some(y)) => (x, y),
        };
        let (head_a, head_b);
        if x.is_ascii_digit() && y.is_ascii_digit() {
            (head_a, a) = digits(a);
            (head_b, b) = digits(b);
        } else {
            (head_a, a) = a.split_at(x.len_utf8());
            (head_b, b) = b.split_at(y.len_utf8());
        }
        let order = if x.is_ascii_digit() && y.is_ascii_digit() {
            head_a.len().cmp(&head_b.len()).then_with(|| head_a.cmp(head_b))
        } else {
            x.to_lowercase().cmp(y.to_lowercase())
        };
        if order.is_ne() {
            return order;
        }
    }
}

/// The digits a text begins with, without leading zeros, and the rest.
fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (text[..end].trim_start_matches('0'), &text[end..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fmt::Write as _;

    fn outline(paths: &[(&str, Option<i64>)]) -> String {
        let paths: Vec<(RelPath, Option<i64>)> =
            paths.iter().map(|(p, w)| (RelPath::new(p).expect("within"), *w)).collect();
        let placed: Vec<Placed<'_>> = paths.iter().map(|(path, weight)| Placed { path, weight: *weight }).collect();
        let nav = nav(&placed);
        let mut lines = String::new();
        for item in &nav.items {
            let mut depth = 0;
            let mut up = item.parent;
            while let Some(parent) = up {
                depth += 1;
                up = nav.item(parent).parent;
            }
            let NavTarget::Page(page, _) = item.target else { continue };
            let _ = writeln!(lines, "{}{}", "  ".repeat(depth), paths[page.at()].0);
        }
        lines
    }

    #[test]
    fn folders_nest_and_numbers_order() {
        let nav = outline(&[
            ("10-z/README.md", None),
            ("2-a/README.md", None),
            ("2-a/b.md", None),
            ("2-a/a.md", Some(9)),
            ("README.md", None),
            ("2-a/deep/README.md", None),
            ("2-a/deep/x.md", None),
        ]);
        assert_eq!(
            nav,
            "README.md\n2-a/README.md\n  2-a/a.md\n  2-a/b.md\n  2-a/deep/README.md\n    2-a/deep/x.md\n10-z/README.md\n"
        );
    }

    #[test]
    fn folders_without_a_page_are_found_at_any_depth() {
        let path = RelPath::new("a/b/c.md").expect("within");
        let folders = without_page(&[Placed { path: &path, weight: None }]);
        let names: Vec<_> = folders.iter().map(RelPath::as_str).collect();
        assert_eq!(names, ["", "a", "a/b"]);
    }

    #[test]
    fn a_number_in_front_is_not_shown() {
        let title = |s: &str| title(&RelPath::new(s).expect("within"));
        assert_eq!(title("x/03-container-basics"), "container basics");
        assert_eq!(title("2024"), "2024");
        assert_eq!(title("网络_模型"), "网络 模型");
    }
}
