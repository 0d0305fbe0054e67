//! Coordinates across: where the items of each row stand.
//!
//! In: a layering with its order. Out: an x for every item; frames get one low and one high side for all their rows.
//! How: the auxiliary graph of Gansner et al. 1993, section 4.2: neighbours in a row keep their distance, each joint
//! costs its weighted offset (1 between blocks, more along chains, so that long links run straight), solved by network
//! simplex and then balanced. A frame's sides are one variable each, so nothing foreign can stand in it, and the
//! distance between them costs a little. Cost: see `simplex`; large parts start from a placement by sweeps and get
//! few exchanges.

use super::layers::{Kind, Layers};
use super::order::Order;
use super::part::Part;
use super::simplex::{Arc, Balance, Limits, places};
use super::spacing::{EDGE_GAP, FRAME_GAP, NODE_GAP, PASS_GAP, TAG_GAP};

/// Places a pixel is divided into.
const UNITS: f32 = 2.0;

/// Where things stand across.
#[derive(Clone, Debug, Default)]
pub(super) struct Across {
    /// Centres; for border items the side of their frame.
    pub items: Vec<f32>,
    /// Low and high side of each frame.
    pub frames: Vec<(f32, f32)>,
}

/// What an item takes of its row on the low and on the high side of its centre.
pub(super) fn extent(part: &Part, kind: Kind) -> (f32, f32) {
    match kind {
        Kind::Block(v) => {
            let b = &part.blocks[v as usize];
            (b.size.width / 2.0, b.size.width / 2.0 + b.loops.width)
        }
        Kind::Label(l) => {
            let half = part.links[l as usize].label.map_or(0.0, |s| s.width / 2.0);
            (half, half)
        }
        Kind::Bend(_) | Kind::Low(_) | Kind::High(_) => (0.0, 0.0),
    }
}

/// The room between two neighbours in a row.
pub(super) fn gap(part: &Part, left: Kind, right: Kind) -> f32 {
    use Kind::{Bend, Block, High, Label, Low};
    match (left, right) {
        (Low(f), High(_) | Block(_) | Label(_) | Bend(_)) => part.frames[f as usize].low,
        (Block(_) | Label(_) | Bend(_), High(f)) => part.frames[f as usize].high,
        (Low(f), Low(_)) => part.frames[f as usize].low,
        (High(_), High(f)) => part.frames[f as usize].high,
        (High(_), Low(_)) => FRAME_GAP,
        (High(_), Block(_)) | (Block(_), Low(_)) => FRAME_GAP,
        (High(_), Bend(_)) | (Bend(_), Low(_)) => PASS_GAP,
        (High(_), Label(_)) | (Label(_), Low(_)) => TAG_GAP,
        (Block(_), Block(_)) => NODE_GAP,
        (Bend(_), Bend(_)) => EDGE_GAP,
        (Bend(_), Block(_)) | (Block(_), Bend(_)) => PASS_GAP,
        (Label(_), _) | (_, Label(_)) => TAG_GAP,
    }
}

/// Places everything across.
pub(super) fn across(part: &Part, layers: &Layers, order: &Order) -> Across {
    let n = layers.kinds.len() as u32;
    let sides = Sides { first: n };
    let mut arcs = Vec::with_capacity(layers.joints.len() * 2 + n as usize + 2 * part.frames.len());
    row_arcs(part, layers, order, sides, &mut arcs);
    for (f, frame) in part.frames.iter().enumerate() {
        let length = units(frame.least_across.max(frame.low + frame.high));
        arcs.push(Arc { tail: sides.low(f as u32), head: sides.high(f as u32), length, weight: 1 });
    }
    let points = n as usize + 2 * part.frames.len();
    let solved = solve(layers, points, arcs);
    let x = |v: u32| solved[v as usize] as f32 / UNITS;
    let items = (0..n).map(|i| x(sides.of(i, layers.kinds[i as usize]))).collect();
    let frames = (0..part.frames.len() as u32).map(|f| (x(sides.low(f)), x(sides.high(f)))).collect();
    Across { items, frames }
}

/// Numbers of the points that stand for frame sides; items have their own numbers.
#[derive(Clone, Copy)]
struct Sides {
    first: u32,
}

impl Sides {
    fn low(self, frame: u32) -> u32 {
        self.first + 2 * frame
    }

    fn high(self, frame: u32) -> u32 {
        self.low(frame) + 1
    }

    fn of(self, item: u32, kind: Kind) -> u32 {
        match kind {
            Kind::Low(f) => self.low(f),
            Kind::High(f) => self.high(f),
            _ => item,
        }
    }
}

fn units(px: f32) -> i32 {
    (px * UNITS).ceil().clamp(0.0, 4e6) as i32
}

/// Distances between neighbours.
fn row_arcs(part: &Part, layers: &Layers, order: &Order, sides: Sides, arcs: &mut Vec<Arc>) {
    for r in 0..layers.rows {
        for pair in order.row(r).windows(2) {
            let (a, b) = (layers.kinds[pair[0] as usize], layers.kinds[pair[1] as usize]);
            if matches!((a, b), (Kind::Low(_), Kind::High(_))) {
                continue;
            }
            let room = extent(part, a).1 + gap(part, a, b) + extent(part, b).0;
            arcs.push(Arc { tail: sides.of(pair[0], a), head: sides.of(pair[1], b), length: units(room), weight: 0 });
        }
    }
}

/// Weight of the offset between two joined items.
fn pull(a: Kind, b: Kind) -> i32 {
    match (a, b) {
        (Kind::Block(_), Kind::Block(_)) => 2,
        (Kind::Bend(_) | Kind::Label(_), Kind::Bend(_) | Kind::Label(_)) => 12,
        _ => 3,
    }
}

fn solve(layers: &Layers, points: usize, mut arcs: Vec<Arc>) -> Vec<i32> {
    let mut total = points;
    for joint in &layers.joints {
        let (a, b) = (layers.kinds[joint.upper as usize], layers.kinds[joint.lower as usize]);
        if matches!(a, Kind::Low(_) | Kind::High(_)) {
            continue;
        }
        let weight = pull(a, b);
        let tail = total as u32;
        total += 1;
        arcs.push(Arc { tail, head: joint.upper, length: 0, weight });
        arcs.push(Arc { tail, head: joint.lower, length: 0, weight });
    }
    let limits = Limits { pivots: 50_000, work: 40_000_000 };
    places(total, arcs, None, limits, Balance::Middle)
}
