//! How many of one entity belong to how many of another: `||--o{`, `one to zero or more`.

use crate::diagram::mermaid::cursor::Cursor;
use crate::diagram::mermaid::flowchart::{Head, Stroke};

/// In words, in capitals or not; none is the beginning of a later one.
const WORDS: [(&str, Head); 11] = [
    ("one or zero", Head::ZeroOrOne),
    ("one or more", Head::OneOrMore),
    ("one or many", Head::OneOrMore),
    ("zero or one", Head::ZeroOrOne),
    ("zero or more", Head::ZeroOrMore),
    ("zero or many", Head::ZeroOrMore),
    ("only one", Head::One),
    ("many(0)", Head::ZeroOrMore),
    ("many(1)", Head::OneOrMore),
    ("many", Head::ZeroOrMore),
    ("one", Head::One),
];
/// By signs; the two that mirror each other mean the same on both sides.
const SIGNS: [(&str, Head); 9] = [
    ("||", Head::One),
    ("|o", Head::ZeroOrOne),
    ("o|", Head::ZeroOrOne),
    ("}o", Head::ZeroOrMore),
    ("o{", Head::ZeroOrMore),
    ("}|", Head::OneOrMore),
    ("|{", Head::OneOrMore),
    ("1+", Head::OneOrMore),
    ("0+", Head::ZeroOrMore),
];

/// A relationship without what it joins: the two cardinalities and the line between them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Relationship {
    pub(super) start: Head,
    pub(super) stroke: Stroke,
    pub(super) end: Head,
}

/// Goes over a relationship, if it comes next.
pub(super) fn relationship(cursor: &mut Cursor<'_>) -> Option<Relationship> {
    let mut ahead = cursor.clone();
    ahead.blanks();
    let start = cardinality(&mut ahead)?;
    ahead.blanks();
    let stroke = line(&mut ahead)?;
    ahead.blanks();
    let end = cardinality(&mut ahead)?;
    *cursor = ahead;
    Some(Relationship { start, stroke, end })
}

fn cardinality(cursor: &mut Cursor<'_>) -> Option<Head> {
    if let Some((_, head)) = SIGNS.into_iter().find(|(sign, _)| cursor.eat(sign)) {
        return Some(head);
    }
    if let Some((_, head)) = WORDS.into_iter().find(|(words, _)| eat_words(cursor, words)) {
        return Some(head);
    }
    let behind = cursor.rest().strip_prefix(['1', 'u', 'U'])?;
    let head = if cursor.peek() == Some('1') {
        let ends = !behind.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '*'));
        ends.then_some(Head::One)
    } else {
        behind.starts_with(['.', '-', '|']).then_some(Head::FullDiamond)
    };
    cursor.skip(usize::from(head.is_some()));
    head
}

/// What identifies is solid, what does not is dashed.
fn line(cursor: &mut Cursor<'_>) -> Option<Stroke> {
    if cursor.eat("--") || eat_words(cursor, "to") {
        Some(Stroke::Normal)
    } else if cursor.eat("..") || cursor.eat(".-") || cursor.eat("-.") || eat_words(cursor, "optionally to") {
        Some(Stroke::Dotted)
    } else {
        None
    }
}

/// Goes over words, in capitals or not, if they come next and end here.
fn eat_words(cursor: &mut Cursor<'_>, words: &str) -> bool {
    let comes = cursor.rest().get(..words.len()).is_some_and(|text| text.eq_ignore_ascii_case(words));
    let ends = |rest: &str| words.ends_with(')') || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let comes = comes && cursor.rest().get(words.len()..).is_some_and(ends);
    if comes {
        cursor.skip(words.len());
    }
    comes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Head, Stroke, Head)> {
        let mut cursor = Cursor::new(text, 0);
        relationship(&mut cursor).map(|r| (r.start, r.stroke, r.end))
    }

    #[test]
    fn signs_and_words_say_the_same() {
        use Head::{FullDiamond, One, OneOrMore, ZeroOrMore, ZeroOrOne};
        assert_eq!(read(" ||--o{ B"), Some((One, Stroke::Normal, ZeroOrMore)));
        assert_eq!(read("}|..|{B"), Some((OneOrMore, Stroke::Dotted, OneOrMore)));
        assert_eq!(read("|o-.o| B"), Some((ZeroOrOne, Stroke::Dotted, ZeroOrOne)));
        assert_eq!(read("Only One to Zero or more B"), Some((One, Stroke::Normal, ZeroOrMore)));
        assert_eq!(read("many(0) optionally to 1+ B"), Some((ZeroOrMore, Stroke::Dotted, OneOrMore)));
        assert_eq!(read("1 to 1 B"), Some((One, Stroke::Normal, One)));
        assert_eq!(read("u--o{ B"), Some((FullDiamond, Stroke::Normal, ZeroOrMore)));
        assert_eq!(read("one to oneself"), None);
        assert_eq!(read("-- B"), None);
    }
}
