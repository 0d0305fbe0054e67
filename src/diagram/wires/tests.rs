//! Wires around boxes.

use super::*;
use proptest::prelude::*;

fn square(x: f32, y: f32) -> Rect {
    Rect { x, y, width: 40.0, height: 20.0 }
}

fn wire(from: usize, to: usize) -> Wire {
    let end = |at| End { at, side: None, is_round: false };
    Wire { from: end(from), to: end(to), through: Vec::new(), label: None }
}

fn shown(run: &Run) -> String {
    run.points.iter().map(|p| format!("{},{}", p.x, p.y)).collect::<Vec<_>>().join(" ")
}

#[test]
fn facing_boxes_are_joined_by_a_straight_wire() {
    let runs = run(&[square(0.0, 0.0), square(100.0, 0.0)], &[wire(0, 1)], 12.0);
    assert_eq!(shown(&runs[0]), "40,10 100,10");
}

#[test]
fn a_box_between_is_gone_around() {
    let boxes = [square(0.0, 0.0), square(64.0, 0.0), square(128.0, 0.0)];
    let runs = run(&boxes, &[wire(0, 2)], 12.0);
    assert!(runs[0].is_clean && runs[0].points.len() > 2, "{}", shown(&runs[0]));
}

#[test]
fn an_author_may_choose_the_sides() {
    let mut chosen = wire(0, 1);
    chosen.from.side = Some(Side::Top);
    chosen.to.side = Some(Side::Left);
    let runs = run(&[square(0.0, 60.0), square(100.0, 0.0)], &[chosen], 12.0);
    assert_eq!(shown(&runs[0]), "20,60 20,10 100,10");
}

#[test]
fn words_stand_beside_boxes() {
    let mut named = wire(0, 1);
    named.label = Some(Size { width: 30.0, height: 10.0 });
    let wide = run(&[square(0.0, 0.0), square(100.0, 0.0)], &[named.clone()], 12.0);
    assert_eq!((wide[0].label, wide[0].is_clean), (Some(Point { x: 70.0, y: 10.0 }), true));
    named.label = Some(Size { width: 300.0, height: 10.0 });
    let narrow = run(&[square(0.0, 0.0), square(100.0, 0.0)], &[named], 12.0);
    assert!(!narrow[0].is_clean, "there is no room for the words");
}

proptest! {
    #[test]
    fn wires_run_through_no_box(cells in prop::collection::vec(0..25usize, 2..9), pairs in prop::collection::vec((0..9usize, 0..9usize), 1..8)) {
        let mut cells = cells;
        cells.sort_unstable();
        cells.dedup();
        let boxes: Vec<Rect> = cells.iter().map(|c| square((c % 5) as f32 * 64.0, (c / 5) as f32 * 44.0)).collect();
        let wires: Vec<Wire> =
            pairs.iter().map(|(a, b)| (a % boxes.len(), b % boxes.len())).filter(|(a, b)| a != b).map(|(a, b)| wire(a, b)).collect();
        for run in run(&boxes, &wires, 12.0) {
            prop_assert!(run.is_clean);
            for piece in run.points.windows(2) {
                let turned = (piece[0].x - piece[1].x).abs() > 0.1 && (piece[0].y - piece[1].y).abs() > 0.1;
                prop_assert!(!turned, "a slanted piece: {run:?}");
                for r in &boxes {
                    let inner = Rect { x: r.x + 1.5, y: r.y + 1.5, width: r.width - 3.0, height: r.height - 3.0 };
                    prop_assert!(!runs_through((piece[0], piece[1]), inner), "{run:?} runs through {r:?}");
                }
            }
        }
    }
}
