//! What others may ask of a page: its title, headings, anchors and links. No events, no HTML.

use super::drawn::{self, Drawn};
use super::events::Events;
use super::prose::{self, Prose, ProseTaker, Row};
use super::raw;
use super::{Dialect, Slugs, autolink, cjk, prepare};
use crate::book::Page;
use crate::config::{ConceptsTable, RawHtml};
use crate::diagnostic::{Checked, Code, Diagnostic};
use pulldown_cmark::{CodeBlockKind, Event, HeadingLevel, LinkType, Tag, TagEnd};
use std::collections::HashSet;
use std::ops::Range;

/// The facts of a page. Small: this is what crosses from one page to the others.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// What the page calls itself: front matter, else its first h1.
    pub title: Option<Box<str>>,
    /// The text of its first paragraph, cut.
    pub lead: Box<str>,
    /// Its headings, in order.
    pub headings: Vec<Heading>,
    /// Whether its text shows a title, so that the template need not.
    pub shows_title: bool,
    /// Whether that title is the first thing to be seen.
    pub opens_with_title: bool,
    /// Anchors that raw HTML makes.
    pub ids: Vec<Box<str>>,
    /// Its links, in the order of the events.
    pub links: Vec<LinkFact>,
    /// How much there is to read.
    pub length: Length,
    /// Where names may be found.
    pub prose: Prose,
    /// What could declare a concept, besides headings.
    pub rows: Vec<Row>,
    /// What its diagrams say.
    pub drawn: Vec<Drawn>,
    /// Its links to other sites, with their words.
    pub outside: Vec<Outside>,
}

/// A link to another site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outside {
    /// The address.
    pub url: Box<str>,
    /// The words it is called by; empty if there are only the address's own.
    pub label: Box<str>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// 1 to 6, as shown: a page has one title, what follows a second h1 stands below the first.
    pub shown: u8,
    /// Its text, without markup.
    pub text: Box<str>,
    /// Its anchor, unique on the page.
    pub id: Box<str>,
    /// Where the first paragraph below it is; empty if there is none.
    pub lead: Range<u32>,
    /// The concept that a comment `<!-- concept: id -->` before it names.
    pub marked: Option<Box<str>>,
}

/// A link as it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkFact {
    /// The destination.
    pub dest: Box<str>,
    /// Where it stands in the Markdown.
    pub range: Range<u32>,
    /// What it is for.
    pub role: LinkRole,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkRole {
    /// To be followed.
    Link,
    /// `<https://…>`, `<me@example.org>`: the text is the address.
    Address,
    /// `[[Page]]`
    Wiki,
    /// To be shown.
    Image,
}

/// How much there is to read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Length {
    /// Chinese characters.
    pub han: u32,
    /// Words of other scripts.
    pub words: u32,
}

/// How much of the first paragraph is kept, in characters.
const LEAD: usize = 160;

/// Takes the facts of a page.
#[must_use]
pub fn facts(page: &Page, dialect: &Dialect, concepts: &ConceptsTable) -> Checked<Facts> {
    let text = page.text.markdown();
    let prepared = prepare(text);
    let mut taker = Taker {
        page,
        text,
        facts: Facts::default(),
        slugs: Slugs::default(),
        notes: Vec::new(),
        at: Where::default(),
        prose: ProseTaker::new(text, concepts),
        autolink: dialect.autolink,
        html: dialect.html,
    };
    taker.reserve_written_ids(&prepared, *dialect);
    let mut events = Events::new(&prepared, dialect);
    for (event, range) in events.by_ref() {
        taker.prose.event(&event, range.clone());
        taker.event(&event, range);
    }
    taker.definitions(&events);
    let mut facts = taker.facts;
    (facts.prose, facts.rows) = (taker.prose.prose, taker.prose.rows);
    let opens_with_heading = taker.at.beginning == Beginning::Heading;
    if !facts.shows_title && opens_with_heading {
        promote(&mut facts);
    }
    facts.opens_with_title = opens_with_heading && facts.headings.first().is_some_and(|h| h.shown == 1);
    if let Some(title) = &page.front.title {
        facts.title = Some(title.as_str().into());
    }
    Checked { value: facts, notes: taker.notes }
}

#[derive(Default)]
struct Where {
    heading: Option<(u8, Option<Box<str>>, String)>,
    /// The text of the paragraph that may become the lead.
    lead: Option<String>,
    depth: usize,
    in_code: bool,
    /// The text of the open fence, if it is a diagram.
    diagram: Option<String>,
    diagrams: u32,
    /// The words of the open link, if it leads to another site.
    label: Option<String>,
    /// The concept that a comment has named for the next heading.
    marked: Option<Box<str>>,
    /// Past a second h1.
    demoted: bool,
    beginning: Beginning,
}

/// What a page begins with, as a reader sees it.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Beginning {
    #[default]
    Nothing,
    Heading,
    Other,
}

fn beginning(event: &Event<'_>) -> Beginning {
    match event {
        Event::Start(Tag::Heading { .. }) => Beginning::Heading,
        Event::Start(Tag::HtmlBlock | Tag::Paragraph) | Event::End(_) | Event::SoftBreak => Beginning::Nothing,
        Event::Html(html) | Event::InlineHtml(html) if !raw::read(html).is_visible => Beginning::Nothing,
        _ => Beginning::Other,
    }
}

/// A page that begins with `## Installation` and has no h1: that heading is its title.
fn promote(facts: &mut Facts) {
    let Some((first, rest)) = facts.headings.split_first_mut() else { return };
    facts.shows_title = true;
    first.shown = 1;
    // Others of its level stay where they are, and so does what is below them.
    let shift = if rest.iter().all(|h| h.level > first.level) { first.level - 1 } else { 0 };
    for heading in rest {
        heading.shown = (heading.level - shift).max(2);
    }
}

struct Taker<'a> {
    page: &'a Page,
    text: &'a str,
    facts: Facts,
    slugs: Slugs,
    notes: Vec<Diagnostic>,
    at: Where,
    prose: ProseTaker<'a>,
    autolink: bool,
    html: RawHtml,
}

impl Taker<'_> {
    /// Ids written by the author win over those made from headings, wherever they stand.
    fn reserve_written_ids(&mut self, prepared: &super::Prepared<'_>, dialect: Dialect) {
        if !self.text.contains("{#") {
            return;
        }
        for (event, _) in Events::new(prepared, &dialect) {
            if let Event::Start(Tag::Heading { id: Some(id), .. }) = event {
                self.slugs.reserve(&id);
            }
        }
    }

    fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        if self.at.beginning == Beginning::Nothing {
            self.at.beginning = beginning(event);
        }
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.words(text),
            Event::Code(text) => {
                self.count(text);
                self.keep(text);
            }
            Event::SoftBreak | Event::HardBreak => self.keep(" "),
            Event::Html(html) | Event::InlineHtml(html) => self.raw(html, range.start),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                self.at.heading = Some((level_number(*level), id.as_ref().map(|id| (**id).into()), String::new()));
            }
            Tag::Paragraph => {
                if self.at.depth == 0 {
                    self.lead_of_heading(&range);
                }
                self.missing_delimiter(range);
                if self.at.depth == 0 && self.facts.lead.is_empty() {
                    self.at.lead = Some(String::new());
                }
            }
            Tag::CodeBlock(kind) => {
                self.at.in_code = true;
                let is_diagram =
                    matches!(kind, CodeBlockKind::Fenced(info) if info.split_whitespace().next() == Some("mermaid"));
                self.at.diagram = is_diagram.then(String::new);
            }
            Tag::Link { link_type, dest_url, .. } => {
                let role = match link_type {
                    LinkType::Autolink | LinkType::Email => LinkRole::Address,
                    LinkType::WikiLink { .. } => LinkRole::Wiki,
                    _ => LinkRole::Link,
                };
                let dest =
                    if *link_type == LinkType::Email { format!("mailto:{dest_url}") } else { dest_url.to_string() };
                if dest.starts_with("http") {
                    self.at.label = Some(String::new());
                }
                self.link(dest, range, role);
            }
            Tag::Image { dest_url, .. } => self.link(dest_url.to_string(), range, LinkRole::Image),
            Tag::BlockQuote(_) | Tag::List(_) | Tag::Table(_) | Tag::FootnoteDefinition(_) | Tag::DefinitionList => {
                self.at.depth += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.heading(),
            TagEnd::Paragraph => {
                if let Some(lead) = self.at.lead.take() {
                    self.facts.lead = cut(lead.trim()).into();
                }
            }
            TagEnd::CodeBlock => {
                self.at.in_code = false;
                if let Some(source) = self.at.diagram.take() {
                    self.drawn(&source);
                }
            }
            TagEnd::Link => {
                if let (Some(label), Some(link)) = (self.at.label.take(), self.facts.links.last()) {
                    let label = if *label == *link.dest { "" } else { label.trim() };
                    self.facts.outside.push(Outside { url: link.dest.clone(), label: label.into() });
                }
            }
            TagEnd::BlockQuote(_)
            | TagEnd::List(_)
            | TagEnd::Table
            | TagEnd::FootnoteDefinition
            | TagEnd::DefinitionList => {
                self.at.depth -= 1;
            }
            _ => {}
        }
    }

    fn heading(&mut self) {
        let Some((level, id, text)) = self.at.heading.take() else { return };
        let id = id.unwrap_or_else(|| self.slugs.heading(&text));
        let text: Box<str> = text.trim().into();
        if level == 1 && self.facts.title.is_none() && !text.is_empty() {
            self.facts.title = Some(text.clone());
        }
        let second = level == 1 && self.facts.shows_title;
        self.at.demoted |= second;
        self.facts.shows_title |= level == 1;
        let shown = if self.at.demoted { (level + 1).min(6) } else { level };
        let marked = self.at.marked.take();
        self.facts.headings.push(Heading { level, shown, text, id, lead: 0..0, marked });
    }

    fn lead_of_heading(&mut self, range: &Range<usize>) {
        if let Some(heading) = self.facts.headings.last_mut()
            && heading.lead.is_empty()
        {
            heading.lead = narrow(range);
        }
    }

    fn drawn(&mut self, source: &str) {
        self.at.diagrams += 1;
        let says = drawn::statements(source);
        if !says.is_empty() {
            self.facts.drawn.push(Drawn { section: self.prose.section(), number: self.at.diagrams, says });
        }
    }

    fn link(&mut self, dest: String, range: Range<usize>, role: LinkRole) {
        self.facts.links.push(LinkFact { dest: dest.into(), range: narrow(&range), role });
    }

    fn raw(&mut self, html: &str, offset: usize) {
        if let Some(id) = prose::marked(html) {
            if self.prose.is_in_row() {
                self.prose.mark(id);
            } else {
                self.at.marked = Some(id.into());
            }
            return;
        }
        let fragment = raw::read_for(html, self.html);
        if fragment.is_unreadable {
            let note = Diagnostic::warning(Code::Html, "a tag with hundreds of attributes is not read")
                .at(self.page.text.span(offset..offset + html.len()), "shown as it is written");
            self.notes.push(note);
        }
        for link in fragment.links {
            let role = if link.embeds { LinkRole::Image } else { LinkRole::Link };
            self.link(link.value, offset + link.range.start..offset + link.range.end, role);
        }
        for id in fragment.ids {
            self.slugs.reserve(&id);
            self.facts.ids.push(id.into());
        }
        self.facts.shows_title |= fragment.heading.is_some();
        if self.facts.title.is_none() {
            self.facts.title = fragment.heading.map(Into::into);
        }
    }

    fn words(&mut self, text: &str) {
        if self.at.in_code {
            if let Some(diagram) = &mut self.at.diagram {
                diagram.push_str(text);
            }
            return;
        }
        self.count(text);
        self.keep(text);
    }

    fn keep(&mut self, text: &str) {
        match &mut self.at.label {
            Some(label) => label.push_str(text),
            None => self.bare(text),
        }
        if let Some((_, _, heading)) = &mut self.at.heading {
            heading.push_str(text);
        } else if let Some(lead) = &mut self.at.lead
            && lead.len() < LEAD * 4
        {
            lead.push_str(text);
        }
    }

    /// Bare addresses; in a table the row's first cell says what they are.
    fn bare(&mut self, text: &str) {
        if !self.autolink || !text.contains("://") {
            return;
        }
        let mut from = 0;
        while let Some(address) = autolink::next(text, from) {
            from = address.range.end;
            let url = format!("{}{}", address.scheme, &text[address.range]);
            if url.starts_with("http") {
                let label = self.prose.row_name().unwrap_or_default();
                self.facts.outside.push(Outside { url: url.into(), label: label.into() });
            }
        }
    }

    /// Reference definitions that no link of the page uses.
    fn definitions(&mut self, events: &Events<'_>) {
        let mut known: HashSet<Box<str>> = self.facts.outside.iter().map(|o| o.url.clone()).collect();
        for (label, url) in events.definitions().filter(|(_, url)| url.starts_with("http")) {
            if known.insert(url.as_str().into()) {
                self.facts.outside.push(Outside { url: url.into(), label: label.into() });
            }
        }
    }

    fn count(&mut self, text: &str) {
        let mut in_word = false;
        for c in text.chars() {
            let han = !c.is_ascii() && cjk::is_cjk(c);
            self.facts.length.han += u32::from(han);
            let letter = !han && c.is_alphanumeric();
            self.facts.length.words += u32::from(letter && !in_word);
            in_word = letter;
        }
    }

    /// A paragraph of lines with pipes was meant as a table.
    fn missing_delimiter(&mut self, range: Range<usize>) {
        let paragraph = &self.text[range.clone()];
        if !paragraph.contains('|') {
            return;
        }
        let mut at = range.start;
        for line in paragraph.split_inclusive('\n') {
            let bare = line.trim();
            if looks_like_a_row(bare) {
                let start = at + (line.len() - line.trim_start().len());
                let note = Diagnostic::warning(
                    Code::TableDelimiter,
                    "this looks like a row of a table, but the table has no delimiter row",
                )
                .at(self.page.text.span(start..start + bare.len()), "shown as text")
                .help("put a line such as `| --- | --- |` below the first row, and an empty line above it");
                self.notes.push(note);
                return;
            }
            at += line.len();
        }
    }
}

fn narrow(range: &Range<usize>) -> Range<u32> {
    let narrow = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    narrow(range.start)..narrow(range.end)
}

/// At least two cells and a bar at an end; bars in code or escaped do not count.
fn looks_like_a_row(line: &str) -> bool {
    let mut bars = 0;
    let mut in_code = false;
    let mut escaped = false;
    for b in line.bytes() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b'`' => in_code = !in_code,
            b'|' if !in_code => bars += 1,
            _ => {}
        }
    }
    bars >= 2 && (line.starts_with('|') || line.ends_with('|'))
}

/// The beginning of a text, cut between words.
fn cut(text: &str) -> String {
    let Some((end, _)) = text.char_indices().nth(LEAD) else { return text.to_owned() };
    let short = &text[..end];
    let at_word = short.rfind(' ').filter(|at| *at > end / 2 && short.is_ascii());
    format!("{}…", short[..at_word.unwrap_or(end)].trim_end())
}

/// 1 to 6.
#[must_use]
pub fn level_number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
