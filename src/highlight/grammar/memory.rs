//! What one worker remembers from block to block: which states there are, and what the lines met in each became.
//!
//! Bounded in size: a full memory is emptied. Its content never changes a result, only the time.

use super::scope::Scopes;
use crate::highlight::class::Class;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::rc::Rc;
use syntect::parsing::{ParseState, ScopeStack, SyntaxSet};

/// Bytes of remembered lines after which a memory begins anew.
const ROOM: usize = 32 << 20;
/// States after which it does, too.
const MOST_STATES: usize = 2000;
/// Bytes that an entry takes besides its text and its HTML.
const ENTRY: usize = 64;

/// The number of a state in a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct StateId(usize);

/// Where a grammar stands between two lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct State {
    pub(super) parse: ParseState,
    pub(super) scopes: ScopeStack,
}

/// What a line became.
#[derive(Clone, Debug)]
pub(super) struct Known {
    pub(super) html: Rc<str>,
    /// The state after it; `None` if the grammar gave up.
    pub(super) next: Option<StateId>,
}

/// What one worker remembers between blocks. Its content never changes what a block becomes, only how soon.
#[derive(Debug, Default)]
pub struct Memory {
    scopes: Scopes,
    /// Every state that was met, once.
    states: Vec<State>,
    /// The states whose scopes have the same hash: a `ParseState` has none of its own.
    alike: FxHashMap<u64, Vec<StateId>>,
    /// For each state, what the lines met in it became.
    lines: Vec<FxHashMap<Box<str>, Known>>,
    /// Where each grammar begins.
    starts: FxHashMap<&'static str, StateId>,
    /// Bytes held by `lines`, about.
    size: usize,
}

impl Memory {
    /// Empties a full memory but for the state that is needed next, and gives that state's new number.
    pub(super) fn make_room(&mut self, current: Option<StateId>) -> Option<StateId> {
        if self.size <= ROOM && self.states.len() <= MOST_STATES {
            return current;
        }
        let state = current.and_then(|id| self.state(id));
        *self = Memory { scopes: std::mem::take(&mut self.scopes), ..Memory::default() };
        state.map(|state| self.number(state))
    }

    /// The state in which a grammar begins; `None` if there is no grammar of that name.
    pub(super) fn start(&mut self, name: &'static str, set: &SyntaxSet) -> Option<StateId> {
        if let Some(&start) = self.starts.get(name) {
            return Some(start);
        }
        let grammar = set.find_syntax_by_name(name)?;
        let start = self.number(State { parse: ParseState::new(grammar), scopes: ScopeStack::new() });
        self.starts.insert(name, start);
        Some(start)
    }

    /// A copy of a state, to go on from.
    pub(super) fn state(&self, id: StateId) -> Option<State> {
        self.states.get(id.0).cloned()
    }

    /// The number of a state, a new one if it was never met.
    pub(super) fn number(&mut self, state: State) -> StateId {
        let mut hasher = FxHasher::default();
        state.scopes.as_slice().hash(&mut hasher);
        let alike = self.alike.entry(hasher.finish()).or_default();
        if let Some(&known) = alike.iter().find(|id| self.states.get(id.0) == Some(&state)) {
            return known;
        }
        let id = StateId(self.states.len());
        alike.push(id);
        self.states.push(state);
        self.lines.push(FxHashMap::default());
        id
    }

    /// What a line became in a state, if it was met there.
    pub(super) fn recall(&self, state: StateId, line: &str) -> Option<Known> {
        self.lines.get(state.0)?.get(line).cloned()
    }

    /// Keeps what a line became in a state.
    pub(super) fn learn(&mut self, state: StateId, line: &str, known: Known) {
        self.size += line.len() + known.html.len() + ENTRY;
        if let Some(lines) = self.lines.get_mut(state.0) {
            lines.insert(line.into(), known);
        }
    }

    /// The class of what stands under these scopes.
    pub(super) fn class(&mut self, scopes: &ScopeStack) -> Option<Class> {
        self.scopes.class(scopes.as_slice())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::highlight::grammar::Grammars;
    use crate::highlight::paint::Painter;

    fn painted(grammars: &Grammars, memory: &mut Memory) -> Vec<String> {
        let mut lines = Vec::new();
        let mut sink = |line: &str| lines.push(line.to_owned());
        let mut painter = Painter::new(&mut sink);
        grammars.paint("x = [[ a\nb ]] -- c\n", "Lua", memory, &mut painter);
        painter.finish();
        lines
    }

    #[test]
    fn a_full_memory_is_emptied_and_goes_on_in_the_state_it_was_in() {
        let grammars = Grammars::load();
        let mut memory = Memory::default();
        let empty = painted(&grammars, &mut memory);
        assert_eq!(empty[1], "<span class=\"s\">b ]]</span> <span class=\"c\">-- c</span>");
        let entries: usize = memory.lines.iter().map(FxHashMap::len).sum();
        assert_eq!(entries, 2);

        memory.size = ROOM + 1;
        let state = memory.starts.get("Lua").copied();
        let kept = memory.make_room(state).and_then(|id| memory.state(id));
        assert!(kept.is_some() && memory.lines.iter().all(FxHashMap::is_empty));
        assert_eq!(painted(&grammars, &mut memory), empty);
    }

    #[test]
    fn a_state_has_one_number() {
        let grammars = Grammars::load();
        let mut memory = Memory::default();
        painted(&grammars, &mut memory);
        let states = memory.states.len();
        painted(&grammars, &mut memory);
        assert_eq!(memory.states.len(), states);
    }
}
