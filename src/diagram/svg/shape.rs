//! Outlines: how large a node is around its label, what its edges are cut at, how it is drawn.

use super::write::Num;
use crate::diagram::graph::{Outline, Point, Rect, Size};
use crate::diagram::mermaid::flowchart::Shape;
use std::fmt::Write as _;

/// Between a label and the outline of a rectangle.
const PAD_X: f32 = 14.0;
const PAD_Y: f32 = 9.0;

/// What head and shoulders take above the words of a person.
const FIGURE: f32 = 22.0;

/// The size of a node around a label of a size.
pub(super) fn size(shape: Shape, label: Size) -> Size {
    let (w, h) = (label.width + 2.0 * PAD_X, label.height + 2.0 * PAD_Y);
    let of = |width: f32, height: f32| Size { width: width.max(28.0), height };
    match shape {
        Shape::Rectangle | Shape::Rounded => of(w, h),
        Shape::Person => of(w, h + FIGURE),
        Shape::Stadium | Shape::Delay => of(w + h * 0.3, h),
        Shape::Subroutine | Shape::LinedRectangle | Shape::LinedDocument | Shape::WindowPane => {
            of(w + 16.0, h + if shape == Shape::WindowPane { 8.0 } else { 0.0 })
        }
        Shape::DividedRectangle => of(w, h + 10.0),
        Shape::Cylinder => of(w, h + 16.0),
        Shape::LinedCylinder => of(w, h + 24.0),
        Shape::LyingCylinder | Shape::Bow | Shape::Display => of(w + 28.0, h),
        Shape::Circle | Shape::DoubleCircle => {
            let ring = if shape == Shape::DoubleCircle { 10.0 } else { 0.0 };
            let across = label.width.hypot(label.height) + 14.0 + ring;
            of(across, across)
        }
        Shape::Ellipse | Shape::Cloud => of(label.width * 1.3 + 26.0, label.height * 1.4 + 18.0),
        Shape::Odd => of(w + h * 0.5, h),
        Shape::Diamond => {
            // A rectangle of the label's size fits if its halves, as shares of the rhombus's, add up to at most one.
            let width = label.width * 1.65 + 22.0;
            let share = (label.width / width).min(0.75);
            // A choice has no words and is a rhombus all the same.
            of(width, ((label.height / (1.0 - share)).max(label.height * 1.8) + 6.0).max(28.0))
        }
        Shape::Hexagon => of(w + h * 0.6, h),
        Shape::LeanRight | Shape::LeanLeft | Shape::Trapezoid | Shape::InvertedTrapezoid => of(w + h * 0.8, h),
        Shape::Text => of(label.width + 8.0, label.height + 6.0),
        Shape::Card | Shape::Tagged | Shape::LoopLimit => of(w + 10.0, h + 4.0),
        Shape::Stack | Shape::Documents => of(w + 10.0, h + 18.0),
        Shape::Document | Shape::SlopedRectangle => of(w, h + 14.0),
        Shape::Flag => of(w, h + 22.0),
        Shape::Triangle | Shape::FlippedTriangle => of(label.width * 1.6 + 44.0, label.height * 2.0 + 30.0),
        Shape::Start | Shape::Junction => Size { width: 16.0, height: 16.0 },
        Shape::Stop => Size { width: 20.0, height: 20.0 },
        Shape::CrossedCircle => Size { width: 40.0, height: 40.0 },
        Shape::Fork => Size { width: 70.0, height: 8.0 },
        Shape::Hourglass => Size { width: 32.0, height: 32.0 },
        Shape::Bolt => Size { width: 32.0, height: 44.0 },
        Shape::Brace | Shape::BraceRight => of(w + 8.0, h),
        Shape::Braces => of(w + 16.0, h),
    }
}

/// Whether a node of this shape shows its label.
pub(super) fn shows_label(shape: Shape) -> bool {
    !matches!(
        shape,
        Shape::Start
            | Shape::Stop
            | Shape::Junction
            | Shape::CrossedCircle
            | Shape::Fork
            | Shape::Hourglass
            | Shape::Bolt
    )
}

/// How far the middle of the label is from the middle of the node.
pub(super) fn label_shift(shape: Shape, size: Size) -> (f32, f32) {
    match shape {
        Shape::Cylinder | Shape::DividedRectangle | Shape::SlopedRectangle => (0.0, 5.0),
        Shape::Person => (0.0, FIGURE / 2.0),
        Shape::LinedCylinder => (0.0, 9.0),
        Shape::Document | Shape::LinedDocument => (0.0, -4.0),
        Shape::Odd => (size.height * 0.12, 0.0),
        Shape::Triangle => (0.0, size.height * 0.2),
        Shape::FlippedTriangle => (0.0, -size.height * 0.2),
        Shape::Stack | Shape::Documents => (-4.0, 4.0),
        Shape::WindowPane => (4.0, 4.0),
        Shape::LyingCylinder | Shape::Display => (-4.0, 0.0),
        _ => (0.0, 0.0),
    }
}

/// What edges are cut at.
pub(super) fn outline(shape: Shape, size: Size) -> Outline {
    let inset = |px: f32| (2.0 * px / size.width).min(1.0);
    let polygon = |points: &[(f32, f32)]| Outline::Polygon(points.iter().map(|&(x, y)| Point { x, y }).collect());
    match shape {
        Shape::Circle
        | Shape::DoubleCircle
        | Shape::Ellipse
        | Shape::Start
        | Shape::Stop
        | Shape::Junction
        | Shape::CrossedCircle => Outline::Ellipse,
        Shape::Diamond => polygon(&[(0.0, -1.0), (1.0, 0.0), (0.0, 1.0), (-1.0, 0.0)]),
        Shape::Hexagon => {
            let i = inset(size.height * 0.3);
            polygon(&[(-1.0 + i, -1.0), (1.0 - i, -1.0), (1.0, 0.0), (1.0 - i, 1.0), (-1.0 + i, 1.0), (-1.0, 0.0)])
        }
        Shape::LeanRight => {
            let i = inset(size.height * 0.4);
            polygon(&[(-1.0 + i, -1.0), (1.0, -1.0), (1.0 - i, 1.0), (-1.0, 1.0)])
        }
        Shape::LeanLeft => {
            let i = inset(size.height * 0.4);
            polygon(&[(-1.0, -1.0), (1.0 - i, -1.0), (1.0, 1.0), (-1.0 + i, 1.0)])
        }
        Shape::Trapezoid => {
            let i = inset(size.height * 0.4);
            polygon(&[(-1.0 + i, -1.0), (1.0 - i, -1.0), (1.0, 1.0), (-1.0, 1.0)])
        }
        Shape::InvertedTrapezoid => {
            let i = inset(size.height * 0.4);
            polygon(&[(-1.0, -1.0), (1.0, -1.0), (1.0 - i, 1.0), (-1.0 + i, 1.0)])
        }
        Shape::Triangle => polygon(&[(0.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]),
        Shape::FlippedTriangle => polygon(&[(-1.0, -1.0), (1.0, -1.0), (0.0, 1.0)]),
        _ => Outline::Rect,
    }
}

/// Adds the element of a shape; `attributes` are those of the author's colours.
pub(super) fn draw(shape: Shape, r: Rect, attributes: &str, into: &mut String) {
    let (x, y, w, h) = (Num(r.x), Num(r.y), Num(r.width), Num(r.height));
    let (cx, cy) = (Num(r.x + r.width / 2.0), Num(r.y + r.height / 2.0));
    let _ = match shape {
        Shape::Rectangle => {
            write!(into, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"3\"{attributes}/>")
        }
        Shape::Rounded => write!(into, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"9\"{attributes}/>"),
        Shape::Person => {
            let (cx, top) = (r.x + r.width / 2.0, r.y + 8.0);
            write!(
                into,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"14\"{attributes}/><path class=\"figure\" d=\"M{} {}a5.2 5.2 0 1 1 .1 0zm-8.5 9.6a8.5 8 0 0 1 17 0z\"/>",
                Num(cx),
                Num(top + 10.4)
            )
        }
        Shape::Stadium => {
            write!(
                into,
                "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{}\"{attributes}/>",
                Num(r.height / 2.0)
            )
        }
        Shape::Text => write!(into, "<rect class=\"bare\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\"/>"),
        Shape::Circle | Shape::Start | Shape::Junction => {
            let class = if shape == Shape::Circle { "" } else { " class=\"dot\"" };
            write!(into, "<circle{class} cx=\"{cx}\" cy=\"{cy}\" r=\"{}\"{attributes}/>", Num(r.width / 2.0))
        }
        Shape::Ellipse => {
            write!(
                into,
                "<ellipse cx=\"{cx}\" cy=\"{cy}\" rx=\"{}\" ry=\"{}\"{attributes}/>",
                Num(r.width / 2.0),
                Num(r.height / 2.0)
            )
        }
        Shape::Fork => {
            write!(into, "<rect class=\"dot\" x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"3\"{attributes}/>")
        }
        _ => {
            let class = if matches!(shape, Shape::Brace | Shape::BraceRight | Shape::Braces) {
                " class=\"bare line\""
            } else {
                ""
            };
            write!(into, "<path{class} d=\"{}\"{attributes}/>", data(shape, r))
        }
    };
}

/// Where the pen goes, in pixels from the upper left corner of the node.
struct Pen {
    x: f32,
    y: f32,
    out: String,
}

impl Pen {
    fn to(mut self, command: char, points: &[(f32, f32)]) -> Self {
        self.out.push(command);
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(self.out, "{}{} {}", if at > 0 { " " } else { "" }, Num(self.x + x), Num(self.y + y));
        }
        self
    }

    /// An arc of an ellipse.
    fn arc(mut self, rx: f32, ry: f32, sweep: u8, (x, y): (f32, f32)) -> Self {
        let _ = write!(self.out, "A{} {} 0 0 {sweep} {} {}", Num(rx), Num(ry), Num(self.x + x), Num(self.y + y));
        self
    }

    fn polygon(self, points: &[(f32, f32)]) -> Self {
        self.to('M', &points[..1]).to('L', &points[1..]).close()
    }

    fn rectangle(self, x: f32, y: f32, w: f32, h: f32) -> Self {
        self.polygon(&[(x, y), (x + w, y), (x + w, y + h), (x, y + h)])
    }

    fn close(mut self) -> Self {
        self.out.push('z');
        self
    }
}

fn data(shape: Shape, r: Rect) -> String {
    let (w, h) = (r.width, r.height);
    let pen = Pen { x: r.x, y: r.y, out: String::new() };
    let slant = h * 0.4;
    let pen = match shape {
        Shape::Subroutine => pen.rectangle(0.0, 0.0, w, h).line_down(8.0, h).line_down(w - 8.0, h),
        Shape::LinedRectangle => pen.rectangle(0.0, 0.0, w, h).line_down(8.0, h),
        Shape::DividedRectangle => pen.rectangle(0.0, 0.0, w, h).to('M', &[(0.0, 10.0)]).to('L', &[(w, 10.0)]),
        Shape::WindowPane => {
            pen.rectangle(0.0, 0.0, w, h).line_down(8.0, h).to('M', &[(0.0, 8.0)]).to('L', &[(w, 8.0)])
        }
        Shape::Odd => pen.polygon(&[(0.0, 0.0), (w, 0.0), (w, h), (0.0, h), (h * 0.35, h / 2.0)]),
        Shape::Diamond => pen.polygon(&[(w / 2.0, 0.0), (w, h / 2.0), (w / 2.0, h), (0.0, h / 2.0)]),
        Shape::Hexagon => {
            let i = h * 0.3;
            pen.polygon(&[(i, 0.0), (w - i, 0.0), (w, h / 2.0), (w - i, h), (i, h), (0.0, h / 2.0)])
        }
        Shape::LeanRight => pen.polygon(&[(slant, 0.0), (w, 0.0), (w - slant, h), (0.0, h)]),
        Shape::LeanLeft => pen.polygon(&[(0.0, 0.0), (w - slant, 0.0), (w, h), (slant, h)]),
        Shape::Trapezoid => pen.polygon(&[(slant, 0.0), (w - slant, 0.0), (w, h), (0.0, h)]),
        Shape::InvertedTrapezoid => pen.polygon(&[(0.0, 0.0), (w, 0.0), (w - slant, h), (slant, h)]),
        Shape::Card => pen.polygon(&[(12.0, 0.0), (w, 0.0), (w, h), (0.0, h), (0.0, 12.0)]),
        Shape::LoopLimit => pen.polygon(&[(12.0, 0.0), (w - 12.0, 0.0), (w, 12.0), (w, h), (0.0, h), (0.0, 12.0)]),
        Shape::SlopedRectangle => pen.polygon(&[(0.0, 12.0), (w, 0.0), (w, h), (0.0, h)]),
        Shape::Triangle => pen.polygon(&[(w / 2.0, 0.0), (w, h), (0.0, h)]),
        Shape::FlippedTriangle => pen.polygon(&[(0.0, 0.0), (w, 0.0), (w / 2.0, h)]),
        Shape::Hourglass => pen.polygon(&[(0.0, 0.0), (w, 0.0), (0.0, h), (w, h)]),
        Shape::Bolt => pen.polygon(&[
            (w * 0.6, 0.0),
            (0.0, h * 0.55),
            (w * 0.45, h * 0.55),
            (w * 0.4, h),
            (w, h * 0.42),
            (w * 0.55, h * 0.42),
        ]),
        Shape::Tagged => pen.rectangle(0.0, 0.0, w, h).polygon(&[(w - 12.0, h), (w, h - 12.0), (w, h)]),
        Shape::Stack => pen.rectangle(0.0, 10.0, w - 10.0, h - 10.0).backs(w, h, 0.0),
        _ => return curved(shape, r),
    };
    pen.out
}

impl Pen {
    fn line_down(self, x: f32, h: f32) -> Self {
        self.to('M', &[(x, 0.0)]).to('L', &[(x, h)])
    }

    /// A page with a waved foot.
    fn page(self, x: f32, y: f32, w: f32, h: f32) -> Self {
        let foot = y + h - 7.0;
        self.to('M', &[(x, y)])
            .to('L', &[(x + w, y), (x + w, foot)])
            .to('C', &[(x + w * 0.75, foot - 10.0), (x + w * 0.5, foot - 2.0), (x + w * 0.5, foot)])
            .to('C', &[(x + w * 0.5, foot + 2.0), (x + w * 0.25, foot + 10.0), (x, foot + 2.0)])
            .close()
    }

    /// The rims of two sheets behind the one in front, whose lower ends are `short` of it.
    fn backs(self, w: f32, h: f32, short: f32) -> Self {
        let rim = |pen: Pen, by: f32| {
            let (left, top, right, foot) = (10.0 - by, by, w - by, h - 10.0 + by - short);
            pen.to('M', &[(left, top + 5.0)])
                .to('L', &[(left, top), (right, top), (right, foot - 5.0), (right - 5.0, foot - 5.0)])
        };
        rim(rim(self, 5.0), 0.0)
    }

    fn brace(self, x: f32, out: f32, h: f32) -> Self {
        self.to('M', &[(x + out, 0.0)])
            .to('C', &[(x, 0.0), (x + out, h / 2.0), (x - out * 0.2, h / 2.0)])
            .to('C', &[(x + out, h / 2.0), (x, h), (x + out, h)])
    }
}

fn curved(shape: Shape, r: Rect) -> String {
    let (w, h) = (r.width, r.height);
    let pen = Pen { x: r.x, y: r.y, out: String::new() };
    let pen = match shape {
        Shape::Cylinder | Shape::LinedCylinder => {
            let ry = 7.0;
            let body = pen
                .to('M', &[(0.0, ry)])
                .arc(w / 2.0, ry, 1, (w, ry))
                .to('L', &[(w, h - ry)])
                .arc(w / 2.0, ry, 1, (0.0, h - ry))
                .close();
            let lid = body.to('M', &[(0.0, ry)]).arc(w / 2.0, ry, 0, (w, ry));
            if shape == Shape::Cylinder {
                lid
            } else {
                lid.to('M', &[(0.0, ry + 7.0)]).arc(w / 2.0, ry, 0, (w, ry + 7.0))
            }
        }
        Shape::LyingCylinder => {
            let rx = 8.0;
            pen.to('M', &[(rx, 0.0)])
                .to('L', &[(w - rx, 0.0)])
                .arc(rx, h / 2.0, 1, (w - rx, h))
                .to('L', &[(rx, h)])
                .arc(rx, h / 2.0, 1, (rx, 0.0))
                .close()
                .to('M', &[(w - rx, 0.0)])
                .arc(rx, h / 2.0, 0, (w - rx, h))
        }
        Shape::Delay => pen
            .to('M', &[(0.0, 0.0)])
            .to('L', &[(w - h / 2.0, 0.0)])
            .arc(h / 2.0, h / 2.0, 1, (w - h / 2.0, h))
            .to('L', &[(0.0, h)])
            .close(),
        Shape::Display => pen
            .to('M', &[(14.0, 0.0)])
            .to('L', &[(w - 14.0, 0.0)])
            .arc(14.0, h / 2.0, 1, (w - 14.0, h))
            .to('L', &[(14.0, h), (0.0, h / 2.0)])
            .close(),
        Shape::Bow => pen
            .to('M', &[(12.0, 0.0)])
            .to('L', &[(w, 0.0)])
            .arc(12.0, h / 1.6, 0, (w, h))
            .to('L', &[(12.0, h)])
            .arc(12.0, h / 1.6, 1, (12.0, 0.0))
            .close(),
        Shape::Document => pen.page(0.0, 0.0, w, h),
        Shape::LinedDocument => pen.page(0.0, 0.0, w, h).to('M', &[(8.0, 0.0)]).to('L', &[(8.0, h - 4.0)]),
        Shape::Documents => pen.page(0.0, 10.0, w - 10.0, h - 10.0).backs(w, h, 8.0),
        Shape::Flag => pen
            .to('M', &[(0.0, 6.0)])
            .to('C', &[(w * 0.25, 14.0), (w * 0.4, 10.0), (w * 0.5, 6.0)])
            .to('C', &[(w * 0.6, 2.0), (w * 0.75, -2.0), (w, 6.0)])
            .to('L', &[(w, h - 6.0)])
            .to('C', &[(w * 0.75, h - 14.0), (w * 0.6, h - 10.0), (w * 0.5, h - 6.0)])
            .to('C', &[(w * 0.4, h - 2.0), (w * 0.25, h + 2.0), (0.0, h - 6.0)])
            .close(),
        Shape::DoubleCircle | Shape::Stop | Shape::CrossedCircle => {
            let circle = |pen: Pen, radius: f32| {
                let (cx, cy) = (w / 2.0, h / 2.0);
                pen.to('M', &[(cx - radius, cy)])
                    .arc(radius, radius, 1, (cx + radius, cy))
                    .arc(radius, radius, 1, (cx - radius, cy))
                    .close()
            };
            let outer = circle(pen, w / 2.0);
            let d = w / 2.0 * std::f32::consts::FRAC_1_SQRT_2;
            match shape {
                Shape::CrossedCircle => outer
                    .to('M', &[(w / 2.0 - d, h / 2.0 - d)])
                    .to('L', &[(w / 2.0 + d, h / 2.0 + d)])
                    .to('M', &[(w / 2.0 - d, h / 2.0 + d)])
                    .to('L', &[(w / 2.0 + d, h / 2.0 - d)]),
                Shape::Stop => circle(outer, w / 2.0 - 5.0),
                _ => circle(outer, w / 2.0 - 4.0),
            }
        }
        Shape::Brace => pen.brace(2.0, 8.0, h),
        Shape::BraceRight => pen.brace(w - 2.0, -8.0, h),
        Shape::Braces => pen.brace(2.0, 8.0, h).brace(w - 2.0, -8.0, h),
        Shape::Cloud => pen
            .to('M', &[(w * 0.15, h * 0.8)])
            .arc(w * 0.18, h * 0.32, 1, (w * 0.12, h * 0.35))
            .arc(w * 0.22, h * 0.35, 1, (w * 0.5, h * 0.12))
            .arc(w * 0.22, h * 0.35, 1, (w * 0.88, h * 0.35))
            .arc(w * 0.18, h * 0.32, 1, (w * 0.85, h * 0.8))
            .arc(w * 0.22, h * 0.25, 1, (w * 0.5, h * 0.9))
            .arc(w * 0.22, h * 0.25, 1, (w * 0.15, h * 0.8))
            .close(),
        _ => pen.rectangle(0.0, 0.0, w, h),
    };
    pen.out
}
