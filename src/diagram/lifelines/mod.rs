//! Lifelines: where everything in a sequence diagram stands.
//!
//! In: a [`Sequence`]. Out: a [`Placed`] drawing: figures, lines and labels with their places. How: labels are measured
//! ([`measure`]), columns are set apart as far as texts between them need ([`columns`]), then events are walked from top
//! to bottom ([`rows`]), with the state of each lifeline and a stack of open frames ([`frames`]). Cost: linear in events
//! and participants, but for the sort of the texts by how many columns they span.

mod columns;
pub(super) mod frames;
mod measure;
mod rows;
#[cfg(test)]
mod tests;

use super::graph::{Point, Rect, Size};
use super::mermaid::sequence::Role;
use super::mermaid::sequence::{Arrow, Block, Sequence};
use super::text::Block as Label;

/// A label and its centre.
#[derive(Clone, Debug)]
pub(super) struct Tag {
    pub label: Label,
    pub centre: Point,
}

/// A participant's figure.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// Index into [`Sequence::actors`].
    pub actor: usize,
    pub size: Size,
    pub label: Label,
    pub centre: Point,
}

/// The line below a participant.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Lifeline {
    pub x: f32,
    pub top: f32,
    pub bottom: f32,
    /// Ends in a cross.
    pub destroyed: bool,
}

/// A message.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Index among the messages of the diagram.
    pub message: usize,
    pub arrow: Arrow,
    /// Cubic Bézier chain, as in [`Route`](super::graph::Route).
    pub curve: Vec<Point>,
    pub tag: Option<Tag>,
    /// Where its number is drawn, if it has one.
    pub number: Option<Point>,
}

/// A frame around events.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub block: Block,
    pub rect: Rect,
    /// The word of the block, in the upper left corner.
    pub tab: Rect,
    pub title: Option<Tag>,
    /// Lines between its parts, and what the parts are called.
    pub parts: Vec<(f32, Option<Tag>)>,
}

/// A frame around participants.
#[derive(Clone, Debug)]
pub(super) struct Enclosure {
    /// Index into [`Sequence::boxes`].
    pub held: usize,
    pub rect: Rect,
    pub title: Tag,
}

/// A note.
#[derive(Clone, Debug)]
pub(super) struct Note {
    pub rect: Rect,
    pub label: Label,
}

/// A sequence diagram with places. All of it lies within (0, 0) to (`size.width`, `size.height`).
#[derive(Clone, Debug, Default)]
pub(super) struct Placed {
    pub size: Size,
    pub heads: Vec<Head>,
    /// The figures once more below long diagrams.
    pub feet: Vec<Head>,
    pub lifelines: Vec<Lifeline>,
    /// Times in which a participant is active.
    pub bars: Vec<Rect>,
    pub lines: Vec<Line>,
    pub notes: Vec<Note>,
    /// Outer ones before inner ones.
    pub frames: Vec<Frame>,
    pub enclosures: Vec<Enclosure>,
}

/// How large the figure of a role is around a label of a size.
pub(super) type Figures<'a> = &'a dyn Fn(Role, Size) -> Size;

/// Gives everything its place.
pub(super) fn place(sequence: &Sequence, figures: Figures<'_>) -> Placed {
    let measured = measure::measure(sequence, figures);
    let columns = columns::columns(sequence, &measured);
    rows::rows(sequence, measured, &columns)
}
