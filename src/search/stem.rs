//! Light stemming of English: plurals and the endings of verbs, nothing that changes the word.
//!
//! Only to compare two words, never shown; the twin is in `static/js/search.js`. After the idea of Harman's S stemmer
//! ("How effective is suffixing?", 1991) with `-ing` and `-ed` added.

use std::borrow::Cow;

/// Shortest word that is shortened.
const SHORTEST: usize = 4;

/// The stem of a folded word; a word that is not English letters is its own.
#[must_use]
pub fn stem(word: &str) -> Cow<'_, str> {
    if word.len() < SHORTEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        return Cow::Borrowed(word);
    }
    let word = plural(word);
    let cut = ["ing", "ed"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .filter(|rest| rest.len() >= SHORTEST - 1 && rest.bytes().any(|b| b"aeiouy".contains(&b)));
    let Some(rest) = cut else { return without_e(word) };
    let bytes = rest.as_bytes();
    match bytes {
        [.., a, b] if a == b && !b"aeiouls".contains(b) => Cow::Owned(rest[..rest.len() - 1].to_owned()),
        _ => without_e(Cow::Owned(rest.to_owned())),
    }
}

fn plural(word: &str) -> Cow<'_, str> {
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 1) {
        return Cow::Owned(format!("{rest}y"));
    }
    if ["sses", "shes", "ches", "xes", "zes"].iter().any(|end| word.ends_with(end)) {
        return Cow::Borrowed(&word[..word.len() - 2]);
    }
    let is_plural = word.ends_with('s') && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    Cow::Borrowed(if is_plural { &word[..word.len() - 1] } else { word })
}

/// `derive` and `deriving` meet at `deriv`.
fn without_e(word: Cow<'_, str>) -> Cow<'_, str> {
    match word.strip_suffix('e').filter(|rest| rest.len() >= SHORTEST - 1) {
        Some(rest) => Cow::Owned(rest.to_owned()),
        None => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Case {
        stem: String,
        words: Vec<String>,
    }

    #[test]
    fn the_table_of_both_stemmers_holds() {
        let table: Vec<Case> =
            serde_json::from_str(include_str!("../../tests/search/stems.json")).expect("a table of cases");
        for case in table {
            for word in &case.words {
                assert_eq!(stem(word), case.stem, "{word}");
            }
        }
    }
}
