//! Languages that systems are written in.

use super::{C_COMMENT, C_LIKE, quote, rust};
use crate::highlight::class::Class;
use crate::highlight::lexer::cursor::{Cursor, is_blank, is_word, run};
use crate::highlight::lexer::table::{BlockComment, Quote, Table};

/// Source: The Go Programming Language Specification, "Lexical elements" and "Predeclared identifiers".
pub(in super::super) static GO: Table = Table {
    quotes: &[
        Quote { placeholders: true, ..quote("\"", "\"") },
        quote("'", "'"),
        Quote { open: "`", close: "`", escape: None, lines: true, placeholders: false },
    ],
    keywords: &[
        "break",
        "case",
        "chan",
        "const",
        "continue",
        "default",
        "defer",
        "else",
        "fallthrough",
        "for",
        "func",
        "go",
        "goto",
        "if",
        "import",
        "interface",
        "map",
        "package",
        "range",
        "return",
        "select",
        "struct",
        "switch",
        "type",
        "var",
    ],
    types: &[
        "any",
        "bool",
        "byte",
        "comparable",
        "complex128",
        "complex64",
        "error",
        "float32",
        "float64",
        "int",
        "int16",
        "int32",
        "int64",
        "int8",
        "rune",
        "string",
        "uint",
        "uint16",
        "uint32",
        "uint64",
        "uint8",
        "uintptr",
    ],
    literals: &["false", "iota", "nil", "true"],
    names: &[("func", Class::Function), ("type", Class::Type)],
    ..C_LIKE
};

/// Source: The Rust Reference, "Keywords", "Comments" and "Tokens".
pub(in super::super) static RUST: Table = Table {
    block_comment: Some(BlockComment { nests: true, ..C_COMMENT }),
    quotes: &[
        Quote { lines: true, ..quote("\"", "\"") },
        Quote { lines: true, ..quote("b\"", "\"") },
        Quote { lines: true, ..quote("c\"", "\"") },
    ],
    keywords: &[
        "as", "async", "await", "break", "const", "continue", "crate", "dyn", "else", "enum", "extern", "fn", "for",
        "if", "impl", "in", "let", "loop", "match", "mod", "move", "mut", "pub", "ref", "return", "static", "struct",
        "super", "trait", "type", "unsafe", "use", "where", "while", "yield",
    ],
    types: &[
        "Self", "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32",
        "u64", "u8", "usize",
    ],
    literals: &["false", "self", "true"],
    names: &[
        ("enum", Class::Type),
        ("fn", Class::Function),
        ("struct", Class::Type),
        ("trait", Class::Type),
        ("type", Class::Type),
    ],
    capitals_are_types: true,
    special: rust::special,
    ..C_LIKE
};

/// Source: ISO/IEC 9899:2024, 6.4 "Lexical elements"; types of `stdint.h` and POSIX.
pub(in super::super) static C: Table = C_TABLE;

const C_TABLE: Table = Table {
    quotes: &[Quote { placeholders: true, ..quote("\"", "\"") }, quote("'", "'")],
    keywords: &[
        "_Alignas",
        "_Alignof",
        "_Atomic",
        "_Generic",
        "_Noreturn",
        "_Static_assert",
        "_Thread_local",
        "auto",
        "break",
        "case",
        "const",
        "continue",
        "default",
        "do",
        "else",
        "enum",
        "extern",
        "for",
        "goto",
        "if",
        "inline",
        "register",
        "restrict",
        "return",
        "sizeof",
        "static",
        "struct",
        "switch",
        "typedef",
        "typeof",
        "union",
        "volatile",
        "while",
    ],
    types: &[
        "bool",
        "char",
        "double",
        "float",
        "int",
        "int16_t",
        "int32_t",
        "int64_t",
        "int8_t",
        "intptr_t",
        "long",
        "off_t",
        "pid_t",
        "ptrdiff_t",
        "short",
        "signed",
        "size_t",
        "ssize_t",
        "time_t",
        "uint16_t",
        "uint32_t",
        "uint64_t",
        "uint8_t",
        "uintptr_t",
        "unsigned",
        "void",
        "wchar_t",
    ],
    literals: &["NULL", "false", "nullptr", "true"],
    names: &[("enum", Class::Type), ("struct", Class::Type), ("union", Class::Type)],
    special: preprocessor,
    ..C_LIKE
};

/// Source: ISO/IEC 14882:2024, 5 "Lexical conventions".
pub(in super::super) static CPP: Table = Table {
    keywords: &[
        "_Alignas",
        "_Alignof",
        "_Atomic",
        "_Generic",
        "_Noreturn",
        "_Static_assert",
        "_Thread_local",
        "alignas",
        "alignof",
        "auto",
        "break",
        "case",
        "catch",
        "class",
        "co_await",
        "co_return",
        "co_yield",
        "concept",
        "const",
        "const_cast",
        "consteval",
        "constexpr",
        "constinit",
        "continue",
        "decltype",
        "default",
        "delete",
        "do",
        "dynamic_cast",
        "else",
        "enum",
        "explicit",
        "export",
        "extern",
        "final",
        "for",
        "friend",
        "goto",
        "if",
        "import",
        "inline",
        "module",
        "mutable",
        "namespace",
        "new",
        "noexcept",
        "operator",
        "override",
        "private",
        "protected",
        "public",
        "register",
        "reinterpret_cast",
        "requires",
        "restrict",
        "return",
        "sizeof",
        "static",
        "static_assert",
        "static_cast",
        "struct",
        "switch",
        "template",
        "thread_local",
        "throw",
        "try",
        "typedef",
        "typeid",
        "typename",
        "typeof",
        "union",
        "using",
        "virtual",
        "volatile",
        "while",
    ],
    literals: &["NULL", "false", "nullptr", "this", "true"],
    names: &[
        ("class", Class::Type),
        ("enum", Class::Type),
        ("namespace", Class::Type),
        ("struct", Class::Type),
        ("union", Class::Type),
    ],
    capitals_are_types: true,
    ..C_TABLE
};

/// Source: The Java Language Specification, 3 "Lexical Structure".
pub(in super::super) static JAVA: Table = Table {
    quotes: &[
        Quote { lines: true, ..quote("\"\"\"", "\"\"\"") },
        Quote { placeholders: true, ..quote("\"", "\"") },
        quote("'", "'"),
    ],
    keywords: &[
        "abstract",
        "assert",
        "break",
        "case",
        "catch",
        "class",
        "continue",
        "default",
        "do",
        "else",
        "enum",
        "exports",
        "extends",
        "final",
        "finally",
        "for",
        "goto",
        "if",
        "implements",
        "import",
        "instanceof",
        "interface",
        "native",
        "new",
        "package",
        "private",
        "protected",
        "public",
        "return",
        "static",
        "strictfp",
        "super",
        "switch",
        "synchronized",
        "throw",
        "throws",
        "transient",
        "try",
        "var",
        "volatile",
        "while",
    ],
    soft_keywords: &["permits", "record", "sealed", "yield"],
    types: &["boolean", "byte", "char", "double", "float", "int", "long", "short", "void"],
    literals: &["false", "null", "this", "true"],
    names: &[("class", Class::Type), ("enum", Class::Type), ("interface", Class::Type), ("record", Class::Type)],
    capitals_are_types: true,
    special: annotation,
    ..C_LIKE
};

/// Reads `#include <x>`, `#define`, and says whether there was one.
fn preprocessor(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    if cursor.peek() != Some(b'#') {
        return false;
    }
    let after = cursor.rest_of_line().get(1..).unwrap_or_default();
    let blanks = run(after, is_blank);
    let name = run(after.get(blanks..).unwrap_or_default(), is_word);
    cursor.take(1 + blanks + name, Class::Meta);
    if after.trim_start_matches([' ', '\t']).starts_with("include") {
        cursor.skip_blanks();
        if cursor.peek() == Some(b'<') {
            let length = cursor.rest_of_line().find('>').map_or(1, |at| at + 1);
            cursor.take(length, Class::String);
        }
    }
    true
}

/// Reads `@Override`, and says whether there was one.
fn annotation(cursor: &mut Cursor<'_, '_, '_>) -> bool {
    let Some(name) = cursor.rest().strip_prefix('@') else { return false };
    cursor.take(1 + run(name, |b| is_word(b) || b == b'.'), Class::Meta);
    true
}
