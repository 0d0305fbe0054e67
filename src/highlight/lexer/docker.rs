//! Dockerfiles: instructions, and what stands behind them.
//!
//! Source: Dockerfile reference, "Format", "Here-Documents", and the instructions one by one.

use super::cursor::{Cursor, run};
use super::shell::Shell;
use super::tables;
use crate::highlight::class::Class;

/// How what stands behind an instruction is read.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tail {
    /// As a command, or as a JSON list.
    Command,
    /// As words; `AS` is a keyword.
    Words,
    /// As `NAME=value`.
    Assignments,
    /// As an instruction.
    Instruction,
}

const INSTRUCTIONS: &[(&str, Tail)] = &[
    ("ADD", Tail::Words),
    ("ARG", Tail::Assignments),
    ("CMD", Tail::Command),
    ("COPY", Tail::Words),
    ("ENTRYPOINT", Tail::Command),
    ("ENV", Tail::Assignments),
    ("EXPOSE", Tail::Words),
    ("FROM", Tail::Words),
    ("HEALTHCHECK", Tail::Instruction),
    ("LABEL", Tail::Assignments),
    ("MAINTAINER", Tail::Words),
    ("ONBUILD", Tail::Instruction),
    ("RUN", Tail::Command),
    ("SHELL", Tail::Command),
    ("STOPSIGNAL", Tail::Words),
    ("USER", Tail::Words),
    ("VOLUME", Tail::Words),
    ("WORKDIR", Tail::Words),
];

/// Paints a Dockerfile.
pub(super) fn paint(cursor: &mut Cursor<'_, '_, '_>) {
    while cursor.peek().is_some() {
        cursor.skip_while(|b| b.is_ascii_whitespace());
        if cursor.peek() == Some(b'#') {
            cursor.take(cursor.rest_of_line().len(), Class::Comment);
            continue;
        }
        match instruction(cursor) {
            Some(tail) => paint_tail(cursor, tail),
            None => Shell::at_arguments().paint_command(cursor),
        }
    }
}

/// Paints an instruction's name.
fn instruction(cursor: &mut Cursor<'_, '_, '_>) -> Option<Tail> {
    let rest = cursor.rest();
    let length = run(rest, |b| b.is_ascii_alphabetic());
    let word = rest.get(..length)?;
    let (_, tail) = INSTRUCTIONS.iter().find(|(name, _)| name.eq_ignore_ascii_case(word))?;
    let ends = rest.as_bytes().get(length).is_none_or(u8::is_ascii_whitespace);
    if !ends {
        return None;
    }
    cursor.take(length, Class::Keyword);
    cursor.skip_blanks();
    Some(*tail)
}

fn paint_tail(cursor: &mut Cursor<'_, '_, '_>, tail: Tail) {
    while cursor.starts_with("--") {
        cursor.take(run(cursor.rest(), |b| !b.is_ascii_whitespace() && b != b'='), Class::Attribute);
        cursor.skip_while(|b| !b.is_ascii_whitespace());
        cursor.skip_blanks();
    }
    match tail {
        Tail::Instruction => {
            if let Some(tail) = instruction(cursor).filter(|&tail| tail != Tail::Instruction) {
                paint_tail(cursor, tail);
            }
        }
        Tail::Command if cursor.peek() == Some(b'[') => list(cursor),
        Tail::Command => Shell::default().paint_command(cursor),
        Tail::Assignments => Shell::at_declarations().paint_command(cursor),
        Tail::Words => words(cursor),
    }
}

/// A list in JSON, which `\` may carry over lines.
fn list(cursor: &mut Cursor<'_, '_, '_>) {
    loop {
        let line = cursor.rest_of_line();
        cursor.part(line.len(), |part| tables::JSON.paint(part));
        cursor.take(1, None);
        if !line.trim_end().ends_with('\\') || cursor.peek().is_none() {
            return;
        }
    }
}

/// Words up to the end of the line; `AS` among them names a stage.
fn words(cursor: &mut Cursor<'_, '_, '_>) {
    let line = cursor.rest_of_line();
    let upper = line.to_ascii_uppercase();
    if let Some(at) = upper.find(" AS ") {
        cursor.part(at + 1, |part| Shell::at_arguments().paint(part));
        cursor.take(2, Class::Keyword);
    }
    Shell::at_arguments().paint_command(cursor);
}
