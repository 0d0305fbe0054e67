//! Running text: escaped, bare addresses linked, emoji shortcodes replaced; and links.

use super::article::{Ahead, Writer};
use super::escape;
use crate::index::Target;
use crate::link::Mention;
use crate::markdown::autolink;
use pulldown_cmark::{Event, TagEnd};
use std::ops::Range;

impl Writer<'_> {
    /// Text between tags, and where it stands in the Markdown.
    pub(super) fn text(&mut self, text: &str, range: &Range<usize>) {
        if self.is_in_link() {
            self.words(text);
            return;
        }
        if !self.input.shared.dialect.autolink {
            self.prose(text, range.start);
            return;
        }
        let mut done = 0;
        while let Some(address) = autolink::next(text, done) {
            self.prose(&text[done..address.range.start], range.start + done);
            let shown = &text[address.range.clone()];
            self.html.push_str("<a href=\"");
            self.html.push_str(address.scheme);
            escape::url(shown, &mut self.html);
            self.html.push_str("\">");
            escape::text(shown, &mut self.html);
            self.html.push_str("</a>");
            done = address.range.end;
        }
        self.prose(&text[done..], range.start + done);
    }

    /// Words in which the mentions of concepts are links.
    fn prose(&mut self, text: &str, start: usize) {
        let mentions = self.input.mentions;
        let from = mentions.partition_point(|m| (m.range.start as usize) < start);
        let mut done = 0;
        for mention in &mentions[from..] {
            let (low, high) = (mention.range.start as usize - start, mention.range.end as usize - start);
            if high > text.len() {
                break;
            }
            // A mention is found in texts that stand in the source as they are read; others have none.
            let (Some(before), Some(name)) = (text.get(done..low), text.get(low..high)) else { break };
            self.words(before);
            self.mention(mention, name);
            done = high;
        }
        self.words(&text[done..]);
    }

    fn mention(&mut self, mention: &Mention, name: &str) {
        let shared = self.input.shared;
        let concept = shared.concepts.get(mention.concept);
        let href = concept.home.as_ref().and_then(|home| shared.home_href(home, self.out));
        let Some(href) = href.filter(|_| shared.links_mentions()) else {
            self.words(name);
            return;
        };
        self.html.push_str("<a class=\"concept\" href=\"");
        escape::url(&href, &mut self.html);
        self.html.push_str("\" data-concept=\"");
        escape::attribute(&concept.id, &mut self.html);
        self.html.push_str("\">");
        self.words(name);
        self.html.push_str("</a>");
    }

    fn words(&mut self, text: &str) {
        if self.input.shared.dialect.emoji && text.contains(':') {
            escape::text(&with_emoji(text), &mut self.html);
        } else {
            escape::text(text, &mut self.html);
        }
    }

    /// Opens a link; one that leads nowhere stays as text, marked, so that nothing in the page is dead.
    pub(super) fn open_link(&mut self, title: &str, ahead: &mut Ahead<'_>) {
        let target = self.next_target();
        let index = self.input.shared.index;
        let Some(href) = index.href(self.out, target) else {
            self.html.push_str("<span class=\"missing\" title=\"");
            escape::attribute(&self.input.shared.theme.labels.missing, &mut self.html);
            self.html.push_str("\">");
            self.open_links.push("</span>");
            return;
        };
        self.html.push_str("<a href=\"");
        escape::url(&href, &mut self.html);
        if !title.is_empty() {
            self.html.push_str("\" title=\"");
            escape::attribute(title, &mut self.html);
        }
        self.html.push_str("\">");
        self.open_links.push("</a>");
        // A link without words is one that nobody can see; `[](page.md)` says the page's title.
        if ahead.peek().is_some_and(|(e, _)| matches!(e, Event::End(TagEnd::Link))) {
            let words = match target {
                Target::Page(page, _) => index.title(*page),
                _ => href.as_str(),
            };
            escape::text(words, &mut self.html);
        }
    }
}

/// The text with `:shortcodes:` replaced; one that begins within a word (`10:30:00`) is none.
fn with_emoji(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(':') {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let within_a_word = out.ends_with(|c: char| c.is_ascii_alphanumeric());
        let code = from[1..].find(':').map(|end| &from[1..=end]).filter(|code| is_shortcode(code) && !within_a_word);
        if let Some((code, emoji)) = code.and_then(|code| emojis::get_by_shortcode(code).map(|emoji| (code, emoji))) {
            out.push_str(emoji.as_str());
            rest = &from[code.len() + 2..];
        } else {
            out.push(':');
            rest = &from[1..];
        }
    }
    out.push_str(rest);
    out
}

fn is_shortcode(text: &str) -> bool {
    (1..40).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"_+-".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::with_emoji;

    #[test]
    fn shortcodes_become_emoji_and_times_do_not() {
        assert_eq!(with_emoji("go :rocket: :+1::tada:"), "go 🚀 👍🎉");
        assert_eq!(with_emoji("at 10:100:30, a::b, :nope:"), "at 10:100:30, a::b, :nope:");
        assert_eq!(with_emoji("好:rocket:"), "好🚀");
    }
}
