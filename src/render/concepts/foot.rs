//! What stands below a page: whom its concepts talk to, and who leads to it.

use crate::concept::{ConceptId, Relation, Source};
use crate::index::Target;
use crate::link::Backlink;
use crate::markdown::{plain, sentence};
use crate::path::SitePath;
use crate::render::context::Link;
use crate::render::{PageInput, Shared};
use serde::Serialize;

/// Whom a concept of the page talks to.
#[derive(Clone, Debug, Serialize)]
pub struct Interaction {
    /// The concept.
    pub name: String,
    /// Those it calls.
    pub calls: Vec<Other>,
    /// Those that call it.
    pub called_by: Vec<Other>,
}

/// The other end of a relation.
#[derive(Clone, Debug, Serialize)]
pub struct Other {
    /// Its name.
    pub name: String,
    /// Where it is explained.
    pub href: Option<String>,
    /// What for; may be empty.
    pub label: String,
    /// By which protocol, on which port; may be empty.
    pub protocol: String,
    /// The diagrams that say so.
    pub sources: Vec<Link>,
}

/// Who leads to a page.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Backlinked {
    /// In reading order.
    pub rows: Vec<BacklinkRow>,
    /// How many there are, if not all are shown; else 0.
    pub of: usize,
}

/// A page that leads here.
#[derive(Clone, Debug, Serialize)]
pub struct BacklinkRow {
    /// Its title.
    pub title: String,
    /// The place.
    pub href: String,
    /// The concepts it names, if it names them and does not link by itself.
    pub concepts: Vec<String>,
    /// The sentence, without markup.
    pub sentence: String,
}

/// Whom the concepts of a page talk to, by the diagrams of the book.
pub fn interactions(input: &PageInput<'_>, out: &SitePath) -> Vec<Interaction> {
    let (shared, connections) = (input.shared, input.shared.connections);
    let mut all = Vec::new();
    for id in connections.at_home(input.id) {
        let mut interaction = Interaction { name: name(shared, *id), calls: Vec::new(), called_by: Vec::new() };
        for relation in connections.relations_of(*id) {
            if relation.from == *id {
                interaction.calls.push(other(shared, out, relation.to, relation));
            } else {
                interaction.called_by.push(other(shared, out, relation.from, relation));
            }
        }
        if !interaction.calls.is_empty() || !interaction.called_by.is_empty() {
            all.push(interaction);
        }
    }
    all
}

fn name(shared: &Shared<'_>, id: ConceptId) -> String {
    shared.concepts.get(id).name(&shared.index.book.language).to_owned()
}

pub(super) fn other(shared: &Shared<'_>, out: &SitePath, id: ConceptId, relation: &Relation) -> Other {
    let home = shared.concepts.get(id).home.as_ref();
    Other {
        name: name(shared, id),
        href: home.and_then(|home| shared.home_href(home, out)),
        label: relation.label.to_string(),
        protocol: relation.protocol(),
        sources: relation.sources.iter().map(|source| diagram(shared, out, *source)).collect(),
    }
}

/// The way to a diagram.
pub(super) fn diagram(shared: &Shared<'_>, out: &SitePath, source: Source) -> Link {
    let anchor = format!("fig:{}", source.number);
    Link {
        title: shared.index.title(source.page).to_owned(),
        href: shared.index.href(out, &Target::Page(source.page, Some(anchor.into()))),
        description: String::new(),
    }
}

/// Who leads to a page; the concepts that one page names share a row.
pub fn linked_from(input: &PageInput<'_>, out: &SitePath) -> Backlinked {
    let shared = input.shared;
    let mut rows: Vec<(crate::book::PageId, BacklinkRow)> = Vec::new();
    for link in &input.backlinks.shown {
        let concept = link.concept.map(|id| name(shared, id));
        match rows.last_mut().filter(|(from, _)| *from == link.from) {
            Some((_, row)) => row.concepts.extend(concept),
            None => {
                let Some(href) = place(shared, out, link) else { continue };
                let row = BacklinkRow {
                    title: shared.index.title(link.from).to_owned(),
                    href,
                    concepts: concept.into_iter().collect(),
                    sentence: words(shared, link),
                };
                rows.push((link.from, row));
            }
        }
    }
    let all = input.backlinks.count > input.backlinks.shown.len();
    Backlinked { rows: rows.into_iter().map(|(_, row)| row).collect(), of: if all { input.backlinks.count } else { 0 } }
}

fn place(shared: &Shared<'_>, out: &SitePath, link: &Backlink) -> Option<String> {
    let heading =
        (link.section as usize).checked_sub(1).and_then(|at| shared.index.facts[link.from.at()].headings.get(at));
    let anchor = heading.filter(|h| h.shown > 1).map(|h| h.id.clone());
    shared.index.href(out, &Target::Page(link.from, anchor))
}

/// The sentence around a link, cut to what a glance takes in.
fn words(shared: &Shared<'_>, link: &Backlink) -> String {
    const ENOUGH: usize = 140;
    let markdown = shared.index.page(link.from).text.markdown();
    let text = plain(sentence(markdown, &link.block, &link.at), &shared.dialect);
    match text.char_indices().nth(ENOUGH) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
        None => text,
    }
}
