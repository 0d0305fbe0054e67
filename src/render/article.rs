//! The text of a page: Markdown in, HTML out.
//!
//! One pass over the same [`Events`] that the facts were taken from; the n-th link and the n-th heading of one are
//! those of the other. What is small and local (code, images, tables, footnotes, raw HTML, running text) has a file
//! of its own; this one walks and opens and closes blocks.

use super::footnotes::Footnotes;
use super::{PageInput, escape, sanitize};
use crate::diagnostic::{Checked, Diagnostic};
use crate::highlight::Memory;
use crate::index::Target;
use crate::markdown::{Events, Heading, prepare};
use crate::path::SitePath;
use pulldown_cmark::{Alignment, BlockQuoteKind, CowStr, Event, Tag, TagEnd};
use std::fmt::Write as _;
use std::iter::Peekable;
use std::ops::Range;

/// The text of a page.
pub(super) struct Article {
    pub(super) html: String,
    /// Where the title ends that it begins with; 0 if it begins with something else.
    pub(super) heading_end: usize,
}

/// Writes the article of a page as it stands in the file `out`.
#[must_use]
pub(super) fn article(input: &PageInput<'_>, out: &SitePath, memory: &mut Memory) -> Checked<Article> {
    let text = input.page.text.markdown();
    let prepared = prepare(text);
    let mut events = Events::new(&prepared, &input.shared.dialect).peekable();
    let mut writer = Writer::new(input, out, memory, text.len());
    while let Some((event, range)) = events.next() {
        writer.event(event, range, &mut events);
    }
    writer.finish()
}

/// The events still to come.
pub(super) type Ahead<'t> = Peekable<Events<'t>>;

/// A table half written.
pub(super) struct Table {
    pub(super) alignments: Vec<Alignment>,
    /// Column of the next cell.
    pub(super) column: usize,
    pub(super) in_head: bool,
}

/// The row or term that is being written, an index into the page's rows.
pub(super) type OpenRow = Option<u32>;

/// A page half written.
pub(super) struct Writer<'a> {
    pub(super) input: &'a PageInput<'a>,
    /// The file the page will be.
    pub(super) out: &'a SitePath,
    pub(super) memory: &'a mut Memory,
    pub(super) html: String,
    pub(super) notes: Vec<Diagnostic>,
    /// How many links, headings and images have been written.
    links: usize,
    headings: usize,
    heading_end: usize,
    pub(super) images: usize,
    pub(super) diagrams: usize,
    /// How the open links end, outermost first.
    pub(super) open_links: Vec<&'static str>,
    pub(super) table: Option<Table>,
    pub(super) row: OpenRow,
    footnotes: Footnotes,
    /// Texts set aside while a footnote is written.
    aside: Vec<(CowStr<'static>, String)>,
    /// Raw tags that are open, where raw HTML is cleaned.
    pub(super) open_tags: sanitize::Open,
}

impl<'a> Writer<'a> {
    fn new(input: &'a PageInput<'a>, out: &'a SitePath, memory: &'a mut Memory, length: usize) -> Self {
        Writer {
            input,
            out,
            memory,
            html: String::with_capacity(length * 2),
            notes: Vec::new(),
            links: 0,
            headings: 0,
            heading_end: 0,
            images: 0,
            diagrams: 0,
            open_links: Vec::new(),
            table: None,
            row: None,
            footnotes: Footnotes::default(),
            aside: Vec::new(),
            open_tags: sanitize::Open::default(),
        }
    }

    fn finish(self) -> Checked<Article> {
        let Writer { mut html, mut open_tags, footnotes, input, heading_end, notes, .. } = self;
        open_tags.close(&mut html);
        footnotes.write(&input.shared.theme.labels, &mut html);
        Checked { value: Article { html, heading_end }, notes }
    }

    /// The target of the next link, in the order of the facts.
    pub(super) fn next_target(&mut self) -> &'a Target {
        let target = self.input.links.targets.get(self.links).unwrap_or(&Target::Missing);
        self.links += 1;
        target
    }

    pub(super) fn is_in_link(&self) -> bool {
        !self.open_links.is_empty()
    }

    fn event<'t>(&mut self, event: Event<'t>, range: Range<usize>, ahead: &mut Ahead<'t>) {
        match event {
            Event::Start(tag) => self.start(tag, range, ahead),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.text(&text, &range),
            Event::Code(code) => {
                self.html.push_str("<code>");
                escape::text(&code, &mut self.html);
                self.html.push_str("</code>");
            }
            Event::InlineMath(math) => self.formula_in_line(&math, range),
            Event::DisplayMath(math) => self.formula_apart(&math, range),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(&html, &range),
            Event::FootnoteReference(name) => self.footnotes.refer(&name, &mut self.html),
            Event::SoftBreak => self.html.push('\n'),
            Event::HardBreak => self.html.push_str("<br>\n"),
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(done) => self.task(done),
        }
    }

    fn start<'t>(&mut self, tag: Tag<'t>, range: Range<usize>, ahead: &mut Ahead<'t>) {
        match tag {
            Tag::Paragraph => self.paragraph(ahead),
            Tag::Heading { classes, .. } => self.open_heading(&classes),
            Tag::BlockQuote(kind) => self.open_quote(kind),
            Tag::CodeBlock(kind) => self.code(&kind, range, ahead),
            Tag::List(None) => self.html.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.html.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                let _ = writeln!(self.html, "<ol start=\"{first}\">");
            }
            Tag::Item => self.html.push_str("<li>"),
            Tag::FootnoteDefinition(name) => {
                self.aside.push((CowStr::from(name.to_string()), std::mem::take(&mut self.html)));
            }
            Tag::DefinitionList => self.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.open_declaring("dt", range.start),
            Tag::DefinitionListDefinition => self.html.push_str("<dd>"),
            Tag::Table(alignments) => self.open_table(&alignments),
            Tag::TableHead => self.html.push_str("<thead>\n<tr>"),
            Tag::TableRow => self.open_declaring("tr", range.start),
            Tag::TableCell => self.open_cell(),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript => self.html.push_str("<sup>"),
            Tag::Subscript => self.html.push_str("<sub>"),
            Tag::Link { title, .. } => self.open_link(&title, ahead),
            Tag::Image { title, .. } => {
                let image = self.image(&title, ahead);
                self.html.push_str(&image.html);
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.html.push_str("</p>\n"),
            TagEnd::Heading(_) => self.close_heading(),
            TagEnd::BlockQuote(kind) => self.html.push_str(if kind.is_some() { "</div>\n" } else { "</blockquote>\n" }),
            TagEnd::List(ordered) => self.html.push_str(if ordered { "</ol>\n" } else { "</ul>\n" }),
            TagEnd::Item => self.html.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => {
                if let Some((name, outer)) = self.aside.pop() {
                    let note = std::mem::replace(&mut self.html, outer);
                    self.footnotes.define(&name, note);
                }
            }
            TagEnd::DefinitionList => self.html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.close_term(),
            TagEnd::DefinitionListDefinition => self.html.push_str("</dd>\n"),
            TagEnd::Table => self.close_table(),
            TagEnd::TableHead => self.close_head(),
            TagEnd::TableRow => self.close_row(),
            TagEnd::TableCell => self.close_cell(),
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.html.push_str("</del>"),
            TagEnd::Superscript => self.html.push_str("</sup>"),
            TagEnd::Subscript => self.html.push_str("</sub>"),
            TagEnd::Link => {
                let end = self.open_links.pop().unwrap_or_default();
                self.html.push_str(end);
            }
            // These are taken whole where they begin.
            TagEnd::CodeBlock | TagEnd::Image | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {}
        }
    }

    /// A paragraph, or the figure that a paragraph of nothing but an image is.
    fn paragraph(&mut self, ahead: &mut Ahead<'_>) {
        let Some((Event::Start(Tag::Image { title, .. }), _)) =
            ahead.next_if(|(e, _)| matches!(e, Event::Start(Tag::Image { .. })))
        else {
            self.html.push_str("<p>");
            return;
        };
        let image = self.image(&title, ahead);
        if ahead.next_if(|(e, _)| matches!(e, Event::End(TagEnd::Paragraph))).is_some() {
            self.figure(&image);
        } else {
            self.html.push_str("<p>");
            self.html.push_str(&image.html);
        }
    }

    fn heading(&self) -> Option<&'a Heading> {
        self.input.facts.headings.get(self.headings)
    }

    fn open_heading(&mut self, classes: &[CowStr<'_>]) {
        let Some(heading) = self.heading() else { return };
        let _ = write!(self.html, "<h{} id=\"", heading.shown);
        escape::attribute(&heading.id, &mut self.html);
        if !classes.is_empty() {
            self.html.push_str("\" class=\"");
            escape::attribute(&classes.join(" "), &mut self.html);
        }
        if let Some(concept) = self.input.declared_by_heading(self.headings) {
            self.html.push_str("\" data-concept=\"");
            escape::attribute(concept, &mut self.html);
        }
        self.html.push_str("\">");
    }

    /// The heading's own link comes after its text; its sign is drawn by the style sheet, so that the text stays clean.
    fn close_heading(&mut self) {
        let Some(heading) = self.heading() else { return };
        self.headings += 1;
        let name = self.input.shared.theme.labels.link_to.replace("{title}", &heading.text);
        let href = self.input.shared.index.href(self.out, &Target::Page(self.input.id, Some(heading.id.clone())));
        // On the home page's second address an anchor is still one of that very file.
        let anchor = href.as_deref().and_then(|h| h.find('#').map(|at| &h[at..])).unwrap_or("#");
        self.html.push_str("<a class=\"anchor\" href=\"");
        escape::url(anchor, &mut self.html);
        self.html.push_str("\" aria-label=\"");
        escape::attribute(&name, &mut self.html);
        let _ = writeln!(self.html, "\"></a></h{}>", heading.shown);
        if self.headings == 1 && self.input.facts.opens_with_title {
            self.heading_end = self.html.len();
        }
    }

    fn open_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let labels = &self.input.shared.theme.labels;
        let (class, word) = match kind {
            None => {
                self.html.push_str("<blockquote>\n");
                return;
            }
            Some(BlockQuoteKind::Note) => ("note", &labels.note),
            Some(BlockQuoteKind::Tip) => ("tip", &labels.tip),
            Some(BlockQuoteKind::Important) => ("important", &labels.important),
            Some(BlockQuoteKind::Warning) => ("warning", &labels.warning),
            Some(BlockQuoteKind::Caution) => ("caution", &labels.caution),
        };
        let _ = write!(self.html, "<div class=\"alert {class}\" role=\"note\">\n<p class=\"alert-title\">{word}</p>\n");
    }

    fn task(&mut self, done: bool) {
        let labels = &self.input.shared.theme.labels;
        let (checked, word) = if done { (" checked", &labels.done) } else { ("", &labels.open) };
        let _ = write!(self.html, "<input type=\"checkbox\" disabled{checked} aria-label=\"{word}\"> ");
    }
}
