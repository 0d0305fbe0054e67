//! Pies: parts of a whole.
//!
//! `"name" : value`, in the order of the clock; `showData` shows the values, `title` names the whole.

use super::Preamble;
use super::body::{self, Body, Heading};
use super::label::Label;
use super::settings::Settings;
use crate::diagram::graph::single;
use crate::diagram::{Outcome, Problem};

/// A part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Slice {
    /// What it is.
    pub label: Label,
    /// How much; at least 0.
    pub value: f64,
}

/// A pie.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pie {
    /// What it is called.
    pub heading: Heading,
    /// Whether the values are shown beside the names.
    pub shows_values: bool,
    /// How much of the radius is left out in the middle, 0 to 0.9.
    pub hole: f32,
    /// Its parts, in order.
    pub slices: Vec<Slice>,
}

/// Past this many parts nobody finds one.
const MOST: usize = 500;

/// Reads a pie.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Pie> {
    let Body { heading, lines } = Body::read(source, preamble, false);
    let hole = Settings::read(source, preamble).number("pie.donutHole").filter(|h| *h > 0.0 && *h <= 0.9);
    let mut pie = Pie { heading, hole: single(hole.unwrap_or(0.0)), ..Pie::default() };
    let mut problems = Vec::new();
    for (n, line) in lines.iter().enumerate() {
        let mut text = line.text;
        if n == 0
            && let Some(rest) = text.strip_prefix("showData")
            && !rest.starts_with(|c: char| c.is_alphanumeric())
        {
            pie.shows_values = true;
            text = rest.trim();
            if text.is_empty() || pie.heading.take(text) {
                continue;
            }
        }
        if pie.slices.len() >= MOST {
            return body::too_many(pie, line.range.clone(), "slices", MOST, problems);
        }
        let part = body::quoted(text, true).and_then(|(label, rest)| {
            let value = body::number(rest.trim_start().strip_prefix(':')?.trim().trim_end_matches(';'))?;
            Some(Slice { label, value })
        });
        match part {
            Some(slice) if slice.value < 0.0 => {
                problems.push(Problem::error(line.range.clone(), "a slice cannot be less than nothing"));
            }
            Some(slice) if pie.slices.iter().any(|s| s.label == slice.label) => {
                problems
                    .push(Problem::warning(line.range.clone(), "there is a slice of this name; this one is left out"));
            }
            Some(slice) => pie.slices.push(slice),
            None => problems
                .push(Problem::error(line.range.clone(), "this is no slice").help("as in `\"name\" : 42`, in quotes")),
        }
    }
    if pie.slices.is_empty() && problems.is_empty() {
        problems.push(Problem::warning(preamble.word.clone(), "the pie has no slice").help("as in `\"name\" : 42`"));
    }
    Outcome { value: pie, problems }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn pie(source: &str) -> Outcome<Pie> {
        read(source, &preamble(source))
    }

    #[test]
    fn slices_have_names_and_values() {
        let Outcome { value, problems } =
            pie("pie showData title 宠物\n \"Dogs\" : 386\n 'Cats':85.5 %% some\n \"a \\\"b\\\"\" : 0\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!((value.heading.title.as_deref(), value.shows_values), (Some("宠物"), true));
        let slices: Vec<(String, f64)> = value.slices.iter().map(|s| (s.label.spoken(), s.value)).collect();
        assert_eq!(slices, [("Dogs".into(), 386.0), ("Cats".into(), 85.5), ("a \"b\"".into(), 0.0)]);
    }

    #[test]
    fn what_is_no_slice_is_told() {
        let source = "pie\n \"a\" : -1\n b : 2\n \"c\" : many\n \"d\" : 1\n \"d\" : 2";
        let told: Vec<&str> = pie(source).problems.iter().map(|p| &source[p.range.clone()]).collect();
        assert_eq!(told, ["\"a\" : -1", "b : 2", "\"c\" : many", "\"d\" : 2"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[ a-z0-9:\".\\n饼-]{0,80}") {
            let value = pie(&format!("pie {text}")).value;
            prop_assert!(value.slices.iter().all(|s| s.value >= 0.0 && s.value.is_finite()));
        }
    }
}
