//! Raw HTML in Markdown: its links, its anchors, its headings.
//!
//! Read by html5gum, a tokenizer after the WHATWG specification; nothing here guesses at tags. A fragment is what the
//! Markdown parser hands over: a block, or one inline tag.

use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Token, Tokenizer};
use std::ops::Range;

/// What a fragment of raw HTML holds that others need to know.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Fragment {
    /// Addresses in attributes, in order.
    pub links: Vec<RawLink>,
    /// Values of `id`, and of `name` on links.
    pub ids: Vec<String>,
    /// Text of its first `<h1>`.
    pub heading: Option<String>,
    /// Its headings: level, text, and where each opens.
    pub headings: Vec<(u8, String, Range<usize>)>,
    /// Where images stand that have no `alt`; an empty one says that there is nothing to say.
    pub mute_images: Vec<Range<usize>>,
    /// Where its comments stand; a page does not carry them.
    pub comments: Vec<Range<usize>>,
    /// Whether a reader sees something of it: anything but comments, blanks and anchors.
    pub is_visible: bool,
}

/// An address in an attribute.
#[derive(Debug, PartialEq, Eq)]
pub struct RawLink {
    /// The value, character references done.
    pub value: String,
    /// Where the value stands in the fragment, without its quotes.
    pub range: Range<usize>,
    /// Whether it is the source of something shown (an image), not of a link.
    pub embeds: bool,
}

/// Reads a fragment.
#[must_use]
pub fn read(html: &str) -> Fragment {
    let mut fragment = Fragment::default();
    let mut heading: Option<String> = None;
    let mut open: Option<(u8, String, Range<usize>)> = None;
    for token in Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                fragment.is_visible |= !matches!(&**tag.name, b"a" | b"span" | b"br");
                if let Some(level) = heading_level(&tag.name) {
                    open = Some((level, String::new(), tag_in(html, tag.span.start..tag.span.end)));
                }
                if &**tag.name == b"img" && !tag.attributes.keys().any(|name| &***name == b"alt") {
                    fragment.mute_images.push(tag_in(html, tag.span.start..tag.span.end));
                }
                if &**tag.name == b"h1" && fragment.heading.is_none() {
                    heading = Some(String::new());
                }
                for (name, value) in &tag.attributes {
                    fragment.attribute(&tag.name, name, &value.value, value.span.start..value.span.end, html);
                }
            }
            Token::EndTag(tag) if heading_level(&tag.name).is_some() => {
                fragment.headings.extend(open.take());
                if let Some(text) = heading.take() {
                    fragment.heading = Some(text.trim().to_owned()).filter(|t| !t.is_empty());
                }
            }
            Token::String(text) => {
                fragment.is_visible |= !text.value.trim_ascii().is_empty();
                if let Some((_, words, _)) = &mut open {
                    words.push_str(&String::from_utf8_lossy(&text.value));
                }
                if let Some(heading) = &mut heading {
                    heading.push_str(&String::from_utf8_lossy(&text.value));
                }
            }
            Token::Comment(comment) => fragment.comments.push(comment_in(html, comment.span.start..comment.span.end)),
            _ => {}
        }
    }
    // The tokenizer sorts attributes by name.
    fragment.links.sort_by_key(|l| l.range.start);
    fragment
}

/// 1 to 6 for `h1` to `h6`.
fn heading_level(tag: &[u8]) -> Option<u8> {
    match tag {
        [b'h', digit @ b'1'..=b'6'] => Some(digit - b'0'),
        _ => None,
    }
}

impl Fragment {
    fn attribute(&mut self, tag: &[u8], name: &[u8], value: &[u8], span: Range<usize>, html: &str) {
        let embeds = match (tag, name) {
            (b"a" | b"area", b"href") => false,
            (b"img" | b"source" | b"video" | b"audio" | b"iframe" | b"embed" | b"track", b"src")
            | (b"video", b"poster") => true,
            (_, b"id") | (b"a", b"name") => {
                self.ids.push(String::from_utf8_lossy(value).into_owned());
                return;
            }
            _ => return,
        };
        let Some(range) = inner(html, span) else { return };
        self.links.push(RawLink { value: String::from_utf8_lossy(value).trim().to_owned(), range, embeds });
    }
}

/// The whole of an opening tag, from its `<`.
fn tag_in(html: &str, span: Range<usize>) -> Range<usize> {
    let end = html.len().min(span.end);
    let start = html.get(..end).and_then(|h| h.get(..span.start + 1).unwrap_or(h).rfind('<')).unwrap_or(span.start);
    start..end.max(start)
}

/// The whole of a comment, from `<` to `>`.
fn comment_in(html: &str, span: Range<usize>) -> Range<usize> {
    let start =
        html.get(..span.end).and_then(|h| h.get(..span.start + 2).unwrap_or(h).rfind('<')).unwrap_or(span.start);
    let end = html
        .get(start..)
        .and_then(|h| h.find("-->").map(|at| start + at + 3).or_else(|| h.find('>').map(|at| start + at + 1)));
    start..end.unwrap_or(html.len())
}

/// The range of the value alone: the tokenizer's span is that of the whole attribute, give or take what ends it.
fn inner(html: &str, span: Range<usize>) -> Option<Range<usize>> {
    let text = html.get(span.clone())?;
    let after_equals = text.find('=')? + 1;
    let value = text[after_equals..].trim_start();
    let start = span.start + text.len() - value.len();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => value[1..].find(quote).map(|end| start + 1..start + 1 + end),
        None => {
            let end = value.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(value.len());
            Some(start..start + end)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_ids_are_found_at_their_place() {
        let html = r#"<p align=center><a href='x.md#y' id="z"><img alt="a>b" src=i.png></a><h1>Big <b>title</b></h1>"#;
        let fragment = read(html);
        let links: Vec<_> =
            fragment.links.iter().map(|l| (l.value.as_str(), &html[l.range.clone()], l.embeds)).collect();
        assert_eq!(links, [("x.md#y", "x.md#y", false), ("i.png", "i.png", true)]);
        assert_eq!(fragment.ids, ["z"]);
        assert_eq!(fragment.heading.as_deref(), Some("Big title"));
    }

    #[test]
    fn character_references_are_done_and_comments_are_no_links() {
        let fragment = read(r#"<!-- <a href="no"> --><a href="a?b&amp;c">"#);
        assert_eq!(fragment.comments.first(), Some(&(0..22)));
        assert_eq!(read("x<b><!-- c --> y").comments.first(), Some(&(4..14)));
        assert_eq!(fragment.links.len(), 1);
        assert_eq!(fragment.links[0].value, "a?b&c");
    }
}
