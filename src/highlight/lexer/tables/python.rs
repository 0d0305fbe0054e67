//! Python: a table, prefixes of strings, decorators.

use super::{C_LIKE, quote};
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_blank, is_word, run};
use crate::highlight::lexer::table::{Quote, Table};

/// Source: The Python Language Reference, 2 "Lexical analysis"; built-in types from the Library Reference.
pub(in super::super) static PYTHON: Table = Table {
    line_comments: &["#"],
    block_comment: None,
    quotes: &[
        Quote { lines: true, ..quote("\"\"\"", "\"\"\"") },
        Quote { lines: true, ..quote("'''", "'''") },
        quote("\"", "\""),
        quote("'", "'"),
    ],
    keywords: &[
        "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass",
        "raise", "return", "try", "while", "with", "yield",
    ],
    soft_keywords: &["case", "match", "type"],
    types: &[
        "bool",
        "bytearray",
        "bytes",
        "complex",
        "dict",
        "float",
        "frozenset",
        "int",
        "list",
        "object",
        "set",
        "str",
        "tuple",
    ],
    literals: &["Ellipsis", "False", "None", "NotImplemented", "True", "cls", "self"],
    names: &[("class", Class::Type), ("def", Class::Function)],
    capitals_are_types: true,
    keys: true,
    special,
    ..C_LIKE
};

/// Reads a decorator or the prefix of a string, and says whether there was one.
fn special(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    let rest = cursor.rest();
    let found = match cursor.peek() {
        Some(b'@') if begins_line(cursor.passed()) => {
            (1 + run(rest.get(1..).unwrap_or_default(), |b| is_word(b) || b == b'.'), Class::Meta)
        }
        Some(byte) if b"bBfFrRtTuU".contains(&byte) => match prefix(rest) {
            Some(length) => (length, Class::String),
            None => return false,
        },
        _ => return false,
    };
    cursor.take(found.0, found.1);
    true
}

fn begins_line(text: &str) -> bool {
    text.bytes().rev().find(|&b| !is_blank(b)).is_none_or(|b| b == b'\n')
}

/// The length of `f`, `rb` and the like before a quote.
fn prefix(text: &str) -> Option<usize> {
    let length = run(text, |b| b"bBfFrRtTuU".contains(&b));
    (length <= 2 && matches!(text.as_bytes().get(length), Some(b'"' | b'\''))).then_some(length)
}
