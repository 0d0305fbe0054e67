//! Pies: slices with the clock from the top, their shares in them where there is room, and a table of all beside them.

use super::chart::{self, Anchor, COLOURS, Canvas, MARGIN, Patch, SMALL, WORDS};
use super::scale;
use super::write::Num;
use crate::diagram::graph::{Size, single};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::pie::Pie;
use crate::diagram::text::{self, Block};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const RADIUS: f32 = 110.0;
/// Between the pie and its table, between columns, and from row to row.
const GAP: f32 = 24.0;
const COLUMN: f32 = 14.0;
const ROW: f32 = 6.0;

/// Draws a pie.
#[must_use]
pub fn pie(pie: &Pie, options: &Options<'_>) -> Drawing {
    let mut canvas = Canvas::new(options);
    let total: f64 = pie.slices.iter().map(|s| s.value).sum();
    let table = Table::of(pie, total);
    let wide = 2.0 * RADIUS + if pie.slices.is_empty() { 0.0 } else { GAP + table.width };
    let (title, top) = canvas.title(&pie.heading, wide);
    let high = table.height.max(2.0 * RADIUS);
    let centre = (MARGIN + RADIUS, top + RADIUS + ((high - 2.0 * RADIUS) / 2.0).min(20.0));
    circle(&mut canvas, "ring", centre, RADIUS);
    let mut from = 0.0_f64;
    for (at, slice) in pie.slices.iter().enumerate().filter(|(_, s)| s.value > 0.0) {
        let to = from + slice.value / total;
        let part = Sector { centre, hole: pie.hole * RADIUS, from: single(from), to: single(to) };
        let _ = write!(canvas.svg, "<g class=\"area c{}\">", colour(at, pie.slices.len()));
        part.draw(&mut canvas);
        let share = text::set(&Label::plain(&scale::percent(slice.value, total, 0)), SMALL);
        if let Some(place) = part.room(share.size) {
            canvas.words(&share, SMALL, place, Anchor::Middle, "");
        }
        canvas.svg.push_str("</g>");
        from = to;
    }
    table.draw(pie, &mut canvas, (MARGIN + 2.0 * RADIUS + GAP, top + (high - table.height) / 2.0));
    let said: Vec<String> = pie
        .slices
        .iter()
        .map(|s| format!("{} {}", canvas.said(&s.label, &scale::number(s.value)), scale::percent(s.value, total, 1)))
        .collect();
    let size = Size { width: wide.max(title) + 2.0 * MARGIN, height: top + high + MARGIN };
    canvas.finish("pie", size, &pie.heading, options.phrases.pie, &said)
}

fn circle(canvas: &mut Canvas<'_>, class: &str, centre: (f32, f32), radius: f32) {
    let (x, y, r) = (Num(centre.0), Num(centre.1), Num(radius));
    let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
    let _ = write!(canvas.svg, "<circle{class} cx=\"{x}\" cy=\"{y}\" r=\"{r}\"/>");
}

/// The colour of a slice; the last one has not that of the first, which it lies beside.
fn colour(at: usize, count: usize) -> usize {
    if at > 0 && at + 1 == count && at.is_multiple_of(COLOURS) { COLOURS / 2 } else { at % COLOURS }
}

/// A slice of the circle, between two parts of a turn.
struct Sector {
    centre: (f32, f32),
    /// Radius of what is left out in the middle.
    hole: f32,
    from: f32,
    to: f32,
}

impl Sector {
    fn draw(&self, canvas: &mut Canvas<'_>) {
        // An arc from a point to the same point is none, so a whole turn is drawn as two halves.
        let middle = f32::midpoint(self.from, self.to);
        let at = |radius: f32, turn: f32| {
            let (x, y) = chart::on_circle(self.centre, radius, turn);
            format!("{} {}", Num(x), Num(y))
        };
        let (r, hole) = (Num(RADIUS), Num(self.hole));
        let is_whole = self.to - self.from > 0.9999;
        let mut path = format!("M{}", at(RADIUS, self.from));
        for turn in [middle, self.to] {
            let _ = write!(path, "A{r} {r} 0 0 1 {}", at(RADIUS, turn));
        }
        if self.hole > 0.0 {
            path.push(if is_whole { 'M' } else { 'L' });
            path.push_str(&at(self.hole, self.to));
            for turn in [middle, self.from] {
                let _ = write!(path, "A{hole} {hole} 0 0 0 {}", at(self.hole, turn));
            }
        } else if !is_whole {
            let _ = write!(path, "L{} {}", Num(self.centre.0), Num(self.centre.1));
        }
        let _ = write!(canvas.svg, "<path d=\"{path}z\"/>");
    }

    /// Where a box of words fits into the slice.
    fn room(&self, size: Size) -> Option<(f32, f32)> {
        let middle = f32::midpoint(self.from, self.to);
        let (w, h) = (size.width / 2.0 + 2.0, size.height / 2.0);
        let fits = |place: &(f32, f32)| {
            [(-w, -h), (w, -h), (-w, h), (w, h)].iter().all(|(dx, dy)| {
                let (x, y) = (place.0 + dx - self.centre.0, place.1 + dy - self.centre.1);
                let turn = (x.atan2(-y) / std::f32::consts::TAU).rem_euclid(1.0);
                let away = x.hypot(y);
                let inside = self.to - self.from > 0.9999 || (self.from..=self.to).contains(&turn);
                away < RADIUS - 2.0 && away > self.hole && inside
            })
        };
        let shares = [0.66, 0.74, 0.8, 0.56, 0.86];
        shares.into_iter().map(|share| chart::on_circle(self.centre, RADIUS * share, middle)).find(|place| fits(place))
    }
}

/// Names, values and shares, in columns.
struct Table {
    rows: Vec<(Block, [Block; 2])>,
    names: f32,
    columns: [f32; 2],
    width: f32,
    height: f32,
}

impl Table {
    fn of(pie: &Pie, total: f64) -> Table {
        let cell = |text: String| text::set(&Label::plain(&text), WORDS);
        let rows: Vec<(Block, [Block; 2])> = pie
            .slices
            .iter()
            .map(|slice| {
                let value = if pie.shows_values { scale::number(slice.value) } else { String::new() };
                let share = scale::percent(slice.value, total, 1);
                (text::set(&slice.label, WORDS), [cell(value), cell(share)])
            })
            .collect();
        let widest = |width: fn(&(Block, [Block; 2])) -> f32| rows.iter().map(width).fold(0.0, f32::max);
        let names = widest(|r| r.0.size.width);
        let columns = [widest(|r| r.1[0].size.width), widest(|r| r.1[1].size.width)];
        let gaps = columns.iter().filter(|c| **c > 0.0).count() as f32 * COLUMN;
        let width = chart::ENTRY + names + columns[0] + columns[1] + gaps;
        let height = (rows.iter().map(|r| r.0.size.height + ROW).sum::<f32>() - ROW).max(0.0);
        Table { rows, names, columns, width, height }
    }

    fn draw(&self, pie: &Pie, canvas: &mut Canvas<'_>, at: (f32, f32)) {
        let mut y = at.1;
        for (n, ((name, cells), slice)) in self.rows.iter().zip(&pie.slices).enumerate() {
            let middle = y + name.size.height / 2.0;
            canvas.linked(&slice.label, |canvas| {
                canvas.entry(colour(n, pie.slices.len()), Patch::Area, name, (at.0, middle));
            });
            let mut right = at.0 + chart::ENTRY + self.names;
            for (cell, width) in cells.iter().zip(self.columns).filter(|(_, width)| *width > 0.0) {
                right += COLUMN + width;
                canvas.words(cell, WORDS, (right, middle), Anchor::End, "pale");
            }
            y += name.size.height + ROW;
        }
    }
}
