//! Charts of bars and lines over categories or numbers.
//!
//! `x-axis "title" [a, "b c"]` or `x-axis title 1 --> 10`; `y-axis title 0 --> 100`; `bar "name" [1, 2]`,
//! `line [1, 2.5 "label"]`. What the axes do not say follows from the data.

use super::Preamble;
use super::body::{self, Body, Heading, Line};
use super::label::Label;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};

/// What an axis shows.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Scale {
    /// What follows from the data.
    #[default]
    Data,
    /// From a number to another.
    Range(f64, f64),
    /// Categories.
    Categories(Vec<Label>),
}

/// An axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Axis {
    /// What it measures.
    pub title: Label,
    /// What it shows.
    pub scale: Scale,
}

/// How a series is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// A bar each.
    Bar,
    /// Points on a line.
    Line,
}

/// A row of numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// What it is.
    pub label: Label,
    /// How it is drawn.
    pub mark: Mark,
    /// Its numbers.
    pub values: Vec<f64>,
    /// A label for each number; most are empty.
    pub labels: Vec<Label>,
}

/// A chart of bars and lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct XyChart {
    /// What it is called.
    pub heading: Heading,
    /// Whether categories stand on the left and numbers grow to the right.
    pub is_horizontal: bool,
    /// Whether bars say their numbers.
    pub shows_values: bool,
    /// The axis of categories.
    pub x_axis: Axis,
    /// The axis of values.
    pub y_axis: Axis,
    /// What is shown; in each as many values as there are categories at most.
    pub series: Vec<Series>,
}

/// Past this many nobody tells them apart.
const MOST_SERIES: usize = 50;
const MOST_VALUES: usize = 1000;

/// Reads a chart of bars and lines.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<XyChart> {
    let Body { heading, lines } = Body::read(source, preamble, true);
    let settings = Settings::read(source, preamble);
    let mut chart = XyChart {
        heading,
        is_horizontal: settings.text("xyChart.chartOrientation") == Some("horizontal"),
        shows_values: settings.truth("xyChart.showDataLabel").unwrap_or(false),
        ..XyChart::default()
    };
    let mut problems = Vec::new();
    for line in whole(source, &lines) {
        if chart.series.len() >= MOST_SERIES {
            return body::too_many(chart, line.range, "series", MOST_SERIES, problems);
        }
        if let Err(problem) = chart.line(&line) {
            problems.push(problem);
        }
    }
    if let Scale::Categories(names) = &chart.x_axis.scale {
        let most = names.len();
        for series in chart.series.iter_mut().filter(|s| s.values.len() > most) {
            problems.push(Problem::warning(
                preamble.word.clone(),
                format!("a series has {} values for {most} categories; the rest is left out", series.values.len()),
            ));
            series.values.truncate(most);
        }
    }
    if chart.series.is_empty() && problems.is_empty() {
        problems.push(Problem::error(preamble.word.clone(), "the chart shows nothing").help("as in `bar [1, 2, 3]`"));
    }
    Outcome { value: chart, problems }
}

/// Statements: a list in brackets may go on in the next lines.
fn whole<'s>(source: &'s str, lines: &[Line<'s>]) -> Vec<Line<'s>> {
    let mut found: Vec<Line<'s>> = Vec::new();
    for line in lines {
        let open = found.last().is_some_and(|last| last.text.contains('[') && !last.text.trim_end().ends_with(']'));
        match found.last_mut().filter(|_| open && !starts_statement(line.text)) {
            Some(last) => {
                last.range.end = line.range.end;
                last.text = source.get(last.range.clone()).unwrap_or_default();
            }
            None => found.push(line.clone()),
        }
    }
    found
}

fn starts_statement(text: &str) -> bool {
    ["x-axis", "y-axis", "bar", "line"].iter().any(|word| after(text, word).is_some())
}

/// What stands behind a word, whatever its case.
fn after<'s>(text: &'s str, word: &str) -> Option<&'s str> {
    let first = text.get(..word.len()).filter(|first| first.eq_ignore_ascii_case(word))?;
    let rest = &text[first.len()..];
    (!rest.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-')).then(|| rest.trim())
}

impl XyChart {
    fn line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        let wrong = |message: &str, help| Problem::error(line.range.clone(), message).help(help);
        let text = line.text;
        if let Some(rest) = after(text, "horizontal").or_else(|| after(text, "vertical")) {
            self.is_horizontal = text.get(..1).is_some_and(|c| c.eq_ignore_ascii_case("h"));
            if !rest.is_empty() {
                return Err(wrong("a new statement begins in a new line", "end the line behind the direction"));
            }
        } else if let Some(rest) = after(text, "x-axis") {
            const HELP: &str = "as in `x-axis \"Title\" [a, \"b c\"]` or `x-axis Title 1 --> 10`";
            self.x_axis = axis(rest).ok_or_else(|| wrong("the axis is not understood", HELP))?;
        } else if let Some(rest) = after(text, "y-axis") {
            const HELP: &str = "as in `y-axis \"Title\" 0 --> 100`";
            let axis = axis(rest).filter(|axis| !matches!(axis.scale, Scale::Categories(_)));
            self.y_axis = axis.ok_or_else(|| wrong("the axis is not understood", HELP))?;
        } else if let Some((mark, rest)) = [("bar", Mark::Bar), ("line", Mark::Line)]
            .into_iter()
            .find_map(|(word, mark)| Some((mark, after(text, word)?)))
        {
            const HELP: &str = "as in `bar \"Title\" [5, 6.5, -1]`";
            self.series.push(series(mark, rest).ok_or_else(|| wrong("the series is not understood", HELP))?);
        } else {
            return Err(wrong(
                "this is no statement of the chart",
                "it has `x-axis`, `y-axis`, `bar`, `line` and `title`",
            ));
        }
        Ok(())
    }
}

/// A title, in quotes or not, and what stands behind it up to a list or a range.
fn titled(text: &str) -> Option<(Label, &str)> {
    if text.starts_with(['"', '\'']) {
        let (label, rest) = body::quoted(text, false)?;
        return Some((label, rest.trim()));
    }
    if let Some(bracket) = text.find('[') {
        return Some((Label::words(&text[..bracket]), &text[bracket..]));
    }
    let Some(arrow) = text.find("-->") else { return Some((Label::words(text), "")) };
    // The last word before the arrow is a number.
    let before = text[..arrow].trim_end();
    let from = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    Some((Label::words(&before[..from]), &text[from..]))
}

fn axis(text: &str) -> Option<Axis> {
    let (title, rest) = titled(text)?;
    let scale = if rest.is_empty() {
        Scale::Data
    } else if let Some((from, to)) = rest.split_once("-->") {
        Scale::Range(body::number(from)?, body::number(to)?)
    } else {
        let inside = rest.strip_prefix('[')?.trim_end().strip_suffix(']')?;
        let names = items(inside).map(|item| match body::quoted(item, false) {
            Some((label, rest)) => rest.trim().is_empty().then_some(label),
            None => Some(Label::words(item)),
        });
        Scale::Categories(names.collect::<Option<Vec<Label>>>().filter(|n| n.len() <= MOST_VALUES)?)
    };
    Some(Axis { title, scale })
}

fn series(mark: Mark, text: &str) -> Option<Series> {
    let (label, rest) = titled(text)?;
    let inside = rest.strip_prefix('[')?.trim_end().strip_suffix(']')?;
    let mut series = Series { label, mark, values: Vec::new(), labels: Vec::new() };
    for item in items(inside) {
        let (number, label) = item.split_at(item.find('"').unwrap_or(item.len()));
        series.values.push(body::number(number)?);
        let label = if label.is_empty() { Label::default() } else { body::quoted(label, false)?.0 };
        series.labels.push(label);
    }
    (!series.values.is_empty() && series.values.len() <= MOST_VALUES).then_some(series)
}

/// What stands between commas that stand in no quotes; a comma may stand at the end.
fn items(text: &str) -> impl Iterator<Item = &str> {
    let (mut found, mut from, mut quoted) = (Vec::new(), 0, false);
    for (at, c) in text.char_indices() {
        match c {
            '"' => quoted = !quoted,
            ',' if !quoted => {
                found.push(text[from..at].trim());
                from = at + 1;
            }
            _ => {}
        }
    }
    let last = text[from..].trim();
    found.extend((!last.is_empty()).then_some(last));
    found.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn chart(source: &str) -> Outcome<XyChart> {
        read(source, &preamble(source))
    }

    #[test]
    fn axes_and_series() {
        let source = "xychart-beta horizontal\n title \"销量\"\n x-axis 月 [jan, \"feb, 二\", 3月]\n y-axis \"Revenue ($)\" -5 --> +10.5\n bar 收入 [1, .5, -2]\n line [+1,2,\n 3 \"峰\"]\n";
        let Outcome { value, problems } = chart(source);
        assert!(problems.is_empty(), "{problems:?}");
        assert!(value.is_horizontal);
        assert_eq!(value.x_axis.title.spoken(), "月");
        let Scale::Categories(names) = &value.x_axis.scale else { panic!("{:?}", value.x_axis) };
        assert_eq!(names.iter().map(Label::spoken).collect::<Vec<_>>(), ["jan", "feb, 二", "3月"]);
        assert_eq!(value.y_axis.scale, Scale::Range(-5.0, 10.5));
        assert_eq!(value.series[0].label.spoken(), "收入");
        assert_eq!(value.series[1].values, [1.0, 2.0, 3.0]);
        assert_eq!(value.series[1].labels[2].spoken(), "峰");
    }

    #[test]
    fn an_axis_may_be_numbers_with_or_without_a_title() {
        for (source, title) in
            [("x-axis 1 --> 5", ""), ("x-axis time 1 --> 5", "time"), ("x-axis \"a b\" 1-->5", "a b")]
        {
            let value = chart(&format!("xychart\n{source}\nline [1]")).value;
            assert_eq!(value.x_axis.scale, Scale::Range(1.0, 5.0), "{source}");
            assert_eq!(value.x_axis.title.spoken(), title);
        }
    }

    #[test]
    fn what_is_not_understood_is_told() {
        let source = "xychart\n x-axis [a, b\n y-axis [a]\n bar [1, x]\n area [1]\n bar []";
        let told: Vec<&str> = chart(source).problems.iter().map(|p| &source[p.range.clone()]).collect();
        assert_eq!(told, ["x-axis [a, b", "y-axis [a]", "bar [1, x]", "area [1]", "bar []"]);
        assert_eq!(chart("xychart\n title x").problems.len(), 1);
        assert_eq!(chart("xychart\n x-axis [a]\n bar [1, 2]").value.series[0].values.len(), 1);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "((bar|line|x-axis|y-axis) ?[a-z\"图]{0,4} ?\\[?[0-9,. -]{0,12}(-->)?[0-9]?\\]?\\n|[ -~]{0,20}\\n){0,6}") {
            let value = chart(&format!("xychart\n{text}")).value;
            prop_assert!(value.series.iter().all(|s| s.labels.len() >= s.values.len()));
            prop_assert!(value.series.iter().flat_map(|s| &s.values).all(|v| v.is_finite()));
        }
    }
}
