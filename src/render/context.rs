//! What each template gets: one documented, serialisable struct a template.
//!
//! `page.html`, `contents.html` and `404.html` get a [`PageContext`], `redirect.html` a [`RedirectContext`]. Every
//! address in them is relative to the file that is written, so that a site works wherever it is put.

use super::article::Article;
use super::concepts::{self, Backlinked, Interaction};
use super::sidebar::{self, Row};
use super::{PageInput, Shared, markdown_path};
use crate::address::harmful_scheme;
use crate::book::{Book, FrontMatter, NavTarget, Origin, PageId, Value};
use crate::config::ColourTheme;
use crate::index::{Index, Target, first_page};
use crate::markdown::Heading;
use crate::path::SitePath;
use crate::theme::Labels;
use serde::Serialize;
use std::collections::BTreeMap;

/// What every page says of the book.
#[derive(Clone, Debug, Serialize)]
pub struct Site {
    /// Title of the book.
    pub title: String,
    /// A sentence about it; may be empty.
    pub description: String,
    /// Its authors.
    pub authors: Vec<String>,
    /// BCP 47 tag of its language.
    pub language: String,
    /// `ltr` or `rtl`.
    pub direction: &'static str,
    /// `auto`, `light` or `dark`.
    pub theme: ColourTheme,
    /// Address of the repository.
    pub repository: Option<String>,
    /// A line for the footer.
    pub copyright: Option<String>,
    /// Where the site is, if that is known: an absolute address.
    pub url: Option<String>,
    /// The path under which a server shows it, `/` or `/repo/`; `None` if it is not known.
    pub base: Option<String>,
}

/// A link with its words.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Link {
    /// The words.
    pub title: String,
    /// Where it leads; nowhere if there is nothing to lead to.
    pub href: Option<String>,
    /// A sentence about what is there; may be empty.
    pub description: String,
}

/// A line of a page's own contents.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct TocEntry {
    /// The heading.
    pub title: String,
    /// Its anchor, with `#`.
    pub href: String,
    /// The headings below it.
    pub children: Vec<TocEntry>,
}

/// The bundled files, as the page names them.
#[derive(Clone, Debug, Serialize)]
pub struct AssetLinks {
    /// The style sheet.
    pub style: String,
    /// The script before the first paint.
    pub head_script: String,
    /// The other script.
    pub script: String,
    /// The script of the search, which the other loads.
    pub search_script: String,
    /// The icon.
    pub icon: String,
    /// Style sheets of the book.
    pub more_styles: Vec<String>,
    /// Scripts of the book.
    pub more_scripts: Vec<String>,
}

/// A page by itself.
#[derive(Clone, Debug, Serialize)]
pub struct PageFields<'a> {
    /// What it is called.
    pub title: &'a str,
    /// A sentence about it; may be empty.
    pub description: &'a str,
    /// The title as the article shows it, HTML, where the article begins with it; else empty.
    pub heading: &'a str,
    /// The rest of the article, HTML.
    pub content: &'a str,
    /// Whether the article shows the title itself.
    pub shows_title: bool,
    /// Whether it is the home page.
    pub is_home: bool,
    /// Its source, relative to the folder of the sources; empty for a page without one.
    pub source: &'a str,
    /// Its Markdown beside it.
    pub markdown: Option<String>,
    /// Its public address, if the site's is known.
    pub canonical: Option<String>,
    /// Where it can be edited.
    pub edit: Option<String>,
    /// Day of the last change, `YYYY-MM-DD`.
    pub updated: Option<&'a str>,
    /// Minutes to read it; 0 if it is short.
    pub minutes: u32,
    /// The same in words.
    pub reading: String,
    /// Day it was written, as the author writes it.
    pub date: Option<&'a str>,
    /// Tags.
    pub tags: &'a [String],
    /// Categories.
    pub categories: &'a [String],
    /// All other front matter.
    pub extra: BTreeMap<&'a str, &'a Value>,
}

/// What `page.html`, `contents.html` and `404.html` get.
#[derive(Debug, Serialize)]
pub struct PageContext<'a> {
    /// The book.
    pub site: &'a Site,
    /// The words of the interface.
    pub labels: &'a Labels,
    /// The bundled files.
    pub assets: AssetLinks,
    /// The page.
    pub page: PageFields<'a>,
    /// The way from the home page, without the page itself.
    pub crumbs: Vec<Link>,
    /// Its own contents.
    pub toc: Vec<TocEntry>,
    /// The pages of a folder that has no page of its own.
    pub children: Vec<Link>,
    /// The page before.
    pub previous: Option<Link>,
    /// The page after.
    pub next: Option<Link>,
    /// The navigation of the site.
    pub sidebar: Vec<Row<'a>>,
    /// What its addresses are relative to; only of the 404 page, which a server shows at any address.
    pub base: Option<String>,
    /// The home page.
    pub home: String,
    /// The page with all pages.
    pub contents: String,
    /// The pages about concepts.
    pub about: AboutLinks,
    /// The site's root, as the page names it: empty or `../`, for scripts.
    pub root: String,
    /// Into how many files the cards of concepts are cut; 0 if there are none.
    pub cards: u32,
    /// Whom the page's concepts talk to.
    pub interactions: Vec<Interaction>,
    /// Who leads to the page.
    pub backlinks: Backlinked,
    /// The folder of the search, with a slash.
    pub search: String,
}

/// The pages about concepts, as the page names them; `None` for those that are not made.
#[derive(Clone, Debug, Default, Serialize)]
pub struct AboutLinks {
    /// All concepts.
    pub concepts: Option<String>,
    /// What each is.
    pub glossary: Option<String>,
    /// Who talks to whom.
    pub interactions: Option<String>,
    /// What the book leads to.
    pub references: Option<String>,
    /// The whole, drawn.
    pub map: Option<String>,
}

/// What `redirect.html` gets.
#[derive(Debug, Serialize)]
pub struct RedirectContext<'a> {
    /// The words of the interface.
    pub labels: &'a Labels,
    /// BCP 47 tag.
    pub language: &'a str,
    /// Where the page is now.
    pub to: String,
}

/// Characters of Chinese and words of other scripts that are read in a minute.
const HAN_A_MINUTE: u32 = 400;
const WORDS_A_MINUTE: u32 = 220;

impl Site {
    /// What every page says of a book.
    #[must_use]
    pub fn of(book: &Book, index: &Index<'_>) -> Site {
        let config = &book.config;
        let html = &config.output.html;
        let rtl = config
            .book
            .text_direction
            .map_or(book.language.is_right_to_left(), |d| d == crate::config::TextDirection::Rtl);
        let home = index.reading.home().map_or("", |home| index.title(home));
        let (url, base) = address(html.site_url.as_deref(), html.cname.as_deref());
        Site {
            title: config.book.title.clone().unwrap_or_else(|| home.to_owned()),
            description: config.book.description.clone().unwrap_or_default(),
            authors: config.book.authors.clone(),
            language: book.language.tag().to_owned(),
            direction: if rtl { "rtl" } else { "ltr" },
            theme: html.default_theme,
            repository: html.git_repository_url.clone().filter(|url| harmful_scheme(url, false).is_none()),
            copyright: config.portolan.copyright.clone(),
            url,
            base,
        }
    }
}

/// The absolute address of the site and the path below its host, as far as the settings tell.
fn address(site_url: Option<&str>, cname: Option<&str>) -> (Option<String>, Option<String>) {
    let slashed = |text: &str| format!("{}/", text.trim_end_matches('/'));
    let absolute = site_url.filter(|u| u.starts_with("https://") || u.starts_with("http://"));
    let path = match absolute {
        Some(url) => url.splitn(4, '/').nth(3).map_or_else(|| "/".to_owned(), |p| slashed(&format!("/{p}"))),
        None => slashed(site_url.unwrap_or("/")),
    };
    let url = absolute.map(slashed).or_else(|| cname.map(|name| format!("https://{name}{path}")));
    (url, site_url.or(cname).map(|_| path))
}

/// What a page of the book gives to its template.
pub(super) fn page<'a>(input: &'a PageInput<'a>, out: &SitePath, article: &'a Article) -> PageContext<'a> {
    let shared = input.shared;
    let index = shared.index;
    let (page, facts) = (input.page, input.facts);
    let mut context = outside(shared, out, index.title(input.id));
    (context.page.heading, context.page.content) = article.html.split_at(article.heading_end);
    context.page.shows_title = facts.shows_title;
    context.page.is_home = index.reading.home() == Some(input.id);
    context.page.source = page.path.as_str();
    context.page.description = page.front.description.as_deref().unwrap_or(&facts.lead);
    context.page.markdown = markdown_path(page).map(|path| SitePath::new(path.clone()).href_from(out));
    let canonical = if context.page.is_home { SitePath::fixed("index.html") } else { page.out.clone() };
    context.page.canonical = shared.site.url.as_deref().map(|base| canonical.url_under(base));
    context.page.edit = edit(input);
    context.page.updated = page.modified.as_deref();
    context.page.minutes = facts.length.han / HAN_A_MINUTE + facts.length.words / WORDS_A_MINUTE;
    context.page.reading = shared.theme.labels.minutes.replace("{n}", &context.page.minutes.to_string());
    context.page.front(&page.front);
    context.base = page.is_error_page().then(|| shared.site.base.clone()).flatten();
    context.crumbs = crumbs(input, out);
    if page.front.toc != Some(false) {
        context.toc = toc(&facts.headings);
    }
    if page.origin == Origin::Folder {
        context.children = children(input, out);
    }
    let neighbour = |to: PageId| link(index, out, to);
    context.previous = index.reading.previous(input.id).map(neighbour);
    context.next = index.reading.next(input.id).map(neighbour);
    context.sidebar = sidebar::rows(shared, out, Some(input.id));
    context.interactions = concepts::interactions(input, out);
    context.backlinks = concepts::linked_from(input, out);
    context
}

impl<'a> PageFields<'a> {
    fn front(&mut self, front: &'a FrontMatter) {
        self.date = front.date.as_deref();
        self.tags = &front.tags;
        self.categories = &front.categories;
        self.extra = front.extra.iter().map(|(name, value)| (name.as_str(), value)).collect();
    }
}

/// What a page that is not of the book gives to its template.
pub(super) fn outside<'a>(shared: &'a Shared<'_>, out: &SitePath, title: &'a str) -> PageContext<'a> {
    let assets = &shared.theme.assets;
    let href = |to: &SitePath| to.href_from(out);
    let home = SitePath::fixed("index.html");
    PageContext {
        site: &shared.site,
        labels: &shared.theme.labels,
        assets: AssetLinks {
            style: href(&assets.style),
            head_script: href(&assets.head_script),
            script: href(&assets.script),
            search_script: href(&assets.search_script),
            icon: href(&assets.icon),
            more_styles: assets.more_styles.iter().map(href).collect(),
            more_scripts: assets.more_scripts.iter().map(href).collect(),
        },
        page: PageFields {
            title,
            description: "",
            heading: "",
            content: "",
            shows_title: false,
            is_home: false,
            source: "",
            markdown: None,
            canonical: None,
            edit: None,
            updated: None,
            minutes: 0,
            reading: String::new(),
            date: None,
            tags: &[],
            categories: &[],
            extra: BTreeMap::new(),
        },
        crumbs: Vec::new(),
        toc: Vec::new(),
        children: Vec::new(),
        previous: None,
        next: None,
        sidebar: Vec::new(),
        base: None,
        root: home.href_from(out).trim_end_matches("index.html").to_owned(),
        home: href(&home),
        contents: href(&shared.contents),
        about: about(shared, out),
        cards: shared.connections.pages().index.as_ref().map_or(0, |_| concepts::shards(shared.concepts)),
        interactions: Vec::new(),
        backlinks: Backlinked::default(),
        search: search_folder(out),
    }
}

fn about(shared: &Shared<'_>, out: &SitePath) -> AboutLinks {
    let pages = shared.connections.pages();
    let href = |path: &Option<SitePath>| path.as_ref().map(|path| path.href_from(out));
    AboutLinks {
        concepts: href(&pages.index),
        glossary: href(&pages.glossary),
        interactions: href(&pages.interactions),
        references: href(&pages.references),
        map: href(&pages.map),
    }
}

/// The folder of the search as a page names it.
fn search_folder(out: &SitePath) -> String {
    let up = "../".repeat(out.rel().as_str().matches('/').count());
    format!("{up}{}/", super::SEARCH)
}

fn link(index: &Index<'_>, out: &SitePath, to: PageId) -> Link {
    Link {
        title: index.title(to).to_owned(),
        href: index.href(out, &Target::Page(to, None)),
        description: index.facts[to.at()].lead.to_string(),
    }
}

fn crumbs(input: &PageInput<'_>, out: &SitePath) -> Vec<Link> {
    let index = input.shared.index;
    let nav = &index.book.nav;
    let home = index.reading.home().filter(|home| *home != input.id);
    let mut crumbs: Vec<Link> = home.map(|home| link(index, out, home)).into_iter().collect();
    for item in index.reading.ancestors(nav, input.id) {
        let entry = nav.item(item);
        if matches!(entry.target, NavTarget::Page(to, _) if Some(to) == home) {
            continue;
        }
        let to = first_page(nav, item).filter(|to| *to != input.id);
        let title = match (&entry.title, &entry.target) {
            (Some(title), _) => title.clone(),
            (None, NavTarget::Page(to, _)) => index.title(*to).to_owned(),
            (None, _) => continue,
        };
        crumbs.push(Link {
            title,
            href: to.and_then(|to| index.href(out, &Target::Page(to, None))),
            description: String::new(),
        });
    }
    crumbs
}

/// The titles above a page, from the top, without that of the home page.
pub(super) fn path(input: &PageInput<'_>) -> Vec<String> {
    let index = input.shared.index;
    let home = usize::from(index.reading.home().is_some_and(|home| home != input.id));
    crumbs(input, &input.page.out).into_iter().skip(home).map(|crumb| crumb.title).collect()
}

fn children(input: &PageInput<'_>, out: &SitePath) -> Vec<Link> {
    let index = input.shared.index;
    let nav = &index.book.nav;
    let items = match index.reading.item(input.id) {
        Some(item) => nav.item(item).children.clone(),
        None => return Vec::new(),
    };
    // The root's page stands beside the chapters, not above them.
    let items = if items.is_empty() && input.page.path.parent().is_root() {
        nav.entries.iter().filter_map(|e| if let crate::book::Entry::Item(id) = e { Some(*id) } else { None }).collect()
    } else {
        items
    };
    let pages = items.into_iter().filter_map(|item| first_page(nav, item)).filter(|to| *to != input.id);
    pages.map(|to| link(index, out, to)).collect()
}

/// Headings of the second and third level; fewer than two make no contents.
fn toc(headings: &[Heading]) -> Vec<TocEntry> {
    let mut toc: Vec<TocEntry> = Vec::new();
    let mut under_second = false;
    for heading in headings.iter().filter(|h| matches!(h.shown, 2 | 3) && !h.text.is_empty()) {
        let mut href = String::from("#");
        super::escape::fragment(&heading.id, &mut href);
        let entry = TocEntry { title: heading.text.to_string(), href, children: Vec::new() };
        match toc.last_mut().filter(|_| heading.shown == 3 && under_second) {
            Some(parent) => parent.children.push(entry),
            None => {
                under_second = heading.shown == 2;
                toc.push(entry);
            }
        }
    }
    let count = toc.iter().map(|e| 1 + e.children.len()).sum::<usize>();
    if count < 2 { Vec::new() } else { toc }
}

fn edit(input: &PageInput<'_>) -> Option<String> {
    if input.page.origin == Origin::Folder {
        return None;
    }
    let template = input.book().config.output.html.edit_url_template.as_deref()?;
    if harmful_scheme(template, false).is_some() {
        return None;
    }
    let mut path = String::new();
    super::escape::path(input.page.path_in_root.as_str(), &mut path);
    Some(template.replace("{path}", &path))
}
