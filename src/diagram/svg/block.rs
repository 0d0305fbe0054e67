//! Block diagrams: boxes where the author puts them, links around them.

use super::flowchart::{attributes, words};
use super::head;
use super::sheet::{MARGIN, Sheet, spoken};
use super::write::{self, Num};
use super::{path, shape};
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::grid::{Grid, flow};
use crate::diagram::mermaid::block::{Block, Blocks, Form, Link, Points};
use crate::diagram::mermaid::flowchart::{Head, Shape, Stroke, Style};
use crate::diagram::text::{self, Face};
use crate::diagram::wires::{self, End, Run, Wire};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const WORDS: Face = Face { size: 14.0, line: 20.0, bold: false, measure: 210.0 };
const TITLE: Face = Face { size: 13.0, line: 18.0, bold: true, measure: 320.0 };
const LINK: Face = Face { size: 12.5, line: 17.0, bold: false, measure: 150.0 };
/// Between boxes without links.
const GAP: f32 = 10.0;
/// Between boxes with links.
const ROOM: f32 = 24.0;
/// How far wires keep away from boxes.
const CLEAR: f32 = ROOM / 2.0;
/// The head of an arrow among the boxes: its length, and how far it stands out at its sides.
const HEAD: (f32, f32) = (16.0, 7.0);

/// Where everything is.
struct Placed {
    size: Size,
    /// One a block.
    boxes: Vec<Rect>,
    runs: Vec<Run>,
}

/// Draws a block diagram.
#[must_use]
pub fn block(blocks: &Blocks, options: &Options<'_>) -> Drawing {
    let mut sheet = Sheet::new(options);
    let title = sheet.title(blocks.about.title.as_deref());
    let measured = Measured::of(blocks);
    let placed = measured.place(MARGIN + title.height);
    let heads: Vec<Head> = blocks.links.iter().flat_map(|link| [link.start, link.end]).collect();
    sheet.svg.push_str(&head::markers(&heads, options.prefix));
    let painter = Painter { blocks, measured: &measured, placed: &placed, prefix: options.prefix };
    painter.paint(&mut sheet);
    let size = Size { width: placed.size.width.max(title.width + 2.0 * MARGIN), height: placed.size.height };
    let description = blocks.about.description.clone().unwrap_or_else(|| described(blocks, options));
    sheet.finish("", size, blocks.about.name().unwrap_or(options.phrases.block), &description)
}

/// Who leads to whom, in words; the boxes, where nothing leads anywhere.
fn described(blocks: &Blocks, options: &Options<'_>) -> String {
    let (open, close) = options.phrases.label;
    let name = |at: usize| {
        let block = &blocks.blocks[at];
        if block.label.is_empty() { block.id.clone() } else { block.label.spoken() }
    };
    if blocks.links.is_empty() {
        let named = (0..blocks.blocks.len()).filter(|at| !blocks.blocks[*at].label.is_empty());
        return spoken(named.map(name), options);
    }
    let link = |link: &Link| {
        let label = if link.label.is_empty() { String::new() } else { format!("{open}{}{close}", link.label.spoken()) };
        format!("{}{}{}{label}", name(link.from), options.phrases.to, name(link.to))
    };
    spoken(blocks.links.iter().map(link), options)
}

/// Everything that is written, measured.
struct Measured<'b> {
    blocks: &'b Blocks,
    labels: Vec<text::Block>,
    links: Vec<text::Block>,
    /// What lies in each frame; the last one is the whole.
    children: Vec<Vec<usize>>,
}

impl<'b> Measured<'b> {
    fn of(blocks: &'b Blocks) -> Self {
        let face = |block: &Block| if matches!(block.form, Form::Frame(_)) { TITLE } else { WORDS };
        let count = blocks.blocks.len();
        let mut children = vec![Vec::new(); count + 1];
        for (at, block) in blocks.blocks.iter().enumerate() {
            children[block.parent.unwrap_or(count)].push(at);
        }
        Measured {
            blocks,
            labels: blocks.blocks.iter().map(|block| text::set(&block.label, face(block))).collect(),
            links: blocks.links.iter().map(|link| text::set(&link.label, LINK)).collect(),
            children,
        }
    }

    /// Places everything; with more room between the boxes where links or their words would not have enough.
    fn place(&self, top: f32) -> Placed {
        if self.links.is_empty() {
            return self.try_place(top, Size { width: GAP, height: GAP });
        }
        let wide = self.links.iter().map(|label| label.size.width).fold(0.0, f32::max) + 26.0;
        let high = self.links.iter().map(|label| label.size.height).fold(0.0, f32::max) + 24.0;
        let gaps = [(ROOM, ROOM), (ROOM, high), (wide, high), (wide + 2.0 * ROOM, high + 2.0 * ROOM)];
        let mut best: Option<(usize, Placed)> = None;
        for (width, height) in gaps {
            let placed = self.try_place(top, Size { width: width.max(ROOM), height: height.max(ROOM) });
            let faults = placed.runs.iter().filter(|run| !run.is_clean).count();
            if best.as_ref().is_none_or(|(least, _)| faults < *least) {
                best = Some((faults, placed));
            }
            if faults == 0 {
                break;
            }
        }
        best.map_or_else(|| self.try_place(top, Size { width: GAP, height: GAP }), |(_, placed)| placed)
    }

    fn try_place(&self, top: f32, gap: Size) -> Placed {
        let blocks = &self.blocks.blocks;
        let pad = if self.links.is_empty() { GAP } else { CLEAR + 12.0 };
        let count = blocks.len();
        let mut sizes = vec![Size::default(); count];
        let mut grids: Vec<Grid> = vec![Grid::default(); count + 1];
        // What lies in a frame comes after it.
        for at in (0..count).rev().chain([count]) {
            let columns = match blocks.get(at).map(|block| &block.form) {
                None => self.blocks.columns,
                Some(Form::Frame(columns)) => *columns,
                Some(_) => {
                    sizes[at] = self.leaf(at);
                    continue;
                }
            };
            let inner = self.children[at].iter().map(|child| (sizes[*child], blocks[*child].span));
            grids[at] = Grid::new(flow(inner, columns), gap);
            if at < count {
                let least = grids[at].least();
                let width = least.width.max(self.labels[at].size.width).max(24.0);
                sizes[at] =
                    Size { width: width + 2.0 * pad, height: least.height.max(8.0) + self.head(at) + 2.0 * pad };
            }
        }
        let whole = grids[count].least();
        let place = Rect { x: MARGIN, y: top, width: whole.width, height: whole.height };
        let mut boxes = vec![Rect::default(); count];
        let put = |at: usize, place: Rect, boxes: &mut Vec<Rect>| {
            for (child, r) in self.children[at].iter().zip(grids[at].arrange(place)) {
                boxes[*child] = self.fill(*child, r, sizes[*child]);
            }
        };
        put(count, place, &mut boxes);
        for at in 0..count {
            if matches!(blocks[at].form, Form::Frame(_)) {
                let (r, head) = (boxes[at], self.head(at));
                let inner = Rect {
                    x: r.x + pad,
                    y: r.y + pad + head,
                    width: r.width - 2.0 * pad,
                    height: r.height - 2.0 * pad - head,
                };
                put(at, inner, &mut boxes);
            }
        }
        let runs = self.wires(&boxes);
        let bounds = runs
            .iter()
            .flat_map(|run| &run.points)
            .fold((MARGIN + whole.width, top + whole.height), |(x, y), p| (x.max(p.x), y.max(p.y)));
        let mut placed = Placed { size: Size { width: bounds.0 + MARGIN, height: bounds.1 + MARGIN }, boxes, runs };
        placed.within(top);
        placed
    }

    /// The room for the title of a frame.
    fn head(&self, at: usize) -> f32 {
        let high = self.labels[at].size.height;
        if high > 0.0 { high + 4.0 } else { 0.0 }
    }

    /// Where the title of a frame stands.
    fn title(&self, at: usize, frame: Rect) -> Rect {
        let Size { width, height } = self.labels[at].size;
        Rect { x: frame.x + CLEAR, y: frame.y + GAP, width, height }
    }

    fn leaf(&self, at: usize) -> Size {
        let label = self.labels[at].size;
        match &self.blocks.blocks[at].form {
            Form::Leaf(shape) => shape::size(*shape, label),
            Form::Arrow(points) => {
                let (left, top, right, bottom) = insets(*points);
                let width = label.width.max(18.0) + 12.0 + left + right;
                Size { width, height: label.height.max(18.0) + 8.0 + top + bottom }
            }
            Form::Space | Form::Frame(_) => Size::default(),
        }
    }

    /// How a box fills its place: rectangles and frames whole, what has a form of its own as large as it is.
    fn fill(&self, at: usize, r: Rect, size: Size) -> Rect {
        let fills = match &self.blocks.blocks[at].form {
            Form::Frame(_) | Form::Space => true,
            Form::Arrow(_) => false,
            Form::Leaf(shape) => matches!(
                shape,
                Shape::Rectangle
                    | Shape::Rounded
                    | Shape::Stadium
                    | Shape::Subroutine
                    | Shape::Cylinder
                    | Shape::Hexagon
            ),
        };
        if fills {
            return r;
        }
        let (x, y) = (r.x + (r.width - size.width) / 2.0, r.y + (r.height - size.height) / 2.0);
        Rect { x, y, width: size.width, height: size.height }
    }

    /// The frames around a block, from the innermost.
    fn around(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(self.blocks.blocks[at].parent, |at| self.blocks.blocks[*at].parent)
    }

    fn wires(&self, boxes: &[Rect]) -> Vec<Run> {
        let blocks = &self.blocks.blocks;
        // What is left free is in nobody's way.
        let nowhere = Rect { x: -1.0, y: -1.0, width: 0.0, height: 0.0 };
        let shown = boxes.iter().zip(blocks).map(|(r, block)| if block.form == Form::Space { nowhere } else { *r });
        // Nothing runs through a title.
        let titles = (0..blocks.len()).filter(|at| matches!(blocks[*at].form, Form::Frame(_)) && self.head(*at) > 0.0);
        let boxes: Vec<Rect> = shown.chain(titles.map(|at| self.title(at, boxes[at]))).collect();
        let spaces: Vec<usize> = (0..blocks.len()).filter(|at| blocks[*at].form == Form::Space).collect();
        let end = |at: usize| {
            let is_round = match &blocks[at].form {
                Form::Leaf(shape) => !matches!(shape, Shape::Rectangle | Shape::Rounded | Shape::Subroutine),
                Form::Arrow(_) => true,
                Form::Space | Form::Frame(_) => false,
            };
            End { at, side: None, is_round }
        };
        let wires: Vec<Wire> = self
            .blocks
            .links
            .iter()
            .zip(&self.links)
            .map(|(link, label)| Wire {
                from: end(link.from),
                to: end(link.to),
                through: spaces.iter().copied().chain(self.around(link.from)).chain(self.around(link.to)).collect(),
                label: (!label.lines.is_empty()).then_some(label.size),
            })
            .collect();
        wires::run(&boxes, &wires, CLEAR)
    }
}

impl Placed {
    /// Moves everything so that wires around the outermost boxes are within the drawing.
    fn within(&mut self, top: f32) {
        let points = || self.runs.iter().flat_map(|run| &run.points);
        let left = MARGIN - points().map(|p| p.x).fold(MARGIN, f32::min);
        let up = top - points().map(|p| p.y).fold(top, f32::min);
        for r in &mut self.boxes {
            (r.x, r.y) = (r.x + left, r.y + up);
        }
        for p in self.runs.iter_mut().flat_map(|run| run.points.iter_mut().chain(&mut run.label)) {
            (p.x, p.y) = (p.x + left, p.y + up);
        }
        self.size = Size { width: self.size.width + left, height: self.size.height + up };
    }
}

/// How far the heads of an arrow reach over its body: left, above, right, below.
fn insets(points: Points) -> (f32, f32, f32, f32) {
    let head = |is: bool| if is { HEAD.0 } else { 0.0 };
    let (level, upright) = (points.left || points.right, points.up || points.down);
    // An arrow of one axis has heads broader than its body.
    let over = |is: bool| if is { HEAD.1 } else { 0.0 };
    (
        head(points.left) + over(!level),
        head(points.up) + over(!upright),
        head(points.right) + over(!level),
        head(points.down) + over(!upright),
    )
}

struct Painter<'a> {
    blocks: &'a Blocks,
    measured: &'a Measured<'a>,
    placed: &'a Placed,
    prefix: &'a str,
}

impl Painter<'_> {
    fn paint(&self, sheet: &mut Sheet<'_>) {
        let frames =
            || (0..self.blocks.blocks.len()).filter(|at| matches!(self.blocks.blocks[*at].form, Form::Frame(_)));
        for at in frames() {
            let block = &self.blocks.blocks[at];
            sheet
                .group("cluster", &block.id, |sheet| sheet.rect(self.placed.boxes[at], 6.0, &attributes(&block.style)));
        }
        for at in 0..self.blocks.links.len() {
            self.link(at, sheet);
        }
        for at in frames().filter(|at| !self.blocks.blocks[*at].label.is_empty()) {
            let label = &self.measured.labels[at];
            let place = self.measured.title(at, self.placed.boxes[at]);
            let middle = Point { x: place.x, y: place.y + place.height / 2.0 };
            let href = sheet.href(&self.blocks.blocks[at].label);
            sheet.link(href.as_deref(), |sheet| {
                sheet.group("title flush", "", |sheet| sheet.words(label, middle, TITLE.line));
            });
        }
        for at in 0..self.blocks.links.len() {
            self.link_words(at, sheet);
        }
        for at in 0..self.blocks.blocks.len() {
            self.leaf(at, sheet);
        }
    }

    fn link(&self, at: usize, sheet: &mut Sheet<'_>) {
        let link = &self.blocks.links[at];
        let class = match link.stroke {
            Stroke::Thick => "edge thick",
            Stroke::Dotted => "edge dotted",
            Stroke::Normal | Stroke::Invisible => "edge",
        };
        let _ = write!(sheet.svg, "<path class=\"{class}\"");
        for (name, end) in [("from", link.from), ("to", link.to)] {
            let _ = write!(sheet.svg, " data-{name}=\"");
            write::escape(&self.blocks.blocks[end].id, &mut sheet.svg);
            sheet.svg.push('"');
        }
        for (place, head) in [("start", link.start), ("end", link.end)] {
            if let Some(name) = head::name(head) {
                let _ = write!(sheet.svg, " marker-{place}=\"url(#{}-{name})\"", self.prefix);
            }
        }
        let _ = write!(sheet.svg, " d=\"{}\"/>", path::rounded(&self.placed.runs[at].points, 7.0));
    }

    fn link_words(&self, at: usize, sheet: &mut Sheet<'_>) {
        let label = &self.measured.links[at];
        let Some(middle) = self.placed.runs[at].label else { return };
        sheet.group("edge-label", "", |sheet| {
            let (w, h) = (label.size.width + 6.0, label.size.height);
            sheet.rect(Rect { x: middle.x - w / 2.0, y: middle.y - h / 2.0, width: w, height: h }, 3.0, "");
            sheet.words(label, middle, LINK.line);
        });
    }

    fn leaf(&self, at: usize, sheet: &mut Sheet<'_>) {
        let block = &self.blocks.blocks[at];
        let r = self.placed.boxes[at];
        let label = &self.measured.labels[at];
        let href = sheet.href(&block.label);
        sheet.link(href.as_deref(), |sheet| match &block.form {
            Form::Leaf(form) => sheet.group("node", &block.id, |sheet| {
                shape::draw(*form, r, &attributes(&block.style), &mut sheet.svg);
                let shift = shape::label_shift(*form, Size { width: r.width, height: r.height });
                coloured(
                    label,
                    Point { x: r.x + r.width / 2.0 + shift.0, y: r.y + r.height / 2.0 + shift.1 },
                    &block.style,
                    sheet,
                );
            }),
            Form::Arrow(points) => sheet.group("node", &block.id, |sheet| {
                let (left, top, right, bottom) = insets(*points);
                let body = Rect {
                    x: r.x + left,
                    y: r.y + top,
                    width: r.width - left - right,
                    height: r.height - top - bottom,
                };
                let _ = write!(sheet.svg, "<path d=\"{}\"{}/>", arrow(*points, body), attributes(&block.style));
                coloured(
                    label,
                    Point { x: body.x + body.width / 2.0, y: body.y + body.height / 2.0 },
                    &block.style,
                    sheet,
                );
            }),
            Form::Space | Form::Frame(_) => {}
        });
    }
}

fn coloured(label: &text::Block, middle: Point, style: &Style, sheet: &mut Sheet<'_>) {
    write::lines(&label.lines, (middle.x, middle.y), WORDS.line, words(style), &mut sheet.svg);
}

/// The outline of an arrow around its body: each head stands on the middle of its side.
fn arrow(points: Points, body: Rect) -> String {
    let (level, upright) = (points.left || points.right, points.up || points.down);
    let is_cross = level && upright;
    // Half of the breadth of a head whose side is so long.
    let half = |side: f32| if is_cross { (side / 2.0).min(15.0) } else { side / 2.0 + HEAD.1 };
    let (x, y, w, h) = (body.x, body.y, body.width, body.height);
    let mut corners = vec![(x, y)];
    let (cx, cy) = (x + w / 2.0, y + h / 2.0);
    if points.up {
        corners.extend([(cx - half(w), y), (cx, y - HEAD.0), (cx + half(w), y)]);
    }
    corners.push((x + w, y));
    if points.right {
        corners.extend([(x + w, cy - half(h)), (x + w + HEAD.0, cy), (x + w, cy + half(h))]);
    }
    corners.push((x + w, y + h));
    if points.down {
        corners.extend([(cx + half(w), y + h), (cx, y + h + HEAD.0), (cx - half(w), y + h)]);
    }
    corners.push((x, y + h));
    if points.left {
        corners.extend([(x, cy + half(h)), (x - HEAD.0, cy), (x, cy - half(h))]);
    }
    let mut data = String::new();
    for (at, (x, y)) in corners.iter().enumerate() {
        let _ = write!(data, "{}{} {}", if at == 0 { 'M' } else { 'L' }, Num(*x), Num(*y));
    }
    data + "z"
}
