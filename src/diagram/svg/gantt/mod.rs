//! Gantt charts: a row a task, the names beside or within the bars, sections at the left, dates below.

mod axis;

use super::sheet::{HUES, MARGIN, Sheet, spoken};
use super::write::{self, Num};
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::mermaid::gantt::{Gantt, Task};
use crate::diagram::mermaid::label::Label;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use axis::{Axis, TICK, Tick};
use jiff::civil::DateTime;
use std::fmt::Write as _;

const NAME: Face = Face { size: 13.0, line: 17.0, bold: false, measure: 260.0 };
const SECTION: Face = Face { size: 13.0, line: 17.0, bold: true, measure: 140.0 };
/// The width of the time, in pixels.
const WIDTH: f32 = 640.0;
/// A row with a name of one line.
const ROW: f32 = 30.0;
/// Between the bar and the borders of its row.
const INSET: f32 = 4.0;
/// Between a bar and the name beside it.
const BESIDE: f32 = 7.0;
/// The least width of a bar.
const THINNEST: f32 = 3.0;

/// Where the name of a task stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Within,
    Behind,
    Before,
}

/// A task, measured and placed.
struct Placed<'g> {
    task: &'g Task,
    name: Block,
    side: Side,
    /// The bar, from left to right.
    bar: (f32, f32),
    /// The bar and its name, from left to right.
    extent: (f32, f32),
    row: usize,
}

/// Rows of a section.
struct Band {
    section: Option<usize>,
    title: Block,
    rows: std::ops::Range<usize>,
}

/// Draws a Gantt chart.
#[must_use]
pub fn gantt(gantt: &Gantt, options: &Options<'_>) -> Drawing {
    let mut sheet = Sheet::new(options);
    let title = sheet.title(gantt.about.title.as_deref());
    let titles = gantt.sections.iter().map(|section| text::set(section, SECTION).size.width);
    let left = MARGIN
        + titles.fold(None, |widest: Option<f32>, w| Some(widest.unwrap_or(0.0).max(w))).map_or(0.0, |w| w + 22.0);
    let axis = Axis::new(gantt, left + 12.0, WIDTH - 24.0);
    let (tasks, bands) = place(gantt, &axis, left);
    let rows = bands.last().map_or(0, |band| band.rows.end);
    let mut heights = vec![ROW; rows];
    for task in &tasks {
        heights[task.row] = heights[task.row].max(task.name.size.height + 2.0 * INSET + 5.0);
    }
    // A band is at least as high as its title.
    for band in &bands {
        let high: f32 = heights[band.rows.clone()].iter().sum();
        let lacking = band.title.size.height + 10.0 - high;
        if let Some(last) = heights[band.rows.clone()].last_mut().filter(|_| lacking > 0.0) {
            *last += lacking;
        }
    }
    let ticks = axis.ticks(gantt);
    let lines = lines(gantt, &axis);
    let above = lines.iter().map(|line| line.level + 1).max().unwrap_or(0) as f32 * (NAME.line + 3.0);
    let top_axis = if gantt.top_axis { TICK.line + 6.0 } else { 0.0 };
    let top = MARGIN + title.height + above + top_axis;
    let mut tops = Vec::with_capacity(rows + 1);
    tops.push(top);
    for height in &heights {
        tops.push(tops.last().copied().unwrap_or(top) + height);
    }
    let bottom = tops.last().copied().unwrap_or(top);
    let names = tasks.iter().map(|task| task.extent.1).chain(lines.iter().map(|line| line.words.1));
    let words = ticks.iter().filter_map(|tick| tick.words.as_ref().map(|w| tick.x + text::width(w, TICK, false) / 2.0));
    let right = names.chain(words).fold(left + WIDTH, f32::max);

    let painter = Painter { gantt, axis: &axis, left, right, tops: &tops, bottom };
    painter.ground(&bands, &mut sheet);
    painter.ticks(&ticks, &mut sheet);
    painter.lines(&lines, top - top_axis, &mut sheet);
    for task in &tasks {
        painter.task(task, &mut sheet);
    }
    let size =
        Size { width: (right + MARGIN).max(title.width + 2.0 * MARGIN), height: bottom + TICK.line + 8.0 + MARGIN };
    let description = gantt.about.description.clone().unwrap_or_else(|| described(gantt, options));
    sheet.finish("mind gantt", size, gantt.about.name().unwrap_or(options.phrases.gantt), &description)
}

fn described(gantt: &Gantt, options: &Options<'_>) -> String {
    let (open, close) = options.phrases.label;
    spoken(gantt.tasks.iter().map(|task| format!("{}{open}{}{close}", task.label.spoken(), when(task, gantt))), options)
}

/// From when to when, in words.
fn when(task: &Task, gantt: &Gantt) -> String {
    let write = |date: DateTime| match (gantt.is_timed, date.hour() == 0 && date.minute() == 0) {
        (true, _) => date.time().to_string(),
        (false, true) => date.date().to_string(),
        (false, false) => format!("{} {}", date.date(), date.time()),
    };
    let (start, end) = (write(task.start), write(task.end));
    if start == end || task.tags.milestone || task.tags.vert { start } else { format!("{start} – {end}") }
}

/// Where a milestone or a line stands: in the middle of its time.
fn moment(task: &Task, axis: &Axis) -> f32 {
    f32::midpoint(axis.x(task.start), axis.x(task.end))
}

/// Gives each task that is no line a row and its name a side.
fn place<'g>(gantt: &'g Gantt, axis: &Axis, left: f32) -> (Vec<Placed<'g>>, Vec<Band>) {
    let (mut tasks, mut bands): (Vec<Placed<'g>>, Vec<Band>) = (Vec::new(), Vec::new());
    for task in gantt.tasks.iter().filter(|task| !task.tags.vert) {
        if bands.last().is_none_or(|band| band.section != task.section) {
            let title = task.section.map(|at| text::set(&gantt.sections[at], SECTION)).unwrap_or_default();
            let next = bands.last().map_or(0, |band| band.rows.end);
            bands.push(Band { section: task.section, title, rows: next..next });
        }
        let name = text::set(&task.label, NAME);
        let bar = if task.tags.milestone {
            let (x, half) = (moment(task, axis), (ROW - 2.0 * INSET) / 2.0);
            (x - half, x + half)
        } else {
            let start = axis.x(task.start);
            (start, axis.x(task.end).max(start + THINNEST))
        };
        let wide = name.size.width;
        let side = if !task.tags.milestone && wide + 14.0 <= bar.1 - bar.0 {
            Side::Within
        } else if bar.1 + BESIDE + wide > left + WIDTH && bar.0 - BESIDE - wide >= left + 4.0 {
            Side::Before
        } else {
            Side::Behind
        };
        let extent = match side {
            Side::Within => bar,
            Side::Behind => (bar.0, bar.1 + BESIDE + wide),
            Side::Before => (bar.0 - BESIDE - wide, bar.1),
        };
        let Some(band) = bands.last_mut() else { continue };
        // In a compact chart the first row that is free; else the next one.
        let free = band.rows.clone().find(|row| {
            let mut others = tasks.iter().rev().take_while(|other| other.row >= band.rows.start);
            gantt.is_compact
                && others.all(|o| o.row != *row || o.extent.1 + 8.0 <= extent.0 || extent.1 + 8.0 <= o.extent.0)
        });
        let row = free.unwrap_or(band.rows.end);
        band.rows.end = band.rows.end.max(row + 1);
        tasks.push(Placed { task, name, side, bar, extent, row });
    }
    (tasks, bands)
}

/// A line through the chart, with its name above.
struct Line<'g> {
    task: &'g Task,
    name: Block,
    x: f32,
    /// Its name, from left to right.
    words: (f32, f32),
    /// How high above the chart its name stands, so that no two meet.
    level: usize,
}

fn lines<'g>(gantt: &'g Gantt, axis: &Axis) -> Vec<Line<'g>> {
    let mut lines: Vec<Line<'g>> = Vec::new();
    for task in gantt.tasks.iter().filter(|task| task.tags.vert) {
        let name = text::set(&task.label, Face { measure: f32::MAX, ..NAME });
        let x = axis.x(task.start);
        let from = (x - name.size.width / 2.0).max(MARGIN);
        let words = (from, from + name.size.width);
        let meets = |other: &Line<'_>| other.words.0 < words.1 + 10.0 && words.0 < other.words.1 + 10.0;
        let level = (0..=lines.len()).find(|level| !lines.iter().any(|o| o.level == *level && meets(o)));
        lines.push(Line { task, name, x, words, level: level.unwrap_or_default() });
    }
    lines
}

struct Painter<'a> {
    gantt: &'a Gantt,
    axis: &'a Axis,
    left: f32,
    right: f32,
    /// Where each row begins, and where the last one ends.
    tops: &'a [f32],
    bottom: f32,
}

impl Painter<'_> {
    /// The sections, and the days on which nobody works.
    fn ground(&self, bands: &[Band], sheet: &mut Sheet<'_>) {
        for (at, band) in bands.iter().enumerate() {
            let (top, bottom) = (self.tops[band.rows.start], self.tops[band.rows.end]);
            let r = Rect { x: MARGIN, y: top, width: self.right - MARGIN, height: bottom - top };
            sheet.rect(r, 0.0, if at % 2 == 0 { " class=\"ground\"" } else { " class=\"bare\"" });
        }
        for day in &self.gantt.off {
            let start = day.to_datetime(jiff::civil::Time::midnight());
            let Ok(end) = day.tomorrow().map(|next| next.to_datetime(jiff::civil::Time::midnight())) else { continue };
            let within = |x: f32| x.clamp(self.left, self.left + WIDTH);
            let (from, to) = (within(self.axis.x(start)), within(self.axis.x(end)));
            let r = Rect { x: from, y: self.tops[0], width: to - from, height: self.bottom - self.tops[0] };
            sheet.rect(r, 0.0, " class=\"off\"");
        }
        for band in bands {
            let Some(section) = band.section else { continue };
            let (top, bottom) = (self.tops[band.rows.start], self.tops[band.rows.end]);
            let label = &self.gantt.sections[section];
            let href = sheet.href(label);
            let middle = Point { x: MARGIN + 8.0, y: f32::midpoint(top, bottom) };
            sheet.link(href.as_deref(), |sheet| {
                sheet.group(&format!("part flush c{}", section % HUES), "", |sheet| {
                    sheet.words(&band.title, middle, SECTION.line);
                });
            });
        }
    }

    fn ticks(&self, ticks: &[Tick], sheet: &mut Sheet<'_>) {
        let words = |text: &str| text::set(&Label::plain(text), TICK);
        for tick in ticks {
            sheet.line("grid", Point { x: tick.x, y: self.tops[0] }, Point { x: tick.x, y: self.bottom + 4.0 });
            let Some(text) = &tick.words else { continue };
            let block = words(text);
            let mut draw = |y: f32| {
                sheet.group("hint", "", |sheet| sheet.words(&block, Point { x: tick.x, y }, TICK.line));
            };
            draw(self.bottom + 6.0 + TICK.line / 2.0);
            if self.gantt.top_axis {
                draw(self.tops[0] - 5.0 - TICK.line / 2.0);
            }
        }
        sheet.line("axis", Point { x: self.left, y: self.bottom }, Point { x: self.right, y: self.bottom });
    }

    fn lines(&self, lines: &[Line<'_>], top: f32, sheet: &mut Sheet<'_>) {
        for line in lines {
            let y = top - 2.0 - line.level as f32 * (NAME.line + 3.0);
            let middle = Point { x: f32::midpoint(line.words.0, line.words.1), y: y - NAME.line / 2.0 };
            let href = line.task.href.clone().or_else(|| sheet.href(&line.task.label));
            sheet.link(href.as_deref(), |sheet| {
                sheet.group("vert", &line.task.id, |sheet| {
                    sheet.line("mark", Point { x: line.x, y }, Point { x: line.x, y: self.bottom });
                    sheet.words(&line.name, middle, NAME.line);
                });
            });
        }
    }

    fn task(&self, placed: &Placed<'_>, sheet: &mut Sheet<'_>) {
        let Placed { task, name, side, bar, row, .. } = placed;
        let (top, bottom) = (self.tops[*row], self.tops[row + 1]);
        let high = if *side == Side::Within { name.size.height + 5.0 } else { 0.0 }.max(ROW - 2.0 * INSET);
        let middle = f32::midpoint(top, bottom);
        let r = Rect { x: bar.0, y: middle - high / 2.0, width: bar.1 - bar.0, height: high };
        let mut class = format!("node c{}", task.section.unwrap_or_default() % HUES);
        for (is, name) in [(task.tags.done, " done"), (task.tags.active, " active"), (task.tags.crit, " crit")] {
            class.push_str(if is { name } else { "" });
        }
        let href = task.href.clone().or_else(|| sheet.href(&task.label));
        sheet.link(href.as_deref(), |sheet| {
            sheet.group(&class, &task.id, |sheet| {
                sheet.svg.push_str("<title>");
                write::escape(&format!("{} · {}", task.label.spoken(), when(task, self.gantt)), &mut sheet.svg);
                sheet.svg.push_str("</title>");
                if task.tags.milestone {
                    let half = r.width / 2.0;
                    let (w, h) = (Num(half), Num(-half));
                    let _ = write!(sheet.svg, "<path d=\"M{} {}l{w} {w} {w} {h} {h} {h}z\"/>", Num(r.x), Num(middle));
                } else {
                    sheet.rect(r, 3.0, "");
                }
                if *side == Side::Within {
                    sheet.words(name, Point { x: r.x + r.width / 2.0, y: middle }, NAME.line);
                }
            });
            let (class, x) = match side {
                Side::Within => return,
                Side::Behind => ("said flush", bar.1 + BESIDE),
                Side::Before => ("said tail", bar.0 - BESIDE),
            };
            sheet.group(class, "", |sheet| sheet.words(name, Point { x, y: middle }, NAME.line));
        });
    }
}
