//! When each file was last changed, from git.
//!
//! Asked of the `git` program, once for the whole book. No git, no repository, a shallow clone (whose oldest commit
//! seems to have changed everything): no dates.

use crate::path::RelPath;
use std::collections::HashMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;

/// Day of the last commit, `YYYY-MM-DD`, by path relative to `folder`.
#[must_use]
pub fn dates(folder: &Path, files: usize) -> HashMap<RelPath, Arc<str>> {
    if !in_full_repository(folder) {
        return HashMap::new();
    }
    let child = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["log", "-z", "--format=format:%x02%cs", "--name-only", "--no-renames", "--relative", "--", "."])
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = child else { return HashMap::new() };
    let dates = child.stdout.take().map(|out| parse(out, files)).unwrap_or_default();
    // The log of a long history is not read to its end once every file has its date.
    drop(child.kill());
    drop(child.wait());
    dates
}

fn in_full_repository(folder: &Path) -> bool {
    let Some(git) = folder.ancestors().map(|a| a.join(".git")).find(|g| g.exists()) else { return false };
    !git.join("shallow").exists()
}

/// Records end with NUL; one that begins with 0x02 carries the date of the paths after it.
fn parse(out: impl Read, files: usize) -> HashMap<RelPath, Arc<str>> {
    let mut dates = HashMap::with_capacity(files);
    let mut day: Arc<str> = "".into();
    for record in BufReader::new(out).split(0) {
        let Ok(record) = record else { break };
        let Ok(text) = String::from_utf8(record) else { continue };
        for part in text.split('\n').filter(|p| !p.is_empty()) {
            match part.strip_prefix('\u{2}') {
                Some(date) => day = date.into(),
                None => {
                    if let Some(path) = RelPath::new(part) {
                        dates.entry(path).or_insert_with(|| day.clone());
                    }
                }
            }
        }
        if dates.len() >= files.max(1) * 4 {
            break;
        }
    }
    dates
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_commit_of_a_path_counts() {
        let log = "\u{2}2026-03-01\na.md\0b.md\0\0\u{2}2026-02-01\na.md\0中.md\0";
        let dates = parse(log.as_bytes(), 3);
        let day = |p: &str| dates.get(&RelPath::new(p).expect("within")).map(std::string::ToString::to_string);
        assert_eq!(day("a.md").as_deref(), Some("2026-03-01"));
        assert_eq!(day("中.md").as_deref(), Some("2026-02-01"));
    }
}
