//! Readers for the languages that documentation is full of: shell, YAML, Dockerfiles, Go, Rust, JSON and the like.
//!
//! In: code. Out: the same code, painted. Each reads a language's lexical rules straight from the text, in one pass
//! and in time linear in it, where a grammar tries tens of regular expressions at each word: about a hundred times
//! faster, and ready without compiling anything. They know what a token looks like, not what is valid, so that
//! half-finished code, `...` and `<placeholder>` in the middle keep their neighbours' colours.

mod cursor;
mod docker;
mod ini;
mod shell;
mod table;
mod tables;
mod yaml;

use super::paint::Painter;
use cursor::Cursor;
use shell::Shell;

/// A language with a reader of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lexer {
    C,
    Cpp,
    Docker,
    Go,
    Ini,
    Java,
    JavaScript,
    Json,
    PowerShell,
    Proto,
    Python,
    Rust,
    Shell,
    Sql,
    TypeScript,
    Yaml,
}

/// Bytes of a line that are read; a longer one was written by a machine for a machine and is shown plain. Readers look
/// ahead to the end of a line, so it also bounds what a token can cost.
const LONGEST: usize = 10_000;

impl Lexer {
    /// Paints code.
    pub(super) fn paint(self, code: &str, painter: &mut Painter<'_>) {
        let mut start = 0;
        let mut at = 0;
        for line in code.split_inclusive('\n') {
            if line.len() > LONGEST {
                self.read(code.get(start..at).unwrap_or_default(), painter);
                painter.add(line, None);
                start = at + line.len();
            }
            at += line.len();
        }
        self.read(code.get(start..).unwrap_or_default(), painter);
    }

    fn read(self, code: &str, painter: &mut Painter<'_>) {
        let mut cursor = Cursor::new(code, painter);
        match self {
            Lexer::C => tables::C.paint(&mut cursor),
            Lexer::Cpp => tables::CPP.paint(&mut cursor),
            Lexer::Docker => docker::paint(&mut cursor),
            Lexer::Go => tables::GO.paint(&mut cursor),
            Lexer::Ini => ini::paint(&mut cursor),
            Lexer::Java => tables::JAVA.paint(&mut cursor),
            Lexer::JavaScript => tables::JAVASCRIPT.paint(&mut cursor),
            Lexer::Json => tables::JSON.paint(&mut cursor),
            Lexer::PowerShell => tables::POWERSHELL.paint(&mut cursor),
            Lexer::Proto => tables::PROTO.paint(&mut cursor),
            Lexer::Python => tables::PYTHON.paint(&mut cursor),
            Lexer::Rust => tables::RUST.paint(&mut cursor),
            Lexer::Shell => Shell::default().paint(&mut cursor),
            Lexer::Sql => tables::SQL.paint(&mut cursor),
            Lexer::TypeScript => tables::TYPESCRIPT.paint(&mut cursor),
            Lexer::Yaml => yaml::paint(&mut cursor),
        }
    }
}

#[cfg(test)]
mod tests;
