//! What everything is called: pages by path, anchors, files, titles, the reading order.
//!
//! In: the book and the facts of all its pages. Out: an [`Index`], read-only from here on. The only way from a
//! [`Target`] to an `href` is [`Index::href`].

mod names;
mod reading;

pub use reading::{Reading, Stop, first_page};

use crate::book::{Book, File, ItemId, Origin, Page, PageId};
use crate::diagnostic::Checked;
use crate::markdown::Facts;
use crate::path::{RelPath, SitePath};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use std::collections::HashMap;

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A page, perhaps an anchor of it.
    Page(PageId, Option<Box<str>>),
    /// A file that is copied, and what follows `#` or `?` in the link.
    File(usize, Box<str>),
    /// Somewhere outside the site; the address as it goes into the page.
    Outside(Box<str>),
    /// Nothing there.
    Missing,
    /// An address that a page must not hold, such as `javascript:`.
    Unsafe,
}

/// The names of a book.
pub struct Index<'a> {
    /// The book.
    pub book: &'a Book,
    /// The facts of each page.
    pub facts: &'a [Facts],
    /// The order of the pages and where each stands.
    pub reading: Reading,
    pages: HashMap<&'a RelPath, PageId>,
    files: HashMap<&'a RelPath, usize>,
    /// Anchors of each page, sorted.
    anchors: Vec<Vec<&'a str>>,
    /// What is in each folder, and where each name is found: for suggestions.
    folders: HashMap<RelPath, Vec<&'a RelPath>>,
    names: HashMap<&'a str, &'a RelPath>,
    titles: Vec<Box<str>>,
    by_title: HashMap<String, PageId>,
}

/// Makes the index, and tells which sources would become the same file.
#[must_use]
pub fn index<'a>(book: &'a Book, facts: &'a [Facts]) -> Checked<Index<'a>> {
    let reading = Reading::of(book);
    let titles: Vec<Box<str>> =
        book.pages.iter().enumerate().map(|(at, page)| title(book, page, &facts[at], reading.item(id(at)))).collect();
    let by_title = titles.iter().enumerate().rev().map(|(at, t)| (t.to_lowercase(), id(at))).collect();
    let (folders, names) = places(book);
    let index = Index {
        folders,
        names,
        book,
        facts,
        reading,
        pages: book.pages.iter().enumerate().map(|(at, p)| (&p.path, id(at))).collect(),
        files: book.files.iter().enumerate().map(|(at, f)| (&f.rel, at)).collect(),
        anchors: facts.iter().map(anchors).collect(),
        titles,
        by_title,
    };
    Checked { notes: names::check(book), value: index }
}

/// What an author wrote, by folder and by name; a page that portolan makes is nothing to link to by its source.
fn places(book: &Book) -> (HashMap<RelPath, Vec<&RelPath>>, HashMap<&str, &RelPath>) {
    let pages = book.pages.iter().filter(|p| p.origin != Origin::Folder).map(|p| &p.path);
    let (mut folders, mut names) = (HashMap::<RelPath, Vec<&RelPath>>::new(), HashMap::new());
    for path in pages.chain(book.files.iter().map(|f| &f.rel)) {
        folders.entry(path.parent()).or_default().push(path);
        names.entry(path.name()).or_insert(path);
    }
    (folders, names)
}

fn id(at: usize) -> PageId {
    PageId(u32::try_from(at).unwrap_or(u32::MAX))
}

fn anchors(facts: &Facts) -> Vec<&str> {
    let mut anchors: Vec<&str> = facts.headings.iter().map(|h| &*h.id).chain(facts.ids.iter().map(|i| &**i)).collect();
    anchors.sort_unstable();
    anchors
}

/// What a page is called: as it says itself, else as SUMMARY.md says, else by its first heading or its file's name.
fn title(book: &Book, page: &Page, facts: &Facts, item: Option<ItemId>) -> Box<str> {
    if let Some(title) = &facts.title {
        return title.clone();
    }
    if let Some(title) = item.and_then(|i| book.nav.item(i).title.as_deref()) {
        return title.into();
    }
    if let Some(heading) = facts.headings.iter().find(|h| !h.text.is_empty()) {
        return heading.text.clone();
    }
    let folder = page.path.parent();
    if page.path.is_folder_page() {
        let name = if folder.is_root() { book.config.book.title.as_deref().unwrap_or("Home") } else { folder.name() };
        return name.into();
    }
    page.path.stem().replace(['-', '_'], " ").into()
}

/// What must be escaped in a fragment.
const FRAGMENT: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'%');

impl<'a> Index<'a> {
    /// A page.
    #[must_use]
    pub fn page(&self, page: PageId) -> &'a Page {
        &self.book.pages[page.at()]
    }

    /// What a page is called.
    #[must_use]
    pub fn title(&self, page: PageId) -> &str {
        &self.titles[page.at()]
    }

    /// The page made from a source.
    #[must_use]
    pub fn page_at(&self, path: &RelPath) -> Option<PageId> {
        self.pages.get(path).copied()
    }

    /// The page of a title, whatever the case.
    #[must_use]
    pub fn page_titled(&self, title: &str) -> Option<PageId> {
        self.by_title.get(&title.trim().to_lowercase()).copied()
    }

    /// The page of a title, or of a file's name without its extension, whatever the case.
    #[must_use]
    pub fn page_named(&self, name: &str) -> Option<PageId> {
        let wanted = name.trim().to_lowercase();
        self.by_title
            .get(&wanted)
            .copied()
            .or_else(|| self.book.pages.iter().position(|p| p.path.stem().to_lowercase() == wanted).map(id))
    }

    /// A copied file, as an index into the book's files.
    #[must_use]
    pub fn file_at(&self, path: &RelPath) -> Option<usize> {
        self.files.get(path).copied()
    }

    /// A copied file.
    #[must_use]
    pub fn file(&self, at: usize) -> &'a File {
        &self.book.files[at]
    }

    /// The sources and files in a folder.
    #[must_use]
    pub fn in_folder(&self, folder: &RelPath) -> &[&'a RelPath] {
        self.folders.get(folder).map_or(&[], Vec::as_slice)
    }

    /// The first source or file of a name.
    #[must_use]
    pub fn called(&self, name: &str) -> Option<&'a RelPath> {
        self.names.get(name).copied()
    }

    /// The anchor of a page that a fragment means; the case need not be the same.
    #[must_use]
    pub fn anchor(&self, page: PageId, fragment: &str) -> Option<&'a str> {
        let anchors = &self.anchors[page.at()];
        let find = |wanted: &str| anchors.binary_search(&wanted).ok().map(|at| anchors[at]);
        find(fragment).or_else(|| find(&fragment.to_lowercase()))
    }

    /// All anchors of a page.
    #[must_use]
    pub fn anchors(&self, page: PageId) -> &[&'a str] {
        &self.anchors[page.at()]
    }

    /// How a page at `from` names a target; `None` for what is not there or must not be.
    #[must_use]
    pub fn href(&self, from: &SitePath, target: &Target) -> Option<String> {
        match target {
            Target::Page(page, anchor) => {
                let to = &self.page(*page).out;
                let path = if to == from && anchor.is_some() { String::new() } else { to.href_from(from) };
                Some(match anchor {
                    Some(anchor) => format!("{path}#{}", utf8_percent_encode_keeping_han(anchor)),
                    None => path,
                })
            }
            Target::File(at, rest) => Some(format!("{}{rest}", self.file(*at).out.href_from(from))),
            Target::Outside(url) => Some(url.to_string()),
            Target::Missing | Target::Unsafe => None,
        }
    }
}

fn utf8_percent_encode_keeping_han(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (head, tail) = rest.split_at(c.len_utf8());
        if c.is_ascii() {
            encoded.extend(utf8_percent_encode(head, FRAGMENT));
        } else {
            encoded.push(c);
        }
        rest = tail;
    }
    encoded
}
