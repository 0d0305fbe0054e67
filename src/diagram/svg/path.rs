//! Curves as path data: relative, straight pieces as lines.

use super::write::Num;
use crate::diagram::graph::Point;
use std::fmt::Write as _;

/// The path data of a chain of cubic Bézier pieces (the start, then three points a piece).
pub(super) fn data(curve: &[Point]) -> String {
    let Some(start) = curve.first() else { return String::new() };
    let mut pen = Pen { at: rounded_point(*start), out: format!("M{} {}", Num(start.x), Num(start.y)), straight: None };
    let mut from = *start;
    for piece in curve[1..].chunks_exact(3) {
        if is_straight(from, piece) {
            pen.line(from, piece[2]);
        } else {
            pen.curve(piece);
        }
        from = piece[2];
    }
    pen.flush();
    pen.out
}

/// The path data of straight pieces with round corners.
pub(super) fn rounded(points: &[Point], radius: f32) -> String {
    let Some(start) = points.first() else { return String::new() };
    let mut out = format!("M{} {}", Num(start.x), Num(start.y));
    for at in 1..points.len() {
        let (before, here) = (points[at - 1], points[at]);
        let Some(next) = points.get(at + 1) else {
            let _ = write!(out, "L{} {}", Num(here.x), Num(here.y));
            break;
        };
        let far = |a: Point, b: Point| (a.x - b.x).hypot(a.y - b.y);
        // A corner takes at most half of the pieces that it joins.
        let r = radius.min(far(before, here) / 2.0).min(far(here, *next) / 2.0);
        let towards = |to: Point| {
            let share = if far(here, to) > 0.01 { r / far(here, to) } else { 0.0 };
            Point { x: here.x + (to.x - here.x) * share, y: here.y + (to.y - here.y) * share }
        };
        let (from, to) = (towards(before), towards(*next));
        let _ =
            write!(out, "L{} {}Q{} {} {} {}", Num(from.x), Num(from.y), Num(here.x), Num(here.y), Num(to.x), Num(to.y));
    }
    out
}

fn rounded_point(p: Point) -> Point {
    let round = |v: f32| (v * 10.0).round() / 10.0;
    Point { x: round(p.x), y: round(p.y) }
}

struct Pen {
    /// Where the path is, as a reader of the rounded numbers sees it.
    at: Point,
    out: String,
    /// The line that is under way: where it began and where it ends so far.
    straight: Option<(Point, Point)>,
}

impl Pen {
    fn line(&mut self, from: Point, to: Point) {
        match &mut self.straight {
            Some((start, end)) if off_line(*start, to, *end) < 0.2 && goes_on(*start, *end, to) => *end = to,
            _ => {
                self.flush();
                self.straight = Some((from, to));
            }
        }
    }

    fn flush(&mut self) {
        if let Some((_, to)) = self.straight.take() {
            let to = rounded_point(to);
            let by = Point { x: to.x - self.at.x, y: to.y - self.at.y };
            let _ = match (by.x.abs() < 0.05, by.y.abs() < 0.05) {
                (true, true) => Ok(()),
                (true, false) => write!(self.out, "v{}", Num(by.y)),
                (false, true) => write!(self.out, "h{}", Num(by.x)),
                (false, false) => write!(self.out, "l{} {}", Num(by.x), Num(by.y)),
            };
            self.at = to;
        }
    }

    fn curve(&mut self, piece: &[Point]) {
        self.flush();
        self.out.push('c');
        for (at, p) in piece.iter().enumerate() {
            let blank = if at > 0 { " " } else { "" };
            let _ = write!(self.out, "{blank}{} {}", Num(p.x - self.at.x), Num(p.y - self.at.y));
        }
        self.at = rounded_point(piece[2]);
    }
}

fn is_straight(from: Point, piece: &[Point]) -> bool {
    off_line(from, piece[2], piece[0]) < 0.2 && off_line(from, piece[2], piece[1]) < 0.2
}

fn goes_on(start: Point, end: Point, to: Point) -> bool {
    (end.x - start.x) * (to.x - end.x) + (end.y - start.y) * (to.y - end.y) >= 0.0
}

/// How far a point is from the line through two others.
fn off_line(a: Point, b: Point, p: Point) -> f32 {
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let length = dx.hypot(dy);
    if length < 0.01 { (p.x - a.x).hypot(p.y - a.y) } else { ((p.x - a.x) * dy - (p.y - a.y) * dx).abs() / length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn corners_are_round_and_never_longer_than_the_pieces() {
        let p = |x: f32, y: f32| Point { x, y };
        assert_eq!(rounded(&[p(0.0, 0.0), p(20.0, 0.0), p(20.0, 6.0)], 8.0), "M0 0L17 0Q20 0 20 3L20 6");
        assert_eq!(rounded(&[], 8.0), "");
    }

    #[test]
    fn straight_pieces_become_one_line() {
        let p = |x: f32, y: f32| Point { x, y };
        let curve = [p(0.0, 0.0), p(0.0, 1.0), p(0.0, 2.0), p(0.0, 3.0), p(0.0, 4.0), p(0.0, 5.0), p(0.0, 6.0)];
        assert_eq!(data(&curve), "M0 0v6");
        let bent = [p(1.0, 1.0), p(1.0, 5.0), p(5.0, 5.0), p(9.0, 5.0)];
        assert_eq!(data(&bent), "M1 1c0 4 4 4 8 4");
    }
}
