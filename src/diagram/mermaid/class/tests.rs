use super::*;
use crate::diagram::graph::Direction;
use crate::diagram::mermaid::flowchart::{End, Head, Node, Shape, Stroke};
use crate::diagram::mermaid::preamble;
use proptest::prelude::*;

fn chart(source: &str) -> Flowchart {
    let read = read(source, &preamble(source));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    read.value
}

fn node<'c>(chart: &'c Flowchart, id: &str) -> &'c Node {
    chart.nodes.iter().find(|n| n.id == id).expect("the node is there")
}

/// A class as its lines: the words above, then each compartment behind a bar.
fn said(node: &Node) -> String {
    let rows = |c: &crate::diagram::mermaid::flowchart::Compartment| {
        c.rows.iter().map(|row| row[0].spoken()).collect::<Vec<_>>().join("; ")
    };
    let parts = node.compartments.iter().map(rows);
    std::iter::once(node.label.spoken()).chain(parts).collect::<Vec<_>>().join(" | ")
}

/// Relations as `from "1" > "2" to : words`.
fn relations(chart: &Flowchart) -> Vec<String> {
    let end = |end: End| match end {
        End::Node(at) => chart.nodes[at].label.spoken(),
        End::Subgraph(at) => chart.subgraphs[at].id.clone(),
    };
    let of = |e: &crate::diagram::mermaid::flowchart::Edge| {
        let words =
            [&e.at_ends[0], &e.label, &e.at_ends[1]].map(crate::diagram::mermaid::label::Label::spoken).join(",");
        format!("{} {:?} {:?} {:?} {} {words}", end(e.from), e.start, e.stroke, e.end, end(e.to))
    };
    chart.edges.iter().map(of).collect()
}

#[test]
fn members_stand_in_compartments_wherever_they_are_written() {
    let chart = chart(
        "classDiagram\n class Shape~T~ {\n  <<interface>>\n  +int id\n  +draw() void\n }\n Shape : -List~T~ parts\n class Empty\n class Long[\"很长的名字\"] { +one }\n <<service>> Empty\n",
    );
    assert_eq!(said(node(&chart, "Shape")), "«interface» Shape<T> | +int id; -List<T> parts | +draw() : void");
    assert_eq!(said(node(&chart, "Empty")), "«service» Empty");
    assert_eq!(said(node(&chart, "Long")), "很长的名字 | +one");
}

#[test]
fn relations_have_heads_lines_and_cardinalities() {
    let chart = chart(
        "classDiagram\n A <|-- B\n C \"1\" *-- \"0..*\" D : has parts\n E o.. F\n G <--> H\n I ..|> J\n K -- L\n `M x`--o N~T~\n order-->Box\n",
    );
    assert_eq!(
        relations(&chart),
        [
            "A Triangle Normal None B ,,",
            "C FullDiamond Normal None D 1,has parts,0..*",
            "E Diamond Dotted None F ,,",
            "G Arrow Normal Arrow H ,,",
            "I None Dotted Triangle J ,,",
            "K None Normal None L ,,",
            "M x None Normal Diamond N<T> ,,",
            "order None Normal Arrow Box ,,",
        ]
    );
}

#[test]
fn an_interface_that_is_offered_is_its_name_at_a_ring() {
    let chart = chart("classDiagram\n class A\n bar ()-- A\n A --() bar\n");
    assert_eq!(chart.nodes.len(), 3, "each offer shows a name of its own");
    assert!(chart.nodes[1..].iter().all(|n| n.shape == Shape::Text && n.label.spoken() == "bar"));
    assert_eq!((chart.edges[0].start, chart.edges[1].end), (Head::Socket, Head::Socket));
}

#[test]
fn namespaces_are_frames_within_frames() {
    let source = "classDiagram\n namespace A.B[\"words\"] {\n  class x { +f() }\n  note for x \"n\"\n  namespace C {\n   class y\n  }\n }\n namespace A { class z }\n";
    let nested = chart(source);
    let frames: Vec<(&str, Option<usize>)> = nested.subgraphs.iter().map(|s| (s.id.as_str(), s.parent)).collect();
    assert_eq!(frames, [("A", None), ("A.B", Some(0)), ("A.B.C", Some(1))]);
    let parents: Vec<Option<usize>> = nested.nodes.iter().map(|n| n.parent).collect();
    assert_eq!(parents, [Some(1), Some(1), Some(2), Some(0)]);
    let flat = chart(&format!("---\nconfig:\n  class:\n    hierarchicalNamespaces: false\n---\n{source}"));
    assert!(flat.subgraphs.iter().all(|s| s.parent.is_none()) && flat.subgraphs.len() == 3, "{:?}", flat.subgraphs);
}

#[test]
fn notes_directions_styles_and_links() {
    let chart = chart(
        "classDiagram\n direction RL\n class A:::hot\n note \"free\"\n note for A \"一句<br>two\"\n classDef hot fill:#f00\n style A stroke:#00f\n cssClass \"B,A\" hot\n A -- B\n click A href \"https://a.b\" \"tip\" _blank\n link B \"c.html\"\n accTitle: named\n accDescr { said\n over lines }\n",
    );
    assert_eq!(chart.direction, Direction::Left);
    let notes: Vec<String> = chart.nodes.iter().filter(|n| n.shape == Shape::Card).map(|n| n.label.named()).collect();
    assert_eq!(notes, ["free", "一句\ntwo"]);
    assert_eq!(chart.edges[0].stroke, Stroke::Dotted);
    let (a, b) = (node(&chart, "A"), node(&chart, "B"));
    assert!(a.style.fill.is_some() && a.style.stroke.is_some() && b.style.fill.is_some());
    assert_eq!((a.href.as_deref(), b.href.as_deref()), (Some("https://a.b"), Some("c.html")));
    assert_eq!((chart.spoken_title.as_deref(), chart.description.as_deref()), (Some("named"), Some("said over lines")));
}

#[test]
fn every_mistake_is_told_at_its_place() {
    let source = "classDiagram\n A --> \n A B\n }\n namespace x\n ?? \n class B {\n +a\n";
    let told: Vec<String> =
        read(source, &preamble(source)).problems.iter().map(|p| format!("{} {}", p.range.start, p.message)).collect();
    assert_eq!(told.len(), 5, "{told:#?}");
    assert!(told[0].contains("behind the relation") && told[4].contains("not closed"), "{told:#?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn any_text_is_read(text in "(class|namespace|note for|click|style|<<a>>)?[A-C `\"~{}<|>*o.:()\\[\\]\n-]{0,60}") {
        let source = format!("classDiagram\n{text}");
        let read = read(&source, &preamble(&source));
        for problem in &read.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
        for edge in &read.value.edges {
            let stands = |end: End| matches!(end, End::Node(at) if at < read.value.nodes.len());
            prop_assert!(stands(edge.from) && stands(edge.to));
        }
    }
}
