//! How good a geometry is, to choose between two of the same graph.

use super::titles::sampled;
use crate::diagram::graph::{End, Geometry, Graph, Point, Rect, Size};

/// What counts, the worst first; the lesser is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Score {
    /// Pairs of boxes that overlap, and edges through boxes that are not their ends.
    pub(super) faults: usize,
    /// Edges that cross.
    pub(super) crossings: usize,
    /// Length of all edges and half the drawing's circumference, in pixels.
    pub(super) extent: u64,
}

/// Scores a geometry. Cost: the square of the number of edges; meant for small graphs.
pub(super) fn score(graph: &Graph, geometry: &Geometry) -> Score {
    let boxes: Vec<Rect> = graph.nodes.iter().zip(&geometry.nodes).map(|(n, p)| around(*p, n.size)).collect();
    let curves: Vec<Vec<Point>> = geometry.routes.iter().map(|r| sampled(&r.curve)).collect();
    let mut score = Score { faults: 0, crossings: 0, extent: 0 };
    for (at, a) in boxes.iter().enumerate() {
        score.faults += boxes[at + 1..].iter().filter(|b| overlap(*a, **b)).count();
    }
    let mut length = geometry.size.width + geometry.size.height;
    for (at, curve) in curves.iter().enumerate() {
        let ends = [graph.edges[at].from, graph.edges[at].to];
        score.faults +=
            boxes.iter().enumerate().filter(|(n, b)| !is_end(ends, *n) && curve.iter().any(|p| holds(**b, *p))).count();
        score.crossings += curves[at + 1..].iter().map(|other| crossings(curve, other)).sum::<usize>();
        length += curve.windows(2).map(|w| (w[1].x - w[0].x).hypot(w[1].y - w[0].y)).sum::<f32>();
    }
    score.extent = length.max(0.0) as u64;
    score
}

fn is_end(ends: [End; 2], node: usize) -> bool {
    ends.iter().any(|end| matches!(end, End::Node(id) if id.0 as usize == node))
}

fn around(centre: Point, size: Size) -> Rect {
    Rect { x: centre.x - size.width / 2.0, y: centre.y - size.height / 2.0, width: size.width, height: size.height }
}

fn overlap(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

fn holds(r: Rect, p: Point) -> bool {
    p.x > r.x + 1.0 && p.x < r.x + r.width - 1.0 && p.y > r.y + 1.0 && p.y < r.y + r.height - 1.0
}

/// How often two polylines cross, away from where they begin and end together.
fn crossings(a: &[Point], b: &[Point]) -> usize {
    let is_near_end = |p: Point| {
        [a.first(), a.last(), b.first(), b.last()].into_iter().flatten().any(|e| (e.x - p.x).hypot(e.y - p.y) < 10.0)
    };
    let mut count = 0;
    for s in a.windows(2) {
        for t in b.windows(2) {
            count += usize::from(cross(s, t) && !is_near_end(s[1]));
        }
    }
    count
}

fn cross(s: &[Point], t: &[Point]) -> bool {
    let side = |a: Point, b: Point, p: Point| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    let (one, two) = (side(s[0], s[1], t[0]), side(s[0], s[1], t[1]));
    let (three, four) = (side(t[0], t[1], s[0]), side(t[0], t[1], s[1]));
    one * two < 0.0 && three * four < 0.0
}
