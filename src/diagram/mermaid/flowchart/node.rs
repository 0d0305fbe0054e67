//! Nodes: their names, and the marks that give them a shape.

use crate::diagram::mermaid::cursor::Cursor;

/// The outline of a node. Names are those of mermaid's shape list; the older marks mean some of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shape {
    /// `[ ]`
    #[default]
    Rectangle,
    /// `( )`
    Rounded,
    /// A person: head and shoulders over the words (C4).
    Person,
    /// `([ ])`
    Stadium,
    /// `[[ ]]`
    Subroutine,
    /// `[( )]`
    Cylinder,
    /// `(( ))`
    Circle,
    /// `((( )))`
    DoubleCircle,
    /// `(- -)`
    Ellipse,
    /// `> ]`
    Odd,
    /// `{ }`
    Diamond,
    /// `{{ }}`
    Hexagon,
    /// `[/ /]`
    LeanRight,
    /// `[\ \]`
    LeanLeft,
    /// `[/ \]`
    Trapezoid,
    /// `[\ /]`
    InvertedTrapezoid,
    /// Words without an outline.
    Text,
    /// A card with a cut corner.
    Card,
    /// A rectangle with a line on its left.
    LinedRectangle,
    /// A rectangle with a line below its top.
    DividedRectangle,
    /// A rectangle divided by a cross.
    WindowPane,
    /// Several rectangles.
    Stack,
    /// A rectangle with a fold.
    Tagged,
    /// A page with a waved foot.
    Document,
    /// Several pages.
    Documents,
    /// A page with a line on its left.
    LinedDocument,
    /// A flag with waves.
    Flag,
    /// A rectangle with bent sides.
    Bow,
    /// A cylinder lying on its side.
    LyingCylinder,
    /// A cylinder with a line below its lid.
    LinedCylinder,
    /// A rectangle with a round right end.
    Delay,
    /// A display with a bent right side.
    Display,
    /// A pentagon: a rectangle with two cut corners.
    LoopLimit,
    /// A rectangle with a slanted top.
    SlopedRectangle,
    /// A triangle.
    Triangle,
    /// A triangle upside down.
    FlippedTriangle,
    /// A small filled circle.
    Start,
    /// A circle with a filled one in it.
    Stop,
    /// A small black dot.
    Junction,
    /// A circle with a cross in it.
    CrossedCircle,
    /// A bar.
    Fork,
    /// An hourglass.
    Hourglass,
    /// A bolt of lightning.
    Bolt,
    /// A brace on the left.
    Brace,
    /// A brace on the right.
    BraceRight,
    /// Braces on both sides.
    Braces,
    /// A cloud.
    Cloud,
}

impl Shape {
    /// The shape of a name in `@{ shape: … }`.
    #[must_use]
    pub fn named(name: &str) -> Option<Shape> {
        Some(match name {
            "rect" | "proc" | "process" | "rectangle" | "square" => Shape::Rectangle,
            "rounded" | "event" => Shape::Rounded,
            "stadium" | "pill" | "terminal" => Shape::Stadium,
            "fr-rect" | "framed-rectangle" | "subproc" | "subprocess" | "subroutine" => Shape::Subroutine,
            "cyl" | "cylinder" | "database" | "db" | "datastore" | "data-store" => Shape::Cylinder,
            "circle" | "circ" => Shape::Circle,
            "dbl-circ" | "double-circle" => Shape::DoubleCircle,
            "ellipse" => Shape::Ellipse,
            "odd" | "rect-left-inv-arrow" => Shape::Odd,
            "diam" | "decision" | "diamond" | "question" => Shape::Diamond,
            "hex" | "hexagon" | "prepare" => Shape::Hexagon,
            "lean-r" | "in-out" | "lean-right" => Shape::LeanRight,
            "lean-l" | "lean-left" | "out-in" => Shape::LeanLeft,
            "trap-b" | "priority" | "trapezoid" | "trapezoid-bottom" => Shape::Trapezoid,
            "trap-t" | "inv-trapezoid" | "manual" | "trapezoid-top" => Shape::InvertedTrapezoid,
            "text" => Shape::Text,
            "notch-rect" | "card" | "notched-rectangle" => Shape::Card,
            "lin-rect" | "lin-proc" | "lined-process" | "lined-rectangle" | "shaded-process" => Shape::LinedRectangle,
            "div-rect" | "div-proc" | "divided-process" | "divided-rectangle" => Shape::DividedRectangle,
            "win-pane" | "internal-storage" | "window-pane" => Shape::WindowPane,
            "st-rect" | "processes" | "procs" | "stacked-rectangle" => Shape::Stack,
            "tag-rect" | "tag-proc" | "tagged-process" | "tagged-rectangle" | "tag-doc" | "tagged-document" => {
                Shape::Tagged
            }
            "doc" | "document" => Shape::Document,
            "docs" | "documents" | "st-doc" | "stacked-document" => Shape::Documents,
            "lin-doc" | "lined-document" => Shape::LinedDocument,
            "flag" | "paper-tape" => Shape::Flag,
            "bow-rect" | "bow-tie-rectangle" | "stored-data" => Shape::Bow,
            "h-cyl" | "das" | "horizontal-cylinder" => Shape::LyingCylinder,
            "lin-cyl" | "disk" | "lined-cylinder" => Shape::LinedCylinder,
            "delay" | "half-rounded-rectangle" => Shape::Delay,
            "curv-trap" | "curved-trapezoid" | "display" => Shape::Display,
            "notch-pent" | "loop-limit" | "notched-pentagon" => Shape::LoopLimit,
            "sl-rect" | "manual-input" | "sloped-rectangle" => Shape::SlopedRectangle,
            "tri" | "extract" | "triangle" => Shape::Triangle,
            "flip-tri" | "flipped-triangle" | "manual-file" => Shape::FlippedTriangle,
            "sm-circ" | "small-circle" | "start" => Shape::Start,
            "fr-circ" | "framed-circle" | "stop" => Shape::Stop,
            "f-circ" | "filled-circle" | "junction" => Shape::Junction,
            "cross-circ" | "crossed-circle" | "summary" => Shape::CrossedCircle,
            "fork" | "join" => Shape::Fork,
            "hourglass" | "collate" => Shape::Hourglass,
            "bolt" | "com-link" | "lightning-bolt" => Shape::Bolt,
            "brace" | "brace-l" | "comment" => Shape::Brace,
            "brace-r" => Shape::BraceRight,
            "braces" => Shape::Braces,
            "cloud" | "bang" => Shape::Cloud,
            _ => return None,
        })
    }
}

/// What opens a shape, what closes it, and which it is; longer marks first.
const MARKS: &[(&str, &str, Shape)] = &[
    ("(((", ")))", Shape::DoubleCircle),
    ("((", "))", Shape::Circle),
    ("([", "])", Shape::Stadium),
    ("(-", "-)", Shape::Ellipse),
    ("(", ")", Shape::Rounded),
    ("[[", "]]", Shape::Subroutine),
    ("[(", ")]", Shape::Cylinder),
    ("[/", "/]", Shape::LeanRight),
    ("[/", "\\]", Shape::Trapezoid),
    ("[\\", "\\]", Shape::LeanLeft),
    ("[\\", "/]", Shape::InvertedTrapezoid),
    ("[", "]", Shape::Rectangle),
    ("{{", "}}", Shape::Hexagon),
    ("{", "}", Shape::Diamond),
    (">", "]", Shape::Odd),
];

/// Whether a shape begins here.
pub(super) fn opens(rest: &str) -> bool {
    rest.starts_with(['(', '[', '{', '>'])
}

/// Reads the marks of a shape and the words between them; `None` if they are not closed.
pub(in crate::diagram::mermaid) fn shape<'s>(cursor: &mut Cursor<'s>) -> Option<(Shape, &'s str)> {
    // Of the marks that fit, the one that is closed first; of those, the longest.
    let rest = cursor.rest();
    let mut best: Option<(usize, usize, Shape, &'s str)> = None;
    for &(open, close, shape) in MARKS {
        let Some(inner) = rest.strip_prefix(open) else { continue };
        let Some(length) = closing(inner, close) else { continue };
        let end = open.len() + length + close.len();
        if best.as_ref().is_none_or(|(_, opened, ..)| {
            open.len() > *opened || (open.len() == *opened && end < best.as_ref().map_or(0, |b| b.0))
        }) {
            best = Some((end, open.len(), shape, &inner[..length]));
        }
    }
    let (end, _, shape, words) = best?;
    cursor.skip(end);
    // `[|borders:lt|words]` has properties before its words.
    let words = words.strip_prefix('|').and_then(|w| w.split_once('|')).map_or(words, |(_, w)| w);
    Some((shape, words))
}

/// Where a mark closes: behind the closing quote if the words are quoted, else at its first place on the line.
fn closing(inner: &str, close: &str) -> Option<usize> {
    let blanks = inner.len() - inner.trim_start().len();
    if inner[blanks..].starts_with('"') {
        let quote = blanks + 1 + inner[blanks + 1..].find('"')? + 1;
        let rest = &inner[quote..];
        let gap = rest.len() - rest.trim_start().len();
        return rest[gap..].starts_with(close).then_some(quote + gap);
    }
    let at = inner.find(close)?;
    // `[` within `[…]` belongs to nothing; a line end without quotes is a mistake.
    (!inner[..at].contains('\n')).then_some(at)
}

/// Whether a character can stand in a node's name.
fn is_name(c: char) -> bool {
    c.is_alphanumeric()
        || matches!(c, '_' | '.' | '/' | '\\' | '!' | '#' | '$' | '%' | '\'' | '*' | '+' | '?' | '`')
        || (!c.is_ascii() && !c.is_whitespace())
}

/// Reads a node's name; empty if none comes next.
pub(super) fn name<'s>(cursor: &mut Cursor<'s>) -> &'s str {
    let rest = cursor.rest();
    let mut end = 0;
    for (at, c) in rest.char_indices() {
        let next = rest[at + c.len_utf8()..].chars().next();
        let within = is_name(c)
            || (c == '-' && at > 0 && next.is_some_and(|n| is_name(n) && n != '.'))
            || (c == '=' && next != Some('=') && at > 0 && next.is_some_and(is_name))
            || (c == ':' && at > 0 && !rest[at..].starts_with(":::") && next.is_some_and(char::is_alphanumeric));
        // `A-.->B` begins a dotted link, `A.B` is a name.
        if !within || (c == '.' && next.is_none_or(|n| n == '-' || n == '.')) {
            break;
        }
        end = at + c.len_utf8();
    }
    let name = &rest[..end];
    cursor.skip(end);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_its_shape() {
        let read = |text: &'static str| shape(&mut Cursor::new(text, 0)).map(|(s, w)| (s, w.trim()));
        assert_eq!(read("[a b]"), Some((Shape::Rectangle, "a b")));
        assert_eq!(read("((a))"), Some((Shape::Circle, "a")));
        assert_eq!(read("(((a)))"), Some((Shape::DoubleCircle, "a")));
        assert_eq!(read("([a])"), Some((Shape::Stadium, "a")));
        assert_eq!(read("[(a)]"), Some((Shape::Cylinder, "a")));
        assert_eq!(read("[/a/]"), Some((Shape::LeanRight, "a")));
        assert_eq!(read("[/a\\]"), Some((Shape::Trapezoid, "a")));
        assert_eq!(read("[\\a/]"), Some((Shape::InvertedTrapezoid, "a")));
        assert_eq!(read("{{a}}"), Some((Shape::Hexagon, "a")));
        assert_eq!(read("{a?}"), Some((Shape::Diamond, "a?")));
        assert_eq!(read(">a]"), Some((Shape::Odd, "a")));
        assert_eq!(read("[\"x ] y\"]"), Some((Shape::Rectangle, "\"x ] y\"")));
        assert_eq!(read("[/var/log]"), Some((Shape::Rectangle, "/var/log")));
        assert_eq!(read("[(db) one]"), Some((Shape::Rectangle, "(db) one")));
        assert_eq!(read("[open"), None);
    }

    #[test]
    fn names_end_where_links_begin() {
        let read = |text: &'static str| name(&mut Cursor::new(text, 0));
        assert_eq!(read("A-->B"), "A");
        assert_eq!(read("api-server --> B"), "api-server");
        assert_eq!(read("A-.->B"), "A");
        assert_eq!(read("v1.2 x"), "v1.2");
        assert_eq!(read("节点:::red"), "节点");
        assert_eq!(read("A==>B"), "A");
        assert_eq!(read("--> B"), "");
    }
}
