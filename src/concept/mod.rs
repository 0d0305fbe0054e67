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
    /// Those of its names, and others, that are everyday words too: no text is linked by them.
    pub unlinked: Vec<Box<str>>,
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

    /// The names that texts are linked by, and whether each is an alias.
    fn linked_names(&self) -> impl Iterator<Item = (&str, bool)> {
        let unlinked: Vec<String> = self.unlinked.iter().map(|name| names::folded(name)).collect();
        let own = [&self.zh, &self.en].into_iter().map(|name| (&**name, false));
        let all = own.chain(self.aliases.iter().map(|name| (&**name, true)));
        all.filter(move |(name, _)| !name.is_empty() && !unlinked.contains(&names::folded(name)))
    }

    /// Whether a text means this concept and nothing wider: of `Ceph (RBD and CephFS)` neither `Ceph` nor `RBD`, because
    /// a name that needs its bracket is not whole without it.
    #[must_use]
    pub fn is_meant_wholly(&self, text: &str) -> bool {
        let text = names::folded(text);
        [&self.zh, &self.en].into_iter().all(|name| {
            let (bare, inner) = names::unbracketed(name);
            inner.is_empty() || names::folded(&bare) != text && inner.iter().all(|t| !names::folded(t).contains(&text))
        })
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

/// Names that are those of one concept only; a concept's own name is not shared by those that have it as an alias.
fn unambiguous(all: &[Concept]) -> HashMap<String, ConceptId> {
    let mut own: HashMap<String, Option<ConceptId>> = HashMap::new();
    let mut aliases = own.clone();
    let add = |known: &mut HashMap<String, Option<ConceptId>>, form: String, id: ConceptId| {
        if !form.is_empty() {
            known.entry(form).and_modify(|known| *known = known.filter(|k| *k == id)).or_insert(Some(id));
        }
    };
    for (id, concept) in (0u32..).map(ConceptId).zip(all) {
        let unlinked: Vec<String> = concept.unlinked.iter().map(|name| names::folded(name)).collect();
        for form in names::forms(&concept.zh, &concept.en).into_iter().filter(|form| !unlinked.contains(form)) {
            add(&mut own, form, id);
        }
        for (alias, _) in concept.linked_names().filter(|(_, is_alias)| *is_alias) {
            add(&mut aliases, names::folded(alias), id);
        }
    }
    aliases.extend(own);
    aliases.into_iter().filter_map(|(name, id)| Some((name, id?))).collect()
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

    /// The concept of a name, as a diagram writes it: the whole of it, or its first line, with nothing beside the name
    /// but what tells one of its kind from the others: brackets, a port, a state.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<ConceptId> {
        let find = |name: &str| self.by_name.get(&names::folded(name)).copied();
        // A word may be broken at its hyphen.
        let first = name.lines().next().filter(|line| !line.ends_with('-'));
        [Some(name), first].into_iter().flatten().find_map(|text| {
            find(text).or_else(|| find(&names::unbracketed(text).0)).or_else(|| find(names::unqualified(text)))
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

    /// Which concept a name means on a page. One that has the name as its own, in the folder of the page; or one at
    /// home on the page, or the only one of that folder; or the only one that has it as its own. `None` if nobody knows.
    #[must_use]
    pub fn meant(&self, found: &Found<'_>, page: PageId, index: &Index<'_>) -> Option<ConceptId> {
        if let [only] = found.concepts {
            return Some(*only);
        }
        let owners = &found.concepts[..found.owners];
        let only = |among: &[ConceptId], fits: &dyn Fn(PageId) -> bool| {
            let mut fitting = among.iter().filter(|id| self.get(**id).home.as_ref().is_some_and(|h| fits(h.page)));
            fitting.next().filter(|_| fitting.next().is_none()).copied()
        };
        let here = index.page(page).path.parent();
        let beside = |home: PageId| index.page(home).path.parent() == here;
        only(owners, &beside)
            .or_else(|| only(found.concepts, &|home| home == page))
            .or_else(|| only(found.concepts, &beside))
            .or_else(|| only(owners, &|_| true))
    }
}
