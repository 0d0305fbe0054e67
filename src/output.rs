//! Where makers and writers meet: a file of the site, as bytes.

use crate::path::SitePath;
use std::io;
use std::path::Path;

/// A file of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where it goes.
    pub path: SitePath,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Output {
    /// A file with text.
    pub fn text(path: SitePath, text: impl Into<String>) -> Self {
        Output { path, bytes: text.into().into_bytes() }
    }
}

/// What takes the files of a site, from many threads at once; it keeps none of them in memory unless that is its job.
pub trait Sink: Sync {
    /// Takes a file.
    ///
    /// # Errors
    /// If it cannot be written.
    fn put(&self, output: Output) -> io::Result<()>;

    /// Takes a copy of a file of this machine.
    ///
    /// # Errors
    /// If it cannot be read or written.
    fn copy(&self, from: &Path, to: &SitePath) -> io::Result<()>;
}
