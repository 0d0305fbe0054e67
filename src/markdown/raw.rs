//! Raw HTML in Markdown: its links, its anchors, its headings.
//!
//! Read by html5gum, a tokenizer after the WHATWG specification; nothing here guesses at tags. A fragment is what the
//! Markdown parser hands over: a block, or one inline tag.
//!
//! The tokenizer recurses over the attributes of a tag, so a tag with more than anybody writes is not read at all: see
//! [`is_readable`].

use crate::config::RawHtml;
use html5gum::emitters::callback::{CallbackEmitter, CallbackEvent};
use html5gum::emitters::default::DefaultEmitter;
use html5gum::{Readable, Reader, Span, Token, Tokenizer};
use std::cell::Cell;
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
    /// Where `rel="noopener"` belongs: behind the names of tags that open a window and do not say it themselves.
    pub blank_targets: Vec<usize>,
    /// Whether a reader sees something of it: anything but comments, blanks and anchors.
    pub is_visible: bool,
    /// Whether it has a tag that is too long to be read; then nothing else of it is known, and a page shows its source.
    pub is_unreadable: bool,
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

/// Reads a fragment as far as a page will have it: of one that is shown as text nothing counts.
#[must_use]
pub fn read_for(html: &str, policy: RawHtml) -> Fragment {
    let fragment = read(html);
    match policy {
        RawHtml::Allow | RawHtml::Sanitize => fragment,
        RawHtml::Escape => Fragment {
            comments: fragment.comments,
            is_visible: fragment.is_visible,
            is_unreadable: fragment.is_unreadable,
            ..Fragment::default()
        },
    }
}

/// Reads a fragment.
#[must_use]
pub fn read(html: &str) -> Fragment {
    if !is_readable(html) {
        return Fragment { is_visible: true, is_unreadable: true, ..Fragment::default() };
    }
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
                let says = |name: &[u8], word: &str| {
                    tag.attributes.get(name).is_some_and(|v| {
                        String::from_utf8_lossy(&v.value)
                            .to_ascii_lowercase()
                            .split_ascii_whitespace()
                            .any(|w| w == word)
                    })
                };
                let opens_elsewhere = tag.attributes.contains_key(&b"target"[..]);
                if opens_elsewhere && !says(b"rel", "noopener") && !says(b"rel", "noreferrer") {
                    fragment.blank_targets.push(tag.span.start + 1 + tag.name.len());
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
            Token::Comment(comment) => fragment.comments.push(comment.span.start..comment.span.end),
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
            // What a frame shows is a page.
            (b"a" | b"area", b"href") | (b"iframe" | b"embed", b"src") => false,
            (b"img" | b"source" | b"video" | b"audio" | b"track", b"src") | (b"video", b"poster") => true,
            (_, b"id") | (b"a", b"name") => {
                self.ids.push(String::from_utf8_lossy(value).into_owned());
                return;
            }
            _ => return,
        };
        let Some(range) = value_range(html, span) else { return };
        self.links.push(RawLink { value: String::from_utf8_lossy(value).trim().to_owned(), range, embeds });
    }
}

/// The whole of an opening tag, from its `<`.
fn tag_in(html: &str, span: Range<usize>) -> Range<usize> {
    let end = html.len().min(span.end);
    let start = html.get(..end).and_then(|h| h.get(..span.start + 1).unwrap_or(h).rfind('<')).unwrap_or(span.start);
    start..end.max(start)
}

/// How often the tokenizer may ask for more within one tag: enough for two hundred attributes. Each takes some of the
/// stack.
const LONGEST_TAG: usize = 1_200;

/// Whether the tokenizer can read a fragment within a bounded stack.
#[must_use]
pub fn is_readable(html: &str) -> bool {
    if html.len() < LONGEST_TAG {
        return true;
    }
    // `None` between tags.
    let asked: Cell<Option<usize>> = Cell::new(None);
    let emitter = CallbackEmitter::new(|event: CallbackEvent<'_>, _: Span<()>| -> Option<()> {
        match event {
            CallbackEvent::Error(_) | CallbackEvent::AttributeValue { .. } => {}
            // An end tag may have attributes too, and is told only at its end.
            CallbackEvent::OpenStartTag { .. } | CallbackEvent::AttributeName { .. } => {
                asked.set(Some(asked.get().unwrap_or(0)));
            }
            _ => asked.set(None),
        }
        None
    });
    let mut tokens = Tokenizer::new_with_emitter(Counted { inner: html.to_reader(), asked: &asked }, emitter);
    tokens.all(|token| token.is_ok())
}

/// A reader that stops when too much is asked of it.
struct Counted<'a, R> {
    inner: R,
    asked: &'a Cell<Option<usize>>,
}

impl<R> Counted<'_, R> {
    fn count(&self) -> std::io::Result<()> {
        let Some(asked) = self.asked.get() else { return Ok(()) };
        self.asked.set(Some(asked + 1));
        if asked > LONGEST_TAG { Err(std::io::ErrorKind::QuotaExceeded.into()) } else { Ok(()) }
    }
}

impl<R: Reader<Error = std::convert::Infallible>> Reader for Counted<'_, R> {
    type Error = std::io::Error;

    fn read_byte(&mut self) -> std::io::Result<Option<u8>> {
        self.count()?;
        let Ok(byte) = self.inner.read_byte();
        Ok(byte)
    }

    fn try_read_string(&mut self, text: &[u8], case_sensitive: bool) -> std::io::Result<bool> {
        let Ok(found) = self.inner.try_read_string(text, case_sensitive);
        Ok(found)
    }

    fn read_until<'b>(&'b mut self, needle: &[u8], one: &'b mut [u8; 4]) -> std::io::Result<Option<&'b [u8]>> {
        self.count()?;
        let Ok(bytes) = self.inner.read_until(needle, one);
        Ok(bytes)
    }
}

/// The range of the value alone: the tokenizer's span is that of the whole attribute, give or take what ends it.
#[must_use]
pub fn value_range(html: &str, span: Range<usize>) -> Option<Range<usize>> {
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

    #[test]
    fn a_tag_with_more_attributes_than_anybody_writes_is_not_read() {
        for attribute in ["a=\"b\" ", "a ", "a=b&amp; ", "a='>' ", "a\"b<c=\"\" "] {
            assert!(read(&format!("<i {}>", attribute.repeat(50_000))).is_unreadable, "{attribute}");
            assert!(!read(&format!("<i {}>", attribute.repeat(100))).is_unreadable, "{attribute}");
        }
        let many_tags = "<a href=\"x.md\" title=\"y\">a &amp; b</a> text\n<!-- c -->".repeat(2_000);
        assert_eq!(read(&many_tags).links.len(), 2_000);
        let long_value = format!("<img src=\"data:image/png;base64,{}\">", "abc\n".repeat(1_000));
        assert_eq!(read(&long_value).links.len(), 1);
        assert!(!read(&"text & more\n".repeat(10_000)).is_unreadable);
        assert!(!read(&format!("<!--{}-->", "- a > -".repeat(10_000))).is_unreadable);
    }

    #[test]
    fn comments_that_end_oddly_are_taken_out_whole() {
        for comment in ["<!-- a > b --!>", "<!-->", "<!--->", "<?php a ?>", "<!x>"] {
            assert_eq!(read(&format!("a{comment}b")).comments.first(), Some(&(1..1 + comment.len())), "{comment}");
        }
    }
}
