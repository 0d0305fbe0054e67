//! Diagrams: mermaid text in, SVG out. A library of its own: nothing in here knows of pages.
//!
//! ```text
//! text ─ mermaid ─▶ model, with spans ─ svg ─▶ graph of measured boxes ─ layout ─▶ geometry ─ svg ─▶ SVG
//! ```
//!
//! [`mermaid`] reads, [`text`] measures, [`layout`] places, [`svg`] draws. Nothing here fails: what is not understood
//! is a [`Problem`] with its place, and a diagram with errors has no drawing.

pub mod graph;
pub mod layout;
pub mod mermaid;
pub mod svg;
pub mod text;

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
    /// Between what an edge comes from and what it leads to.
    pub to: &'static str,
    /// Between two statements.
    pub separator: &'static str,
    /// Before a label, and after it.
    pub label: (&'static str, &'static str),
}

impl Phrases {
    /// Chinese.
    pub const CHINESE: Phrases =
        Phrases { flowchart: "流程图", to: " → ", separator: "；", label: ("（", "）") };
    /// English.
    pub const ENGLISH: Phrases = Phrases { flowchart: "Flowchart", to: " → ", separator: "; ", label: (" (", ")") };
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
    let preamble = mermaid::preamble(source);
    let Some(kind) = preamble.kind else {
        return Outcome { value: None, problems: vec![mermaid::unknown(source, &preamble)] };
    };
    if kind != Kind::Flowchart {
        return Outcome { value: None, problems: vec![mermaid::not_drawn(kind, &preamble)] };
    }
    let Outcome { value: chart, problems } = mermaid::flowchart::read(source, &preamble);
    if problems.iter().any(|p| p.weight == Weight::Error) {
        return Outcome { value: None, problems };
    }
    Outcome { value: Some(svg::flowchart(&chart, options)), problems }
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
