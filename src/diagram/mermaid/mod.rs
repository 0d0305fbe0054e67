//! Mermaid's language: which kind of diagram a text is, and what stands before it.
//!
//! Each kind has a module that reads it; [`cursor`] and [`label`] are what they share.

mod address;
pub mod architecture;
pub mod block;
mod body;
pub mod c4;
pub mod class;
pub mod cursor;
mod draft;
pub mod entities;
pub mod flowchart;
pub mod gantt;
mod generic;
pub mod git;
pub mod journey;
pub mod kanban;
pub mod label;
pub mod mindmap;
pub mod packet;
pub mod pie;
pub mod quadrant;
pub mod radar;
pub mod requirements;
pub mod sankey;
pub mod sequence;
mod settings;
pub mod state;
pub mod timeline;
pub mod treemap;
pub mod xychart;

pub use body::Heading;

use super::{Problem, Weight};
use std::ops::Range;

/// The kinds of diagram that mermaid 11 knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `architecture-beta`
    Architecture,
    /// `block`, `block-beta`
    Block,
    /// `flowchart`, `graph`
    Flowchart,
    /// `gantt`
    Gantt,
    /// `gitGraph`
    Git,
    /// `journey`
    Journey,
    /// `kanban`
    Kanban,
    /// `mindmap`
    MindMap,
    /// `sequenceDiagram`
    Sequence,
    /// `stateDiagram`, `stateDiagram-v2`
    State,
    /// `timeline`
    Timeline,
    /// `classDiagram`, `classDiagram-v2`
    Class,
    /// `erDiagram`
    Entities,
    /// `requirementDiagram`
    Requirements,
    /// `C4Context`, `C4Container`, `C4Component`, `C4Dynamic`, `C4Deployment`
    C4,
    /// `pie`
    Pie,
    /// `quadrantChart`
    Quadrant,
    /// `xychart`
    XyChart,
    /// `radar-beta`
    Radar,
    /// `treemap`
    Treemap,
    /// `sankey`
    Sankey,
    /// `packet`
    Packet,
    /// A kind that is not drawn; its first word.
    Other(&'static str),
}

/// First words of the other kinds.
const OTHERS: &[&str] = &[
    "zenuml",
    "wardley-beta",
    "wardley",
    "venn-beta",
    "venn",
    "treeView-beta",
    "treeView",
    "eventmodeling",
    "ishikawa-beta",
    "ishikawa",
    "swimlane-beta",
    "info",
];

/// What stands before a diagram, and its first word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Preamble {
    /// The kind; `None` if the first word is not known.
    pub kind: Option<Kind>,
    /// The first word.
    pub word: Range<usize>,
    /// `title` of the front matter.
    pub title: Option<String>,
}

/// Reads front matter, comments and directives up to the first word.
#[must_use]
pub fn preamble(source: &str) -> Preamble {
    let mut preamble = Preamble::default();
    let mut at = 0;
    let trimmed = source.trim_start();
    if let Some(inside) = trimmed.strip_prefix("---")
        && let Some(end) = inside.find("\n---")
    {
        let titled = inside[..end].lines().find_map(|line| line.trim_start().strip_prefix("title:"));
        preamble.title = titled.map(|title| title.trim().trim_matches('"').to_owned());
        let after = source.len() - inside.len() + end + "\n---".len();
        at = source[after..].find('\n').map_or(source.len(), |n| after + n);
    }
    loop {
        let rest = &source[at..];
        at += rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == ';').len();
        let rest = &source[at..];
        if rest.starts_with("%%{") {
            at += rest.find("}%%").map_or(rest.len(), |end| end + 3);
        } else if rest.starts_with("%%") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else {
            break;
        }
    }
    let rest = &source[at..];
    let length = rest.find(|c: char| c.is_whitespace() || matches!(c, ';' | ':' | '{')).unwrap_or(rest.len());
    preamble.word = at..at + length;
    let word = &rest[..length];
    preamble.kind = match word {
        "graph" | "flowchart" | "flowchart-elk" => Some(Kind::Flowchart),
        "architecture-beta" | "architecture" => Some(Kind::Architecture),
        "block" | "block-beta" => Some(Kind::Block),
        "gantt" => Some(Kind::Gantt),
        "gitGraph" => Some(Kind::Git),
        "journey" => Some(Kind::Journey),
        "kanban" => Some(Kind::Kanban),
        "mindmap" => Some(Kind::MindMap),
        "sequenceDiagram" => Some(Kind::Sequence),
        "timeline" => Some(Kind::Timeline),
        "stateDiagram" | "stateDiagram-v2" => Some(Kind::State),
        "classDiagram" | "classDiagram-v2" => Some(Kind::Class),
        "erDiagram" => Some(Kind::Entities),
        "requirement" | "requirementDiagram" => Some(Kind::Requirements),
        "C4Context" | "C4Container" | "C4Component" | "C4Dynamic" | "C4Deployment" => Some(Kind::C4),
        "pie" => Some(Kind::Pie),
        "quadrantChart" => Some(Kind::Quadrant),
        "xychart" | "xychart-beta" => Some(Kind::XyChart),
        "radar-beta" => Some(Kind::Radar),
        "treemap" | "treemap-beta" => Some(Kind::Treemap),
        "sankey" | "sankey-beta" => Some(Kind::Sankey),
        "packet" | "packet-beta" => Some(Kind::Packet),
        _ => OTHERS.iter().find(|o| **o == word).map(|o| Kind::Other(o)),
    };
    preamble
}

/// A first word that no kind has.
#[must_use]
pub fn unknown(source: &str, preamble: &Preamble) -> Problem {
    let word = &source[preamble.word.clone()];
    let message = if word.is_empty() {
        "the diagram is empty".to_owned()
    } else {
        format!("no kind of diagram is called `{word}`")
    };
    Problem {
        weight: Weight::Error,
        range: preamble.word.clone(),
        message,
        help: Some("a diagram begins with its kind, such as `flowchart LR`"),
    }
}

/// A kind that is known but not drawn.
#[must_use]
pub fn not_drawn(kind: Kind, preamble: &Preamble) -> Problem {
    let word = match kind {
        Kind::Architecture => "architecture-beta",
        Kind::Block => "block",
        Kind::Flowchart => "flowchart",
        Kind::Gantt => "gantt",
        Kind::Git => "gitGraph",
        Kind::Journey => "journey",
        Kind::Kanban => "kanban",
        Kind::MindMap => "mindmap",
        Kind::Sequence => "sequenceDiagram",
        Kind::State => "stateDiagram",
        Kind::Timeline => "timeline",
        Kind::Class => "classDiagram",
        Kind::Entities => "erDiagram",
        Kind::Requirements => "requirementDiagram",
        Kind::C4 => "C4Context",
        Kind::Pie => "pie",
        Kind::Quadrant => "quadrantChart",
        Kind::XyChart => "xychart",
        Kind::Radar => "radar",
        Kind::Treemap => "treemap",
        Kind::Sankey => "sankey",
        Kind::Packet => "packet",
        Kind::Other(word) => word,
    };
    let message = format!("`{word}` is not drawn yet; the page shows its source");
    Problem { weight: Weight::NotDrawn, range: preamble.word.clone(), message, help: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_found_behind_front_matter_and_directives() {
        let text = "---\ntitle: \"一图\"\nconfig:\n  theme: dark\n---\n%%{init: {\n}}%%\n%% comment\n\n  graph LR;";
        let found = preamble(text);
        assert_eq!((found.kind, found.title.as_deref()), (Some(Kind::Flowchart), Some("一图")));
        assert_eq!(&text[found.word], "graph");
        assert_eq!(preamble("sequenceDiagram\n A->>B: x").kind, Some(Kind::Sequence));
        assert_eq!(preamble("nonsense").kind, None);
        assert_eq!(preamble("").kind, None);
    }
}
