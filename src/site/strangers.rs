//! Files in a site that no build made: a `.git`, a note, somebody's photographs. They stay.
//!
//! Nothing in here follows a link: a tree is walked by what its folders hold.

use super::manifest::{self, Entry, Manifest};
use crate::path::RelPath;
use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

/// Gives strangers' files a second name in the new site, so that it is whole when it takes the place of the old one.
/// What cannot be linked is moved afterwards by [`move_in`].
///
/// # Errors
/// If a folder cannot be read, or if the new site has a file where a stranger's is.
pub(super) fn link_in(old: &Manifest, dest: &Path, site: &Manifest, new: &Path) -> io::Result<()> {
    let walk = Walk { old, site, old_folders: folders(old), folders: folders(site) };
    walk.folder(dest, new, &RelPath::default())
}

/// The folders that a site has.
pub(super) fn folders(site: &Manifest) -> BTreeSet<RelPath> {
    let mut folders = BTreeSet::new();
    for path in site.files.keys() {
        let mut folder = path.parent();
        while !folder.is_root() && folders.insert(folder.clone()) {
            folder = folder.parent();
        }
    }
    folders
}

struct Walk<'a> {
    old: &'a Manifest,
    site: &'a Manifest,
    old_folders: BTreeSet<RelPath>,
    folders: BTreeSet<RelPath>,
}

impl Walk<'_> {
    /// The depth of the recursion is that of the folders, which a file system bounds.
    fn folder(&self, from: &Path, to: &Path, at: &RelPath) -> io::Result<()> {
        let holds_ours = self.holds_ours(at);
        let mut is_made = to.exists();
        let mut make = || {
            if !is_made {
                fs::create_dir_all(to)?;
                // A folder of somebody else keeps its permissions where that can be done.
                let _ = fs::metadata(from).and_then(|m| fs::set_permissions(to, m.permissions()));
                is_made = true;
            }
            io::Result::Ok(())
        };
        if !holds_ours {
            make()?;
        }
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let name = entry.file_name();
            if at.is_root() && name == manifest::NAME {
                continue;
            }
            let path = name.to_str().map(|name| at.child(name));
            if entry.file_type()?.is_dir() {
                if path.as_ref().is_some_and(|p| self.site.files.contains_key(p)) {
                    return Err(in_the_way(&entry.path()));
                }
                match &path {
                    Some(path) => self.folder(&entry.path(), &to.join(name), path)?,
                    // No file of portolan's has such a name.
                    None => {
                        make()?;
                        let _ = link_tree(&entry.path(), &to.join(name));
                    }
                }
                continue;
            }
            if let Some(path) = &path {
                if self.old.files.contains_key(path) && !self.was_edited_and_is_left(path, &entry.path()) {
                    continue;
                }
                if self.folders.contains(path) {
                    return Err(in_the_way(&entry.path()));
                }
                if let Some(new) = self.site.files.get(path) {
                    if self.old.damaged || new.describes(&entry.path()) {
                        continue;
                    }
                    return Err(in_the_way(&entry.path()));
                }
            }
            make()?;
            let _ = fs::hard_link(entry.path(), to.join(name));
        }
        Ok(())
    }

    /// Whether a folder of the old site, or one above a file of it.
    fn holds_ours(&self, folder: &RelPath) -> bool {
        folder.is_root() || self.folders.contains(folder) || self.old_folders.contains(folder)
    }

    /// A page that is gone from the sources and was edited in the site has become somebody's own.
    fn was_edited_and_is_left(&self, path: &RelPath, file: &Path) -> bool {
        !self.site.files.contains_key(path) && self.old.files.get(path).is_some_and(|entry| !entry.describes(file))
    }
}

fn in_the_way(path: &Path) -> io::Error {
    io::Error::new(
        io::ErrorKind::AlreadyExists,
        format!("`{}` is in the way of a file of the site, and portolan did not make it; move it away", path.display()),
    )
}

fn link_tree(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            link_tree(&entry.path(), &to.join(entry.file_name()))?;
        } else {
            let _ = fs::hard_link(entry.path(), to.join(entry.file_name()));
        }
    }
    Ok(())
}

/// Takes the old site apart: what portolan wrote goes, what is a second name of a file in the new site goes, and
/// everything else moves there. Folders that are empty then go too.
///
/// # Errors
/// If something can neither be removed nor moved; it is still there then.
pub(super) fn move_in(left: &Path, dest: &Path) -> io::Result<()> {
    let manifest = Manifest::read(left);
    let all_damaged = Manifest { damaged: true, ..Manifest::default() };
    let old = manifest.as_ref().unwrap_or(&all_damaged);
    Apart { old, folders: folders(old) }.folder(left, dest, &RelPath::default())?;
    match fs::remove_file(left.join(manifest::NAME)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    fs::remove_dir(left)
}

struct Apart<'a> {
    old: &'a Manifest,
    folders: BTreeSet<RelPath>,
}

impl Apart<'_> {
    fn folder(&self, from: &Path, to: &Path, at: &RelPath) -> io::Result<()> {
        for entry in fs::read_dir(from)? {
            let entry = entry?;
            let (name, place) = (entry.file_name(), entry.path());
            if at.is_root() && name == manifest::NAME {
                continue;
            }
            let target = to.join(&name);
            let there = fs::symlink_metadata(&target).ok();
            let path = name.to_str().map(|name| at.child(name));
            if entry.file_type()?.is_dir() {
                let ours = path.filter(|path| self.folders.contains(path));
                match (there, ours) {
                    (None, None) => fs::rename(&place, &target)?,
                    (Some(found), _) if !found.is_dir() => keep_aside(&place, &target)?,
                    (_, ours) => {
                        // Nothing in a folder that is not ours is on the list: a name that no file has will do.
                        self.folder(&place, &target, &ours.unwrap_or_else(|| at.child("\u{0}")))?;
                        fs::remove_dir(&place)?;
                    }
                }
            } else {
                self.file(&place, &target, there.is_some(), path.and_then(|path| self.old.files.get(&path)))?;
            }
        }
        Ok(())
    }

    fn file(&self, file: &Path, target: &Path, is_there: bool, ours: Option<&Entry>) -> io::Result<()> {
        // What portolan has written anew at its own path replaces what was there.
        let is_done_with = if is_there {
            ours.is_some() || self.old.damaged || is_same_file(file, target) || Entry::same(file, target)
        } else {
            ours.is_some_and(|entry| entry.describes(file))
        };
        if is_done_with {
            return fs::remove_file(file);
        }
        if is_there {
            return keep_aside(file, target);
        }
        target.parent().map_or(Ok(()), fs::create_dir_all)?;
        fs::rename(file, target)
    }
}

/// Moves a stranger's file beside the one that has taken its name while the site was exchanged.
fn keep_aside(file: &Path, target: &Path) -> io::Result<()> {
    let name = target.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let free = (1..1000).map(|n| target.with_file_name(format!("{name}.kept-{n}"))).find(|p| !p.exists());
    match free {
        Some(free) => fs::rename(file, free),
        None => Err(io::Error::other(format!("`{}` cannot be kept", file.display()))),
    }
}

#[cfg(unix)]
fn is_same_file(one: &Path, other: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (fs::symlink_metadata(one), fs::symlink_metadata(other)) {
        (Ok(one), Ok(other)) => (one.dev(), one.ino()) == (other.dev(), other.ino()),
        _ => false,
    }
}

/// Elsewhere only the bytes can be compared.
#[cfg(not(unix))]
fn is_same_file(one: &Path, other: &Path) -> bool {
    Entry::same(one, other)
}
