//! What the diagrams of a page say: who leads to whom.

use crate::diagram;
use crate::diagram::mermaid::{self, Kind, Preamble, flowchart, sequence};

/// A diagram that says something.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    /// How many headings come before it.
    pub section: u32,
    /// Which diagram of the page it is, from 1.
    pub number: u32,
    /// What it says, in its order.
    pub says: Vec<Statement>,
}

/// An arrow from one thing to another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it leads from.
    pub from: Box<str>,
    /// What it leads to.
    pub to: Box<str>,
    /// What it says; may be empty.
    pub label: Box<str>,
}

/// Past this many arrows a diagram is a picture of data, not of who talks to whom.
const MOST: usize = 400;

/// What a mermaid fence says; nothing if it has errors.
pub(super) fn statements(source: &str) -> Vec<Statement> {
    if source.len() > diagram::LONGEST {
        return Vec::new();
    }
    let preamble = mermaid::preamble(source);
    match preamble.kind {
        Some(Kind::Flowchart) => of_flowchart(source, &preamble),
        Some(Kind::Sequence) => of_sequence(source, &preamble),
        _ => Vec::new(),
    }
}

/// Each message is a statement; one to oneself says nothing of anybody else.
fn of_sequence(source: &str, preamble: &Preamble) -> Vec<Statement> {
    let sequence = sequence::read(source, preamble).value;
    let name = |at: usize| sequence.actors.get(at).map(|actor| actor.label.named()).unwrap_or_default();
    let talk = sequence.messages().filter(|message| message.from != message.to).take(MOST);
    // A dotted arrow is an answer: who asked is known already.
    let calls = talk.filter(|message| !message.arrow.dotted);
    calls
        .map(|message| Statement {
            from: name(message.from.0).into(),
            to: name(message.to.0).into(),
            label: message.text.spoken().into(),
        })
        .collect()
}

fn of_flowchart(source: &str, preamble: &Preamble) -> Vec<Statement> {
    let chart = flowchart::read(source, preamble).value;
    let name = |end: flowchart::End| match end {
        flowchart::End::Node(at) => chart.nodes[at].label.named(),
        flowchart::End::Subgraph(at) => chart.subgraphs[at].label.named(),
    };
    let mut says = Vec::new();
    for edge in chart.edges.iter().take(MOST) {
        let (from, to, label) = (name(edge.from), name(edge.to), edge.label.spoken());
        let mut say = |from: &str, to: &str| {
            if !from.is_empty() && !to.is_empty() {
                says.push(Statement { from: from.into(), to: to.into(), label: label.as_str().into() });
            }
        };
        if edge.end != flowchart::Head::None {
            say(&from, &to);
        }
        if edge.start != flowchart::Head::None {
            say(&to, &from);
        }
    }
    says
}

#[cfg(test)]
mod tests {
    use super::statements;

    #[test]
    fn arrows_are_statements_and_lines_are_none() {
        let says = statements("flowchart LR\n A[kubelet] -- CRI --> B[containerd]\n A --- C\n B <--> C[镜像]\n");
        let all: Vec<String> = says.iter().map(|s| format!("{}>{}:{}", s.from, s.to, s.label)).collect();
        assert_eq!(all, ["kubelet>containerd:CRI", "containerd>镜像:", "镜像>containerd:"]);
    }

    #[test]
    fn messages_are_statements_and_answers_are_none() {
        let says =
            statements("sequenceDiagram\nparticipant A as kubelet\nA->>API: watch\nAPI-->>A: Pod\nA->>A: sync\n");
        assert_eq!(says.len(), 1);
        assert_eq!((&*says[0].from, &*says[0].to, &*says[0].label), ("kubelet", "API", "watch"));
    }
}
