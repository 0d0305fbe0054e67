//! A place in code that is painted from left to right.

use crate::highlight::class::Class;
use crate::highlight::paint::Painter;

/// Goes through code; what it passes is painted. It never stands within a character, nor goes back.
pub(super) struct Cursor<'c, 'p, 's> {
    text: &'c str,
    at: usize,
    painter: &'p mut Painter<'s>,
}

impl<'c, 'p, 's> Cursor<'c, 'p, 's> {
    pub(super) fn new(text: &'c str, painter: &'p mut Painter<'s>) -> Self {
        Cursor { text, at: 0, painter }
    }

    /// How many bytes were passed.
    pub(super) fn position(&self) -> usize {
        self.at
    }

    /// The byte here, `None` at the end.
    pub(super) fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// The byte so many bytes further on.
    pub(super) fn peek_at(&self, ahead: usize) -> Option<u8> {
        self.text.as_bytes().get(self.at + ahead).copied()
    }

    /// The byte so many bytes back.
    pub(super) fn before(&self, back: usize) -> Option<u8> {
        self.at.checked_sub(back).and_then(|at| self.text.as_bytes().get(at).copied())
    }

    /// All that is still to come.
    pub(super) fn rest(&self) -> &'c str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// So many bytes of what is still to come, or all of it if they end within a character.
    pub(super) fn ahead(&self, length: usize) -> &'c str {
        let rest = self.rest();
        rest.get(..length).unwrap_or(rest)
    }

    /// All that was passed.
    pub(super) fn passed(&self) -> &'c str {
        self.text.get(..self.at).unwrap_or_default()
    }

    /// What is still to come of this line, without its line break.
    pub(super) fn rest_of_line(&self) -> &'c str {
        self.rest().split('\n').next().unwrap_or_default()
    }

    pub(super) fn starts_with(&self, text: &str) -> bool {
        self.rest().starts_with(text)
    }

    /// Paints so many bytes and passes them; a character that the last byte lies in is passed whole.
    pub(super) fn take(&mut self, length: usize, class: impl Into<Option<Class>>) {
        let mut end = self.text.len().min(self.at + length);
        while !self.text.is_char_boundary(end) {
            end += 1;
        }
        if let Some(piece) = self.text.get(self.at..end) {
            self.painter.add(piece, class.into());
        }
        self.at = end;
    }

    /// Lets a reader go through the next bytes, and no further.
    pub(super) fn part(&mut self, length: usize, paint: impl FnOnce(&mut Cursor<'c, '_, 's>)) {
        if let Some(text) = self.rest().get(..length) {
            paint(&mut Cursor::new(text, self.painter));
            self.at += length;
        }
    }

    /// Passes bytes as long as they are such, without colour.
    pub(super) fn skip_while(&mut self, is: impl Fn(u8) -> bool) {
        self.take(run(self.rest(), is), None);
    }

    pub(super) fn skip_blanks(&mut self) {
        self.skip_while(is_blank);
    }
}

/// How many bytes at the start of a text are such.
pub(super) fn run(text: &str, is: impl Fn(u8) -> bool) -> usize {
    text.bytes().position(|byte| !is(byte)).unwrap_or(text.len())
}

pub(super) fn is_blank(byte: u8) -> bool {
    byte == b' ' || byte == b'\t'
}

/// Letters, digits, `_`, and every character beyond ASCII.
pub(super) fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii()
}

/// Whether a sorted list has a word.
pub(super) fn among(list: &[&str], word: &str) -> bool {
    list.binary_search(&word).is_ok()
}
