//! Values of front matter, YAML or TOML, with the place of each.
//!
//! YAML comes as events from saphyr-parser, so that depth and size are bounded here and an alias cannot multiply
//! itself; a scalar keeps its text, so that `title: 1.30` stays `1.30`.

use saphyr_parser::{Event, Parser, ScalarStyle};
use serde::Serialize;
use serde::ser::{SerializeMap, SerializeSeq};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// A value and where it stands (bytes of the text that was parsed).
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// Where.
    pub range: Range<usize>,
    /// What.
    pub data: Data,
}

/// What a value holds.
#[derive(Clone, Debug, PartialEq)]
pub enum Data {
    /// A single thing.
    Scalar(Scalar),
    /// A list.
    List(Vec<Value>),
    /// Names and values in the order written.
    Map(Vec<(String, Range<usize>, Value)>),
}

/// A single thing, as written.
#[derive(Clone, Debug, PartialEq)]
pub enum Scalar {
    /// Nothing.
    Null,
    /// Text, or a date.
    Text(String),
    /// Something that a plain YAML or TOML word can also mean; the text is kept.
    Word(String),
}

/// Why a text has no value.
#[derive(Clone, Debug, PartialEq)]
pub struct Fault {
    /// What is wrong.
    pub message: String,
    /// Where.
    pub range: Range<usize>,
}

/// Nesting that no front matter needs.
const DEEPEST: usize = 32;
/// Values that no front matter needs.
const MOST: usize = 10_000;

impl Value {
    /// The text of a scalar.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(Scalar::Text(text) | Scalar::Word(text)) => Some(text),
            _ => None,
        }
    }

    /// The truth of a scalar.
    #[must_use]
    pub fn truth(&self) -> Option<bool> {
        match &self.data {
            Data::Scalar(Scalar::Word(word)) => match word.as_str() {
                "true" | "True" | "TRUE" => Some(true),
                "false" | "False" | "FALSE" => Some(false),
                _ => None,
            },
            _ => None,
        }
    }

    /// In words, for messages.
    #[must_use]
    pub fn describe(&self) -> &'static str {
        match &self.data {
            Data::Scalar(Scalar::Null) => "nothing",
            Data::Scalar(Scalar::Word(_)) if self.truth().is_some() => "true or false",
            Data::Scalar(Scalar::Text(_)) => "text",
            Data::Scalar(Scalar::Word(_)) => "a word",
            Data::List(_) => "a list",
            Data::Map(_) => "a table",
        }
    }
}

impl Serialize for Value {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.data {
            Data::Scalar(Scalar::Null) => serializer.serialize_none(),
            Data::Scalar(Scalar::Text(text)) => serializer.serialize_str(text),
            Data::Scalar(Scalar::Word(word)) => match (self.truth(), word.parse::<i64>(), word.parse::<f64>()) {
                (Some(truth), _, _) => serializer.serialize_bool(truth),
                (_, Ok(whole), _) => serializer.serialize_i64(whole),
                (_, _, Ok(number)) if number.is_finite() => serializer.serialize_f64(number),
                _ => serializer.serialize_str(word),
            },
            Data::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Data::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (name, _, value) in entries {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

/// The value of a YAML document; `None` if it is empty.
///
/// # Errors
/// What is wrong with the text, and where: syntax, an alias, a key that is not text, too deep, too large.
pub fn yaml(text: &str) -> Result<Option<Value>, Fault> {
    let starts: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    let byte = |chars: usize| starts.get(chars).copied().unwrap_or(text.len());
    let mut open: Vec<Open> = Vec::new();
    let mut count = 0;
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|e| {
            let at = byte(e.marker().index());
            Fault { message: e.info().to_owned(), range: at..(at + 1).min(text.len()).max(at) }
        })?;
        let range = byte(span.start.index())..byte(span.end.index());
        let fault = |message: &str| Err(Fault { message: message.to_owned(), range: range.clone() });
        count += 1;
        if count > MOST {
            return fault("front matter has too many values");
        }
        let done = match event {
            Event::Scalar(text, style, ..) => {
                Some(Value { range, data: Data::Scalar(yaml_scalar(text.into(), style)) })
            }
            Event::SequenceStart(..) | Event::MappingStart(..) if open.len() >= DEEPEST => {
                return fault("front matter is nested too deeply");
            }
            Event::SequenceStart(..) => {
                open.push(Open { start: range.start, data: Data::List(Vec::new()), key: None });
                None
            }
            Event::MappingStart(..) => {
                open.push(Open { start: range.start, data: Data::Map(Vec::new()), key: None });
                None
            }
            Event::SequenceEnd | Event::MappingEnd => {
                open.pop().map(|o| Value { range: o.start..range.end.max(o.start), data: o.data })
            }
            Event::Alias(_) => return fault("aliases are not understood in front matter"),
            _ => None,
        };
        let Some(value) = done else { continue };
        match open.last_mut() {
            None => return Ok((value.data != Data::Scalar(Scalar::Null)).then_some(value)),
            Some(parent) => parent.add(value)?,
        }
    }
    Ok(None)
}

struct Open {
    start: usize,
    data: Data,
    key: Option<(String, Range<usize>)>,
}

impl Open {
    fn add(&mut self, value: Value) -> Result<(), Fault> {
        match &mut self.data {
            Data::List(items) => items.push(value),
            Data::Map(entries) => match self.key.take() {
                Some((name, range)) => {
                    if entries.iter().any(|(n, ..)| *n == name) {
                        return Err(Fault { message: format!("`{name}` is set twice"), range });
                    }
                    entries.push((name, range, value));
                }
                None => match value.text() {
                    Some(name) => self.key = Some((name.to_owned(), value.range.clone())),
                    None => return Err(Fault { message: "a key must be text".to_owned(), range: value.range }),
                },
            },
            Data::Scalar(_) => {}
        }
        Ok(())
    }
}

fn yaml_scalar(text: String, style: ScalarStyle) -> Scalar {
    match (style, text.as_str()) {
        (ScalarStyle::Plain, "" | "~" | "null" | "Null" | "NULL") => Scalar::Null,
        (ScalarStyle::Plain, _) => Scalar::Word(text),
        _ => Scalar::Text(text),
    }
}

/// The value of a TOML document.
///
/// # Errors
/// The first thing that is wrong with the text.
pub fn toml(text: &str) -> Result<Option<Value>, Fault> {
    let table =
        DeTable::parse(text).map_err(|e| Fault { message: e.message().to_owned(), range: e.span().unwrap_or(0..0) })?;
    let range = table.span();
    Ok(Some(from_toml_table(table.into_inner(), range)))
}

fn from_toml_table(table: DeTable<'_>, range: Range<usize>) -> Value {
    let mut entries: Vec<(String, Range<usize>, Value)> =
        table.into_iter().map(|(k, v)| (k.get_ref().to_string(), k.span(), from_toml(v))).collect();
    // The parser sorts by name; the author's order is that of the text.
    entries.sort_by_key(|(_, range, _)| range.start);
    Value { range, data: Data::Map(entries) }
}

/// Depth is bounded by the TOML parser, which refuses more than 80 levels.
fn from_toml(value: Spanned<DeValue<'_>>) -> Value {
    let range = value.span();
    let scalar = |s: Scalar| Value { range: range.clone(), data: Data::Scalar(s) };
    match value.into_inner() {
        DeValue::String(text) => scalar(Scalar::Text(text.into_owned())),
        DeValue::Integer(whole) => scalar(Scalar::Word(whole.to_string())),
        DeValue::Float(number) => scalar(Scalar::Word(number.to_string())),
        DeValue::Boolean(truth) => scalar(Scalar::Word(truth.to_string())),
        DeValue::Datetime(date) => scalar(Scalar::Text(date.to_string())),
        DeValue::Array(items) => Value { range, data: Data::List(items.into_iter().map(from_toml).collect()) },
        DeValue::Table(table) => from_toml_table(table, range),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yaml_keeps_the_text_of_numbers_and_the_place_of_values() {
        let value = yaml("标题: 1.30\ntags: [a, b]\n").expect("valid").expect("not empty");
        let Data::Map(entries) = &value.data else { panic!("a map") };
        assert_eq!(entries[0].2.text(), Some("1.30"));
        assert_eq!(entries[0].2.range, 8..12);
        assert_eq!(serde_json::to_string(&value).expect("plain"), r#"{"标题":1.3,"tags":["a","b"]}"#);
    }

    #[test]
    fn an_alias_cannot_multiply_itself() {
        let fault = yaml("a: &x [1]\nb: [*x, *x]\n").expect_err("no aliases");
        assert!(fault.message.contains("aliases"), "{}", fault.message);
    }

    #[test]
    fn depth_is_bounded() {
        let fault = yaml(&"[".repeat(100_000)).expect_err("too deep");
        assert!(!fault.message.is_empty());
    }

    #[test]
    fn toml_keeps_the_order_of_the_text() {
        let value = toml("z = 1\na = 2024-01-02\n").expect("valid").expect("not empty");
        assert_eq!(serde_json::to_string(&value).expect("plain"), r#"{"z":1,"a":"2024-01-02"}"#);
    }
}
