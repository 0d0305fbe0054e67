//! C4 diagrams (context, container, component, dynamic, deployment), read into the model that flowcharts are drawn from.
//!
//! In: a text. Out: a [`Flowchart`] in which a person, a system, a container or a component is a node, a boundary or a
//! deployment node a subgraph, a relationship an arrow. How: every statement is a call ([`call`]); [`parse`] says what each
//! does. What `UpdateLayoutConfig` and offsets say of places is left to the layout.

mod call;
mod parse;
#[cfg(test)]
mod tests;

use super::Preamble;
use super::flowchart::Flowchart;
use crate::diagram::Outcome;

/// Reads a C4 diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    parse::read(source, preamble)
}
