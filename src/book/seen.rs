//! Which files a build has read, and how they were then: a source that is edited meanwhile is noticed.

use crate::diagnostic::{Code, Diagnostic};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// The files that were read, as they were when reading began.
#[derive(Debug, Default)]
pub struct Seen {
    files: Vec<(PathBuf, Option<Stamp>)>,
}

/// What changes when a file is written.
type Stamp = (u64, Option<SystemTime>);

fn stamp(path: &Path) -> Option<Stamp> {
    fs::metadata(path).ok().map(|found| (found.len(), found.modified().ok()))
}

impl Seen {
    /// Notes a file that is about to be read.
    pub(super) fn note(&mut self, path: PathBuf) {
        let stamp = stamp(&path);
        self.files.push((path, stamp));
    }

    /// Tells of each file that is another than it was; paths are shown relative to `root`.
    #[must_use]
    pub fn changed(&self, root: &Path) -> Vec<Diagnostic> {
        let changed = self.files.iter().filter(|(path, before)| stamp(path) != *before);
        changed
            .map(|(path, _)| {
                let shown = path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/");
                Diagnostic::warning(Code::Changed, format!("`{shown}` was changed while the site was built"))
                    .help("build again; this site may show its older text")
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_written_or_removed_is_noticed() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let file = |name: &str| dir.path().join(name);
        let mut seen = Seen::default();
        for name in ["same", "longer", "gone"] {
            fs::write(file(name), "x").expect("writable");
            seen.note(file(name));
        }
        assert!(seen.changed(dir.path()).is_empty());
        fs::write(file("longer"), "xy").expect("writable");
        fs::remove_file(file("gone")).expect("removable");
        let told: Vec<String> = seen.changed(dir.path()).into_iter().map(|n| n.message).collect();
        assert_eq!(told.len(), 2);
        assert!(told[0].contains("`longer`") && told[1].contains("`gone`"), "{told:?}");
    }
}
