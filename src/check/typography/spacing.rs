//! Spaces: between scripts, beside code, beside marks of full width.

use super::{Text, is_full_width_mark, is_han, is_latin};
use crate::check::finding::Finding;
use crate::check::scan::What;
use crate::diagnostic::Code;

/// Words of both scripts that everybody writes in one.
const WORDS: [&str; 24] = [
    "U盘",
    "T恤",
    "K歌",
    "B站",
    "A股",
    "B股",
    "H股",
    "K线",
    "X光",
    "X射线",
    "B超",
    "AA制",
    "卡拉OK",
    "维生素A",
    "维生素B",
    "维生素C",
    "维生素D",
    "O型",
    "SaaS化",
    "N次",
    "N个",
    "Q版",
    "IP化",
    "3D化",
];

/// A space between Chinese and Latin letters or digits.
pub(super) fn between_scripts(text: &Text<'_>, words: &[String], into: &mut Vec<Finding>) {
    for at in 1..text.atoms.len() {
        let (Some(a), Some(b)) = (text.char(at - 1), text.char(at)) else { continue };
        if !(is_han(a) && is_latin(b) || is_latin(a) && is_han(b)) || is_in_word(text, at, words) {
            continue;
        }
        let message = format!("there is no space between `{a}` and `{b}`");
        into.push(spaced(Code::ZhSpacing, text, at, message));
    }
}

/// A space between Chinese and code.
pub(super) fn beside_code(text: &Text<'_>, into: &mut Vec<Finding>) {
    for at in 1..text.atoms.len() {
        let (a, b) = (&text.atoms[at - 1], &text.atoms[at]);
        let ((What::Char(pair), What::Code) | (What::Code, What::Char(pair))) = (a.what, b.what) else { continue };
        if is_han(pair) {
            into.push(spaced(Code::ZhCodeSpacing, text, at, format!("there is no space between `{pair}` and code")));
        }
    }
}

fn spaced(code: Code, text: &Text<'_>, at: usize, message: String) -> Finding {
    let finding = Finding::new(code, text.range(at - 1, at), message).label("a space belongs here");
    let gap = text.atoms[at].gap;
    if text.has_anchor {
        finding.help("put a space; the anchor of this heading changes with it, so links to it must too")
    } else {
        finding.help("put a space").edit(gap..gap, " ")
    }
}

/// Whether the boundary before an atom lies in a word that is written in one.
fn is_in_word(text: &Text<'_>, at: usize, words: &[String]) -> bool {
    let known = WORDS.into_iter().chain(words.iter().map(String::as_str)).filter(|word| !word.is_empty());
    known.into_iter().any(|word| {
        let length = word.chars().count();
        // The boundary is after the first, the second … character of the word.
        (1..length).any(|inside| {
            at.checked_sub(inside).is_some_and(|start| {
                let whole = word.chars().enumerate().all(|(n, c)| text.char(start + n) == Some(c));
                // `SU盘` is not a `U盘`.
                let beyond =
                    |c: Option<char>, edge: Option<char>| !(c.is_some_and(is_latin) && edge.is_some_and(is_latin));
                whole
                    && beyond(text.before(start), word.chars().next())
                    && beyond(text.char(start + length), word.chars().last())
            })
        })
    })
}

/// No space beside a mark of full width. Beside markup it is left alone: there it may be what makes stars work.
pub(super) fn beside_marks(text: &Text<'_>, into: &mut Vec<Finding>) {
    let mut at = 0;
    while at < text.atoms.len() {
        if text.char(at) != Some(' ') {
            at += 1;
            continue;
        }
        let first = at;
        while text.char(at) == Some(' ') {
            at += 1;
        }
        let (Some(before), Some(after)) = (text.before(first), text.char(at)) else { continue };
        let all_touch = (first..=at).all(|n| text.touches(n));
        let mark = [before, after].into_iter().find(|c| is_full_width_mark(*c));
        // `。 —— 某某` names a speaker.
        let (Some(mark), true) = (mark, all_touch && after != '—') else { continue };
        let range = text.range(first, at - 1);
        let message = format!("there is a space beside `{mark}`, which has its own");
        let finding = Finding::new(Code::ZhPunctuationSpace, range.clone(), message);
        into.push(if text.has_anchor {
            finding.help("take it away; if the anchor of this heading changes with it, links to it must too")
        } else {
            finding.help("take it away").edit(range, "")
        });
    }
}
