//! Links: what each link of a page leads to, and which pages the site therefore has.

mod reach;
mod resolve;

pub use reach::reachable;

use crate::book::PageId;
use crate::diagnostic::Checked;
use crate::index::{Index, Target};

/// The links of a page, resolved, in the order of [`crate::markdown::Facts::links`].
#[derive(Clone, Debug, Default)]
pub struct Links {
    /// One a link.
    pub targets: Vec<Target>,
}

/// Resolves the links of a page.
#[must_use]
pub fn link(page: PageId, index: &Index<'_>) -> Checked<Links> {
    let mut notes = Vec::new();
    let targets = index.facts[page.at()]
        .links
        .iter()
        .map(|link| resolve::Resolver { page, index, notes: &mut notes }.target(link))
        .collect();
    Checked { value: Links { targets }, notes }
}
