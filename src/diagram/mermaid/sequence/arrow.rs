//! Arrows between participants: `->>`, `-->>`, `-x`, `-)`, half heads, dots.

use super::{Arrow, Tip};

/// Everything that is an arrow, longer ones before those they begin with.
const ARROWS: [(&str, bool, Tip, Tip); 26] = [
    ("<<-->>", true, Tip::Filled, Tip::Filled),
    ("<<->>", false, Tip::Filled, Tip::Filled),
    ("-->>", true, Tip::None, Tip::Filled),
    ("->>", false, Tip::None, Tip::Filled),
    ("--|\\", true, Tip::None, Tip::HalfTop),
    ("--|/", true, Tip::None, Tip::HalfBottom),
    ("--\\\\", true, Tip::None, Tip::StickTop),
    ("--//", true, Tip::None, Tip::StickBottom),
    ("/|--", true, Tip::HalfTop, Tip::None),
    ("\\|--", true, Tip::HalfBottom, Tip::None),
    ("//--", true, Tip::StickTop, Tip::None),
    ("\\\\--", true, Tip::StickBottom, Tip::None),
    ("-|\\", false, Tip::None, Tip::HalfTop),
    ("-|/", false, Tip::None, Tip::HalfBottom),
    ("-\\\\", false, Tip::None, Tip::StickTop),
    ("-//", false, Tip::None, Tip::StickBottom),
    ("/|-", false, Tip::HalfTop, Tip::None),
    ("\\|-", false, Tip::HalfBottom, Tip::None),
    ("//-", false, Tip::StickTop, Tip::None),
    ("\\\\-", false, Tip::StickBottom, Tip::None),
    ("-->", true, Tip::None, Tip::None),
    ("--x", true, Tip::None, Tip::Cross),
    ("--)", true, Tip::None, Tip::Open),
    ("->", false, Tip::None, Tip::None),
    ("-x", false, Tip::None, Tip::Cross),
    ("-)", false, Tip::None, Tip::Open),
];

/// Where an arrow stands in `a->>b`, how long it is, and what it is.
pub(super) fn find(text: &str) -> Option<(usize, usize, Arrow)> {
    // A message ends where its text begins; arrows in the text are words.
    let text = text.get(..text.find(':').unwrap_or(text.len()))?;
    let mut places = text.char_indices().filter(|(_, c)| matches!(c, '-' | '<' | '/' | '\\')).map(|(i, _)| i);
    let (at, found) = places.find_map(|i| Some((i, at_start(text.get(i..)?, i > 0)?)))?;
    let (token, dotted, start, end) = found;
    Some((at, token.len(), Arrow { dotted, start, end, start_dot: false, end_dot: false }))
}

fn at_start(text: &str, named: bool) -> Option<(&'static str, bool, Tip, Tip)> {
    let &found = ARROWS.iter().find(|(token, ..)| text.starts_with(token))?;
    let after = text.get(found.0.len()..)?;
    // The `-x` of `my-xyz->>b` is part of a name.
    let in_name = found.3 == Tip::Cross && after.contains('>') && named;
    (!in_name).then_some(found)
}
