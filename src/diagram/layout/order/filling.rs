//! The first order: items are put into their groups row by row, in the order a search meets them.

use super::{Child, Sweeper};

/// Groups being filled for a start.
pub(super) struct Filling {
    next: Vec<u32>,
    item_in: Vec<bool>,
    group_in: Vec<bool>,
    /// When each frame was first met.
    met: Vec<u32>,
    clock: u32,
}

impl Filling {
    pub(super) fn new(sweeper: &Sweeper) -> Self {
        let groups = sweeper.layers.groups.len();
        Self {
            next: sweeper.child_first[..groups].to_vec(),
            item_in: vec![false; sweeper.place.len()],
            group_in: sweeper.layers.outer.iter().map(Option::is_none).collect(),
            met: vec![u32::MAX; sweeper.layers.spans.len()],
            clock: 0,
        }
    }

    /// Puts an item, and the groups around it, behind what is there. False if it was there already.
    pub(super) fn put(&mut self, sweeper: &mut Sweeper, item: u32) -> bool {
        if std::mem::replace(&mut self.item_in[item as usize], true) {
            return false;
        }
        let mut group = sweeper.layers.group_of[item as usize];
        if !sweeper.is_border(item) {
            self.append(sweeper, group, Child::Item(item));
        }
        while !std::mem::replace(&mut self.group_in[group as usize], true) {
            let Some(outer) = sweeper.layers.outer[group as usize] else { break };
            self.append(sweeper, outer, Child::Group(group));
            if let Some(f) = sweeper.layers.groups[group as usize].frame {
                let met = &mut self.met[f as usize];
                *met = (*met).min(self.clock);
                self.clock += 1;
            }
            group = outer;
        }
        true
    }

    /// Brings frames side by side into the same order in all rows.
    pub(super) fn align_frames(&self, sweeper: &mut Sweeper) {
        if self.met.is_empty() {
            return;
        }
        let layers = sweeper.layers;
        let mut inner: Vec<Child> = Vec::new();
        for group in 0..layers.groups.len() as u32 {
            let range = sweeper.child_range(group);
            inner.clear();
            inner.extend(sweeper.children[range.clone()].iter().filter(|c| matches!(c, Child::Group(_))));
            inner.sort_by_key(|&c| match c {
                Child::Group(g) => layers.groups[g as usize].frame.map_or(0, |f| self.met[f as usize]),
                Child::Item(_) => 0,
            });
            let mut next = inner.iter();
            for slot in &mut sweeper.children[range] {
                if let (Child::Group(_), Some(&group)) = (*slot, next.as_slice().first()) {
                    *slot = group;
                    next.next();
                }
            }
        }
    }

    fn append(&mut self, sweeper: &mut Sweeper, group: u32, child: Child) {
        let slot = &mut self.next[group as usize];
        sweeper.children[*slot as usize] = child;
        *slot += 1;
    }
}
