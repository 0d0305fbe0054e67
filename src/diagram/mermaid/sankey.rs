//! Flows: how much of something goes from where to where.
//!
//! Records of three fields, `from,to,amount`, as RFC 4180 writes them: a field in quotes may hold commas and line ends,
//! and two quotes for one. Empty lines and comments may stand between them.

use super::Preamble;
use super::body::Heading;
use super::cursor::Cursor;
use super::label::Label;
use super::settings::Settings;
use crate::diagram::{Outcome, Problem};
use std::collections::HashMap;
use std::ops::Range;

/// An amount that goes from one node to another; indices into [`Sankey::nodes`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Flow {
    /// Where it comes from.
    pub from: usize,
    /// Where it goes.
    pub to: usize,
    /// How much; at least 0.
    pub amount: f64,
}

/// In which column a node stands that has some freedom.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alignment {
    /// As far to the left as its sources let it, but what leads nowhere stands on the right.
    #[default]
    Justify,
    /// As far to the left as its sources let it.
    Left,
    /// As far to the right as its targets let it.
    Right,
    /// Beside what it leads to, if nothing leads to it.
    Center,
}

/// A diagram of flows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sankey {
    /// What it is called.
    pub heading: Heading,
    /// What flows come from and go to, in the order they are first named.
    pub nodes: Vec<Label>,
    /// The flows, in order. They go in no circle.
    pub flows: Vec<Flow>,
    /// Whether amounts are shown beside the names, and what stands around them.
    pub values: Option<(String, String)>,
    /// Which columns nodes stand in.
    pub alignment: Alignment,
    /// Whether a flow has the colour of where it goes.
    pub colour_of_target: bool,
}

/// Past this many flows nobody follows one.
const MOST: usize = 2000;

/// Reads a diagram of flows.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<Sankey> {
    let settings = Settings::read(source, preamble);
    let text = |path: &str| settings.text(path).unwrap_or_default().to_owned();
    let mut sankey = Sankey {
        heading: Heading::of(preamble),
        values: settings
            .truth("sankey.showValues")
            .unwrap_or(true)
            .then(|| (text("sankey.prefix"), text("sankey.suffix"))),
        alignment: match settings.text("sankey.nodeAlignment") {
            Some("left") => Alignment::Left,
            Some("right") => Alignment::Right,
            Some("center") => Alignment::Center,
            _ => Alignment::Justify,
        },
        colour_of_target: settings.text("sankey.linkColor") == Some("target"),
        ..Sankey::default()
    };
    let mut problems = Vec::new();
    let mut known: HashMap<String, usize> = HashMap::new();
    let mut cursor = Cursor::new(source, preamble.word.end);
    while let Some((fields, range)) = record(&mut cursor) {
        if sankey.flows.len() >= MOST {
            problems.push(Problem::error(range, format!("there are more than {MOST} flows")));
            break;
        }
        match flow(&fields, &range) {
            Ok((from, to, amount)) => {
                let mut node = |name: &str| {
                    let nodes = &mut sankey.nodes;
                    *known.entry(name.to_owned()).or_insert_with(|| {
                        nodes.push(Label::words(name));
                        nodes.len() - 1
                    })
                };
                let (from, to) = (node(from), node(to));
                sankey.flows.push(Flow { from, to, amount });
                if from == to {
                    problems.push(Problem::error(range, "a flow cannot end where it begins"));
                }
            }
            Err(problem) => problems.push(problem),
        }
    }
    if sankey.flows.is_empty() && problems.is_empty() {
        problems.push(Problem::error(preamble.word.clone(), "there is no flow").help("as in `Coal,Electricity,25`"));
    }
    if problems.is_empty()
        && let Some(node) = in_circle(&sankey)
    {
        let name = sankey.nodes.get(node).map(Label::spoken).unwrap_or_default();
        problems.push(Problem::error(preamble.word.clone(), format!("what flows through `{name}` comes back to it")));
    }
    Outcome { value: sankey, problems }
}

fn flow<'f>(fields: &'f [String], range: &Range<usize>) -> Result<(&'f str, &'f str, f64), Problem> {
    let [from, to, amount] = fields else {
        let message = format!("a flow has 3 fields, here are {}", fields.len());
        return Err(
            Problem::error(range.clone(), message).help("as in `Coal,Electricity,25`; quote a field with a comma")
        );
    };
    let amount = super::body::number(amount).filter(|a| *a >= 0.0);
    let amount = amount.ok_or_else(|| Problem::error(range.clone(), "the third field is no amount"))?;
    Ok((from.trim(), to.trim(), amount))
}

/// The next record that is neither empty nor a comment, and where it stands.
fn record(cursor: &mut Cursor<'_>) -> Option<(Vec<String>, Range<usize>)> {
    loop {
        cursor.take_while(char::is_whitespace);
        if cursor.is_done() {
            return None;
        }
        if !cursor.rest().starts_with("%%") {
            break;
        }
        cursor.to_line_end();
    }
    let start = cursor.at();
    let mut fields = Vec::new();
    loop {
        cursor.blanks();
        let field = match cursor.eat("\"").then(|| in_quotes(cursor)) {
            Some(field) => {
                // What stands behind the quotes belongs to no field.
                cursor.take_while(|c| c != ',' && c != '\n');
                field
            }
            None => cursor.take_while(|c| c != ',' && c != '\n').trim_end().to_owned(),
        };
        fields.push(field);
        if !cursor.eat(",") {
            break;
        }
    }
    let range = cursor.since(start);
    let text = cursor.source().get(range.clone()).unwrap_or_default();
    Some((fields, start..start + text.trim_end().len()))
}

/// A field up to its closing quote, which is gone over.
fn in_quotes(cursor: &mut Cursor<'_>) -> String {
    let mut field = String::new();
    loop {
        field.push_str(cursor.take_while(|c| c != '"'));
        if cursor.eat("\"\"") {
            field.push('"');
        } else {
            cursor.eat("\"");
            return field;
        }
    }
}

/// A node that what leaves it comes back to, if there is one (Kahn's algorithm: who is never free of sources).
fn in_circle(sankey: &Sankey) -> Option<usize> {
    let mut sources = vec![0_usize; sankey.nodes.len()];
    let mut targets: Vec<Vec<usize>> = vec![Vec::new(); sankey.nodes.len()];
    for flow in &sankey.flows {
        sources[flow.to] += 1;
        targets[flow.from].push(flow.to);
    }
    let mut free: Vec<usize> = (0..sources.len()).filter(|n| sources[*n] == 0).collect();
    while let Some(node) = free.pop() {
        for to in &targets[node] {
            sources[*to] -= 1;
            if sources[*to] == 0 {
                free.push(*to);
            }
        }
    }
    sources.iter().position(|left| *left > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn sankey(source: &str) -> Outcome<Sankey> {
        read(source, &preamble(source))
    }

    #[test]
    fn records_are_those_of_csv() {
        let source = "sankey-beta\n\n%% from,to,amount\nPumped heat,\"Heating, \"\"homes\"\"\",193.026\n\n \"Pumped heat\" , 供暖 , 70\n";
        let Outcome { value, problems } = sankey(source);
        assert!(problems.is_empty(), "{problems:?}");
        let names: Vec<String> = value.nodes.iter().map(Label::spoken).collect();
        assert_eq!(names, ["Pumped heat", "Heating, \"homes\"", "供暖"]);
        assert_eq!(value.flows, [Flow { from: 0, to: 1, amount: 193.026 }, Flow { from: 0, to: 2, amount: 70.0 }]);
    }

    #[test]
    fn mistakes_are_told_with_their_record() {
        let source = "sankey\na,b\na,b,c\na,b,-1\na,a,1\na,b,1";
        let told: Vec<&str> = sankey(source).problems.iter().map(|p| &source[p.range.clone()]).collect();
        assert_eq!(told, ["a,b", "a,b,c", "a,b,-1", "a,a,1"]);
        assert_eq!(sankey("sankey\na,b,1\nb,c,1\nc,a,1").problems.len(), 1, "a circle");
    }

    proptest! {
        #[test]
        fn any_text_is_read(text in "[a-c,\"\\n 0-9流%]{0,80}") {
            let value = sankey(&format!("sankey\n{text}")).value;
            prop_assert!(value.flows.iter().all(|f| f.from < value.nodes.len() && f.to < value.nodes.len()));
        }
    }
}
