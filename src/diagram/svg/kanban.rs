//! Kanban boards: columns side by side, cards below each other.

use super::sheet::{HUES, MARGIN, Sheet, spoken};
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::mermaid::kanban::{Card, Kanban, Priority};
use crate::diagram::mermaid::label::Label;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};

/// The width of a column.
const WIDTH: f32 = 200.0;
const GAP: f32 = 12.0;
/// Within a column, around its cards.
const PAD: f32 = 8.0;
/// Within a card.
const INSET: f32 = 10.0;
const HEADING: Face = Face { size: 14.0, line: 19.0, bold: true, measure: WIDTH - 2.0 * PAD };
const CARD: Face = Face { size: 13.0, line: 18.0, bold: false, measure: WIDTH - 2.0 * PAD - 2.0 * INSET - 2.0 };
const SMALL: Face = Face { size: 12.0, line: 17.0, ..CARD };

/// A card, measured: its words, then lines of a word at the left and a word at the right.
struct Measured<'k> {
    card: &'k Card,
    label: Block,
    lines: Vec<Line>,
    height: f32,
}

/// Small words of a card.
struct Line {
    block: Block,
    is_ticket: bool,
    /// Whether it stands at the right, beside the line before.
    is_beside: bool,
}

/// Draws a board.
#[must_use]
pub fn kanban(board: &Kanban, options: &Options<'_>) -> Drawing {
    let mut sheet = Sheet::new(options);
    let title = sheet.title(board.title.as_deref());
    let top = MARGIN + title.height;
    let headings: Vec<Block> = board.columns.iter().map(|c| text::set(&c.heading.label, HEADING)).collect();
    let head = headings.iter().map(|block| block.size.height).fold(0.0, f32::max) + 2.0 * PAD;
    let columns: Vec<Vec<Measured<'_>>> =
        board.columns.iter().map(|column| column.cards.iter().map(|card| measured(card, options)).collect()).collect();
    let tall = columns.iter().map(|cards| cards.iter().map(|card| card.height + PAD).sum()).fold(2.0 * PAD, f32::max);
    for (at, cards) in columns.iter().enumerate() {
        let frame = Rect { x: MARGIN + at as f32 * (WIDTH + GAP), y: top, width: WIDTH, height: head + tall };
        let heading = &board.columns[at].heading;
        sheet.group(&format!("cluster c{}", at % HUES), &heading.id, |sheet| sheet.rect(frame, 6.0, ""));
        let href = sheet.href(&heading.label);
        sheet.link(href.as_deref(), |sheet| {
            sheet.group(&format!("title c{}", at % HUES), "", |sheet| {
                sheet.words(&headings[at], Point { x: frame.x + WIDTH / 2.0, y: top + head / 2.0 }, HEADING.line);
            });
        });
        let mut y = top + head;
        for card in cards {
            paint(card, Rect { x: frame.x + PAD, y, width: WIDTH - 2.0 * PAD, height: card.height }, &mut sheet);
            y += card.height + PAD;
        }
    }
    let across = board.columns.len() as f32 * (WIDTH + GAP) - GAP;
    let size = Size { width: across.max(title.width) + 2.0 * MARGIN, height: top + head + tall + MARGIN };
    let columns = board.columns.iter().map(|column| {
        let cards: Vec<String> = column.cards.iter().map(|card| card.label.spoken()).collect();
        let (open, close) = options.phrases.label;
        let cards = if cards.is_empty() { String::new() } else { format!("{open}{}{close}", cards.join(", ")) };
        format!("{}{cards}", column.heading.label.spoken())
    });
    let description = spoken(columns, options);
    sheet.finish("mind kanban", size, board.title.as_deref().unwrap_or(options.phrases.kanban), &description)
}

fn measured<'k>(card: &'k Card, options: &Options<'_>) -> Measured<'k> {
    let label = text::set(&card.label, CARD);
    let mut lines: Vec<Line> = Vec::new();
    let small = |text: &str| text::set(&Label::words(text), SMALL);
    let priority = card.priority.map(|priority| options.phrases.priority[level(priority)].to_owned());
    let words = [(card.ticket.as_ref(), true), (card.assigned.as_ref(), false), (priority.as_ref(), false)];
    for (word, is_ticket) in words {
        let Some(word) = word else { continue };
        let block = small(word);
        let room = lines.last().filter(|last| !last.is_beside).map_or(0.0, |last| CARD.measure - last.block.size.width);
        let fits = block.size.width + 12.0 <= room && block.lines.len() == 1;
        lines.push(Line { block, is_ticket, is_beside: fits });
    }
    let below: f32 = lines.iter().filter(|line| !line.is_beside).map(|line| line.block.size.height).sum();
    let gap = if lines.is_empty() { 0.0 } else { 4.0 };
    let height = label.size.height.max(CARD.line) + gap + below + 2.0 * INSET - 4.0;
    Measured { card, label, lines, height }
}

/// From the most to the least urgent.
fn level(priority: Priority) -> usize {
    match priority {
        Priority::VeryHigh => 0,
        Priority::High => 1,
        Priority::Low => 2,
        Priority::VeryLow => 3,
    }
}

fn paint(measured: &Measured<'_>, r: Rect, sheet: &mut Sheet<'_>) {
    let Measured { card, label, lines, .. } = measured;
    let href = sheet.href(&card.label);
    // A link within a link leads nowhere, so the card of a ticket that leads somewhere is none.
    let href = href.filter(|_| card.href.is_none());
    sheet.link(href.as_deref(), |sheet| {
        sheet.group("node flush", &card.id, |sheet| {
            sheet.rect(r, 4.0, "");
            if let Some(priority) = card.priority {
                let stripe = Rect { x: r.x, y: r.y + 4.0, width: 4.0, height: r.height - 8.0 };
                sheet.rect(stripe, 2.0, &format!(" class=\"p{}\"", level(priority)));
            }
            let (x, mut y) = (r.x + INSET + 2.0, r.y + INSET - 2.0);
            let high = label.size.height.max(CARD.line);
            sheet.words(label, Point { x, y: y + high / 2.0 }, CARD.line);
            y += high + 4.0;
            let mut before = 0.0;
            for line in lines {
                let (class, x) = if line.is_beside { ("tail", r.x + r.width - INSET) } else { ("flush", x) };
                let top = if line.is_beside { y - before } else { y };
                let middle = Point { x, y: top + line.block.size.height / 2.0 };
                sheet.link(card.href.as_deref().filter(|_| line.is_ticket), |sheet| {
                    sheet.group(&format!("hint {class}"), "", |sheet| sheet.words(&line.block, middle, SMALL.line));
                });
                if !line.is_beside {
                    before = line.block.size.height;
                    y += before;
                }
            }
        });
    });
}
