//! Addresses outside the site: which a book leads to, and what is told of the answers.

use super::scan::Scan;
use crate::book::{Book, LinkStatus, Page};
use crate::diagnostic::{Code, Diagnostic, Span};
use crate::index::Target;
use crate::link::Links;
use crate::markdown::Facts;
use crate::web::{Answer, without_fragment};
use std::collections::{BTreeMap, HashSet};

/// An address, where a page has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// `http://…` or `https://…`, without its fragment.
    pub url: String,
    /// Where it stands.
    pub span: Span,
}

/// The addresses of a page.
pub(super) fn of_page(page: &Page, facts: &Facts, links: &Links, scan: &Scan) -> Vec<Address> {
    let linked = facts.links.iter().zip(&links.targets).filter_map(|(link, target)| match target {
        Target::Outside(url) => Some((url.to_string(), link.range.start as usize..link.range.end as usize)),
        _ => None,
    });
    let all = linked.chain(scan.addresses.iter().cloned()).filter_map(|(url, range)| {
        let url = if url.starts_with("//") { format!("https:{url}") } else { url };
        let lower = url.get(..8).unwrap_or(&url).to_ascii_lowercase();
        let is_web = lower.starts_with("http://") || lower.starts_with("https://");
        is_web.then(|| Address { url: without_fragment(&url).to_owned(), span: page.text.span(range) })
    });
    all.collect()
}

/// Names that exist for examples only (RFC 2606, RFC 6761).
fn is_example(url: &str) -> bool {
    let host = crate::web::host(url);
    let ends = |name: &str| host == name || host.strip_suffix(name).is_some_and(|rest| rest.ends_with('.'));
    ["example.com", "example.org", "example.net", "example", "test", "invalid", "localhost"].into_iter().any(ends)
        && host != "localhost"
}

/// The addresses to ask, each once and sorted: not those that are left out by the settings, that are examples, or that
/// `concepts.toml` already says are moved or dead.
#[must_use]
pub fn to_ask(book: &Book, addresses: &[Address]) -> Vec<String> {
    let skip = &book.config.portolan.check.external_skip;
    let known: HashSet<&str> = book
        .concepts
        .links
        .iter()
        .filter(|link| link.status != LinkStatus::Current)
        .map(|link| without_fragment(&link.url))
        .collect();
    let wanted = addresses.iter().map(|address| &*address.url).filter(|url| {
        !known.contains(url) && !is_example(url) && !skip.iter().any(|start| url.starts_with(start.as_str()))
    });
    let mut all: Vec<String> = wanted.map(str::to_owned).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// What is told of the answers, at every place that has the address.
#[must_use]
pub fn told(addresses: &[Address], answers: &BTreeMap<String, Answer>) -> Vec<Diagnostic> {
    let mut notes = Vec::new();
    for Address { url, span } in addresses {
        let note = match answers.get(url) {
            None | Some(Answer::Good) => continue,
            Some(Answer::Moved(to)) => {
                Diagnostic::hint(Code::ExternalMoved, format!("`{url}` has moved for good")).help(format!("it is now at `{to}`"))
            }
            Some(Answer::Dead(why)) => Diagnostic::error(Code::ExternalDead, format!("`{url}` leads nowhere: {why}"))
                .help("find where it is now, or say in `concepts.toml` what became of it: `[[link]]` with `status = \"dead\"`"),
            Some(Answer::Unsure(why)) => {
                Diagnostic::warning(Code::ExternalUnsure, format!("nobody knows whether `{url}` is there: {why}"))
            }
        };
        notes.push(note.at(*span, ""));
    }
    notes
}
