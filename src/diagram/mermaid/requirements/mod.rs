//! Requirement diagrams, read into the model that flowcharts are drawn from.
//!
//! In: a text. Out: a [`Flowchart`] in which a requirement or an element is a box with what is known of it, a relationship
//! a dashed arrow; what contains another has a ring with a cross. How: statements one after the other ([`parse`]).

mod parse;
#[cfg(test)]
mod tests;

use super::Preamble;
use super::flowchart::Flowchart;
use crate::diagram::Outcome;

/// Reads a requirement diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    parse::read(source, preamble)
}
