//! Addresses, as far as asking needs them (RFC 3986).

/// An address without what follows `#`, which no server sees.
#[must_use]
pub fn without_fragment(url: &str) -> &str {
    url.split_once('#').map_or(url, |(before, _)| before)
}

/// The host of an address, with its port, in lower case; empty if it has none.
#[must_use]
pub fn host(url: &str) -> String {
    let Some((_, rest)) = url.split_once("://") else { return String::new() };
    let authority = &rest[..rest.find(['/', '?', '#']).unwrap_or(rest.len())];
    authority.rsplit_once('@').map_or(authority, |(_, host)| host).to_ascii_lowercase()
}

/// An address as it goes over the wire: what is not ASCII, and what may not stand in one, is escaped.
pub(super) fn wired(url: &str) -> String {
    use std::fmt::Write as _;
    let mut wired = String::with_capacity(url.len());
    for byte in url.bytes() {
        if byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}') {
            wired.push(char::from(byte));
        } else {
            let _ = write!(wired, "%{byte:02X}");
        }
    }
    wired
}

/// Where a redirection from an address leads (RFC 3986, section 5.2).
pub(super) fn joined(base: &str, location: &str) -> Option<String> {
    let location = without_fragment(location.trim());
    if location.contains("://") {
        let scheme = location.split_once("://")?.0.to_ascii_lowercase();
        return matches!(&*scheme, "http" | "https").then(|| location.to_owned());
    }
    let (scheme, rest) = base.split_once("://")?;
    if let Some(other_host) = location.strip_prefix("//") {
        return Some(format!("{scheme}://{other_host}"));
    }
    let authority = &rest[..rest.find(['/', '?']).unwrap_or(rest.len())];
    if location.starts_with('/') {
        return Some(format!("{scheme}://{authority}{location}"));
    }
    let path = rest[authority.len()..].split('?').next().unwrap_or_default();
    if location.starts_with('?') {
        return Some(format!("{scheme}://{authority}{path}{location}"));
    }
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let (relative, query) = location.split_at(location.find('?').unwrap_or(location.len()));
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in relative.split('/') {
        match part {
            "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    Some(format!("{scheme}://{authority}/{}{query}", parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_redirection_may_be_relative() {
        let from = |location: &str| joined("https://a.b/c/d?x", location);
        assert_eq!(from("https://e.f/g#h").as_deref(), Some("https://e.f/g"));
        assert_eq!(from("//e.f/g").as_deref(), Some("https://e.f/g"));
        assert_eq!(from("/g").as_deref(), Some("https://a.b/g"));
        assert_eq!(from("../g/h?y").as_deref(), Some("https://a.b/g/h?y"));
        assert_eq!(from("?y").as_deref(), Some("https://a.b/c/d?y"));
        assert_eq!(from("ftp://a"), None);
        assert_eq!(joined("https://a.b", "g").as_deref(), Some("https://a.b/g"));
    }

    #[test]
    fn an_address_is_escaped_once() {
        assert_eq!(wired("https://a.b/中 %20?x={y}"), "https://a.b/%E4%B8%AD%20%20?x=%7By%7D");
        assert_eq!(host("https://Me@Example.org:80/x"), "example.org:80");
    }
}
