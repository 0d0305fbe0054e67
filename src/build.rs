//! The hall: from a book that has been read to the files of its site.
//!
//! Every stage is a pure function over all pages, in parallel; merges are sequential and keep the pages' order. What
//! crosses from one stage to the next is small; a page's HTML goes to the sink at once and is not kept.

use crate::book::{Book, PageId};
use crate::concept;
use crate::diagnostic::{Checked, Diagnostic, Report};
use crate::highlight::{Highlighter, Memory};
use crate::index;
use crate::link::{self, Links};
use crate::markdown::{self, Dialect, Facts};
use crate::output::{Output, Sink};
use crate::path::{RelPath, SitePath};
use crate::render::{self, Connections, PageInput, Shared, context::Site};
use crate::search::{self, Analysed};
use crate::theme;
use rayon::prelude::*;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How far a build is; whoever wants to show it reads it now and then.
#[derive(Debug, Default)]
pub struct Progress {
    /// Pages written.
    pub done: AtomicUsize,
    /// Pages to write.
    pub total: AtomicUsize,
}

/// Makes the site of a book. Committing it is up to the caller, who looks at the report first.
///
/// # Errors
/// If the sink cannot take a file, or a file of the book cannot be copied.
pub fn build(book: &Book, site: &dyn Sink, progress: &Progress, report: &mut Report) -> io::Result<()> {
    let dialect = Dialect::of(&book.config);
    let facts = book
        .pages
        .par_iter()
        .map(|page| markdown::facts(page, &dialect, &book.config.portolan.concepts))
        .collect::<Vec<_>>();
    let (facts, facts_notes): (Vec<Facts>, Vec<_>) = facts.into_iter().map(|c| (c.value, c.notes)).unzip();
    let index = index::index(book, &facts).into(report);
    let concepts = concept::concepts(&index, dialect).into(report);
    let links = ids(book).into_par_iter().map(|id| link::link(id, &index, &concepts)).collect::<Vec<_>>();
    let (links, link_notes): (Vec<Links>, Vec<_>) = links.into_iter().map(|c| (c.value, c.notes)).unzip();
    let built = link::reachable(book, &links);
    // A page that is not built has nothing to answer for.
    for (_, notes) in facts_notes
        .into_iter()
        .zip(link_notes)
        .enumerate()
        .filter(|(at, _)| built[*at])
        .map(|(at, n)| (at, [n.0, n.1].concat()))
    {
        report.extend(notes);
    }
    let mentions: Vec<_> = ids(book).into_par_iter().map(|id| link::mentions(id, &index, &concepts, &built)).collect();
    let backlinks = link::backlinks(&index, &links, &mentions, &concepts, &built);
    let relations = concept::relations(&concepts, &index, &built).into(report);
    let references = link::references(&index, &built);
    let connections = Connections::new(&index, &concepts, mentions, backlinks, relations, references);
    let (theme, theme_files) = theme::load(book).into(report);
    let shared = Shared {
        site: Site::of(book, &index),
        contents: render::contents_path(book),
        highlighter: &Highlighter::new(),
        index: &index,
        theme: &theme,
        built: &built,
        dialect,
        concepts: &concepts,
        connections: &connections,
    };
    let (notes, said) = pages(&shared, &links, site, progress)?;
    report.extend(notes);
    let extras = render::extras(&shared).into(report);
    let index = search::write(said).into_par_iter().filter_map(|(name, bytes)| {
        Some(Output { path: SitePath::new(RelPath::new(render::SEARCH)?.join(&name)?), bytes })
    });
    theme_files.into_par_iter().chain(extras).chain(index).try_for_each(|output| site.put(output))?;
    book.files.par_iter().try_for_each(|file| site.copy(&file.path, &file.out))
}

fn ids(book: &Book) -> Vec<PageId> {
    (0u32..).map(PageId).take(book.pages.len()).collect()
}

/// What a worker notes of a page.
type Noted = (PageId, Vec<Diagnostic>, Option<Analysed>);

/// Renders all pages, each worker with a memory of its own for what it has highlighted. Gives what is to be told, and
/// what the search needs, in the order of the pages.
fn pages(
    shared: &Shared<'_>,
    links: &[Links],
    site: &dyn Sink,
    progress: &Progress,
) -> io::Result<(Vec<Diagnostic>, Vec<Analysed>)> {
    let todo: Vec<PageId> = ids(shared.index.book).into_iter().filter(|id| shared.built[id.at()]).collect();
    progress.total.store(todo.len(), Ordering::Relaxed);
    let next = AtomicUsize::new(0);
    let work = || -> io::Result<Vec<Noted>> {
        let mut memory = Memory::default();
        let mut noted = Vec::new();
        while let Some(&id) = todo.get(next.fetch_add(1, Ordering::Relaxed)) {
            let Checked { value, notes } = render::render(&PageInput::new(id, &links[id.at()], shared), &mut memory);
            value.files.into_iter().try_for_each(|output| site.put(output))?;
            progress.done.fetch_add(1, Ordering::Relaxed);
            noted.push((id, notes, value.said.as_ref().map(search::analyse)));
        }
        Ok(noted)
    };
    let parts: Vec<Vec<Noted>> = rayon::broadcast(|_| work()).into_iter().collect::<io::Result<_>>()?;
    let mut noted: Vec<Noted> = parts.into_iter().flatten().collect();
    noted.sort_by_key(|(id, _, _)| *id);
    let (mut notes, mut said) = (Vec::new(), Vec::new());
    for (_, of_page, analysed) in noted {
        notes.extend(of_page);
        said.extend(analysed);
    }
    Ok((notes, said))
}
