//! Charts, from the outside: what they say and show, and what must hold of every text.

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

/// How often a part stands in a drawing.
fn count(svg: &str, part: &str) -> usize {
    svg.matches(part).count()
}

/// The name and the description of a drawing.
fn told(svg: &str) -> (&str, &str) {
    let between = |from: &str, to: &str| svg.split(from).nth(1).and_then(|s| s.split(to).next()).unwrap_or_default();
    (between("<title id=\"d-t\">", "</title>"), between("<desc id=\"d-d\">", "</desc>"))
}

#[test]
fn a_small_pie_whole() {
    insta::assert_snapshot!(svg("pie title 占比\n \"调度器\" : 3\n \"b & c\" : 1"));
}

#[test]
fn a_pie_shows_each_share_and_names_all() {
    let svg = svg("pie showData\n \"a\" : 99\n \"b\" : 1\n \"none\" : 0");
    assert_eq!(count(&svg, "<path"), 2, "nothing has no slice: {svg}");
    assert_eq!(count(&svg, ">99%</text>"), 2, "in the slice and beside its name: {svg}");
    assert_eq!(count(&svg, ">1%</text>"), 1, "there is no room in the slice: {svg}");
    assert_eq!(told(&svg), ("饼图", "a（99） 99%；b（1） 1%；none（0） 0%"));
}

#[test]
fn a_chart_has_a_bar_and_a_point_for_each_value() {
    let svg =
        svg("xychart\n x-axis [甲, \"乙 b\"]\n y-axis 用量 0 --> 10\n bar 今 [1, 2]\n bar 昔 [3, 4]\n line 限 [5, 6]");
    // Three patches of the legend, of which one is a line.
    assert_eq!((count(&svg, "<rect"), count(&svg, "<circle")), (4 + 2, 2), "{svg}");
    for words in ["甲", "乙 b", "用量", "今", "昔", "限", "10"] {
        assert!(svg.contains(&format!(">{words}</text>")), "{words} is missing in {svg}");
    }
    assert_eq!(told(&svg).1, "今（甲 1, 乙 b 2）；昔（甲 3, 乙 b 4）；限（甲 5, 乙 b 6）");
}

#[test]
fn a_value_beyond_its_axis_stays_in_the_drawing() {
    let svg = svg("xychart\n y-axis 0 --> 10\n bar [1000000, -5]");
    let heights: Vec<f32> = svg
        .split("<rect")
        .skip(1)
        .filter_map(|rect| rect.split("height=\"").nth(1)?.split('"').next()?.parse().ok())
        .collect();
    assert_eq!(heights.len(), 2, "{svg}");
    assert!(heights.iter().all(|h| (0.0..=271.0).contains(h)), "{heights:?}");
}

#[test]
fn points_of_quadrants_are_all_named() {
    let crowd: String = (0..40).map(|n| format!(" point {n}: [0.5, 0.5]\n")).collect();
    let svg = svg(&format!("quadrantChart\n quadrant-1 好\n{crowd}"));
    assert_eq!(count(&svg, "<circle"), 40);
    for n in 0..40 {
        assert!(
            svg.contains(&format!(">point {n}</text>")) || svg.contains(&format!(">point {n}: 0.5, 0.5</text>")),
            "{n}"
        );
    }
    assert!(told(&svg).1.starts_with("point 0（好, 0.5, 0.5）；"), "{:?}", told(&svg));
}

#[test]
fn a_radar_has_a_curve_and_a_name_for_each_series() {
    let svg = svg(
        "radar-beta\n axis a[\"调度器\"], b, c\n curve x[\"一\"]{1, 2, 3}, y{3, 2, 1}\n ticks 2\n graticule polygon",
    );
    assert_eq!(count(&svg, "curve cover"), 2);
    assert_eq!(count(&svg, "class=\"grid\""), 2 + 3, "rings and axes: {svg}");
    assert!(svg.contains("<a href=\"scheduler.html\">") && svg.contains("role=\"group\""), "{svg}");
    assert_eq!(told(&svg), ("雷达图", "一（调度器 1, b 2, c 3）；y（调度器 3, b 2, c 1）"));
}

#[test]
fn a_part_of_a_treemap_that_is_too_small_is_listed() {
    let svg = svg("treemap\n\"all\"\n  \"large\": 100000\n  \"tiny\": 1\n  \"none\": 0");
    assert!(svg.contains("<text") && svg.contains(">large</text>") || svg.contains("large<tspan"), "{svg}");
    assert!(svg.contains(">tiny 1</text>") && svg.contains(">none 0</text>"), "{svg}");
    assert_eq!(told(&svg).1, "all（100001）；large（100000）；tiny（1）；none（0）");
}

#[test]
fn a_flow_has_a_band_and_each_node_its_sum() {
    let svg = svg("sankey\na,调度器,2\nb,调度器,1.5\n调度器,c,3.5");
    assert_eq!((count(&svg, "edge band"), count(&svg, "class=\"node")), (3, 4));
    assert!(svg.contains("data-from=\"n0\" data-to=\"n1\"") && svg.contains(">3.5<"), "{svg}");
    assert_eq!(told(&svg).1, "a → 调度器（2）；b → 调度器（1.5）；调度器 → c（3.5）");
}

#[test]
fn a_field_goes_on_in_the_next_row() {
    let svg = svg("packet\n 0-15: \"a\"\n 16-47: \"long\"\n 48: \"bit\"");
    assert_eq!((count(&svg, "data-id=\"b1\""), count(&svg, "data-id=\"b2\"")), (2, 1), "{svg}");
    assert_eq!(told(&svg), ("数据包格式", "a（0–15）；long（16–47）；bit（48）"));
}

#[test]
fn what_an_author_writes_never_becomes_markup() {
    let evil = "<script>x</script>&\\\"'";
    for source in [
        format!("pie title {evil}\n '{evil}' : 1"),
        format!("quadrantChart\n x-axis {evil} --> {evil}\n {evil}: [0.1, 0.2] color: url(x)"),
        format!("xychart\n title \"{evil}\"\n x-axis [{evil}]\n bar [1]"),
        format!("treemap\n '{}':::x\n classDef x fill:url(evil)", evil.replace('\'', "")),
        format!("sankey\n{evil},b,1"),
        format!("packet\n 0-3: \"{evil}\""),
    ] {
        let svg = drawn(&source).value.map(|d| d.svg).unwrap_or_default();
        assert!(!svg.contains("<script") && !svg.contains("url("), "{svg}");
    }
}

/// Lines as people write them, and as nobody would.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        " {0,4}\"[a-z饼\\\\`*]{0,9}\" ?: ?-?[0-9]{0,9}(\\.[0-9])?(:::x)?",
        "[a-z点]{1,30}: \\[[01](\\.[0-9]{1,3})?, [01](\\.[0-9])?\\]( radius: [0-9]{1,3})?",
        "(x-axis|y-axis) [a-z轴 ]{0,20}(-->|\\[[a-z, ]{0,30}\\]|[0-9]{1,15} --> -?[0-9]{1,15})?",
        "(bar|line) (\"[a-z]{0,9}\" )?\\[-?[0-9]{1,14}(, ?-?[0-9.]{1,5}){0,12}\\]",
        "(axis|curve) [a-d]{1,2}(\\[\"[a-z轴]{0,30}\"\\])?(\\{[0-9]{1,14}(, ?[0-9]){0,3}\\})?",
        "(ticks|max|min) -?[0-9]{1,15}",
        "[a-e流]{1,3},[f-k]{1,3},[0-9]{1,14}",
        "(\\+[0-9]{1,4}|[0-9]{1,3}-[0-9]{1,3}): \"[a-z包 ]{0,30}\"",
        "(title|accTitle:|classDef x) [ -~]{0,20}",
        "\\PC{0,30}",
    ]
}

fn kind() -> impl Strategy<Value = &'static str> {
    prop::sample::select(vec![
        "pie",
        "pie showData",
        "quadrantChart",
        "xychart",
        "xychart-beta horizontal",
        "radar-beta",
        "treemap",
        "sankey",
        "packet",
    ])
}

/// Numbers of an attribute, wherever it stands.
fn numbers(svg: &str, attribute: &str) -> Vec<f32> {
    let start = format!(" {attribute}=\"");
    svg.split(&start).skip(1).filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_text_makes_it_panic_and_all_is_within(kind in kind(), lines in prop::collection::vec(line(), 0..14)) {
        let source = format!("{kind}\n{}", lines.join("\n"));
        let outcome = drawn(&source);
        for problem in &outcome.problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        let errors = outcome.problems.iter().any(|p| p.weight == Weight::Error);
        prop_assert_eq!(errors, outcome.value.is_none());
        if let Some(Drawing { svg, width, height }) = &outcome.value {
            prop_assert!(width.is_finite() && height.is_finite() && !svg.contains("NaN") && !svg.contains("inf"));
            for (attributes, most) in [(["x", "cx"], *width), (["y", "cy"], *height)] {
                for n in attributes.into_iter().flat_map(|a| numbers(svg, a)) {
                    prop_assert!((0.0..=most).contains(&n), "{n} of {most} in {svg}");
                }
            }
            let again = drawn(&source).value;
            prop_assert_eq!(Some(svg), again.as_ref().map(|d| &d.svg));
        }
    }

    #[test]
    fn charts_that_are_well_written_are_drawn(values in prop::collection::vec(0..1_000_000_u32, 1..40)) {
        let list = |between: &str| values.iter().map(ToString::to_string).collect::<Vec<_>>().join(between);
        let rows = |row: fn(usize, u32) -> String| values.iter().enumerate().map(|(n, v)| row(n, *v)).collect::<String>();
        for source in [
            format!("pie\n{}", rows(|n, v| format!("\"n{n}\": {v}\n"))),
            format!("treemap\n{}", rows(|n, v| format!("{}\"n{n}\": {v}\n", " ".repeat(n % 3)))),
            format!("xychart\nbar [{}]\nline [{}]", list(", "), list(",")),
            format!("sankey\n{}", rows(|n, v| format!("n{},n{},{v}\n", n / 2, n + 1))),
            format!("quadrantChart\n{}", rows(|n, v| format!("n{n}: [0.{v}, 0.5]\n"))),
            format!("packet\n{}", rows(|n, v| format!("+{}: \"n{n}\"\n", v % 40 + 1))),
        ] {
            let outcome = drawn(&source);
            prop_assert!(outcome.value.is_some() && outcome.problems.is_empty(), "{source}: {:?}", outcome.problems);
        }
    }
}
