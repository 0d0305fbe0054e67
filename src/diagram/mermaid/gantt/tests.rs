//! Gantt charts as people write them, and as nobody would.

use super::*;
use crate::diagram::mermaid::preamble;
use proptest::prelude::*;

fn chart(source: &str) -> Outcome<Gantt> {
    read(source, &preamble(source))
}

/// Names and times, one task after the other.
fn times(source: &str) -> Vec<String> {
    let Outcome { value, problems } = chart(source);
    assert!(problems.is_empty(), "{problems:?}");
    let day = |date: DateTime| if date.hour() == 0 { date.date().to_string() } else { date.to_string() };
    value.tasks.iter().map(|t| format!("{} {} {}", t.label.spoken(), day(t.start), day(t.end))).collect()
}

#[test]
fn a_task_begins_where_the_one_before_ends() {
    let source = "gantt\n section A\n 一 : done, a, 2014-01-01, 30d\n two : 2.5d\n section B\n three : crit, active, 2014-01-12, 2014-01-15\n";
    assert_eq!(
        times(source),
        ["一 2014-01-01 2014-01-31", "two 2014-01-31 2014-02-02T12:00:00", "three 2014-01-12 2014-01-15"]
    );
    let gantt = chart(source).value;
    assert_eq!(gantt.tasks.iter().map(|t| t.section).collect::<Vec<_>>(), [Some(0), Some(0), Some(1)]);
    assert!(gantt.tasks[0].tags.done && gantt.tasks[2].tags.crit && gantt.tasks[2].tags.active);
}

#[test]
fn tasks_wait_for_others_wherever_those_stand() {
    let source = "gantt\n apple :a, 2017-07-20, 1w\n cherry :c, after b a, 1d\n banana :b, 2017-07-23, 1d\n kiwi :d, 2017-07-20, until b c\n";
    assert_eq!(
        times(source),
        [
            "apple 2017-07-20 2017-07-27",
            "cherry 2017-07-27 2017-07-28",
            "banana 2017-07-23 2017-07-24",
            "kiwi 2017-07-20 2017-07-23"
        ]
    );
}

#[test]
fn nobody_works_on_days_that_are_excluded() {
    // 2014-01-10 is a Friday.
    let source = "gantt\n excludes weekends 2014-01-14\n includes 2014-01-12\n a : 2014-01-09, 4d\n b : 1d\n c: 2014-01-10, 2014-01-13";
    assert_eq!(times(source), ["a 2014-01-09 2014-01-14", "b 2014-01-15 2014-01-16", "c 2014-01-10 2014-01-13"]);
    // The day before `b` is off: nothing is drawn on it.
    let off: Vec<String> = chart(source).value.off.iter().map(ToString::to_string).collect();
    assert_eq!(off, ["2014-01-11", "2014-01-14"]);
}

#[test]
fn the_last_day_can_belong_to_a_task_and_links_to_its_id() {
    let source = "gantt\n inclusiveEndDates\n a : x, 2014-01-01, 2014-01-02\n click x href \"https://example.org\"\n";
    assert_eq!(times(source), ["a 2014-01-01 2014-01-03"]);
    assert_eq!(chart(source).value.tasks[0].href.as_deref(), Some("https://example.org"));
}

#[test]
fn mistakes_are_told() {
    let told = |lines: &str| {
        let source = format!("gantt\n{lines}");
        chart(&source).problems.into_iter().map(|p| p.message).collect::<Vec<_>>()
    };
    assert_eq!(told(""), ["the chart has no task"]);
    assert_eq!(told("a task"), ["the task `a task` has no time"]);
    assert_eq!(told("a : 3d"), ["`a` is the first task and has no start"]);
    assert_eq!(told("a : x, soon, 3d"), ["`soon` is no date of the format `YYYY-MM-DD`"]);
    assert_eq!(told("a : x, 2014-01-01, later"), ["`later` is neither a date nor a length"]);
    assert_eq!(told("a : x, after y, 1d\nb : y, after x, 1d"), ["`a` waits for itself", "`b` waits for itself"]);
    assert_eq!(told("a : 2014-01-01, 1d\nb : after z, 1d"), ["no task is called `z`"]);
    assert_eq!(told("excludes weekdays\na : 2014-01-01, 1d"), ["`weekdays` is no day"]);
    let never = "excludes monday tuesday wednesday thursday friday saturday sunday\na : 2014-01-01, 3d";
    assert_eq!(told(never), ["`a` never ends"]);
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab ]{1,3}: ?(done, |crit, |milestone, |vert, )?([a-c], )?(after [a-c ]{1,3}|2014-0[1-9]-[0-3][0-9]|[0-9]{1,4}), ?([0-9.]{1,4}(d|w|M|y|ms|h)|until [a-c])",
        "(excludes|includes|dateFormat|axisFormat|tickInterval|weekday|weekend|section|click) [a-zA-Z0-9:% -]{0,12}",
        "\\PC{0,30}",
    ]
}

proptest! {
    #[test]
    fn any_text_is_read(lines in prop::collection::vec(line(), 0..8)) {
        let source = format!("gantt\n{}", lines.join("\n"));
        let Outcome { value, problems } = chart(&source);
        for problem in problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        for task in &value.tasks {
            prop_assert!(task.start <= task.end);
            prop_assert!(task.section.is_none_or(|s| s < value.sections.len()));
        }
    }
}
