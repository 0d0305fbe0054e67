//! Relations of classes: `<|--`, `*--`, `o..`, `()--`, with a head at either end or at both.

use crate::diagram::mermaid::cursor::Cursor;
use crate::diagram::mermaid::flowchart::{Head, Stroke};

/// A relation, without what it joins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    pub(super) start: Head,
    pub(super) stroke: Stroke,
    pub(super) end: Head,
}

/// Goes over a relation, if it comes next.
pub(super) fn read(cursor: &mut Cursor<'_>) -> Option<Relation> {
    let mut ahead = cursor.clone();
    ahead.blanks();
    let start = head(&mut ahead).unwrap_or(Head::None);
    ahead.blanks();
    let stroke = if ahead.eat("--") {
        Stroke::Normal
    } else if ahead.eat("..") {
        Stroke::Dotted
    } else {
        return None;
    };
    let mut behind = ahead.clone();
    behind.blanks();
    let end = head(&mut behind);
    if end.is_some() {
        ahead = behind;
    }
    *cursor = ahead;
    Some(Relation { start, stroke, end: end.unwrap_or(Head::None) })
}

fn head(cursor: &mut Cursor<'_>) -> Option<Head> {
    const HEADS: [(&str, Head); 6] = [
        ("<|", Head::Triangle),
        ("|>", Head::Triangle),
        ("()", Head::Socket),
        ("<", Head::Arrow),
        (">", Head::Arrow),
        ("*", Head::FullDiamond),
    ];
    let found = HEADS.into_iter().find(|(text, _)| cursor.eat(text));
    // An `o` may begin a name.
    found.map(|(_, head)| head).or_else(|| eat_ring(cursor).then_some(Head::Diamond))
}

/// Goes over an `o` that is a head: the line follows, or no name goes on.
fn eat_ring(cursor: &mut Cursor<'_>) -> bool {
    let is_ring = cursor.rest().strip_prefix('o').is_some_and(|rest| {
        rest.starts_with("--") || !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '-'))
    });
    is_ring && cursor.eat("o")
}
