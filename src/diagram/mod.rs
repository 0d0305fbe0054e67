//! Diagrams: mermaid text in, SVG out. A library of its own: nothing in here knows of pages.
//!
//! ```text
//! text ─ mermaid ─▶ model, with spans ─ svg ─▶ graph of measured boxes ─ layout ─▶ geometry ─ svg ─▶ SVG
//! ```
//!
//! [`mermaid`] reads, [`text`] measures, [`layout`] and its neighbours place, [`svg`] draws. Nothing here fails: what is not understood
//! is a [`Problem`] with its place, and a diagram with errors has no drawing.

mod flows;
pub mod graph;
pub mod layout;
mod lifelines;
pub mod mermaid;
mod squares;
pub mod svg;
pub mod text;
pub mod tree;

pub use mermaid::Kind;

use std::ops::Range;

/// How much a problem weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// There is no drawing because of it.
    Error,
    /// Something is drawn otherwise than it was written.
    Warning,
    /// The diagram is of a kind that is not drawn.
    NotDrawn,
}

/// Something wrong with a diagram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How much it weighs.
    pub weight: Weight,
    /// Where, in bytes of the source.
    pub range: Range<usize>,
    /// What was expected and what was found.
    pub message: String,
    /// What to do, if that is known.
    pub help: Option<&'static str>,
}

impl Problem {
    /// Something because of which there is no drawing.
    #[must_use]
    pub fn error(range: Range<usize>, message: impl Into<String>) -> Self {
        Problem { weight: Weight::Error, range, message: message.into(), help: None }
    }

    /// Something that is drawn otherwise than it was written.
    #[must_use]
    pub fn warning(range: Range<usize>, message: impl Into<String>) -> Self {
        Problem { weight: Weight::Warning, range, message: message.into(), help: None }
    }

    /// What to do.
    #[must_use]
    pub fn help(mut self, help: &'static str) -> Self {
        self.help = Some(help);
        self
    }
}

/// A value and what was noticed while it was made.
#[derive(Clone, Debug)]
pub struct Outcome<T> {
    /// The value.
    pub value: T,
    /// What was noticed, in the order of the source.
    pub problems: Vec<Problem>,
}

/// A diagram that has been drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// The `<svg>` element.
    pub svg: String,
    /// Width in CSS pixels.
    pub width: f32,
    /// Height in CSS pixels.
    pub height: f32,
}

/// Words with which a diagram describes itself to those who do not see it.
#[derive(Clone, Copy, Debug)]
pub struct Phrases {
    /// The name of a flowchart that has no title.
    pub flowchart: &'static str,
    /// The name of a sequence diagram that has no title.
    pub sequence: &'static str,
    /// The name of a state diagram that has no title.
    pub state: &'static str,
    /// The name of a class diagram that has no title.
    pub class: &'static str,
    /// The name of an entity relationship diagram that has no title.
    pub entities: &'static str,
    /// The name of a requirement diagram that has no title.
    pub requirements: &'static str,
    /// The name of a C4 diagram that has no title.
    pub c4: &'static str,
    /// The name of a timeline that has no title.
    pub timeline: &'static str,
    /// The name of a pie that has no title.
    pub pie: &'static str,
    /// The same, of four quadrants.
    pub quadrant: &'static str,
    /// The same, of bars and lines.
    pub xychart: &'static str,
    /// The same, of axes around a centre.
    pub radar: &'static str,
    /// The same, of areas.
    pub treemap: &'static str,
    /// The same, of flows.
    pub sankey: &'static str,
    /// The same, of bits.
    pub packet: &'static str,
    /// What comes before the root in the name of a mind map.
    pub mindmap: &'static str,
    /// Between what an edge comes from and what it leads to.
    pub to: &'static str,
    /// Between two statements.
    pub separator: &'static str,
    /// Before a label, and after it.
    pub label: (&'static str, &'static str),
}

impl Phrases {
    /// Chinese.
    pub const CHINESE: Phrases = Phrases {
        flowchart: "流程图",
        sequence: "时序图",
        state: "状态图",
        class: "类图",
        entities: "实体关系图",
        requirements: "需求图",
        c4: "C4 架构图",
        timeline: "时间线",
        pie: "饼图",
        quadrant: "象限图",
        xychart: "图表",
        radar: "雷达图",
        treemap: "矩形树图",
        sankey: "桑基图",
        packet: "数据包格式",
        mindmap: "思维导图：",
        to: " → ",
        separator: "；",
        label: ("（", "）"),
    };
    /// English.
    pub const ENGLISH: Phrases = Phrases {
        flowchart: "Flowchart",
        sequence: "Sequence diagram",
        state: "State diagram",
        class: "Class diagram",
        entities: "Entity relationship diagram",
        requirements: "Requirement diagram",
        c4: "C4 diagram",
        timeline: "Timeline",
        pie: "Pie chart",
        quadrant: "Quadrant chart",
        xychart: "Chart",
        radar: "Radar chart",
        treemap: "Treemap",
        sankey: "Sankey diagram",
        packet: "Packet",
        mindmap: "Mind map: ",
        to: " → ",
        separator: "; ",
        label: (" (", ")"),
    };
}

/// How a diagram is drawn.
pub struct Options<'a> {
    /// What begins each id, so that ids are unique on a page.
    pub prefix: &'a str,
    /// The words of its description.
    pub phrases: Phrases,
    /// Where a node of a label leads, if it leads anywhere; an address that the diagram itself gives wins.
    pub link: &'a dyn Fn(&str) -> Option<String>,
    /// Whether the SVG brings its own style, to stand in a file of its own.
    pub standalone: bool,
}

/// Reads and draws a diagram; `None` if it has errors or is of a kind that is not drawn.
#[must_use]
pub fn draw(source: &str, options: &Options<'_>) -> Outcome<Option<Drawing>> {
    if source.len() > LONGEST {
        let problem = Problem::error(0..1, format!("a diagram of more than {LONGEST} bytes is not drawn"));
        return Outcome { value: None, problems: vec![problem] };
    }
    let mut outcome = read_and_draw(source, options);
    if outcome.problems.len() > MOST_PROBLEMS {
        // Errors are told before what is only odd.
        outcome.problems.sort_by_key(|problem| problem.weight != Weight::Error);
        outcome.problems.truncate(MOST_PROBLEMS);
    }
    outcome
}

/// Bytes of the longest diagram; the largest that anybody drew by hand has a few thousand.
pub const LONGEST: usize = 1 << 20;
/// How many problems of one diagram are told.
const MOST_PROBLEMS: usize = 50;

fn read_and_draw(source: &str, options: &Options<'_>) -> Outcome<Option<Drawing>> {
    let preamble = mermaid::preamble(source);
    let Some(kind) = preamble.kind else {
        return Outcome { value: None, problems: vec![mermaid::unknown(source, &preamble)] };
    };
    match kind {
        Kind::Flowchart => drawn(mermaid::flowchart::read(source, &preamble), |chart| svg::flowchart(chart, options)),
        Kind::Sequence => drawn(mermaid::sequence::read(source, &preamble), |s| svg::sequence(s, options)),
        Kind::State => charted(mermaid::state::read(source, &preamble), options.phrases.state, options),
        Kind::Class => charted(mermaid::class::read(source, &preamble), options.phrases.class, options),
        Kind::Entities => charted(mermaid::entities::read(source, &preamble), options.phrases.entities, options),
        Kind::Requirements => {
            charted(mermaid::requirements::read(source, &preamble), options.phrases.requirements, options)
        }
        Kind::C4 => charted(mermaid::c4::read(source, &preamble), options.phrases.c4, options),
        Kind::Timeline => drawn(mermaid::timeline::read(source, &preamble), |line| svg::timeline(line, options)),
        Kind::MindMap => drawn(mermaid::mindmap::read(source, &preamble), |map| svg::mindmap(map, options)),
        Kind::Pie => drawn(mermaid::pie::read(source, &preamble), |pie| svg::pie(pie, options)),
        Kind::Quadrant => drawn(mermaid::quadrant::read(source, &preamble), |chart| svg::quadrant(chart, options)),
        Kind::XyChart => drawn(mermaid::xychart::read(source, &preamble), |chart| svg::xychart(chart, options)),
        Kind::Radar => drawn(mermaid::radar::read(source, &preamble), |radar| svg::radar(radar, options)),
        Kind::Treemap => drawn(mermaid::treemap::read(source, &preamble), |map| svg::treemap(map, options)),
        Kind::Sankey => drawn(mermaid::sankey::read(source, &preamble), |sankey| svg::sankey(sankey, options)),
        Kind::Packet => drawn(mermaid::packet::read(source, &preamble), |packet| svg::packet(packet, options)),
        Kind::Other(_) => Outcome { value: None, problems: vec![mermaid::not_drawn(kind, &preamble)] },
    }
}

/// Draws what was read into nodes and edges; `name` is what it is called if it has no title.
fn charted(
    read: Outcome<mermaid::flowchart::Flowchart>,
    name: &'static str,
    options: &Options<'_>,
) -> Outcome<Option<Drawing>> {
    let phrases = Phrases { flowchart: name, ..options.phrases };
    drawn(read, |chart| svg::flowchart(chart, &Options { phrases, ..*options }))
}

/// Draws what was read, unless it has errors.
fn drawn<T>(read: Outcome<T>, draw: impl FnOnce(&T) -> Drawing) -> Outcome<Option<Drawing>> {
    let is_sound = read.problems.iter().all(|problem| problem.weight != Weight::Error);
    Outcome { value: is_sound.then(|| draw(&read.value)), problems: read.problems }
}

/// An arrow between two boxes, by their place in the list of names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrow {
    /// Where it begins.
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// What it says; a line end breaks it.
    pub label: String,
}

/// Draws boxes with names and arrows between them, for whoever has no mermaid text. An arrow to a box that is not there
/// is left out.
#[must_use]
pub fn draw_arrows(names: &[String], arrows: impl IntoIterator<Item = Arrow>, options: &Options<'_>) -> Drawing {
    let mut chart = mermaid::flowchart::Flowchart::default();
    for name in names {
        let label = mermaid::label::Label::plain(name);
        chart.nodes.push(mermaid::flowchart::Node { id: name.clone(), label, ..Default::default() });
    }
    for arrow in arrows.into_iter().filter(|arrow| arrow.from < names.len() && arrow.to < names.len()) {
        let lines = arrow.label.split('\n').filter(|line| !line.is_empty());
        let run = |line: &str| vec![mermaid::label::Run { text: line.to_owned(), ..Default::default() }];
        let label = mermaid::label::Label { lines: lines.map(run).collect() };
        let line = mermaid::flowchart::Edge::line(arrow.from, arrow.to);
        chart.edges.push(mermaid::flowchart::Edge { end: mermaid::flowchart::Head::Arrow, label, ..line });
    }
    svg::flowchart(&chart, options)
}

/// Draws a mind map, for whoever has no mermaid text.
#[must_use]
pub fn draw_mindmap(map: &mermaid::mindmap::MindMap, options: &Options<'_>) -> Drawing {
    svg::mindmap(map, options)
}

/// The boxes of a flowchart and where they stand, for whoever wants to measure the layout; `None` if there is no drawing.
#[must_use]
pub fn laid_out(source: &str) -> Option<(graph::Graph, graph::Geometry)> {
    let preamble = mermaid::preamble(source);
    let read = (preamble.kind == Some(Kind::Flowchart)).then(|| mermaid::flowchart::read(source, &preamble))?;
    let graph = read.problems.iter().all(|p| p.weight != Weight::Error).then(|| svg::graph(&read.value))?;
    let geometry = layout::layout(&graph);
    Some((graph, geometry))
}
