//! Commits on lanes: where each stands, and how lines run from one to another without running through a third or
//! through words.
//!
//! Time goes along, lanes lie across. Lines change lanes only in the channels between columns, and run past other
//! commits only in tracks between lanes; no words stand in either.

use crate::diagram::graph::Point;

/// Between columns.
const CHANNEL: f32 = 26.0;
/// From the border of a channel to the lines in it.
const TURN: f32 = 9.0;
/// Between lanes.
const GAP: f32 = 16.0;
/// Between tracks.
const TRACK: f32 = 9.0;

/// How far something reaches from its middle.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reach {
    /// Towards the beginning.
    pub(super) before: f32,
    /// Towards the end.
    pub(super) after: f32,
}

impl Reach {
    fn add(&mut self, other: Reach) {
        self.before = self.before.max(other.before);
        self.after = self.after.max(other.after);
    }
}

/// A commit, measured.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop {
    pub(super) lane: usize,
    pub(super) column: usize,
    /// With its words, in the way of time.
    pub(super) along: Reach,
    /// With its words, across lanes.
    pub(super) across: Reach,
}

/// Where everything is: `x` along, `y` across.
pub(super) struct Rails {
    /// The commits.
    pub(super) stops: Vec<Point>,
    /// The middle of each lane.
    pub(super) lanes: Vec<f32>,
    /// The lines, in the order of the links.
    pub(super) lines: Vec<Vec<Point>>,
    /// How far all of it reaches, along and across.
    pub(super) size: Point,
}

/// How a line runs.
#[derive(Clone, Copy)]
enum Run {
    Straight,
    /// Turns behind its first commit.
    Early,
    /// Turns before its last commit.
    Late,
    /// Runs in a track of the gap behind a lane.
    Track {
        gap: usize,
        track: usize,
    },
}

/// Places commits on lanes of at least these widths, and runs lines between them.
pub(super) fn lay(stops: &[Stop], links: &[(usize, usize)], least: &[f32]) -> Rails {
    let lanes = least.len();
    let columns = stops.iter().map(|stop| stop.column + 1).max().unwrap_or(0);
    let mut along = vec![Reach::default(); columns];
    let mut across: Vec<Reach> = least.iter().map(|width| Reach { before: width / 2.0, after: width / 2.0 }).collect();
    // Columns of each lane that are taken, in order.
    let mut taken: Vec<Vec<usize>> = vec![Vec::new(); lanes];
    for stop in stops {
        along[stop.column].add(stop.along);
        across[stop.lane].add(stop.across);
        taken[stop.lane].push(stop.column);
    }
    taken.iter_mut().for_each(|columns| columns.sort_unstable());
    let mut tracks: Vec<Vec<Vec<(usize, usize)>>> = vec![Vec::new(); lanes + 1];
    let runs: Vec<Run> = links.iter().map(|link| run(stops, *link, &taken, &mut tracks)).collect();

    let mut xs = Vec::with_capacity(columns);
    let mut x = 0.0;
    for reach in &along {
        xs.push(x + reach.before);
        x += reach.before + reach.after + CHANNEL;
    }
    let room = |gap: usize| tracks[gap].len() as f32 * TRACK;
    let (mut ys, mut ends) = (Vec::with_capacity(lanes), vec![0.0]);
    let mut y = room(0);
    for (lane, reach) in across.iter().enumerate() {
        ys.push(y + reach.before);
        ends.push(y + reach.before + reach.after);
        y += reach.before + reach.after + room(lane + 1) + GAP;
    }
    let place = |at: usize| Point { x: xs[stops[at].column], y: ys[stops[at].lane] };
    let lines = links.iter().zip(&runs).map(|(&(from, to), run)| {
        let (a, b) = (place(from), place(to));
        let early = a.x + along[stops[from].column].after + TURN;
        let late = b.x - along[stops[to].column].before - TURN;
        match *run {
            Run::Straight => vec![a, b],
            Run::Early => vec![a, Point { x: early, y: a.y }, Point { x: early, y: b.y }, b],
            Run::Late => vec![a, Point { x: late, y: a.y }, Point { x: late, y: b.y }, b],
            Run::Track { gap, track } => {
                let y = ends[gap] + (track as f32 + 0.5) * TRACK + if gap == 0 { 0.0 } else { GAP / 2.0 };
                vec![
                    a,
                    Point { x: early, y: a.y },
                    Point { x: early, y },
                    Point { x: late, y },
                    Point { x: late, y: b.y },
                    b,
                ]
            }
        }
    });
    let lines = lines.collect();
    let size = Point { x: (x - CHANNEL).max(0.0), y: (y - GAP).max(0.0) };
    Rails { stops: (0..stops.len()).map(place).collect(), lanes: ys, lines, size }
}

fn run(
    stops: &[Stop],
    (from, to): (usize, usize),
    taken: &[Vec<usize>],
    tracks: &mut [Vec<Vec<(usize, usize)>>],
) -> Run {
    let (a, b) = (stops[from], stops[to]);
    let is_free = |lane: usize, between: std::ops::Range<usize>| {
        let first = taken[lane].partition_point(|column| *column < between.start);
        taken[lane].get(first).is_none_or(|column| *column >= between.end)
    };
    if a.lane == b.lane && is_free(a.lane, a.column + 1..b.column) {
        return Run::Straight;
    }
    let is_first = taken[b.lane].first() == Some(&b.column);
    if a.lane != b.lane && is_first {
        return Run::Early;
    }
    if a.lane != b.lane && is_free(a.lane, a.column + 1..b.column) {
        return Run::Late;
    }
    // The gap beside the lane it leads to, on the side that it comes from.
    let gap = if a.lane < b.lane { b.lane } else { b.lane + 1 };
    let span = (a.column, b.column);
    let free = tracks[gap].iter().position(|spans| spans.iter().all(|s| s.1 <= span.0 || span.1 <= s.0));
    let track = free.unwrap_or(tracks[gap].len());
    if track == tracks[gap].len() {
        tracks[gap].push(Vec::new());
    }
    tracks[gap][track].push(span);
    Run::Track { gap, track }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const AROUND: Reach = Reach { before: 20.0, after: 20.0 };

    fn stop(lane: usize, column: usize) -> Stop {
        Stop { lane, column, along: AROUND, across: AROUND }
    }

    proptest! {
        #[test]
        fn lines_run_around_commits(lanes in prop::collection::vec(0..4usize, 2..14), pairs in prop::collection::vec((0..14usize, 0..14usize), 0..12)) {
            let stops: Vec<Stop> = lanes.iter().enumerate().map(|(column, lane)| stop(*lane, column)).collect();
            let links: Vec<(usize, usize)> =
                pairs.iter().map(|(a, b)| (a.min(b) % stops.len(), a.max(b) % stops.len())).filter(|(a, b)| a < b).collect();
            let rails = lay(&stops, &links, &[20.0; 4]);
            for (link, line) in links.iter().zip(&rails.lines) {
                for piece in line.windows(2) {
                    for (at, stop) in rails.stops.iter().enumerate().filter(|(at, _)| *at != link.0 && *at != link.1) {
                        let away = |a: f32, b: f32, p: f32| (a.min(b) - p).max(p - a.max(b)).max(0.0);
                        let far = away(piece[0].x, piece[1].x, stop.x).max(away(piece[0].y, piece[1].y, stop.y));
                        prop_assert!(far > 8.0, "{link:?} runs through {at}: {line:?}");
                    }
                }
            }
        }
    }
}
