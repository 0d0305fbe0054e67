//! Flowcharts: measured, laid out, drawn.

use super::compartments::{self, Compartments};
use super::frame::Frame;
use super::write::{self, Num};
use super::{head, path, shape};
use crate::diagram::graph::{self, Cluster, ClusterId, Geometry, Graph, NodeId, Point, Rect, Size};
use crate::diagram::layout;
use crate::diagram::mermaid::flowchart::{Colour, Edge, End, Flowchart, Head, Node, Stroke, Style, Subgraph, Tone};
use crate::diagram::mermaid::label::Label;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const NODE: Face = Face { size: 14.0, line: 20.0, bold: false, measure: 210.0 };
const EDGE: Face = Face { size: 12.5, line: 17.0, bold: false, measure: 150.0 };
const END: Face = Face { size: 12.5, line: 16.0, bold: false, measure: 120.0 };
const TITLE: Face = Face { size: 13.0, line: 18.0, bold: true, measure: 320.0 };

/// The title of the whole, and what is around it.
const NAME: Face = Face { size: 16.0, line: 22.0, bold: true, measure: 480.0 };
const NAME_PAD: f32 = 8.0;

/// Draws a flowchart.
#[must_use]
pub fn flowchart(chart: &Flowchart, options: &Options<'_>) -> Drawing {
    let labels = Labels::of(chart);
    let geometry = layout::layout(&labels.graph(chart));
    let mut painter = Painter {
        chart,
        options,
        labels: &labels,
        geometry: &geometry,
        svg: String::with_capacity(2048),
        links: false,
    };
    painter.paint()
}

/// The measured boxes of a flowchart: all that its layout sees.
#[must_use]
pub fn graph(chart: &Flowchart) -> Graph {
    Labels::of(chart).graph(chart)
}

/// Everything that is written, broken into lines and measured.
struct Labels {
    nodes: Vec<Inside>,
    edges: Vec<Block>,
    /// What stands at the two ends of each edge.
    ends: Vec<[Block; 2]>,
    titles: Vec<Block>,
}

/// What is written into a node.
struct Inside {
    label: Block,
    compartments: Option<Compartments>,
    /// The size of the node around it.
    size: Size,
}

impl Inside {
    fn of(node: &Node) -> Inside {
        let label = text::set(&node.label, NODE);
        let compartments = compartments::measured(&node.compartments);
        let mut size = shape::size(node.shape, label.size);
        if let Some(under) = &compartments {
            size = Size { width: size.width.max(under.size.width), height: size.height + under.size.height };
        }
        Inside { label, compartments, size }
    }
}

impl Labels {
    fn of(chart: &Flowchart) -> Labels {
        Labels {
            nodes: chart.nodes.iter().map(Inside::of).collect(),
            edges: chart.edges.iter().map(|e| text::set(&e.label, EDGE)).collect(),
            ends: chart.edges.iter().map(|e| [0, 1].map(|at| text::set(&e.at_ends[at], END))).collect(),
            titles: chart.subgraphs.iter().map(|s| text::set(&s.label, TITLE)).collect(),
        }
    }

    fn graph(&self, chart: &Flowchart) -> Graph {
        let cluster = |at: usize| ClusterId(u32::try_from(at).unwrap_or(u32::MAX));
        let end = |end: End| match end {
            End::Node(at) => graph::End::Node(NodeId(u32::try_from(at).unwrap_or(u32::MAX))),
            End::Subgraph(at) => graph::End::Cluster(cluster(at)),
        };
        let node = |(node, inside): (&Node, &Inside)| {
            let size = inside.size;
            graph::Node { size, outline: shape::outline(node.shape, size), parent: node.parent.map(cluster) }
        };
        let room = |block: &Block, more: Size| {
            let size = Size { width: block.size.width + more.width, height: block.size.height + more.height };
            (!block.lines.is_empty()).then_some(size)
        };
        let beside = |block: &Block| room(block, Size { width: 6.0, height: 0.0 });
        let edge = |((edge, block), ends): ((&Edge, &Block), &[Block; 2])| graph::Edge {
            from: end(edge.from),
            to: end(edge.to),
            min_length: edge.length,
            label: room(block, Size { width: 8.0, height: 2.0 }),
            start_label: beside(&ends[0]),
            end_label: beside(&ends[1]),
            heads: [head::length(edge.start), head::length(edge.end)],
        };
        let frame = |(subgraph, block): (&Subgraph, &Block)| Cluster {
            title: block.size,
            parent: subgraph.parent.map(cluster),
            direction: subgraph.direction,
        };
        Graph {
            direction: chart.direction,
            nodes: chart.nodes.iter().zip(&self.nodes).map(node).collect(),
            edges: chart.edges.iter().zip(&self.edges).zip(&self.ends).map(edge).collect(),
            clusters: chart.subgraphs.iter().zip(&self.titles).map(frame).collect(),
        }
    }
}

struct Painter<'a> {
    chart: &'a Flowchart,
    options: &'a Options<'a>,
    labels: &'a Labels,
    geometry: &'a Geometry,
    svg: String,
    /// Whether a node is a link.
    links: bool,
}

impl Painter<'_> {
    fn paint(&mut self) -> Drawing {
        for at in 0..self.chart.subgraphs.len() {
            self.subgraph(at);
        }
        for at in 0..self.chart.edges.len() {
            self.edge(at);
        }
        for at in 0..self.chart.subgraphs.len() {
            self.title(at);
        }
        for at in 0..self.chart.edges.len() {
            self.edge_label(at);
            self.end_labels(at);
        }
        for at in 0..self.chart.nodes.len() {
            self.node(at);
        }
        let body = std::mem::take(&mut self.svg);
        let name = self.chart.title.as_deref().map(|title| text::set(&Label::words(title), NAME));
        let name = name.filter(|block| !block.lines.is_empty());
        let room = name.as_ref().map_or(0.0, |block| block.size.height + NAME_PAD);
        let Size { width, height } = self.geometry.size;
        let wide = name.as_ref().map_or(0.0, |block| block.size.width + 2.0 * NAME_PAD).max(width);
        let size = Size { width: wide, height: height + room };
        let mut svg = self.head(size);
        match &name {
            None => svg.push_str(&body),
            Some(block) => {
                svg.push_str("<g class=\"name\">");
                let centre = (wide / 2.0, f32::midpoint(room, NAME_PAD));
                write::lines(&block.lines, centre, NAME.line, None, &mut svg);
                let (right, down) = (Num((wide - width) / 2.0), Num(room));
                let _ = write!(svg, "</g><g transform=\"translate({right} {down})\">{body}</g>");
            }
        }
        svg.push_str("</svg>");
        Drawing { svg, width: size.width, height: size.height }
    }

    fn head(&self, size: Size) -> String {
        let named = self.chart.spoken_title.as_deref().or(self.chart.title.as_deref());
        let description = self.chart.description.clone().unwrap_or_else(|| self.description());
        let frame = Frame {
            class: "dgm",
            size,
            title: named.unwrap_or(self.options.phrases.flowchart),
            description: &description,
            links: self.links,
        };
        let seen = self.chart.edges.iter().filter(|edge| edge.stroke != Stroke::Invisible);
        let used: Vec<Head> = Head::ALL
            .into_iter()
            .filter(|head| seen.clone().any(|edge| edge.start == *head || edge.end == *head))
            .collect();
        frame.open(self.options) + &head::markers(&used, self.options.prefix)
    }

    /// Who leads to whom, in words.
    fn description(&self) -> String {
        /// Past this many statements nobody listens any more.
        const MOST: usize = 24;
        let phrases = self.options.phrases;
        let name = |end: End| match end {
            End::Node(at) => self.chart.nodes[at].label.spoken(),
            End::Subgraph(at) => self.chart.subgraphs[at].label.spoken(),
        };
        let statement = |edge: &Edge| {
            let words = [&edge.at_ends[0], &edge.label, &edge.at_ends[1]];
            let words: Vec<String> = words.into_iter().filter(|l| !l.is_empty()).map(Label::spoken).collect();
            let label = if words.is_empty() {
                String::new()
            } else {
                format!("{}{}{}", phrases.label.0, words.join(" "), phrases.label.1)
            };
            format!("{}{}{}{label}", name(edge.from), phrases.to, name(edge.to))
        };
        let seen: Vec<&Edge> = self.chart.edges.iter().filter(|e| e.stroke != Stroke::Invisible).collect();
        let mut said: Vec<String> = seen.iter().take(MOST).map(|e| statement(e)).collect();
        if seen.is_empty() {
            said = self.chart.nodes.iter().take(MOST).map(|n| n.label.spoken()).collect();
        } else if seen.len() > MOST {
            said.push("…".to_owned());
        }
        said.join(phrases.separator)
    }

    fn subgraph(&mut self, at: usize) {
        let subgraph = &self.chart.subgraphs[at];
        let r = self.geometry.clusters[at];
        self.svg.push_str("<g class=\"cluster\" data-id=\"");
        write::escape(&subgraph.id, &mut self.svg);
        let _ = write!(
            self.svg,
            "\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"{}/>",
            Num(r.x),
            Num(r.y),
            Num(r.width),
            Num(r.height),
            attributes(&subgraph.style)
        );
        self.svg.push_str("</g>");
    }

    /// The title of a subgraph, over the edges: where one must run through it, the words can still be read.
    fn title(&mut self, at: usize) {
        let block = &self.labels.titles[at];
        if block.lines.is_empty() {
            return;
        }
        let place = self.geometry.titles[at];
        let href = (self.options.link)(&self.chart.subgraphs[at].label.named());
        self.open_link(href.as_deref());
        let (w, h) = (block.size.width + 6.0, block.size.height);
        let _ = write!(
            self.svg,
            "<g class=\"title\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
            Num(place.x - w / 2.0),
            Num(place.y - h / 2.0),
            Num(w),
            Num(h)
        );
        write::lines(
            &block.lines,
            (place.x, place.y),
            TITLE.line,
            words(&self.chart.subgraphs[at].style),
            &mut self.svg,
        );
        self.svg.push_str(if href.is_some() { "</g></a>" } else { "</g>" });
    }

    /// Begins a link around what is drawn next, if there is an address.
    fn open_link(&mut self, href: Option<&str>) {
        if let Some(href) = href {
            self.links = true;
            self.svg.push_str("<a href=\"");
            write::escape(href, &mut self.svg);
            self.svg.push_str("\">");
        }
    }

    fn edge(&mut self, at: usize) {
        let edge = &self.chart.edges[at];
        let route = &self.geometry.routes[at];
        if route.curve.is_empty() {
            return;
        }
        let name = |end: End| match end {
            End::Node(at) => self.chart.nodes[at].id.as_str(),
            End::Subgraph(at) => self.chart.subgraphs[at].id.as_str(),
        };
        let (from, to) = (name(edge.from), name(edge.to));
        let class = match edge.stroke {
            Stroke::Normal => "edge",
            Stroke::Thick => "edge thick",
            Stroke::Dotted => "edge dotted",
            Stroke::Invisible => "edge hidden",
        };
        let _ = write!(self.svg, "<path class=\"{class}\" data-from=\"");
        write::escape(from, &mut self.svg);
        self.svg.push_str("\" data-to=\"");
        write::escape(to, &mut self.svg);
        let _ = write!(self.svg, "\" d=\"{}\"", path::data(&route.curve));
        if edge.stroke != Stroke::Invisible {
            for (place, head) in [("start", edge.start), ("end", edge.end)] {
                if let Some(name) = head::name(head) {
                    let _ = write!(self.svg, " marker-{place}=\"url(#{}-{name})\"", self.options.prefix);
                }
            }
        }
        let style = Style { fill: None, ..edge.style.clone() };
        let _ = write!(self.svg, "{}/>", attributes(&style));
    }

    fn edge_label(&mut self, at: usize) {
        if let Some(centre) = self.geometry.routes[at].label {
            self.label(&self.labels.edges[at], centre, EDGE.line, words(&self.chart.edges[at].style));
        }
    }

    fn end_labels(&mut self, at: usize) {
        let route = &self.geometry.routes[at];
        for (block, centre) in self.labels.ends[at].iter().zip([route.start_label, route.end_label]) {
            if let Some(centre) = centre {
                self.label(block, centre, END.line, words(&self.chart.edges[at].style));
            }
        }
    }

    /// Words that belong to an edge.
    fn label(&mut self, block: &Block, centre: Point, step: f32, colour: Option<&str>) {
        if block.lines.is_empty() {
            return;
        }
        let (w, h) = (block.size.width + 6.0, block.size.height);
        let _ = write!(
            self.svg,
            "<g class=\"edge-label\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
            Num(centre.x - w / 2.0),
            Num(centre.y - h / 2.0),
            Num(w),
            Num(h)
        );
        write::lines(&block.lines, (centre.x, centre.y), step, colour, &mut self.svg);
        self.svg.push_str("</g>");
    }

    fn node(&mut self, at: usize) {
        let node = &self.chart.nodes[at];
        let centre = self.geometry.nodes[at];
        let inside = &self.labels.nodes[at];
        let size = inside.size;
        let href = node.href.clone().or_else(|| (self.options.link)(&node.label.named()));
        self.open_link(href.as_deref());
        let class = match node.tone {
            Tone::Plain => "node",
            Tone::Note => "node remark",
            Tone::Outside => "node outside",
        };
        let _ = write!(self.svg, "<g class=\"{class}\" data-id=\"");
        write::escape(&node.id, &mut self.svg);
        self.svg.push_str("\">");
        let r = Rect {
            x: centre.x - size.width / 2.0,
            y: centre.y - size.height / 2.0,
            width: size.width,
            height: size.height,
        };
        shape::draw(node.shape, r, &attributes(&node.style), &mut self.svg);
        let colour = words(&node.style);
        if shape::shows_label(node.shape) {
            let shift = shape::label_shift(node.shape, size);
            let under = inside.compartments.as_ref().map_or(0.0, |c| c.size.height);
            let place = (centre.x + shift.0, centre.y + shift.1 - under / 2.0);
            write::lines(&inside.label.lines, place, NODE.line, colour, &mut self.svg);
        }
        if let Some(compartments) = &inside.compartments {
            compartments.draw(r, colour, &mut self.svg);
        }
        self.svg.push_str("</g>");
        if href.is_some() {
            self.svg.push_str("</a>");
        }
    }
}

/// The author's colours, as attributes.
pub(super) fn attributes(style: &Style) -> String {
    let mut text = String::new();
    for (name, colour) in [("fill", &style.fill), ("stroke", &style.stroke)] {
        if let Some(colour) = colour {
            let _ = write!(text, " {name}=\"{}\"", colour.as_str());
        }
    }
    if let Some(width) = style.width {
        let _ = write!(text, " stroke-width=\"{}\"", Num(width));
    }
    if style.dashed {
        text.push_str(" stroke-dasharray=\"5 4\"");
    }
    text
}

/// The colour of the words: the author's, else one that can be read on the author's fill in both schemes.
pub(super) fn words(style: &Style) -> Option<&str> {
    let chosen = style.colour.as_ref().map(Colour::as_str);
    chosen
        .or_else(|| style.fill.as_ref().and_then(Colour::is_light).map(|light| if light { "#1f2328" } else { "#fff" }))
}
