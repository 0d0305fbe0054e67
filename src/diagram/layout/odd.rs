//! Odd edges: those between a cluster and what it holds, or between a cluster and itself.
//!
//! They take no part in the layered method; they are drawn as straight lines, or as a loop, when everything stands.

use crate::diagram::graph::{ClusterId, End, Geometry, Graph, NodeId, Point, Rect, Route, Size};

use super::curve::{border_point, rounded, toward};
use super::spacing::MARGIN;

/// Routes the odd edges.
pub(super) fn route(graph: &Graph, odd: &[u32], geometry: &mut Geometry) {
    for &e in odd {
        let edge = &graph.edges[e as usize];
        let (a, b) = (frame(graph, geometry, edge.from), frame(graph, geometry, edge.to));
        let (start, end) = if edge.from == edge.to {
            let right = a.x + a.width;
            (Point { x: right, y: a.y + a.height / 3.0 }, Point { x: right, y: a.y + a.height * 2.0 / 3.0 })
        } else {
            ends(a, b)
        };
        geometry.routes[e as usize] = Route {
            curve: rounded(&[start, end]),
            label: edge.label.map(|_| toward(start, end, 0.5)),
            ..Route::default()
        };
    }
    make_room(graph, odd, geometry);
}

/// Widens the drawing where an odd edge's label stands out.
fn make_room(graph: &Graph, odd: &[u32], geometry: &mut Geometry) {
    let label = |&e: &u32| geometry.routes[e as usize].label.zip(graph.edges[e as usize].label);
    let boxes: Vec<(Point, Size)> = odd.iter().filter_map(label).collect();
    widen(&boxes, geometry);
}

/// Widens the drawing so that boxes with these centres lie in it.
pub(super) fn widen(boxes: &[(Point, Size)], geometry: &mut Geometry) {
    let mut low = Point { x: MARGIN, y: MARGIN };
    let mut high = Point { x: geometry.size.width - MARGIN, y: geometry.size.height - MARGIN };
    for (p, s) in boxes {
        low = Point { x: low.x.min(p.x - s.width / 2.0), y: low.y.min(p.y - s.height / 2.0) };
        high = Point { x: high.x.max(p.x + s.width / 2.0), y: high.y.max(p.y + s.height / 2.0) };
    }
    let by = Point { x: MARGIN - low.x, y: MARGIN - low.y };
    geometry.size = Size { width: high.x - low.x + 2.0 * MARGIN, height: high.y - low.y + 2.0 * MARGIN };
    if by == Point::default() {
        return;
    }
    let moved = |p: &mut Point| *p = Point { x: p.x + by.x, y: p.y + by.y };
    geometry.nodes.iter_mut().chain(&mut geometry.titles).for_each(moved);
    for r in &mut geometry.routes {
        let labels = r.label.iter_mut().chain(&mut r.start_label).chain(&mut r.end_label);
        r.curve.iter_mut().chain(labels).for_each(moved);
    }
    for r in &mut geometry.clusters {
        *r = Rect { x: r.x + by.x, y: r.y + by.y, ..*r };
    }
}

fn frame(graph: &Graph, geometry: &Geometry, end: End) -> Rect {
    match end {
        End::Node(NodeId(n)) => {
            let (p, s) = (geometry.nodes[n as usize], graph.nodes[n as usize].size);
            Rect { x: p.x - s.width / 2.0, y: p.y - s.height / 2.0, width: s.width, height: s.height }
        }
        End::Cluster(ClusterId(c)) => geometry.clusters[c as usize],
    }
}

fn center(r: Rect) -> Point {
    Point { x: r.x + r.width / 2.0, y: r.y + r.height / 2.0 }
}

/// The shortest level or upright line between the borders of two rectangles, one of which holds the other.
fn ends(a: Rect, b: Rect) -> (Point, Point) {
    let (small, large, swapped) = if a.width * a.height <= b.width * b.height { (a, b, false) } else { (b, a, true) };
    let c = center(small);
    let sides = [
        (Point { x: small.x, y: c.y }, Point { x: large.x, y: c.y }),
        (Point { x: small.x + small.width, y: c.y }, Point { x: large.x + large.width, y: c.y }),
        (Point { x: c.x, y: small.y + small.height }, Point { x: c.x, y: large.y + large.height }),
    ];
    let length = |(p, q): (Point, Point)| (p.x - q.x).abs() + (p.y - q.y).abs();
    let mut best = (border_point(small, c, center(large)), border_point(large, center(large), c));
    let mut least = f32::MAX;
    for side in sides {
        if length(side) < least {
            least = length(side);
            best = side;
        }
    }
    if swapped { (best.1, best.0) } else { best }
}
