//! Block diagrams: boxes in columns, boxes within boxes, links between them; the author says where each stands.
//!
//! `columns 3` says how many; `a["words"]:2` takes two of them; `space:2` leaves two free; `block:id … end` holds others;
//! `id<["words"]>(right)` is an arrow among the boxes. [`parse`] reads.

mod parse;
#[cfg(test)]
mod tests;

pub use parse::read;

use super::body::Heading;
use super::flowchart::{Head, Shape, Stroke, Style};
use super::label::Label;

/// Which way an arrow points.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Points {
    /// `left`, `x`
    pub left: bool,
    /// `right`, `x`
    pub right: bool,
    /// `up`, `y`
    pub up: bool,
    /// `down`, `y`
    pub down: bool,
}

/// What a box is.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// A box with words.
    Leaf(Shape),
    /// An arrow with words.
    Arrow(Points),
    /// A place that is left free.
    Space,
    /// A frame around others, in so many columns; all in one row if it does not say.
    Frame(Option<usize>),
}

/// A box.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// What it is called in the source; empty if it has no name.
    pub id: String,
    /// What it says.
    pub label: Label,
    /// What it is.
    pub form: Form,
    /// How many columns it takes, at least 1.
    pub span: usize,
    /// The frame around it; one comes after the frame it lies in.
    pub parent: Option<usize>,
    /// Colours given by the author.
    pub style: Style,
}

/// A link.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// Where it begins, an index into [`Blocks::blocks`].
    pub from: usize,
    /// Where it ends.
    pub to: usize,
    /// How it is drawn.
    pub stroke: Stroke,
    /// What is at its beginning.
    pub start: Head,
    /// What is at its end.
    pub end: Head,
    /// What it says.
    pub label: Label,
}

/// A block diagram.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Blocks {
    /// What it says of itself.
    pub about: Heading,
    /// How many columns there are; all in one row if it does not say.
    pub columns: Option<usize>,
    /// Its boxes, in the order of the source.
    pub blocks: Vec<Block>,
    /// Its links.
    pub links: Vec<Link>,
}
