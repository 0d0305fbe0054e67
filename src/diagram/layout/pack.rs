//! Packing: where the parts of a diagram stand that nothing connects.
//!
//! In: their sizes, in the order of the text. Out: an upper left corner each, and the size of all. How: parts fill
//! shelves from left to right and from top to bottom, in order; the shelf width with the least area wins, area counted
//! with a charge for far from square (Freivalds et al. 2001 compare such measures) and for wider than a page. Cost: O(parts²) for up to
//! [`MOST_WIDTHS`] parts, linear beyond.

use crate::diagram::graph::{Point, Size};

/// Shelf widths that are tried.
const MOST_WIDTHS: usize = 64;

/// The shape a drawing would like to have: width over height.
const ASPECT: f32 = 1.6;

/// The width, in CSS pixels, that a page has for a drawing: past it a reader has to scroll, or sees it smaller.
const COLUMN: f32 = 780.0;

/// Corners of the boxes, `gap` apart.
pub(super) fn pack(sizes: &[Size], gap: f32) -> (Vec<Point>, Size) {
    match sizes {
        [] => return (Vec::new(), Size::default()),
        [one] => return (vec![Point::default()], *one),
        _ => {}
    }
    let widest = sizes.iter().map(|s| s.width).fold(0.0, f32::max);
    let mut best: Option<(f32, f32)> = None;
    let mut total = -gap;
    let step = sizes.len().div_ceil(MOST_WIDTHS);
    for (i, size) in sizes.iter().enumerate() {
        total += gap + size.width;
        if total + 0.01 < widest || (i % step != 0 && i + 1 != sizes.len()) {
            continue;
        }
        let all = shelves(sizes, gap, total, |_| ());
        let cost = cost(all);
        if best.is_none_or(|(least, _)| cost < least) {
            best = Some((cost, total));
        }
    }
    let width = best.map_or(widest, |(_, width)| width);
    let mut corners = Vec::with_capacity(sizes.len());
    let size = shelves(sizes, gap, width, |p| corners.push(p));
    (corners, size)
}

fn cost(size: Size) -> f32 {
    let (w, h) = (size.width.max(1.0), size.height.max(1.0));
    let stretch = (w / h / ASPECT).max(ASPECT * h / w);
    w * h * (1.0 + 0.15 * (stretch - 1.0).min(4.0)) * (w / COLUMN).max(1.0)
}

/// Fills shelves of a width; reports each corner, returns the size of all.
fn shelves(sizes: &[Size], gap: f32, width: f32, mut corner: impl FnMut(Point)) -> Size {
    let (mut x, mut y, mut height, mut all) = (0.0f32, 0.0f32, 0.0f32, Size::default());
    for size in sizes {
        if x > 0.0 && x + size.width > width + 0.01 {
            y += height + gap;
            (x, height) = (0.0, 0.0);
        }
        corner(Point { x, y });
        all.width = all.width.max(x + size.width);
        x += size.width + gap;
        height = height.max(size.height);
        all.height = all.height.max(y + height);
    }
    all
}
