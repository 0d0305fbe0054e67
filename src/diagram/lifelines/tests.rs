use super::*;
use crate::diagram::mermaid::{preamble, sequence};

fn placed(source: &str) -> Placed {
    let sequence = sequence::read(source, &preamble(source)).value;
    place(&sequence, &|_, label| Size { width: label.width + 28.0, height: label.height + 18.0 })
}

#[test]
fn texts_fit_between_their_lifelines() {
    let placed =
        placed("sequenceDiagram\nA->>C: a message that is much longer than its columns are wide\nA->>B: x\nB->>C: y");
    for line in &placed.lines {
        let tag = line.tag.as_ref().expect("each message has a text");
        let (from, to) = (line.curve[0].x, line.curve[line.curve.len() - 1].x);
        assert!(tag.label.size.width < (to - from).abs());
    }
}

#[test]
fn figures_of_neighbours_stand_apart() {
    let placed = placed(
        "sequenceDiagram\nparticipant A as 一个名字很长很长很长的参与者\nparticipant B as 另一个名字很长的参与者\nA->>B: x",
    );
    let right = placed.heads[0].centre.x + placed.heads[0].size.width / 2.0;
    let left = placed.heads[1].centre.x - placed.heads[1].size.width / 2.0;
    assert!(left > right + 10.0);
}

#[test]
fn a_frame_holds_its_messages_and_inner_frames() {
    let placed = placed(
        "sequenceDiagram\nloop often\nA->>B: x\nalt y\nB->>A: z\nelse n\nA->>A: self with a long text\nend\nend",
    );
    let [outer, inner] = [placed.frames[0].rect, placed.frames[1].rect];
    assert!(outer.x < inner.x && outer.x + outer.width > inner.x + inner.width);
    assert!(outer.y < inner.y && outer.y + outer.height > inner.y + inner.height);
    for line in &placed.lines {
        assert!(line.curve.iter().all(|p| p.x > outer.x && p.x < outer.x + outer.width && p.y > outer.y));
    }
}

#[test]
fn a_created_participant_begins_where_it_is_created() {
    let placed = placed("sequenceDiagram\nA->>B: x\ncreate participant C\nA->>C: hi\ndestroy C\nC-xA: bye");
    assert!((placed.heads[2].centre.y - placed.lines[1].curve[0].y).abs() < 0.01);
    assert!(placed.lifelines[2].destroyed && placed.lifelines[2].bottom < placed.lifelines[0].bottom);
}

#[test]
fn time_runs_downwards() {
    let placed = placed("sequenceDiagram\nA->>B: one\nB->>B: two\nNote over A: n\nB-->>A: three");
    assert!(placed.lines.windows(2).all(|pair| pair[0].curve[0].y < pair[1].curve[0].y));
}

#[test]
fn an_empty_diagram_has_a_place() {
    let placed = placed("sequenceDiagram\n");
    assert!(placed.size.width.is_finite() && placed.heads.is_empty());
}
