//! Kanban boards: columns, and cards in them.
//!
//! A line is a column or, indented deeper than the first one, a card: `id[words]`, `[words]` or only words. What is in
//! `@{ … }` says more of it: `ticket`, `assigned`, `priority`, `label`; behind the id of a card that is there already it
//! adds to that card.

use super::Preamble;
use super::address::safe;
use super::cursor::Cursor;
use super::label::Label;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};

/// How urgent a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Priority {
    /// `Very High`
    VeryHigh,
    /// `High`
    High,
    /// `Low`
    Low,
    /// `Very Low`
    VeryLow,
}

impl Priority {
    fn read(text: &str) -> Option<Priority> {
        Some(match text.to_ascii_lowercase().as_str() {
            "very high" => Priority::VeryHigh,
            "high" => Priority::High,
            "low" => Priority::Low,
            "very low" => Priority::VeryLow,
            _ => return None,
        })
    }
}

/// Something to be done.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Card {
    /// What it is called in the source.
    pub id: String,
    /// What is to be done.
    pub label: Label,
    /// The name of its ticket.
    pub ticket: Option<String>,
    /// Where the ticket is.
    pub href: Option<String>,
    /// Who does it.
    pub assigned: Option<String>,
    /// How urgent it is.
    pub priority: Option<Priority>,
}

/// A stage of the work.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Column {
    /// Its heading; what else a card has, nobody gives to a column.
    pub heading: Card,
    /// What is in it, from top to bottom.
    pub cards: Vec<Card>,
}

/// A board.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kanban {
    /// Its title.
    pub title: Option<String>,
    /// Its columns, from left to right.
    pub columns: Vec<Column>,
}

/// Past this many cards nobody finds one.
const MOST: usize = 1000;

/// What opens words with a shape, and what closes them; all of them mean the same on a board.
const SHAPES: &[(&str, &str)] =
    &[("((", "))"), ("{{", "}}"), ("))", "(("), ("(-", "-)"), ("-)", "(-"), ("[", "]"), ("(", ")"), (")", "(")];

/// Reads a board.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Kanban> {
    let board = Kanban { title: preamble.title.clone(), ..Kanban::default() };
    let settings = Settings::read(source, preamble);
    let base = settings.text("kanban.ticketBaseUrl").map(str::to_owned);
    let cursor = Cursor::new(source, preamble.word.end);
    let mut reader = Reader { board, cursor, outer: None, count: 0, problems: Vec::new() };
    while !reader.cursor.is_done() && reader.count < MOST {
        reader.line();
    }
    let Reader { board: mut value, mut problems, cursor, .. } = reader;
    if !cursor.is_done() && !cursor.rest().trim().is_empty() {
        problems.push(Problem::warning(cursor.at()..source.len(), format!("a board has at most {MOST} cards")));
    }
    if value.columns.is_empty() && problems.is_empty() {
        problems.push(Problem::error(preamble.word.clone(), "the board has no column").help("as in `todo[To do]`"));
    }
    for card in value.columns.iter_mut().flat_map(|column| &mut column.cards) {
        if let (Some(base), Some(ticket)) = (&base, &card.ticket) {
            card.href = safe(&base.replace("#TICKET#", ticket));
        }
    }
    Outcome { value, problems }
}

struct Reader<'s> {
    board: Kanban,
    cursor: Cursor<'s>,
    /// How far columns are indented.
    outer: Option<usize>,
    count: usize,
    problems: Vec<Problem>,
}

impl<'s> Reader<'s> {
    fn line(&mut self) {
        let indent = self.cursor.take_while(|c| c.is_whitespace() && c != '\n').chars().count();
        let start = self.cursor.at();
        let line = self.cursor.line();
        if line.is_empty() || line.starts_with("%%") || line.starts_with(":::") || line.starts_with("::icon") {
            self.end_line();
            return;
        }
        if is_style(line) {
            let range = start..start + line.len();
            self.problems.push(Problem::warning(range, "cards have no styles of their own").help("remove the line"));
            self.end_line();
            return;
        }
        match self.card() {
            Ok((card, words, data)) => self.add(indent, card, words, data, start),
            Err(problem) => self.problems.push(problem),
        }
        self.end_line();
    }

    fn end_line(&mut self) {
        self.cursor.to_line_end();
        self.cursor.eat("\n");
    }

    /// An id, the words in a shape, and what is in `@{ … }`.
    fn card(&mut self) -> Result<(&'s str, Option<&'s str>, Option<&'s str>), Problem> {
        let start = self.cursor.at();
        let line = self.cursor.line();
        let end = line.find(['[', '(', '{', '@', ')']).unwrap_or(line.len());
        // `@` within words, as in an address, begins nothing.
        let end = if line[end..].starts_with('@') && !line[end..].starts_with("@{") {
            line[end..].find("@{").map_or(line.len(), |more| end + more)
        } else {
            end
        };
        let id = line[..end].split(":::").next().unwrap_or_default().trim();
        let id = id.find(" %%").map_or(id, |comment| id[..comment].trim_end());
        self.cursor.skip(end);
        let rest = self.cursor.rest();
        let mut words = None;
        if let Some((open, close)) = SHAPES.iter().find(|(open, _)| rest.starts_with(open)) {
            self.cursor.skip(open.len());
            let rest = self.cursor.rest();
            let quoted = rest.strip_prefix('"').and_then(|inside| inside.find('"')).map_or(0, |quote| quote + 1);
            let Some(length) =
                rest[quoted..].find(close).map(|at| at + quoted).filter(|at| quoted > 0 || !rest[..*at].contains('\n'))
            else {
                let range = start..start + line.len();
                return Err(
                    Problem::error(range, format!("`{open}` is not closed")).help("a card is written `id[words]`")
                );
            };
            words = Some(&rest[..length]);
            self.cursor.skip(length + close.len());
        }
        self.cursor.blanks();
        let mut data = None;
        if self.cursor.eat("@{") {
            let Some(inside) = braced(self.cursor.rest()) else {
                let range = start..self.cursor.at();
                return Err(Problem::error(range, "`@{` is not closed").help("as in `@{ ticket: T-1 }`"));
            };
            data = Some(inside);
            self.cursor.skip(inside.len() + 1);
        }
        Ok((id, words, data))
    }

    fn add(&mut self, indent: usize, id: &str, words: Option<&str>, data: Option<&str>, start: usize) {
        if words.is_none()
            && let Some(data) = data
            && let Some(known) = self.known(id)
        {
            known.tell(data);
            return;
        }
        self.count += 1;
        let mut card = Card { id: id.to_owned(), label: Label::read(words.unwrap_or(id)), ..Card::default() };
        if let Some(data) = data {
            card.tell(data);
        }
        let outer = *self.outer.get_or_insert(indent);
        match self.board.columns.last_mut() {
            Some(column) if indent > outer => column.cards.push(card),
            _ => {
                if indent < outer {
                    let range = start..self.cursor.at();
                    let problem = Problem::error(range, "this stands outside of the columns");
                    self.problems.push(problem.help("columns are indented alike, cards deeper"));
                }
                self.board.columns.push(Column { heading: card, cards: Vec::new() });
            }
        }
    }

    fn known(&mut self, id: &str) -> Option<&mut Card> {
        let columns = self.board.columns.iter_mut().rev();
        columns.flat_map(|c| c.cards.iter_mut().rev().chain([&mut c.heading])).find(|card| card.id == id)
    }
}

/// `style id fill:#fff`, which other kinds of diagram have.
fn is_style(line: &str) -> bool {
    let mut words = line.split_whitespace();
    matches!(words.next(), Some("style" | "classDef" | "class"))
        && words.nth(1).is_some_and(|w| w.contains(':') && !w.ends_with(':'))
}

/// What stands before the closing brace; braces in quotes close nothing.
fn braced(text: &str) -> Option<&str> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '}') => return Some(&text[..at]),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            // A quote that is an apostrophe is closed by the end of the line.
            (Some('\''), '\n') => quote = None,
            _ => {}
        }
    }
    None
}

impl Card {
    /// Takes over what is in `@{ … }`: pairs parted by commas or line ends.
    fn tell(&mut self, data: &str) {
        for pair in pairs(data) {
            let Some((key, value)) = pair.split_once(':') else { continue };
            let value = value.trim().trim_matches(['"', '\'']).trim();
            let text = Some(value.to_owned()).filter(|text| !text.is_empty());
            match key.trim() {
                "ticket" => self.ticket = text,
                "assigned" => self.assigned = text,
                "priority" => self.priority = Priority::read(value),
                "label" => self.label = Label::read(value),
                _ => {}
            }
        }
    }
}

/// The parts between commas and line ends that are not in quotes.
fn pairs(data: &str) -> Vec<&str> {
    let (mut found, mut start, mut quote) = (Vec::new(), 0, None);
    for (at, c) in data.char_indices() {
        match (quote, c) {
            (None, ',' | '\n') => {
                found.push(&data[start..at]);
                start = at + 1;
            }
            (None, '"' | '\'') if data[start..at].trim_end().ends_with(':') => quote = Some(c),
            (Some(open), c) if open == c => quote = None,
            _ => {}
        }
    }
    found.push(&data[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn board(source: &str) -> Outcome<Kanban> {
        read(source, &preamble(source))
    }

    #[test]
    fn cards_stand_in_columns_and_have_data() {
        let source = "---\nconfig:\n  kanban:\n    ticketBaseUrl: 'https://x.org/#TICKET#'\n---\nkanban\n  Todo\n    [写文档]\n    a[\"Make it\"]@{ ticket: T-1, assigned: 'me, you', priority: 'Very High' }\n  [In progress]\n    plain words\n\n    a@{\n      priority: low\n    }\n";
        let board = board(source);
        assert!(board.problems.is_empty(), "{:?}", board.problems);
        let columns = board.value.columns;
        let heads: Vec<String> = columns.iter().map(|c| c.heading.label.spoken()).collect();
        assert_eq!(heads, ["Todo", "In progress"]);
        let card = &columns[0].cards[1];
        assert_eq!((card.label.spoken().as_str(), card.assigned.as_deref()), ("Make it", Some("me, you")));
        assert_eq!(card.href.as_deref(), Some("https://x.org/T-1"));
        assert_eq!(card.priority, Some(Priority::Low), "what comes later adds to the card");
        assert_eq!(columns[1].cards[0].label.spoken(), "plain words");
    }

    #[test]
    fn mistakes_are_told() {
        let told = |source: &str| board(source).problems.into_iter().map(|p| p.message).collect::<Vec<_>>();
        assert_eq!(told("kanban\n"), ["the board has no column"]);
        assert_eq!(told("kanban\n a[open\n"), ["`[` is not closed"]);
        assert_eq!(told("kanban\n  a\n b\n"), ["this stands outside of the columns"]);
        assert_eq!(told("kanban\n a\n style a fill:#fff\n"), ["cards have no styles of their own"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[ ab\\[\\](){}@:\",'\\n卡]{0,80}") {
            let source = format!("kanban\n{text}");
            for problem in board(&source).problems {
                prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
            }
        }
    }
}
