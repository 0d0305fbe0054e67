//! Bare addresses in running text.
//!
//! After GFM's extended autolinks (spec 6.9): `http://`, `https://`, `www.` and e-mail addresses, at the start of a
//! word; closing punctuation and an unbalanced `)` stay outside. For Chinese: a full-width mark ends an address, and
//! so does a Han character right after an ASCII letter or digit (`见https://k8s.io了解`), while one after `/`, `=` or
//! another Han character belongs to it (`/wiki/中文`).

use super::cjk::is_cjk;
use std::ops::Range;

/// An address found in a text.
#[derive(Debug, PartialEq, Eq)]
pub struct Address {
    /// Where it stands.
    pub range: Range<usize>,
    /// What has to be put before it to make a URL of it.
    pub scheme: &'static str,
}

/// The first address at or after `from`.
#[must_use]
pub fn next(text: &str, from: usize) -> Option<Address> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(found) = memchr::memchr3(b':', b'@', b'w', &bytes[at..]) {
        let hit = at + found;
        at = hit + 1;
        let address = match bytes[hit] {
            b':' => schemed(text, hit),
            b'@' => mail(text, hit, from),
            _ => www(text, hit),
        };
        if let Some(address) = address.filter(|a| a.range.start >= from) {
            return Some(address);
        }
        if bytes[hit] == b'w' {
            // A run of `w` is looked at once.
            at += bytes[at..].iter().take_while(|&&b| b == b'w').count();
        }
    }
    None
}

/// `https://…`, found by its colon.
fn schemed(text: &str, colon: usize) -> Option<Address> {
    let rest = text[colon..].strip_prefix("://")?;
    let before = &text[..colon];
    let start = ["https", "http"].iter().find_map(|scheme| {
        let at = colon.checked_sub(scheme.len())?;
        before.get(at..)?.eq_ignore_ascii_case(scheme).then_some(at)
    })?;
    if !begins_a_word(text, start) || !rest.starts_with(|c: char| c.is_alphanumeric() || c == '[') {
        return None;
    }
    let end = end_of_url(text, colon + 3);
    (end > colon + 3).then_some(Address { range: start..end, scheme: "" })
}

/// `www.example.org`
fn www(text: &str, start: usize) -> Option<Address> {
    let rest = text[start..].strip_prefix("www.")?;
    if !begins_a_word(text, start) || !rest.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return None;
    }
    let end = end_of_url(text, start + 4);
    text[start + 4..end].contains('.').then_some(Address { range: start..end, scheme: "https://" })
}

/// `name@example.org`, found by its at sign.
fn mail(text: &str, at: usize, from: usize) -> Option<Address> {
    let local = |b: &u8| b.is_ascii_alphanumeric() || b"._-+".contains(b);
    let bytes = text.as_bytes();
    let start = at - bytes[from..at].iter().rev().take_while(|b| local(b)).count();
    let domain = bytes[at + 1..].iter().take_while(|&&b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.').count();
    let end = at + 1 + text[at + 1..at + 1 + domain].trim_end_matches(['.', '-']).len();
    let domain = &text[at + 1..end];
    let plausible = start < at
        && domain.contains('.')
        && !domain.contains("..")
        && domain.starts_with(|c: char| c.is_ascii_alphanumeric());
    (plausible && begins_a_word(text, start)).then_some(Address { range: start..end, scheme: "mailto:" })
}

fn begins_a_word(text: &str, start: usize) -> bool {
    text[..start]
        .chars()
        .next_back()
        .is_none_or(|c| !c.is_ascii_alphanumeric() && !matches!(c, '/' | '_' | '@' | '.' | '-' | '+' | ':'))
}

fn end_of_url(text: &str, from: usize) -> usize {
    let mut end = from;
    let mut last = '/';
    for (offset, c) in text[from..].char_indices() {
        let stops = c.is_whitespace()
            || c.is_control()
            || c == '<'
            || c == '"'
            || c == '`'
            || (is_cjk(c) && !c.is_alphanumeric())
            || matches!(c, '\u{2018}'..='\u{201d}')
            || (is_cjk(c) && last.is_ascii_alphanumeric());
        if stops {
            break;
        }
        end = from + offset + c.len_utf8();
        last = c;
    }
    trim(&text[from..end]) + from
}

/// Without closing punctuation and brackets that were not opened inside; one pass from the end.
fn trim(url: &str) -> usize {
    let (mut opened, mut closed) = (0usize, 0usize);
    for b in url.bytes() {
        opened += usize::from(b == b'(');
        closed += usize::from(b == b')');
    }
    let mut end = url.len();
    while let Some(c) = url[..end].chars().next_back() {
        match c {
            ')' if closed > opened => closed -= 1,
            '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | ';' | ']' | '}' | '|' => {}
            _ => break,
        }
        end -= c.len_utf8();
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> Vec<&str> {
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some(address) = next(text, at) {
            found.push(&text[address.range.clone()]);
            at = address.range.end;
        }
        found
    }

    #[test]
    fn addresses_end_where_people_see_their_end() {
        assert_eq!(
            all("see https://a.b/c_d?x=1. (http://e.f/(g)) www.h.org, me@x.org."),
            ["https://a.b/c_d?x=1", "http://e.f/(g)", "www.h.org", "me@x.org"]
        );
        assert_eq!(
            all("文档：https://kubernetes.io，见https://k8s.io了解（https://a.b/wiki/中文）。"),
            ["https://kubernetes.io", "https://k8s.io", "https://a.b/wiki/中文"]
        );
    }

    #[test]
    fn what_only_looks_like_an_address_is_text() {
        assert_eq!(all("xhttps://a.b http:// www. a@b @c.d image:tag://x k8s@sha256:1"), Vec::<&str>::new());
    }
}
