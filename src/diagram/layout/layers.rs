//! A proper layering: every link a chain of items on consecutive rows, frames with a border item on each of their rows.
//!
//! In: a part with ranks. Out: [`Layers`], the rows with their items, who is joined to whom, and the groups (a frame's
//! share of a row) that ordering must keep together. Rows are the ranks, and between two ranks one more where the label
//! of a link that spans a single rank needs it; labels of longer links stand in the ranks they pass. The links of a
//! chain that runs out of a frame stay in the frame as long as it lasts (as `parent-dummy-chains` does in dagre).
//! Cost: linear in blocks, links and the rows they span; links that would need more than [`MOST_BENDS`] items in all
//! are left out and drawn straight.

use super::part::Part;

/// Items all chains together may have.
const MOST_BENDS: usize = 150_000;

/// What stands in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Block(u32),
    /// A link passes.
    Bend(u32),
    /// A link's label.
    Label(u32),
    /// The low or the high side of a frame.
    Low(u32),
    High(u32),
}

/// The chain of a link, from the upper to the lower block.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Chain {
    pub upper: u32,
    pub lower: u32,
    /// Items `first..first + count`, on the rows after that of the upper block.
    pub first: u32,
    pub count: u32,
    /// Not in the layering: too long for the bound on items.
    pub loose: bool,
}

/// Two joined items on consecutive rows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Joint {
    pub upper: u32,
    pub lower: u32,
}

/// A child of a group: an item or a group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Child {
    Item(u32),
    Group(u32),
}

/// A frame's share of a row, or the whole row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub row: u32,
    pub frame: Option<u32>,
    /// Items in it, borders and inner groups included.
    pub size: u32,
}

/// Rows `first..=last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Span {
    pub first: u32,
    pub last: u32,
}

#[derive(Clone, Debug, Default)]
pub(super) struct Layers {
    pub rows: u32,
    /// Whether a row was made for labels only.
    pub label_row: Vec<bool>,
    pub kinds: Vec<Kind>,
    pub row_of: Vec<u32>,
    /// The group an item is a child of. Border items are of the group whose sides they mark.
    pub group_of: Vec<u32>,
    pub groups: Vec<Group>,
    /// The group a group is a child of.
    pub outer: Vec<Option<u32>>,
    /// Groups of each row, outer before inner: `row_groups[row_first[r]..row_first[r + 1]]`.
    pub row_first: Vec<u32>,
    pub row_groups: Vec<u32>,
    pub chains: Vec<Chain>,
    pub joints: Vec<Joint>,
    pub spans: Vec<Span>,
    /// First border item and first group of each frame; the others follow row by row.
    pub borders: Vec<u32>,
    pub frame_groups: Vec<u32>,
}

impl Layers {
    pub fn low_border(&self, frame: u32, row: u32) -> u32 {
        self.borders[frame as usize] + 2 * (row - self.spans[frame as usize].first)
    }

    pub fn frame_group(&self, frame: u32, row: u32) -> u32 {
        self.frame_groups[frame as usize] + (row - self.spans[frame as usize].first)
    }

    pub fn groups_of_row(&self, row: u32) -> &[u32] {
        &self.row_groups[self.row_first[row as usize] as usize..self.row_first[row as usize + 1] as usize]
    }
}

/// Builds the layering.
pub(super) fn layers(part: &Part, ranks: &[u32], turned: &[bool]) -> Layers {
    let mut it = Layers::default();
    let row_of_rank = it.make_rows(part, ranks);
    for (v, &r) in ranks.iter().enumerate() {
        it.kinds.push(Kind::Block(v as u32));
        it.row_of.push(row_of_rank[r as usize]);
    }
    it.find_spans(part);
    it.make_groups(part);
    it.group_of = part.blocks.iter().zip(&it.row_of).map(|(b, &r)| it.group_at(b.frame, r)).collect();
    it.make_borders(part);
    it.make_chains(part, turned);
    it.count_sizes();
    it
}

impl Layers {
    /// Decides the rows; returns the row of each rank.
    fn make_rows(&mut self, part: &Part, ranks: &[u32]) -> Vec<u32> {
        let count = ranks.iter().max().map_or(0, |&r| r as usize + 1);
        let mut wanted = vec![false; count];
        for link in part.links.iter().filter(|l| l.label.is_some()) {
            let (a, b) = (ranks[link.from as usize], ranks[link.to as usize]);
            if a.abs_diff(b) == 1 {
                wanted[a.min(b) as usize] = true;
            }
        }
        let mut row_of_rank = Vec::with_capacity(count);
        for wanted in wanted {
            row_of_rank.push(self.label_row.len() as u32);
            self.label_row.push(false);
            if wanted {
                self.label_row.push(true);
            }
        }
        self.rows = self.label_row.len() as u32;
        row_of_rank
    }

    fn find_spans(&mut self, part: &Part) {
        self.spans = vec![Span { first: u32::MAX, last: 0 }; part.frames.len()];
        for (block, &row) in part.blocks.iter().zip(&self.row_of) {
            if let Some(f) = block.frame {
                let s = &mut self.spans[f as usize];
                s.first = s.first.min(row);
                s.last = s.last.max(row);
            }
        }
        for f in (0..part.frames.len()).rev() {
            if self.spans[f].first == u32::MAX {
                // A frame that holds nothing is a block, not a frame; one row keeps the arithmetic sound.
                self.spans[f] = Span { first: 0, last: 0 };
            }
            let inner = self.spans[f];
            if let Some(p) = part.frames[f].parent {
                let s = &mut self.spans[p as usize];
                s.first = s.first.min(inner.first);
                s.last = s.last.max(inner.last);
            }
        }
    }

    fn make_groups(&mut self, part: &Part) {
        for row in 0..self.rows {
            self.groups.push(Group { row, frame: None, size: 0 });
            self.outer.push(None);
        }
        for (f, frame) in part.frames.iter().enumerate() {
            self.frame_groups.push(self.groups.len() as u32);
            let span = self.spans[f];
            for row in span.first..=span.last {
                self.outer.push(Some(self.group_at(frame.parent, row)));
                self.groups.push(Group { row, frame: Some(f as u32), size: 0 });
            }
        }
        let (first, groups) = index_by(self.rows as usize, self.groups.iter().map(|g| g.row));
        self.row_first = first;
        self.row_groups = groups;
    }

    fn group_at(&self, frame: Option<u32>, row: u32) -> u32 {
        frame.map_or(row, |f| self.frame_group(f, row))
    }

    fn make_borders(&mut self, part: &Part) {
        for f in 0..part.frames.len() as u32 {
            self.borders.push(self.kinds.len() as u32);
            let span = self.spans[f as usize];
            for row in span.first..=span.last {
                for kind in [Kind::Low(f), Kind::High(f)] {
                    self.kinds.push(kind);
                    self.row_of.push(row);
                    self.group_of.push(self.frame_group(f, row));
                }
                if row > span.first {
                    let low = self.low_border(f, row);
                    self.joints.push(Joint { upper: low - 2, lower: low });
                    self.joints.push(Joint { upper: low - 1, lower: low + 1 });
                }
            }
        }
    }

    fn make_chains(&mut self, part: &Part, turned: &[bool]) {
        let longest = self.longest_chain(part);
        for (l, link) in part.links.iter().enumerate() {
            let (upper, lower) = if turned[l] { (link.to, link.from) } else { (link.from, link.to) };
            let (top, end) = (self.row_of[upper as usize], self.row_of[lower as usize]);
            let count = end.saturating_sub(top).saturating_sub(1);
            let first = self.kinds.len() as u32;
            let loose = end <= top || count > longest;
            self.chains.push(Chain { upper, lower, first, count: if loose { 0 } else { count }, loose });
            if loose {
                continue;
            }
            let label = link.label.map(|_| self.label_place(top, end));
            let mut walk = FrameWalk::new(part, upper, lower);
            for row in top + 1..end {
                let kind = if label == Some(row) { Kind::Label(l as u32) } else { Kind::Bend(l as u32) };
                let group = self.group_at(walk.frame(&self.spans, row), row);
                self.kinds.push(kind);
                self.row_of.push(row);
                self.group_of.push(group);
            }
            let mut above = upper;
            for item in (first..first + count).chain([lower]) {
                self.joints.push(Joint { upper: above, lower: item });
                above = item;
            }
        }
    }

    /// The most items a single chain may have, so that all of them keep within the bound.
    fn longest_chain(&self, part: &Part) -> u32 {
        let mut spans: Vec<u32> =
            part.links.iter().map(|l| self.row_of[l.from as usize].abs_diff(self.row_of[l.to as usize])).collect();
        if spans.iter().map(|&s| s as usize).sum::<usize>() <= MOST_BENDS {
            return u32::MAX;
        }
        spans.sort_unstable();
        let mut total = 0;
        spans
            .into_iter()
            .take_while(|&s| {
                total += s as usize;
                total <= MOST_BENDS
            })
            .last()
            .unwrap_or(1)
    }

    /// The row for the label of a chain between two rows: a label row if one is near the middle, else the middle.
    fn label_place(&self, top: u32, end: u32) -> u32 {
        let middle = u32::midpoint(top, end);
        (top + 1..end)
            .filter(|&r| self.label_row[r as usize] || end - top > 2)
            .min_by_key(|&r| (r.abs_diff(middle) + u32::from(!self.label_row[r as usize]), r))
            .unwrap_or(middle)
    }

    fn count_sizes(&mut self) {
        for &g in &self.group_of {
            self.groups[g as usize].size += 1;
        }
        // Inner groups have higher numbers than the ones around them.
        for g in (0..self.groups.len()).rev() {
            if let Some(outer) = self.outer[g] {
                self.groups[outer as usize].size += self.groups[g].size;
            }
        }
    }
}

/// The frames a chain passes through on its way down.
struct FrameWalk {
    /// Frames around the upper block only, innermost first, and how many have been left.
    up: Vec<u32>,
    left: usize,
    /// Frames around the lower block only, outermost first, and how many have been entered.
    down: Vec<u32>,
    entered: usize,
    shared: Option<u32>,
}

impl FrameWalk {
    fn new(part: &Part, upper: u32, lower: u32) -> Self {
        let frame = |v: u32| part.blocks[v as usize].frame;
        if part.frames.is_empty() || frame(upper) == frame(lower) {
            return Self { up: Vec::new(), left: 0, down: Vec::new(), entered: 0, shared: frame(upper) };
        }
        let mut up: Vec<u32> = part.around(frame(upper)).collect();
        let mut down: Vec<u32> = part.around(frame(lower)).collect();
        let mut shared = None;
        while let (Some(&a), Some(&b)) = (up.last(), down.last()) {
            if a != b {
                break;
            }
            shared = Some(a);
            up.pop();
            down.pop();
        }
        down.reverse();
        Self { up, left: 0, down, entered: 0, shared }
    }

    /// The innermost frame the chain is in at a row; rows must come in order.
    fn frame(&mut self, spans: &[Span], row: u32) -> Option<u32> {
        while self.left < self.up.len() && spans[self.up[self.left] as usize].last < row {
            self.left += 1;
        }
        if let Some(&f) = self.up.get(self.left) {
            return Some(f);
        }
        while self.entered < self.down.len() && spans[self.down[self.entered] as usize].first <= row {
            self.entered += 1;
        }
        if self.entered > 0 { Some(self.down[self.entered - 1]) } else { self.shared }
    }
}

/// Indexes things by a small key: `items[first[k]..first[k + 1]]` are the numbers of those with key `k`, in order.
pub(super) fn index_by(keys: usize, of: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut first = vec![0u32; keys + 1];
    let mut count = 0;
    for k in of.clone() {
        first[k as usize + 1] += 1;
        count += 1;
    }
    for k in 0..keys {
        first[k + 1] += first[k];
    }
    let mut next = first.clone();
    let mut items = vec![0u32; count];
    for (i, k) in of.enumerate() {
        items[next[k as usize] as usize] = i as u32;
        next[k as usize] += 1;
    }
    (first, items)
}
