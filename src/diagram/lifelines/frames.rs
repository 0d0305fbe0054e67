//! Frames: blocks that are open while events are walked, and how far what is in them reaches.

use super::{Frame, Placed, Tag};
use crate::diagram::graph::{Point, Rect};
use crate::diagram::mermaid::sequence::Block;
use crate::diagram::text::Block as Label;

/// Between a frame and what it holds.
const PAD: f32 = 10.0;
/// Height of the corner that names the block.
pub(super) const TAB: f32 = 20.0;
/// From a tab to its title.
const TITLE_GAP: f32 = 8.0;

/// A frame that is not closed.
struct Open {
    /// Its place in [`Placed::frames`].
    index: usize,
    left: f32,
    right: f32,
}

/// Frames that are open, outermost first.
#[derive(Default)]
pub(super) struct Frames {
    open: Vec<Open>,
}

impl Frames {
    /// Opens a frame at a height.
    pub(super) fn open(&mut self, placed: &mut Placed, block: Block, title: Label, top: f32) {
        self.open.push(Open { index: placed.frames.len(), left: f32::MAX, right: f32::MIN });
        let title = (!title.lines.is_empty()).then_some(Tag { label: title, centre: Point { x: 0.0, y: top } });
        let rect = Rect { x: 0.0, y: top, width: 0.0, height: 0.0 };
        placed.frames.push(Frame { block, rect, tab: Rect { y: top, ..Rect::default() }, title, parts: Vec::new() });
    }

    /// Begins another part of the innermost frame.
    pub(super) fn part(&mut self, placed: &mut Placed, title: Label, y: f32) {
        let frame = self.open.last().and_then(|open| placed.frames.get_mut(open.index));
        if let Some(frame) = frame {
            let tag = (!title.lines.is_empty()).then_some(Tag { label: title, centre: Point { x: 0.0, y } });
            frame.parts.push((y, tag));
        }
    }

    /// Notes how far something in the innermost frame reaches.
    pub(super) fn reach(&mut self, left: f32, right: f32) {
        if let Some(open) = self.open.last_mut() {
            open.left = open.left.min(left);
            open.right = open.right.max(right);
        }
    }

    /// Closes the innermost frame at a height. An empty one stands at `x`.
    pub(super) fn close(&mut self, placed: &mut Placed, bottom: f32, x: f32) {
        let Some(open) = self.open.pop() else { return };
        let Some(frame) = placed.frames.get_mut(open.index) else { return };
        let (left, right) = if open.left > open.right { (x - 30.0, x + 30.0) } else { (open.left, open.right) };
        let left = left - PAD;
        let word = tab_width(&frame.block);
        let title = |tag: &Tag| tag.label.size.width + TITLE_GAP + PAD;
        let head = word + frame.title.as_ref().map_or(0.0, title);
        let parts = frame.parts.iter().filter_map(|(_, tag)| tag.as_ref()).map(|tag| title(tag) + PAD);
        let width = parts.fold(head, f32::max).max(right + PAD - left);
        frame.rect = Rect { x: left, width, height: bottom - frame.rect.y, ..frame.rect };
        frame.tab = Rect { x: left, y: frame.rect.y, width: word, height: if word > 0.0 { TAB } else { 0.0 } };
        let first = frame.title.as_mut().map(|tag| (tag, left + word + TITLE_GAP));
        let others = frame.parts.iter_mut().filter_map(|(_, tag)| tag.as_mut()).map(|tag| (tag, left + PAD));
        for (tag, x) in first.into_iter().chain(others) {
            let size = tag.label.size;
            tag.centre = Point { x: x + size.width / 2.0, y: tag.centre.y + 2.0 + size.height / 2.0 };
        }
        self.reach(left, left + width);
    }

    /// Whether none is open.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }
}

/// The word of a block; a coloured ground has none.
pub(in crate::diagram) fn word(block: &Block) -> &'static str {
    match block {
        Block::Loop => "loop",
        Block::Alt => "alt",
        Block::Opt => "opt",
        Block::Par => "par",
        Block::Critical => "critical",
        Block::Break => "break",
        Block::Ground(_) => "",
    }
}

/// How wide the corner with the word is.
fn tab_width(block: &Block) -> f32 {
    // Bold letters of 12 pixels are 7 wide at most on average in these words.
    match word(block).len() {
        0 => 0.0,
        letters => letters as f32 * 7.0 + 16.0,
    }
}
