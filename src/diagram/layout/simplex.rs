//! Network simplex: places of points on a line, weighted distances minimal, least distances kept.
//!
//! In: arcs `tail -> head`, each with a least length and a weight. Out: a place a point, the sum of
//! `weight * (place[head] - place[tail])` minimal. How: a spanning tree of tight arcs is improved by exchanging one arc
//! at a time (Gansner et al. 1993, sections 2.3 and 2.4); the first tree is grown as in Prim's algorithm. Cut values are
//! sums of what leaves minus what enters a subtree, so a depth-first pass over the part of the tree that an exchange
//! touched renews them together with the numbering. Every tree on the way is a sound placement: past the bound on
//! exchanges the best so far is returned. Ranks and coordinates are both found by this.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// `place[head] - place[tail] >= length`, and costs `weight` for each unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub tail: u32,
    pub head: u32,
    pub length: i32,
    pub weight: i32,
}

/// When to stop.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Exchanges at most.
    pub pivots: usize,
    /// Tree points renumbered at most, all exchanges together: the bound on time.
    pub work: usize,
}

/// Whether points that may stand anywhere in an interval at the same cost are moved to its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Balance {
    Keep,
    Middle,
}

/// Places of `points` points under `arcs`, which must not form a cycle. `start`, where given, is a sound placement
/// to begin with. The least place is 0.
pub(super) fn places(
    points: usize,
    arcs: Vec<Arc>,
    start: Option<Vec<i32>>,
    limits: Limits,
    balance: Balance,
) -> Vec<i32> {
    if points == 0 {
        return Vec::new();
    }
    let mut net = Network::new(points, arcs);
    match start {
        Some(place) => net.place = place,
        None => net.push_down(),
    }
    net.join_pieces();
    if net.grow_tree() {
        net.optimize(limits);
        if balance == Balance::Middle {
            net.balance();
        }
    }
    let least = net.place.iter().copied().min().unwrap_or(0);
    net.place.iter_mut().for_each(|p| *p -= least);
    net.place
}

const NONE: u32 = u32::MAX;

#[derive(Debug)]
struct Network {
    arcs: Vec<Arc>,
    /// Arcs at each point: `incident[first[v]..first[v + 1]]`.
    first: Vec<u32>,
    incident: Vec<u32>,
    place: Vec<i32>,
    /// What leaves minus what enters a point, in weights.
    net: Vec<i64>,
    in_tree: Vec<bool>,
    /// The tree arc towards the root.
    parent_arc: Vec<u32>,
    /// Points in post-order; a subtree is `order[low[v]..=lim[v]]`.
    order: Vec<u32>,
    low: Vec<u32>,
    lim: Vec<u32>,
    /// Cut value of the parent arc.
    cut: Vec<i64>,
    stack: Vec<(u32, u32)>,
    sum: Vec<i64>,
}

impl Network {
    fn new(points: usize, arcs: Vec<Arc>) -> Self {
        let mut it = Self {
            first: Vec::new(),
            incident: Vec::new(),
            place: vec![0; points],
            net: vec![0; points],
            in_tree: Vec::new(),
            parent_arc: vec![NONE; points],
            order: vec![0; points],
            low: vec![0; points],
            lim: vec![0; points],
            cut: vec![0; points],
            stack: Vec::new(),
            sum: vec![0; points],
            arcs,
        };
        it.index();
        it
    }

    /// Builds the incidence lists.
    fn index(&mut self) {
        let n = self.place.len();
        self.first.clear();
        self.first.resize(n + 1, 0);
        for a in &self.arcs {
            self.first[a.tail as usize + 1] += 1;
            self.first[a.head as usize + 1] += 1;
        }
        for v in 0..n {
            self.first[v + 1] += self.first[v];
        }
        let mut next = self.first.clone();
        self.incident.clear();
        self.incident.resize(2 * self.arcs.len(), 0);
        self.net.iter_mut().for_each(|x| *x = 0);
        for (i, a) in self.arcs.iter().enumerate() {
            for v in [a.tail, a.head] {
                self.incident[next[v as usize] as usize] = i as u32;
                next[v as usize] += 1;
            }
            self.net[a.tail as usize] += i64::from(a.weight);
            self.net[a.head as usize] -= i64::from(a.weight);
        }
        self.in_tree.clear();
        self.in_tree.resize(self.arcs.len(), false);
    }

    fn arcs_at(&self, v: u32) -> std::ops::Range<usize> {
        self.first[v as usize] as usize..self.first[v as usize + 1] as usize
    }

    fn slack(&self, a: u32) -> i32 {
        let Arc { tail, head, length, .. } = self.arcs[a as usize];
        self.place[head as usize] - self.place[tail as usize] - length
    }

    /// The placement in which every point stands as low as it can: longest paths from the sources.
    fn push_down(&mut self) {
        let n = self.place.len();
        let mut waiting = vec![0u32; n];
        for a in &self.arcs {
            waiting[a.head as usize] += 1;
        }
        let mut ready: Vec<u32> = (0..n as u32).filter(|&v| waiting[v as usize] == 0).collect();
        while let Some(v) = ready.pop() {
            for i in self.arcs_at(v) {
                let a = self.arcs[self.incident[i] as usize];
                if a.tail != v {
                    continue;
                }
                let h = a.head as usize;
                self.place[h] = self.place[h].max(self.place[v as usize] + a.length);
                waiting[h] -= 1;
                if waiting[h] == 0 {
                    ready.push(a.head);
                }
            }
        }
    }

    /// Adds arcs of no weight between pieces that nothing connects, so that a spanning tree exists.
    fn join_pieces(&mut self) {
        let n = self.place.len();
        let mut seen = vec![false; n];
        let mut todo = Vec::with_capacity(n);
        let mut extra = Vec::new();
        for root in 0..n {
            if seen[root] {
                continue;
            }
            if root > 0 {
                let length = self.place[root] - self.place[0];
                extra.push(Arc { tail: 0, head: root as u32, length, weight: 0 });
            }
            seen[root] = true;
            todo.push(root as u32);
            while let Some(v) = todo.pop() {
                for i in self.arcs_at(v) {
                    let a = self.arcs[self.incident[i] as usize];
                    let w = if a.tail == v { a.head } else { a.tail };
                    if !seen[w as usize] {
                        seen[w as usize] = true;
                        todo.push(w);
                    }
                }
            }
        }
        if !extra.is_empty() {
            self.arcs.append(&mut extra);
            self.index();
        }
    }

    /// Grows a spanning tree of tight arcs, moving the tree as a whole where none is tight.
    /// False if the arcs were contradictory, which only a cycle can bring about.
    fn grow_tree(&mut self) -> bool {
        let n = self.place.len();
        // Heaps of (slack as if the tree had not moved, arc): arcs that leave the tree, arcs that enter it.
        let mut leaving = BinaryHeap::new();
        let mut entering = BinaryHeap::new();
        let mut reached = vec![false; n];
        let mut moved = 0i32;
        let mut count = 0;
        let mut v = 0u32;
        loop {
            reached[v as usize] = true;
            self.place[v as usize] -= moved;
            count += 1;
            for i in self.arcs_at(v) {
                let a = self.incident[i];
                let Arc { tail, head, .. } = self.arcs[a as usize];
                if !reached[head as usize] {
                    leaving.push(Reverse((self.slack(a), a)));
                } else if !reached[tail as usize] {
                    entering.push(Reverse((self.slack(a), a)));
                }
            }
            if count == n {
                break;
            }
            while leaving.peek().is_some_and(|&Reverse((_, a))| reached[self.arcs[a as usize].head as usize]) {
                leaving.pop();
            }
            while entering.peek().is_some_and(|&Reverse((_, a))| reached[self.arcs[a as usize].tail as usize]) {
                entering.pop();
            }
            let out = leaving.peek().map(|&Reverse((s, a))| (s - moved, a));
            let into = entering.peek().map(|&Reverse((s, a))| (s + moved, a));
            let a = match (out, into) {
                (Some((s, a)), None) => {
                    moved += s;
                    a
                }
                (Some((s, a)), Some((t, _))) if s <= t => {
                    moved += s;
                    a
                }
                (_, Some((t, a))) => {
                    moved -= t;
                    a
                }
                (None, None) => return false,
            };
            self.in_tree[a as usize] = true;
            let Arc { tail, head, .. } = self.arcs[a as usize];
            v = if reached[head as usize] { tail } else { head };
        }
        self.place.iter_mut().for_each(|p| *p += moved);
        self.number(0, 0);
        true
    }

    /// Numbers the subtree of `root` in post-order from `start` on and renews its cut values.
    fn number(&mut self, root: u32, start: u32) {
        let mut next = start;
        self.stack.clear();
        self.enter(root, next);
        while let Some(&mut (v, ref mut at)) = self.stack.last_mut() {
            let end = self.first[v as usize + 1];
            let mut child = NONE;
            while *at < end {
                let a = self.incident[*at as usize];
                *at += 1;
                if self.in_tree[a as usize] && a != self.parent_arc[v as usize] {
                    let arc = self.arcs[a as usize];
                    child = if arc.tail == v { arc.head } else { arc.tail };
                    self.parent_arc[child as usize] = a;
                    break;
                }
            }
            if child != NONE {
                self.enter(child, next);
                continue;
            }
            self.lim[v as usize] = next;
            self.order[next as usize] = v;
            next += 1;
            self.stack.pop();
            let sum = self.sum[v as usize];
            let a = self.parent_arc[v as usize];
            if a != NONE {
                let leaves = self.arcs[a as usize].tail == v;
                self.cut[v as usize] = if leaves { sum } else { -sum };
            }
            if let Some(&(parent, _)) = self.stack.last() {
                self.sum[parent as usize] += sum;
            }
        }
    }

    fn enter(&mut self, v: u32, next: u32) {
        self.low[v as usize] = next;
        self.sum[v as usize] = self.net[v as usize];
        self.stack.push((v, self.first[v as usize]));
    }

    fn optimize(&mut self, limits: Limits) {
        let mut from = 0;
        let mut work = limits.work;
        for _ in 0..limits.pivots {
            let Some(v) = self.leaving(&mut from) else { return };
            let Some(a) = self.entering(v) else { return };
            let done = self.exchange(v, a);
            if done >= work {
                return;
            }
            work -= done;
        }
    }

    /// A point whose parent arc is to leave the tree: the worst of the next negative ones, searched in rounds.
    fn leaving(&self, from: &mut usize) -> Option<u32> {
        const CANDIDATES: usize = 40;
        let n = self.place.len();
        let (mut best, mut worst, mut found) = (None, 0, 0);
        for step in 0..n {
            let v = (*from + step) % n;
            if self.cut[v] < 0 && self.parent_arc[v] != NONE {
                if self.cut[v] < worst {
                    worst = self.cut[v];
                    best = Some(v as u32);
                }
                found += 1;
                if found == CANDIDATES {
                    *from = (v + 1) % n;
                    return best;
                }
            }
        }
        best
    }

    fn in_subtree(&self, w: u32, v: u32) -> bool {
        (self.low[v as usize]..=self.lim[v as usize]).contains(&self.lim[w as usize])
    }

    /// The arc of least slack that ties the subtree of `v` to the rest against the way it wants to move.
    fn entering(&self, v: u32) -> Option<u32> {
        let parent = self.arcs[self.parent_arc[v as usize] as usize];
        // The subtree moves down if its arc leaves it; then arcs that enter it tighten.
        let into = parent.tail == v;
        let (low, high) = (self.low[v as usize] as usize, self.lim[v as usize] as usize + 1);
        let n = self.order.len();
        let inside = high - low <= n / 2;
        let ranges = if inside { [low..high, 0..0] } else { [0..low, high..n] };
        let mut best = None;
        let mut least = i32::MAX;
        for x in ranges.into_iter().flat_map(|r| self.order[r].iter().copied()) {
            for i in self.arcs_at(x) {
                let a = self.incident[i];
                let Arc { tail, head, .. } = self.arcs[a as usize];
                // Seen from inside, an arc into the subtree has its head here; seen from outside, its tail.
                if (if into == inside { head } else { tail }) != x {
                    continue;
                }
                let other = if tail == x { head } else { tail };
                if self.in_subtree(other, v) == inside {
                    continue;
                }
                let slack = self.slack(a);
                if slack < least {
                    least = slack;
                    best = Some(a);
                    if slack == 0 {
                        return best;
                    }
                }
            }
        }
        best
    }

    /// Moves the subtree of `v` or the rest by the slack of `a`, which replaces the parent arc of `v`.
    /// Returns how many points were renumbered.
    fn exchange(&mut self, v: u32, a: u32) -> usize {
        let leaving = self.parent_arc[v as usize];
        let down = self.arcs[leaving as usize].tail == v;
        let slack = self.slack(a);
        if slack != 0 {
            self.shift(v, if down { -slack } else { slack });
        }
        let Arc { tail, head, .. } = self.arcs[a as usize];
        // The subtree that both ends of the new arc lie in keeps its numbers, only their order inside changes.
        let mut top = tail;
        while !self.in_subtree(head, top) {
            let arc = self.arcs[self.parent_arc[top as usize] as usize];
            top = if arc.tail == top { arc.head } else { arc.tail };
        }
        self.in_tree[leaving as usize] = false;
        self.in_tree[a as usize] = true;
        let size = (self.lim[top as usize] - self.low[top as usize] + 1) as usize;
        self.number(top, self.low[top as usize]);
        size
    }

    /// Moves the subtree of `v` by `by` against the rest.
    fn shift(&mut self, v: u32, by: i32) {
        let (low, high) = (self.low[v as usize] as usize, self.lim[v as usize] as usize + 1);
        if high - low <= self.order.len() / 2 {
            for i in low..high {
                self.place[self.order[i] as usize] += by;
            }
        } else {
            for i in (0..low).chain(high..self.order.len()) {
                self.place[self.order[i] as usize] -= by;
            }
        }
    }

    /// Moves each subtree that could move at no cost by half of what it can.
    fn balance(&mut self) {
        for v in 0..self.place.len() as u32 {
            if self.parent_arc[v as usize] == NONE || self.cut[v as usize] != 0 {
                continue;
            }
            let Some(a) = self.entering(v) else { continue };
            let half = self.slack(a) / 2;
            if half > 0 {
                let down = self.arcs[self.parent_arc[v as usize] as usize].tail == v;
                self.shift(v, if down { -half } else { half });
            }
        }
    }
}
