//! The list of what a build made: path, length and hash of each file, kept in the site itself.
//!
//! It is how the next build knows which files have not changed, and how `clean` knows which are portolan's.

use crate::path::RelPath;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io;
use std::path::Path;

/// The file's name, in the site's root.
pub(super) const NAME: &str = ".portolan-manifest";
/// Its first line; another one means another version, whose list is still good enough to clean by.
const HEAD: &str = "portolan manifest 1";

/// What is known of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    /// Bytes.
    pub(super) length: u64,
    /// The first 16 bytes of its BLAKE3 hash, in hexadecimal.
    pub(super) hash: Box<str>,
}

/// The files of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    /// By path.
    pub(super) files: BTreeMap<RelPath, Entry>,
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Entry { length: bytes.len() as u64, hash: short(&blake3::hash(bytes)) }
    }

    /// Of a file on disk, read piece by piece.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        hasher.update_reader(std::fs::File::open(path)?)?;
        Ok(Entry { length: hasher.count(), hash: short(&hasher.finalize()) })
    }
}

fn short(hash: &blake3::Hash) -> Box<str> {
    hash.to_hex()[..32].into()
}

impl Manifest {
    /// Reads the list of a site; `None` if it has none.
    pub(super) fn read(site: &Path) -> Option<Manifest> {
        Self::parse(&std::fs::read_to_string(site.join(NAME)).ok()?)
    }

    fn parse(text: &str) -> Option<Manifest> {
        let mut lines = text.lines();
        lines.next().filter(|head| head.starts_with("portolan manifest"))?;
        let entry = |line: &str| {
            let mut words = line.splitn(3, ' ');
            let (hash, length, path) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
            // A path that leads out of the site would make `clean` dangerous.
            let path = RelPath::new(path).filter(|p| p.as_str() == path)?;
            Some((path, Entry { length, hash: hash.into() }))
        };
        Some(Manifest { files: lines.filter_map(entry).collect() })
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (path, entry) in &self.files {
            let _ = writeln!(text, "{} {} {path}", entry.hash, entry.length);
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_as_it_was_written_and_never_leads_out() {
        let mut manifest = Manifest::default();
        let path = RelPath::new("a b/页.html").expect("inside");
        manifest.files.insert(path, Entry::of(b"x"));
        assert_eq!(Manifest::parse(&manifest.text()), Some(manifest));
        let evil = format!("{HEAD}\n00 1 ../../etc/passwd\n00 1 /etc/passwd\n");
        assert_eq!(Manifest::parse(&evil), Some(Manifest::default()));
        assert_eq!(Manifest::parse("something else"), None);
    }
}
