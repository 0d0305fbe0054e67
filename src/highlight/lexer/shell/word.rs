//! Words, and what each is in its place.

use super::{Frame, Place, Shell};
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, among, run};

const KEYWORDS_BEFORE_COMMANDS: &[&str] = &["!", "do", "elif", "else", "if", "then", "until", "while", "{"];
const KEYWORDS_AFTER_COMMANDS: &[&str] = &["done", "esac", "fi", "}"];
const DECLARATIONS: &[&str] = &["alias", "declare", "export", "local", "readonly", "typeset", "unset"];
/// Commands whose first argument is a command.
const PREFIXES: &[&str] = &["builtin", "command", "env", "exec", "nohup", "sudo", "time", "xargs"];

impl<'c> Shell<'c> {
    pub(super) fn word(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        let rest = cursor.rest();
        let length = run(rest, |b| !b" \t\n\\'\"`$;&|()<>".contains(&b)).max(1);
        let word = rest.get(..length).unwrap_or_default();
        let level = self.level;
        let is_whole = !level.in_word && rest.as_bytes().get(length).is_none_or(|b| b" \t\n;&|()<>".contains(b));
        match level.place {
            Place::Command | Place::Declaration if !level.in_word && assignment(word).is_some() => {
                let name = assignment(word).unwrap_or_default();
                cursor.take(name, Class::Variable);
                self.level.assigns = true;
                self.piece(cursor, length - name, None);
            }
            Place::Command if level.assigns => self.piece(cursor, length, None),
            Place::Command if is_whole && self.keyword(cursor, word) => {}
            Place::Command => self.command(cursor, word, is_whole),
            Place::Name => self.piece(cursor, length, Class::Function),
            Place::Loop | Place::Case if is_whole && word == "in" => {
                cursor.take(length, Class::Keyword);
                self.level.place = if level.place == Place::Loop { Place::Argument } else { Place::Pattern };
            }
            Place::Pattern if is_whole && word == "esac" => {
                cursor.take(length, Class::Keyword);
                self.end_case();
            }
            Place::Argument | Place::Declaration if !level.in_word && is_option(word) => self.option(cursor, word),
            _ => self.piece(cursor, length, None),
        }
    }

    /// Paints a word of the shell's own, and says whether it was one.
    fn keyword(&mut self, cursor: &mut Cursor<'c, '_, '_>, word: &str) -> bool {
        let next = match word {
            "for" | "select" => Place::Loop,
            "case" => Place::Case,
            "function" => Place::Name,
            _ if among(KEYWORDS_BEFORE_COMMANDS, word) => Place::Command,
            _ if among(KEYWORDS_AFTER_COMMANDS, word) => Place::Argument,
            _ => return false,
        };
        cursor.take(word.len(), word.bytes().all(|b| b.is_ascii_alphabetic()).then_some(Class::Keyword));
        self.level.place = next;
        if let (Place::Case, Frame::Commands { cases, .. }) = (next, &mut self.level.frame) {
            *cases = cases.saturating_add(1);
        }
        if word == "esac" {
            self.end_case();
        }
        true
    }

    fn end_case(&mut self) {
        let level = &mut self.level;
        level.place = Place::Argument;
        if let Frame::Commands { cases, .. } = &mut level.frame {
            *cases = cases.saturating_sub(1);
        }
    }

    /// Paints an option's name, and what `=` gives it.
    fn option(&mut self, cursor: &mut Cursor<'c, '_, '_>, word: &str) {
        let name = word.find('=').unwrap_or(word.len());
        cursor.take(name, Class::Attribute);
        self.piece(cursor, word.len() - name, None);
    }

    /// Paints a command's name, or the part of it that is a plain word.
    fn command(&mut self, cursor: &mut Cursor<'c, '_, '_>, word: &str, is_whole: bool) {
        if is_option(word) && !self.level.in_word {
            self.level.place = Place::Argument;
            return self.option(cursor, word);
        }
        let is_name = self.level.in_word || looks_like_a_command(word);
        cursor.take(word.len(), is_name.then_some(Class::Function));
        let level = &mut self.level;
        level.in_word = true;
        if is_whole && among(DECLARATIONS, word) {
            level.place = Place::Declaration;
        } else if is_whole && among(PREFIXES, word) {
            level.in_word = false;
        }
    }
}

/// Whether a word may be the name of a program or a path to one: no frame of a table, no bracket, no prose in Chinese.
fn looks_like_a_command(word: &str) -> bool {
    let starts = word.bytes().next().is_some_and(|b| b.is_ascii_alphanumeric() || b"._/~@:".contains(&b));
    starts && word.bytes().any(|b| b.is_ascii_alphanumeric())
}

/// The length of the name in `NAME=`, `NAME+=`, `NAME[0]=`.
fn assignment(word: &str) -> Option<usize> {
    let name = run(word, |b| b.is_ascii_alphanumeric() || b == b'_');
    let starts = word.bytes().next().is_some_and(|b| !b.is_ascii_digit());
    let after = word.get(name..)?;
    let after = if after.starts_with('[') { after.split_once(']')?.1 } else { after };
    (starts && name > 0 && (after.starts_with('=') || after.starts_with("+="))).then_some(name)
}

/// `-x`, `--long`, not `-` alone.
fn is_option(word: &str) -> bool {
    word.strip_prefix('-')
        .is_some_and(|rest| rest.trim_start_matches('-').bytes().next().is_some_and(|b| b.is_ascii_alphanumeric()))
}
