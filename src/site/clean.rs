//! Removing a site: the files that a build made, and the folders that are empty then.

use super::manifest::{self, Manifest};
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// Removes the site at `dest`; gives how many files went, or `None` if there is no site that portolan made.
///
/// # Errors
/// If a file cannot be removed.
pub fn clean(dest: &Path) -> io::Result<Option<usize>> {
    let Some(manifest) = Manifest::read(dest) else { return Ok(None) };
    let mut folders = BTreeSet::new();
    let mut removed = 0;
    for path in manifest.files.keys() {
        match fs::remove_file(path.under(dest)) {
            Ok(()) => removed += 1,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
        let mut folder = path.parent();
        while !folder.is_root() && folders.insert(folder.clone()) {
            folder = folder.parent();
        }
    }
    fs::remove_file(dest.join(manifest::NAME))?;
    // Inner folders sort after outer ones. One that still holds something is not ours to remove.
    for folder in folders.iter().rev() {
        let _ = fs::remove_dir(folder.under(dest));
    }
    let _ = fs::remove_dir(dest);
    Ok(Some(removed))
}
