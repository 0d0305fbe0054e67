//! The book that `portolan init` writes: small, true, and good to be deleted page by page.
//!
//! In: language and title. Out: paths and texts. A test builds both books without a warning.

use crate::path::RelPath;

/// The language of a new book.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tongue {
    /// Chinese, simplified.
    Chinese,
    /// English.
    English,
}

/// A file of a new book.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Starter {
    /// Where it goes, below the book's folder.
    pub path: RelPath,
    /// What is in it.
    pub text: String,
    /// Whether one that is there already will do as well: the book does not depend on it.
    pub optional: bool,
}

macro_rules! texts {
    ($folder:literal) => {
        [
            ("book.toml", include_str!(concat!($folder, "/book.toml"))),
            ("src/README.md", include_str!(concat!($folder, "/README.md"))),
            ("src/guide/README.md", include_str!(concat!($folder, "/guide.md"))),
            ("src/guide/01-writing.md", include_str!(concat!($folder, "/writing.md"))),
            ("src/guide/02-diagrams.md", include_str!(concat!($folder, "/diagrams.md"))),
            ("src/guide/03-publishing.md", include_str!(concat!($folder, "/publishing.md"))),
        ]
    };
}

/// What Git leaves alone, and what publishes the book on GitHub Pages.
const OPTIONAL: [(&str, &str); 2] =
    [(".gitignore", "/book/\n"), (".github/workflows/pages.yml", include_str!("pages.yml"))];

/// The files of a new book.
#[must_use]
pub fn files(tongue: Tongue, title: Option<&str>) -> Vec<Starter> {
    let (texts, usual) = match tongue {
        Tongue::Chinese => (texts!("zh"), "我的知识库"),
        Tongue::English => (texts!("en"), "My handbook"),
    };
    let title = title.unwrap_or(usual);
    let file = |(path, text): (&str, &str), optional| {
        let text = if path == "book.toml" { text.replace("\"TITLE\"", &quoted(title)) } else { text.to_owned() };
        RelPath::new(path).map(|path| Starter { path, text, optional })
    };
    let own = texts.into_iter().filter_map(|pair| file(pair, false));
    own.chain(OPTIONAL.into_iter().filter_map(|pair| file(pair, true))).collect()
}

/// A title as TOML.
fn quoted(title: &str) -> String {
    toml::Value::String(title.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whatever the title, it is read as it was given.
        #[test]
        fn any_title_can_be_written(title in "\\PC{0,30}") {
            let files = files(Tongue::English, Some(&title));
            let settings: toml::Table = files[0].text.parse().expect("TOML");
            prop_assert_eq!(settings["book"]["title"].as_str(), Some(&*title));
        }
    }
}
