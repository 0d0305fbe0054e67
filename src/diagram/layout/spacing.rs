//! The distances a drawing keeps, in CSS pixels.
//!
//! "Along" is the way ranks grow, "across" is the way a rank's boxes stand beside each other.

/// Along, between the boxes of two ranks.
pub(super) const RANK_GAP: f32 = 40.0;
/// Along, between a box and an edge label before or after it: room for an arrow head and a bit of line.
pub(super) const LABEL_GAP: f32 = 18.0;
/// Across, between two boxes of a rank.
pub(super) const NODE_GAP: f32 = 28.0;
/// Across, between two edges that pass a rank.
pub(super) const EDGE_GAP: f32 = 14.0;
/// Across, between a box and an edge that passes it.
pub(super) const PASS_GAP: f32 = 14.0;
/// Across, between two edge labels, or a label and a box.
pub(super) const TAG_GAP: f32 = 10.0;
/// Between a cluster's frame and what it holds.
pub(super) const FRAME_PAD: f32 = 14.0;
/// Between the frames of two clusters.
pub(super) const FRAME_GAP: f32 = 22.0;
/// Above and below a cluster's title.
pub(super) const TITLE_PAD: f32 = 6.0;
/// Below the title of a cluster that edges run into.
pub(super) const ENTRY: f32 = 12.0;
/// Between parts of the diagram that nothing connects.
pub(super) const PART_GAP: f32 = 28.0;
/// Around the whole drawing.
pub(super) const MARGIN: f32 = 8.0;
/// Between the ends of two edges on one side of a box, where there is room.
pub(super) const PORT_GAP: f32 = 12.0;
/// Across, what a head with a length of its own takes.
pub(super) const HEAD_WIDTH: f32 = 18.0;
/// How far an edge runs straight at its end, in lengths of its head: its rounded corner begins before half of that.
pub(super) const STRAIGHT: f32 = 1.5;
/// How far a self loop stands out.
pub(super) const LOOP_REACH: f32 = 26.0;
/// Along, from a row's boxes to where a link that passes them may turn.
pub(super) const TURN_GAP: f32 = 6.0;
