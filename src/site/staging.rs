//! A folder beside the destination that becomes the destination in one rename.
//!
//! While pages are made, only files that differ from those of the last build are written, next to the site. The commit
//! links the unchanged ones and those of strangers in and exchanges the two folders: a reader sees the old site or the
//! new one. A build that fails or is killed leaves the old site; what it left beside is cleared by the next one. If
//! nothing differs, nothing is touched.
//!
//! A note ([`UNFINISHED`]) lies in the new folder until it is whole. So the next build knows whether a folder that was
//! left is half a build, which can go, or a site, of which only portolan's own files may.

use super::Destination;
use super::lock::Lock;
use super::manifest::{self, Entry, Manifest};
use super::strangers;
use crate::output::{Output, Sink};
use crate::path::{RelPath, SitePath};
use std::collections::BTreeSet;
use std::fmt::Display;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The note in a folder that is no whole site yet.
const UNFINISHED: &str = ".portolan-unfinished";

/// The folders and the file that may lie beside a site while it is written.
#[derive(Debug)]
pub(super) struct Beside {
    dest: PathBuf,
    /// Where the next site is made; after the exchange, the last one.
    new: PathBuf,
    /// Where the last site waits where folders cannot be exchanged.
    old: PathBuf,
    /// Held as long as this lives.
    _lock: Lock,
}

impl Beside {
    /// Takes hold of a destination, and clears what a killed build left.
    ///
    /// # Errors
    /// If another build is at work, or the disk refuses.
    pub(super) fn of(dest: &Path) -> io::Result<Beside> {
        let parent = dest.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(parent)?;
        let beside = |what: &str| {
            let name = dest.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            parent.join(format!(".{name}.portolan-{what}"))
        };
        let (new, old) = (beside("new"), beside("old"));
        let lock = Lock::take(beside("lock"))?;
        // Killed between the two renames of a system that cannot exchange folders.
        if !is_there(dest) && fs::symlink_metadata(&old).is_ok_and(|m| m.is_dir()) {
            fs::rename(&old, dest)?;
        }
        for left in [&new, &old] {
            retire(left, dest)?;
        }
        Ok(Beside { dest: dest.to_path_buf(), new, old, _lock: lock })
    }

    /// Puts the new folder in the place of the old one; the old one is then at the new one's.
    fn exchange(&self) -> io::Result<()> {
        let Beside { dest, new, old, .. } = self;
        if !is_there(dest) {
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
        fs::rename(dest, old)?;
        fs::rename(new, dest).inspect_err(|_| {
            let _ = fs::rename(old, dest);
        })?;
        fs::rename(old, new)
    }
}

/// Takes the files of a site; [`Staging::commit`] puts them in place.
#[derive(Debug)]
pub struct Staging {
    beside: Beside,
    /// The files of the site as it is.
    old: Manifest,
    taken: Mutex<Taken>,
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

impl Staging {
    /// Prepares a build into a destination; clears what a killed build left.
    ///
    /// # Errors
    /// If another build is at work, or the disk refuses.
    pub fn new(destination: &Destination) -> io::Result<Staging> {
        let beside = Beside::of(destination.path())?;
        let old = Manifest::read(&beside.dest).unwrap_or_default();
        Ok(Staging { beside, old, taken: Mutex::default() })
    }

    /// Puts the files in place.
    ///
    /// # Errors
    /// If the disk refuses, or a file of somebody else is in the way; the old site is then still there.
    pub fn commit(self) -> io::Result<Committed> {
        let Staging { beside, old, taken } = self;
        let taken = taken.into_inner().unwrap_or_else(PoisonError::into_inner);
        let removed = old.files.keys().filter(|p| !taken.manifest.files.contains_key(*p)).count();
        let bytes = taken.manifest.files.values().map(|e| e.length).sum();
        let done = Committed { files: taken.manifest.files.len(), written: taken.changed.len(), removed, bytes };
        if done.written == 0 && removed == 0 && !old.damaged && beside.dest.join(manifest::NAME).is_file() {
            return Ok(done);
        }
        if let Err(error) = complete(&beside, &old, taken).and_then(|()| beside.exchange()) {
            let _ = fs::remove_dir_all(&beside.new);
            return Err(error);
        }
        // The new site is there. What cannot be cleared now is cleared by the next build.
        let _ = retire(&beside.new, &beside.dest);
        Ok(done)
    }

    /// Throws the files away; the site stays as it is.
    ///
    /// # Errors
    /// If the disk refuses.
    pub fn abandon(self) -> io::Result<()> {
        let new = &self.beside.new;
        if is_there(new) { fs::remove_dir_all(new) } else { Ok(()) }
    }

    /// Where a changed file is written; its folder is there then.
    fn place(&self, path: &RelPath) -> io::Result<PathBuf> {
        if path.as_str().contains(char::is_control) {
            return Err(io::Error::new(
                io::ErrorKind::InvalidFilename,
                format!("`{}` holds a control character", path.as_str().escape_debug()),
            ));
        }
        let new = &self.beside.new;
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        folder(new, path, &mut taken.folders).map_err(|e| about(path, &e))?;
        Ok(path.under(new))
    }

    fn note(&self, path: &RelPath, entry: Entry, is_changed: bool) {
        let mut taken = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.manifest.files.insert(path.clone(), entry);
        if is_changed {
            taken.changed.insert(path.clone());
        } else {
            taken.changed.remove(path);
        }
    }
}

impl Sink for Staging {
    fn put(&self, output: Output) -> io::Result<()> {
        let path = output.path.rel();
        let entry = Entry::of(&output.bytes);
        let in_site = path.under(&self.beside.dest);
        // The list may be right and the file not: a page that was spoilt is written again.
        let is_as_it_was = self.old.files.get(path) == Some(&entry)
            && fs::symlink_metadata(&in_site).is_ok_and(|m| m.is_file() && m.len() == entry.length)
            && fs::read(&in_site).is_ok_and(|bytes| bytes == output.bytes);
        if !is_as_it_was {
            fs::write(self.place(path)?, &output.bytes).map_err(|e| about(path, &e))?;
        }
        self.note(path, entry, !is_as_it_was);
        Ok(())
    }

    fn copy(&self, from: &Path, to: &SitePath) -> io::Result<()> {
        let path = to.rel();
        let open = || File::open(from).map_err(|e| about(from.display(), &e));
        let known = self.old.files.get(path).filter(|entry| entry.describes(&path.under(&self.beside.dest)));
        if let Some(known) = known
            && fs::metadata(from).is_ok_and(|m| m.is_file() && m.len() == known.length)
            && Entry::of_stream(open()?, io::sink())? == *known
        {
            self.note(path, known.clone(), false);
            return Ok(());
        }
        // The hash is that of the bytes that were written, whatever happens to the source meanwhile.
        let written = File::create(self.place(path)?).map_err(|e| about(path, &e))?;
        let entry = Entry::of_stream(open()?, written).map_err(|e| about(path, &e))?;
        self.note(path, entry, true);
        Ok(())
    }
}

/// Makes the new folder a whole site: what has not changed, the files of strangers, the list.
fn complete(beside: &Beside, old: &Manifest, taken: Taken) -> io::Result<()> {
    let Beside { dest, new, .. } = beside;
    let Taken { manifest, changed, mut folders } = taken;
    begin(new)?;
    for path in manifest.files.keys().filter(|p| !changed.contains(*p)) {
        folder(new, path, &mut folders).map_err(|e| about(path, &e))?;
        link(&path.under(dest), &path.under(new)).map_err(|e| about(path, &e))?;
    }
    if is_there(dest) {
        strangers::link_in(old, dest, &manifest, new)?;
    }
    fs::write(new.join(manifest::NAME), manifest.text())?;
    to_disk(new)?;
    fs::remove_file(new.join(UNFINISHED))
}

/// An error that names the file it is about.
fn about(what: impl Display, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("`{what}`: {error}"))
}

/// Whether anything has this name, be it a link that leads nowhere.
fn is_there(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}

/// The folder in which a site is made, with the note that it is none yet.
fn begin(new: &Path) -> io::Result<()> {
    fs::create_dir_all(new)?;
    fs::write(new.join(UNFINISHED), "")
}

/// Makes the folder of a file, once.
fn folder(root: &Path, path: &RelPath, made: &mut BTreeSet<RelPath>) -> io::Result<()> {
    if made.is_empty() {
        begin(root)?;
        made.insert(RelPath::default());
    }
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

/// Waits until what was written is on the disk, so that a power cut after the exchange finds it there. One call for the
/// whole file system costs less than one for each of ten thousand files.
#[cfg(target_os = "linux")]
fn to_disk(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Elsewhere the file system orders a rename after the writes before it.
#[cfg(not(target_os = "linux"))]
fn to_disk(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a folder that a build left or replaced: half a build altogether, a site with care.
fn retire(left: &Path, dest: &Path) -> io::Result<()> {
    match fs::symlink_metadata(left) {
        Err(_) => Ok(()),
        // A link is not followed, and a file is not ours.
        Ok(found) if !found.is_dir() => Err(io::Error::other(format!("`{}` is in the way; remove it", left.display()))),
        // Without a list it has not come to the point where it could be exchanged.
        Ok(_) if is_there(&left.join(UNFINISHED)) || !is_there(&left.join(manifest::NAME)) => fs::remove_dir_all(left),
        Ok(_) => strangers::move_in(left, dest),
    }
}
