//! Sequence diagrams: what stands where, as SVG.
//!
//! Elements: `g.node[data-id]` a participant, `path.edge[data-from][data-to]` a message, `g.edge-label` its text, `g.note`,
//! `g.block`, `g.box`. From back to front: boxes and grounds, lifelines, bars, blocks, messages, texts, notes,
//! participants.

use super::frame::Frame as Head;
use super::write::{self, Num};
use super::{path, shape};
use crate::diagram::graph::{Point, Rect, Size};
use crate::diagram::lifelines::frames::word;
use crate::diagram::lifelines::{self, Frame, Line, Placed, Tag};
use crate::diagram::mermaid::flowchart::{Colour, Shape};
use crate::diagram::mermaid::sequence::{Actor, Block, Message, Role, Sequence, Tip};
use crate::diagram::{Drawing, Options};
use std::fmt::Write as _;

/// Messages that a description tells.
const TOLD: usize = 40;
/// Radius of the circle around a message's number.
const NUMBER: f32 = 8.5;
/// Half the height of the cross at a lifeline's end.
const CROSS: f32 = 7.0;
/// From one line of a message's text to the next.
const STEP: f32 = 17.0;
/// The sign above the name of somebody who is no box.
const SIGN: Size = Size { width: 34.0, height: 36.0 };

/// Draws a sequence diagram.
#[must_use]
pub fn sequence(sequence: &Sequence, options: &Options<'_>) -> Drawing {
    let placed = lifelines::place(sequence, &figure);
    let mut painter = Painter { sequence, placed: &placed, options, svg: String::with_capacity(4096), links: false };
    painter.grounds();
    painter.lifelines();
    for frame in placed.frames.iter().filter(|frame| !matches!(frame.block, Block::Ground(_))) {
        painter.block(frame);
    }
    painter.messages();
    painter.notes();
    for (actor, head) in sequence.actors.iter().zip(&placed.heads) {
        painter.participant(actor, head);
    }
    painter.feet();
    painter.finish()
}

/// The figure that a role is drawn as; `None` for those with a sign above their name.
fn outline(role: Role) -> Option<Shape> {
    match role {
        Role::Participant => Some(Shape::Rectangle),
        Role::Database => Some(Shape::Cylinder),
        Role::Collections => Some(Shape::Stack),
        Role::Queue => Some(Shape::LyingCylinder),
        Role::Person | Role::Boundary | Role::Control | Role::Entity => None,
    }
}

/// How large a figure is around a label of a size.
fn figure(role: Role, label: Size) -> Size {
    match outline(role) {
        Some(outline) => shape::size(outline, label),
        None => Size { width: label.width.max(SIGN.width) + 12.0, height: label.height + SIGN.height + 8.0 },
    }
}

struct Painter<'a> {
    sequence: &'a Sequence,
    placed: &'a Placed,
    options: &'a Options<'a>,
    svg: String,
    links: bool,
}

impl Painter<'_> {
    fn finish(self) -> Drawing {
        let description = self.sequence.description.clone().unwrap_or_else(|| self.description());
        let head = Head {
            class: "dgm seq",
            size: self.placed.size,
            title: self.sequence.title.as_deref().unwrap_or(self.options.phrases.sequence),
            description: &description,
            links: self.links,
        };
        let svg = head.open(self.options) + &self.markers() + &self.svg + "</svg>";
        Drawing { svg, width: self.placed.size.width, height: self.placed.size.height }
    }

    /// Who sends what to whom, message by message.
    fn description(&self) -> String {
        let phrases = self.options.phrases;
        let name = |actor: usize| self.sequence.actors.get(actor).map(|a| a.label.spoken()).unwrap_or_default();
        let mut said: Vec<String> = Vec::new();
        for message in self.sequence.messages().take(TOLD) {
            let words = message.text.spoken();
            let label = if words.is_empty() { words } else { format!("{}{words}{}", phrases.label.0, phrases.label.1) };
            said.push(format!("{}{}{}{label}", name(message.from.0), phrases.to, name(message.to.0)));
        }
        if self.sequence.messages().count() > TOLD {
            said.push("…".to_owned());
        }
        said.join(phrases.separator)
    }

    /// The heads that this diagram uses.
    fn markers(&self) -> String {
        let prefix = self.options.prefix;
        let mut defs = String::new();
        for (tip, name, drawing) in TIPS {
            if self.placed.lines.iter().any(|line| line.arrow.start == tip || line.arrow.end == tip) {
                let _ = write!(
                    defs,
                    "<marker id=\"{prefix}-{name}\" viewBox=\"0 0 9 9\" refX=\"8.6\" refY=\"4.5\" markerWidth=\"9\" markerHeight=\"9\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">{drawing}</marker>"
                );
            }
        }
        if defs.is_empty() { defs } else { format!("<defs>{defs}</defs>") }
    }

    fn rect(&mut self, class: &str, r: Rect, radius: f32, attributes: &str) {
        let class = if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") };
        let _ = write!(
            self.svg,
            "<rect{class} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"{}\"{attributes}/>",
            Num(r.x),
            Num(r.y),
            Num(r.width),
            Num(r.height),
            Num(radius)
        );
    }

    fn tag(&mut self, tag: &Tag) {
        write::lines(&tag.label.lines, (tag.centre.x, tag.centre.y), STEP, None, &mut self.svg);
    }

    /// Boxes and coloured grounds: the author's colours, thinned so that words on them are read in either scheme.
    fn grounds(&mut self) {
        let (sequence, placed) = (self.sequence, self.placed);
        for enclosure in &placed.enclosures {
            let fill = sequence.boxes.get(enclosure.held).and_then(|held| held.fill.as_ref());
            self.svg.push_str("<g class=\"box\">");
            self.rect("", enclosure.rect, 6.0, &thinned(fill));
            self.tag(&enclosure.title);
            self.svg.push_str("</g>");
        }
        for frame in &placed.frames {
            if let Block::Ground(colour) = &frame.block {
                self.svg.push_str("<g class=\"ground\">");
                self.rect("", frame.rect, 3.0, &thinned(colour.as_ref()));
                self.svg.push_str("</g>");
            }
        }
    }

    fn lifelines(&mut self) {
        let placed = self.placed;
        self.svg.push_str("<path class=\"lifeline\" d=\"");
        for life in &placed.lifelines {
            let _ = write!(self.svg, "M{} {}V{}", Num(life.x), Num(life.top), Num(life.bottom));
        }
        self.svg.push_str("\"/>");
        for life in placed.lifelines.iter().filter(|life| life.destroyed) {
            let (x, y, r) = (Num(life.x - CROSS), Num(life.bottom - CROSS), Num(2.0 * CROSS));
            let _ = write!(self.svg, "<path class=\"end\" d=\"M{x} {y}l{r} {r}m0-{r}l-{r} {r}\"/>");
        }
        for bar in &placed.bars {
            self.rect("bar", *bar, 1.0, "");
        }
    }

    fn block(&mut self, frame: &Frame) {
        self.svg.push_str("<g class=\"block\">");
        self.rect("", frame.rect, 3.0, "");
        let Rect { x, y, width, height } = frame.tab;
        let _ = write!(
            self.svg,
            "<path class=\"tab\" d=\"M{} {}h{}v{}l-6 6H{}z\"/><text class=\"word\" x=\"{}\" y=\"{}\">{}</text>",
            Num(x),
            Num(y),
            Num(width),
            Num(height - 6.0),
            Num(x),
            Num(x + width / 2.0 - 2.0),
            Num(y + height / 2.0 + 4.3),
            word(&frame.block)
        );
        for (y, _) in &frame.parts {
            let _ = write!(self.svg, "<path class=\"part\" d=\"M{} {}h{}\"/>", Num(x), Num(*y), Num(frame.rect.width));
        }
        for tag in frame.title.iter().chain(frame.parts.iter().filter_map(|(_, tag)| tag.as_ref())) {
            self.tag(tag);
        }
        self.svg.push_str("</g>");
    }

    fn messages(&mut self) {
        let placed = self.placed;
        let messages: Vec<&Message> = self.sequence.messages().collect();
        for line in &placed.lines {
            if let Some(message) = messages.get(line.message) {
                self.line(line, message);
            }
        }
        for line in &placed.lines {
            let number = messages.get(line.message).and_then(|message| message.number.as_deref());
            if let (Some(at), Some(number)) = (line.number, number) {
                let _ = write!(
                    self.svg,
                    "<g class=\"number\"><circle cx=\"{}\" cy=\"{}\" r=\"{}\"/><text x=\"{}\" y=\"{}\">{number}</text></g>",
                    Num(at.x),
                    Num(at.y),
                    Num(NUMBER),
                    Num(at.x),
                    Num(at.y + 3.6)
                );
            }
        }
        for tag in placed.lines.iter().filter_map(|line| line.tag.as_ref()) {
            self.svg.push_str("<g class=\"edge-label said\">");
            self.tag(tag);
            self.svg.push_str("</g>");
        }
    }

    fn line(&mut self, line: &Line, message: &Message) {
        let sequence = self.sequence;
        let name = |actor: usize| sequence.actors.get(actor).map_or("", |actor| actor.name.as_str());
        let class = if line.arrow.dotted { "edge dotted" } else { "edge" };
        let _ = write!(self.svg, "<path class=\"{class}\" data-from=\"");
        write::escape(name(message.from.0), &mut self.svg);
        self.svg.push_str("\" data-to=\"");
        write::escape(name(message.to.0), &mut self.svg);
        let _ = write!(self.svg, "\" d=\"{}\"", path::data(&line.curve));
        for (place, tip) in [("start", line.arrow.start), ("end", line.arrow.end)] {
            if let Some((_, name, _)) = TIPS.iter().find(|(known, ..)| *known == tip) {
                let _ = write!(self.svg, " marker-{place}=\"url(#{}-{name})\"", self.options.prefix);
            }
        }
        self.svg.push_str("/>");
        let ends = [(line.arrow.start_dot, line.curve.first()), (line.arrow.end_dot, line.curve.last())];
        for (_, at) in ends.into_iter().filter(|(dot, _)| *dot) {
            let Some(Point { x, y }) = at else { continue };
            let _ = write!(self.svg, "<circle class=\"dot\" cx=\"{}\" cy=\"{}\" r=\"4\"/>", Num(*x), Num(*y));
        }
    }

    fn notes(&mut self) {
        let placed = self.placed;
        for note in &placed.notes {
            self.svg.push_str("<g class=\"note\">");
            self.rect("", note.rect, 2.0, "");
            let Rect { x, y, width, height } = note.rect;
            let centre = (x + width / 2.0, y + height / 2.0);
            write::lines(&note.label.lines, centre, STEP, None, &mut self.svg);
            self.svg.push_str("</g>");
        }
    }

    fn participant(&mut self, actor: &Actor, head: &lifelines::Head) {
        let href = actor.link.clone().or_else(|| (self.options.link)(&actor.label.named()));
        if let Some(href) = &href {
            self.links = true;
            self.svg.push_str("<a href=\"");
            write::escape(href, &mut self.svg);
            self.svg.push_str("\">");
        }
        self.svg.push_str("<g class=\"node\" data-id=\"");
        write::escape(&actor.name, &mut self.svg);
        self.svg.push_str("\">");
        self.figure(actor.role, head);
        self.svg.push_str(if href.is_some() { "</g></a>" } else { "</g>" });
    }

    fn figure(&mut self, role: Role, head: &lifelines::Head) {
        let Size { width, height } = head.size;
        let r = Rect { x: head.centre.x - width / 2.0, y: head.centre.y - height / 2.0, width, height };
        let mut place = (head.centre.x, head.centre.y);
        match outline(role) {
            Some(outline) => {
                shape::draw(outline, r, "", &mut self.svg);
                let shift = shape::label_shift(outline, head.size);
                place = (place.0 + shift.0, place.1 + shift.1);
            }
            None => {
                // The name stands below the sign; both are within one box, for pointing at.
                self.rect("bare", r, 0.0, "");
                self.sign(role, Point { x: head.centre.x, y: r.y });
                place.1 = r.y + SIGN.height + 4.0 + head.label.size.height / 2.0;
            }
        }
        write::lines(&head.label.lines, place, 20.0, None, &mut self.svg);
    }

    /// Somebody, or one of the three stereotypes of UML: boundary, control, entity.
    fn sign(&mut self, role: Role, top: Point) {
        let at = |dx: f32, dy: f32| format!("{} {}", Num(top.x + dx), Num(top.y + dy));
        let circle =
            |dy: f32, r: f32| format!("<circle cx=\"{}\" cy=\"{}\" r=\"{}\"/>", Num(top.x), Num(top.y + dy), Num(r));
        let strokes = match role {
            Role::Boundary => format!("M{}v22M{}h8", at(-20.0, 8.0), at(-20.0, 19.0)),
            Role::Control => format!("M{}l5-4m-5 4l5 4", at(-1.0, 7.0)),
            Role::Entity => format!("M{}h24", at(-12.0, 32.0)),
            _ => format!("M{}v12M{}h22M{}l-9 10M{}l9 10", at(0.0, 14.0), at(-11.0, 18.0), at(0.0, 26.0), at(0.0, 26.0)),
        };
        let body = if role == Role::Person { circle(8.0, 6.0) } else { circle(19.0, 12.0) };
        let _ = write!(self.svg, "{body}<path class=\"bare line\" d=\"{strokes}\"/>");
    }

    /// The participants once more: seen, not read twice.
    fn feet(&mut self) {
        let placed = self.placed;
        if placed.feet.is_empty() {
            return;
        }
        self.svg.push_str("<g class=\"feet\" aria-hidden=\"true\">");
        for head in &placed.feet {
            let role = self.sequence.actors.get(head.actor).map_or(Role::Participant, |actor| actor.role);
            self.svg.push_str("<g class=\"foot\">");
            self.figure(role, head);
            self.svg.push_str("</g>");
        }
        self.svg.push_str("</g>");
    }
}

/// Heads of messages: the end, its name, its drawing in a square of nine.
const TIPS: [(Tip, &str, &str); 7] = [
    (Tip::Filled, "a", "<path d=\"M0 0L9 4.5 0 9z\"/>"),
    (Tip::Open, "p", "<path class=\"cross\" d=\"M1 0L8.6 4.5 1 9\"/>"),
    (Tip::Cross, "x", "<path class=\"cross\" d=\"M1 1l7 7m0-7l-7 7\"/>"),
    (Tip::HalfTop, "ht", "<path d=\"M0 0L9 4.5H0z\"/>"),
    (Tip::HalfBottom, "hb", "<path d=\"M0 9L9 4.5H0z\"/>"),
    (Tip::StickTop, "st", "<path class=\"cross\" d=\"M1 0L8.6 4.5\"/>"),
    (Tip::StickBottom, "sb", "<path class=\"cross\" d=\"M1 9L8.6 4.5\"/>"),
];

fn thinned(colour: Option<&Colour>) -> String {
    match colour.map(Colour::as_str) {
        Some("none" | "transparent") => " fill=\"none\"".to_owned(),
        Some(colour) => format!(" fill=\"{colour}\" fill-opacity=\".2\""),
        None => String::new(),
    }
}
