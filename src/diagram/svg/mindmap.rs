//! Mind maps: measured, laid out as trees, drawn; each branch of the root has a colour of its own.

use super::frame::Frame;
use super::write::{self, Num};
use crate::diagram::graph::{Point, Size};
use crate::diagram::mermaid::mindmap::{MindMap, Outline, Topic};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::tree::{self, Leaf, Placed};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const ROOT: Face = Face { size: 15.0, line: 21.0, bold: true, measure: 220.0 };
const BRANCH: Face = Face { size: 14.0, line: 19.0, bold: true, measure: 220.0 };
const TWIG: Face = Face { size: 13.0, line: 18.0, bold: false, measure: 260.0 };
/// How many colours there are for branches.
const COLOURS: u32 = 6;
/// A map deeper or larger than this is set in columns: spread out, it would be wider than any screen.
const DEEP: u32 = 4;
/// How wide words may stand in a circle, in CSS pixels.
const IN_CIRCLE: f32 = 120.0;
const MANY: usize = 40;

/// Draws a mind map.
#[must_use]
pub fn mindmap(map: &MindMap, options: &Options<'_>) -> Drawing {
    let depths = depths(map);
    let set = |topic: &Topic, depth: u32| {
        let face = face(depth);
        // A circle around a line is mostly empty: its words stand in a block.
        let measure = if topic.outline == Outline::Circle { IN_CIRCLE } else { face.measure };
        text::set(&topic.label, Face { measure, ..face })
    };
    let blocks: Vec<Block> = map.topics.iter().zip(&depths).map(|(topic, depth)| set(topic, *depth)).collect();
    let leaves: Vec<Leaf> = map
        .topics
        .iter()
        .zip(&blocks)
        .zip(&depths)
        .map(|((topic, block), depth)| Leaf { size: size(topic.outline, block.size, *depth), parent: topic.parent })
        .collect();
    let is_large = map.topics.len() > MANY || depths.iter().any(|d| *d > DEEP);
    let placed = if is_large { tree::columns(&leaves) } else { tree::spread(&leaves) };
    let painter = Painter { map, options, blocks: &blocks, leaves: &leaves, placed: &placed };
    painter.paint()
}

fn depths(map: &MindMap) -> Vec<u32> {
    let mut depths: Vec<u32> = Vec::with_capacity(map.topics.len());
    for topic in &map.topics {
        depths.push(topic.parent.and_then(|p| depths.get(p as usize)).map_or(0, |d| d + 1));
    }
    depths
}

fn face(depth: u32) -> Face {
    match depth {
        0 => ROOT,
        1 => BRANCH,
        _ => TWIG,
    }
}

/// The size of a node around its words. The root and its branches have boxes, whatever their outline.
fn size(outline: Outline, label: Size, depth: u32) -> Size {
    let (w, h) = (label.width, label.height.max(18.0));
    match (outline, depth) {
        (Outline::Circle, _) => {
            let across = w.hypot(h) + 16.0;
            Size { width: across, height: across }
        }
        (Outline::Bang | Outline::Cloud, _) => Size { width: w * 1.25 + 34.0, height: h * 1.35 + 24.0 },
        (Outline::Hexagon, _) => Size { width: w + 38.0, height: h + 16.0 },
        (_, 0) => Size { width: w + 32.0, height: h + 20.0 },
        (_, 1) => Size { width: w + 24.0, height: h + 12.0 },
        (Outline::Default, _) => Size { width: w + 10.0, height: h + 5.0 },
        _ => Size { width: w + 20.0, height: h + 9.0 },
    }
}

struct Painter<'a> {
    map: &'a MindMap,
    options: &'a Options<'a>,
    blocks: &'a [Block],
    leaves: &'a [Leaf],
    placed: &'a Placed,
}

impl Painter<'_> {
    fn paint(&self) -> Drawing {
        let mut body = String::with_capacity(self.map.topics.len() * 160);
        let mut links = false;
        for at in 1..self.map.topics.len() {
            self.edge(at, &mut body);
        }
        for at in 0..self.map.topics.len() {
            links |= self.node(at, &mut body);
        }
        let phrases = self.options.phrases;
        let root = self.map.topics.first().map(|t| t.label.spoken()).unwrap_or_default();
        let title = self.map.title.clone().unwrap_or_else(|| format!("{}{root}", phrases.mindmap));
        let frame =
            Frame { class: "dgm mind", size: self.placed.size, title: &title, description: &self.description(), links };
        let svg = frame.open(self.options) + &body + "</svg>";
        Drawing { svg, width: self.placed.size.width, height: self.placed.size.height }
    }

    /// The branches of the root, in words.
    fn description(&self) -> String {
        let branches = self.map.topics.iter().filter(|t| t.parent == Some(0)).map(|t| t.label.spoken());
        branches.collect::<Vec<_>>().join(self.options.phrases.separator)
    }

    fn class(&self, at: usize) -> String {
        format!("b{}", self.placed.branch[at] % COLOURS)
    }

    fn edge(&self, at: usize, svg: &mut String) {
        let Some(up) = self.map.topics[at].parent.map(|p| p as usize) else { return };
        let joints = &self.placed.joints[at];
        if !joints.is_empty() {
            let class = if up == 0 { "edge".to_owned() } else { format!("edge {}", self.class(at)) };
            let _ =
                write!(svg, "<path class=\"{class}\" data-from=\"n{up}\" data-to=\"n{at}\" d=\"{}\"/>", elbow(joints));
            return;
        }
        let way = if self.placed.is_left[at] { -1.0 } else { 1.0 };
        let from = self.border(up, way);
        let to = self.border(at, -way);
        let middle = f32::midpoint(from.x, to.x);
        let (x, y) = (Num(middle), Num(to.y));
        let _ = write!(
            svg,
            "<path class=\"edge {}\" data-from=\"n{up}\" data-to=\"n{at}\" d=\"M{} {}C{x} {} {x} {y} {} {y}\"/>",
            self.class(at),
            Num(from.x),
            Num(from.y),
            Num(from.y),
            Num(to.x),
        );
    }

    /// The middle of a node's border to the right (1) or to the left (-1).
    fn border(&self, at: usize, way: f32) -> Point {
        let p = self.placed.centres[at];
        Point { x: p.x + way * self.leaves[at].size.width / 2.0, y: p.y }
    }

    /// Draws a node; whether it is a link.
    fn node(&self, at: usize, svg: &mut String) -> bool {
        let topic: &Topic = &self.map.topics[at];
        let href = topic.href.clone().or_else(|| (self.options.link)(&topic.label.named()));
        if let Some(href) = &href {
            svg.push_str("<a href=\"");
            write::escape(href, svg);
            svg.push_str("\">");
        }
        let depth = self.placed.depth[at];
        let class = if depth == 0 { "root".to_owned() } else { self.class(at) };
        // In an outline the lines of plain words begin below each other.
        let is_flush = depth > 1 && topic.outline == Outline::Default && !self.placed.joints[at].is_empty();
        let flush = if is_flush { " flush" } else { "" };
        let _ = write!(svg, "<g class=\"node {class} d{}{flush}\" data-id=\"n{at}\">", depth.min(2));
        self.outline(at, depth, svg);
        let p = self.placed.centres[at];
        let x = if is_flush { p.x - self.leaves[at].size.width / 2.0 + 5.0 } else { p.x };
        write::lines(&self.blocks[at].lines, (x, p.y), face(depth).line, None, svg);
        svg.push_str("</g>");
        if href.is_some() {
            svg.push_str("</a>");
        }
        href.is_some()
    }

    fn outline(&self, at: usize, depth: u32, svg: &mut String) {
        let p = self.placed.centres[at];
        let Size { width, height } = self.leaves[at].size;
        let (x, y) = (p.x - width / 2.0, p.y - height / 2.0);
        let outline = self.map.topics[at].outline;
        let rect = |radius: f32, class: &str, svg: &mut String| {
            let _ = write!(
                svg,
                "<rect{class} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"/>",
                Num(x),
                Num(y),
                Num(width),
                Num(height),
                Num(radius)
            );
        };
        match outline {
            Outline::Circle => {
                let _ = write!(svg, "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", Num(p.x), Num(p.y), Num(width / 2.0));
            }
            Outline::Bang | Outline::Cloud => {
                let _ = write!(svg, "<path d=\"{}\"/>", ring(p, width, height, outline == Outline::Bang));
            }
            Outline::Hexagon => {
                let (cut, right, bottom) = (12.0, x + width, y + height);
                let _ = write!(
                    svg,
                    "<path d=\"M{} {}H{}L{} {}L{} {}H{}L{} {}z\"/>",
                    Num(x + cut),
                    Num(y),
                    Num(right - cut),
                    Num(right),
                    Num(p.y),
                    Num(right - cut),
                    Num(bottom),
                    Num(x + cut),
                    Num(x),
                    Num(p.y)
                );
            }
            Outline::Square => rect(2.0, "", svg),
            Outline::Rounded => rect(height / 2.0, "", svg),
            Outline::Default if depth < 2 => rect(if depth == 0 { height / 2.0 } else { 6.0 }, "", svg),
            // Plain words still have a box, for pointing at.
            Outline::Default => rect(0.0, " class=\"bare\"", svg),
        }
    }
}

/// A line with rounded corners.
fn elbow(points: &[Point]) -> String {
    const RADIUS: f32 = 7.0;
    let mut path = String::new();
    for (n, p) in points.iter().enumerate() {
        let near = |other: Point| {
            let away = (other.x - p.x).hypot(other.y - p.y);
            let share = (RADIUS / away.max(0.1)).min(0.5);
            (Num(p.x + (other.x - p.x) * share), Num(p.y + (other.y - p.y) * share))
        };
        let (x, y) = (Num(p.x), Num(p.y));
        let _ = match (n.checked_sub(1).map(|b| points[b]), points.get(n + 1)) {
            (None, _) => write!(path, "M{x} {y}"),
            (Some(_), None) => write!(path, "L{x} {y}"),
            (Some(before), Some(after)) => {
                let (from, to) = (near(before), near(*after));
                write!(path, "L{} {}Q{x} {y} {} {}", from.0, from.1, to.0, to.1)
            }
        };
    }
    path
}

/// An ellipse of points (a bang) or of bulges (a cloud).
fn ring(centre: Point, width: f32, height: f32, points: bool) -> String {
    const STEPS: u16 = 12;
    let on = |step: f32, share: f32| {
        let angle = step / f32::from(STEPS) * std::f32::consts::TAU;
        (Num(centre.x + angle.cos() * width / 2.0 * share), Num(centre.y + angle.sin() * height / 2.0 * share))
    };
    let inner = if points { 0.84 } else { 0.9 };
    let (x, y) = on(0.0, inner);
    let mut path = format!("M{x} {y}");
    for step in 0..STEPS {
        let (mid, next) =
            (on(f32::from(step) + 0.5, if points { 1.0 } else { 1.08 }), on(f32::from(step) + 1.0, inner));
        let _ = if points {
            write!(path, "L{} {}L{} {}", mid.0, mid.1, next.0, next.1)
        } else {
            write!(path, "Q{} {} {} {}", mid.0, mid.1, next.0, next.1)
        };
    }
    path + "z"
}
