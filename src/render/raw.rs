//! Raw HTML: passed through with its links led where they belong and its comments left out.

use super::article::Writer;
use super::escape;
use crate::markdown::raw;
use std::ops::Range;

impl Writer<'_> {
    pub(super) fn raw(&mut self, html: &str) {
        let fragment = raw::read(html);
        let mut changes: Vec<(Range<usize>, String)> =
            fragment.comments.into_iter().map(|c| (c, String::new())).collect();
        for link in fragment.links {
            let target = self.next_target();
            let href = self.input.shared.index.href(self.out, target);
            let mut value = String::new();
            escape::url(href.as_deref().unwrap_or("#"), &mut value);
            changes.push((link.range, value));
        }
        changes.sort_by_key(|(range, _)| range.start);
        let mut done = 0;
        for (range, value) in changes {
            // A link within a comment went with the comment.
            if range.start >= done {
                self.html.push_str(&html[done..range.start]);
                self.html.push_str(&value);
                done = range.end;
            }
        }
        self.html.push_str(&html[done..]);
    }
}
