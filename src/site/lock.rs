//! A second build keeps away from a destination while the first one is at work.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// Held as long as a build writes, or a site is removed.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A lock file left behind does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

impl Lock {
    /// Takes the lock, or says that somebody else has it.
    pub(super) fn take(path: PathBuf) -> io::Result<Lock> {
        // Whoever had the lock removes the file: what was opened may be gone when the lock on it is granted.
        for _ in 0..16 {
            refuse_what_is_no_file(&path)?;
            let file = OpenOptions::new().write(true).create(true).truncate(false).open(&path)?;
            match file.try_lock() {
                Err(fs::TryLockError::WouldBlock) => break,
                Ok(()) if !is_still_there(&file, &path) => {}
                // A file system without locks must not keep anybody from building.
                Ok(()) | Err(fs::TryLockError::Error(_)) => return Ok(Lock { path, _file: file }),
            }
        }
        Err(io::Error::new(io::ErrorKind::ResourceBusy, "another build is writing this site"))
    }
}

/// A link or a pipe in the place of the lock is not opened.
fn refuse_what_is_no_file(path: &Path) -> io::Result<()> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => {
            Err(io::Error::other(format!("`{}` is in the way; remove it", path.display())))
        }
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn is_still_there(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(open), Ok(named)) => (open.dev(), open.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// Elsewhere an open file cannot be removed.
#[cfg(not(unix))]
fn is_still_there(_: &File, _: &Path) -> bool {
    true
}
