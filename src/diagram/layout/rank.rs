//! Ranks: which row each block of a part stands on.
//!
//! In: a part and which of its links are turned. Out: a rank a block, 0 the least; every link spans at least its
//! length, the sum of all spans is minimal. How: network simplex (Gansner et al. 1993, section 2.3). Each frame has two
//! points of its own, above and below all that it holds; the arc between them pulls a cluster together (the nesting
//! graph of Sander 1996, without the extra ranks).

use super::part::Part;
use super::simplex::{Arc, Balance, Limits, places};

const LIMITS: Limits = Limits { pivots: 20_000, work: 30_000_000 };

/// How ranks are chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RankStyle {
    /// What a rank of a frame's height costs, in ranks of a link.
    pub frame_weight: i32,
}

/// One rank a block.
pub(super) fn ranks(part: &Part, turned: &[bool], style: RankStyle) -> Vec<u32> {
    let n = part.blocks.len();
    let top = |f: u32| (n + 2 * f as usize) as u32;
    let bottom = |f: u32| top(f) + 1;
    let mut arcs = Vec::with_capacity(part.links.len() + 2 * n + 3 * part.frames.len());
    for (link, &turned) in part.links.iter().zip(turned) {
        let (tail, head) = if turned { (link.to, link.from) } else { (link.from, link.to) };
        arcs.push(Arc { tail, head, length: link.length.clamp(1, 1000) as i32, weight: 1 });
    }
    for (v, block) in part.blocks.iter().enumerate() {
        if let Some(f) = block.frame {
            arcs.push(Arc { tail: top(f), head: v as u32, length: 0, weight: 0 });
            arcs.push(Arc { tail: v as u32, head: bottom(f), length: 0, weight: 0 });
        }
    }
    for (f, frame) in part.frames.iter().enumerate() {
        let f = f as u32;
        arcs.push(Arc { tail: top(f), head: bottom(f), length: 0, weight: style.frame_weight });
        if let Some(p) = frame.parent {
            arcs.push(Arc { tail: top(p), head: top(f), length: 0, weight: 0 });
            arcs.push(Arc { tail: bottom(f), head: bottom(p), length: 0, weight: 0 });
        }
    }
    let mut place = places(n + 2 * part.frames.len(), arcs, None, LIMITS, Balance::Keep);
    place.truncate(n);
    let least = place.iter().copied().min().unwrap_or(0);
    place.into_iter().map(|p| (p - least) as u32).collect()
}
