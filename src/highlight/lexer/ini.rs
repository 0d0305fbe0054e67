//! Settings line by line: INI, properties, systemd units, files of environment variables.
//!
//! There is no one standard; this reads what `GKeyFile` of `GLib`, Java's `Properties` and systemd.syntax(7) have in
//! common. A line without `=` or `:` may belong to a file of quite another kind, and keeps its colour.

use super::cursor::{Cursor, is_blank, is_word, run};
use super::yaml::scalar;
use crate::highlight::class::Class;

/// Paints settings.
pub(super) fn paint(cursor: &mut Cursor<'_, '_, '_>) {
    while cursor.peek().is_some() {
        cursor.skip_blanks();
        let line = cursor.rest_of_line();
        match line.bytes().next() {
            Some(b'#' | b';' | b'!') => cursor.take(line.len(), Class::Comment),
            Some(b'[') => section(cursor, line),
            _ => setting(cursor, line),
        }
        cursor.take(1, None);
    }
}

/// `[name]`, and perhaps a comment.
fn section(cursor: &mut Cursor<'_, '_, '_>, line: &str) {
    let Some(end) = line.find(']') else { return cursor.take(line.len(), None) };
    cursor.take(1, None);
    cursor.take(end - 1, Class::Type);
    value(cursor, line.get(end..).unwrap_or_default());
}

/// `name = value`, `name: value`.
fn setting(cursor: &mut Cursor<'_, '_, '_>, line: &str) {
    let start = line.strip_prefix("export ").map_or(0, |rest| line.len() - rest.len());
    let name = run(line.get(start..).unwrap_or_default(), |b| is_word(b) || b"-./@[]*%".contains(&b));
    let after = line.get(start + name..).unwrap_or_default();
    let sign = run(after, is_blank);
    if name == 0 || !matches!(after.as_bytes().get(sign), Some(b'=' | b':')) {
        return value(cursor, line);
    }
    cursor.take(start, Class::Keyword);
    cursor.take(name, Class::Key);
    cursor.take(sign + 1, None);
    let rest = after.get(sign + 1..).unwrap_or_default();
    let text = rest.trim_matches([' ', '\t']);
    match scalar(text) {
        Some(class) => {
            cursor.skip_blanks();
            cursor.take(text.len(), class);
            cursor.take(cursor.rest_of_line().len(), None);
        }
        None => value(cursor, rest),
    }
}

/// Text in which strings, variables and a comment may stand.
fn value(cursor: &mut Cursor<'_, '_, '_>, text: &str) {
    let mut rest = text;
    while let Some(byte) = rest.bytes().next() {
        let before = cursor.before(1);
        let is_start = before.is_none_or(|b| b.is_ascii_whitespace() || b"=:,".contains(&b));
        let (length, class) = match byte {
            b'#' | b';' if before.is_some_and(is_blank) => (rest.len(), Some(Class::Comment)),
            b'"' | b'\'' if is_start => match rest.bytes().skip(1).position(|b| b == byte) {
                Some(end) => (end + 2, Some(Class::String)),
                None => (1, None),
            },
            b'$' => (variable(rest), Some(Class::Variable)),
            _ => (run(rest, |b| !b"#;\"'$".contains(&b)).max(1), None),
        };
        cursor.take(length, class);
        rest = rest.get(length..).unwrap_or_default();
    }
}

/// The length of `$NAME`, `${name}`; of the sign alone if there is no name.
fn variable(text: &str) -> usize {
    match text.as_bytes().get(1) {
        Some(b'{') => text.find('}').map_or(1, |at| at + 1),
        _ => 1 + run(text.get(1..).unwrap_or_default(), is_word),
    }
}
