//! Where the title of a cluster stands at its upper edge: in the middle, or at a side where no edge runs through it.

use super::spacing::{FRAME_PAD, TITLE_PAD};
use crate::diagram::graph::{Geometry, Graph, Point, Rect};

/// How many points of a curve's piece are looked at.
const STEPS: u8 = 12;

/// Places all titles. Cost: for each cluster, the curves whose piece comes near its upper edge.
pub(super) fn place(graph: &Graph, geometry: &mut Geometry) {
    let curves: Vec<Vec<Point>> = geometry.routes.iter().map(|r| sampled(&r.curve)).collect();
    for (c, cluster) in graph.clusters.iter().enumerate() {
        let frame = geometry.clusters[c];
        let title = cluster.title;
        let y = frame.y + TITLE_PAD + title.height / 2.0;
        let half = title.width / 2.0;
        let middle = frame.x + frame.width / 2.0;
        let (left, right) = (frame.x + FRAME_PAD + half, frame.x + frame.width - FRAME_PAD - half);
        let hits = |x: f32| {
            let around = Rect { x: x - half, y: y - title.height / 2.0, width: title.width, height: title.height };
            curves.iter().filter(|curve| curve.iter().any(|p| holds(around, *p))).count()
        };
        // The first with the fewest wins.
        let places = if left < middle { [middle, left, right] } else { [middle; 3] };
        let mut best = (middle, usize::MAX);
        for x in places {
            let count = hits(x);
            if count < best.1 {
                best = (x, count);
            }
            if count == 0 {
                break;
            }
        }
        geometry.titles[c] = Point { x: best.0, y };
    }
}

fn holds(r: Rect, p: Point) -> bool {
    p.x >= r.x && p.x <= r.x + r.width && p.y >= r.y && p.y <= r.y + r.height
}

/// Points along a chain of cubic pieces.
pub(super) fn sampled(curve: &[Point]) -> Vec<Point> {
    let mut points: Vec<Point> = curve.first().copied().into_iter().collect();
    let mut from = match curve.first() {
        Some(start) => *start,
        None => return points,
    };
    for piece in curve[1..].chunks_exact(3) {
        for step in 1..=STEPS {
            let t = f32::from(step) / f32::from(STEPS);
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            points.push(Point {
                x: mix(from.x, piece[0].x, piece[1].x, piece[2].x),
                y: mix(from.y, piece[0].y, piece[1].y, piece[2].y),
            });
        }
        from = piece[2];
    }
    points
}
