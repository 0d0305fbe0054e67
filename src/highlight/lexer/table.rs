//! A reader that is told a language's words, quotes and comments by a table.

use super::cursor::{Cursor, among, is_word, run};
use crate::highlight::class::Class;

/// The lexical rules of a language. All lists of words are sorted.
pub(super) struct Table {
    pub(super) line_comments: &'static [&'static str],
    pub(super) block_comment: Option<BlockComment>,
    /// The longer of two that begin alike comes first.
    pub(super) quotes: &'static [Quote],
    pub(super) keywords: &'static [&'static str],
    /// Words that are keywords only if a name, a string or a bracket follows.
    pub(super) soft_keywords: &'static [&'static str],
    pub(super) types: &'static [&'static str],
    pub(super) literals: &'static [&'static str],
    /// Keywords after which a word is being named, and what it is then.
    pub(super) names: &'static [(&'static str, Class)],
    /// Whether `CamelCase` is a type.
    pub(super) capitals_are_types: bool,
    /// Whether words are compared without regard to case; the lists are in lower case then.
    pub(super) ignores_case: bool,
    /// The sign that begins a variable. Literals that begin with it are in the list with it.
    pub(super) sigil: Option<u8>,
    /// Bytes that words have besides letters, digits and `_`; no word begins with one.
    pub(super) joins: &'static [u8],
    /// Whether a string before a `:` is a key.
    pub(super) keys: bool,
    /// Whether strings in backticks hold code in `${ … }`.
    pub(super) templates: bool,
    /// Reads what no table can tell, and says whether it did.
    pub(super) special: fn(&mut Cursor<'_, '_, '_>) -> bool,
}

/// A comment that may run over lines.
pub(super) struct BlockComment {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    pub(super) nests: bool,
}

/// A kind of string.
pub(super) struct Quote {
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// The sign that takes the meaning from the one after it.
    pub(super) escape: Option<u8>,
    /// Whether it may run over lines; one that may not ends with its line at the latest.
    pub(super) lines: bool,
    /// Whether `%d` in it is a place for a value.
    pub(super) placeholders: bool,
}

/// For languages that need no special reading.
pub(super) fn nothing_special(_: &mut Cursor<'_, '_, '_>) -> bool {
    false
}

impl Table {
    pub(super) fn paint(&self, cursor: &mut Cursor<'_, '_, '_>) {
        // What the next word is, by the keyword before it.
        let mut naming = None;
        // For each `${` that is open, how many braces are open in it.
        let mut templates: Vec<usize> = Vec::new();
        while let Some(byte) = cursor.peek() {
            if byte.is_ascii_whitespace() {
                cursor.skip_while(|b| b.is_ascii_whitespace());
                continue;
            }
            if self.comment(cursor) || (self.special)(cursor) || self.string(cursor) {
                continue;
            }
            if self.templates && template(cursor, byte, &mut templates) {
                continue;
            }
            if byte.is_ascii_digit() {
                cursor.take(number(cursor.rest()), Class::Number);
            } else if Some(byte) == self.sigil {
                self.variable(cursor);
            } else if is_word(byte) {
                naming = self.word(cursor, naming.take());
            } else {
                naming = None;
                cursor.take(1, None);
            }
        }
    }

    fn comment(&self, cursor: &mut Cursor<'_, '_, '_>) -> bool {
        if self.line_comments.iter().any(|open| cursor.starts_with(open)) {
            cursor.take(cursor.rest_of_line().len(), Class::Comment);
            return true;
        }
        let Some(comment) = self.block_comment.as_ref().filter(|comment| cursor.starts_with(comment.open)) else {
            return false;
        };
        cursor.take(comment.length(cursor.rest()), Class::Comment);
        true
    }

    fn string(&self, cursor: &mut Cursor<'_, '_, '_>) -> bool {
        let Some(quote) = self.quotes.iter().find(|quote| cursor.starts_with(quote.open)) else { return false };
        let is_key = self.keys && begins_entry(cursor.passed()) && quote.ends_as_key(cursor.rest());
        let class = if is_key { Class::Key } else { Class::String };
        quote.paint(cursor, class);
        true
    }

    fn variable(&self, cursor: &mut Cursor<'_, '_, '_>) {
        let rest = cursor.rest();
        let length = 1 + run(rest.get(1..).unwrap_or_default(), |b| is_word(b) || b == b':');
        let name = rest.get(..length).unwrap_or_default().to_ascii_lowercase();
        let class = if among(self.literals, &name) { Class::Literal } else { Class::Variable };
        cursor.take(length, (length > 1).then_some(class));
    }

    /// Paints a word, and gives what the next one is.
    fn word(&self, cursor: &mut Cursor<'_, '_, '_>, naming: Option<Class>) -> Option<Class> {
        let rest = cursor.rest();
        let (word, after) = rest.split_at(run(rest, |b| is_word(b) || self.joins.contains(&b)));
        let lower = self.ignores_case.then(|| word.to_ascii_lowercase());
        let known = lower.as_deref().unwrap_or(word);
        // `s.type` is no keyword, `...func` and `..self` are.
        let is_member = cursor.before(1) == Some(b'.') && cursor.before(2) != Some(b'.');
        let is_keyword = among(self.keywords, known) || (among(self.soft_keywords, known) && names_follow(after));
        let class = if !is_member && is_keyword {
            Some(Class::Keyword)
        } else if !is_member && among(self.literals, known) {
            Some(Class::Literal)
        } else if !is_member && among(self.types, known) {
            Some(Class::Type)
        } else if naming.is_some() {
            naming
        } else if self.capitals_are_types && is_camel(word) {
            Some(Class::Type)
        } else if after.starts_with('(') {
            Some(Class::Function)
        } else {
            None
        };
        cursor.take(word.len(), class);
        self.names
            .iter()
            .find(|(keyword, _)| class == Some(Class::Keyword) && *keyword == known)
            .map(|&(_, class)| class)
    }
}

impl BlockComment {
    /// The length of the comment that a text begins with; all of it if the comment has no end.
    fn length(&self, text: &str) -> usize {
        let mut depth = 0_usize;
        let mut at = 0;
        while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
            if rest.starts_with(self.open) && (depth == 0 || self.nests) {
                depth += 1;
                at += self.open.len();
            } else if rest.starts_with(self.close) {
                depth -= 1;
                at += self.close.len();
                if depth == 0 {
                    return at;
                }
            } else {
                at += rest.chars().next().map_or(1, char::len_utf8);
            }
        }
        text.len()
    }
}

impl Quote {
    /// Paints a string and passes it.
    fn paint(&self, cursor: &mut Cursor<'_, '_, '_>, class: Class) {
        cursor.take(self.open.len(), class);
        let close = self.close.bytes().next();
        loop {
            let stops = |byte| {
                Some(byte) == close
                    || Some(byte) == self.escape
                    || (byte == b'\n' && !self.lines)
                    || (byte == b'%' && self.placeholders)
            };
            cursor.take(run(cursor.rest(), |byte| !stops(byte)), class);
            let Some(byte) = cursor.peek() else { return };
            if cursor.starts_with(self.close) {
                return cursor.take(self.close.len(), class);
            }
            if byte == b'\n' && !self.lines {
                return;
            }
            if Some(byte) == self.escape {
                // The sign before a line break stands alone, so that the break is still seen.
                let length = if cursor.peek_at(1) == Some(b'\n') { 1 } else { 2 };
                cursor.take(length, if class == Class::Key { Class::Key } else { Class::Escape });
            } else if let Some(length) = (byte == b'%').then(|| placeholder(cursor.rest())).flatten() {
                cursor.take(length, Class::Escape);
            } else {
                cursor.take(1, class);
            }
        }
    }

    /// Whether a text begins with a string of this kind, on one line, that a `:` follows.
    fn ends_as_key(&self, text: &str) -> bool {
        let mut bytes = text.bytes().enumerate().skip(self.open.len());
        while let Some((at, byte)) = bytes.next() {
            if Some(byte) == self.escape {
                bytes.next();
            } else if byte == b'\n' {
                return false;
            } else if text.get(at..).is_some_and(|rest| rest.starts_with(self.close)) {
                let after = text.get(at + self.close.len()..).unwrap_or_default();
                return after.trim_start_matches([' ', '\t']).starts_with(':');
            }
        }
        false
    }
}

/// Paints what belongs to a template: its text, `${`, and the braces between; says whether it was such.
fn template(cursor: &mut Cursor<'_, '_, '_>, byte: u8, open: &mut Vec<usize>) -> bool {
    match (byte, open.last_mut()) {
        (b'`', _) => template_text(cursor, open),
        (b'}', Some(0)) => {
            open.pop();
            template_text(cursor, open);
        }
        (b'{', Some(braces)) => {
            *braces += 1;
            cursor.take(1, None);
        }
        (b'}', Some(braces)) => {
            *braces -= 1;
            cursor.take(1, None);
        }
        _ => return false,
    }
    true
}

/// Paints a template's text, from a sign on: up to the backtick that ends it, or the `${` that code comes after.
fn template_text(cursor: &mut Cursor<'_, '_, '_>, open: &mut Vec<usize>) {
    cursor.take(1, Class::String);
    loop {
        cursor.take(run(cursor.rest(), |b| !matches!(b, b'`' | b'\\' | b'$')), Class::String);
        match (cursor.peek(), cursor.peek_at(1)) {
            (None, _) => return,
            (Some(b'`'), _) => return cursor.take(1, Class::String),
            (Some(b'$'), Some(b'{')) => {
                open.push(0);
                return cursor.take(2, Class::String);
            }
            (Some(b'\\'), Some(after)) => cursor.take(if after == b'\n' { 1 } else { 2 }, Class::Escape),
            _ => cursor.take(1, Class::String),
        }
    }
}

/// Whether an entry of an object may stand behind this text: `a ? "b" : c` has none.
fn begins_entry(text: &str) -> bool {
    let before = text.bytes().rev().find(|&b| b != b' ' && b != b'\t');
    before.is_none_or(|b| b"{,\n".contains(&b))
}

/// Whether a name, a string or a bracket comes after a blank.
fn names_follow(text: &str) -> bool {
    let next = text.trim_start_matches([' ', '\t']);
    next.len() < text.len() && next.bytes().next().is_some_and(|b| is_word(b) || b"\"'{*[".contains(&b))
}

/// The length of the number that a text begins with: digits, letters of a base or a suffix, one `.` before a digit, a
/// sign in an exponent.
pub(super) fn number(text: &str) -> usize {
    let bytes = text.as_bytes();
    let hexadecimal = text.starts_with("0x") || text.starts_with("0X");
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let next = bytes.get(at + 1).copied();
        let in_exponent = || !hexadecimal && matches!(bytes.get(at.wrapping_sub(1)), Some(b'e' | b'E'));
        match byte {
            b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z' | b'_' => {}
            b'.' if next.is_some_and(|b| b.is_ascii_digit()) => {}
            b'+' | b'-' if in_exponent() && next.is_some_and(|b| b.is_ascii_digit()) => {}
            _ => break,
        }
        at += 1;
    }
    at
}

/// The length of `%d`, `%-8s`, `%[1]v`, `%%` at the start of a text.
fn placeholder(text: &str) -> Option<usize> {
    let flags = run(text.get(1..)?, |b| b.is_ascii_digit() || b"+-#0.*[]".contains(&b));
    let verb = *text.as_bytes().get(1 + flags)?;
    (verb.is_ascii_alphabetic() || (verb == b'%' && flags == 0)).then_some(flags + 2)
}

/// Whether a word begins with a capital and has a small letter.
fn is_camel(word: &str) -> bool {
    word.bytes().next().is_some_and(|b| b.is_ascii_uppercase()) && word.bytes().any(|b| b.is_ascii_lowercase())
}
