//! Pages: everything that the bytes of a page depend on in, its files out.
//!
//! [`article`] writes the text, [`sidebar`] and [`context`] what stands around it, the templates put both together;
//! [`extras`] makes the files that no page is the source of.

mod article;
mod code;
mod concepts;
pub mod context;
mod diagram;
mod escape;
mod extras;
mod fence;
mod footnotes;
mod image;
mod inline;
mod math;
mod mindmap;
mod raw;
mod sanitize;
mod sections;
mod sidebar;
mod table;

pub use concepts::{ConceptPages, Connections};
pub use diagram::told;
pub use escape::xml;
pub use extras::{contents_path, extras};
pub use sidebar::{Row, RowKind};

use crate::book::{Book, Page, PageId};
use crate::concept::{Concepts, Home, Own};
use crate::config::MentionLinks;
use crate::diagnostic::{Checked, Diagnostic};
use crate::highlight::{Highlighter, Memory};
use crate::index::Index;
use crate::index::Target;
use crate::link::{Backlinks, Links, Mention};
use crate::markdown::{Dialect, Facts};
use crate::output::Output;
use crate::path::{RelPath, SitePath};
use crate::search;
use crate::theme::{Template, Theme};

/// The folder of the site that holds the files of the search.
pub const SEARCH: &str = "assets/search";

/// What all pages share.
pub struct Shared<'a> {
    /// The names.
    pub index: &'a Index<'a>,
    /// The look.
    pub theme: &'a Theme,
    /// The colours of code.
    pub highlighter: &'a Highlighter,
    /// Which pages are built.
    pub built: &'a [bool],
    /// The dialect of Markdown.
    pub dialect: Dialect,
    /// Where the page with all pages is.
    pub contents: SitePath,
    /// What every page says of the book.
    pub site: context::Site,
    /// The concepts.
    pub concepts: &'a Concepts,
    /// What their diagrams and links say, and which pages show it.
    pub connections: &'a Connections,
}

impl Shared<'_> {
    /// How a file names the home of a concept.
    fn home_href(&self, home: &Home, out: &SitePath) -> Option<String> {
        if !self.built[home.page.at()] {
            return None;
        }
        self.index.href(out, &Target::Page(home.page, home.anchor.clone()))
    }

    fn links_mentions(&self) -> bool {
        self.index.book.config.portolan.concepts.link != MentionLinks::None
    }
}

/// All that the bytes of one page depend on.
pub struct PageInput<'a> {
    /// Which page.
    pub id: PageId,
    /// Its source.
    pub page: &'a Page,
    /// Its facts.
    pub facts: &'a Facts,
    /// Its links.
    pub links: &'a Links,
    /// The concepts it names.
    pub mentions: &'a [Mention],
    /// Who leads to it.
    pub backlinks: &'a Backlinks,
    /// What it shares with the others.
    pub shared: &'a Shared<'a>,
}

impl<'a> PageInput<'a> {
    /// The input of a page.
    #[must_use]
    pub fn new(id: PageId, links: &'a Links, shared: &'a Shared<'a>) -> Self {
        let index = shared.index;
        let (mentions, backlinks) = shared.connections.of(id);
        PageInput { id, page: index.page(id), facts: &index.facts[id.at()], links, mentions, backlinks, shared }
    }

    /// The id of the concept whose home the n-th heading is.
    fn declared_by_heading(&self, heading: usize) -> Option<&'a str> {
        let at = u32::try_from(heading).ok()? + 1;
        let shown = self.facts.headings.get(heading)?.shown;
        self.shared.connections.at_home(self.id).iter().find_map(|id| {
            let concept = self.shared.concepts.get(*id);
            let here = match &concept.home.as_ref()?.own {
                Own::Page => shown == 1,
                Own::Sections(sections) => sections.start == at,
                Own::Row(_) => false,
            };
            here.then_some(&*concept.id)
        })
    }

    fn book(&self) -> &'a Book {
        self.shared.index.book
    }
}

/// What becomes of a page.
pub struct Rendered {
    /// Its files: its HTML, and its Markdown beside it.
    pub files: Vec<Output>,
    /// What it says, for the search; an error page says nothing.
    pub said: Option<search::Page>,
}

/// Makes a page.
#[must_use]
pub fn render(input: &PageInput<'_>, memory: &mut Memory) -> Checked<Rendered> {
    let template = if input.page.is_error_page() { Template::NotFound } else { Template::Page };
    let mut outputs = Vec::with_capacity(2);
    let Checked { value: mut article, mut notes } = article::article(input, &input.page.out, memory);
    let said = (!input.page.is_error_page()).then(|| said(input, &article));
    mindmap::add(input, &input.page.out, &mut article);
    let page = html(input, &input.page.out, template, &article, &mut notes);
    outputs.extend(page.map(|text| Output::text(input.page.out.clone(), text)));
    // A book whose first page is not its index opens with that page all the same.
    if input.shared.index.reading.home() == Some(input.id) && input.page.out.rel().as_str() != "index.html" {
        let home = SitePath::fixed("index.html");
        let mut article = article::article(input, &home, memory).value;
        mindmap::add(input, &home, &mut article);
        let again = html(input, &home, template, &article, &mut Vec::new());
        outputs.extend(again.map(|text| Output::text(home, text)));
    }
    if let Some(path) = markdown_path(input.page) {
        outputs.push(Output::text(SitePath::new(path.clone()), &*input.page.text.text));
    }
    notes.dedup();
    Checked { value: Rendered { files: outputs, said }, notes }
}

/// Where the Markdown of a page lies, beside the page; `None` for a page without any.
#[must_use]
pub fn markdown_path(page: &Page) -> Option<&RelPath> {
    (!page.text.markdown().is_empty() && !page.is_error_page()).then_some(&page.path)
}

fn html(
    input: &PageInput<'_>,
    out: &SitePath,
    template: Template,
    article: &article::Article,
    notes: &mut Vec<Diagnostic>,
) -> Option<String> {
    let context = context::page(input, out, article);
    match input.shared.theme.templates.render(template, &context) {
        Ok(text) => Some(text),
        Err(fault) => {
            notes.push(fault);
            None
        }
    }
}

/// What the search gets to see of a page. A concept that a heading declares lends its section its names; one that a row
/// declares is a section of its own.
fn said(input: &PageInput<'_>, article: &article::Article) -> search::Page {
    let (shared, facts) = (input.shared, input.facts);
    let mut sections = sections::sections(&article.html, &facts.headings, facts.opens_with_title);
    for id in shared.connections.at_home(input.id) {
        let concept = shared.concepts.get(*id);
        let Some(home) = &concept.home else { continue };
        let silent = concept.unlinked.iter().chain(&concept.misspelt).map(ToString::to_string);
        let names = concept.names().map(str::to_owned).chain(silent);
        let anchor = home.anchor.as_deref().unwrap_or_default();
        if let Own::Row(_) = home.own {
            sections.push(search::Section {
                anchor: anchor.to_owned(),
                heading: concept.name(&shared.index.book.language).to_owned(),
                names: names.collect(),
                gist: concept.gist.to_string(),
                body: concept.gist.to_string(),
                code: String::new(),
            });
        } else if let Some(section) = sections.iter_mut().find(|section| section.anchor == anchor) {
            section.names.extend(names);
            section.gist = concept.gist.to_string();
        }
    }
    search::Page {
        url: input.page.out.href_from(&SitePath::fixed("index.html")),
        title: shared.index.title(input.id).to_owned(),
        path: context::path(input),
        sections,
    }
}
