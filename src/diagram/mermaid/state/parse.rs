//! What each statement of a state diagram does.

use super::scene::{Kind, Scene, State, Transition};
use crate::diagram::Problem;
use crate::diagram::graph::Direction;
use crate::diagram::mermaid::address::safe;
use crate::diagram::mermaid::flowchart::Style;
use std::collections::HashMap;
use std::ops::Range;

/// Composite states within each other; deeper ones nobody can draw.
const DEEPEST: usize = 32;

struct Reader<'s> {
    source: &'s str,
    scene: Scene,
    /// Open composite states: where `{` stands, the state, and the region that is being filled.
    open: Vec<(Range<usize>, usize, usize)>,
    classes: HashMap<&'s str, Style>,
    /// Which states have which class, for classes may be defined last.
    classed: Vec<(usize, &'s str)>,
    /// A note that goes on over lines: where it begins, its state, its lines.
    note: Option<(Range<usize>, usize, Vec<&'s str>)>,
    /// Where a description in braces ends.
    skip: usize,
    problems: Vec<Problem>,
}

/// Reads the statements after the keyword.
pub(super) fn parse(source: &str, from: usize) -> (Scene, Vec<Problem>) {
    let mut reader = Reader {
        source,
        scene: Scene::default(),
        open: Vec::new(),
        classes: HashMap::new(),
        classed: Vec::new(),
        note: None,
        skip: from,
        problems: Vec::new(),
    };
    let mut at = from;
    for line in source.get(from..).unwrap_or_default().split_inclusive('\n') {
        let start = at;
        at += line.len();
        if start >= reader.skip {
            reader.line(line, start);
        }
    }
    reader.finish()
}

impl<'s> Reader<'s> {
    fn line(&mut self, line: &'s str, start: usize) {
        let words = line.trim();
        let start = start + (line.len() - line.trim_start().len());
        if let Some((_, _, lines)) = &mut self.note {
            if words.eq_ignore_ascii_case("end note") {
                self.end_note();
            } else {
                lines.push(words);
            }
            return;
        }
        let words = words.split("%%").next().unwrap_or_default().trim_end_matches(';').trim_end();
        if !words.is_empty() && !words.starts_with('#') {
            self.statement(words, start..start + words.len());
        }
    }

    fn scope(&self) -> Option<usize> {
        self.open.last().map(|(_, _, region)| *region)
    }

    fn error(&mut self, range: Range<usize>, message: String, help: &'static str) {
        self.problems.push(Problem::error(range, message).help(help));
    }

    fn statement(&mut self, words: &'s str, range: Range<usize>) {
        if words == "}" {
            if self.open.pop().is_none() {
                self.error(range, "`}` closes nothing".to_owned(), "remove it, or open a state before");
            }
            return;
        }
        if words.len() >= 2 && words.bytes().all(|b| b == b'-') {
            self.region(range);
            return;
        }
        if let Some((from, rest)) = words.split_once("-->") {
            self.transition(from, rest, range);
            return;
        }
        let (first, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let rest = rest.trim();
        match first {
            "state" => self.declared(rest, range),
            "note" => self.note(rest, range),
            "direction" => self.direction(rest, range),
            "classDef" => self.class_def(rest),
            "class" => self.class(rest),
            "style" => self.style(rest),
            "click" | "link" => self.click(rest, range),
            "hide" | "scale" | "autonumber" => {}
            _ if first.starts_with("accTitle") || first.starts_with("title") => {
                self.scene.title = words.split_once([':', ' ']).map(|(_, text)| text.trim().to_owned());
            }
            _ if first.starts_with("accDescr") => self.description(words, &range),
            _ => self.described(words, range),
        }
    }

    /// `a --> b : words`
    fn transition(&mut self, from: &'s str, rest: &'s str, range: Range<usize>) {
        let (to, label) = rest.split_once(':').map_or((rest, ""), |(to, label)| {
            // `a --> b:::class` has a class and no words.
            if let Some(class) = label.strip_prefix("::") {
                let end = class.find(':').unwrap_or(class.len());
                let whole = &rest[..to.len() + 3 + end];
                return (whole, class.get(end + 1..).unwrap_or_default());
            }
            (to, label)
        });
        let (Some(from), Some(to)) = (self.end(from.trim(), Kind::Start), self.end(to.trim(), Kind::End)) else {
            self.error(range, "expected a state on either side of `-->`".to_owned(), "as in `Still --> Moving : push`");
            return;
        };
        self.scene.transitions.push(Transition { from, to, label: label.trim().to_owned(), is_note: false });
    }

    /// A state that a transition names; `[*]` is where its scope begins or ends.
    fn end(&mut self, name: &'s str, terminal: Kind) -> Option<usize> {
        let scope = self.scope();
        match name {
            "" => None,
            "[*]" => Some(self.scene.terminal(terminal, scope)),
            "[H]" | "[H*]" => {
                let known = self.scene.states.iter().position(|s| s.kind == Kind::History && s.parent == scope);
                let history = State { id: name.to_owned(), kind: Kind::History, parent: scope, ..State::default() };
                Some(known.unwrap_or_else(|| self.scene.push(history)))
            }
            _ => self.named(name),
        }
    }

    /// `id`, `id:::class`
    fn named(&mut self, name: &'s str) -> Option<usize> {
        let (id, class) = name.split_once(":::").map_or((name, None), |(id, class)| (id.trim(), Some(class.trim())));
        let is_id = !id.is_empty() && !id.contains(|c: char| c.is_whitespace() || matches!(c, '{' | '}' | '"'));
        if !is_id {
            return None;
        }
        let state = self.scene.state(id, self.scope());
        self.classed.extend(class.map(|class| (state, class)));
        Some(state)
    }

    /// `state "words" as id`, `state id <<fork>>`, `state id {`
    fn declared(&mut self, rest: &'s str, range: Range<usize>) {
        let (rest, opens) = rest.strip_suffix('{').map_or((rest, false), |rest| (rest.trim_end(), true));
        let (mut name, mut words) = (rest, None);
        if let Some(quoted) = rest.strip_prefix('"') {
            let Some((text, after)) = quoted.split_once('"') else {
                self.error(range, "the quotes are not closed".to_owned(), "as in `state \"words\" as id`");
                return;
            };
            let id = after.trim().strip_prefix("as").map(str::trim);
            (name, words) = (id.unwrap_or(text), Some(text));
        } else if let Some((id, text)) = rest.split_once(" as ") {
            (name, words) = (text.trim(), Some(id.trim()));
        }
        let (name, mark) = name
            .find("<<")
            .or_else(|| name.find("[["))
            .map_or((name, ""), |at| (name[..at].trim(), name[at..].trim_matches(['<', '>', '[', ']'])));
        // A name in quotes may hold blanks.
        let state = match self.named(name) {
            Some(state) => state,
            None if words.is_some() && !name.is_empty() => self.scene.state(name, self.scope()),
            None => {
                self.error(range, "expected the name of a state".to_owned(), "as in `state Moving`");
                return;
            }
        };
        if let Some(words) = words {
            self.scene.states[state].lines.push(words.to_owned());
        }
        match mark {
            "fork" | "join" => self.scene.states[state].kind = Kind::Fork,
            "choice" => self.scene.states[state].kind = Kind::Choice,
            "history" | "H" => self.scene.states[state].kind = Kind::History,
            _ => {}
        }
        if opens {
            self.opened(state, range);
        }
    }

    fn opened(&mut self, state: usize, range: Range<usize>) {
        let within_itself = self.open.iter().any(|(_, open, _)| *open == state);
        if within_itself || self.open.len() >= DEEPEST {
            self.error(range.clone(), "this state is open already, or too deep".to_owned(), "give it another name");
            let other = State { id: format!("{} {}", self.source.len(), range.start), ..State::default() };
            let other = self.scene.push(State { parent: self.scope(), ..other });
            self.open.push((range, other, other));
            return;
        }
        self.scene.states[state].kind = Kind::Composite;
        self.open.push((range, state, state));
    }

    fn region(&mut self, range: Range<usize>) {
        let Some((_, composite, _)) = self.open.last() else {
            self.error(range, "`--` parts nothing here".to_owned(), "it stands in a composite state");
            return;
        };
        let region = self.scene.region(*composite);
        if let Some((_, _, filled)) = self.open.last_mut() {
            *filled = region;
        }
    }

    /// `id : words`, `id`
    fn described(&mut self, words: &'s str, range: Range<usize>) {
        let colon = words
            .match_indices(':')
            .map(|(at, _)| at)
            .find(|at| !words[*at..].starts_with(":::") && !words[..*at].ends_with(':'));
        let (name, text) = colon.map_or((words, None), |at| (&words[..at], Some(words[at + 1..].trim())));
        let Some(state) = self.named(name.trim()) else {
            let shown: String = words.chars().take(24).collect();
            let message = format!("expected a state or a transition, found `{shown}`");
            self.error(range, message, "a transition is `Still --> Moving : words`");
            return;
        };
        if let Some(text) = text.filter(|text| !text.is_empty()) {
            self.scene.states[state].lines.push(text.to_owned());
        }
    }

    /// `right of id : words`, `left of id` with lines up to `end note`, `"words" as id`
    fn note(&mut self, rest: &'s str, range: Range<usize>) {
        let beside = ["right of", "left of", "over"].into_iter().find_map(|place| rest.strip_prefix(place));
        let Some(of) = beside else {
            let text = rest.strip_prefix('"').and_then(|t| t.split_once('"')).map(|(text, _)| text);
            match text {
                Some(text) => drop(self.add_note(None, text)),
                None => {
                    let message = "expected the place of a note".to_owned();
                    self.error(range, message, "as in `note right of Still : words`");
                }
            }
            return;
        };
        let (name, text) = of.split_once(':').map_or((of, None), |(name, text)| (name, Some(text.trim())));
        let Some(state) = self.named(name.trim()) else {
            self.error(range, "expected the name of a state".to_owned(), "as in `note right of Still : words`");
            return;
        };
        match text {
            Some(text) => drop(self.add_note(Some(state), text)),
            None => self.note = Some((range, state, Vec::new())),
        }
    }

    fn end_note(&mut self) {
        if let Some((_, state, lines)) = self.note.take() {
            self.add_note(Some(state), &lines.join("\n"));
        }
    }

    fn add_note(&mut self, of: Option<usize>, text: &str) -> usize {
        let parent = of.map_or(self.scope(), |of| self.scene.states[of].parent);
        let id = format!("note {}", self.scene.states.len());
        let note = State { id, lines: vec![text.to_owned()], kind: Kind::Note, parent, ..State::default() };
        let note = self.scene.push(note);
        if let Some(of) = of {
            self.scene.transitions.push(Transition { from: of, to: note, label: String::new(), is_note: true });
        }
        note
    }

    fn direction(&mut self, word: &str, range: Range<usize>) {
        let direction = match word {
            "TB" | "TD" => Direction::Down,
            "BT" => Direction::Up,
            "LR" => Direction::Right,
            "RL" => Direction::Left,
            _ => {
                self.error(range, format!("`{word}` is no direction"), "one of TB, BT, LR, RL");
                return;
            }
        };
        match self.scope() {
            Some(scope) => self.scene.states[scope].direction = Some(direction),
            None => self.scene.direction = direction,
        }
    }

    fn class_def(&mut self, rest: &'s str) {
        let (names, style) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        for name in names.split(',') {
            self.classes.insert(name.trim(), Style::read(style));
        }
    }

    fn class(&mut self, rest: &'s str) {
        let (names, class) = rest.rsplit_once(char::is_whitespace).unwrap_or((rest, ""));
        for name in names.split(',').map(str::trim) {
            if let Some(state) = self.named(name) {
                self.classed.push((state, class));
            }
        }
    }

    fn style(&mut self, rest: &'s str) {
        let (names, style) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        for name in names.split(',').map(str::trim) {
            if let Some(state) = self.named(name) {
                self.scene.states[state].style.add(&Style::read(style));
            }
        }
    }

    /// `click id href "address"`, `click id "address"`
    fn click(&mut self, rest: &'s str, range: Range<usize>) {
        let (name, rest) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let (Some(state), Some(address)) = (self.named(name), rest.split('"').nth(1)) else { return };
        match safe(address) {
            Some(address) => self.scene.states[state].href = Some(address),
            None => self.problems.push(
                Problem::warning(range, "this address could run a script and is left out")
                    .help("link to `https:`, `http:`, `mailto:` or a relative address"),
            ),
        }
    }

    /// `accDescr: words`, `accDescr { words over lines }`
    fn description(&mut self, words: &'s str, range: &Range<usize>) {
        if let Some(brace) = words.find('{') {
            let from = range.start + brace + 1;
            let rest = self.source.get(from..).unwrap_or_default();
            let end = rest.find('}').unwrap_or(rest.len());
            self.scene.description = Some(rest[..end].trim().to_owned());
            self.skip = from + end + 1;
            return;
        }
        self.scene.description = words.split_once(':').map(|(_, text)| text.trim().to_owned());
    }

    fn finish(mut self) -> (Scene, Vec<Problem>) {
        if let Some((range, ..)) = self.note.take() {
            self.error(range, "the note is not closed".to_owned(), "end it with `end note`");
        }
        for (range, ..) in std::mem::take(&mut self.open) {
            self.error(range, "the state is not closed".to_owned(), "close it with `}`");
        }
        for (state, class) in &self.classed {
            if let Some(style) = self.classes.get(class) {
                self.scene.states[*state].style.add(style);
            }
        }
        self.problems.sort_by_key(|problem| problem.range.start);
        (self.scene, self.problems)
    }
}
