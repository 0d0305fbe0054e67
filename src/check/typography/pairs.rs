//! Marks that come in pairs: brackets and quotes.

use super::{Text, is_full_width_mark, is_han, is_latin};
use crate::check::finding::Finding;
use crate::diagnostic::Code;

/// Half-width brackets that touch a Chinese character from outside, and pairs of two widths.
pub(super) fn brackets(text: &Text<'_>, into: &mut Vec<Finding>) {
    let mut open: Vec<usize> = Vec::new();
    for at in 0..text.atoms.len() {
        let Some(c) = text.char(at) else { continue };
        match c {
            '(' | '（' => open.push(at),
            ')' | '）' => {
                // `1)` and `:)` close nothing.
                let Some(opening) = open.pop() else { continue };
                let is_half = text.char(opening) == Some('(');
                if is_half != (c == ')') {
                    let right = if is_half { ')' } else { '）' };
                    into.push(
                        Finding::new(
                            Code::ZhBrackets,
                            text.range(at, at),
                            "this bracket is not as wide as its other half",
                        )
                        .help(format!("write `{right}`, or change the other one")),
                    );
                    continue;
                }
                // `main()后` is a call: what is missing there is a space.
                let is_call = text.before(opening).is_some_and(is_latin);
                let by_han =
                    text.before(opening).is_some_and(is_han) || !is_call && text.char(at + 1).is_some_and(is_han);
                if is_half && by_han {
                    into.push(
                        Finding::new(
                            Code::ZhBrackets,
                            text.range(opening, opening),
                            "half-width brackets touch Chinese text",
                        )
                        .help("write `（` and `）`, or put a space outside of both"),
                    );
                }
            }
            _ => {}
        }
    }
}

/// Straight quotes beside Chinese, and curved ones that do not pair.
pub(super) fn quotes(text: &Text<'_>, into: &mut Vec<Finding>) {
    for (mark, right) in [('"', "“ and ”"), ('\'', "‘ and ’")] {
        straight(text, mark, right, into);
    }
    curved(text, into);
}

fn straight(text: &Text<'_>, mark: char, right: &str, into: &mut Vec<Finding>) {
    let is_chinese = |c: Option<char>| c.is_some_and(|c| is_han(c) || is_full_width_mark(c));
    let is_apostrophe =
        |at: usize| mark == '\'' && text.before(at).is_some_and(is_latin) && text.char(at + 1).is_some_and(is_latin);
    let places: Vec<usize> =
        (0..text.atoms.len()).filter(|at| text.char(*at) == Some(mark) && !is_apostrophe(*at)).collect();
    for pair in places.chunks(2) {
        if pair.iter().any(|at| is_chinese(text.before(*at)) || is_chinese(text.char(at + 1))) {
            let at = pair[0];
            into.push(
                Finding::new(Code::ZhQuotes, text.range(at, at), "straight quotes stand in Chinese text")
                    .help(format!("write {right}")),
            );
        }
    }
}

fn curved(text: &Text<'_>, into: &mut Vec<Finding>) {
    let mut open: Option<usize> = None;
    let mut tell = |at: usize, what: &str| {
        into.push(Finding::new(Code::ZhQuotes, text.range(at, at), what));
    };
    for at in 0..text.atoms.len() {
        match text.char(at) {
            Some('“') => {
                if let Some(first) = open.replace(at) {
                    tell(first, "this quotation is not closed before the next one opens");
                }
            }
            Some('”') if open.take().is_none() => tell(at, "this closes a quotation that was not opened"),
            _ => {}
        }
    }
    if let Some(at) = open {
        tell(at, "this quotation is not closed");
    }
}
