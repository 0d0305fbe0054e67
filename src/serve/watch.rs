//! Waiting for a save.
//!
//! Each folder is watched by itself, not the root with all that is in it: a `target` or `node_modules` beside the book
//! would cost a watch for each of its folders. What an editor writes beside a file is no save.

use crate::book::{self, Stamps};
use notify::event::{AccessKind, AccessMode, MetadataKind, ModifyKind};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// A save is often several events: a new file, its text, a new name. They end when nothing comes for this long.
const SETTLED: Duration = Duration::from_millis(8);
/// However much comes, it is built after this.
const LONGEST: Duration = Duration::from_millis(200);
/// How often files are looked at where the system does not tell.
const POLL: Duration = Duration::from_millis(400);

/// How files are watched.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Watching {
    /// The system tells.
    #[default]
    Native,
    /// Looked at now and then: for network folders and some containers.
    Poll,
}

/// What happened.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Change {
    /// Files or folders came, went or were renamed, or settings changed: there may be other folders to watch.
    pub(super) folders: bool,
}

/// What notices changes.
pub(super) enum Watch {
    /// The system tells.
    Told(Told),
    /// Somebody looks.
    Looked(Looked),
}

/// Folders of which the system tells.
pub(super) struct Told {
    watcher: RecommendedWatcher,
    watched: BTreeSet<PathBuf>,
    events: Receiver<notify::Result<Event>>,
}

/// Folders that are looked at again and again. notify can do this too, but knows times only to the second: it does not
/// see the second of two quick saves.
#[derive(Default)]
pub(super) struct Looked {
    folders: BTreeSet<PathBuf>,
    seen: Stamps,
}

impl Watch {
    pub(super) fn new(watching: Watching) -> notify::Result<Watch> {
        if watching == Watching::Poll {
            return Ok(Watch::Looked(Looked::default()));
        }
        let (sender, events) = channel();
        let watcher = RecommendedWatcher::new(sender, notify::Config::default())?;
        Ok(Watch::Told(Told { watcher, watched: BTreeSet::new(), events }))
    }

    /// Watches these folders and no others. One that is gone by now is no error; the first other error is given, and
    /// the rest of the folders is watched all the same.
    pub(super) fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<()> {
        match self {
            Watch::Told(told) => told.follow(folders),
            Watch::Looked(looked) => {
                looked.folders.clone_from(folders);
                looked.seen = book::stamps(folders);
                Ok(())
            }
        }
    }

    /// Watches these folders too.
    pub(super) fn add(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<()> {
        match self {
            Watch::Told(told) => told.add(folders),
            Watch::Looked(looked) => {
                let new: BTreeSet<PathBuf> = folders.difference(&looked.folders).cloned().collect();
                looked.seen.extend(book::stamps(&new));
                looked.folders.extend(new);
                Ok(())
            }
        }
    }

    /// Waits until something changes and then until the change is complete.
    pub(super) fn wait(&mut self) -> notify::Result<Change> {
        match self {
            Watch::Told(told) => told.wait(),
            Watch::Looked(looked) => Ok(looked.wait()),
        }
    }
}

impl Looked {
    fn wait(&mut self) -> Change {
        loop {
            std::thread::sleep(POLL);
            let now = book::stamps(&self.folders);
            if now != self.seen {
                self.seen = now;
                return Change { folders: true };
            }
        }
    }
}

impl Told {
    fn follow(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<()> {
        for gone in self.watched.difference(folders) {
            let _ = self.watcher.unwatch(gone);
        }
        self.watched.retain(|folder| folders.contains(folder));
        self.add(folders)
    }

    fn add(&mut self, folders: &BTreeSet<PathBuf>) -> notify::Result<()> {
        let new: Vec<&PathBuf> = folders.difference(&self.watched).collect();
        let mut outcome = Ok(());
        let mut added = Vec::new();
        for folder in new {
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => added.push(folder.clone()),
                Err(_) if !folder.is_dir() => {}
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        self.watched.extend(added);
        outcome
    }

    fn wait(&mut self) -> notify::Result<Change> {
        let mut change = loop {
            let event = self.events.recv().map_err(|_| notify::Error::generic("the watcher has ended"))?;
            if let Some(change) = self.meaning(event) {
                break change;
            }
        };
        let begun = Instant::now();
        let mut quiet = begun + SETTLED;
        while let Some(left) = quiet.checked_duration_since(Instant::now()).filter(|_| begun.elapsed() < LONGEST) {
            let Ok(event) = self.events.recv_timeout(left) else { break };
            if let Some(more) = self.meaning(event) {
                change.folders |= more.folders;
                quiet = Instant::now() + SETTLED;
            }
        }
        Ok(change)
    }

    /// What an event says of the book; `None` for nothing.
    fn meaning(&mut self, event: notify::Result<Event>) -> Option<Change> {
        let Some(event) = event.ok().filter(|event| !event.need_rescan()) else {
            // Something was lost; what it was is found by looking at everything again.
            return Some(Change { folders: true });
        };
        let folders = match event.kind {
            EventKind::Access(AccessKind::Close(AccessMode::Write)) => false,
            EventKind::Access(_) | EventKind::Modify(ModifyKind::Metadata(MetadataKind::AccessTime)) => return None,
            EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => {
                // The watch of a folder goes with it, and one of the same name may come.
                let gone = |folder: &PathBuf| event.paths.iter().any(|path| folder.starts_with(path));
                for folder in self.watched.iter().filter(|f| gone(f)) {
                    let _ = self.watcher.unwatch(folder);
                }
                self.watched.retain(|folder| !gone(folder));
                true
            }
            EventKind::Create(_) | EventKind::Any | EventKind::Other => true,
            EventKind::Modify(_) => event.paths.iter().any(|path| path.extension().is_some_and(|e| e == "toml")),
        };
        let real = event.paths.is_empty() || event.paths.iter().any(|path| !is_beside(path));
        real.then_some(Change { folders })
    }
}

/// Whether a file is one that editors and systems write beside those of the author, and that no book has.
fn is_beside(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy()) else { return false };
    let hidden = name.starts_with('.') && !matches!(&*name, ".gitbook" | ".gitbook.yaml" | ".well-known");
    let backup = name.ends_with('~') || (name.starts_with('#') && name.ends_with('#'));
    // Vim writes 4913 to see whether it may.
    hidden || backup || name == "4913" || path.extension().is_some_and(|e| e == "swp" || e == "swx")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_editor_writes_beside_a_file_is_no_save() {
        let beside = |name: &str| is_beside(&Path::new("/book/src").join(name));
        let noise = [".a.md.swp", "a.md~", "#a.md#", ".#a.md", "4913", ".DS_Store"];
        assert!(noise.iter().all(|name| beside(name)));
        assert!(!["a.md", "book.toml", ".gitbook", "#1.md"].iter().any(|name| beside(name)));
    }

    #[test]
    fn a_save_is_seen_and_so_is_one_in_a_folder_that_is_made_anew() {
        let root = tempfile::tempdir().expect("a folder");
        let inner = root.path().join("inner");
        let folders = BTreeSet::from([root.path().to_path_buf(), inner.clone()]);
        let mut watch = Watch::new(Watching::Native).expect("a watcher");
        watch.follow(&folders).expect("what is not there is no error");
        std::fs::write(root.path().join("a.md"), "a").expect("writable");
        assert!(watch.wait().expect("an event").folders, "a file came");
        for _ in 0..2 {
            std::fs::create_dir(&inner).expect("writable");
            assert!(watch.wait().expect("an event").folders);
            watch.follow(&folders).expect("both are there");
            std::fs::write(inner.join("b.md"), "b").expect("writable");
            watch.wait().expect("an event in the new folder");
            std::fs::remove_dir_all(&inner).expect("removable");
            assert!(watch.wait().expect("an event").folders, "a folder went");
        }
    }
}
