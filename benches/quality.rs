//! How good drawings are: `DIAGRAMS=folder cargo bench --bench quality`
//!
//! Counts over the `.mmd` files of a folder what makes a drawing hard to read. No browser: the geometry is measured as
//! the layout gives it.

use portolan::diagram::graph::{End, Geometry, Graph, Point, Rect, Size};
use portolan::diagram::laid_out;
use std::ops::AddAssign;

/// Sums over drawings.
#[derive(Debug, Default, Clone, Copy)]
struct Figures {
    drawings: f32,
    crossings: usize,
    overlaps: usize,
    through_nodes: usize,
    through_labels: usize,
    detached: usize,
    outside: usize,
    length: f32,
    turn: f32,
    area: f32,
}

impl AddAssign for Figures {
    fn add_assign(&mut self, other: Figures) {
        self.drawings += other.drawings;
        self.crossings += other.crossings;
        self.overlaps += other.overlaps;
        self.through_nodes += other.through_nodes;
        self.through_labels += other.through_labels;
        self.detached += other.detached;
        self.outside += other.outside;
        self.length += other.length;
        self.turn += other.turn;
        self.area += other.area;
    }
}

fn around(centre: Point, size: Size) -> Rect {
    Rect { x: centre.x - size.width / 2.0, y: centre.y - size.height / 2.0, width: size.width, height: size.height }
}

fn overlap(a: Rect, b: Rect) -> bool {
    let by = |a: f32, al: f32, b: f32, bl: f32| (a + al).min(b + bl) - a.max(b);
    by(a.x, a.width, b.x, b.width) > 1.0 && by(a.y, a.height, b.y, b.height) > 1.0
}

/// How far a point is outside a box; negative inside.
fn distance(r: Rect, p: Point) -> f32 {
    let dx = (r.x - p.x).max(p.x - r.x - r.width);
    let dy = (r.y - p.y).max(p.y - r.y - r.height);
    if dx > 0.0 && dy > 0.0 { dx.hypot(dy) } else { dx.max(dy) }
}

/// Points along a chain of cubic Bézier pieces.
fn sampled(curve: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = curve.first().copied().into_iter().collect();
    for piece in curve.windows(4).step_by(3) {
        for step in 1..=16u8 {
            let t = f32::from(step) / 16.0;
            let u = 1.0 - t;
            let mix = |of: fn(&Point) -> f32| {
                u * u * u * of(&piece[0])
                    + 3.0 * u * u * t * of(&piece[1])
                    + 3.0 * u * t * t * of(&piece[2])
                    + t * t * t * of(&piece[3])
            };
            points.push(Point { x: mix(|p| p.x), y: mix(|p| p.y) });
        }
    }
    points
}

fn cross(s: &[Point], t: &[Point]) -> bool {
    let side = |a: Point, b: Point, p: Point| (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);
    side(s[0], s[1], t[0]) * side(s[0], s[1], t[1]) < 0.0 && side(t[0], t[1], s[0]) * side(t[0], t[1], s[1]) < 0.0
}

fn figures(graph: &Graph, geometry: &Geometry) -> Figures {
    let nodes: Vec<Rect> = graph.nodes.iter().zip(&geometry.nodes).map(|(n, p)| around(*p, n.size)).collect();
    let labels: Vec<Option<Rect>> =
        graph.edges.iter().zip(&geometry.routes).map(|(e, r)| Some(around(r.label?, e.label?))).collect();
    let curves: Vec<Vec<Point>> = geometry.routes.iter().map(|r| sampled(&r.curve)).collect();
    let mut f = Figures { drawings: 1.0, ..Figures::default() };
    let all: Vec<Rect> = nodes.iter().copied().chain(labels.iter().flatten().copied()).collect();
    for (at, a) in all.iter().enumerate() {
        f.overlaps += all[at + 1..].iter().filter(|b| overlap(*a, **b)).count();
        let inside = a.x > -1.0
            && a.y > -1.0
            && a.x + a.width < geometry.size.width + 1.0
            && a.y + a.height < geometry.size.height + 1.0;
        f.outside += usize::from(!inside);
    }
    let mean = nodes.iter().map(|n| (n.width * n.height).sqrt()).sum::<f32>() / nodes.len().max(1) as f32;
    for (at, curve) in curves.iter().enumerate() {
        let edge = &graph.edges[at];
        let is_end = |n: usize| [edge.from, edge.to].iter().any(|e| matches!(e, End::Node(id) if id.0 as usize == n));
        let hit = |r: Rect| curve.iter().any(|p| distance(r, *p) < -2.0);
        f.through_nodes += nodes.iter().enumerate().filter(|(n, r)| !is_end(*n) && hit(**r)).count();
        f.through_labels += labels.iter().enumerate().filter(|(n, r)| *n != at && r.is_some_and(hit)).count();
        for (end, point) in [(edge.from, curve.first()), (edge.to, curve.last())] {
            let target = match end {
                End::Node(id) => nodes[id.0 as usize],
                End::Cluster(id) => geometry.clusters[id.0 as usize],
            };
            f.detached += usize::from(point.is_none_or(|p| distance(target, *p) > 8.0));
        }
        for other in &curves[at + 1..] {
            let ends = [curve.first(), curve.last(), other.first(), other.last()];
            let near_end = |p: Point| ends.into_iter().flatten().any(|e| (e.x - p.x).hypot(e.y - p.y) < 10.0);
            let pairs = curve.windows(2).flat_map(|s| other.windows(2).map(move |t| (s, t)));
            f.crossings += pairs.filter(|(s, t)| cross(s, t) && !near_end(s[1])).count();
        }
        let steps: Vec<Point> = curve.windows(2).map(|w| Point { x: w[1].x - w[0].x, y: w[1].y - w[0].y }).collect();
        let edges = curves.len().max(1) as f32;
        f.length += steps.iter().map(|s| s.x.hypot(s.y)).sum::<f32>() / mean / edges;
        let angle = |a: &Point, b: &Point| (a.x * b.y - a.y * b.x).atan2(a.x * b.x + a.y * b.y).abs();
        f.turn += steps.windows(2).map(|w| angle(&w[0], &w[1])).sum::<f32>() / edges;
    }
    let filled: f32 = nodes.iter().map(|n| n.width * n.height).sum();
    f.area = geometry.size.width * geometry.size.height / filled.max(1.0);
    f
}

#[allow(clippy::print_stdout, reason = "this is what it is for")]
fn main() {
    let Some(folder) = std::env::var_os("DIAGRAMS") else {
        println!("DIAGRAMS names no folder of .mmd files; nothing was measured");
        return;
    };
    let mut sum = Figures::default();
    let mut undrawn = 0;
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        let Some(text) =
            (path.extension().is_some_and(|e| e == "mmd")).then(|| std::fs::read_to_string(&path).expect("text"))
        else {
            continue;
        };
        match laid_out(&text) {
            Some((graph, geometry)) => sum += figures(&graph, &geometry),
            None => undrawn += 1,
        }
    }
    println!("drawings          {} ({undrawn} not drawn)", sum.drawings);
    println!("crossings         {}", sum.crossings);
    println!("overlaps          {}", sum.overlaps);
    println!("through nodes     {}", sum.through_nodes);
    println!("through labels    {}", sum.through_labels);
    println!("detached ends     {}", sum.detached);
    println!("outside           {}", sum.outside);
    println!("length, mean      {:.2}", sum.length / sum.drawings);
    println!("turn, mean        {:.2}", sum.turn / sum.drawings);
    println!("area, mean        {:.2}", sum.area / sum.drawings);
}
