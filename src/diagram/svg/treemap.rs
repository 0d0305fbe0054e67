//! Treemaps: sections as frames with their names above, leaves as areas; what is too small for its name is listed below.

use super::chart::{Anchor, COLOURS, Canvas, MARGIN, Patch, SMALL, WORDS};
use super::flowchart::{attributes, words};
use super::scale;
use super::write::Num;
use crate::diagram::graph::{Rect, Size};
use crate::diagram::mermaid::label::{Label, Run};
use crate::diagram::mermaid::treemap::Treemap;
use crate::diagram::squares::squares;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const SECTION: Face = Face { bold: true, ..WORDS };
/// A section's name, and the frame around what lies in it.
const HEAD: f32 = 24.0;
const FRAME: f32 = 5.0;
const GAP: f32 = 3.0;
/// Sizes in pixels; the smallest that holds the most names is taken.
const SIZES: [(f32, f32); 4] = [(640.0, 380.0), (760.0, 460.0), (900.0, 560.0), (1080.0, 720.0)];

/// Draws a treemap.
#[must_use]
pub fn treemap(map: &Treemap, options: &Options<'_>) -> Drawing {
    let tree = Tree::of(map);
    let plans = SIZES.into_iter().map(|(width, height)| tree.plan(map, width, height));
    let plan = plans.min_by_key(Plan::unnamed).unwrap_or_default();
    let mut canvas = Canvas::new(options);
    let (title, top) = canvas.title(&map.heading, plan.width);
    for (at, words) in plan.words.iter().enumerate() {
        let r = plan.places[at];
        if r.width > 0.5 && r.height > 0.5 {
            let r = Rect { x: r.x + MARGIN, y: r.y + top, ..r };
            canvas.linked(&map.parts[at].label, |canvas| tree.part(map, at, words.as_ref(), r, canvas));
        }
    }
    let mut bottom = top + plan.height;
    let unnamed: Vec<(usize, Label)> = (0..map.parts.len())
        .filter(|at| plan.words[*at].is_none())
        .map(|at| (tree.colours[at], tree.label(map, at, " ")))
        .collect();
    if !unnamed.is_empty() {
        let items: Vec<(usize, &Label, Patch)> = unnamed.iter().map(|(c, label)| (*c, label, Patch::Area)).collect();
        bottom = canvas.legend(&items, bottom + 12.0, plan.width);
    }
    let said: Vec<String> =
        (0..map.parts.len()).map(|at| canvas.said(&map.parts[at].label, &scale::number(tree.sums[at]))).collect();
    let width = canvas_width(&unnamed, plan.width).max(title);
    let size = Size { width: width + 2.0 * MARGIN, height: bottom + MARGIN };
    canvas.finish("treemap", size, &map.heading, options.phrases.treemap, &said)
}

/// How wide the drawing is with the names below it.
fn canvas_width(unnamed: &[(usize, Label)], width: f32) -> f32 {
    let wide = |(_, label): &(usize, Label)| super::chart::ENTRY + text::set(label, WORDS).size.width;
    unnamed.iter().map(wide).fold(width, f32::max)
}

/// Sums and children of each part.
struct Tree {
    sums: Vec<f64>,
    children: Vec<Vec<usize>>,
    roots: Vec<usize>,
    colours: Vec<usize>,
}

/// Where the parts are, and how their words are set; none if there is no room for them.
#[derive(Default)]
struct Plan {
    width: f32,
    height: f32,
    places: Vec<Rect>,
    words: Vec<Option<(Block, Face)>>,
}

impl Plan {
    /// How many parts have no room for their names.
    fn unnamed(&self) -> usize {
        self.words.iter().filter(|words| words.is_none()).count()
    }
}

impl Tree {
    fn of(map: &Treemap) -> Tree {
        let count = map.parts.len();
        let mut sums: Vec<f64> = map.parts.iter().map(|p| p.value.unwrap_or(0.0)).collect();
        // Where all is nothing, each leaf is as much as any other.
        let even = sums.iter().sum::<f64>() <= 0.0;
        let mut children = vec![Vec::new(); count];
        let mut roots = Vec::new();
        let mut colours = vec![0; count];
        for (at, part) in map.parts.iter().enumerate() {
            match part.parent {
                Some(parent) => children[parent].push(at),
                None => roots.push(at),
            }
            colours[at] = part.parent.map_or(roots.len().saturating_sub(1), |parent| colours[parent]);
        }
        // One root would give its colour to all: what lies in it has colours of its own then.
        if let [root] = roots[..] {
            for (n, child) in children[root].iter().enumerate() {
                colours[*child] = n;
            }
            for at in root + 1..count {
                if let Some(parent) = map.parts[at].parent.filter(|p| *p != root) {
                    colours[at] = colours[parent];
                }
            }
        }
        if even {
            sums = (0..count).map(|at| if children[at].is_empty() { 1.0 } else { 0.0 }).collect();
        }
        for at in (0..count).rev() {
            if let Some(parent) = map.parts[at].parent {
                sums[parent] += sums[at];
            }
        }
        let by_size = |list: &mut Vec<usize>| list.sort_by(|a, b| sums[*b].total_cmp(&sums[*a]));
        children.iter_mut().for_each(by_size);
        by_size(&mut roots);
        Tree { sums, children, roots, colours }
    }

    /// A part's name with its value behind it, or in a line of its own.
    fn label(&self, map: &Treemap, at: usize, between: &str) -> Label {
        let part = &map.parts[at];
        let mut label = part.label.clone();
        if map.shows_values && part.value.is_some() {
            let text = scale::formatted(self.sums[at], &map.format);
            let value = Run { text: format!("{between}{text}"), ..Run::default() };
            match label.lines.last_mut().filter(|_| !between.is_empty()) {
                Some(line) => line.push(value),
                None => label.lines.push(vec![value]),
            }
        }
        label
    }

    fn plan(&self, map: &Treemap, width: f32, height: f32) -> Plan {
        let mut plan =
            Plan { width, height, places: vec![Rect::default(); map.parts.len()], words: vec![None; map.parts.len()] };
        let whole = Rect { x: 0.0, y: 0.0, width, height };
        // What is open and where it goes; no recursion, for sections may be deep.
        let mut open = vec![(&self.roots, whole)];
        while let Some((parts, within)) = open.pop() {
            let sums: Vec<f64> = parts.iter().map(|at| self.sums[*at]).collect();
            for (at, place) in parts.iter().zip(squares(&sums, within)) {
                let gap = GAP.min(place.width.min(place.height) / 3.0);
                let r = Rect { width: place.width - gap, height: place.height - gap, ..place };
                plan.places[*at] = r;
                plan.words[*at] = self.set(map, *at, r);
                if !self.children[*at].is_empty() {
                    let inner = Rect {
                        x: r.x + FRAME,
                        y: r.y + HEAD,
                        width: (r.width - 2.0 * FRAME + GAP).max(0.0),
                        height: (r.height - HEAD - FRAME + GAP).max(0.0),
                    };
                    open.push((&self.children[*at], inner));
                }
            }
        }
        plan
    }

    /// The words of a part, as large as there is room for.
    fn set(&self, map: &Treemap, at: usize, r: Rect) -> Option<(Block, Face)> {
        let (width, height) = (r.width - 8.0, r.height - 4.0);
        let is_section = !self.children[at].is_empty();
        let faces: &[Face] = if is_section { &[SECTION] } else { &[WORDS, SMALL] };
        for face in faces {
            let label = if is_section { Label::plain(&map.parts[at].label.spoken()) } else { self.label(map, at, "") };
            let measure = if is_section { f32::MAX } else { width.max(1.0) };
            let face = Face { measure, ..*face };
            let block = text::set(&label, face);
            let room = if is_section { HEAD } else { height };
            if block.size.width <= width && block.size.height <= room {
                return Some((block, face));
            }
        }
        None
    }

    fn part(&self, map: &Treemap, at: usize, set: Option<&(Block, Face)>, r: Rect, canvas: &mut Canvas<'_>) {
        let is_section = !self.children[at].is_empty();
        let style = &map.parts[at].style;
        let class = if is_section { "cluster field" } else { "node tile" };
        let _ = write!(
            canvas.svg,
            "<g class=\"{class} c{}\" data-id=\"a{at}\"><rect{} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            self.colours[at] % COLOURS,
            attributes(style),
            Num(r.x),
            Num(r.y),
            Num(r.width),
            Num(r.height)
        );
        if let Some((block, face)) = set {
            let colour = words(style);
            if is_section {
                let y = r.y + HEAD / 2.0;
                canvas.coloured(block, *face, (r.x + 6.0, y), Anchor::Start, "strong", colour);
                self.sum(map, at, block, r, canvas);
            } else {
                let middle = (r.x + r.width / 2.0, r.y + r.height / 2.0);
                canvas.coloured(block, *face, middle, Anchor::Middle, "", colour);
            }
        }
        canvas.svg.push_str("</g>");
    }

    /// The sum of a section, at the end of its head, if there is room.
    fn sum(&self, map: &Treemap, at: usize, name: &Block, r: Rect, canvas: &mut Canvas<'_>) {
        if !map.shows_values {
            return;
        }
        let block = text::set(&Label::plain(&scale::formatted(self.sums[at], &map.format)), SMALL);
        if name.size.width + block.size.width + 24.0 < r.width {
            let place = (r.x + r.width - 6.0, r.y + HEAD / 2.0);
            canvas.coloured(&block, SMALL, place, Anchor::End, "pale", words(&map.parts[at].style));
        }
    }
}
