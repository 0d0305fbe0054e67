//! The states of a diagram while it is read, and the chart they become.

use crate::diagram::graph::Direction;
use crate::diagram::mermaid::flowchart::{Edge, End, Flowchart, Head, Node, Shape, Stroke, Style, Subgraph, Tone};
use crate::diagram::mermaid::label::Label;
use std::collections::HashMap;

/// What a state is drawn as.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    #[default]
    Plain,
    Start,
    End,
    Fork,
    Choice,
    History,
    Note,
    /// It holds others.
    Composite,
    /// A part of a composite state that goes on beside another.
    Region,
}

/// A state.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    pub(super) id: String,
    /// What it says; its id, if nothing.
    pub(super) lines: Vec<String>,
    pub(super) kind: Kind,
    /// The composite state or region it is in.
    pub(super) parent: Option<usize>,
    pub(super) direction: Option<Direction>,
    pub(super) style: Style,
    pub(super) href: Option<String>,
}

/// A transition, or the line from a note to its state.
#[derive(Clone, Debug)]
pub(super) struct Transition {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) label: String,
    pub(super) is_note: bool,
}

/// All that has been read.
#[derive(Clone, Debug, Default)]
pub(super) struct Scene {
    pub(super) states: Vec<State>,
    pub(super) transitions: Vec<Transition>,
    pub(super) direction: Direction,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    by_id: HashMap<String, usize>,
    /// Where scopes begin (`true`) and end.
    terminals: HashMap<(bool, Option<usize>), usize>,
    /// How many regions each composite state has.
    regions: HashMap<usize, usize>,
}

/// More regions than this are drawn as one.
const REGIONS: usize = 32;

impl Scene {
    /// The state of an id, made in a scope where it is new.
    pub(super) fn state(&mut self, id: &str, scope: Option<usize>) -> usize {
        if let Some(at) = self.by_id.get(id) {
            return *at;
        }
        let at = self.push(State { id: id.to_owned(), parent: scope, ..State::default() });
        self.by_id.insert(id.to_owned(), at);
        at
    }

    /// A state that no other place can name.
    pub(super) fn push(&mut self, state: State) -> usize {
        self.states.push(state);
        self.states.len() - 1
    }

    /// The state where a scope begins or ends: one of each.
    pub(super) fn terminal(&mut self, kind: Kind, scope: Option<usize>) -> usize {
        if let Some(known) = self.terminals.get(&(kind == Kind::Start, scope)) {
            return *known;
        }
        let name = if kind == Kind::Start { "start" } else { "end" };
        let of = scope.map(|scope| self.states[scope].id.clone()).unwrap_or_default();
        let id = format!("[*] {name} {of}").trim_end().to_owned();
        let at = self.push(State { id, kind, parent: scope, ..State::default() });
        self.terminals.insert((kind == Kind::Start, scope), at);
        at
    }

    /// Another region of a composite state; what stands in it already becomes the first.
    pub(super) fn region(&mut self, composite: usize) -> usize {
        let region = |n: usize, id: &str| State {
            id: format!("{id} {n}"),
            kind: Kind::Region,
            parent: Some(composite),
            ..State::default()
        };
        let id = self.states[composite].id.clone();
        let regions = self.regions.get(&composite).copied().unwrap_or(0);
        if regions >= REGIONS {
            return self.states.iter().rposition(|s| s.parent == Some(composite)).unwrap_or(composite);
        }
        if regions == 0 {
            let inner: Vec<usize> =
                (0..self.states.len()).filter(|at| self.states[*at].parent == Some(composite)).collect();
            let first = self.push(region(1, &id));
            for at in inner {
                self.states[at].parent = Some(first);
            }
            for kind in [true, false] {
                if let Some(at) = self.terminals.remove(&(kind, Some(composite))) {
                    self.terminals.insert((kind, Some(first)), at);
                }
            }
        }
        self.regions.insert(composite, regions.max(1) + 1);
        self.push(region(regions.max(1) + 1, &id))
    }

    /// The chart, outer composites before inner ones.
    pub(super) fn chart(self) -> Flowchart {
        let is_frame = |at: usize| matches!(self.states[at].kind, Kind::Composite | Kind::Region);
        let mut frames: Vec<usize> = (0..self.states.len()).filter(|at| is_frame(*at)).collect();
        frames.sort_by_key(|at| self.depth(*at));
        let frame_of: HashMap<usize, usize> = frames.iter().enumerate().map(|(n, at)| (*at, n)).collect();
        let parent = |state: &State| state.parent.and_then(|p| frame_of.get(&p).copied());
        let nodes: Vec<usize> = (0..self.states.len()).filter(|at| !is_frame(*at)).collect();
        let node_of: HashMap<usize, usize> = nodes.iter().enumerate().map(|(n, at)| (*at, n)).collect();
        let end = |at: usize| match frame_of.get(&at) {
            Some(frame) => Some(End::Subgraph(*frame)),
            None => node_of.get(&at).map(|node| End::Node(*node)),
        };
        let edges = self.transitions.iter().filter_map(|transition| {
            Some(Edge {
                from: end(transition.from)?,
                to: end(transition.to)?,
                stroke: if transition.is_note { Stroke::Dotted } else { Stroke::Normal },
                start: Head::None,
                end: if transition.is_note { Head::None } else { Head::Arrow },
                length: 1,
                label: Label::words(&transition.label),
                at_ends: [Label::default(), Label::default()],
                style: Style::default(),
            })
        });
        let edges = edges.collect();
        let node = |at: &usize| {
            let state = &self.states[*at];
            Node {
                id: state.id.clone(),
                label: state.label(),
                shape: state.shape(),
                parent: parent(state),
                style: state.style.clone(),
                href: state.href.clone(),
                compartments: Vec::new(),
                tone: if state.kind == Kind::Note { Tone::Note } else { Tone::Plain },
            }
        };
        let subgraph = |at: &usize| {
            let state = &self.states[*at];
            Subgraph {
                id: state.id.clone(),
                label: state.label(),
                parent: parent(state),
                direction: state.direction,
                style: state.style.clone(),
            }
        };
        Flowchart {
            direction: self.direction,
            nodes: nodes.iter().map(node).collect(),
            edges,
            subgraphs: frames.iter().map(subgraph).collect(),
            title: self.title.clone(),
            spoken_title: None,
            description: self.description.clone(),
        }
    }

    /// How many frames are around a state. Parents come before what they hold, but for first regions.
    fn depth(&self, at: usize) -> usize {
        std::iter::successors(self.states[at].parent, |up| self.states[*up].parent).take(self.states.len()).count()
    }
}

impl State {
    fn label(&self) -> Label {
        match self.kind {
            Kind::Start | Kind::End | Kind::Fork | Kind::Choice | Kind::Region => Label::default(),
            Kind::History => Label::plain("H"),
            _ if self.lines.is_empty() => Label::words(&self.id),
            _ => Label::words(&self.lines.join("\n")),
        }
    }

    fn shape(&self) -> Shape {
        match self.kind {
            Kind::Start => Shape::Start,
            Kind::End => Shape::Stop,
            Kind::Fork => Shape::Fork,
            Kind::Choice => Shape::Diamond,
            Kind::History => Shape::Circle,
            Kind::Note => Shape::Card,
            Kind::Plain | Kind::Composite | Kind::Region => Shape::Rounded,
        }
    }
}
