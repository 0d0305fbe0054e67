//! Whether a folder may hold a site.
//!
//! A build replaces its destination. So that no slip of the hand costs anybody a folder, it may not be the sources, nor
//! hold them, nor lie in them, and a folder with files in it must be one that portolan made.

use super::manifest;
use crate::diagnostic::{Code, Diagnostic};
use std::path::{Path, PathBuf};

/// A folder that may be written to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    path: PathBuf,
}

/// What a destination must keep clear of.
#[derive(Clone, Copy, Debug)]
pub struct Sources<'a> {
    /// The book's root, canonical.
    pub root: &'a Path,
    /// The folder of its sources, canonical.
    pub src: &'a Path,
}

impl Destination {
    /// Checks a folder, which need not exist.
    ///
    /// # Errors
    /// Why it may not be written to.
    pub fn check(path: &Path, sources: Sources<'_>) -> Result<Destination, Diagnostic> {
        let refuse = |why: String| {
            Err(Diagnostic::error(Code::Destination, why)
                .help("choose another folder with `-d`, or `build-dir` in `book.toml`"))
        };
        let path = resolved(path);
        let shown = path.display();
        // Neither a home, nor what holds one, such as the root.
        let is_above_a_home = std::env::home_dir().is_some_and(|home| resolved(&home).starts_with(&path));
        if path.parent().is_none() || is_above_a_home {
            return refuse(format!("`{shown}` is no place for a site"));
        }
        if path == sources.src || path == sources.root {
            return refuse(format!("the destination `{shown}` is the folder of the sources"));
        }
        if sources.src.starts_with(&path) || sources.root.starts_with(&path) {
            return refuse(format!("the destination `{shown}` contains the sources"));
        }
        // Where the root itself is the folder of the sources, its sites lie in it; the walk leaves them out.
        if path.starts_with(sources.src) && sources.src != sources.root {
            return refuse(format!("the destination `{shown}` lies in the folder of the sources"));
        }
        match std::fs::read_dir(&path) {
            Ok(mut entries) => {
                let made_here = std::fs::symlink_metadata(path.join(manifest::NAME)).is_ok_and(|m| m.is_file());
                if !made_here && entries.next().is_some() {
                    return refuse(format!("the destination `{shown}` holds files that portolan did not make"));
                }
            }
            Err(_) if std::fs::symlink_metadata(&path).is_ok_and(|m| m.is_symlink()) => {
                return refuse(format!("the destination `{shown}` is a link that leads nowhere"));
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
            Err(error) => return refuse(format!("the destination `{shown}` cannot be used: {error}")),
        }
        Ok(Destination { path })
    }

    /// The folder.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

/// Absolute, with the links of the part that exists followed.
#[must_use]
pub fn resolved(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut missing = Vec::new();
    let mut existing = absolute.as_path();
    loop {
        if let Ok(canonical) = existing.canonicalize() {
            return missing.iter().rev().fold(canonical, |path: PathBuf, name| path.join(name));
        }
        match (existing.parent(), existing.file_name()) {
            (Some(parent), Some(name)) => {
                missing.push(name.to_owned());
                existing = parent;
            }
            // `..` in a part that does not exist.
            (Some(parent), None) => existing = parent,
            (None, _) => return absolute,
        }
    }
}
