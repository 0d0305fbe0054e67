//! PowerShell.

use super::C_LIKE;
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_word, run};
use crate::highlight::lexer::table::{BlockComment, Quote, Table};

/// Source: PowerShell documentation, `about_Language_Keywords`, `about_Quoting_Rules`, `about_Comments`.
pub(in super::super) static POWERSHELL: Table = Table {
    line_comments: &["#"],
    block_comment: Some(BlockComment { open: "<#", close: "#>", nests: false }),
    quotes: &[
        Quote { open: "@\"", close: "\"@", escape: None, lines: true, placeholders: false },
        Quote { open: "@'", close: "'@", escape: None, lines: true, placeholders: false },
        Quote { open: "\"", close: "\"", escape: Some(b'`'), lines: true, placeholders: false },
        Quote { open: "'", close: "'", escape: None, lines: true, placeholders: false },
    ],
    keywords: &[
        "begin",
        "break",
        "catch",
        "class",
        "continue",
        "data",
        "do",
        "dynamicparam",
        "else",
        "elseif",
        "end",
        "enum",
        "exit",
        "filter",
        "finally",
        "for",
        "foreach",
        "function",
        "hidden",
        "if",
        "in",
        "param",
        "process",
        "return",
        "static",
        "switch",
        "throw",
        "trap",
        "try",
        "until",
        "using",
        "while",
    ],
    literals: &["$false", "$null", "$true"],
    names: &[("class", Class::Type), ("enum", Class::Type), ("filter", Class::Function), ("function", Class::Function)],
    ignores_case: true,
    sigil: Some(b'$'),
    joins: b"-",
    special: powershell_word,
    ..C_LIKE
};

/// `-Option`, and `Verb-Noun`, which is a command.
fn powershell_word(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    let rest = cursor.rest();
    let starts = cursor.before(1).is_none_or(|b| b.is_ascii_whitespace() || b"(|;{=&".contains(&b));
    if !starts {
        return false;
    }
    let length = run(rest, |b| is_word(b) || b == b'-');
    let word = rest.get(..length).unwrap_or_default();
    let class = match word.split_once('-') {
        Some(("", option)) if option.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) => Class::Attribute,
        Some((verb, noun)) if !noun.is_empty() && verb.bytes().next().is_some_and(|b| b.is_ascii_alphabetic()) => {
            Class::Function
        }
        _ => return false,
    };
    cursor.take(length, class);
    true
}
