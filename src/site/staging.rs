//! A folder beside the destination that becomes the destination in one rename.
//!
//! While pages are made, only files that differ from those of the last build are written, next to the site. The commit
//! links the unchanged ones in and exchanges the two folders: a reader sees the old site or the new one. A build that
//! fails or is killed leaves the old site; what it left beside is cleared by the next one. If nothing differs, nothing
//! is touched. Files in the destination that no build made (a `.git`, say) are carried over.

use super::Destination;
use super::manifest::{self, Entry, Manifest};
use crate::output::{Output, Sink};
use crate::path::{RelPath, SitePath};
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// Takes the files of a site; [`Staging::commit`] puts them in place.
#[derive(Debug)]
pub struct Staging {
    dest: PathBuf,
    new: PathBuf,
    /// The files of the site as it is.
    old: Manifest,
    taken: Mutex<Taken>,
    /// Held as long as the build runs.
    _lock: Lock,
}

#[derive(Debug, Default)]
struct Taken {
    manifest: Manifest,
    /// Those that differ from the old site and lie in the staging folder.
    changed: BTreeSet<RelPath>,
    folders: BTreeSet<RelPath>,
}

/// What a commit did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Committed {
    /// Files of the site.
    pub files: usize,
    /// Of these, written anew.
    pub written: usize,
    /// Files of the old site that are gone.
    pub removed: usize,
    /// Bytes of the site.
    pub bytes: u64,
}

/// Keeps a second build from the same destination.
#[derive(Debug)]
struct Lock {
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
    fn take(path: PathBuf) -> io::Result<Lock> {
        let file = File::create(&path)?;
        match file.try_lock() {
            Err(fs::TryLockError::WouldBlock) => {
                Err(io::Error::new(io::ErrorKind::ResourceBusy, "another build is writing this site"))
            }
            // A file system without locks must not keep anybody from building.
            Ok(()) | Err(fs::TryLockError::Error(_)) => Ok(Lock { path, _file: file }),
        }
    }
}

impl Staging {
    /// Prepares a build into a destination; clears what a killed build left.
    ///
    /// # Errors
    /// If another build is at work, or the disk refuses.
    pub fn new(destination: &Destination) -> io::Result<Staging> {
        let dest = destination.path().to_path_buf();
        let parent = dest.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let beside = |what: &str| {
            let name = dest.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            parent.join(format!(".{name}.portolan-{what}"))
        };
        let lock = Lock::take(beside("lock"))?;
        let (new, retired) = (beside("new"), beside("old"));
        // Killed between the two renames of a system that cannot exchange folders.
        if !dest.exists() && retired.exists() {
            fs::rename(&retired, &dest)?;
        }
        for left in [&new, &retired] {
            retire(left, &dest)?;
        }
        let old = Manifest::read(&dest).unwrap_or_default();
        Ok(Staging { dest, new, old, taken: Mutex::default(), _lock: lock })
    }

    /// Puts the files in place.
    ///
    /// # Errors
    /// If the disk refuses; the old site is then still there.
    pub fn commit(self) -> io::Result<Committed> {
        let Taken { manifest, changed, mut folders } = self.taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        let removed = self.old.files.keys().filter(|p| !manifest.files.contains_key(*p)).count();
        let bytes = manifest.files.values().map(|e| e.length).sum();
        let done = Committed { files: manifest.files.len(), written: changed.len(), removed, bytes };
        if changed.is_empty() && removed == 0 && self.dest.join(manifest::NAME).is_file() {
            return Ok(done);
        }
        fs::create_dir_all(&self.new)?;
        for path in manifest.files.keys().filter(|p| !changed.contains(*p)) {
            folder(&self.new, path, &mut folders)?;
            link(&path.under(&self.dest), &path.under(&self.new))?;
        }
        fs::write(self.new.join(manifest::NAME), manifest.text())?;
        exchange(&self.new, &self.dest)?;
        retire(&self.new, &self.dest)?;
        Ok(done)
    }

    /// Throws the files away; the site stays as it is.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn abandon(self) -> io::Result<()> {
        if self.new.exists() { fs::remove_dir_all(&self.new) } else { Ok(()) }
    }

    /// Notes a file; `true` if it has to be written.
    fn take(&self, path: &RelPath, entry: Entry) -> io::Result<bool> {
        let same = self.old.files.get(path) == Some(&entry)
            && fs::symlink_metadata(path.under(&self.dest)).is_ok_and(|m| m.is_file() && m.len() == entry.length);
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.manifest.files.insert(path.clone(), entry);
        if same {
            taken.changed.remove(path);
        } else {
            taken.changed.insert(path.clone());
            folder(&self.new, path, &mut taken.folders)?;
        }
        Ok(!same)
    }
}

impl Sink for Staging {
    fn put(&self, output: Output) -> io::Result<()> {
        let path = output.path.rel();
        if self.take(path, Entry::of(&output.bytes))? {
            fs::write(path.under(&self.new), &output.bytes)?;
        }
        Ok(())
    }

    fn copy(&self, from: &Path, to: &SitePath) -> io::Result<()> {
        if self.take(to.rel(), Entry::of_file(from)?)? {
            fs::copy(from, to.rel().under(&self.new))?;
        }
        Ok(())
    }
}

/// Makes the folder of a file, once.
fn folder(root: &Path, path: &RelPath, made: &mut BTreeSet<RelPath>) -> io::Result<()> {
    let parent = path.parent();
    if !made.contains(&parent) {
        fs::create_dir_all(parent.under(root))?;
        made.insert(parent);
    }
    Ok(())
}

/// A second name for a file, or a copy where the file system has no such thing.
fn link(from: &Path, to: &Path) -> io::Result<()> {
    fs::hard_link(from, to).or_else(|_| fs::copy(from, to).map(|_| ()))
}

/// Puts the new folder in the place of the old one; the old one is then at the new one's.
fn exchange(new: &Path, dest: &Path) -> io::Result<()> {
    if !dest.exists() {
        return fs::rename(new, dest);
    }
    #[cfg(any(target_os = "linux", target_os = "macos"))]
    {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        if renameat_with(CWD, new, CWD, dest, RenameFlags::EXCHANGE).is_ok() {
            return Ok(());
        }
    }
    // Two renames, with a moment between them in which there is no site; a build that is killed there is mended by
    // the next one.
    let name = new.file_name().map(|n| n.to_string_lossy().replace("-new", "-old")).unwrap_or_default();
    let old = new.with_file_name(name);
    fs::rename(dest, &old)?;
    fs::rename(new, dest).inspect_err(|_| {
        let _ = fs::rename(&old, dest);
    })?;
    fs::rename(&old, new)
}

/// Removes a folder that a build left or replaced. What is not on its list was put there by somebody else and moves to
/// the site; a folder without a list is half a build.
fn retire(left: &Path, dest: &Path) -> io::Result<()> {
    if !left.exists() {
        return Ok(());
    }
    if let Some(manifest) = Manifest::read(left) {
        for path in manifest.files.keys() {
            match fs::remove_file(path.under(left)) {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
                _ => {}
            }
        }
        carry(left, dest)?;
    }
    fs::remove_dir_all(left)
}

/// Moves everything that is left in a folder, but for the list, into the site.
fn carry(from: &Path, to: &Path) -> io::Result<()> {
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_name() == manifest::NAME {
            continue;
        }
        let target = to.join(entry.file_name());
        if !target.exists() && has_files(&entry.path())? {
            fs::rename(entry.path(), target)?;
        } else if target.is_dir() && entry.file_type()?.is_dir() {
            carry(&entry.path(), &target)?;
        }
    }
    Ok(())
}

/// Whether it is a file or a folder with one in it.
fn has_files(path: &Path) -> io::Result<bool> {
    if !fs::symlink_metadata(path)?.is_dir() {
        return Ok(true);
    }
    for entry in fs::read_dir(path)? {
        if has_files(&entry?.path())? {
            return Ok(true);
        }
    }
    Ok(false)
}
