//! Line by line through a grammar, with a memory.
//!
//! In: code and the name of a grammar. Out: its lines, painted. Grammars are Sublime Text's as `two-face` packs them,
//! read by syntect; each is unpacked, and each of its regular expressions compiled, when it is first needed.
//!
//! What a line becomes depends on its text and on the grammar's state before it, on nothing else. States are few (tens
//! a language) and documentation repeats its lines, so the pair is looked up before the grammar is asked. Cost: a hash
//! of the line if it is known; else each pattern of the contexts that the line passes through, tried at least once.

mod memory;
mod scope;

pub use memory::Memory;

use super::paint::{Painter, escape};
use memory::{Known, State, StateId};
use std::rc::Rc;
use syntect::parsing::SyntaxSet;

/// Bytes of a line that are looked at; a longer one was written by a machine for a machine and is shown plain. With
/// the limit that the regular expressions have on their steps back, it bounds the time that a hostile line can take.
const LONGEST: usize = 2000;
/// Scopes that lie upon one another; past that the rest of a block is shown plain, since a state is copied each line.
const DEEPEST: usize = 400;

/// The grammars, all packed in one.
pub(super) struct Grammars {
    set: SyntaxSet,
}

impl Grammars {
    /// Reads the directory of the pack, no grammar yet.
    pub(super) fn load() -> Self {
        Grammars { set: two_face::syntax::extra_newlines() }
    }

    /// Paints code; plain if there is no grammar of that name.
    pub(super) fn paint(&self, code: &str, name: &'static str, memory: &mut Memory, painter: &mut Painter<'_>) {
        let mut state = memory.start(name, &self.set);
        for line in code.split_terminator('\n') {
            state = memory.make_room(state);
            state = self.line(line, state, memory, painter);
        }
    }

    /// Paints a line in a state and gives the next one; `None` is plain text to the end.
    fn line(
        &self,
        line: &str,
        state: Option<StateId>,
        memory: &mut Memory,
        painter: &mut Painter<'_>,
    ) -> Option<StateId> {
        let Some(state) = state.filter(|_| line.len() <= LONGEST) else {
            let mut html = String::with_capacity(line.len());
            escape(line, &mut html);
            painter.add_line(&html);
            return state;
        };
        if let Some(known) = memory.recall(state, line) {
            painter.add_line(&known.html);
            return known.next;
        }
        let known = self.read(line, state, memory);
        painter.add_line(&known.html);
        let next = known.next;
        memory.learn(state, line, known);
        next
    }

    /// Asks the grammar.
    fn read(&self, line: &str, state: StateId, memory: &mut Memory) -> Known {
        let mut html = String::new();
        let mut sink = |line: &str| html.push_str(line);
        let mut painter = Painter::new(&mut sink);
        let next = memory.state(state).and_then(|mut state| {
            self.pieces(line, &mut state, memory, &mut painter).filter(|()| state.scopes.len() <= DEEPEST)?;
            Some(memory.number(state))
        });
        painter.finish();
        if html.is_empty() {
            escape(line, &mut html);
        }
        Known { html: Rc::from(html), next }
    }

    /// Paints the pieces of a line; `None`, and nothing painted, if the grammar gives up on it.
    fn pieces(&self, line: &str, state: &mut State, memory: &mut Memory, painter: &mut Painter<'_>) -> Option<()> {
        // The grammars were written for lines that end with a line break.
        let operations = state.parse.parse_line(&format!("{line}\n"), &self.set).ok()?;
        let mut pieces = Vec::with_capacity(operations.len() + 1);
        let mut done = 0;
        for (at, operation) in operations {
            let at = at.min(line.len());
            if let Some(text) = line.get(done..at).filter(|text| !text.is_empty()) {
                pieces.push((text, memory.class(&state.scopes)));
                done = at;
            }
            state.scopes.apply(&operation).ok()?;
        }
        pieces.push((line.get(done..)?, memory.class(&state.scopes)));
        for (text, class) in pieces {
            painter.add(text, class);
        }
        Some(())
    }
}
