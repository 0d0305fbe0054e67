//! Statements: a line each, or what a semicolon ends; comments cut off.

use std::ops::Range;

/// The statements of a text from a place on, without white space at their ends; none is empty.
pub(super) fn statements(source: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = from;
    let text = source.get(from..).unwrap_or_default();
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        split(source, start, uncommented(line), &mut found);
        start = end;
    }
    found
}

/// A line up to its comment: `%%`, or `#` that begins no entity.
fn uncommented(line: &str) -> &str {
    let percent = line.find("%%").unwrap_or(line.len());
    let hash = line.match_indices('#').map(|(i, _)| i).find(|&i| entity_end(line, i).is_none()).unwrap_or(line.len());
    line.get(..percent.min(hash)).unwrap_or(line)
}

/// Where an entity that begins with `#` ends (`#quot;`), after its semicolon.
fn entity_end(line: &str, hash: usize) -> Option<usize> {
    let name = line.get(hash + 1..)?;
    let end = name.find(|c: char| !c.is_ascii_alphanumeric())?;
    (end > 0 && name.as_bytes().get(end) == Some(&b';')).then_some(hash + end + 2)
}

/// Splits a line at semicolons that end no entity.
fn split(source: &str, start: usize, line: &str, found: &mut Vec<Range<usize>>) {
    let mut from = 0;
    for (i, _) in line.match_indices(';').chain([(line.len(), "")]) {
        let ends_entity = |mark| {
            let begin = line.get(from..i).and_then(|s: &str| s.rfind(mark)).map(|n| n + from);
            begin.is_some_and(|b| entity_of(line, b) == Some(i + 1))
        };
        if i < line.len() && (ends_entity('#') || ends_entity('&')) {
            continue;
        }
        let range = trimmed(source, start + from..start + i);
        if !range.is_empty() {
            found.push(range);
        }
        from = (i + 1).min(line.len());
    }
}

/// Where an entity that begins with `#` or `&` ends.
fn entity_of(line: &str, begin: usize) -> Option<usize> {
    let second = usize::from(line.get(begin + 1..).is_some_and(|s| s.starts_with('#')));
    entity_end(line, begin + second)
}

/// The range without white space at its ends.
pub(super) fn trimmed(source: &str, range: Range<usize>) -> Range<usize> {
    let text = source.get(range.clone()).unwrap_or_default();
    let start = range.start + (text.len() - text.trim_start().len());
    start..start + text.trim().len()
}
