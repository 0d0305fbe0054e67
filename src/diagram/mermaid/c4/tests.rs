use super::*;
use crate::diagram::mermaid::flowchart::{End, Head, Shape, Tone};
use crate::diagram::mermaid::preamble;
use proptest::prelude::*;

fn chart(source: &str) -> Flowchart {
    let read = read(source, &preamble(source));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.value
}

#[test]
fn elements_say_what_they_are() {
    let chart = chart(
        "C4Container\n title 银行\n Person(c, \"Customer\", \"has accounts\")\n Container(app, App, \"Go, gRPC\", \"does it\")\n SystemDb_Ext(db, \"Store\", $link=\"https://a.b\")\n ContainerQueue(q, \"Queue\")\n",
    );
    let labels: Vec<String> = chart.nodes.iter().map(|n| n.label.named().replace('\n', " / ")).collect();
    assert_eq!(
        labels,
        [
            "«person» / Customer / has accounts",
            "«container» / App / [Go, gRPC] / does it",
            "«external system» / Store",
            "«container» / Queue",
        ]
    );
    let shapes: Vec<Shape> = chart.nodes.iter().map(|n| n.shape).collect();
    assert_eq!(shapes, [Shape::Person, Shape::Rectangle, Shape::Cylinder, Shape::LyingCylinder]);
    assert_eq!((chart.nodes[2].tone, chart.nodes[2].href.as_deref()), (Tone::Outside, Some("https://a.b")));
    assert_eq!(chart.title.as_deref(), Some("银行"));
}

#[test]
fn boundaries_hold_what_stands_in_their_braces() {
    let chart = chart(
        "C4Deployment\n Deployment_Node(n, \"Host\", \"Linux\") {\n  Node(m, \"JVM\")\n  {\n   Container(a, \"A\")\n  }\n }\n Enterprise_Boundary(b, \"Bank\") { \n System(s, \"S\")\n }\n Rel(b, a, \"uses\")\n",
    );
    let frames: Vec<(String, Option<usize>, bool)> =
        chart.subgraphs.iter().map(|s| (s.label.spoken(), s.parent, s.style.dashed)).collect();
    assert_eq!(
        frames,
        [
            ("Host [Linux]".to_owned(), None, false),
            ("JVM".to_owned(), Some(0), false),
            ("Bank [enterprise]".to_owned(), None, true),
        ]
    );
    assert_eq!((chart.nodes[0].parent, chart.nodes[1].parent), (Some(1), Some(2)));
    assert_eq!((chart.edges[0].from, chart.edges[0].to), (End::Subgraph(2), End::Node(0)));
}

#[test]
fn relationships_are_arrows_and_steps_have_numbers() {
    let chart = chart(
        "C4Dynamic\n Rel(a, b, \"asks\", \"HTTP\")\n BiRel(a, b, \"both\")\n Rel_Back(b, a, \"back\")\n RelIndex(7, b, a, \"answers\")\n System(a, \"A\")\n System(b, \"B\")\n UpdateElementStyle(a, $bgColor=\"grey\", $fontColor=\"red\")\n UpdateRelStyle(a, b, $lineColor=\"blue\", $offsetX=\"5\")\n UpdateLayoutConfig($c4ShapeInRow=\"3\")\n",
    );
    let said: Vec<String> = chart.edges.iter().map(|e| e.label.spoken()).collect();
    assert_eq!(said, ["1: asks [HTTP]", "2: both", "3: back", "4: answers"]);
    let heads: Vec<(Head, Head)> = chart.edges.iter().map(|e| (e.start, e.end)).collect();
    let forth = (Head::None, Head::Arrow);
    assert_eq!(heads, [forth, (Head::Arrow, Head::Arrow), (Head::Arrow, Head::None), forth]);
    assert!(chart.nodes[0].style.fill.is_some() && chart.edges[0].style.stroke.is_some());
    assert_eq!(chart.edges[2].style.stroke, None);
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let source = "C4Context\n Rel(a, b, \"x\")\n System(a\n AddElementTag(\"v1\")\n }\n Boundary(c, \"C\") {\n";
    let told: Vec<String> = read(source, &preamble(source)).problems.iter().map(|p| p.message.clone()).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].contains("nothing has the alias `a`") && told[2].contains("AddElementTag"), "{told:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_is_read(text in "((Person|Rel|Boundary|Node|UpdateRelStyle|RelIndex)\\([ab, \"$=)\n]{0,14}[){}\n ]{0,3}){0,4}") {
        let source = format!("C4Context\n{text}");
        let read = read(&source, &preamble(&source));
        for problem in &read.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
        let frames = read.value.subgraphs.len();
        prop_assert!(read.value.nodes.iter().all(|n| n.parent.is_none_or(|p| p < frames)));
        prop_assert!(read.value.subgraphs.iter().enumerate().all(|(at, s)| s.parent.is_none_or(|p| p < at)));
    }
}
