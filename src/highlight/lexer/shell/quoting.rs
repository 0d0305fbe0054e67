//! What takes the meaning from signs, and what gives it back: quotes, `$`, and what they open.

use super::{Frame, Shell};
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_word, run};

/// Commands between backticks.
pub(super) const BACKTICKS: Frame = Frame::Commands { close: Some(b'`'), cases: 0 };

impl<'c> Shell<'c> {
    pub(super) fn quote(&mut self, cursor: &mut Cursor<'c, '_, '_>, byte: u8) {
        if self.is_alone(cursor, byte) {
            return self.piece(cursor, 1, None);
        }
        match byte {
            b'\'' => {
                let inner = cursor.rest().get(1..).unwrap_or_default();
                self.piece(cursor, run(inner, |b| b != b'\'') + 2, Class::String);
            }
            b'"' => {
                cursor.take(1, Class::String);
                self.open(Frame::Double);
            }
            _ if self.is_open(BACKTICKS) => {
                cursor.take(1, None);
                while self.level.frame != BACKTICKS {
                    self.close();
                }
                self.close();
            }
            _ => {
                cursor.take(1, None);
                self.open(BACKTICKS);
            }
        }
    }

    /// Whether a quote has no partner: an apostrophe, or the last of its kind.
    fn is_alone(&self, cursor: &Cursor<'c, '_, '_>, byte: u8) -> bool {
        let is_letter = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphabetic());
        if byte == b'\'' && is_letter(cursor.before(1)) && is_letter(cursor.peek_at(1)) {
            return true;
        }
        if byte == b'`' && self.is_open(BACKTICKS) {
            return false;
        }
        !cursor.rest().bytes().skip(1).any(|b| b == byte)
    }

    pub(super) fn dollar(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        let rest = cursor.rest();
        match cursor.peek_at(1) {
            Some(b'(') if rest.starts_with("$((") => {
                cursor.take(3, None);
                self.open(Frame::Arithmetic);
                self.open(Frame::Arithmetic);
            }
            Some(b'(') => {
                cursor.take(2, None);
                self.open(Frame::Commands { close: Some(b')'), cases: 0 });
            }
            Some(b'{') => {
                let inner = rest.get(2..).unwrap_or_default();
                let sign = run(inner, |b| b == b'#' || b == b'!');
                let name = run(inner.get(sign..).unwrap_or_default(), |b| is_word(b) || b == b'@' || b == b'*');
                cursor.take(2 + sign + name, Class::Variable);
                self.open(Frame::Parameter);
            }
            Some(b'\'') if self.level.frame != Frame::Double => {
                let length = ansi(rest);
                self.piece(cursor, length, Class::String);
            }
            Some(b) if b.is_ascii_digit() || b"@*#?-$!".contains(&b) => self.piece(cursor, 2, Class::Variable),
            Some(b) if b.is_ascii_alphabetic() || b == b'_' => {
                let length = 1 + run(rest.get(1..).unwrap_or_default(), |b| b.is_ascii_alphanumeric() || b == b'_');
                self.piece(cursor, length, Class::Variable);
            }
            _ => {
                let class = (self.level.frame == Frame::Double).then_some(Class::String);
                self.piece(cursor, 1, class);
            }
        }
    }

    pub(super) fn double(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        cursor.take(run(cursor.rest(), |b| !matches!(b, b'"' | b'\\' | b'$' | b'`')), Class::String);
        match cursor.peek() {
            Some(b'"') => {
                cursor.take(1, Class::String);
                self.close();
            }
            Some(b'\\') => {
                let is_escape = cursor.peek_at(1).is_some_and(|b| b"\\\"$`".contains(&b));
                cursor.take(if is_escape { 2 } else { 1 }, if is_escape { Class::Escape } else { Class::String });
            }
            Some(b'$') => self.dollar(cursor),
            Some(byte) => self.quote(cursor, byte),
            None => {}
        }
    }

    pub(super) fn parameter(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        match cursor.peek() {
            Some(b'}') => {
                cursor.take(1, Class::Variable);
                self.close();
            }
            Some(b'$') => self.dollar(cursor),
            Some(byte @ (b'"' | b'`')) => self.quote(cursor, byte),
            Some(b'\\') => cursor.take(2, Class::Escape),
            // A brace that is not closed on its line is no parameter.
            Some(b'\n') | None => self.close(),
            Some(_) => cursor.take(run(cursor.rest(), |b| !b"}$\"`\\\n".contains(&b)), None),
        }
    }

    pub(super) fn arithmetic(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        match cursor.peek() {
            Some(b')') => {
                cursor.take(1, None);
                self.close();
            }
            Some(b'(') => {
                cursor.take(1, None);
                self.open(Frame::Arithmetic);
            }
            Some(b'$') => self.dollar(cursor),
            Some(b'\n') => self.close(),
            Some(b) if b.is_ascii_digit() => cursor.take(run(cursor.rest(), is_word), Class::Number),
            Some(b) if is_word(b) => cursor.take(run(cursor.rest(), is_word), Class::Variable),
            _ => cursor.take(1, None),
        }
    }
}

/// The length of `$'a\'b'`.
fn ansi(text: &str) -> usize {
    let mut bytes = text.bytes().enumerate().skip(2);
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'\'' => return at + 1,
            b'\n' => return at,
            _ => {}
        }
    }
    text.len()
}
