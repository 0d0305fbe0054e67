//! A second opinion: the layout of the crate `layout-rs`.
//!
//! It knows neither clusters nor labels on edges, runs in two directions, and takes its time (measured: 0.4 ms for ten
//! nodes, seconds for hundreds); on some graphs with cycles its search is exponential, and on some odd ones it panics.
//! So it is asked only about small plain graphs without cycles that our own layout could not draw without crossings,
//! and its drawing is taken if it [scores](super::score) better.

use super::score::score;
use super::spacing::MARGIN;
use crate::diagram::graph::{Direction, End, Geometry, Graph, Outline, Point, Route, Size};
use ::layout::adt::dag::NodeHandle;
use ::layout::core::base::Orientation;
use ::layout::core::color::Color;
use ::layout::core::format::Visible;
use ::layout::core::geometry::Point as Place;
use ::layout::core::style::StyleAttr;
use ::layout::std_shapes::shapes::{Arrow, Element, ShapeKind};
use ::layout::topo::layout::VisualGraph;
use ::layout::topo::placer::Placer;

/// The largest graph it is asked about.
const MOST_NODES: usize = 24;
const MOST_EDGES: usize = 40;

/// The better of a geometry and that of `layout-rs`.
pub(super) fn better(graph: &Graph, ours: Geometry) -> Geometry {
    let Some(orientation) = suits(graph) else { return ours };
    let own = score(graph, &ours);
    if own.faults == 0 && own.crossings == 0 {
        return ours;
    }
    match drawn(graph, orientation) {
        Some(theirs) if score(graph, &theirs) < own => theirs,
        _ => ours,
    }
}

/// The direction in which it can draw a graph, if it can.
fn suits(graph: &Graph) -> Option<Orientation> {
    let orientation = match graph.direction {
        Direction::Down => Orientation::TopToBottom,
        Direction::Right => Orientation::LeftToRight,
        Direction::Up | Direction::Left => return None,
    };
    // With fewer edges than nodes there is no circle, and nothing that would have to cross.
    let plain = graph.clusters.is_empty()
        && graph.edges.len() >= graph.nodes.len()
        && (3..=MOST_NODES).contains(&graph.nodes.len())
        && (3..=MOST_EDGES).contains(&graph.edges.len())
        && graph.nodes.iter().all(|n| n.outline == Outline::Rect && n.size.width > 1.0 && n.size.height > 1.0)
        && graph
            .edges
            .iter()
            .all(|e| e.label.is_none() && e.start_label.is_none() && e.end_label.is_none() && e.min_length == 1)
        && graph.edges.iter().all(|e| e.heads.iter().all(|head| *head <= 0.0));
    (plain && is_simple(graph) && is_acyclic(graph)).then_some(orientation)
}

fn ends(graph: &Graph) -> impl Iterator<Item = Option<(usize, usize)>> + '_ {
    graph.edges.iter().map(|e| match (e.from, e.to) {
        (End::Node(from), End::Node(to)) => Some((from.0 as usize, to.0 as usize)),
        _ => None,
    })
}

/// No loops, no two edges between the same nodes.
fn is_simple(graph: &Graph) -> bool {
    let mut seen = std::collections::HashSet::new();
    ends(graph).all(|e| e.is_some_and(|(from, to)| from != to && seen.insert((from.min(to), from.max(to)))))
}

/// Takes away nodes that nothing leads to until none is left (Kahn 1962).
fn is_acyclic(graph: &Graph) -> bool {
    let edges: Vec<(usize, usize)> = ends(graph).flatten().collect();
    let mut into = vec![0usize; graph.nodes.len()];
    edges.iter().for_each(|(_, to)| into[*to] += 1);
    let mut free: Vec<usize> = (0..into.len()).filter(|n| into[*n] == 0).collect();
    let mut taken = 0;
    while let Some(node) = free.pop() {
        taken += 1;
        for (_, to) in edges.iter().filter(|(from, _)| *from == node) {
            into[*to] -= 1;
            if into[*to] == 0 {
                free.push(*to);
            }
        }
    }
    taken == into.len()
}

fn drawn(graph: &Graph, orientation: Orientation) -> Option<Geometry> {
    let mut visual = VisualGraph::new(orientation);
    let look = || StyleAttr::new(Color::fast("black"), 1, None, 0, 14);
    let handles: Vec<NodeHandle> = graph
        .nodes
        .iter()
        .map(|n| {
            let size = Place::new(f64::from(n.size.width), f64::from(n.size.height));
            visual.add_node(Element::create(ShapeKind::new_box(""), look(), orientation, size))
        })
        .collect();
    for (from, to) in ends(graph).flatten() {
        visual.add_edge(Arrow::simple(""), handles[from], handles[to]);
    }
    // Its own curves are not asked for: where two places fall together, drawing them panics.
    visual.to_valid_dag();
    visual.split_long_edges(false);
    for node in visual.iter_nodes().collect::<Vec<_>>() {
        visual.element_mut(node).resize();
    }
    Placer::new(&mut visual).layout(false);
    let nodes: Vec<Point> = handles.iter().map(|h| point(visual.pos(*h).center())).collect();
    let routes: Vec<Route> =
        ends(graph).flatten().map(|(from, to)| route(graph, &visual, &handles, (from, to))).collect::<Option<_>>()?;
    let all_finite = |points: &[Point]| points.iter().all(|p| p.x.is_finite() && p.y.is_finite());
    let whole = all_finite(&nodes) && routes.iter().all(|r| all_finite(&r.curve));
    whole.then(|| moved(graph, Geometry { nodes, routes, ..Geometry::default() }))
}

/// The curve of an edge through the connectors that stand for it in the rows between its ends.
fn route(graph: &Graph, visual: &VisualGraph, handles: &[NodeHandle], (from, to): (usize, usize)) -> Option<Route> {
    let middle = |h: NodeHandle| point(visual.pos(h).center());
    let through = |first: NodeHandle| -> Option<Vec<Point>> {
        let mut points = Vec::new();
        let mut at = first;
        while visual.is_connector(at) && points.len() <= MOST_NODES {
            points.push(middle(at));
            at = *visual.succ(at).first()?;
        }
        (at == handles[to]).then_some(points)
    };
    let inner = visual.succ(handles[from]).iter().find_map(|next| through(*next))?;
    let (start, end) = (middle(handles[from]), middle(handles[to]));
    let cut = |node: usize, centre: Point, towards: Point| {
        let size = graph.nodes[node].size;
        let (dx, dy) = (towards.x - centre.x, towards.y - centre.y);
        let share = (size.width / 2.0 / dx.abs().max(0.01)).min(size.height / 2.0 / dy.abs().max(0.01)).min(1.0);
        Point { x: centre.x + dx * share, y: centre.y + dy * share }
    };
    let mut points = vec![cut(from, start, *inner.first().unwrap_or(&end))];
    points.extend(&inner);
    points.push(cut(to, end, *inner.last().unwrap_or(&start)));
    Some(Route { curve: smooth(&points), ..Route::default() })
}

/// A cubic chain through points (Catmull & Rom 1974).
fn smooth(points: &[Point]) -> Vec<Point> {
    let mut curve = vec![points[0]];
    for (at, pair) in points.windows(2).enumerate() {
        let before = points[at.saturating_sub(1)];
        let after = points[(at + 2).min(points.len() - 1)];
        let (a, b) = (pair[0], pair[1]);
        curve.push(Point { x: a.x + (b.x - before.x) / 6.0, y: a.y + (b.y - before.y) / 6.0 });
        curve.push(Point { x: b.x - (after.x - a.x) / 6.0, y: b.y - (after.y - a.y) / 6.0 });
        curve.push(b);
    }
    curve
}

/// Moves a drawing to the upper left corner, and measures it.
fn moved(graph: &Graph, mut geometry: Geometry) -> Geometry {
    let (mut low, mut high) = (Point { x: f32::MAX, y: f32::MAX }, Point { x: f32::MIN, y: f32::MIN });
    let mut grow = |x: f32, y: f32| {
        low = Point { x: low.x.min(x), y: low.y.min(y) };
        high = Point { x: high.x.max(x), y: high.y.max(y) };
    };
    for (p, n) in geometry.nodes.iter().zip(&graph.nodes) {
        grow(p.x - n.size.width / 2.0, p.y - n.size.height / 2.0);
        grow(p.x + n.size.width / 2.0, p.y + n.size.height / 2.0);
    }
    geometry.routes.iter().flat_map(|r| &r.curve).for_each(|p| grow(p.x, p.y));
    let by = Point { x: MARGIN - low.x, y: MARGIN - low.y };
    for p in geometry.nodes.iter_mut().chain(geometry.routes.iter_mut().flat_map(|r| &mut r.curve)) {
        *p = Point { x: p.x + by.x, y: p.y + by.y };
    }
    geometry.size = Size { width: high.x - low.x + 2.0 * MARGIN, height: high.y - low.y + 2.0 * MARGIN };
    geometry
}

fn point(p: Place) -> Point {
    Point { x: p.x as f32, y: p.y as f32 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::graph::{Edge, Node, NodeId};
    use proptest::prelude::*;

    fn graph(nodes: usize, edges: &[(u32, u32)], direction: Direction) -> Graph {
        let node =
            |n: usize| Node { size: Size { width: 40.0 + (n * 13 % 70) as f32, height: 38.0 }, ..Node::default() };
        let end = |n: u32| End::Node(NodeId(n));
        let edge = |&(a, b): &(u32, u32)| Edge {
            from: end(a),
            to: end(b),
            min_length: 1,
            label: None,
            start_label: None,
            end_label: None,
            heads: [0.0; 2],
        };
        Graph {
            direction,
            nodes: (0..nodes).map(node).collect(),
            edges: edges.iter().map(edge).collect(),
            clusters: Vec::new(),
        }
    }

    #[test]
    fn only_plain_small_graphs_without_cycles_suit() {
        let suits = |edges: &[(u32, u32)]| suits(&graph(4, edges, Direction::Down)).is_some();
        assert!(suits(&[(0, 1), (1, 2), (2, 3), (0, 3)]));
        assert!(!suits(&[(0, 1), (1, 2), (2, 3)]), "a tree");
        assert!(!suits(&[(0, 1), (1, 2), (2, 0), (2, 3)]), "a cycle");
        assert!(!suits(&[(0, 1), (1, 0), (2, 3), (0, 2)]), "both ways");
        assert!(!suits(&[(0, 0), (1, 2), (2, 3), (0, 1)]), "a loop");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(300))]
        #[test]
        fn whatever_suits_is_drawn_whole_or_not_at_all(pairs in prop::collection::vec((0u32..MOST_NODES as u32, 0u32..MOST_NODES as u32), 3..MOST_EDGES), nodes in 3usize..MOST_NODES, right: bool) {
            let last = nodes as u32 - 1;
            let edges: std::collections::BTreeSet<(u32, u32)> =
                pairs.iter().map(|&(a, b)| (a.min(b).min(last), a.max(b).min(last))).filter(|(a, b)| a != b).collect();
            let edges: Vec<(u32, u32)> = edges.into_iter().collect();
            let direction = if right { Direction::Right } else { Direction::Down };
            let graph = graph(nodes, &edges, direction);
            if let Some(geometry) = suits(&graph).and_then(|orientation| drawn(&graph, orientation)) {
                prop_assert_eq!(geometry.nodes.len(), nodes);
                prop_assert!(geometry.size.width.is_finite() && geometry.size.height.is_finite());
            }
        }
    }
}
