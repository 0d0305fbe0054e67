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
use crate::diagnostic::Checked;
use crate::highlight::{Highlighter, Memory};
use crate::index::Index;
use crate::index::Target;
use crate::link::{Backlinks, Links, Mention};
use crate::markdown::{Dialect, Facts};
use crate::output::Output;
use crate::path::{RelPath, SitePath};
use crate::theme::{Template, Theme};

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

/// The files of a page: its HTML, and its Markdown beside it.
#[must_use]
pub fn render(input: &PageInput<'_>, memory: &mut Memory) -> Checked<Vec<Output>> {
    let template = if input.page.is_error_page() { Template::NotFound } else { Template::Page };
    let mut outputs = Vec::with_capacity(2);
    let Checked { value, mut notes } = html(input, &input.page.out, template, memory);
    outputs.extend(value.map(|text| Output::text(input.page.out.clone(), text)));
    // A book whose first page is not its index opens with that page all the same.
    if input.shared.index.reading.home() == Some(input.id) && input.page.out.rel().as_str() != "index.html" {
        let home = SitePath::fixed("index.html");
        let again = html(input, &home, template, memory);
        outputs.extend(again.value.map(|text| Output::text(home, text)));
    }
    if let Some(path) = markdown_path(input.page) {
        outputs.push(Output::text(SitePath::new(path.clone()), &*input.page.text.text));
    }
    notes.dedup();
    Checked { value: outputs, notes }
}

/// Where the Markdown of a page lies, beside the page; `None` for a page without any.
#[must_use]
pub fn markdown_path(page: &Page) -> Option<&RelPath> {
    (!page.text.markdown().is_empty() && !page.is_error_page()).then_some(&page.path)
}

fn html(input: &PageInput<'_>, out: &SitePath, template: Template, memory: &mut Memory) -> Checked<Option<String>> {
    let Checked { value: mut article, mut notes } = article::article(input, out, memory);
    if input.page.front.map {
        mindmap::add(input, out, &mut article);
    }
    let context = context::page(input, out, &article);
    let text = match input.shared.theme.templates.render(template, &context) {
        Ok(text) => Some(text),
        Err(fault) => {
            notes.push(fault);
            None
        }
    };
    Checked { value: text, notes }
}
