//! What every layout keeps, on graphs of every kind.

use proptest::prelude::*;

use super::layout;
use crate::diagram::graph::*;

/// A graph written down in short.
#[derive(Default)]
struct Sketch(Graph);

impl Sketch {
    fn new(direction: Direction) -> Self {
        Self(Graph { direction, ..Graph::default() })
    }

    fn nodes(mut self, count: usize) -> Self {
        for i in 0..count {
            let size = Size { width: 60.0 + 7.0 * (i % 5) as f32, height: 36.0 };
            self.0.nodes.push(Node { size, ..Node::default() });
        }
        self
    }

    fn cluster(mut self, members: &[u32], parent: Option<u32>) -> Self {
        let id = ClusterId(self.0.clusters.len() as u32);
        let title = Size { width: 70.0, height: 18.0 };
        self.0.clusters.push(Cluster { title, parent: parent.map(ClusterId), direction: None });
        for &m in members {
            self.0.nodes[m as usize].parent = Some(id);
        }
        self
    }

    fn edge(self, from: u32, to: u32) -> Self {
        self.ends(End::Node(NodeId(from)), End::Node(NodeId(to)), None)
    }

    fn labelled(self, from: u32, to: u32) -> Self {
        self.ends(End::Node(NodeId(from)), End::Node(NodeId(to)), Some(Size { width: 50.0, height: 18.0 }))
    }

    fn ends(mut self, from: End, to: End, label: Option<Size>) -> Self {
        self.0.edges.push(Edge { from, to, min_length: 1, label, start_label: None, end_label: None, heads: [0.0; 2] });
        self
    }
}

fn node_rect(graph: &Graph, geometry: &Geometry, n: usize) -> Rect {
    around(geometry.nodes[n], graph.nodes[n].size)
}

fn around(p: Point, s: Size) -> Rect {
    Rect { x: p.x - s.width / 2.0, y: p.y - s.height / 2.0, width: s.width, height: s.height }
}

fn overlap(a: Rect, b: Rect) -> bool {
    let across = (a.x + a.width).min(b.x + b.width) - a.x.max(b.x);
    let along = (a.y + a.height).min(b.y + b.height) - a.y.max(b.y);
    across > 0.5 && along > 0.5
}

fn holds(a: Rect, b: Rect) -> bool {
    b.x >= a.x - 0.5
        && b.y >= a.y - 0.5
        && b.x + b.width <= a.x + a.width + 0.5
        && b.y + b.height <= a.y + a.height + 0.5
}

fn bezier(p: &[Point], t: f32) -> Point {
    let u = 1.0 - t;
    let (a, b, c, d) = (u * u * u, 3.0 * u * u * t, 3.0 * u * t * t, t * t * t);
    Point { x: a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x, y: a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y }
}

/// Points along a route.
fn sampled(route: &Route) -> Vec<Point> {
    let mut points = Vec::new();
    for piece in (0..route.curve.len().saturating_sub(1)).step_by(3) {
        for i in 0..=16 {
            points.push(bezier(&route.curve[piece..piece + 4], i as f32 / 16.0));
        }
    }
    points
}

fn cluster_chain(graph: &Graph, from: Option<ClusterId>) -> Vec<ClusterId> {
    std::iter::successors(from, |c| graph.clusters[c.0 as usize].parent).collect()
}

/// Checks everything a drawing must keep; says what does not hold.
fn faults(graph: &Graph) -> Vec<String> {
    let geometry = layout(graph);
    let mut faults = Vec::new();
    let mut fault = |text: String| faults.push(text);
    let all = Rect { x: 0.0, y: 0.0, width: geometry.size.width, height: geometry.size.height };
    let rects: Vec<Rect> = (0..graph.nodes.len()).map(|n| node_rect(graph, &geometry, n)).collect();
    for (n, r) in rects.iter().enumerate() {
        if !holds(all, *r) {
            fault(format!("node {n} out of bounds: {r:?} in {all:?}"));
        }
        for (m, other) in rects.iter().enumerate().skip(n + 1) {
            if overlap(*r, *other) {
                fault(format!("nodes {n} and {m} overlap: {r:?} {other:?}"));
            }
        }
    }
    for (c, &frame) in geometry.clusters.iter().enumerate() {
        let id = ClusterId(c as u32);
        if !holds(all, frame) {
            fault(format!("cluster {c} out of bounds"));
        }
        if !holds(frame, around(geometry.titles[c], graph.clusters[c].title)) {
            fault(format!("cluster {c} does not hold its title"));
        }
        for (n, r) in rects.iter().enumerate() {
            let member = cluster_chain(graph, graph.nodes[n].parent).contains(&id);
            if member && !holds(frame, *r) {
                fault(format!("cluster {c} does not hold its node {n}: {frame:?} {r:?}"));
            }
            if !member && overlap(frame, *r) {
                fault(format!("cluster {c} overlaps foreign node {n}"));
            }
        }
        for (d, &other) in geometry.clusters.iter().enumerate().skip(c + 1) {
            let inner = cluster_chain(graph, graph.clusters[d].parent).contains(&id);
            if inner && !holds(frame, other) {
                fault(format!("cluster {c} does not hold its cluster {d}"));
            }
            if !inner && overlap(frame, other) {
                fault(format!("clusters {c} and {d} overlap"));
            }
        }
    }
    edge_faults(graph, &geometry, &rects, all, &mut faults);
    faults
}

/// Whether an edge runs between a cluster and what it holds.
fn odd(graph: &Graph, edge: &Edge) -> bool {
    let chain = |end| match end {
        End::Node(n) => cluster_chain(graph, graph.nodes[n.0 as usize].parent),
        End::Cluster(c) => cluster_chain(graph, Some(c)),
    };
    let at = |end, other| matches!(end, End::Cluster(c) if chain(other).contains(&c));
    at(edge.from, edge.to) || at(edge.to, edge.from)
}

fn edge_faults(graph: &Graph, geometry: &Geometry, rects: &[Rect], all: Rect, faults: &mut Vec<String>) {
    let mut fault = |text: String| faults.push(text);
    let label_rects: Vec<Option<Rect>> = graph
        .edges
        .iter()
        .zip(&geometry.routes)
        .map(|(e, r)| if odd(graph, e) { None } else { Some(around(r.label?, e.label?)) })
        .collect();
    for (e, (edge, route)) in graph.edges.iter().zip(&geometry.routes).enumerate() {
        if route.curve.len() < 4 || route.curve.len() % 3 != 1 {
            fault(format!("edge {e} has {} points", route.curve.len()));
            continue;
        }
        if edge.label.is_some() != route.label.is_some() {
            fault(format!("edge {e} has lost its label"));
        }
        let points = sampled(route);
        for (end, p) in [(edge.from, points[0]), (edge.to, points[points.len() - 1])] {
            let target = match end {
                End::Node(n) => rects[n.0 as usize],
                End::Cluster(c) => geometry.clusters[c.0 as usize],
            };
            if !holds(target, Rect { x: p.x, y: p.y, width: 0.0, height: 0.0 }) {
                fault(format!("edge {e} ends at {p:?}, not at {target:?}"));
            }
        }
        if points.iter().any(|p| !holds(all, Rect { x: p.x, y: p.y, width: 0.0, height: 0.0 })) {
            fault(format!("edge {e} out of bounds"));
        }
        let clustered = matches!(edge.from, End::Cluster(_)) || matches!(edge.to, End::Cluster(_));
        for (n, r) in rects.iter().enumerate() {
            let own = [edge.from, edge.to].contains(&End::Node(NodeId(n as u32)));
            let inner = Rect { x: r.x + 2.0, y: r.y + 2.0, width: r.width - 4.0, height: r.height - 4.0 };
            let through = points.iter().any(|p| holds(inner, Rect { x: p.x, y: p.y, width: 0.0, height: 0.0 }));
            if !own && !clustered && through {
                fault(format!("edge {e} runs through node {n}: {r:?}, {:?}", route.curve));
            }
        }
        let Some(label) = label_rects[e] else { continue };
        if !holds(all, label) {
            fault(format!("label {e} out of bounds"));
        }
        for (n, r) in rects.iter().enumerate() {
            if overlap(label, *r) {
                fault(format!("label {e} on node {n}"));
            }
        }
        for (d, other) in label_rects.iter().enumerate().skip(e + 1) {
            if other.is_some_and(|o| overlap(label, o)) {
                fault(format!("labels {e} and {d} overlap"));
            }
        }
    }
}

#[track_caller]
fn sound(sketch: &Sketch) {
    let faults = faults(&sketch.0);
    assert!(faults.is_empty(), "{faults:#?}\n{:#?}", layout(&sketch.0));
}

const ALL: [Direction; 4] = [Direction::Down, Direction::Up, Direction::Right, Direction::Left];

#[test]
fn an_empty_graph_has_a_layout() {
    let geometry = layout(&Graph::default());
    assert!(geometry.size.width > 0.0 && geometry.size.height > 0.0);
}

#[test]
fn a_single_node_stands_inside_the_margin() {
    sound(&Sketch::new(Direction::Down).nodes(1));
}

#[test]
fn a_chain_is_straight_in_every_direction() {
    for direction in ALL {
        let sketch = Sketch::new(direction).nodes(4).edge(0, 1).edge(1, 2).edge(2, 3);
        let g = layout(&sketch.0);
        let p: Vec<Point> = g.nodes.clone();
        for w in p.windows(2) {
            match direction {
                Direction::Down => assert!(w[1].y > w[0].y && (w[1].x - w[0].x).abs() < 0.6),
                Direction::Up => assert!(w[1].y < w[0].y && (w[1].x - w[0].x).abs() < 0.6),
                Direction::Right => assert!(w[1].x > w[0].x && (w[1].y - w[0].y).abs() < 0.6),
                Direction::Left => assert!(w[1].x < w[0].x && (w[1].y - w[0].y).abs() < 0.6),
            }
        }
        sound(&sketch);
    }
}

#[test]
fn a_parent_stands_above_the_middle_of_two_children() {
    let g = layout(&Sketch::new(Direction::Down).nodes(3).edge(0, 1).edge(0, 2).0);
    assert!((g.nodes[0].x - f32::midpoint(g.nodes[1].x, g.nodes[2].x)).abs() < 3.0, "{:?}", g.nodes);
}

#[test]
fn self_loops_and_parallel_edges_keep_apart() {
    for direction in ALL {
        sound(
            &Sketch::new(direction).nodes(2).edge(0, 0).labelled(0, 0).edge(0, 1).edge(0, 1).labelled(0, 1).edge(1, 0),
        );
    }
}

#[test]
fn a_cycle_is_laid_out_with_its_first_node_first() {
    let g = layout(&Sketch::new(Direction::Down).nodes(3).edge(0, 1).edge(1, 2).edge(2, 0).0);
    assert!(g.nodes[0].y < g.nodes[1].y && g.nodes[1].y < g.nodes[2].y);
}

#[test]
fn clusters_joined_by_edges_stand_apart() {
    for direction in ALL {
        sound(
            &Sketch::new(direction)
                .nodes(6)
                .cluster(&[0, 1, 2], None)
                .cluster(&[3, 4, 5], None)
                .edge(0, 3)
                .edge(4, 1)
                .labelled(2, 5)
                .edge(0, 1),
        );
    }
}

#[test]
fn nested_clusters_hold_each_other() {
    for direction in ALL {
        sound(
            &Sketch::new(direction)
                .nodes(6)
                .cluster(&[0, 1], None)
                .cluster(&[2, 3], Some(0))
                .cluster(&[4], Some(1))
                .edge(0, 2)
                .edge(5, 4)
                .edge(3, 1)
                .edge(2, 5),
        );
    }
}

#[test]
fn edges_may_end_at_clusters() {
    let c = |i| End::Cluster(ClusterId(i));
    let n = |i| End::Node(NodeId(i));
    for direction in ALL {
        sound(
            &Sketch::new(direction)
                .nodes(6)
                .cluster(&[0, 1], None)
                .cluster(&[2, 3], None)
                .ends(c(0), c(1), None)
                .ends(n(4), c(0), None)
                .ends(c(1), n(5), None),
        );
        sound(
            &Sketch::new(direction)
                .nodes(6)
                .cluster(&[0, 1], None)
                .cluster(&[2, 3], None)
                .edge(0, 2)
                .ends(c(0), c(1), None)
                .ends(n(4), c(0), None)
                .ends(c(1), n(5), None)
                .ends(c(0), n(0), None)
                .ends(c(0), c(0), None),
        );
    }
}

#[test]
fn an_isolated_cluster_keeps_its_own_direction() {
    let mut sketch = Sketch::new(Direction::Down).nodes(3).cluster(&[0, 1], None).edge(0, 1);
    sketch.0.clusters[0].direction = Some(Direction::Right);
    let sketch = sketch.ends(End::Cluster(ClusterId(0)), End::Node(NodeId(2)), None);
    let g = layout(&sketch.0);
    assert!(g.nodes[1].x > g.nodes[0].x && (g.nodes[1].y - g.nodes[0].y).abs() < 0.6);
    assert!(g.nodes[2].y > g.nodes[0].y);
    sound(&sketch);
}

#[test]
fn references_to_nothing_are_passed_over() {
    let mut sketch =
        Sketch::new(Direction::Down).nodes(2).edge(0, 7).ends(End::Cluster(ClusterId(4)), End::Node(NodeId(0)), None);
    sketch.0.nodes[1].parent = Some(ClusterId(9));
    assert_eq!(layout(&sketch.0).nodes.len(), 2);
}

fn size() -> impl Strategy<Value = Size> {
    (10.0f32..200.0, 10.0f32..80.0).prop_map(|(width, height)| Size { width, height })
}

fn outline() -> impl Strategy<Value = Outline> {
    let p = |x, y| Point { x, y };
    prop_oneof![
        Just(Outline::Rect),
        Just(Outline::Ellipse),
        Just(Outline::Polygon(vec![p(0.0, -1.0), p(1.0, 0.0), p(0.0, 1.0), p(-1.0, 0.0)])),
        Just(Outline::Polygon(vec![p(-0.6, -1.0), p(1.0, -1.0), p(0.6, 1.0), p(-1.0, 1.0)])),
    ]
}

fn direction() -> impl Strategy<Value = Direction> {
    (0usize..4).prop_map(|i| ALL[i])
}

prop_compose! {
    fn graph(most_nodes: usize, most_clusters: usize)(
        nodes in 1..=most_nodes,
        clusters in 0..=most_clusters,
    )(
        direction in direction(),
        nodes in prop::collection::vec((size(), outline(), prop::option::of(0..=most_clusters as u32)), nodes),
        frames in prop::collection::vec((size(), prop::option::of(0..=most_clusters as u32), prop::option::of(direction())), clusters),
        edges in prop::collection::vec((any::<u32>(), any::<u32>(), 0..12u8, 1..3u32, prop::option::of(size())), 0..2 * most_nodes),
    ) -> Graph {
        let count = frames.len() as u32;
        let end = |i: u32, at_cluster: bool| {
            if at_cluster && count > 0 { End::Cluster(ClusterId(i % count)) } else { End::Node(NodeId(i % nodes.len() as u32)) }
        };
        Graph {
            direction,
            edges: edges
                .iter()
                .map(|&(a, b, kind, min_length, label)| Edge {
                    from: end(a, kind == 0),
                    to: end(b, kind <= 1),
                    min_length,
                    label,
                    start_label: None,
                    end_label: None,
                    heads: [0.0; 2],
                })
                .collect(),
            nodes: nodes
                .into_iter()
                .map(|(size, outline, parent)| Node { size, outline, parent: parent.filter(|&p| p < count).map(ClusterId) })
                .collect(),
            clusters: frames
                .into_iter()
                .enumerate()
                .map(|(i, (title, parent, direction))| Cluster {
                    title,
                    parent: parent.filter(|&p| (p as usize) < i).map(ClusterId),
                    direction,
                })
                .collect(),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn plain_graphs_are_sound(graph in graph(12, 0)) {
        prop_assert_eq!(faults(&graph), Vec::<String>::new());
    }

    #[test]
    fn clustered_graphs_are_sound(graph in graph(12, 4)) {
        prop_assert_eq!(faults(&graph), Vec::<String>::new());
    }

    #[test]
    fn a_layout_is_the_same_every_time(graph in graph(16, 3)) {
        prop_assert_eq!(layout(&graph), layout(&graph));
    }
}
