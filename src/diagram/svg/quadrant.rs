//! Quadrants: points in a square, each with its name where nothing else is; what finds no room is listed below.

use super::chart::{Anchor, Canvas, MARGIN, Patch, Room, SMALL, WORDS};
use super::scale;
use super::write::Num;
use crate::diagram::graph::{Rect, Size};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::quadrant::{Quadrants, Spot};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const SIDE: f32 = 380.0;
const NAME: Face = Face { bold: true, measure: SIDE / 2.0 - 24.0, ..WORDS };
const X_AXIS: Face = Face { measure: SIDE / 2.0 - 16.0, ..WORDS };
const Y_AXIS: Face = Face { measure: 96.0, ..WORDS };
const POINT: Face = Face { measure: 120.0, ..SMALL };
const RADIUS: f32 = 5.0;
/// Past this many points only the nearest places are tried.
const MANY: usize = 60;

/// Draws a chart of quadrants.
#[must_use]
pub fn quadrant(chart: &Quadrants, options: &Options<'_>) -> Drawing {
    let mut canvas = Canvas::new(options);
    let y_axis = chart.y_axis.each_ref().map(|label| text::set(label, Y_AXIS));
    let gutter = y_axis.iter().map(|b| b.size.width).fold(0.0, f32::max);
    let gutter = if gutter > 0.0 { gutter + 10.0 } else { 0.0 };
    let (title, top) = canvas.title(&chart.heading, SIDE + gutter);
    // Large points at the rim stand out of the square.
    let over = chart.points.iter().map(|p| (radius(p) - MARGIN).max(0.0)).fold(0.0, f32::max);
    let plot = Rect { x: MARGIN + over + gutter, y: top + over, width: SIDE, height: SIDE };
    let mut painter = Painter { canvas, plot, room: Room::default() };
    painter.quadrants(chart);
    let below = painter.axes(chart, &y_axis, over);
    let unnamed = painter.points(chart);
    let mut canvas = painter.canvas;
    let mut bottom = below;
    if !unnamed.is_empty() {
        let items: Vec<(usize, &Label, Patch)> = unnamed.iter().map(|label| (0, label, Patch::Area)).collect();
        bottom = canvas.legend(&items, bottom + 10.0, gutter + SIDE);
    }
    let said: Vec<String> = chart.points.iter().map(|p| canvas.said(&p.label, &place(p, chart))).collect();
    let width = (plot.x + SIDE + over).max(title + MARGIN) + MARGIN;
    let size = Size { width, height: bottom + MARGIN };
    canvas.finish("quadrant", size, &chart.heading, options.phrases.quadrant, &said)
}

fn radius(point: &Spot) -> f32 {
    point.look.radius.unwrap_or(RADIUS) + point.look.stroke_width.unwrap_or(0.0) / 2.0
}

/// Where a point is, in words.
fn place(point: &Spot, chart: &Quadrants) -> String {
    let quadrant = match (point.x >= 0.5, point.y >= 0.5) {
        (true, true) => 0,
        (false, true) => 1,
        (false, false) => 2,
        (true, false) => 3,
    };
    let name = chart.names[quadrant].spoken();
    let at = format!("{}, {}", scale::number(rounded(point.x)), scale::number(rounded(point.y)));
    if name.is_empty() { at } else { format!("{name}, {at}") }
}

fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

struct Painter<'a> {
    canvas: Canvas<'a>,
    plot: Rect,
    room: Room,
}

impl Painter<'_> {
    fn quadrants(&mut self, chart: &Quadrants) {
        let half = SIDE / 2.0;
        let corners = [(half, 0.0), (0.0, 0.0), (0.0, half), (half, half)];
        for (at, ((x, y), name)) in corners.into_iter().zip(&chart.names).enumerate() {
            let r = Rect { x: self.plot.x + x, y: self.plot.y + y, width: half, height: half };
            self.canvas.rect(if at % 2 == 0 { "quarter even" } else { "quarter" }, r);
            let block = text::set(name, NAME);
            if block.size.width > 0.0 {
                let empty = chart.points.is_empty();
                let middle = if empty { r.y + half / 2.0 } else { r.y + 8.0 + block.size.height / 2.0 };
                self.canvas.linked(name, |canvas| {
                    canvas.words(&block, NAME, (r.x + half / 2.0, middle), Anchor::Middle, "strong");
                });
                let Size { width, height } = block.size;
                self.room.take(Rect { x: r.x + (half - width) / 2.0, y: middle - height / 2.0, width, height });
            }
        }
    }

    /// Draws what stands at the axes; where it ends.
    fn axes(&mut self, chart: &Quadrants, y_axis: &[Block; 2], over: f32) -> f32 {
        let Rect { x, y, .. } = self.plot;
        let below = y + SIDE + over + 6.0;
        let [left, right] = chart.x_axis.each_ref().map(|label| text::set(label, X_AXIS));
        let high = left.size.height.max(right.size.height);
        let middle = |block: &Block| below + block.size.height / 2.0;
        self.canvas.words(&left, X_AXIS, (x, middle(&left)), Anchor::Start, "");
        self.canvas.words(&right, X_AXIS, (x + SIDE, middle(&right)), Anchor::End, "");
        let [bottom, top] = y_axis;
        let edge = x - over - 8.0;
        self.canvas.words(top, Y_AXIS, (edge, y + top.size.height / 2.0), Anchor::End, "");
        self.canvas.words(bottom, Y_AXIS, (edge, y + SIDE - bottom.size.height / 2.0), Anchor::End, "");
        if high > 0.0 { below + high } else { y + SIDE + over }
    }

    fn place(&self, point: &Spot) -> (f32, f32) {
        (self.plot.x + point.x * SIDE, self.plot.y + (1.0 - point.y) * SIDE)
    }

    /// Draws the points and their names; gives those that there is no room for.
    fn points(&mut self, chart: &Quadrants) -> Vec<Label> {
        for point in &chart.points {
            let ((x, y), r) = (self.place(point), radius(point));
            self.room.take(Rect { x: x - r, y: y - r, width: 2.0 * r, height: 2.0 * r });
            self.spot(point, (x, y));
        }
        let mut unnamed = Vec::new();
        for point in &chart.points {
            let block = text::set(&point.label, POINT);
            let (x, y) = self.place(point);
            let places = around((x, y), radius(point), block.size, chart.points.len() <= MANY);
            let inner = Rect { x: self.plot.x + 2.0, y: self.plot.y + 2.0, width: SIDE - 4.0, height: SIDE - 4.0 };
            match self.room.first(places, inner) {
                Some(r) => {
                    let middle = (r.x + r.width / 2.0, r.y + r.height / 2.0);
                    self.lead((x, y), radius(point), r);
                    self.canvas.linked(&point.label, |canvas| {
                        canvas.words(&block, POINT, middle, Anchor::Middle, "");
                    });
                }
                None => {
                    let (name, at) = (point.label.spoken(), place(point, &Quadrants::default()));
                    unnamed.push(Label::plain(&format!("{name}: {at}")));
                }
            }
        }
        unnamed
    }

    fn spot(&mut self, point: &Spot, at: (f32, f32)) {
        let svg = &mut self.canvas.svg;
        let _ = write!(svg, "<g class=\"spot area c0\"><circle");
        if let Some(colour) = &point.look.colour {
            let _ = write!(svg, " fill=\"{}\"", colour.as_str());
        }
        if let Some(colour) = &point.look.stroke {
            let _ = write!(svg, " stroke=\"{}\"", colour.as_str());
        }
        if let Some(width) = point.look.stroke_width {
            let _ = write!(svg, " stroke-width=\"{}\"", Num(width));
        }
        let r = Num(point.look.radius.unwrap_or(RADIUS));
        let _ = write!(svg, " cx=\"{}\" cy=\"{}\" r=\"{r}\"/></g>", Num(at.0), Num(at.1));
    }

    /// A line from a point to its name, if that does not stand beside it.
    fn lead(&mut self, at: (f32, f32), radius: f32, words: Rect) {
        let near = (at.0.clamp(words.x, words.x + words.width), at.1.clamp(words.y, words.y + words.height));
        let away = (near.0 - at.0).hypot(near.1 - at.1);
        if away > radius + 9.0 {
            let share = (radius + 1.0) / away;
            let from = (at.0 + (near.0 - at.0) * share, at.1 + (near.1 - at.1) * share);
            self.canvas.line("lead", from, near);
        }
    }
}

/// Places for a name around a point, the best first.
fn around(at: (f32, f32), radius: f32, size: Size, far: bool) -> Vec<Rect> {
    let Size { width, height } = size;
    let box_at = |x: f32, y: f32| Rect { x: x - width / 2.0, y: y - height / 2.0, width, height };
    let mut places = Vec::new();
    let rings: &[f32] = if far { &[3.0, 12.0, 24.0, 40.0, 60.0, 84.0, 112.0] } else { &[3.0, 14.0] };
    for ring in rings {
        let (dx, dy) = (radius + ring + width / 2.0, radius + ring + height / 2.0);
        // Below, above, beside; then what lies between, and half as far to a side.
        for (x, y) in [
            (0.0, 1.0),
            (0.0, -1.0),
            (1.0, 0.0),
            (-1.0, 0.0),
            (0.5, 1.0),
            (-0.5, 1.0),
            (0.5, -1.0),
            (-0.5, -1.0),
            (1.0, 0.7),
            (-1.0, 0.7),
            (1.0, -0.7),
            (-1.0, -0.7),
        ] {
            places.push(box_at(at.0 + x * dx, at.1 + y * dy));
        }
    }
    places
}
