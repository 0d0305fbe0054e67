//! Labels at the ends of edges (cardinalities): beside the line, as near to the box as there is room.
//!
//! In: a geometry in which all else stands. Out: the centres of the end labels, and a drawing that holds them. How: from
//! the end along the curve, on either side, places are tried one after the other; the first that covers nothing is
//! taken, else the one that covers least. What stands around is found in a grid. Cost: linear in the length of all
//! curves over the grid's step, times a few dozen places a label.

use std::collections::HashMap;

use crate::diagram::graph::{Geometry, Graph, Point, Rect, Size};

use super::curve::{distance, toward};
use super::odd::widen;
use super::titles::sampled;

/// Between the line and its end label.
pub(super) const CLEARANCE: f32 = 4.0;
/// Between a box and its edge's end label.
const OFF_BOX: f32 = 3.0;
/// How far from the end one place is tried after the other.
const STEP: f32 = 7.0;
/// How many places are tried on a side.
const PLACES: u8 = 14;
/// How much farther from the line places are tried, when there is none beside it.
const FARTHER: [f32; 3] = [0.0, 8.0, 16.0];
/// The side of the grid's cells; no piece of a curve in the grid is longer.
const CELL: f32 = 64.0;
/// What it weighs to cover a box or words, a frame's border, a line.
const BOX: u32 = 1000;
const LINE: u32 = 60;
const BORDER: u32 = 2;

/// Places all end labels.
pub(super) fn place(graph: &Graph, geometry: &mut Geometry) {
    if graph.edges.iter().all(|edge| edge.start_label.is_none() && edge.end_label.is_none()) {
        return;
    }
    let mut around = Around::new(graph, geometry);
    let mut placed = Vec::new();
    for (e, edge) in graph.edges.iter().enumerate() {
        let mut way = sampled(&geometry.routes[e].curve);
        if way.is_empty() {
            continue;
        }
        for at_end in [false, true] {
            let wanted = if at_end { edge.end_label } else { edge.start_label };
            if at_end {
                way.reverse();
            }
            let Some(size) = wanted else { continue };
            let head = edge.heads[usize::from(at_end)];
            let centre = around.best(&way, size, head);
            around.add(rect(centre, size), BOX);
            placed.push((centre, size));
            let route = &mut geometry.routes[e];
            *(if at_end { &mut route.end_label } else { &mut route.start_label }) = Some(centre);
        }
    }
    widen(&placed, geometry);
}

fn rect(centre: Point, size: Size) -> Rect {
    Rect { x: centre.x - size.width / 2.0, y: centre.y - size.height / 2.0, width: size.width, height: size.height }
}

/// What a label could cover: boxes, and pieces of lines, each with its weight.
struct Around {
    boxes: Vec<(Rect, u32)>,
    pieces: Vec<(Point, Point)>,
    grid: HashMap<(i32, i32), Cell>,
}

#[derive(Default)]
struct Cell {
    boxes: Vec<u32>,
    pieces: Vec<u32>,
}

impl Around {
    fn new(graph: &Graph, geometry: &Geometry) -> Self {
        let mut around = Self { boxes: Vec::new(), pieces: Vec::new(), grid: HashMap::new() };
        for (node, centre) in graph.nodes.iter().zip(&geometry.nodes) {
            around.add(rect(*centre, node.size), BOX);
        }
        for (edge, route) in graph.edges.iter().zip(&geometry.routes) {
            if let (Some(size), Some(centre)) = (edge.label, route.label) {
                around.add(rect(centre, size), BOX);
            }
            for pair in sampled(&route.curve).windows(2) {
                around.line(pair[0], pair[1]);
            }
        }
        for ((cluster, centre), r) in graph.clusters.iter().zip(&geometry.titles).zip(&geometry.clusters) {
            around.add(rect(*centre, cluster.title), BOX);
            for border in [
                Rect { height: 1.0, ..*r },
                Rect { y: r.y + r.height, height: 1.0, ..*r },
                Rect { width: 1.0, ..*r },
                Rect { x: r.x + r.width, width: 1.0, ..*r },
            ] {
                around.add(border, BORDER);
            }
        }
        around
    }

    fn add(&mut self, r: Rect, weight: u32) {
        let number = self.boxes.len() as u32;
        self.boxes.push((r, weight));
        for cell in cells(r) {
            self.grid.entry(cell).or_default().boxes.push(number);
        }
    }

    fn line(&mut self, from: Point, to: Point) {
        let parts = (distance(from, to) / CELL).ceil().clamp(1.0, 10_000.0);
        for part in 0..parts as u32 {
            let (a, b) = (toward(from, to, part as f32 / parts), toward(from, to, (part + 1) as f32 / parts));
            let number = self.pieces.len() as u32;
            self.pieces.push((a, b));
            let r = Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() };
            for cell in cells(r) {
                self.grid.entry(cell).or_default().pieces.push(number);
            }
        }
    }

    /// What a box would cover, weighed. A box that lies in several cells may count more than once: places are compared
    /// only.
    fn covered(&self, r: Rect) -> u32 {
        let mut sum = 0u32;
        for cell in cells(r) {
            let Some(cell) = self.grid.get(&cell) else { continue };
            let boxes = cell.boxes.iter().map(|b| self.boxes[*b as usize]);
            sum += boxes.filter(|(other, _)| meet(r, *other)).map(|(_, weight)| weight).sum::<u32>();
            let crosses = |p: &&u32| {
                let (a, b) = self.pieces[**p as usize];
                passes(r, a, b)
            };
            sum = sum.saturating_add(cell.pieces.iter().filter(crosses).count() as u32 * LINE);
        }
        sum
    }

    /// The best place beside a way for a label at its beginning.
    fn best(&self, way: &[Point], size: Size, head: f32) -> Point {
        let mut best = (u32::MAX, way[0]);
        let mut walk = Walk { way, piece: 0, before: 0.0 };
        for (far, step) in FARTHER.into_iter().flat_map(|far| (0..PLACES).map(move |step| (far, step))) {
            if step == 0 {
                walk = Walk { way, piece: 0, before: 0.0 };
            }
            let shift = f32::from(step) * STEP;
            let (_, direction) = walk.clone().at(shift);
            let along = (size.width * direction.x).abs() + (size.height * direction.y).abs();
            let (on_line, direction) = walk.at(shift + along / 2.0 + OFF_BOX);
            let across = (size.width * direction.y).abs() + (size.height * direction.x).abs();
            let off = across / 2.0 + CLEARANCE + far + if shift < head { head.min(6.0) } else { 0.0 };
            for side in [1.0, -1.0] {
                // To the right of a line that runs down, above one that runs level.
                let (nx, ny) = if direction.y.abs() > direction.x.abs() {
                    (direction.y.abs(), -direction.x * direction.y.signum())
                } else {
                    (direction.y * direction.x.signum(), -direction.x.abs())
                };
                let centre = Point { x: on_line.x + nx * off * side, y: on_line.y + ny * off * side };
                let cost = self.covered(rect(centre, size));
                if cost < best.0 {
                    best = (cost, centre);
                }
                if cost == 0 {
                    return centre;
                }
            }
        }
        best.1
    }
}

/// A walk along a way, ever onwards.
#[derive(Clone)]
struct Walk<'a> {
    way: &'a [Point],
    piece: usize,
    /// Length of the pieces before.
    before: f32,
}

impl Walk<'_> {
    /// The point so far from the beginning (the last one, if the way is shorter), and the direction there.
    fn at(&mut self, far: f32) -> (Point, Point) {
        loop {
            let (Some(&a), Some(&b)) = (self.way.get(self.piece), self.way.get(self.piece + 1)) else {
                return (self.way[self.way.len() - 1], Point { x: 0.0, y: 1.0 });
            };
            let length = distance(a, b);
            if far <= self.before + length || self.piece + 2 >= self.way.len() {
                let share = if length > 0.0 { ((far - self.before) / length).clamp(0.0, 1.0) } else { 0.0 };
                let direction = if length > 0.0 {
                    Point { x: (b.x - a.x) / length, y: (b.y - a.y) / length }
                } else {
                    Point { x: 0.0, y: 1.0 }
                };
                return (toward(a, b, share), direction);
            }
            self.before += length;
            self.piece += 1;
        }
    }
}

/// The cells that a box touches; so many at most as a large drawing has.
fn cells(r: Rect) -> impl Iterator<Item = (i32, i32)> {
    let cell = |v: f32| (v / CELL).floor().clamp(-100_000.0, 100_000.0) as i32;
    let (left, right) = (cell(r.x), cell(r.x + r.width));
    let (top, bottom) = (cell(r.y), cell(r.y + r.height));
    (left..=right).flat_map(move |x| (top..=bottom).map(move |y| (x, y)))
}

fn meet(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height
}

/// Whether a piece of a line runs through a box (clipping after Liang & Barsky 1984).
fn passes(r: Rect, a: Point, b: Point) -> bool {
    let (mut from, mut to) = (0.0f32, 1.0f32);
    for (start, by, low, high) in [(a.x, b.x - a.x, r.x, r.x + r.width), (a.y, b.y - a.y, r.y, r.y + r.height)] {
        if by.abs() < 1e-6 {
            if start <= low || start >= high {
                return false;
            }
            continue;
        }
        let (one, two) = ((low - start) / by, (high - start) / by);
        from = from.max(one.min(two));
        to = to.min(one.max(two));
    }
    from < to
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::graph::{Direction, Edge, End, Node, NodeId};
    use crate::diagram::layout::layout;
    use proptest::prelude::*;

    const LABEL: Size = Size { width: 30.0, height: 16.0 };

    fn graph(nodes: u32, pairs: &[(u32, u32)], direction: Direction) -> Graph {
        let node = |_| Node { size: Size { width: 70.0, height: 40.0 }, ..Node::default() };
        let edge = |&(from, to): &(u32, u32)| Edge {
            from: End::Node(NodeId(from)),
            to: End::Node(NodeId(to)),
            min_length: 1,
            label: None,
            start_label: Some(LABEL),
            end_label: Some(LABEL),
            heads: [18.0, 0.0],
        };
        let edges = pairs.iter().map(edge).collect();
        Graph { direction, nodes: (0..nodes).map(node).collect(), edges, clusters: Vec::new() }
    }

    fn labels(geometry: &Geometry) -> Vec<Rect> {
        let ends = geometry.routes.iter().flat_map(|r| [r.start_label, r.end_label]);
        ends.flatten().map(|centre| rect(centre, LABEL)).collect()
    }

    #[test]
    fn many_edges_at_a_narrow_box_leave_room_for_all_their_labels() {
        for direction in [Direction::Down, Direction::Right, Direction::Up] {
            let graph = graph(6, &[(0, 1), (0, 2), (0, 3), (0, 4), (5, 1)], direction);
            let geometry = layout(&graph);
            let labels = labels(&geometry);
            assert_eq!(labels.len(), 10);
            let boxes = geometry.nodes.iter().zip(&graph.nodes).map(|(p, n)| rect(*p, n.size));
            let all: Vec<Rect> = boxes.chain(labels).collect();
            for (at, a) in all.iter().enumerate() {
                assert!(all[at + 1..].iter().all(|b| !meet(*a, *b)), "{direction:?}: {a:?} in {all:?}");
            }
        }
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(100))]
        #[test]
        fn every_end_has_its_label_within_the_drawing(pairs in prop::collection::vec((0u32..8, 0u32..8), 1..14), down: bool) {
            let direction = if down { Direction::Down } else { Direction::Left };
            let geometry = layout(&graph(8, &pairs, direction));
            let labels = labels(&geometry);
            prop_assert_eq!(labels.len(), 2 * pairs.len());
            for r in labels {
                prop_assert!(r.x >= -0.1 && r.y >= -0.1, "{:?}", r);
                prop_assert!(r.x + r.width <= geometry.size.width + 0.1, "{:?} in {:?}", r, geometry.size);
                prop_assert!(r.y + r.height <= geometry.size.height + 0.1, "{:?} in {:?}", r, geometry.size);
            }
        }
    }
}
