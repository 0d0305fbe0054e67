//! Finding names in running text: one pass, whatever the number of names (Aho & Corasick 1975).
//!
//! All matches are looked at, those that are no whole words fall away, and of what is left the leftmost and longest are
//! taken. Case does not count, but for names of two letters.

use super::names::{is_han, spellings};
use super::{Concept, ConceptId};
use crate::book::Language;
use aho_corasick::{AhoCorasick, MatchKind};
use std::collections::BTreeMap;
use std::ops::Range;

/// A name that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found<'m> {
    /// Where, in bytes of the text.
    pub range: Range<usize>,
    /// Whose name it is; more than one if the name is ambiguous.
    pub concepts: &'m [ConceptId],
    /// How many of them, from the first, have it as their own name; to the others it is an alias.
    pub owners: usize,
}

/// All names of a book, ready to be looked for.
#[derive(Default)]
pub struct Matcher {
    automaton: Option<AhoCorasick>,
    names: Vec<Name>,
}

struct Name {
    concepts: Vec<ConceptId>,
    owners: usize,
    /// The spellings, where case counts.
    exact: Option<Vec<String>>,
}

/// Names longer than this are sentences.
const LONGEST: usize = 120;

impl Matcher {
    /// For the names and aliases of concepts that have a place to lead to.
    #[must_use]
    pub(super) fn new(concepts: &[Concept], language: &Language) -> Self {
        // By the spelling in lower case: the written spellings, and whose own names and whose aliases they are.
        let mut spelt: BTreeMap<String, (Vec<String>, Vec<ConceptId>, Vec<ConceptId>)> = BTreeMap::new();
        for (at, concept) in concepts.iter().enumerate().filter(|(_, c)| c.home.is_some()) {
            let id = ConceptId(u32::try_from(at).unwrap_or(u32::MAX));
            for (name, is_alias) in concept.linked_names() {
                for spelling in spellings(name).into_iter().filter(|s| is_findable(s, concept, language.is_chinese())) {
                    let (written, owners, others) = spelt.entry(spelling.to_ascii_lowercase()).or_default();
                    written.push(spelling);
                    if !owners.contains(&id) && !others.contains(&id) {
                        if is_alias { others.push(id) } else { owners.push(id) }
                    }
                }
            }
        }
        let names: Vec<Name> = spelt
            .values()
            .map(|(written, owners, others)| Name {
                concepts: [&owners[..], others].concat(),
                owners: owners.len(),
                exact: written.iter().all(|w| w.len() <= 2).then(|| written.clone()),
            })
            .collect();
        let automaton = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::Standard)
            .build(spelt.keys())
            .ok()
            .filter(|_| !names.is_empty());
        Matcher { automaton, names }
    }

    /// Whether there is nothing to find.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.automaton.is_none()
    }

    /// The names in a text, from left to right, none within another.
    pub fn find<'m>(&'m self, text: &str, into: &mut Vec<Found<'m>>) {
        into.clear();
        let Some(automaton) = &self.automaton else { return };
        for found in automaton.find_overlapping_iter(text) {
            let name = &self.names[found.pattern().as_usize()];
            let Some(range) = whole_word(text, found.start()..found.end()) else { continue };
            let written = &text[found.range()];
            if name.exact.as_ref().is_none_or(|exact| exact.iter().any(|e| e == written)) {
                into.push(Found { range, concepts: &name.concepts, owners: name.owners });
            }
        }
        if into.len() > 1 {
            into.sort_by_key(|f| (f.range.start, usize::MAX - f.range.end));
            let mut end = 0;
            into.retain(|f| {
                let free = f.range.start >= end;
                if free {
                    end = f.range.end;
                }
                free
            });
        }
    }
}

/// Whether a spelling can be told from ordinary words.
fn is_findable(spelling: &str, concept: &Concept, chinese: bool) -> bool {
    let letters = spelling.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 2 || spelling.len() > LONGEST {
        return false;
    }
    // `go`, `cache`, `forward`: in a table they name something; in running text they are ordinary words, in a Chinese
    // one the short ones.
    let longest = if chinese { 3 } else { 12 };
    let ordinary = spelling.len() <= longest && spelling.bytes().all(|b| b.is_ascii_lowercase());
    !(ordinary && concept.is_from_table)
}

/// The range of a match, an English plural included; `None` if it is only a part of a word.
fn whole_word(text: &str, mut range: Range<usize>) -> Option<Range<usize>> {
    let (before, after) = (&text[..range.start], &text[range.end..]);
    let first = text[range.clone()].chars().next()?;
    let last = text[range.clone()].chars().next_back()?;
    if is_han(first) && before.ends_with(PREFIXES) || is_han(last) && after.starts_with(SUFFIXES) {
        return None;
    }
    if first.is_ascii_alphanumeric() && joins_before(before) {
        return None;
    }
    if last.is_ascii_alphanumeric() && joins_after(after) {
        let ends = ["s", "es"].into_iter().find(|end| after.starts_with(end) && !joins_after(&after[end.len()..]));
        range.end += ends.filter(|_| last.is_ascii_alphabetic() && range.len() >= 3)?.len();
    }
    Some(range)
}

/// Characters that make another word of the Chinese word before or after them: 服务器, 微服务, 容器化.
const SUFFIXES: [char; 6] = ['器', '化', '员', '者', '商', '级'];
const PREFIXES: [char; 6] = ['微', '子', '元', '非', '反', '伪'];

/// Whether a text ends within a Latin word, a path, an address.
fn joins_before(text: &str) -> bool {
    let mut back = text.chars().rev();
    match back.next() {
        Some(c) if c.is_ascii_alphanumeric() || c == '_' || c == '@' || c == '$' => true,
        Some('-' | '.' | '/') => back.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some(c) => c.is_alphabetic() && !is_wide(c),
        None => false,
    }
}

/// Whether a text begins within a Latin word, a path, an address.
fn joins_after(text: &str) -> bool {
    let mut on = text.chars();
    match on.next() {
        Some(c) if c.is_ascii_alphanumeric() || c == '_' || c == '@' => true,
        Some('-' | '.') => on.next().is_some_and(|c| c.is_ascii_alphanumeric()),
        Some('/') => on.next().is_some_and(|c| c.is_ascii_lowercase()),
        Some(c) => c.is_alphabetic() && !is_wide(c),
        None => false,
    }
}

/// Whether a letter belongs to a script that is written without blanks.
fn is_wide(c: char) -> bool {
    is_han(c) || matches!(c, '\u{3040}'..='\u{30ff}' | '\u{ac00}'..='\u{d7a3}' | '\u{ff00}'..='\u{ffef}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::PageId;
    use crate::concept::{Home, Own};
    use proptest::prelude::*;

    fn matcher(names: &[&[&str]]) -> Matcher {
        let concepts: Vec<Concept> = names
            .iter()
            .map(|all| Concept {
                en: all[0].into(),
                aliases: all[1..].iter().map(|a| (*a).into()).collect(),
                home: Some(Home { page: PageId(0), anchor: None, own: Own::Page }),
                ..Concept::default()
            })
            .collect();
        Matcher::new(&concepts, &Language::new("zh"))
    }

    fn found(matcher: &Matcher, text: &str) -> Vec<String> {
        let mut found = Vec::new();
        matcher.find(text, &mut found);
        found.iter().map(|f| text[f.range.clone()].to_owned()).collect()
    }

    #[test]
    fn names_are_found_whatever_their_case_and_hyphens() {
        let m = matcher(&[&["kube-proxy"], &["API Server", "kube-apiserver"], &["调度器"], &["Pod"]]);
        assert_eq!(found(&m, "Kube-Proxy、kube proxy 与 KubeProxy"), ["Kube-Proxy", "kube proxy", "KubeProxy"]);
        assert_eq!(
            found(&m, "API server和kube-apiserver把Pods交给调度器。"),
            ["API server", "kube-apiserver", "Pods", "调度器"]
        );
    }

    #[test]
    fn the_longest_name_wins_and_parts_of_words_are_none() {
        let m = matcher(&[&["Service"], &["Service mesh"], &["容器"], &["容器运行时"], &["服务"], &["Node"]]);
        assert_eq!(found(&m, "Service mesh is no Service meshing"), ["Service mesh", "Service"]);
        assert_eq!(found(&m, "容器运行时运行容器"), ["容器运行时", "容器"]);
        assert_eq!(found(&m, "服务器与微服务，容器化"), Vec::<String>::new());
        assert_eq!(found(&m, "NodePort, node.js, my-node, nodes"), ["nodes"]);
    }

    #[test]
    fn who_has_a_name_as_its_own_comes_before_those_that_have_it_as_an_alias() {
        let m = matcher(&[&["endpoint", "EndpointSlice"], &["EndpointSlice"], &["Deployment", "部署"]]);
        let mut all = Vec::new();
        m.find("EndpointSlice", &mut all);
        assert_eq!((all[0].concepts, all[0].owners), (&[ConceptId(1), ConceptId(0)][..], 1));
    }

    #[test]
    fn unlinked_names_are_not_found() {
        let concept = Concept {
            en: "Deployment".into(),
            aliases: vec!["部署".into(), "Deploy".into()],
            unlinked: vec!["部署".into()],
            home: Some(Home { page: PageId(0), anchor: None, own: Own::Page }),
            ..Concept::default()
        };
        let m = Matcher::new(&[concept], &Language::new("zh"));
        assert_eq!(found(&m, "部署一个 Deployment，Deploy"), ["Deployment", "Deploy"]);
    }

    #[test]
    fn two_letters_need_their_case() {
        let m = matcher(&[&["DaemonSet", "DS"]]);
        assert_eq!(found(&m, "DS and ds"), ["DS"]);
    }

    proptest! {
        #[test]
        fn what_is_found_lies_in_the_text_in_order(text in "[ \\PC服务器微kube-proxyPods.]{0,80}") {
            let m = matcher(&[&["kube-proxy"], &["服务"], &["Pod"], &["服务器"]]);
            let mut all = Vec::new();
            m.find(&text, &mut all);
            let mut end = 0;
            for f in all {
                prop_assert!(f.range.start >= end && text.get(f.range.clone()).is_some());
                end = f.range.end;
            }
        }
    }
}
