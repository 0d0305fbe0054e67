//! Mind maps: a tree by indentation.
//!
//! In: a text. Out: a [`MindMap`]; the first node is the root, every other one has a parent before it. A node is an id
//! and a shape (`id[square]`, `id(rounded)`, `id((circle))`, `id))bang((`, `id)cloud(`, `id{{hexagon}}`) or plain words;
//! `::icon(…)` and `:::class` lines are accepted and left out.

use super::Preamble;
use super::label::Label;
use crate::diagram::{Outcome, Problem, Weight};

/// The outline of a node.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Outline {
    /// Plain words.
    #[default]
    Default,
    /// `[…]`
    Square,
    /// `(…)`
    Rounded,
    /// `((…))`
    Circle,
    /// `))…((`
    Bang,
    /// `)…(`
    Cloud,
    /// `{{…}}`
    Hexagon,
}

/// A node of a mind map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Topic {
    /// What it says.
    pub label: Label,
    /// Its outline.
    pub outline: Outline,
    /// The node it hangs on, one that stands before it; `None` for the root.
    pub parent: Option<u32>,
    /// An address, where its maker knows one.
    pub href: Option<String>,
}

/// A mind map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MindMap {
    /// Its nodes, the root first.
    pub topics: Vec<Topic>,
    /// Its title.
    pub title: Option<String>,
}

/// Past this many nodes nothing can be found in a map.
const MOST: usize = 3000;

/// Outlines by the marks around the words, the longer ones first.
const OUTLINES: [(&str, &str, Outline); 6] = [
    ("((", "))", Outline::Circle),
    ("))", "((", Outline::Bang),
    ("{{", "}}", Outline::Hexagon),
    ("[", "]", Outline::Square),
    ("(", ")", Outline::Rounded),
    (")", "(", Outline::Cloud),
];

/// Reads a mind map.
#[must_use]
pub fn read(source: &str, preamble: &Preamble) -> Outcome<MindMap> {
    let mut map = MindMap { topics: Vec::new(), title: preamble.title.clone() };
    let mut problems = Vec::new();
    // The open branch: how far each node on it is indented.
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut at = preamble.word.end;
    let mut rest = &source[at..];
    while !rest.is_empty() {
        let (line, length) = logical_line(rest);
        let words = line.trim();
        let start = at + (line.len() - line.trim_start().len());
        let indent = if at == preamble.word.end { 0 } else { columns(line) };
        at += length;
        rest = &rest[length..];
        if words.is_empty() || words.starts_with("%%") || words.starts_with("::icon(") || words.starts_with(":::") {
            continue;
        }
        while open.last().is_some_and(|(depth, _)| *depth >= indent) {
            open.pop();
        }
        let parent = open.last().map(|(_, topic)| *topic);
        if parent.is_none() && !map.topics.is_empty() {
            problems.push(Problem {
                weight: Weight::Error,
                range: start..start + words.len(),
                message: "a mind map has one root, and this line stands beside it".to_owned(),
                help: Some("indent it below the root"),
            });
            break;
        }
        if map.topics.len() >= MOST {
            let message = format!("a mind map has at most {MOST} nodes");
            problems.push(Problem { weight: Weight::Warning, range: start..start + words.len(), message, help: None });
            break;
        }
        open.push((indent, u32::try_from(map.topics.len()).unwrap_or(u32::MAX)));
        let (label, outline) = node(words);
        map.topics.push(Topic { label, outline, parent, href: None });
    }
    if map.topics.is_empty() && problems.is_empty() {
        problems.push(Problem {
            weight: Weight::Error,
            range: preamble.word.clone(),
            message: "the mind map has no root".to_owned(),
            help: Some("the first line below `mindmap` is its root"),
        });
    }
    Outcome { value: map, problems }
}

/// A line, and how many bytes it takes; words in quotes may run over several.
fn logical_line(rest: &str) -> (&str, usize) {
    let mut quoted = false;
    for (at, c) in rest.char_indices() {
        match c {
            '"' => quoted = !quoted,
            '\n' if !quoted => return (&rest[..at], at + 1),
            _ => {}
        }
    }
    if quoted {
        let end = rest.find('\n').unwrap_or(rest.len());
        return (&rest[..end], (end + 1).min(rest.len()));
    }
    (rest, rest.len())
}

/// How far a line is indented; a tab counts as much as four blanks.
fn columns(line: &str) -> usize {
    line.chars().take_while(|c| c.is_whitespace()).map(|c| if c == '\t' { 4 } else { 1 }).sum()
}

fn node(words: &str) -> (Label, Outline) {
    let words = words.split(" %%").next().unwrap_or(words).trim_end();
    for (opens, closes, outline) in OUTLINES {
        let Some(inner) = words.strip_suffix(closes) else { continue };
        let Some((id, text)) = inner.split_once(opens) else { continue };
        // `a (b` is words; an id has no blank and no other mark.
        if !id.contains(|c: char| c.is_whitespace() || "()[]{}\"".contains(c)) && !text.is_empty() {
            return (Label::read(text), outline);
        }
    }
    (Label::read(words), Outline::Default)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::mermaid::preamble;
    use proptest::prelude::*;

    fn shown(source: &str) -> Vec<(String, Option<u32>, Outline)> {
        let map = read(source, &preamble(source)).value;
        map.topics.iter().map(|t| (t.label.spoken(), t.parent, t.outline)).collect()
    }

    #[test]
    fn indentation_is_the_tree() {
        let map = shown(
            "mindmap\n  root((根))\n    A[甲]\n      A1\n      ::icon(fa fa-book)\n    B)云(\n     C{{六}}\n    D))响((\n",
        );
        let said: Vec<(&str, Option<u32>)> = map.iter().map(|(t, p, _)| (t.as_str(), *p)).collect();
        assert_eq!(
            said,
            [("根", None), ("甲", Some(0)), ("A1", Some(1)), ("云", Some(0)), ("六", Some(3)), ("响", Some(0))]
        );
        assert_eq!(map[0].2, Outline::Circle);
        assert_eq!(map[3].2, Outline::Cloud);
        assert_eq!(map[5].2, Outline::Bang);
    }

    #[test]
    fn words_in_quotes_may_hold_anything() {
        let map = shown("mindmap\n id1[\"`**Root** with\na second line`\"]\n  b[\"a (b) c\"]\n");
        assert_eq!(map[0].0, "Root with a second line");
        assert_eq!(map[1].0, "a (b) c");
    }

    #[test]
    fn a_second_root_is_an_error() {
        let source = "mindmap\n a\n b\n";
        let read = read(source, &preamble(source));
        assert_eq!(&source[read.problems[0].range.clone()], "b");
    }

    proptest! {
        #[test]
        fn any_text_is_read_and_parents_come_first(text in "[ \\t\\na-c甲()\\[\\]{}\":%`]{0,120}") {
            let source = format!("mindmap\n{text}");
            let map = read(&source, &preamble(&source)).value;
            for (at, topic) in map.topics.iter().enumerate() {
                prop_assert_eq!(topic.parent.is_none(), at == 0);
                prop_assert!(topic.parent.is_none_or(|p| (p as usize) < at));
            }
        }
    }
}
