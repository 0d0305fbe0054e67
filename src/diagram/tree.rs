//! Trees on their side: sizes in, places out; what mind maps are laid out by.
//!
//! [`spread`]: the root stands in the middle and its branches to both sides, each node beside the middle of its children.
//! [`columns`]: a large tree as a poster, each branch a list that is indented as an outline is, side by side in columns.
//! Both are linear; no recursion, so that no depth is too deep.

use super::graph::{Point, Size};

/// A box of a tree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Leaf {
    /// How large.
    pub size: Size,
    /// The box it belongs to; one that stands before it. The first box has none and is the root.
    pub parent: Option<u32>,
}

/// Where everything stands; all within (0, 0) to `size`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// How large the whole is.
    pub size: Size,
    /// Centres, one a box.
    pub centres: Vec<Point>,
    /// Which boxes stand to the left of the root.
    pub is_left: Vec<bool>,
    /// Which branch of the root each box belongs to, from 0; 0 for the root.
    pub branch: Vec<u32>,
    /// How many steps each box is from the root.
    pub depth: Vec<u32>,
    /// How each box is joined to its parent, from the parent on: corners of a line; empty where a curve will do.
    pub joints: Vec<Vec<Point>>,
}

const MARGIN: f32 = 10.0;
const ACROSS: f32 = 28.0;

/// Room between two rows below a box so deep.
fn gap(depth: u32) -> f32 {
    match depth {
        0 => 16.0,
        1 => 8.0,
        _ => 3.0,
    }
}

/// Who stands below whom.
struct Family {
    children: Vec<Vec<usize>>,
    placed: Placed,
}

impl Family {
    fn of(leaves: &[Leaf]) -> Family {
        let n = leaves.len();
        let mut placed = Placed {
            size: Size::default(),
            centres: vec![Point::default(); n],
            is_left: vec![false; n],
            branch: vec![0; n],
            depth: vec![0; n],
            joints: vec![Vec::new(); n],
        };
        let mut children: Vec<Vec<usize>> = vec![Vec::new(); n];
        for (at, leaf) in leaves.iter().enumerate().skip(1) {
            let up = leaf.parent.map_or(0, |p| p as usize).min(at - 1);
            children[up].push(at);
            placed.depth[at] = placed.depth[up] + 1;
            placed.branch[at] =
                if up == 0 { u32::try_from(children[0].len() - 1).unwrap_or(0) } else { placed.branch[up] };
        }
        Family { children, placed }
    }
}

/// Lays out a tree to both sides of its root.
#[must_use]
pub fn spread(leaves: &[Leaf]) -> Placed {
    let n = leaves.len();
    if n == 0 {
        return Placed::default();
    }
    let Family { children, mut placed } = Family::of(leaves);
    let mut heights = vec![0.0_f32; n];
    for at in (0..n).rev() {
        heights[at] = stacked(&children[at], &heights, gap(placed.depth[at])).max(leaves[at].size.height);
    }
    for at in to_the_left(&children[0], &heights) {
        placed.is_left[at] = true;
    }
    // Parents come first, so that a side goes down with the branch.
    for (at, below) in children.iter().enumerate().skip(1) {
        for child in below {
            placed.is_left[*child] = placed.is_left[at];
        }
    }
    for (at, below) in children.iter().enumerate() {
        let groups: [Vec<usize>; 2] =
            [false, true].map(|left| below.iter().copied().filter(|child| placed.is_left[*child] == left).collect());
        for group in groups {
            stack(&group, at, leaves, &heights, &mut placed);
        }
    }
    settle(leaves, &mut placed);
    placed
}

/// Room in an outline: to the right for each level, between rows, between branches, between columns.
const INDENT: f32 = 20.0;
const ROW: f32 = 4.0;
const BRANCH: f32 = 16.0;
const COLUMN: f32 = 44.0;

/// Lays out a tree as columns of outlines below its root.
#[must_use]
pub fn columns(leaves: &[Leaf]) -> Placed {
    let n = leaves.len();
    if n == 0 {
        return Placed::default();
    }
    let Family { children, mut placed } = Family::of(leaves);
    // The rows of each branch: its nodes in the order of an outline.
    let branches: Vec<Vec<usize>> = children[0].iter().map(|branch| preorder(*branch, &children)).collect();
    let tall = |branch: &Vec<usize>| branch.iter().map(|at| leaves[*at].size.height + ROW).sum::<f32>() + BRANCH;
    let wide = |at: usize| (placed.depth[at] as f32 - 1.0) * INDENT + leaves[at].size.width;
    let widest = (1..n).map(wide).fold(0.0, f32::max);
    let total: f32 = branches.iter().map(tall).sum();
    // About half as wide again as high.
    let count = ((total * 1.5 / (widest + COLUMN).max(1.0)).sqrt().round()).clamp(1.0, 4.0);
    let share = total / count;
    let top = leaves[0].size.height + 30.0;
    let (mut x, mut y, mut column_width) = (0.0_f32, top, 0.0_f32);
    for branch in &branches {
        if y > top && y - top + tall(branch) / 2.0 > share {
            x += column_width + COLUMN;
            (y, column_width) = (top, 0.0);
        }
        for at in branch {
            let Size { width, height } = leaves[*at].size;
            let left = x + (placed.depth[*at] as f32 - 1.0) * INDENT;
            placed.centres[*at] = Point { x: left + width / 2.0, y: y + height / 2.0 };
            column_width = column_width.max(left + width - x);
            y += height + ROW;
        }
        join(branch, leaves, x, top, &mut placed);
        y += BRANCH;
    }
    placed.centres[0] = Point { x: leaves[0].size.width / 2.0 - RAIL, y: leaves[0].size.height / 2.0 };
    settle(leaves, &mut placed);
    placed
}

/// How far to the left of what hangs on it a line runs down.
const RAIL: f32 = 12.0;

/// The lines of a branch: down beside the boxes, then to the right.
fn join(branch: &[usize], leaves: &[Leaf], x: f32, top: f32, placed: &mut Placed) {
    for (n, at) in branch.iter().enumerate() {
        let to = placed.centres[*at];
        let left = to.x - leaves[*at].size.width / 2.0;
        placed.joints[*at] = if n == 0 {
            let trunk = top - 14.0;
            let from = Point { x: 0.0, y: leaves[0].size.height };
            vec![
                from,
                Point { x: 0.0, y: trunk },
                Point { x: x - RAIL, y: trunk },
                Point { x: x - RAIL, y: to.y },
                Point { x: left, y: to.y },
            ]
        } else {
            let up = leaves[*at].parent.map_or(0, |p| p as usize);
            let from = placed.centres[up];
            let rail = from.x - leaves[up].size.width / 2.0 + RAIL - 4.0;
            vec![
                Point { x: rail, y: from.y + leaves[up].size.height / 2.0 },
                Point { x: rail, y: to.y },
                Point { x: left, y: to.y },
            ]
        };
    }
}

fn preorder(root: usize, children: &[Vec<usize>]) -> Vec<usize> {
    let (mut order, mut open) = (Vec::new(), vec![root]);
    while let Some(at) = open.pop() {
        order.push(at);
        open.extend(children[at].iter().rev());
    }
    order
}

fn stacked(children: &[usize], heights: &[f32], gap: f32) -> f32 {
    children.iter().map(|child| heights[*child] + gap).sum::<f32>() - if children.is_empty() { 0.0 } else { gap }
}

/// The last branches, as long as they are not more than half of all rows.
fn to_the_left(branches: &[usize], heights: &[f32]) -> Vec<usize> {
    let total: f32 = branches.iter().map(|b| heights[*b]).sum();
    let mut left = Vec::new();
    let mut taken = 0.0;
    for branch in branches.iter().rev() {
        if taken + heights[*branch] * 0.5 > total * 0.5 {
            break;
        }
        taken += heights[*branch];
        left.push(*branch);
    }
    left
}

/// Sets the children of a box in a column around its middle.
fn stack(children: &[usize], at: usize, leaves: &[Leaf], heights: &[f32], placed: &mut Placed) {
    let gap = gap(placed.depth[at]);
    let centre = placed.centres[at];
    let mut top = centre.y - stacked(children, heights, gap) / 2.0;
    for child in children {
        let away = leaves[at].size.width / 2.0 + ACROSS + leaves[*child].size.width / 2.0;
        let x = if placed.is_left[*child] { centre.x - away } else { centre.x + away };
        placed.centres[*child] = Point { x, y: top + heights[*child] / 2.0 };
        top += heights[*child] + gap;
    }
}

/// Moves all so that it begins at the margin, and finds the size.
fn settle(leaves: &[Leaf], placed: &mut Placed) {
    let (mut low, mut high) = (Point { x: f32::MAX, y: f32::MAX }, Point { x: f32::MIN, y: f32::MIN });
    for (leaf, p) in leaves.iter().zip(&placed.centres) {
        let (w, h) = (leaf.size.width / 2.0, leaf.size.height / 2.0);
        low = Point { x: low.x.min(p.x - w), y: low.y.min(p.y - h) };
        high = Point { x: high.x.max(p.x + w), y: high.y.max(p.y + h) };
    }
    for p in placed.joints.iter().flatten() {
        low = Point { x: low.x.min(p.x), y: low.y.min(p.y) };
    }
    for p in placed.centres.iter_mut().chain(placed.joints.iter_mut().flatten()) {
        *p = Point { x: p.x - low.x + MARGIN, y: p.y - low.y + MARGIN };
    }
    placed.size = Size { width: high.x - low.x + 2.0 * MARGIN, height: high.y - low.y + 2.0 * MARGIN };
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_two_boxes_overlap_and_all_lie_inside(
            sizes in proptest::collection::vec((10.0_f32..200.0, 10.0_f32..60.0, 0_u32..50), 1..60),
            both in any::<bool>(),
        ) {
            let leaves: Vec<Leaf> = sizes.iter().enumerate().map(|(at, (width, height, up))| Leaf {
                size: Size { width: *width, height: *height },
                parent: (at > 0).then(|| up % u32::try_from(at).unwrap_or(1)),
            }).collect();
            let placed = if both { spread(&leaves) } else { columns(&leaves) };
            for (a, (leaf, p)) in leaves.iter().zip(&placed.centres).enumerate() {
                prop_assert!(p.x - leaf.size.width / 2.0 >= 0.0 && p.x + leaf.size.width / 2.0 <= placed.size.width);
                prop_assert!(p.y - leaf.size.height / 2.0 >= 0.0 && p.y + leaf.size.height / 2.0 <= placed.size.height);
                for (other, q) in leaves.iter().zip(&placed.centres).skip(a + 1) {
                    let apart_x = (p.x - q.x).abs() + 0.01 >= f32::midpoint(leaf.size.width, other.size.width);
                    let apart_y = (p.y - q.y).abs() + 0.01 >= f32::midpoint(leaf.size.height, other.size.height);
                    prop_assert!(apart_x || apart_y);
                }
            }
        }
    }
}
