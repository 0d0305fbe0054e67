//! The index of concepts, by area and by alphabet, and the glossary.

use super::{Badge, badge};
use crate::concept::{Concept, ConceptId, Home};
use crate::diagnostic::Diagnostic;
use crate::output::Output;
use crate::path::SitePath;
use crate::render::Shared;
use crate::render::context::{self, PageContext};
use crate::theme::Template;
use pinyin::ToPinyin;
use serde::Serialize;
use std::collections::BTreeMap;

/// A concept in a list.
#[derive(Clone, Debug, Serialize)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its name in the other language; may be empty.
    pub other: String,
    /// Where it is explained.
    pub href: String,
    /// What it is; may be empty.
    pub gist: String,
    /// How alive it is.
    pub badge: Option<Badge>,
    /// Other names.
    pub aliases: Vec<String>,
    /// The page that explains it.
    pub page: String,
    /// How many pages name it.
    pub mentioned: usize,
    /// By what it is sorted.
    #[serde(skip)]
    key: String,
}

/// Concepts under a letter or an area.
#[derive(Clone, Debug, Serialize)]
pub struct Group {
    /// The letter or the area.
    pub title: String,
    /// Its anchor.
    pub id: String,
    /// Its concepts.
    pub entries: Vec<Entry>,
}

/// What `concepts.html` gets.
#[derive(Serialize)]
pub struct IndexContext<'a> {
    /// All that other pages get.
    #[serde(flatten)]
    pub base: PageContext<'a>,
    /// By section of the book.
    pub areas: Vec<Group>,
    /// By the book's own language: pinyin if it is Chinese.
    pub own: Vec<Group>,
    /// By English names, if that is another order.
    pub english: Vec<Group>,
    /// How many concepts there are.
    pub count: usize,
}

/// What `glossary.html` gets.
#[derive(Serialize)]
pub struct GlossaryContext<'a> {
    /// All that other pages get.
    #[serde(flatten)]
    pub base: PageContext<'a>,
    /// By letter.
    pub groups: Vec<Group>,
    /// How many concepts there are.
    pub count: usize,
}

/// `concepts.html`
pub(super) fn index(shared: &Shared<'_>, out: &SitePath) -> Result<Output, Diagnostic> {
    let entries = entries(shared, out);
    let mut areas: Vec<Group> = Vec::new();
    for (page, entry) in &entries {
        let title = area(shared, *page);
        match areas.iter_mut().find(|group| group.title == title) {
            Some(group) => group.entries.push(entry.clone()),
            None => {
                let id = format!("area:{}", areas.len() + 1);
                areas.push(Group { title, id, entries: vec![entry.clone()] });
            }
        }
    }
    let count = entries.len();
    let all: Vec<Entry> = entries.into_iter().map(|(_, entry)| entry).collect();
    let chinese = shared.index.book.language.is_chinese();
    let english = if chinese {
        // Only what has an English name; what has none stands among the others.
        let named = all.iter().filter(|e| !e.other.is_empty() || e.name.is_ascii()).cloned().map(|mut entry| {
            if !entry.other.is_empty() {
                std::mem::swap(&mut entry.name, &mut entry.other);
            }
            entry.key = key(&entry.name);
            entry
        });
        letters(named.collect(), "en")
    } else {
        Vec::new()
    };
    let mut base = context::outside(shared, out, &shared.theme.labels.concepts);
    base.sidebar = crate::render::sidebar::rows(shared, out, None);
    let context = IndexContext { base, areas, own: letters(all, "az"), english, count };
    Ok(Output::text(out.clone(), shared.theme.templates.render(Template::Concepts, &context)?))
}

/// `glossary.html`
pub(super) fn glossary(shared: &Shared<'_>, out: &SitePath) -> Result<Output, Diagnostic> {
    let all: Vec<Entry> = entries(shared, out).into_iter().map(|(_, entry)| entry).collect();
    let count = all.len();
    let mut base = context::outside(shared, out, &shared.theme.labels.glossary);
    base.sidebar = crate::render::sidebar::rows(shared, out, None);
    let context = GlossaryContext { base, groups: letters(all, "az"), count };
    Ok(Output::text(out.clone(), shared.theme.templates.render(Template::Glossary, &context)?))
}

/// All concepts that are declared, in reading order, with the page of each.
fn entries(shared: &Shared<'_>, out: &SitePath) -> Vec<(crate::book::PageId, Entry)> {
    let mentioned = mentioned(shared);
    let order: BTreeMap<_, _> = shared.index.reading.order().iter().enumerate().map(|(at, page)| (*page, at)).collect();
    let mut all: Vec<(crate::book::PageId, Entry)> = shared
        .concepts
        .declared()
        .filter_map(|(id, concept, home)| {
            Some((home.page, entry(shared, out, (id, concept, home), mentioned[id.at()])?))
        })
        .collect();
    all.sort_by_key(|(page, _)| order.get(page).copied().unwrap_or(usize::MAX));
    all
}

fn entry(
    shared: &Shared<'_>,
    out: &SitePath,
    (id, concept, home): (ConceptId, &Concept, &Home),
    mentioned: usize,
) -> Option<Entry> {
    let language = &shared.index.book.language;
    let name = concept.name(language);
    Some(Entry {
        id: concept.id.to_string(),
        name: name.to_owned(),
        other: concept.other_name(language).unwrap_or_default().to_owned(),
        href: shared.home_href(home, out)?,
        gist: concept.gist.to_string(),
        badge: badge(shared, id),
        aliases: concept.aliases.iter().map(ToString::to_string).collect(),
        page: shared.index.title(home.page).to_owned(),
        mentioned,
        key: key(name),
    })
}

/// How many pages name each concept.
fn mentioned(shared: &Shared<'_>) -> Vec<usize> {
    let mut count = vec![0; shared.concepts.all.len()];
    for page in shared.index.reading.order() {
        let mut named: Vec<ConceptId> = shared.connections.of(*page).0.iter().map(|m| m.concept).collect();
        named.sort_unstable();
        named.dedup();
        named.into_iter().for_each(|id| count[id.at()] += 1);
    }
    count
}

/// The section of the book that a page is in.
pub(super) fn area(shared: &Shared<'_>, page: crate::book::PageId) -> String {
    let index = shared.index;
    let nav = &index.book.nav;
    let top = index.reading.ancestors(nav, page).first().copied().or_else(|| index.reading.item(page));
    let Some(item) = top.map(|item| nav.item(item)) else { return index.title(page).to_owned() };
    match (&item.title, &item.target) {
        (Some(title), _) => title.clone(),
        (None, crate::book::NavTarget::Page(page, _)) => index.title(*page).to_owned(),
        (None, _) => index.title(page).to_owned(),
    }
}

/// By what a name is sorted: the reading of Chinese characters, other letters in lower case.
fn key(name: &str) -> String {
    let mut key = String::new();
    for c in name.chars() {
        match c.to_pinyin() {
            Some(reading) => key.push_str(reading.plain()),
            None => key.extend(c.to_lowercase()),
        }
        // A syllable ends where the next begins: 西安 is not 先.
        key.push('\u{1}');
    }
    key
}

/// Groups by first letter.
fn letters(mut entries: Vec<Entry>, prefix: &str) -> Vec<Group> {
    entries.sort_by(|a, b| (&a.key, &a.name, &a.id).cmp(&(&b.key, &b.name, &b.id)));
    let mut groups: Vec<Group> = Vec::new();
    for entry in entries {
        let first = entry.key.chars().next().filter(char::is_ascii_alphabetic);
        let title = first.map_or_else(|| "#".to_owned(), |c| c.to_ascii_uppercase().to_string());
        match groups.last_mut().filter(|group| group.title == title) {
            Some(group) => group.entries.push(entry),
            None => {
                let id = format!("{prefix}:{}", first.unwrap_or('0'));
                groups.push(Group { title, id, entries: vec![entry] });
            }
        }
    }
    // What begins with no letter comes first and last; once is enough.
    if groups.len() > 1 && groups[0].title == groups[groups.len() - 1].title {
        let last = groups.pop().map(|group| group.entries).unwrap_or_default();
        groups[0].entries.extend(last);
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn chinese_is_sorted_by_its_reading() {
        let mut names = ["容器", "etcd", "API Server", "调度器", "节点"];
        names.sort_by_key(|name| key(name));
        assert_eq!(names, ["API Server", "调度器", "etcd", "节点", "容器"]);
    }
}
