//! State diagrams: states and transitions, read into the model that flowcharts are drawn from.
//!
//! In: a text. Out: a [`Flowchart`] in which a state is a rounded box, a composite state a subgraph, `[*]` a dot or a ring,
//! `<<fork>>` a bar, `<<choice>>` a rhombus, a note a card beside its state; so one layout and one painter serve both.
//! How: one statement a line ([`parse`]), states gathered by id in their scope ([`scene`]), then turned into the chart.

mod parse;
mod scene;
#[cfg(test)]
mod tests;

use super::Preamble;
use super::flowchart::Flowchart;
use crate::diagram::Outcome;

/// Reads a state diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    let (scene, problems) = parse::parse(source, preamble.word.end);
    let mut chart = scene.chart();
    chart.title = chart.title.or_else(|| preamble.title.clone());
    Outcome { value: chart, problems }
}
