//! Block diagrams as people write them, and as nobody would.

use super::*;
use crate::diagram::Outcome;
use crate::diagram::mermaid::preamble;
use proptest::prelude::*;

fn blocks(source: &str) -> Outcome<Blocks> {
    read(source, &preamble(source))
}

/// Each box: its name, words, columns and frame.
fn shown(source: &str) -> Vec<String> {
    let Outcome { value, problems } = blocks(source);
    assert!(problems.is_empty(), "{problems:?}");
    let around = |b: &Block| b.parent.map(|p| format!(" in {}", value.blocks[p].id)).unwrap_or_default();
    value
        .blocks
        .iter()
        .map(|b| format!("{} {} {}{}", b.id, b.label.spoken(), b.span, around(b)).trim().to_owned())
        .collect()
}

#[test]
fn boxes_have_columns_and_frames() {
    let source = "block-beta\n columns 3\n a[\"一\"] b:2 %% words\n block:group[\"组\"]:2\n  columns 1 c((\"圆\"))\n  block d end\n end\n space\n";
    assert_eq!(shown(source), ["a 一 1", "b b 2", "group 组 2", "c 圆 1 in group", "1 in group", "d d 1 in", "1"]);
    let blocks = blocks(source).value;
    assert_eq!((blocks.columns, &blocks.blocks[2].form), (Some(3), &Form::Frame(Some(1))));
    assert_eq!(blocks.blocks[3].form, Form::Leaf(Shape::Circle));
    assert_eq!(blocks.blocks[6].form, Form::Space);
}

#[test]
fn links_name_boxes_that_are_there_and_new_ones() {
    let source = "block\n A space:2 B\n A-- \"是\" -->B\n B ==> api-server --x A\n";
    let blocks = blocks(source);
    assert!(blocks.problems.is_empty(), "{:?}", blocks.problems);
    let links: Vec<_> = blocks.value.links.iter().map(|l| (l.from, l.to, l.stroke, l.end, l.label.spoken())).collect();
    assert_eq!(
        links,
        [
            (0, 3, Stroke::Normal, Head::Arrow, "是".to_owned()),
            (3, 4, Stroke::Thick, Head::Arrow, String::new()),
            (4, 0, Stroke::Normal, Head::Cross, String::new())
        ]
    );
}

#[test]
fn arrows_point_and_colours_are_given() {
    let source = "block\n blockArrow<[\"&nbsp;\"]>(x, down)\n a b\n classDef red fill:#f00,stroke:#333;\n class a, b red\n style b fill:#00f\n";
    let blocks = blocks(source);
    assert!(blocks.problems.is_empty(), "{:?}", blocks.problems);
    assert_eq!(blocks.value.blocks[0].form, Form::Arrow(Points { left: true, right: true, up: false, down: true }));
    let fills: Vec<Option<&str>> = blocks
        .value
        .blocks
        .iter()
        .map(|b| b.style.fill.as_ref().map(crate::diagram::mermaid::flowchart::Colour::as_str))
        .collect();
    assert_eq!(fills, [None, Some("#f00"), Some("#00f")]);
}

#[test]
fn mistakes_are_told() {
    let told = |lines: &str| {
        let source = format!("block\n{lines}");
        blocks(&source).problems.into_iter().map(|p| p.message).collect::<Vec<_>>().join("; ")
    };
    assert_eq!(told(""), "the diagram has no block");
    assert_eq!(told("block:a b"), "this block has no `end`");
    assert_eq!(told("a end"), "`end` closes nothing");
    assert_eq!(told("columns many a"), "`many` is no number of columns");
    assert_eq!(told("a[\"open"), "this shape is not closed");
    assert_eq!(told("a<[\"x\"]>(sideways)"), "this arrow points nowhere");
    assert_eq!(told("a --> ?\n)"), "a block was expected, not `)`");
}

proptest! {
    #[test]
    fn any_text_is_read(words in prop::collection::vec(prop_oneof![
        "[a-c](\\[\"?[a-z一]{0,3}\"?\\]?|\\(\\(x\\)\\)|:[0-9]{1,3})?",
        "(block|block:[a-c]|end|space|space:[0-9]|columns [0-9a]|-->|--|==|~~~|<\\[\"x\"\\]>\\((up|x)\\)|style a|classDef b fill:red\\n|\\n)",
        "\\PC{0,6}",
    ], 0..30)) {
        let source = format!("block\n{}", words.join(" "));
        let Outcome { value, problems } = blocks(&source);
        for problem in problems {
            prop_assert!(source.get(problem.range.clone()).is_some(), "{problem:?}");
        }
        for (at, block) in value.blocks.iter().enumerate() {
            prop_assert!(block.span >= 1 && block.parent.is_none_or(|p| p < at));
        }
        for link in &value.links {
            prop_assert!(link.from < value.blocks.len() && link.to < value.blocks.len());
        }
    }
}
