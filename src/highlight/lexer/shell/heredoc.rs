//! Here-documents: lines of text between the lines of a script.

use super::Shell;
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_blank, is_word, run};

/// A here-document whose body comes after the line.
#[derive(Debug)]
pub(super) struct Heredoc<'c> {
    end: &'c str,
    /// Whether variables in it are replaced.
    expands: bool,
}

impl<'c> Shell<'c> {
    /// Paints `<<` and the word that will end the document.
    pub(super) fn heredoc(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        cursor.take(2, None);
        cursor.skip_while(|b| b == b'-' || is_blank(b));
        let rest = cursor.rest_of_line();
        let (word, end, expands) = match rest.bytes().next() {
            Some(quote @ (b'\'' | b'"')) => {
                let inner = rest.get(1..).unwrap_or_default();
                let length = run(inner, |b| b != quote);
                (length + 2, inner.get(..length).unwrap_or_default(), false)
            }
            Some(b'\\') => {
                let inner = rest.get(1..).unwrap_or_default();
                let length = run(inner, is_word);
                (length + 1, inner.get(..length).unwrap_or_default(), false)
            }
            _ => {
                let length = run(rest, is_word);
                (length, rest.get(..length).unwrap_or_default(), true)
            }
        };
        if end.is_empty() {
            return;
        }
        cursor.take(word.min(rest.len()), Class::Keyword);
        self.heredocs.push_back(Heredoc { end, expands });
    }
}

impl<'c> Heredoc<'c> {
    /// Paints the body and the line that ends it.
    pub(super) fn paint(&self, shell: &mut Shell<'c>, cursor: &mut Cursor<'c, '_, '_>) {
        while cursor.peek().is_some() {
            let line = cursor.rest_of_line();
            // Strictly, only tabs may stand before it, and after `<<-`; a document shows it as it was indented there.
            if line.trim() == self.end {
                cursor.skip_blanks();
                return cursor.take(cursor.rest_of_line().len(), Class::Keyword);
            }
            self.line(shell, cursor, line.len());
            cursor.take(1, None);
        }
    }

    fn line(&self, shell: &mut Shell<'c>, cursor: &mut Cursor<'c, '_, '_>, length: usize) {
        let end = cursor.rest().len() - length;
        while cursor.rest().len() > end {
            let left = cursor.rest().len() - end;
            let plain = run(cursor.ahead(left), |b| !self.expands || (b != b'$' && b != b'\\'));
            cursor.take(plain, None);
            if plain == left {
                return;
            }
            match (cursor.peek(), cursor.peek_at(1)) {
                (Some(b'\\'), Some(b'$' | b'`' | b'\\')) => cursor.take(2, Class::Escape),
                (Some(b'$'), Some(b'{')) => cursor.take(braced(cursor.rest_of_line()), Class::Variable),
                (Some(b'$'), Some(b)) if is_word(b) => shell.dollar(cursor),
                _ => cursor.take(1, None),
            }
        }
    }
}

/// The length of `${name}`; of the sign alone if it has no end.
fn braced(line: &str) -> usize {
    line.find('}').map_or(1, |at| at + 1)
}
