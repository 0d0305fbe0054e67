//! Rules that need the whole book: pages that nobody leads to, what is no longer alive, spellings known as errors.

use super::finding::Finding;
use super::scan::Scan;
use crate::book::{Lifecycle, Origin, PageId, State};
use crate::concept::{ConceptId, Concepts, Found};
use crate::diagnostic::{Code, Diagnostic};
use crate::index::Index;
use crate::link::Backlinks;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

/// Pages that the site does not have because nothing leads to them.
pub(super) fn orphans(index: &Index<'_>, built: &[bool]) -> Vec<Diagnostic> {
    let pages = index.book.pages.iter().zip(built);
    let lost = pages.filter(|(page, built)| !**built && page.origin == Origin::Unlisted);
    lost.map(|(page, _)| {
        Diagnostic::warning(Code::Orphan, format!("nothing leads to `{}`: the site does not have it", page.path))
            .at(page.text.span(0..0), "")
            .help("give it a line in SUMMARY.md, link to it, or mark it `draft: true`")
    })
    .collect()
}

/// Pages that only the navigation leads to.
pub(super) fn unlinked(index: &Index<'_>, built: &[bool], backlinks: &[Backlinks]) -> Vec<Diagnostic> {
    let first = index.reading.order().first().copied();
    let pages = (0u32..).map(PageId).zip(&index.book.pages).zip(backlinks);
    pages
        .filter(|((id, page), links)| {
            let is_own = page.origin != Origin::Folder && !page.is_error_page() && Some(*id) != first;
            built[id.at()] && is_own && links.count == 0
        })
        .map(|((_, page), _)| {
            Diagnostic::warning(Code::PageUnlinked, format!("no text of another page leads to `{}`", page.path))
                .at(page.text.span(0..0), "")
                .help("link to it where its subject comes up")
        })
        .collect()
}

/// Words that say that something is on its way out, or gone.
const SAYS: [&str; 50] = [
    "移除",
    "删除",
    "弃用",
    "废弃",
    "归档",
    "退役",
    "淘汰",
    "停止",
    "终止",
    "不再",
    "取代",
    "替代",
    "代替",
    "过时",
    "旧",
    "历史",
    "曾",
    "改名",
    "更名",
    "下线",
    "退出",
    "放弃",
    "已死",
    "关闭",
    "冻结",
    "不建议",
    "不推荐",
    "早期",
    "合并",
    "迁移",
    "deprecat",
    "remov",
    "archiv",
    "retire",
    "legacy",
    "obsolete",
    "supersed",
    "replac",
    "no longer",
    "discontinu",
    "end of life",
    "end-of-life",
    "unmaintained",
    "formerly",
    "historic",
    "dropped",
    "sunset",
    "outdated",
    "abandon",
    "renamed",
];

/// Names of what is deprecated, removed or archived, on a page that nowhere says so.
pub(super) fn lifecycles(page: PageId, index: &Index<'_>, concepts: &Concepts) -> Vec<Finding> {
    let facts = &index.facts[page.at()];
    let text = index.page(page).text.markdown();
    let mut named: BTreeMap<ConceptId, Vec<(Range<usize>, u32)>> = BTreeMap::new();
    let mut found: Vec<Found<'_>> = Vec::new();
    for run in &facts.prose.runs {
        let start = run.range.start as usize;
        let Some(words) = text.get(start..run.range.end as usize) else { continue };
        concepts.matcher.find(words, &mut found);
        for name in &found {
            let Some(id) = concepts.meant(name, page, index) else { continue };
            let concept = concepts.get(id);
            let is_gone = matches!(concept.lifecycle.state, State::Deprecated | State::Removed | State::Archived);
            let is_whole = words.get(name.range.clone()).is_some_and(|name| concept.is_meant_wholly(name));
            if is_gone && is_whole && concept.home.as_ref().is_none_or(|home| home.page != page) {
                let range = start + name.range.start..start + name.range.end;
                named.entry(id).or_default().push((range, run.section));
            }
        }
    }
    if named.is_empty() {
        return Vec::new();
    }
    let sections = Sections::of(text, page, index);
    let mut findings = Vec::new();
    for (id, places) in named {
        let concept = concepts.get(id);
        let seen: BTreeSet<u32> = places.iter().map(|(_, section)| *section).collect();
        if seen.iter().any(|section| sections.say(*section, &concept.lifecycle)) {
            continue;
        }
        let Some((range, _)) = places.into_iter().next() else { continue };
        let name = concept.name(&index.book.language);
        let state = state(&concept.lifecycle);
        findings.push(
            Finding::new(Code::LifecycleUnsaid, range, format!("`{name}` {state}, and this page does not say so"))
                .help("say it where the page names it"),
        );
    }
    findings
}

fn state(lifecycle: &Lifecycle) -> String {
    match (lifecycle.state, lifecycle.removed_in.as_str()) {
        (State::Removed, "") => "is removed".to_owned(),
        (State::Removed, version) => format!("is removed in {version}"),
        (State::Archived, _) => "is archived".to_owned(),
        _ if lifecycle.since.is_empty() => "is deprecated".to_owned(),
        _ => format!("is deprecated since {}", lifecycle.since),
    }
}

/// The text of each section, its heading included, in lower case.
struct Sections {
    texts: Vec<String>,
}

impl Sections {
    fn of(text: &str, page: PageId, index: &Index<'_>) -> Self {
        let facts = &index.facts[page.at()];
        let mut texts: Vec<String> = vec![String::new()];
        texts.extend(facts.headings.iter().map(|heading| heading.text.to_lowercase()));
        for run in &facts.prose.runs {
            if let (Some(of), Some(words)) =
                (texts.get_mut(run.section as usize), text.get(run.range.start as usize..run.range.end as usize))
            {
                of.push(' ');
                of.push_str(&words.to_lowercase());
            }
        }
        Sections { texts }
    }

    fn say(&self, section: u32, lifecycle: &Lifecycle) -> bool {
        let Some(text) = self.texts.get(section as usize) else { return false };
        let versions = [&lifecycle.removed_in, &lifecycle.since].into_iter().filter(|version| !version.is_empty());
        SAYS.iter().any(|word| text.contains(word)) || versions.into_iter().any(|version| text.contains(&**version))
    }
}

/// Spellings that `concepts.toml` lists as errors, ready to be looked for.
pub(super) struct Misspellings {
    automaton: Option<AhoCorasick>,
    /// Of each spelling, the right one.
    right: Vec<String>,
}

impl Misspellings {
    pub(super) fn of(concepts: &Concepts, index: &Index<'_>) -> Self {
        let mut spelt: BTreeMap<String, String> = BTreeMap::new();
        for concept in &concepts.all {
            let name = concept.name(&index.book.language);
            for wrong in concept.misspelt.iter().filter(|wrong| !concept.names().any(|right| *right == ***wrong)) {
                spelt.entry(wrong.to_lowercase()).or_insert_with(|| name.to_owned());
            }
        }
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(spelt.keys())
            .ok()
            .filter(|_| !spelt.is_empty());
        Misspellings { automaton, right: spelt.into_values().collect() }
    }

    /// Finds them in prose and inline code.
    pub(super) fn findings(&self, scan: &Scan) -> Vec<Finding> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let mut findings = Vec::new();
        let mut look = |text: &str, place: &dyn Fn(Range<usize>) -> Option<Range<usize>>| {
            for found in automaton.find_iter(text) {
                let is_whole = is_edge(text[..found.start()].chars().next_back(), text[found.range()].chars().next())
                    && is_edge(text[found.end()..].chars().next(), text[found.range()].chars().next_back());
                let (true, Some(range)) = (is_whole, place(found.range())) else { continue };
                let right = self.right.get(found.pattern().as_usize()).map_or("", String::as_str);
                let wrong = &text[found.range()];
                findings.push(
                    Finding::new(Code::Misspelling, range, format!("`{wrong}` is a misspelling"))
                        .help(format!("its name is `{right}`")),
                );
            }
        };
        for block in &scan.blocks {
            let text: String = block.atoms.iter().map(|atom| atom.char().unwrap_or('\n')).collect();
            let mut starts: Vec<usize> = Vec::with_capacity(block.atoms.len());
            text.char_indices().for_each(|(at, _)| starts.push(at));
            look(&text, &|range| {
                let first = block.atoms.get(starts.partition_point(|at| *at < range.start))?;
                let last = block.atoms.get(starts.partition_point(|at| *at < range.end).checked_sub(1)?)?;
                Some(first.range.start..last.range.end)
            });
        }
        for (text, place) in &scan.code {
            look(text, &|_| Some(place.clone()));
        }
        findings
    }
}

/// Whether a word ends between two characters.
fn is_edge(outside: Option<char>, inside: Option<char>) -> bool {
    let is_latin = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    !(is_latin(outside) && is_latin(inside))
}
