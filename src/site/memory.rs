//! A site in memory, for tests and for whoever embeds portolan.

use crate::output::{Output, Sink};
use crate::path::SitePath;
use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

/// Keeps every file.
#[derive(Debug, Default)]
pub struct Memory {
    files: Mutex<BTreeMap<SitePath, Vec<u8>>>,
}

impl Memory {
    /// The files, sorted by path.
    #[must_use]
    pub fn into_files(self) -> BTreeMap<SitePath, Vec<u8>> {
        self.files.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, output: Output) -> io::Result<()> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).insert(output.path, output.bytes);
        Ok(())
    }

    fn copy(&self, from: &Path, to: &SitePath) -> io::Result<()> {
        self.put(Output { path: to.clone(), bytes: std::fs::read(from)? })
    }
}
