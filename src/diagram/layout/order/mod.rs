//! Crossing reduction: the order of the items in each row.
//!
//! In: a layering. Out: an [`Order`] with few crossings in which every frame's share of a row is contiguous and frames
//! that share rows stand in the same order in all of them. How: layer by layer sweeps with barycentres or medians
//! (Sugiyama et al. 1981, Gansner et al. 1993), sorted group by group from the inside out (Sander 1996): a group that
//! also exists in the row just fixed stands where it stood there, so that frames never cross; then adjacent exchange
//! as long as it helps. Several starts, the best wins; no more starts once nothing crosses. Cost: a sweep is
//! O(joints log items); starts and rounds are bounded.

mod exchange;
mod filling;

use filling::Filling;

use super::layers::{Child, Kind, Layers, index_by};

/// The items of all rows, row by row, and where each item stands in its row.
#[derive(Clone, Debug, Default)]
pub(super) struct Order {
    pub items: Vec<u32>,
    /// `items[first[r]..first[r + 1]]` is row `r`.
    pub first: Vec<u32>,
    pub place: Vec<u32>,
    /// Weighted crossings: 4 for two links, 2 for a link and a frame's side.
    pub crossings: u64,
}

impl Order {
    pub fn row(&self, r: u32) -> &[u32] {
        &self.items[self.first[r as usize] as usize..self.first[r as usize + 1] as usize]
    }
}

/// How much is tried.
#[derive(Clone, Copy, Debug)]
pub(super) struct Effort {
    /// Sweeps per start.
    pub sweeps: u32,
    /// Starts with shuffled rows, beside the two that follow the text.
    pub shuffles: u32,
}

/// The best order found.
pub(super) fn order(layers: &Layers, effort: Effort) -> Order {
    let mut it = Sweeper::new(layers);
    it.start_in_depth();
    it.improve(effort.sweeps);
    let mut best = it.snapshot();
    if best.1 > 0 && layers.rows > 1 {
        it.start_in_breadth();
        it.improve(effort.sweeps);
        it.keep_if_better(&mut best);
        for seed in 0..effort.shuffles {
            if best.1 == 0 {
                break;
            }
            it.shuffle(u64::from(seed));
            it.improve(effort.sweeps);
            it.keep_if_better(&mut best);
        }
    }
    it.restore(&best);
    it.into_order(best.1)
}

/// Children of all groups, and the crossings of that state.
type Snapshot = (Vec<Child>, u64);

#[derive(Clone, Copy, PartialEq)]
enum Side {
    Up,
    Down,
}

#[derive(Clone, Copy, PartialEq)]
enum Measure {
    Mean,
    Median,
}

const UNPLACED: f32 = -1.0;

struct Sweeper<'a> {
    layers: &'a Layers,
    /// Neighbours of each item in the row above and below.
    up: (Vec<u32>, Vec<u32>),
    down: (Vec<u32>, Vec<u32>),
    weight: Vec<u8>,
    children: Vec<Child>,
    child_first: Vec<u32>,
    items: Vec<u32>,
    row_first: Vec<u32>,
    place: Vec<u32>,
    item_key: Vec<f32>,
    group_key: Vec<f32>,
    // Scratch.
    keyed: Vec<(f32, Child)>,
    places: Vec<u32>,
    tree: Vec<u32>,
    walk: Vec<(u32, u32)>,
}

impl<'a> Sweeper<'a> {
    fn new(layers: &'a Layers) -> Self {
        let n = layers.kinds.len();
        let up = joined(n, layers.joints.iter().map(|j| (j.lower, j.upper)));
        let down = joined(n, layers.joints.iter().map(|j| (j.upper, j.lower)));
        let weight =
            layers.kinds.iter().map(|k| if matches!(k, Kind::Low(_) | Kind::High(_)) { 1 } else { 2 }).collect();
        let mut row_first = vec![0u32; layers.rows as usize + 1];
        for &r in &layers.row_of {
            row_first[r as usize + 1] += 1;
        }
        for r in 0..layers.rows as usize {
            row_first[r + 1] += row_first[r];
        }
        let mut it = Self {
            layers,
            up,
            down,
            weight,
            children: Vec::new(),
            child_first: Vec::new(),
            items: vec![0; n],
            row_first,
            place: vec![0; n],
            item_key: vec![0.0; n],
            group_key: vec![0.0; layers.groups.len()],
            keyed: Vec::new(),
            places: Vec::new(),
            tree: Vec::new(),
            walk: Vec::new(),
        };
        it.count_children();
        it
    }

    fn count_children(&mut self) {
        let g = self.layers.groups.len();
        let mut first = vec![0u32; g + 1];
        for (item, &group) in self.layers.group_of.iter().enumerate() {
            if !self.is_border(item as u32) {
                first[group as usize + 1] += 1;
            }
        }
        for outer in self.layers.outer.iter().flatten() {
            first[*outer as usize + 1] += 1;
        }
        for i in 0..g {
            first[i + 1] += first[i];
        }
        self.children = vec![Child::Item(0); first[g] as usize];
        self.child_first = first;
    }

    fn is_border(&self, item: u32) -> bool {
        matches!(self.layers.kinds[item as usize], Kind::Low(_) | Kind::High(_))
    }

    fn neighbours(&self, side: Side, item: u32) -> &[u32] {
        let (first, list) = if side == Side::Up { &self.up } else { &self.down };
        &list[first[item as usize] as usize..first[item as usize + 1] as usize]
    }

    fn child_range(&self, group: u32) -> std::ops::Range<usize> {
        self.child_first[group as usize] as usize..self.child_first[group as usize + 1] as usize
    }

    // Starts.

    /// Rows filled in the order of a depth-first search downwards from the blocks, in the order of the text.
    fn start_in_depth(&mut self) {
        let mut filling = Filling::new(self);
        let mut stack = Vec::new();
        for root in 0..self.place.len() as u32 {
            stack.push(root);
            while let Some(item) = stack.pop() {
                if filling.put(self, item) {
                    stack.extend(self.neighbours(Side::Down, item).iter().rev().copied());
                }
            }
        }
        filling.align_frames(self);
        self.write_rows();
    }

    /// Rows filled in the order of a breadth-first search in both directions.
    fn start_in_breadth(&mut self) {
        let mut filling = Filling::new(self);
        let mut queue = std::collections::VecDeque::new();
        for root in (0..self.place.len() as u32).rev() {
            queue.push_back(root);
            while let Some(item) = queue.pop_front() {
                if filling.put(self, item) {
                    queue.extend(self.neighbours(Side::Up, item).iter().copied());
                    queue.extend(self.neighbours(Side::Down, item).iter().copied());
                }
            }
        }
        filling.align_frames(self);
        self.write_rows();
    }

    /// Children of all groups in an order that only `seed` decides; a frame gets one place for all its rows.
    fn shuffle(&mut self, seed: u64) {
        for group in 0..self.layers.groups.len() as u32 {
            let range = self.child_range(group);
            let layers = self.layers;
            self.children[range].sort_by_key(|&c| match c {
                Child::Item(i) => scatter(seed, u64::from(i)),
                Child::Group(g) => {
                    let frame = layers.groups[g as usize].frame.map_or(0, u64::from);
                    scatter(seed, frame + (1 << 32))
                }
            });
        }
        self.write_rows();
    }

    // Sweeps.

    fn improve(&mut self, sweeps: u32) {
        let mut best = self.snapshot();
        let mut idle = 0;
        for i in 0..sweeps {
            if best.1 == 0 || idle >= 4 {
                break;
            }
            let measure = if (i / 2) % 2 == 0 { Measure::Mean } else { Measure::Median };
            if i % 2 == 0 {
                for r in 1..self.layers.rows {
                    self.sort_row(r, Side::Up, measure);
                }
            } else {
                for r in (0..self.layers.rows.saturating_sub(1)).rev() {
                    self.sort_row(r, Side::Down, measure);
                }
            }
            self.exchange();
            let crossings = self.crossings();
            if crossings < best.1 {
                best = (self.children.clone(), crossings);
                idle = 0;
            } else {
                idle += 1;
            }
        }
        self.restore(&best);
    }

    fn sort_row(&mut self, row: u32, fixed: Side, measure: Measure) {
        let layers = self.layers;
        let beside = if fixed == Side::Up { row.wrapping_sub(1) } else { row + 1 };
        for &group in layers.groups_of_row(row).iter().rev() {
            let range = self.child_range(group);
            let (mut sum, mut count) = (0.0, 0.0);
            for i in range.clone() {
                let key = match self.children[i] {
                    Child::Item(item) => {
                        let key = self.measure(item, fixed, measure);
                        self.item_key[item as usize] = key;
                        key
                    }
                    Child::Group(g) => self.group_key[g as usize],
                };
                if key >= 0.0 {
                    sum += key;
                    count += 1.0;
                }
            }
            self.sort_children(range);
            let there = layers.groups[group as usize].frame.filter(|&f| {
                let span = layers.spans[f as usize];
                (span.first..=span.last).contains(&beside)
            });
            self.group_key[group as usize] = match there {
                Some(f) => {
                    let low = layers.low_border(f, beside);
                    (self.place[low as usize] + self.place[low as usize + 1]) as f32 / 2.0
                }
                None if count > 0.0 => sum / count,
                None => UNPLACED,
            };
        }
        self.write_row(row);
    }

    fn key(&self, child: Child) -> f32 {
        match child {
            Child::Item(i) => self.item_key[i as usize],
            Child::Group(g) => self.group_key[g as usize],
        }
    }

    /// Sorts children by their keys; those without one stay where they are.
    fn sort_children(&mut self, range: std::ops::Range<usize>) {
        self.keyed.clear();
        for i in range.clone() {
            let child = self.children[i];
            let key = self.key(child);
            if key >= 0.0 {
                self.keyed.push((key, child));
            }
        }
        self.keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut next = 0;
        for i in range {
            if self.key(self.children[i]) >= 0.0 {
                self.children[i] = self.keyed[next].1;
                next += 1;
            }
        }
    }

    fn measure(&mut self, item: u32, fixed: Side, measure: Measure) -> f32 {
        let (first, list) = if fixed == Side::Up { &self.up } else { &self.down };
        let near = &list[first[item as usize] as usize..first[item as usize + 1] as usize];
        let at = |i: u32| self.place[i as usize] as f32;
        match (near, measure) {
            ([], _) => UNPLACED,
            ([a], _) => at(*a),
            ([a, b], _) => f32::midpoint(at(*a), at(*b)),
            (_, Measure::Mean) => near.iter().map(|&i| at(i)).sum::<f32>() / near.len() as f32,
            (_, Measure::Median) => {
                self.places.clear();
                self.places.extend(near.iter().map(|&i| self.place[i as usize]));
                self.places.sort_unstable();
                median(&self.places)
            }
        }
    }

    // Adjacent exchange.

    fn snapshot(&mut self) -> Snapshot {
        let crossings = self.crossings();
        (self.children.clone(), crossings)
    }

    fn keep_if_better(&mut self, best: &mut Snapshot) {
        let crossings = self.crossings();
        if crossings < best.1 {
            *best = (self.children.clone(), crossings);
        }
    }

    fn restore(&mut self, snapshot: &Snapshot) {
        self.children.clone_from(&snapshot.0);
        self.write_rows();
    }

    fn write_rows(&mut self) {
        for row in 0..self.layers.rows {
            self.write_row(row);
        }
    }

    /// Writes the items of a row in the order its groups give.
    fn write_row(&mut self, row: u32) {
        let base = self.row_first[row as usize];
        let mut at = base;
        self.walk.clear();
        self.walk.push((row, self.child_first[row as usize]));
        while let Some(&mut (group, ref mut next)) = self.walk.last_mut() {
            if *next == self.child_first[group as usize + 1] {
                self.walk.pop();
                if !self.walk.is_empty() {
                    let high = self.low_of(group) + 1;
                    self.items[at as usize] = high;
                    self.place[high as usize] = at - base;
                    at += 1;
                }
                continue;
            }
            let child = self.children[*next as usize];
            *next += 1;
            let item = match child {
                Child::Item(item) => item,
                Child::Group(g) => {
                    self.walk.push((g, self.child_first[g as usize]));
                    self.low_of(g)
                }
            };
            self.items[at as usize] = item;
            self.place[item as usize] = at - base;
            at += 1;
        }
    }

    fn into_order(self, crossings: u64) -> Order {
        Order { items: self.items, first: self.row_first, place: self.place, crossings }
    }
}

/// The weighted median of Gansner et al. 1993, section 3.
fn median(places: &[u32]) -> f32 {
    let m = places.len() / 2;
    let at = |i: usize| places[i] as f32;
    if places.len() % 2 == 1 {
        return at(m);
    }
    let left = at(m - 1) - at(0);
    let right = at(places.len() - 1) - at(m);
    if left + right == 0.0 {
        f32::midpoint(at(m - 1), at(m))
    } else {
        (at(m - 1) * right + at(m) * left) / (left + right)
    }
}

fn joined(items: usize, pairs: impl Iterator<Item = (u32, u32)> + Clone) -> (Vec<u32>, Vec<u32>) {
    let others: Vec<u32> = pairs.clone().map(|p| p.1).collect();
    let (first, mut list) = index_by(items, pairs.map(|p| p.0));
    for joint in &mut list {
        *joint = others[*joint as usize];
    }
    (first, list)
}

/// A number that looks random (splitmix64, Steele et al. 2014).
fn scatter(seed: u64, value: u64) -> u64 {
    let mut z = (seed + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ value.wrapping_mul(0xd6e8_feb8_6659_fd93);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
