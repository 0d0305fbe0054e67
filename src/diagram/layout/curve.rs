//! Curves: chains of straight pieces become chains of cubic Béziers with rounded corners.
//!
//! A corner is cut so far from its point that the curve keeps within [`MOST_CUT`] of it: the way was taut around
//! something that stands that far off at least. Cost: linear.

use crate::diagram::graph::{Point, Rect};

/// How far a rounded corner may be from the sharp one.
const MOST_CUT: f32 = 6.0;

/// How much of a piece one corner may take.
const SHARE: f32 = 0.48;

/// The Bézier chain along `points`.
pub(super) fn rounded(points: &[Point]) -> Vec<Point> {
    let (Some(&first), Some(&last)) = (points.first(), points.last()) else { return Vec::new() };
    let mut curve = vec![first];
    for i in 1..points.len().saturating_sub(1) {
        let (a, corner, b) = (points[i - 1], points[i], points[i + 1]);
        let (before, after) = (distance(a, corner), distance(corner, b));
        let cut = reach(a, corner, b).min(SHARE * before).min(SHARE * after);
        if cut < 0.5 {
            line_to(&mut curve, corner);
            continue;
        }
        let enter = toward(corner, a, cut / before);
        let leave = toward(corner, b, cut / after);
        line_to(&mut curve, enter);
        // A quadratic curve around the corner, raised to a cubic.
        curve.extend([toward(enter, corner, 2.0 / 3.0), toward(leave, corner, 2.0 / 3.0), leave]);
    }
    line_to(&mut curve, last);
    curve
}

/// How far from the corner the curve may begin so as to pass it within [`MOST_CUT`].
fn reach(a: Point, corner: Point, b: Point) -> f32 {
    let (before, after) = (distance(a, corner).max(1e-3), distance(corner, b).max(1e-3));
    let (ux, uy) = ((corner.x - a.x) / before, (corner.y - a.y) / before);
    let (vx, vy) = ((b.x - corner.x) / after, (b.y - corner.y) / after);
    let half_turn = (0.5 * (1.0 - (ux * vx + uy * vy))).max(0.0).sqrt();
    2.0 * MOST_CUT / half_turn.max(1e-3)
}

fn line_to(curve: &mut Vec<Point>, end: Point) {
    let Some(&start) = curve.last() else { return };
    curve.extend([toward(start, end, 1.0 / 3.0), toward(start, end, 2.0 / 3.0), end]);
}

/// The point `share` of the way from `a` to `b`.
pub(super) fn toward(a: Point, b: Point, share: f32) -> Point {
    Point { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share }
}

pub(super) fn distance(a: Point, b: Point) -> f32 {
    (a.x - b.x).hypot(a.y - b.y)
}

/// Drops what comes before the way last leaves `frame`: it then begins on the frame's border.
pub(super) fn start_at_border(points: &mut Vec<Point>, frame: Rect) {
    for i in (1..points.len()).rev() {
        let (inner, outer) = (points[i - 1], points[i]);
        if !holds(frame, inner) {
            continue;
        }
        points[i - 1] = border_point(frame, inner, outer);
        points.drain(..i - 1);
        return;
    }
}

pub(super) fn holds(r: Rect, p: Point) -> bool {
    p.x >= r.x && p.x <= r.x + r.width && p.y >= r.y && p.y <= r.y + r.height
}

/// Where the line from a point in `r` to one outside leaves it.
pub(super) fn border_point(r: Rect, inner: Point, outer: Point) -> Point {
    let share = |from: f32, to: f32, low: f32, high: f32| {
        if to > high {
            (high - from) / (to - from)
        } else if to < low {
            (low - from) / (to - from)
        } else {
            1.0
        }
    };
    let t = share(inner.x, outer.x, r.x, r.x + r.width).min(share(inner.y, outer.y, r.y, r.y + r.height));
    toward(inner, outer, t.clamp(0.0, 1.0))
}
