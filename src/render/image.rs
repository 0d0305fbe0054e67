//! Images: with their size, so that nothing moves while they load; alone in a paragraph they are figures.

use super::article::{Ahead, Writer};
use super::escape;
use crate::book::ImageSize;
use crate::index::Target;
use crate::markdown::raw;
use pulldown_cmark::{Event, Tag, TagEnd};
use std::fmt::Write as _;

/// An image, written.
pub(super) struct Image {
    pub(super) html: String,
    title: String,
    /// The file to open for a closer look, if it is one of the site and larger than the column may be.
    full: Option<String>,
}

/// Past this width, in CSS pixels, the column shows an image smaller than it is.
const COLUMN: u32 = 640;

impl Writer<'_> {
    /// Reads an image to its end.
    pub(super) fn image(&mut self, title: &str, ahead: &mut Ahead<'_>) -> Image {
        let target = self.next_target();
        let alt = self.alternative(ahead);
        let mut html = String::new();
        let index = self.input.shared.index;
        let Some(src) = index.href(self.out, target) else {
            html.push_str("<span class=\"missing\">");
            escape::text(&alt, &mut html);
            html.push_str("</span>");
            return Image { html, title: String::new(), full: None };
        };
        html.push_str("<img src=\"");
        escape::url(&src, &mut html);
        html.push_str("\" alt=\"");
        escape::attribute(&alt, &mut html);
        html.push('"');
        let file = match target {
            Target::File(at, _) => Some(index.file(*at)),
            _ => None,
        };
        let size = file.and_then(|f| f.image);
        if let Some(ImageSize { width, height }) = size {
            let _ = write!(html, " width=\"{width}\" height=\"{height}\"");
        }
        if !title.is_empty() {
            html.push_str(" title=\"");
            escape::attribute(title, &mut html);
            html.push('"');
        }
        // The first image is likely in sight at once.
        if self.images > 0 {
            html.push_str(" loading=\"lazy\"");
        }
        self.images += 1;
        html.push_str(" decoding=\"async\">");
        let full = file.is_some() && size.is_none_or(|s| s.width > COLUMN);
        Image { html, title: title.to_owned(), full: full.then_some(src) }
    }

    /// The plain text of an image's description. Links inside it are passed, so that the count stays right.
    fn alternative(&mut self, ahead: &mut Ahead<'_>) -> String {
        let mut alt = String::new();
        let mut depth = 1;
        for (event, _) in ahead {
            match event {
                Event::Start(Tag::Image { .. }) => {
                    depth += 1;
                    self.next_target();
                }
                Event::Start(Tag::Link { .. }) => {
                    self.next_target();
                }
                Event::End(TagEnd::Image) => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                Event::Text(text) | Event::Code(text) | Event::InlineMath(text) => alt.push_str(&text),
                Event::InlineHtml(html) => {
                    for _ in raw::read_for(&html, self.input.shared.dialect.html).links {
                        self.next_target();
                    }
                }
                Event::SoftBreak | Event::HardBreak => alt.push(' '),
                _ => {}
            }
        }
        alt
    }

    /// An image that is a paragraph of its own.
    pub(super) fn figure(&mut self, image: &Image) {
        self.html.push_str("<figure>");
        if let Some(full) = &image.full {
            self.html.push_str("<a href=\"");
            escape::url(full, &mut self.html);
            self.html.push_str("\">");
        }
        self.html.push_str(&image.html);
        if image.full.is_some() {
            self.html.push_str("</a>");
        }
        if !image.title.is_empty() {
            self.html.push_str("<figcaption>");
            escape::text(&image.title, &mut self.html);
            self.html.push_str("</figcaption>");
        }
        self.html.push_str("</figure>\n");
    }
}
