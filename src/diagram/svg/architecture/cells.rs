//! Which cell of a grid each service and each group gets, from the sides that edges join.

use crate::diagram::mermaid::architecture::Architecture;
use crate::diagram::wires::Side;
use rustc_hash::FxHashSet;
use std::collections::VecDeque;

/// What stands in a group, or on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Item {
    Service(usize),
    Group(usize),
}

/// An item and its column and row.
pub(super) type Placed = (Item, usize, usize);

/// A neighbour, and how many columns and rows it is away.
type Near = (usize, (i32, i32));

/// The cells of what lies in a group (or in none), from 0.
pub(super) fn cells(diagram: &Architecture, group: Option<usize>) -> Vec<Placed> {
    let groups = (0..diagram.groups.len()).filter(|at| diagram.groups[*at].parent == group).map(Item::Group);
    let services = (0..diagram.services.len()).filter(|at| diagram.services[*at].group == group).map(Item::Service);
    let items: Vec<Item> = services.chain(groups).collect();
    let near = neighbours(diagram, group, &items);
    let mut cells: Vec<Option<(i32, i32)>> = vec![None; items.len()];
    let mut right = 0;
    for first in 0..items.len() {
        if cells[first].is_some() {
            continue;
        }
        // Parts that nothing joins stand beside each other.
        let part = spread(first, &near, &mut cells);
        let low = (part.iter().map(|c| c.1.0).min(), part.iter().map(|c| c.1.1).min());
        let (Some(low_x), Some(low_y)) = low else { continue };
        let mut end = right;
        for (at, (x, y)) in part {
            let place = (x - low_x + right, y - low_y);
            end = end.max(place.0 + 1);
            cells[at] = Some(place);
        }
        right = end;
    }
    let place = |(item, cell): (Item, Option<(i32, i32)>)| {
        let (x, y) = cell?;
        Some((item, usize::try_from(x).ok()?, usize::try_from(y).ok()?))
    };
    items.into_iter().zip(cells).filter_map(place).collect()
}

/// Which items are joined, and where each other's cell is.
fn neighbours(diagram: &Architecture, group: Option<usize>, items: &[Item]) -> Vec<Vec<Near>> {
    // The item of this level that a service is or lies in.
    let item_of = |service: usize| {
        let own = diagram.services[service].group;
        if own == group {
            return items.iter().position(|item| *item == Item::Service(service));
        }
        let mut outer = std::iter::successors(own, |at| diagram.groups[*at].parent);
        let child = outer.find(|at| diagram.groups[*at].parent == group)?;
        items.iter().position(|item| *item == Item::Group(child))
    };
    let mut near: Vec<Vec<Near>> = vec![Vec::new(); items.len()];
    for edge in &diagram.edges {
        let (Some(a), Some(b)) = (item_of(edge.from.service), item_of(edge.to.service)) else { continue };
        if a != b {
            let (x, y) = step(edge.from.side, edge.to.side);
            near[a].push((b, (x, y)));
            near[b].push((a, (-x, -y)));
        }
    }
    near
}

/// From a box to another, where an edge leaves the one and enters the other on these sides.
fn step(from: Side, to: Side) -> (i32, i32) {
    let way = |side: Side| -> (i32, i32) {
        match side {
            Side::Left => (-1, 0),
            Side::Right => (1, 0),
            Side::Top => (0, -1),
            Side::Bottom => (0, 1),
        }
    };
    let (out, into) = (way(from), way(to.opposite()));
    let sum = ((out.0 + into.0).clamp(-1, 1), (out.1 + into.1).clamp(-1, 1));
    match sum {
        // Both on the same side: beside each other across it.
        (0, 0) => (out.1.abs(), out.0.abs()),
        sum => sum,
    }
}

/// Places all that can be reached from an item, breadth first; each in the free cell nearest to where it should be.
fn spread(first: usize, near: &[Vec<Near>], cells: &mut [Option<(i32, i32)>]) -> Vec<(usize, (i32, i32))> {
    let mut taken: FxHashSet<(i32, i32)> = FxHashSet::default();
    let mut part = vec![(first, (0, 0))];
    cells[first] = Some((0, 0));
    taken.insert((0, 0));
    let mut queue = VecDeque::from([(first, (0, 0))]);
    while let Some((at, (x, y))) = queue.pop_front() {
        for &(other, (dx, dy)) in &near[at] {
            if cells[other].is_some() {
                continue;
            }
            let cell = free((x, y), (dx, dy), &taken);
            taken.insert(cell);
            cells[other] = Some(cell);
            part.push((other, cell));
            queue.push_back((other, cell));
        }
    }
    part
}

/// The free cell nearest to where something should be: aside of it, else farther away.
fn free((x, y): (i32, i32), (dx, dy): (i32, i32), taken: &FxHashSet<(i32, i32)>) -> (i32, i32) {
    for far in 1.. {
        for off in 0..=far {
            for sign in [1, -1] {
                let off = off * sign;
                let cell = match (dx, dy) {
                    (0, _) => (x + off, y + dy * far),
                    (_, 0) => (x + dx * far, y + off),
                    _ => (x + dx * far, y + dy * (far + off).max(1)),
                };
                if !taken.contains(&cell) {
                    return cell;
                }
            }
        }
    }
    (x, y)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::{architecture, preamble};

    fn shown(lines: &str) -> String {
        let source = format!("architecture-beta\n{lines}");
        let diagram = architecture::read(&source, &preamble(&source)).value;
        let name = |item: Item| match item {
            Item::Service(at) => diagram.services[at].id.clone(),
            Item::Group(at) => diagram.groups[at].id.clone(),
        };
        cells(&diagram, None).into_iter().map(|(i, x, y)| format!("{} {x},{y}", name(i))).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn sides_say_where_things_stand() {
        let services = "service a\nservice b\nservice c\nservice d\n";
        assert_eq!(shown(&format!("{services}a:R -- L:b\na:B -- T:c\nc:R -- L:d")), "a 0,0; b 1,0; c 0,1; d 1,1");
        assert_eq!(shown(&format!("{services}a:L -- R:b\na:T -- L:c\na:B -- B:d")), "a 1,1; b 0,1; c 2,0; d 2,1");
        assert_eq!(shown(&format!("{services}a:R -- L:b\na:R -- L:c\na:R -- L:d")), "a 0,1; b 1,1; c 1,2; d 1,0");
        assert_eq!(shown(services), "a 0,0; b 1,0; c 2,0; d 3,0");
    }

    #[test]
    fn a_group_stands_where_what_is_in_it_should() {
        let lines = "service a\ngroup g\nservice b in g\nservice c in g\nb:L -- R:a\nb:R -- L:c";
        assert_eq!(shown(lines), "a 0,0; g 1,0");
    }
}
