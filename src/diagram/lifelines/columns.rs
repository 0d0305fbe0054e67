//! Columns: how far lifelines stand apart.
//!
//! Neighbours are set apart as far as their figures and the texts between them need; a text over several columns then
//! takes what it lacks from all gaps it spans alike, short texts first.

use super::measure::Measured;
use super::rows::{BAR, LOOP, NOTE_PAD, SIDE};
use crate::diagram::mermaid::sequence::{ActorIndex, Beside, Event, Sequence};

/// Between two figures.
const FIGURE_GAP: f32 = 28.0;
/// Between the figures of two enclosures.
const ENCLOSURE_GAP: f32 = 44.0;
/// No two lifelines are nearer.
const LEAST: f32 = 90.0;
/// What a message takes besides its text: its head and air.
const MESSAGE_AIR: f32 = 28.0;

/// A distance that two columns need.
struct Need {
    from: usize,
    to: usize,
    distance: f32,
}

/// The x of each lifeline; the first is at 0.
pub(super) fn columns(sequence: &Sequence, measured: &Measured) -> Vec<f32> {
    let mut gaps: Vec<f32> = sequence
        .actors
        .windows(2)
        .zip(measured.actors.windows(2))
        .map(|(actors, figures)| {
            let air = if actors[0].held == actors[1].held { FIGURE_GAP } else { ENCLOSURE_GAP };
            (figures[0].0.width / 2.0 + figures[1].0.width / 2.0 + air).max(LEAST)
        })
        .collect();
    let mut needs: Vec<Need> = sequence
        .events
        .iter()
        .zip(&measured.events)
        .flat_map(|(event, label)| needs(event, label.size.width))
        .collect();
    needs.sort_by_key(|need| need.to - need.from);
    for need in needs {
        let Some(spanned) = gaps.get_mut(need.from..need.to).filter(|gaps| !gaps.is_empty()) else { continue };
        let lacking = need.distance - spanned.iter().sum::<f32>();
        if lacking > 0.0 {
            let each = lacking / spanned.len() as f32;
            spanned.iter_mut().for_each(|gap| *gap += each);
        }
    }
    let mut x = 0.0;
    let mut columns = vec![x; usize::from(!sequence.actors.is_empty())];
    for gap in gaps {
        x += gap.ceil();
        columns.push(x);
    }
    columns
}

/// The distances that an event with a text of a width needs.
fn needs(event: &Event, width: f32) -> Vec<Need> {
    let right_of = |a: ActorIndex, distance| Need { from: a.0, to: a.0 + 1, distance };
    let left_of = |a: ActorIndex, distance| Need { from: a.0.saturating_sub(1), to: a.0, distance };
    match event {
        Event::Message(message) if message.from == message.to => {
            vec![right_of(message.from, BAR + LOOP + width + MESSAGE_AIR)]
        }
        Event::Message(message) => {
            let (from, to) = (message.from.0.min(message.to.0), message.from.0.max(message.to.0));
            let number = if message.number.is_some() { 16.0 } else { 0.0 };
            vec![Need { from, to, distance: width + MESSAGE_AIR + 2.0 * BAR + number }]
        }
        Event::Note { beside: Beside::Left(a), .. } => vec![left_of(*a, width + 2.0 * NOTE_PAD + 2.0 * SIDE)],
        Event::Note { beside: Beside::Right(a), .. } => vec![right_of(*a, width + 2.0 * NOTE_PAD + 2.0 * SIDE)],
        Event::Note { beside: Beside::Over(a, b), .. } if a == b => {
            let half = width / 2.0 + NOTE_PAD + SIDE;
            vec![left_of(*a, half), right_of(*a, half)]
        }
        _ => Vec::new(),
    }
}
