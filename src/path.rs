//! Paths inside a book and inside a site: relative, with `/`, without `.` and `..`.
//!
//! One kind for both sides would let a source stand where a page's address belongs; so [`SitePath`] is a type of its
//! own, and the only way to an `href`.

use percent_encoding::percent_encode_byte;
use std::fmt;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// A normalised relative path; the empty path is the root folder.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelPath(Arc<str>);

impl RelPath {
    /// From text with `/` (or `\`) between its parts. `None` when it leads out of the root.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        Self::default().join(text)
    }

    /// From a path of this machine. `None` for absolute paths, paths out of the root and names that are not UTF-8.
    #[must_use]
    pub fn from_path(path: &Path) -> Option<Self> {
        let mut parts = Vec::new();
        for component in path.components() {
            match component {
                Component::Normal(name) => parts.push(name.to_str()?),
                Component::CurDir => {}
                Component::ParentDir => {
                    parts.pop()?;
                }
                Component::RootDir | Component::Prefix(_) => return None,
            }
        }
        Some(RelPath(parts.join("/").into()))
    }

    /// The path that `text` means when it is written in a file of the folder `self`.
    #[must_use]
    pub fn join(&self, text: &str) -> Option<Self> {
        let mut parts: Vec<&str> = self.0.split('/').filter(|p| !p.is_empty()).collect();
        for part in text.split(['/', '\\']) {
            match part {
                "" | "." => {}
                ".." => {
                    parts.pop()?;
                }
                name => parts.push(name),
            }
        }
        Some(RelPath(parts.join("/").into()))
    }

    /// What is called `name` in the folder `self`. The name is taken as it is.
    #[must_use]
    pub fn child(&self, name: &str) -> RelPath {
        if self.is_root() { RelPath(name.into()) } else { RelPath(format!("{self}/{name}").into()) }
    }

    /// The text, with `/`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether this is the root folder.
    #[must_use]
    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    /// The folder it lies in; the root's folder is the root.
    #[must_use]
    pub fn parent(&self) -> RelPath {
        RelPath(self.0.rsplit_once('/').map_or("", |(folder, _)| folder).into())
    }

    /// The folders it lies in, the innermost first; the root is not among them.
    pub fn folders(&self) -> impl Iterator<Item = RelPath> {
        std::iter::successors(Some(self.parent()), |folder| Some(folder.parent())).take_while(|f| !f.is_root())
    }

    /// The last part.
    #[must_use]
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last part without its extension.
    #[must_use]
    pub fn stem(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => stem,
            _ => self.name(),
        }
    }

    /// The extension, without the dot; empty if there is none.
    #[must_use]
    pub fn extension(&self) -> &str {
        match self.name().rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => extension,
            _ => "",
        }
    }

    /// The same with another name in the same folder.
    #[must_use]
    pub fn with_name(&self, name: &str) -> RelPath {
        self.parent().child(name)
    }

    /// How many folders it lies in.
    #[must_use]
    pub fn depth(&self) -> usize {
        self.0.matches('/').count()
    }

    /// Whether it is a Markdown source.
    #[must_use]
    pub fn is_markdown(&self) -> bool {
        matches!(self.extension().to_ascii_lowercase().as_str(), "md" | "markdown")
    }

    /// Whether it speaks for its folder: `README.md` or `index.md`.
    #[must_use]
    pub fn is_folder_page(&self) -> bool {
        self.is_markdown() && matches!(self.stem().to_ascii_lowercase().as_str(), "readme" | "index")
    }

    /// The same as a path of this machine, below `root`.
    #[must_use]
    pub fn under(&self, root: &Path) -> PathBuf {
        self.0.split('/').filter(|p| !p.is_empty()).fold(root.to_path_buf(), |path, part| path.join(part))
    }
}

impl fmt::Display for RelPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Where a file of the site lies, relative to the site's root.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SitePath(RelPath);

/// Adds a path as it stands in an `href`: what has a meaning there is escaped, Chinese stays as it is written.
fn push_encoded(path: &str, into: &mut String) {
    for c in path.chars() {
        match u8::try_from(c) {
            Ok(byte) if byte.is_ascii_control() || b" \"#%<>?`{}\\'&".contains(&byte) => {
                into.push_str(percent_encode_byte(byte));
            }
            _ => into.push(c),
        }
    }
}

impl SitePath {
    /// A path that portolan itself names, such as `404.html`.
    #[must_use]
    pub fn new(path: RelPath) -> Self {
        SitePath(path)
    }

    /// A path written in the code of portolan.
    #[must_use]
    pub fn fixed(text: &'static str) -> Self {
        SitePath(RelPath(text.into()))
    }

    /// The address of the page made from a source: `README.md` and `index.md` become `index.html`.
    #[must_use]
    pub fn of_page(source: &RelPath) -> Self {
        if source.is_folder_page() {
            return SitePath(source.with_name("index.html"));
        }
        SitePath(source.with_name(&format!("{}.html", source.stem())))
    }

    /// The relative path itself.
    #[must_use]
    pub fn rel(&self) -> &RelPath {
        &self.0
    }

    /// How a file at `from` names this one: relative, percent-encoded, the file always spelled out.
    #[must_use]
    pub fn href_from(&self, from: &SitePath) -> String {
        let here: Vec<&str> = from.0.as_str().split('/').collect();
        let there: Vec<&str> = self.0.as_str().split('/').collect();
        let folders = here.len() - 1;
        let same = here[..folders].iter().zip(&there[..there.len() - 1]).take_while(|(a, b)| a == b).count();
        let mut href = "../".repeat(folders - same);
        push_encoded(&there[same..].join("/"), &mut href);
        // `a:b.html` would be read as a scheme.
        if href.split('/').next().is_some_and(|first| first.contains(':')) {
            href.insert_str(0, "./");
        }
        href
    }

    /// The address below a base such as `https://example.org/repo/`.
    #[must_use]
    pub fn url_under(&self, base: &str) -> String {
        let path = self.0.as_str();
        let path = path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/')).unwrap_or(path);
        let mut url = format!("{}/", base.trim_end_matches('/'));
        push_encoded(path, &mut url);
        url
    }
}

impl fmt::Display for SitePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(text: &str) -> SitePath {
        SitePath::new(RelPath::new(text).expect("a path within the root"))
    }

    #[test]
    fn a_path_out_of_the_root_is_none() {
        assert_eq!(RelPath::new("../x"), None);
        assert_eq!(RelPath::new("a/../../x"), None);
        assert_eq!(RelPath::new("a/./b/../c.md").as_ref().map(RelPath::as_str), Some("a/c.md"));
    }

    #[test]
    fn hrefs_are_relative_and_spell_out_the_file() {
        assert_eq!(site("a/index.html").href_from(&site("a/b.html")), "index.html");
        assert_eq!(site("index.html").href_from(&site("a/b/c.html")), "../../index.html");
        assert_eq!(site("a/x/d.html").href_from(&site("a/b/c.html")), "../x/d.html");
        assert_eq!(site("中 文#1.html").href_from(&site("index.html")), "中%20文%231.html");
        assert_eq!(site("a:b.html").href_from(&site("index.html")), "./a:b.html");
    }

    #[test]
    fn a_readme_speaks_for_its_folder() {
        let of = |s: &str| SitePath::of_page(&RelPath::new(s).expect("within the root")).to_string();
        assert_eq!(of("a/README.md"), "a/index.html");
        assert_eq!(of("index.markdown"), "index.html");
        assert_eq!(of("a/v1.2.md"), "a/v1.2.html");
    }
}
