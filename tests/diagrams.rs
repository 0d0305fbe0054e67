//! Diagrams, from the outside: whole drawings, and what must hold of every text.

use portolan::diagram::{Drawing, Options, Outcome, Phrases, Weight, draw};
use proptest::prelude::*;

fn drawn(source: &str) -> Outcome<Option<Drawing>> {
    let link = |name: &str| (name == "调度器").then(|| "scheduler.html".to_owned());
    draw(source, &Options { prefix: "d", phrases: Phrases::CHINESE, link: &link, standalone: false })
}

fn svg(source: &str) -> String {
    let Outcome { value, problems } = drawn(source);
    value.unwrap_or_else(|| panic!("{problems:?}")).svg
}

fn problems(source: &str) -> Vec<String> {
    let tell = |p: &portolan::diagram::Problem| format!("{:?} `{}` {}", p.weight, &source[p.range.clone()], p.message);
    drawn(source).problems.iter().map(tell).collect()
}

#[test]
fn a_small_flowchart_whole() {
    insta::assert_snapshot!(svg("flowchart LR\n  A[\"一\"] -->|走| B((二))"));
}

#[test]
fn nodes_edges_and_subgraphs_carry_their_names() {
    let svg = svg("graph TD\n subgraph one [第一组]\n  a --> b\n end\n b -.-> c\n one ==> c");
    for part in [
        "class=\"node\" data-id=\"a\"",
        "class=\"cluster\" data-id=\"one\"",
        "data-from=\"b\" data-to=\"c\"",
        "edge dotted",
        "edge thick",
        "data-from=\"one\" data-to=\"c\"",
        "第一组",
    ] {
        assert!(svg.contains(part), "{part} is missing in {svg}");
    }
}

#[test]
fn who_leads_to_whom_is_said_in_words() {
    let svg = svg("graph LR\n A[调度器] -->|绑定| B[API Server]\n accTitle: 一图");
    assert!(svg.contains("<title id=\"d-t\">一图</title><desc id=\"d-d\">调度器 → API Server（绑定）</desc>"), "{svg}");
}

#[test]
fn a_node_that_names_something_leads_there_and_unsafe_addresses_do_not() {
    let linked = svg("graph LR\n A[调度器] --> B\n click B \"https://example.org/?a&b\"");
    assert!(linked.contains("<a href=\"scheduler.html\"><g class=\"node\" data-id=\"A\">"), "{linked}");
    assert!(linked.contains("<a href=\"https://example.org/?a&amp;b\">") && linked.contains("role=\"group\""));
    let group = svg("graph LR\n subgraph s [调度器]\n A --> B\n end");
    assert!(group.contains("<a href=\"scheduler.html\"><g class=\"title\">"), "{group}");
    let evil = "graph LR\n A --> B\n click A \"java\tscript:alert(1)\"\n click B call steal()";
    assert!(!svg(evil).contains("<a "));
    assert_eq!(problems(evil).len(), 2);
}

#[test]
fn what_an_author_writes_never_becomes_markup() {
    let svg = svg(
        "graph LR\n A[\"<img src=x onerror=y> &lt;script&gt;\"] --> B[\"a#quot;b\"]\n style A fill:url(http://x),stroke:#f00\"",
    );
    assert!(!svg.contains("<img") && !svg.contains("<script") && !svg.contains("url(http"), "{svg}");
    assert!(svg.contains("&lt;script&gt;"));
}

#[test]
fn every_mistake_is_told_with_its_place() {
    let told = problems("graph LR\n A[open\n C ?? D\n end\n subgraph x\n E --> F");
    assert_eq!(told.len(), 4, "{told:#?}");
    assert!(
        told[0].contains("`[open`")
            && told[1].contains("`?? D`")
            && told[2].contains("`end`")
            && told[3].contains("subgraph")
    );
}

#[test]
fn members_and_cardinalities_are_drawn() {
    let svg = svg("classDiagram\n class A { +f()$ int }\n A \"1\" <|-- \"0..*\" B : 有\n");
    for part in [
        "<g class=\"rows\">",
        "text-decoration=\"underline\">+f() : int",
        ">1</text>",
        ">0..*</text>",
        "marker-start=\"url(#d-h1)\"",
        "A → B（1 有 0..*）",
    ] {
        assert!(svg.contains(part), "{part} is missing in {svg}");
    }
}

#[test]
fn entities_have_crow_s_feet_and_a_ruled_table() {
    let svg = svg("erDiagram\n A ||--o{ B : has\n A { int id PK \"key\" }\n");
    assert!(svg.contains("marker-start=\"url(#d-c1)\" marker-end=\"url(#d-c4)\""), "{svg}");
    assert_eq!(svg.matches("class=\"rule\"").count(), 4, "a line under the name, three between four columns");
    assert!(svg.contains("<title id=\"d-t\">实体关系图</title>"));
}

#[test]
fn a_title_stands_above_and_makes_room() {
    let plain = drawn("C4Context\n System(a, \"A\")").value.expect("it is drawn");
    let titled =
        drawn("C4Context\n title 一个很长很长很长很长很长的题目\n System(a, \"A\")").value.expect("it is drawn");
    assert!(titled.height > plain.height + 20.0 && titled.width > plain.width);
    assert!(titled.svg.contains("<g class=\"name\">"));
}

#[test]
fn another_kind_is_no_error() {
    let outcome = drawn("zenuml\n title x");
    assert!(outcome.value.is_none());
    assert_eq!(outcome.problems[0].weight, Weight::NotDrawn);
}

/// Lines as people write them, and as nobody would.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-d]( ?(-->|---|-.->|==>|~~~|--x|o--o|<-->) ?[a-d]){1,3}",
        "[a-d](\\[|\\(|\\{|>|\\[\\[|\\(\\(|\\[/)[a-z一二<>\"]{0,6}(\\]|\\)|\\}|\\]\\]|\\)\\)|/\\])?",
        "subgraph [a-d ]{0,3}",
        "end",
        "(classDef|class|style|linkStyle|click|direction|accDescr) [a-d0-9:,#\"]{0,12}",
        "[a-d]@\\{ shape: [a-z-]{0,8}, label: \"[a-z]{0,3}\" ?\\}?",
        "\\PC{0,30}",
    ]
}

/// Class, entity, requirement and C4 diagrams, mostly as people write them.
fn boxes() -> impl Strategy<Value = (&'static str, Vec<String>)> {
    let class = prop_oneof![
        "[A-D] (\"[1*]\" )?(<\\||\\*|o|<|\\(\\))?(--|\\.\\.)(\\|>|>|\\*|o|\\(\\))? (\"0\\.\\.n\" )?[A-D]( : words)?",
        "class [A-D](~T~)?( ?\\{\n \\+f\\(a 一\\) int\\$\n x\n\\})?",
        "namespace [n-o](\\.p)? \\{\n class [A-F]\n\\}",
        "note (for [A-D] )?\"一句<br>two\"",
        "\\PC{0,20}",
    ];
    let entity = prop_oneof![
        "[A-D] (\\|\\||\\}o|\\}\\||one|1)(--|\\.\\.| to )(o\\{|\\|\\||many) [A-D] : [a-z]{1,4}",
        "[A-D](\\[[a-z]+\\])? \\{\n int id PK, FK \"一句\"\n string name\n\\}",
        "\\PC{0,20}",
    ];
    let requirement = prop_oneof![
        "(requirement|element) [a-d] \\{\n( text: [a-z 一]{0,9}\n risk: high\n)?\\}",
        "[a-d] - (contains|satisfies) -> [a-d]",
        "[a-d] <- traces - [a-d]",
        "\\PC{0,20}",
    ];
    let c4 = prop_oneof![
        "(Person|System_Ext|SystemDb|SystemQueue)\\([a-d], \"[A-Z一]{1,9}\", \"words of it\"\\)",
        "System\\(a, \"A\"\\)\nSystem\\(b, \"B\"\\)\n(Rel|BiRel|Rel_Back)\\((a, b|b, a|a, a), \"uses\", \"HTTP\"\\)",
        "Boundary\\(e, \"E\"\\) \\{\n System\\([a-d], \"x\"\\)\n\\}",
        "\\PC{0,20}",
    ];
    let of = |first: &'static str, line: BoxedStrategy<String>| (Just(first), prop::collection::vec(line, 0..10));
    prop_oneof![
        of("classDiagram", class.boxed()),
        of("erDiagram", entity.boxed()),
        of("requirementDiagram", requirement.boxed()),
        of("C4Context", c4.boxed()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_it_panic_and_all_places_are_inside(lines in prop::collection::vec(line(), 0..12)) {
        let source = format!("flowchart LR\n{}", lines.join("\n"));
        let outcome = drawn(&source);
        for problem in &outcome.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        let errors = outcome.problems.iter().any(|p| p.weight == Weight::Error);
        prop_assert_eq!(errors, outcome.value.is_none());
        if let Some(drawing) = &outcome.value {
            prop_assert!(drawing.width.is_finite() && !drawing.svg.contains("NaN") && !drawing.svg.contains("inf"));
            let again = drawn(&source).value;
            prop_assert_eq!(Some(&drawing.svg), again.as_ref().map(|d| &d.svg));
        }
    }

    #[test]
    fn diagrams_of_boxes_are_drawn_or_told_why_not((first, lines) in boxes()) {
        let source = format!("{first}\n{}", lines.join("\n"));
        let outcome = drawn(&source);
        for problem in &outcome.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        let errors = outcome.problems.iter().any(|p| p.weight == Weight::Error);
        prop_assert_eq!(errors, outcome.value.is_none());
        if let Some(drawing) = &outcome.value {
            prop_assert!(drawing.width.is_finite() && !drawing.svg.contains("NaN") && !drawing.svg.contains("inf"));
            prop_assert_eq!(drawing.svg.matches("<g").count(), drawing.svg.matches("</g>").count());
            let again = drawn(&source).value;
            prop_assert_eq!(Some(&drawing.svg), again.as_ref().map(|d| &d.svg));
        }
    }

    #[test]
    fn no_beginning_makes_it_panic(source in "\\PC{0,60}") {
        drawn(&source);
    }
}
