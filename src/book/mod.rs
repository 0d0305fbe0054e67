//! Reading a book: a folder in, a [`Book`] out.
//!
//! 1. [`walk`] finds the files, sorted, so that nothing later depends on the order a disk gives them in;
//! 2. [`front_matter`] and [`include`] turn each Markdown file into a [`Page`] whose text knows where each byte came from;
//! 3. [`summary`] or [`folders`] make the navigation;
//! 4. [`preprocess`] lets mdBook's preprocessors change the texts, where the settings name any.
//!
//! With `config`, this is the only room that reads the disk. What cannot be read is told and left out; an
//! `io::Error` is returned by nobody here.

mod concepts;
mod file;
mod folders;
mod front_matter;
mod git;
mod include;
mod nav;
mod preprocess;
mod read;
mod seen;
mod summary;
mod value;
mod walk;
mod watched;

pub use concepts::parse as read_concepts;
pub use concepts::{ConceptEntry, ConceptsFile, Lifecycle, LinkEntry, LinkStatus, State};
pub use front_matter::{FrontMatter, read as read_front_matter};
pub use nav::{Entry, ItemId, Nav, NavItem, NavTarget};
pub use read::{Options, Root, read, read_source};
pub use seen::Seen;
pub use summary::parse as read_summary;
pub use value::{Scalar, Value};
pub use watched::{Stamps, folders_to_watch, stamps};

use crate::config::Config;
use crate::diagnostic::{SourceId, Span};
use crate::path::{RelPath, SitePath};
use std::path::PathBuf;
use std::sync::Arc;

/// Index into [`Book::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u32);

impl PageId {
    /// As an index.
    #[must_use]
    pub fn at(self) -> usize {
        self.0 as usize
    }
}

/// A book that has been read.
#[derive(Debug)]
pub struct Book {
    /// All settings.
    pub config: Config,
    /// Language of the text.
    pub language: Language,
    /// The pages, sorted by path.
    pub pages: Vec<Page>,
    /// Everything that is copied as it is, sorted by path.
    pub files: Vec<File>,
    /// The order and grouping of the pages.
    pub nav: Nav,
    /// What `concepts.toml` says.
    pub concepts: ConceptsFile,
    /// Templates and static files with which the book overrides those of portolan.
    pub overrides: Overrides,
    /// The files that were read.
    pub seen: Seen,
}

/// A page's source.
#[derive(Debug)]
pub struct Page {
    /// Relative to the folder of the sources.
    pub path: RelPath,
    /// Relative to the book's root, for the edit link.
    pub path_in_root: RelPath,
    /// Where the page goes.
    pub out: SitePath,
    /// What it says.
    pub text: PageText,
    /// What it says about itself.
    pub front: FrontMatter,
    /// Day of the last commit that changed it, `YYYY-MM-DD`.
    pub modified: Option<Arc<str>>,
    /// How it came into the book.
    pub origin: Origin,
}

/// How a page came into the book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It has a place in the navigation.
    Listed,
    /// A Markdown file that SUMMARY.md does not name; built only if a listed page leads to it.
    Unlisted,
    /// A folder without a page of its own: portolan lists what is in it.
    Folder,
}

/// The text of a page and where each byte of it came from.
#[derive(Clone, Debug)]
pub struct PageText {
    /// All of it, includes done; the front matter is still there, so that positions hold.
    pub text: Arc<str>,
    /// Where the Markdown begins, after the front matter.
    pub body: usize,
    /// Which file each part of `text` is from, sorted by position; the first is at 0.
    pub pieces: Vec<Piece>,
}

/// A part of a page's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where it begins in the page's text.
    pub at: u32,
    /// The file it is from.
    pub source: SourceId,
    /// Where it begins in that file.
    pub offset: u32,
}

impl PageText {
    /// The Markdown.
    #[must_use]
    pub fn markdown(&self) -> &str {
        &self.text[self.body..]
    }

    /// The place of a range of [`PageText::markdown`] in the file it came from.
    #[must_use]
    pub fn span(&self, range: std::ops::Range<usize>) -> Span {
        let (start, end) = (range.start + self.body, range.end + self.body);
        let next = self.pieces.partition_point(|p| p.at as usize <= start).max(1);
        let piece = self.pieces[next - 1];
        let limit = self.pieces.get(next).map_or(usize::MAX, |p| p.at as usize);
        let shift = |n: usize| n - piece.at as usize + piece.offset as usize;
        Span::new(piece.source, shift(start)..shift(end.clamp(start, limit.max(start))))
    }

    /// The places of a range of [`PageText::markdown`], a span for each file it is from; a range may go past the end.
    #[must_use]
    pub fn spans(&self, range: std::ops::Range<usize>) -> Vec<Span> {
        let end = range.end.saturating_add(self.body).min(self.text.len().saturating_add(1));
        let mut start = range.start.saturating_add(self.body);
        let mut spans = Vec::new();
        while start < end {
            let next = self.pieces.partition_point(|p| p.at as usize <= start).max(1);
            let piece = self.pieces[next - 1];
            let limit = self.pieces.get(next).map_or(end, |p| (p.at as usize).min(end));
            let shift = |n: usize| n - piece.at as usize + piece.offset as usize;
            spans.push(Span::new(piece.source, shift(start)..shift(limit)));
            start = limit;
        }
        spans
    }
}

/// A file that is copied.
#[derive(Clone, Debug)]
pub struct File {
    /// Where it lies on this machine.
    pub path: PathBuf,
    /// Relative to the folder of the sources.
    pub rel: RelPath,
    /// Where it goes.
    pub out: SitePath,
    /// Pixels, if it is an image.
    pub image: Option<ImageSize>,
}

/// Width and height of an image in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ImageSize {
    /// Width.
    pub width: u32,
    /// Height.
    pub height: u32,
}

/// The book's own templates and static files.
#[derive(Debug, Default)]
pub struct Overrides {
    /// Template name, its text, and the file it is from.
    pub templates: Vec<(RelPath, Arc<str>, SourceId)>,
    /// Static file and its bytes.
    pub statics: Vec<(RelPath, Vec<u8>)>,
    /// `additional-css`, in order.
    pub css: Vec<(RelPath, Vec<u8>)>,
    /// `additional-js`, in order.
    pub js: Vec<(RelPath, Vec<u8>)>,
}

/// The language of a book's text, a BCP 47 tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language(String);

impl Language {
    /// From a tag as an author writes it; `zh`, `zh-CN` and `zh_CN` mean `zh-Hans`.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        let tag = tag.trim().replace('_', "-");
        let lower = tag.to_ascii_lowercase();
        let named = match lower.as_str() {
            "zh" | "zh-cn" | "zh-sg" | "zh-hans" | "cn" => "zh-Hans".to_owned(),
            "zh-tw" | "zh-hk" | "zh-mo" | "zh-hant" => "zh-Hant".to_owned(),
            _ if lower.is_empty() || !lower.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-') => "en".to_owned(),
            _ => tag,
        };
        Language(named)
    }

    /// The tag.
    #[must_use]
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// Whether it is Chinese.
    #[must_use]
    pub fn is_chinese(&self) -> bool {
        self.0.starts_with("zh")
    }

    /// Whether it runs from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        let first = self.0.split('-').next().unwrap_or("");
        matches!(first, "ar" | "arc" | "dv" | "fa" | "ha" | "he" | "khw" | "ks" | "ku" | "ps" | "ur" | "yi")
    }
}
