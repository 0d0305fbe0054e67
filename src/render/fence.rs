//! The words after a fence: ```` ```yaml {2,4-6} title="pod.yaml" ````.
//!
//! GitHub reads the first word; the others are those of mdBook (`rust,editable`), Zola (`hl_lines=`), VitePress and
//! Docusaurus (`{1,3-5}`, `title=`, `showLineNumbers`). What is not known is left alone.

use std::ops::RangeInclusive;

/// What a fence says about its code.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Fence<'a> {
    /// The language, as written; empty if there is none.
    pub(super) language: &'a str,
    /// What to write above the code, usually a file's name.
    pub(super) title: Option<String>,
    /// Lines to bring out, from 1.
    pub(super) highlighted: Vec<RangeInclusive<usize>>,
    /// Lines that begin with `+` or `-` are marked as added or removed.
    pub(super) diff: bool,
    /// Lines are numbered.
    pub(super) numbered: bool,
    /// Lines that begin so are hidden.
    pub(super) hide: Option<&'a str>,
}

impl<'a> Fence<'a> {
    /// Reads the words after a fence.
    pub(super) fn read(info: &'a str) -> Self {
        let mut fence = Fence::default();
        let info = info.trim();
        let end = info.find([' ', '\t', ',', '{', ':']).unwrap_or(info.len());
        let first = &info[..end];
        let rest = if first.contains('=') { info } else { &info[end..] };
        fence.language = if first.contains('=') { "" } else { first };
        // `rust:src/main.rs`, as some write a file's name.
        if let Some(name) = rest.strip_prefix(':') {
            let name = name.split([' ', ',']).next().unwrap_or_default();
            fence.title = (!name.is_empty()).then(|| name.to_owned());
        }
        (Words { rest }).for_each(|word| fence.word(word));
        fence
    }

    fn word(&mut self, word: &'a str) {
        if let Some(lines) = word.strip_prefix('{').and_then(|w| w.strip_suffix('}')) {
            self.highlighted.extend(lines.split(',').filter_map(range));
            return;
        }
        let (name, value) = word.split_once('=').map_or((word, ""), |(n, v)| (n, v.trim_matches(['"', '\''])));
        match name {
            "title" | "file" | "filename" | "name" if !value.is_empty() => self.title = Some(value.to_owned()),
            "hl_lines" | "hl" => self.highlighted.extend(value.split([' ', ',']).filter_map(range)),
            "hidelines" if !value.is_empty() => self.hide = Some(value),
            "diff" => self.diff = true,
            "linenos" | "linenums" | "showLineNumbers" | "numbered" => self.numbered = true,
            _ => {}
        }
    }
}

fn range(text: &str) -> Option<RangeInclusive<usize>> {
    let text = text.trim();
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    Some(first.trim().parse().ok()?..=last.trim().parse().ok()?)
}

/// Words with blanks or commas between them; quotes and braces keep theirs.
struct Words<'a> {
    rest: &'a str,
}

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let rest = self.rest.trim_start_matches([' ', '\t', ',']);
        let mut inside: Option<char> = None;
        let mut end = rest.len();
        for (at, c) in rest.char_indices() {
            match inside {
                Some(close) if c == close => inside = None,
                Some(_) => {}
                None => match c {
                    '"' | '\'' => inside = Some(c),
                    '{' => inside = Some('}'),
                    ' ' | '\t' | ',' => {
                        end = at;
                        break;
                    }
                    _ => {}
                },
            }
        }
        let (word, rest) = rest.split_at(end);
        self.rest = rest;
        (!word.is_empty()).then_some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_words_of_four_tools_are_known() {
        let fence = Fence::read("yaml {2,4-6} title=\"a b.yaml\" linenos");
        assert_eq!((fence.language, fence.title.as_deref()), ("yaml", Some("a b.yaml")));
        assert_eq!(fence.highlighted, [2..=2, 4..=6]);
        assert!(fence.numbered);
        assert_eq!(Fence::read("rust,editable,hl_lines=1-2").highlighted, [1..=2]);
        assert_eq!(Fence::read("rust,should_panic").language, "rust");
        assert_eq!(Fence::read("python,hidelines=!!!").hide, Some("!!!"));
        assert_eq!(Fence::read("go:main.go").title.as_deref(), Some("main.go"));
        assert!(Fence::read("yaml diff").diff);
        assert_eq!(Fence::read("{.rust}").language, "");
    }

    proptest! {
        #[test]
        fn no_words_make_it_panic(info in "\\PC{0,40}") {
            Fence::read(&info);
        }
    }
}
