//! The tokenizer: text in, terms out. `static/js/search.js` holds its twin; `tests/search/tokens.json` holds what both
//! must give.
//!
//! Chinese (and kana) is cut into pairs of neighbouring characters: no dictionary, nothing to be wrong about, and the
//! same in every language. Words of other scripts are whole; an identifier gives its parts and its joined form, so that
//! `kube-proxy`, `KubeProxy` and `kube proxy` meet. Stems are not written to the index: they are compared when a query
//! is answered, because words of one stem are neighbours in a sorted list.

use super::fold;

/// Characters of a term that count; what is longer is cut there.
const LONGEST: usize = 40;
/// Parts of an identifier that still has a joined form.
const MOST_PARTS: usize = 6;

/// What a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word, or a part of an identifier.
    Word,
    /// All parts of an identifier, joined.
    Joined,
    /// Two neighbouring Chinese characters.
    Pair,
    /// A Chinese character that stands alone.
    Single,
}

/// Whether a character belongs to a script written without spaces: Chinese, or kana.
#[must_use]
pub fn is_dense(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fff}' | '\u{3400}'..='\u{4dbf}' | '\u{3040}'..='\u{30ff}' | '\u{3005}' | '\u{3007}'
        | '\u{20000}'..='\u{323af}')
}

fn is_joiner(c: char) -> bool {
    matches!(c, '-' | '_' | '.')
}

/// Gives the terms of a text in order; of an identifier the joined form first.
pub fn tokens(text: &str, mut each: impl FnMut(&str, Kind)) {
    let mut reader = Reader::default();
    for c in text.chars() {
        fold::plain(c, |c| reader.take(c, &mut each));
    }
    reader.end_all(&mut each);
}

/// Where the reading stands; the buffers are used again and again.
#[derive(Default)]
struct Reader {
    /// The Chinese character before, and whether it has been part of a pair.
    before: Option<(char, bool)>,
    pair: String,
    /// The identifier so far, folded, and where each part of it ends.
    word: String,
    ends: Vec<usize>,
    /// A joiner that has been read and may yet be the end of the sentence.
    joiner: bool,
    /// The last characters as they were written, to see `aB` and `ABc`.
    case: [Case; 2],
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Case {
    #[default]
    None,
    Upper,
    Other,
}

impl Reader {
    fn take(&mut self, c: char, each: &mut impl FnMut(&str, Kind)) {
        if is_dense(c) {
            self.end_word(each);
            self.dense(c, each);
        } else if c.is_alphanumeric() {
            self.end_dense(each);
            self.letter(c);
        } else if is_joiner(c) && !self.word.is_empty() && !self.joiner {
            self.joiner = true;
        } else {
            self.end_all(each);
        }
    }

    fn end_all(&mut self, each: &mut impl FnMut(&str, Kind)) {
        self.end_word(each);
        self.end_dense(each);
    }

    fn dense(&mut self, c: char, each: &mut impl FnMut(&str, Kind)) {
        if let Some((before, _)) = self.before {
            self.pair.clear();
            self.pair.push(before);
            self.pair.push(c);
            each(&self.pair, Kind::Pair);
        }
        self.before = Some((c, self.before.is_some()));
    }

    fn end_dense(&mut self, each: &mut impl FnMut(&str, Kind)) {
        if let Some((alone, false)) = self.before.take() {
            self.pair.clear();
            self.pair.push(alone);
            each(&self.pair, Kind::Single);
        }
    }

    fn letter(&mut self, c: char) {
        let case = if c.is_uppercase() { Case::Upper } else { Case::Other };
        if std::mem::take(&mut self.joiner) {
            self.part_ends(self.word.len());
            self.case = [Case::None; 2];
        }
        match (self.case, case) {
            ([_, Case::Other], Case::Upper) => self.part_ends(self.word.len()),
            ([Case::Upper, Case::Upper], Case::Other) if c.is_alphabetic() => {
                let last = self.word.chars().next_back().map_or(0, char::len_utf8);
                self.part_ends(self.word.len() - last);
            }
            _ => {}
        }
        self.case = [self.case[1], case];
        // Room for the joined form of the longest parts; more would only be cut again.
        if self.word.len() < LONGEST * 4 * MOST_PARTS {
            let word = &mut self.word;
            fold::lower(c, |c| word.push(c));
        }
    }

    fn part_ends(&mut self, at: usize) {
        if at > self.ends.last().copied().unwrap_or(0) {
            self.ends.push(at);
        }
    }

    fn end_word(&mut self, each: &mut impl FnMut(&str, Kind)) {
        if self.word.is_empty() {
            return;
        }
        self.part_ends(self.word.len());
        let several = self.ends.len() > 1;
        // `1.24` and `2026-11-20` mean something only as a whole.
        let figures = several && self.word.bytes().all(|b| b.is_ascii_digit());
        if several && self.ends.len() <= MOST_PARTS {
            each(cut(&self.word), Kind::Joined);
        }
        if !figures || self.ends.len() > MOST_PARTS {
            let mut start = 0;
            for end in &self.ends {
                each(cut(&self.word[start..*end]), Kind::Word);
                start = *end;
            }
        }
        self.word.clear();
        self.ends.clear();
        self.joiner = false;
        self.case = [Case::None; 2];
    }
}

/// The first [`LONGEST`] characters.
fn cut(term: &str) -> &str {
    if term.len() <= LONGEST {
        return term;
    }
    term.char_indices().nth(LONGEST).map_or(term, |(at, _)| &term[..at])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(serde::Deserialize)]
    struct Case {
        text: String,
        terms: Vec<String>,
    }

    fn terms(text: &str) -> Vec<String> {
        let mut terms = Vec::new();
        tokens(text, |term, _| terms.push(term.to_owned()));
        terms
    }

    #[test]
    fn the_table_of_both_tokenizers_holds() {
        let table: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/search/tokens.json")).expect("a table of cases");
        assert!(table.len() > 20);
        for case in table {
            assert_eq!(terms(&case.text), case.terms, "{}", case.text);
        }
    }

    proptest! {
        #[test]
        fn terms_are_short_folded_and_hold_no_separator(text in ".*") {
            for term in terms(&text) {
                prop_assert!(term.chars().count() <= LONGEST && !term.is_empty());
                prop_assert!(term.chars().all(|c| c.is_alphanumeric() || is_dense(c)), "{}", term);
                prop_assert_eq!(fold::fold(&term), term);
            }
        }
    }
}
