//! Style sheets, scripts and the icon: bundled, named by their hash.

use super::lean;
use crate::book::Book;
use crate::output::Output;
use crate::path::{RelPath, SitePath};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

pub(super) static EMBEDDED: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/static");

/// Style sheets in the order of the cascade; a book's own sheet of another name comes after them.
const STYLES: &[&str] = &[
    "css/tokens.css",
    "css/base.css",
    "css/prose.css",
    "css/code.css",
    "css/diagram.css",
    "css/layout.css",
    "css/search.css",
    "css/print.css",
];
/// The script that must run before the first paint.
const HEAD: &str = "js/theme.js";
/// The script that is loaded when somebody searches.
const SEARCH: &str = "js/search.js";

/// Where the bundled files of a site lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style: SitePath,
    /// The script before the first paint.
    pub head_script: SitePath,
    /// The other script.
    pub script: SitePath,
    /// The script of the search.
    pub search_script: SitePath,
    /// The icon.
    pub icon: SitePath,
    /// Style sheets of the book.
    pub more_styles: Vec<SitePath>,
    /// Scripts of the book.
    pub more_scripts: Vec<SitePath>,
}

/// Bundles the static files of portolan and of the book.
#[must_use]
pub fn bundle(book: &Book) -> (Assets, Vec<Output>) {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    collect(&EMBEDDED, &mut files);
    let embedded: Vec<String> = files.keys().cloned().collect();
    // A file that is as portolan brings it (that of portolan's own repository, or one ejected) replaces nothing.
    let is_ours = |name: &str, bytes: &[u8]| EMBEDDED.get_file(name).is_some_and(|file| file.contents() == bytes);
    let others = book.overrides.statics.iter().filter(|(name, bytes)| !is_ours(name.as_str(), bytes));
    files.extend(others.map(|(name, bytes)| (name.to_string(), bytes.clone())));
    let mut made = Vec::new();
    let style = styles(&mut files, book.config.portolan.accent.as_deref());
    let head = files.remove(HEAD).unwrap_or_default();
    let search = files.remove(SEARCH).unwrap_or_default();
    let script = concatenated(&mut files, |name| name.starts_with("js/") && name.ends_with(".js"));
    let icon = files.remove("favicon.svg").unwrap_or_default();
    let mut add = |name: &str, bytes: Vec<u8>| {
        let path = hashed(&RelPath::new(name).unwrap_or_default(), &bytes);
        made.push(Output { path: path.clone(), bytes });
        path
    };
    let assets = Assets {
        style: add("assets/portolan.css", style),
        head_script: add("assets/theme.js", head),
        script: add("assets/portolan.js", script),
        search_script: add("assets/search.js", search),
        icon: add("assets/favicon.svg", icon),
        more_styles: book.overrides.css.iter().map(|(name, bytes)| add(name.as_str(), bytes.clone())).collect(),
        more_scripts: book.overrides.js.iter().map(|(name, bytes)| add(name.as_str(), bytes.clone())).collect(),
    };
    // What is left of the book's static folder is copied as it is.
    for (name, bytes) in files {
        if let Some(path) = RelPath::new(&name).filter(|_| !embedded.contains(&name)) {
            made.push(Output { path: SitePath::new(path), bytes });
        }
    }
    (assets, made)
}

fn styles(files: &mut BTreeMap<String, Vec<u8>>, accent: Option<&str>) -> Vec<u8> {
    let mut style = Vec::new();
    for name in STYLES {
        style.extend(files.remove(*name).unwrap_or_default());
    }
    style.extend(concatenated(files, |name| name.starts_with("css/") && name.ends_with(".css")));
    // Anything but a colour would be a way out of the declaration.
    if let Some(colour) =
        accent.filter(|c| c.len() == 7 && c.starts_with('#') && c[1..].bytes().all(|b| b.is_ascii_hexdigit()))
    {
        style.extend(format!(":root{{--accent:{colour}}}\n").into_bytes());
    }
    style
}

fn concatenated(files: &mut BTreeMap<String, Vec<u8>>, wanted: impl Fn(&str) -> bool) -> Vec<u8> {
    let names: Vec<String> = files.keys().filter(|n| wanted(n)).cloned().collect();
    let mut all = Vec::new();
    for name in names {
        all.extend(files.remove(&name).unwrap_or_default());
        if all.last().is_some_and(|b| *b != b'\n') {
            all.push(b'\n');
        }
    }
    all
}

fn collect(dir: &Dir<'_>, into: &mut BTreeMap<String, Vec<u8>>) {
    for file in dir.files() {
        let name = file.path().to_string_lossy().replace('\\', "/");
        let bytes = match (file.contents_utf8(), name.rsplit('.').next()) {
            (Some(text), Some("js")) => lean::script(text).into_bytes(),
            (Some(text), Some("css")) => lean::style(text).into_bytes(),
            _ => file.contents().to_vec(),
        };
        into.insert(name, bytes);
    }
    for inner in dir.dirs() {
        collect(inner, into);
    }
}

/// `a/b.css` → `a/b-1a2b3c4d.css`
fn hashed(path: &RelPath, bytes: &[u8]) -> SitePath {
    let hash = blake3::hash(bytes).to_hex();
    SitePath::new(path.with_name(&format!("{}-{}.{}", path.stem(), &hash[..8], path.extension())))
}
