//! What Rust has that a table cannot tell: lifetimes beside characters, raw strings, attributes, macros.

use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_word, run};

/// Reads one of them, and says whether it did.
pub(super) fn special(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    let rest = cursor.rest();
    if let Some(length) = raw_identifier(rest) {
        cursor.take(length, None);
        return true;
    }
    let found = match cursor.peek() {
        Some(b'\'') => Some(quoted(rest)),
        Some(b'#') => attribute(rest).map(|length| (length, Class::Meta)),
        Some(b'b' | b'c' | b'r') => byte(rest).or_else(|| raw(rest)).map(|length| (length, Class::String)),
        _ => None,
    };
    let found = found.or_else(|| macro_name(rest).map(|length| (length, Class::Function)));
    if let Some((length, class)) = found {
        cursor.take(length, class);
    }
    found.is_some()
}

/// `r#type`, which is no keyword.
fn raw_identifier(text: &str) -> Option<usize> {
    let name = text.strip_prefix("r#")?;
    name.bytes().next().filter(|&b| is_word(b))?;
    Some(2 + run(name, is_word))
}

/// `'a'` and `'\n'` are characters, `'a` is a lifetime.
fn quoted(text: &str) -> (usize, Class) {
    let mut chars = text.char_indices().skip(1);
    let (first, second) = (chars.next(), chars.next());
    match (first, second) {
        (Some((_, '\\')), _) => (character(text), Class::String),
        (_, Some((at, '\''))) => (at + 1, Class::String),
        _ => (1 + run(text.get(1..).unwrap_or_default(), is_word), Class::Attribute),
    }
}

/// The length of `'\n'`, of `'\u{1F600}'`; only the sign if there is no end.
fn character(text: &str) -> usize {
    const LONGEST: usize = 14;
    text.bytes().enumerate().skip(3).take(LONGEST).find(|&(_, b)| b == b'\'').map_or(1, |(at, _)| at + 1)
}

/// `b'a'`.
fn byte(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('b').filter(|rest| rest.starts_with('\''))?;
    match quoted(rest) {
        (length, Class::String) => Some(1 + length),
        _ => None,
    }
}

/// `r"…"`, `br#"…"#`: ends at a quote with as many `#` as it began with.
fn raw(text: &str) -> Option<usize> {
    let prefix =
        ["r", "br", "cr"].into_iter().find(|p| text.strip_prefix(p).is_some_and(|t| t.starts_with(['"', '#'])))?;
    let body = text.get(prefix.len()..)?;
    let hashes = run(body, |b| b == b'#');
    let open = body.get(hashes..)?.strip_prefix('"')?;
    let start = text.len() - open.len();
    let mut at = 0;
    while let Some(quote) = open.get(at..)?.find('"') {
        at += quote + 1;
        let follow = open.bytes().skip(at).take(hashes).take_while(|&b| b == b'#').count();
        if follow == hashes {
            return Some(start + at + hashes);
        }
    }
    Some(text.len())
}

/// `#[derive(Debug)]`, `#![no_std]`: up to the bracket that closes it, on this line or one of the next few.
fn attribute(text: &str) -> Option<usize> {
    const LONGEST: usize = 2000;
    if !text.starts_with("#[") && !text.starts_with("#![") {
        return None;
    }
    let mut depth = 0_usize;
    let mut quoted = false;
    for (at, byte) in text.bytes().enumerate().take(LONGEST) {
        match byte {
            b'"' => quoted = !quoted,
            b'[' if !quoted => depth += 1,
            b']' if !quoted && depth == 1 => return Some(at + 1),
            b']' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

/// `println!`, not `a != b`.
fn macro_name(text: &str) -> Option<usize> {
    let length = run(text, is_word);
    let after = text.get(length..)?.strip_prefix('!')?;
    let named = text.bytes().next().is_some_and(|b| !b.is_ascii_digit()) && length > 0;
    (named && !after.starts_with('=')).then_some(length + 1)
}
