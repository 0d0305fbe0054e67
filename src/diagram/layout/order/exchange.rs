//! Crossings counted, and neighbours exchanged where that makes them fewer.

use super::{Child, Side, Sweeper};

impl Sweeper<'_> {
    /// Exchanges neighbours within their group as long as that takes crossings away.
    pub(super) fn exchange(&mut self) {
        const ROUNDS: u32 = 12;
        for _ in 0..ROUNDS {
            let mut better = false;
            for row in 0..self.layers.rows {
                let layers = self.layers;
                for &group in layers.groups_of_row(row) {
                    let range = self.child_range(group);
                    for i in range.start + 1..range.end {
                        better |= self.exchange_pair(row, i - 1);
                    }
                }
            }
            if !better {
                break;
            }
        }
    }

    pub(super) fn exchange_pair(&mut self, row: u32, i: usize) -> bool {
        let (a, b) = (self.children[i], self.children[i + 1]);
        if !self.may_exchange(a, b) {
            return false;
        }
        let base = self.row_first[row as usize] as usize;
        let start = base + self.start_of(a);
        let (len_a, len_b) = (self.len_of(a), self.len_of(b));
        if len_a * len_b > 4096 {
            return false;
        }
        let mut gain = 0;
        for x in start..start + len_a {
            for y in start + len_a..start + len_a + len_b {
                gain += self.gain(self.items[x], self.items[y]);
            }
        }
        if gain <= 0 {
            return false;
        }
        self.children.swap(i, i + 1);
        self.items[start..start + len_a + len_b].rotate_left(len_a);
        for at in start..start + len_a + len_b {
            self.place[self.items[at] as usize] = (at - base) as u32;
        }
        true
    }

    /// Two frames that share several rows keep their order: it would have to change in all of them at once.
    pub(super) fn may_exchange(&self, a: Child, b: Child) -> bool {
        let (Child::Group(a), Child::Group(b)) = (a, b) else { return true };
        let span = |g: u32| self.layers.groups[g as usize].frame.map(|f| self.layers.spans[f as usize]);
        match (span(a), span(b)) {
            (Some(a), Some(b)) => a.first.max(b.first) >= a.last.min(b.last),
            _ => false,
        }
    }

    /// Place of a child's first item in its row.
    pub(super) fn start_of(&self, child: Child) -> usize {
        let item = match child {
            Child::Item(i) => i,
            Child::Group(g) => self.low_of(g),
        };
        self.place[item as usize] as usize
    }

    pub(super) fn low_of(&self, group: u32) -> u32 {
        let g = self.layers.groups[group as usize];
        g.frame.map_or(0, |f| self.layers.low_border(f, g.row))
    }

    pub(super) fn len_of(&self, child: Child) -> usize {
        match child {
            Child::Item(_) => 1,
            Child::Group(g) => self.layers.groups[g as usize].size as usize,
        }
    }

    /// Crossings that go away, less those that come, when `x` and its right neighbour `y` change places.
    pub(super) fn gain(&self, x: u32, y: u32) -> i64 {
        let mut gain = 0i64;
        for side in [Side::Up, Side::Down] {
            for &p in self.neighbours(side, x) {
                let p = self.place[p as usize];
                for &q in self.neighbours(side, y) {
                    let q = self.place[q as usize];
                    gain += i64::from(p > q) - i64::from(p < q);
                }
            }
        }
        gain * i64::from(self.weight[x as usize]) * i64::from(self.weight[y as usize])
    }

    // Counting.

    /// Weighted crossings of all rows, each pair of rows counted with a tree of sums (Barth, Mutzel & Jünger 2004).
    pub(super) fn crossings(&mut self) -> u64 {
        let mut total = 0;
        for row in 1..self.layers.rows {
            total += self.crossings_above(row);
        }
        total
    }

    pub(super) fn crossings_above(&mut self, row: u32) -> u64 {
        let (start, end) = (self.row_first[row as usize] as usize, self.row_first[row as usize + 1] as usize);
        let above = self.row_first[row as usize - 1] as usize;
        let width = start - above;
        self.tree.clear();
        self.tree.resize(width + 1, 0);
        let (mut total, mut whole) = (0u64, 0u64);
        for at in start..end {
            let item = self.items[at];
            let w = u64::from(self.weight[item as usize]);
            let (first, list) = (&self.up.0, &self.up.1);
            let near = &list[first[item as usize] as usize..first[item as usize + 1] as usize];
            for &n in near {
                // Joints so far that end further right than this one.
                let mut sum = 0u64;
                let mut i = self.place[n as usize] as usize + 1;
                while i > 0 {
                    sum += u64::from(self.tree[i]);
                    i &= i - 1;
                }
                total += w * (whole - sum);
            }
            for &n in near {
                let mut i = self.place[n as usize] as usize + 1;
                while i <= width {
                    self.tree[i] += w as u32;
                    i += i & i.wrapping_neg();
                }
                whole += w;
            }
        }
        total
    }

    // State.
}
