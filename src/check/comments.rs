//! Comments that switch rules off: where, and which.
//!
//! ```text
//! <!-- check: off zh-quotes zh-dash -->        from here on
//! <!-- check: on zh-quotes -->                 and back
//! <!-- check: off-next-line fence-unlabelled -->
//! | "a" | <!-- check: off-line -->             no rule named: all of them
//! ```

use super::finding::Finding;
use crate::diagnostic::{Code, nearest};
use std::collections::BTreeMap;
use std::ops::Range;

/// Where rules are off, in one text.
#[derive(Debug, Default)]
pub(super) struct Silence {
    parts: Parts<()>,
    /// What is wrong with the comments.
    pub(super) faults: Vec<Finding>,
}

impl Silence {
    /// Whether a rule is off at a place.
    pub(super) fn covers(&self, code: Code, at: usize) -> bool {
        self.parts.covers((), code, at)
    }

    /// The ranges in which a rule, or every rule (`None`), is off.
    pub(super) fn parts(&self) -> impl Iterator<Item = (Option<Code>, Range<usize>)> {
        self.parts.by_code.iter().flat_map(|((code, ()), ranges)| ranges.iter().map(|range| (*code, range.clone())))
    }

    /// Reads the comments of a text.
    pub(super) fn read(text: &str, comments: &[Range<usize>]) -> Silence {
        let mut silence = Silence::default();
        // What is off since where; at the end what is left lasts to the end.
        let mut open: Vec<(Option<Code>, usize)> = Vec::new();
        for comment in comments {
            let Some(words) = text.get(comment.clone()).and_then(words) else { continue };
            let mut words = words.split(|c: char| c.is_whitespace() || c == ',').filter(|word| !word.is_empty());
            let verb = words.next().unwrap_or_default();
            let codes = silence.codes(words, comment);
            let Some(codes) = codes else { continue };
            match verb {
                "off" => {
                    for code in codes {
                        // Off is off, however often it is said.
                        if !open.iter().any(|(other, _)| *other == code) {
                            open.push((code, comment.end));
                        }
                    }
                }
                "on" => silence.close(&mut open, &codes, comment.start),
                "off-line" => {
                    let line = line_around(text, comment.start);
                    codes.into_iter().for_each(|code| silence.parts.add((), code, line.clone()));
                }
                "off-next-line" => {
                    let line = line_after(text, comment.end);
                    codes.into_iter().for_each(|code| silence.parts.add((), code, line.clone()));
                }
                other => silence.faults.push(
                    Finding::new(Code::CheckComment, comment.clone(), format!("the check does not know `{other}`"))
                        .help("one of: off, on, off-line, off-next-line"),
                ),
            }
        }
        open.into_iter().for_each(|(code, from)| silence.parts.add((), code, from..usize::MAX));
        silence.parts.settle();
        silence
    }

    /// The rules that a comment names; all of them if it names none; `None` if it names only what is no rule.
    fn codes<'w>(&mut self, words: impl Iterator<Item = &'w str>, comment: &Range<usize>) -> Option<Vec<Option<Code>>> {
        let (mut codes, mut count) = (Vec::new(), 0);
        for word in words {
            count += 1;
            if let Some(code) = Code::named(word) {
                codes.push(Some(code));
                continue;
            }
            let near = nearest(word, Code::ALL.iter().map(|code| code.as_str()));
            let mut fault = Finding::new(Code::CheckComment, comment.clone(), format!("there is no rule `{word}`"));
            fault.help = near.map(|near| format!("did you mean `{near}`?"));
            self.faults.push(fault);
        }
        if count == 0 {
            codes.push(None);
        }
        (!codes.is_empty()).then_some(codes)
    }

    fn close(&mut self, open: &mut Vec<(Option<Code>, usize)>, codes: &[Option<Code>], end: usize) {
        let all = codes.contains(&None);
        open.retain(|(code, from)| {
            let ends = all || codes.contains(code);
            if ends {
                self.parts.add((), *code, *from..end);
            }
            !ends
        });
    }
}

/// Ranges in which rules are off, by rule (`None` is every rule) and text.
#[derive(Debug)]
pub(super) struct Parts<T> {
    by_code: BTreeMap<(Option<Code>, T), Vec<Range<usize>>>,
}

impl<T> Default for Parts<T> {
    fn default() -> Self {
        Parts { by_code: BTreeMap::new() }
    }
}

impl<T: Ord + Copy> Parts<T> {
    pub(super) fn add(&mut self, text: T, code: Option<Code>, range: Range<usize>) {
        self.by_code.entry((code, text)).or_default().push(range);
    }

    /// Puts the ranges in order and joins those that meet, so that a place is found by halving.
    pub(super) fn settle(&mut self) {
        for ranges in self.by_code.values_mut() {
            ranges.sort_by_key(|range| range.start);
            ranges.dedup_by(|next, last| {
                let meets = next.start <= last.end;
                if meets {
                    last.end = last.end.max(next.end);
                }
                meets
            });
        }
    }

    /// Whether a rule is off at a place; only once the ranges are settled.
    pub(super) fn covers(&self, text: T, code: Code, at: usize) -> bool {
        [Some(code), None].into_iter().filter_map(|code| self.by_code.get(&(code, text))).any(|ranges| {
            let after = ranges.partition_point(|range| range.start <= at);
            after.checked_sub(1).and_then(|n| ranges.get(n)).is_some_and(|range| at < range.end)
        })
    }
}

/// What a comment says to the check.
fn words(comment: &str) -> Option<&str> {
    let inner = comment.strip_prefix("<!--")?.strip_suffix("-->")?;
    inner.trim().strip_prefix("check:").map(str::trim)
}

fn line_around(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    start..text[at..].find('\n').map_or(text.len(), |n| at + n + 1)
}

/// The first line after a place's own that is not blank.
fn line_after(text: &str, at: usize) -> Range<usize> {
    let mut line = line_around(text, at);
    while line.end < text.len() {
        line = line_around(text, line.end);
        if !text[line.clone()].trim().is_empty() {
            return line;
        }
    }
    text.len()..text.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::scan::scan;
    use crate::config::Config;
    use crate::markdown::Dialect;

    fn silence(text: &str) -> Silence {
        Silence::read(text, &scan(text, Dialect::of(&Config::default())).comments)
    }

    #[test]
    fn off_lasts_until_on_or_the_end() {
        let text = "一\n\n<!-- check: off zh-dash zh-quotes -->\n二\n\n<!-- check: on zh-dash -->\n\n三\n";
        let silence = silence(text);
        let at = |word: &str| text.find(word).expect("in the text");
        assert!(!silence.covers(Code::ZhDash, at("一")));
        assert!(silence.covers(Code::ZhDash, at("二")) && silence.covers(Code::ZhQuotes, at("二")));
        assert!(!silence.covers(Code::ZhDash, at("三")) && silence.covers(Code::ZhQuotes, at("三")));
        assert!(!silence.covers(Code::ZhSpacing, at("三")));
    }

    #[test]
    fn a_comment_can_speak_for_a_line() {
        let text = "<!-- check: off-next-line -->\n\n一\n\n二 <!-- check: off-line zh-dash -->\n\n三\n";
        let silence = silence(text);
        let at = |word: &str| text.find(word).expect("in the text");
        assert!(silence.covers(Code::ImageAlt, at("一")) && !silence.covers(Code::ImageAlt, at("二")));
        assert!(silence.covers(Code::ZhDash, at("二")) && !silence.covers(Code::ZhDash, at("三")));
    }

    #[test]
    fn what_is_not_understood_is_told_and_switches_nothing_off() {
        let silence =
            silence("<!-- check: of zh-dash -->\n\n<!-- check: off zh-dahs -->\n\n一\n\n<!-- a check: off -->\n");
        assert_eq!(silence.faults.len(), 2);
        assert_eq!(silence.faults[1].help.as_deref(), Some("did you mean `zh-dash`?"));
        assert!(!silence.covers(Code::ZhDash, 58));
    }
}
