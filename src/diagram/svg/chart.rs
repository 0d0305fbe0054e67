//! What charts share: words at a place, a title, a legend, room for labels, the description.

use super::frame::Frame;
use super::write::{self, Num};
use crate::diagram::graph::{Rect, Size};
use crate::diagram::mermaid::Heading;
use crate::diagram::mermaid::label::Label;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

/// Around the drawing, in pixels.
pub(super) const MARGIN: f32 = 10.0;
/// Colours of the palette; more things begin again.
pub(super) const COLOURS: usize = 8;
/// Words of a chart, and smaller ones.
pub(super) const WORDS: Face = Face { size: 13.0, line: 18.0, bold: false, measure: 220.0 };
pub(super) const SMALL: Face = Face { size: 12.0, line: 16.0, bold: false, measure: 110.0 };
const TITLE: Face = Face { size: 16.0, line: 24.0, bold: true, measure: 700.0 };
/// A legend's patch of colour, and the gap behind it.
const PATCH: f32 = 12.0;
const GAP: f32 = 7.0;

/// Which end of the words stands at their place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

/// How a colour is shown in a legend.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Patch {
    Area,
    Line,
}

/// A drawing in the making.
pub(super) struct Canvas<'a> {
    pub(super) options: &'a Options<'a>,
    pub(super) svg: String,
    links: bool,
}

impl<'a> Canvas<'a> {
    pub(super) fn new(options: &'a Options<'a>) -> Self {
        Canvas { options, svg: String::with_capacity(4096), links: false }
    }

    /// Draws the title; how wide it is, and where what stands below it begins.
    pub(super) fn title(&mut self, heading: &Heading, measure: f32) -> (f32, f32) {
        let Some(title) = &heading.title else { return (0.0, MARGIN) };
        let face = Face { measure: measure.clamp(260.0, TITLE.measure), ..TITLE };
        let block = text::set(&Label::words(title), face);
        let middle = MARGIN + block.size.height / 2.0;
        self.words(&block, face, (MARGIN, middle), Anchor::Start, "name");
        (block.size.width, MARGIN + block.size.height + 10.0)
    }

    /// Draws words whose middle line stands at a height.
    pub(super) fn words(&mut self, block: &Block, face: Face, at: (f32, f32), anchor: Anchor, class: &str) {
        self.coloured(block, face, at, anchor, class, None);
    }

    /// Draws words in a colour of the author's.
    pub(super) fn coloured(
        &mut self,
        block: &Block,
        face: Face,
        at: (f32, f32),
        anchor: Anchor,
        class: &str,
        colour: Option<&str>,
    ) {
        let side = match anchor {
            Anchor::Start => "flush",
            Anchor::Middle => "",
            Anchor::End => "ends",
        };
        let small = if face.size < WORDS.size { "small" } else { "" };
        let classes: Vec<&str> = [class, side, small].into_iter().filter(|c| !c.is_empty()).collect();
        if classes.is_empty() {
            write::lines(&block.lines, at, face.line, colour, &mut self.svg);
            return;
        }
        let _ = write!(self.svg, "<g class=\"{}\">", classes.join(" "));
        write::lines(&block.lines, at, face.line, colour, &mut self.svg);
        self.svg.push_str("</g>");
    }

    /// Draws words that are read upwards; their end stands at the place.
    pub(super) fn upright(&mut self, block: &Block, face: Face, at: (f32, f32), anchor: Anchor) {
        let _ = write!(self.svg, "<g transform=\"rotate(-90 {} {})\">", Num(at.0), Num(at.1));
        self.words(block, face, at, anchor, "");
        self.svg.push_str("</g>");
    }

    pub(super) fn rect(&mut self, class: &str, r: Rect) {
        let _ = write!(
            self.svg,
            "<rect{} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") },
            Num(r.x),
            Num(r.y),
            Num(r.width.max(0.0)),
            Num(r.height.max(0.0))
        );
    }

    pub(super) fn line(&mut self, class: &str, from: (f32, f32), to: (f32, f32)) {
        let (x, y) = (Num(to.0), Num(to.1));
        let _ = write!(self.svg, "<path class=\"{class}\" d=\"M{} {}L{x} {y}\"/>", Num(from.0), Num(from.1));
    }

    /// Draws something that leads to what it names, if that is known.
    pub(super) fn linked(&mut self, label: &Label, draw: impl FnOnce(&mut Self)) {
        let href = (self.options.link)(&label.named());
        if let Some(href) = &href {
            self.links = true;
            self.svg.push_str("<a href=\"");
            write::escape(href, &mut self.svg);
            self.svg.push_str("\">");
        }
        draw(self);
        if href.is_some() {
            self.svg.push_str("</a>");
        }
    }

    /// Draws names with their colours in as few rows as go; where they end.
    pub(super) fn legend(&mut self, items: &[(usize, &Label, Patch)], top: f32, width: f32) -> f32 {
        let (mut x, mut y, mut high) = (MARGIN, top, 0.0_f32);
        for (colour, label, patch) in items {
            let block = text::set(label, WORDS);
            let wide = PATCH + GAP + block.size.width + 18.0;
            if x > MARGIN && x + wide > MARGIN + width + 18.0 {
                (x, y, high) = (MARGIN, y + high + 6.0, 0.0);
            }
            high = high.max(block.size.height);
            self.linked(label, |canvas| canvas.entry(*colour, *patch, &block, (x, y + block.size.height / 2.0)));
            x += wide;
        }
        y + high
    }

    /// Draws a name with its colour at a height.
    pub(super) fn entry(&mut self, colour: usize, patch: Patch, block: &Block, at: (f32, f32)) {
        let class = format!("{} c{}", if patch == Patch::Area { "area" } else { "curve" }, colour % COLOURS);
        match patch {
            Patch::Area => self.rect(&class, Rect { x: at.0, y: at.1 - PATCH / 2.0, width: PATCH, height: PATCH }),
            Patch::Line => self.line(&class, at, (at.0 + PATCH, at.1)),
        }
        self.words(block, WORDS, (at.0 + PATCH + GAP, at.1), Anchor::Start, "");
    }

    /// The whole drawing. `kind` names it if it has no title.
    pub(super) fn finish(self, class: &str, size: Size, heading: &Heading, kind: &str, said: &[String]) -> Drawing {
        let drawn = || said.join(self.options.phrases.separator);
        let description = heading.description.clone().unwrap_or_else(drawn);
        let title = heading.spoken.as_deref().or(heading.title.as_deref()).unwrap_or(kind);
        let class = format!("dgm mind chart {class}");
        let size = Size { width: size.width.ceil(), height: size.height.ceil() };
        let frame = Frame { class: &class, size, title, description: &description, links: self.links };
        let svg = frame.open(self.options) + &self.svg + "</svg>";
        Drawing { svg, width: size.width, height: size.height }
    }

    /// A name and what is said of it: `name (more)`.
    pub(super) fn said(&self, name: &Label, more: &str) -> String {
        let (open, close) = self.options.phrases.label;
        format!("{}{open}{more}{close}", name.spoken())
    }
}

/// How wide a row of a legend is before its words.
pub(super) const ENTRY: f32 = PATCH + GAP;

/// Which places are taken, so that no label covers another.
#[derive(Default)]
pub(super) struct Room(Vec<Rect>);

impl Room {
    pub(super) fn take(&mut self, r: Rect) {
        self.0.push(r);
    }

    /// The first of some places that is free and within bounds; it is then taken.
    pub(super) fn first(&mut self, places: impl IntoIterator<Item = Rect>, bounds: Rect) -> Option<Rect> {
        let apart = |a: &Rect, b: &Rect| {
            a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y
        };
        let inside = |r: &Rect| {
            r.x >= bounds.x
                && r.y >= bounds.y
                && r.x + r.width <= bounds.x + bounds.width
                && r.y + r.height <= bounds.y + bounds.height
        };
        let free = places.into_iter().find(|r| inside(r) && self.0.iter().all(|taken| apart(taken, r)))?;
        self.take(free);
        Some(free)
    }
}

/// A place on a circle; a turn is 1, begins at the top and goes with the clock.
pub(super) fn on_circle(centre: (f32, f32), radius: f32, turn: f32) -> (f32, f32) {
    let angle = turn * std::f32::consts::TAU;
    (centre.0 + radius * angle.sin(), centre.1 - radius * angle.cos())
}
