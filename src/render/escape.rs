//! Text in HTML: every value escaped for where it stands.

/// Adds text as it stands between tags.
pub fn text(text: &str, into: &mut String) {
    push(text, into, |b| matches!(b, b'&' | b'<' | b'>'));
}

/// Adds text as it stands in a double-quoted attribute.
pub fn attribute(text: &str, into: &mut String) {
    push(text, into, |b| matches!(b, b'&' | b'<' | b'>' | b'"'));
}

fn push(text: &str, into: &mut String, special: impl Fn(u8) -> bool) {
    let mut done = 0;
    for (at, &byte) in text.as_bytes().iter().enumerate() {
        if special(byte) {
            into.push_str(&text[done..at]);
            into.push_str(match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                _ => "&quot;",
            });
            done = at + 1;
        }
    }
    into.push_str(&text[done..]);
}

/// Adds an address as it stands in a double-quoted attribute: spaces and quotes as URLs write them.
pub fn url(url: &str, into: &mut String) {
    for c in url.chars() {
        match c {
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("%22"),
            '<' => into.push_str("%3C"),
            '>' => into.push_str("%3E"),
            '`' => into.push_str("%60"),
            '\\' => into.push_str("%5C"),
            c if c.is_ascii_control() || c == ' ' => {
                for byte in c.to_string().bytes() {
                    into.push_str(percent_encoding::percent_encode_byte(byte));
                }
            }
            c => into.push(c),
        }
    }
}

/// Adds an anchor as it stands after `#`.
pub fn fragment(id: &str, into: &mut String) {
    encoded(id, b" \"%<>`&", into);
}

/// Adds a path as it stands in a URL that is not ours to be read, such as that of an editor.
pub fn path(path: &str, into: &mut String) {
    encoded(path, b" \"%<>`&#?'", into);
}

fn encoded(text: &str, special: &[u8], into: &mut String) {
    for c in text.chars() {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii_control() || special.contains(&byte) => {
                into.push_str(percent_encoding::percent_encode_byte(byte));
            }
            _ => into.push(c),
        }
    }
}

/// Text as it stands between XML tags or in an attribute.
#[must_use]
pub fn xml(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    attribute(value, &mut out);
    // XML 1.0 has no way to write most control characters.
    out.retain(|c| !c.is_control() || c == '\n' || c == '\t');
    out
}

/// Text as it stands between tags.
#[must_use]
pub fn escaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    text(value, &mut out);
    out
}
