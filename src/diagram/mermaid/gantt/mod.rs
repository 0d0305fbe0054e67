//! Gantt charts: tasks in sections, each with a beginning and an end that may depend on others.
//!
//! `name : done, crit, id, start, end`: tags first, then an id, a start (a date, or `after a b`) and an end (a date, a
//! length such as `3d`, or `until c`); an id, and a start before it, may be missing. [`format`] reads dates,
//! [`schedule`] works out when each task is.

mod format;
mod schedule;
#[cfg(test)]
mod tests;

pub use format::axis;

use super::Preamble;
use super::address::safe;
use super::body::{Body, Heading, Line, unquoted};
use super::label::Label;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};
use jiff::civil::{Date, DateTime, Weekday};
use schedule::{Calendar, Draft};

/// What an author says of a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tags {
    /// It is being worked on.
    pub active: bool,
    /// It is finished.
    pub done: bool,
    /// It is critical.
    pub crit: bool,
    /// It is a moment.
    pub milestone: bool,
    /// It is a line through the whole chart.
    pub vert: bool,
}

/// A task.
#[derive(Clone, Debug, PartialEq)]
pub struct Task {
    /// What others call it; made up if the author gave it none.
    pub id: String,
    /// What is to be done.
    pub label: Label,
    /// Which section it is in, an index into [`Gantt::sections`].
    pub section: Option<usize>,
    /// What is said of it.
    pub tags: Tags,
    /// When it begins.
    pub start: DateTime,
    /// When it ends; never before it begins.
    pub end: DateTime,
    /// Where it leads.
    pub href: Option<String>,
}

/// A unit of time between two ticks of the axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// `millisecond`
    Millisecond,
    /// `second`
    Second,
    /// `minute`
    Minute,
    /// `hour`
    Hour,
    /// `day`
    Day,
    /// `week`
    Week,
    /// `month`
    Month,
}

/// A Gantt chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Gantt {
    /// What it says of itself.
    pub about: Heading,
    /// Its sections, in order.
    pub sections: Vec<Label>,
    /// Its tasks, in order.
    pub tasks: Vec<Task>,
    /// How dates are shown on the axis.
    pub axis_format: Option<String>,
    /// From one tick to the next.
    pub tick: Option<(i64, Unit)>,
    /// Whether there is an axis above, too.
    pub top_axis: bool,
    /// The day with which a week begins on the axis.
    pub week_start: Weekday,
    /// Whether tasks that do not meet share a row.
    pub is_compact: bool,
    /// Whether dates are without a day, only times.
    pub is_timed: bool,
    /// Days on which nobody works, in order, within the chart.
    pub off: Vec<Date>,
}

/// Past this many tasks nobody finds one.
const MOST: usize = 1000;

/// Reads a Gantt chart.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Gantt> {
    let Body { heading: mut about, lines: statements } = Body::read(source, preamble, false);
    let mut reader = Reader { date_format: "YYYY-MM-DD", ..Reader::default() };
    for statement in statements.iter().filter(|s| !s.text.starts_with('#')) {
        reader.statement(statement);
        if reader.drafts.len() > MOST {
            let range = statement.range.clone();
            reader.drafts.truncate(MOST);
            reader.problems.push(Problem::warning(range, format!("a Gantt chart has at most {MOST} tasks")));
            break;
        }
    }
    if reader.drafts.is_empty() && reader.problems.is_empty() {
        let problem = Problem::warning(preamble.word.clone(), "the chart has no task");
        reader.problems.push(problem.help("as in `A task : 2026-01-01, 3d`"));
    }
    about.title = reader.title.take().or(about.title);
    let mut calendar = Calendar::new(reader.date_format, reader.inclusive, reader.weekend);
    calendar.exclude(&reader.excludes, &mut reader.problems);
    calendar.include(&reader.includes, &mut reader.problems);
    let tasks = schedule::schedule(&reader.drafts, &calendar, &mut reader.problems);
    let mut tasks: Vec<Task> = tasks.unwrap_or_default();
    for (ids, href) in &reader.clicks {
        for task in tasks.iter_mut().filter(|task| ids.split(',').any(|id| id.trim() == task.id)) {
            task.href = Some(href.clone());
        }
    }
    let off = calendar.days_off(&tasks);
    // The one setting that may stand in the front matter itself.
    let before = source.get(..preamble.word.start).unwrap_or_default();
    let is_compact = Settings::read(source, preamble).text("gantt.displayMode") == Some("compact")
        || before
            .lines()
            .any(|line| line.strip_prefix("displayMode:").is_some_and(|mode| unquoted(mode.trim()) == "compact"));
    let value = Gantt {
        about,
        sections: reader.sections,
        tasks,
        axis_format: reader.axis_format.map(str::to_owned),
        tick: reader.tick,
        top_axis: reader.top_axis,
        week_start: reader.week_start.unwrap_or(Weekday::Sunday),
        is_compact,
        is_timed: !reader.date_format.contains(['Y', 'M', 'D', 'X', 'x', 'Q']),
        off,
    };
    reader.problems.sort_by_key(|problem| problem.range.start);
    Outcome { value, problems: reader.problems }
}

#[derive(Default)]
struct Reader<'s> {
    title: Option<String>,
    date_format: &'s str,
    axis_format: Option<&'s str>,
    tick: Option<(i64, Unit)>,
    top_axis: bool,
    inclusive: bool,
    week_start: Option<Weekday>,
    weekend: Option<Weekday>,
    excludes: Vec<Line<'s>>,
    includes: Vec<Line<'s>>,
    sections: Vec<Label>,
    drafts: Vec<Draft<'s>>,
    clicks: Vec<(&'s str, String)>,
    problems: Vec<Problem>,
}

impl<'s> Reader<'s> {
    fn statement(&mut self, statement: &Line<'s>) {
        let value =
            |word: &str| statement.after(word).map(|rest| rest.split(['#', ';']).next().unwrap_or_default().trim());
        if let Some(title) = statement.after("title") {
            // `title: words`, which other kinds do not know.
            self.title = Some(title.trim_start_matches(':').trim().to_owned());
        } else if let Some(name) = statement.after("section") {
            self.sections.push(Label::words(name));
        } else if let Some(format) = value("dateFormat") {
            self.date_format = format;
        } else if let Some(format) = statement.after("axisFormat") {
            self.axis_format = Some(format.trim_end_matches(';')).filter(|format| !format.is_empty());
        } else if let Some(interval) = value("tickInterval") {
            self.tick(interval, statement);
        } else if value("excludes").is_some() {
            self.excludes.push(statement.clone());
        } else if value("includes").is_some() {
            self.includes.push(statement.clone());
        } else if statement.text == "inclusiveEndDates" {
            self.inclusive = true;
        } else if statement.text == "topAxis" {
            self.top_axis = true;
        } else if let Some(day) = value("weekday") {
            self.week_start = schedule::weekday(day).or(self.week_start);
        } else if let Some(day) = value("weekend") {
            self.weekend = schedule::weekday(day).or(self.weekend);
        } else if let Some(rest) = statement.after("click") {
            self.click(rest, statement);
        } else if statement.after("todayMarker").is_none() && statement.after("accDescription").is_none() {
            // Today is another day each time the book is read, and a drawing is the same each time.
            self.task(statement);
        }
    }

    fn tick(&mut self, interval: &str, statement: &Line<'s>) {
        let length = interval.find(|c: char| !c.is_ascii_digit()).unwrap_or(interval.len());
        let unit = match &interval[length..] {
            "millisecond" => Some(Unit::Millisecond),
            "second" => Some(Unit::Second),
            "minute" => Some(Unit::Minute),
            "hour" => Some(Unit::Hour),
            "day" => Some(Unit::Day),
            "week" => Some(Unit::Week),
            "month" => Some(Unit::Month),
            _ => None,
        };
        let count = interval[..length].parse().ok().filter(|count| (1..100_000).contains(count));
        self.tick = count.zip(unit);
        if self.tick.is_none() {
            let problem = Problem::warning(statement.range.clone(), format!("`{interval}` is no interval"));
            self.problems.push(problem.help("as in `tickInterval 1week`"));
        }
    }

    /// `click a href "https://…"`; callbacks run no scripts here.
    fn click(&mut self, rest: &'s str, statement: &Line<'s>) {
        let (ids, action) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        let address = action.split("href").nth(1).and_then(|href| href.split('"').nth(1));
        match address.and_then(safe) {
            Some(href) => self.clicks.push((ids, href)),
            None => {
                let problem = Problem::warning(statement.range.clone(), "this leads nowhere");
                self.problems.push(problem.help("only addresses can be followed, as in `click a href \"https://…\"`"));
            }
        }
    }

    fn task(&mut self, statement: &Line<'s>) {
        let Some((name, data)) = statement.text.split_once(':') else {
            let problem = Problem::error(statement.range.clone(), format!("the task `{}` has no time", statement.text));
            self.problems.push(problem.help("as in `A task : 2026-01-01, 3d`"));
            return;
        };
        let mut fields: Vec<&str> =
            data.split(['#', ';']).next().unwrap_or_default().split(',').map(str::trim).collect();
        let mut tags = Tags::default();
        let tagged = fields.iter().take_while(|field| tags.take(field)).count();
        fields.drain(..tagged);
        let (id, start, end) = match *fields.as_slice() {
            [] => (None, None, ""),
            [end] => (None, None, end),
            [start, end] => (None, Some(start), end),
            [id, start, end] => (Some(id), Some(start), end),
            _ => {
                let problem = Problem::error(statement.range.clone(), format!("`{}` has too many parts", data.trim()));
                self.problems.push(problem.help("a task has tags, an id, a start and an end"));
                return;
            }
        };
        let section = self.sections.len().checked_sub(1);
        self.drafts.push(Draft { name: name.trim(), id, start, end, tags, section, range: statement.range.clone() });
    }
}

impl Tags {
    /// Takes a word as a tag, if it is one.
    fn take(&mut self, word: &str) -> bool {
        match word {
            "active" => self.active = true,
            "done" => self.done = true,
            "crit" => self.crit = true,
            "milestone" => self.milestone = true,
            "vert" => self.vert = true,
            _ => return false,
        }
        true
    }
}
