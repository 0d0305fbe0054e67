//! Navigation: in which order and grouping the pages stand.

use super::PageId;

/// Index of an item of a [`Nav`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub u32);

/// What stands at the top level of the sidebar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// The heading of a part.
    Part(String),
    /// A line.
    Separator,
    /// A chapter.
    Item(ItemId),
}

/// Where a chapter leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NavTarget {
    /// To a page, perhaps to an anchor of it.
    Page(PageId, Option<String>),
    /// Out of the site.
    Outside(String),
    /// Nowhere yet: a draft, or a heading over its children.
    Nowhere,
}

/// A chapter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavItem {
    /// The title that SUMMARY.md or a folder's name gives; else the page's own counts.
    pub title: Option<String>,
    /// Where it leads.
    pub target: NavTarget,
    /// `1.2.` of a numbered chapter; empty for others.
    pub number: Vec<u32>,
    /// The chapter it stands under.
    pub parent: Option<ItemId>,
    /// The chapters under it.
    pub children: Vec<ItemId>,
}

/// The navigation of a book.
#[derive(Clone, Debug, Default)]
pub struct Nav {
    /// The top level.
    pub entries: Vec<Entry>,
    /// All items; a parent stands before its children.
    pub items: Vec<NavItem>,
}

impl Nav {
    /// Adds an item below `parent`, or to the top level.
    pub fn push(&mut self, item: NavItem) -> ItemId {
        let id = ItemId(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
        match item.parent {
            Some(parent) => self.items[parent.0 as usize].children.push(id),
            None => self.entries.push(Entry::Item(id)),
        }
        self.items.push(item);
        id
    }

    /// An item.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &NavItem {
        &self.items[id.0 as usize]
    }

    /// The pages in reading order, each once, with the item that leads to it.
    ///
    /// Items are made depth first, so their order is the reading order.
    #[must_use]
    pub fn reading_order(&self) -> Vec<(PageId, ItemId)> {
        let mut seen = std::collections::HashSet::new();
        let mut order = Vec::with_capacity(self.items.len());
        for (at, item) in self.items.iter().enumerate() {
            if let NavTarget::Page(page, _) = item.target
                && seen.insert(page)
            {
                order.push((page, ItemId(u32::try_from(at).unwrap_or(u32::MAX))));
            }
        }
        order
    }
}
