//! Readings of Chinese characters: what somebody types who has no input method at hand, and what homophones share.

use pinyin::ToPinyin;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// A reading and the characters that are also read so: the second readings that modern technical Chinese knows.
const OTHERS: &str = include_str!("data/readings.txt");

/// The characters of GB 2312, simplified: those a Chinese keyboard can be expected to give.
const COMMON: &str = include_str!("data/common.txt");

static OTHER: LazyLock<BTreeMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut other: BTreeMap<char, Vec<&'static str>> = BTreeMap::new();
    for line in OTHERS.lines() {
        let mut words = line.split(' ');
        let Some(syllable) = words.next() else { continue };
        for c in words.filter_map(|w| w.chars().next()).filter(|c| reading(*c) != syllable) {
            other.entry(c).or_default().push(syllable);
        }
    }
    other
});

/// The readings of the usual block, which are asked for again and again.
static USUAL: LazyLock<Vec<&'static str>> = LazyLock::new(|| ('\u{4e00}'..='\u{9fff}').map(looked_up).collect());

/// The reading of a character without its tone, `ü` written `v`; empty if none is known.
#[must_use]
pub fn reading(c: char) -> &'static str {
    let at = (c as u32).checked_sub(0x4e00).map(|at| at as usize);
    at.and_then(|at| USUAL.get(at)).copied().unwrap_or_else(|| looked_up(c))
}

fn looked_up(c: char) -> &'static str {
    match c.to_pinyin().map_or("", pinyin::Pinyin::plain) {
        "lü" => "lv",
        "nü" => "nv",
        "lüe" => "lve",
        "nüe" => "nve",
        // `ê` and the syllabic nasals of dialects cannot be typed.
        other if other.is_ascii() => other,
        _ => "",
    }
}

/// Its other readings.
#[must_use]
pub fn other_readings(c: char) -> &'static [&'static str] {
    OTHER.get(&c).map_or(&[], Vec::as_slice)
}

/// All readings of a character, the usual one first.
pub fn readings(c: char) -> impl Iterator<Item = &'static str> {
    std::iter::once(reading(c)).filter(|r| !r.is_empty()).chain(other_readings(c).iter().copied())
}

/// The characters that a reader may type although no page has them.
pub fn common() -> impl Iterator<Item = char> {
    COMMON.trim_end().chars()
}

/// The initials of a run of characters in all ways it may be read, at most `most` of them; none if a character has no
/// reading.
#[must_use]
pub fn initials(run: &[char], most: usize) -> Vec<String> {
    let mut all = vec![String::with_capacity(run.len())];
    for c in run {
        let mut letters: Vec<char> = readings(*c).filter_map(|r| r.chars().next()).collect();
        letters.dedup();
        letters.truncate(if all.len() * letters.len() > most { 1 } else { letters.len() });
        all = letters.iter().flat_map(|l| all.iter().map(move |done| format!("{done}{l}"))).collect();
    }
    all.retain(|i| !i.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_as_they_are_typed() {
        assert_eq!("容器绿".chars().map(reading).collect::<Vec<_>>(), ["rong", "qi", "lv"]);
        assert!(readings('弹').any(|r| r == "tan") && readings('弹').any(|r| r == "dan"));
        assert!(readings('重').any(|r| r == "chong"));
        assert_eq!(reading('x'), "");
    }

    #[test]
    fn a_second_reading_makes_second_initials() {
        let run: Vec<char> = "弹性".chars().collect();
        let both = initials(&run, 4);
        assert!(both.contains(&"tx".to_owned()) && both.contains(&"dx".to_owned()), "{both:?}");
        assert_eq!(initials(&run, 1).len(), 1);
    }
}
