//! Routing: the way of each link from port to port.
//!
//! In: a part with all coordinates. Out: a chain of straight pieces a link, and the centres of labels. How: a link may
//! use the free interval between its neighbours in every row it passes; between rows nothing stands. The shortest way
//! through these gates (the funnel of Lee & Preparata 1984, which is linear when gates are level) is a straight line
//! wherever one fits. A label slides along with its link within its interval. Links routed before are walls with their
//! final place, links to come with their reserved one, so that no crossing is added to those of the order.

use crate::diagram::graph::Point;

use super::along::Along;
use super::layers::{Chain, Kind, Layers};
use super::order::Order;
use super::part::{Part, Path};
use super::place::{Across, extent};
use super::port::{Port, Ports};
use super::spacing::{EDGE_GAP, PASS_GAP, TAG_GAP, TURN_GAP};

/// A level opening that a link must pass.
#[derive(Clone, Copy, Debug)]
struct Gate {
    y: f32,
    low: f32,
    high: f32,
}

/// Paths of all links, in the direction of their chains (from the upper block to the lower one).
pub(super) fn routes(
    part: &Part,
    layers: &Layers,
    order: &Order,
    across: &Across,
    along: &Along,
    ports: &[Ports],
) -> Vec<Path> {
    let mut router = Router {
        part,
        layers,
        order,
        along,
        passing: across.items.iter().map(|&x| (x, x)).collect(),
        gates: Vec::new(),
    };
    let mut paths: Vec<Path> = Vec::new();
    for round in 0..2 {
        for (l, chain) in layers.chains.iter().enumerate() {
            if round == 0 {
                paths.push(router.route(l, *chain, ports[l]));
            } else if chain.count > 0 && paths[l].points.len() > 2 {
                paths[l] = router.route(l, *chain, ports[l]);
            }
        }
    }
    paths
}

struct Router<'a> {
    part: &'a Part,
    layers: &'a Layers,
    order: &'a Order,
    along: &'a Along,
    /// Where each item's link crosses the top and the bottom of its row; twice the centre for all else.
    passing: Vec<(f32, f32)>,
    gates: Vec<Gate>,
}

impl Router<'_> {
    fn route(&mut self, l: usize, chain: Chain, ports: Ports) -> Path {
        let (upper, lower) = (&self.part.blocks[chain.upper as usize], &self.part.blocks[chain.lower as usize]);
        let center = |item: u32| (self.passing[item as usize].0, self.along.middle(self.layers.row_of[item as usize]));
        let (ux, uy) = center(chain.upper);
        let (vx, vy) = center(chain.lower);
        let start = Point { x: ports.upper.x, y: uy + upper.reach_along(ports.upper.x - ux, 1.0) };
        let end = Point { x: ports.lower.x, y: vy - lower.reach_along(ports.lower.x - vx, -1.0) };
        if chain.loose {
            return Path { points: vec![start, end], label: Some(middle(start, end)) };
        }
        self.collect_gates(chain, ports);
        let mut points = Vec::with_capacity(4);
        let link = &self.part.links[l];
        let [from, to] = link.ends.map(|end| end.straight);
        let (high, low) = if chain.upper == link.from { (from, to) } else { (to, from) };
        let (leave, enter) = (Point { y: start.y + high, ..start }, Point { y: end.y - low, ..end });
        self.gates.retain(|gate| (high <= 0.0 || gate.y > leave.y) && (low <= 0.0 || gate.y < enter.y));
        if high > 0.0 {
            points.push(start);
        }
        pull_taut(leave, enter, &self.gates, &mut points);
        if low > 0.0 {
            points.push(end);
        }
        let label = self.settle(chain, &points);
        let label = if link.label.is_some() { Some(label.unwrap_or_else(|| middle(start, end))) } else { None };
        Path { points, label }
    }

    fn collect_gates(&mut self, chain: Chain, ports: Ports) {
        self.gates.clear();
        let (_, bottom) = self.band(chain.upper);
        let (low, high) = self.port_opening(chain.upper, ports.upper);
        self.gates.push(Gate { y: bottom, low, high });
        for item in chain.first..chain.first + chain.count {
            let (top, bottom) = self.band(item);
            let (low, high) = self.opening(item, self.passing[item as usize].0);
            self.gates.push(Gate { y: top, low, high });
            if bottom > top {
                self.gates.push(Gate { y: bottom, low, high });
            }
        }
        let (top, _) = self.band(chain.lower);
        let (low, high) = self.port_opening(chain.lower, ports.lower);
        self.gates.push(Gate { y: top, low, high });
    }

    /// Between which heights a link may not turn because of what stands in an item's row.
    fn band(&self, item: u32) -> (f32, f32) {
        let (top, bottom) = self.along.rows[self.layers.row_of[item as usize] as usize];
        if bottom > top { (top - TURN_GAP, bottom + TURN_GAP) } else { (top, bottom) }
    }

    /// The free interval around an item, which surely holds `x`.
    fn opening(&self, item: u32, x: f32) -> (f32, f32) {
        let kind = self.layers.kinds[item as usize];
        let row = self.order.row(self.layers.row_of[item as usize]);
        let place = self.order.place[item as usize] as usize;
        let own = match kind {
            Kind::Label(_) => extent(self.part, kind).0,
            _ => 0.0,
        };
        let low = place.checked_sub(1).and_then(|i| row.get(i)).map_or(f32::MIN, |&left| {
            let k = self.layers.kinds[left as usize];
            self.passing[left as usize].0.max(self.passing[left as usize].1)
                + extent(self.part, k).1
                + clearance(k, kind)
                + own
        });
        let high = row.get(place + 1).map_or(f32::MAX, |&right| {
            let k = self.layers.kinds[right as usize];
            self.passing[right as usize].0.min(self.passing[right as usize].1)
                - extent(self.part, k).0
                - clearance(k, kind)
                - own
        });
        (low.min(x), high.max(x))
    }

    /// The free interval at a port: that of its block, less what the other ends on its side need.
    fn port_opening(&self, block: u32, port: Port) -> (f32, f32) {
        let (low, high) = self.opening(block, port.x);
        ((low + port.left).min(port.x), (high - port.right).max(port.x))
    }

    /// Notes where the chain passes its rows; returns the label's centre.
    fn settle(&mut self, chain: Chain, points: &[Point]) -> Option<Point> {
        let mut label = None;
        let mut at = 0;
        for item in chain.first..chain.first + chain.count {
            let (top, bottom) = self.band(item);
            if matches!(self.layers.kinds[item as usize], Kind::Label(_)) {
                let y = f32::midpoint(top, bottom);
                let x = x_at(points, y, &mut at);
                self.passing[item as usize] = (x, x);
                label = Some(Point { x, y });
            } else {
                self.passing[item as usize] = (x_at(points, top, &mut at), x_at(points, bottom, &mut at));
            }
        }
        label
    }
}

/// How near a link may come to a neighbour in its row.
fn clearance(neighbour: Kind, own: Kind) -> f32 {
    match (neighbour, own) {
        (Kind::Bend(_), Kind::Bend(_)) => EDGE_GAP,
        (Kind::Label(_), _) | (_, Kind::Label(_)) => TAG_GAP,
        (Kind::Low(_) | Kind::High(_), _) => TAG_GAP,
        _ => PASS_GAP,
    }
}

fn middle(a: Point, b: Point) -> Point {
    Point { x: f32::midpoint(a.x, b.x), y: f32::midpoint(a.y, b.y) }
}

/// The x of a way that runs downwards, at `y`; `at` remembers the piece between calls with rising `y`.
fn x_at(points: &[Point], y: f32, at: &mut usize) -> f32 {
    while *at + 2 < points.len() && points[*at + 1].y < y {
        *at += 1;
    }
    let (a, b) = (points[*at], points[*at + 1]);
    if b.y - a.y < 1e-3 { b.x } else { a.x + (b.x - a.x) * ((y - a.y) / (b.y - a.y)).clamp(0.0, 1.0) }
}

/// The shortest way from `start` to `end` through gates that lie between them, from top to bottom.
fn pull_taut(start: Point, end: Point, gates: &[Gate], way: &mut Vec<Point>) {
    way.push(start);
    let mut apex = start;
    let mut next = 0;
    while next <= gates.len() {
        // Slopes (x a unit of y) that pass all gates so far, and the gates that bound them.
        let (mut least, mut most) = (f32::NEG_INFINITY, f32::INFINITY);
        let (mut low_gate, mut high_gate) = (next, next);
        let mut turn = None;
        for i in next..=gates.len() {
            let gate = gates.get(i).copied().unwrap_or(Gate { y: end.y, low: end.x, high: end.x });
            let far = gate.y - apex.y;
            if far < 0.01 {
                continue;
            }
            let (low, high) = ((gate.low - apex.x) / far, (gate.high - apex.x) / far);
            if low > most {
                turn = Some((Point { x: gates[high_gate].high, y: gates[high_gate].y }, high_gate));
                break;
            }
            if high < least {
                turn = Some((Point { x: gates[low_gate].low, y: gates[low_gate].y }, low_gate));
                break;
            }
            if low > least {
                (least, low_gate) = (low, i);
            }
            if high < most {
                (most, high_gate) = (high, i);
            }
        }
        let Some((corner, gate)) = turn else { break };
        way.push(corner);
        apex = corner;
        next = gate + 1;
    }
    way.push(end);
}
