//! What results show: titles, paths, headings and the text that snippets are cut from, in files of about
//! [`FILE`] bytes. A section is never split; a page may be, and then its title stands in each of its files.

use super::shards::call;
use super::{Page, fold};
use rayon::prelude::*;
use std::fmt::Write as _;

/// A file is closed when it has grown to this many bytes.
const FILE: usize = 14 << 10;

/// What results show of a page.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// Address, title and path, as a piece of script.
    page: String,
    /// Anchor, heading and text of each section, likewise.
    sections: Vec<String>,
    /// The traditional characters in all that.
    old_forms: Vec<char>,
}

impl Shown {
    pub(super) fn len(&self) -> usize {
        self.sections.len()
    }

    pub(super) fn old_forms(&self) -> impl Iterator<Item = char> + '_ {
        self.old_forms.iter().copied()
    }
}

/// Writes what is shown of a page.
pub(super) fn shown(page: &Page) -> Shown {
    let mut head = String::new();
    string(&page.url, &mut head);
    head.push(',');
    string(&page.title, &mut head);
    head.push(',');
    string(&page.path.join(" › "), &mut head);
    let sections: Vec<String> = page
        .sections
        .iter()
        .map(|section| {
            let mut piece = String::with_capacity(section.body.len() + section.code.len() + 64);
            piece.push('[');
            string(&section.anchor, &mut piece);
            piece.push(',');
            string(&section.heading, &mut piece);
            piece.push(',');
            piece.push('"');
            spaced(&section.body, &mut piece);
            if !section.code.is_empty() {
                piece.push_str(if section.body.is_empty() { "" } else { " " });
                spaced(&section.code, &mut piece);
            }
            piece.push_str("\"]");
            piece
        })
        .collect();
    let all = std::iter::once(&head).chain(&sections).flat_map(|piece| piece.chars());
    let mut old_forms: Vec<char> = all.filter(|c| fold::simplified(*c) != *c).collect();
    old_forms.sort_unstable();
    old_forms.dedup();
    Shown { page: head, sections, old_forms }
}

/// A text as a string of a script.
pub(super) fn string(text: &str, into: &mut String) {
    into.push('"');
    text.chars().for_each(|c| character(c, into));
    into.push('"');
}

fn character(c: char, into: &mut String) {
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

/// The text with every run of white space as one space.
fn spaced(text: &str, into: &mut String) {
    for (at, word) in text.split_whitespace().enumerate() {
        if at > 0 {
            into.push(' ');
        }
        word.chars().for_each(|c| character(c, into));
    }
}

/// The files, and the number of the first section of each.
pub(super) fn files(pages: &[Shown]) -> (Vec<(String, Vec<u8>)>, Vec<u32>) {
    let mut files: Vec<Vec<(usize, std::ops::Range<usize>)>> = Vec::new();
    let mut firsts = Vec::new();
    let (mut size, mut section) = (usize::MAX, 0u32);
    for (at, page) in pages.iter().enumerate() {
        let mut from = 0;
        for (nth, text) in page.sections.iter().enumerate() {
            if size.saturating_add(text.len()) > FILE {
                if let Some(file) = files.last_mut().filter(|_| nth > from) {
                    file.push((at, from..nth));
                }
                files.push(Vec::new());
                firsts.push(section);
                (size, from) = (0, nth);
            }
            size += text.len();
            section += 1;
        }
        if let Some(file) = files.last_mut().filter(|_| page.sections.len() > from) {
            file.push((at, from..page.sections.len()));
        }
    }
    let bytes = files.par_iter().enumerate().map(|(number, parts)| {
        let mut data = String::from("[");
        for (at, range) in parts {
            let page = &pages[*at];
            let _ = write!(data, "[{at},{},[{}]],", page.page, page.sections[range.clone()].join(","));
        }
        data.push(']');
        (format!("t{number}.js"), call("t", number, &data))
    });
    (bytes.collect(), firsts)
}

#[cfg(test)]
mod tests {
    use super::super::Section;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sections_stay_whole_and_in_order() {
        let section = |n: usize| Section { body: format!("{n} ").repeat(2000), ..Section::default() };
        let page = |n: usize| shown(&Page { sections: (0..n).map(section).collect(), ..Page::default() });
        let (files, firsts) = files(&[page(1), page(20), page(2)]);
        assert_eq!(files.len(), firsts.len());
        assert!(files.len() > 3 && firsts.is_sorted() && firsts[0] == 0);
        let all: usize = files.iter().map(|(_, b)| String::from_utf8_lossy(b).matches("[\"\"").count()).sum();
        assert_eq!(all, 23);
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
