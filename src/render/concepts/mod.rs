//! Concepts on pages: rows that declare them, what a page's concepts have to do with others, who leads to the page;
//! and the pages that hold all of it together.

mod badge;
mod cards;
mod data;
mod foot;
mod glossary;
mod interactions;
mod map;
mod references;

pub use badge::{Badge, badge};
pub use foot::{Backlinked, Interaction, interactions, linked_from};

use super::Shared;
use super::article::Writer;
use super::escape;
use crate::book::{Book, PageId};
use crate::concept::{ConceptId, Concepts, Relation};
use crate::diagnostic::Diagnostic;
use crate::index::Index;
use crate::link::{Backlinks, Mention, Reference};
use crate::output::Output;
use crate::path::SitePath;
use std::fmt::Write as _;

/// What pages have to do with each other, as the pages show it.
#[derive(Default)]
pub struct Connections {
    mentions: Vec<Vec<Mention>>,
    backlinks: Vec<Backlinks>,
    relations: Vec<Relation>,
    references: Vec<Reference>,
    /// Of each page, the concepts that are at home there.
    at_home: Vec<Vec<ConceptId>>,
    /// Of each concept, the relations it takes part in.
    of_concept: Vec<Vec<u32>>,
    pages: ConceptPages,
}

/// Where the pages about concepts are; `None` for one that would be empty.
#[derive(Clone, Debug, Default)]
pub struct ConceptPages {
    /// All concepts, by area and by alphabet.
    pub index: Option<SitePath>,
    /// What each is, in a sentence.
    pub glossary: Option<SitePath>,
    /// Who talks to whom.
    pub interactions: Option<SitePath>,
    /// What the book leads to.
    pub references: Option<SitePath>,
    /// The whole, drawn.
    pub map: Option<SitePath>,
}

impl ConceptPages {
    fn of(book: &Book, has_concepts: bool, has_relations: bool, has_references: bool) -> ConceptPages {
        let free = |name: &'static str, wanted: bool| {
            let path = SitePath::fixed(name);
            let taken = book.pages.iter().any(|p| p.out == path) || book.files.iter().any(|f| f.out == path);
            (wanted && !taken).then_some(path)
        };
        ConceptPages {
            index: free("concepts.html", has_concepts),
            glossary: free("glossary.html", has_concepts),
            interactions: free("interactions.html", has_relations),
            references: free("references.html", has_references),
            map: free("map.html", has_concepts),
        }
    }
}

impl Connections {
    /// Puts together what the stages before have found.
    #[must_use]
    pub fn new(
        index: &Index<'_>,
        concepts: &Concepts,
        mentions: Vec<Vec<Mention>>,
        backlinks: Vec<Backlinks>,
        relations: Vec<Relation>,
        references: Vec<Reference>,
    ) -> Self {
        let mut at_home = vec![Vec::new(); index.book.pages.len()];
        for (id, _, home) in concepts.declared() {
            at_home[home.page.at()].push(id);
        }
        let mut of_concept = vec![Vec::new(); concepts.all.len()];
        for (at, relation) in (0u32..).zip(&relations) {
            of_concept[relation.from.at()].push(at);
            of_concept[relation.to.at()].push(at);
        }
        let has_concepts = concepts.declared().next().is_some();
        let pages = ConceptPages::of(index.book, has_concepts, !relations.is_empty(), !references.is_empty());
        Connections { mentions, backlinks, relations, references, at_home, of_concept, pages }
    }

    /// The mentions and the backlinks of a page.
    #[must_use]
    pub fn of(&self, page: PageId) -> (&[Mention], &Backlinks) {
        (&self.mentions[page.at()], &self.backlinks[page.at()])
    }

    /// The concepts that are at home on a page.
    #[must_use]
    pub fn at_home(&self, page: PageId) -> &[ConceptId] {
        &self.at_home[page.at()]
    }

    /// Where the pages about concepts are.
    #[must_use]
    pub fn pages(&self) -> &ConceptPages {
        &self.pages
    }

    fn relations_of(&self, concept: ConceptId) -> impl Iterator<Item = &Relation> {
        self.of_concept[concept.at()].iter().map(|at| &self.relations[*at as usize])
    }
}

/// Into how many files the cards are cut.
#[must_use]
pub fn shards(concepts: &Concepts) -> u32 {
    cards::shards(concepts.declared().count())
}

/// The pages about concepts, their cards and their data.
pub(super) fn made(shared: &Shared<'_>) -> (Vec<Output>, Vec<Diagnostic>) {
    let (mut outputs, mut notes) = (Vec::new(), Vec::new());
    let pages = &shared.connections.pages;
    let mut add = |made: Option<Result<Output, Diagnostic>>| match made {
        Some(Ok(output)) => outputs.push(output),
        Some(Err(note)) => notes.push(note),
        None => {}
    };
    add(pages.index.as_ref().map(|path| glossary::index(shared, path)));
    add(pages.glossary.as_ref().map(|path| glossary::glossary(shared, path)));
    add(pages.interactions.as_ref().map(|path| interactions::page(shared, path)));
    add(pages.references.as_ref().map(|path| references::page(shared, path)));
    add(pages.map.as_ref().map(|path| map::page(shared, path)));
    if pages.index.is_some() {
        outputs.push(data::json(shared));
        outputs.extend(cards::cards(shared));
    }
    (outputs, notes)
}

impl Writer<'_> {
    /// Opens a row of a table or a term; one that declares a concept has its anchor.
    pub(super) fn open_declaring(&mut self, tag: &str, start: usize) {
        let rows = &self.input.facts.rows;
        let start = u32::try_from(start).unwrap_or(u32::MAX);
        let at = rows.partition_point(|row| row.start < start);
        self.row = rows.get(at).filter(|row| row.start == start).and_then(|_| u32::try_from(at).ok());
        let concepts = self.input.shared.concepts;
        let _ = write!(self.html, "<{tag}");
        if let Some(row) = self.row {
            let id = self.input.id;
            if let Some((concept, anchor)) = concepts.at_home_in(id, row) {
                self.html.push_str(" id=\"");
                escape::attribute(anchor, &mut self.html);
                self.html.push_str("\" data-concept=\"");
                escape::attribute(&concepts.get(concept).id, &mut self.html);
                self.html.push('"');
            } else if let Some(concept) = concepts.in_row(id, row).next() {
                self.html.push_str(" data-concept=\"");
                escape::attribute(&concepts.get(concept).id, &mut self.html);
                self.html.push('"');
            }
        }
        self.html.push('>');
    }

    pub(super) fn close_term(&mut self) {
        self.badges();
        self.row = None;
        self.html.push_str("</dt>\n");
    }

    /// How alive the concepts of the open row are.
    pub(super) fn badges(&mut self) {
        let Some(row) = self.row else { return };
        let shared = self.input.shared;
        let concepts: Vec<ConceptId> = shared.concepts.in_row(self.input.id, row).collect();
        for concept in concepts {
            if let Some(badge) = badge(shared, concept) {
                self.html.push(' ');
                badge.write(&mut self.html);
            }
        }
    }
}
