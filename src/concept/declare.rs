//! What declares which concept: names meet headings, rows and terms.

use super::names::{folded, forms, is_han, parts, unbracketed};
use super::{Concept, ConceptId, Home, Own};
use crate::book::{ConceptEntry, PageId};
use crate::diagnostic::{Checked, Code, Diagnostic, nearest};
use crate::index::Index;
use crate::markdown::{Dialect, plain, slug};
use std::collections::{HashMap, HashSet};

/// What was found.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) all: Vec<Concept>,
    /// Of each page, which rows name which concepts; sorted.
    pub(super) rows: Vec<Vec<(u32, ConceptId)>>,
}

/// Finds all declarations of a book.
pub(super) fn declare(index: &Index<'_>, dialect: Dialect) -> Checked<Declared> {
    let entries = &index.book.concepts.concepts;
    let mut names = Names::default();
    let mut all: Vec<Concept> = Vec::with_capacity(entries.len());
    for entry in entries {
        names.add(ConceptId(len(&all)), &entry.zh, &entry.en, &entry.aliases);
        all.push(of_entry(entry));
    }
    let mut declarer = Declarer { index, dialect, names, all, claims: Vec::new(), notes: Vec::new() };
    let rows = declarer.rows();
    declarer.claims.resize(declarer.all.len(), Vec::new());
    declarer.headings();
    declarer.claim_rows(&rows);
    declarer.settle();
    Checked { value: Declared { all: declarer.all, rows }, notes: declarer.notes }
}

fn len<T>(list: &[T]) -> u32 {
    u32::try_from(list.len()).unwrap_or(u32::MAX)
}

fn of_entry(entry: &ConceptEntry) -> Concept {
    let boxed = |texts: &[String]| texts.iter().map(|t| t.as_str().into()).collect();
    let id = if entry.id.is_empty() {
        slug(if entry.en.is_empty() { &entry.zh } else { &entry.en })
    } else {
        entry.id.clone()
    };
    Concept {
        id: id.into(),
        zh: entry.zh.as_str().into(),
        en: entry.en.as_str().into(),
        aliases: boxed(&entry.aliases),
        misspelt: boxed(&entry.misspelt),
        unlinked: boxed(&entry.unlinked),
        kind: entry.kind.as_str().into(),
        lifecycle: entry.lifecycle.clone(),
        gist: entry.definition.as_str().into(),
        home: None,
        is_from_table: false,
    }
}

/// Concepts by their folded names.
#[derive(Default)]
struct Names {
    by_name: HashMap<String, ConceptId>,
    by_alias: HashMap<String, ConceptId>,
    by_id: HashMap<String, ConceptId>,
}

impl Names {
    fn add(&mut self, id: ConceptId, zh: &str, en: &str, aliases: &[String]) {
        for form in forms(zh, en) {
            self.by_name.entry(form).or_insert(id);
        }
        for alias in aliases {
            self.by_alias.entry(folded(alias)).or_insert(id);
        }
    }

    /// The concepts that a heading or a cell prints the name of.
    fn of<'n>(&'n self, parts: &'n [String]) -> impl Iterator<Item = ConceptId> + 'n {
        let mut seen = HashSet::new();
        parts.iter().filter_map(|part| self.by_name.get(part).copied()).filter(move |id| seen.insert(*id))
    }
}

/// A place that could be the home of a concept.
#[derive(Clone, Debug)]
struct Claim {
    page: PageId,
    /// 1 to 6 for a heading, more for a row.
    level: u8,
    anchor: Option<Box<str>>,
    own: Own,
}

const ROW: u8 = 10;

struct Declarer<'a, 'i> {
    index: &'a Index<'i>,
    dialect: Dialect,
    names: Names,
    all: Vec<Concept>,
    /// One list a concept.
    claims: Vec<Vec<Claim>>,
    notes: Vec<Diagnostic>,
}

impl Declarer<'_, '_> {
    /// Which concepts the rows of each page name; rows that name none known become concepts.
    fn rows(&mut self) -> Vec<Vec<(u32, ConceptId)>> {
        for (at, concept) in self.all.iter().enumerate() {
            self.names.by_id.insert(concept.id.to_string(), ConceptId(u32::try_from(at).unwrap_or(u32::MAX)));
        }
        let index = self.index;
        index
            .facts
            .iter()
            .map(|facts| {
                let mut named = Vec::new();
                for (row, fact) in (0u32..).zip(&facts.rows) {
                    if let Some(id) = &fact.marked {
                        named.extend(self.marked(id).map(|id| (row, id)));
                        continue;
                    }
                    let parts = parts(&fact.name);
                    let before = named.len();
                    named.extend(self.names.of(&parts).map(|id| (row, id)));
                    let is_alias = || parts.iter().any(|part| self.names.by_alias.contains_key(part));
                    if named.len() == before && is_name(&fact.name) && !is_alias() {
                        named.push((row, self.of_table(&fact.name)));
                    }
                }
                named
            })
            .collect()
    }

    fn marked(&mut self, id: &str) -> Option<ConceptId> {
        self.names.by_id.get(id).copied()
    }

    /// A concept that only a table declares.
    fn of_table(&mut self, cell: &str) -> ConceptId {
        let id = ConceptId(len(&self.all));
        let (bare, inner) = unbracketed(cell);
        let (mut zh, mut en) = (String::new(), String::new());
        let mut aliases: Vec<Box<str>> = Vec::new();
        for name in std::iter::once(bare).chain(inner) {
            let slot = if name.chars().any(is_han) { &mut zh } else { &mut en };
            if slot.is_empty() {
                *slot = name;
            } else if is_name(&name) {
                aliases.push(name.into());
            }
        }
        let base = slug(if en.is_empty() { &zh } else { &en });
        let unique = (1..).map(|n| if n == 1 { base.clone() } else { format!("{base}-{n}") });
        let name = unique.into_iter().find(|name| !self.names.by_id.contains_key(name)).unwrap_or(base);
        self.names.by_id.insert(name.clone(), id);
        self.names.add(id, &zh, &en, &[]);
        self.all.push(Concept {
            id: name.into(),
            zh: zh.into(),
            en: en.into(),
            aliases,
            is_from_table: true,
            ..Concept::default()
        });
        id
    }

    fn headings(&mut self) {
        for (page, facts) in (0u32..).map(PageId).zip(self.index.facts) {
            for (at, heading) in facts.headings.iter().enumerate() {
                let concepts: Vec<ConceptId> = match &heading.marked {
                    Some(id) => self.names.by_id.get(&**id).copied().into_iter().collect(),
                    None => self.names.of(&parts(&heading.text)).collect(),
                };
                for id in concepts {
                    let end = facts.headings[at + 1..].iter().position(|h| h.shown <= heading.shown);
                    let end = end.map_or(facts.headings.len(), |n| at + 1 + n);
                    let whole = heading.shown == 1;
                    let own = if whole {
                        Own::Page
                    } else {
                        Own::Sections(len(&facts.headings[..=at])..len(&facts.headings[..end]) + 1)
                    };
                    let anchor = (!whole).then(|| heading.id.clone());
                    self.claims[id.at()].push(Claim { page, level: heading.shown, anchor, own });
                }
            }
        }
    }

    fn claim_rows(&mut self, rows: &[Vec<(u32, ConceptId)>]) {
        for (page, named) in (0u32..).map(PageId).zip(rows) {
            for (row, id) in named {
                self.claims[id.at()].push(Claim { page, level: ROW, anchor: None, own: Own::Row(*row) });
            }
        }
    }

    /// Chooses the home of each concept, and says what it is.
    fn settle(&mut self) {
        let order: HashMap<PageId, usize> =
            self.index.reading.order().iter().enumerate().map(|(at, page)| (*page, at)).collect();
        let mut anchors: HashSet<(PageId, Box<str>)> = HashSet::new();
        for at in 0..self.all.len() {
            let entry = self.index.book.concepts.concepts.get(at);
            let mut claims = std::mem::take(&mut self.claims[at]);
            if let Some(entry) = entry.filter(|entry| !entry.page.is_empty()) {
                claims.retain(|claim| self.index.page(claim.page).path.as_str() == entry.page);
            }
            claims.sort_by_key(|c| (c.level, order.get(&c.page).copied().unwrap_or(usize::MAX), c.page));
            match entry {
                Some(entry) if claims.is_empty() => self.undeclared(entry),
                Some(entry) => self.twice(entry, &claims),
                None => {}
            }
            let Some(mut claim) = claims.into_iter().next() else { continue };
            if let Own::Row(_) = claim.own {
                let id = self.all[at].id.clone();
                let is_taken =
                    self.index.anchor(claim.page, &id).is_some() || !anchors.insert((claim.page, id.clone()));
                claim.anchor = Some(if is_taken { format!("{id}:concept").into() } else { id });
            }
            if self.all[at].gist.is_empty() {
                self.all[at].gist = self.gist(&claim).into();
            }
            self.all[at].home = Some(Home { page: claim.page, anchor: claim.anchor, own: claim.own });
        }
    }

    fn undeclared(&mut self, entry: &ConceptEntry) {
        let name = if entry.zh.is_empty() { &entry.en } else { &entry.zh };
        let note = match entry.page.as_str() {
            "" => Diagnostic::hint(Code::ConceptUndeclared, format!("no page declares `{name}`")),
            page => {
                let known = self.index.book.pages.iter().any(|p| p.path.as_str() == page);
                let note = Diagnostic::warning(Code::ConceptUndeclared, format!("`{page}` does not declare `{name}`"));
                if known {
                    note.help("a heading or the first cell of a table of concepts must be one of its names")
                } else {
                    let near = nearest(page, self.index.book.pages.iter().map(|p| p.path.as_str()));
                    note.maybe_help(near.map(|near| format!("there is no such page; did you mean `{near}`?")))
                }
            }
        };
        self.notes.push(Diagnostic { span: entry.span, ..note });
    }

    /// Two headings of one level, or two rows without a heading, on the page that the file names.
    fn twice(&mut self, entry: &ConceptEntry, claims: &[Claim]) {
        let [first, second, ..] = claims else { return };
        if entry.page.is_empty() || first.level != second.level {
            return;
        }
        let page = self.index.page(first.page);
        let name = if entry.zh.is_empty() { &entry.en } else { &entry.zh };
        let note = Diagnostic::warning(Code::ConceptTwice, format!("`{}` declares `{name}` twice", page.path))
            .help("the first declaration counts; call the other one otherwise");
        self.notes.push(Diagnostic { span: entry.span, ..note });
    }

    /// What a place says of its concept, in a sentence or two.
    fn gist(&self, claim: &Claim) -> String {
        let facts = &self.index.facts[claim.page.at()];
        let page = self.index.page(claim.page);
        let range = match &claim.own {
            Own::Page => return short(page.front.description.as_deref().unwrap_or(&facts.lead)),
            Own::Sections(sections) => facts.headings.get(sections.start as usize - 1).map(|h| h.lead.clone()),
            Own::Row(row) => facts.rows.get(*row as usize).map(|r| r.gist.clone()),
        };
        let range = range.unwrap_or_default();
        let text = page.text.markdown().get(range.start as usize..range.end as usize).unwrap_or_default();
        let text = text.trim().trim_start_matches(':').trim_matches('|');
        short(&plain(text, &self.dialect))
    }
}

/// Whether a cell is a name and not a sentence, a number or an address.
fn is_name(cell: &str) -> bool {
    const LONGEST: usize = 60;
    let letters = cell.chars().filter(|c| c.is_alphabetic()).count();
    letters >= 2
        && cell.chars().count() <= LONGEST
        && !cell.contains("://")
        && !cell.contains(['。', '；', '？', '！', '\n'])
        && !cell.trim_end().ends_with(['.', ':', '：'])
}

/// The first sentences of a text, up to about 120 characters.
fn short(text: &str) -> String {
    const ENOUGH: usize = 120;
    let text = text.trim();
    if text.chars().count() <= ENOUGH {
        return text.to_owned();
    }
    let mut end = 0;
    for (count, (at, c)) in text.char_indices().enumerate() {
        let stops = matches!(c, '。' | '！' | '？') || c == '.' && text[at + 1..].starts_with(' ');
        if stops && (count <= ENOUGH || end == 0) {
            end = at + c.len_utf8();
        }
        if count > ENOUGH {
            break;
        }
    }
    match text.char_indices().nth(ENOUGH) {
        Some((cut, _)) if end == 0 => format!("{}…", text[..cut].trim_end()),
        _ => text[..end].to_owned(),
    }
}
