//! From a page to postings: each term of a section with one number that says how much the section is about it.
//!
//! The number is the impact, after BM25F (Zaragoza et al. 2004) and impact-ordered indexes (Anh & Moffat 2005): what
//! title, heading and names give, and a saturating share of the running text, everything but the rarity of the term,
//! which the reader of the index multiplies in. It is written as one of [`LEVELS`] steps.

use super::token::{self, Kind};
use super::{Page, pinyin, text};
use rustc_hash::FxHashMap;

/// Steps of impact that are told apart.
pub(super) const LEVELS: u8 = 20;
/// The impact of the lowest step, and how much each step is above the one before. `static/js/search.js` has the same.
const LOWEST: f32 = 0.06;
const STEP: f32 = 1.3;

/// What a term of a title is worth, over the root of the title's length.
const TITLE: f32 = 5.0;
/// What a term of a heading or a name is worth, over the root of its length.
const HEADING: f32 = 3.0;
const NAME: f32 = 5.0;
/// What an occurrence in code is worth against one in running text.
const CODE: f32 = 0.7;
/// BM25's saturation and its correction for length, with the length of a usual section in terms.
const K: f32 = 1.2;
const B: f32 = 0.5;
const USUAL: f32 = 120.0;

/// Most characters of a run whose initials are kept.
const INITIALS: usize = 8;
/// Most ways to read a run.
const WAYS: usize = 4;
/// First character of a term that is initials.
pub(super) const INITIALS_MARK: char = '!';

/// A term: most are pairs of Chinese characters, and those need no memory of their own.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Term {
    Pair(char, char),
    Other(Box<str>),
}

impl Term {
    pub(super) fn text(&self) -> String {
        match self {
            Term::Pair(a, b) => [a, b].into_iter().collect(),
            Term::Other(text) => text.to_string(),
        }
    }
}

/// What is known of a page once it has been read; the rest is done for all pages together.
#[derive(Debug, Default)]
pub struct Analysed {
    /// The distinct terms of the page.
    pub(super) terms: Vec<Term>,
    pub(super) postings: Vec<Posting>,
    /// What results show, a piece of script a section.
    pub(super) shown: text::Shown,
}

/// A term of a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Posting {
    /// Place in the page's terms.
    pub(super) term: u32,
    /// Place in the page's sections.
    pub(super) section: u32,
    /// 0 to [`LEVELS`] - 1.
    pub(super) level: u8,
}

/// Reads a page.
#[must_use]
pub fn analyse(page: &Page) -> Analysed {
    let mut reader = Reader::default();
    for (at, section) in page.sections.iter().enumerate() {
        if at == 0 {
            reader.name(&page.title, TITLE);
        }
        reader.name(&section.heading, HEADING);
        section.names.iter().for_each(|name| reader.name(name, NAME));
        reader.running(&section.body, false);
        reader.running(&section.code, true);
        reader.section_ends(u32::try_from(at).unwrap_or(u32::MAX));
    }
    let pairs = reader.pairs.into_iter().map(|((a, b), id)| (id, Term::Pair(a, b)));
    let others = reader.ids.into_iter().map(|(term, id)| (id, Term::Other(term)));
    let mut terms: Vec<(u32, Term)> = pairs.chain(others).collect();
    terms.sort_unstable_by_key(|(id, _)| *id);
    Analysed {
        terms: terms.into_iter().map(|(_, term)| term).collect(),
        postings: reader.postings,
        shown: text::shown(page),
    }
}

/// What a section has of a term.
#[derive(Clone, Copy, Default)]
struct Count {
    body: u32,
    code: u32,
    named: f32,
}

#[derive(Default)]
struct Reader {
    ids: FxHashMap<Box<str>, u32>,
    pairs: FxHashMap<(char, char), u32>,
    /// By id, of the section that is being read.
    counts: Vec<Count>,
    /// The ids that the section has.
    seen: Vec<u32>,
    length: u32,
    postings: Vec<Posting>,
}

impl Reader {
    fn count(&mut self, term: &str, kind: Kind) -> &mut Count {
        let next = u32::try_from(self.counts.len()).unwrap_or(u32::MAX);
        let mut chars = term.chars();
        let id = match (kind, chars.next(), chars.next()) {
            (Kind::Pair, Some(a), Some(b)) => *self.pairs.entry((a, b)).or_insert(next),
            _ => self.ids.get(term).copied().unwrap_or_else(|| {
                self.ids.insert(term.into(), next);
                next
            }),
        };
        if id == next {
            self.counts.push(Count::default());
        }
        let count = &mut self.counts[id as usize];
        if count.body == 0 && count.code == 0 && count.named == 0.0 {
            self.seen.push(id);
        }
        count
    }

    /// Running text: single letters and single characters say nothing.
    fn running(&mut self, text: &str, is_code: bool) {
        token::tokens(text, |term, kind| {
            if kind == Kind::Single || term.len() == 1 {
                return;
            }
            self.length += u32::from(kind != Kind::Joined);
            let count = self.count(term, kind);
            if is_code {
                count.code += 1;
            } else {
                count.body += 1;
            }
        });
    }

    /// A title, a heading or a name: every term counts, and so do the initials of its Chinese.
    fn name(&mut self, text: &str, worth: f32) {
        let mut length = 0u16;
        token::tokens(text, |_, kind| length += u16::from(kind != Kind::Joined));
        let worth = worth / f32::from(length.max(1)).sqrt();
        let mut add = |term: &str, kind: Kind| {
            let named = &mut self.count(term, kind).named;
            *named = named.max(worth);
        };
        token::tokens(text, &mut add);
        let mut key = String::new();
        for run in runs(text) {
            for c in &run {
                key.clear();
                key.push(*c);
                add(&key, Kind::Single);
            }
            for from in starts(&run) {
                let to = run.len().min(from + INITIALS);
                for initials in pinyin::initials(&run[from..to], WAYS) {
                    key.clear();
                    key.push(INITIALS_MARK);
                    key.push_str(&initials);
                    add(&key, Kind::Word);
                }
            }
        }
    }

    fn section_ends(&mut self, section: u32) {
        let length = K * (1.0 - B + B * self.length as f32 / USUAL);
        for term in self.seen.drain(..) {
            let count = std::mem::take(&mut self.counts[term as usize]);
            let often = count.body as f32 + CODE * count.code as f32;
            let impact = often / (often + length) + count.named;
            self.postings.push(Posting { term, section, level: level(impact) });
        }
        self.length = 0;
    }
}

/// The step of an impact. Only products and comparisons: the same on every machine.
fn level(impact: f32) -> u8 {
    let mut level = 0;
    let mut bound = LOWEST;
    while level + 1 < LEVELS && impact > bound {
        level += 1;
        bound *= STEP;
    }
    level
}

/// The runs of Chinese of a text, folded.
fn runs(text: &str) -> Vec<Vec<char>> {
    let mut runs = vec![Vec::new()];
    for c in text.chars() {
        super::fold::plain(c, |c| match runs.last_mut() {
            Some(run) if !pinyin::reading(c).is_empty() => run.push(c),
            Some(run) if run.is_empty() => {}
            _ => runs.push(Vec::new()),
        });
    }
    runs.retain(|run| run.len() > 1);
    runs
}

/// Where a word may begin: at the start of a run, and after the particles that stand between words.
fn starts(run: &[char]) -> impl Iterator<Item = usize> + '_ {
    let after = |at: usize| at == 0 || matches!(run[at - 1], '的' | '与' | '和' | '及' | '或' | '是' | '在' | '为');
    (0..run.len().saturating_sub(1)).filter(move |at| after(*at))
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;

    fn levels(page: &Page, term: &str) -> Vec<(u32, u8)> {
        let analysed = analyse(page);
        let id = analysed.terms.iter().position(|t| t.text() == term).map(|at| u32::try_from(at).expect("few"));
        analysed.postings.iter().filter(|p| Some(p.term) == id).map(|p| (p.section, p.level)).collect()
    }

    fn page() -> Page {
        let section = |heading: &str, body: &str| Section {
            heading: heading.into(),
            body: body.into(),
            code: "kubectl rollout pause".into(),
            ..Section::default()
        };
        Page {
            title: "部署".into(),
            sections: vec![section("", "滚动更新"), section("滚动更新", "逐个替换"), section("暂停", "滚动更新")],
            ..Page::default()
        }
    }

    #[test]
    fn a_heading_is_worth_more_than_its_mention() {
        let found = levels(&page(), "滚动");
        assert_eq!(found.len(), 3);
        assert!(found[1].1 > found[0].1 && found[0].1 == found[2].1, "{found:?}");
        assert_eq!(levels(&page(), "pause").len(), 3);
    }

    #[test]
    fn headings_are_found_by_initials_and_single_characters() {
        assert_eq!(levels(&page(), "!gdgx").len(), 1);
        assert_eq!(levels(&page(), "滚").len(), 1);
        assert_eq!(levels(&page(), "替").len(), 0);
    }
}
