//! Raw HTML of authors who are not trusted: only tags and attributes that are known to do no harm.
//!
//! What the tokenizer understood is written anew, with every value escaped, so that a browser reads what was checked
//! and nothing else. Names that are not on the lists are left out. The lists hold no element that changes how a browser
//! tokenizes what follows (`script`, `style`, `textarea`, `title`, `iframe`, `svg`, `math`, `template` …), no `style`,
//! no event handler and no `data-` attribute, which portolan's own scripts would trust.

use super::escape;
use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};
use std::collections::{BTreeMap, BTreeSet};

/// Tags, sorted.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "address",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "track",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];
/// Attributes that any of them may have, sorted.
const ATTRIBUTES: &[&str] = &[
    "abbr",
    "align",
    "alt",
    "border",
    "cellpadding",
    "cellspacing",
    "class",
    "color",
    "colspan",
    "controls",
    "datetime",
    "decoding",
    "default",
    "dir",
    "download",
    "headers",
    "height",
    "hreflang",
    "id",
    "kind",
    "label",
    "lang",
    "loading",
    "loop",
    "media",
    "muted",
    "name",
    "open",
    "playsinline",
    "preload",
    "rel",
    "reversed",
    "role",
    "rowspan",
    "scope",
    "size",
    "span",
    "srclang",
    "start",
    "target",
    "title",
    "type",
    "valign",
    "value",
    "width",
];
/// Tags that have no end.
const VOID: &[&str] = &["br", "col", "hr", "img", "source", "track", "wbr"];
/// Tags whose content is no text; it goes with them.
const HIDDEN: &[&str] =
    &["script", "style", "iframe", "noscript", "noembed", "noframes", "object", "template", "textarea", "title", "xmp"];

/// What was left out of a fragment.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) tags: BTreeSet<String>,
    pub(super) attributes: BTreeSet<String>,
}

/// The raw tags of a page that are open; what ends without having begun would end something of portolan's.
#[derive(Debug, Default)]
pub(super) struct Open {
    tags: Vec<String>,
}

/// How deep raw tags may lie in each other. A browser cuts deeper ones off too.
const DEEPEST: usize = 256;

impl Open {
    /// Ends what the author left open.
    pub(super) fn close(&mut self, into: &mut String) {
        while let Some(tag) = self.tags.pop() {
            end(&tag, into);
        }
    }

    /// Writes a fragment. `addresses` are those of its links that a page may hold, by where their values begin.
    pub(super) fn write(&mut self, html: &str, addresses: &BTreeMap<usize, String>, into: &mut String) -> LeftOut {
        let mut left_out = LeftOut::default();
        let mut hidden: Option<Vec<u8>> = None;
        for token in Tokenizer::new_with_emitter(html, DefaultEmitter::<usize>::new_with_span()) {
            let Ok(token) = token;
            match token {
                Token::EndTag(tag) if hidden.as_deref() == Some(&**tag.name) => hidden = None,
                _ if hidden.is_some() => {}
                Token::StartTag(tag) => {
                    let name = String::from_utf8_lossy(&tag.name).into_owned();
                    if TAGS.binary_search(&name.as_str()).is_err() {
                        if HIDDEN.contains(&name.as_str()) {
                            hidden = Some(tag.name.to_vec());
                        }
                        left_out.tags.insert(name);
                    } else if self.tags.len() < DEEPEST {
                        begin(&name, &tag, html, addresses, &mut left_out, into);
                        if !VOID.contains(&name.as_str()) {
                            self.tags.push(name);
                        }
                    }
                }
                Token::EndTag(tag) => {
                    if let Some(at) = self.tags.iter().rposition(|open| open.as_bytes() == &**tag.name) {
                        let name = self.tags.remove(at);
                        end(&name, into);
                    }
                }
                Token::String(text) => escape::text(&String::from_utf8_lossy(&text.value), into),
                Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
            }
        }
        left_out
    }
}

fn end(tag: &str, into: &mut String) {
    into.push_str("</");
    into.push_str(tag);
    into.push('>');
}

fn begin(
    name: &str,
    tag: &StartTag<usize>,
    html: &str,
    addresses: &BTreeMap<usize, String>,
    left_out: &mut LeftOut,
    into: &mut String,
) {
    into.push('<');
    into.push_str(name);
    let mut opens_elsewhere = false;
    let mut rel = String::new();
    for (attribute, value) in &tag.attributes {
        let attribute = String::from_utf8_lossy(attribute);
        let text = String::from_utf8_lossy(&value.value);
        if matches!(&*attribute, "href" | "src" | "poster") {
            let place = crate::markdown::raw::value_range(html, value.span.start..value.span.end);
            match place.and_then(|place| addresses.get(&place.start)) {
                Some(address) => write(&attribute, |into| escape::url(address, into), into),
                None => _ = left_out.attributes.insert(attribute.into_owned()),
            }
            continue;
        }
        let is_known = ATTRIBUTES.binary_search(&&*attribute).is_ok() || attribute.starts_with("aria-");
        // Ids with a colon are the interface's.
        let is_taken = matches!(&*attribute, "id" | "name") && text.contains(':');
        if !is_known || is_taken {
            left_out.attributes.insert(attribute.into_owned());
            continue;
        }
        if attribute == "rel" {
            rel = text.into_owned();
            continue;
        }
        opens_elsewhere |= attribute == "target";
        write(&attribute, |into| escape::attribute(&text, into), into);
    }
    if opens_elsewhere && !rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("noopener")) {
        rel.push_str(if rel.is_empty() { "noopener" } else { " noopener" });
    }
    if !rel.is_empty() {
        write("rel", |into| escape::attribute(&rel, into), into);
    }
    into.push('>');
}

fn write(name: &str, value: impl FnOnce(&mut String), into: &mut String) {
    into.push(' ');
    into.push_str(name);
    into.push_str("=\"");
    value(into);
    into.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn clean(html: &str) -> String {
        let mut into = String::new();
        let mut open = Open::default();
        open.write(html, &BTreeMap::new(), &mut into);
        open.close(&mut into);
        into
    }

    #[test]
    fn the_lists_are_sorted() {
        assert!(TAGS.is_sorted() && ATTRIBUTES.is_sorted());
        assert!(HIDDEN.iter().all(|tag| TAGS.binary_search(tag).is_err()));
    }

    #[test]
    fn what_does_no_harm_stays() {
        for html in
            ["<kbd>Ctrl</kbd>", "<details open=\"\"><summary>a</summary>b</details>", "<td colspan=\"2\">x</td>"]
        {
            assert_eq!(clean(html), html);
        }
    }

    #[test]
    fn what_could_do_harm_goes() {
        for (html, left) in [
            ("<script>alert(1)</script>x", "x"),
            ("<img src=x onerror=alert(1)>", "<img>"),
            ("<svg onload=alert(1)><a>", "<a></a>"),
            ("<p style=\"color:red\" data-script=x id=\"p:main\">", "<p></p>"),
            ("<style><img src=x onerror=alert(1)></style>", ""),
            ("</article></main>x", "x"),
            ("<a target=_blank rel=nofollow>x</a>", "<a target=\"_blank\" rel=\"nofollow noopener\">x</a>"),
            ("<math><mtext><table><mglyph><style><img src=x>", "<table></table>"),
        ] {
            assert_eq!(clean(html), left, "{html}");
        }
    }

    proptest! {
        /// Whatever comes in: what goes out is read by a tokenizer as known tags with known attributes, balanced.
        #[test]
        fn only_what_is_on_the_lists_comes_out(html in "(<[/!?]?|>|[a-z ]{1,5}|=|\"|'|on[a-z]{3}=|script|style|svg|img|a href|--|&#x?[0-9a-f]{0,3};?|\\PC){0,40}") {
            let written = clean(&html);
            let mut depth = 0i64;
            for token in Tokenizer::new(&written) {
                let Ok(token) = token;
                match token {
                    Token::StartTag(tag) => {
                        let name = String::from_utf8_lossy(&tag.name).into_owned();
                        prop_assert!(TAGS.contains(&name.as_str()), "{written}");
                        depth += i64::from(!VOID.contains(&name.as_str()));
                        for attribute in tag.attributes.keys() {
                            let attribute = String::from_utf8_lossy(attribute).into_owned();
                            prop_assert!(ATTRIBUTES.contains(&attribute.as_str()) || attribute.starts_with("aria-"), "{written}");
                        }
                    }
                    Token::EndTag(_) => depth -= 1,
                    Token::Comment(_) | Token::Doctype(_) => prop_assert!(false, "{written}"),
                    _ => {}
                }
            }
            prop_assert_eq!(depth, 0);
        }
    }
}
