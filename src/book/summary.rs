//! `SUMMARY.md` → [`Nav`]: mdBook's grammar, and GitBook's looser lists.
//!
//! A heading before anything else is the file's title; later headings (mdBook: h1, GitBook: any) begin parts. Links
//! outside lists are unnumbered chapters, list items numbered ones; `[Title]()` is a draft; `---` a separator. A list
//! item without a link is a heading over its children, as in GitBook.

use super::PageId;
use super::nav::{Entry, ItemId, Nav, NavItem, NavTarget};
use crate::address::harmful_scheme;
use crate::diagnostic::{Checked, Code, Diagnostic, SourceId, Span, nearest};
use crate::path::RelPath;
use percent_encoding::percent_decode_str;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// Deeper lists are told and cut.
const DEEPEST: usize = 32;

/// The navigation that a SUMMARY.md describes; `pages` are the Markdown files there are.
#[must_use]
#[allow(clippy::implicit_hasher, reason = "one map, made in one place")]
pub fn parse(text: &str, source: SourceId, pages: &HashMap<RelPath, PageId>) -> Checked<Nav> {
    let mut reader = Reader {
        source,
        pages,
        nav: Nav::default(),
        notes: Vec::new(),
        seen: HashSet::new(),
        lists: Vec::new(),
        number: vec![0],
        text: None,
        link: None,
    };
    let options = Options::ENABLE_STRIKETHROUGH | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        reader.event(event, range);
    }
    Checked { value: reader.nav, notes: reader.notes }
}

struct Link {
    dest: String,
    title: String,
    range: Range<usize>,
}

/// A list item on its way: the item may come to be by a link, by bare words, or by its nested list.
#[derive(Default)]
struct OpenItem {
    item: Option<ItemId>,
    words: String,
}

struct Reader<'a> {
    source: SourceId,
    pages: &'a HashMap<RelPath, PageId>,
    nav: Nav,
    notes: Vec<Diagnostic>,
    seen: HashSet<(PageId, Option<String>)>,
    lists: Vec<OpenItem>,
    /// Chapter numbers, one a level.
    number: Vec<u32>,
    /// Text of a heading that is being read.
    text: Option<String>,
    link: Option<Link>,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(Tag::Heading { .. }) => self.text = Some(String::new()),
            Event::End(TagEnd::Heading(_)) => self.heading(),
            Event::Rule => self.nav.entries.push(Entry::Separator),
            Event::Start(Tag::List(_)) => self.open_list(range),
            Event::End(TagEnd::List(_)) => {
                self.number.truncate(self.lists.len().max(1));
            }
            Event::Start(Tag::Item) => self.lists.push(OpenItem::default()),
            Event::End(TagEnd::Item) => {
                self.settle_words();
                self.lists.pop();
            }
            Event::Start(Tag::Link { dest_url, .. }) => {
                self.link = Some(Link { dest: dest_url.into_string(), title: String::new(), range });
            }
            Event::End(TagEnd::Link) => self.chapter(),
            Event::Text(words) | Event::Code(words) => self.words(&words),
            Event::SoftBreak | Event::HardBreak => self.words(" "),
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        if let Some(link) = &mut self.link {
            link.title.push_str(words);
        } else if let Some(text) = &mut self.text {
            text.push_str(words);
        } else if let Some(open) = self.lists.last_mut() {
            open.words.push_str(words);
        }
    }

    fn heading(&mut self) {
        let Some(text) = self.text.take() else { return };
        let is_title_of_the_file = self.nav.entries.is_empty();
        if !is_title_of_the_file && !text.trim().is_empty() {
            self.nav.entries.push(Entry::Part(text.trim().to_owned()));
        }
    }

    /// A nested list makes its item a heading if it has no link.
    fn open_list(&mut self, range: Range<usize>) {
        if self.lists.len() == DEEPEST {
            let span = Span::new(self.source, range.start..range.start + 1);
            self.notes.push(
                Diagnostic::warning(Code::Summary, "this list is nested too deeply to be shown as such").at(span, ""),
            );
        }
        self.settle_words();
        while self.number.len() <= self.lists.len() {
            self.number.push(0);
        }
        let level = self.lists.len();
        if level > 0 {
            self.number[level] = 0;
        }
    }

    /// Turns an item's bare words into a chapter that leads nowhere.
    fn settle_words(&mut self) {
        let Some(open) = self.lists.last() else { return };
        let words = open.words.trim().to_owned();
        if open.item.is_none() && !words.is_empty() {
            self.add(words, NavTarget::Nowhere);
        }
    }

    fn chapter(&mut self) {
        let Some(link) = self.link.take() else { return };
        let target = self.target(&link);
        let already = self.lists.last().is_some_and(|open| open.item.is_some());
        if already {
            let span = Span::new(self.source, link.range);
            self.notes.push(
                Diagnostic::warning(Code::Summary, "a second link in one item is not a chapter").at(span, "left out"),
            );
            return;
        }
        if let NavTarget::Page(page, anchor) = &target
            && !self.seen.insert((*page, anchor.clone()))
        {
            let span = Span::new(self.source, link.range.clone());
            let message = format!("`{}` already has a place in SUMMARY.md", link.dest);
            self.notes.push(
                Diagnostic::warning(Code::SummaryTwice, message).at(span, "named again").help("its first place counts"),
            );
        }
        self.add(link.title.trim().to_owned(), target);
    }

    fn add(&mut self, title: String, target: NavTarget) {
        let level = self.lists.len();
        let number = match level.checked_sub(1) {
            Some(at) => {
                self.number[at] += 1;
                self.number[..=at].to_vec()
            }
            None => Vec::new(),
        };
        // Past the bound, items stand beside their parents.
        let parent = self.lists[..level.saturating_sub(1).min(DEEPEST)].iter().rev().find_map(|open| open.item);
        let title = (!title.is_empty()).then_some(title);
        let id = self.nav.push(NavItem { title, target, number, parent, children: Vec::new() });
        if let Some(open) = self.lists.last_mut() {
            open.item = Some(id);
        }
    }

    fn target(&mut self, link: &Link) -> NavTarget {
        let dest = link.dest.trim();
        if dest.is_empty() {
            return NavTarget::Nowhere;
        }
        if let Some(scheme) = harmful_scheme(dest, false) {
            let message = format!("a `{scheme}:` address is not put into a page");
            let span = Span::new(self.source, link.range.clone());
            self.notes.push(Diagnostic::warning(Code::LinkUnsafe, message).at(span, "shown without a link"));
            return NavTarget::Nowhere;
        }
        if dest.contains("://") || dest.starts_with("mailto:") {
            return NavTarget::Outside(dest.to_owned());
        }
        let (path, anchor) = dest.split_once('#').map_or((dest, None), |(p, a)| (p, Some(a)));
        let path = percent_decode_str(path).decode_utf8_lossy();
        let anchor = anchor.filter(|a| !a.is_empty()).map(|a| percent_decode_str(a).decode_utf8_lossy().into_owned());
        match self.page(&path) {
            Some(page) => NavTarget::Page(page, anchor),
            None => {
                self.missing(&path, &link.range);
                NavTarget::Nowhere
            }
        }
    }

    /// The page a path means: itself, a folder's page, or a name without its extension.
    fn page(&self, path: &str) -> Option<PageId> {
        let path = RelPath::new(path)?;
        let tries = ["", "README.md", "index.md"].iter().filter_map(|name| path.join(name));
        let bare = RelPath::new(&format!("{path}.md"));
        tries.chain(bare).find_map(|p| self.pages.get(&p).copied())
    }

    fn missing(&mut self, path: &str, range: &Range<usize>) {
        let mut names: Vec<&str> = self.pages.keys().map(RelPath::as_str).collect();
        names.sort_unstable();
        let help = nearest(path, names).map(|near| format!("did you mean `{near}`?"));
        let note = Diagnostic::warning(Code::SummaryTarget, format!("SUMMARY.md names `{path}`, which does not exist"))
            .at(Span::new(self.source, range.clone()), "shown without a link")
            .maybe_help(help);
        self.notes.push(note);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Sources;

    fn item(nav: &Nav, id: ItemId, depth: usize, lines: &mut Vec<String>) {
        let it = nav.item(id);
        let number: String = it.number.iter().map(|n| format!("{n}.")).collect();
        lines.push(format!("{}{number}{} {:?}", "  ".repeat(depth), it.title.as_deref().unwrap_or("-"), it.target));
        for &child in &it.children {
            item(nav, child, depth + 1, lines);
        }
    }

    fn outline(text: &str) -> String {
        let names = ["intro.md", "a.md", "a/b.md", "c/README.md", "end.md"];
        let pages: HashMap<RelPath, PageId> =
            (0u32..).zip(names).map(|(at, n)| (RelPath::new(n).expect("within"), PageId(at))).collect();
        let mut sources = Sources::default();
        let id = sources.add("SUMMARY.md", text);
        let checked = parse(text, id, &pages);
        let mut lines = Vec::new();
        for entry in &checked.value.entries {
            match entry {
                Entry::Part(title) => lines.push(format!("# {title}")),
                Entry::Separator => lines.push("---".to_owned()),
                Entry::Item(id) => item(&checked.value, *id, 0, &mut lines),
            }
        }
        for note in checked.notes {
            let place = sources.place(note.span.expect("has a place"));
            lines.push(format!("! {}:{} {}", place.line, place.column, note.message));
        }
        lines.join("\n")
    }

    #[test]
    fn mdbooks_grammar_whole() {
        let text = "# Summary\n\n[Intro](intro.md)\n\n# Part one\n\n- [A](a.md)\n  - [B](a/b.md)\n  - [Draft]()\n- [C `x`](c/README.md)\n\n---\n\n- [More](a/b.md#x)\n\n[End](end.md)\n";
        insta::assert_snapshot!(outline(text), @r#"
        Intro Page(PageId(0), None)
        # Part one
        1.A Page(PageId(1), None)
          1.1.B Page(PageId(2), None)
          1.2.Draft Nowhere
        2.C x Page(PageId(3), None)
        ---
        3.More Page(PageId(2), Some("x"))
        End Page(PageId(4), None)
        "#);
    }

    #[test]
    fn gitbooks_lists() {
        let text = "# 目录\n\n* [前言](intro.md)\n* 第一部分\n    * [A](./a)\n    * [C](c/)\n* [Site](https://example.org)\n\n## 附录\n\n* [完](end.md)\n";
        insta::assert_snapshot!(outline(text), @r#"
        1.前言 Page(PageId(0), None)
        2.第一部分 Nowhere
          2.1.A Page(PageId(1), None)
          2.2.C Page(PageId(3), None)
        3.Site Outside("https://example.org")
        # 附录
        4.完 Page(PageId(4), None)
        "#);
    }

    #[test]
    fn a_missing_file_and_a_page_named_twice_are_told() {
        let text = "- [A](aa.md)\n- [B](a/b.md)\n- [B again](a/b.md)\n";
        insta::assert_snapshot!(outline(text), @r"
        1.A Nowhere
        2.B Page(PageId(2), None)
        3.B again Page(PageId(2), None)
        ! 1:3 SUMMARY.md names `aa.md`, which does not exist
        ! 3:3 `a/b.md` already has a place in SUMMARY.md
        ");
    }
}
