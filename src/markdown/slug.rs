//! Anchors: a heading's text as GitHub makes an id of it.
//!
//! Lower case, spaces become hyphens, everything but letters, marks, digits, `_` and `-` goes; a second heading of the
//! same text gets `-1`. Chinese is kept as it is. (Read off GitHub's own rendering; it is documented nowhere.)

use std::collections::{HashMap, HashSet};

/// Gives out the anchors of a page, each once.
#[derive(Debug, Default)]
pub struct Slugs {
    used: HashSet<Box<str>>,
    /// How often a base was asked for, so that a thousand equal headings cost a thousand steps.
    next: HashMap<Box<str>, u32>,
}

impl Slugs {
    /// Takes an id that the author wrote; `false` if it was taken before.
    pub fn reserve(&mut self, id: &str) -> bool {
        self.used.insert(id.into())
    }

    /// The anchor of a heading.
    pub fn heading(&mut self, text: &str) -> Box<str> {
        let base = slug(text);
        if self.used.insert(base.as_str().into()) {
            return base.into();
        }
        let next = self.next.entry(base.as_str().into()).or_insert(1);
        loop {
            let anchor = format!("{base}-{next}");
            *next += 1;
            if self.used.insert(anchor.as_str().into()) {
                return anchor.into();
            }
        }
    }
}

/// The text as an id, not yet unique; `section` if nothing is left of it.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_alphanumeric() || c == '_' || c == '-' || is_combining(c) {
            slug.extend(c.to_lowercase());
        } else if c == ' ' || c == '\t' || c == '\n' {
            slug.push('-');
        }
    }
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Marks that belong to the letter before them.
fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{900}'..='\u{903}' | '\u{93a}'..='\u{94f}' | '\u{e31}' | '\u{e34}'..='\u{e4e}' | '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_github_does_it() {
        assert_eq!(slug("API Server：认证、授权 & 准入"), "api-server认证授权--准入");
        assert_eq!(slug("`kubectl get` (v1.29+)"), "kubectl-get-v129");
        assert_eq!(slug("声明式 API"), "声明式-api");
        assert_eq!(slug("🚀"), "section");
    }

    #[test]
    fn equal_headings_are_numbered_and_never_meet_a_written_id() {
        let mut slugs = Slugs::default();
        assert!(slugs.reserve("foo-1"));
        let anchors: Vec<_> = (0..3).map(|_| slugs.heading("Foo")).collect();
        assert_eq!(anchors.iter().map(|a| &**a).collect::<Vec<_>>(), ["foo", "foo-2", "foo-3"]);
    }
}
