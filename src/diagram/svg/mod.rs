//! From a model and its geometry to SVG.
//!
//! Small: coordinates are rounded to a tenth of a pixel, straight pieces are lines, colours are classes. What an author
//! coloured has presentation attributes, which any style sheet of the page may overrule and no content security policy
//! forbids. [`path`] writes curves, [`shape`] outlines, [`write`] text and numbers.

mod architecture;
mod block;
mod chart;
mod compartments;
mod flowchart;
mod frame;
mod gantt;
mod git;
mod head;
mod journey;
mod kanban;
mod mindmap;
mod packet;
mod path;
mod pie;
mod quadrant;
mod radar;
mod sankey;
mod scale;
mod sequence;
mod shape;
mod sheet;
mod timeline;
mod treemap;
mod write;
mod xychart;

pub use architecture::architecture;
pub use block::block;
pub use flowchart::{flowchart, graph};
pub use gantt::gantt;
pub use git::git;
pub use journey::journey;
pub use kanban::kanban;
pub use mindmap::mindmap;
pub use packet::packet;
pub use pie::pie;
pub use quadrant::quadrant;
pub use radar::radar;
pub use sankey::sankey;
pub use sequence::sequence;
pub use timeline::timeline;
pub use treemap::treemap;
pub use xychart::xychart;
