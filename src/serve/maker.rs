//! The one place where `serve` meets the build: a book's folder in, the files of its site into a sink.

use crate::book::{self, Root};
use crate::build::{self, Progress};
use crate::diagnostic::{Report, Sources};
use crate::output::Sink;
use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

/// Builds one book again and again.
#[derive(Clone, Debug)]
pub struct Maker {
    /// The book's folder.
    pub root: PathBuf,
    /// Build drafts too.
    pub drafts: bool,
    /// The path below which the site is shown; the 404 page needs it.
    pub base: String,
}

/// What came of a build, beside the files.
#[derive(Debug)]
pub struct Made {
    /// All that is to be told, sorted.
    pub report: Report,
    /// The texts it points into.
    pub sources: Sources,
    /// The folders of the texts that were read.
    pub folders: BTreeSet<PathBuf>,
}

impl Maker {
    /// The folders whose files make the book.
    #[must_use]
    pub fn folders(&self) -> BTreeSet<PathBuf> {
        let opened = Root::open(&self.root, &mut Sources::default(), &mut Report::default());
        opened.map(|root| book::folders_to_watch(&root, &root.dest())).unwrap_or_default()
    }

    /// Builds the site into `sink`. Bad text is no error but stands in the report.
    ///
    /// # Errors
    /// If the folder or a file of the book is gone.
    pub fn make(&mut self, sink: &dyn Sink) -> io::Result<Made> {
        let (mut sources, mut report) = (Sources::default(), Report::default());
        let mut root = Root::open(&self.root, &mut sources, &mut report)?;
        root.config.output.html.site_url = Some(self.base.clone());
        let dir = root.dir.clone();
        let options = book::Options { drafts: self.drafts, dest: root.dest() };
        let book = book::read(root, &options, &mut sources, &mut report);
        build::build(&book, sink, &Progress::default(), &mut report)?;
        report.sort();
        let folders = folders(&dir, &sources);
        Ok(Made { report, sources, folders })
    }
}

fn folders(dir: &Path, sources: &Sources) -> BTreeSet<PathBuf> {
    let paths = sources.files().map(|file| dir.join(&*file.path));
    paths.filter_map(|path| path.parent().map(Path::to_path_buf)).filter(|folder| folder.is_dir()).collect()
}
