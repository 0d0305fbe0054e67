//! `interactions.html`: who talks to whom, by the diagrams of the book: one drawing, one matrix, one list.

use super::foot::{Other, other};
use crate::concept::{ConceptId, Relation};
use crate::diagnostic::Diagnostic;
use crate::diagram::{self, Phrases};
use crate::output::Output;
use crate::path::SitePath;
use crate::render::Shared;
use crate::render::context::{self, Link, PageContext};
use crate::theme::Template;
use serde::Serialize;
use std::collections::BTreeMap;

/// Past this many concepts a matrix is a wall.
const MATRIX: usize = 60;
/// Past this many concepts a drawing is a ball of wool; those with the most relations are drawn.
const DRAWN: usize = 70;

/// What `interactions.html` gets.
#[derive(Serialize)]
pub struct InteractionsContext<'a> {
    /// All that other pages get.
    #[serde(flatten)]
    pub base: PageContext<'a>,
    /// The drawing, SVG; may be empty.
    pub drawing: String,
    /// The columns: those that are called.
    pub columns: Vec<Link>,
    /// The rows: those that call.
    pub rows: Vec<MatrixRow>,
    /// All relations.
    pub relations: Vec<Row>,
    /// How many relations there are.
    pub count: usize,
}

/// A row of the matrix: one that calls.
#[derive(Serialize)]
pub struct MatrixRow {
    /// Its name.
    pub name: String,
    /// Where it is explained.
    pub href: Option<String>,
    /// One a column.
    pub cells: Vec<Cell>,
}

/// What one says to another.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Cell {
    /// The row of the list; empty if there is nothing.
    pub href: String,
    /// The words.
    pub words: String,
}

/// A relation.
#[derive(Serialize)]
pub struct Row {
    /// Its anchor.
    pub id: String,
    /// Who.
    pub from: Other,
    /// Whom, what for, and the diagrams that say so.
    pub to: Other,
}

/// Makes the page.
pub(super) fn page(shared: &Shared<'_>, out: &SitePath) -> Result<Output, Diagnostic> {
    let relations = &shared.connections.relations;
    let mut base = context::outside(shared, out, &shared.theme.labels.interactions);
    base.sidebar = crate::render::sidebar::rows(shared, out, None);
    let (columns, rows) = matrix(shared, out, relations);
    let list = relations.iter().enumerate().map(|(at, relation)| Row {
        id: row_id(at),
        from: other(shared, out, relation.from, relation),
        to: other(shared, out, relation.to, relation),
    });
    let context = InteractionsContext {
        base,
        drawing: drawing(shared, out, relations),
        columns,
        rows,
        relations: list.collect(),
        count: relations.len(),
    };
    Ok(Output::text(out.clone(), shared.theme.templates.render(Template::Interactions, &context)?))
}

fn row_id(at: usize) -> String {
    format!("r:{}", at + 1)
}

fn link(shared: &Shared<'_>, out: &SitePath, id: ConceptId) -> Link {
    let concept = shared.concepts.get(id);
    Link {
        title: concept.name(&shared.index.book.language).to_owned(),
        href: concept.home.as_ref().and_then(|home| shared.home_href(home, out)),
        description: String::new(),
    }
}

fn matrix(shared: &Shared<'_>, out: &SitePath, relations: &[Relation]) -> (Vec<Link>, Vec<MatrixRow>) {
    let mut callers: Vec<ConceptId> = relations.iter().map(|r| r.from).collect();
    let mut called: Vec<ConceptId> = relations.iter().map(|r| r.to).collect();
    for ids in [&mut callers, &mut called] {
        ids.sort_unstable();
        ids.dedup();
    }
    if callers.len() > MATRIX || called.len() > MATRIX {
        return (Vec::new(), Vec::new());
    }
    let mut cells: BTreeMap<(ConceptId, ConceptId), Cell> = BTreeMap::new();
    for (at, relation) in relations.iter().enumerate() {
        let cell = cells.entry((relation.from, relation.to)).or_default();
        if cell.href.is_empty() {
            cell.href = format!("#{}", row_id(at));
        }
        if !relation.label.is_empty() {
            if !cell.words.is_empty() {
                cell.words.push_str("; ");
            }
            cell.words.push_str(&relation.label);
        }
    }
    let rows = callers.iter().map(|from| {
        let Link { title: name, href, .. } = link(shared, out, *from);
        let cells = called.iter().map(|to| cells.get(&(*from, *to)).cloned().unwrap_or_default()).collect();
        MatrixRow { name, href, cells }
    });
    let rows = rows.collect();
    (called.iter().map(|id| link(shared, out, *id)).collect(), rows)
}

/// All relations in one drawing.
fn drawing(shared: &Shared<'_>, out: &SitePath, relations: &[Relation]) -> String {
    let mut weight: BTreeMap<ConceptId, usize> = BTreeMap::new();
    for relation in relations {
        *weight.entry(relation.from).or_default() += 1;
        *weight.entry(relation.to).or_default() += 1;
    }
    let mut drawn: Vec<(ConceptId, usize)> = weight.into_iter().collect();
    drawn.sort_by_key(|(id, weight)| (usize::MAX - weight, *id));
    drawn.truncate(DRAWN);
    drawn.sort_unstable();
    let at = |id: ConceptId| drawn.binary_search_by_key(&id, |(id, _)| *id).ok();
    let language = &shared.index.book.language;
    let names: Vec<String> = drawn.iter().map(|(id, _)| shared.concepts.get(*id).name(language).to_owned()).collect();
    let mut arrows: BTreeMap<(usize, usize), Vec<&str>> = BTreeMap::new();
    for relation in relations {
        if let (Some(from), Some(to)) = (at(relation.from), at(relation.to)) {
            let words = arrows.entry((from, to)).or_default();
            if !relation.label.is_empty() && words.len() < 2 {
                words.push(&relation.label);
            }
        }
    }
    let arrows = arrows.into_iter().map(|((from, to), words)| diagram::Arrow { from, to, label: words.join("\n") });
    let by_name = |name: &str| {
        let at = names.iter().position(|n| n == name)?;
        link(shared, out, drawn[at].0).href
    };
    let phrases = if language.is_chinese() { Phrases::CHINESE } else { Phrases::ENGLISH };
    let options = diagram::Options { prefix: "d:1", phrases, link: &by_name, standalone: false };
    diagram::draw_arrows(&names, arrows, &options).svg
}
