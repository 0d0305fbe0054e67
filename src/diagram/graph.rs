//! Nodes, edges and clusters: all that a layout sees of a diagram, and the geometry it gives back.
//!
//! Units are CSS pixels; x grows to the right, y grows downwards. A layout never sees text, colours or Markdown:
//! whoever makes the [`Graph`] has measured every label already (`text.rs`), whoever draws the [`Geometry`] looks the
//! words up again by index.

/// Width and height of a box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Size {
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// A number as precise as a place needs to be.
#[expect(clippy::cast_possible_truncation, reason = "a drawing has no more than a few thousand pixels")]
pub(super) fn single(value: f64) -> f32 {
    value as f32
}

/// A place in the drawing.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
}

/// An upright rectangle; `x`, `y` is its upper left corner.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    /// To the right.
    pub x: f32,
    /// Downwards.
    pub y: f32,
    /// From left to right.
    pub width: f32,
    /// From top to bottom.
    pub height: f32,
}

/// Index into [`Graph::nodes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId(pub u32);

/// Index into [`Graph::clusters`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClusterId(pub u32);

/// Which way ranks grow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Direction {
    /// Top to bottom (`TB`, `TD`).
    #[default]
    Down,
    /// Bottom to top (`BT`).
    Up,
    /// Left to right (`LR`).
    Right,
    /// Right to left (`RL`).
    Left,
}

/// The outline that edge ends are cut at; inscribed in the node's box.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Outline {
    /// The box itself.
    #[default]
    Rect,
    /// The ellipse in the box.
    Ellipse,
    /// A convex polygon around the box's centre, in units of half the width and half the height.
    Polygon(Vec<Point>),
}

/// A box with a place to be found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// How large.
    pub size: Size,
    /// What edges are cut at.
    pub outline: Outline,
    /// The innermost cluster that holds it.
    pub parent: Option<ClusterId>,
}

/// What an edge ends at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum End {
    /// A node.
    Node(NodeId),
    /// The edge stops at the cluster's border.
    Cluster(ClusterId),
}

/// A connection.
#[derive(Clone, Debug, PartialEq)]
pub struct Edge {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// Ranks it spans at least: 1 for `-->`, 2 for `--->`.
    pub min_length: u32,
    /// The label's box in the middle of the edge.
    pub label: Option<Size>,
    /// Boxes at the two ends (cardinalities of class and ER diagrams).
    pub start_label: Option<Size>,
    /// A box at its end.
    pub end_label: Option<Size>,
    /// How long the heads at its beginning and at its end are: so far at least it runs straight from what it joins.
    pub heads: [f32; 2],
}

/// A frame around nodes and other clusters.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cluster {
    /// The title's box, set at the frame's upper edge.
    pub title: Size,
    /// The cluster it lies in.
    pub parent: Option<ClusterId>,
    /// Its own direction, where it has one.
    pub direction: Option<Direction>,
}

/// What is to be laid out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    /// Which way ranks grow.
    pub direction: Direction,
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The connections.
    pub edges: Vec<Edge>,
    /// A cluster comes after its parent.
    pub clusters: Vec<Cluster>,
}

/// One edge as it is to be drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Cubic Bézier chain: the start, then for each piece two control points and its end (1 + 3n points).
    /// A straight piece has its control points on the line. Both ends lie on the outlines they join.
    pub curve: Vec<Point>,
    /// The centre of the label's box; likewise at the ends.
    pub label: Option<Point>,
    /// A box at its beginning.
    pub start_label: Option<Point>,
    /// A box at its end.
    pub end_label: Option<Point>,
}

/// Where everything stands. All of it lies within (0, 0) to (`size.width`, `size.height`).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Geometry {
    /// How large.
    pub size: Size,
    /// Centres, one a node.
    pub nodes: Vec<Point>,
    /// Frames, one a cluster.
    pub clusters: Vec<Rect>,
    /// Centres of the titles, one a cluster.
    pub titles: Vec<Point>,
    /// One an edge.
    pub routes: Vec<Route>,
}
