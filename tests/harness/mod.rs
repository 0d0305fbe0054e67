//! A book in a folder of its own, built into memory: what most tests stand on.

#![allow(dead_code, reason = "each test uses a part of it")]

pub mod serving;

use portolan::book::{self, Root};
use portolan::build::{self, Progress};
use portolan::diagnostic::human::{self, Colour};
use portolan::diagnostic::{Report, Sources};
use portolan::site::Memory;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A book on disk, gone when it is dropped.
pub struct TestBook {
    folder: tempfile::TempDir,
}

/// What building a book in memory gave.
pub struct Built {
    /// The files of the site, by path.
    pub files: BTreeMap<String, Vec<u8>>,
    /// All diagnostics, as they are printed.
    pub messages: String,
    /// Whether there is an error among them.
    pub failed: bool,
}

impl TestBook {
    /// A book of these files.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let book = TestBook { folder: tempfile::tempdir().expect("a temporary folder") };
        for (path, text) in files {
            book.write(path, text);
        }
        book
    }

    pub fn root(&self) -> &Path {
        self.folder.path()
    }

    pub fn path(&self, rel: &str) -> PathBuf {
        self.root().join(rel)
    }

    /// Writes a file, and the folders it lies in.
    pub fn write(&self, rel: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(rel);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder can be made");
        std::fs::write(path, bytes).expect("a file can be written");
    }

    pub fn build(&self) -> Built {
        build(self.root())
    }
}

/// Builds the book of a folder into memory.
pub fn build(root: &Path) -> Built {
    let (mut sources, mut report) = (Sources::default(), Report::default());
    let root = Root::open(root, &mut sources, &mut report).expect("the folder is there");
    let options = book::Options { dest: root.dest(), ..book::Options::default() };
    let book = book::read(root, &options, &mut sources, &mut report);
    let site = Memory::default();
    build::build(&book, &site, &Progress::default(), &mut report).expect("memory takes everything");
    report.sort();
    Built {
        files: site.into_files().into_iter().map(|(path, bytes)| (path.rel().to_string(), bytes)).collect(),
        messages: report
            .notes()
            .iter()
            .map(|n| human::render(n, &sources, Colour::Never))
            .collect::<Vec<_>>()
            .join("\n\n"),
        failed: report.has_errors(),
    }
}

impl Built {
    /// A text file of the site.
    pub fn text(&self, path: &str) -> &str {
        let bytes = self
            .files
            .get(path)
            .unwrap_or_else(|| panic!("no file {path}; there are {:?}", self.files.keys().collect::<Vec<_>>()));
        std::str::from_utf8(bytes).expect("UTF-8")
    }
}
