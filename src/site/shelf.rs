//! A site kept in memory from one build to the next, for `serve`.
//!
//! Each file knows in which round of building it last changed, so that a browser is told to load again only what did.
//! Nothing is hashed: the old bytes are at hand, and comparing them costs a fraction of it.

use crate::output::{Output, Sink};
use crate::path::{RelPath, SitePath};
use memchr::memmem;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

/// The files of a site as the last round left them.
#[derive(Clone, Debug, Default)]
pub struct Shelf {
    files: BTreeMap<RelPath, Kept>,
    version: u64,
    copied: u64,
    removed: u64,
}

/// A file on the shelf.
#[derive(Clone, Debug)]
pub struct Kept {
    /// What is in it.
    pub bytes: Arc<[u8]>,
    /// The round in which its bytes last changed.
    pub changed: u64,
    /// The round in which more of it changed than the addresses of its style sheets.
    pub reshaped: u64,
    /// Length and time of the file it was copied from.
    stamp: Option<Stamp>,
}

type Stamp = (u64, SystemTime);

/// A round of building: a sink that compares with the shelf as it was.
#[derive(Debug)]
pub struct Round<'a> {
    old: &'a Shelf,
    version: u64,
    files: Mutex<BTreeMap<RelPath, Kept>>,
}

impl Shelf {
    /// A file.
    #[must_use]
    pub fn get(&self, path: &RelPath) -> Option<&Kept> {
        self.files.get(path)
    }

    /// The round it is from; 0 before the first.
    #[must_use]
    pub fn version(&self) -> u64 {
        self.version
    }

    /// The last round in which a file changed that the book brings along, such as an image.
    #[must_use]
    pub fn copied(&self) -> u64 {
        self.copied
    }

    /// The last round in which a file went.
    #[must_use]
    pub fn removed(&self) -> u64 {
        self.removed
    }

    /// Begins a round. Rounds are numbered by whoever builds, upwards.
    #[must_use]
    pub fn round(&self, version: u64) -> Round<'_> {
        Round { old: self, version, files: Mutex::default() }
    }
}

impl Round<'_> {
    /// The shelf after this round, and how many files changed, came or went.
    #[must_use]
    pub fn finish(self) -> (Shelf, usize) {
        let files = self.files.into_inner().unwrap_or_else(PoisonError::into_inner);
        let gone = self.old.files.keys().filter(|path| !files.contains_key(*path)).count();
        let fresh = files.values().filter(|kept| kept.changed == self.version);
        let copied = fresh.clone().any(|kept| kept.stamp.is_some());
        let changed = fresh.count() + gone;
        let shelf = Shelf {
            version: self.version,
            copied: if copied { self.version } else { self.old.copied },
            removed: if gone > 0 { self.version } else { self.old.removed },
            files,
        };
        (shelf, changed)
    }

    fn keep(&self, path: &RelPath, bytes: Vec<u8>, stamp: Option<Stamp>) {
        let kept = match self.old.files.get(path) {
            Some(old) if *old.bytes == *bytes => Kept { stamp, ..old.clone() },
            old => {
                let same_shape = old.is_some_and(|old| shape(&old.bytes) == shape(&bytes));
                let reshaped = old.filter(|_| same_shape).map_or(self.version, |old| old.reshaped);
                Kept { bytes: bytes.into(), changed: self.version, reshaped, stamp }
            }
        };
        self.put_in(path, kept);
    }

    fn put_in(&self, path: &RelPath, kept: Kept) {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone(), kept);
    }
}

impl Sink for Round<'_> {
    fn put(&self, output: Output) -> io::Result<()> {
        self.keep(output.path.rel(), output.bytes, None);
        Ok(())
    }

    /// A file that has the length and the time it had is not read again.
    fn copy(&self, from: &Path, to: &SitePath) -> io::Result<()> {
        let about = std::fs::metadata(from)?;
        let stamp = about.modified().ok().map(|time| (about.len(), time));
        match self.old.files.get(to.rel()) {
            Some(old) if stamp.is_some() && old.stamp == stamp => self.put_in(to.rel(), old.clone()),
            _ => self.keep(to.rel(), std::fs::read(from)?, stamp.or(Some((0, SystemTime::UNIX_EPOCH)))),
        }
        Ok(())
    }
}

/// The parts of a page around its links to style sheets; of another file, all of it.
fn shape(bytes: &[u8]) -> Vec<&[u8]> {
    let head = memmem::find(bytes, b"</head>").unwrap_or(0);
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(found) = memmem::find(&bytes[at..head], b"<link rel=\"stylesheet\"") {
        let start = at + found;
        let Some(end) = memchr::memchr(b'>', &bytes[start..head]) else { break };
        parts.push(&bytes[at..start]);
        at = start + end;
    }
    parts.push(&bytes[at..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> SitePath {
        SitePath::new(RelPath::new(text).expect("inside"))
    }

    fn round(old: &Shelf, version: u64, files: &[(&str, &str)]) -> (Shelf, usize) {
        let round = old.round(version);
        for (name, text) in files {
            round.put(Output::text(path(name), *text)).expect("memory takes everything");
        }
        round.finish()
    }

    fn page(style: &str, text: &str) -> String {
        format!("<head><link rel=\"stylesheet\" href=\"{style}\"></head><body>{text}</body>")
    }

    #[test]
    fn a_file_knows_when_it_changed_and_when_only_its_style_did() {
        let (a, b) = (page("1.css", "a"), page("1.css", "b"));
        let (first, _) = round(&Shelf::default(), 1, &[("a.html", &a), ("b.html", &b)]);
        let (second, changed) = round(&first, 2, &[("a.html", &a), ("b.html", &page("1.css", "new"))]);
        assert_eq!(changed, 1);
        let at = |shelf: &Shelf, name| shelf.get(path(name).rel()).map(|k| (k.changed, k.reshaped));
        assert_eq!((at(&second, "a.html"), at(&second, "b.html")), (Some((1, 1)), Some((2, 2))));
        let (third, changed) = round(&second, 3, &[("a.html", &page("2.css", "a"))]);
        assert_eq!((changed, third.removed()), (2, 3));
        assert_eq!(at(&third, "a.html"), Some((3, 1)), "only the style sheet changed");
    }

    #[test]
    fn a_copied_file_is_read_again_only_if_it_was_written() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("i.png");
        std::fs::write(&file, "one").expect("writable");
        let copied = |old: &Shelf, version| {
            let round = old.round(version);
            round.copy(&file, &path("i.png")).expect("readable");
            round.finish()
        };
        let (first, _) = copied(&Shelf::default(), 1);
        let (second, changed) = copied(&first, 2);
        assert_eq!((changed, second.copied()), (0, 1));
        std::fs::write(&file, "longer").expect("writable");
        let (third, changed) = copied(&second, 3);
        assert_eq!((changed, third.copied()), (1, 3));
    }
}
