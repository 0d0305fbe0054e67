//! Radars: several things measured along the same axes, which stand around a centre.
//!
//! `axis a["label"], b`, `curve x["label"]{1, 2}` or `curve x{b: 2, a: 1}`, and options: `max`, `min`, `ticks`,
//! `graticule`, `showLegend`. A curve may go over several lines.

use super::Preamble;
use super::body::{self, Heading};
use super::cursor::Cursor;
use super::label::Label;
use super::settings::Settings;
use crate::diagram::graph::single;
use crate::diagram::{Outcome, Problem};

/// Something measured along all axes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Curve {
    /// What it is.
    pub label: Label,
    /// A value for each axis.
    pub values: Vec<f64>,
}

/// A radar.
#[derive(Clone, Debug, PartialEq)]
pub struct Radar {
    /// What it is called.
    pub heading: Heading,
    /// What is measured.
    pub axes: Vec<Label>,
    /// What is compared; each has a value for each axis.
    pub curves: Vec<Curve>,
    /// The value at the rim, if the author says it.
    pub max: Option<f64>,
    /// The value in the centre.
    pub min: f64,
    /// How many rings there are, 1 to 32.
    pub ticks: u32,
    /// Whether the rings have corners and the curves are straight.
    pub is_polygon: bool,
    /// Whether the curves are named.
    pub shows_legend: bool,
    /// How round the curves are.
    pub tension: f32,
}

/// Past this many nobody tells them apart.
const MOST: usize = 100;
const MOST_TICKS: u32 = 32;
const TENSION: f32 = 0.17;

/// Reads a radar.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Radar> {
    let tension = Settings::read(source, preamble).number("radar.curveTension");
    let radar = Radar {
        heading: Heading::of(preamble),
        axes: Vec::new(),
        curves: Vec::new(),
        max: None,
        min: 0.0,
        ticks: 5,
        is_polygon: false,
        shows_legend: true,
        tension: tension.filter(|t| (0.0..=0.5).contains(t)).map_or(TENSION, single),
    };
    let mut cursor = Cursor::new(source, preamble.word.end);
    cursor.blanks();
    cursor.eat(":");
    let mut reader = Reader { cursor, radar, names: Vec::new(), curves: Vec::new(), problems: Vec::new() };
    while reader.statement() {}
    reader.finish(preamble)
}

/// Values as they are written: for the axes in order, or by name.
enum Values {
    Ordered(Vec<f64>),
    Named(Vec<(String, f64)>),
}

struct Reader<'s> {
    cursor: Cursor<'s>,
    radar: Radar,
    /// The names of the axes.
    names: Vec<String>,
    /// Curves, and where they stand. Axes may come after them.
    curves: Vec<(Label, Values, std::ops::Range<usize>)>,
    problems: Vec<Problem>,
}

impl<'s> Reader<'s> {
    /// Goes over blanks, line ends and comments.
    fn space(&mut self) {
        loop {
            self.cursor.take_while(char::is_whitespace);
            if !self.cursor.rest().starts_with("%%") {
                return;
            }
            self.cursor.to_line_end();
        }
    }

    /// Reads a statement; `false` at the end.
    fn statement(&mut self) -> bool {
        self.space();
        if self.cursor.is_done() {
            return false;
        }
        let start = self.cursor.at();
        if let Some(rest) = self.cursor.rest().strip_prefix("accDescr")
            && rest.trim_start().starts_with('{')
        {
            self.cursor.until("{");
            let words = self.cursor.until("}").unwrap_or_default();
            self.radar.heading.description = Some(words.split_whitespace().collect::<Vec<_>>().join(" "));
            return true;
        }
        let line = self.cursor.line();
        let line = line.split("%%").next().unwrap_or_default().trim_end();
        if self.radar.heading.take(line) {
            self.cursor.to_line_end();
        } else if self.radar.axes.len() > MOST || self.curves.len() > MOST {
            let message = format!("there are more than {MOST} axes or curves");
            self.problems.push(Problem::error(start..start + line.len(), message));
            return false;
        } else if let Err((message, help)) = self.words() {
            let range = start..start + line.len().max(1).min(self.cursor.source().len() - start);
            self.problems.push(Problem { help, ..Problem::error(range, message) });
            self.cursor.to_line_end();
        }
        true
    }

    fn words(&mut self) -> Result<(), (String, Option<&'static str>)> {
        const OPTIONS: &str = "a radar has `axis`, `curve`, `max`, `min`, `ticks`, `graticule` and `showLegend`";
        let start = self.cursor.at();
        let word = self.name();
        self.cursor.blanks();
        match word {
            "axis" => loop {
                let (name, label) = self.labelled().ok_or(("an axis has a name".to_owned(), None))?;
                self.names.push(name);
                self.radar.axes.push(label);
                if !self.comma() {
                    return Ok(());
                }
            },
            "curve" => loop {
                const HELP: Option<&str> = Some("as in `curve a[\"Alice\"]{85, 90}` or `curve a{math: 85, art: 90}`");
                let (_, label) = self.labelled().ok_or(("a curve has a name".to_owned(), HELP))?;
                let values = self.values().ok_or(("the values of the curve are not understood".to_owned(), HELP))?;
                self.curves.push((label, values, self.cursor.since(start)));
                if !self.comma() {
                    return Ok(());
                }
            },
            "showLegend" | "ticks" | "max" | "min" | "graticule" => {
                let value = self.cursor.take_while(|c| !c.is_whitespace() && c != ',');
                self.option(word, value).ok_or_else(|| (format!("`{value}` is no value of `{word}`"), None))?;
                self.comma();
                Ok(())
            }
            _ => Err(("this is no statement of the radar".to_owned(), Some(OPTIONS))),
        }
    }

    fn option(&mut self, word: &str, value: &str) -> Option<()> {
        match word {
            "showLegend" => self.radar.shows_legend = value.parse().ok()?,
            "graticule" => self.radar.is_polygon = ["circle", "polygon"].iter().position(|g| *g == value)? == 1,
            "max" => self.radar.max = Some(body::number(value)?),
            "min" => self.radar.min = body::number(value)?,
            _ => self.radar.ticks = value.parse::<u32>().ok()?.clamp(1, MOST_TICKS),
        }
        Some(())
    }

    /// A comma, and whether something comes behind it in the line.
    fn comma(&mut self) -> bool {
        self.cursor.blanks();
        let comes = self.cursor.eat(",");
        self.cursor.blanks();
        comes && !self.cursor.line().is_empty() && !self.cursor.rest().starts_with("%%")
    }

    fn name(&mut self) -> &'s str {
        self.cursor.take_while(|c| c.is_alphanumeric() || c == '_' || c == '-')
    }

    /// A name, perhaps with a label in brackets.
    fn labelled(&mut self) -> Option<(String, Label)> {
        let name = self.name();
        self.cursor.blanks();
        if name.is_empty() {
            return None;
        }
        if !self.cursor.eat("[") {
            return Some((name.to_owned(), Label::plain(name)));
        }
        self.cursor.blanks();
        let rest = self.cursor.rest();
        let (label, after) = body::quoted(rest, true)?;
        self.cursor.skip(rest.len() - after.len());
        self.cursor.blanks();
        self.cursor.eat("]").then(|| {
            self.cursor.blanks();
            (name.to_owned(), label)
        })
    }

    /// Values between braces, which may stand in several lines.
    fn values(&mut self) -> Option<Values> {
        if !self.cursor.eat("{") {
            return None;
        }
        let mut inside = self.cursor.clone();
        let text = inside.until("}")?;
        let text: String =
            text.lines().map(|line| line.split("%%").next().unwrap_or_default()).collect::<Vec<_>>().join(" ");
        self.cursor = inside;
        let items: Vec<&str> = text.split(',').map(str::trim).filter(|item| !item.is_empty()).collect();
        if items.len() > MOST {
            return None;
        }
        if let Some(values) = items.iter().map(|item| body::number(item)).collect::<Option<Vec<f64>>>() {
            return (!values.is_empty()).then_some(Values::Ordered(values));
        }
        let named = items.iter().map(|item| {
            let at = item.find([':', ' ', '\t'])?;
            Some((item[..at].to_owned(), body::number(item[at..].trim_start().trim_start_matches(':'))?))
        });
        named.collect::<Option<Vec<_>>>().map(Values::Named)
    }

    fn finish(mut self, preamble: &Preamble) -> Outcome<Radar> {
        for (label, values, range) in self.curves {
            let values: Result<Vec<f64>, String> = match values {
                Values::Ordered(values) if values.len() == self.names.len() => Ok(values),
                Values::Ordered(values) => {
                    Err(format!("the curve has {} values for {} axes and is not drawn", values.len(), self.names.len()))
                }
                Values::Named(named) => {
                    let of = |name: &String| named.iter().find(|(n, _)| n == name).map(|(_, value)| *value);
                    let missing = |name: &String| format!("the curve has no value for `{name}`");
                    self.names.iter().map(|name| of(name).ok_or_else(|| missing(name))).collect()
                }
            };
            match values {
                Ok(values) => self.radar.curves.push(Curve { label, values }),
                // A curve that does not fit is left out by mermaid too; one that names axes must name all.
                Err(message) if message.ends_with("drawn") => self.problems.push(Problem::warning(range, message)),
                Err(message) => self.problems.push(Problem::error(range, message)),
            }
        }
        if self.radar.axes.is_empty() && self.problems.is_empty() {
            self.problems
                .push(Problem::warning(preamble.word.clone(), "the radar has no axis").help("as in `axis a, b, c`"));
        }
        self.problems.sort_by_key(|problem| problem.range.start);
        Outcome { value: self.radar, problems: self.problems }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::Weight;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn radar(source: &str) -> Outcome<Radar> {
        read(source, &preamble(source))
    }

    #[test]
    fn axes_curves_and_options() {
        let source = "radar-beta:\n title 成绩\n accDescr: words\n axis m[\"数学\"], s[\"Science\"]\n axis e,\n curve a[\"Alice\"]{85, 90, %% two\n  80}, b{e: 1, m 2,\n s: 3}\n max 100, min 10\n graticule polygon\n ticks 3\n showLegend false\n";
        let Outcome { value, problems } = radar(source);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(value.axes.iter().map(Label::spoken).collect::<Vec<_>>(), ["数学", "Science", "e"]);
        let curves: Vec<(String, &[f64])> = value.curves.iter().map(|c| (c.label.spoken(), &c.values[..])).collect();
        assert_eq!(curves, [("Alice".into(), &[85.0, 90.0, 80.0][..]), ("b".into(), &[2.0, 3.0, 1.0][..])]);
        assert_eq!((value.max, value.min, value.ticks, value.is_polygon), (Some(100.0), 10.0, 3, true));
        assert!(!value.shows_legend && value.heading.title.as_deref() == Some("成绩"));
    }

    #[test]
    fn curves_that_do_not_fit_are_told() {
        let Outcome { value, problems } =
            radar("radar-beta\naxis a, b\ncurve x{1}\ncurve y{a: 1}\ncurve z{1, two}\nspin 3");
        let told: Vec<(Weight, usize)> = problems.iter().map(|p| (p.weight, p.range.start)).collect();
        assert_eq!(told, [(Weight::Warning, 21), (Weight::Error, 32), (Weight::Error, 46), (Weight::Error, 62)]);
        assert!(value.curves.is_empty());
    }

    proptest! {
        #[test]
        fn every_curve_has_a_value_for_each_axis(text in "((axis|curve|max|ticks) ?[a-c轴]{0,2}(\\[\"x\"\\])?(\\{[0-9,a-c: \\n]{0,9}\\})?,?\\n|[ -~]{0,16}\\n){0,8}") {
            let value = radar(&format!("radar-beta\n{text}")).value;
            prop_assert!(value.curves.iter().all(|c| c.values.len() == value.axes.len()));
        }
    }
}
