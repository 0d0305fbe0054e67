//! JavaScript and TypeScript: a table, and regular expressions, which only the sign before them tells from division.

use super::C_LIKE;
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_blank, is_word, run};
use crate::highlight::lexer::table::Table;

/// Source: ECMA-262, "Lexical Grammar" and "Keywords and Reserved Words".
pub(in super::super) static JAVASCRIPT: Table = BASE;

const BASE: Table = Table {
    keywords: &[
        "async",
        "await",
        "break",
        "case",
        "catch",
        "class",
        "const",
        "continue",
        "debugger",
        "default",
        "delete",
        "do",
        "else",
        "export",
        "extends",
        "finally",
        "for",
        "function",
        "if",
        "import",
        "in",
        "instanceof",
        "let",
        "new",
        "return",
        "static",
        "super",
        "switch",
        "throw",
        "try",
        "typeof",
        "var",
        "void",
        "while",
        "with",
        "yield",
    ],
    soft_keywords: &["as", "from", "get", "of", "set"],
    literals: &["Infinity", "NaN", "false", "null", "this", "true", "undefined"],
    names: &[("class", Class::Type), ("function", Class::Function)],
    capitals_are_types: true,
    joins: b"$",
    keys: true,
    templates: true,
    special,
    ..C_LIKE
};

/// Source: the TypeScript Handbook; its words are keywords only before a name.
pub(in super::super) static TYPESCRIPT: Table = Table {
    soft_keywords: &[
        "abstract",
        "accessor",
        "as",
        "asserts",
        "declare",
        "enum",
        "from",
        "get",
        "implements",
        "infer",
        "interface",
        "is",
        "keyof",
        "module",
        "namespace",
        "of",
        "override",
        "private",
        "protected",
        "public",
        "readonly",
        "satisfies",
        "set",
        "type",
    ],
    types: &["any", "bigint", "boolean", "never", "number", "object", "string", "symbol", "unknown"],
    names: &[
        ("class", Class::Type),
        ("enum", Class::Type),
        ("function", Class::Function),
        ("interface", Class::Type),
        ("namespace", Class::Type),
        ("type", Class::Type),
    ],
    ..BASE
};

/// Reads a decorator or a regular expression, and says whether there was one.
fn special(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    let rest = cursor.rest();
    let found = match cursor.peek() {
        Some(b'@') => Some(1 + run(rest.get(1..).unwrap_or_default(), |b| is_word(b) || b == b'.'))
            .filter(|&length| length > 1)
            .map(|length| (length, Class::Meta)),
        Some(b'/') if may_begin(cursor.passed()) => {
            regular_expression(cursor.rest_of_line()).map(|length| (length, Class::String))
        }
        _ => None,
    };
    if let Some((length, class)) = found {
        cursor.take(length, class);
    }
    found.is_some()
}

/// Whether a regular expression may stand behind this text: where a value is awaited, no operator.
fn may_begin(text: &str) -> bool {
    let before = text.trim_end_matches([' ', '\t']);
    match before.bytes().next_back() {
        None => true,
        Some(byte) if b"\n(,=:[!&|?{;".contains(&byte) => true,
        Some(_) => before.ends_with("return") || before.ends_with("case") || before.ends_with("typeof"),
    }
}

/// The length of the regular expression, flags and all, that a line begins with.
fn regular_expression(line: &str) -> Option<usize> {
    let mut in_set = false;
    let mut bytes = line.bytes().enumerate().skip(1);
    if line.as_bytes().get(1).copied().is_none_or(is_blank) {
        return None;
    }
    while let Some((at, byte)) = bytes.next() {
        match byte {
            b'\\' => drop(bytes.next()),
            b'[' => in_set = true,
            b']' => in_set = false,
            b'/' if !in_set => {
                return Some(at + 1 + run(line.get(at + 1..)?, |b| b.is_ascii_lowercase()));
            }
            _ => {}
        }
    }
    None
}
