//! How pages look: templates, style sheets, scripts and words.
//!
//! Each file is looked up in the book's `templates/` and `static/`, then in the binary, one by one. Style sheets are
//! bundled into one file, scripts into three (one tiny, before the first paint, and that of the
//! search, which is loaded when it is needed), each named by the hash of its bytes.

mod assets;
mod labels;
mod lean;
mod templates;

pub use assets::Assets;
pub use labels::Labels;
pub use templates::{Template, Templates};

use crate::book::Book;
use crate::diagnostic::Checked;
use crate::output::Output;
use crate::path::RelPath;
use include_dir::Dir;

/// Everything a page is dressed with.
pub struct Theme {
    /// The templates.
    pub templates: Templates,
    /// Names of the bundled files.
    pub assets: Assets,
    /// The words of the interface.
    pub labels: Labels,
}

/// The files of the theme that a book can replace, sorted by path: `static/…` and `templates/…`.
#[must_use]
pub fn files() -> Vec<(RelPath, &'static [u8])> {
    let mut files = Vec::new();
    for (folder, embedded) in [("static", &assets::EMBEDDED), ("templates", &templates::EMBEDDED)] {
        listed(folder, embedded, &mut files);
    }
    files.sort();
    files
}

/// What is embedded is not deeper than the repository is.
fn listed(folder: &str, dir: &Dir<'static>, into: &mut Vec<(RelPath, &'static [u8])>) {
    for file in dir.files() {
        let path = RelPath::from_path(file.path()).and_then(|path| RelPath::new(folder)?.join(path.as_str()));
        into.extend(path.map(|path| (path, file.contents())));
    }
    dir.dirs().for_each(|inner| listed(folder, inner, into));
}

/// The theme of a book, and the files that belong to it.
#[must_use]
pub fn load(book: &Book) -> Checked<(Theme, Vec<Output>)> {
    let mut notes = Vec::new();
    let templates = Templates::load(&book.overrides.templates).into(&mut notes);
    let labels = Labels::of(&book.language);
    let (assets, files) = assets::bundle(book);
    Checked { value: (Theme { templates, assets, labels }, files), notes }
}
