//! What results show: titles, paths, headings and the text that snippets are cut from, in files of about
//! [`FILE`] bytes. A section is never split; a page may be, and then its title stands in each of its files.

use super::phrase::Phrases;
use super::shards::call;
use super::{Page, fold};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// A file is closed when it has grown to this many bytes of text, which is about half of it as it is written.
const FILE: usize = 10 << 10;

/// What results show of a page.
#[derive(Debug, Default)]
pub(super) struct Shown {
    url: String,
    title: String,
    path: String,
    sections: Vec<Part>,
    /// The letters in it that are neither ASCII nor Chinese, and the traditional characters.
    letters: Vec<char>,
}

#[derive(Debug)]
struct Part {
    /// Empty if it can be told from the heading.
    anchor: String,
    /// The heading, and if the section defines something what that is, in a line (empty if the text begins with it), and
    /// its names; with tabs between them.
    heading: String,
    /// Running text, then code, every run of white space as one space.
    text: String,
}

impl Shown {
    pub(super) fn len(&self) -> usize {
        self.sections.len()
    }

    /// The traditional characters of the page.
    pub(super) fn old_forms(&self) -> impl Iterator<Item = char> + '_ {
        self.letters.iter().copied().filter(|c| fold::simplified(*c) != *c)
    }
}

/// Takes what is shown of a page.
pub(super) fn shown(page: &Page) -> Shown {
    let sections: Vec<Part> = page
        .sections
        .iter()
        .map(|section| {
            let mut text = String::with_capacity(section.body.len() + section.code.len());
            for word in section.body.split_whitespace().chain(section.code.split_whitespace()) {
                if !text.is_empty() {
                    text.push(' ');
                }
                text.push_str(word);
            }
            let told = section.anchor == guessed(&section.heading);
            let anchor = if told { String::new() } else { section.anchor.clone() };
            let mut heading = section.heading.clone();
            if !section.names.is_empty() {
                let gist = if text.starts_with(&section.gist) { "" } else { &section.gist };
                let fields = std::iter::once(gist).chain(section.names.iter().map(String::as_str));
                heading.extend(fields.flat_map(|field| ["\t", field]));
            }
            Part { anchor, heading, text }
        })
        .collect();
    let path = page.path.join(" › ");
    let texts = sections.iter().flat_map(|s| [&s.heading, &s.text]).chain([&page.title, &path]);
    let is_special = |c: &char| matches!(*c, '\u{80}'..='\u{7ff}') || fold::simplified(*c) != *c;
    let letters: BTreeSet<char> = texts.flat_map(|text| text.chars()).filter(is_special).collect();
    Shown { url: page.url.clone(), title: page.title.clone(), path, sections, letters: letters.into_iter().collect() }
}

/// The anchor that most headings have: small letters, a hyphen for a space, no punctuation.
fn guessed(heading: &str) -> String {
    let kept = heading.to_lowercase();
    kept.chars()
        .filter(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' '))
        .map(|c| if c == ' ' { '-' } else { c })
        .collect()
}

/// A text as a string of a script.
pub(super) fn string(text: &str, into: &mut String) {
    into.push('"');
    text.chars().for_each(|c| character(c, into));
    into.push('"');
}

/// A character as it stands in a string of a script.
pub(super) fn character(c: char, into: &mut String) {
    match c {
        '"' => into.push_str("\\\""),
        '\\' => into.push_str("\\\\"),
        // Line ends would end the string; `<` could end a script that holds this one.
        '<' => into.push_str("\\x3c"),
        '\u{2028}' | '\u{2029}' | '\0'..='\x1f' | '\x7f' => {
            let _ = write!(into, "\\u{:04x}", c as u32);
        }
        _ => into.push(c),
    }
}

/// The files, and the number of the first section of each.
pub(super) fn files(pages: &[Shown]) -> (Vec<(String, Vec<u8>)>, Vec<u32>) {
    let (parts, firsts) = divided(pages);
    let texts: Vec<&str> = pages.iter().flat_map(|p| &p.sections).map(|s| s.text.as_str()).collect();
    let used: BTreeSet<char> = pages.iter().flat_map(|p| p.letters.iter().copied()).collect();
    let phrases = Phrases::learn(&texts, |c| used.contains(&c));
    let mut files: Vec<(String, Vec<u8>)> = parts
        .par_iter()
        .enumerate()
        .map(|(number, parts)| (format!("t{number}.js"), call("t", number, &written(pages, parts, &phrases))))
        .collect();
    let (codes, listed) = phrases.listed();
    let mut data = String::from("[");
    string(&codes, &mut data);
    data.push(',');
    string(&listed, &mut data);
    data.push(']');
    files.push(("c.js".to_owned(), call("c", 0, &data)));
    (files, firsts)
}

/// A page and which of its sections.
type Share = (usize, std::ops::Range<usize>);

/// Which sections go into which file.
fn divided(pages: &[Shown]) -> (Vec<Vec<Share>>, Vec<u32>) {
    let mut files: Vec<Vec<Share>> = Vec::new();
    let mut firsts = Vec::new();
    let (mut size, mut section) = (usize::MAX, 0u32);
    for (at, page) in pages.iter().enumerate() {
        let mut from = 0;
        for (nth, part) in page.sections.iter().enumerate() {
            if size.saturating_add(part.text.len()) > FILE {
                if let Some(file) = files.last_mut().filter(|_| nth > from) {
                    file.push((at, from..nth));
                }
                files.push(Vec::new());
                firsts.push(section);
                (size, from) = (0, nth);
            }
            size += part.text.len();
            section += 1;
        }
        if let Some(file) = files.last_mut().filter(|_| page.sections.len() > from) {
            file.push((at, from..page.sections.len()));
        }
    }
    (files, firsts)
}

/// One file: of each page its number, address, title and path, and of its sections anchor, heading and text.
fn written(pages: &[Shown], shares: &[Share], phrases: &Phrases) -> String {
    let mut data = String::from("[");
    for (at, range) in shares {
        let page = &pages[*at];
        let _ = write!(data, "[{at},");
        string(&page.url, &mut data);
        for text in [&page.title, &page.path] {
            data.push_str(",\"");
            phrases.write(text, &mut data);
            data.push('"');
        }
        for part in &page.sections[range.clone()] {
            data.push(',');
            string(&part.anchor, &mut data);
            for text in [&part.heading, &part.text] {
                data.push_str(",\"");
                phrases.write(text, &mut data);
                data.push('"');
            }
        }
        data.push_str("],");
    }
    data.push(']');
    data
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sections_stay_whole_and_in_order() {
        let section = |n: usize| Section { body: format!("段{n} ").repeat(2000), ..Section::default() };
        let page = |n: usize| shown(&Page { sections: (0..n).map(section).collect(), ..Page::default() });
        let (files, firsts) = files(&[page(1), page(20), page(2)]);
        assert_eq!(files.len(), firsts.len() + 1);
        assert!(files.len() > 3 && firsts.is_sorted() && firsts[0] == 0);
        // Address, title and path of a page, and three of each section, are strings.
        let texts = files.iter().filter(|(name, _)| name.starts_with('t'));
        let sections: usize = texts
            .map(|(_, bytes)| {
                let text = String::from_utf8_lossy(bytes);
                text.matches("\",\"").count() + text.matches("],[").count() + 1 - 3 * text.matches("],").count()
            })
            .sum();
        assert!(sections >= 23, "{sections}");
    }

    #[test]
    fn a_usual_anchor_is_told_from_its_heading() {
        assert_eq!(guessed("Helm 的历史（一）"), "helm-的历史一");
        assert_eq!(guessed("kube-proxy: a_b"), "kube-proxy-a_b");
    }

    proptest! {
        #[test]
        fn a_string_is_read_back_as_it_was(text in ".*") {
            let mut written = String::new();
            string(&text, &mut written);
            prop_assert!(!written.contains('<') && !written.contains('\n'));
            let json = written.replace("\\x3c", "\\u003c");
            prop_assert_eq!(serde_json::from_str::<String>(&json).expect("a string"), text);
        }
    }
}
