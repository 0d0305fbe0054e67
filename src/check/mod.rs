//! `portolan check`: what is wrong with a book, beyond what keeps it from being built.
//!
//! In: a book. Out: diagnostics. How: the row of the build as far as its links, and on its values the rules of one
//! table ([`RULES`]): some look at one text ([`scan`]), some at the whole book ([`whole`]). What a build tells by itself
//! joins them; [`Levels`] then weigh every message, and [`Silenced`] leaves out what a comment has switched off. [`fix()`]
//! mends texts; [`to_ask`] names what is to be asked of other servers, [`told`] what came of it.

mod comments;
mod external;
mod finding;
mod fix;
mod invisible;
mod rules;
mod scan;
mod structure;
mod typography;
mod whole;

pub use external::{Address, to_ask, told};
pub use fix::{Mended, fix, mend};
pub use rules::{Levels, RULES, Rule};

use crate::book::{Book, PageId};
use crate::concept;
use crate::config::CheckTable;
use crate::diagnostic::{Code, Diagnostic, SourceId, Span};
use crate::index::{self, Index};
use crate::link::{self, Links};
use crate::markdown::{self, Dialect, Facts};
use comments::{Parts, Silence};
use finding::Finding;
use rayon::prelude::*;
use scan::Scan;
use whole::Misspellings;

/// What a check has found.
#[derive(Debug, Default)]
pub struct Checked {
    /// What is to be told, not yet weighed.
    pub notes: Vec<Diagnostic>,
    /// Where comments switch rules off.
    pub silenced: Silenced,
    /// Addresses outside the site, in the order of the pages.
    pub addresses: Vec<Address>,
}

/// Where comments of a book switch rules off.
#[derive(Debug, Default)]
pub struct Silenced {
    parts: Parts<SourceId>,
}

impl Silenced {
    /// Whether a comment has switched a message off.
    #[must_use]
    pub fn covers(&self, note: &Diagnostic) -> bool {
        note.span.is_some_and(|span| self.parts.covers(span.source, note.code, span.start as usize))
    }
}

/// Checks a book with all rules that are on.
///
/// The messages that a build tells are not among those given here: whoever wants both builds too.
#[must_use]
pub fn check(book: &Book) -> Checked {
    let settings = &book.config.portolan.check;
    let levels = Levels::of(settings);
    let dialect = Dialect::of(&book.config);
    let facts: Vec<Facts> = book
        .pages
        .par_iter()
        .map(|page| markdown::facts(page, &dialect, &book.config.portolan.concepts).value)
        .collect();
    let index = index::index(book, &facts).value;
    let concepts = concept::concepts(&index, dialect).value;
    let ids: Vec<PageId> = (0u32..).map(PageId).take(book.pages.len()).collect();
    let links: Vec<Links> = ids.par_iter().map(|id| link::link(*id, &index, &concepts).value).collect();
    let built = link::reachable(book, &links);
    let misspellings = Misspellings::of(&concepts, &index);

    let of_pages: Vec<OfPage> = ids
        .par_iter()
        .filter(|id| built[id.at()])
        .map(|id| {
            let page = index.page(*id);
            let text = page.text.markdown();
            let scan = scan::scan(text, dialect);
            let mut findings = of_text(text, &scan, settings, &book.language);
            findings.extend(structure::findings(&scan, &facts[id.at()]));
            findings.extend(misspellings.findings(&scan));
            if levels.is_on(Code::LifecycleUnsaid) {
                findings.extend(whole::lifecycles(*id, &index, &concepts));
            }
            let silence = Silence::read(text, &scan.comments);
            let addresses = external::of_page(page, &facts[id.at()], &links[id.at()], &scan);
            let parts = silence
                .parts()
                .flat_map(|(code, range)| page.text.spans(range).into_iter().map(move |span| (code, span)));
            let parts = parts.collect();
            findings.extend(silence.faults);
            findings.sort_by_key(|finding| (finding.range.start, finding.code));
            let notes = findings.into_iter().map(|finding| finding.told(&page.text)).collect();
            OfPage { notes, parts, addresses }
        })
        .collect();

    let mut checked = Checked { notes: whole::orphans(&index, &built), ..Checked::default() };
    if levels.is_on(Code::PageUnlinked) {
        checked.notes.extend(unlinked(&index, &links, &concepts, &built));
    }
    for of_page in of_pages {
        checked.notes.extend(of_page.notes);
        for (code, part) in of_page.parts {
            checked.silenced.parts.add(part.source, code, part.start as usize..part.end as usize);
        }
        checked.addresses.extend(of_page.addresses);
    }
    checked.silenced.parts.settle();
    checked
}

/// What a page gives.
struct OfPage {
    notes: Vec<Diagnostic>,
    parts: Vec<(Option<Code>, Span)>,
    addresses: Vec<Address>,
}

fn unlinked(index: &Index<'_>, links: &[Links], concepts: &concept::Concepts, built: &[bool]) -> Vec<Diagnostic> {
    let pages = 0..u32::try_from(built.len()).unwrap_or(u32::MAX);
    let mentions: Vec<_> =
        pages.into_par_iter().map(|page| link::mentions(PageId(page), index, concepts, built)).collect();
    whole::unlinked(index, built, &link::backlinks(index, links, &mentions, concepts, built))
}

/// The rules that need nothing but a text.
fn of_text(text: &str, scan: &Scan, settings: &CheckTable, language: &crate::book::Language) -> Vec<Finding> {
    let mut findings = invisible::findings(text, scan);
    if !matches!(language.tag().get(..2), Some("ja" | "ko")) {
        scan.blocks.iter().for_each(|block| typography::findings(block, &settings.words, &mut findings));
    }
    if !text.is_empty() && !text.ends_with('\n') {
        let end = text.len();
        let newline = if text.contains("\r\n") { "\r\n" } else { "\n" };
        findings.push(
            Finding::new(Code::FinalNewline, end..end, "the last line of this file has no end")
                .help("put a line break")
                .edit(end..end, newline),
        );
    }
    findings
}
