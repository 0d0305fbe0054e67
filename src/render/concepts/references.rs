//! `references.html`: every address outside the site, once, by section and kind, with the pages that cite it.

use super::glossary::area;
use crate::book::LinkStatus;
use crate::diagnostic::Diagnostic;
use crate::index::Target;
use crate::link::{Reference, ReferenceKind};
use crate::output::Output;
use crate::path::SitePath;
use crate::render::Shared;
use crate::render::context::{self, Link, PageContext};
use crate::theme::{Labels, Template};
use serde::Serialize;
use std::collections::BTreeMap;

/// What `references.html` gets.
#[derive(Serialize)]
pub struct ReferencesContext<'a> {
    /// All that other pages get.
    #[serde(flatten)]
    pub base: PageContext<'a>,
    /// By the section that cites them first.
    pub sections: Vec<Section>,
    /// The sites, those with the most references first.
    pub sites: Vec<Site>,
    /// How many references there are.
    pub count: usize,
}

/// The references of a section.
#[derive(Serialize)]
pub struct Section {
    /// The section.
    pub title: String,
    /// Its anchor.
    pub id: String,
    /// By kind.
    pub kinds: Vec<Kind>,
}

/// References of a kind.
#[derive(Serialize)]
pub struct Kind {
    /// The kind.
    pub title: String,
    /// The references.
    pub entries: Vec<Entry>,
}

/// A site that is referred to.
#[derive(Serialize)]
pub struct Site {
    /// Its name.
    pub host: String,
    /// How many addresses of it there are.
    pub count: usize,
}

/// A reference.
#[derive(Serialize)]
pub struct Entry {
    /// The address.
    pub url: String,
    /// What pages call it.
    pub label: String,
    /// What else they call it.
    pub more_labels: Vec<String>,
    /// Its site.
    pub host: String,
    /// `current`, `moved` or `dead`.
    pub status: &'static str,
    /// The same in words; empty for `current`.
    pub status_text: String,
    /// Where it is now; may be empty.
    pub to: String,
    /// Pages that lead there.
    pub cited: Vec<Link>,
    /// How many more pages cite it.
    pub more: usize,
}

/// Pages that are named beside a reference.
const CITED: usize = 8;

/// Makes the page.
pub(super) fn page(shared: &Shared<'_>, out: &SitePath) -> Result<Output, Diagnostic> {
    let references = &shared.connections.references;
    let labels = &shared.theme.labels;
    let mut sections: Vec<(String, BTreeMap<ReferenceKind, Vec<Entry>>)> = Vec::new();
    let mut sites: BTreeMap<&str, usize> = BTreeMap::new();
    for reference in references {
        *sites.entry(&reference.host).or_default() += 1;
        let title = reference.cited.first().map(|page| area(shared, *page)).unwrap_or_default();
        let at = sections.iter().position(|(known, _)| *known == title).unwrap_or_else(|| {
            sections.push((title, BTreeMap::new()));
            sections.len() - 1
        });
        sections[at].1.entry(reference.kind).or_default().push(entry(shared, out, reference));
    }
    let sections = sections.into_iter().enumerate().map(|(at, (title, kinds))| Section {
        title,
        id: format!("area:{}", at + 1),
        kinds: kinds
            .into_iter()
            .map(|(kind, entries)| Kind { title: words(kind, labels).to_owned(), entries })
            .collect(),
    });
    let mut sites: Vec<Site> = sites.into_iter().map(|(host, count)| Site { host: host.to_owned(), count }).collect();
    sites.sort_by_key(|site| usize::MAX - site.count);
    sites.truncate(30);
    let mut base = context::outside(shared, out, &labels.references);
    base.sidebar = crate::render::sidebar::rows(shared, out, None);
    let context = ReferencesContext { base, sections: sections.collect(), sites, count: references.len() };
    Ok(Output::text(out.clone(), shared.theme.templates.render(Template::References, &context)?))
}

fn words(kind: ReferenceKind, labels: &Labels) -> &str {
    match kind {
        ReferenceKind::Documentation => &labels.kind_documentation,
        ReferenceKind::Specification => &labels.kind_specification,
        ReferenceKind::Repository => &labels.kind_repository,
        ReferenceKind::Article => &labels.kind_article,
        ReferenceKind::Video => &labels.kind_video,
        ReferenceKind::Other => &labels.kind_other,
    }
}

fn entry(shared: &Shared<'_>, out: &SitePath, reference: &Reference) -> Entry {
    let labels = &shared.theme.labels;
    let (status, status_text) = match reference.status {
        LinkStatus::Current => ("current", ""),
        LinkStatus::Moved => ("moved", labels.link_moved.as_str()),
        LinkStatus::Dead => ("dead", labels.link_dead.as_str()),
    };
    let bare = reference.url.split_once("://").map_or(&*reference.url, |(_, rest)| rest).trim_end_matches('/');
    let mut words = reference.labels.iter().map(ToString::to_string);
    let cited = reference.cited.iter().take(CITED).map(|page| Link {
        title: shared.index.title(*page).to_owned(),
        href: shared.index.href(out, &Target::Page(*page, None)),
        description: String::new(),
    });
    Entry {
        url: reference.url.to_string(),
        label: words.next().unwrap_or_else(|| bare.to_owned()),
        more_labels: words.take(3).collect(),
        host: reference.host.to_string(),
        status,
        status_text: status_text.to_owned(),
        to: reference.to.to_string(),
        cited: cited.collect(),
        more: reference.cited.len().saturating_sub(CITED),
    }
}
