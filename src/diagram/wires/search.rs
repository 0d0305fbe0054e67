//! The way of one wire.

use super::{End, MOST, Side, Wire, runs_through};
use crate::diagram::graph::{Point, Rect};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// What a corner costs, in pixels of length.
const CORNER: f32 = 30.0;
/// What it costs to cross another wire.
const CROSSING: f32 = 25.0;
/// What it costs to run on another wire, a pixel.
const SHARED: f32 = 3.0;
/// What it costs to leave a side elsewhere than in its middle.
const ASIDE: f32 = 10.0;
/// What it costs to use a place that another wire ends at.
const TAKEN: f32 = 40.0;
/// How far wires beside each other are apart.
const APART: f32 = 7.0;

/// A place on the side of a box.
pub(super) fn port(r: Rect, side: Side, share: f32) -> Point {
    match side {
        Side::Left => Point { x: r.x, y: r.y + r.height * share },
        Side::Right => Point { x: r.x + r.width, y: r.y + r.height * share },
        Side::Top => Point { x: r.x + r.width * share, y: r.y },
        Side::Bottom => Point { x: r.x + r.width * share, y: r.y + r.height },
    }
}

/// A place where a wire may begin or end.
#[derive(Clone, Copy)]
struct Port {
    place: Point,
    /// As far from the box as wires keep.
    stub: Point,
    side: Side,
    cost: f32,
}

/// The cheapest way; `None` if there is none.
pub(super) fn way(
    boxes: &[Rect],
    wire: &Wire,
    clear: f32,
    used: &[(Point, Point)],
    taken: &[Point],
) -> Option<Vec<Point>> {
    if wire.from.at == wire.to.at {
        return None;
    }
    let walls: Vec<Rect> = (0..boxes.len()).filter(|at| !wire.through.contains(at)).map(|at| boxes[at]).collect();
    let froms = ports(boxes, wire.from, wire.to, clear, taken);
    let tos = ports(boxes, wire.to, wire.from, clear, taken);
    let lanes = Lanes::new(&walls, &froms, &tos, clear)?;
    lanes.search(&walls, &froms, &tos, used)
}

/// The places of an end: the middle of each side, a quarter off it, and where the other box is just opposite.
fn ports(boxes: &[Rect], end: End, other: End, clear: f32, taken: &[Point]) -> Vec<Port> {
    let r = boxes[end.at];
    let o = boxes[other.at];
    let mut found = Vec::new();
    for side in Side::ALL.into_iter().filter(|side| end.side.is_none_or(|chosen| chosen == *side)) {
        let mut shares = vec![(0.5, 0.0)];
        if !end.is_round {
            // The middle of what both boxes have in common.
            let (start, length, from, to) = match side {
                Side::Left | Side::Right => (r.y, r.height, o.y, o.y + o.height),
                Side::Top | Side::Bottom => (r.x, r.width, o.x, o.x + o.width),
            };
            // Nearer to the other end is no reason to leave the middle.
            let aside = ASIDE + length / 4.0;
            shares.extend([(0.25, aside), (0.75, aside)]);
            let (low, high) = (start.max(from), (start + length).min(to));
            let share = (f32::midpoint(low, high) - start) / length.max(1.0);
            if high - low > 8.0 && !other.is_round && (share - 0.5).abs() > 0.02 {
                shares.push((share, ASIDE / 2.0));
            }
            if other.is_round {
                let middle = f32::midpoint(from, to);
                let share = (middle - start) / length.max(1.0);
                if (0.08..=0.92).contains(&share) {
                    shares.push((share, ASIDE / 2.0));
                }
            }
        }
        let (dx, dy) = side.out();
        for (share, cost) in shares {
            let place = port(r, side, share);
            let is_taken = taken.iter().any(|p| (p.x - place.x).abs() + (p.y - place.y).abs() < 4.0);
            let stub = Point { x: place.x + dx * clear, y: place.y + dy * clear };
            found.push(Port { place, stub, side, cost: cost + if is_taken { TAKEN } else { 0.0 } });
        }
    }
    found
}

/// The lines that a wire may run on.
struct Lanes {
    xs: Vec<f32>,
    ys: Vec<f32>,
}

/// Directions: right, down, left, up.
const STEPS: [(isize, isize); 4] = [(1, 0), (0, 1), (-1, 0), (0, -1)];

fn direction(side: Side) -> usize {
    match side {
        Side::Right => 0,
        Side::Bottom => 1,
        Side::Left => 2,
        Side::Top => 3,
    }
}

impl Lanes {
    /// Three lanes beside each wall, or one where that would be too many; `None` if it still is.
    fn new(walls: &[Rect], froms: &[Port], tos: &[Port], clear: f32) -> Option<Lanes> {
        let beside = |offs: &[f32]| {
            let (mut xs, mut ys) = (Vec::new(), Vec::new());
            for wall in walls {
                for off in offs {
                    xs.extend([wall.x - off, wall.x + wall.width + off]);
                    ys.extend([wall.y - off, wall.y + wall.height + off]);
                }
            }
            for port in froms.iter().chain(tos) {
                xs.push(port.stub.x);
                ys.push(port.stub.y);
            }
            for lanes in [&mut xs, &mut ys] {
                lanes.sort_by(f32::total_cmp);
                lanes.dedup_by(|a, b| (*a - *b).abs() < 0.5);
            }
            (xs.len() * ys.len() <= MOST).then_some(Lanes { xs, ys })
        };
        beside(&[clear, clear - APART, clear + APART]).or_else(|| beside(&[clear]))
    }

    fn nearest(lanes: &[f32], value: f32) -> usize {
        let at = lanes.partition_point(|lane| *lane < value - 0.6);
        at.min(lanes.len().saturating_sub(1))
    }

    fn node(&self, p: Point) -> usize {
        Self::nearest(&self.ys, p.y) * self.xs.len() + Self::nearest(&self.xs, p.x)
    }

    fn place(&self, node: usize) -> Point {
        Point { x: self.xs[node % self.xs.len()], y: self.ys[node / self.xs.len()] }
    }

    /// The node one step on, if the lines go so far.
    fn next(&self, node: usize, direction: usize) -> Option<usize> {
        let (dx, dy) = STEPS[direction];
        let x = (node % self.xs.len()).checked_add_signed(dx).filter(|x| *x < self.xs.len())?;
        let y = (node / self.xs.len()).checked_add_signed(dy).filter(|y| *y < self.ys.len())?;
        Some(y * self.xs.len() + x)
    }

    fn search(&self, walls: &[Rect], froms: &[Port], tos: &[Port], used: &[(Point, Point)]) -> Option<Vec<Point>> {
        // Tenths of a pixel: whole numbers have an order.
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a small positive number")]
        let whole = |cost: f32| (cost * 10.0) as u32;
        let count = self.xs.len() * self.ys.len();
        let mut best = vec![u32::MAX; count * 4];
        let mut before = vec![usize::MAX; count * 4];
        let mut heap = BinaryHeap::new();
        for port in froms {
            let state = self.node(port.stub) * 4 + direction(port.side);
            let cost = whole(port.cost);
            if cost < best[state] {
                best[state] = cost;
                heap.push(Reverse((cost, state)));
            }
        }
        let goals: Vec<(usize, usize, u32)> =
            tos.iter().map(|to| (self.node(to.stub), direction(to.side.opposite()), whole(to.cost))).collect();
        let mut found: Option<(u32, usize, usize)> = None;
        while let Some(Reverse((cost, state))) = heap.pop() {
            if cost > best[state] || found.is_some_and(|(least, ..)| cost >= least) {
                continue;
            }
            let (node, heading) = (state / 4, state % 4);
            for (goal, (at, inwards, more)) in goals.iter().enumerate().filter(|(_, goal)| goal.0 == node) {
                debug_assert_eq!(*at, node);
                if (heading + 2) % 4 == *inwards {
                    continue;
                }
                let total = cost + more + if heading == *inwards { 0 } else { whole(CORNER) };
                if found.is_none_or(|(least, ..)| total < least) {
                    found = Some((total, state, goal));
                }
            }
            let here = self.place(node);
            for turn in 0..4 {
                if (heading + 2) % 4 == turn {
                    continue;
                }
                let Some(next) = self.next(node, turn) else { continue };
                let there = self.place(next);
                if walls.iter().any(|wall| runs_through((here, there), inner(*wall))) {
                    continue;
                }
                let corner = if heading == turn { 0.0 } else { CORNER };
                let cost = cost + whole(step(here, there, used) + corner);
                let state_then = next * 4 + turn;
                if cost < best[state_then] {
                    best[state_then] = cost;
                    before[state_then] = state;
                    heap.push(Reverse((cost, state_then)));
                }
            }
        }
        let (_, mut state, goal) = found?;
        let mut points = vec![tos[goal].place, tos[goal].stub];
        loop {
            points.push(self.place(state / 4));
            match before[state] {
                usize::MAX => break,
                earlier => state = earlier,
            }
        }
        let start = points.last().copied()?;
        let near =
            |p: &Port| (p.stub.x - start.x).abs() + (p.stub.y - start.y).abs() < 1.5 && direction(p.side) == state % 4;
        let from = froms.iter().filter(|p| near(p)).min_by(|a, b| a.cost.total_cmp(&b.cost))?;
        points.push(from.place);
        points.reverse();
        Some(corners(&points, from, &tos[goal]))
    }
}

/// A little less than a wall, so that a wire may touch it.
fn inner(r: Rect) -> Rect {
    Rect { x: r.x + 1.0, y: r.y + 1.0, width: (r.width - 2.0).max(0.0), height: (r.height - 2.0).max(0.0) }
}

/// What a step costs.
fn step(a: Point, b: Point, used: &[(Point, Point)]) -> f32 {
    let length = (a.x - b.x).abs() + (a.y - b.y).abs();
    let is_level = (a.y - b.y).abs() < 0.01;
    let mut cost = length;
    for (p, q) in used {
        let along = (p.y - q.y).abs() < 0.01;
        if along == is_level {
            // Side by side, closer than wires should be, or on each other.
            let (off, low, high, from, to) = if is_level {
                ((p.y - a.y).abs(), p.x.min(q.x), p.x.max(q.x), a.x.min(b.x), a.x.max(b.x))
            } else {
                ((p.x - a.x).abs(), p.y.min(q.y), p.y.max(q.y), a.y.min(b.y), a.y.max(b.y))
            };
            let shared = high.min(to) - low.max(from);
            if off < APART - 1.0 && shared > 0.5 {
                cost += shared * SHARED + 10.0;
            }
        } else {
            let r = Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() };
            let grown = Rect { x: r.x - 0.1, y: r.y - 0.1, width: r.width + 0.2, height: r.height + 0.2 };
            if runs_through((*p, *q), grown) {
                cost += CROSSING / 2.0;
            }
        }
    }
    cost
}

/// Only the places where a wire turns, upright and level throughout.
fn corners(points: &[Point], from: &Port, to: &Port) -> Vec<Point> {
    let mut found: Vec<Point> = Vec::with_capacity(points.len());
    for p in points {
        if found.last().is_some_and(|last| (last.x - p.x).abs() + (last.y - p.y).abs() < 0.05) {
            continue;
        }
        if let [.., a, b] = found.as_slice() {
            let level = (a.y - b.y).abs() < 0.6 && (b.y - p.y).abs() < 0.6;
            let upright = (a.x - b.x).abs() < 0.6 && (b.x - p.x).abs() < 0.6;
            if level || upright {
                found.pop();
            }
        }
        found.push(*p);
    }
    // Lines that were taken for the same may be half a pixel off.
    let count = found.len();
    if count >= 3 {
        match from.side {
            Side::Left | Side::Right => found[1].y = from.place.y,
            Side::Top | Side::Bottom => found[1].x = from.place.x,
        }
        match to.side {
            Side::Left | Side::Right => found[count - 2].y = to.place.y,
            Side::Top | Side::Bottom => found[count - 2].x = to.place.x,
        }
    }
    found
}
