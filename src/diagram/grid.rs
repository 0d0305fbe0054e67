//! Grids: boxes in rows and columns, some of them over several columns.
//!
//! Sizes in, places out. A grid first says how small it can be ([`Grid::least`]), so that whoever holds it can be
//! measured, and then fills the place that it is given ([`Grid::arrange`]).

use super::graph::{Rect, Size};

/// A box in a grid.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Cell {
    /// How large it is at least.
    pub size: Size,
    /// Its first column, from 0.
    pub column: usize,
    /// Its row, from 0.
    pub row: usize,
    /// How many columns it takes, at least 1.
    pub span: usize,
}

/// How boxes flow into columns: from left to right, and into the next row where one has no room. A box takes at most
/// all columns. Without a number of columns all of them stand in one row.
#[must_use]
pub fn flow(boxes: impl IntoIterator<Item = (Size, usize)>, columns: Option<usize>) -> Vec<Cell> {
    let (mut column, mut row) = (0, 0);
    let mut cells = Vec::new();
    for (size, span) in boxes {
        let span = span.clamp(1, columns.unwrap_or(span).max(1));
        if columns.is_some_and(|columns| column + span > columns.max(1)) {
            (column, row) = (0, row + 1);
        }
        cells.push(Cell { size, column, row, span });
        column += span;
    }
    cells
}

/// Columns and rows with their sizes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    cells: Vec<Cell>,
    widths: Vec<f32>,
    heights: Vec<f32>,
    gap: Size,
}

impl Grid {
    /// Measures columns and rows. What a wide box needs more than its columns have, they share.
    #[must_use]
    pub fn new(cells: Vec<Cell>, gap: Size) -> Grid {
        let columns = cells.iter().map(|cell| cell.column + cell.span).max().unwrap_or(0);
        let rows = cells.iter().map(|cell| cell.row + 1).max().unwrap_or(0);
        let (mut widths, mut heights) = (vec![0.0f32; columns], vec![0.0f32; rows]);
        for cell in &cells {
            heights[cell.row] = heights[cell.row].max(cell.size.height);
            if cell.span == 1 {
                widths[cell.column] = widths[cell.column].max(cell.size.width);
            }
        }
        for cell in cells.iter().filter(|cell| cell.span > 1) {
            let own = &mut widths[cell.column..cell.column + cell.span];
            let has = own.iter().sum::<f32>() + (cell.span - 1) as f32 * gap.width;
            let more = (cell.size.width - has).max(0.0) / cell.span as f32;
            own.iter_mut().for_each(|width| *width += more);
        }
        Grid { cells, widths, heights, gap }
    }

    /// How small it can be.
    #[must_use]
    pub fn least(&self) -> Size {
        let sum = |sizes: &[f32], gap: f32| sizes.iter().sum::<f32>() + sizes.len().saturating_sub(1) as f32 * gap;
        Size { width: sum(&self.widths, self.gap.width), height: sum(&self.heights, self.gap.height) }
    }

    /// Where each box is, in a place that is at least as large as it needs; columns and rows share what is left.
    #[must_use]
    pub fn arrange(&self, place: Rect) -> Vec<Rect> {
        let least = self.least();
        let starts = |sizes: &[f32], from: f32, left: f32, gap: f32| {
            let more = left.max(0.0) / sizes.len().max(1) as f32;
            let mut at = from;
            let mut starts: Vec<(f32, f32)> = Vec::with_capacity(sizes.len());
            for size in sizes {
                starts.push((at, at + size + more));
                at += size + more + gap;
            }
            starts
        };
        let columns = starts(&self.widths, place.x, place.width - least.width, self.gap.width);
        let rows = starts(&self.heights, place.y, place.height - least.height, self.gap.height);
        let rect = |cell: &Cell| {
            let (left, right) = (columns[cell.column].0, columns[cell.column + cell.span - 1].1);
            let (top, bottom) = rows[cell.row];
            Rect { x: left, y: top, width: right - left, height: bottom - top }
        };
        self.cells.iter().map(rect).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SIZE: Size = Size { width: 10.0, height: 5.0 };

    #[test]
    fn boxes_flow_into_columns() {
        let places = |spans: &[usize], columns: Option<usize>| {
            let cells = flow(spans.iter().map(|span| (SIZE, *span)), columns);
            cells.iter().map(|cell| (cell.column, cell.row, cell.span)).collect::<Vec<_>>()
        };
        assert_eq!(places(&[1, 2, 2, 1], Some(3)), [(0, 0, 1), (1, 0, 2), (0, 1, 2), (2, 1, 1)]);
        assert_eq!(places(&[1, 3, 9], Some(3)), [(0, 0, 1), (0, 1, 3), (0, 2, 3)]);
        assert_eq!(places(&[1, 3, 1], None), [(0, 0, 1), (1, 0, 3), (4, 0, 1)]);
    }

    proptest! {
        #[test]
        fn boxes_keep_their_size_and_do_not_overlap(
            boxes in prop::collection::vec((1.0f32..90.0, 1.0f32..40.0, 1..4usize), 1..14),
            columns in prop::option::of(1..5usize),
            more in 0.0f32..60.0,
        ) {
            let sizes = boxes.iter().map(|(width, height, span)| (Size { width: *width, height: *height }, *span));
            let grid = Grid::new(flow(sizes, columns), Size { width: 4.0, height: 6.0 });
            let least = grid.least();
            let rects = grid.arrange(Rect { x: 3.0, y: 3.0, width: least.width + more, height: least.height + more });
            for (at, r) in rects.iter().enumerate() {
                prop_assert!(r.width >= boxes[at].0 - 0.1 && r.height >= boxes[at].1 - 0.1);
                for other in &rects[at + 1..] {
                    let apart = r.x + r.width <= other.x + 0.1 || other.x + other.width <= r.x + 0.1
                        || r.y + r.height <= other.y + 0.1 || other.y + other.height <= r.y + 0.1;
                    prop_assert!(apart, "{r:?} meets {other:?}");
                }
            }
        }
    }
}
