//! Mentions: the concepts that the prose of a page names.

use crate::book::PageId;
use crate::concept::{ConceptId, Concepts, Found, Own};
use crate::config::MentionLinks;
use crate::index::Index;
use crate::markdown::Run;
use std::collections::HashSet;
use std::ops::Range;

/// A concept that is named in the prose of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where, in bytes of the Markdown.
    pub range: Range<u32>,
    /// Which.
    pub concept: ConceptId,
    /// How many headings come before.
    pub section: u32,
    /// The paragraph, cell or item it stands in.
    pub block: Range<u32>,
}

/// The mentions of a page, in order: of each section the first of each concept, or as the book wants it.
///
/// Its own definition mentions no concept, and one whose page is not built leads nowhere.
#[must_use]
pub fn mentions(page: PageId, index: &Index<'_>, concepts: &Concepts, built: &[bool]) -> Vec<Mention> {
    let source = index.page(page);
    if concepts.matcher.is_empty() || source.is_error_page() || !built[page.at()] {
        return Vec::new();
    }
    let facts = &index.facts[page.at()];
    let wanted = index.book.config.portolan.concepts.link;
    let text = source.text.markdown();
    let mut seen: HashSet<(u32, ConceptId)> = HashSet::new();
    let mut mentions = Vec::new();
    let mut found: Vec<Found<'_>> = Vec::new();
    for run in &facts.prose.runs {
        let Some(words) = text.get(run.range.start as usize..run.range.end as usize) else { continue };
        concepts.matcher.find(words, &mut found);
        for name in &found {
            let Some(concept) = concepts.meant(name, page, index) else { continue };
            if !leads_on(concept, page, run, concepts, built) {
                continue;
            }
            // The first cell of a row is what the row is about: it leads to the definition in any case.
            let names_row = run.row.is_some_and(|row| concepts.in_row(page, row).any(|id| id == concept));
            let section = match wanted {
                MentionLinks::Section | MentionLinks::None => run.section,
                MentionLinks::Page => 0,
                MentionLinks::All => u32::try_from(mentions.len()).unwrap_or(u32::MAX),
            };
            let is_first = seen.insert((section, concept));
            if is_first || names_row && is_new_row(&mentions, concept, run, &facts.prose.blocks) {
                let start = |at: usize| run.range.start + u32::try_from(at).unwrap_or(0);
                mentions.push(Mention {
                    range: start(name.range.start)..start(name.range.end),
                    concept,
                    section: run.section,
                    block: facts.prose.blocks.get(run.block as usize).cloned().unwrap_or_default(),
                });
            }
        }
    }
    mentions
}

/// Whether a mention leads to somewhere else than where it stands.
fn leads_on(concept: ConceptId, page: PageId, run: &Run, concepts: &Concepts, built: &[bool]) -> bool {
    let Some(home) = &concepts.get(concept).home else { return false };
    if home.page != page {
        return built[home.page.at()];
    }
    match &home.own {
        Own::Page => false,
        Own::Sections(sections) => !sections.contains(&run.section),
        Own::Row(row) => run.row != Some(*row),
    }
}

/// Whether a row has no link to its concept yet.
fn is_new_row(mentions: &[Mention], concept: ConceptId, run: &Run, blocks: &[Range<u32>]) -> bool {
    let start = blocks.get(run.block as usize).map_or(run.range.start, |b| b.start);
    !mentions.iter().rev().take(64).any(|m| m.concept == concept && m.range.start >= start)
}
