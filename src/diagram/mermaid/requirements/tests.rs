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

#[test]
fn requirements_and_elements_say_what_is_known_of_them() {
    let chart = chart(
        "requirementDiagram\n direction LR\n functionalRequirement 快 {\n  id: 1.2\n  text: \"**bold**, and: more\"\n  risk: high\n  verifyMethod: Test\n }\n element \"the thing\":::hot {\n  type: simulation\n  docref: a/b\n }\n classDef hot fill:#f00\n",
    );
    let said: Vec<String> = chart
        .nodes
        .iter()
        .map(|n| {
            let rows = n.compartments.iter().flat_map(|c| &c.rows).map(|row| row[0].spoken());
            std::iter::once(n.label.spoken()).chain(rows).collect::<Vec<_>>().join(" | ")
        })
        .collect();
    assert_eq!(
        said,
        [
            "«Functional Requirement» 快 | ID: 1.2 | Text: bold, and: more | Risk: High | Verification: Test",
            "«Element» the thing | Type: simulation | Doc Ref: a/b",
        ]
    );
    assert!(chart.direction == Direction::Right && chart.nodes[1].style.fill.is_some());
}

#[test]
fn relationships_run_either_way() {
    let chart = chart(
        "requirementDiagram\n requirement a {\n }\n e - satisfies -> a\n a <- copies - \"b c\"\n a - contains -> e\n",
    );
    let said: Vec<String> = chart
        .edges
        .iter()
        .map(|e| match (e.from, e.to) {
            (End::Node(a), End::Node(b)) => {
                format!("{} {} {}", chart.nodes[a].id, e.label.spoken(), chart.nodes[b].id)
            }
            _ => String::new(),
        })
        .collect();
    assert_eq!(said, ["e «satisfies» a", "b c «copies» a", "a «contains» e"]);
    assert_eq!((chart.edges[0].stroke, chart.edges[0].end), (Stroke::Dotted, Head::Arrow));
    assert_eq!((chart.edges[2].stroke, chart.edges[2].start), (Stroke::Normal, Head::Contains));
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let source = "requirementDiagram\n a - likes -> b\n requirement r {\n  colour: red\n }\n a b\n element e {\n";
    let told: Vec<String> = read(source, &preamble(source)).problems.iter().map(|p| p.message.clone()).collect();
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(told[0].contains("relationship") && told[3].contains("not closed"), "{told:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_is_read(text in "(requirement a|element|a - copies)?[ab \"{}:<>\n-]{0,40}(id: |text: )?[ab \"{}:<>\n-]{0,20}") {
        let source = format!("requirementDiagram\n{text}");
        let read = read(&source, &preamble(&source));
        for problem in &read.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
    }
}
