//! The files a build has read, so that a byte can be shown with its line.

use std::sync::Arc;

/// Index of a file in [`Sources`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourceId(u32);

/// A range of bytes in one file that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub source: SourceId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A file as it was read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as messages print it: relative to the book's root, with `/`.
    pub path: Arc<str>,
    /// The whole text.
    pub text: Arc<str>,
}

/// Every text file of a build, in the order it was read.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
}

/// Line and column, both from 1; the column counts characters, as editors do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Line number, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
}

impl Sources {
    /// Keeps a file and names it.
    pub fn add(&mut self, path: impl Into<Arc<str>>, text: impl Into<Arc<str>>) -> SourceId {
        let id = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        self.files.push(SourceFile { path: path.into(), text: text.into() });
        SourceId(id)
    }

    /// The file behind an id; `None` only for an id of another build.
    #[must_use]
    pub fn get(&self, id: SourceId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    /// All files, in the order they were read.
    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// Where a span begins.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        self.place_at(span.source, span.start)
    }

    /// Where a span ends.
    #[must_use]
    pub fn end(&self, span: Span) -> Place {
        self.place_at(span.source, span.end)
    }

    fn place_at(&self, source: SourceId, at: u32) -> Place {
        let text = self.get(source).map_or("", |f| &f.text);
        let mut start = (at as usize).min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let before = &text[..start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        let line = memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1;
        // Each character has one byte that does not continue another. A byte order mark is not a column of its own.
        let in_line = &before[line_start..];
        let characters = in_line.bytes().filter(|b| b & 0xC0 != 0x80).count();
        let column = characters - usize::from(in_line.starts_with('\u{feff}')) + 1;
        Place { line, column }
    }
}

impl Span {
    /// A span from a byte range; positions past 4 GiB are cut.
    #[must_use]
    pub fn new(source: SourceId, range: std::ops::Range<usize>) -> Self {
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Span { source, start: cut(range.start), end: cut(range.end.max(range.start)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_not_bytes() {
        let mut sources = Sources::default();
        let id = sources.add("a.md", "\u{feff}一二\n三四x");
        assert_eq!(sources.place(Span::new(id, 3..6)), Place { line: 1, column: 1 });
        assert_eq!(sources.place(Span::new(id, 16..17)), Place { line: 2, column: 3 });
    }
}
