//! Style sheets, scripts and the icon: bundled, named by their hash.

use crate::book::Book;
use crate::output::Output;
use crate::path::{RelPath, SitePath};
use include_dir::{Dir, include_dir};
use std::collections::BTreeMap;

static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/static");

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

/// Where the bundled files of a site lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style: SitePath,
    /// The script before the first paint.
    pub head_script: SitePath,
    /// The other script.
    pub script: SitePath,
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
    files.extend(book.overrides.statics.iter().map(|(name, bytes)| (name.to_string(), bytes.clone())));
    let mut made = Vec::new();
    let style = styles(&mut files, book.config.portolan.accent.as_deref());
    let head = files.remove(HEAD).unwrap_or_default();
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
        into.insert(file.path().to_string_lossy().replace('\\', "/"), file.contents().to_vec());
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
