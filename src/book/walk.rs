//! Finding the files of a book, in an order that does not depend on the disk.

use crate::diagnostic::{Code, Diagnostic};
use crate::path::RelPath;
use std::path::{Path, PathBuf};
use walkdir::{DirEntry, WalkDir};

/// The files below a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Markdown sources, sorted.
    pub markdown: Vec<(RelPath, PathBuf)>,
    /// Everything else, sorted.
    pub others: Vec<(RelPath, PathBuf)>,
    /// What could not be followed or read.
    pub notes: Vec<Diagnostic>,
}

/// What a walk leaves out.
pub struct Bounds<'a> {
    /// The book's root: a symbolic link that leads out of it is not followed.
    pub root: &'a Path,
    /// Folders and files that are no content: the destination, templates, settings.
    pub skip: &'a [PathBuf],
}

/// Walks a folder.
///
/// Hidden files and folders (such as `.git`), `node_modules` and `_book` are left out, as are the things in `bounds.skip`.
#[must_use]
pub fn walk(folder: &Path, bounds: &Bounds<'_>) -> Found {
    let mut found = Found::default();
    let mut outside = Vec::new();
    let walk = WalkDir::new(folder).follow_links(true).sort_by_file_name().into_iter();
    for entry in walk.filter_entry(|e| wanted(e, bounds, &mut outside)) {
        match entry {
            Ok(entry) => found.add(folder, bounds.root, &entry),
            Err(error) => found.notes.push(unwalkable(bounds.root, &error)),
        }
    }
    found.notes.extend(outside.into_iter().map(|path| {
        let path = display(bounds.root, &path);
        Diagnostic::warning(Code::Symlink, format!("`{path}` is a symbolic link out of the book; it is left out"))
            .help("copy the file into the book")
    }));
    found.markdown.sort();
    found.others.sort();
    found
}

/// The folder and the folders in it that a walk would enter.
#[must_use]
pub fn folders(folder: &Path, bounds: &Bounds<'_>) -> Vec<PathBuf> {
    let walk = WalkDir::new(folder).follow_links(true).into_iter();
    let entries =
        walk.filter_entry(|e| (e.file_type().is_dir() || e.path_is_symlink()) && wanted(e, bounds, &mut Vec::new()));
    entries.filter_map(Result::ok).filter(|e| e.file_type().is_dir()).map(DirEntry::into_path).collect()
}

impl Found {
    fn add(&mut self, folder: &Path, root: &Path, entry: &DirEntry) {
        let kind = entry.file_type();
        if kind.is_dir() {
            return;
        }
        let path = entry.path();
        if !kind.is_file() {
            let message = format!("`{}` is not a regular file; it is left out", display(root, path));
            self.notes.push(Diagnostic::warning(Code::Read, message));
            return;
        }
        let Some(rel) = path.strip_prefix(folder).ok().and_then(RelPath::from_path) else {
            let message = format!("the name of `{}` is not UTF-8; it is left out", display(root, path));
            self.notes.push(Diagnostic::warning(Code::Read, message).help("rename the file"));
            return;
        };
        // A line end would break lists, and a backslash is a folder elsewhere.
        if rel.as_str().contains(|c: char| c.is_control() || c == '\\') {
            let shown = display(root, &path.with_file_name(rel.name().escape_debug().to_string()));
            let message = format!("`{shown}` has a control character or a backslash in its name; it is left out");
            self.notes.push(Diagnostic::warning(Code::Name, message).help("rename the file"));
            return;
        }
        let list = if rel.is_markdown() { &mut self.markdown } else { &mut self.others };
        list.push((rel, path.to_path_buf()));
    }
}

fn wanted(entry: &DirEntry, bounds: &Bounds<'_>, outside: &mut Vec<PathBuf>) -> bool {
    if entry.depth() == 0 {
        return true;
    }
    let name = entry.file_name().to_string_lossy();
    // GitBook keeps images in `.gitbook`, and some servers want `.well-known`.
    let is_hidden = name.starts_with('.') && !matches!(&*name, ".gitbook" | ".well-known");
    let is_machinery = is_hidden || (entry.file_type().is_dir() && matches!(&*name, "node_modules" | "_book"));
    if is_machinery || bounds.skip.iter().any(|s| s == entry.path()) {
        return false;
    }
    if entry.path_is_symlink() {
        let inside = entry.path().canonicalize().is_ok_and(|target| target.starts_with(bounds.root));
        if !inside {
            outside.push(entry.path().to_path_buf());
        }
        return inside;
    }
    true
}

fn unwalkable(root: &Path, error: &walkdir::Error) -> Diagnostic {
    let path = error.path().map_or_else(String::new, |p| display(root, p));
    if let Some(ancestor) = error.loop_ancestor() {
        let message = format!("the symbolic link `{path}` leads back to `{}`", display(root, ancestor));
        return Diagnostic::error(Code::Symlink, message).help("remove the link, or let it point elsewhere");
    }
    let why = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
    Diagnostic::error(Code::Read, format!("cannot read `{path}`: {why}"))
}

/// A path as messages print it, relative to the book's root.
fn display(root: &Path, path: &Path) -> String {
    let rel = path.strip_prefix(root).unwrap_or(path);
    if rel.as_os_str().is_empty() { ".".to_owned() } else { rel.to_string_lossy().replace('\\', "/") }
}
