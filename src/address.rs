//! Addresses as authors write them, and what a page must not hold.
//!
//! A browser skips control characters and blanks before a scheme, and line ends and tabs within it; whoever looks for
//! `javascript:` must too.

/// The scheme of an address, in lower case, as a browser would see it; `None` if it is relative.
#[must_use]
pub fn scheme(address: &str) -> Option<String> {
    /// No scheme that anybody registered is longer.
    const LONGEST: usize = 40;
    let mut scheme = String::new();
    for c in address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(LONGEST) {
        match c {
            ':' => return (!scheme.is_empty()).then_some(scheme),
            'a'..='z' | 'A'..='Z' => scheme.push(c.to_ascii_lowercase()),
            '0'..='9' | '+' | '-' | '.' if !scheme.is_empty() => scheme.push(c),
            _ => return None,
        }
    }
    None
}

/// The scheme of an address that can run a script or show a page of its own making; `None` if the address is harmless.
/// Where an image is shown (`shows_image`), `data:image/` is harmless: scripts in it do not run.
#[must_use]
pub fn harmful_scheme(address: &str, shows_image: bool) -> Option<String> {
    let scheme = scheme(address)?;
    let is_harmful = match scheme.as_str() {
        "javascript" | "vbscript" | "livescript" | "mocha" | "blob" | "filesystem" | "view-source" => true,
        "data" => {
            let start: String = address.chars().filter(|c| !c.is_control() && !c.is_whitespace()).take(11).collect();
            !(shows_image && start.eq_ignore_ascii_case("data:image/"))
        }
        _ => false,
    };
    is_harmful.then_some(scheme)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_scheme_is_seen_as_browsers_see_it() {
        assert_eq!(scheme("java\nscript:alert(1)").as_deref(), Some("javascript"));
        assert_eq!(scheme("\u{1} JavaScript:x").as_deref(), Some("javascript"));
        assert_eq!(scheme("a/b:c.md"), None);
        assert_eq!(scheme("页:x"), None);
    }

    #[test]
    fn an_image_may_be_written_out_and_a_page_may_not() {
        assert_eq!(harmful_scheme("data:image/png;base64,AA", true), None);
        assert!(harmful_scheme("data:image/svg+xml,<svg/>", false).is_some());
        assert!(harmful_scheme("data:text/html,x", true).is_some());
        assert!(harmful_scheme("\tda\nta:image/png,x", true).is_none());
        assert_eq!(harmful_scheme("https://example.org/javascript:", false), None);
    }

    proptest! {
        /// What the URL standard strips (C0 controls and blanks in front, tabs and line ends anywhere) hides nothing.
        #[test]
        fn nothing_hides_a_script(front in "[\\x00-\\x20]{0,9}", gaps in proptest::collection::vec("[\t\n\r]{0,2}", 11), upper: u16) {
            let mut address = front;
            for (at, (c, gap)) in "javascript:".chars().zip(gaps).enumerate() {
                address.push(if upper >> at & 1 == 1 { c.to_ascii_uppercase() } else { c });
                address.push_str(&gap);
            }
            prop_assert!(harmful_scheme(&address, true).is_some());
        }
    }
}
