//! Single marks: their width, their number.

use super::{Text, is_han, is_latin, is_stop};
use crate::check::finding::Finding;
use crate::diagnostic::Code;

/// Letters and digits of full width.
pub(super) fn full_width(text: &Text<'_>, into: &mut Vec<Finding>) {
    let is_wide = |c: char| matches!(c, '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    runs(text, is_wide, |first, last| {
        // Codes below U+10000 that differ by a fixed distance.
        let plain: String = (first..=last)
            .filter_map(|at| text.char(at))
            .filter_map(|c| char::from_u32(u32::from(c) - 0xFEE0))
            .collect();
        into.push(
            Finding::new(Code::ZhFullWidth, text.range(first, last), "these letters or digits are of full width")
                .help(format!("write `{plain}`")),
        );
    });
}

/// Half-width marks that touch a Chinese character.
pub(super) fn half_width(text: &Text<'_>, into: &mut Vec<Finding>) {
    for at in 0..text.atoms.len() {
        let Some(c) = text.char(at) else { continue };
        let wide = match c {
            ',' => "，",
            ';' => "；",
            ':' => "：",
            '!' => "！",
            '?' => "？",
            '.' => "。",
            _ => continue,
        };
        let before = text.before(at);
        let han_before = before.is_some_and(|c| is_han(c) || matches!(c, '”' | '’' | '）' | '》' | '」' | '』' | '】'));
        let han_after = text.after_space(at + 1).is_some_and(is_han);
        let is_wrong = match c {
            // `文件.txt`, `一. 概述`, `等等...`
            '.' => {
                han_before
                    && at > 1
                    && before != Some('.')
                    && (text.ends_at(at + 1) || text.char(at + 1).is_some_and(|c| c == ' ' || is_han(c)))
            }
            '!' | '?' => han_before,
            // A ratio, a time, `::`.
            ':' => {
                let is_double = before == Some(':') || text.char(at + 1) == Some(':');
                !is_double && (han_before || han_after && !before.is_some_and(|c| c.is_ascii_digit()))
            }
            _ => han_before || han_after && before.is_some_and(is_latin),
        };
        if is_wrong {
            into.push(
                Finding::new(
                    Code::ZhHalfWidth,
                    text.range(at, at),
                    format!("a half-width `{c}` stands in Chinese text"),
                )
                .help(format!("write `{wide}`")),
            );
        }
    }
}

/// Two stops side by side.
pub(super) fn doubled(text: &Text<'_>, into: &mut Vec<Finding>) {
    runs(text, is_stop, |first, last| {
        if first == last {
            return;
        }
        let marks: String = (first..=last).filter_map(|at| text.char(at)).collect();
        let is_one = matches!(&*marks, "？！" | "！？");
        // Three of them are an ellipsis.
        let is_ellipsis = marks.chars().count() > 2 && marks.chars().all(|c| c == '。');
        if !is_one && !is_ellipsis {
            into.push(
                Finding::new(Code::ZhDoubled, text.range(first, last), format!("`{marks}` is more than one mark"))
                    .help("keep the one that is meant"),
            );
        }
    });
}

/// Dots that should be `……`.
pub(super) fn ellipsis(text: &Text<'_>, into: &mut Vec<Finding>) {
    for mark in ['.', '。', '…'] {
        runs(
            text,
            |c| c == mark,
            |first, last| {
                let count = last - first + 1;
                let is_one = match mark {
                    '…' => count == 1,
                    _ => count >= 3,
                };
                let by_han = text.before(first).is_some_and(is_han) || text.char(last + 1).is_some_and(is_han);
                if is_one && (by_han || mark == '。') {
                    into.push(
                        Finding::new(Code::ZhEllipsis, text.range(first, last), "this is no Chinese ellipsis")
                            .help("write `……`"),
                    );
                }
            },
        );
    }
}

/// Hyphens and single dashes that should be `——`.
pub(super) fn dash(text: &Text<'_>, into: &mut Vec<Finding>) {
    for mark in ['-', '—'] {
        runs(
            text,
            |c| c == mark,
            |first, last| {
                let count = last - first + 1;
                let (before, after) = (text.before_space(first), text.after_space(last + 1));
                let is_han = |c: Option<char>| c.is_some_and(is_han);
                let is_wrong = match mark {
                    // `--force` is an option, `a--b` a name.
                    '-' => count >= 2 && is_han(before) && is_han(after),
                    _ => count == 1 && (is_han(before) || is_han(after)),
                };
                if is_wrong {
                    into.push(
                        Finding::new(Code::ZhDash, text.range(first, last), "this is no Chinese dash")
                            .help("write `——`"),
                    );
                }
            },
        );
    }
}

/// Runs of characters of a kind, by their first and last atom.
fn runs(text: &Text<'_>, is_kind: impl Fn(char) -> bool, mut tell: impl FnMut(usize, usize)) {
    let mut at = 0;
    while at < text.atoms.len() {
        let first = at;
        while text.char(at).is_some_and(&is_kind) {
            at += 1;
        }
        if at > first {
            tell(first, at - 1);
        } else {
            at += 1;
        }
    }
}
