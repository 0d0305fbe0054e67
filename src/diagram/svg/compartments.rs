//! Compartments of a box: rows of cells under its name, such as the members of a class or the columns of a table.

use super::write::{self, Num};
use crate::diagram::graph::{Rect, Size};
use crate::diagram::mermaid::flowchart::Compartment;
use crate::diagram::mermaid::label::{Label, Run};
use crate::diagram::text::{self, Face};
use std::fmt::Write as _;

const ROW: Face = Face { size: 13.0, line: 19.0, bold: false, measure: 360.0 };
/// Beside and above the rows of a compartment.
const PAD_X: f32 = 10.0;
const PAD_Y: f32 = 5.0;
/// Between two columns.
const GAP: f32 = 16.0;

/// The compartments of a box, measured.
pub(super) struct Compartments {
    parts: Vec<Part>,
    /// The room all of them take.
    pub(super) size: Size,
}

struct Part {
    columns: Vec<Column>,
    height: f32,
}

/// A column: its lines from top to bottom, empty where another column of the row has more.
#[derive(Default)]
struct Column {
    lines: Vec<Vec<Run>>,
    width: f32,
}

/// Breaks the cells into lines and measures them; `None` if there are no compartments.
pub(super) fn measured(compartments: &[Compartment]) -> Option<Compartments> {
    let parts: Vec<Part> = compartments.iter().map(|c| part(&c.rows)).collect();
    let width = |part: &Part| {
        let gaps = GAP * part.columns.len().saturating_sub(1) as f32;
        part.columns.iter().map(|c| c.width).sum::<f32>() + gaps + 2.0 * PAD_X
    };
    let size =
        Size { width: parts.iter().map(width).fold(0.0, f32::max), height: parts.iter().map(|part| part.height).sum() };
    (!parts.is_empty()).then_some(Compartments { parts, size })
}

fn part(rows: &[Vec<Label>]) -> Part {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut columns: Vec<Column> = (0..count).map(|_| Column::default()).collect();
    let mut used = 0;
    for row in rows {
        for (column, cell) in columns.iter_mut().zip(row) {
            let block = text::set(cell, ROW);
            column.width = column.width.max(block.size.width);
            column.lines.extend(block.lines);
        }
        used = columns.iter().map(|c| c.lines.len()).max().unwrap_or(0).max(used + 1);
        for column in &mut columns {
            column.lines.resize(used, Vec::new());
        }
    }
    // A column in which nothing stands takes no room.
    columns.retain(|column| column.lines.iter().any(|line| !line.is_empty()));
    Part { columns, height: used as f32 * ROW.line + 2.0 * PAD_Y }
}

impl Compartments {
    /// Draws them into the lower part of a box.
    pub(super) fn draw(&self, r: Rect, colour: Option<&str>, into: &mut String) {
        into.push_str("<g class=\"rows\">");
        let mut top = r.y + r.height - self.size.height;
        for part in &self.parts {
            let _ = write!(into, "<path class=\"rule\" d=\"M{} {}h{}\"/>", Num(r.x), Num(top), Num(r.width));
            let mut left = r.x + PAD_X;
            for (at, column) in part.columns.iter().enumerate() {
                if at > 0 {
                    let x = left - GAP / 2.0;
                    let _ = write!(into, "<path class=\"rule\" d=\"M{} {}v{}\"/>", Num(x), Num(top), Num(part.height));
                }
                let middle = top + PAD_Y + column.lines.len() as f32 * ROW.line / 2.0;
                write::lines(&column.lines, (left, middle), ROW.line, colour, into);
                left += column.width + GAP;
            }
            top += part.height;
        }
        into.push_str("</g>");
    }
}
