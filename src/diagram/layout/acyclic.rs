//! Cycle breaking: which links are to be seen the other way round so that no cycle is left.
//!
//! In: the links of a part, and a [`Way`]. Out: a flag a link. All ways are heuristics for the feedback arc set;
//! which of them leads to fewer crossings is found out by trying. Cost: linear, but for the greedy way, which is
//! quadratic in the blocks.

use super::part::Part;

/// How links to be turned are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Depth-first search from the sources, then from what is left in the order of the text (the first box of a cycle
    /// stays on top, as its author expects); links that close a cycle are turned (Gansner et al. 1993, section 2.1).
    Depth,
    /// Links that run against the order in which the text names their boxes.
    Text,
    /// Sinks to the end, sources to the front, then whichever sends out most (Eades, Lin & Smyth 1993).
    Greedy,
}

/// One flag a link: whether it is turned.
pub(super) fn turned(part: &Part, way: Way) -> Vec<bool> {
    match way {
        Way::Depth => by_depth(part),
        Way::Text => part.links.iter().map(|l| l.from > l.to).collect(),
        Way::Greedy => by_greed(part),
    }
}

fn by_depth(part: &Part) -> Vec<bool> {
    let n = part.blocks.len();
    let out = Outgoing::new(part);
    let mut indegree = vec![0u32; n];
    for link in &part.links {
        indegree[link.to as usize] += 1;
    }
    let mut search =
        Search { out: &out, state: vec![State::New; n], turned: vec![false; part.links.len()], stack: Vec::new() };
    for v in (0..n).filter(|&v| indegree[v] == 0) {
        search.from(part, v as u32);
    }
    for v in 0..n {
        search.from(part, v as u32);
    }
    search.turned
}

fn by_greed(part: &Part) -> Vec<bool> {
    let n = part.blocks.len();
    let mut degree = vec![(0i32, 0i32); n];
    for link in &part.links {
        degree[link.from as usize].1 += 1;
        degree[link.to as usize].0 += 1;
    }
    let mut position = vec![i32::MAX; n];
    let (mut front, mut back) = (0, n as i32);
    for _ in 0..n {
        let left = (0..n).filter(|&v| position[v] == i32::MAX);
        let Some(v) = left.min_by_key(|&v| match degree[v] {
            (_, 0) => i32::MIN,
            (0, _) => i32::MIN + 1,
            (into, out) => into - out,
        }) else {
            break;
        };
        if degree[v].1 == 0 {
            back -= 1;
            position[v] = back;
        } else {
            position[v] = front;
            front += 1;
        }
        for link in &part.links {
            if link.from == v as u32 {
                degree[link.to as usize].0 -= 1;
            } else if link.to == v as u32 {
                degree[link.from as usize].1 -= 1;
            }
        }
    }
    part.links.iter().map(|l| position[l.from as usize] > position[l.to as usize]).collect()
}

/// The links that leave each block, in the order of the text.
struct Outgoing {
    first: Vec<u32>,
    links: Vec<u32>,
}

impl Outgoing {
    fn new(part: &Part) -> Self {
        let mut first = vec![0u32; part.blocks.len() + 1];
        for link in &part.links {
            first[link.from as usize + 1] += 1;
        }
        for v in 1..first.len() {
            first[v] += first[v - 1];
        }
        let mut next = first.clone();
        let mut links = vec![0u32; part.links.len()];
        for (l, link) in part.links.iter().enumerate() {
            let slot = &mut next[link.from as usize];
            links[*slot as usize] = l as u32;
            *slot += 1;
        }
        Self { first, links }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    Open,
    Done,
}

struct Search<'a> {
    out: &'a Outgoing,
    state: Vec<State>,
    turned: Vec<bool>,
    stack: Vec<(u32, u32)>,
}

impl Search<'_> {
    fn from(&mut self, part: &Part, root: u32) {
        if self.state[root as usize] != State::New {
            return;
        }
        self.open(root);
        while let Some(&mut (v, ref mut next)) = self.stack.last_mut() {
            if *next == self.out.first[v as usize + 1] {
                self.state[v as usize] = State::Done;
                self.stack.pop();
                continue;
            }
            let l = self.out.links[*next as usize];
            *next += 1;
            let w = part.links[l as usize].to;
            match self.state[w as usize] {
                State::New => self.open(w),
                State::Open => self.turned[l as usize] = true,
                State::Done => {}
            }
        }
    }

    fn open(&mut self, v: u32) {
        self.state[v as usize] = State::Open;
        self.stack.push((v, self.out.first[v as usize]));
    }
}
