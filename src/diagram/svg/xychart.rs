//! Bars and lines over categories or numbers, upright or lying.

use super::chart::{Anchor, COLOURS, Canvas, MARGIN, Patch, Room, SMALL, WORDS};
use super::scale;
use super::write::Num;
use crate::diagram::graph::{Rect, Size, single};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::xychart::{Mark, Scale, Series, XyChart};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

/// How long the axis of values is, and that of categories at least; categories that need more than `WIDEST` are read
/// upwards.
const VALUES: f32 = 270.0;
const LYING: f32 = 420.0;
const BANDS: f32 = 500.0;
const WIDEST: f32 = 900.0;
/// The share of a band that its bars take.
const FILLED: f32 = 0.72;
const STEPS: u32 = 5;

/// Draws a chart of bars and lines.
#[must_use]
pub fn xychart(chart: &XyChart, options: &Options<'_>) -> Drawing {
    let mut canvas = Canvas::new(options);
    let names = names(chart);
    let values = Values::of(chart);
    let bands = Bands::of(chart, &names);
    let length = bands.size * bands.count as f32;
    let ticks: Vec<Block> = values.ticks.iter().map(|v| small(&scale::grouped(*v))).collect();
    let widest = |blocks: &[Block]| blocks.iter().map(|b| b.size.width).fold(0.0, f32::max);
    // What stands left of the plot: values or, if it lies, categories.
    let gutter = 8.0 + if chart.is_horizontal { widest(&bands.words) } else { widest(&ticks) };
    let (width, height) = if chart.is_horizontal { (LYING, length) } else { (length, VALUES) };
    // The last value of a lying axis stands half out of the plot, and values stand behind or above their bars.
    let said = labels(chart);
    let over = widest(&said) + 8.0;
    let beside = if chart.is_horizontal { over.max(widest(&ticks) / 2.0) } else { 6.0 };
    let (title, mut top) = canvas.title(&chart.heading, gutter + width);
    let (above, below) = if chart.is_horizontal {
        (&chart.x_axis.title, &chart.y_axis.title)
    } else {
        (&chart.y_axis.title, &chart.x_axis.title)
    };
    let titled = |label: &Label| text::set(label, Face { measure: gutter + width, ..WORDS });
    let (above, below) = (titled(above), titled(below));
    if above.size.width > 0.0 {
        canvas.words(&above, WORDS, (MARGIN, top + above.size.height / 2.0), Anchor::Start, "pale");
        top += above.size.height + 8.0;
    }
    let head = if chart.is_horizontal {
        4.0
    } else if over > 8.0 {
        20.0
    } else {
        8.0
    };
    let plot = Rect { x: MARGIN + gutter, y: top + head, width, height };
    let mut painter = Painter { canvas, chart, plot, values: &values, bands: &bands, room: Room::default() };
    painter.axes(&ticks);
    painter.series();
    let mut bottom = plot.y + plot.height + 8.0 + painter.under(&ticks);
    let mut canvas = painter.canvas;
    if below.size.width > 0.0 {
        let middle = (plot.x + plot.width / 2.0).max(MARGIN + below.size.width / 2.0);
        canvas.words(&below, WORDS, (middle, bottom + 2.0 + below.size.height / 2.0), Anchor::Middle, "pale");
        bottom += below.size.height + 4.0;
    }
    let width = [gutter + width + beside, above.size.width, below.size.width, title].into_iter().fold(0.0, f32::max);
    let bottom = legend(chart, &mut canvas, bottom, width);
    let said = description(chart, &canvas, &names);
    let size = Size { width: width + 2.0 * MARGIN, height: bottom + MARGIN };
    canvas.finish("xychart", size, &chart.heading, options.phrases.xychart, &said)
}

fn small(text: &str) -> Block {
    text::set(&Label::plain(text), SMALL)
}

/// Names what is shown, if it has names; where they end.
fn legend(chart: &XyChart, canvas: &mut Canvas<'_>, bottom: f32, width: f32) -> f32 {
    let patch = |series: &Series| if series.mark == Mark::Bar { Patch::Area } else { Patch::Line };
    let named = chart.series.iter().enumerate().filter(|(_, series)| !series.label.is_empty());
    let items: Vec<(usize, &Label, Patch)> = named.map(|(at, s)| (at, &s.label, patch(s))).collect();
    if items.is_empty() { bottom } else { canvas.legend(&items, bottom + 12.0, width) }
}

/// What each series shows, in words.
fn description(chart: &XyChart, canvas: &Canvas<'_>, names: &[Label]) -> Vec<String> {
    let of = |series: &Series| {
        let pair = |(at, value): (usize, &f64)| {
            let name = names.get(at).map(Label::spoken).unwrap_or_default();
            format!("{name} {}", scale::number(*value)).trim().to_owned()
        };
        let each = series.values.iter().enumerate().map(pair).collect::<Vec<_>>().join(", ");
        let name = if series.label.is_empty() { &chart.y_axis.title } else { &series.label };
        if name.is_empty() { each } else { canvas.said(name, &each) }
    };
    chart.series.iter().map(of).collect()
}

/// What stands below each band: the categories, or the numbers that the values stand at.
fn names(chart: &XyChart) -> Vec<Label> {
    let count = chart.series.iter().map(|s| s.values.len()).max().unwrap_or(0);
    let (from, to) = match &chart.x_axis.scale {
        Scale::Categories(names) => return names.clone(),
        Scale::Range(from, to) => (*from, *to),
        Scale::Data => (1.0, count as f64),
    };
    let step = if count > 1 { (to - from) / (count as f64 - 1.0) } else { 0.0 };
    (0..count).map(|n| Label::plain(&scale::grouped(((from + step * n as f64) * 1e4).round() / 1e4))).collect()
}

/// What bars and points say of themselves.
fn labels(chart: &XyChart) -> Vec<Block> {
    let bars = chart.series.iter().filter(|s| chart.shows_values && s.mark == Mark::Bar);
    let values = bars.flat_map(|s| &s.values).map(|v| small(&scale::number(*v)));
    let labels = chart.series.iter().flat_map(|s| &s.labels).filter(|l| !l.is_empty());
    values.chain(labels.map(|label| text::set(label, SMALL))).collect()
}

/// The axis of values.
struct Values {
    low: f64,
    high: f64,
    ticks: Vec<f64>,
}

impl Values {
    fn of(chart: &XyChart) -> Values {
        if let Scale::Range(from, to) = chart.y_axis.scale
            && (from - to).abs() > 0.0
        {
            let (low, high) = (from.min(to), from.max(to));
            return Values { low, high, ticks: scale::ticks(low, high, STEPS, true) };
        }
        let all = || chart.series.iter().flat_map(|s| &s.values).copied();
        let (mut low, mut high) = (all().fold(f64::INFINITY, f64::min), all().fold(f64::NEG_INFINITY, f64::max));
        // A bar has a length from nothing.
        if chart.series.iter().any(|s| s.mark == Mark::Bar) || low >= high {
            (low, high) = (low.min(0.0), high.max(0.0));
        }
        if low >= high {
            high = low + 1.0;
        }
        let ticks = scale::ticks(low, high, STEPS, false);
        let end = |tick: Option<&f64>, value: f64| tick.copied().unwrap_or(value);
        Values { low: end(ticks.first(), low).min(low), high: end(ticks.last(), high).max(high), ticks }
    }

    /// How far along the axis a value is, 0 to 1.
    fn share(&self, value: f64) -> f32 {
        single((value.clamp(self.low, self.high) - self.low) / (self.high - self.low))
    }
}

/// The axis of categories.
struct Bands {
    count: usize,
    size: f32,
    words: Vec<Block>,
    are_upright: bool,
    /// Each which name is written; all of them, if they are categories.
    every: usize,
}

impl Bands {
    fn of(chart: &XyChart, names: &[Label]) -> Bands {
        let count = names.len().max(1);
        let bars = chart.series.iter().filter(|s| s.mark == Mark::Bar).count() as f32;
        let lines = |blocks: &[Block]| blocks.iter().map(|b| b.size.height).fold(SMALL.line, f32::max);
        if chart.is_horizontal {
            let face = Face { measure: 150.0, ..SMALL };
            let words: Vec<Block> = names.iter().map(|label| text::set(label, face)).collect();
            let size = (lines(&words) + 10.0).max(bars * 16.0 / FILLED);
            return Bands { count, size, words, are_upright: false, every: 1 };
        }
        let widest = |blocks: &[Block]| blocks.iter().map(|b| b.size.width).fold(0.0, f32::max);
        // Values above bars are as wide as they are.
        let value = if chart.shows_values { widest(&labels(chart)) + 4.0 } else { 6.0 };
        let least = (bars * value / FILLED).max(3.0);
        let share = (BANDS / count as f32).clamp(least, 120.0_f32.max(least));
        let face = Face { measure: (share - 8.0).clamp(40.0, SMALL.measure), ..SMALL };
        let words: Vec<Block> = names.iter().map(|label| text::set(label, face)).collect();
        let size = share.max(widest(&words) + 10.0);
        if size * count as f32 <= WIDEST.max(share * count as f32) {
            return Bands { count, size, words, are_upright: false, every: 1 };
        }
        if !matches!(chart.x_axis.scale, Scale::Categories(_)) {
            // Of numbers, some are enough.
            let fits = |bands: &usize| *bands as f32 * share >= widest(&words) + 10.0;
            let every = (1..=count).find(fits).unwrap_or(count);
            return Bands { count, size: share, words, are_upright: false, every };
        }
        let face = Face { measure: 160.0, ..SMALL };
        let words: Vec<Block> = names.iter().map(|label| text::set(label, face)).collect();
        let size = share.max(lines(&words) + 4.0);
        Bands { count, size, words, are_upright: true, every: 1 }
    }
}

struct Painter<'a> {
    canvas: Canvas<'a>,
    chart: &'a XyChart,
    plot: Rect,
    values: &'a Values,
    bands: &'a Bands,
    room: Room,
}

impl Painter<'_> {
    /// The place of a value in the middle of a band, or beside it by a part of the band.
    fn at(&self, band: usize, part: f32, value: f64) -> (f32, f32) {
        let along = (band as f32 + 0.5 + part) * self.bands.size;
        let share = self.values.share(value);
        if self.chart.is_horizontal {
            (self.plot.x + share * self.plot.width, self.plot.y + along)
        } else {
            (self.plot.x + along, self.plot.y + (1.0 - share) * self.plot.height)
        }
    }

    fn axes(&mut self, ticks: &[Block]) {
        let Rect { x, y, width, height } = self.plot;
        for (value, block) in self.values.ticks.iter().zip(ticks) {
            let at = self.at(0, 0.0, *value);
            if self.chart.is_horizontal {
                self.canvas.line("grid", (at.0, y), (at.0, y + height));
            } else {
                self.canvas.line("grid", (x, at.1), (x + width, at.1));
                self.canvas.words(block, SMALL, (x - 8.0, at.1), Anchor::End, "tick");
            }
        }
    }

    /// The line that bars stand on, over their ends.
    fn ground(&mut self) {
        let Rect { x, y, width, height } = self.plot;
        let zero = self.at(0, 0.0, 0.0);
        if self.chart.is_horizontal {
            self.canvas.line("axis", (zero.0, y), (zero.0, y + height));
        } else {
            self.canvas.line("axis", (x, zero.1), (x + width, zero.1));
        }
    }

    /// Draws what stands below the plot, and categories; how high it is.
    fn under(&mut self, ticks: &[Block]) -> f32 {
        let Rect { x, y, height, .. } = self.plot;
        let base = y + height + 8.0;
        let is_named = matches!(self.chart.x_axis.scale, Scale::Categories(_));
        let mut high = 0.0_f32;
        for (at, block) in self.bands.words.iter().enumerate().step_by(self.bands.every) {
            let (mid_x, mid_y) = self.at(at, 0.0, self.values.low);
            let (place, anchor) = if self.chart.is_horizontal {
                ((x - 8.0, mid_y), Anchor::End)
            } else if self.bands.are_upright {
                high = high.max(block.size.width);
                ((mid_x, base), Anchor::End)
            } else {
                high = high.max(block.size.height);
                ((mid_x, base + block.size.height / 2.0), Anchor::Middle)
            };
            let upright = self.bands.are_upright;
            let draw = |canvas: &mut Canvas<'_>| {
                if upright {
                    canvas.upright(block, SMALL, place, anchor);
                } else {
                    canvas.words(block, SMALL, place, anchor, "tick");
                }
            };
            match &self.chart.x_axis.scale {
                Scale::Categories(names) if is_named && at < names.len() => self.canvas.linked(&names[at], draw),
                _ => draw(&mut self.canvas),
            }
        }
        if self.chart.is_horizontal {
            for (value, block) in self.values.ticks.iter().zip(ticks) {
                let at = self.at(0, 0.0, *value);
                high = high.max(block.size.height);
                self.canvas.words(block, SMALL, (at.0, base + block.size.height / 2.0), Anchor::Middle, "tick");
            }
        }
        high
    }

    fn series(&mut self) {
        let chart = self.chart;
        let bars = chart.series.iter().filter(|s| s.mark == Mark::Bar).count();
        let drawn = chart.series.iter().enumerate().filter(|(_, s)| s.mark == Mark::Bar);
        for (bar, (at, series)) in drawn.enumerate() {
            self.bars(series, at % COLOURS, bar, bars);
        }
        self.ground();
        for (at, series) in chart.series.iter().enumerate().filter(|(_, s)| s.mark == Mark::Line) {
            self.line(series, at % COLOURS);
        }
        // Words come last, so that nothing is drawn over them.
        let mut bar = 0;
        for series in &chart.series {
            let part = if series.mark == Mark::Bar { part(bar, bars) } else { 0.0 };
            bar += usize::from(series.mark == Mark::Bar);
            self.labels(series, part);
        }
    }

    fn bars(&mut self, series: &Series, colour: usize, bar: usize, bars: usize) {
        let thick = self.bands.size * FILLED / bars as f32;
        let _ = write!(self.canvas.svg, "<g class=\"area c{colour}\">");
        for (at, value) in series.values.iter().enumerate() {
            let (x, y) = self.at(at, part(bar, bars), *value);
            let zero = self.at(at, part(bar, bars), 0.0);
            let half = thick / 2.0;
            let r = if self.chart.is_horizontal {
                Rect { x: x.min(zero.0), y: y - half, width: (x - zero.0).abs(), height: thick }
            } else {
                Rect { x: x - half, y: y.min(zero.1), width: thick, height: (y - zero.1).abs() }
            };
            self.canvas.rect("", r);
        }
        self.canvas.svg.push_str("</g>");
    }

    fn line(&mut self, series: &Series, colour: usize) {
        let points: Vec<(f32, f32)> = series.values.iter().enumerate().map(|(at, v)| self.at(at, 0.0, *v)).collect();
        let mut path = String::new();
        for (n, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{} {}", if n == 0 { 'M' } else { 'L' }, Num(*x), Num(*y));
        }
        let _ = write!(self.canvas.svg, "<path class=\"curve c{colour}\" d=\"{path}\"/>");
        if self.bands.size >= 10.0 {
            let _ = write!(self.canvas.svg, "<g class=\"area c{colour}\">");
            for (x, y) in points {
                let _ = write!(self.canvas.svg, "<circle cx=\"{}\" cy=\"{}\" r=\"3.5\"/>", Num(x), Num(y));
            }
            self.canvas.svg.push_str("</g>");
        }
    }

    /// What bars and points say of themselves: behind them, or as near as there is room.
    fn labels(&mut self, series: &Series, part: f32) {
        let chart = self.chart;
        for (at, value) in series.values.iter().enumerate() {
            let own = series.labels.get(at).filter(|label| !label.is_empty());
            let block = match own {
                Some(label) => text::set(label, SMALL),
                None if chart.shows_values && series.mark == Mark::Bar => small(&scale::number(*value)),
                None => continue,
            };
            let (x, y) = self.at(at, part, *value);
            let Size { width, height } = block.size;
            let Rect { x: left, y: top, width: wide, height: high } = self.plot;
            let way = if *value < 0.0 { -1.0 } else { 1.0 };
            let places = (0..8).flat_map(|n| {
                let away = 4.0 + n as f32 * 6.0;
                let place = |way: f32| {
                    if chart.is_horizontal {
                        Rect { x: x + way * (away + width / 2.0) - width / 2.0, y: y - height / 2.0, width, height }
                    } else {
                        // At an end of the plot words begin or end there.
                        let first = (x - width / 2.0).min(left + wide - width).max(left);
                        Rect { x: first, y: y - way * (away + height / 2.0) - height / 2.0, width, height }
                    }
                };
                [place(way), place(-way)]
            });
            let bounds = if chart.is_horizontal {
                Rect { x: left, y: top, width: wide + width + 8.0, height: high }
            } else {
                Rect { x: left, y: top - 20.0, width: wide, height: high + 20.0 }
            };
            if let Some(r) = self.room.first(places, bounds) {
                let middle = (r.x + r.width / 2.0, r.y + r.height / 2.0);
                self.canvas.words(&block, SMALL, middle, Anchor::Middle, "halo");
            }
        }
    }
}

/// How far the middle of a bar is from the middle of its band, as a part of the band.
fn part(bar: usize, bars: usize) -> f32 {
    let each = FILLED / bars.max(1) as f32;
    (bar as f32 + 0.5) * each - FILLED / 2.0
}
