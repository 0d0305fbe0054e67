//! Reading order: what comes before and after a page, and what it stands under.

use crate::book::{Book, ItemId, Nav, NavTarget, PageId};
use std::collections::HashMap;

/// Where the pages stand.
#[derive(Debug, Default)]
pub struct Reading {
    order: Vec<PageId>,
    stops: HashMap<PageId, Stop>,
    home: Option<PageId>,
}

/// A page's place in the reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stop {
    /// The item that leads to it.
    pub item: ItemId,
    /// Its place in the order, from 0.
    pub at: usize,
}

impl Reading {
    /// The reading order of a book.
    #[must_use]
    pub fn of(book: &Book) -> Self {
        let order = book.nav.reading_order();
        let stops = order.iter().enumerate().map(|(at, (page, item))| (*page, Stop { item: *item, at })).collect();
        let order: Vec<PageId> = order.into_iter().map(|(page, _)| page).collect();
        let index = book.pages.iter().position(|p| p.out.rel().as_str() == "index.html");
        let home = index.map(|at| PageId(u32::try_from(at).unwrap_or(u32::MAX))).or_else(|| order.first().copied());
        Reading { order, stops, home }
    }

    /// The pages, first to last.
    #[must_use]
    pub fn order(&self) -> &[PageId] {
        &self.order
    }

    /// The page that `index.html` shows.
    #[must_use]
    pub fn home(&self) -> Option<PageId> {
        self.home
    }

    /// The item that leads to a page, if it has a place in the navigation.
    #[must_use]
    pub fn item(&self, page: PageId) -> Option<ItemId> {
        self.stops.get(&page).map(|s| s.item)
    }

    /// The page before.
    #[must_use]
    pub fn previous(&self, page: PageId) -> Option<PageId> {
        self.stops.get(&page).and_then(|s| s.at.checked_sub(1)).map(|at| self.order[at])
    }

    /// The page after.
    #[must_use]
    pub fn next(&self, page: PageId) -> Option<PageId> {
        self.stops.get(&page).and_then(|s| self.order.get(s.at + 1)).copied()
    }

    /// What a page stands under, outermost first, without itself.
    #[must_use]
    pub fn ancestors(&self, nav: &Nav, page: PageId) -> Vec<ItemId> {
        let mut up = Vec::new();
        let mut item = self.item(page).and_then(|i| nav.item(i).parent);
        while let Some(id) = item {
            up.push(id);
            item = nav.item(id).parent;
        }
        up.reverse();
        up
    }
}

/// The page an item leads to; for one that leads nowhere, the first page below it.
#[must_use]
pub fn first_page(nav: &Nav, item: ItemId) -> Option<PageId> {
    let mut open = vec![item];
    while let Some(id) = open.pop() {
        let item = nav.item(id);
        if let NavTarget::Page(page, _) = item.target {
            return Some(page);
        }
        open.extend(item.children.iter().rev());
    }
    None
}
