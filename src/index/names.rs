//! Names that files of a site cannot have together, or not everywhere: found before anything is written.

use crate::book::{Book, Page};
use crate::diagnostic::{Code, Diagnostic};
use crate::path::{RelPath, SitePath};
use std::collections::HashMap;
use unicode_normalization::UnicodeNormalization;

/// Bytes of the longest name that the usual file systems take.
const LONGEST: usize = 255;
/// Names that Windows keeps for devices, whatever follows a dot.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul", "conin$", "conout$"];

/// What becomes a file of the site.
struct Source<'a> {
    out: &'a SitePath,
    name: String,
    page: Option<&'a Page>,
}

impl Source<'_> {
    fn told(&self, note: Diagnostic) -> Diagnostic {
        let note = note.help("rename one of them");
        match self.page {
            Some(page) => note.at(page.text.span(0..0), ""),
            None => note,
        }
    }
}

/// Tells of sources that would become the same file, or one another's folder, and of names that are no names elsewhere.
pub(super) fn check(book: &Book) -> Vec<Diagnostic> {
    let pages = book.pages.iter().map(|p| Source { out: &p.out, name: p.path_in_root.to_string(), page: Some(p) });
    let files = book.files.iter().map(|f| Source { out: &f.out, name: f.rel.to_string(), page: None });
    let sources: Vec<Source<'_>> = pages.chain(files).collect();
    let mut notes = same_files(&sources);
    notes.extend(files_that_are_folders(&sources));
    notes.extend(sources.iter().filter_map(odd_name));
    notes
}

fn same_files(sources: &[Source<'_>]) -> Vec<Diagnostic> {
    let mut taken: HashMap<String, &Source<'_>> = HashMap::new();
    let mut notes = Vec::new();
    for source in sources {
        let folded = folded(source.out.rel());
        let Some(first) = taken.get(&folded) else {
            taken.insert(folded, source);
            continue;
        };
        let (one, other) = (&first.name, &source.name);
        let note = if first.out == source.out {
            Diagnostic::error(Code::SameUrl, format!("`{one}` and `{other}` would both become `{}`", source.out))
        } else {
            let message = format!(
                "`{one}` and `{other}` differ only in case or in how accents are written; on some disks they are one file"
            );
            Diagnostic::warning(Code::SameUrl, message)
        };
        notes.push(source.told(note));
    }
    notes
}

/// File systems of Windows and macOS take names that are folded to the same for one name.
fn folded(path: &RelPath) -> String {
    path.as_str().nfc().flat_map(char::to_lowercase).nfc().collect()
}

fn files_that_are_folders(sources: &[Source<'_>]) -> Vec<Diagnostic> {
    let files: HashMap<&RelPath, &Source<'_>> = sources.iter().map(|s| (s.out.rel(), s)).collect();
    let mut notes = Vec::new();
    for source in sources {
        for folder in source.out.rel().folders() {
            if let Some(file) = files.get(&folder) {
                let message = format!(
                    "`{}` would become the file `{folder}`, but `{}` needs a folder of that name",
                    file.name, source.name
                );
                notes.push(file.told(Diagnostic::error(Code::SameUrl, message)));
            }
        }
    }
    notes
}

fn odd_name(source: &Source<'_>) -> Option<Diagnostic> {
    let path = source.out.rel().as_str();
    let place = |note: Diagnostic| match source.page {
        Some(page) => note.at(page.text.span(0..0), ""),
        None => note,
    };
    if let Some(long) = path.split('/').find(|part| part.len() > LONGEST) {
        let message = format!(
            "`{}` would become a file whose name has {} bytes; {LONGEST} are possible",
            source.name,
            long.len()
        );
        return Some(place(Diagnostic::error(Code::Name, message).help("give it a shorter name")));
    }
    let odd = path.split('/').find(|part| !is_name_on_windows(part))?;
    let message = format!("`{odd}` cannot be the name of a file on Windows");
    Some(place(Diagnostic::hint(Code::Name, message).help("whoever copies the site to Windows loses the file")))
}

fn is_name_on_windows(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_lowercase();
    let is_port = (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.chars().count() == 4
        && stem.ends_with(|c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³'));
    !(DEVICES.contains(&stem.as_str())
        || is_port
        || name.ends_with(['.', ' '])
        || name.contains(['<', '>', ':', '"', '|', '?', '*', '\\']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_windows() {
        for bad in ["CON.html", "nul", "com1.md", "LPT9.txt", "a.", "b ", "c:d.html", "e?.html"] {
            assert!(!is_name_on_windows(bad), "{bad}");
        }
        for good in ["console.html", "com.html", "com10.html", "null.html", "页.html", "a b.html"] {
            assert!(is_name_on_windows(good), "{good}");
        }
    }

    #[test]
    fn names_are_folded_as_disks_fold_them() {
        let of = |name: &str| folded(&RelPath::new(name).expect("within"));
        assert_eq!(of("\u{e9}.html"), of("E\u{301}.html"));
        assert_eq!(of("\u{c5}"), of("\u{212b}"));
        assert_ne!(of("a.html"), of("b.html"));
    }
}
