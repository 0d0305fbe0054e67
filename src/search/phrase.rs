//! Shorter texts: the phrases that a site uses most are written as one character each.
//!
//! Small files compress badly, because each begins with nothing known. A dictionary that all of them share makes up for
//! that: words with the spaces around them, and two to four Chinese characters that often stand together, chosen by
//! what they save. The characters that stand for them are letters of Latin, Greek, Cyrillic and so on that the site
//! itself does not use, two bytes each. (The idea is that of a static dictionary in front of LZ77: see Skibiński et al.,
//! "Revisiting dictionary-based compression", 2005.)

use super::text::character;
use super::token;
use rustc_hash::FxHashMap;

/// Bytes of text that phrases are learned from, and how many uses make one worth while.
const SAMPLE: usize = 512 << 10;
const LEAST: u32 = 4;
/// The letters that may stand for phrases.
const CODES: std::ops::Range<u32> = 0xa1..0x800;
/// Most characters of a Chinese phrase, most bytes of another.
const MOST_DENSE: usize = 4;
const MOST_BYTES: usize = 40;
/// Bytes that phrases are looked up by; none is shorter.
const LOOKUP: usize = 3;

/// The phrases of a site.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// Each with its letter.
    all: Vec<(String, char)>,
    /// By their first bytes, the longest first: places in `all`.
    by_start: FxHashMap<[u8; LOOKUP], Vec<u32>>,
}

impl Phrases {
    /// Learns from texts that are spread over the site; `used` tells which letters occur in it.
    pub(super) fn learn(texts: &[&str], used: impl Fn(char) -> bool) -> Phrases {
        let total: usize = texts.iter().map(|t| t.len()).sum();
        let stride = total.div_ceil(SAMPLE).max(1);
        let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
        for text in texts.iter().step_by(stride) {
            candidates(text, |phrase| *counts.entry(phrase).or_default() += 1);
        }
        let mut best: Vec<(usize, &str)> = counts
            .into_iter()
            .filter(|(phrase, count)| *count >= LEAST && phrase.len() >= LOOKUP)
            .map(|(phrase, count)| ((phrase.len() - 2) * (count as usize - 1), phrase))
            .collect();
        best.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        let codes = CODES.filter_map(char::from_u32).filter(|c| c.is_alphabetic() && !used(*c));
        let all: Vec<(String, char)> = best.into_iter().map(|(_, p)| p.to_owned()).zip(codes).collect();
        let mut by_start: FxHashMap<[u8; LOOKUP], Vec<u32>> = FxHashMap::default();
        for (at, (phrase, _)) in (0u32..).zip(&all) {
            if let Some(start) = phrase.as_bytes().first_chunk() {
                by_start.entry(*start).or_default().push(at);
            }
        }
        for places in by_start.values_mut() {
            places.sort_by_key(|at| std::cmp::Reverse(all[*at as usize].0.len()));
        }
        Phrases { all, by_start }
    }

    /// Writes a text into a string of a script, every run of white space as one space.
    pub(super) fn write(&self, text: &str, into: &mut String) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            if let Some((phrase, code)) = self.longest(rest) {
                into.push(code);
                rest = &rest[phrase..];
            } else {
                character(c, into);
                rest = &rest[c.len_utf8()..];
            }
        }
    }

    fn longest(&self, text: &str) -> Option<(usize, char)> {
        let places = self.by_start.get(text.as_bytes().first_chunk::<LOOKUP>()?)?;
        let found = places.iter().map(|at| &self.all[*at as usize]).find(|(phrase, _)| text.starts_with(phrase))?;
        Some((found.0.len(), found.1))
    }

    /// The letters in a row, and the phrases in the same order.
    pub(super) fn listed(&self) -> (String, String) {
        let codes = self.all.iter().map(|(_, code)| *code).collect();
        let phrases: Vec<&str> = self.all.iter().map(|(phrase, _)| phrase.as_str()).collect();
        (codes, phrases.join("|"))
    }
}

/// What may be a phrase: a run of letters, figures and the marks within identifiers, with the spaces around it; and
/// every two to four Chinese characters that follow each other.
fn candidates<'t>(text: &'t str, mut each: impl FnMut(&'t str)) {
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b"_./:-".contains(&b);
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii() {
            let length = text[at..].chars().next().map_or(1, char::len_utf8);
            let mut end = at;
            for (nth, c) in text[at..].chars().take(MOST_DENSE).take_while(|c| token::is_dense(*c)).enumerate() {
                end += c.len_utf8();
                if nth > 0 {
                    each(&text[at..end]);
                }
            }
            at += length;
            continue;
        }
        let start = at;
        let from = at + usize::from(bytes[at] == b' ');
        let run = bytes[from..].iter().take(MOST_BYTES).take_while(|b| is_word(**b)).count();
        let end = from + run;
        at = end + usize::from(run > 0 && bytes.get(end) == Some(&b' '));
        if run >= LOOKUP {
            each(&text[start..at]);
        }
        at = at.max(start + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read_back(phrases: &Phrases, written: &str) -> String {
        let codes: FxHashMap<char, &str> = phrases.all.iter().map(|(p, c)| (*c, p.as_str())).collect();
        let text: String =
            written.chars().map(|c| codes.get(&c).map_or_else(|| c.to_string(), |p| (*p).to_owned())).collect();
        serde_json::from_str(&format!("\"{}\"", text.replace("\\x3c", "\\u003c"))).expect("a string")
    }

    #[test]
    fn what_is_said_often_becomes_short() {
        let text = "容器编排 the container runtime ".repeat(20);
        let phrases = Phrases::learn(&[&text], |_| false);
        let mut written = String::new();
        phrases.write(&text, &mut written);
        assert!(written.len() * 2 < text.len(), "{written}");
        assert_eq!(read_back(&phrases, &written), text);
    }

    #[test]
    fn a_letter_that_the_site_uses_stands_for_nothing_else() {
        let text = "Под Под container container container container ".repeat(9);
        let phrases = Phrases::learn(&[&text], |c| text.contains(c));
        assert!(!phrases.all.is_empty() && phrases.all.iter().all(|(_, code)| !text.contains(*code)));
    }

    proptest! {
        #[test]
        fn any_text_comes_back(text in "(容器|编排|pod |\\PC| the | )*") {
            let phrases = Phrases::learn(&[&text.repeat(5)], |c| text.contains(c));
            let mut written = String::new();
            phrases.write(&text, &mut written);
            prop_assert_eq!(read_back(&phrases, &written), text);
        }
    }
}
