//! References: every address outside the site that the book leads to, once.

use crate::book::{LinkStatus, PageId};
use crate::index::Index;
use std::collections::{BTreeMap, HashMap};

/// An address outside the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// The address, as first written.
    pub url: Box<str>,
    /// The words that pages call it by, the most used first.
    pub labels: Vec<Box<str>>,
    /// Its site.
    pub host: Box<str>,
    /// What it seems to be.
    pub kind: ReferenceKind,
    /// The pages that lead there, in reading order.
    pub cited: Vec<PageId>,
    /// Whether it still leads anywhere.
    pub status: LinkStatus,
    /// Where it is now; empty if not known.
    pub to: Box<str>,
}

/// What an address seems to be, by its site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReferenceKind {
    /// Documentation.
    Documentation,
    /// A specification or a proposal.
    Specification,
    /// A repository of code.
    Repository,
    /// An article.
    Article,
    /// A video.
    Video,
    /// Anything else.
    Other,
}

/// All references of the pages that are built, in the order in which they are first cited.
#[must_use]
pub fn references(index: &Index<'_>, built: &[bool]) -> Vec<Reference> {
    let mut all: Vec<Reference> = Vec::new();
    let mut words: Vec<BTreeMap<&str, usize>> = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let others = (0u32..).map(PageId).take(built.len()).filter(|id| index.reading.item(*id).is_none());
    for page in index.reading.order().iter().copied().chain(others).filter(|page| built[page.at()]) {
        for outside in &index.facts[page.at()].outside {
            let Some(host) = host(&outside.url) else { continue };
            let at = *known.entry(same(&outside.url)).or_insert_with(|| {
                words.push(BTreeMap::new());
                all.push(Reference {
                    url: outside.url.clone(),
                    labels: Vec::new(),
                    host: host.into(),
                    kind: kind(host, &outside.url),
                    cited: Vec::new(),
                    status: LinkStatus::Current,
                    to: "".into(),
                });
                all.len() - 1
            });
            if all[at].cited.last() != Some(&page) {
                all[at].cited.push(page);
            }
            if !outside.label.is_empty() {
                *words[at].entry(&outside.label).or_default() += 1;
            }
        }
    }
    for (reference, words) in all.iter_mut().zip(words) {
        let mut labels: Vec<(&str, usize)> = words.into_iter().collect();
        labels.sort_by_key(|(_, count)| usize::MAX - count);
        reference.labels = labels.into_iter().map(|(label, _)| label.into()).collect();
    }
    for entry in &index.book.concepts.links {
        if let Some(at) = known.get(&same(&entry.url)) {
            (all[*at].status, all[*at].to) = (entry.status, entry.to.as_str().into());
        }
    }
    all
}

/// The form in which two addresses are the same: without scheme, `www.` and the last slash.
fn same(url: &str) -> String {
    let bare = url.split_once("://").map_or(url, |(_, rest)| rest);
    let bare = bare.strip_prefix("www.").unwrap_or(bare);
    let (host, path) = bare.split_at(bare.find('/').unwrap_or(bare.len()));
    format!("{}{}", host.to_ascii_lowercase(), path.trim_end_matches('/'))
}

fn host(url: &str) -> Option<&str> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "http" | "https") {
        return None;
    }
    let host = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    let host = host.strip_prefix("www.").unwrap_or(host);
    (!host.is_empty()).then_some(host)
}

fn kind(host: &str, url: &str) -> ReferenceKind {
    let any = |words: &[&str]| words.iter().any(|word| host.contains(word));
    let path = |words: &[&str]| words.iter().any(|word| url.contains(word));
    if any(&["youtube.", "youtu.be", "bilibili.", "vimeo."]) {
        ReferenceKind::Video
    } else if any(&["rfc-editor.", "ietf.", "w3.org", "spec."]) || path(&["/rfc", "/enhancements/", "/keps/", "-spec"])
    {
        ReferenceKind::Specification
    } else if any(&["github.com", "gitlab.", "gitee.", "bitbucket."]) {
        ReferenceKind::Repository
    } else if any(&["blog", "csdn.", "medium.", "zhihu.", "juejin.", "infoq.", "dev.to"])
        || path(&["/blog/", "/article"])
    {
        ReferenceKind::Article
    } else if any(&["docs.", "doc.", "readthedocs."])
        || path(&["/docs", "/doc/", "/documentation", "/reference", "/manual"])
    {
        ReferenceKind::Documentation
    } else {
        ReferenceKind::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_differ_in_dress_are_the_same() {
        assert_eq!(same("http://www.Example.org/a/"), same("https://example.org/a"));
        assert_ne!(same("https://example.org/a"), same("https://example.org/A"));
    }

    #[test]
    fn kinds_are_told_by_site_and_path() {
        let of = |url: &str| kind(host(url).unwrap_or_default(), url);
        assert_eq!(of("https://kubernetes.io/docs/concepts/"), ReferenceKind::Documentation);
        assert_eq!(of("https://github.com/etcd-io/etcd"), ReferenceKind::Repository);
        assert_eq!(of("https://www.rfc-editor.org/rfc/rfc8446"), ReferenceKind::Specification);
        assert_eq!(of("https://kubernetes.io/blog/2024/x"), ReferenceKind::Article);
        assert_eq!(of("https://etcd.io"), ReferenceKind::Other);
    }
}
