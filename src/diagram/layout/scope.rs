//! One scope: its units are gathered, divided into connected parts, laid out, packed and written into the geometry.
//!
//! In: a graph with its nesting and the sizes of the isolated clusters inside. Out: places in the scope's own
//! coordinates. Cost: linear, beside the layout of the parts.

use crate::diagram::graph::{ClusterId, Direction, End, Geometry, Graph, NodeId, Outline, Point, Rect, Route, Size};

use super::curve::rounded;
use super::layered::plan;
use super::looping::room;
use super::nest::Nest;
use super::pack::pack;
use super::part::{Axes, Block, EndRoom, Link, Part, Path, Plan, SelfLoop, Shape};
use super::spacing::{HEAD_WIDTH, PART_GAP, STRAIGHT};

/// What a scope holds directly.
#[derive(Clone, Debug, Default)]
pub(super) struct Contents {
    pub nodes: Vec<u32>,
    /// Isolated clusters, each one block.
    pub boxes: Vec<u32>,
    /// Clusters laid out in place, parents first.
    pub frames: Vec<u32>,
    pub edges: Vec<u32>,
}

/// The contents of all scopes, and the edges that no layout can place.
pub(super) fn contents(graph: &Graph, nest: &Nest) -> (Vec<Contents>, Vec<u32>) {
    let mut all = vec![Contents::default(); graph.clusters.len() + 1];
    for (n, &parent) in nest.node_parent.iter().enumerate() {
        all[nest.scope_in(parent).0 as usize].nodes.push(n as u32);
    }
    for (c, &parent) in nest.cluster_parent.iter().enumerate() {
        let home = &mut all[nest.scope_in(parent).0 as usize];
        if nest.isolated[c] {
            home.boxes.push(c as u32);
        } else {
            home.frames.push(c as u32);
        }
    }
    let mut odd = Vec::new();
    for (e, edge) in graph.edges.iter().enumerate() {
        if !nest.knows(edge) {
            continue;
        }
        let (from, to) = (nest.scope_of(edge.from), nest.scope_of(edge.to));
        if from == to {
            all[from.0 as usize].edges.push(e as u32);
        } else {
            odd.push(e as u32);
        }
    }
    (all, odd)
}

/// Where each thing of the graph is in the part it belongs to.
#[derive(Debug)]
pub(super) struct Places {
    node: Vec<u32>,
    cluster: Vec<u32>,
    /// Numbers among the units of the scope at hand, and among the units of a part.
    part_of: Vec<u32>,
}

impl Places {
    pub fn new(graph: &Graph) -> Self {
        Self { node: vec![0; graph.nodes.len()], cluster: vec![0; graph.clusters.len()], part_of: Vec::new() }
    }
}

/// A part with the graph's names for its members.
#[derive(Debug, Default)]
struct Named {
    part: Part,
    blocks: Vec<Unit>,
    frames: Vec<u32>,
    links: Vec<u32>,
    loops: Vec<u32>,
}

#[derive(Clone, Copy, Debug)]
enum Unit {
    Node(u32),
    Box(u32),
}

/// Lays out one scope. Writes centres, frames and routes in the scope's coordinates into `geometry`, the corners of
/// boxes into its cluster frames; edges it cannot place go to `odd`. Returns the scope's size.
pub(super) fn lay_out(
    graph: &Graph,
    nest: &Nest,
    contents: &Contents,
    direction: Direction,
    places: &mut Places,
    geometry: &mut Geometry,
    odd: &mut Vec<u32>,
) -> Size {
    let axes = Axes(direction);
    let mut builder = Builder { graph, nest, axes, places, geometry };
    let parts = builder.parts(contents, odd);
    let plans: Vec<Plan> = parts.iter().map(|p| plan(&p.part)).collect();
    let sizes: Vec<Size> = plans.iter().map(|p| axes.size(p.size)).collect();
    let (corners, size) = pack(&sizes, PART_GAP);
    for ((named, plan), corner) in parts.iter().zip(plans).zip(corners) {
        write(named, plan, axes, corner, geometry);
    }
    size
}

struct Builder<'a> {
    graph: &'a Graph,
    nest: &'a Nest,
    axes: Axes,
    places: &'a mut Places,
    geometry: &'a Geometry,
}

impl Builder<'_> {
    fn parts(&mut self, contents: &Contents, odd: &mut Vec<u32>) -> Vec<Named> {
        let count = self.divide(contents);
        let mut parts: Vec<Named> = (0..count).map(|_| Named::default()).collect();
        for &c in &contents.frames {
            let named = &mut parts[self.part_of_cluster(contents, c)];
            let parent = self.nest.frame(self.nest.cluster_parent[c as usize]).map(|p| self.places.cluster[p as usize]);
            self.places.cluster[c as usize] = named.frames.len() as u32;
            named.frames.push(c);
            named.part.frames.push(self.axes.frame(self.graph.clusters[c as usize].title, parent));
        }
        for (i, &n) in contents.nodes.iter().enumerate() {
            let named = &mut parts[self.places.part_of[i] as usize];
            self.places.node[n as usize] = named.blocks.len() as u32;
            let node = &self.graph.nodes[n as usize];
            let block = self.block(node.size, self.axes.shape(&node.outline), self.nest.node_parent[n as usize]);
            named.blocks.push(Unit::Node(n));
            named.part.blocks.push(block);
        }
        for (i, &c) in contents.boxes.iter().enumerate() {
            let named = &mut parts[self.places.part_of[contents.nodes.len() + i] as usize];
            self.places.cluster[c as usize] = named.blocks.len() as u32;
            let r = self.geometry.clusters[c as usize];
            let size = Size { width: r.width, height: r.height };
            let block = self.block(size, self.axes.shape(&Outline::Rect), self.nest.cluster_parent[c as usize]);
            named.blocks.push(Unit::Box(c));
            named.part.blocks.push(block);
        }
        let offset = contents.nodes.len() + contents.boxes.len() + contents.frames.len();
        for (i, &e) in contents.edges.iter().enumerate() {
            let named = &mut parts[self.places.part_of[offset + i] as usize];
            self.add_edge(named, e, odd);
        }
        for named in &mut parts {
            choose_ends(named, self.graph);
        }
        parts.iter_mut().for_each(|p| drop_odd(p, odd));
        parts
    }

    fn part_of_cluster(&self, contents: &Contents, c: u32) -> usize {
        let offset = contents.nodes.len() + contents.boxes.len();
        let i = contents.frames.binary_search(&c).unwrap_or(0);
        self.places.part_of[offset + i] as usize
    }

    fn block(&self, size: Size, shape: Shape, cluster: Option<u32>) -> Block {
        let frame = self.nest.frame(cluster).map(|c| self.places.cluster[c as usize]);
        Block { size: self.axes.size(sound(size)), shape, frame, loops: Size::default() }
    }

    /// Numbers the connected parts; `part_of` then holds the part of each node, box, frame and edge, in this order.
    fn divide(&mut self, contents: &Contents) -> usize {
        let (nodes, boxes, frames) = (contents.nodes.len(), contents.boxes.len(), contents.frames.len());
        let units = nodes + boxes + frames;
        for (i, &n) in contents.nodes.iter().enumerate() {
            self.places.node[n as usize] = i as u32;
        }
        for (i, &c) in contents.boxes.iter().chain(&contents.frames).enumerate() {
            self.places.cluster[c as usize] = (nodes + i) as u32;
        }
        let mut sets: Vec<u32> = (0..units as u32).collect();
        let holders = contents
            .nodes
            .iter()
            .map(|&n| self.nest.node_parent[n as usize])
            .chain(contents.boxes.iter().chain(&contents.frames).map(|&c| self.nest.cluster_parent[c as usize]));
        for (i, holder) in holders.enumerate() {
            if let Some(f) = self.nest.frame(holder) {
                join(&mut sets, i as u32, self.places.cluster[f as usize]);
            }
        }
        for &e in &contents.edges {
            let edge = &self.graph.edges[e as usize];
            join(&mut sets, self.unit(edge.from), self.unit(edge.to));
        }
        let mut number = vec![u32::MAX; units];
        let mut count = 0;
        self.places.part_of.clear();
        for i in 0..units as u32 {
            let root = find(&mut sets, i) as usize;
            if number[root] == u32::MAX {
                number[root] = count;
                count += 1;
            }
            self.places.part_of.push(number[root]);
        }
        for &e in &contents.edges {
            let unit = self.unit(self.graph.edges[e as usize].from);
            self.places.part_of.push(self.places.part_of[unit as usize]);
        }
        count as usize
    }

    fn unit(&self, end: End) -> u32 {
        match end {
            End::Node(NodeId(n)) => self.places.node[n as usize],
            End::Cluster(ClusterId(c)) => self.places.cluster[c as usize],
        }
    }

    fn add_edge(&self, named: &mut Named, e: u32, odd: &mut Vec<u32>) {
        let edge = &self.graph.edges[e as usize];
        let frame = |end: End| match end {
            End::Cluster(ClusterId(c)) if !self.nest.isolated[c as usize] => Some(self.places.cluster[c as usize]),
            _ => None,
        };
        let label = edge.label.map(|s| self.axes.size(sound(s)));
        if edge.from == edge.to {
            if frame(edge.from).is_some() {
                odd.push(e);
                return;
            }
            let block = self.unit(edge.from);
            named.part.blocks[block as usize].loops = room(named.part.blocks[block as usize].loops, label);
            named.part.loops.push(SelfLoop { block, label });
            named.loops.push(e);
            return;
        }
        let room = |label: Option<Size>, head: f32| {
            let label = label.map_or(Size::default(), |s| self.axes.size(sound(s)));
            let straight = STRAIGHT * sound(Size { width: 0.0, height: head }).height;
            let beside = if label.width > 0.0 { label.width + super::ends::CLEARANCE } else { 0.0 };
            EndRoom {
                straight,
                along: straight.max(label.height),
                across: beside + if head > 0.0 { HEAD_WIDTH } else { 0.0 },
            }
        };
        named.part.links.push(Link {
            from: self.unit(edge.from),
            to: self.unit(edge.to),
            length: edge.min_length,
            label,
            ends: [room(edge.start_label, edge.heads[0]), room(edge.end_label, edge.heads[1])],
            from_frame: frame(edge.from),
            to_frame: frame(edge.to),
        });
        named.links.push(e);
    }
}

/// A size that arithmetic can bear.
fn sound(size: Size) -> Size {
    let side = |x: f32| if x.is_finite() { x.clamp(0.0, 100_000.0) } else { 0.0 };
    Size { width: side(size.width), height: side(size.height) }
}

/// Links that end at a frame get a block inside it to run to: one that nothing inside the frame leads to, or from.
fn choose_ends(named: &mut Named, graph: &Graph) {
    let part = &mut named.part;
    if part.links.iter().all(|l| l.from_frame.is_none() && l.to_frame.is_none()) {
        return;
    }
    let _ = graph;
    let mut depth = vec![0u32; part.frames.len()];
    for f in 0..part.frames.len() {
        depth[f] = part.frames[f].parent.map_or(1, |p| depth[p as usize] + 1);
    }
    // For each block the depth of the innermost frame that it shares with a block leading to it, and from it.
    let mut led_to = vec![0u32; part.blocks.len()];
    let mut led_from = vec![0u32; part.blocks.len()];
    for link in part.links.iter().filter(|l| l.from_frame.is_none() && l.to_frame.is_none()) {
        let shared = shared_depth(part, &depth, link.from, link.to);
        let (to, from) = (&mut led_to[link.to as usize], &mut led_from[link.from as usize]);
        *to = shared.max(*to);
        *from = shared.max(*from);
    }
    let mut entry: Vec<Option<(bool, u32)>> = vec![None; part.frames.len()];
    let mut exit = entry.clone();
    for v in 0..part.blocks.len() {
        for f in part.around(part.blocks[v].frame) {
            let d = depth[f as usize];
            let better = |slot: &Option<(bool, u32)>, free: bool| slot.is_none_or(|(was, _)| free && !was);
            let free = led_to[v] < d;
            if better(&entry[f as usize], free) {
                entry[f as usize] = Some((free, v as u32));
            }
            let free = led_from[v] < d;
            if better(&exit[f as usize], free) {
                exit[f as usize] = Some((free, v as u32));
            }
        }
    }
    for link in &mut part.links {
        if let Some(f) = link.from_frame {
            link.from = exit[f as usize].map_or(u32::MAX, |(_, v)| v);
        }
        if let Some(f) = link.to_frame {
            link.to = entry[f as usize].map_or(u32::MAX, |(_, v)| v);
        }
    }
}

fn shared_depth(part: &Part, depth: &[u32], u: u32, v: u32) -> u32 {
    let (mut a, mut b) = (part.blocks[u as usize].frame, part.blocks[v as usize].frame);
    while let (Some(x), Some(y)) = (a, b) {
        if x == y {
            return depth[x as usize];
        }
        let (dx, dy) = (depth[x as usize], depth[y as usize]);
        if dx >= dy {
            a = part.frames[x as usize].parent;
        }
        if dy >= dx {
            b = part.frames[y as usize].parent;
        }
    }
    0
}

/// Takes out links that the layered method has no place for: from a frame to what it holds.
fn drop_odd(named: &mut Named, odd: &mut Vec<u32>) {
    let part = &named.part;
    let holds = |frame: Option<u32>, v: u32| {
        let around = part.blocks.get(v as usize).map_or(Some(v), |b| b.frame);
        frame.is_some_and(|f| part.around(around).any(|x| x == f))
    };
    let fits: Vec<bool> = part
        .links
        .iter()
        .map(|l| {
            let known = (l.from.max(l.to) as usize) < part.blocks.len();
            known && l.from != l.to && !holds(l.from_frame, l.to) && !holds(l.to_frame, l.from)
        })
        .collect();
    if fits.iter().all(|&f| f) {
        return;
    }
    odd.extend(named.links.iter().zip(&fits).filter(|(_, fit)| !**fit).map(|(&e, _)| e));
    let mut keep = fits.iter();
    named.links.retain(|_| *keep.next().unwrap_or(&true));
    let mut keep = fits.iter();
    named.part.links.retain(|_| *keep.next().unwrap_or(&true));
}

fn find(sets: &mut [u32], mut i: u32) -> u32 {
    while sets[i as usize] != i {
        let up = sets[sets[i as usize] as usize];
        sets[i as usize] = up;
        i = up;
    }
    i
}

fn join(sets: &mut [u32], a: u32, b: u32) {
    let (a, b) = (find(sets, a), find(sets, b));
    sets[a.max(b) as usize] = a.min(b);
}

/// Writes a part's plan into the geometry, turned into the scope's axes and moved to its corner.
fn write(named: &Named, plan: Plan, axes: Axes, corner: Point, geometry: &mut Geometry) {
    let size = plan.size;
    let at = |p: Point| {
        let p = axes.point(p, size);
        Point { x: p.x + corner.x, y: p.y + corner.y }
    };
    for ((unit, block), &center) in named.blocks.iter().zip(&named.part.blocks).zip(&plan.blocks) {
        let p = at(center);
        match *unit {
            Unit::Node(n) => geometry.nodes[n as usize] = p,
            Unit::Box(c) => {
                let s = axes.size(block.size);
                let r = &mut geometry.clusters[c as usize];
                *r = Rect { x: p.x - s.width / 2.0, y: p.y - s.height / 2.0, ..*r };
            }
        }
    }
    for (&c, &r) in named.frames.iter().zip(&plan.frames) {
        let r = axes.rect(r, size);
        geometry.clusters[c as usize] = Rect { x: r.x + corner.x, y: r.y + corner.y, ..r };
    }
    let turn = |path: Path, smooth: bool| {
        let points: Vec<Point> = path.points.into_iter().map(at).collect();
        let curve = if smooth { rounded(&points) } else { points };
        Route { curve, label: path.label.map(at), ..Route::default() }
    };
    for (&e, path) in named.links.iter().zip(plan.paths) {
        geometry.routes[e as usize] = turn(path, true);
    }
    for (&e, path) in named.loops.iter().zip(plan.loops) {
        geometry.routes[e as usize] = turn(path, false);
    }
}
