//! The tables of the languages that one can tell.

mod data;
mod javascript;
mod powershell;
mod python;
mod rust;
mod system;

pub(super) use data::{JSON, PROTO, SQL};
pub(super) use javascript::{JAVASCRIPT, TYPESCRIPT};
pub(super) use powershell::POWERSHELL;
pub(super) use python::PYTHON;
pub(super) use system::{C, CPP, GO, JAVA, RUST};

use super::table::{BlockComment, Quote, Table, nothing_special};

const C_COMMENT: BlockComment = BlockComment { open: "/*", close: "*/", nests: false };

/// A string on one line, with `\` before what it should not mean.
const fn quote(open: &'static str, close: &'static str) -> Quote {
    Quote { open, close, escape: Some(b'\\'), lines: false, placeholders: false }
}

/// What most languages have from C; each table says what it has of its own.
const C_LIKE: Table = Table {
    line_comments: &["//"],
    block_comment: Some(C_COMMENT),
    quotes: &[quote("\"", "\""), quote("'", "'")],
    keywords: &[],
    soft_keywords: &[],
    types: &[],
    literals: &[],
    names: &[],
    capitals_are_types: false,
    ignores_case: false,
    sigil: None,
    joins: &[],
    keys: false,
    templates: false,
    special: nothing_special,
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_is_sorted() {
        for table in [&C, &CPP, &GO, &JAVA, &JAVASCRIPT, &JSON, &POWERSHELL, &PROTO, &PYTHON, &RUST, &SQL, &TYPESCRIPT]
        {
            for list in [table.keywords, table.soft_keywords, table.types, table.literals] {
                assert!(list.is_sorted(), "{list:?}");
            }
        }
    }
}
