//! Folding: what a reader types and what a page says become the same characters.
//!
//! A character is taken apart by NFKD (full and half width, ligatures, circled figures become the plain ones), its
//! accents are dropped, and a traditional Chinese character becomes its simplified one. Everything is done character
//! by character, without context, so that a script can do exactly the same. Case is a step of its own, because the
//! tokenizer still needs it to see the words of `KubeProxy`.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// A simplified character and its traditional ones, a line each; from ICU's transform Hant-Hans (Unicode CLDR).
const SIMPLIFIED: &str = include_str!("data/simplified.txt");

/// First character of the block that [`TABLE`] covers, and how many there are.
const FIRST: u32 = 0x4e00;
const COUNT: usize = 0x5200;

/// For each character of the block its simplified one, as the distance from [`FIRST`].
static TABLE: LazyLock<Vec<u16>> = LazyLock::new(|| {
    let mut table: Vec<u16> = (0..=u16::MAX).take(COUNT).collect();
    for (simplified, traditional) in pairs() {
        let (Some(from), Some(to)) = (place(traditional), place(simplified)) else { continue };
        table[from] = u16::try_from(to).unwrap_or_default();
    }
    table
});

fn place(c: char) -> Option<usize> {
    (c as u32).checked_sub(FIRST).map(|at| at as usize).filter(|at| *at < COUNT)
}

/// All pairs of a simplified character and one of its traditional ones.
pub(super) fn pairs() -> impl Iterator<Item = (char, char)> {
    SIMPLIFIED.lines().flat_map(|line| {
        let simplified = line.chars().next();
        line.chars().skip(1).filter_map(move |traditional| Some((simplified?, traditional)))
    })
}

/// The simplified form of a character; itself if it has none.
#[must_use]
pub fn simplified(c: char) -> char {
    let Some(at) = place(c) else { return c };
    TABLE.get(at).and_then(|to| char::from_u32(FIRST + u32::from(*to))).unwrap_or(c)
}

/// An accent that stands on the letter before it.
fn is_accent(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}

/// Gives the characters that stand for `c`, its case kept.
pub fn plain(c: char, mut each: impl FnMut(char)) {
    match c {
        // With the bulk of Chinese punctuation, which needs no look into the tables either.
        '\0'..='\x7f' | '\u{3001}'..='\u{3002}' | '\u{3008}'..='\u{3011}' => each(c),
        '\u{4e00}'..='\u{9fff}' => each(simplified(c)),
        '\u{ff01}'..='\u{ff5e}' => each(char::from_u32(c as u32 - 0xfee0).unwrap_or(c)),
        _ => std::iter::once(c).nfkd().filter(|c| !is_accent(*c)).for_each(|c| each(simplified(c))),
    }
}

/// The lower case of a character that [`plain`] gave.
pub fn lower(c: char, mut each: impl FnMut(char)) {
    if c.is_ascii() {
        each(c.to_ascii_lowercase());
    } else if super::token::is_dense(c) {
        each(c);
    } else {
        c.to_lowercase().for_each(each);
    }
}

/// A text folded whole.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        plain(c, |c| lower(c, |c| folded.push(c)));
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn width_case_accents_and_old_forms_go() {
        assert_eq!(fold("Ｋｕｂｅ－Ｐｒｏｘｙ"), "kube-proxy");
        assert_eq!(fold("naïve ﬁle ①Ⅳ K"), "naive file 1iv k");
        assert_eq!(fold("雲端網絡與容器編排"), "云端网络与容器编排");
        assert_eq!(fold("ｶﾞ"), fold("ガ"));
    }

    #[test]
    fn a_simplified_character_stays_what_it_is() {
        for (simple, traditional) in pairs() {
            assert_eq!(simplified(simple), simple);
            assert_eq!(simplified(traditional), simple);
        }
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".*") {
            let once = fold(&text);
            prop_assert_eq!(fold(&once), once);
        }
    }
}
