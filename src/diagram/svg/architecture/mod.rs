//! Architecture diagrams: services in cells, groups around them, edges from side to side around what is not theirs.

mod cells;
mod icon;

use super::head;
use super::path;
use super::sheet::{MARGIN, Sheet, spoken};
use super::write;
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::grid::{Cell, Grid};
use crate::diagram::mermaid::architecture::{Architecture, Edge, End};
use crate::diagram::mermaid::flowchart::Head;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::wires::{self, Run, Wire};
use crate::diagram::{Drawing, Options};
use cells::{Item, Placed, cells};
use std::fmt::Write as _;

const WORDS: Face = Face { size: 13.0, line: 18.0, bold: false, measure: 130.0 };
const TITLE: Face = Face { size: 13.0, line: 18.0, bold: true, measure: 320.0 };
const EDGE: Face = Face { size: 12.5, line: 17.0, bold: false, measure: 150.0 };
/// The picture of a service.
const ICON: f32 = 30.0;
/// The picture of a group.
const SMALL: f32 = 18.0;
/// Within the box of a service.
const INSET: f32 = 10.0;
/// Between cells.
const GAP: f32 = 40.0;
/// Between a group's frame and what is in it.
const PAD: f32 = 24.0;
/// How far edges keep away from boxes.
const CLEAR: f32 = 12.0;
/// The radius of a junction.
const DOT: f32 = 5.0;

/// Draws an architecture diagram.
#[must_use]
pub fn architecture(diagram: &Architecture, options: &Options<'_>) -> Drawing {
    let mut sheet = Sheet::new(options);
    let title = sheet.title(diagram.about.title.as_deref());
    let measured = Measured::of(diagram);
    let layout = measured.place(MARGIN + title.height);
    let heads = diagram.edges.iter().flat_map(|edge| [edge.from.has_head, edge.to.has_head]);
    let heads: Vec<Head> = heads.filter(|has| *has).map(|_| Head::Arrow).collect();
    sheet.svg.push_str(&head::markers(&heads, options.prefix));
    let painter = Painter { diagram, measured: &measured, layout: &layout, prefix: options.prefix };
    painter.paint(&mut sheet);
    let size = Size { width: layout.size.width.max(title.width + 2.0 * MARGIN), height: layout.size.height };
    let description = diagram.about.description.clone().unwrap_or_else(|| described(diagram, options));
    sheet.finish("mind arch", size, diagram.about.name().unwrap_or(options.phrases.architecture), &description)
}

/// Who is joined to whom, in words; the services, where nothing is joined.
fn described(diagram: &Architecture, options: &Options<'_>) -> String {
    let (open, close) = options.phrases.label;
    let name = |at: usize| {
        let service = &diagram.services[at];
        if service.label.is_empty() { service.id.clone() } else { service.label.spoken() }
    };
    if diagram.edges.is_empty() {
        return spoken((0..diagram.services.len()).map(name), options);
    }
    let edge = |edge: &Edge| {
        let label = if edge.label.is_empty() { String::new() } else { format!("{open}{}{close}", edge.label.spoken()) };
        format!("{}{}{}{label}", name(edge.from.service), options.phrases.to, name(edge.to.service))
    };
    spoken(diagram.edges.iter().map(edge), options)
}

/// Where everything is.
struct Layout {
    size: Size,
    services: Vec<Rect>,
    groups: Vec<Rect>,
    runs: Vec<Run>,
}

/// Everything that is written, measured, and the cells of everything.
struct Measured<'d> {
    diagram: &'d Architecture,
    services: Vec<Block>,
    groups: Vec<Block>,
    edges: Vec<Block>,
    /// What lies in each group; the last one is the sheet.
    cells: Vec<Vec<Placed>>,
    /// Groups, each after those in it.
    order: Vec<usize>,
}

impl<'d> Measured<'d> {
    fn of(diagram: &'d Architecture) -> Self {
        let depth = |at: &usize| std::iter::successors(Some(*at), |at| diagram.groups[*at].parent).count();
        let mut order: Vec<usize> = (0..diagram.groups.len()).collect();
        order.sort_by_key(|at| std::cmp::Reverse(depth(at)));
        Measured {
            diagram,
            services: diagram.services.iter().map(|service| text::set(&service.label, WORDS)).collect(),
            groups: diagram.groups.iter().map(|group| text::set(&group.label, TITLE)).collect(),
            edges: diagram.edges.iter().map(|edge| text::set(&edge.label, EDGE)).collect(),
            cells: (0..=diagram.groups.len())
                .map(|at| cells(diagram, (at < diagram.groups.len()).then_some(at)))
                .collect(),
            order,
        }
    }

    fn service(&self, at: usize) -> Size {
        let service = &self.diagram.services[at];
        if service.is_junction {
            return Size { width: 2.0 * DOT, height: 2.0 * DOT };
        }
        let label = self.services[at].size;
        let icon = if service.icon.is_some() { ICON + if label.height > 0.0 { 4.0 } else { 0.0 } } else { 0.0 };
        Size {
            width: (label.width + 2.0 * INSET).max(64.0),
            height: (icon + label.height + 2.0 * INSET - 2.0).max(40.0),
        }
    }

    /// The room for the title of a group.
    fn head(&self, at: usize) -> f32 {
        let label = self.groups[at].size.height;
        let icon = if self.diagram.groups[at].icon.is_some() { SMALL } else { 0.0 };
        label.max(icon) + if label.max(icon) > 0.0 { 2.0 } else { 0.0 }
    }

    /// The width of the title of a group, with its picture.
    fn title(&self, at: usize) -> f32 {
        let icon = if self.diagram.groups[at].icon.is_some() { SMALL + 6.0 } else { 0.0 };
        self.groups[at].size.width + icon
    }

    /// Places everything; with more room between the cells where edges or their words would not have enough.
    fn place(&self, top: f32) -> Layout {
        let wide = self.edges.iter().map(|label| label.size.width).fold(0.0, f32::max) + 30.0;
        let high = self.edges.iter().map(|label| label.size.height).fold(0.0, f32::max) + 26.0;
        let gaps = [(GAP, GAP), (wide, high), (wide + GAP, high + GAP)];
        let mut best: Option<(usize, Layout)> = None;
        for (width, height) in gaps {
            let layout = self.try_place(top, Size { width: width.max(GAP), height: height.max(GAP) });
            let faults = layout.runs.iter().filter(|run| !run.is_clean).count();
            if best.as_ref().is_none_or(|(least, _)| faults < *least) {
                best = Some((faults, layout));
            }
            if faults == 0 {
                break;
            }
        }
        best.map_or_else(|| self.try_place(top, Size { width: GAP, height: GAP }), |(_, layout)| layout)
    }

    fn try_place(&self, top: f32, gap: Size) -> Layout {
        let count = self.diagram.groups.len();
        let mut sizes = vec![Size::default(); count];
        let mut grids: Vec<Grid> = vec![Grid::default(); count + 1];
        for at in self.order.iter().copied().chain([count]) {
            let cell = |&(item, column, row): &Placed| {
                let size = match item {
                    Item::Service(service) => self.service(service),
                    Item::Group(group) => sizes[group],
                };
                Cell { size, column, row, span: 1 }
            };
            grids[at] = Grid::new(self.cells[at].iter().map(cell).collect(), gap);
            if at < count {
                let least = grids[at].least();
                let width = (least.width + 2.0 * PAD).max(self.title(at) + 24.0).max(60.0);
                sizes[at] = Size { width, height: least.height + 2.0 * PAD + self.head(at) };
            }
        }
        let mut layout = Layout {
            size: Size::default(),
            services: vec![Rect::default(); self.diagram.services.len()],
            groups: vec![Rect::default(); count],
            runs: Vec::new(),
        };
        let whole = grids[count].least();
        self.fill(
            count,
            Rect { x: MARGIN, y: top, width: whole.width, height: whole.height },
            &grids,
            &sizes,
            &mut layout,
        );
        for at in self.order.iter().rev().copied() {
            let r = layout.groups[at];
            let head = self.head(at);
            let inner = Rect {
                x: r.x + PAD,
                y: r.y + PAD + head,
                width: r.width - 2.0 * PAD,
                height: r.height - 2.0 * PAD - head,
            };
            self.fill(at, inner, &grids, &sizes, &mut layout);
        }
        layout.runs = self.wires(&layout);
        layout.fit(top, whole);
        layout
    }

    /// Puts what lies in a group into the middle of its cells.
    fn fill(&self, at: usize, place: Rect, grids: &[Grid], sizes: &[Size], layout: &mut Layout) {
        for (&(item, ..), r) in self.cells[at].iter().zip(grids[at].arrange(place)) {
            let size = match item {
                Item::Service(service) => self.service(service),
                Item::Group(group) => sizes[group],
            };
            let (x, y) = (r.x + (r.width - size.width) / 2.0, r.y + (r.height - size.height) / 2.0);
            let r = Rect { x, y, width: size.width, height: size.height };
            match item {
                Item::Service(service) => layout.services[service] = r,
                Item::Group(group) => layout.groups[group] = r,
            }
        }
    }

    fn wires(&self, layout: &Layout) -> Vec<Run> {
        let services = self.diagram.services.len();
        // Nothing runs through a title.
        let titles = layout.groups.iter().enumerate().map(|(at, r)| Rect {
            x: r.x + CLEAR,
            y: r.y + CLEAR,
            width: self.title(at),
            height: (self.head(at) - 2.0).max(0.0),
        });
        let boxes: Vec<Rect> = layout.services.iter().chain(&layout.groups).copied().chain(titles).collect();
        let around = |service: usize| {
            std::iter::successors(self.diagram.services[service].group, |at| self.diagram.groups[*at].parent)
        };
        let end = |end: &End| {
            let group = self.diagram.services[end.service].group.filter(|_| end.is_group);
            let is_round = self.diagram.services[end.service].is_junction;
            wires::End { at: group.map_or(end.service, |group| services + group), side: Some(end.side), is_round }
        };
        let wire = |(edge, label): (&Edge, &Block)| {
            let (from, to) = (end(&edge.from), end(&edge.to));
            let through = around(edge.from.service).chain(around(edge.to.service)).map(|group| services + group);
            // What an edge ends at, it does not run through.
            let through = through.filter(|at| *at != from.at && *at != to.at).collect();
            Wire { from, to, through, label: (!label.lines.is_empty()).then_some(label.size) }
        };
        let wires: Vec<Wire> = self.diagram.edges.iter().zip(&self.edges).map(wire).collect();
        wires::run(&boxes, &wires, CLEAR)
    }
}

impl Layout {
    /// Moves everything so that edges around the outermost boxes are within the drawing.
    fn fit(&mut self, top: f32, whole: Size) {
        let points = || self.runs.iter().flat_map(|run| &run.points);
        let left = MARGIN - points().map(|p| p.x).fold(MARGIN, f32::min);
        let up = top - points().map(|p| p.y).fold(top, f32::min);
        let right = points().map(|p| p.x).fold(MARGIN + whole.width, f32::max);
        let bottom = points().map(|p| p.y).fold(top + whole.height, f32::max);
        for r in self.services.iter_mut().chain(&mut self.groups) {
            (r.x, r.y) = (r.x + left, r.y + up);
        }
        for p in self.runs.iter_mut().flat_map(|run| run.points.iter_mut().chain(&mut run.label)) {
            (p.x, p.y) = (p.x + left, p.y + up);
        }
        self.size = Size { width: right + left + MARGIN, height: bottom + up + MARGIN };
    }
}

struct Painter<'a> {
    diagram: &'a Architecture,
    measured: &'a Measured<'a>,
    layout: &'a Layout,
    prefix: &'a str,
}

impl Painter<'_> {
    fn paint(&self, sheet: &mut Sheet<'_>) {
        // A frame is drawn before what is in it.
        for at in self.measured.order.iter().rev() {
            let id = &self.diagram.groups[*at].id;
            sheet.group("cluster", id, |sheet| sheet.rect(self.layout.groups[*at], 6.0, ""));
        }
        for (edge, run) in self.diagram.edges.iter().zip(&self.layout.runs) {
            self.edge(edge, run, sheet);
        }
        for at in 0..self.diagram.groups.len() {
            self.title(at, sheet);
        }
        for (block, run) in self.measured.edges.iter().zip(&self.layout.runs) {
            let Some(middle) = run.label else { continue };
            sheet.group("edge-label", "", |sheet| {
                let (w, h) = (block.size.width + 6.0, block.size.height);
                sheet.rect(Rect { x: middle.x - w / 2.0, y: middle.y - h / 2.0, width: w, height: h }, 3.0, "");
                sheet.words(block, middle, EDGE.line);
            });
        }
        for at in 0..self.diagram.services.len() {
            self.service(at, sheet);
        }
    }

    fn edge(&self, edge: &Edge, run: &Run, sheet: &mut Sheet<'_>) {
        sheet.svg.push_str("<path class=\"edge\"");
        for (name, end) in [("from", edge.from), ("to", edge.to)] {
            let _ = write!(sheet.svg, " data-{name}=\"");
            write::escape(&self.diagram.services[end.service].id, &mut sheet.svg);
            sheet.svg.push('"');
        }
        for (place, end) in [("start", edge.from), ("end", edge.to)] {
            if end.has_head {
                let _ = write!(sheet.svg, " marker-{place}=\"url(#{}-a)\"", self.prefix);
            }
        }
        let _ = write!(sheet.svg, " d=\"{}\"/>", path::rounded(&run.points, 7.0));
    }

    fn title(&self, at: usize, sheet: &mut Sheet<'_>) {
        let (group, block, r) = (&self.diagram.groups[at], &self.measured.groups[at], self.layout.groups[at]);
        let y = r.y + 12.0 + block.size.height.max(SMALL) / 2.0 - 2.0;
        let mut x = r.x + 12.0;
        if let Some(picture) = group.icon {
            icon::draw(picture, Rect { x, y: y - SMALL / 2.0, width: SMALL, height: SMALL }, sheet);
            x += SMALL + 6.0;
        }
        let href = sheet.href(&group.label);
        sheet.link(href.as_deref(), |sheet| {
            sheet.group("title flush", "", |sheet| sheet.words(block, Point { x, y }, TITLE.line));
        });
    }

    fn service(&self, at: usize, sheet: &mut Sheet<'_>) {
        let (service, r) = (&self.diagram.services[at], self.layout.services[at]);
        let centre = Point { x: r.x + r.width / 2.0, y: r.y + r.height / 2.0 };
        if service.is_junction {
            sheet.group("node", &service.id, |sheet| sheet.circle(centre, DOT, " class=\"dot\""));
            return;
        }
        let href = sheet.href(&service.label);
        sheet.link(href.as_deref(), |sheet| {
            sheet.group("node", &service.id, |sheet| {
                sheet.rect(r, 6.0, "");
                let block = &self.measured.services[at];
                let mut y = centre.y;
                if let Some(picture) = service.icon {
                    let gap = if block.size.height > 0.0 { 4.0 } else { 0.0 };
                    let top = centre.y - (ICON + gap + block.size.height) / 2.0;
                    let place = Rect { x: centre.x - ICON / 2.0, y: top, width: ICON, height: ICON };
                    icon::draw(picture, place, sheet);
                    y = top + ICON + gap + block.size.height / 2.0;
                }
                sheet.words(block, Point { x: centre.x, y }, WORDS.line);
            });
        });
    }
}
