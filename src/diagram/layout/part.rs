//! A connected part of a diagram as the layered method sees it: ranks grow downwards, always.
//!
//! The other three directions are the same problem with axes exchanged or mirrored; [`Axes`] does that once on the way
//! in (sizes, outlines, paddings) and once on the way out (points).

use crate::diagram::graph::{Direction, Outline, Point, Rect, Size};

use super::spacing::{ENTRY, FRAME_PAD, TITLE_PAD};

/// The change of axes between the drawing and a [`Part`].
#[derive(Clone, Copy, Debug)]
pub(super) struct Axes(pub Direction);

impl Axes {
    /// Whether ranks grow sideways in the drawing.
    pub fn sideways(self) -> bool {
        matches!(self.0, Direction::Left | Direction::Right)
    }

    /// A size of the drawing, as the part sees it; and back, for it is its own inverse.
    pub fn size(self, size: Size) -> Size {
        if self.sideways() { Size { width: size.height, height: size.width } } else { size }
    }

    /// A point of the part, whose own size is `size`, in the drawing.
    pub fn point(self, p: Point, size: Size) -> Point {
        match self.0 {
            Direction::Down => p,
            Direction::Up => Point { x: p.x, y: size.height - p.y },
            Direction::Right => Point { x: p.y, y: p.x },
            Direction::Left => Point { x: size.height - p.y, y: p.x },
        }
    }

    /// A rectangle of the part in the drawing.
    pub fn rect(self, r: Rect, size: Size) -> Rect {
        let a = self.point(Point { x: r.x, y: r.y }, size);
        let b = self.point(Point { x: r.x + r.width, y: r.y + r.height }, size);
        Rect { x: a.x.min(b.x), y: a.y.min(b.y), width: (a.x - b.x).abs(), height: (a.y - b.y).abs() }
    }

    /// A corner of an outline (centre at the origin), as the part sees it.
    fn corner(self, p: Point) -> Point {
        match self.0 {
            Direction::Down => p,
            Direction::Up => Point { x: p.x, y: -p.y },
            Direction::Right => Point { x: p.y, y: p.x },
            Direction::Left => Point { x: p.y, y: -p.x },
        }
    }

    /// The room a frame with this title keeps around its content.
    pub fn frame(self, title: Size, parent: Option<u32>) -> Frame {
        // Where edges come in from above, a piece of each is seen between the title and its arrow head.
        let entry = if self.sideways() { 0.0 } else { ENTRY };
        let top = if title.height > 0.0 { title.height + 2.0 * TITLE_PAD + entry } else { FRAME_PAD };
        let least = if title.width > 0.0 { title.width + 2.0 * FRAME_PAD } else { 0.0 };
        let (p, s) = (FRAME_PAD, self.sideways());
        Frame {
            parent,
            before: if self.0 == Direction::Down { top } else { p },
            after: if self.0 == Direction::Up { top } else { p },
            low: if s { top } else { p },
            high: p,
            least_across: if s { 0.0 } else { least },
            least_along: if s { least } else { 0.0 },
        }
    }

    /// The outline as the part sees it.
    pub fn shape(self, outline: &Outline) -> Shape {
        match outline {
            Outline::Rect => Shape::Rect,
            Outline::Ellipse => Shape::Ellipse,
            Outline::Polygon(corners) => Shape::Polygon(corners.iter().map(|&p| self.corner(p)).collect()),
        }
    }
}

/// An outline in the part's axes.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Rect,
    Ellipse,
    Polygon(Box<[Point]>),
}

/// A box: a node, or an isolated cluster that has been laid out already.
#[derive(Clone, Debug)]
pub(super) struct Block {
    pub size: Size,
    pub shape: Shape,
    /// The innermost frame around it.
    pub frame: Option<u32>,
    /// Room kept on the high side for self loops and their labels.
    pub loops: Size,
}

impl Block {
    /// How far the outline is from the centre, downwards (`side` 1) or upwards (`side` -1), at `offset` across.
    pub fn reach_along(&self, offset: f32, side: f32) -> f32 {
        let half = self.size.height / 2.0;
        match &self.shape {
            Shape::Rect => half,
            Shape::Ellipse => {
                let t = (2.0 * offset / self.size.width.max(1.0)).clamp(-1.0, 1.0);
                half * (1.0 - t * t).sqrt()
            }
            Shape::Polygon(corners) => {
                let t = 2.0 * offset / self.size.width.max(1.0);
                half * reach(corners.iter().map(|p| (p.x, p.y * side)), t).unwrap_or(1.0)
            }
        }
    }

    /// How far the outline is from the centre on the high side, at `offset` along.
    pub fn reach_across(&self, offset: f32) -> f32 {
        let half = self.size.width / 2.0;
        let t = 2.0 * offset / self.size.height.max(1.0);
        match &self.shape {
            Shape::Rect => half,
            Shape::Ellipse => half * (1.0 - t.clamp(-1.0, 1.0).powi(2)).sqrt(),
            Shape::Polygon(corners) => half * reach(corners.iter().map(|p| (p.y, p.x)), t).unwrap_or(1.0),
        }
    }
}

/// The largest second coordinate of a closed polygon where the first is `t`.
fn reach(corners: impl Iterator<Item = (f32, f32)> + Clone, t: f32) -> Option<f32> {
    let mut best: Option<f32> = None;
    let following = corners.clone().cycle().skip(1);
    for ((x0, y0), (x1, y1)) in corners.zip(following) {
        let (low, high) = (x0.min(x1), x0.max(x1));
        if t < low || t > high {
            continue;
        }
        let y = if high - low < 1e-6 { y0.max(y1) } else { y0 + (y1 - y0) * (t - x0) / (x1 - x0) };
        best = Some(best.map_or(y, |b: f32| b.max(y)));
    }
    best
}

/// What stands at an end of a link: a head and a label beside it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct EndRoom {
    /// So far the link runs straight from its block.
    pub straight: f32,
    /// Room along that head and label want.
    pub along: f32,
    /// Room across, with the link in its middle or at its side.
    pub across: f32,
}

/// An edge between two different blocks.
#[derive(Clone, Debug)]
pub(super) struct Link {
    pub from: u32,
    pub to: u32,
    /// Ranks it spans at least.
    pub length: u32,
    pub label: Option<Size>,
    /// What stands at its two ends, next to the from and the to block.
    pub ends: [EndRoom; 2],
    /// It stops at this frame, which holds the block.
    pub from_frame: Option<u32>,
    pub to_frame: Option<u32>,
}

/// A cluster that is laid out together with what is around it. A frame comes after its parent.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub parent: Option<u32>,
    pub before: f32,
    pub after: f32,
    pub low: f32,
    pub high: f32,
    /// The least size across and along, for the title's sake.
    pub least_across: f32,
    pub least_along: f32,
}

/// What is laid out in one piece.
#[derive(Clone, Debug, Default)]
pub(super) struct Part {
    pub blocks: Vec<Block>,
    pub links: Vec<Link>,
    pub frames: Vec<Frame>,
    pub loops: Vec<SelfLoop>,
}

/// An edge from a block to itself.
#[derive(Clone, Debug)]
pub(super) struct SelfLoop {
    pub block: u32,
    pub label: Option<Size>,
}

impl Part {
    /// The frames around a block, innermost first.
    pub fn around(&self, frame: Option<u32>) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(frame, |&f| self.frames[f as usize].parent)
    }
}

/// Where a part's things stand, in the part's axes; everything from (0, 0) to `size`.
#[derive(Clone, Debug, Default)]
pub(super) struct Plan {
    pub size: Size,
    /// Centres.
    pub blocks: Vec<Point>,
    pub frames: Vec<Rect>,
    /// One a link, from its `from` to its `to`.
    pub paths: Vec<Path>,
    pub loops: Vec<Path>,
}

/// The way of one link: a chain of straight pieces, corners still sharp; of a self loop: a Bézier chain.
#[derive(Clone, Debug, Default)]
pub(super) struct Path {
    pub points: Vec<Point>,
    pub label: Option<Point>,
}
