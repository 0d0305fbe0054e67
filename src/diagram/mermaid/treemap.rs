//! Treemaps: a whole, parted and parted again, as areas.
//!
//! `"name"` is a section, `"name": 12` a leaf; what is indented more belongs to the section above. `:::class` and
//! `classDef` give colours.

use super::Preamble;
use super::body::{self, Body, Heading, Line};
use super::flowchart::Style;
use super::label::Label;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};
use std::collections::HashMap;

/// A section or a leaf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Part {
    /// What it is.
    pub label: Label,
    /// The section it lies in: an index of a part that comes before it.
    pub parent: Option<usize>,
    /// How much a leaf is; nothing for a section.
    pub value: Option<f64>,
    /// Its colours, if the author gives them.
    pub style: Style,
}

/// A treemap.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Treemap {
    /// What it is called.
    pub heading: Heading,
    /// Its sections and leaves; a section comes before what lies in it.
    pub parts: Vec<Part>,
    /// Whether the values are shown.
    pub shows_values: bool,
    /// How they are written, as d3-format has it.
    pub format: String,
}

/// Past this many parts nobody finds one, and past this depth nobody sees one.
const MOST: usize = 1000;
const DEEPEST: usize = 16;

/// Reads a treemap.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Treemap> {
    let Body { heading, lines } = Body::read(source, preamble, false);
    let settings = Settings::read(source, preamble);
    let mut map = Treemap {
        heading,
        parts: Vec::new(),
        shows_values: settings.truth("treemap.showValues").unwrap_or(true),
        format: settings.text("treemap.valueFormat").unwrap_or(",").to_owned(),
    };
    let mut problems = Vec::new();
    let mut classes: HashMap<&str, Style> = HashMap::new();
    let mut classed: Vec<(usize, &str)> = Vec::new();
    // The sections that are open, with their indents.
    let mut open: Vec<(usize, usize)> = Vec::new();
    for line in &lines {
        if map.parts.len() >= MOST {
            return body::too_many(map, line.range.clone(), "parts", MOST, problems);
        }
        if let Some(rest) = line.text.strip_prefix("classDef").filter(|rest| rest.starts_with(char::is_whitespace)) {
            let (name, style) = rest.trim().split_once(char::is_whitespace).unwrap_or((rest.trim(), ""));
            classes.entry(name).or_default().add(&Style::read(style.trim_end_matches(';')));
            continue;
        }
        let Some((mut part, class)) = part(line) else {
            problems.push(
                Problem::error(line.range.clone(), "this is no part")
                    .help("as in `\"Section\"` or `\"Leaf\": 12`, in quotes"),
            );
            continue;
        };
        open.truncate(open.iter().take_while(|(_, indent)| *indent < line.indent).count());
        if open.len() >= DEEPEST {
            problems.push(Problem::error(
                line.range.clone(),
                format!("there are more than {DEEPEST} sections in each other"),
            ));
            continue;
        }
        part.parent = open.last().map(|(at, _)| *at);
        let at = map.parts.len();
        if part.value.is_none() {
            open.push((at, line.indent));
        }
        classed.extend(class.map(|class| (at, class)));
        map.parts.push(part);
    }
    for (at, class) in classed {
        if let Some(style) = classes.get(class) {
            map.parts[at].style = style.clone();
        }
    }
    if map.parts.is_empty() && problems.is_empty() {
        problems.push(Problem::warning(preamble.word.clone(), "the treemap is empty").help("as in `\"Leaf\": 12`"));
    }
    Outcome { value: map, problems }
}

/// A part, and the name of its class.
fn part<'s>(line: &Line<'s>) -> Option<(Part, Option<&'s str>)> {
    let (label, rest) = body::quoted(line.text, false)?;
    let (rest, class) = match rest.split_once(":::") {
        Some((before, class)) => (before.trim(), Some(class.trim().trim_end_matches(';'))),
        None => (rest.trim().trim_end_matches(';'), None),
    };
    let value = match rest.strip_prefix([':', ',']) {
        Some(number) => Some(body::number(&number.replace([',', '_'], "")).filter(|n| *n >= 0.0)?),
        None if rest.is_empty() => None,
        None => return None,
    };
    Some((Part { label, value, ..Part::default() }, class))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn map(source: &str) -> Outcome<Treemap> {
        read(source, &preamble(source))
    }

    #[test]
    fn indents_make_sections() {
        let source = "treemap-beta\n\"产品\"\n    \"A\": 1,200\n    \"B\":::hot\n      'C' , 3.5 :::hot\n\t\"D\": 4\n\"E\": 5\nclassDef hot fill:red,color:blue;\n";
        let Outcome { value, problems } = map(source);
        assert!(problems.is_empty(), "{problems:?}");
        let parts: Vec<(String, Option<usize>, Option<f64>)> =
            value.parts.iter().map(|p| (p.label.spoken(), p.parent, p.value)).collect();
        let expected = [
            ("产品", None, None),
            ("A", Some(0), Some(1200.0)),
            ("B", Some(0), None),
            ("C", Some(2), Some(3.5)),
            ("D", Some(0), Some(4.0)),
            ("E", None, Some(5.0)),
        ];
        assert_eq!(parts, expected.map(|(name, parent, value)| (name.to_owned(), parent, value)));
        assert!(value.parts[2].style.fill.is_some() && value.parts[3].style.fill.is_some());
    }

    #[test]
    fn what_is_no_part_is_told() {
        let source = "treemap\n\"A\": much\nB: 1\n\"C\" D\n\"E\": -1";
        let told: Vec<&str> = map(source).problems.iter().map(|p| &source[p.range.clone()]).collect();
        assert_eq!(told, ["\"A\": much", "B: 1", "\"C\" D", "\"E\": -1"]);
        let deep: String = (0..40).map(|n| format!("{}\"s\"\n", " ".repeat(n))).collect();
        assert!(!map(&format!("treemap\n{deep}")).problems.is_empty());
    }

    proptest! {
        #[test]
        fn a_section_comes_before_its_parts(text in "( {0,5}\"[a-z图]{0,3}\"(: ?[0-9.]{1,3})?(:::x)?\\n|[ -~]{0,16}\\n){0,10}") {
            let value = map(&format!("treemap\n{text}")).value;
            for (at, part) in value.parts.iter().enumerate() {
                prop_assert!(part.parent.is_none_or(|p| p < at && value.parts[p].value.is_none()));
            }
        }
    }
}
