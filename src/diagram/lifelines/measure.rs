//! Labels of a sequence diagram, measured; figures of its participants, sized.

use super::Figures;
use crate::diagram::graph::Size;
use crate::diagram::mermaid::sequence::{Actor, Event, Sequence};
use crate::diagram::text::{self, Block, Face};

const ACTOR: Face = Face { size: 14.0, line: 20.0, bold: false, measure: 140.0 };
const MESSAGE: Face = Face { size: 13.0, line: 17.0, bold: false, measure: 240.0 };
const NOTE: Face = Face { measure: 200.0, ..MESSAGE };
const TITLE: Face = Face { measure: 360.0, ..MESSAGE };
const BOX: Face = Face { bold: true, ..TITLE };

/// Everything that has a size, in the order of the diagram.
pub(super) struct Measured {
    pub actors: Vec<(Size, Block)>,
    /// One an event; empty where an event says nothing.
    pub events: Vec<Block>,
    pub boxes: Vec<Block>,
}

pub(super) fn measure(sequence: &Sequence, figures: Figures<'_>) -> Measured {
    let actor = |actor: &Actor| {
        let label = text::set(&actor.label, ACTOR);
        (figures(actor.role, label.size), label)
    };
    Measured {
        actors: sequence.actors.iter().map(actor).collect(),
        events: sequence.events.iter().map(event).collect(),
        boxes: sequence.boxes.iter().map(|held| text::set(&held.title, BOX)).collect(),
    }
}

fn event(event: &Event) -> Block {
    match event {
        Event::Message(message) => text::set(&message.text, MESSAGE),
        Event::Note { text, .. } => text::set(text, NOTE),
        Event::Open { text, .. } | Event::Next { text } => text::set(text, TITLE),
        _ => Block::default(),
    }
}
