//! YAML: keys, and what stands behind them.
//!
//! Source: YAML 1.2.2, chapters 6 to 8; the words for truth and nothing also as YAML 1.1 had them, since Kubernetes
//! and Compose still read them so. Template actions of Helm, `{{ … }}`, are told apart from flow mappings.
//!
//! Documentation shows pieces with wrong indentation and `...`; so no structure is kept but the depth of brackets and
//! the indentation that a block scalar must exceed.

use super::cursor::{Cursor, is_blank, is_word, run};
use super::table::number;
use crate::highlight::class::Class;

/// Where a reader stands.
#[derive(Debug, Default)]
struct Yaml {
    /// Brackets that are open.
    depth: usize,
    /// The column of the innermost node on this line, which the lines of its block scalar must exceed.
    column: usize,
    /// Whether a key was read on this line; a block mapping has one.
    has_key: bool,
}

/// Paints YAML.
pub(super) fn paint(cursor: &mut Cursor<'_, '_, '_>) {
    let mut yaml = Yaml::default();
    while cursor.peek().is_some() {
        yaml.line(cursor);
    }
}

impl Yaml {
    fn line(&mut self, cursor: &mut Cursor<'_, '_, '_>) {
        let line = cursor.rest_of_line();
        if line.starts_with('%') || line == "---" || line == "..." {
            self.depth = 0;
            return cursor.take(line.len() + 1, Class::Meta);
        }
        let start = cursor.position();
        self.has_key = false;
        self.column = run(line, is_blank);
        cursor.take(self.column, None);
        while let Some(byte) = cursor.peek() {
            if byte == b'\n' {
                return cursor.take(1, None);
            }
            let column = cursor.position() - start;
            self.node(cursor, byte, column);
        }
    }

    fn node(&mut self, cursor: &mut Cursor<'_, '_, '_>, byte: u8, column: usize) {
        let next_is_blank = cursor.peek_at(1).is_none_or(|b| b.is_ascii_whitespace());
        match byte {
            _ if is_blank(byte) => cursor.skip_blanks(),
            b'#' if cursor.before(1).is_none_or(|b| b.is_ascii_whitespace()) => {
                cursor.take(cursor.rest_of_line().len(), Class::Comment);
            }
            b'{' if cursor.starts_with("{{") && template(cursor) => {}
            b'[' | b'{' => {
                cursor.take(1, None);
                self.depth += 1;
            }
            b']' | b'}' | b',' if self.depth > 0 => {
                cursor.take(1, None);
                self.depth -= usize::from(byte != b',');
            }
            b'-' | b'?' if next_is_blank && self.depth == 0 && !self.has_key => {
                cursor.take(1, None);
                self.column = column;
            }
            b':' if next_is_blank || self.depth > 0 => cursor.take(1, None),
            b'"' | b'\'' => self.quoted(cursor, byte, column),
            b'&' | b'*' if cursor.peek_at(1).is_some_and(is_word) => cursor.take(name(cursor.rest()), Class::Variable),
            b'!' => cursor.take(name(cursor.rest()), Class::Type),
            b'|' | b'>' if self.depth == 0 && is_header(cursor.rest_of_line()) => self.block_scalar(cursor),
            _ => self.plain(cursor, column),
        }
    }

    /// Paints a quoted text; one without an end is over with its line.
    fn quoted(&mut self, cursor: &mut Cursor<'_, '_, '_>, quote: u8, column: usize) {
        let line = cursor.rest_of_line();
        let length = quoted_length(cursor.rest(), quote).unwrap_or(line.len());
        let after = cursor.rest().get(length..).unwrap_or_default().trim_start_matches([' ', '\t']);
        if length <= line.len() && self.may_be_key() && is_colon(after) {
            self.key(column);
            return cursor.take(length, Class::Key);
        }
        let mut left = length;
        while left > 0 {
            let plain = run(cursor.ahead(left), |b| b != b'\\' || quote == b'\'');
            cursor.take(plain, Class::String);
            left -= plain;
            let escape = if cursor.peek_at(1) == Some(b'\n') { 1 } else { 2 }.min(left);
            if escape > 0 {
                let before = cursor.rest().len();
                cursor.take(escape, Class::Escape);
                left = left.saturating_sub(before - cursor.rest().len());
            }
        }
    }

    fn may_be_key(&self) -> bool {
        self.depth > 0 || !self.has_key
    }

    fn key(&mut self, column: usize) {
        if self.depth == 0 {
            self.has_key = true;
            self.column = column;
        }
    }

    /// Paints a plain scalar, or a key.
    fn plain(&mut self, cursor: &mut Cursor<'_, '_, '_>, column: usize) {
        let line = cursor.rest_of_line();
        let end = self.end(line);
        let (text, after) = line.split_at_checked(end).unwrap_or((line, ""));
        if is_colon(after) && self.may_be_key() {
            self.key(column);
            return pieces(cursor, text, Some(Class::Key));
        }
        let text = text.trim_end_matches([' ', '\t']);
        pieces(cursor, text, scalar(text));
    }

    /// Where a plain scalar ends: at a comment, at the `:` of a key, and within brackets at `,` and brackets.
    fn end(&self, line: &str) -> usize {
        let bytes = line.as_bytes();
        let mut at = 0;
        while let Some(&byte) = bytes.get(at) {
            let next = bytes.get(at + 1).copied();
            match byte {
                b'{' if next == Some(b'{') => {
                    at += line.get(at..).and_then(|rest| rest.find("}}")).map_or(1, |length| length + 1);
                }
                b':' if at > 0 && self.may_be_key() && is_colon(line.get(at..).unwrap_or_default()) => return at,
                b':' if at > 0 && self.depth > 0 && next.is_some_and(|b| b",]}".contains(&b)) => return at,
                b',' | b'[' | b']' | b'{' | b'}' if self.depth > 0 && at > 0 => return at,
                b'#' if at > 0 && bytes.get(at - 1).copied().is_some_and(is_blank) => return at,
                _ => {}
            }
            at += 1;
        }
        line.len()
    }

    /// Paints `|` and the lines that belong to it: those that stand further in than its node, and empty ones.
    fn block_scalar(&mut self, cursor: &mut Cursor<'_, '_, '_>) {
        cursor.take(run(cursor.rest(), |b| b"|>+-0123456789".contains(&b)), Class::Keyword);
        cursor.skip_blanks();
        cursor.take(cursor.rest_of_line().len(), Class::Comment);
        let outer = self.column;
        let mut rest = cursor.rest().get(1..).unwrap_or_default();
        let mut length = 0;
        let mut body = 0;
        while !rest.is_empty() {
            let line = rest.split('\n').next().unwrap_or_default();
            let indent = run(line, is_blank);
            if indent <= outer && indent < line.len() {
                break;
            }
            length += line.len() + 1;
            if indent < line.len() {
                body = length;
            }
            rest = rest.get(line.len() + 1..).unwrap_or_default();
        }
        cursor.take(usize::from(body > 0), None);
        cursor.take(body.saturating_sub(1), None);
    }
}

/// Paints `{{ … }}`, and says whether it was there. Two braces without an end on the line are a flow mapping.
fn template(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    let end = cursor.rest_of_line().find("}}");
    if let Some(end) = end {
        cursor.take(end + 2, Class::Meta);
    }
    end.is_some()
}

/// Paints text in which template actions may stand.
fn pieces(cursor: &mut Cursor<'_, '_, '_>, text: &str, class: Option<Class>) {
    let mut rest = text;
    while let Some((start, length)) =
        rest.find("{{").and_then(|start| rest.get(start..)?.find("}}").map(|length| (start, length + 2)))
    {
        cursor.take(start, class);
        cursor.take(length, Class::Meta);
        rest = rest.get(start + length..).unwrap_or_default();
    }
    cursor.take(rest.len(), class);
}

/// The length of a quoted text; `None` if it has no end near enough to be meant.
fn quoted_length(text: &str, quote: u8) -> Option<usize> {
    const LONGEST: usize = 16 << 10;
    let mut bytes = text.bytes().enumerate().take(LONGEST).skip(1).peekable();
    while let Some((at, byte)) = bytes.next() {
        if byte == b'\\' && quote == b'"' {
            bytes.next();
        } else if byte == quote {
            match bytes.peek() {
                Some(&(_, next)) if next == quote && quote == b'\'' => drop(bytes.next()),
                _ => return Some(at + 1),
            }
        }
    }
    None
}

/// Whether a text begins with a `:` that ends a key.
fn is_colon(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.bytes().next().is_none_or(|b| b.is_ascii_whitespace()))
}

/// Whether a line is the header of a block scalar: its sign, perhaps how it ends and stands in, perhaps a comment.
fn is_header(line: &str) -> bool {
    let after = line.get(1..).unwrap_or_default().trim_start_matches(|c: char| "+-0123456789".contains(c));
    let words = after.trim_start_matches([' ', '\t']);
    words.is_empty() || (words.starts_with('#') && words.len() < after.len())
}

/// The length of `&name`, `*name`, `!tag`.
fn name(text: &str) -> usize {
    run(text, |b| !b.is_ascii_whitespace() && !b",[]{}".contains(&b)).max(1)
}

/// What a plain scalar is, by the core schema and by YAML 1.1.
pub(super) fn scalar(text: &str) -> Option<Class> {
    const WORDS: &[&str] = &["false", "no", "null", "off", "on", "true", "yes", "~"];
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.bytes().next().is_some_and(|b| b.is_ascii_digit()) {
        let is_number = number(digits) == digits.len() && is_numeric(digits);
        return (is_number || is_date(text)).then_some(Class::Number);
    }
    if matches!(digits, ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN") {
        return Some(Class::Number);
    }
    let has_case = text.to_ascii_lowercase() == text
        || text.to_ascii_uppercase() == text
        || (text.bytes().next().is_some_and(|b| b.is_ascii_uppercase())
            && text.get(1..).is_some_and(|rest| rest.to_ascii_lowercase() == rest));
    let is_word = text.len() <= 5 && has_case && super::cursor::among(WORDS, &text.to_ascii_lowercase());
    is_word.then_some(Class::Literal)
}

/// `12`, `1_000`, `1.5e3`, `0x1f`, `0o17`; not `10m` nor `v1`.
fn is_numeric(text: &str) -> bool {
    let digits = |rest: &str, radix| !rest.is_empty() && rest.chars().all(|c| c == '_' || c.is_digit(radix));
    match (text.strip_prefix("0x"), text.strip_prefix("0o")) {
        (Some(rest), _) => digits(rest, 16),
        (_, Some(rest)) => digits(rest, 8),
        _ => {
            let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
            let (whole, part) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
            digits(whole, 10) && digits(part, 10) && digits(exponent.trim_start_matches(['-', '+']), 10)
        }
    }
}

/// `2024-05-01`, and a time after it.
fn is_date(text: &str) -> bool {
    let date = text.as_bytes();
    let shape = |at: usize, byte: u8| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    date.len() >= 10
        && date.iter().take(10).enumerate().all(|(at, &byte)| shape(at, byte))
        && date.iter().skip(10).all(|b| b.is_ascii_digit() || b" tT:.zZ+-".contains(b))
}
