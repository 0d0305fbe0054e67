use super::*;
use crate::diagram::graph::Direction;
use crate::diagram::mermaid::flowchart::{End, Head, Stroke};
use crate::diagram::mermaid::preamble;
use proptest::prelude::*;

fn chart(source: &str) -> Flowchart {
    let read = read(source, &preamble(source));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.value
}

/// An entity's table: rows with their cells between bars.
fn table(chart: &Flowchart, at: usize) -> Vec<String> {
    let rows = chart.nodes[at].compartments.iter().flat_map(|c| &c.rows);
    rows.map(|row| row.iter().map(crate::diagram::mermaid::label::Label::spoken).collect::<Vec<_>>().join("|"))
        .collect()
}

#[test]
fn entities_have_tables_of_attributes() {
    let chart = chart(
        "erDiagram\n CAR {\n  string plate PK \"a \\ remark\"\n  %% not this\n  string[] parts\n  int owner FK,UK\n  Map~K, V~ *data* }\n p[人] { string name }\n a[\"Customer Account\"]:::hot\n \"with blank\" {}\n",
    );
    assert_eq!(
        table(&chart, 0),
        ["string|plate|PK|a \\ remark", "string[]|parts||", "int|owner|FK, UK|", "Map<K, V>|data||"]
    );
    let names: Vec<String> = chart.nodes.iter().map(|n| n.label.spoken()).collect();
    assert_eq!(names, ["CAR", "人", "Customer Account", "with blank"]);
    assert!(chart.nodes[0].label.lines[0][0].bold);
}

#[test]
fn relationships_have_crow_s_feet_and_roles() {
    let chart = chart(
        "erDiagram\n A ||--o{ B : \"has many\"\n A }|..|{ LINE-ITEM : uses\n C only one to zero or more A : makes\n A:::hot 1--1 B:::cold : is\n A ||--|| A : \"\"\n",
    );
    let said: Vec<String> = chart
        .edges
        .iter()
        .map(|e| match (e.from, e.to) {
            (End::Node(a), End::Node(b)) => format!(
                "{} {:?} {:?} {:?} {} {}",
                chart.nodes[a].id,
                e.start,
                e.stroke,
                e.end,
                chart.nodes[b].id,
                e.label.spoken()
            ),
            _ => String::new(),
        })
        .collect();
    assert_eq!(
        said,
        [
            "A One Normal ZeroOrMore B has many",
            "A OneOrMore Dotted OneOrMore LINE-ITEM uses",
            "C One Normal ZeroOrMore A makes",
            "A One Normal One B is",
            "A One Normal One A ",
        ]
    );
}

#[test]
fn a_name_may_be_a_word_of_the_language() {
    let chart = chart(
        "erDiagram\n direction LR\n CLASS ||--o{ STYLE : x\n CLASS { int id }\n class CLASS hot\n classDef hot fill:#f00\n style STYLE fill:#0f0\n",
    );
    assert_eq!((chart.direction, chart.nodes.len(), chart.edges.len()), (Direction::Right, 2, 1));
    assert!(chart.nodes.iter().all(|n| n.style.fill.is_some()));
    assert_eq!((chart.edges[0].start, chart.edges[0].stroke), (Head::One, Stroke::Normal));
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let source = "erDiagram\n A ||--o{\n B { string }\n ?\n A B\n C { string name\n";
    let told: Vec<String> = read(source, &preamble(source)).problems.iter().map(|p| p.message.clone()).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_is_read(text in "(A |class |style )?[A-C \"~{}|o.:,1u\\[\\]\n-]{0,60}") {
        let source = format!("erDiagram\n{text}");
        let read = read(&source, &preamble(&source));
        for problem in &read.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
    }
}
