//! Ports: where on the side of a block each of its links begins or ends.
//!
//! In: a part with all coordinates. Out: an x for both ends of every link. How: on each side the ends are sorted as
//! the links leave, each wants to be where its link runs straight down, or where the line to its other end leaves the
//! outline; then they are pushed apart as little as possible (isotonic regression by pooling). Cost: O(links log).

use super::along::Along;
use super::layers::{Kind, Layers};
use super::order::Order;
use super::part::{Block, Part, Shape};
use super::place::Across;
use super::spacing::PORT_GAP;

/// The ends of a link's chain: x on its upper and on its lower block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Ports {
    pub upper: Port,
    pub lower: Port,
}

/// One end.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Port {
    pub x: f32,
    /// How far the ends on the same side reach to the left and to the right of this one: room to leave them.
    pub left: f32,
    pub right: f32,
}

/// Corners of boxes stay free.
const CORNER: f32 = 8.0;

/// How far from its centre a block's ends may be.
fn freedom(block: &Block) -> f32 {
    let half = block.size.width / 2.0;
    match block.shape {
        Shape::Rect => (half - CORNER).max(half * 0.4),
        Shape::Ellipse => half * 0.6,
        Shape::Polygon(_) => half * 0.5,
    }
}

/// One end on a block's side, before it is placed.
struct Wish {
    /// The block, and whether it is its lower side.
    side: u32,
    /// Place of the next item in its row, then the link: the order in which ends stand.
    next: (u32, u32),
    offset: f32,
    /// What its head and its label take beside the line.
    room: f32,
}

/// Ports of all chains.
pub(super) fn ports(part: &Part, layers: &Layers, order: &Order, across: &Across, along: &Along) -> Vec<Ports> {
    let mut wishes = Vec::with_capacity(2 * part.links.len());
    let view = View { part, layers, across, along };
    for (l, chain) in layers.chains.iter().enumerate() {
        let below = if chain.count == 0 { chain.lower } else { chain.first };
        let above = if chain.count == 0 { chain.upper } else { chain.first + chain.count - 1 };
        let (down, up) = view.wishes(chain.upper, below, chain.lower, above);
        let place = |i: u32| if chain.loose { 0 } else { order.place[i as usize] };
        let link = &part.links[l];
        let [from, to] = link.ends.map(|end| end.across);
        let (high, low) = if chain.upper == link.from { (from, to) } else { (to, from) };
        wishes.push(Wish { side: 2 * chain.upper + 1, next: (place(below), l as u32), offset: down, room: high });
        wishes.push(Wish { side: 2 * chain.lower, next: (place(above), l as u32), offset: up, room: low });
    }
    wishes.sort_unstable_by_key(|w| (w.side, w.next));
    let mut ports = vec![Ports::default(); part.links.len()];
    let mut pool = Vec::new();
    for side in wishes.chunk_by_mut(|a, b| a.side == b.side) {
        let block = side[0].side / 2;
        spread(side, freedom(&part.blocks[block as usize]), &mut pool);
        let x = across.items[block as usize];
        let (first, last) = (side[0].offset, side[side.len() - 1].offset);
        for wish in side {
            let ports = &mut ports[wish.next.1 as usize];
            let port = if wish.side % 2 == 1 { &mut ports.upper } else { &mut ports.lower };
            *port = Port { x: x + wish.offset, left: wish.offset - first, right: last - wish.offset };
        }
    }
    ports
}

struct View<'a> {
    part: &'a Part,
    layers: &'a Layers,
    across: &'a Across,
    along: &'a Along,
}

impl View<'_> {
    /// Offsets that the two ends of a chain would like: from `upper` to `below`, from `lower` to `above`.
    fn wishes(&self, upper: u32, below: u32, lower: u32, above: u32) -> (f32, f32) {
        let (u, v) = (&self.part.blocks[upper as usize], &self.part.blocks[lower as usize]);
        let (cu, cv) = (self.across.items[upper as usize], self.across.items[lower as usize]);
        if below == lower {
            let (ku, kv) = (freedom(u), freedom(v));
            let (low, high) = ((cu - ku).max(cv - kv), (cu + ku).min(cv + kv));
            if low <= high {
                let x = if ku < kv { cu } else { cv };
                let x = x.clamp(low, high);
                return (x - cu, x - cv);
            }
        }
        (self.wish(u, upper, below), self.wish(v, lower, above))
    }

    /// The offset for an end at `block` towards `next`.
    fn wish(&self, block: &Block, item: u32, next: u32) -> f32 {
        let free = freedom(block);
        let offset = self.across.items[next as usize] - self.across.items[item as usize];
        if offset.abs() <= free && !matches!(self.layers.kinds[next as usize], Kind::Block(_)) {
            return offset;
        }
        let y = |i: u32| self.along.middle(self.layers.row_of[i as usize]);
        let far = (y(next) - y(item)).abs().max(1.0);
        (offset * block.size.height / 2.0 / far).clamp(-free, free)
    }
}

/// Pushes the ends of one side apart, within `free` of the centre.
fn spread(side: &mut [Wish], free: f32, pool: &mut Vec<(f32, usize)>) {
    let n = side.len();
    if n < 2 {
        return;
    }
    // How far each end is from the first one, at least.
    let mut shifts = Vec::with_capacity(n);
    let mut total = 0.0f32;
    for (i, wish) in side.iter().enumerate() {
        total += if i > 0 { PORT_GAP.max(wish.room.max(side[i - 1].room)) } else { 0.0 };
        shifts.push(total);
    }
    let scale = (2.0 * free / total.max(1e-3)).min(1.0);
    shifts.iter_mut().for_each(|shift| *shift *= scale);
    // Pools of (mean of offsets less their shifts, members) with rising means.
    pool.clear();
    for (wish, shift) in side.iter().zip(&shifts) {
        let mut mean = wish.offset - shift;
        let mut count = 1;
        while let Some(&(before, members)) = pool.last() {
            if before < mean {
                break;
            }
            mean = (mean * count as f32 + before * members as f32) / (count + members) as f32;
            count += members;
            pool.pop();
        }
        pool.push((mean, count));
    }
    let mut i = 0;
    for &(mean, members) in pool.iter() {
        for _ in 0..members {
            let least = -free + shifts[i];
            let most = free - (shifts[n - 1] - shifts[i]);
            side[i].offset = (mean + shifts[i]).clamp(least.min(most), most.max(least));
            i += 1;
        }
    }
}
