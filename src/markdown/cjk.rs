//! What the plain rules get wrong, mended without a parser of our own: emphasis beside full-width punctuation, line
//! breaks between Chinese characters, dollars that are no mathematics.
//!
//! CommonMark decides by the characters around a run of stars whether it opens or closes (spec 0.31, section 6.2). The
//! rule needs spaces between words, so `**API 对象（声明）**是核心` keeps its stars. The amendment known as "CJK
//! friendly emphasis" counts a CJK character beside the run like a space. The parser cannot be told so, but what it
//! reads can: [`prepare`] puts a stand-in of the same length for the character that misleads it, and
//! [`Prepared::restore`] puts the character back into every event. Positions do not move. Most pages need no stand-in
//! and are not copied.

use pulldown_cmark::CowStr;
use std::borrow::Cow;
use std::ops::Range;

/// A text as the parser reads it, and as it was written.
pub struct Prepared<'a> {
    original: &'a str,
    text: Cow<'a, str>,
    /// Stand-in and what it stands for; a stand-in does not occur in the original.
    stand_ins: Vec<(char, char)>,
}

/// Characters that count as letters, one byte long, that nobody writes.
const SHORT_LETTERS: Range<u32> = 0x01..0x07;
/// The same, three bytes long.
const LETTERS: Range<u32> = 0xE000..0xE400;
/// Characters that count as punctuation, three bytes long, that hardly anybody writes.
const MARKS: [Range<u32>; 4] = [0x2E00..0x2E2F, 0x2E30..0x2E50, 0x1360..0x1369, 0x0F04..0x0F13];
/// The same, four bytes long.
const LONG_MARKS: [Range<u32>; 3] = [0x10100..0x10103, 0x11047..0x1104E, 0x12470..0x12475];

/// Finds the characters that the plain rules misjudge and puts stand-ins for them.
#[must_use]
pub fn prepare(original: &str) -> Prepared<'_> {
    let mut prepared = Prepared { original, text: Cow::Borrowed(original), stand_ins: Vec::new() };
    let mut changes: Vec<(usize, char, char)> = Vec::new();
    emphasis(original, |position, character, role| {
        if let Some(stand_in) = prepared.stand_in(character, role) {
            changes.push((position, character, stand_in));
        }
    });
    super::dollar::without_partner(original, |position| {
        if let Some(stand_in) = prepared.stand_in('$', Role::Letter) {
            changes.push((position, '$', stand_in));
        }
    });
    if !changes.is_empty() {
        changes.sort_unstable_by_key(|c| c.0);
        prepared.text = Cow::Owned(replaced(original, &changes));
    }
    prepared
}

/// Names the neighbours of runs of stars that mislead the plain rule, and what each should look like.
fn emphasis(text: &str, mut mislead: impl FnMut(usize, char, Role)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'*', b'~', &bytes[at..]) {
        let start = at + found;
        let mark = bytes[start];
        let length = bytes[start..].iter().take_while(|&&b| b == mark).count();
        at = start + length;
        if mark == b'~' && length != 2 {
            continue;
        }
        let (Some(before), Some(after)) = (text[..start].chars().next_back(), text[at..].chars().next()) else {
            continue;
        };
        if before.is_ascii() && after.is_ascii() {
            continue;
        }
        match misleading(text, start, at, before, after) {
            Some((Side::Before, role)) => mislead(start - before.len_utf8(), before, role),
            Some((Side::After, role)) => mislead(at, after, role),
            None => {}
        }
    }
}

fn replaced(original: &str, changes: &[(usize, char, char)]) -> String {
    let mut text = String::with_capacity(original.len());
    let mut done = 0;
    for &(position, character, stand_in) in changes {
        // The character between two runs can be named twice.
        if position < done {
            continue;
        }
        text.push_str(&original[done..position]);
        text.push(stand_in);
        done = position + character.len_utf8();
    }
    text.push_str(&original[done..]);
    text
}

#[derive(Clone, Copy)]
enum Side {
    Before,
    After,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Letter,
    Mark,
}

/// Which neighbour of a run misleads the plain rule, and what it should look like instead.
fn misleading(text: &str, start: usize, end: usize, before: char, after: char) -> Option<(Side, Role)> {
    if before.is_whitespace() || after.is_whitespace() {
        return None;
    }
    match (is_mark(before), is_mark(after)) {
        // `（声明）**是`, `注意：*这`: the run should close after the mark.
        (true, false)
            if is_cjk_mark(before) || quotes_cjk(before, text[..start - before.len_utf8()].chars().next_back()) =>
        {
            Some((Side::Before, Role::Letter))
        }
        (true, false) if is_cjk(after) => Some((Side::After, Role::Mark)),
        // `这里**（重点）`: the run should open before the mark.
        (false, true) if is_cjk_mark(after) || quotes_cjk(after, text[end + after.len_utf8()..].chars().next()) => {
            Some((Side::After, Role::Letter))
        }
        (false, true) if is_cjk(before) => Some((Side::Before, Role::Mark)),
        _ => None,
    }
}

/// Quotes, dashes and dots belong to the script of what they stand beside.
fn quotes_cjk(mark: char, inner: Option<char>) -> bool {
    matches!(mark, '\u{2018}'..='\u{201d}' | '…' | '—' | '·') && inner.is_some_and(is_cjk)
}

fn is_mark(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let private = matches!(c, '\u{e000}'..='\u{f8ff}');
    !c.is_alphanumeric() && !c.is_whitespace() && !private && !unicode_normalization::char::is_combining_mark(c)
}

fn is_cjk_mark(c: char) -> bool {
    is_cjk(c) && !c.is_alphanumeric()
}

/// Whether a character belongs to Chinese or Japanese text: Han, kana, bopomofo, CJK and full-width marks.
#[must_use]
pub fn is_cjk(c: char) -> bool {
    matches!(c,
        '\u{2e80}'..='\u{2fff}' | '\u{3001}'..='\u{312f}' | '\u{3190}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}' | '\u{fe10}'..='\u{fe1f}' | '\u{fe30}'..='\u{fe4f}' | '\u{ff01}'..='\u{ff9f}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a line break between two characters is one that typesetting Chinese ignores.
#[must_use]
pub fn joins(before: char, after: char) -> bool {
    is_cjk(before) && is_cjk(after)
}

impl<'a> Prepared<'a> {
    /// What the parser is to read.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was written.
    #[must_use]
    pub fn original(&self) -> &'a str {
        self.original
    }

    fn stand_in(&mut self, character: char, role: Role) -> Option<char> {
        let pools: &[Range<u32>] = match (role, character.len_utf8()) {
            (Role::Letter, 1) => &[SHORT_LETTERS],
            (Role::Letter, 3) => &[LETTERS],
            (Role::Mark, 3) => &MARKS,
            (Role::Mark, 4) => &LONG_MARKS,
            _ => return None,
        };
        let fits = |c: char| pools.iter().any(|p| p.contains(&u32::from(c)));
        if let Some(&(known, _)) = self.stand_ins.iter().find(|(s, of)| *of == character && fits(*s)) {
            return Some(known);
        }
        let free = pools
            .iter()
            .cloned()
            .flatten()
            .filter_map(char::from_u32)
            .find(|&c| self.stand_ins.iter().all(|(s, _)| *s != c) && !self.original.contains(c))?;
        self.stand_ins.push((free, character));
        Some(free)
    }

    /// Puts the written characters back into a text of an event.
    #[must_use]
    pub fn restore<'t>(&self, text: CowStr<'t>) -> CowStr<'t> {
        if self.stand_ins.is_empty() || !text.contains(|c| self.stand_ins.iter().any(|(s, _)| *s == c)) {
            return text;
        }
        let back = |c: char| self.stand_ins.iter().find(|(s, _)| *s == c).map_or(c, |(_, of)| *of);
        CowStr::from(text.chars().map(back).collect::<String>())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn most_texts_are_not_copied() {
        assert!(matches!(prepare("**bold** and *it* `*` 中文 **粗体** 字").text, Cow::Borrowed(_)));
    }

    #[test]
    fn a_text_full_of_stand_ins_is_left_alone() {
        let all: String = LETTERS.filter_map(char::from_u32).collect();
        let text = format!("{all}**注意：**这里");
        assert!(matches!(prepare(&text).text, Cow::Borrowed(_)));
    }

    proptest! {
        #[test]
        fn stand_ins_keep_the_length_and_go_back(text in "[a*~ 是（）：“”\\[\\])(`\u{20001}\u{e000}]{0,40}") {
            let prepared = prepare(&text);
            prop_assert_eq!(prepared.text().len(), text.len());
            let back = prepared.restore(CowStr::from(prepared.text().to_owned()));
            prop_assert_eq!(&*back, text.as_str());
        }
    }
}
