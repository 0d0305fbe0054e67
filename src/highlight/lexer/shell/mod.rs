//! Shell: words, and the place each stands in.
//!
//! The colour of a word hangs on its place: a command, an argument, a pattern of `case`, the body of a here-document.
//! Quotes, substitutions and parentheses nest; each level keeps its own place on a stack that is bounded.
//! Source: POSIX.1-2024, Shell Command Language, 2.2 Quoting to 2.10 Grammar, with bash's `[[`, `$'`, `<<<`, `function`.
//!
//! Documentation shows more than scripts: output, prose, placeholders. So a quote that never ends is an ordinary sign,
//! and so is the apostrophe of `don't`.

mod heredoc;
mod quoting;
mod word;

use super::cursor::Cursor;
use crate::highlight::class::Class;
use heredoc::Heredoc;
use std::collections::VecDeque;

/// Levels that may nest; what lies deeper is read on the deepest.
const DEEPEST: usize = 60;

/// Where a word stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    /// The name of a command comes.
    #[default]
    Command,
    Argument,
    /// Arguments that assign: after `export`, `local`.
    Declaration,
    /// The name of a function comes.
    Name,
    /// `in` comes: after `for`, `select`.
    Loop,
    /// `in` comes, then patterns: after `case`.
    Case,
    /// A pattern of `case`, up to its `)`.
    Pattern,
}

/// What is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Frame {
    /// Commands: the whole, or up to the sign that closes them.
    Commands { close: Option<u8>, cases: u8 },
    /// `$(( … ))`, and parentheses in it.
    Arithmetic,
    /// `${ … }`.
    Parameter,
    /// `" … "`.
    Double,
}

/// What is open, and the place to go back to.
#[derive(Clone, Copy, Debug)]
struct Level {
    frame: Frame,
    place: Place,
    /// Whether a word has begun that goes on here.
    in_word: bool,
    /// Whether that word assigns, so that a command may still come.
    assigns: bool,
}

/// A reader of shell.
#[derive(Debug)]
pub(super) struct Shell<'c> {
    level: Level,
    /// The levels around it, the outermost first.
    outer: Vec<Level>,
    heredocs: VecDeque<Heredoc<'c>>,
}

impl Default for Shell<'_> {
    fn default() -> Self {
        Shell::at(Place::Command)
    }
}

impl<'c> Shell<'c> {
    fn at(place: Place) -> Self {
        let whole = Frame::Commands { close: None, cases: 0 };
        let level = Level { frame: whole, place, in_word: false, assigns: false };
        Shell { level, outer: Vec::new(), heredocs: VecDeque::new() }
    }

    /// A reader that stands behind a command's name.
    pub(super) fn at_arguments() -> Self {
        Shell::at(Place::Argument)
    }

    /// A reader that stands behind `export`.
    pub(super) fn at_declarations() -> Self {
        Shell::at(Place::Declaration)
    }

    /// Reads to the end.
    pub(super) fn paint(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        while cursor.peek().is_some() {
            self.step(cursor);
        }
    }

    /// Reads up to the end of a command in a Dockerfile: a line break that no `\` takes away and nothing holds open.
    /// Comments between continued lines do not end it.
    pub(super) fn paint_command(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        while let Some(byte) = cursor.peek() {
            let continues = cursor.starts_with("\\\n");
            self.step(cursor);
            while continues && cursor.rest_of_line().trim_start().starts_with('#') {
                cursor.take(cursor.rest_of_line().len() + 1, Class::Comment);
            }
            if byte == b'\n' && self.outer.is_empty() {
                return;
            }
        }
    }

    fn step(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        match self.level.frame {
            Frame::Double => self.double(cursor),
            Frame::Parameter => self.parameter(cursor),
            Frame::Arithmetic => self.arithmetic(cursor),
            Frame::Commands { .. } => self.commands(cursor),
        }
    }

    /// Whether a frame is open, here or further out.
    fn is_open(&self, frame: Frame) -> bool {
        self.level.frame == frame || self.outer.iter().any(|level| level.frame == frame)
    }

    fn open(&mut self, frame: Frame) {
        self.level.in_word = true;
        if self.outer.len() < DEEPEST {
            let inner = Level { frame, place: Place::Command, in_word: false, assigns: false };
            self.outer.push(std::mem::replace(&mut self.level, inner));
        }
    }

    fn close(&mut self) {
        if let Some(outer) = self.outer.pop() {
            self.level = outer;
        }
    }

    /// A word is over; after the name of a command come its arguments.
    fn end_word(&mut self) {
        let level = &mut self.level;
        if level.in_word && !level.assigns {
            level.place = match level.place {
                Place::Command => Place::Argument,
                Place::Name => Place::Command,
                other => other,
            };
        }
        level.in_word = false;
        level.assigns = false;
    }

    /// A command is over.
    fn end_command(&mut self) {
        let level = &mut self.level;
        level.in_word = false;
        level.assigns = false;
        level.place = Place::Command;
    }

    fn commands(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        let Some(byte) = cursor.peek() else { return };
        match byte {
            b' ' | b'\t' => {
                cursor.skip_blanks();
                self.end_word();
            }
            b'\n' => self.line_break(cursor),
            b'#' if !self.level.in_word => cursor.take(cursor.rest_of_line().len(), Class::Comment),
            b'\\' if cursor.peek_at(1) == Some(b'\n') => {
                cursor.take(2, None);
                self.end_word();
            }
            b'\\' => self.piece(cursor, 2, Class::Escape),
            b'\'' | b'"' | b'`' => self.quote(cursor, byte),
            b'$' => self.dollar(cursor),
            b';' | b'&' | b'|' | b'(' | b')' => self.operator(cursor, byte),
            b'<' | b'>' => self.redirection(cursor),
            _ => self.word(cursor),
        }
    }

    /// Paints a part of a word.
    fn piece(&mut self, cursor: &mut Cursor<'c, '_, '_>, length: usize, class: impl Into<Option<Class>>) {
        cursor.take(length, class);
        self.level.in_word = true;
    }

    fn line_break(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        cursor.take(1, None);
        let level = &mut self.level;
        if level.place == Place::Pattern {
            level.in_word = false;
        } else {
            self.end_command();
        }
        while let Some(heredoc) = self.heredocs.pop_front() {
            heredoc.paint(self, cursor);
        }
    }

    fn operator(&mut self, cursor: &mut Cursor<'c, '_, '_>, byte: u8) {
        let level = self.level;
        let Frame::Commands { close, cases } = level.frame else { return };
        match byte {
            b'(' | b'|' if level.place == Place::Pattern => cursor.take(1, None),
            b'(' if level.in_word && cursor.peek_at(1) == Some(b')') => {
                cursor.take(2, None);
                self.end_command();
            }
            b'(' if !level.in_word && cursor.starts_with("((") => {
                cursor.take(2, None);
                self.open(Frame::Arithmetic);
                self.open(Frame::Arithmetic);
            }
            b'(' => {
                cursor.take(1, None);
                self.open(Frame::Commands { close: Some(b')'), cases: 0 });
                // `a=(b c)` is a list of words; behind arguments stands prose.
                if level.assigns || level.place != Place::Command {
                    self.level.place = Place::Argument;
                }
            }
            b')' if close == Some(b')') && level.place != Place::Pattern => {
                cursor.take(1, None);
                self.close();
            }
            b';' if cases > 0 && matches!(cursor.peek_at(1), Some(b';' | b'&')) => {
                cursor.take(2, None);
                self.end_command();
                self.level.place = Place::Pattern;
            }
            _ => {
                cursor.take(1, None);
                self.end_command();
            }
        }
    }

    fn redirection(&mut self, cursor: &mut Cursor<'c, '_, '_>) {
        self.end_word();
        if cursor.starts_with("<<<") {
            cursor.take(3, None);
        } else if cursor.starts_with("<<") {
            self.heredoc(cursor);
        } else {
            cursor.take(1, None);
            // `>&2`, `>|file`, `>>file`
            cursor.skip_while(|b| b == b'&' || b == b'>' || b == b'|');
        }
        // The file's name is no command's.
        let level = &mut self.level;
        if level.place == Place::Command {
            level.place = Place::Argument;
        }
    }
}
