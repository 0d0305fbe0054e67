//! Flows as bands between nodes; what a node is called stands behind it.

use super::chart::{Anchor, COLOURS, Canvas, MARGIN, SMALL};
use super::scale;
use super::write::Num;
use crate::diagram::flows::{self, Node, Placed};
use crate::diagram::graph::Size;
use crate::diagram::mermaid::label::{Label, Run};
use crate::diagram::mermaid::sankey::Sankey;
use crate::diagram::text::{self, Block, Face};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

/// How wide a node is, and how far its words stand from it.
const THICK: f32 = 12.0;
const APART: f32 = 6.0;
/// What a band has to turn in, beside the words it goes through: at least and at most, and the width that is not passed
/// for more.
const TURN: f32 = 44.0;
const WIDE_TURN: f32 = 130.0;
const WIDTH: f32 = 660.0;
/// How high the fullest column is for each of its nodes, at least and at most.
const NODE: f32 = 34.0;
const LOW: f32 = 220.0;
const TALL: f32 = 560.0;
const NAME: Face = Face { measure: 120.0, ..SMALL };

/// Draws a diagram of flows.
#[must_use]
pub fn sankey(sankey: &Sankey, options: &Options<'_>) -> Drawing {
    let mut canvas = Canvas::new(options);
    let flow = |f: &crate::diagram::mermaid::sankey::Flow| flows::Flow { from: f.from, to: f.to, amount: f.amount };
    let all: Vec<flows::Flow> = sankey.flows.iter().map(flow).collect();
    let words = words(sankey, &all);
    let nodes: Vec<Node> = words.iter().map(|block| Node { words: block.size.height }).collect();
    let height = (nodes.len() as f32 * NODE / 2.0).clamp(LOW, TALL);
    let placed = flows::flows(&nodes, &all, sankey.alignment, height);
    let columns = columns(&placed, &words);
    let width = columns.last().copied().unwrap_or(0.0);
    let (title, top) = canvas.title(&sankey.heading, width);
    for (at, flow) in all.iter().enumerate() {
        let colour = (if sankey.colour_of_target { flow.to } else { flow.from }) % COLOURS;
        let from = columns[placed.columns[flow.from]] + MARGIN + THICK;
        let to = columns[placed.columns[flow.to]] + MARGIN;
        let (y, z, thick) = placed.bands[at];
        let _ = write!(
            canvas.svg,
            "<path class=\"edge band c{colour}\" data-from=\"n{}\" data-to=\"n{}\" d=\"{}\"/>",
            flow.from,
            flow.to,
            band((from, y + top), (to, z + top), thick)
        );
    }
    for (at, (y, high)) in placed.spans.iter().enumerate() {
        let x = columns[placed.columns[at]] + MARGIN;
        let _ = write!(
            canvas.svg,
            "<g class=\"node area c{}\" data-id=\"n{at}\"><rect x=\"{}\" y=\"{}\" width=\"{THICK}\" height=\"{}\"/></g>",
            at % COLOURS,
            Num(x),
            Num(y + top),
            Num(*high)
        );
        let place = (x + THICK + APART, y + top + high / 2.0);
        let label = &sankey.nodes[at];
        canvas.linked(label, |canvas| canvas.words(&words[at], NAME, place, Anchor::Start, "halo"));
    }
    let (open, close) = options.phrases.label;
    let name = |node: usize| sankey.nodes[node].spoken();
    let said: Vec<String> = sankey
        .flows
        .iter()
        .map(|f| {
            format!("{}{}{}{open}{}{close}", name(f.from), options.phrases.to, name(f.to), scale::number(f.amount))
        })
        .collect();
    let size = Size { width: width.max(title) + 2.0 * MARGIN, height: top + placed.height + MARGIN };
    canvas.finish("sankey", size, &sankey.heading, options.phrases.sankey, &said)
}

/// What stands behind each node: its name, and how much goes through it.
fn words(sankey: &Sankey, all: &[flows::Flow]) -> Vec<Block> {
    let mut through = vec![(0.0_f64, 0.0_f64); sankey.nodes.len()];
    for flow in all {
        through[flow.from].0 += flow.amount;
        through[flow.to].1 += flow.amount;
    }
    let amount = |at: usize| through[at].0.max(through[at].1);
    let label = |(at, name): (usize, &Label)| {
        let mut label = name.clone();
        if let Some((before, after)) = &sankey.values {
            let amount = (amount(at) * 100.0).round() / 100.0;
            let text = format!("{before}{}{after}", scale::number(amount));
            label.lines.push(vec![Run { text, ..Run::default() }]);
        }
        text::set(&label, NAME)
    };
    sankey.nodes.iter().enumerate().map(label).collect()
}

/// Where each column begins, and at last where the words of the last one end.
fn columns(placed: &Placed, words: &[Block]) -> Vec<f32> {
    let count = placed.columns.iter().max().map_or(0, |last| last + 1);
    let mut widest = vec![0.0_f32; count];
    for (column, block) in placed.columns.iter().zip(words) {
        widest[*column] = widest[*column].max(block.size.width);
    }
    let filled: f32 = widest.iter().map(|w| THICK + APART + w).sum();
    let turn = ((WIDTH - filled) / count.saturating_sub(1).max(1) as f32).clamp(TURN, WIDE_TURN);
    let mut x = 0.0;
    let mut columns = Vec::with_capacity(count + 1);
    for (at, wide) in widest.iter().enumerate() {
        columns.push(x);
        let turn = if at + 1 < count { turn } else { 0.0 };
        x += THICK + APART + wide + turn;
    }
    columns.push(x);
    columns
}

/// A band of even height from a place to another.
fn band(from: (f32, f32), to: (f32, f32), thick: f32) -> String {
    let middle = Num(f32::midpoint(from.0, to.0));
    let (x, y, z) = (Num(to.0), Num(to.1), Num(from.1));
    let (below, under) = (Num(to.1 + thick), Num(from.1 + thick));
    let start = Num(from.0);
    format!("M{start} {z}C{middle} {z} {middle} {y} {x} {y}V{below}C{middle} {below} {middle} {under} {start} {under}z")
}
