//! A place in a source, and small steps from it. What the readers of all kinds share.

use std::ops::Range;

/// Reads a source from left to right.
#[derive(Clone, Debug)]
pub struct Cursor<'s> {
    source: &'s str,
    at: usize,
}

impl<'s> Cursor<'s> {
    /// At a byte of a source.
    #[must_use]
    pub fn new(source: &'s str, at: usize) -> Self {
        Cursor { source, at }
    }

    /// The byte it is at.
    #[must_use]
    pub fn at(&self) -> usize {
        self.at
    }

    /// The whole source.
    #[must_use]
    pub fn source(&self) -> &'s str {
        self.source
    }

    /// What is still to be read.
    #[must_use]
    pub fn rest(&self) -> &'s str {
        &self.source[self.at..]
    }

    /// The next character.
    #[must_use]
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether nothing is left.
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.at >= self.source.len()
    }

    /// Goes over a text, if it comes next.
    pub fn eat(&mut self, text: &str) -> bool {
        let comes = self.rest().starts_with(text);
        self.at += if comes { text.len() } else { 0 };
        comes
    }

    /// Goes over a word, if it comes next and no letter, digit, `_` or `-` follows.
    pub fn eat_word(&mut self, word: &str) -> bool {
        let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-');
        let comes = self.rest().strip_prefix(word).is_some_and(ends);
        self.at += if comes { word.len() } else { 0 };
        comes
    }

    /// Goes on by so many bytes, which must end at a character.
    pub fn skip(&mut self, bytes: usize) {
        self.at = (self.at + bytes).min(self.source.len());
        debug_assert!(self.source.is_char_boundary(self.at));
    }

    /// Goes over characters as long as they are wanted; gives them.
    pub fn take_while(&mut self, wanted: impl Fn(char) -> bool) -> &'s str {
        let rest = self.rest();
        let length = rest.find(|c| !wanted(c)).unwrap_or(rest.len());
        self.at += length;
        &rest[..length]
    }

    /// Goes over blanks, but not over line ends.
    pub fn blanks(&mut self) {
        self.take_while(|c| c.is_whitespace() && c != '\n');
    }

    /// What is left of the line, without its end.
    #[must_use]
    pub fn line(&self) -> &'s str {
        let rest = self.rest();
        rest[..rest.find('\n').unwrap_or(rest.len())].trim_end()
    }

    /// Goes to the end of the line.
    pub fn to_line_end(&mut self) {
        self.take_while(|c| c != '\n');
    }

    /// What stands before a text that comes later; the cursor is then behind that text.
    pub fn until(&mut self, end: &str) -> Option<&'s str> {
        let rest = self.rest();
        let length = rest.find(end)?;
        self.at += length + end.len();
        Some(&rest[..length])
    }

    /// What stands between quotes, if they come next and are closed. The quotes of an attribute in a tag close nothing.
    pub fn quoted(&mut self) -> Option<&'s str> {
        let inner = self.rest().strip_prefix('"')?;
        let mut within_value = false;
        let mut tag_ends = 0;
        for (at, c) in inner.char_indices() {
            let rest = &inner[at + c.len_utf8()..];
            match c {
                '<' if at >= tag_ends && rest.starts_with(|c: char| c.is_ascii_alphabetic()) => {
                    let line = &rest[..rest.find('\n').unwrap_or(rest.len())];
                    tag_ends = line.find('>').map_or(0, |end| at + 1 + end);
                }
                '"' if within_value => within_value = false,
                '"' if at < tag_ends && inner[..at].ends_with('=') => within_value = true,
                '"' => {
                    self.at += at + 2;
                    return Some(&inner[..at]);
                }
                _ => {}
            }
        }
        None
    }

    /// The range from a byte to here.
    #[must_use]
    pub fn since(&self, start: usize) -> Range<usize> {
        start..self.at.max(start)
    }
}
