//! Quadrants: points between two pairs of opposites.
//!
//! `x-axis low --> high`, `y-axis low --> high`, `quadrant-1 words` (upper right, then against the clock), and points
//! `name: [x, y]` between 0 and 1, with a class (`name:::class: [x, y]`) or a look of their own behind them.

use super::Preamble;
use super::body::{self, Body, Heading, Line};
use super::flowchart::Colour;
use super::label::Label;
use crate::diagram::graph::single;
use crate::diagram::{Outcome, Problem};
use std::collections::HashMap;

/// What an author says of the look of a point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Look {
    /// Radius in pixels.
    pub radius: Option<f32>,
    /// Inside.
    pub colour: Option<Colour>,
    /// Outline.
    pub stroke: Option<Colour>,
    /// Width of the outline, in pixels.
    pub stroke_width: Option<f32>,
}

/// A point.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Spot {
    /// Its name.
    pub label: Label,
    /// To the right, 0 to 1.
    pub x: f32,
    /// Upwards, 0 to 1.
    pub y: f32,
    /// Its look.
    pub look: Look,
}

/// A chart of four quadrants.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Quadrants {
    /// What it is called.
    pub heading: Heading,
    /// What is left and right.
    pub x_axis: [Label; 2],
    /// What is below and above.
    pub y_axis: [Label; 2],
    /// The quadrants: upper right, upper left, lower left, lower right.
    pub names: [Label; 4],
    /// The points.
    pub points: Vec<Spot>,
}

/// Past this many points nobody finds one.
const MOST: usize = 500;

/// Reads a chart of quadrants.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Quadrants> {
    let Body { heading, lines } = Body::read(source, preamble, true);
    let mut reader = Reader { chart: Quadrants { heading, ..Quadrants::default() }, ..Reader::default() };
    let mut problems = Vec::new();
    for line in &lines {
        if reader.chart.points.len() >= MOST {
            return body::too_many(reader.chart, line.range.clone(), "points", MOST, problems);
        }
        if let Err(problem) = reader.line(line, &mut problems) {
            problems.push(problem);
        }
    }
    for (at, class) in &reader.classed {
        // What the point itself says counts more.
        if let Some(look) = reader.classes.get(*class) {
            reader.chart.points[*at].look.fill_from(look);
        }
    }
    Outcome { value: reader.chart, problems }
}

#[derive(Default)]
struct Reader<'s> {
    chart: Quadrants,
    classes: HashMap<&'s str, Look>,
    classed: Vec<(usize, &'s str)>,
}

impl<'s> Reader<'s> {
    fn line(&mut self, line: &Line<'s>, problems: &mut Vec<Problem>) -> Result<(), Problem> {
        let text = line.text;
        let after = |word: &str| {
            let first = text.get(..word.len()).filter(|first| first.eq_ignore_ascii_case(word))?;
            text.get(first.len()..).filter(|rest| rest.starts_with([' ', '\t', '"'])).map(str::trim)
        };
        if let Some(rest) = after("x-axis") {
            self.chart.x_axis = axis(rest);
        } else if let Some(rest) = after("y-axis") {
            self.chart.y_axis = axis(rest);
        } else if let Some(rest) = after("classDef") {
            let (name, look) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
            self.classes.insert(name, Look::read(look, line, problems));
        } else if let Some((n, rest)) = (1..=4).find_map(|n| Some((n, after(&format!("quadrant-{n}"))?))) {
            self.chart.names[n - 1] = words(rest);
        } else {
            self.point(line, problems)?;
        }
        Ok(())
    }

    fn point(&mut self, line: &Line<'s>, problems: &mut Vec<Problem>) -> Result<(), Problem> {
        let wrong = || Problem::error(line.range.clone(), "this is no point").help("as in `Name: [0.3, 0.6]`");
        let (before, rest) = line.text.rsplit_once('[').ok_or_else(wrong)?;
        let (place, look) = rest.split_once(']').ok_or_else(wrong)?;
        let name = before.trim_end().strip_suffix(':').ok_or_else(wrong)?;
        let (name, class) = match name.rsplit_once(":::") {
            Some((name, class)) => (name, Some(class.trim())),
            None => (name, None),
        };
        let (x, y) = place.split_once(',').ok_or_else(wrong)?;
        let within = |text: &str| body::number(text).filter(|n| (0.0..=1.0).contains(n));
        let (Some(x), Some(y)) = (within(x), within(y)) else {
            return Err(
                Problem::error(line.range.clone(), "a point stands between 0 and 1").help("as in `Name: [0.3, 0.6]`")
            );
        };
        let label = words(name);
        if label.is_empty() {
            return Err(wrong());
        }
        if let Some(class) = class {
            self.classed.push((self.chart.points.len(), class));
        }
        let look = Look::read(look, line, problems);
        self.chart.points.push(Spot { label, x: single(x), y: single(y), look });
        Ok(())
    }
}

/// Words, in quotes or not.
fn words(text: &str) -> Label {
    let text = text.trim();
    body::quoted(text, false).filter(|(_, rest)| rest.trim().is_empty()).map_or_else(|| Label::words(text), |(l, _)| l)
}

/// The two ends of an axis: `low --> high`.
fn axis(text: &str) -> [Label; 2] {
    let Some(arrow) = text.find("-->") else { return [words(text), Label::default()] };
    let (low, high) = (text[..arrow].trim_end_matches('-'), &text[arrow + 3..]);
    if high.trim().is_empty() {
        return [words(&format!("{} →", body::unquoted(low.trim()))), Label::default()];
    }
    [words(low), words(high)]
}

impl Look {
    /// Reads `radius: 12, color: #ff3300, stroke-color: #10f0f0, stroke-width: 5px`.
    fn read(text: &str, line: &Line<'_>, problems: &mut Vec<Problem>) -> Look {
        let mut look = Look::default();
        for part in text.split(',').filter(|part| !part.trim().is_empty()) {
            let (name, value) = part.split_once(':').unwrap_or((part, ""));
            let value = value.trim();
            let pixels = |most: f64| {
                let number = body::number(value.trim_end_matches("px"));
                number.filter(|n| *n >= 0.0).map(|n| single(n.min(most)))
            };
            let done = match name.trim() {
                "radius" => {
                    look.radius = pixels(50.0);
                    look.radius.is_some()
                }
                "color" => {
                    look.colour = Colour::known(value);
                    look.colour.is_some()
                }
                "stroke-color" => {
                    look.stroke = Colour::known(value);
                    look.stroke.is_some()
                }
                "stroke-width" => {
                    look.stroke_width = pixels(12.0);
                    look.stroke_width.is_some()
                }
                _ => false,
            };
            if !done {
                problems.push(
                    Problem::warning(line.range.clone(), format!("`{}` is not understood", part.trim()))
                        .help("a point has `radius`, `color`, `stroke-color` and `stroke-width`"),
                );
            }
        }
        look
    }

    /// Takes from another what this one does not say.
    fn fill_from(&mut self, other: &Look) {
        self.radius = self.radius.or(other.radius);
        self.stroke_width = self.stroke_width.or(other.stroke_width);
        self.colour = self.colour.take().or_else(|| other.colour.clone());
        self.stroke = self.stroke.take().or_else(|| other.stroke.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn chart(source: &str) -> Outcome<Quadrants> {
        read(source, &preamble(source))
    }

    #[test]
    fn axes_quadrants_and_points() {
        let source = "quadrantChart\n title 选型\n x-axis 低 --> \"高 ❤\"\n Y-Axis Easy -->\n quadrant-1 先做\n quadrant-3 不做\n A b: [0.3, 1]; C:::hot: [0, .25] radius: 9\n classDef hot color: #f00, radius: 20\n";
        let Outcome { value, problems } = chart(source);
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(value.x_axis.each_ref().map(Label::spoken), ["低", "高 ❤"]);
        assert_eq!(value.y_axis.each_ref().map(Label::spoken), ["Easy →", ""]);
        assert_eq!(value.names.each_ref().map(Label::spoken), ["先做", "", "不做", ""]);
        let points: Vec<(String, f32, f32, Option<f32>)> =
            value.points.iter().map(|p| (p.label.spoken(), p.x, p.y, p.look.radius)).collect();
        assert_eq!(points, [("A b".into(), 0.3, 1.0, None), ("C".into(), 0.0, 0.25, Some(9.0))]);
        assert_eq!(value.points[1].look.colour.as_ref().map(Colour::as_str), Some("#f00"));
    }

    #[test]
    fn points_outside_and_unknown_looks_are_told() {
        let source = "quadrantChart\n a: [2, 0]\n b\n c: [0.1, 0.1] shape: round\n d: [0.1 0.2]";
        let told: Vec<&str> = chart(source).problems.iter().map(|p| &source[p.range.clone()]).collect();
        assert_eq!(told, ["a: [2, 0]", "b", "c: [0.1, 0.1] shape: round", "d: [0.1 0.2]"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "([a-c点]{1,3}(:::x)?: \\[[01](\\.[0-9])?, ?[01]\\]( radius: [0-9]{1,3})?\\n|[ -~]{0,20}\\n){0,6}") {
            let value = chart(&format!("quadrantChart\n{text}")).value;
            prop_assert!(value.points.iter().all(|p| (0.0..=1.0).contains(&p.x) && (0.0..=1.0).contains(&p.y)));
        }
    }
}
