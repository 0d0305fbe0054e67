//! The index as files. All terms stand in one sorted list, which is cut into files of words; their postings stand in
//! the same order and are cut into files of their own. A directory holds the first word and the first number of each
//! file, so that a query loads only what it needs, and a range of the list (a prefix, a stem, a reading) is one file or
//! two.
//!
//! A Chinese term is sorted by its readings first: typed Chinese is a place in the list, typed pinyin a range around
//! it, and so are homophones.
//!
//! | file | what is in it |
//! | --- | --- |
//! | `index.js` | the directory: files, pages, readings |
//! | `w0.js`, … | words, each with how much it shares with the one before |
//! | `p0.js`, … | postings, best first |
//! | `t0.js`, … | titles, headings and text ([`super::text`]) |
//! | `c.js` | the phrases that those write short ([`super::phrase`]) |
//! | `r0.js`, … | words in the order of their last letters, where there are too many to look through them all |
//! | `h.js` | what is needed for characters that no page has |

use super::index::{Analysed, INITIALS_MARK, LEVELS, Term};
use super::text::{self, Shown, string};
use super::{fold, pinyin, token};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

/// Files of words and of postings are closed when they have grown to this many bytes.
const WORDS: usize = 8 << 10;
const POSTINGS: usize = 6 << 10;
/// Postings of a term that are kept, its best.
const BEST: usize = 200;
/// Files of words that are still looked through one and all for a misspelt word.
const FEW: usize = 12;
/// Different characters that make it worth while to know about those that the site does not have.
const CHINESE: usize = 100;
/// The global that all files call.
const GLOBAL: &str = "portolanSearch";

/// A file that hands its data to the script.
pub(super) fn call(kind: &str, number: usize, data: &str) -> Vec<u8> {
    format!("{GLOBAL}(\"{kind}\",{number},{data})\n").into_bytes()
}

/// The characters of numbers: no quote, no backslash, no space, no `<`.
fn digit(value: u32) -> char {
    let code = 0x23 + value;
    char::from_u32(match code {
        ..0x3c => code,
        0x3c..0x5b => code + 1,
        _ => code + 2,
    })
    .unwrap_or('#')
}
/// Values that end a number, values that go on, and after them the marks of the levels.
const ENDS: u32 = 38;
const GOES_ON: u32 = 31;

/// Writes a number: low digits first, each of which goes on but the last.
fn number(mut n: u32, into: &mut String) {
    while n >= ENDS {
        n -= ENDS;
        into.push(digit(ENDS + n % GOES_ON));
        n /= GOES_ON;
    }
    into.push(digit(n));
}

fn numbers(all: impl Iterator<Item = u32>) -> String {
    let mut text = String::new();
    all.for_each(|n| number(n, &mut text));
    text
}

/// The differences of an ascending row.
fn gaps(row: &[u32]) -> impl Iterator<Item = u32> + '_ {
    row.iter().scan(0, |before, n| Some(n - std::mem::replace(before, *n)))
}

/// A term and what the list is sorted by.
struct Word {
    key: String,
    /// Whether the key is sorted alike by UTF-8 and UTF-16.
    is_plain: bool,
    term: String,
    /// Section and level.
    postings: Vec<(u32, u8)>,
}

/// Writes the index of a site: names of files and their bytes.
#[must_use]
pub fn write(pages: Vec<Analysed>) -> Vec<(String, Vec<u8>)> {
    let (words, shown) = gathered(pages);
    let (mut files, text_firsts) = text::files(&shown);
    let readings = readings(&words);
    let (word_firsts, word_numbers) = word_files("w", words.iter().map(|w| w.term.as_str()), &mut files);
    let post_numbers = posting_files(&words, &mut files);
    let latin = word_firsts.iter().filter(|first| !first.starts_with(token::is_dense)).count();
    let backwards = if latin > FEW { backward_files(&words, &mut files) } else { Vec::new() };
    // A name or two in Chinese do not make a Chinese site.
    if readings.values().map(Vec::len).sum::<usize>() >= CHINESE {
        files.push(("h.js".to_owned(), call("h", 0, &rare(&readings))));
    }
    let mut hasher = blake3::Hasher::new();
    files.iter().for_each(|(_, bytes)| {
        hasher.update(bytes);
    });
    let mut directory = String::from("[");
    string(&hasher.finalize().to_hex()[..10], &mut directory);
    let mut item = |text: &str| {
        directory.push(',');
        string(text, &mut directory);
    };
    item(&numbers(shown.iter().map(|s| u32::try_from(s.len()).unwrap_or(u32::MAX))));
    item(&numbers(gaps(&text_firsts)));
    item(&word_firsts.join(" "));
    item(&numbers(gaps(&word_numbers)));
    item(&numbers(gaps(&post_numbers)));
    item(&backwards.join(" "));
    item(&spelt(&readings));
    item(&spelt(&others(&readings)));
    item(&old_forms(&shown));
    directory.push(']');
    files.push(("index.js".to_owned(), call("d", 0, &directory)));
    files
}

/// All terms with all their postings, sorted.
fn gathered(pages: Vec<Analysed>) -> (Vec<Word>, Vec<Shown>) {
    let mut ids: FxHashMap<Term, u32> = FxHashMap::default();
    let mut postings: Vec<Vec<(u32, u8)>> = Vec::new();
    let mut shown = Vec::with_capacity(pages.len());
    let mut first = 0u32;
    for page in pages {
        let here: Vec<u32> = page
            .terms
            .into_iter()
            .map(|term| {
                *ids.entry(term).or_insert_with(|| {
                    postings.push(Vec::new());
                    u32::try_from(postings.len() - 1).unwrap_or(u32::MAX)
                })
            })
            .collect();
        for p in &page.postings {
            postings[here[p.term as usize] as usize].push((first + p.section, p.level));
        }
        first += u32::try_from(page.shown.len()).unwrap_or_default();
        shown.push(page.shown);
    }
    let mut words: Vec<Word> = ids
        .into_iter()
        .map(|(term, id)| {
            let term = term.text();
            let key = key(&term);
            // Beyond U+DFFF, where the two differ, UTF-8 begins with 0xEE or more.
            let is_plain = key.bytes().all(|b| b < 0xee);
            Word { key, is_plain, term, postings: std::mem::take(&mut postings[id as usize]) }
        })
        .collect();
    words.par_sort_unstable_by(|a, b| {
        if a.is_plain && b.is_plain { a.key.cmp(&b.key) } else { as_scripts_compare(&a.key, &b.key) }
    });
    (words, shown)
}

/// What a term is sorted by: Chinese by `~`, its readings, itself; the rest by itself.
fn key(term: &str) -> String {
    let mut chars = term.chars();
    match (chars.next(), chars.next()) {
        (Some(first), None) if token::is_dense(first) => format!("~{} {term}", pinyin::reading(first)),
        (Some(first), Some(second)) if token::is_dense(first) => {
            format!("~{} {} {term}", pinyin::reading(first), pinyin::reading(second))
        }
        _ => term.to_owned(),
    }
}

/// By UTF-16, which differs from UTF-8 beyond the basic plane.
fn as_scripts_compare(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// Cuts a sorted list into files; gives the first word and the number of the first word of each.
fn word_files<'w>(
    kind: &str,
    words: impl Iterator<Item = &'w str>,
    files: &mut Vec<(String, Vec<u8>)>,
) -> (Vec<String>, Vec<u32>) {
    let (mut firsts, mut starts) = (Vec::new(), Vec::new());
    let mut text = String::new();
    let mut before = String::new();
    for (number, word) in (0u32..).zip(words) {
        if text.is_empty() || text.len() > WORDS {
            close(kind, starts.len(), &mut text, files);
            before.clear();
            firsts.push(word.to_owned());
            starts.push(number);
        }
        let alike = shared(&before, word);
        let units: usize = word[..alike].encode_utf16().count();
        // A capital letter begins each word; terms have none.
        text.push(char::from(b'A' + u8::try_from(units).unwrap_or(0)));
        text.push_str(&word[alike..]);
        word.clone_into(&mut before);
    }
    close(kind, starts.len(), &mut text, files);
    (firsts, starts)
}

fn close(kind: &str, made: usize, text: &mut String, files: &mut Vec<(String, Vec<u8>)>) {
    if !text.is_empty() {
        let mut data = String::with_capacity(text.len() + 2);
        string(text, &mut data);
        files.push((format!("{kind}{}.js", made - 1), call(kind, made - 1, &data)));
        text.clear();
    }
}

/// Bytes that two words begin with, whole characters and at most 25 units of them.
fn shared(a: &str, b: &str) -> usize {
    a.chars().zip(b.chars()).take(12).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

/// Writes the postings; gives the number of the first word of each file.
fn posting_files(words: &[Word], files: &mut Vec<(String, Vec<u8>)>) -> Vec<u32> {
    let mut starts = Vec::new();
    let mut text = String::new();
    for (at, word) in (0u32..).zip(words) {
        if text.is_empty() || text.len() > POSTINGS {
            close("p", starts.len(), &mut text, files);
            starts.push(at);
        }
        list(&word.postings, &mut text);
        text.push(' ');
    }
    close("p", starts.len(), &mut text, files);
    starts
}

/// A term's postings: for each level, best first, its mark and the gaps between its sections; before them, of a list
/// that has been cut, how many there were.
fn list(postings: &[(u32, u8)], into: &mut String) {
    let mut best = postings.to_vec();
    best.sort_unstable_by_key(|(section, level)| (std::cmp::Reverse(*level), *section));
    if best.len() > BEST {
        number(u32::try_from(best.len()).unwrap_or(u32::MAX), into);
        best.truncate(BEST);
    }
    for group in best.chunk_by(|a, b| a.1 == b.1) {
        into.push(digit(ENDS + GOES_ON + u32::from(group[0].1.min(LEVELS - 1))));
        let row: Vec<u32> = group.iter().map(|(section, _)| *section).collect();
        gaps(&row).for_each(|gap| number(gap, into));
    }
}

/// The words of other scripts, last letter first and sorted so: where the first half of a word is misspelt.
fn backward_files(words: &[Word], files: &mut Vec<(String, Vec<u8>)>) -> Vec<String> {
    let is_word =
        |term: &str| term.chars().count() > 2 && term.chars().all(|c| c.is_alphanumeric() && !token::is_dense(c));
    let mut back: Vec<String> =
        words.iter().filter(|w| is_word(&w.term)).map(|w| w.term.chars().rev().collect()).collect();
    back.sort_unstable_by(|a, b| as_scripts_compare(a, b));
    word_files("r", back.iter().map(String::as_str), files).0
}

/// The characters of the site by reading.
fn readings(words: &[Word]) -> BTreeMap<&'static str, Vec<char>> {
    let mut chars: Vec<char> = words
        .iter()
        .filter(|w| !w.term.starts_with(INITIALS_MARK))
        .flat_map(|w| w.term.chars())
        .filter(|c| token::is_dense(*c))
        .collect();
    chars.sort_unstable();
    chars.dedup();
    by_reading(chars.into_iter())
}

fn by_reading(chars: impl Iterator<Item = char>) -> BTreeMap<&'static str, Vec<char>> {
    let mut by_reading: BTreeMap<&'static str, Vec<char>> = BTreeMap::new();
    chars.for_each(|c| by_reading.entry(pinyin::reading(c)).or_default().push(c));
    by_reading
}

/// Second readings of the characters.
fn others(readings: &BTreeMap<&'static str, Vec<char>>) -> BTreeMap<&'static str, Vec<char>> {
    let mut others: BTreeMap<&'static str, Vec<char>> = BTreeMap::new();
    for c in readings.values().flatten() {
        for reading in pinyin::other_readings(*c) {
            others.entry(reading).or_default().push(*c);
        }
    }
    others
}

fn spelt(readings: &BTreeMap<&'static str, Vec<char>>) -> String {
    let row = readings.iter().map(|(reading, chars)| format!("{reading}{}", chars.iter().collect::<String>()));
    row.collect::<Vec<_>>().join(" ")
}

/// The traditional characters that the site shows, each followed by its simplified form.
fn old_forms(pages: &[Shown]) -> String {
    let old: BTreeSet<char> = pages.iter().flat_map(Shown::old_forms).collect();
    old.into_iter().flat_map(|c| [c, fold::simplified(c)]).collect()
}

/// Readings of usual characters that the site does not have, and the simplified forms of traditional ones.
fn rare(readings: &BTreeMap<&'static str, Vec<char>>) -> String {
    let has = |c: &char| readings.get(pinyin::reading(*c)).is_some_and(|chars| chars.contains(c));
    let mut data = String::from("[");
    string(&spelt(&by_reading(pinyin::common().filter(|c| !has(c)))), &mut data);
    data.push(',');
    let pairs: String = fold::pairs().flat_map(|(simplified, traditional)| [traditional, simplified]).collect();
    string(&pairs, &mut data);
    data.push(']');
    data
}

#[cfg(test)]
mod tests {
    use super::super::{Page, Section, analyse};
    use super::*;

    #[test]
    fn numbers_use_no_character_that_means_something() {
        let all: String = (0..ENDS + GOES_ON + u32::from(LEVELS)).map(digit).collect();
        assert!(!all.contains(['"', '\\', ' ', '<', '\u{7f}']), "{all}");
        assert_eq!(all.chars().collect::<std::collections::BTreeSet<_>>().len(), all.len());
        assert_eq!(numbers([0, 37, 38].into_iter()).len(), 4);
    }

    #[test]
    fn chinese_is_sorted_by_its_readings() {
        let mut keys = ["容器", "pod", "荣", "熔器", "容易", "!rq"].map(key);
        keys.sort_by(|a, b| as_scripts_compare(a, b));
        let terms: Vec<&str> = keys.iter().map(|k| k.rsplit(' ').next().unwrap_or_default()).collect();
        assert_eq!(terms, ["!rq", "pod", "容器", "熔器", "容易", "荣"]);
    }

    #[test]
    fn an_index_is_the_same_twice_and_names_all_its_files() {
        let page = |n: usize| {
            let section =
                Section { heading: format!("容器 {n}"), body: "Pod 调度 ".repeat(n), ..Section::default() };
            analyse(&Page { url: format!("{n}.html"), sections: vec![section], ..Page::default() })
        };
        let made = write((0..50).map(page).collect());
        assert_eq!(made, write((0..50).map(page).collect()));
        for name in ["index.js", "w0.js", "p0.js", "t0.js"] {
            assert!(made.iter().any(|(n, _)| n == name), "{name}");
        }
    }

    #[test]
    fn a_site_without_pages_has_an_index() {
        assert_eq!(write(Vec::new()).len(), 2);
    }
}
