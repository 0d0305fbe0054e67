//! Rows: events from top to bottom.

use super::frames::{Frames, TAB};
use super::measure::Measured;
use super::{Enclosure, Head, Lifeline, Line, Note, Placed, Tag};
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::mermaid::sequence::{ActorIndex, Beside, Block, Event, Message, Sequence};
use crate::diagram::text::Block as Label;

/// Width of the bar of an active participant.
pub(super) const BAR: f32 = 10.0;
/// How far the bar of a call within a call stands out.
const BAR_STEP: f32 = 5.0;
/// How far a message to oneself stands out.
pub(super) const LOOP: f32 = 32.0;
/// Air in a note.
pub(super) const NOTE_PAD: f32 = 8.0;
/// Between a lifeline and a note beside it.
pub(super) const SIDE: f32 = 12.0;
/// Above the text of a message.
const ABOVE: f32 = 14.0;
/// Between a text and its line.
const UNDER_TEXT: f32 = 5.0;
/// Height of a message to oneself.
const LOOP_HEIGHT: f32 = 22.0;
/// Around the whole drawing.
const MARGIN: f32 = 10.0;
/// Between an enclosure and what it holds.
const ENCLOSURE_PAD: f32 = 10.0;
/// Diagrams that are higher show the participants once more at their foot.
const HIGH: f32 = 640.0;

/// What is known of a participant while events are walked.
#[derive(Clone, Default)]
struct State {
    /// Where each of its bars began.
    bars: Vec<f32>,
    /// Will come to be with the next message to it.
    awaited: bool,
    /// Will end with the next message from or to it.
    doomed: bool,
}

struct Walk<'a> {
    sequence: &'a Sequence,
    columns: &'a [f32],
    placed: Placed,
    states: Vec<State>,
    frames: Frames,
    /// Where the last thing ended.
    y: f32,
    /// Messages so far.
    messages: usize,
}

/// Walks all events.
pub(super) fn rows(sequence: &Sequence, measured: Measured, columns: &[f32]) -> Placed {
    let room = if measured.boxes.iter().any(|title| !title.lines.is_empty()) { 26.0 } else { 0.0 };
    let high = measured.actors.iter().map(|(figure, _)| figure.height).fold(0.0, f32::max);
    let mut walk = Walk {
        sequence,
        columns,
        placed: Placed::default(),
        states: vec![State::default(); columns.len()],
        frames: Frames::default(),
        y: room + high,
        messages: 0,
    };
    for (actor, ((figure, label), &x)) in measured.actors.into_iter().zip(columns).enumerate() {
        // Figures stand on one line.
        let centre = Point { x, y: room + high - figure.height / 2.0 };
        walk.placed.heads.push(Head { actor, size: figure, label, centre });
        walk.placed.lifelines.push(Lifeline { x, top: room + high, bottom: 0.0, destroyed: false });
    }
    for (i, label) in measured.events.into_iter().enumerate() {
        walk.event(i, label);
    }
    walk.finish(&measured.boxes, room)
}

impl Walk<'_> {
    fn event(&mut self, i: usize, label: Label) {
        let sequence = self.sequence;
        let Some(event) = sequence.events.get(i) else { return };
        match event {
            Event::Message(message) => {
                let activates = matches!(sequence.events.get(i + 1), Some(Event::Activate(a)) if *a == message.to);
                self.message(message, label, activates);
            }
            Event::Activate(actor) => self.activate(*actor),
            Event::Deactivate(actor) => self.deactivate(*actor),
            Event::Note { beside, .. } => self.note(*beside, label),
            Event::Open { block, .. } => self.open(block.clone(), label),
            Event::Next { .. } => {
                self.y += 12.0;
                let height = label.size.height;
                self.frames.part(&mut self.placed, label, self.y);
                self.y += height;
            }
            Event::Close => {
                self.y += 12.0;
                let x = self.columns.first().copied().unwrap_or(0.0);
                self.frames.close(&mut self.placed, self.y, x);
            }
            Event::Create(actor) => self.with(*actor, |state| state.awaited = true),
            Event::Destroy(actor) => self.with(*actor, |state| state.doomed = true),
        }
    }

    fn with(&mut self, actor: ActorIndex, change: impl FnOnce(&mut State)) {
        if let Some(state) = self.states.get_mut(actor.0) {
            change(state);
        }
    }

    fn open(&mut self, block: Block, label: Label) {
        self.y += 12.0;
        let height = label.size.height + 4.0;
        let is_ground = matches!(block, Block::Ground(_));
        self.frames.open(&mut self.placed, block, label, self.y);
        self.y += if is_ground { 0.0 } else { height.max(TAB) };
    }

    fn activate(&mut self, actor: ActorIndex) {
        let y = self.y;
        self.with(actor, |state| state.bars.push(y));
    }

    fn deactivate(&mut self, actor: ActorIndex) {
        let (Some(state), Some(&x)) = (self.states.get_mut(actor.0), self.columns.get(actor.0)) else { return };
        let depth = state.bars.len();
        let Some(top) = state.bars.pop() else { return };
        let left = x - BAR / 2.0 + (depth as f32 - 1.0) * BAR_STEP;
        let height = (self.y - top).max(8.0);
        self.placed.bars.push(Rect { x: left, y: top, width: BAR, height });
    }

    /// How far a participant's bars reach to a side: 1 to the right, −1 to the left.
    fn edge(&self, actor: ActorIndex, side: f32, extra: usize) -> f32 {
        let x = self.columns.get(actor.0).copied().unwrap_or(0.0);
        let depth = self.states.get(actor.0).map_or(0, |state| state.bars.len()) + extra;
        match depth {
            0 => x,
            _ if side < 0.0 => x - BAR / 2.0,
            depth => x + BAR / 2.0 + (depth as f32 - 1.0) * BAR_STEP,
        }
    }

    fn message(&mut self, message: &Message, label: Label, activates: bool) {
        if message.from == message.to {
            self.self_message(message, label, activates);
        } else {
            self.plain_message(message, label, activates);
        }
        self.messages += 1;
        for actor in [message.from, message.to] {
            self.end_if_doomed(actor);
        }
    }

    fn plain_message(&mut self, message: &Message, label: Label, activates: bool) {
        let rightwards = message.from < message.to;
        let side = if rightwards { 1.0 } else { -1.0 };
        let created = self.states.get(message.to.0).is_some_and(|state| state.awaited);
        let figure = self.placed.heads.get(message.to.0).map_or(Size::default(), |head| head.size);
        let text = label.size;
        self.y += ABOVE + if text.height > 0.0 { text.height + UNDER_TEXT } else { 6.0 };
        if created {
            self.y = self.y.max(self.y - text.height + figure.height / 2.0);
        }
        let y = self.y;
        let from = self.edge(message.from, side, 0);
        let to = if created {
            self.columns.get(message.to.0).copied().unwrap_or(0.0) - side * figure.width / 2.0
        } else {
            self.edge(message.to, -side, usize::from(activates))
        };
        let number = message.number.as_ref().map(|_| Point { x: from, y });
        let middle = from.midpoint(to) + if number.is_some() { side * 6.0 } else { 0.0 };
        let centre = Point { x: middle, y: y - UNDER_TEXT - text.height / 2.0 };
        self.frames.reach(from.min(to) - 8.0, from.max(to) + 8.0);
        self.frames.reach(centre.x - text.width / 2.0, centre.x + text.width / 2.0);
        let curve = straight(Point { x: from, y }, Point { x: to, y });
        self.push_line(message, curve, label, centre, number);
        if created {
            self.bring_to_life(message.to, y);
        }
    }

    fn bring_to_life(&mut self, actor: ActorIndex, y: f32) {
        self.with(actor, |state| state.awaited = false);
        if let (Some(head), Some(life)) = (self.placed.heads.get_mut(actor.0), self.placed.lifelines.get_mut(actor.0)) {
            head.centre.y = y;
            life.top = y + head.size.height / 2.0;
            self.y = life.top;
        }
    }

    fn self_message(&mut self, message: &Message, label: Label, activates: bool) {
        let text = label.size;
        let room = text.height.max(LOOP_HEIGHT);
        let top = self.y + ABOVE + (room - LOOP_HEIGHT) / 2.0;
        let bottom = top + LOOP_HEIGHT;
        let from = self.edge(message.from, 1.0, 0);
        let to = self.edge(message.from, 1.0, usize::from(activates));
        let out = from.max(to) + LOOP;
        let centre = Point { x: out + 6.0 + text.width / 2.0, y: top.midpoint(bottom) };
        let (a, b) = (Point { x: from, y: top }, Point { x: to, y: bottom });
        let curve = vec![
            a,
            Point { x: out - LOOP / 3.0, y: top },
            Point { x: out, y: top },
            Point { x: out, y: top.midpoint(bottom) },
            Point { x: out, y: bottom },
            Point { x: out - LOOP / 3.0, y: bottom },
            b,
        ];
        let number = message.number.as_ref().map(|_| a);
        self.frames.reach(from - 12.0, out + 8.0 + text.width);
        self.push_line(message, curve, label, centre, number);
        self.y = bottom + (room - LOOP_HEIGHT) / 2.0;
    }

    fn push_line(&mut self, message: &Message, curve: Vec<Point>, label: Label, centre: Point, number: Option<Point>) {
        let tag = (!label.lines.is_empty()).then_some(Tag { label, centre });
        self.placed.lines.push(Line { message: self.messages, arrow: message.arrow, curve, tag, number });
    }

    fn end_if_doomed(&mut self, actor: ActorIndex) {
        let y = self.y;
        let Some(state) = self.states.get_mut(actor.0) else { return };
        if !state.doomed {
            return;
        }
        state.doomed = false;
        while self.states.get(actor.0).is_some_and(|state| !state.bars.is_empty()) {
            self.deactivate(actor);
        }
        if let Some(life) = self.placed.lifelines.get_mut(actor.0) {
            life.bottom = y;
            life.destroyed = true;
        }
    }

    fn note(&mut self, beside: Beside, label: Label) {
        let text = label.size;
        let (width, height) = (text.width + 2.0 * NOTE_PAD, text.height + 2.0 * NOTE_PAD - 4.0);
        let column = |a: ActorIndex| self.columns.get(a.0).copied().unwrap_or(0.0);
        let (x, width) = match beside {
            Beside::Left(a) => (self.edge(a, -1.0, 0) - SIDE - width, width),
            Beside::Right(a) => (self.edge(a, 1.0, 0) + SIDE, width),
            Beside::Over(a, b) => {
                let (left, right) = (column(a).min(column(b)), column(a).max(column(b)));
                let width = if a == b { width.max(60.0) } else { width.max(right - left + 40.0) };
                (left.midpoint(right) - width / 2.0, width)
            }
        };
        let rect = Rect { x, y: self.y + 12.0, width, height };
        self.y = rect.y + height;
        self.frames.reach(x, x + width);
        self.placed.notes.push(Note { rect, label });
    }

    fn finish(mut self, titles: &[Label], room: f32) -> Placed {
        while !self.frames.is_empty() {
            self.y += 12.0;
            self.frames.close(&mut self.placed, self.y, 0.0);
        }
        self.y += 16.0;
        for actor in 0..self.states.len() {
            while self.states.get(actor).is_some_and(|state| !state.bars.is_empty()) {
                self.deactivate(ActorIndex(actor));
            }
        }
        for life in self.placed.lifelines.iter_mut().filter(|life| !life.destroyed) {
            life.bottom = self.y.max(life.top + 8.0);
        }
        let mut bottom = self.y;
        if self.y > HIGH {
            bottom += self.feet();
        }
        self.enclose(titles, room, bottom);
        self.placed.settled()
    }

    /// Draws the participants once more below; gives how much room that takes.
    fn feet(&mut self) -> f32 {
        let alive = |life: &Lifeline| !life.destroyed;
        let feet = self.placed.heads.iter().zip(&self.placed.lifelines).filter(|(_, life)| alive(life));
        let feet: Vec<Head> = feet
            .map(|(head, life)| {
                let centre = Point { x: life.x, y: life.bottom + head.size.height / 2.0 };
                Head { centre, ..head.clone() }
            })
            .collect();
        let high = feet.iter().map(|head| head.size.height).fold(0.0, f32::max);
        self.placed.feet = feet;
        high
    }

    /// Sets frames around the participants of each box.
    fn enclose(&mut self, titles: &[Label], room: f32, bottom: f32) {
        for (held, title) in titles.iter().enumerate() {
            let inside =
                self.sequence.actors.iter().zip(&self.placed.heads).filter(|(actor, _)| actor.held == Some(held));
            let ends =
                inside.map(|(_, head)| (head.centre.x - head.size.width / 2.0, head.centre.x + head.size.width / 2.0));
            let Some((left, right)) = ends.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1))) else { continue };
            let spare = (title.size.width - (right - left)).max(0.0) / 2.0;
            let (left, right) = (left - ENCLOSURE_PAD - spare, right + ENCLOSURE_PAD + spare);
            let rect =
                Rect { x: left, y: room - 26.0, width: right - left, height: bottom + ENCLOSURE_PAD - room + 26.0 };
            let centre = Point { x: left.midpoint(right), y: rect.y + 13.0 };
            self.placed.enclosures.push(Enclosure { held, rect, title: Tag { label: title.clone(), centre } });
        }
    }
}

fn straight(a: Point, b: Point) -> Vec<Point> {
    vec![a, a, b, b]
}

impl Placed {
    /// Moves everything to where the drawing begins, and measures it.
    fn settled(mut self) -> Self {
        let (mut low, mut high) = (Point { x: f32::MAX, y: f32::MAX }, Point { x: f32::MIN, y: f32::MIN });
        self.visit(&mut |x, y, width, height| {
            low = Point { x: low.x.min(*x), y: low.y.min(*y) };
            high = Point { x: high.x.max(*x + width), y: high.y.max(*y + height) };
        });
        if low.x > high.x {
            (low, high) = (Point::default(), Point::default());
        }
        let (dx, dy) = ((MARGIN - low.x).round(), (MARGIN - low.y).round());
        self.visit(&mut |x, y, _, _| {
            *x += dx;
            *y += dy;
        });
        self.size = Size { width: high.x - low.x + 2.0 * MARGIN, height: high.y - low.y + 2.0 * MARGIN };
        self
    }

    /// Shows every box to a function that may move it: its place, its width and its height.
    fn visit(&mut self, see: &mut impl FnMut(&mut f32, &mut f32, f32, f32)) {
        for head in self.heads.iter_mut().chain(&mut self.feet) {
            let size = head.size;
            centred(&mut head.centre, size, see);
        }
        for life in &mut self.lifelines {
            let height = life.bottom - life.top;
            see(&mut life.x, &mut life.top, 0.0, height);
            life.bottom = life.top + height;
        }
        let notes = self.notes.iter_mut().map(|note| &mut note.rect);
        for rect in self.bars.iter_mut().chain(notes) {
            see(&mut rect.x, &mut rect.y, rect.width, rect.height);
        }
        for line in &mut self.lines {
            line.curve.iter_mut().for_each(|p| see(&mut p.x, &mut p.y, 0.0, 0.0));
            line.number.iter_mut().for_each(|p| centred(p, Size { width: 20.0, height: 20.0 }, see));
            line.tag.iter_mut().for_each(|tag| centred(&mut tag.centre, tag.label.size, see));
        }
        for frame in &mut self.frames {
            let (rect, tab) = (&mut frame.rect, &mut frame.tab);
            see(&mut rect.x, &mut rect.y, rect.width, rect.height);
            see(&mut tab.x, &mut tab.y, tab.width, tab.height);
            for (y, tag) in &mut frame.parts {
                see(&mut rect.x.clone(), y, 0.0, 0.0);
                tag.iter_mut().for_each(|tag| centred(&mut tag.centre, tag.label.size, see));
            }
            frame.title.iter_mut().for_each(|tag| centred(&mut tag.centre, tag.label.size, see));
        }
        for enclosure in &mut self.enclosures {
            let rect = &mut enclosure.rect;
            see(&mut rect.x, &mut rect.y, rect.width, rect.height);
            centred(&mut enclosure.title.centre, enclosure.title.label.size, see);
        }
    }
}

/// Shows a box that is known by its centre.
fn centred(centre: &mut Point, size: Size, see: &mut impl FnMut(&mut f32, &mut f32, f32, f32)) {
    let (mut x, mut y) = (centre.x - size.width / 2.0, centre.y - size.height / 2.0);
    see(&mut x, &mut y, size.width, size.height);
    *centre = Point { x: x + size.width / 2.0, y: y + size.height / 2.0 };
}
