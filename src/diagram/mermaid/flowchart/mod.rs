//! Flowcharts: the model, and the way to it.
//!
//! In: a text. Out: a [`Flowchart`] whose nodes stand in the order they are first named, with every problem that was
//! met. [`parse`] reads statements, [`node`] shapes, [`link`] arrows, [`style`] colours.

mod colour_names;
mod link;
mod node;
mod parse;
mod resolve;
mod style;

pub use link::{Head, Stroke};
pub(super) use link::{Link, link};
pub use node::Shape;
pub(super) use node::shape;
pub(super) use parse::direction;
pub use parse::read;
pub use style::{Colour, Style};

use super::label::Label;
use crate::diagram::graph::Direction;

/// A flowchart.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Flowchart {
    /// Which way it runs.
    pub direction: Direction,
    /// Its nodes.
    pub nodes: Vec<Node>,
    /// Its links.
    pub edges: Vec<Edge>,
    /// Its subgraphs; one comes after the one it lies in.
    pub subgraphs: Vec<Subgraph>,
    /// Its title.
    pub title: Option<String>,
    /// What it says to those who do not see it (`accTitle`, `accDescr`).
    pub spoken_title: Option<String>,
    /// The same, longer.
    pub description: Option<String>,
}

/// A node.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Its name in the source.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// Its outline.
    pub shape: Shape,
    /// The subgraph it lies in.
    pub parent: Option<usize>,
    /// Colours given by the author.
    pub style: Style,
    /// An address given by the author.
    pub href: Option<String>,
    /// What stands under its label, in compartments of their own.
    pub compartments: Vec<Compartment>,
    /// What it is, where that is to be seen by its colour.
    pub tone: Tone,
}

/// Rows of cells under the name of a box: the members of a class, the attributes of an entity.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Compartment {
    /// Its rows; the n-th cells of all rows make a column.
    pub rows: Vec<Vec<Label>>,
}

/// What a node is beside the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// One of them.
    #[default]
    Plain,
    /// A remark.
    Note,
    /// Something that others are responsible for.
    Outside,
}

/// What a link ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A node.
    Node(usize),
    /// A subgraph.
    Subgraph(usize),
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// How it is drawn.
    pub stroke: Stroke,
    /// What is at its beginning.
    pub start: Head,
    /// What is at its end.
    pub end: Head,
    /// Ranks it spans at least.
    pub length: u32,
    /// What it says.
    pub label: Label,
    /// What stands beside its beginning and beside its end (cardinalities).
    pub at_ends: [Label; 2],
    /// Colours given by the author.
    pub style: Style,
}

impl Edge {
    /// A plain line between two nodes.
    #[must_use]
    pub fn line(from: usize, to: usize) -> Edge {
        Edge {
            from: End::Node(from),
            to: End::Node(to),
            stroke: Stroke::Normal,
            start: Head::None,
            end: Head::None,
            length: 1,
            label: Label::default(),
            at_ends: [Label::default(), Label::default()],
            style: Style::default(),
        }
    }
}

/// A subgraph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Subgraph {
    /// Its name in the source.
    pub id: String,
    /// Its title.
    pub label: Label,
    /// The subgraph it lies in.
    pub parent: Option<usize>,
    /// Its own direction.
    pub direction: Option<Direction>,
    /// Colours given by the author.
    pub style: Style,
}
