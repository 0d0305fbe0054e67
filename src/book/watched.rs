//! What of the disk makes a book, for whoever waits until it changes.

use super::{Root, walk};
use crate::path::RelPath;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Length and time of the files in some folders.
pub type Stamps = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

/// The folders whose files make the book: when one of them changes, the book may have.
///
/// Files that pages include from elsewhere are known only once they are read.
#[must_use]
pub fn folders_to_watch(root: &Root, dest: &Path) -> BTreeSet<PathBuf> {
    let src = root.src().canonicalize().unwrap_or_else(|_| root.src());
    let skip = super::read::skipped(root, &src, dest);
    let mut folders = BTreeSet::from([root.dir.clone()]);
    folders.extend(walk::folders(&src, &walk::Bounds { root: &root.dir, skip: &skip }));
    let html = &root.config.output.html;
    let own = ["templates", "static"].map(str::to_owned);
    let more = own.iter().chain(&root.config.build.extra_watch_dirs).map(|name| root.dir.join(name));
    for folder in more.filter(|folder| folder.is_dir()) {
        folders.extend(walk::folders(&folder, &walk::Bounds { root: &root.dir, skip: &[] }));
    }
    let files = html.additional_css.iter().chain(&html.additional_js);
    let parents = files.filter_map(|name| RelPath::new(name)).map(|rel| rel.parent().under(&root.dir));
    folders.extend(parents.filter(|folder| folder.is_dir()));
    folders
}

/// How long the files directly in these folders are and when they were written.
#[must_use]
pub fn stamps(folders: &BTreeSet<PathBuf>) -> Stamps {
    let entries = folders.iter().filter_map(|folder| std::fs::read_dir(folder).ok()).flatten().filter_map(Result::ok);
    let stamp = |entry: std::fs::DirEntry| {
        let about = std::fs::metadata(entry.path()).ok()?;
        // A folder's own time changes with what is beside the book's files, too.
        let time = about.modified().ok().filter(|_| about.is_file());
        Some((entry.path(), (if about.is_file() { about.len() } else { 0 }, time)))
    };
    entries.filter_map(stamp).collect()
}
