//! Places for flows: nodes in columns, as tall as what goes through them, flows as bands between them.
//!
//! As in d3-sankey: columns are the longest ways from the sources, nodes move towards what they are joined with and are
//! then pushed apart, and bands leave and enter a node in the order of their other ends. A node takes the room of its
//! words too, so that no label covers another.

use super::graph::single;

/// A node, measured.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Node {
    /// The height of its words, in pixels.
    pub words: f32,
}

/// An amount from a node to another, by their indices. Flows must go in no circle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Where it comes from.
    pub from: usize,
    /// Where it goes.
    pub to: usize,
    /// How much.
    pub amount: f64,
}

/// Where a node stands that has some freedom.
pub use super::mermaid::sankey::Alignment;

/// Where everything is; y grows downwards from 0.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Placed {
    /// In which column each node stands, from 0.
    pub columns: Vec<usize>,
    /// The upper end of each node, and its height.
    pub spans: Vec<(f32, f32)>,
    /// What goes through each node.
    pub amounts: Vec<f64>,
    /// The upper ends of each flow, at its source and at its target, and its thickness.
    pub bands: Vec<(f32, f32, f32)>,
    /// How high all is.
    pub height: f32,
}

/// Between two nodes of a column, in pixels.
const GAP: f32 = 10.0;
/// How thin anything is at least.
const THIN: f32 = 1.0;
const ROUNDS: u32 = 16;

/// Places nodes and flows; the fullest column is about `height` high, or as high as its words need.
#[must_use]
pub fn flows(nodes: &[Node], flows: &[Flow], alignment: Alignment, height: f32) -> Placed {
    let mut net = Net::new(nodes, flows);
    let columns = net.columns(alignment);
    let count = columns.iter().max().map_or(0, |last| last + 1);
    let mut rows: Vec<Vec<usize>> = vec![Vec::new(); count];
    for (node, column) in columns.iter().enumerate() {
        rows[*column].push(node);
    }
    let scale = scale(&net, &rows, height);
    let heights: Vec<f32> = net.amounts.iter().map(|a| single(a * scale).max(THIN)).collect();
    let room: Vec<f32> = heights.iter().zip(nodes).map(|(h, n)| h.max(n.words) + GAP).collect();
    let tall = |row: &Vec<usize>| row.iter().map(|n| room[*n]).sum::<f32>();
    let height = rows.iter().map(tall).fold(0.0, f32::max);
    // Middles of nodes: first one below the other, then moved towards what they are joined with.
    let mut middles = vec![0.0_f32; nodes.len()];
    for row in &rows {
        let mut y = (height - tall(row)) / 2.0;
        for node in row {
            middles[*node] = y + room[*node] / 2.0;
            y += room[*node];
        }
    }
    for round in 0..ROUNDS {
        let towards_sources = round % 2 == 1;
        let order: Vec<usize> = if towards_sources { (0..count).collect() } else { (0..count).rev().collect() };
        for column in order {
            net.pull(&rows[column], &mut middles, towards_sources);
            push(&mut rows[column], &mut middles, &room, height);
        }
    }
    let spans: Vec<(f32, f32)> = middles.iter().zip(&heights).map(|(m, h)| (m - h / 2.0, *h)).collect();
    let bands = net.bands(&spans, &middles, scale);
    let top = spans.iter().zip(nodes).map(|((y, h), n)| y + h / 2.0 - h.max(n.words) / 2.0).fold(f32::MAX, f32::min);
    let mut placed = Placed { columns, spans, amounts: net.amounts, bands, height: (height - GAP).max(0.0) };
    placed.lift(if top < f32::MAX { top } else { 0.0 });
    placed
}

/// Pixels for an amount of 1, such that the fullest column is about as high as wanted.
fn scale(net: &Net<'_>, rows: &[Vec<usize>], height: f32) -> f64 {
    let free = |row: &Vec<usize>| f64::from((height - (row.len() as f32 - 1.0) * GAP).max(height / 3.0));
    let fits = |row: &Vec<usize>| {
        let sum: f64 = row.iter().map(|n| net.amounts[*n]).sum();
        if sum > 0.0 { free(row) / sum } else { f64::INFINITY }
    };
    let scale = rows.iter().map(fits).fold(f64::INFINITY, f64::min);
    if scale.is_finite() { scale } else { 0.0 }
}

impl Placed {
    /// Moves all upwards.
    fn lift(&mut self, by: f32) {
        for (y, _) in &mut self.spans {
            *y -= by;
        }
        for (from, to, _) in &mut self.bands {
            *from -= by;
            *to -= by;
        }
    }
}

struct Net<'f> {
    flows: &'f [Flow],
    outs: Vec<Vec<usize>>,
    ins: Vec<Vec<usize>>,
    amounts: Vec<f64>,
}

impl<'f> Net<'f> {
    fn new(nodes: &[Node], flows: &'f [Flow]) -> Net<'f> {
        let mut outs: Vec<Vec<usize>> = vec![Vec::new(); nodes.len()];
        let mut ins = outs.clone();
        for (at, flow) in flows.iter().enumerate() {
            outs[flow.from].push(at);
            ins[flow.to].push(at);
        }
        let sum = |all: &Vec<usize>| all.iter().map(|f| flows[*f].amount).sum::<f64>();
        let amounts = outs.iter().zip(&ins).map(|(o, i)| sum(o).max(sum(i))).collect();
        Net { flows, outs, ins, amounts }
    }

    /// The longest way to each node along flows, or against them.
    fn depths(&self, against: bool) -> Vec<usize> {
        let (ahead, behind) = if against { (&self.ins, &self.outs) } else { (&self.outs, &self.ins) };
        let other = |flow: usize| if against { self.flows[flow].from } else { self.flows[flow].to };
        let mut waits: Vec<usize> = behind.iter().map(Vec::len).collect();
        let mut depths = vec![0; waits.len()];
        let mut free: Vec<usize> = (0..waits.len()).filter(|n| waits[*n] == 0).collect();
        while let Some(node) = free.pop() {
            for flow in &ahead[node] {
                let next = other(*flow);
                depths[next] = depths[next].max(depths[node] + 1);
                waits[next] -= 1;
                if waits[next] == 0 {
                    free.push(next);
                }
            }
        }
        depths
    }

    fn columns(&mut self, alignment: Alignment) -> Vec<usize> {
        let depths = self.depths(false);
        let last = depths.iter().copied().max().unwrap_or(0);
        let heights = self.depths(true);
        (0..depths.len())
            .map(|node| match alignment {
                Alignment::Right => last - heights[node],
                Alignment::Justify if self.outs[node].is_empty() => last,
                Alignment::Center if self.ins[node].is_empty() => {
                    let nearest = self.outs[node].iter().map(|f| depths[self.flows[*f].to]).min();
                    nearest.map_or(0, |column| column.saturating_sub(1))
                }
                Alignment::Left | Alignment::Justify | Alignment::Center => depths[node],
            })
            .collect()
    }

    /// Moves the nodes of a column to the middle of what they are joined with on one side, by weight.
    fn pull(&self, row: &[usize], middles: &mut [f32], towards_sources: bool) {
        for node in row {
            let joined = if towards_sources { &self.ins[*node] } else { &self.outs[*node] };
            let (mut sum, mut weight) = (0.0, 0.0);
            for flow in joined.iter().map(|f| self.flows[*f]) {
                let other = if towards_sources { flow.from } else { flow.to };
                sum += f64::from(middles[other]) * flow.amount;
                weight += flow.amount;
            }
            if weight > 0.0 {
                middles[*node] = single(sum / weight);
            }
        }
    }

    /// Where each band leaves its source and enters its target.
    fn bands(&self, spans: &[(f32, f32)], middles: &[f32], scale: f64) -> Vec<(f32, f32, f32)> {
        let thick = |flow: &Flow| single(flow.amount * scale);
        let mut bands: Vec<(f32, f32, f32)> = self.flows.iter().map(|f| (0.0, 0.0, thick(f).max(THIN))).collect();
        for (node, span) in spans.iter().enumerate() {
            for leaves in [true, false] {
                let mut ends = if leaves { self.outs[node].clone() } else { self.ins[node].clone() };
                let other = |flow: usize| if leaves { self.flows[flow].to } else { self.flows[flow].from };
                ends.sort_by(|a, b| middles[other(*a)].total_cmp(&middles[other(*b)]));
                let all: f32 = ends.iter().map(|f| thick(&self.flows[*f])).sum();
                let mut y = span.0 + ((span.1 - all) / 2.0).max(0.0);
                for flow in ends {
                    let end = if leaves { &mut bands[flow].0 } else { &mut bands[flow].1 };
                    *end = y;
                    y += thick(&self.flows[flow]);
                }
            }
        }
        bands
    }
}

/// Sorts the nodes of a column by their middles and pushes them apart, within the height.
fn push(row: &mut [usize], middles: &mut [f32], room: &[f32], height: f32) {
    row.sort_by(|a, b| middles[*a].total_cmp(&middles[*b]));
    let mut y = 0.0_f32;
    for node in row.iter() {
        let half = room[*node] / 2.0;
        middles[*node] = middles[*node].max(y + half);
        y = middles[*node] + half;
    }
    let mut y = height;
    for node in row.iter().rev() {
        let half = room[*node] / 2.0;
        middles[*node] = middles[*node].min(y - half);
        y = middles[*node] - half;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const NODE: Node = Node { words: 16.0 };

    fn flow(from: usize, to: usize, amount: f64) -> Flow {
        Flow { from, to, amount }
    }

    #[test]
    fn what_leads_nowhere_stands_last() {
        let way = [flow(0, 1, 2.0), flow(1, 2, 1.0), flow(0, 3, 1.0)];
        let columns = |alignment| flows(&[NODE; 4], &way, alignment, 200.0).columns;
        assert_eq!(columns(Alignment::Justify), [0, 1, 2, 2]);
        assert_eq!(columns(Alignment::Left), [0, 1, 2, 1]);
        assert_eq!(columns(Alignment::Right), [0, 1, 2, 2]);
    }

    #[test]
    fn nodes_are_as_tall_as_what_goes_through_them() {
        let placed = flows(&[NODE; 3], &[flow(0, 2, 3.0), flow(1, 2, 1.0)], Alignment::Justify, 210.0);
        assert_eq!(placed.amounts, [3.0, 1.0, 4.0]);
        assert!((placed.spans[0].1 - 3.0 * placed.spans[1].1).abs() < 0.1, "{placed:?}");
        assert!((placed.bands[0].1 - placed.spans[2].0).abs() < 0.1, "the upper band enters at the upper end");
    }

    proptest! {
        #[test]
        fn nodes_and_words_of_a_column_are_apart(ends in prop::collection::vec((0..12_usize, 1..12_usize, 0.0..100.0_f64), 1..40)) {
            let way: Vec<Flow> = ends.iter().map(|(from, by, a)| flow(*from, from + by, *a)).collect();
            let placed = flows(&[NODE; 24], &way, Alignment::Justify, 300.0);
            let middle = |n: usize| placed.spans[n].0 + placed.spans[n].1 / 2.0;
            let half = |n: usize| placed.spans[n].1.max(NODE.words) / 2.0;
            for a in 0..24 {
                prop_assert!(middle(a) - half(a) >= -0.1 && middle(a) + half(a) <= placed.height + 0.1, "{placed:?}");
                for b in 0..a {
                    let apart = (middle(a) - middle(b)).abs() + 0.1 >= half(a) + half(b);
                    prop_assert!(placed.columns[a] != placed.columns[b] || apart);
                }
            }
        }
    }
}
