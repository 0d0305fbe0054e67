//! From the words of a link to what it leads to.
//!
//! A path is relative to the page's source, as GitHub reads it; `/x` means the folder of the sources. `x.html` means
//! the page made from `x.md`, a folder its page, a name without extension the page of that name.

use crate::address::{harmful_scheme, scheme};
use crate::book::PageId;
use crate::concept::Concepts;
use crate::diagnostic::{Code, Diagnostic, Span, nearest};
use crate::index::{Index, Target};
use crate::markdown::{LinkFact, LinkRole};
use crate::path::RelPath;
use percent_encoding::percent_decode_str;
use std::borrow::Cow;

/// Resolves links of one page.
pub(super) struct Resolver<'a, 'i> {
    pub page: PageId,
    pub index: &'a Index<'i>,
    pub concepts: &'a Concepts,
    pub notes: &'a mut Vec<Diagnostic>,
}

impl Resolver<'_, '_> {
    pub(super) fn target(&mut self, link: &LinkFact) -> Target {
        let dest = link.dest.trim();
        if link.role == LinkRole::Wiki {
            return self.wiki(link, dest);
        }
        if scheme(dest).is_some() {
            return self.with_scheme(link, dest);
        }
        if dest.starts_with("//") {
            return Target::Outside(dest.into());
        }
        let (path, rest) = dest.split_at(dest.find(['#', '?']).unwrap_or(dest.len()));
        let fragment = rest.split_once('#').map(|(_, f)| f).filter(|f| !f.is_empty());
        if path.is_empty() {
            return self.anchored(link, self.page, fragment);
        }
        self.path(link, path, rest, fragment)
    }

    fn with_scheme(&mut self, link: &LinkFact, dest: &str) -> Target {
        if let Some(scheme) = harmful_scheme(dest, link.role == LinkRole::Image) {
            let message = format!("a `{scheme}:` address is not put into a page");
            self.notes.push(Diagnostic::warning(Code::LinkUnsafe, message).at(self.span(link), "left out"));
            return Target::Unsafe;
        }
        Target::Outside(dest.into())
    }

    fn wiki(&mut self, link: &LinkFact, dest: &str) -> Target {
        let (name, fragment) = dest.split_once('#').map_or((dest, None), |(n, f)| (n, Some(f)));
        let by_path = || self.here(name).and_then(|p| self.page_or_file(&p));
        match self.index.page_named(name).or_else(|| match by_path() {
            Some(Found::Page(page)) => Some(page),
            _ => None,
        }) {
            Some(page) => {
                let slug = fragment.map(crate::markdown::slug);
                self.anchored(link, page, slug.as_deref())
            }
            None => self.missing(link, name, None),
        }
    }

    fn path(&mut self, link: &LinkFact, path: &str, rest: &str, fragment: Option<&str>) -> Target {
        let decoded = percent_decode_str(path).decode_utf8().unwrap_or(Cow::Borrowed(path));
        let Some(rel) = self.here(&decoded).or_else(|| self.here(path)) else {
            // Out of the sources: it may be there where the site is put (`../std/` beside a book), nobody here can say.
            return Target::Outside(format!("{path}{rest}").into());
        };
        match self.page_or_file(&rel) {
            Some(Found::Page(page)) => self.anchored(link, page, fragment),
            Some(Found::File(at)) => Target::File(at, rest.into()),
            None => self.missing(link, &decoded, Some(&rel)),
        }
    }

    /// The path that a text means on this page; `None` if it leads out of the sources.
    fn here(&self, path: &str) -> Option<RelPath> {
        match path.strip_prefix('/') {
            Some(from_root) => RelPath::new(from_root),
            None => self.index.page(self.page).path.parent().join(path),
        }
    }

    fn page_or_file(&self, path: &RelPath) -> Option<Found> {
        let index = self.index;
        let page = |p: Option<RelPath>| p.and_then(|p| index.page_at(&p)).map(Found::Page);
        page(Some(path.clone()))
            .or_else(|| index.file_at(path).map(Found::File))
            .or_else(|| page(path.join("README.md")))
            .or_else(|| page(path.join("index.md")))
            .or_else(|| match path.extension() {
                "html" | "htm" if path.stem() == "index" => {
                    page(Some(path.with_name("README.md"))).or_else(|| page(Some(path.with_name("index.md"))))
                }
                "html" | "htm" => page(Some(path.with_name(&format!("{}.md", path.stem())))),
                _ => None,
            })
            .or_else(|| page(Some(path.with_name(&format!("{}.md", path.name())))))
            .or_else(|| path.join("index.html").and_then(|p| index.file_at(&p)).map(Found::File))
    }

    fn anchored(&mut self, link: &LinkFact, page: PageId, fragment: Option<&str>) -> Target {
        let Some(fragment) = fragment else { return Target::Page(page, None) };
        let decoded = percent_decode_str(fragment).decode_utf8_lossy();
        // `#` and `#top` are the page's beginning (HTML, section 7.4.6.3).
        if decoded.is_empty() || decoded.eq_ignore_ascii_case("top") || decoded.starts_with(":~:") {
            return Target::Page(page, None);
        }
        if let Some(anchor) = self.index.anchor(page, &decoded).or_else(|| self.index.anchor(page, fragment)) {
            return Target::Page(page, Some(anchor.into()));
        }
        if let Some(anchor) = self.concepts.anchor(page, &decoded) {
            return Target::Page(page, Some(anchor.into()));
        }
        let path = &self.index.page(page).path;
        let help =
            nearest(&decoded, self.index.anchors(page).iter().copied()).map(|near| format!("did you mean `#{near}`?"));
        let note = Diagnostic::warning(Code::LinkAnchor, format!("`{path}` has no anchor `#{decoded}`"))
            .at(self.span(link), "leads to the page's beginning")
            .maybe_help(help);
        self.notes.push(note);
        Target::Page(page, None)
    }

    fn missing(&mut self, link: &LinkFact, written: &str, rel: Option<&RelPath>) -> Target {
        let what = if link.role == LinkRole::Image { "image" } else { "page or file" };
        let note = Diagnostic::warning(Code::LinkTarget, format!("there is no {what} `{written}`"))
            .at(self.span(link), "not found")
            .maybe_help(rel.and_then(|rel| self.near(rel)));
        self.notes.push(note);
        Target::Missing
    }

    /// A page or file that could be meant: of a like name in that folder, or of that name elsewhere.
    fn near(&self, rel: &RelPath) -> Option<String> {
        let here = self.index.page(self.page);
        let siblings = self.index.in_folder(&rel.parent());
        let sibling = nearest(rel.name(), siblings.iter().map(|p| p.name())).map(|near| rel.with_name(near));
        let found = sibling.or_else(|| self.index.called(rel.name()).cloned())?;
        let words = crate::path::SitePath::new(found).href_from(&crate::path::SitePath::new(here.path.clone()));
        Some(format!("did you mean `{words}`?"))
    }

    fn span(&self, link: &LinkFact) -> Span {
        let text = &self.index.page(self.page).text;
        let range = link.range.start as usize..link.range.end as usize;
        // The caret belongs under the destination, not under the whole link.
        let inner = text.markdown().get(range.clone()).and_then(|written| written.rfind(&*link.dest));
        text.span(match inner {
            Some(at) => range.start + at..range.start + at + link.dest.len(),
            None => range,
        })
    }
}

enum Found {
    Page(PageId),
    File(usize),
}
