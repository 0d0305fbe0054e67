//! Line by line through a grammar, with a memory.
//!
//! What a line becomes depends on its text and on the grammar's state before it, on nothing else. States are few
//! (tens a language), lines repeat; so the pair is looked up before the grammar is asked.

use super::class::{Class, Classes};
use super::console::{ConsoleLine, console};
use super::languages::{Kind, Language, Languages};
use rustc_hash::FxHashMap;
use std::rc::Rc;
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

/// A line longer than this is no code that anybody reads; it is shown plain.
const LONGEST: usize = 4 << 10;
/// After so many lines that a grammar gives up on, a block is shown plain to its end.
const PATIENCE: usize = 3;
/// Bytes of remembered lines after which a memory begins anew.
const ROOM: usize = 48 << 20;
/// States after which it does, too.
const MOST_STATES: usize = 2000;

/// What one worker remembers from block to block.
#[derive(Default)]
pub struct Memory {
    classes: Classes,
    /// Every state that was met, each once.
    states: Vec<State>,
    /// For each state, what the lines met in it became.
    lines: Vec<FxHashMap<Box<str>, Known>>,
    /// Where each language begins.
    starts: FxHashMap<Kind, usize>,
    /// Bytes in `lines`.
    size: usize,
}

#[derive(Clone, PartialEq, Eq)]
struct State {
    parse: ParseState,
    scopes: ScopeStack,
}

#[derive(Clone)]
struct Known {
    html: Rc<str>,
    /// The state after the line.
    next: usize,
}

/// Calls `line` with the HTML of each line.
pub(super) fn highlight(
    languages: &Languages,
    code: &str,
    language: Language,
    memory: &mut Memory,
    mut line: impl FnMut(&str),
) {
    match language.0 {
        Kind::Plain => code.lines().for_each(|text| line(&escaped(text))),
        Kind::Grammar(_) => Block::begin(languages, language, memory).lines(code, line),
        Kind::Console => session(languages, code, memory, line),
    }
}

fn session(languages: &Languages, code: &str, memory: &mut Memory, mut line: impl FnMut(&str)) {
    let shell = languages.find("bash").unwrap_or(Language(Kind::Plain));
    let mut block = Block::begin(languages, shell, memory);
    for part in console(code) {
        match part {
            ConsoleLine::Command(prompt, command) => {
                let html = block.line(command);
                let prompt = if prompt.is_empty() {
                    String::new()
                } else {
                    format!("<span class=\"cp\">{}</span>", escaped(prompt))
                };
                line(&format!("{prompt}{html}"));
            }
            ConsoleLine::Output("") => line(""),
            ConsoleLine::Output(text) => line(&format!("<span class=\"co\">{}</span>", escaped(text))),
        }
    }
}

/// A block of code on its way through a grammar.
struct Block<'a> {
    set: &'a SyntaxSet,
    memory: &'a mut Memory,
    language: Language,
    /// The state before the next line; `None` for plain text.
    state: Option<usize>,
    failures: usize,
}

impl<'a> Block<'a> {
    fn begin(languages: &'a Languages, language: Language, memory: &'a mut Memory) -> Self {
        if memory.size > ROOM || memory.states.len() > MOST_STATES {
            *memory = Memory { classes: std::mem::take(&mut memory.classes), ..Memory::default() };
        }
        let state = memory.start(languages, language);
        Block { set: &languages.set, memory, language, state, failures: 0 }
    }

    fn lines(&mut self, code: &str, mut line: impl FnMut(&str)) {
        for text in code.lines() {
            line(&self.line(text));
        }
    }

    /// The HTML of the next line.
    fn line(&mut self, text: &str) -> Rc<str> {
        let Some(state) = self.state.filter(|_| text.len() <= LONGEST) else { return escaped(text).into() };
        if let Some(known) = self.memory.lines[state].get(text) {
            self.state = Some(known.next);
            return known.html.clone();
        }
        let mut after = self.memory.states[state].clone();
        let Some(html) = after.read(text, self.set, &mut self.memory.classes) else {
            self.failures += 1;
            self.state =
                if self.failures < PATIENCE { self.memory.starts.get(&self.language.0).copied() } else { None };
            return escaped(text).into();
        };
        let next = self.memory.intern(after);
        let html: Rc<str> = html.into();
        self.memory.size += text.len() + html.len() + 64;
        self.memory.lines[state].insert(text.into(), Known { html: html.clone(), next });
        self.state = Some(next);
        html
    }
}

impl Memory {
    fn start(&mut self, languages: &Languages, language: Language) -> Option<usize> {
        let Kind::Grammar(index) = language.0 else { return None };
        if let Some(&start) = self.starts.get(&language.0) {
            return Some(start);
        }
        let grammar = languages.grammar(index)?;
        let start = self.intern(State { parse: ParseState::new(grammar), scopes: ScopeStack::new() });
        self.starts.insert(language.0, start);
        Some(start)
    }

    fn intern(&mut self, state: State) -> usize {
        // The states of a block lie close together, the newest last.
        if let Some(at) = self.states.iter().rposition(|s| *s == state) {
            return at;
        }
        self.states.push(state);
        self.lines.push(FxHashMap::default());
        self.states.len() - 1
    }
}

impl State {
    /// Reads a line; `None` if the grammar gives up on it.
    fn read(&mut self, text: &str, set: &SyntaxSet, classes: &mut Classes) -> Option<String> {
        let with_end = format!("{text}\n");
        let operations = self.parse.parse_line(&with_end, set).ok()?;
        let mut writer = Writer::default();
        let mut done = 0;
        for (at, operation) in operations {
            let at = at.min(text.len());
            if at > done {
                writer.add(&text[done..at], classes.of(&self.scopes));
                done = at;
            }
            self.scopes.apply(&operation).ok()?;
        }
        writer.add(&text[done..], classes.of(&self.scopes));
        Some(writer.finish())
    }
}

/// Writes spans; neighbours of one class become one, across blanks too.
#[derive(Default)]
struct Writer<'t> {
    html: String,
    open: Option<Class>,
    /// Blanks that may belong to the open span or stand after it.
    blanks: &'t str,
}

impl<'t> Writer<'t> {
    fn add(&mut self, text: &'t str, class: Option<Class>) {
        if text.is_empty() {
            return;
        }
        if text.trim().is_empty() && self.blanks.is_empty() {
            self.blanks = text;
            return;
        }
        if class != self.open {
            if self.open.is_some() {
                self.html.push_str("</span>");
            }
            self.html.push_str(std::mem::take(&mut self.blanks));
            if let Some(class) = class {
                self.html.push_str("<span class=\"");
                self.html.push_str(class.name());
                self.html.push_str("\">");
            }
            self.open = class;
        }
        self.html.push_str(std::mem::take(&mut self.blanks));
        escape(text, &mut self.html);
    }

    fn finish(mut self) -> String {
        if self.open.is_some() {
            self.html.push_str("</span>");
        }
        self.html.push_str(self.blanks);
        self.html
    }
}

fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    escape(text, &mut html);
    html
}

fn escape(text: &str, html: &mut String) {
    let mut done = 0;
    for (at, byte) in text.bytes().enumerate() {
        let reference = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        html.push_str(&text[done..at]);
        html.push_str(reference);
        done = at + 1;
    }
    html.push_str(&text[done..]);
}
