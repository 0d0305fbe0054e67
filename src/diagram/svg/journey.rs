//! Journeys: steps from left to right, below each a face as high as the mood, and the line from mood to mood.

use super::sheet::{HUES, MARGIN, Sheet, spoken};
use super::write::Num;
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::mermaid::journey::{Journey, Step};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const SECTION: Face = Face { size: 14.0, line: 19.0, bold: true, measure: 400.0 };
const STEP: Face = Face { size: 14.0, line: 19.0, bold: false, measure: 128.0 };
const PERSON: Face = Face { size: 12.0, line: 16.0, bold: false, measure: 112.0 };
const SCORE: Face = Face { size: 12.0, line: 16.0, bold: false, measure: 100.0 };
/// Between columns.
const GAP: f32 = 12.0;
/// Within a card.
const PAD: f32 = 10.0;
/// A row wider than this goes on in another.
const WIDEST: f32 = 1000.0;
const NARROWEST: f32 = 96.0;
/// From one mood to the next better one.
const LEVEL: f32 = 22.0;
const RADIUS: f32 = 11.0;
/// Beside a row: the names of the best and the worst mood.
const SCALE: f32 = 16.0;

/// A step, measured.
struct Column<'j> {
    step: &'j Step,
    label: Block,
    people: Vec<(usize, Block)>,
}

impl Column<'_> {
    fn height(&self) -> f32 {
        let people: f32 = self.people.iter().map(|(_, block)| block.size.height).sum();
        self.label.size.height + people + if self.people.is_empty() { 0.0 } else { 5.0 }
    }
}

/// Draws a journey.
#[must_use]
pub fn journey(journey: &Journey, options: &Options<'_>) -> Drawing {
    let mut sheet = Sheet::new(options);
    let title = sheet.title(journey.about.title.as_deref());
    let columns: Vec<Column<'_>> = journey.steps.iter().map(|step| column(journey, step)).collect();
    let widest = columns.iter().flat_map(|c| {
        let people = c.people.iter().map(|(_, block)| block.size.width + 14.0);
        people.chain([c.label.size.width])
    });
    let width = (widest.fold(0.0, f32::max) + 2.0 * PAD).max(NARROWEST);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
    let fits = (((WIDEST + GAP) / (width + GAP)) as usize).max(1);
    let rows = columns.len().div_ceil(fits).max(1);
    let each = columns.len().div_ceil(rows).max(1);
    let mut y = MARGIN + title.height;
    for row in columns.chunks(each) {
        y = paint_row(journey, row, width, y, &mut sheet) + 2.0 * GAP;
    }
    let across = SCALE + each as f32 * (width + GAP) - GAP;
    let size = Size { width: across.max(title.width) + 2.0 * MARGIN, height: y - 2.0 * GAP + MARGIN };
    let description = journey.about.description.clone().unwrap_or_else(|| described(journey, options));
    sheet.finish("mind journey", size, journey.about.name().unwrap_or(options.phrases.journey), &description)
}

fn column<'j>(journey: &Journey, step: &'j Step) -> Column<'j> {
    let name =
        |at: &usize| (*at, text::set(&crate::diagram::mermaid::label::Label::plain(&journey.people[*at]), PERSON));
    Column { step, label: text::set(&step.label, STEP), people: step.people.iter().map(name).collect() }
}

fn described(journey: &Journey, options: &Options<'_>) -> String {
    let (open, close) = options.phrases.label;
    let steps = journey.steps.iter().map(|step| {
        let people = step.people.iter().map(|at| format!(", {}", journey.people[*at]));
        format!("{}{open}{}/5{}{close}", step.label.spoken(), step.score, people.collect::<String>())
    });
    spoken(steps, options)
}

/// Draws steps beside each other; where they end.
fn paint_row(journey: &Journey, row: &[Column<'_>], width: f32, top: f32, sheet: &mut Sheet<'_>) -> f32 {
    let left = MARGIN + SCALE;
    let mut y = top;
    if row.iter().any(|c| c.step.section.is_some()) {
        y = paint_sections(journey, row, (left, width), y, sheet) + 8.0;
    }
    let high = row.iter().map(Column::height).fold(0.0, f32::max) + 2.0 * PAD - 2.0;
    let moods = y + high + GAP + RADIUS;
    let right = left + row.len() as f32 * (width + GAP) - GAP;
    let level = |score: u8| moods + f32::from(5 - score) * LEVEL;
    for score in 1..=5 {
        sheet.line("grid", Point { x: left, y: level(score) }, Point { x: right, y: level(score) });
    }
    for score in [1, 5] {
        let block = text::set(&crate::diagram::mermaid::label::Label::plain(&score.to_string()), SCORE);
        let place = Point { x: MARGIN + block.size.width / 2.0, y: level(score) };
        sheet.group("hint", "", |sheet| sheet.words(&block, place, SCORE.line));
    }
    let centre = |at: usize| left + at as f32 * (width + GAP) + width / 2.0;
    let mut curve = String::new();
    for (at, column) in row.iter().enumerate() {
        let here = (centre(at), level(column.step.score));
        let _ = match at.checked_sub(1) {
            None => write!(curve, "M{} {}", Num(here.0), Num(here.1)),
            Some(before) => {
                // Flat at each face, so that the line never runs past the best or the worst.
                let (x, y) = (centre(before), level(row[before].step.score));
                let half = f32::midpoint(x, here.0);
                write!(curve, "C{} {} {} {} {} {}", Num(half), Num(y), Num(half), Num(here.1), Num(here.0), Num(here.1))
            }
        };
    }
    let _ = write!(sheet.svg, "<path class=\"mood\" d=\"{curve}\"/>");
    for (at, column) in row.iter().enumerate() {
        let hue = column.step.section.unwrap_or_default() % HUES;
        let r = Rect { x: left + at as f32 * (width + GAP), y, width, height: high };
        let middle = Point { x: centre(at), y: level(column.step.score) };
        sheet.line("stem", Point { x: middle.x, y: r.y + r.height }, Point { x: middle.x, y: middle.y - RADIUS });
        let href = sheet.href(&column.step.label);
        sheet.link(href.as_deref(), |sheet| {
            sheet.group(&format!("node c{hue}"), "", |sheet| card(column, r, sheet));
        });
        face(column.step.score, middle, sheet);
    }
    moods + 4.0 * LEVEL + RADIUS
}

/// What is done, and by whom.
fn card(column: &Column<'_>, r: Rect, sheet: &mut Sheet<'_>) {
    sheet.rect(r, 5.0, "");
    let label = column.label.size.height;
    sheet.words(&column.label, Point { x: r.x + r.width / 2.0, y: r.y + PAD - 1.0 + label / 2.0 }, STEP.line);
    let mut y = r.y + PAD - 1.0 + label + 5.0;
    for (who, block) in &column.people {
        let wide = block.size.width + 14.0;
        let from = r.x + (r.width - wide) / 2.0;
        sheet.circle(
            Point { x: from + 4.0, y: y + PERSON.line / 2.0 },
            4.0,
            &format!(" class=\"who c{}\"", (who + 3) % HUES),
        );
        let middle = Point { x: from + 14.0 + block.size.width / 2.0, y: y + block.size.height / 2.0 };
        sheet.group("hint", "", |sheet| sheet.words(block, middle, PERSON.line));
        y += block.size.height;
    }
}

/// A face: eyes, and a mouth that says how it is.
fn face(score: u8, middle: Point, sheet: &mut Sheet<'_>) {
    let Point { x, y } = middle;
    sheet.group("face", "", |sheet| {
        let _ = write!(sheet.svg, "<title>{score}/5</title>");
        sheet.circle(middle, RADIUS, "");
        sheet.circle(Point { x: x - 3.6, y: y - 2.8 }, 1.4, " class=\"eye\"");
        sheet.circle(Point { x: x + 3.6, y: y - 2.8 }, 1.4, " class=\"eye\"");
        let bend = (f32::from(score) - 3.0) * 2.4;
        let ends = y + 4.2 - bend * 0.35;
        let _ = write!(sheet.svg, "<path d=\"M{} {}q5 {} 10 0\"/>", Num(x - 5.0), Num(ends), Num(bend));
    });
}

/// The sections above a row; where they end.
fn paint_sections(
    journey: &Journey,
    row: &[Column<'_>],
    (left, width): (f32, f32),
    top: f32,
    sheet: &mut Sheet<'_>,
) -> f32 {
    let mut bands = Vec::new();
    let mut at = 0;
    while at < row.len() {
        let section = row[at].step.section;
        let end = (at..row.len()).find(|i| row[*i].step.section != section).unwrap_or(row.len());
        let across = (end - at) as f32 * (width + GAP) - GAP;
        if let Some(section) = section.filter(|s| !journey.sections[*s].is_empty()) {
            let block = text::set(&journey.sections[section], Face { measure: across - 2.0 * PAD, ..SECTION });
            bands.push((section, left + at as f32 * (width + GAP), across, block));
        }
        at = end;
    }
    let high = bands.iter().map(|(.., block)| block.size.height).fold(0.0, f32::max) + 8.0;
    for (section, x, across, block) in bands {
        let r = Rect { x, y: top, width: across, height: high };
        let href = sheet.href(&journey.sections[section]);
        sheet.link(href.as_deref(), |sheet| {
            sheet.group(&format!("node band c{}", section % HUES), "", |sheet| {
                sheet.rect(r, 5.0, "");
                sheet.words(&block, Point { x: x + across / 2.0, y: top + high / 2.0 }, SECTION.line);
            });
        });
    }
    top + high
}
