//! What is at the ends of edges: arrows, UML's triangles and diamonds, crow's feet.
//!
//! Each is a marker with its tip where the edge ends, pointing to the right; SVG turns it.

use crate::diagram::mermaid::flowchart::Head;
use std::fmt::Write as _;

/// How one head is drawn.
struct Drawn {
    /// What its marker's id ends with; `t` and `d` are the title and the description.
    name: &'static str,
    /// From its tip to its other end, in pixels; 0 for those that need no straight piece of line.
    length: f32,
    /// Width and height of the marker.
    size: (u8, u8),
    /// Where the tip is, across and down.
    tip: (&'static str, &'static str),
    /// The elements.
    drawing: &'static str,
}

/// How a head is drawn; `None` if there is nothing to see.
fn drawn(head: Head) -> Option<Drawn> {
    let small = |name, drawing| Drawn { name, length: 0.0, size: (9, 9), tip: ("8.6", "4.5"), drawing };
    let large = |name, length, size, tip, drawing| Drawn { name, length, size, tip, drawing };
    Some(match head {
        Head::None => return None,
        Head::Arrow => small("a", "<path d=\"M0 0L9 4.5 0 9z\"/>"),
        Head::Circle => small("o", "<circle cx=\"4.5\" cy=\"4.5\" r=\"4\"/>"),
        Head::Cross => small("x", "<path class=\"cross\" d=\"M1 1l7 7m0-7l-7 7\"/>"),
        Head::Triangle => large("h1", 14.0, (16, 16), ("14.5", "8"), "<path class=\"hollow\" d=\"M1 1L14 8 1 15z\"/>"),
        Head::Diamond => {
            large("h2", 18.0, (20, 12), ("18.5", "6"), "<path class=\"hollow\" d=\"M1 6l8.5-5L18 6l-8.5 5z\"/>")
        }
        Head::FullDiamond => large("h3", 18.0, (20, 12), ("18.5", "6"), "<path d=\"M0 6l9.3-5.5L18.6 6l-9.3 5.5z\"/>"),
        Head::Socket => {
            large("h4", 12.0, (14, 14), ("12.5", "7"), "<circle class=\"hollow\" cx=\"7\" cy=\"7\" r=\"5.5\"/>")
        }
        Head::Contains => large(
            "h5",
            18.0,
            (20, 20),
            ("19", "10"),
            "<circle class=\"hollow\" cx=\"10\" cy=\"10\" r=\"8.5\"/><path class=\"cross\" d=\"M1.5 10h17M10 1.5v17\"/>",
        ),
        Head::One => large("c1", 14.0, (22, 16), ("21", "8"), "<path class=\"cross\" d=\"M10 2v12M15 2v12\"/>"),
        Head::ZeroOrOne => large(
            "c2",
            18.0,
            (22, 16),
            ("21", "8"),
            "<circle class=\"hollow\" cx=\"7\" cy=\"8\" r=\"4\"/><path class=\"cross\" d=\"M15 2v12\"/>",
        ),
        Head::OneOrMore => {
            large("c3", 16.0, (22, 16), ("21", "8"), "<path class=\"cross\" d=\"M21 2L10 8l11 6M6 2v12\"/>")
        }
        Head::ZeroOrMore => large(
            "c4",
            20.0,
            (22, 16),
            ("21", "8"),
            "<path class=\"cross\" d=\"M21 2L10 8l11 6\"/><circle class=\"hollow\" cx=\"5\" cy=\"8\" r=\"4\"/>",
        ),
    })
}

/// What the id of a head's marker ends with.
pub(super) fn name(head: Head) -> Option<&'static str> {
    drawn(head).map(|drawn| drawn.name)
}

/// How long a straight piece of its edge a head covers, in pixels.
pub(super) fn length(head: Head) -> f32 {
    drawn(head).map_or(0.0, |drawn| drawn.length)
}

/// The markers of the heads that are used, each once.
pub(super) fn markers(used: &[Head], prefix: &str) -> String {
    let mut defs = String::new();
    for head in Head::ALL.into_iter().filter(|head| used.contains(head)) {
        let Some(Drawn { name, size: (w, h), tip: (x, y), drawing, .. }) = drawn(head) else { continue };
        let _ = write!(
            defs,
            "<marker id=\"{prefix}-{name}\" viewBox=\"0 0 {w} {h}\" refX=\"{x}\" refY=\"{y}\" markerWidth=\"{w}\" markerHeight=\"{h}\" markerUnits=\"userSpaceOnUse\" orient=\"auto-start-reverse\">{drawing}</marker>"
        );
    }
    if defs.is_empty() { defs } else { format!("<defs>{defs}</defs>") }
}
