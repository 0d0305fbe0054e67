//! Coordinates along: how high each row is and how far it is from the next.
//!
//! In: a layering. Out: top and bottom of each row and of each frame. Between two rows there is room for the frames
//! that end and begin there, one inside the other, and for arrow heads at labels. Cost: linear.

use super::layers::{Kind, Layers};
use super::part::Part;
use super::spacing::{FRAME_GAP, LABEL_GAP, RANK_GAP};

/// Where things stand along.
#[derive(Clone, Debug, Default)]
pub(super) struct Along {
    /// Top and bottom of each row's boxes.
    pub rows: Vec<(f32, f32)>,
    pub frames: Vec<(f32, f32)>,
}

impl Along {
    pub fn middle(&self, row: u32) -> f32 {
        let (top, bottom) = self.rows[row as usize];
        f32::midpoint(top, bottom)
    }
}

/// Places everything along.
pub(super) fn along(part: &Part, layers: &Layers) -> Along {
    let heights = heights(part, layers);
    let mut room = FrameRoom::new(part, layers);
    let mut rows = stack(part, layers, &heights, &room);
    if room.widen(part, layers, &rows) {
        rows = stack(part, layers, &heights, &room);
    }
    let frames = (0..part.frames.len())
        .map(|f| {
            let span = layers.spans[f];
            (rows[span.first as usize].0 - room.before[f], rows[span.last as usize].1 + room.after[f])
        })
        .collect();
    Along { rows, frames }
}

fn heights(part: &Part, layers: &Layers) -> Vec<f32> {
    let mut heights = vec![0.0f32; layers.rows as usize];
    for (&kind, &row) in layers.kinds.iter().zip(&layers.row_of) {
        let height = match kind {
            Kind::Block(v) => part.blocks[v as usize].size.height.max(part.blocks[v as usize].loops.height),
            Kind::Label(l) => part.links[l as usize].label.map_or(0.0, |s| s.height),
            _ => continue,
        };
        let h = &mut heights[row as usize];
        *h = h.max(height);
    }
    heights
}

/// What frames need before their first and after their last row, inner frames included.
struct FrameRoom {
    before: Vec<f32>,
    after: Vec<f32>,
    /// Added to a frame that is too short for its title.
    extra: Vec<f32>,
}

impl FrameRoom {
    fn new(part: &Part, layers: &Layers) -> Self {
        let n = part.frames.len();
        let mut it = Self { before: vec![0.0; n], after: vec![0.0; n], extra: vec![0.0; n] };
        it.sum(part, layers);
        it
    }

    fn sum(&mut self, part: &Part, layers: &Layers) {
        self.before.iter_mut().chain(&mut self.after).for_each(|x| *x = 0.0);
        for f in (0..part.frames.len()).rev() {
            self.before[f] += part.frames[f].before + self.extra[f] / 2.0;
            self.after[f] += part.frames[f].after + self.extra[f] / 2.0;
            if let Some(p) = part.frames[f].parent.map(|p| p as usize) {
                if layers.spans[p].first == layers.spans[f].first {
                    self.before[p] = self.before[p].max(self.before[f]);
                }
                if layers.spans[p].last == layers.spans[f].last {
                    self.after[p] = self.after[p].max(self.after[f]);
                }
            }
        }
    }

    /// Makes frames that are too short longer. Whether any was.
    fn widen(&mut self, part: &Part, layers: &Layers, rows: &[(f32, f32)]) -> bool {
        let mut any = false;
        for (f, frame) in part.frames.iter().enumerate() {
            let span = layers.spans[f];
            let length = rows[span.last as usize].1 + self.after[f] - rows[span.first as usize].0 + self.before[f];
            if length < frame.least_along {
                self.extra[f] = frame.least_along - length;
                any = true;
            }
        }
        if any {
            self.sum(part, layers);
        }
        any
    }
}

fn stack(part: &Part, layers: &Layers, heights: &[f32], room: &FrameRoom) -> Vec<(f32, f32)> {
    let n = layers.rows as usize;
    let (mut begin, mut end) = (vec![0.0f32; n], vec![0.0f32; n]);
    for (f, span) in layers.spans.iter().enumerate() {
        let (b, e) = (&mut begin[span.first as usize], &mut end[span.last as usize]);
        *b = b.max(room.before[f]);
        *e = e.max(room.after[f]);
    }
    let mut least: Vec<f32> = layers
        .label_row
        .iter()
        .skip(1)
        .zip(&layers.label_row)
        .map(|(a, b)| if *a || *b { LABEL_GAP } else { RANK_GAP })
        .collect();
    let crowds = crowds(part, layers);
    for (l, link) in part.links.iter().enumerate() {
        let chain = layers.chains[l];
        let mut room = link.ends.map(|end| end.along);
        for (room, block) in room.iter_mut().zip([link.from, link.to]) {
            // Only where labels stand: heads may touch.
            let side = usize::from(block == chain.upper);
            *room += if *room > 0.0 { crowds[block as usize][side] } else { 0.0 };
        }
        let [from, to] = room;
        let rooms = if chain.upper == link.from { [from, to] } else { [to, from] };
        let (top, low) = (layers.row_of[chain.upper as usize] as usize, layers.row_of[chain.lower as usize] as usize);
        if top + 1 == low {
            least[top] = least[top].max(rooms[0] + rooms[1] + LABEL_GAP);
        } else if top < low {
            least[top] = least[top].max(rooms[0] + LABEL_GAP);
            least[low - 1] = least[low - 1].max(rooms[1] + LABEL_GAP);
        }
    }
    let mut rows = Vec::with_capacity(n);
    let mut y = begin.first().copied().unwrap_or(0.0);
    for r in 0..n {
        rows.push((y, y + heights[r]));
        y += heights[r];
        if r + 1 < n {
            y += gap(least[r], end[r], begin[r + 1]);
        }
    }
    rows
}

/// How much more than the upper and the lower side of each block offers its ends want: so much longer their way should be,
/// that they can draw apart and have their labels beside them.
fn crowds(part: &Part, layers: &Layers) -> Vec<[f32; 2]> {
    /// More does not help.
    const MOST: f32 = 60.0;
    let mut wanted = vec![[0.0f32; 2]; part.blocks.len()];
    for (link, chain) in part.links.iter().zip(&layers.chains) {
        for (end, block) in link.ends.iter().zip([link.from, link.to]) {
            wanted[block as usize][usize::from(block == chain.upper)] += end.across;
        }
    }
    for (block, sides) in part.blocks.iter().zip(&mut wanted) {
        sides.iter_mut().for_each(|side| *side = (*side - block.size.width).clamp(0.0, MOST));
    }
    wanted
}

/// The room between two rows, when frames end and begin between them.
fn gap(least: f32, end: f32, begin: f32) -> f32 {
    let frames = match (end > 0.0, begin > 0.0) {
        (true, true) => end + begin + FRAME_GAP,
        (false, false) => 0.0,
        _ => end + begin + LABEL_GAP,
    };
    least.max(frames)
}
