//! Packets: rows of bits, each field a box as wide as its bits; words that are too long for it are read upwards.

use super::chart::{Anchor, Canvas, MARGIN, SMALL};
use super::write::Num;
use crate::diagram::graph::{Rect, Size};
use crate::diagram::mermaid::label::Label;
use crate::diagram::mermaid::packet::{Field, Packet};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const BITS: Face = Face { size: 10.0, line: 12.0, bold: false, measure: 100.0 };
/// How wide a bit is at least and at most, and a row at most, if its bits may be narrower.
const NARROW: f32 = 18.0;
const BROAD: f32 = 26.0;
const ROW: f32 = 720.0;
const HIGH: f32 = 36.0;
/// Above a row, where its bits are numbered.
const NUMBERS: f32 = 15.0;

/// The part of a field that lies in a row.
struct Piece<'p> {
    field: &'p Field,
    number: usize,
    start: u32,
    end: u32,
    words: Block,
    is_upright: bool,
}

/// Draws a packet.
#[must_use]
pub fn packet(packet: &Packet, options: &Options<'_>) -> Drawing {
    let mut canvas = Canvas::new(options);
    let bit = (ROW / packet.bits_per_row as f32).clamp(NARROW, BROAD);
    let rows = rows(packet, bit);
    // A packet of one short row is no wider than it has to be.
    let widest = rows.iter().flatten().map(|p| p.end % packet.bits_per_row + 1).max().unwrap_or(0);
    let columns = if rows.len() > 1 || packet.descends { packet.bits_per_row } else { widest };
    let width = columns as f32 * bit;
    let (title, mut y) = canvas.title(&packet.heading, width);
    for row in &rows {
        y += if packet.shows_bits { NUMBERS } else { 0.0 };
        let words = |p: &Piece<'_>| if p.is_upright { p.words.size.width } else { p.words.size.height };
        let high = row.iter().map(|p| words(p) + 12.0).fold(HIGH, f32::max);
        for piece in row {
            let first = piece.start % packet.bits_per_row;
            let count = piece.end - piece.start + 1;
            let left = if packet.descends { packet.bits_per_row - first - count } else { first };
            let r = Rect { x: MARGIN + left as f32 * bit, y, width: count as f32 * bit, height: high };
            canvas.linked(&piece.field.label, |canvas| piece.draw(canvas, r));
            if packet.shows_bits {
                piece.numbers(&mut canvas, r, packet.descends);
            }
        }
        y += high + 4.0;
    }
    let said: Vec<String> = packet
        .fields
        .iter()
        .map(|f| {
            let bits = if f.start == f.end { f.start.to_string() } else { format!("{}–{}", f.start, f.end) };
            canvas.said(&f.label, &bits)
        })
        .collect();
    let size = Size { width: width.max(title) + 2.0 * MARGIN, height: y - 4.0 + MARGIN };
    canvas.finish("packet", size, &packet.heading, options.phrases.packet, &said)
}

/// Fields, cut at the ends of rows.
fn rows(packet: &Packet, bit: f32) -> Vec<Vec<Piece<'_>>> {
    let per_row = packet.bits_per_row;
    let mut rows: Vec<Vec<Piece<'_>>> = Vec::new();
    for (number, field) in packet.fields.iter().enumerate() {
        let mut start = field.start;
        loop {
            let end = field.end.min(start / per_row * per_row + per_row - 1);
            let room = (end - start + 1) as f32 * bit - 6.0;
            let level = text::set(&field.label, Face { measure: room.max(1.0), ..SMALL });
            let is_upright = level.size.width > room;
            let words = if is_upright { upright(&field.label, room) } else { level };
            if start % per_row == 0 || rows.is_empty() {
                rows.push(Vec::new());
            }
            if let Some(row) = rows.last_mut() {
                row.push(Piece { field, number, start, end, words, is_upright });
            }
            if end == field.end {
                break;
            }
            start = end + 1;
        }
    }
    rows
}

/// Words that are read upwards, in as many lines as there is room for beside each other.
fn upright(label: &Label, room: f32) -> Block {
    let block = text::set(label, Face { measure: 120.0, ..SMALL });
    if block.size.height <= room.max(SMALL.line) {
        return block;
    }
    text::set(&Label::plain(&label.spoken()), Face { measure: f32::MAX, ..SMALL })
}

impl Piece<'_> {
    fn draw(&self, canvas: &mut Canvas<'_>, r: Rect) {
        let _ = write!(
            canvas.svg,
            "<g class=\"node\" data-id=\"b{}\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            self.number,
            Num(r.x),
            Num(r.y),
            Num(r.width),
            Num(r.height)
        );
        let middle = (r.x + r.width / 2.0, r.y + r.height / 2.0);
        if self.is_upright {
            canvas.upright(&self.words, SMALL, middle, Anchor::Middle);
        } else {
            canvas.words(&self.words, SMALL, middle, Anchor::Middle, "");
        }
        canvas.svg.push_str("</g>");
    }

    /// The numbers of the first and the last bit, as far as there is room.
    fn numbers(&self, canvas: &mut Canvas<'_>, r: Rect, descends: bool) {
        let set = |bit: u32| text::set(&Label::plain(&bit.to_string()), BITS);
        let (first, last) = if descends { (self.end, self.start) } else { (self.start, self.end) };
        let (first, last) = (set(first), set(last));
        let y = r.y - 7.0;
        if self.start == self.end {
            canvas.words(&first, BITS, (r.x + r.width / 2.0, y), Anchor::Middle, "bits");
            return;
        }
        canvas.words(&first, BITS, (r.x + 2.0, y), Anchor::Start, "bits");
        if first.size.width + last.size.width + 8.0 < r.width {
            canvas.words(&last, BITS, (r.x + r.width - 2.0, y), Anchor::End, "bits");
        }
    }
}
