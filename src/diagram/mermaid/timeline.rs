//! Timelines: periods in order, what happened in each, perhaps in sections.
//!
//! `period : event : event`; a line that begins with a colon goes on with the period above; `section` and `title` name
//! what follows.

use super::Preamble;
use super::label::Label;
use crate::diagram::{Outcome, Problem};

/// A period and its events.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Period {
    /// When.
    pub label: Label,
    /// What happened.
    pub events: Vec<Label>,
    /// Which section it is in, an index into [`Timeline::sections`].
    pub section: Option<usize>,
}

/// A timeline.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Timeline {
    /// Its title.
    pub title: Option<String>,
    /// What it shows, in words.
    pub description: Option<String>,
    /// Its sections, in order.
    pub sections: Vec<Label>,
    /// Its periods, in order.
    pub periods: Vec<Period>,
}

/// Past this many periods nobody finds one.
const MOST: usize = 500;

/// Reads a timeline.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Timeline> {
    let mut timeline = Timeline { title: preamble.title.clone(), ..Timeline::default() };
    let mut problems = Vec::new();
    let mut at = preamble.word.end;
    for line in source.get(at..).unwrap_or_default().split_inclusive('\n') {
        let start = at + (line.len() - line.trim_start().len());
        let is_first = at == preamble.word.end;
        at += line.len();
        let words = line.trim();
        let range = start..start + words.len();
        // A direction may stand behind the first word.
        if words.is_empty() || words.starts_with("%%") || words.starts_with('#') || is_first && words.len() == 2 {
            continue;
        }
        if timeline.periods.len() >= MOST {
            problems.push(Problem::warning(range, format!("a timeline has at most {MOST} periods")));
            break;
        }
        if let Err(problem) = timeline.line(words, &range) {
            problems.push(problem);
        }
    }
    if timeline.periods.is_empty() && problems.is_empty() {
        problems.push(
            Problem::error(preamble.word.clone(), "the timeline has no period").help("as in `2014 : Kubernetes`"),
        );
    }
    Outcome { value: timeline, problems }
}

impl Timeline {
    fn line(&mut self, words: &str, range: &std::ops::Range<usize>) -> Result<(), Problem> {
        let after = |word: &str| words.strip_prefix(word).filter(|rest| rest.starts_with([' ', '\t', ':']));
        if let Some(rest) = after("title") {
            self.title = Some(rest.trim_start_matches(':').trim().to_owned());
        } else if let Some(rest) = after("section") {
            self.sections.push(Label::words(rest));
        } else if let Some(rest) = after("accTitle") {
            self.title = Some(rest.trim_start_matches(':').trim().to_owned());
        } else if let Some(rest) = after("accDescr") {
            self.description = Some(rest.trim_start_matches(':').trim().to_owned());
        } else if let Some(rest) = words.strip_prefix(':') {
            let Some(period) = self.periods.last_mut() else {
                return Err(Problem::error(range.clone(), "an event needs a period").help("as in `2014 : Kubernetes`"));
            };
            period.events.extend(events(rest));
        } else {
            let (period, rest) = words.split_once(':').unwrap_or((words, ""));
            let section = self.sections.len().checked_sub(1);
            self.periods.push(Period { label: Label::words(period), events: events(rest).collect(), section });
        }
        Ok(())
    }
}

/// Events stand between colons; one within a time (`10:30`) or an address parts nothing.
fn events(text: &str) -> impl Iterator<Item = Label> {
    let mut parts: Vec<&str> = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(':') {
        let before = text[..at].ends_with(|c: char| !c.is_whitespace());
        let after = text[at + 1..].starts_with(|c: char| c.is_ascii_digit() || c == '/');
        if !(before && after) {
            parts.push(&text[from..at]);
            from = at + 1;
        }
    }
    parts.push(&text[from..]);
    parts.into_iter().map(Label::words).filter(|label| !label.is_empty()).collect::<Vec<_>>().into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    #[test]
    fn periods_have_events_and_sections() {
        let source = "timeline\n title 历史\n section 开始\n 2014 : Kubernetes : 第一次提交\n      : at 10:30\n section 后来\n 2015 : 1.0\n 2016\n";
        let Timeline { title, sections, periods, .. } = read(source, &preamble(source)).value;
        assert_eq!(title.as_deref(), Some("历史"));
        assert_eq!(sections.len(), 2);
        let said: Vec<(String, Vec<String>, Option<usize>)> = periods
            .iter()
            .map(|p| (p.label.spoken(), p.events.iter().map(Label::spoken).collect(), p.section))
            .collect();
        assert_eq!(said[0].1, ["Kubernetes", "第一次提交", "at 10:30"]);
        assert_eq!((said[1].0.as_str(), said[1].2), ("2015", Some(1)));
        assert!(said[2].1.is_empty());
    }

    #[test]
    fn an_event_without_a_period_is_told() {
        let source = "timeline\n : lost\n";
        assert_eq!(read(source, &preamble(source)).problems.len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[ a-z0-9:\\n时]{0,80}") {
            let source = format!("timeline\n{text}");
            let timeline = read(&source, &preamble(&source)).value;
            prop_assert!(timeline.periods.iter().all(|p| p.section.is_none_or(|s| s < timeline.sections.len())));
        }
    }
}
