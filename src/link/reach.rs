//! Which pages a site has: those of the navigation, and those that their links lead to.
//!
//! A Markdown file that SUMMARY.md does not name is often no page (a fragment to be included, a draft); but one that
//! a page links to must be there, or the link is dead.

use super::Links;
use crate::book::{Book, Origin, PageId};
use crate::index::Target;

/// For each page, whether it is built.
#[must_use]
pub fn reachable(book: &Book, links: &[Links]) -> Vec<bool> {
    let mut reached: Vec<bool> = book.pages.iter().map(|p| p.origin != Origin::Unlisted || p.is_error_page()).collect();
    let mut open: Vec<usize> = (0..reached.len()).filter(|&at| reached[at]).collect();
    while let Some(at) = open.pop() {
        for target in &links[at].targets {
            if let Target::Page(PageId(to), _) = target {
                let to = *to as usize;
                if !std::mem::replace(&mut reached[to], true) {
                    open.push(to);
                }
            }
        }
    }
    reached
}
