//! Flowcharts: measured, laid out, drawn.

use super::frame::Frame;
use super::write::{self, Num};
use super::{path, shape};
use crate::diagram::graph::{self, Cluster, ClusterId, Geometry, Graph, NodeId, Rect, Size};
use crate::diagram::layout;
use crate::diagram::mermaid::flowchart::{Colour, Edge, End, Flowchart, Head, Node, Stroke, Style, Subgraph};
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

const NODE: Face = Face { size: 14.0, line: 20.0, bold: false, measure: 210.0 };
const EDGE: Face = Face { size: 12.5, line: 17.0, bold: false, measure: 150.0 };
const TITLE: Face = Face { size: 13.0, line: 18.0, bold: true, measure: 320.0 };

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
    nodes: Vec<Block>,
    edges: Vec<Block>,
    titles: Vec<Block>,
}

impl Labels {
    fn of(chart: &Flowchart) -> Labels {
        Labels {
            nodes: chart.nodes.iter().map(|n| text::set(&n.label, NODE)).collect(),
            edges: chart.edges.iter().map(|e| text::set(&e.label, EDGE)).collect(),
            titles: chart.subgraphs.iter().map(|s| text::set(&s.label, TITLE)).collect(),
        }
    }

    fn graph(&self, chart: &Flowchart) -> Graph {
        let cluster = |at: usize| ClusterId(u32::try_from(at).unwrap_or(u32::MAX));
        let end = |end: End| match end {
            End::Node(at) => graph::End::Node(NodeId(u32::try_from(at).unwrap_or(u32::MAX))),
            End::Subgraph(at) => graph::End::Cluster(cluster(at)),
        };
        let node = |(node, block): (&Node, &Block)| {
            let size = shape::size(node.shape, block.size);
            graph::Node { size, outline: shape::outline(node.shape, size), parent: node.parent.map(cluster) }
        };
        let edge = |(edge, block): (&Edge, &Block)| graph::Edge {
            from: end(edge.from),
            to: end(edge.to),
            min_length: edge.length,
            label: (!block.lines.is_empty())
                .then_some(Size { width: block.size.width + 8.0, height: block.size.height + 2.0 }),
            start_label: None,
            end_label: None,
        };
        let frame = |(subgraph, block): (&Subgraph, &Block)| Cluster {
            title: block.size,
            parent: subgraph.parent.map(cluster),
            direction: subgraph.direction,
        };
        Graph {
            direction: chart.direction,
            nodes: chart.nodes.iter().zip(&self.nodes).map(node).collect(),
            edges: chart.edges.iter().zip(&self.edges).map(edge).collect(),
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
        }
        for at in 0..self.chart.nodes.len() {
            self.node(at);
        }
        let body = std::mem::take(&mut self.svg);
        let Size { width, height } = self.geometry.size;
        let mut svg = self.head(self.geometry.size);
        svg.push_str(&body);
        svg.push_str("</svg>");
        Drawing { svg, width, height }
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
        frame.open(self.options) + &self.markers()
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
            let label = if edge.label.is_empty() {
                String::new()
            } else {
                format!("{}{}{}", phrases.label.0, edge.label.spoken(), phrases.label.1)
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

    /// The heads that this chart uses.
    fn markers(&self) -> String {
        let prefix = self.options.prefix;
        let mut defs = String::new();
        let drawings = [
            (Head::Arrow, "a", "<path d=\"M0 0L9 4.5 0 9z\"/>"),
            (Head::Circle, "o", "<circle cx=\"4.5\" cy=\"4.5\" r=\"4\"/>"),
            (Head::Cross, "x", "<path class=\"cross\" d=\"M1 1l7 7m0-7l-7 7\"/>"),
        ];
        for (head, name, drawing) in drawings {
            let used =
                self.chart.edges.iter().any(|e| e.stroke != Stroke::Invisible && (e.start == head || e.end == head));
            if used {
                let _ = write!(
                    defs,
                    "<marker id=\"{prefix}-{name}\" viewBox=\"0 0 9 9\" refX=\"8.6\" refY=\"4.5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">{drawing}</marker>"
                );
            }
        }
        if defs.is_empty() { defs } else { format!("<defs>{defs}</defs>") }
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
                if let Some(name) = marker(head) {
                    let _ = write!(self.svg, " marker-{place}=\"url(#{}-{name})\"", self.options.prefix);
                }
            }
        }
        let style = Style { fill: None, ..edge.style.clone() };
        let _ = write!(self.svg, "{}/>", attributes(&style));
    }

    fn edge_label(&mut self, at: usize) {
        let block = &self.labels.edges[at];
        let Some(centre) = self.geometry.routes[at].label.filter(|_| !block.lines.is_empty()) else { return };
        let (w, h) = (block.size.width + 6.0, block.size.height);
        let _ = write!(
            self.svg,
            "<g class=\"edge-label\"><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
            Num(centre.x - w / 2.0),
            Num(centre.y - h / 2.0),
            Num(w),
            Num(h)
        );
        write::lines(&block.lines, (centre.x, centre.y), EDGE.line, words(&self.chart.edges[at].style), &mut self.svg);
        self.svg.push_str("</g>");
    }

    fn node(&mut self, at: usize) {
        let node = &self.chart.nodes[at];
        let centre = self.geometry.nodes[at];
        let size = shape::size(node.shape, self.labels.nodes[at].size);
        let href = node.href.clone().or_else(|| (self.options.link)(&node.label.named()));
        self.open_link(href.as_deref());
        self.svg.push_str("<g class=\"node\" data-id=\"");
        write::escape(&node.id, &mut self.svg);
        self.svg.push_str("\">");
        let r = Rect {
            x: centre.x - size.width / 2.0,
            y: centre.y - size.height / 2.0,
            width: size.width,
            height: size.height,
        };
        shape::draw(node.shape, r, &attributes(&node.style), &mut self.svg);
        if shape::shows_label(node.shape) {
            let shift = shape::label_shift(node.shape, size);
            let place = (centre.x + shift.0, centre.y + shift.1);
            write::lines(&self.labels.nodes[at].lines, place, NODE.line, words(&node.style), &mut self.svg);
        }
        self.svg.push_str("</g>");
        if href.is_some() {
            self.svg.push_str("</a>");
        }
    }
}

fn marker(head: Head) -> Option<&'static str> {
    match head {
        Head::None => None,
        Head::Arrow => Some("a"),
        Head::Circle => Some("o"),
        Head::Cross => Some("x"),
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
