//! The axis of a Gantt chart: from dates to places, and the ticks that have room.

use crate::diagram::mermaid::gantt::{Gantt, Unit, axis};
use crate::diagram::text::{self, Face};
use jiff::civil::{DateTime, Weekday};
use jiff::{Span, ToSpan as _};

/// The words at the ticks.
pub(super) const TICK: Face = Face { size: 12.0, line: 16.0, bold: false, measure: 400.0 };
/// Between the words of two ticks.
const ROOM: f32 = 14.0;
/// More ticks than this are never drawn.
const MOST: usize = 120;

/// From the first to the last date, over a width.
pub(super) struct Axis {
    first: DateTime,
    millis: f64,
    left: f32,
    width: f32,
}

/// A line across the chart, and its words if they have room.
pub(super) struct Tick {
    pub(super) x: f32,
    pub(super) words: Option<String>,
}

/// From one tick to the next.
#[derive(Clone, Copy)]
struct Step {
    count: i64,
    unit: Unit,
}

/// Steps that are whole in the unit above, from short to long.
const STEPS: &[Step] = &[
    step(1, Unit::Millisecond),
    step(5, Unit::Millisecond),
    step(10, Unit::Millisecond),
    step(50, Unit::Millisecond),
    step(100, Unit::Millisecond),
    step(500, Unit::Millisecond),
    step(1, Unit::Second),
    step(5, Unit::Second),
    step(10, Unit::Second),
    step(30, Unit::Second),
    step(1, Unit::Minute),
    step(5, Unit::Minute),
    step(10, Unit::Minute),
    step(30, Unit::Minute),
    step(1, Unit::Hour),
    step(3, Unit::Hour),
    step(6, Unit::Hour),
    step(12, Unit::Hour),
    step(1, Unit::Day),
    step(2, Unit::Day),
    step(1, Unit::Week),
    step(2, Unit::Week),
    step(1, Unit::Month),
    step(3, Unit::Month),
    step(6, Unit::Month),
    step(12, Unit::Month),
    step(24, Unit::Month),
    step(60, Unit::Month),
    step(120, Unit::Month),
    step(240, Unit::Month),
    step(600, Unit::Month),
    step(1200, Unit::Month),
    step(6000, Unit::Month),
    step(12000, Unit::Month),
];

const fn step(count: i64, unit: Unit) -> Step {
    Step { count, unit }
}

impl Step {
    /// About how long it is.
    fn millis(self) -> f64 {
        let unit = match self.unit {
            Unit::Millisecond => 1.0,
            Unit::Second => 1e3,
            Unit::Minute => 6e4,
            Unit::Hour => 3.6e6,
            Unit::Day => 8.64e7,
            Unit::Week => 6.048e8,
            Unit::Month => 2.63e9,
        };
        self.count as f64 * unit
    }

    fn span(self) -> Option<Span> {
        let span = Span::new();
        match self.unit {
            Unit::Millisecond => span.try_milliseconds(self.count),
            Unit::Second => span.try_seconds(self.count),
            Unit::Minute => span.try_minutes(self.count),
            Unit::Hour => span.try_hours(self.count),
            Unit::Day => span.try_days(self.count),
            Unit::Week => span.try_weeks(self.count),
            Unit::Month => span.try_months(self.count),
        }
        .ok()
    }

    /// The last whole step that is not after a date.
    fn floor(self, date: DateTime, week_start: Weekday) -> Option<DateTime> {
        let day = date.date().to_datetime(jiff::civil::Time::midnight());
        let whole = |millis: i64| {
            let since = i64::try_from(date.duration_since(day).as_millis()).ok()?;
            let each = self.count.checked_mul(millis)?;
            day.checked_add(Span::new().try_milliseconds(since - since % each.max(1)).ok()?).ok()
        };
        match self.unit {
            Unit::Millisecond => whole(1),
            Unit::Second => whole(1000),
            Unit::Minute => whole(60_000),
            Unit::Hour => whole(3_600_000),
            Unit::Day => {
                let past = i64::from(date.day() - 1) % self.count;
                day.checked_sub(Span::new().try_days(past).ok()?).ok()
            }
            Unit::Week => day.checked_sub(i64::from(date.weekday().since(week_start)).days()).ok(),
            Unit::Month => {
                let months = i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
                let months = months - months.rem_euclid(self.count);
                let year = i16::try_from(months.div_euclid(12)).ok()?;
                let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
                DateTime::new(year, month, 1, 0, 0, 0, 0).ok()
            }
        }
    }

    /// What is written at a date.
    fn words(self, date: DateTime, gantt: &Gantt) -> String {
        axis(date, gantt.axis_format.as_deref().unwrap_or(self.format(gantt.is_timed)))
    }

    /// How its dates are written where the author does not say.
    fn format(self, is_timed: bool) -> &'static str {
        match self.unit {
            Unit::Millisecond => "%H:%M:%S.%L",
            Unit::Second => "%H:%M:%S",
            Unit::Minute | Unit::Hour if is_timed => "%H:%M",
            Unit::Minute | Unit::Hour => "%m-%d %H:%M",
            Unit::Day | Unit::Week => "%Y-%m-%d",
            Unit::Month if self.count < 12 => "%Y-%m",
            Unit::Month => "%Y",
        }
    }
}

impl Axis {
    pub(super) fn new(gantt: &Gantt, left: f32, width: f32) -> Axis {
        let first = gantt.tasks.iter().map(|task| task.start).min().unwrap_or_default();
        let last = gantt.tasks.iter().map(|task| task.end).max().unwrap_or_default();
        // A chart of moments at the same time is a day long.
        let millis = if last > first { last.duration_since(first).as_millis() as f64 } else { 8.64e7 };
        Axis { first, millis, left, width }
    }

    /// Where a date is.
    pub(super) fn x(&self, date: DateTime) -> f32 {
        let since = date.duration_since(self.first).as_millis() as f64;
        #[expect(clippy::cast_possible_truncation, reason = "a place on the page")]
        let share = (since / self.millis) as f32;
        self.left + share * self.width
    }

    /// The ticks: those the author asks for, else as many as have room for their words.
    pub(super) fn ticks(&self, gantt: &Gantt) -> Vec<Tick> {
        let chosen = gantt.tick.map(|(count, unit)| Step { count, unit });
        if let Some(chosen) = chosen
            && self.millis / chosen.millis() <= MOST as f64
        {
            return self.ticks_of(chosen, gantt);
        }
        let fits = STEPS.iter().find(|step| {
            let words = step.words(self.first, gantt);
            let room = step.millis() / self.millis * f64::from(self.width);
            room >= f64::from(text::width(&words, TICK, false) + ROOM)
        });
        self.ticks_of(fits.copied().unwrap_or(step(12000, Unit::Month)), gantt)
    }

    fn ticks_of(&self, step: Step, gantt: &Gantt) -> Vec<Tick> {
        let (Some(span), Some(mut date)) = (step.span(), step.floor(self.first, gantt.week_start)) else {
            return Vec::new();
        };
        let mut ticks = Vec::new();
        // Words before the edge of the sheet would be cut.
        let mut free = 2.0;
        // One before the first date, and no more than can be seen.
        for _ in 0..MOST + 2 {
            let x = self.x(date);
            if x > self.left + self.width + 0.5 {
                break;
            }
            if x >= self.left - 0.5 {
                let words = step.words(date, gantt);
                let half = text::width(&words, TICK, false) / 2.0;
                let has_room = x - half >= free;
                if has_room {
                    free = x + half + ROOM / 2.0;
                }
                ticks.push(Tick { x, words: has_room.then_some(words) });
            }
            let Ok(next) = date.checked_add(span) else { break };
            date = next;
        }
        ticks
    }
}
