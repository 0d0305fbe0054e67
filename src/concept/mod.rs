//! Concepts: what the pages are about, declared by tables, headings and `concepts.toml`.
//!
//! In: the index. Out: [`Concepts`]: each with its names, its life cycle, a sentence that says what it is, and its
//! [`Home`], the place that declares it. How: the names of the file come first; a row of a table of concepts, or a term
//! of a definition list, that is none of them is a concept of its own; a heading or a row that equals a name declares
//! it ([`declare`]). [`Matcher`] finds names in prose, [`relation`] reads diagrams as facts.

mod declare;
mod matcher;
mod names;
mod relation;

pub use matcher::{Found, Matcher};
pub use relation::{Relation, Source, relations};

use crate::book::{Language, Lifecycle, PageId};
use crate::diagnostic::Checked;
use crate::index::Index;
use crate::markdown::Dialect;
use std::collections::HashMap;

/// Index into [`Concepts::all`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConceptId(pub u32);

impl ConceptId {
    /// As an index.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// A concept.
#[derive(Clone, Debug, Default)]
pub struct Concept {
    /// Its id, unique in the book: the anchor of a row, the key in `concepts.json`.
    pub id: Box<str>,
    /// Its Chinese name; may be empty.
    pub zh: Box<str>,
    /// Its English name; may be empty.
    pub en: Box<str>,
    /// Other names.
    pub aliases: Vec<Box<str>>,
    /// Spellings that are errors: for search alone.
    pub misspelt: Vec<Box<str>>,
    /// What it is: component, object …; may be empty.
    pub kind: Box<str>,
    /// How alive it is.
    pub lifecycle: Lifecycle,
    /// What it is, in a sentence or two; may be empty.
    pub gist: Box<str>,
    /// Where it is declared; `None` if nowhere, then nothing leads to it.
    pub home: Option<Home>,
    /// Whether only a table or a list declares it, and no file.
    pub is_from_table: bool,
}

impl Concept {
    /// Its names and aliases, those that texts may use.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        [&self.zh, &self.en].into_iter().chain(&self.aliases).map(|name| &**name).filter(|name| !name.is_empty())
    }

    /// What it is called in a language.
    #[must_use]
    pub fn name(&self, language: &Language) -> &str {
        let (first, second) = if language.is_chinese() { (&self.zh, &self.en) } else { (&self.en, &self.zh) };
        if first.is_empty() { second } else { first }
    }

    /// Its name in the other language, if that is another one.
    #[must_use]
    pub fn other_name(&self, language: &Language) -> Option<&str> {
        let name = self.name(language);
        let other = if language.is_chinese() { &self.en } else { &self.zh };
        (!other.is_empty() && names::folded(other) != names::folded(name)).then_some(other)
    }
}

/// Where a concept is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Home {
    /// The page.
    pub page: PageId,
    /// The anchor; `None` if it is the page as a whole.
    pub anchor: Option<Box<str>>,
    /// What of the page is its definition.
    pub own: Own,
}

/// What of a page is the definition of a concept; a mention in there leads nowhere new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Own {
    /// All of it.
    Page,
    /// Sections, by how many headings come before.
    Sections(std::ops::Range<u32>),
    /// A row of a table, or a term; an index into the page's rows.
    Row(u32),
}

/// The concepts of a book.
#[derive(Default)]
pub struct Concepts {
    /// All of them, in the order in which they are declared.
    pub all: Vec<Concept>,
    /// Finds their names.
    pub matcher: Matcher,
    /// By any name that is not ambiguous, folded.
    by_name: HashMap<String, ConceptId>,
    /// Of each page, which rows name which concepts; sorted.
    rows: Vec<Vec<(u32, ConceptId)>>,
}

/// Finds out what the book declares.
#[must_use]
pub fn concepts(index: &Index<'_>, dialect: Dialect) -> Checked<Concepts> {
    let mut declared = declare::declare(index, dialect);
    let by_name = unambiguous(&declared.value.all);
    let matcher = Matcher::new(&declared.value.all, &index.book.language);
    let declare::Declared { all, rows } = std::mem::take(&mut declared.value);
    Checked { value: Concepts { all, matcher, by_name, rows }, notes: declared.notes }
}

/// Names that are those of one concept only.
fn unambiguous(all: &[Concept]) -> HashMap<String, ConceptId> {
    let mut by_name: HashMap<String, Option<ConceptId>> = HashMap::new();
    for (id, concept) in (0u32..).map(ConceptId).zip(all) {
        let forms = names::forms(&concept.zh, &concept.en);
        let aliases = concept.aliases.iter().map(|alias| names::folded(alias));
        for form in forms.into_iter().chain(aliases).filter(|form| !form.is_empty()) {
            by_name.entry(form).and_modify(|known| *known = known.filter(|k| *k == id)).or_insert(Some(id));
        }
    }
    by_name.into_iter().filter_map(|(name, id)| Some((name, id?))).collect()
}

impl Concepts {
    /// Whether the book declares none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// A concept.
    #[must_use]
    pub fn get(&self, id: ConceptId) -> &Concept {
        &self.all[id.at()]
    }

    /// All that are declared somewhere.
    pub fn declared(&self) -> impl Iterator<Item = (ConceptId, &Concept, &Home)> {
        (0u32..).map(ConceptId).zip(&self.all).filter_map(|(id, c)| Some((id, c, c.home.as_ref()?)))
    }

    /// The concept of a name, as a diagram or a cell writes it.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<ConceptId> {
        let find = |name: &str| self.by_name.get(&names::folded(name)).copied();
        find(name).or_else(|| find(&names::unbracketed(name).0)).or_else(|| {
            // `kube-apiserver :6443`, `API Server 认证`: the first line or word that is a name says what it is.
            let mut found = Vec::new();
            self.matcher.find(name, &mut found);
            match found.as_slice() {
                [one] if one.concepts.len() == 1 && one.range.len() * 2 >= name.trim().len() => Some(one.concepts[0]),
                _ => None,
            }
        })
    }

    /// The concepts that a row of a page names.
    pub fn in_row(&self, page: PageId, row: u32) -> impl Iterator<Item = ConceptId> {
        let rows = self.rows.get(page.at()).map_or(&[][..], Vec::as_slice);
        let from = rows.partition_point(|(r, _)| *r < row);
        rows[from..].iter().take_while(move |(r, _)| *r == row).map(|(_, id)| *id)
    }

    /// The concept that a row declares, and its anchor.
    #[must_use]
    pub fn at_home_in(&self, page: PageId, row: u32) -> Option<(ConceptId, &str)> {
        self.in_row(page, row).find_map(|id| {
            let home = self.get(id).home.as_ref()?;
            (home.page == page && home.own == Own::Row(row)).then_some((id, home.anchor.as_deref()?))
        })
    }

    /// The anchor of a row of a page, if a fragment means one.
    #[must_use]
    pub fn anchor(&self, page: PageId, fragment: &str) -> Option<&str> {
        let rows = self.rows.get(page.at())?;
        rows.iter().find_map(|(row, _)| self.at_home_in(page, *row).map(|(_, a)| a).filter(|a| *a == fragment))
    }

    /// Which concept an ambiguous name means on a page: one that is at home there, or the only one of that section.
    #[must_use]
    pub fn meant(&self, candidates: &[ConceptId], page: PageId, index: &Index<'_>) -> Option<ConceptId> {
        if let [only] = candidates {
            return Some(*only);
        }
        let only = |fits: &dyn Fn(PageId) -> bool| {
            let mut fitting = candidates.iter().filter(|id| self.get(**id).home.as_ref().is_some_and(|h| fits(h.page)));
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        let folder = |page: PageId| index.page(page).path.parent();
        only(&|home| home == page).or_else(|| only(&|home| folder(home) == folder(page)))
    }
}
