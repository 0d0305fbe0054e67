//! The files that no page is the source of: the list of all pages, the 404 page, redirects, and what search engines,
//! language models and GitHub Pages look for. A file of the book with the same name wins.

use super::context::{self, RedirectContext};
use super::{Shared, concepts, escape, markdown_path, sidebar};
use crate::address::harmful_scheme;
use crate::book::PageId;
use crate::diagnostic::{Checked, Code, Diagnostic};
use crate::output::Output;
use crate::path::{RelPath, SitePath};
use crate::theme::Template;
use std::collections::HashSet;
use std::fmt::Write as _;

/// Makes them all.
#[must_use]
pub fn extras(shared: &Shared<'_>) -> Checked<Vec<Output>> {
    let mut maker = Maker { shared, made: Vec::new(), notes: Vec::new() };
    maker.contents();
    maker.not_found();
    maker.redirects();
    maker.sitemap();
    let (made, notes) = concepts::made(shared);
    maker.made.extend(made);
    maker.notes.extend(notes);
    maker.put("llms.txt", llms(shared));
    maker.put(".nojekyll", String::new());
    if let Some(name) = &shared.index.book.config.output.html.cname {
        maker.put("CNAME", format!("{name}\n"));
    }
    let taken = taken(shared);
    let folders: HashSet<RelPath> = taken.iter().flat_map(|path| path.rel().folders()).collect();
    maker.made.retain(|o| {
        !taken.contains(&o.path)
            && !folders.contains(o.path.rel())
            && !o.path.rel().folders().any(|folder| taken.contains(&SitePath::new(folder)))
    });
    Checked { value: maker.made, notes: maker.notes }
}

/// Where the page with all pages goes; not where the book has something of its own.
#[must_use]
pub fn contents_path(book: &crate::book::Book) -> SitePath {
    let usual = SitePath::fixed("contents.html");
    let taken = book.pages.iter().any(|p| p.out == usual) || book.files.iter().any(|f| f.out == usual);
    if taken { SitePath::fixed("portolan-contents.html") } else { usual }
}

/// The files that the book itself brings.
fn taken(shared: &Shared<'_>) -> HashSet<SitePath> {
    let book = shared.index.book;
    let pages = book.pages.iter().zip(shared.built).filter(|(_, built)| **built).map(|(p, _)| p.out.clone());
    let files = book.files.iter().map(|f| f.out.clone());
    let statics = book.overrides.statics.iter().map(|(name, _)| SitePath::new(name.clone()));
    pages.chain(files).chain(statics).collect()
}

struct Maker<'a, 's> {
    shared: &'a Shared<'s>,
    made: Vec<Output>,
    notes: Vec<Diagnostic>,
}

impl Maker<'_, '_> {
    fn put(&mut self, path: &'static str, text: String) {
        self.made.push(Output::text(SitePath::fixed(path), text));
    }

    fn render(&mut self, template: Template, path: SitePath, context: &impl serde::Serialize) {
        match self.shared.theme.templates.render(template, context) {
            Ok(text) => self.made.push(Output::text(path, text)),
            Err(fault) => self.notes.push(fault),
        }
    }

    fn contents(&mut self) {
        let path = self.shared.contents.clone();
        let mut context = context::outside(self.shared, &path, &self.shared.theme.labels.contents);
        context.sidebar = sidebar::all(self.shared, &path);
        self.render(Template::Contents, path.clone(), &context);
    }

    fn not_found(&mut self) {
        let path = SitePath::fixed("404.html");
        let mut context = context::outside(self.shared, &path, &self.shared.theme.labels.not_found);
        context.sidebar = sidebar::rows(self.shared, &path, None);
        context.base.clone_from(&self.shared.site.base);
        self.render(Template::NotFound, path.clone(), &context);
    }

    /// `[output.html.redirect]`: a page at the old address that leads to the new one.
    fn redirects(&mut self) {
        let shared = self.shared;
        for (old, new) in &shared.index.book.config.output.html.redirect {
            let (file, anchor) = old.split_once('#').map_or((old.as_str(), None), |(f, a)| (f, Some(a)));
            if anchor.is_some() {
                continue;
            }
            let Some(path) = RelPath::new(file).filter(may_be_made) else {
                let shown = old.escape_debug();
                let message = format!("a redirect from `{shown}` leads out of the site");
                self.notes.push(Diagnostic::warning(Code::LinkTarget, message));
                continue;
            };
            if let Some(scheme) = harmful_scheme(new, false) {
                let message = format!("a `{scheme}:` address is not put into a page");
                self.notes.push(Diagnostic::warning(Code::LinkUnsafe, message));
                continue;
            }
            let path = if file.ends_with('/') { path.join("index.html").unwrap_or(path) } else { path };
            let out = SitePath::new(path);
            // An address from the site's root is made relative, so that the site can be moved.
            let to = match new.strip_prefix('/') {
                Some(rest) => {
                    let (file, tail) = rest.split_at(rest.find(['#', '?']).unwrap_or(rest.len()));
                    RelPath::new(file)
                        .map_or_else(|| new.clone(), |to| format!("{}{tail}", SitePath::new(to).href_from(&out)))
                }
                None => new.clone(),
            };
            let context = RedirectContext { labels: &shared.theme.labels, language: &shared.site.language, to };
            self.render(Template::Redirect, out, &context);
        }
    }

    fn sitemap(&mut self) {
        let shared = self.shared;
        let Some(base) = &shared.site.url else {
            // Addresses in a site map are absolute; without a known one there is none.
            self.put("robots.txt", "User-agent: *\nAllow: /\n".to_owned());
            return;
        };
        let mut map = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n",
        );
        for id in built(shared) {
            let page = shared.index.page(id);
            let is_home = shared.index.reading.home() == Some(id);
            let out = if is_home { &SitePath::fixed("index.html") } else { &page.out };
            let _ = write!(map, "<url><loc>{}</loc>", escape::xml(&out.url_under(base)));
            if let Some(day) = &page.modified {
                let _ = write!(map, "<lastmod>{day}</lastmod>");
            }
            map.push_str("</url>\n");
        }
        map.push_str("</urlset>\n");
        self.put("sitemap.xml", map);
        self.put(
            "robots.txt",
            format!("User-agent: *\nAllow: /\n\nSitemap: {}\n", SitePath::fixed("sitemap.xml").url_under(base)),
        );
    }
}

/// Whether a file of the site may have this name.
fn may_be_made(path: &RelPath) -> bool {
    const LONGEST: usize = 255;
    let is_name = |part: &str| part.len() <= LONGEST && !part.contains(char::is_control);
    !path.is_root() && !path.name().starts_with(".portolan") && path.as_str().split('/').all(is_name)
}

/// The pages that are built: those of the navigation in its order, then the others.
fn built<'a>(shared: &'a Shared<'_>) -> impl Iterator<Item = PageId> + 'a {
    let index = shared.index;
    let others = (0u32..).map(PageId).take(index.book.pages.len()).filter(|id| index.reading.item(*id).is_none());
    let all = index.reading.order().iter().copied().chain(others);
    all.filter(|id| shared.built[id.at()] && !index.page(*id).is_error_page())
}

/// The list that language models are given, after llmstxt.org: the book in a sentence, then its pages as Markdown.
fn llms(shared: &Shared<'_>) -> String {
    let line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut text = format!("# {}\n\n", line(&shared.site.title));
    if !shared.site.description.is_empty() {
        let _ = write!(text, "> {}\n\n", line(&shared.site.description));
    }
    let root = SitePath::fixed("llms.txt");
    let _ = write!(text, "## {}\n\n", shared.theme.labels.contents);
    for id in built(shared) {
        let page = shared.index.page(id);
        let Some(path) = markdown_path(page) else { continue };
        let path = SitePath::new(path.clone());
        let href = shared.site.url.as_deref().map_or_else(|| path.href_from(&root), |base| path.url_under(base));
        let _ = write!(text, "- [{}]({href})", line(shared.index.title(id)).replace(['[', ']'], ""));
        let about = page.front.description.as_deref().unwrap_or(&shared.index.facts[id.at()].lead);
        if !about.is_empty() {
            let _ = write!(text, ": {}", line(about));
        }
        text.push('\n');
    }
    text
}
