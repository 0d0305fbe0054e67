//! Raw HTML: led through with its links where they belong and its comments left out, cleaned, or shown as text.

use super::article::Writer;
use super::escape;
use super::sanitize::LeftOut;
use crate::config::RawHtml;
use crate::diagnostic::{Code, Diagnostic};
use crate::index::Target;
use crate::markdown::raw;
use std::collections::BTreeMap;
use std::ops::Range;

impl Writer<'_> {
    pub(super) fn raw(&mut self, html: &str, place: &Range<usize>) {
        let policy = self.input.shared.dialect.html;
        let fragment = raw::read_for(html, policy);
        if fragment.is_unreadable {
            escape::text(html, &mut self.html);
            return;
        }
        let mut changes: Vec<(Range<usize>, String)> =
            fragment.comments.into_iter().map(|c| (c, String::new())).collect();
        if policy == RawHtml::Escape {
            let mut text = String::new();
            replaced(html, changes, &mut text);
            escape::text(&text, &mut self.html);
            return;
        }
        let mut addresses = BTreeMap::new();
        for link in fragment.links {
            let target = self.next_target();
            let is_unsafe = *target == Target::Unsafe;
            let href = self.input.shared.index.href(self.out, target).unwrap_or_else(|| "#".to_owned());
            if policy == RawHtml::Sanitize && !is_unsafe {
                addresses.insert(link.range.start, href.clone());
            }
            let mut value = String::new();
            escape::url(&href, &mut value);
            changes.push((link.range, value));
        }
        match policy {
            RawHtml::Sanitize => {
                let left_out = self.open_tags.write(html, &addresses, &mut self.html);
                self.tell_left_out(&left_out, place);
            }
            _ => {
                changes.extend(fragment.blank_targets.into_iter().map(|at| (at..at, " rel=\"noopener\"".to_owned())));
                replaced(html, changes, &mut self.html);
            }
        }
    }

    fn tell_left_out(&mut self, left_out: &LeftOut, place: &Range<usize>) {
        let span = self.input.page.text.span(place.clone());
        for tag in &left_out.tags {
            let note = Diagnostic::warning(Code::Html, format!("the tag `<{tag}>` is left out"))
                .at(span, "")
                .help("`[portolan.security] html = \"allow\"` lets all HTML through, if you trust all authors");
            self.notes.push(note);
        }
        for attribute in &left_out.attributes {
            let message = format!("the attribute `{attribute}` is left out of raw HTML");
            self.notes.push(Diagnostic::hint(Code::Html, message).at(span, ""));
        }
    }
}

/// The text with some ranges replaced; one that lies within another goes with it.
fn replaced(html: &str, mut changes: Vec<(Range<usize>, String)>, into: &mut String) {
    changes.sort_by_key(|(range, _)| range.start);
    let mut done = 0;
    for (range, value) in changes {
        if range.start >= done {
            into.push_str(&html[done..range.start]);
            into.push_str(&value);
            done = range.end;
        }
    }
    into.push_str(&html[done..]);
}
