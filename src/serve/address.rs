//! From the path of a request to a file of the site, as GitHub Pages finds it.
//!
//! A path is decoded once, and what it then names is looked up on the shelf. There is no way from here to the disk.

use crate::path::RelPath;
use crate::site::{Kept, Shelf};
use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

/// What a path leads to.
#[derive(Debug)]
pub(super) enum Found<'a> {
    /// A file.
    File(RelPath, &'a Kept),
    /// The same under its proper address, from the root of the server.
    Moved(String),
    /// Nothing.
    Nothing,
    /// The path makes no sense: out of the site, or not UTF-8.
    Senseless,
}

/// Letters of other scripts are encoded too: a header is ASCII.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\');

/// Looks up the path of a request below `base`, which begins and ends with a slash.
pub(super) fn find<'a>(path: &str, base: &str, shelf: &'a Shelf) -> Found<'a> {
    if path == "/" && base != "/" || path.len() + 1 == base.len() && base.starts_with(path) {
        return Found::Moved(base.to_owned());
    }
    let Some(below) = path.strip_prefix(base) else { return Found::Nothing };
    let Some((rel, is_folder)) = decoded(below) else { return Found::Senseless };
    let file = |rel: RelPath| shelf.get(&rel).map(|kept| Found::File(rel, kept));
    let index = |rel: &RelPath| rel.join("index.html");
    if is_folder {
        return index(&rel).and_then(file).unwrap_or(Found::Nothing);
    }
    if let Some(found) = file(rel.clone()) {
        return found;
    }
    if let Some(found) =
        rel.name().contains(|c| c != '.').then(|| rel.with_name(&format!("{}.html", rel.name()))).and_then(file)
    {
        return found;
    }
    if index(&rel).is_some_and(|index| shelf.get(&index).is_some()) {
        return Found::Moved(format!("{base}{}/", utf8_percent_encode(rel.as_str(), ESCAPED)));
    }
    Found::Nothing
}

/// The decoded path, and whether it ends as a folder does. `None` for what no file can be called: `.` and `..` in any
/// writing, empty parts, slashes that are encoded, backslashes, NUL, bytes that are not UTF-8.
fn decoded(path: &str) -> Option<(RelPath, bool)> {
    let (folder, path) = match path.strip_suffix('/') {
        Some(path) => (true, path),
        None => (path.is_empty(), path),
    };
    let mut parts = Vec::new();
    for part in path.split('/').filter(|_| !path.is_empty()) {
        let part = percent_decode_str(part).decode_utf8().ok()?;
        if matches!(&*part, "" | "." | "..") || part.contains(['/', '\\', '\0']) {
            return None;
        }
        parts.push(part);
    }
    Some((RelPath::new(&parts.join("/"))?, folder))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::output::{Output, Sink};
    use crate::path::SitePath;
    use proptest::prelude::*;

    fn shelf() -> Shelf {
        let empty = Shelf::default();
        let round = empty.round(1);
        for name in ["index.html", "a.html", "b/index.html", "b/中文.html", "c d.png", "404.html"] {
            let path = SitePath::new(RelPath::new(name).expect("inside"));
            round.put(Output::text(path, name)).expect("memory takes everything");
        }
        round.finish().0
    }

    fn shown(path: &str, base: &str) -> String {
        match find(path, base, &shelf()) {
            Found::File(rel, _) => rel.to_string(),
            Found::Moved(to) => format!("-> {to}"),
            Found::Nothing => "nothing".to_owned(),
            Found::Senseless => "senseless".to_owned(),
        }
    }

    #[test]
    fn files_are_found_as_github_pages_finds_them() {
        assert_eq!(shown("/", "/"), "index.html");
        assert_eq!(shown("/a.html", "/"), "a.html");
        assert_eq!(shown("/a", "/"), "a.html");
        assert_eq!(shown("/b", "/"), "-> /b/");
        assert_eq!(shown("/b/", "/"), "b/index.html");
        assert_eq!(shown("/b/%E4%B8%AD%E6%96%87.html", "/"), "b/中文.html");
        assert_eq!(shown("/c%20d.png", "/"), "c d.png");
        assert_eq!(shown("/a.html/", "/"), "nothing");
    }

    #[test]
    fn a_site_can_lie_below_a_path() {
        assert_eq!(shown("/repo/a.html", "/repo/"), "a.html");
        assert_eq!(shown("/repo/b", "/repo/"), "-> /repo/b/");
        assert_eq!(shown("/", "/repo/"), "-> /repo/");
        assert_eq!(shown("/repo", "/repo/"), "-> /repo/");
        assert_eq!(shown("/a.html", "/repo/"), "nothing");
    }

    #[test]
    fn no_writing_of_a_path_leads_out() {
        let ways = [
            "/../a.html",
            "/b/../a.html",
            "/%2e%2e/a.html",
            "/.%2E/a.html",
            "/..%2fa.html",
            "/b%2f..%2fa.html",
            "/..%5ca.html",
            "/..\\a.html",
            "/%00",
            "/%ff",
            "/%c0%ae%c0%ae/a.html",
            "//a.html",
            "//evil.example/",
            "/./a.html",
        ];
        for way in ways {
            assert_eq!(shown(way, "/"), "senseless", "{way}");
        }
        // Decoded once: a name that holds a percent sign.
        assert_eq!(shown("/%252e%252e/a.html", "/"), "nothing");
    }

    proptest! {
        /// Whatever is asked, a redirect stays on this server.
        #[test]
        fn a_redirect_never_leaves(path in "/[ -~]{0,30}") {
            if let Found::Moved(to) = find(&path, "/", &shelf()) {
                prop_assert!(to.starts_with('/') && !to.starts_with("//") && to.is_ascii(), "{to}");
            }
        }
    }
}
