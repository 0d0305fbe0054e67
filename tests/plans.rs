//! Journeys, Gantt charts, git graphs, boards, block and architecture diagrams, from the outside: what they show, and
//! what must hold of every text.

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

/// The name and the description of a drawing.
fn told(svg: &str) -> (&str, &str) {
    let between = |from: &str, to: &str| svg.split(from).nth(1).and_then(|s| s.split(to).next()).unwrap_or_default();
    (between("<title id=\"d-t\">", "</title>"), between("<desc id=\"d-d\">", "</desc>"))
}

/// A number of an element's attribute.
fn number(element: &str, name: &str) -> f32 {
    let value = element.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next());
    value.and_then(|value| value.parse().ok()).unwrap_or_else(|| panic!("no {name} in {element}"))
}

/// Left, top, right and bottom of each rectangle.
fn rectangles(svg: &str) -> Vec<(f32, f32, f32, f32)> {
    let rects = svg.split("<rect").skip(1).filter_map(|rest| rest.split("/>").next());
    let edges = |r: &str| (number(r, "x"), number(r, "y"), number(r, "width"), number(r, "height"));
    rects.map(edges).map(|(x, y, w, h)| (x, y, x + w, y + h)).collect()
}

#[test]
fn a_journey_has_a_card_and_a_face_for_each_step() {
    let svg = svg("journey\n title 上班\n section 早\n  泡茶: 5: 我\n  走路: 1: 我, 猫\n");
    assert_eq!((svg.matches("class=\"face\"").count(), svg.matches("class=\"who").count()), (2, 3));
    assert_eq!(told(&svg), ("上班", "泡茶（5/5, 我）；走路（1/5, 我, 猫）"));
}

#[test]
fn a_gantt_chart_has_a_bar_for_each_task_and_says_when_it_is() {
    let svg = svg(
        "gantt\n section 一\n 设计 : done, a, 2026-01-01, 2d\n 发布 : milestone, after a, 0d\n 今天 : vert, 2026-01-02, 0d\n",
    );
    assert!(svg.contains("class=\"node done c0\"") || svg.contains("class=\"node c0 done\""), "{svg}");
    assert_eq!(svg.matches("class=\"node").count(), 2, "a line has no bar");
    assert_eq!(told(&svg), ("甘特图", "设计（2026-01-01 – 2026-01-03）；发布（2026-01-03）；今天（2026-01-02）"));
}

#[test]
fn a_compact_chart_needs_fewer_rows() {
    let tasks = "gantt\n a : 2026-01-01, 9d\n b : 2026-01-12, 9d\n c : 2026-02-01, 9d\n";
    let plain = drawn(tasks).value.map(|d| d.height).unwrap_or_default();
    let compact =
        drawn(&format!("---\ndisplayMode: compact\n---\n{tasks}")).value.map(|d| d.height).unwrap_or_default();
    assert!(compact + 50.0 < plain, "{compact} against {plain}");
}

#[test]
fn a_git_graph_has_a_dot_for_each_commit_and_a_line_to_each_parent() {
    let svg =
        svg("gitGraph\n commit id:\"一\"\n branch dev\n commit\n checkout main\n commit\n merge dev tag:\"v1\"\n");
    assert_eq!((svg.matches("class=\"node").count(), svg.matches("class=\"edge").count()), (4, 4));
    assert_eq!(told(&svg), ("Git 分支图", "main（一, •, •）；dev（•）"));
    let bare = drawn("%%{init: {'gitGraph': {'showBranches': false}}}%%\ngitGraph\n commit\n").value.map(|d| d.svg);
    assert!(bare.is_some_and(|svg| !svg.contains("lane")));
}

#[test]
fn time_may_run_down_or_up() {
    let of = |way: &str| svg(&format!("gitGraph {way}:\n commit id:\"a\"\n commit id:\"b\"\n"));
    let second = |svg: &str| svg.split("<circle").nth(2).map(|c| number(c, "cy")).unwrap_or_default();
    let first = |svg: &str| svg.split("<circle").nth(1).map(|c| number(c, "cy")).unwrap_or_default();
    let (down, up) = (of("TB"), of("BT"));
    assert!(first(&down) < second(&down) && first(&up) > second(&up));
}

#[test]
fn a_board_has_its_cards_in_columns() {
    let svg = svg("kanban\n todo[待办]\n  a[调度器]\n  b[写文档]@{ ticket: T-1, priority: High }\n done[完成]\n");
    assert_eq!((svg.matches("class=\"cluster").count(), svg.matches("class=\"node").count()), (2, 2));
    assert!(svg.contains("<a href=\"scheduler.html\"><g class=\"node flush\" data-id=\"a\">"), "{svg}");
    assert!(svg.contains("优先级：高") && svg.contains(">T-1<"));
    assert_eq!(told(&svg), ("看板", "待办（调度器, 写文档）；完成"));
}

#[test]
fn a_link_of_a_block_diagram_runs_around_what_is_between() {
    let svg = svg("block\n a b c\n a --> c\n");
    let data = svg.split("data-to=\"c\"").nth(1).and_then(|rest| rest.split(" d=\"").nth(1)).unwrap_or_default();
    assert!(data.split('"').next().is_some_and(|data| data.contains('Q')), "it turns: {data}");
    assert_eq!(told(&svg), ("框图", "a → c"));
}

#[test]
fn an_architecture_stands_as_its_sides_say() {
    let svg = svg(
        "architecture-beta\n group g(cloud)[云]\n service a(server)[甲] in g\n service b(disk)[乙] in g\n a:B -[读]-> T:b\n",
    );
    let rects = rectangles(&svg);
    let (frame, above, below) = (rects[0], rects[2], rects[3]);
    assert!(above.3 < below.1 && frame.0 < above.0 && frame.3 > below.3, "{rects:?}");
    assert_eq!(told(&svg), ("架构图", "甲 → 乙（读）"));
}

/// A kind, and lines that people write in it, or nobody would.
fn plans() -> impl Strategy<Value = (&'static str, Vec<String>)> {
    let step = prop_oneof!["[a-c 一]{1,30}: [0-9]: [ab]{1,3}(, [c-d]{1,40})?", "section [a-z ]{0,50}", "\\PC{0,20}"];
    let task = prop_oneof![
        "[a-c 一]{1,60} ?: (done, |crit, active, |milestone, |vert, )?([a-d], )?2026-0[1-9]-1[0-9], [0-9]{1,3}(d|w|h)",
        "[a-c]{1,9} : (vert, )?after [a-d], (1d|until [a-d])",
        "(section [a-z]{0,40}|excludes weekends|topAxis|tickInterval 1(day|week|month))",
    ];
    let command = prop_oneof![
        "commit( id: \"[a-f ]{0,40}\")?( tag: \"[a-z]{0,30}\")?( type: (REVERSE|HIGHLIGHT))?",
        "(branch|checkout|merge) [a-d]{1,20}",
        "(branch|checkout|merge) (main|[a-c])",
        "cherry-pick id: \"[a-f]\"",
    ];
    let card = prop_oneof![
        "( |  )[a-d](\\[[a-z 一]{0,60}\\])?(@\\{ ticket: [A-Z]{1,30}, assigned: [a-z]{1,30}, priority: High \\})?",
        "\\PC{0,20}",
    ];
    let block = prop_oneof![
        "[a-f](\\[\"[a-z 一]{0,40}\"\\]|\\(\\(x\\)\\)|<\\[\"y\"\\]>\\((x|up, left)\\))?(:[1-4])?",
        "[a-f] (--|-- \"[a-z]{1,20}\" --|==)> [a-f]",
        "(columns [1-4]|space:2|block:[g-j]|block|end)",
    ];
    let service = prop_oneof![
        "service [a-e](\\((cloud|server|x)\\))?(\\[[a-z 一]{0,40}\\])?( in [g-h])?",
        "group [g-h](\\(cloud\\))?(\\[[a-z]{0,40}\\])?( in [g-h])?",
        "[a-e](\\{group\\})?:[LRTB] (--|<-->|-\\[[a-z]{1,20}\\]->) [LRTB]:[a-e](\\{group\\})?",
    ];
    let of = |first: &'static str, line: BoxedStrategy<String>| (Just(first), prop::collection::vec(line, 0..14));
    prop_oneof![
        of("journey", step.boxed()),
        of("gantt", task.clone().boxed()),
        of("---\ndisplayMode: compact\n---\ngantt", task.boxed()),
        of("gitGraph", command.clone().boxed()),
        of("gitGraph TB:", command.boxed()),
        of("kanban", card.boxed()),
        of("block", block.boxed()),
        of("architecture-beta", service.boxed()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn plans_are_drawn_within_their_sheet_or_told_why_not((first, lines) in plans()) {
        let source = format!("{first}\n{}", lines.join("\n"));
        let outcome = drawn(&source);
        for problem in &outcome.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        let errors = outcome.problems.iter().any(|p| p.weight == Weight::Error);
        prop_assert_eq!(errors, outcome.value.is_none());
        if let Some(Drawing { svg, width, height }) = &outcome.value {
            prop_assert!(!svg.contains("NaN") && !svg.contains("inf\""));
            prop_assert_eq!(svg.matches("<g").count(), svg.matches("</g>").count());
            for (left, top, right, bottom) in rectangles(svg) {
                prop_assert!(left >= 0.0 && top >= 0.0 && right <= width + 0.5 && bottom <= height + 0.5, "{svg}");
            }
            let again = drawn(&source).value.map(|d| d.svg);
            prop_assert_eq!(Some(svg), again.as_ref());
        }
    }
}
