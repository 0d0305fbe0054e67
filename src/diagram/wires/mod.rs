//! Wires: upright and level lines between boxes that stand where they stand, around all others.
//!
//! For drawings in which the author places the boxes. Each wire takes the cheapest way through the lines beside the
//! boxes (Dijkstra's method over place and direction): length, corners, and meetings with wires that are there already
//! all cost something. Bounded: past [`MOST`] crossings of lines, wires are drawn straight.

mod search;
#[cfg(test)]
mod tests;

use super::graph::{Point, Rect, Size};

/// A side of a box.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Towards smaller `x`.
    Left,
    /// Towards greater `x`.
    Right,
    /// Towards smaller `y`.
    Top,
    /// Towards greater `y`.
    Bottom,
}

impl Side {
    const ALL: [Side; 4] = [Side::Right, Side::Bottom, Side::Left, Side::Top];

    /// The way out of a box on this side.
    fn out(self) -> (f32, f32) {
        match self {
            Side::Left => (-1.0, 0.0),
            Side::Right => (1.0, 0.0),
            Side::Top => (0.0, -1.0),
            Side::Bottom => (0.0, 1.0),
        }
    }

    /// The side that faces it.
    #[must_use]
    pub fn opposite(self) -> Side {
        match self {
            Side::Left => Side::Right,
            Side::Right => Side::Left,
            Side::Top => Side::Bottom,
            Side::Bottom => Side::Top,
        }
    }
}

/// An end of a wire.
#[derive(Clone, Copy, Debug)]
pub struct End {
    /// Which box, an index.
    pub at: usize,
    /// On which side, if the author says.
    pub side: Option<Side>,
    /// Whether the box touches its rectangle only in the middle of its sides.
    pub is_round: bool,
}

/// A wire.
#[derive(Clone, Debug)]
pub struct Wire {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// Boxes that it may run through: frames around its ends.
    pub through: Vec<usize>,
    /// The size of its words.
    pub label: Option<Size>,
}

/// A wire that has been run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Run {
    /// Its corners, ends and all.
    pub points: Vec<Point>,
    /// The middle of its words.
    pub label: Option<Point>,
    /// Whether it goes around all boxes, and its words meet nothing.
    pub is_clean: bool,
}

/// Past this many crossings of lines beside boxes there are fewer lines, and then none.
const MOST: usize = 12_000;

/// Runs wires between boxes; `clear` is how far they keep away from boxes.
#[must_use]
pub fn run(boxes: &[Rect], wires: &[Wire], clear: f32) -> Vec<Run> {
    let mut used: Vec<(Point, Point)> = Vec::new();
    let mut ports: Vec<Point> = Vec::new();
    let mut runs = Vec::with_capacity(wires.len());
    for wire in wires {
        let found = search::way(boxes, wire, clear, &used, &ports);
        let is_clean = found.is_some();
        let points = found.unwrap_or_else(|| straight(boxes, wire));
        used.extend(points.windows(2).map(|piece| (piece[0], piece[1])));
        ports.extend(points.first().into_iter().chain(points.last()).copied());
        runs.push(Run { points, label: None, is_clean });
    }
    label(boxes, wires, &used, &mut runs);
    runs
}

/// A straight line between the facing sides of two boxes, whatever is between.
fn straight(boxes: &[Rect], wire: &Wire) -> Vec<Point> {
    let middle = |r: Rect| Point { x: r.x + r.width / 2.0, y: r.y + r.height / 2.0 };
    let (a, b) = (boxes[wire.from.at], boxes[wire.to.at]);
    let (p, q) = (middle(a), middle(b));
    let side = |r: Rect, to: Point| {
        let here = middle(r);
        if (to.x - here.x).abs() * r.height > (to.y - here.y).abs() * r.width {
            if to.x > here.x { Side::Right } else { Side::Left }
        } else if to.y > here.y {
            Side::Bottom
        } else {
            Side::Top
        }
    };
    let from = search::port(a, wire.from.side.unwrap_or_else(|| side(a, q)), 0.5);
    let to = search::port(b, wire.to.side.unwrap_or_else(|| side(b, p)), 0.5);
    vec![from, to]
}

/// Puts words on their wires: on the longest piece on which they meet neither a box, nor other words or wires.
fn label(boxes: &[Rect], wires: &[Wire], used: &[(Point, Point)], runs: &mut [Run]) {
    let mut placed: Vec<Rect> = Vec::new();
    for at in 0..runs.len() {
        let Some(size) = wires[at].label else { continue };
        let around = |p: Point| Rect {
            x: p.x - size.width / 2.0 - 4.0,
            y: p.y - size.height / 2.0 - 2.0,
            width: size.width + 8.0,
            height: size.height + 4.0,
        };
        let own: Vec<(Point, Point)> = runs[at].points.windows(2).map(|piece| (piece[0], piece[1])).collect();
        let is_frame = |index: usize| wires[at].through.contains(&index);
        let faults = |p: Point| {
            let r = around(p);
            let boxes =
                boxes.iter().enumerate().filter(|(i, b)| if is_frame(*i) { cuts(**b, r) } else { meet(**b, r) });
            let others = used.iter().filter(|piece| !own.contains(piece) && runs_through(**piece, r));
            4 * boxes.count() + 4 * placed.iter().filter(|other| meet(**other, r)).count() + others.count()
        };
        let mut pieces = own.clone();
        let length = |(a, b): (Point, Point)| (a.x - b.x).abs() + (a.y - b.y).abs();
        pieces.sort_by(|a, b| length(*b).total_cmp(&length(*a)));
        let mut best: Option<(usize, Point)> = None;
        for (a, b) in pieces {
            for share in [0.5, 0.35, 0.65, 0.2, 0.8] {
                let p = Point { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
                let count = faults(p);
                if best.is_none_or(|(least, _)| count < least) {
                    best = Some((count, p));
                }
            }
            if best.is_some_and(|(least, _)| least == 0) {
                break;
            }
        }
        if let Some((count, p)) = best {
            runs[at].label = Some(p);
            runs[at].is_clean &= count == 0;
            placed.push(around(p));
        }
    }
}

/// Whether two rectangles have something in common.
fn meet(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Whether the border of a frame runs through a rectangle.
fn cuts(frame: Rect, r: Rect) -> bool {
    let holds = frame.x <= r.x
        && frame.y <= r.y
        && frame.x + frame.width >= r.x + r.width
        && frame.y + frame.height >= r.y + r.height;
    meet(frame, r) && !holds
}

/// Whether an upright or level piece has a part within a rectangle.
fn runs_through((a, b): (Point, Point), r: Rect) -> bool {
    let (left, right) = (a.x.min(b.x), a.x.max(b.x));
    let (top, bottom) = (a.y.min(b.y), a.y.max(b.y));
    left < r.x + r.width && right > r.x && top < r.y + r.height && bottom > r.y
}
