//! The colours of code, put in while the site is built.
//!
//! In: code and its language. Out: a line of HTML for each line, with a few short classes; the style sheet says what
//! they look like.
//!
//! Two kinds of readers: grammars of Sublime Text through syntect for more than a hundred languages, each loaded when
//! it is first used and helped by a [`Memory`] of what lines became; and readers of our own for the languages that make
//! up nine tenths of documentation, which need neither. Cost: some 50 MB a second for those, and for grammars less than
//! 1 MB a second of lines never met, after 2 to 60 ms for the first block of a language.

mod class;
mod console;
mod grammar;
mod language;
mod lexer;
mod paint;

pub use console::{ConsoleLine, commands, console, is_session};
pub use grammar::Memory;
pub use language::Language;

use class::Class;
use grammar::Grammars;
use language::{Engine, Languages};
use lexer::Lexer;
use paint::Painter;
use std::borrow::Cow;
use std::sync::OnceLock;

/// Grammars and the words that mean languages; made once a build and shared between threads.
///
/// Making one costs nothing: a book without code does not pay for grammars.
#[derive(Default)]
pub struct Highlighter {
    languages: OnceLock<Languages>,
    grammars: OnceLock<Grammars>,
}

impl Highlighter {
    /// A highlighter that has loaded nothing yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// The language that the first word after a fence means, in whatever case; `None` if it is not known.
    #[must_use]
    pub fn language(&self, token: &str) -> Option<Language> {
        self.languages.get_or_init(Languages::new).find(token)
    }

    /// A known word that is written almost like this one.
    #[must_use]
    pub fn nearest(&self, token: &str) -> Option<String> {
        language::nearest(token).map(str::to_owned)
    }

    /// The HTML of each line of the code. Spans are closed at the end of each line, and no line holds its line break.
    #[must_use]
    pub fn highlight(&self, code: &str, language: Language, memory: &mut Memory) -> Vec<String> {
        let mut lines = Vec::new();
        self.each_line(code, language, memory, |line| lines.push(line.to_owned()));
        lines
    }

    /// Calls `sink` with the HTML of each line of the code, in order: [`Highlighter::highlight`] without a string a line.
    pub fn each_line(&self, code: &str, language: Language, memory: &mut Memory, mut sink: impl FnMut(&str)) {
        let code = unix(code);
        let mut painter = Painter::new(&mut sink);
        match language.engine() {
            Engine::Plain => painter.add(&code, None),
            Engine::Console => session(&code, &mut painter),
            Engine::Lexer(Lexer::Shell) if is_session(&code) => session(&code, &mut painter),
            Engine::Lexer(lexer) => lexer.paint(&code, &mut painter),
            Engine::Grammar(name) => {
                self.grammars.get_or_init(Grammars::load).paint(&code, name, memory, &mut painter);
            }
        }
        painter.finish();
    }
}

/// Paints a session: its commands as shell, its output in one colour.
fn session(code: &str, painter: &mut Painter<'_>) {
    let lines = console(code);
    let mut rest = lines.as_slice();
    while let Some((line, after)) = rest.split_first() {
        match *line {
            ConsoleLine::Output(text) => {
                painter.add(text, Some(Class::Output));
                painter.end_line();
                rest = after;
            }
            ConsoleLine::Prompt { .. } => rest = command(rest, painter),
        }
    }
}

/// Paints the command that a session goes on with, all its lines, and gives what follows.
fn command<'l, 'c>(lines: &'l [ConsoleLine<'c>], painter: &mut Painter<'_>) -> &'l [ConsoleLine<'c>] {
    let mut markers = Vec::new();
    let mut text = String::new();
    for line in lines {
        let ConsoleLine::Prompt { marker, command } = *line else { break };
        markers.push(marker);
        text.push_str(command);
        text.push('\n');
        if !console::goes_on(command) {
            break;
        }
    }
    let mut html = Vec::new();
    let mut sink = |line: &str| html.push(line.to_owned());
    let mut inner = Painter::new(&mut sink);
    Lexer::Shell.paint(&text, &mut inner);
    inner.finish();
    for (marker, html) in markers.iter().zip(&html) {
        painter.add_whole(marker, Class::Prompt);
        painter.add_line(html);
    }
    lines.get(markers.len()..).unwrap_or_default()
}

/// The code with `\n` for each line break.
fn unix(code: &str) -> Cow<'_, str> {
    if code.contains("\r\n") { Cow::Owned(code.replace("\r\n", "\n")) } else { Cow::Borrowed(code) }
}

#[cfg(test)]
mod tests;
