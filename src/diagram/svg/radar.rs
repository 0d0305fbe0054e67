//! Radars: axes around a centre, rings with their values, a closed curve for each thing that is compared.

use super::chart::{self, Anchor, COLOURS, Canvas, MARGIN, Patch, SMALL, WORDS};
use super::scale;
use super::write::Num;
use crate::diagram::graph::{Size, single};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::radar::{Curve, Radar};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const RADIUS: f32 = 140.0;
const AXIS: Face = Face { measure: 120.0, ..WORDS };
/// Between the rim and what an axis is called.
const APART: f32 = 10.0;

/// Draws a radar.
#[must_use]
pub fn radar(radar: &Radar, options: &Options<'_>) -> Drawing {
    let mut canvas = Canvas::new(options);
    let blocks: Vec<Block> = radar.axes.iter().map(|label| text::set(label, AXIS)).collect();
    let places: Vec<(f32, f32)> = (0..blocks.len()).map(|at| around(at, blocks.len(), blocks[at].size)).collect();
    // How far words reach from the centre.
    let reach = |far: fn(&Block, &(f32, f32)) -> f32| {
        blocks.iter().zip(&places).map(|(b, p)| far(b, p)).fold(RADIUS + 2.0, f32::max)
    };
    let left = reach(|b, p| b.size.width / 2.0 - p.0);
    let right = reach(|b, p| b.size.width / 2.0 + p.0);
    let above = reach(|b, p| b.size.height / 2.0 - p.1);
    let below = reach(|b, p| b.size.height / 2.0 + p.1);
    let (title, top) = canvas.title(&radar.heading, left + right);
    let centre = (MARGIN + left, top + above);
    let (low, high) = bounds(radar);
    grid(radar, centre, &mut canvas);
    for (at, curve) in radar.curves.iter().enumerate() {
        let values = curve.values.iter().map(|v| single((v.clamp(low, high) - low) / (high - low)) * RADIUS);
        let count = curve.values.len() as f32;
        let points = values.enumerate().map(|(n, r)| chart::on_circle(centre, r, n as f32 / count));
        draw(curve, &points.collect::<Vec<_>>(), radar, at, &mut canvas);
    }
    values(radar, centre, (low, high), &mut canvas);
    for ((block, place), label) in blocks.iter().zip(&places).zip(&radar.axes) {
        let middle = (centre.0 + place.0, centre.1 + place.1);
        canvas.linked(label, |canvas| canvas.words(block, AXIS, middle, Anchor::Middle, ""));
    }
    let mut bottom = centre.1 + below;
    let mut width = (left + right).max(title);
    if radar.shows_legend && !radar.curves.is_empty() {
        let items: Vec<(usize, &Label, Patch)> =
            radar.curves.iter().enumerate().map(|(at, c)| (at, &c.label, Patch::Line)).collect();
        let widest = radar.curves.iter().map(|c| chart::ENTRY + text::set(&c.label, WORDS).size.width);
        width = widest.fold(width, f32::max);
        bottom = canvas.legend(&items, bottom + 14.0, width);
    }
    let said: Vec<String> = radar
        .curves
        .iter()
        .map(|curve| {
            let each = radar.axes.iter().zip(&curve.values);
            let each = each.map(|(axis, value)| format!("{} {}", axis.spoken(), scale::number(*value)));
            canvas.said(&curve.label, &each.collect::<Vec<_>>().join(", "))
        })
        .collect();
    let size = Size { width: width + 2.0 * MARGIN, height: bottom + MARGIN };
    canvas.finish("radar", size, &radar.heading, options.phrases.radar, &said)
}

/// The values in the centre and at the rim.
fn bounds(radar: &Radar) -> (f64, f64) {
    let all = radar.curves.iter().flat_map(|c| &c.values).copied();
    let high = radar.max.unwrap_or_else(|| all.fold(radar.min, f64::max));
    let high = if high > radar.min { high } else { radar.min + 1.0 };
    (radar.min, high)
}

/// Where the middle of an axis's words is, seen from the centre.
fn around(at: usize, count: usize, size: Size) -> (f32, f32) {
    let (x, y) = chart::on_circle((0.0, 0.0), 1.0, at as f32 / count as f32);
    // The box touches the circle around the rim with its nearest side.
    let sideways = |part: f32| if part.abs() < 0.05 { 0.0 } else { part.signum() };
    let (px, py) = (x * (RADIUS + APART), y * (RADIUS + APART));
    (px + sideways(x) * size.width / 2.0, py + y * size.height / 2.0)
}

fn grid(radar: &Radar, centre: (f32, f32), canvas: &mut Canvas<'_>) {
    let count = radar.axes.len();
    for ring in 1..=radar.ticks {
        let r = RADIUS * ring as f32 / radar.ticks as f32;
        if radar.is_polygon && count > 2 {
            let corners = (0..count).map(|at| chart::on_circle(centre, r, at as f32 / count as f32));
            let _ = write!(canvas.svg, "<path class=\"grid\" d=\"{}\"/>", polygon(corners));
        } else {
            let (x, y) = (Num(centre.0), Num(centre.1));
            let _ = write!(canvas.svg, "<circle class=\"grid\" cx=\"{x}\" cy=\"{y}\" r=\"{}\"/>", Num(r));
        }
    }
    for at in 0..count {
        canvas.line("grid", centre, chart::on_circle(centre, RADIUS, at as f32 / count as f32));
    }
}

/// The values of the rings, beside the first axis, as far as there is room.
fn values(radar: &Radar, centre: (f32, f32), (low, high): (f64, f64), canvas: &mut Canvas<'_>) {
    let apart = RADIUS / radar.ticks as f32;
    let step = (1..=32).find(|rings| *rings as f32 * apart >= SMALL.line).unwrap_or(32);
    for ring in (1..=radar.ticks).rev().step_by(step) {
        let share = f64::from(ring) / f64::from(radar.ticks);
        let block = text::set(&Label::plain(&scale::number(low + (high - low) * share)), SMALL);
        let y = centre.1 - RADIUS * single(share);
        // What stands on the rim would touch the axis's name.
        canvas.words(&block, SMALL, (centre.0 + 4.0, y + 7.0), Anchor::Start, "tick halo");
    }
}

fn draw(curve: &Curve, points: &[(f32, f32)], radar: &Radar, at: usize, canvas: &mut Canvas<'_>) {
    let path = if radar.is_polygon || curve.values.len() < 3 {
        polygon(points.iter().copied())
    } else {
        rounded(points, radar.tension)
    };
    let _ = write!(canvas.svg, "<path class=\"curve cover c{}\" d=\"{path}\"/>", at % COLOURS);
    for (x, y) in points {
        let _ = write!(
            canvas.svg,
            "<circle class=\"area c{}\" cx=\"{}\" cy=\"{}\" r=\"3\"/>",
            at % COLOURS,
            Num(*x),
            Num(*y)
        );
    }
}

fn polygon(points: impl Iterator<Item = (f32, f32)>) -> String {
    let mut path = String::new();
    for (n, (x, y)) in points.enumerate() {
        let _ = write!(path, "{}{} {}", if n == 0 { 'M' } else { 'L' }, Num(x), Num(y));
    }
    path + "z"
}

/// A closed curve through points, a Catmull-Rom spline as Bézier curves.
fn rounded(points: &[(f32, f32)], tension: f32) -> String {
    let count = points.len();
    let at = |n: usize| points[n % count];
    let (x, y) = at(0);
    let mut path = format!("M{} {}", Num(x), Num(y));
    for n in 0..count {
        let (before, from, to, after) = (at(n + count - 1), at(n), at(n + 1), at(n + 2));
        let first = (from.0 + (to.0 - before.0) * tension, from.1 + (to.1 - before.1) * tension);
        let second = (to.0 - (after.0 - from.0) * tension, to.1 - (after.1 - from.1) * tension);
        let [a, b, c, d, e, f] = [first.0, first.1, second.0, second.1, to.0, to.1].map(Num);
        let _ = write!(path, "C{a} {b} {c} {d} {e} {f}");
    }
    path + "z"
}
