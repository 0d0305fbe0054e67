//! A sheet to draw on: the title, boxes, words and links that kinds with a geometry of their own share.

use super::frame::Frame;
use super::write::{self, Num};
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::mermaid::label::Label;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

/// Around everything that is drawn.
pub(super) const MARGIN: f32 = 10.0;
/// How many hues there are; the classes `c0` to `c7` have them.
pub(super) const HUES: usize = 8;

const TITLE: Face = Face { size: 16.0, line: 24.0, bold: true, measure: 800.0 };
/// Between the title and what it names.
const TITLE_GAP: f32 = 12.0;

/// What has been drawn so far.
pub(super) struct Sheet<'a> {
    options: &'a Options<'a>,
    /// The elements.
    pub(super) svg: String,
    /// Whether something is a link.
    links: bool,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(options: &'a Options<'a>) -> Self {
        Sheet { options, svg: String::with_capacity(4096), links: false }
    }

    /// Draws the title, if there is one, in the upper left corner; the room that it takes.
    pub(super) fn title(&mut self, title: Option<&str>) -> Size {
        let Some(title) = title else { return Size::default() };
        let block = text::set(&Label::words(title), TITLE);
        if block.lines.is_empty() {
            return Size::default();
        }
        let from = Point { x: MARGIN, y: MARGIN + block.size.height / 2.0 };
        self.group("name flush", "", |sheet| sheet.words(&block, from, TITLE.line));
        Size { width: block.size.width, height: block.size.height + TITLE_GAP }
    }

    /// Draws something within a group: its class, its id if it has one.
    pub(super) fn group(&mut self, class: &str, id: &str, draw: impl FnOnce(&mut Self)) {
        let _ = write!(self.svg, "<g class=\"{class}\"");
        if !id.is_empty() {
            self.svg.push_str(" data-id=\"");
            write::escape(id, &mut self.svg);
            self.svg.push('"');
        }
        self.svg.push('>');
        draw(self);
        self.svg.push_str("</g>");
    }

    /// Draws something that leads to an address, if there is one.
    pub(super) fn link(&mut self, href: Option<&str>, draw: impl FnOnce(&mut Self)) {
        let Some(href) = href else { return draw(self) };
        self.links = true;
        self.svg.push_str("<a href=\"");
        write::escape(href, &mut self.svg);
        self.svg.push_str("\">");
        draw(self);
        self.svg.push_str("</a>");
    }

    /// Where something of a name leads.
    pub(super) fn href(&self, label: &Label) -> Option<String> {
        (self.options.link)(&label.named())
    }

    /// A rectangle; `attributes` begin with a blank.
    pub(super) fn rect(&mut self, r: Rect, rx: f32, attributes: &str) {
        let _ = write!(
            self.svg,
            "<rect{attributes} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
            Num(r.x),
            Num(r.y),
            Num(r.width),
            Num(r.height),
            Num(rx)
        );
    }

    /// A circle; `attributes` begin with a blank.
    pub(super) fn circle(&mut self, centre: Point, radius: f32, attributes: &str) {
        let _ = write!(
            self.svg,
            "<circle{attributes} cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            Num(centre.x),
            Num(centre.y),
            Num(radius)
        );
    }

    /// A straight line.
    pub(super) fn line(&mut self, class: &str, from: Point, to: Point) {
        let (x, y) = (Num(from.x), Num(from.y));
        let _ = if (from.x - to.x).abs() < 0.05 {
            write!(self.svg, "<path class=\"{class}\" d=\"M{x} {y}V{}\"/>", Num(to.y))
        } else if (from.y - to.y).abs() < 0.05 {
            write!(self.svg, "<path class=\"{class}\" d=\"M{x} {y}H{}\"/>", Num(to.x))
        } else {
            write!(self.svg, "<path class=\"{class}\" d=\"M{x} {y}L{} {}\"/>", Num(to.x), Num(to.y))
        };
    }

    /// The lines of a block around a point; with the class `flush` or `tail` around them, behind it or before it.
    pub(super) fn words(&mut self, block: &Block, middle: Point, step: f32) {
        write::lines(&block.lines, (middle.x, middle.y), step, None, &mut self.svg);
    }

    /// The whole drawing.
    pub(super) fn finish(self, class: &str, size: Size, name: &str, description: &str) -> Drawing {
        let class = format!("dgm {class}");
        let frame = Frame { class: class.trim_end(), size, title: name, description, links: self.links };
        let svg = frame.open(self.options) + &self.svg + "</svg>";
        Drawing { svg, width: size.width, height: size.height }
    }
}

/// Statements that somebody listens to, with what parts them; past so many nobody listens any more.
pub(super) fn spoken(statements: impl Iterator<Item = String>, options: &Options<'_>) -> String {
    const MOST: usize = 24;
    let mut said: Vec<String> = statements.take(MOST + 1).collect();
    if said.len() > MOST {
        said.truncate(MOST);
        said.push("…".to_owned());
    }
    said.join(options.phrases.separator)
}
