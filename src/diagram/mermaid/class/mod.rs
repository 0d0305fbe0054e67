//! Class diagrams, read into the model that flowcharts are drawn from.
//!
//! In: a text. Out: a [`Flowchart`] in which a class is a box with compartments, a namespace a subgraph, a relation an edge
//! with UML's heads and cardinalities at its ends, a note a card beside its class, an offered interface (`()--`) its name
//! at a ring. How: statements one after the other ([`parse`]), with a reader of their own for members ([`member`]) and
//! for relations ([`relation`]).

mod member;
mod parse;
mod relation;
#[cfg(test)]
mod tests;

use super::Preamble;
use super::flowchart::Flowchart;
use crate::diagram::Outcome;

/// Reads a class diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    parse::read(source, preamble)
}
