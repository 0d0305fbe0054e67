use super::*;
use crate::diagram::graph::Direction;
use crate::diagram::mermaid::flowchart::{End, Shape};
use crate::diagram::mermaid::preamble;
use proptest::prelude::*;

fn chart(source: &str) -> Flowchart {
    let read = read(source, &preamble(source));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.value
}

/// Nodes and frames as `id “words” in frame`, transitions as `from > to “words”`.
fn said(source: &str) -> Vec<String> {
    let chart = chart(source);
    let frame = |at: Option<usize>| at.map(|at| format!(" in {}", chart.subgraphs[at].id)).unwrap_or_default();
    let end = |end: End| match end {
        End::Node(at) => chart.nodes[at].id.clone(),
        End::Subgraph(at) => chart.subgraphs[at].id.clone(),
    };
    let nodes = chart.nodes.iter().map(|n| format!("{} {:?} “{}”{}", n.id, n.shape, n.label.spoken(), frame(n.parent)));
    let frames = chart.subgraphs.iter().map(|s| format!("{} frame “{}”{}", s.id, s.label.spoken(), frame(s.parent)));
    let edges = chart.edges.iter().map(|e| format!("{} > {} “{}”", end(e.from), end(e.to), e.label.spoken()));
    nodes.chain(frames).chain(edges).collect()
}

#[test]
fn states_and_transitions() {
    let said = said(
        "stateDiagram-v2\n [*] --> Still\n Still --> Moving : push\n Moving --> [*]\n Still : 静止\n state \"a long name\" as l\n",
    );
    assert_eq!(
        said,
        [
            "[*] start Start “”",
            "Still Rounded “静止”",
            "Moving Rounded “Moving”",
            "[*] end Stop “”",
            "l Rounded “a long name”",
            "[*] start > Still “”",
            "Still > Moving “push”",
            "Moving > [*] end “”",
        ]
    );
}

#[test]
fn composite_states_are_frames_with_ends_of_their_own() {
    let said = said(
        "stateDiagram-v2\n A --> B\n state B {\n  direction LR\n  [*] --> b1\n  state C {\n   c1\n  }\n  b1 --> C\n }\n",
    );
    assert!(said.contains(&"B frame “B”".to_owned()) && said.contains(&"C frame “C” in B".to_owned()), "{said:#?}");
    assert!(
        said.contains(&"[*] start B Start “” in B".to_owned()) && said.contains(&"A > B “”".to_owned()),
        "{said:#?}"
    );
    assert!(said.contains(&"c1 Rounded “c1” in C".to_owned()), "{said:#?}");
}

#[test]
fn regions_forks_choices_and_notes() {
    let source = "stateDiagram-v2\n state Active {\n  [*] --> a\n  --\n  [*] --> b\n }\n state f <<fork>>\n state c <<choice>>\n note right of c : 一句\n note left of f\n  two\n  lines\n end note\n";
    let chart = chart(source);
    assert_eq!(chart.subgraphs.len(), 3, "{:#?}", chart.subgraphs);
    let of = |id: &str| chart.nodes.iter().find(|n| n.id == id).map(|n| n.shape);
    assert_eq!((of("f"), of("c")), (Some(Shape::Fork), Some(Shape::Diamond)));
    let notes: Vec<String> = chart.nodes.iter().filter(|n| n.shape == Shape::Card).map(|n| n.label.spoken()).collect();
    assert_eq!(notes, ["一句", "two lines"]);
}

#[test]
fn styles_directions_and_links() {
    let source = "stateDiagram\n direction LR\n classDef bad fill:#f00,color:white\n A --> B:::bad\n class A bad\n click A href \"https://a.b\"\n accDescr: says it\n";
    let chart = chart(source);
    assert_eq!(chart.direction, Direction::Right);
    assert!(chart.nodes.iter().all(|n| n.style.fill.is_some()), "{:?}", chart.nodes);
    assert_eq!((chart.nodes[0].href.as_deref(), chart.description.as_deref()), (Some("https://a.b"), Some("says it")));
}

#[test]
fn every_mistake_is_told() {
    let source = "stateDiagram-v2\n }\n --> x\n a b c\n state X {\n note right of\n direction up\n";
    let told = read(source, &preamble(source)).problems;
    assert_eq!(told.len(), 6, "{told:#?}");
}

fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "(\\[\\*\\]|[a-c]) --> (\\[\\*\\]|[a-c])( : .{0,5})?",
        "state (\"[a-c ]{0,4}\" as )?[a-c]( <<(fork|choice)>>)?( \\{)?",
        "note (left|right) of [a-c]( : x)?",
        "(end note|\\}|--|direction LR|class a b|classDef b fill:red|a : x|[a-c]:::b)",
        "\\PC{0,12}",
    ]
}

proptest! {
    #[test]
    fn any_text_is_read_and_frames_come_before_what_they_hold(lines in proptest::collection::vec(line(), 0..20)) {
        let source = format!("stateDiagram-v2\n{}", lines.join("\n"));
        let chart = read(&source, &preamble(&source)).value;
        for (at, frame) in chart.subgraphs.iter().enumerate() {
            prop_assert!(frame.parent.is_none_or(|parent| parent < at));
        }
    }
}
