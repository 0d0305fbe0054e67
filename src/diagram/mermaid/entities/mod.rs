//! Entity relationship diagrams, read into the model that flowcharts are drawn from.
//!
//! In: a text. Out: a [`Flowchart`] in which an entity is a box with a table of its attributes, a relationship an edge with
//! crow's feet. How: statements one after the other ([`parse`]), with readers of their own for cardinalities
//! ([`cardinality`]).

mod cardinality;
mod parse;
#[cfg(test)]
mod tests;

use super::Preamble;
use super::flowchart::Flowchart;
use crate::diagram::Outcome;

/// Reads an entity relationship diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    parse::read(source, preamble)
}
