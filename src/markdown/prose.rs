//! Where the prose of a page lies, and which rows and terms could declare a concept.
//!
//! Ranges, not text: whoever looks for names looks into the Markdown itself. Code, headings and the words of links are
//! no prose. Only texts that stand in the source as they are read count, so that a place in one is a place in the
//! other.

use crate::config::ConceptsTable;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::ops::Range;

/// The prose of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prose {
    /// Pieces of running text, in order.
    pub runs: Vec<Run>,
    /// The paragraphs, cells and items that the pieces stand in.
    pub blocks: Vec<Range<u32>>,
}

/// A piece of running text: bytes of the Markdown that hold no markup.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Where it is.
    pub range: Range<u32>,
    /// How many headings come before it: 0 is what stands above the first.
    pub section: u32,
    /// Its block, an index into [`Prose::blocks`].
    pub block: u32,
    /// The row or term it stands in, an index into [`super::Facts::rows`].
    pub row: Option<u32>,
}

/// A row of a table of concepts, or a term of a definition list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// The text of its first cell.
    pub name: Box<str>,
    /// Where the row begins in the Markdown.
    pub start: u32,
    /// Where it says what that is: the second cell, the definition; empty if nowhere.
    pub gist: Range<u32>,
    /// How many headings come before it.
    pub section: u32,
    /// The concept that a comment `<!-- concept: id -->` names.
    pub marked: Option<Box<str>>,
}

/// Takes prose and rows while the events of a page go by.
pub(super) struct ProseTaker<'a> {
    text: &'a str,
    headers: &'a [String],
    pub(super) prose: Prose,
    pub(super) rows: Vec<Row>,
    section: u32,
    block: Option<u32>,
    /// Open headings, code blocks, links and images.
    closed: u32,
    table: Option<TableState>,
    row: Option<u32>,
    /// The name that is being collected.
    name: Option<String>,
}

#[derive(Default)]
struct TableState {
    is_of_concepts: bool,
    column: u32,
    /// The first header, while the head is read.
    header: Option<String>,
    /// The first cell of the row.
    first: String,
}

fn cut(range: Range<usize>) -> Range<u32> {
    let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    cut(range.start)..cut(range.end)
}

impl<'a> ProseTaker<'a> {
    pub(super) fn new(text: &'a str, settings: &'a ConceptsTable) -> Self {
        ProseTaker {
            text,
            headers: &settings.headers,
            prose: Prose::default(),
            rows: Vec::new(),
            section: 0,
            block: None,
            closed: 0,
            table: None,
            row: None,
            name: None,
        }
    }

    /// How many headings have begun.
    pub(super) fn section(&self) -> u32 {
        self.section
    }

    pub(super) fn event(&mut self, event: &Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, range),
            Event::End(tag) => self.end(*tag),
            Event::Text(text) => self.words(text, range),
            Event::Code(code) => self.named(code),
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { .. } => {
                self.section += 1;
                self.closed += 1;
            }
            Tag::CodeBlock(_) | Tag::Link { .. } | Tag::Image { .. } | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.closed += 1;
            }
            Tag::Paragraph | Tag::Item => self.open_block(range),
            Tag::Table(_) => self.table = Some(TableState { header: Some(String::new()), ..TableState::default() }),
            Tag::TableRow => {
                if let Some(table) = &mut self.table {
                    table.first.clear();
                }
                self.open_row(range.start);
            }
            Tag::TableCell => self.cell(range),
            Tag::DefinitionListTitle => {
                self.table = None;
                self.open_block(range.clone());
                self.push_row(range.start);
                self.name = Some(String::new());
            }
            Tag::DefinitionListDefinition => {
                self.open_block(range.clone());
                if let Some(row) = self.row.and_then(|row| self.rows.get_mut(row as usize))
                    && row.gist.is_empty()
                {
                    row.gist = cut(range);
                }
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_)
            | TagEnd::CodeBlock
            | TagEnd::Link
            | TagEnd::Image
            | TagEnd::HtmlBlock
            | TagEnd::MetadataBlock(_) => self.closed -= 1,
            TagEnd::TableHead => {
                if let Some(table) = &mut self.table {
                    let header = table.header.take().unwrap_or_default();
                    let header = header.trim();
                    table.is_of_concepts = self.headers.iter().any(|h| h.eq_ignore_ascii_case(header));
                    table.column = 0;
                }
            }
            TagEnd::TableCell => self.end_cell(),
            TagEnd::TableRow => {
                self.row = None;
                if let Some(table) = &mut self.table {
                    table.column = 0;
                }
            }
            TagEnd::Table => self.table = None,
            TagEnd::DefinitionListTitle => self.end_name(),
            TagEnd::DefinitionList => self.row = None,
            _ => {}
        }
    }

    fn open_block(&mut self, range: Range<usize>) {
        self.block = u32::try_from(self.prose.blocks.len()).ok();
        self.prose.blocks.push(cut(range));
    }

    fn open_row(&mut self, start: usize) {
        if self.table.as_ref().is_some_and(|table| table.is_of_concepts) {
            self.push_row(start);
        }
    }

    fn push_row(&mut self, start: usize) {
        self.row = u32::try_from(self.rows.len()).ok();
        self.rows.push(Row { start: cut(start..start).start, section: self.section, ..Row::default() });
    }

    fn cell(&mut self, range: Range<usize>) {
        self.open_block(range.clone());
        let Some(table) = &mut self.table else { return };
        match (table.column, self.row.and_then(|row| self.rows.get_mut(row as usize))) {
            (0, Some(_)) => self.name = Some(String::new()),
            (1, Some(row)) => row.gist = cut(range),
            _ => {}
        }
        table.column += 1;
    }

    fn end_cell(&mut self) {
        self.end_name();
    }

    fn end_name(&mut self) {
        if let (Some(name), Some(row)) = (self.name.take(), self.row.and_then(|row| self.rows.get_mut(row as usize))) {
            row.name = name.split_whitespace().collect::<Vec<_>>().join(" ").into();
        }
    }

    /// A comment that names the concept of its row.
    pub(super) fn mark(&mut self, id: &str) {
        if let Some(row) = self.row.and_then(|row| self.rows.get_mut(row as usize)) {
            row.marked = Some(id.into());
        }
    }

    /// The first cell of the open row of a table, once it is read.
    pub(super) fn row_name(&self) -> Option<&str> {
        self.table.as_ref().filter(|table| table.column > 1).map(|table| table.first.trim())
    }

    /// Whether a row is open, to which a mark would belong.
    pub(super) fn is_in_row(&self) -> bool {
        self.row.is_some()
    }

    fn named(&mut self, text: &str) {
        if let Some(table) = self.table.as_mut().filter(|t| t.column <= 1) {
            table.header.as_mut().unwrap_or(&mut table.first).push_str(text);
        }
        if let Some(name) = &mut self.name {
            name.push_str(text);
        }
    }

    fn words(&mut self, text: &str, range: Range<usize>) {
        self.named(text);
        let in_head = self.table.as_ref().is_some_and(|table| table.header.is_some());
        if self.closed > 0 || in_head || self.text.get(range.clone()) != Some(text) {
            return;
        }
        let Some(block) = self.block else { return };
        let run = Run { range: cut(range), section: self.section, block, row: self.row };
        self.prose.runs.push(run);
    }
}

/// The id that `<!-- concept: id -->` names.
pub(super) fn marked(html: &str) -> Option<&str> {
    let inner = html.trim().strip_prefix("<!--")?.strip_suffix("-->")?;
    let id = inner.trim().strip_prefix("concept:")?.trim();
    (!id.is_empty() && !id.contains(char::is_whitespace)).then_some(id)
}
