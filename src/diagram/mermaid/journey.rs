//! Journeys: what somebody does, step by step, and how they feel about it.
//!
//! `step: score: who, who` with a score of 1 to 5; `section` names a part of the way.

use super::Preamble;
use super::body::{Body, Heading, Line};
use super::label::Label;
use crate::diagram::{Outcome, Problem};

/// A step of the way.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Step {
    /// What is done.
    pub label: Label,
    /// How it feels, from 1 (bad) to 5 (good).
    pub score: u8,
    /// Who does it, indices into [`Journey::people`].
    pub people: Vec<usize>,
    /// Which part it is in, an index into [`Journey::sections`].
    pub section: Option<usize>,
}

/// A journey.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Journey {
    /// What it says of itself.
    pub about: Heading,
    /// Its parts, in order.
    pub sections: Vec<Label>,
    /// Its steps, in order.
    pub steps: Vec<Step>,
    /// Everybody on it, in the order of their first step.
    pub people: Vec<String>,
}

/// The score of a step whose score cannot be read.
const MIDDLE: f32 = 3.0;
/// Past this many steps nobody finds one.
const MOST: usize = 500;

/// Reads a journey.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Journey> {
    let Body { heading: about, lines: statements } = Body::read(source, preamble, false);
    let mut journey = Journey { about, ..Journey::default() };
    let mut problems = Vec::new();
    for statement in statements.iter().filter(|s| !s.text.starts_with('#')) {
        if journey.steps.len() >= MOST {
            problems.push(Problem::warning(statement.range.clone(), format!("a journey has at most {MOST} steps")));
            break;
        }
        if let Some(name) = statement.after("section") {
            journey.sections.push(Label::words(name.trim_end_matches([':', ';'])));
        } else if let Err(problem) = journey.step(statement) {
            problems.push(problem);
        }
    }
    if journey.steps.is_empty() && problems.is_empty() {
        problems
            .push(Problem::warning(preamble.word.clone(), "the journey has no step").help("as in `Make tea: 5: Me`"));
    }
    Outcome { value: journey, problems }
}

impl Journey {
    fn step(&mut self, statement: &Line<'_>) -> Result<(), Problem> {
        let fault = |message: String| {
            Err(Problem::error(statement.range.clone(), message).help("a step is written `Make tea: 5: Me, Cat`"))
        };
        let words = statement.text.split(['#', ';']).next().unwrap_or_default();
        let Some((name, rest)) = words.split_once(':') else {
            return fault(format!("the step `{words}` has no score"));
        };
        let (score, people) = rest.split_once(':').unwrap_or((rest, ""));
        let written = score.trim();
        let value = written.parse::<f32>().ok().filter(|value| value.is_finite());
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 1 and 5")]
        let score = value.unwrap_or(MIDDLE).round().clamp(1.0, 5.0) as u8;
        let people = people.split(',').map(str::trim).filter(|person| !person.is_empty());
        let people = people.map(|person| self.person(person)).collect();
        let section = self.sections.len().checked_sub(1);
        self.steps.push(Step { label: Label::words(name), score, people, section });
        if value.is_none() {
            let message = format!("`{written}` is no score; it is drawn as 3");
            return Err(Problem::warning(statement.range.clone(), message).help("scores go from 1 (bad) to 5 (good)"));
        }
        Ok(())
    }

    fn person(&mut self, name: &str) -> usize {
        self.people.iter().position(|known| known == name).unwrap_or_else(|| {
            self.people.push(name.to_owned());
            self.people.len() - 1
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    #[test]
    fn steps_have_scores_people_and_sections() {
        let source = "journey\n title 上班\n section 出门\n 泡茶: 5: 我\n Walk: 2.6: 我, Cat\n section\n Sit: 9\n";
        let Journey { about, sections, steps, people } = read(source, &preamble(source)).value;
        assert_eq!(about.title.as_deref(), Some("上班"));
        assert_eq!((sections.len(), people.join(" ")), (2, "我 Cat".to_owned()));
        let said: Vec<(u8, Vec<usize>, Option<usize>)> =
            steps.into_iter().map(|s| (s.score, s.people, s.section)).collect();
        assert_eq!(said, [(5, vec![0], Some(0)), (3, vec![0, 1], Some(0)), (5, vec![], Some(1))]);
    }

    #[test]
    fn a_step_without_a_score_is_told() {
        let source = "journey\n Walk\n Run: fast: Me\n";
        let told: Vec<String> = read(source, &preamble(source)).problems.into_iter().map(|p| p.message).collect();
        assert_eq!(told, ["the step `Walk` has no score", "`fast` is no score; it is drawn as 3"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[ a-z0-9:,;#\\n茶]{0,80}") {
            let source = format!("journey\n{text}");
            let journey = read(&source, &preamble(&source)).value;
            for step in &journey.steps {
                prop_assert!((1..=5).contains(&step.score));
                prop_assert!(step.people.iter().all(|p| *p < journey.people.len()));
                prop_assert!(step.section.is_none_or(|s| s < journey.sections.len()));
            }
        }
    }
}
