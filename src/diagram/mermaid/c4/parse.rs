//! What each call of a C4 diagram does.

use super::call::Arguments;
use crate::diagram::Outcome;
use crate::diagram::mermaid::Preamble;
use crate::diagram::mermaid::draft::Draft;
use crate::diagram::mermaid::flowchart::{Colour, Edge, End, Flowchart, Head, Shape, Style, Subgraph, Tone};
use crate::diagram::mermaid::label::Label;
use std::collections::HashMap;

/// Boundaries within each other; deeper ones nobody can draw.
const DEEPEST: usize = 32;

struct Reader<'s> {
    draft: Draft<'s>,
    boundaries: HashMap<&'s str, usize>,
    /// Open boundaries: where each began, its frame.
    open: Vec<(usize, usize)>,
    /// Relationships whose ends are still names, and where each stands.
    relations: Vec<(usize, &'s str, &'s str, Edge)>,
    /// Whether relationships are steps with a number.
    numbered: bool,
}

pub(super) fn read(source: &str, preamble: &Preamble) -> Outcome<Flowchart> {
    let mut reader = Reader {
        draft: Draft::new(source, preamble),
        boundaries: HashMap::new(),
        open: Vec::new(),
        relations: Vec::new(),
        numbered: source.get(preamble.word.clone()) == Some("C4Dynamic"),
    };
    while let Some(start) = reader.draft.next() {
        reader.statement(start);
    }
    reader.finish()
}

impl<'s> Reader<'s> {
    fn statement(&mut self, start: usize) {
        if self.draft.cursor.eat("}") {
            if self.open.pop().is_none() {
                self.draft.error(start, "`}` closes nothing".to_owned(), None);
            }
            return;
        }
        if self.draft.shared() {
            return;
        }
        let mut ahead = self.draft.cursor.clone();
        let word = ahead.take_while(|c| c.is_alphanumeric() || c == '_');
        let before = self.draft.cursor.clone();
        self.draft.cursor = ahead;
        if matches!(word, "title" | "accDescription") && self.draft.cursor.rest().starts_with([' ', '\t']) {
            let text = self.draft.rest_of_line().to_owned();
            let place = if word == "title" { &mut self.draft.chart.title } else { &mut self.draft.chart.description };
            *place = Some(text).filter(|text| !text.is_empty());
            return;
        }
        match Arguments::read(&mut self.draft.cursor) {
            Some(arguments) if !word.is_empty() => self.call(word, arguments, start),
            _ => {
                self.draft.cursor = before;
                self.draft.unexpected("a statement", Some("as in `Person(alias, \"name\", \"description\")`"));
            }
        }
    }

    fn call(&mut self, word: &'s str, arguments: Arguments<'s>, start: usize) {
        let (kind, is_outside) = word.strip_suffix("_Ext").map_or((word, false), |kind| (kind, true));
        match kind {
            "Person" | "System" | "SystemDb" | "SystemQueue" | "Container" | "ContainerDb" | "ContainerQueue"
            | "Component" | "ComponentDb" | "ComponentQueue" => self.element(kind, is_outside, &arguments, start),
            "Boundary"
            | "Enterprise_Boundary"
            | "System_Boundary"
            | "Container_Boundary"
            | "Deployment_Node"
            | "Node"
            | "Node_L"
            | "Node_R" => {
                self.boundary(kind, &arguments, start);
                return;
            }
            "Rel" | "Rel_U" | "Rel_Up" | "Rel_D" | "Rel_Down" | "Rel_L" | "Rel_Left" | "Rel_R" | "Rel_Right"
            | "Rel_Back" | "BiRel" => self.relation(kind, &arguments, start),
            "RelIndex" => self.relation(kind, &arguments.behind_first(), start),
            "UpdateElementStyle" => {
                let style = Style {
                    fill: Colour::known(arguments.get(1, "bgColor")),
                    colour: Colour::known(arguments.get(2, "fontColor")),
                    stroke: Colour::known(arguments.get(3, "borderColor")),
                    ..Style::default()
                };
                self.restyle(arguments.get(0, "elementName"), style);
            }
            "UpdateRelStyle" => {
                let style = Style {
                    colour: Colour::known(arguments.get(2, "textColor")),
                    stroke: Colour::known(arguments.get(3, "lineColor")),
                    ..Style::default()
                };
                let (from, to) = (arguments.get(0, "from"), arguments.get(1, "to"));
                for (_, a, b, edge) in self.relations.iter_mut().filter(|(_, a, b, _)| *a == from && *b == to) {
                    let _ = (a, b);
                    edge.style.add(&style);
                }
            }
            "UpdateLayoutConfig" => {}
            _ => self.draft.warning(start, format!("`{word}` is not known, and left out"), None),
        }
        self.draft.end_of_statement();
    }

    fn restyle(&mut self, alias: &str, style: Style) {
        if let Some(frame) = self.boundaries.get(alias) {
            self.draft.chart.subgraphs[*frame].style.add(&style);
        } else if let Some(node) = self.draft.known(alias) {
            self.draft.dress(node, style);
        }
    }

    fn element(&mut self, kind: &str, is_outside: bool, arguments: &Arguments<'s>, start: usize) {
        let alias = arguments.get(0, "alias");
        let node = self.draft.node(alias);
        let has_technology = kind.starts_with("Con") || kind.starts_with("Com");
        let technology = if has_technology { arguments.get(2, "techn") } else { "" };
        let shift = usize::from(has_technology);
        let bare = kind.trim_end_matches("Db").trim_end_matches("Queue").to_ascii_lowercase();
        let outside = if is_outside { "external " } else { "" };
        let mut label =
            Label::plain(&format!("«{outside}{bare}»")).over(Label::words(arguments.get(1, "label")).bold());
        if !technology.is_empty() {
            label = label.over(bracketed(technology));
        }
        let description = arguments.get(2 + shift, "descr");
        if !description.is_empty() {
            label = label.over(Label::words(description));
        }
        let shape = match kind {
            "Person" => Shape::Person,
            _ if kind.ends_with("Db") => Shape::Cylinder,
            _ if kind.ends_with("Queue") => Shape::LyingCylinder,
            _ => Shape::Rectangle,
        };
        let parent = self.open.last().map(|(_, frame)| *frame);
        let it = &mut self.draft.chart.nodes[node];
        (it.label, it.shape, it.parent) = (label, shape, parent);
        it.tone = if is_outside { Tone::Outside } else { Tone::Plain };
        let link = arguments.get(5 + shift, "link");
        if !link.is_empty() {
            self.draft.link(node, link, start);
        }
    }

    /// A boundary or a deployment node, with the brace that opens it.
    fn boundary(&mut self, kind: &str, arguments: &Arguments<'s>, start: usize) {
        let (alias, name) = (arguments.get(0, "alias"), arguments.get(1, "label"));
        let is_node = kind.contains("Node");
        let what = match kind {
            "Enterprise_Boundary" => "enterprise",
            "System_Boundary" => "system",
            "Container_Boundary" => "container",
            _ => arguments.get(2, "type"),
        };
        let mut ahead = self.draft.cursor.clone();
        ahead.take_while(char::is_whitespace);
        let opens = ahead.eat("{");
        if !opens && !is_node {
            self.draft.cursor.blanks();
            self.draft.unexpected("`{` behind a boundary", Some("what lies in it stands in braces"));
            return;
        }
        let mut label = Label::words(name);
        if !what.is_empty() {
            label = label.over(bracketed(what));
        }
        let parent = self.open.last().map(|(_, frame)| *frame);
        if self.open.len() >= DEEPEST {
            self.draft.error(start, "this boundary lies too deep".to_owned(), None);
        }
        let style = Style { dashed: !is_node, ..Style::default() };
        let frame = self.draft.chart.subgraphs.len();
        self.draft.chart.subgraphs.push(Subgraph { id: alias.to_owned(), label, parent, style, ..Subgraph::default() });
        self.boundaries.entry(alias).or_insert(frame);
        if opens {
            self.draft.cursor = ahead;
            self.open.push((start, frame));
        } else {
            self.draft.end_of_statement();
        }
    }

    fn relation(&mut self, kind: &str, arguments: &Arguments<'s>, start: usize) {
        let (from, to) = (arguments.get(0, "from"), arguments.get(1, "to"));
        let mut words = arguments.get(2, "label").to_owned();
        if self.numbered {
            words = format!("{}: {words}", self.relations.len() + 1);
        }
        let mut label = Label::words(&words);
        let technology = arguments.get(3, "techn");
        if !technology.is_empty() {
            label = label.over(bracketed(technology));
        }
        let (start_head, end_head) = match kind {
            "BiRel" => (Head::Arrow, Head::Arrow),
            "Rel_Back" => (Head::Arrow, Head::None),
            _ => (Head::None, Head::Arrow),
        };
        let edge = Edge { start: start_head, end: end_head, label, ..Edge::line(0, 0) };
        self.relations.push((start, from, to, edge));
    }

    fn finish(mut self) -> Outcome<Flowchart> {
        for (start, _) in std::mem::take(&mut self.open) {
            self.draft.error(start, "the boundary is not closed".to_owned(), Some("close it with `}`"));
        }
        for (start, from, to, edge) in std::mem::take(&mut self.relations) {
            let end = |alias: &str| match self.draft.known(alias) {
                Some(node) => Some(End::Node(node)),
                None => self.boundaries.get(alias).map(|frame| End::Subgraph(*frame)),
            };
            match (end(from), end(to)) {
                (Some(from), Some(to)) => self.draft.chart.edges.push(Edge { from, to, ..edge }),
                (known, _) => {
                    let alias = if known.is_none() { from } else { to };
                    let message = format!("nothing has the alias `{alias}`");
                    let line = self.draft.cursor.source().get(start..).unwrap_or_default();
                    let length = line.find('\n').unwrap_or(line.len());
                    let problem = crate::diagram::Problem::error(start..start + length, message);
                    self.draft.problems.push(problem.help("the first words of an element are its alias"));
                }
            }
        }
        self.draft.finish()
    }
}

/// How something is made, or what it is: `[Go, gRPC]`.
fn bracketed(text: &str) -> Label {
    let mut label = Label::words(&format!("[{text}]"));
    label.lines.iter_mut().flatten().for_each(|run| run.italic = true);
    label
}
