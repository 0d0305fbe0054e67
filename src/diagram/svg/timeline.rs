//! Timelines: periods on a line, events below each, sections above; long ones go on in another row.

use super::frame::Frame;
use super::write::{self, Num};
use crate::diagram::graph::{Rect, Size};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::timeline::{Period, Timeline};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const SECTION: Face = Face { size: 14.0, line: 19.0, bold: true, measure: 400.0 };
const PERIOD: Face = Face { size: 14.0, line: 19.0, bold: true, measure: 150.0 };
const EVENT: Face = Face { size: 13.0, line: 18.0, bold: false, measure: 160.0 };
const TITLE: Face = Face { size: 16.0, line: 24.0, bold: true, measure: 800.0 };
/// A row wider than this goes on in another.
const WIDEST: f32 = 1000.0;
const MARGIN: f32 = 10.0;
const GAP: f32 = 14.0;
const COLOURS: usize = 6;

/// A period, measured.
struct Column<'t> {
    period: &'t Period,
    label: Block,
    events: Vec<Block>,
    width: f32,
}

/// Draws a timeline.
#[must_use]
pub fn timeline(timeline: &Timeline, options: &Options<'_>) -> Drawing {
    let columns: Vec<Column<'_>> = timeline.periods.iter().map(column).collect();
    let mut painter = Painter { timeline, options, svg: String::new(), links: false, width: 0.0 };
    let mut y = MARGIN;
    if let Some(title) = &timeline.title {
        let block = text::set(&Label::words(title), TITLE);
        painter.svg.push_str("<g class=\"name\">");
        write::lines(
            &block.lines,
            (MARGIN + block.size.width / 2.0, y + block.size.height / 2.0),
            TITLE.line,
            None,
            &mut painter.svg,
        );
        painter.svg.push_str("</g>");
        painter.width = block.size.width;
        y += block.size.height + GAP;
    }
    let mut first = 0;
    for row in rows(&columns) {
        y = painter.row(&columns[row.clone()], first, y) + 2.0 * GAP;
        first = row.end;
    }
    painter.finish(y - GAP)
}

fn column(period: &Period) -> Column<'_> {
    let label = text::set(&period.label, PERIOD);
    let events: Vec<Block> = period.events.iter().map(|event| text::set(event, EVENT)).collect();
    let widest = events.iter().map(|e| e.size.width).fold(label.size.width, f32::max);
    Column { period, label, events, width: widest.max(60.0) + 24.0 }
}

/// Which columns stand in each row: as few rows as go, about equally wide.
fn rows(columns: &[Column<'_>]) -> Vec<std::ops::Range<usize>> {
    let total: f32 = columns.iter().map(|c| c.width + GAP).sum();
    let share = total / (total / WIDEST).ceil().max(1.0) + 1.0;
    let mut rows = Vec::new();
    let (mut from, mut wide) = (0, 0.0);
    for (at, column) in columns.iter().enumerate() {
        let next = wide + column.width + GAP;
        if at > from && (next > WIDEST || wide + column.width / 2.0 > share) {
            rows.push(from..at);
            (from, wide) = (at, 0.0);
        }
        wide += column.width + GAP;
    }
    if from < columns.len() {
        rows.push(from..columns.len());
    }
    rows
}

struct Painter<'a> {
    timeline: &'a Timeline,
    options: &'a Options<'a>,
    svg: String,
    links: bool,
    width: f32,
}

impl Painter<'_> {
    fn finish(self, height: f32) -> Drawing {
        let size = Size { width: self.width + 2.0 * MARGIN, height: height + MARGIN };
        let phrases = self.options.phrases;
        let said = self.timeline.periods.iter().map(|period| {
            let events: Vec<String> = period.events.iter().map(Label::spoken).collect();
            let open = if events.is_empty() {
                String::new()
            } else {
                format!("{}{}{}", phrases.label.0, events.join(", "), phrases.label.1)
            };
            format!("{}{open}", period.label.spoken())
        });
        let description =
            self.timeline.description.clone().unwrap_or_else(|| said.collect::<Vec<_>>().join(phrases.separator));
        let frame = Frame {
            class: "dgm mind time",
            size,
            title: self.timeline.title.as_deref().unwrap_or(phrases.timeline),
            description: &description,
            links: self.links,
        };
        Drawing { svg: frame.open(self.options) + &self.svg + "</svg>", width: size.width, height: size.height }
    }

    /// Which colour a period has: that of its section, else its own.
    fn colour(period: &Period, at: usize) -> usize {
        period.section.unwrap_or(at) % COLOURS
    }

    /// Draws a row of columns, the first of which is the `first` of all; where the row ends.
    fn row(&mut self, columns: &[Column<'_>], first: usize, top: f32) -> f32 {
        let mut y = top;
        if !self.timeline.sections.is_empty() {
            y = self.sections(columns, y) + 10.0;
        }
        let high = columns.iter().map(|c| c.label.size.height).fold(0.0, f32::max) + 14.0;
        let axis = y + high + 12.0;
        let mut x = MARGIN;
        let mut bottom = axis;
        let wide: f32 = columns.iter().map(|c| c.width + GAP).sum::<f32>() - GAP;
        let _ = write!(self.svg, "<path class=\"axis\" d=\"M{} {}h{}\"/>", Num(x), Num(axis), Num(wide));
        for (n, column) in columns.iter().enumerate() {
            let colour = Self::colour(column.period, first + n);
            let middle = x + column.width / 2.0;
            let r = Rect {
                x,
                y: y + (high - column.label.size.height - 14.0),
                width: column.width,
                height: column.label.size.height + 14.0,
            };
            let mut below = axis + 14.0;
            let events: f32 = column.events.iter().map(|e| e.size.height + 18.0).sum();
            let tail = if column.events.is_empty() { 0.0 } else { below - axis + events - 8.0 };
            let _ = write!(
                self.svg,
                "<path class=\"stem b{colour}\" d=\"M{} {}V{}\"/><circle class=\"dot b{colour}\" cx=\"{}\" cy=\"{}\" r=\"4\"/>",
                Num(middle),
                Num(r.y + r.height),
                Num(axis + tail),
                Num(middle),
                Num(axis)
            );
            self.card(
                &format!("node b{colour} d1"),
                &format!("p{}", first + n),
                &column.label,
                r,
                PERIOD.line,
                &column.period.label.spoken(),
            );
            for (e, event) in column.events.iter().enumerate() {
                let r = Rect { x, y: below, width: column.width, height: event.size.height + 10.0 };
                let name = column.period.events[e].spoken();
                self.card(&format!("node b{colour} d2"), &format!("p{} e{e}", first + n), event, r, EVENT.line, &name);
                below += r.height + 8.0;
            }
            bottom = bottom.max(below);
            x += column.width + GAP;
        }
        self.width = self.width.max(wide);
        bottom
    }

    /// The sections above a row; where they end.
    fn sections(&mut self, columns: &[Column<'_>], top: f32) -> f32 {
        let mut x = MARGIN;
        let mut bottom = top;
        let mut at = 0;
        while at < columns.len() {
            let section = columns[at].period.section;
            let end = (at..columns.len()).find(|i| columns[*i].period.section != section).unwrap_or(columns.len());
            let width: f32 = columns[at..end].iter().map(|c| c.width + GAP).sum::<f32>() - GAP;
            if let Some(section) = section {
                let face = Face { measure: (width - 16.0).max(40.0), ..SECTION };
                let block = text::set(&self.timeline.sections[section], face);
                let r = Rect { x, y: top, width, height: block.size.height + 10.0 };
                let name = self.timeline.sections[section].spoken();
                self.card(
                    &format!("node b{} d1", section % COLOURS),
                    &format!("s{section}-{at}"),
                    &block,
                    r,
                    SECTION.line,
                    &name,
                );
                bottom = bottom.max(r.y + r.height);
            }
            x += width + GAP;
            at = end;
        }
        bottom
    }

    fn card(&mut self, class: &str, id: &str, block: &Block, r: Rect, line: f32, name: &str) {
        let href = (self.options.link)(name);
        if let Some(href) = &href {
            self.links = true;
            self.svg.push_str("<a href=\"");
            write::escape(href, &mut self.svg);
            self.svg.push_str("\">");
        }
        let _ = write!(
            self.svg,
            "<g class=\"{class}\" data-id=\"{id}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"5\"/>",
            Num(r.x),
            Num(r.y),
            Num(r.width),
            Num(r.height)
        );
        write::lines(&block.lines, (r.x + r.width / 2.0, r.y + r.height / 2.0), line, None, &mut self.svg);
        self.svg.push_str(if href.is_some() { "</g></a>" } else { "</g>" });
    }
}
