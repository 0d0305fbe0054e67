//! Sequence diagrams: who sends what to whom, in the order of time.
//!
//! In: a diagram's text. Out: a [`Sequence`], and every fault found. How: one statement a line ([`lines`]), read by its
//! first word or by the arrow in it ([`parser`], [`arrow`]). Grammar: mermaid 11's sequence diagrams.

mod arrow;
mod lines;
mod parser;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use super::Preamble;
use super::flowchart::Colour;
use super::label::Label;
use crate::diagram::Outcome;

/// Index into [`Sequence::actors`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ActorIndex(pub usize);

/// What a participant is drawn as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    #[default]
    /// A box.
    Participant,
    /// Somebody.
    Person,
    /// The boundary of a system (UML).
    Boundary,
    /// What controls (UML).
    Control,
    /// What is kept (UML).
    Entity,
    /// A database.
    Database,
    /// Several of a kind.
    Collections,
    /// A queue.
    Queue,
}

/// A participant.
#[derive(Clone, Debug)]
pub struct Actor {
    /// Its name in the source.
    pub name: String,
    /// What it is called.
    pub label: Label,
    /// What it is drawn as.
    pub role: Role,
    /// An address given by the author.
    pub link: Option<String>,
    /// Which of [`Sequence::boxes`] holds it.
    pub held: Option<usize>,
}

/// A frame around neighbouring participants.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its title.
    pub title: Label,
    /// Its colour.
    pub fill: Option<Colour>,
}

/// What an end of a message looks like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tip {
    #[default]
    /// Nothing.
    None,
    /// A filled head.
    Filled,
    /// An open head: nobody waits for an answer.
    Open,
    /// A cross: the message is lost.
    Cross,
    /// Half of a filled head, above or below the line.
    HalfTop,
    /// The lower half of a filled head.
    HalfBottom,
    /// A single stroke, above or below the line.
    StickTop,
    /// A single stroke below the line.
    StickBottom,
}

/// An arrow between two lifelines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Arrow {
    /// Whether its line is dotted: an answer.
    pub dotted: bool,
    /// At its beginning.
    pub start: Tip,
    /// At its end.
    pub end: Tip,
    /// A dot on the lifeline it leaves.
    pub start_dot: bool,
    /// A dot on the lifeline it reaches.
    pub end_dot: bool,
}

/// A message.
#[derive(Clone, Debug)]
pub struct Message {
    /// Who sends it.
    pub from: ActorIndex,
    /// Who gets it.
    pub to: ActorIndex,
    /// How it is drawn.
    pub arrow: Arrow,
    /// What it says.
    pub text: Label,
    /// Its number, where messages are numbered.
    pub number: Option<String>,
    /// Bytes of the source that say it.
    pub range: Range<usize>,
}

/// Where a note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// To the left of a lifeline.
    Left(ActorIndex),
    /// To the right of one.
    Right(ActorIndex),
    /// Over one lifeline or from one to another.
    Over(ActorIndex, ActorIndex),
}

/// What a frame around messages means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// Again and again.
    Loop,
    /// One or the other.
    Alt,
    /// Perhaps.
    Opt,
    /// At the same time.
    Par,
    /// Not to be interrupted.
    Critical,
    /// What ends the rest.
    Break,
    /// A coloured ground without a word.
    Ground(Option<Colour>),
}

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Event {
    /// A message.
    Message(Message),
    /// Somebody becomes active.
    Activate(ActorIndex),
    /// Somebody is active no more.
    Deactivate(ActorIndex),
    /// A note.
    Note {
        /// Where it stands.
        beside: Beside,
        /// What it says.
        text: Label,
    },
    /// A block begins.
    Open {
        /// Which.
        block: Block,
        /// What it is called.
        text: Label,
    },
    /// Another part of the innermost block.
    Next {
        /// What it is called.
        text: Label,
    },
    /// The innermost block ends.
    Close,
    /// Somebody comes to be with the next message.
    Create(ActorIndex),
    /// Somebody ends with the next message.
    Destroy(ActorIndex),
}

/// A sequence diagram, read.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// Its title.
    pub title: Option<String>,
    /// What it shows, in words.
    pub description: Option<String>,
    /// From left to right.
    pub actors: Vec<Actor>,
    /// Frames around participants.
    pub boxes: Vec<Held>,
    /// From top to bottom.
    pub events: Vec<Event>,
}

impl Sequence {
    /// All messages in time.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.events.iter().filter_map(|event| match event {
            Event::Message(message) => Some(message),
            _ => None,
        })
    }
}

/// Reads a sequence diagram.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Sequence> {
    let (mut sequence, problems) = parser::parse(source, preamble.word.end);
    sequence.title = sequence.title.or_else(|| preamble.title.clone());
    Outcome { value: sequence, problems }
}
