//! Links: `-->`, `---`, `-.->`, `==>`, `~~~`, longer and with heads at both ends, with a label in the middle or behind.

use crate::diagram::mermaid::cursor::Cursor;

/// How a link is drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stroke {
    /// `--`
    #[default]
    Normal,
    /// `==`
    Thick,
    /// `-.-`
    Dotted,
    /// `~~~`: only for the layout.
    Invisible,
}

/// What is at an end of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Head {
    /// Nothing.
    #[default]
    None,
    /// `>`
    Arrow,
    /// `o`
    Circle,
    /// `x`
    Cross,
    /// A hollow triangle: what is more general (UML).
    Triangle,
    /// A hollow diamond: what has parts (UML).
    Diamond,
    /// A full diamond: what its parts cannot be without (UML).
    FullDiamond,
    /// A ring: an interface that is offered (UML).
    Socket,
    /// A ring with a cross: what contains the other (`SysML`).
    Contains,
    /// Exactly one (crow's foot).
    One,
    /// None or one.
    ZeroOrOne,
    /// One or more.
    OneOrMore,
    /// None or more.
    ZeroOrMore,
}

impl Head {
    /// All that can be seen.
    pub const ALL: [Head; 12] = [
        Head::Arrow,
        Head::Circle,
        Head::Cross,
        Head::Triangle,
        Head::Diamond,
        Head::FullDiamond,
        Head::Socket,
        Head::Contains,
        Head::One,
        Head::ZeroOrOne,
        Head::OneOrMore,
        Head::ZeroOrMore,
    ];
}

/// A link as it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::diagram::mermaid) struct Link<'s> {
    pub(in crate::diagram::mermaid) stroke: Stroke,
    pub(in crate::diagram::mermaid) start: Head,
    pub(in crate::diagram::mermaid) end: Head,
    /// Ranks it spans at least.
    pub(in crate::diagram::mermaid) length: u32,
    /// The words on it.
    pub(in crate::diagram::mermaid) label: Option<&'s str>,
}

/// Reads a link, if one comes next. The cursor does not move otherwise.
pub(in crate::diagram::mermaid) fn link<'s>(cursor: &mut Cursor<'s>) -> Option<Link<'s>> {
    let mut ahead = cursor.clone();
    let link = whole(&mut ahead).or_else(|| {
        ahead = cursor.clone();
        opened(&mut ahead)
    })?;
    *cursor = ahead;
    Some(link)
}

/// What begins a link at its left end.
fn left_head(cursor: &mut Cursor<'_>) -> Head {
    let rest = cursor.rest().as_bytes();
    let line_follows = matches!(rest.get(1), Some(b'-' | b'='));
    let head = match rest.first() {
        Some(b'<') => Head::Arrow,
        Some(b'x') if line_follows => Head::Cross,
        Some(b'o') if line_follows => Head::Circle,
        _ => return Head::None,
    };
    cursor.skip(1);
    head
}

fn right_head(c: Option<u8>) -> Option<Head> {
    match c {
        Some(b'>') => Some(Head::Arrow),
        Some(b'x') => Some(Head::Cross),
        Some(b'o') => Some(Head::Circle),
        _ => None,
    }
}

/// A link without words inside, and the words between bars behind it.
fn whole<'s>(cursor: &mut Cursor<'s>) -> Option<Link<'s>> {
    let start = left_head(cursor);
    let (stroke, end, length, bytes) = right_part(cursor.rest())?;
    cursor.skip(bytes);
    let mut link = Link { stroke, start, end, length, label: None };
    let mut behind = cursor.clone();
    behind.blanks();
    if behind.eat("|") {
        link.label = Some(bar_label(&mut behind)?);
        *cursor = behind;
    }
    Some(link)
}

/// What stands up to the next bar; a bar in quotes does not end it.
fn bar_label<'s>(cursor: &mut Cursor<'s>) -> Option<&'s str> {
    let rest = cursor.rest();
    let mut quoted = false;
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '|' if !quoted => {
                cursor.skip(at + 1);
                return Some(&rest[..at]);
            }
            _ => {}
        }
    }
    None
}

/// The line and right head of a link: its stroke, head, length in ranks and bytes.
fn right_part(rest: &str) -> Option<(Stroke, Head, u32, usize)> {
    let bytes = rest.as_bytes();
    let run = |from: usize, c: u8| bytes[from..].iter().take_while(|b| **b == c).count();
    let ranks = |n: usize| u32::try_from(n).unwrap_or(u32::MAX).clamp(1, 20);
    match bytes.first()? {
        b'~' => {
            let n = run(0, b'~');
            (n >= 3).then(|| (Stroke::Invisible, Head::None, ranks(n - 2), n))
        }
        b'=' => {
            let n = run(0, b'=');
            match right_head(bytes.get(n).copied()).filter(|_| n >= 2) {
                Some(head) => Some((Stroke::Thick, head, ranks(n - 1), n + 1)),
                None => (n >= 3).then(|| (Stroke::Thick, Head::None, ranks(n - 2), n)),
            }
        }
        b'-' | b'.' => {
            let dashes = run(0, b'-');
            let dots = run(dashes, b'.');
            if dots > 0 && dashes <= 1 {
                let after = dashes + dots;
                if bytes.get(after) != Some(&b'-') {
                    return None;
                }
                let head = right_head(bytes.get(after + 1).copied());
                return Some((
                    Stroke::Dotted,
                    head.unwrap_or_default(),
                    ranks(dots),
                    after + 1 + usize::from(head.is_some()),
                ));
            }
            match right_head(bytes.get(dashes).copied()).filter(|_| dashes >= 2) {
                Some(head) => Some((Stroke::Normal, head, ranks(dashes - 1), dashes + 1)),
                None => (dashes >= 3).then(|| (Stroke::Normal, Head::None, ranks(dashes - 2), dashes)),
            }
        }
        _ => None,
    }
}

/// `-- words -->`, `== words ==>`, `-. words .->`
fn opened<'s>(cursor: &mut Cursor<'s>) -> Option<Link<'s>> {
    let start = left_head(cursor);
    let (stroke, marks): (Stroke, &[&str]) = if cursor.eat("--") {
        (Stroke::Normal, &["--"])
    } else if cursor.eat("==") {
        (Stroke::Thick, &["=="])
    } else if cursor.eat("-.") {
        (Stroke::Dotted, &[".-", ".."])
    } else {
        return None;
    };
    let rest = cursor.rest();
    let mut quoted = false;
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => return None,
            _ if !quoted && marks.iter().any(|m| rest[at..].starts_with(m)) => {
                let (closing, end, length, bytes) = right_part(&rest[at..])?;
                cursor.skip(at + bytes);
                return (closing == stroke).then_some(Link { stroke, start, end, length, label: Some(&rest[..at]) });
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<(Stroke, Head, Head, u32, Option<&str>, &str)> {
        let mut cursor = Cursor::new(text, 0);
        let link = link(&mut cursor)?;
        Some((link.stroke, link.start, link.end, link.length, link.label.map(str::trim), cursor.rest()))
    }

    #[test]
    fn all_kinds_and_lengths() {
        use Head::{Arrow, Circle, Cross, None as No};
        use Stroke::{Dotted, Invisible, Normal, Thick};
        assert_eq!(read("--> B"), Some((Normal, No, Arrow, 1, None, " B")));
        assert_eq!(read("---> B"), Some((Normal, No, Arrow, 2, None, " B")));
        assert_eq!(read("---B"), Some((Normal, No, No, 1, None, "B")));
        assert_eq!(read("--x B"), Some((Normal, No, Cross, 1, None, " B")));
        assert_eq!(read("o--o B"), Some((Normal, Circle, Circle, 1, None, " B")));
        assert_eq!(read("<-->B"), Some((Normal, Arrow, Arrow, 1, None, "B")));
        assert_eq!(read("-.-> B"), Some((Dotted, No, Arrow, 1, None, " B")));
        assert_eq!(read("-..-B"), Some((Dotted, No, No, 2, None, "B")));
        assert_eq!(read("==>B"), Some((Thick, No, Arrow, 1, None, "B")));
        assert_eq!(read("=== B"), Some((Thick, No, No, 1, None, " B")));
        assert_eq!(read("~~~ B"), Some((Invisible, No, No, 1, None, " B")));
    }

    #[test]
    fn words_in_all_places() {
        use Head::{Arrow, None as No};
        use Stroke::{Dotted, Normal, Thick};
        assert_eq!(read("-->|yes| B"), Some((Normal, No, Arrow, 1, Some("yes"), " B")));
        assert_eq!(read("--> |\"a | b\"| B"), Some((Normal, No, Arrow, 1, Some("\"a | b\""), " B")));
        assert_eq!(read("-- 是 --> B"), Some((Normal, No, Arrow, 1, Some("是"), " B")));
        assert_eq!(read("-- or --- B"), Some((Normal, No, No, 1, Some("or"), " B")));
        assert_eq!(read("-. x .-> B"), Some((Dotted, No, Arrow, 1, Some("x"), " B")));
        assert_eq!(read("== x ==> B"), Some((Thick, No, Arrow, 1, Some("x"), " B")));
        assert_eq!(read("- B"), None);
        assert_eq!(read("-- no end\n"), None);
    }
}
