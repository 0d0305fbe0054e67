//! Removing a site: the files that a build made, and the folders that are empty then.

use super::destination::resolved;
use super::manifest::{self, Manifest};
use super::staging::Beside;
use super::strangers::folders;
use crate::path::RelPath;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// What cleaning did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// Files removed.
    pub removed: usize,
    /// Files on the list that are not what portolan wrote any more; they stay.
    pub edited: usize,
}

/// Removes the site at `dest`; `None` if there is no site that portolan made. No link is followed: a list that names
/// files behind one finds nothing there.
///
/// # Errors
/// If another build is at work, or a file cannot be removed.
pub fn clean(dest: &Path) -> io::Result<Option<Cleaned>> {
    let dest = resolved(dest);
    if Manifest::read(&dest).is_none() {
        return Ok(None);
    }
    let _beside = Beside::of(&dest)?;
    let Some(manifest) = Manifest::read(&dest) else { return Ok(None) };
    let mut done = Cleaned::default();
    let folders = folders(&manifest);
    Cleaner { manifest: &manifest, folders: &folders, done: &mut done }.folder(&dest, &RelPath::default())?;
    fs::remove_file(dest.join(manifest::NAME))?;
    let _ = fs::remove_dir(&dest);
    Ok(Some(done))
}

struct Cleaner<'a> {
    manifest: &'a Manifest,
    folders: &'a BTreeSet<RelPath>,
    done: &'a mut Cleaned,
}

impl Cleaner<'_> {
    fn folder(&mut self, at: &Path, path: &RelPath) -> io::Result<()> {
        for entry in fs::read_dir(at)? {
            let entry = entry?;
            let name = entry.file_name();
            let Some(inner) = name.to_str().map(|name| path.child(name)) else { continue };
            if entry.file_type()?.is_dir() {
                if self.folders.contains(&inner) {
                    self.folder(&entry.path(), &inner)?;
                    // One that still holds something is not ours to remove.
                    let _ = fs::remove_dir(entry.path());
                }
            } else if let Some(known) = self.manifest.files.get(&inner) {
                if known.describes(&entry.path()) {
                    fs::remove_file(entry.path())?;
                    self.done.removed += 1;
                } else {
                    self.done.edited += 1;
                }
            }
        }
        Ok(())
    }
}
