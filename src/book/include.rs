//! Includes: `{{#include file.rs:anchor}}` and its relatives, as mdBook understands them.
//!
//! In: a page's text. Out: the text with the files put in, and which byte came from where. A path is relative to the
//! file that names it and may not leave the book's root. Depth and size are bounded, so that a loop or a bomb ends in
//! a message.

use super::{PageText, Piece, file};
use crate::diagnostic::{Code, Diagnostic, SourceId, Sources, Span};
use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How deep files may include files (mdBook's own bound).
const DEEPEST: usize = 10;
/// How large a page may become.
const LARGEST: usize = 64 << 20;
/// How many includes a page may do, those in its includes counted.
const MOST: usize = 10_000;

/// The files that includes name, each read once.
pub struct Files<'a> {
    /// Canonical path of the book's root.
    pub root: &'a Path,
    /// Where texts are kept for messages.
    pub sources: &'a mut Sources,
    /// What was read.
    pub read: HashMap<PathBuf, Result<(SourceId, Arc<str>), String>>,
    /// Bytes that may still be put into pages.
    pub left: usize,
}

/// Bytes that all includes of a book may put into its pages.
pub const LARGEST_BOOK: usize = 512 << 20;

/// A page's text with its includes done.
pub struct Expanded {
    /// The text.
    pub text: PageText,
    /// What `{{#title …}}` says.
    pub title: Option<String>,
    /// What went wrong.
    pub notes: Vec<Diagnostic>,
}

/// Whether a text can hold an include; most pages do not.
#[must_use]
pub fn may_have_includes(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b"{{").is_some_and(|at| text[at..].contains('#'))
}

/// The text of a page that has no includes.
#[must_use]
pub fn plain(text: Arc<str>, source: SourceId, body: usize) -> PageText {
    PageText { text, body, pieces: vec![Piece { at: 0, source, offset: 0 }] }
}

/// Puts the files in.
pub fn expand(path: &Path, text: &str, source: SourceId, body: usize, files: &mut Files<'_>) -> Expanded {
    let mut builder = Builder {
        text: String::with_capacity(text.len()),
        pieces: Vec::new(),
        title: None,
        notes: Vec::new(),
        done: 0,
    };
    let mut trail = vec![path.to_path_buf()];
    builder.push(source, 0, &text[..body]);
    builder.expand(&text[body..], Origin { source, offset: body }, &mut trail, files);
    if builder.pieces.is_empty() {
        builder.pieces.push(Piece { at: 0, source, offset: 0 });
    }
    let text = PageText { text: builder.text.into(), body, pieces: builder.pieces };
    Expanded { text, title: builder.title, notes: builder.notes }
}

#[derive(Clone, Copy)]
struct Origin {
    source: SourceId,
    offset: usize,
}

struct Builder {
    text: String,
    pieces: Vec<Piece>,
    title: Option<String>,
    notes: Vec<Diagnostic>,
    /// Includes done so far; past [`MOST`] none is looked at any more.
    done: usize,
}

impl Builder {
    fn push(&mut self, source: SourceId, offset: usize, text: &str) {
        if text.is_empty() {
            return;
        }
        let cut = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let follows = self.pieces.last().is_some_and(|last| {
            last.source == source && last.offset as usize + (self.text.len() - last.at as usize) == offset
        });
        if !follows {
            self.pieces.push(Piece { at: cut(self.text.len()), source, offset: cut(offset) });
        }
        self.text.push_str(text);
    }

    /// Recursion is bounded by [`DEEPEST`].
    fn expand(&mut self, text: &str, origin: Origin, trail: &mut Vec<PathBuf>, files: &mut Files<'_>) {
        let mut done = 0;
        while let Some(directive) = Directive::next(text, done) {
            if self.done > MOST {
                return;
            }
            let at = &directive.range;
            let span = Span::new(origin.source, origin.offset + at.start..origin.offset + at.end);
            if directive.escaped {
                self.push(origin.source, origin.offset + done, &text[done..at.start]);
                self.push(origin.source, origin.offset + at.start + 1, &text[at.start + 1..at.end]);
            } else {
                self.push(origin.source, origin.offset + done, &text[done..at.start]);
                self.directive(&directive, span, trail, files);
            }
            done = at.end;
        }
        self.push(origin.source, origin.offset + done, &text[done..]);
    }

    fn directive(&mut self, directive: &Directive<'_>, span: Span, trail: &mut Vec<PathBuf>, files: &mut Files<'_>) {
        if let Name::Title = directive.name {
            self.title.get_or_insert_with(|| directive.argument.trim().to_owned());
            return;
        }
        let (file, part) = Part::of(directive.argument.split_whitespace().next().unwrap_or(""));
        let folder = trail.last().and_then(|p| p.parent()).unwrap_or(files.root).to_path_buf();
        let path = match files.locate(&folder, file) {
            Ok(path) => path,
            Err(why) => {
                self.done += 1;
                self.notes.push(Diagnostic::error(Code::Include, why).at(span, "included here").help(
                    "the path is relative to the file that includes; `\\{{#include …}}` shows the words themselves",
                ));
                return;
            }
        };
        if trail.contains(&path) || trail.len() >= DEEPEST {
            let why = if trail.contains(&path) { "includes itself" } else { "includes are nested more than 10 deep" };
            let message = if trail.contains(&path) { format!("`{file}` {why}") } else { why.to_owned() };
            self.done += 1;
            self.notes.push(Diagnostic::error(Code::IncludeLoop, message).at(span, "included here"));
            return;
        }
        let (source, text) = match files.text(&path) {
            Ok(found) => found,
            Err(why) => {
                self.notes.push(
                    Diagnostic::error(Code::Include, format!("cannot include `{file}`: {why}"))
                        .at(span, "included here"),
                );
                return;
            }
        };
        let lines = part.lines(&text, directive.name);
        if lines.iter().all(|l| l.hidden) && matches!(part, Part::Anchor(_)) {
            let message = format!("`{file}` has no lines between ANCHOR comments of that name");
            self.notes.push(Diagnostic::warning(Code::Include, message).at(span, "included here"));
        }
        self.done += 1;
        if self.done > MOST || self.text.len() + text.len() > LARGEST || files.left < text.len() {
            self.done = MOST + 1;
            let message =
                "with its includes the page is too large (at most 64 MiB and 10,000 includes; 512 MiB a book)";
            self.notes.push(Diagnostic::error(Code::Include, message).at(span, "included here"));
            return;
        }
        files.left -= text.len();
        if let Name::Playground = directive.name {
            self.push(span.source, span.start as usize, "```rust\n");
        }
        trail.push(path);
        self.lines(&lines, &text, source, trail, files);
        trail.pop();
        if let Name::Playground = directive.name {
            self.push(span.source, span.start as usize, "\n```\n");
        }
    }

    fn lines(&mut self, lines: &[Line], text: &str, source: SourceId, trail: &mut Vec<PathBuf>, files: &mut Files<'_>) {
        let mut rest = lines;
        while let [first, ..] = rest {
            // Lines that follow each other are expanded as one text, so that a directive may span lines.
            let run = if first.hidden {
                1
            } else {
                rest.windows(2).take_while(|w| !w[1].hidden && w[0].range.end == w[1].range.start).count() + 1
            };
            let range = first.range.start..rest[run - 1].range.end;
            rest = &rest[run..];
            let shown =
                if rest.is_empty() { text[range.clone()].trim_end_matches(['\n', '\r']) } else { &text[range.clone()] };
            if first.hidden {
                self.push(source, range.start, "# ");
            }
            self.expand(shown, Origin { source, offset: range.start }, trail, files);
        }
    }
}

impl Files<'_> {
    /// The file that `name` means in a file of `folder`.
    fn locate(&self, folder: &Path, name: &str) -> Result<PathBuf, String> {
        if name.is_empty() {
            return Err("an include needs a file".to_owned());
        }
        let path = folder.join(name).canonicalize().map_err(|_| format!("no file `{name}` to include"))?;
        if !path.starts_with(self.root) {
            return Err(format!("`{name}` lies outside the book"));
        }
        Ok(path)
    }

    fn text(&mut self, path: &Path) -> Result<(SourceId, Arc<str>), String> {
        if let Some(known) = self.read.get(path) {
            return known.clone();
        }
        let read = read_regular(path).map(|text| {
            let shown = path.strip_prefix(self.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
            let text: Arc<str> = text.into();
            (self.sources.add(shown, text.clone()), text)
        });
        self.read.insert(path.to_path_buf(), read.clone());
        read
    }
}

fn read_regular(path: &Path) -> Result<String, String> {
    let bytes = file::bytes(path).map_err(|e| e.to_string())?;
    String::from_utf8(bytes).map_err(|_| "it is not UTF-8 text".to_owned())
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Name {
    Include,
    RustdocInclude,
    Playground,
    Title,
}

struct Directive<'a> {
    name: Name,
    argument: &'a str,
    range: Range<usize>,
    escaped: bool,
}

impl<'a> Directive<'a> {
    /// The next directive at or after a position; what merely looks like one (`{{#if x}}`) is left as text.
    fn next(text: &'a str, from: usize) -> Option<Self> {
        let mut at = from;
        while let Some(found) = text[at..].find("{{") {
            let open = at + found;
            at = open + 2;
            let inner = &text[at..];
            let Some(close) = inner.find('}').filter(|&c| inner[c..].starts_with("}}")) else { continue };
            let Some(words) = inner[..close].trim_start().strip_prefix('#') else { continue };
            let (word, argument) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
            let name = match word {
                "include" => Name::Include,
                "rustdoc_include" => Name::RustdocInclude,
                "playground" | "playpen" => Name::Playground,
                "title" => Name::Title,
                _ => continue,
            };
            if argument.trim().is_empty() {
                continue;
            }
            let escaped = text[from..open].ends_with('\\');
            let start = if escaped { open - 1 } else { open };
            return Some(Directive { name, argument: argument.trim(), range: start..at + close + 2, escaped });
        }
        None
    }
}

/// Which lines of a file are meant.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Part<'a> {
    Whole,
    /// From the first up to, but not including, the second; both from 0.
    Lines(usize, usize),
    Anchor(&'a str),
}

struct Line {
    range: Range<usize>,
    hidden: bool,
}

impl<'a> Part<'a> {
    /// `file`, `file:2`, `file:2:`, `file::10`, `file:2:10`, `file:anchor`.
    fn of(argument: &'a str) -> (&'a str, Part<'a>) {
        let mut parts = argument.splitn(3, ':');
        let file = parts.next().unwrap_or("");
        let number = |text: &str| text.parse::<usize>().ok();
        let part = match (parts.next(), parts.next()) {
            (None, _) => Part::Whole,
            (Some(first), None) => match number(first) {
                Some(line) => Part::Lines(line.saturating_sub(1), line.max(1)),
                None if first.is_empty() => Part::Whole,
                None => Part::Anchor(first),
            },
            (Some(first), Some(last)) => match (number(first), number(last)) {
                (None, _) if !first.is_empty() => Part::Anchor(first),
                (first, last) => Part::Lines(first.map_or(0, |n| n.saturating_sub(1)), last.unwrap_or(usize::MAX)),
            },
        };
        (file, part)
    }

    /// The lines that are put in; those around them too, hidden, where rustdoc needs the whole program.
    fn lines(self, text: &str, name: Name) -> Vec<Line> {
        let mut lines = Vec::new();
        let (mut at, mut inside) = (0, false);
        for (number, line) in text.split_inclusive('\n').enumerate() {
            let range = at..at + line.len();
            at = range.end;
            let marker = Marker::of(line);
            let meant = match self {
                Part::Whole => true,
                Part::Lines(first, last) => (first..last).contains(&number),
                Part::Anchor(anchor) => match marker {
                    Some(Marker::End(end)) if end == anchor => {
                        inside = false;
                        false
                    }
                    Some(Marker::Start(start)) if start == anchor => {
                        inside = true;
                        false
                    }
                    _ => inside,
                },
            };
            if matches!(self, Part::Anchor(_)) && marker.is_some() {
                continue;
            }
            if meant || name == Name::RustdocInclude {
                lines.push(Line { range, hidden: !meant });
            }
        }
        lines
    }
}

enum Marker<'a> {
    Start(&'a str),
    End(&'a str),
}

impl<'a> Marker<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let name = |rest: &'a str| {
            let rest = rest.trim_start();
            let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '-').unwrap_or(rest.len());
            (end > 0).then(|| &rest[..end])
        };
        if let Some((_, rest)) = line.split_once("ANCHOR_END:") {
            return name(rest).map(Marker::End);
        }
        line.split_once("ANCHOR:").and_then(|(_, rest)| name(rest)).map(Marker::Start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn of(files: &[(&str, &str)]) -> Folder {
            let dir = tempfile::tempdir().expect("a temporary folder");
            for (name, text) in files {
                std::fs::write(dir.path().join(name), text).expect("a file in it");
            }
            Folder(dir)
        }

        fn expand(&self, text: &str) -> (Expanded, Sources) {
            let root = self.0.path().canonicalize().expect("it exists");
            let mut sources = Sources::default();
            let id = sources.add("page.md", text);
            let mut files = Files { root: &root, sources: &mut sources, read: HashMap::new(), left: LARGEST_BOOK };
            let expanded = expand(&root.join("page.md"), text, id, 0, &mut files);
            (expanded, sources)
        }

        fn text(&self, text: &str) -> String {
            self.expand(text).0.text.text.to_string()
        }
    }

    #[test]
    fn lines_and_anchors_are_cut_out() {
        let dir = Folder::of(&[("a.rs", "one\n// ANCHOR: x\ntwo\n// ANCHOR_END: x\nthree\n")]);
        assert_eq!(dir.text("{{#include a.rs:x}}!"), "two!");
        assert_eq!(dir.text("{{#include a.rs:1}}!"), "one!");
        assert_eq!(dir.text("{{#include a.rs:4:}}!"), "// ANCHOR_END: x\nthree!");
        assert_eq!(dir.text("{{ #include a.rs::1 }}!"), "one!");
        assert_eq!(dir.text("{{#rustdoc_include a.rs:x}}!"), "# one\ntwo\n# three!");
    }

    #[test]
    fn other_braces_are_left_alone() {
        let dir = Folder::of(&[("a.rs", "one")]);
        assert_eq!(
            dir.text(r"{{#if x}} {{ y }} \{{#include a.rs}} {{#include}} {{"),
            "{{#if x}} {{ y }} {{#include a.rs}} {{#include}} {{"
        );
    }

    #[test]
    fn each_byte_knows_its_file() {
        let dir = Folder::of(&[("a.md", "first\nsecond\n")]);
        let (expanded, sources) = dir.expand("x\n{{#include a.md}}\ny");
        let text = &expanded.text;
        assert_eq!(&*text.text, "x\nfirst\nsecond\ny");
        let shown = |needle: &str| {
            let at = text.text.find(needle).expect("it is there");
            let span = text.span(at..at + needle.len());
            let place = sources.place(span);
            format!("{}:{}:{}", sources.get(span.source).expect("known").path, place.line, place.column)
        };
        assert_eq!(shown("second"), "a.md:2:1");
        assert_eq!(shown("y"), "page.md:3:1");
    }

    #[test]
    fn a_loop_a_missing_file_and_a_file_outside_are_told() {
        let dir = Folder::of(&[("a.md", "{{#include b.md}}"), ("b.md", "{{#include a.md}}")]);
        let (expanded, _) = dir.expand("{{#include a.md}}{{#include nope.md}}{{#include /etc/hostname}}");
        let told: Vec<_> = expanded.notes.iter().map(|n| (n.code, n.message.as_str())).collect();
        assert_eq!(
            told,
            [
                (Code::IncludeLoop, "`a.md` includes itself"),
                (Code::Include, "no file `nope.md` to include"),
                (Code::Include, "`/etc/hostname` lies outside the book"),
            ]
        );
    }

    #[test]
    fn a_bomb_is_stopped() {
        let names: Vec<String> = (0..9).map(|i| format!("{i}.md")).collect();
        let texts: Vec<String> = (1..10).map(|i| format!("{{{{#include {i}.md}}}}\n").repeat(12)).collect();
        let files: Vec<(&str, &str)> = names.iter().zip(&texts).map(|(n, t)| (n.as_str(), t.as_str())).collect();
        let dir = Folder::of(&files);
        let (expanded, _) = dir.expand("{{#include 0.md}}");
        assert!(expanded.notes.len() <= MOST + 1);
        std::fs::write(dir.0.path().join("4.md"), "x".repeat(1 << 20)).expect("a file");
        let (expanded, _) = dir.expand("{{#include 0.md}}");
        assert!(expanded.text.text.len() <= LARGEST + (2 << 20));
        assert!(!expanded.notes.is_empty());
    }
}
