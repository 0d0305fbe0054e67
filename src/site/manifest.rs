//! The list of what a build made: path, length and hash of each file, kept in the site itself.
//!
//! It is how the next build knows which files are portolan's: only those are ever removed, and only as long as they are
//! what portolan wrote. The last line is a hash of all others, so that a list that was cut or edited is known as such.

use crate::path::RelPath;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The file's name, in the site's root.
pub(super) const NAME: &str = ".portolan-manifest";
/// Its first line; another one means another version, whose list is still good enough to clean by.
const HEAD: &str = "portolan manifest 2";
/// That of the first version, which had no last line.
const FIRST_HEAD: &str = "portolan manifest 1";
/// What begins the last line.
const END: &str = "end ";
/// A list of a million files is about this long; a longer one is none.
const LONGEST: u64 = 256 << 20;

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
    /// Whether the list was cut or edited: then a file that is not on it may be portolan's all the same.
    pub(super) damaged: bool,
}

impl Entry {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Entry { length: bytes.len() as u64, hash: short(&blake3::hash(bytes)) }
    }

    /// Of a file on disk, read piece by piece.
    pub(super) fn of_file(path: &Path) -> io::Result<Self> {
        Self::of_stream(File::open(path)?, io::sink())
    }

    /// Of what is copied from one place to another.
    pub(super) fn of_stream(mut from: impl Read, mut to: impl io::Write) -> io::Result<Self> {
        let mut hasher = blake3::Hasher::new();
        let mut buffer = vec![0; 64 << 10];
        loop {
            let read = match from.read(&mut buffer) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                read => read?,
            };
            let Some(bytes) = buffer.get(..read).filter(|bytes| !bytes.is_empty()) else { break };
            hasher.update(bytes);
            to.write_all(bytes)?;
        }
        Ok(Entry { length: hasher.count(), hash: short(&hasher.finalize()) })
    }

    /// Whether two regular files hold the same bytes.
    pub(super) fn same(one: &Path, other: &Path) -> bool {
        let is_file = |path: &Path| std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file());
        is_file(one) && Self::of_file(one).is_ok_and(|entry| entry.describes(other))
    }

    /// Whether a file is what this entry says. Only regular files are looked at.
    pub(super) fn describes(&self, path: &Path) -> bool {
        std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.len() == self.length)
            && Self::of_file(path).is_ok_and(|found| found == *self)
    }
}

fn short(hash: &blake3::Hash) -> Box<str> {
    hash.to_hex()[..32].into()
}

impl Manifest {
    /// Reads the list of a site. `None` if it has none; what is no list is a damaged one.
    pub(super) fn read(site: &Path) -> Option<Manifest> {
        let path = site.join(NAME);
        let found = std::fs::symlink_metadata(&path).ok().filter(std::fs::Metadata::is_file)?;
        let text = (found.len() <= LONGEST).then(|| std::fs::read_to_string(&path).ok()).flatten();
        Some(text.map_or_else(|| Manifest { damaged: true, ..Manifest::default() }, |text| Self::parse(&text)))
    }

    fn parse(text: &str) -> Manifest {
        let mut manifest = Manifest { files: BTreeMap::new(), damaged: true };
        let head = text.lines().next().unwrap_or_default();
        if !head.starts_with("portolan manifest") {
            return manifest;
        }
        let is_sealed = text.rsplit_once(END).is_some_and(|(list, end)| seal(list) == end.trim_end());
        manifest.damaged = !is_sealed && head != FIRST_HEAD;
        let entry = |line: &str| {
            let mut words = line.splitn(3, ' ');
            let (hash, length, path) = (words.next()?, words.next()?.parse().ok()?, words.next()?);
            // A path that leads out of the site would make `clean` dangerous.
            let path = RelPath::new(path).filter(|p| p.as_str() == path && !p.is_root())?;
            Some((path, Entry { length, hash: hash.into() }))
        };
        manifest.files = text.lines().skip(1).filter_map(entry).collect();
        manifest
    }

    pub(super) fn text(&self) -> String {
        let mut text = format!("{HEAD}\n");
        for (path, entry) in &self.files {
            let _ = writeln!(text, "{} {} {path}", entry.hash, entry.length);
        }
        let seal = seal(&text);
        let _ = writeln!(text, "{END}{seal}");
        text
    }
}

fn seal(list: &str) -> String {
    short(&blake3::hash(list.as_bytes())).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list() -> Manifest {
        let mut manifest = Manifest::default();
        for path in ["a b/页.html", "end x", "index.html"] {
            manifest.files.insert(RelPath::new(path).expect("inside"), Entry::of(path.as_bytes()));
        }
        manifest
    }

    #[test]
    fn a_list_is_read_as_it_was_written_and_never_leads_out() {
        assert_eq!(Manifest::parse(&list().text()), list());
        let evil = format!("{HEAD}\n00 1 ../../etc/passwd\n00 1 /etc/passwd\n00 1 \n");
        assert!(Manifest::parse(&evil).files.is_empty());
    }

    #[test]
    fn a_list_that_was_cut_or_edited_is_known() {
        let text = list().text();
        assert!(!Manifest::parse(&text).damaged);
        for end in 0..text.len() - 1 {
            let cut = text.get(..end).unwrap_or_default();
            assert!(Manifest::parse(cut).damaged, "{cut:?}");
        }
        assert!(Manifest::parse(&text.replace("index", "other")).damaged);
        assert!(Manifest::parse("something else").damaged);
        assert!(!Manifest::parse("portolan manifest 1\n00 1 a.html\n").damaged);
    }

    proptest! {
        #[test]
        fn no_text_leads_out(text in "(portolan manifest 2\n)?([0-9a-f]{0,3} ?[0-9]{0,20} ?[./a\\\\: -]{0,9}\n?){0,9}") {
            for path in Manifest::parse(&text).files.into_keys() {
                prop_assert!(path.under(Path::new("site")).starts_with("site"));
                prop_assert!(!path.as_str().split('/').any(|part| part == ".." || part.is_empty()));
            }
        }
    }
}
