//! Links: what each link of a page leads to, and which pages the site therefore has; which concepts its prose names;
//! and all of that turned round.

mod backlinks;
mod mention;
mod reach;
mod references;
mod resolve;

pub use backlinks::{Backlink, Backlinks, backlinks};
pub use mention::{Mention, mentions};
pub use reach::reachable;
pub use references::{Reference, ReferenceKind, references};

use crate::book::PageId;
use crate::concept::Concepts;
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
pub fn link(page: PageId, index: &Index<'_>, concepts: &Concepts) -> Checked<Links> {
    let mut notes = Vec::new();
    let targets = index.facts[page.at()]
        .links
        .iter()
        .map(|link| resolve::Resolver { page, index, concepts, notes: &mut notes }.target(link))
        .collect();
    Checked { value: Links { targets }, notes }
}
