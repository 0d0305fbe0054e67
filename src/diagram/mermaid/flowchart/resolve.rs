//! What can only be said when all has been read: what names mean, and who wears which colours.

use super::parse::{Pending, Reader};
use super::style::Style;
use super::{Edge, End, Flowchart};
use crate::diagram::mermaid::label::Label;
use crate::diagram::{Outcome, Problem, Weight};
use std::collections::{HashMap, HashSet};

/// The flowchart of a source that has been read to its end.
pub(super) fn finish(mut reader: Reader<'_>) -> Outcome<Flowchart> {
    while let Some((index, range)) = reader.open.pop() {
        let message = "the subgraph is not closed".to_owned();
        reader.problems.push(Problem {
            weight: Weight::Error,
            range,
            message,
            help: Some("write `end` on a line of its own"),
        });
        for name in reader.mentioned.pop().unwrap_or_default() {
            reader.own(index, name);
        }
    }
    reader.drop_subgraph_nodes();
    reader.edges();
    reader.dress();
    Outcome { value: reader.chart, problems: reader.problems }
}

impl Reader<'_> {
    /// A name that is a subgraph's is no node.
    fn drop_subgraph_nodes(&mut self) {
        let is_subgraph: HashSet<&str> =
            self.subgraphs.keys().copied().filter(|id| self.nodes.contains_key(id)).collect();
        if is_subgraph.is_empty() {
            return;
        }
        self.chart.nodes.retain(|n| !is_subgraph.contains(n.id.as_str()));
        self.nodes.retain(|id, _| !is_subgraph.contains(id));
        let places: HashMap<&str, usize> =
            self.chart.nodes.iter().enumerate().map(|(at, n)| (n.id.as_str(), at)).collect();
        for (id, at) in &mut self.nodes {
            *at = places.get(id).copied().unwrap_or(0);
        }
    }

    fn edges(&mut self) {
        let end = |name: &str| match self.subgraphs.get(name) {
            Some(&at) => Some(End::Subgraph(at)),
            None => self.nodes.get(name).map(|&at| End::Node(at)),
        };
        for Pending { from, to, link } in &self.pending {
            let (Some(from), Some(to)) = (end(from), end(to)) else { continue };
            self.chart.edges.push(Edge {
                from,
                to,
                stroke: link.stroke,
                start: link.start,
                end: link.end,
                length: link.length,
                label: link.label.map(Label::read).unwrap_or_default(),
                at_ends: [Label::default(), Label::default()],
                style: Style::default(),
            });
        }
    }

    /// Classes first, then what is said of one thing alone.
    fn dress(&mut self) {
        let default = self.classes.get("default").cloned().unwrap_or_default();
        for node in &mut self.chart.nodes {
            node.style.add(&default);
        }
        let classed: Vec<(&str, Style)> = self
            .uses
            .iter()
            .filter_map(|(id, class)| self.classes.get(class).map(|style| (*id, style.clone())))
            .collect();
        for (id, style) in classed.iter().chain(&self.styles) {
            if let Some(&at) = self.subgraphs.get(id) {
                self.chart.subgraphs[at].style.add(style);
            } else if let Some(&at) = self.nodes.get(id) {
                self.chart.nodes[at].style.add(style);
            }
        }
        for (number, style) in &self.link_styles {
            match number {
                Some(number) => self.chart.edges.get_mut(*number).into_iter().for_each(|e| e.style.add(style)),
                None => self.chart.edges.iter_mut().for_each(|e| e.style.add(style)),
            }
        }
    }
}
