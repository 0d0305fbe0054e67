//! The navigation of the site as a page shows it.
//!
//! A small book's whole tree stands in every page, folded by `<details>`, so that it works without a script. Of a
//! large one a page carries its own branch and the top level, and of very many siblings those around; a link leads to
//! the page that lists all. So the bytes of a site grow with its pages, not with their square.

use super::Shared;
use crate::book::{Entry, ItemId, NavTarget, PageId};
use crate::index::{Target, first_page};
use crate::path::SitePath;
use serde::Serialize;
use std::fmt::Write as _;

/// Up to so many items the whole tree is shown.
const WHOLE: usize = 160;
/// Up to so many items everything is unfolded.
const UNFOLDED: usize = 24;
/// Of more siblings than this only those around are shown.
const SIBLINGS: usize = 60;

/// A line of the sidebar. Lines stand in order; an item with `children` opens a list that a later line's `closes` ends.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub struct Row<'a> {
    /// What the line is.
    pub kind: RowKind,
    /// Its words.
    pub title: &'a str,
    /// `1.2.` before them; empty if chapters are not numbered.
    pub number: String,
    /// Where it leads; nowhere if it is a draft or a heading.
    pub href: Option<String>,
    /// Whether it is the page itself.
    pub current: bool,
    /// Whether lines below it follow.
    pub children: bool,
    /// Whether those are unfolded.
    pub open: bool,
    /// How many lists end after it.
    pub closes: usize,
}

/// What a line of the sidebar is.
#[derive(Clone, Copy, Debug, Default, Serialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum RowKind {
    /// A chapter.
    #[default]
    Item,
    /// The heading of a part.
    Part,
    /// A line between.
    Separator,
    /// Stands for more siblings than are shown; leads to all pages.
    More,
}

/// Makes the sidebar of a page, or of a page outside the navigation.
pub(super) fn rows<'a>(shared: &'a Shared<'_>, out: &SitePath, page: Option<PageId>) -> Vec<Row<'a>> {
    let reading = &shared.index.reading;
    let nav = &shared.index.book.nav;
    let branch: Vec<ItemId> = page
        .and_then(|page| reading.item(page).map(|item| (page, item)))
        .map(|(page, item)| {
            let mut branch = reading.ancestors(nav, page);
            branch.push(item);
            branch
        })
        .unwrap_or_default();
    let scope = if nav.items.len() <= WHOLE { Scope::Whole } else { Scope::Branch };
    Maker { shared, out, branch, scope, rows: Vec::new() }.rows()
}

/// All items, each unfolded: what the page with all pages shows.
pub(super) fn all<'a>(shared: &'a Shared<'_>, out: &SitePath) -> Vec<Row<'a>> {
    Maker { shared, out, branch: Vec::new(), scope: Scope::All, rows: Vec::new() }.rows()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Everything, folded where it is not needed.
    Whole,
    /// What is around the page.
    Branch,
    /// Everything, unfolded.
    All,
}

struct Maker<'a, 's, 'o> {
    shared: &'a Shared<'s>,
    out: &'o SitePath,
    /// The items from the top level down to the page's own.
    branch: Vec<ItemId>,
    scope: Scope,
    rows: Vec<Row<'a>>,
}

impl<'a> Maker<'a, '_, '_> {
    fn rows(mut self) -> Vec<Row<'a>> {
        let nav = &self.shared.index.book.nav;
        let entries: Vec<usize> = (0..nav.entries.len()).collect();
        let own = |at: &usize| matches!(nav.entries[*at], Entry::Item(id) if self.branch.contains(&id));
        let window = Window::around(&entries, own, self.scope);
        self.more(window.before);
        for at in window.shown.iter().copied() {
            match &nav.entries[at] {
                Entry::Part(title) => self.rows.push(Row { kind: RowKind::Part, title, ..Row::default() }),
                Entry::Separator => self.rows.push(Row { kind: RowKind::Separator, ..Row::default() }),
                Entry::Item(id) => self.tree(*id),
            }
        }
        self.more(window.after);
        self.rows
    }

    /// An item and what is shown below it.
    fn tree(&mut self, top: ItemId) {
        enum Step {
            Enter(ItemId),
            More,
            Close,
        }
        let nav = &self.shared.index.book.nav;
        let mut open = vec![Step::Enter(top)];
        while let Some(step) = open.pop() {
            match step {
                Step::Close => {
                    if let Some(last) = self.rows.last_mut() {
                        last.closes += 1;
                    }
                }
                Step::More => self.more(true),
                Step::Enter(id) => {
                    let children = &nav.item(id).children;
                    let shown = !children.is_empty() && (self.scope != Scope::Branch || self.branch.contains(&id));
                    self.item(id, shown);
                    if !shown {
                        continue;
                    }
                    let window = Window::around(children, |c| self.branch.contains(c), self.scope);
                    open.push(Step::Close);
                    open.extend(window.after.then_some(Step::More));
                    open.extend(window.shown.iter().rev().map(|c| Step::Enter(*c)));
                    open.extend(window.before.then_some(Step::More));
                }
            }
        }
    }

    fn item(&mut self, id: ItemId, children: bool) {
        let shared = self.shared;
        let nav = &shared.index.book.nav;
        let item = nav.item(id);
        let page = |target: &Target| shared.index.href(self.out, target);
        let (title, href) = match &item.target {
            NavTarget::Page(to, anchor) => {
                let title = item.title.as_deref().unwrap_or_else(|| shared.index.title(*to));
                (title, page(&Target::Page(*to, anchor.as_deref().map(Into::into))))
            }
            NavTarget::Outside(url) => (item.title.as_deref().unwrap_or(url), Some(url.clone())),
            // What is folded away must still be reached.
            NavTarget::Nowhere if !children && !item.children.is_empty() => (
                item.title.as_deref().unwrap_or_default(),
                first_page(nav, id).and_then(|to| page(&Target::Page(to, None))),
            ),
            NavTarget::Nowhere => (item.title.as_deref().unwrap_or_default(), None),
        };
        let current = self.branch.last() == Some(&id);
        let open = children && self.is_unfolded(id, item.number.len());
        let number =
            if shared.index.book.config.output.html.no_section_label { String::new() } else { numbered(&item.number) };
        self.rows.push(Row { kind: RowKind::Item, title, number, href, current, children, open, closes: 0 });
    }

    fn is_unfolded(&self, id: ItemId, level: usize) -> bool {
        let book = self.shared.index.book;
        let fold = &book.config.output.html.fold;
        let by_setting = fold.enable && level <= usize::from(fold.level);
        self.scope == Scope::All
            || by_setting
            || self.branch.contains(&id)
            || (!fold.enable && book.nav.items.len() <= UNFOLDED)
    }

    fn more(&mut self, wanted: bool) {
        if wanted {
            let href = Some(self.shared.contents.href_from(self.out));
            self.rows.push(Row {
                kind: RowKind::More,
                title: &self.shared.theme.labels.contents,
                href,
                ..Row::default()
            });
        }
    }
}

fn numbered(number: &[u32]) -> String {
    number.iter().fold(String::new(), |mut text, n| {
        let _ = write!(text, "{n}.");
        text
    })
}

/// The siblings that are shown.
struct Window<'c, T> {
    shown: &'c [T],
    before: bool,
    after: bool,
}

impl<'c, T> Window<'c, T> {
    fn around(siblings: &'c [T], own: impl Fn(&T) -> bool, scope: Scope) -> Self {
        if scope != Scope::Branch || siblings.len() <= SIBLINGS {
            return Window { shown: siblings, before: false, after: false };
        }
        let at = siblings.iter().position(own).unwrap_or(0);
        let start = at.saturating_sub(SIBLINGS / 2).min(siblings.len() - SIBLINGS);
        let end = start + SIBLINGS;
        Window { shown: &siblings[start..end], before: start > 0, after: end < siblings.len() }
    }
}
