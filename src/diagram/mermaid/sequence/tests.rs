use super::*;
use crate::diagram::mermaid::preamble;
use crate::diagram::{Problem, Weight};
use proptest::prelude::*;

fn sequence(source: &str) -> (Sequence, Vec<Problem>) {
    let read = read(source, &preamble(source));
    (read.value, read.problems)
}

/// A diagram as lines: participants, then events, then problems.
fn said(source: &str) -> String {
    let (sequence, problems) = sequence(source);
    let name = |a: &ActorIndex| sequence.actors[a.0].name.clone();
    let mut lines: Vec<String> = sequence
        .actors
        .iter()
        .map(|actor| format!("{} {:?} “{}” in {:?}", actor.name, actor.role, actor.label.spoken(), actor.held))
        .collect();
    lines.extend(sequence.events.iter().map(|event| match event {
        Event::Message(m) => {
            format!("{} to {} “{}” {:?} {:?}", name(&m.from), name(&m.to), m.text.spoken(), m.arrow, m.number)
        }
        Event::Activate(a) => format!("activate {}", name(a)),
        Event::Deactivate(a) => format!("deactivate {}", name(a)),
        Event::Note { beside, text } => format!("note {beside:?} “{}”", text.spoken()),
        Event::Open { block, text } => format!("open {block:?} “{}”", text.spoken()),
        Event::Next { text } => format!("next “{}”", text.spoken()),
        Event::Close => "close".to_owned(),
        Event::Create(a) => format!("create {}", name(a)),
        Event::Destroy(a) => format!("destroy {}", name(a)),
    }));
    lines.extend(problems.iter().map(|p| format!("{:?} {:?}: {}", p.weight, &source[p.range.clone()], p.message)));
    lines.join("\n")
}

fn arrow(token: &str) -> Arrow {
    let (sequence, problems) = sequence(&format!("sequenceDiagram\nA{token}B: x"));
    assert!(problems.is_empty(), "{token}: {problems:?}");
    let message = sequence.messages().next().expect("there is a message").clone();
    let names = (sequence.actors[message.from.0].name.as_str(), sequence.actors[message.to.0].name.as_str());
    assert_eq!(names, ("A", "B"), "{token}");
    message.arrow
}

#[test]
fn every_arrow_has_its_tips() {
    let cases = [
        ("->", false, Tip::None, Tip::None),
        ("-->", true, Tip::None, Tip::None),
        ("->>", false, Tip::None, Tip::Filled),
        ("-->>", true, Tip::None, Tip::Filled),
        ("<<->>", false, Tip::Filled, Tip::Filled),
        ("<<-->>", true, Tip::Filled, Tip::Filled),
        ("-x", false, Tip::None, Tip::Cross),
        ("--x", true, Tip::None, Tip::Cross),
        ("-)", false, Tip::None, Tip::Open),
        ("--)", true, Tip::None, Tip::Open),
        ("-|\\", false, Tip::None, Tip::HalfTop),
        ("--//", true, Tip::None, Tip::StickBottom),
        ("/|-", false, Tip::HalfTop, Tip::None),
    ];
    for (token, dotted, start, end) in cases {
        let expected = Arrow { dotted, start, end, ..Arrow::default() };
        assert_eq!(arrow(token), expected, "{token}");
    }
    assert!(arrow("()->>()").start_dot && arrow("()->>()").end_dot);
}

#[test]
fn a_hyphen_and_an_x_may_stand_in_a_name() {
    let (sequence, problems) = sequence("sequenceDiagram\nmy-xds server->>etcd-x: get\n");
    assert!(problems.is_empty(), "{problems:?}");
    assert_eq!(sequence.actors[0].name.as_str(), "my-xds server");
    assert_eq!(sequence.actors[1].name.as_str(), "etcd-x");
}

#[test]
fn participants_have_roles_aliases_and_boxes() {
    insta::assert_snapshot!(said(
        "sequenceDiagram\nbox Aqua 客户端\nactor U as 用户\nparticipant B\nend\nbox rgb(1, 2, 3) 服务端\n\
         participant D@{ \"type\": \"database\" } as 数据库\nend\nparticipant Q as \"Queue\"\nU->>X: new"
    ));
}

#[test]
fn blocks_activations_and_notes_keep_their_order() {
    insta::assert_snapshot!(said(
        "sequenceDiagram\nautonumber 10 5\nA->>+B: ask #35;1\nalt yes\n B-->>-A: one\nelse no\n B->>B: two\nend\n\
         rect rgb(0,0,0)\nNote over A,B: both\nend\nnote right of A: right\ncreate participant C\nB->>C: hi\n\
         destroy C\nC-xB: bye; A->B: # comment\nA->B: x %% comment"
    ));
}

#[test]
fn all_faults_are_found_in_one_run() {
    insta::assert_snapshot!(said(
        "sequenceDiagram\nA->>: x\nwhat is this\nend\nloop x\nelse y\nNote over A\ncreate B\n"
    ));
}

#[test]
fn script_links_are_dropped_with_a_warning() {
    let (sequence, problems) = sequence(
        "sequenceDiagram\nparticipant A\nlink A: x @ javascript:alert(1)\nlinks B: {\"Docs\": \"https://a.b\", \"C\": \"d\"}",
    );
    assert_eq!(sequence.actors[0].link, None);
    assert_eq!(sequence.actors[1].link, Some("https://a.b".to_owned()));
    assert_eq!(problems.iter().map(|p| p.weight).collect::<Vec<_>>(), [Weight::Warning]);
}

/// Text made of what the grammar knows, in any order.
fn scraps() -> impl Strategy<Value = String> {
    let scrap = prop::sample::select(vec![
        "A",
        "B",
        " ",
        "\n",
        "->>",
        "-->>",
        "-x",
        "-)",
        "<<->>",
        "-|\\",
        "//-",
        ":",
        ";",
        "#",
        "#35;",
        "&lt;",
        "+",
        "-",
        "()",
        "@{",
        "}",
        "\"type\": \"queue\"",
        "participant ",
        "actor ",
        " as ",
        "create ",
        "destroy ",
        "activate A",
        "deactivate A",
        "Note over ",
        "note left of ",
        ",",
        "box ",
        "end",
        "loop ",
        "alt ",
        "else ",
        "par ",
        "and ",
        "rect rgb(",
        ")",
        "autonumber ",
        "1.5",
        "title ",
        "accDescr {",
        "link A: x @ y",
        "%%",
        "中文",
        "<br/>",
        "🚀",
    ]);
    prop::collection::vec(scrap, 0..40).prop_map(|parts| format!("sequenceDiagram\n{}", parts.concat()))
}

proptest! {
    #[test]
    fn no_text_makes_the_parser_panic(source in "\\PC*") {
        sequence(&format!("sequenceDiagram\n{source}"));
    }

    #[test]
    fn problems_lie_within_the_text(source in scraps()) {
        for problem in sequence(&source).1 {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{:?}", problem);
        }
        let options = crate::diagram::Options {
            prefix: "d",
            phrases: crate::diagram::Phrases::ENGLISH,
            link: &|_| None,
            standalone: true,
        };
        let _ = crate::diagram::draw(&source, &options);
    }
}
