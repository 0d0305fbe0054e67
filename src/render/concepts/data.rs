//! `concepts.json`: what portolan knows of the book's concepts, for other tools. The manual documents its schema.

use crate::book::Lifecycle;
use crate::output::Output;
use crate::path::SitePath;
use crate::render::Shared;
use serde::Serialize;

/// `concepts.json`.
#[derive(Serialize)]
pub struct Data<'a> {
    /// Of this schema.
    pub version: u32,
    /// BCP 47 tag of the book.
    pub language: &'a str,
    /// All concepts.
    pub concepts: Vec<ConceptData<'a>>,
    /// Who talks to whom.
    pub relations: Vec<RelationData<'a>>,
    /// The pages, in reading order.
    pub pages: Vec<PageData<'a>>,
}

/// A concept.
#[derive(Serialize)]
pub struct ConceptData<'a> {
    /// Its id.
    pub id: &'a str,
    /// Chinese name; may be empty.
    pub zh: &'a str,
    /// English name; may be empty.
    pub en: &'a str,
    /// Other names.
    pub aliases: &'a [Box<str>],
    /// Spellings that are errors.
    pub misspelt: &'a [Box<str>],
    /// Names that are everyday words too: no text is linked by them.
    pub unlinked: &'a [Box<str>],
    /// What it is: component, object …
    pub kind: &'a str,
    /// What it is, in a sentence; may be empty.
    pub definition: &'a str,
    /// `state`, `since`, `removed-in`, `replaced-by`.
    pub lifecycle: &'a Lifecycle,
    /// Where it is explained, from the root of the site; `null` if nowhere.
    pub href: Option<String>,
}

/// One concept leads to another in a diagram.
#[derive(Serialize)]
pub struct RelationData<'a> {
    /// Id of who.
    pub from: &'a str,
    /// Id of whom.
    pub to: &'a str,
    /// What for; may be empty.
    pub label: &'a str,
    /// By which protocol, on which port; may be empty.
    pub protocol: String,
    /// The diagrams, as addresses.
    pub diagrams: Vec<String>,
}

/// A page.
#[derive(Serialize)]
pub struct PageData<'a> {
    /// Its Markdown file.
    pub source: &'a str,
    /// Its title.
    pub title: &'a str,
    /// Its address.
    pub href: String,
    /// At home there.
    pub declares: Vec<&'a str>,
    /// Named there.
    pub mentions: Vec<&'a str>,
}

/// The file.
pub(super) fn json(shared: &Shared<'_>) -> Output {
    let out = SitePath::fixed("concepts.json");
    let (index, concepts, connections) = (shared.index, shared.concepts, shared.connections);
    let id = |id| &*concepts.get(id).id;
    let concept = |c: &'_ crate::concept::Concept| c.home.as_ref().and_then(|home| shared.home_href(home, &out));
    let pages = index.reading.order().iter().filter(|page| shared.built[page.at()]).map(|page| {
        let mut mentions: Vec<&str> = connections.of(*page).0.iter().map(|m| id(m.concept)).collect();
        mentions.sort_unstable();
        mentions.dedup();
        PageData {
            source: index.page(*page).path.as_str(),
            title: index.title(*page),
            href: index.page(*page).out.href_from(&out),
            declares: connections.at_home(*page).iter().map(|c| id(*c)).collect(),
            mentions,
        }
    });
    let data = Data {
        version: 1,
        language: index.book.language.tag(),
        concepts: concepts
            .all
            .iter()
            .map(|c| ConceptData {
                id: &c.id,
                zh: &c.zh,
                en: &c.en,
                aliases: &c.aliases,
                misspelt: &c.misspelt,
                unlinked: &c.unlinked,
                kind: &c.kind,
                definition: &c.gist,
                lifecycle: &c.lifecycle,
                href: concept(c),
            })
            .collect(),
        relations: connections
            .relations
            .iter()
            .map(|r| RelationData {
                from: id(r.from),
                to: id(r.to),
                label: &r.label,
                protocol: r.protocol(),
                diagrams: r.sources.iter().filter_map(|s| super::foot::diagram(shared, &out, *s).href).collect(),
            })
            .collect(),
        pages: pages.collect(),
    };
    let text = serde_json::to_string_pretty(&data).unwrap_or_default();
    Output::text(out, text + "\n")
}
