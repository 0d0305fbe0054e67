//! Links turned round: who leads to a page, and in which sentence.

use super::{Links, Mention};
use crate::book::PageId;
use crate::concept::{ConceptId, Concepts};
use crate::index::{Index, Target};
use std::ops::Range;

/// A page that leads here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backlink {
    /// The page.
    pub from: PageId,
    /// How many headings come before the place.
    pub section: u32,
    /// The concept that it names; `None` for a link that its author wrote.
    pub concept: Option<ConceptId>,
    /// The place, in bytes of that page's Markdown.
    pub at: Range<u32>,
    /// The paragraph, cell or item around it.
    pub block: Range<u32>,
}

/// The backlinks of a page.
#[derive(Clone, Debug, Default)]
pub struct Backlinks {
    /// In reading order, one a page and concept; at most [`Backlinks::MOST`].
    pub shown: Vec<Backlink>,
    /// How many there are.
    pub count: usize,
}

impl Backlinks {
    /// Past this many nobody reads on.
    pub const MOST: usize = 60;
}

/// Turns the links and mentions of all pages round.
#[must_use]
pub fn backlinks(
    index: &Index<'_>,
    links: &[Links],
    mentions: &[Vec<Mention>],
    concepts: &Concepts,
    built: &[bool],
) -> Vec<Backlinks> {
    let mut turned = vec![Backlinks::default(); index.book.pages.len()];
    let others = (0u32..).map(PageId).take(turned.len()).filter(|id| index.reading.item(*id).is_none());
    for from in index.reading.order().iter().copied().chain(others).filter(|page| built[page.at()]) {
        for mention in &mentions[from.at()] {
            let Some(home) = &concepts.get(mention.concept).home else { continue };
            let link = || Backlink {
                from,
                section: mention.section,
                concept: Some(mention.concept),
                at: mention.range.clone(),
                block: mention.block.clone(),
            };
            add(&mut turned[home.page.at()], home.page, from, Some(mention.concept), link);
        }
        let facts = &index.facts[from.at()];
        for (target, fact) in links[from.at()].targets.iter().zip(&facts.links) {
            let Target::Page(to, _) = target else { continue };
            let link = || Backlink {
                from,
                section: 0,
                concept: None,
                at: fact.range.clone(),
                block: block_around(&facts.prose.blocks, &fact.range),
            };
            add(&mut turned[to.at()], *to, from, None, link);
        }
    }
    turned
}

fn add(into: &mut Backlinks, to: PageId, from: PageId, concept: Option<ConceptId>, link: impl Fn() -> Backlink) {
    let same = |known: &Backlink| known.from == from && (concept.is_none() || known.concept == concept);
    if to == from || into.shown.iter().rev().take_while(|known| known.from == from).any(same) {
        return;
    }
    into.count += 1;
    if into.shown.len() < Backlinks::MOST {
        into.shown.push(link());
    }
}

/// The innermost block around a place; the place itself if there is none.
fn block_around(blocks: &[Range<u32>], at: &Range<u32>) -> Range<u32> {
    let until = blocks.partition_point(|block| block.start <= at.start);
    blocks[..until].iter().rev().take(16).find(|block| block.end >= at.end).unwrap_or(at).clone()
}
