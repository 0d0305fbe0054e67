//! When each task is: starts and ends that depend on others, days on which nobody works.

use super::format::{guess, parse};
use super::{Tags, Task};
use crate::diagram::Problem;
use crate::diagram::mermaid::body::Line;
use crate::diagram::mermaid::label::Label;
use jiff::civil::{Date, DateTime, Weekday};
use jiff::{Span, ToSpan as _};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// A task as it is written.
#[derive(Clone, Debug)]
pub(super) struct Draft<'s> {
    pub(super) name: &'s str,
    pub(super) id: Option<&'s str>,
    pub(super) start: Option<&'s str>,
    pub(super) end: &'s str,
    pub(super) tags: Tags,
    pub(super) section: Option<usize>,
    pub(super) range: Range<usize>,
}

/// A chart longer than this many days shows none of those on which nobody works.
const LONGEST: i32 = 730;
/// How many days a task may be put off because nobody works.
const PUT_OFF: usize = 4000;

/// A day of the week by its English name.
pub(super) fn weekday(name: &str) -> Option<Weekday> {
    Some(match name.to_ascii_lowercase().as_str() {
        "monday" => Weekday::Monday,
        "tuesday" => Weekday::Tuesday,
        "wednesday" => Weekday::Wednesday,
        "thursday" => Weekday::Thursday,
        "friday" => Weekday::Friday,
        "saturday" => Weekday::Saturday,
        "sunday" => Weekday::Sunday,
        _ => return None,
    })
}

/// How dates are written, and on which nobody works.
pub(super) struct Calendar<'s> {
    format: &'s str,
    inclusive: bool,
    weekend: Weekday,
    weekdays: Vec<Weekday>,
    excluded: Vec<Date>,
    included: Vec<Date>,
}

impl<'s> Calendar<'s> {
    pub(super) fn new(format: &'s str, inclusive: bool, weekend: Option<Weekday>) -> Self {
        let weekend = weekend.filter(|day| *day == Weekday::Friday).unwrap_or(Weekday::Saturday);
        Calendar { format, inclusive, weekend, weekdays: Vec::new(), excluded: Vec::new(), included: Vec::new() }
    }

    fn date(&self, text: &str) -> Option<DateTime> {
        parse(text, self.format)
    }

    /// Takes the days of the last `excludes`.
    pub(super) fn exclude(&mut self, statements: &[Line<'_>], problems: &mut Vec<Problem>) {
        let Some(statement) = statements.last() else { return };
        for word in days(statement) {
            if word.eq_ignore_ascii_case("weekends") {
                self.weekdays.extend([self.weekend, self.weekend.next()]);
            } else if let Some(day) = weekday(word) {
                self.weekdays.push(day);
            } else if let Some(date) = self.day(word) {
                self.excluded.push(date);
            } else {
                problems.push(no_day(word, statement));
            }
        }
    }

    /// Takes the days of the last `includes`.
    pub(super) fn include(&mut self, statements: &[Line<'_>], problems: &mut Vec<Problem>) {
        let Some(statement) = statements.last() else { return };
        for word in days(statement) {
            match self.day(word) {
                Some(date) => self.included.push(date),
                None => problems.push(no_day(word, statement)),
            }
        }
    }

    fn day(&self, word: &str) -> Option<Date> {
        self.date(word).or_else(|| parse(word, "YYYY-MM-DD")).map(DateTime::date)
    }

    fn is_off(&self, date: Date) -> bool {
        !self.included.contains(&date) && (self.weekdays.contains(&date.weekday()) || self.excluded.contains(&date))
    }

    fn works_always(&self) -> bool {
        self.weekdays.is_empty() && self.excluded.is_empty()
    }

    /// The days on which nobody works, from the first to the last of the tasks.
    pub(super) fn days_off(&self, tasks: &[Task]) -> Vec<Date> {
        let first = tasks.iter().map(|task| task.start.date()).min();
        let last = tasks.iter().map(|task| task.end.date()).max();
        let (Some(first), Some(last)) = (first, last) else { return Vec::new() };
        if self.works_always() || first.until(last).map_or(LONGEST, |span| span.get_days()) >= LONGEST {
            return Vec::new();
        }
        first.series(1.day()).take_while(|day| *day <= last).filter(|day| self.is_off(*day)).collect()
    }

    /// Puts off an end for each day of the task on which nobody works; `None` if there is no end to it. The drawn end
    /// is before the days off that come last.
    fn put_off(&self, start: DateTime, end: DateTime) -> Option<(DateTime, DateTime)> {
        let (mut end, mut drawn, mut was_off) = (end, end, false);
        let mut day = start.checked_add(1.day()).ok()?;
        let mut put_off = 0;
        while day <= end {
            if !was_off {
                drawn = end;
            }
            was_off = self.is_off(day.date());
            if was_off {
                put_off += 1;
                end = end.checked_add(1.day()).ok().filter(|_| put_off < PUT_OFF)?;
            }
            day = day.checked_add(1.day()).ok()?;
        }
        Some((end, drawn))
    }
}

fn days<'s>(statement: &Line<'s>) -> impl Iterator<Item = &'s str> + use<'s> {
    let words = statement.text.split(['#', ';']).next().unwrap_or_default();
    words.split(|c: char| c.is_whitespace() || c == ',').skip(1).filter(|word| !word.is_empty())
}

fn no_day(word: &str, statement: &Line<'_>) -> Problem {
    Problem::warning(statement.range.clone(), format!("`{word}` is no day"))
        .help("days are dates, `weekends`, or names such as `sunday`")
}

/// When a task is, as far as others may ask.
#[derive(Clone, Copy)]
struct When {
    start: DateTime,
    end: DateTime,
    drawn: DateTime,
}

/// Works out all starts and ends; `None`, with problems told, if that cannot be.
pub(super) fn schedule(
    drafts: &[Draft<'_>],
    calendar: &Calendar<'_>,
    problems: &mut Vec<Problem>,
) -> Option<Vec<Task>> {
    let mut ids: FxHashMap<&str, usize> = FxHashMap::default();
    for (at, draft) in drafts.iter().enumerate() {
        if let Some(id) = draft.id {
            ids.insert(id, at);
        }
    }
    let mut resolver = Resolver {
        drafts,
        calendar,
        ids,
        times: vec![None; drafts.len()],
        lost: vec![false; drafts.len()],
        problems: Vec::new(),
    };
    let mut open: Vec<usize> = (0..drafts.len()).collect();
    while !open.is_empty() {
        let before = open.len();
        open.retain(|at| {
            let step = resolver.resolve(*at);
            resolver.lost[*at] = step == Step::Done && resolver.times[*at].is_none();
            step == Step::Waits
        });
        if open.len() == before {
            break;
        }
    }
    for at in open {
        let problem = Problem::error(drafts[at].range.clone(), format!("`{}` waits for itself", drafts[at].name));
        resolver.problems.push(problem.help("`after` and `until` must not lead round"));
    }
    problems.append(&mut resolver.problems);
    let times = resolver.times;
    let tasks = drafts.iter().zip(times).enumerate().map(|(at, (draft, time))| {
        let When { start, drawn, .. } = time?;
        Some(Task {
            id: draft.id.map_or_else(|| format!("task{}", at + 1), str::to_owned),
            label: Label::words(draft.name),
            section: draft.section,
            tags: draft.tags,
            start,
            end: drawn.max(start),
            href: None,
        })
    });
    tasks.collect()
}

/// How far a task has come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Its time is known, or never will be.
    Done,
    /// Others have to be known before.
    Waits,
}

struct Resolver<'a, 's> {
    drafts: &'a [Draft<'s>],
    calendar: &'a Calendar<'s>,
    ids: FxHashMap<&'s str, usize>,
    times: Vec<Option<When>>,
    /// Whose time never will be known.
    lost: Vec<bool>,
    problems: Vec<Problem>,
}

impl Resolver<'_, '_> {
    fn resolve(&mut self, at: usize) -> Step {
        let draft = &self.drafts[at];
        let start = match draft.start {
            None => match at.checked_sub(1) {
                None => {
                    let message = format!("`{}` is the first task and has no start", draft.name);
                    self.problems.push(Problem::error(draft.range.clone(), message).help("as in `2026-01-01, 3d`"));
                    return Step::Done;
                }
                Some(before) => match self.times[before] {
                    None => return self.without(before),
                    Some(time) => time.end,
                },
            },
            Some(text) => match reference(text, "after") {
                Some(names) => match self.others(names, at, |time| time.end, Ord::max) {
                    Found::Time(time) => time,
                    Found::Waits => return Step::Waits,
                    Found::Nobody => {
                        let before = at.checked_sub(1);
                        if before.is_some_and(|before| self.times[before].is_none() && !self.lost[before]) {
                            return Step::Waits;
                        }
                        let time = before.and_then(|before| self.times[before]).map(|time| time.end);
                        self.nobody(at, names);
                        time.unwrap_or_else(|| self.first())
                    }
                },
                None => match self.calendar.date(text).or_else(|| guess(text)) {
                    Some(date) => date,
                    None => {
                        let message = format!("`{text}` is no date of the format `{}`", self.calendar.format);
                        self.problems.push(
                            Problem::error(draft.range.clone(), message)
                                .help("`dateFormat` says how dates are written"),
                        );
                        return Step::Done;
                    }
                },
            },
        };
        let end = match reference(draft.end, "until") {
            Some(names) => match self.others(names, at, |time| time.start, Ord::min) {
                Found::Time(time) => time,
                Found::Waits => return Step::Waits,
                Found::Nobody => {
                    self.nobody(at, names);
                    start
                }
            },
            None => self.end(at, start),
        };
        let mut time = When { start, end, drawn: end };
        let is_fixed = parse(draft.end, "YYYY-MM-DD").is_some();
        if !self.calendar.works_always() && !is_fixed {
            match self.calendar.put_off(start, end) {
                Some((end, drawn)) => time = When { start, end, drawn },
                None => {
                    let problem = Problem::error(draft.range.clone(), format!("`{}` never ends", draft.name));
                    self.problems.push(problem.help("`excludes` leaves no day on which somebody works"));
                }
            }
        }
        self.times[at] = Some(time);
        Step::Done
    }

    /// A date, or a length from the start; the start, with a warning, if it is neither.
    fn end(&mut self, at: usize, start: DateTime) -> DateTime {
        let draft = &self.drafts[at];
        if let Some(date) = self.calendar.date(draft.end) {
            let day = if self.calendar.inclusive { 1.day() } else { Span::new() };
            return date.checked_add(day).unwrap_or(date);
        }
        length(draft.end).and_then(|span| start.checked_add(span).ok()).unwrap_or_else(|| {
            let message = format!("`{}` is neither a date nor a length", draft.end);
            self.problems.push(Problem::warning(draft.range.clone(), message).help("lengths are written `3d` or `2w`"));
            start
        })
    }

    fn nobody(&mut self, at: usize, names: &str) {
        let problem = Problem::warning(self.drafts[at].range.clone(), format!("no task is called `{}`", names.trim()));
        self.problems.push(problem);
    }

    /// The latest or earliest of others.
    fn others(
        &self,
        names: &str,
        at: usize,
        side: impl Fn(When) -> DateTime,
        better: impl Fn(DateTime, DateTime) -> DateTime,
    ) -> Found {
        let mut found = Found::Nobody;
        for other in names.split_whitespace().filter_map(|name| self.ids.get(name)) {
            match self.times[*other] {
                None if *other != at && self.lost[*other] => {}
                None => return Found::Waits,
                Some(time) => {
                    let time = side(time);
                    found = Found::Time(if let Found::Time(before) = found { better(before, time) } else { time });
                }
            }
        }
        found
    }

    /// The first date that is written at a task, for one that waits for nobody.
    fn first(&self) -> DateTime {
        let dates = self.drafts.iter().filter_map(|draft| draft.start.and_then(|text| self.calendar.date(text)));
        dates.min().unwrap_or(DateTime::constant(2000, 1, 1, 0, 0, 0, 0))
    }

    /// What to do without the time of another: wait, unless it never will be known.
    fn without(&self, other: usize) -> Step {
        if self.lost[other] { Step::Done } else { Step::Waits }
    }
}

enum Found {
    Time(DateTime),
    Waits,
    Nobody,
}

/// What stands behind `after` or `until`.
fn reference<'s>(text: &'s str, word: &str) -> Option<&'s str> {
    text.strip_prefix(word).filter(|rest| rest.starts_with(char::is_whitespace))
}

/// A length of time: `3d`, `1.5h`, `2M`.
fn length(text: &str) -> Option<Span> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.')?;
    let number: f64 = text[..end].parse().ok()?;
    let whole = number.trunc();
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float keeps within bounds")]
    let millis = |each: f64| Span::new().try_milliseconds((number * each) as i64).ok();
    // A part of a month is a part of thirty days.
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float keeps within bounds")]
    let months = |each: f64| {
        let days = ((number - whole) * each * 30.0).round();
        Span::new().try_months((whole * each) as i64).ok()?.try_days(days as i64).ok()
    };
    #[expect(clippy::cast_possible_truncation, reason = "a cast of a float keeps within bounds")]
    let days = |each: f64| {
        let all = number * each;
        let rest = (all.fract() * 86_400_000.0) as i64;
        Span::new().try_days(all.trunc() as i64).ok()?.try_milliseconds(rest).ok()
    };
    match &text[end..] {
        "ms" => millis(1.0),
        "s" => millis(1000.0),
        "m" => millis(60_000.0),
        "h" => millis(3_600_000.0),
        "d" => days(1.0),
        "w" => days(7.0),
        "M" => months(1.0),
        "y" => months(12.0),
        _ => None,
    }
}
