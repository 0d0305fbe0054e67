//! `map.html`: the whole book in one drawing: sections as frames, in them pages, below each the concepts it declares.
//!
//! Frames are set in columns, the next one always into the shortest; concepts flow like words in a paragraph. The
//! drawing is done without a script; one adds zoom, search and the view of a concept's neighbours.

use super::glossary::area;
use crate::book::PageId;
use crate::concept::{ConceptId, Own};
use crate::diagnostic::Diagnostic;
use crate::diagram::text::{Face, width};
use crate::index::Target;
use crate::output::Output;
use crate::path::SitePath;
use crate::render::context::{self, PageContext};
use crate::render::{Shared, escape};
use crate::theme::Template;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

const COLUMNS: usize = 4;
const COLUMN: f32 = 290.0;
const GAP: f32 = 16.0;
const PAD: f32 = 12.0;
const SECTION: Face = Face { size: 15.0, line: 22.0, bold: true, measure: COLUMN };
const PAGE: Face = Face { size: 13.0, line: 22.0, bold: true, measure: COLUMN };
const CHIP: Face = Face { size: 12.0, line: 22.0, bold: false, measure: COLUMN };
const CHIP_HEIGHT: f32 = 19.0;
/// Past so many concepts, or pages, the drawing leaves them out: nobody could find anything in it.
const MOST_CONCEPTS: usize = 2500;
const MOST_PAGES: usize = 1500;
/// Neighbours that a concept shows.
const NEAR: usize = 24;

/// What `map.html` gets.
#[derive(Serialize)]
pub struct MapContext<'a> {
    /// All that other pages get.
    #[serde(flatten)]
    pub base: PageContext<'a>,
    /// SVG.
    pub drawing: String,
    /// How many pages there are.
    pub pages: usize,
    /// How many concepts there are.
    pub concepts: usize,
}

/// Makes the page.
pub(super) fn page(shared: &Shared<'_>, out: &SitePath) -> Result<Output, Diagnostic> {
    let sections = sections(shared);
    let pages = sections.iter().map(|section| section.pages.len()).sum();
    let mut base = context::outside(shared, out, &shared.theme.labels.map);
    base.sidebar = crate::render::sidebar::rows(shared, out, None);
    let concepts = shared.concepts.declared().count();
    let painter = Painter {
        shared,
        out,
        near: near(shared),
        with_pages: pages <= MOST_PAGES,
        with_concepts: concepts <= MOST_CONCEPTS,
    };
    let context = MapContext { base, drawing: painter.paint(&sections), pages, concepts };
    Ok(Output::text(out.clone(), shared.theme.templates.render(Template::Map, &context)?))
}

struct Section {
    title: String,
    pages: Vec<PageId>,
}

/// The sections of the book and their pages, in reading order.
fn sections(shared: &Shared<'_>) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for page in shared.index.reading.order().iter().filter(|page| shared.built[page.at()]) {
        let title = area(shared, *page);
        match sections.last_mut().filter(|section| section.title == title) {
            Some(section) => section.pages.push(*page),
            None => sections.push(Section { title, pages: vec![*page] }),
        }
    }
    sections
}

/// The neighbours of each concept: those it talks to, and those that its own page names.
fn near(shared: &Shared<'_>) -> BTreeMap<ConceptId, BTreeSet<ConceptId>> {
    let mut near: BTreeMap<ConceptId, BTreeSet<ConceptId>> = BTreeMap::new();
    let mut join = |a: ConceptId, b: ConceptId| {
        near.entry(a).or_default().insert(b);
        near.entry(b).or_default().insert(a);
    };
    for relation in &shared.connections.relations {
        join(relation.from, relation.to);
    }
    for (id, _, home) in shared.concepts.declared().filter(|(_, _, home)| home.own == Own::Page) {
        for mention in shared.connections.of(home.page).0.iter().filter(|mention| mention.concept != id) {
            join(id, mention.concept);
        }
    }
    near
}

struct Painter<'a, 's> {
    shared: &'a Shared<'s>,
    out: &'a SitePath,
    near: BTreeMap<ConceptId, BTreeSet<ConceptId>>,
    with_pages: bool,
    with_concepts: bool,
}

/// Something that has been drawn at the origin.
struct Block {
    svg: String,
    height: f32,
}

impl Painter<'_, '_> {
    fn paint(&self, sections: &[Section]) -> String {
        let blocks: Vec<Vec<Block>> = sections.iter().map(|section| self.blocks(section)).collect();
        let total: f32 = blocks.iter().flatten().map(|block| block.height).sum();
        let fair = (total / COLUMNS as f32).max(1.0);
        let mut heights = [0.0_f32; COLUMNS];
        let mut body = String::new();
        for (section, blocks) in sections.iter().zip(blocks) {
            let tall: f32 = blocks.iter().map(|block| block.height).sum();
            // A section taller than its share stands on several columns.
            let span = (1..COLUMNS).find(|span| tall <= fair * *span as f32).unwrap_or(COLUMNS);
            let span = span.min(blocks.len().max(1));
            let frame = self.frame(section, blocks, span);
            let lowest = |from: usize| heights[from..from + span].iter().fold(0.0_f32, |a, b| a.max(*b));
            let column = (0..=COLUMNS - span).min_by(|a, b| lowest(*a).total_cmp(&lowest(*b))).unwrap_or(0);
            let y = lowest(column);
            let x = column as f32 * (COLUMN + GAP);
            let _ = write!(body, "<g transform=\"translate({x} {y})\">{}</g>", frame.svg);
            heights[column..column + span].fill(y + frame.height + GAP);
        }
        let used = heights.iter().filter(|height| **height > 0.0).count().max(1) as f32;
        let (width, height) = (used * (COLUMN + GAP) - GAP, heights.iter().fold(GAP, |a, b| a.max(*b)) - GAP);
        let mut svg = format!(
            "<svg class=\"map\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"-1 -1 {} {}\" width=\"{}\" height=\"{}\" role=\"group\" aria-label=\"",
            width + 2.0,
            height + 2.0,
            width + 2.0,
            height + 2.0
        );
        escape::attribute(&self.shared.theme.labels.map, &mut svg);
        svg + "\">" + &body + "</svg>"
    }

    /// The pages of a section, each drawn at the origin.
    fn blocks(&self, section: &Section) -> Vec<Block> {
        if !self.with_pages {
            return Vec::new();
        }
        section.pages.iter().map(|page| self.page(*page, &section.title)).filter(|block| block.height > 0.0).collect()
    }

    fn frame(&self, section: &Section, blocks: Vec<Block>, span: usize) -> Block {
        let mut svg = String::new();
        self.text("section", &section.title, section.pages.first().copied(), (PAD, PAD + 14.0), SECTION, &mut svg);
        let top = PAD + 24.0;
        let share = blocks.iter().map(|block| block.height).sum::<f32>() / span as f32;
        let (mut column, mut y, mut tallest) = (0, 0.0_f32, 0.0_f32);
        for block in blocks {
            if column + 1 < span && y > 0.0 && y + block.height / 2.0 > share {
                column += 1;
                y = 0.0;
            }
            let x = column as f32 * (COLUMN + GAP);
            let _ = write!(svg, "<g transform=\"translate({x} {:.0})\">{}</g>", top + y, block.svg);
            y += block.height;
            tallest = tallest.max(y);
        }
        let (width, height) = (span as f32 * (COLUMN + GAP) - GAP, (top + tallest + PAD).round());
        Block { svg: format!("<rect class=\"frame\" width=\"{width}\" height=\"{height}\" rx=\"8\"/>{svg}"), height }
    }

    /// A page and its concepts.
    fn page(&self, page: PageId, section: &str) -> Block {
        let mut svg = String::new();
        let title = self.shared.index.title(page);
        let mut y = 0.0;
        // The page that a section is named after has its name above already.
        if title != section {
            y += 16.0;
            self.text("page", title, Some(page), (PAD, y), PAGE, &mut svg);
            y += 6.0;
        }
        let names = if self.with_concepts { self.shared.connections.at_home(page) } else { &[] };
        let (mut x, mut top) = (PAD, y + 2.0);
        let language = &self.shared.index.book.language;
        for id in names {
            let name = cut(self.shared.concepts.get(*id).name(language), CHIP, COLUMN - 2.0 * PAD - 14.0);
            let wide = width(&name, CHIP, false) + 14.0;
            if x > PAD && x + wide > COLUMN - PAD {
                x = PAD;
                top += CHIP_HEIGHT + 5.0;
            }
            self.chip(*id, &name, (x, top, wide), &mut svg);
            x += wide + 6.0;
        }
        Block { svg, height: if x > PAD { top + CHIP_HEIGHT + 6.0 } else { y } }
    }

    fn text(&self, class: &str, words: &str, page: Option<PageId>, (x, y): (f32, f32), face: Face, svg: &mut String) {
        let href = page.and_then(|page| self.shared.index.href(self.out, &Target::Page(page, None)));
        if let Some(href) = &href {
            svg.push_str("<a href=\"");
            escape::url(href, svg);
            svg.push_str("\">");
        }
        let _ = write!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y:.0}\">");
        escape::text(&cut(words, face, COLUMN - 2.0 * PAD), svg);
        svg.push_str("</text>");
        if href.is_some() {
            svg.push_str("</a>");
        }
    }

    fn chip(&self, id: ConceptId, name: &str, (x, y, wide): (f32, f32, f32), svg: &mut String) {
        let concept = self.shared.concepts.get(id);
        let Some(href) = concept.home.as_ref().and_then(|home| self.shared.home_href(home, self.out)) else { return };
        svg.push_str("<a class=\"chip\" href=\"");
        escape::url(&href, svg);
        svg.push_str("\" data-concept=\"");
        escape::attribute(&concept.id, svg);
        let near: Vec<&str> = self
            .near
            .get(&id)
            .into_iter()
            .flatten()
            .take(NEAR)
            .map(|near| &*self.shared.concepts.get(*near).id)
            .collect();
        if !near.is_empty() {
            svg.push_str("\" data-near=\"");
            escape::attribute(&near.join(" "), svg);
        }
        let _ = write!(
            svg,
            "\"><rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{wide:.1}\" height=\"{CHIP_HEIGHT}\" rx=\"9.5\"/><text x=\"{:.1}\" y=\"{:.1}\">",
            x + 7.0,
            y + 13.6
        );
        escape::text(name, svg);
        svg.push_str("</text></a>");
    }
}

/// As much of a text as fits.
fn cut(text: &str, face: Face, room: f32) -> String {
    if width(text, face, face.bold) <= room {
        return text.to_owned();
    }
    let mut short = text.to_owned();
    while !short.is_empty() && width(&short, face, face.bold) + face.size > room {
        short.pop();
    }
    short.truncate(short.trim_end().len());
    short + "…"
}
