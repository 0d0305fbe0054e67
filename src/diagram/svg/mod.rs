//! From a model and its geometry to SVG.
//!
//! Small: coordinates are rounded to a tenth of a pixel, straight pieces are lines, colours are classes. What an author
//! coloured has presentation attributes, which any style sheet of the page may overrule and no content security policy
//! forbids. [`path`] writes curves, [`shape`] outlines, [`write`] text and numbers.

mod compartments;
mod flowchart;
mod frame;
mod head;
mod mindmap;
mod path;
mod sequence;
mod shape;
mod timeline;
mod write;

pub use flowchart::{flowchart, graph};
pub use mindmap::mindmap;
pub use sequence::sequence;
pub use timeline::timeline;
