//! Self loops: edges from a block to itself, on its high side, one outside the other.

use crate::diagram::graph::{Point, Size};

use super::part::{Block, Part, Path};
use super::spacing::{LOOP_REACH, TAG_GAP};

/// Half the height of a loop at its block.
const HALF: f32 = 9.0;

/// What one more loop adds to the room that the loops of a block take beside it.
pub(super) fn room(before: Size, label: Option<Size>) -> Size {
    let label = label.unwrap_or_default();
    let least = 2.0 * HALF;
    Size { width: before.width + LOOP_REACH + label.width, height: before.height.max(label.height).max(least) }
}

/// The curves of all self loops.
pub(super) fn loops(part: &Part, centers: &[Point]) -> Vec<Path> {
    let mut used = vec![0.0f32; part.blocks.len()];
    let mut paths = Vec::with_capacity(part.loops.len());
    for it in &part.loops {
        let v = it.block as usize;
        let reach = used[v] + LOOP_REACH - TAG_GAP / 2.0;
        used[v] += LOOP_REACH + it.label.map_or(0.0, |s| s.width);
        paths.push(one(&part.blocks[v], centers[v], reach, it.label));
    }
    paths
}

fn one(block: &Block, center: Point, reach: f32, label: Option<Size>) -> Path {
    let half = HALF.min(block.size.height / 4.0);
    let side = center.x + block.size.width / 2.0;
    let start = Point { x: center.x + block.reach_across(-half), y: center.y - half };
    let end = Point { x: center.x + block.reach_across(half), y: center.y + half };
    // A cubic goes three quarters of the way to its control points.
    let far = side + reach / 0.75 - (side - start.x) / 3.0;
    let bend = [Point { x: far, y: start.y - half }, Point { x: far, y: end.y + half }];
    let label = label.map(|s| Point { x: side + reach + s.width / 2.0 + 1.0, y: center.y });
    Path { points: vec![start, bend[0], bend[1], end], label }
}
