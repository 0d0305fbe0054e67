//! What a page says, for the search: its text as the reader sees it, cut at its headings, code apart.
//!
//! It is read off the HTML that has been written, so that whatever changes how something is shown changes how it is
//! found. One pass that looks at tags only; text that is not meant to be read (the source of a formula, the description
//! of a diagram, scripts) is left out.

use super::escape;
use crate::markdown::Heading;
use crate::search::Section;
use memchr::{memchr, memmem};

/// Elements whose text is not shown, or shown elsewhere.
const HIDDEN: &[&str] = &["script", "style", "template", "annotation", "title", "desc", "defs"];
/// Elements that stand in a line of text.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "i", "ins", "kbd", "label", "mark", "q", "rp",
    "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "u", "var", "wbr",
];

/// Bytes of an entity, with its `&` and `;`.
const LONGEST_ENTITY: usize = 12;

/// The sections of an article: what stands before the first heading below the title, then one a heading. The title
/// itself is in none of them.
pub(super) fn sections(html: &str, headings: &[Heading], opens_with_title: bool) -> Vec<Section> {
    let mut reader = Reader {
        rest: html,
        sections: vec![Section::default()],
        in_heading: false,
        in_code: false,
        endless: Vec::new(),
    };
    let mut next = headings.iter().enumerate().peekable();
    while let Some(at) = memchr(b'<', reader.rest.as_bytes()) {
        let (text, from) = reader.rest.split_at(at);
        reader.rest = from;
        reader.text(text);
        let Some(tag) = Tag::read(reader.rest) else {
            // A `<` that begins nothing is text; so is it to a browser.
            reader.text("<");
            reader.rest = &reader.rest[1..];
            continue;
        };
        reader.rest = &reader.rest[tag.length..];
        match next.next_if(|(_, heading)| tag.opens(heading)) {
            Some((nth, heading)) => reader.heading(heading, nth == 0 && opens_with_title),
            None => reader.tag(&tag),
        }
    }
    let rest = reader.rest;
    reader.text(rest);
    reader.sections
}

/// A tag, a comment or a declaration.
struct Tag<'h> {
    name: &'h str,
    closes: bool,
    written: &'h str,
    length: usize,
}

impl<'h> Tag<'h> {
    /// Reads the tag that `html` begins with.
    fn read(html: &'h str) -> Option<Tag<'h>> {
        if html.starts_with("<!") || html.starts_with("<?") {
            let (end, length) = if html.starts_with("<!--") { ("-->", 3) } else { (">", 1) };
            let length = memmem::find(html.as_bytes(), end.as_bytes()).map_or(html.len(), |at| at + length);
            return Some(Tag { name: "", closes: false, written: &html[..length], length });
        }
        let inner = html[1..].strip_prefix('/');
        let (closes, inner) = (inner.is_some(), inner.unwrap_or(&html[1..]));
        if !inner.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        let end = inner.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(inner.len());
        let length = end_of_tag(html.as_bytes());
        Some(Tag { name: &inner[..end], closes, written: &html[..length], length })
    }

    /// Whether it is the tag of this heading, and not one of raw HTML.
    fn opens(&self, heading: &Heading) -> bool {
        if !self.is_heading() || self.closes {
            return false;
        }
        let mut id = String::from(" id=\"");
        escape::attribute(&heading.id, &mut id);
        id.push('"');
        self.written.contains(&id)
    }

    fn is_heading(&self) -> bool {
        matches!(self.name.as_bytes(), [b'h', b'1'..=b'6'])
    }

    fn is(&self, names: &[&str]) -> bool {
        names.iter().any(|name| self.name.eq_ignore_ascii_case(name))
    }
}

/// Where a tag ends; a `>` between quotes does not end it.
fn end_of_tag(html: &[u8]) -> usize {
    let mut quote = None;
    for (at, &byte) in html.iter().enumerate() {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    html.len()
}

struct Reader<'h> {
    rest: &'h str,
    sections: Vec<Section>,
    in_heading: bool,
    in_code: bool,
    /// Elements that have been found to have no end, so that nobody looks for it again.
    endless: Vec<String>,
}

impl Reader<'_> {
    fn heading(&mut self, heading: &Heading, is_title: bool) {
        self.in_heading = true;
        if !is_title {
            self.sections.push(Section {
                anchor: heading.id.to_string(),
                heading: heading.text.to_string(),
                ..Section::default()
            });
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        if tag.is_heading() && tag.closes {
            self.in_heading = false;
        } else if tag.name == "pre" {
            self.push(" ");
            self.in_code = !tag.closes;
        } else if tag.is(HIDDEN) && !tag.closes && !tag.written.ends_with("/>") {
            self.skip(tag.name);
        } else if !tag.is(INLINE) && !tag.name.is_empty() {
            self.push(" ");
        }
    }

    /// Goes on behind the end of an element; one without an end hides nothing.
    fn skip(&mut self, name: &str) {
        let end = format!("</{name}");
        if self.endless.contains(&end) {
            return;
        }
        match memmem::find(self.rest.as_bytes(), end.as_bytes()) {
            Some(at) => self.rest = &self.rest[at..],
            None => self.endless.push(end),
        }
    }

    fn push(&mut self, text: &str) {
        let (in_heading, in_code) = (self.in_heading, self.in_code);
        let Some(section) = self.sections.last_mut().filter(|_| !in_heading) else { return };
        let into = if in_code { &mut section.code } else { &mut section.body };
        into.push_str(text);
    }

    fn text(&mut self, text: &str) {
        let mut rest = text;
        while let Some(at) = memchr(b'&', rest.as_bytes()) {
            self.push(&rest[..at]);
            rest = &rest[at..];
            let end = rest.bytes().take(LONGEST_ENTITY).position(|b| b == b';');
            let entity = end.and_then(|end| Some((character(&rest[1..end])?, end + 1)));
            let (c, length) = entity.unwrap_or(('&', 1));
            self.push(c.encode_utf8(&mut [0; 4]));
            rest = &rest[length..];
        }
        self.push(rest);
    }
}

/// The character that an entity stands for: those that are written here, and the usual ones of raw HTML.
fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" | "ensp" | "emsp" => ' ',
        "mdash" => '—',
        "ndash" => '–',
        "hellip" => '…',
        "copy" => '©',
        _ => {
            let digits = entity.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn heading(text: &str) -> Heading {
        Heading { level: 2, shown: 2, text: text.into(), id: text.into(), lead: 0..0, marked: None }
    }

    fn read(html: &str, headings: &[Heading]) -> Vec<Section> {
        sections(html, headings, false)
    }

    #[test]
    fn a_page_is_cut_at_its_headings_and_its_code_stands_apart() {
        let html = "<p>Before <em>a</em>b.</p><h2 id=\"X\">X<a class=\"anchor\" href=\"#X\" aria-label=\"a > b\"></a></h2>\
                    <p>In &amp; out</p><pre><code><span>ls</span> &lt;x&gt;\n</code></pre><ul><li>one</li><li>two</li></ul>";
        let got = read(html, &[heading("X")]);
        assert_eq!(got.len(), 2);
        assert_eq!(got[0].body.trim(), "Before ab.");
        assert_eq!((got[1].heading.as_str(), got[1].anchor.as_str()), ("X", "X"));
        assert_eq!(got[1].code.trim(), "ls <x>");
        assert_eq!(got[1].body.split_whitespace().collect::<Vec<_>>(), ["In", "&", "out", "one", "two"]);
    }

    #[test]
    fn what_is_not_shown_is_not_found() {
        let html = "a<!-- b --><style>c</style><svg><title>d</title><text>e</text></svg><script>f</script>g";
        assert_eq!(read(html, &[])[0].body.split_whitespace().collect::<Vec<_>>(), ["a", "e", "g"]);
    }

    #[test]
    fn the_title_is_no_section_of_its_own() {
        let html = "<h1 id=\"T\">T</h1><p>x</p><h2 id=\"U\">U</h2>y";
        let got = sections(html, &[heading("T"), heading("U")], true);
        assert_eq!(got.iter().map(|s| s.body.trim()).collect::<Vec<_>>(), ["x", "y"]);
    }

    proptest! {
        #[test]
        fn any_text_is_read_to_its_end(html in "(<|>|&|;|\"|/|!--|--|h2|pre|script| id=\"|a|容|#x41)*") {
            let _ = read(&html, &[heading("X")]);
        }
    }
}
