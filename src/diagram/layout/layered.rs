//! The layered method on one connected part: the steps, in order, and the choice between candidates.

use crate::diagram::graph::{Point, Rect, Size};

use super::acyclic::{Way, turned};
use super::along::Along;
use super::curve::start_at_border;
use super::layers::{Layers, layers};
use super::looping::loops;
use super::order::{Effort, Order, order};
use super::part::{Part, Path, Plan};
use super::place::Across;
use super::rank::{RankStyle, ranks};

/// Lays out a part. Its parts' corners are at or after (0, 0).
pub(super) fn plan(part: &Part) -> Plan {
    let Some(best) = search(part) else { return Plan::default() };
    draw(part, &best.layers, &best.order, &best.turned)
}

/// An ordered layering.
struct Candidate {
    turned: Vec<bool>,
    layers: Layers,
    order: Order,
}

impl Candidate {
    fn new(part: &Part, turned: Vec<bool>, style: RankStyle, effort: Effort) -> Self {
        let ranks = ranks(part, &turned, style);
        let layers = layers(part, &ranks, &turned);
        let order = order(&layers, effort);
        Self { turned, layers, order }
    }

    /// Fewer crossings first, then fewer rows that links pass. A link that runs against the direction of the diagram
    /// confuses as much as one that crosses another.
    fn cost(&self) -> (u64, usize) {
        let against = self.turned.iter().filter(|turned| **turned).count() as u64;
        (self.order.crossings + 2 * against, self.layers.kinds.len())
    }
}

/// The best of several layerings; the first without crossings ends the search.
fn search(part: &Part) -> Option<Candidate> {
    let mut best: Option<Candidate> = None;
    let mut seen: Vec<Vec<bool>> = Vec::new();
    let ways: &[Way] =
        if part.blocks.len() <= MOST_TRIED { &[Way::Depth, Way::Greedy, Way::Text] } else { &[Way::Depth] };
    for &way in ways {
        let turned = turned(part, way);
        if seen.contains(&turned) {
            continue;
        }
        for &style in styles(part) {
            let candidate = Candidate::new(part, turned.clone(), style, effort(part));
            if best.as_ref().is_none_or(|b| candidate.cost() < b.cost()) {
                let done = candidate.order.crossings == 0;
                best = Some(candidate);
                if done {
                    return best;
                }
            }
        }
        seen.push(turned);
    }
    best
}

/// Blocks of the largest part that more than one way of cycle breaking is tried on.
const MOST_TRIED: usize = 100;

fn styles(part: &Part) -> &'static [RankStyle] {
    const PLAIN: [RankStyle; 1] = [RankStyle { frame_weight: 0 }];
    const FRAMED: [RankStyle; 3] =
        [RankStyle { frame_weight: 2 }, RankStyle { frame_weight: 0 }, RankStyle { frame_weight: 8 }];
    if part.frames.is_empty() { &PLAIN } else { &FRAMED }
}

fn effort(part: &Part) -> Effort {
    let n = part.blocks.len() + part.links.len();
    Effort { sweeps: if n < 1000 { 16 } else { 8 }, shuffles: (1600 / (n as u32 + 1)).min(24) }
}

/// Coordinates and routes of an ordered layering.
fn draw(part: &Part, layers: &Layers, order: &Order, turned: &[bool]) -> Plan {
    let across = super::place::across(part, layers, order);
    let along = super::along::along(part, layers);
    let blocks: Vec<Point> =
        (0..part.blocks.len()).map(|v| Point { x: across.items[v], y: along.middle(layers.row_of[v]) }).collect();
    let frames = frames(&across, &along);
    let ports = super::port::ports(part, layers, order, &across, &along);
    let mut paths = super::route::routes(part, layers, order, &across, &along, &ports);
    for (l, path) in paths.iter_mut().enumerate() {
        if turned[l] {
            path.points.reverse();
        }
        cut_at_frames(part, l, &frames, path);
    }
    let loops = loops(part, &blocks);
    let mut plan = Plan { size: Size::default(), blocks, frames, paths, loops };
    settle(part, &mut plan);
    plan
}

fn frames(across: &Across, along: &Along) -> Vec<Rect> {
    across
        .frames
        .iter()
        .zip(&along.frames)
        .map(|(&(low, high), &(top, bottom))| Rect { x: low, y: top, width: high - low, height: bottom - top })
        .collect()
}

/// Links that end at a cluster stop at its frame.
fn cut_at_frames(part: &Part, l: usize, frames: &[Rect], path: &mut Path) {
    let link = &part.links[l];
    if let Some(f) = link.from_frame {
        start_at_border(&mut path.points, frames[f as usize]);
    }
    if let Some(f) = link.to_frame {
        path.points.reverse();
        start_at_border(&mut path.points, frames[f as usize]);
        path.points.reverse();
    }
}

/// Moves everything so that the least coordinates are 0, and finds the size.
fn settle(part: &Part, plan: &mut Plan) {
    let mut low = Point { x: f32::MAX, y: f32::MAX };
    let mut high = Point { x: f32::MIN, y: f32::MIN };
    let mut cover = |x: f32, y: f32, w: f32, h: f32| {
        low = Point { x: low.x.min(x - w / 2.0), y: low.y.min(y - h / 2.0) };
        high = Point { x: high.x.max(x + w / 2.0), y: high.y.max(y + h / 2.0) };
    };
    for (p, b) in plan.blocks.iter().zip(&part.blocks) {
        cover(p.x, p.y, b.size.width, b.size.height);
    }
    for r in &plan.frames {
        cover(r.x + r.width / 2.0, r.y + r.height / 2.0, r.width, r.height);
    }
    let labels = part.links.iter().map(|l| l.label).chain(part.loops.iter().map(|l| l.label));
    for (path, label) in plan.paths.iter().chain(&plan.loops).zip(labels) {
        for p in &path.points {
            cover(p.x, p.y, 0.0, 0.0);
        }
        if let (Some(p), Some(s)) = (path.label, label) {
            cover(p.x, p.y, s.width, s.height);
        }
    }
    let by = |p: &mut Point| {
        p.x -= low.x;
        p.y -= low.y;
    };
    plan.blocks.iter_mut().for_each(by);
    for r in &mut plan.frames {
        r.x -= low.x;
        r.y -= low.y;
    }
    for path in plan.paths.iter_mut().chain(&mut plan.loops) {
        path.points.iter_mut().for_each(by);
        path.label.iter_mut().for_each(by);
    }
    plan.size = Size { width: (high.x - low.x).max(0.0), height: (high.y - low.y).max(0.0) };
}
