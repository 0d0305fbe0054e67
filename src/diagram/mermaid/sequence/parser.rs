//! What each statement of a sequence diagram does.

use std::collections::HashMap;
use std::ops::Range;

use super::arrow;
use super::lines::{statements, trimmed};
use super::words::{NextOf, Word, box_head, keyword, role, text, unquoted};
use super::{Actor, ActorIndex, Beside, Block, Event, Held, Message, Role, Sequence};
use crate::diagram::Problem;
use crate::diagram::mermaid::address::safe;
use crate::diagram::mermaid::label::Label;

/// Something that an `end` closes.
enum Opened {
    Block(Block),
    Box,
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    sequence: Sequence,
    by_name: HashMap<&'a str, ActorIndex>,
    open: Vec<(Opened, Range<usize>)>,
    /// The box that participants fall into.
    held: Option<usize>,
    /// The next number and the step to the one after, in hundredths.
    numbers: Option<(i64, i64)>,
    problems: Vec<Problem>,
}

/// Reads the statements after the keyword.
pub(super) fn parse(source: &str, from: usize) -> (Sequence, Vec<Problem>) {
    let mut reader = Reader { source, ..Reader::default() };
    let mut skip = from;
    for range in statements(source, from) {
        if range.start < skip {
            continue;
        }
        match reader.statement(range) {
            Ok(end) => skip = end,
            Err(problem) => reader.problems.push(problem),
        }
    }
    while let Some((opened, range)) = reader.open.pop() {
        reader.problems.push(Problem::error(range, "the block is not closed").help("close it with `end`"));
        if matches!(opened, Opened::Block(_)) {
            reader.sequence.events.push(Event::Close);
        }
    }
    reader.problems.sort_by_key(|problem| problem.range.start);
    (reader.sequence, reader.problems)
}

impl<'a> Reader<'a> {
    /// Takes one statement; gives where the next may begin.
    fn statement(&mut self, range: Range<usize>) -> Result<usize, Problem> {
        let said = self.slice(range.clone());
        let next = range.end;
        let Some((word, rest)) = keyword(said) else {
            return self.message(range).map(|()| next);
        };
        let rest_range = range.end - rest.len()..range.end;
        match word {
            Word::Participant => self.participant(rest_range, Role::Participant).map(drop),
            Word::Actor => self.participant(rest_range, Role::Person).map(drop),
            Word::Create => self.create(rest_range),
            Word::Destroy => self.on_actor(rest_range, Event::Destroy),
            Word::Activate => self.on_actor(rest_range, Event::Activate),
            Word::Deactivate => self.on_actor(rest_range, Event::Deactivate),
            Word::Note => self.note(rest_range),
            Word::Box => {
                self.open_box(rest, range);
                Ok(())
            }
            Word::End => self.end(range),
            Word::Next(of) => self.next_part(of, rest, range),
            Word::Autonumber => self.autonumber(rest, rest_range),
            Word::Title | Word::AccTitle => {
                self.sequence.title = given(rest);
                Ok(())
            }
            Word::AccDescription => return self.description(rest, &range),
            Word::Link => self.link(rest_range),
            Word::Links => self.links(rest_range),
            Word::Unshown => Ok(()),
            _ => self.open_block(word, rest, range),
        }
        .map(|()| next)
    }

    fn slice(&self, range: Range<usize>) -> &'a str {
        self.source.get(range).unwrap_or_default()
    }

    /// The participant of a name, new at its first mention.
    fn actor(&mut self, name: &'a str) -> ActorIndex {
        if let Some(&index) = self.by_name.get(name) {
            return index;
        }
        let index = ActorIndex(self.sequence.actors.len());
        let actor = Actor {
            name: name.to_owned(),
            label: Label::words(name),
            role: Role::Participant,
            link: None,
            held: self.held,
        };
        self.sequence.actors.push(actor);
        self.by_name.insert(name, index);
        index
    }

    fn named(&mut self, range: Range<usize>) -> Result<ActorIndex, Problem> {
        let name = self.slice(range.clone()).trim();
        if name.is_empty() {
            return Err(Problem::error(range, "expected a participant's name"));
        }
        Ok(self.actor(name))
    }

    /// `name`, `name as label`, `name@{ "type": "database" } as label`.
    fn participant(&mut self, range: Range<usize>, default: Role) -> Result<ActorIndex, Problem> {
        let said = self.slice(range.clone());
        let (said, role, alias) = match said.split_once("@{") {
            Some((name, data)) => {
                let (data, after) = data
                    .split_once('}')
                    .ok_or_else(|| Problem::error(range.clone(), "`@{` is not closed").help("end the data with `}`"))?;
                let (role, alias) = configured(data);
                let label = after.trim_start().strip_prefix("as ").map(str::trim).or(alias);
                (name.trim(), role.unwrap_or(default), label)
            }
            None => match split_alias(said) {
                Some((name, label)) => (name, default, Some(label)),
                None => (said.trim(), default, None),
            },
        };
        if said.is_empty() {
            return Err(Problem::error(range, "expected a participant's name"));
        }
        let index = self.actor(said);
        let held = self.held;
        if let Some(actor) = self.sequence.actors.get_mut(index.0) {
            actor.role = role;
            actor.held = held.or(actor.held);
            if let Some(label) = alias {
                // Quotes around a whole label are not meant to be read.
                actor.label = text(unquoted(label));
            }
        }
        Ok(index)
    }

    fn create(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let said = self.slice(range.clone());
        let (role, rest) = match keyword(said) {
            Some((Word::Participant, rest)) => (Role::Participant, rest),
            Some((Word::Actor, rest)) => (Role::Person, rest),
            _ => {
                let problem = Problem::error(range, "expected `participant` or `actor` after `create`");
                return Err(problem.help("as in `create participant B`"));
            }
        };
        let actor = self.participant(range.end - rest.len()..range.end, role)?;
        self.sequence.events.push(Event::Create(actor));
        Ok(())
    }

    fn on_actor(&mut self, range: Range<usize>, event: fn(ActorIndex) -> Event) -> Result<(), Problem> {
        let actor = self.named(range)?;
        self.sequence.events.push(event(actor));
        Ok(())
    }

    /// `left of a: text`, `over a, b: text`.
    fn note(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let said = self.slice(range.clone());
        let lower = said.to_ascii_lowercase();
        let places = ["left of", "right of", "over"];
        let place = places.into_iter().find(|place| lower.starts_with(place));
        let (Some(place), Some((_, words))) = (place, said.split_once(':')) else {
            let problem = Problem::error(range, "expected a place, a participant, `:` and the note's text");
            return Err(problem.help("as in `Note over A,B: text`, `Note left of A: text`"));
        };
        let from = range.start + place.len();
        let to = range.end - words.len() - 1;
        let who = self.slice(from..to);
        let beside = match (place, who.split_once(',')) {
            ("over", Some((first, second))) => {
                let first_end = from + first.len();
                Beside::Over(self.named(from..first_end)?, self.named(to - second.len()..to)?)
            }
            ("left of", _) => Beside::Left(self.named(from..to)?),
            ("right of", _) => Beside::Right(self.named(from..to)?),
            _ => {
                let actor = self.named(from..to)?;
                Beside::Over(actor, actor)
            }
        };
        self.sequence.events.push(Event::Note { beside, text: text(words) });
        Ok(())
    }

    fn open_box(&mut self, rest: &'a str, range: Range<usize>) {
        let (fill, title) = box_head(rest);
        self.held = Some(self.sequence.boxes.len());
        self.sequence.boxes.push(Held { title: text(title), fill });
        self.open.push((Opened::Box, range));
    }

    fn open_block(&mut self, word: Word, rest: &'a str, range: Range<usize>) -> Result<(), Problem> {
        let block = word.block(rest).ok_or_else(|| Problem::error(range.clone(), "expected a message or a block"))?;
        let words = if matches!(block, Block::Ground(_)) { "" } else { rest };
        self.open.push((Opened::Block(block.clone()), range));
        self.sequence.events.push(Event::Open { block, text: text(words) });
        Ok(())
    }

    fn next_part(&mut self, of: NextOf, rest: &'a str, range: Range<usize>) -> Result<(), Problem> {
        let fits = matches!(self.open.last(), Some((Opened::Block(block), _)) if of.belongs_to(block));
        if !fits {
            let problem = Problem::error(range, "this part belongs to no open block");
            return Err(problem.help("`else` is for `alt`, `and` for `par`, `option` for `critical`"));
        }
        self.sequence.events.push(Event::Next { text: text(rest) });
        Ok(())
    }

    fn end(&mut self, range: Range<usize>) -> Result<(), Problem> {
        match self.open.pop() {
            Some((Opened::Block(_), _)) => self.sequence.events.push(Event::Close),
            Some((Opened::Box, _)) => self.held = None,
            None => {
                let problem = Problem::error(range, "`end` closes nothing");
                return Err(problem.help("remove it, or open a block before"));
            }
        }
        Ok(())
    }

    /// `autonumber`, `autonumber 10`, `autonumber 10 5`, `autonumber off`.
    fn autonumber(&mut self, rest: &str, range: Range<usize>) -> Result<(), Problem> {
        if rest.trim().eq_ignore_ascii_case("off") {
            self.numbers = None;
            return Ok(());
        }
        #[allow(clippy::cast_possible_truncation, reason = "the number is below a thousand million")]
        let hundredths =
            |word: &str| word.parse::<f64>().ok().filter(|n| n.abs() < 1e9).map(|n| (n * 100.0).round() as i64);
        let mut given = rest.split_whitespace().map(hundredths);
        let (first, step) = (given.next().unwrap_or(Some(100)), given.next().unwrap_or(Some(100)));
        match (first, step) {
            (Some(first), Some(step)) => self.numbers = Some((first, step)),
            _ => {
                return Err(
                    Problem::error(range, "expected a number to begin with and a step").help("as in `autonumber 10 5`")
                );
            }
        }
        Ok(())
    }

    fn description(&mut self, rest: &'a str, range: &Range<usize>) -> Result<usize, Problem> {
        let Some(inner) = rest.strip_prefix('{') else {
            self.sequence.description = given(rest);
            return Ok(range.end);
        };
        let from = range.end - inner.len();
        let end = self.source.get(from..).and_then(|s| s.find('}')).map(|n| from + n);
        let Some(end) = end else {
            return Err(Problem::error(range.clone(), "description is not closed").help("end it with `}`"));
        };
        self.sequence.description = given(self.slice(from..end));
        Ok(end + 1)
    }

    /// `a: label @ address`
    fn link(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let said = self.slice(range.clone());
        let parts = said.split_once(':').and_then(|(name, link)| Some((name, link.rsplit_once('@')?.1)));
        let Some((name, address)) = parts else {
            return Err(Problem::error(range, "expected a participant, a label and an address")
                .help("as in `link A: Docs @ https://example.org`"));
        };
        let actor = self.named(range.start..range.start + name.len())?;
        self.set_link(actor, address.trim(), range);
        Ok(())
    }

    /// `a: {"label": "address", …}`; the first address is the participant's.
    fn links(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let said = self.slice(range.clone());
        let Some((name, json)) = said.split_once(':') else {
            return Err(Problem::error(range, "expected a participant and its links")
                .help("as in `links A: {\"Docs\": \"https://example.org\"}`"));
        };
        let actor = self.named(range.start..range.start + name.len())?;
        if let Some(address) = json.split('"').nth(3) {
            self.set_link(actor, address, range);
        }
        Ok(())
    }

    fn set_link(&mut self, actor: ActorIndex, address: &str, range: Range<usize>) {
        let link = safe(address);
        if link.is_none() {
            let problem = Problem::warning(range, "this address could run a script and is left out");
            self.problems.push(problem.help("link to `https:`, `http:`, `mailto:` or a relative address"));
        }
        if let Some(actor) = self.sequence.actors.get_mut(actor.0) {
            actor.link = actor.link.take().or(link);
        }
    }

    /// `a->>+b: text`
    fn message(&mut self, range: Range<usize>) -> Result<(), Problem> {
        let said = self.slice(range.clone());
        let Some((at, length, mut arrow)) = arrow::find(said) else {
            let shown: String = said.chars().take(24).collect();
            let problem = Problem::error(range, format!("expected a message or a keyword, found `{shown}`"));
            return Err(problem.help("a message is `A->>B: text`"));
        };
        let words = said.find(':').unwrap_or(said.len());
        let mut from = trimmed(self.source, range.start..range.start + at);
        let mut to = trimmed(self.source, range.start + at + length..range.start + words);
        if self.slice(from.clone()).ends_with("()") {
            arrow.start_dot = true;
            from.end -= 2;
        }
        let sign = self.slice(to.clone()).chars().next();
        if let Some('+' | '-') = sign {
            to.start += 1;
        }
        if self.slice(to.clone()).starts_with("()") {
            arrow.end_dot = true;
            to.start += 2;
        }
        let (from, to) = (self.named(from)?, self.named(to)?);
        let number = self.number();
        let text = text(said.get(words..).unwrap_or_default());
        self.sequence.events.push(Event::Message(Message { from, to, arrow, text, number, range }));
        match sign {
            Some('+') => self.sequence.events.push(Event::Activate(to)),
            Some('-') => self.sequence.events.push(Event::Deactivate(from)),
            _ => {}
        }
        Ok(())
    }

    fn number(&mut self) -> Option<String> {
        let (number, step) = self.numbers.as_mut()?;
        let said = if *number % 100 == 0 { (*number / 100).to_string() } else { format!("{}", *number as f64 / 100.0) };
        *number = number.saturating_add(*step);
        Some(said)
    }
}

/// A text after a keyword and perhaps a colon; none if there is none.
fn given(rest: &str) -> Option<String> {
    let text = rest.strip_prefix(':').unwrap_or(rest).trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// `name as label`
fn split_alias(said: &str) -> Option<(&str, &str)> {
    let at = said.match_indices(" as ").map(|(i, _)| i).next()?;
    Some((said.get(..at)?.trim(), said.get(at + 4..)?.trim()))
}

/// The role and the alias in `"type": "database", "alias": "Store"`.
fn configured(data: &str) -> (Option<Role>, Option<&str>) {
    let (mut found, mut alias) = (None, None);
    for (key, value) in data.split(',').filter_map(|entry| entry.split_once(':')) {
        match unquoted(key.trim()) {
            "type" => found = role(unquoted(value.trim())),
            "alias" => alias = Some(unquoted(value.trim())),
            _ => {}
        }
    }
    (found, alias)
}
