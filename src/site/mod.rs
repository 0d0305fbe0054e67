//! Where the files of a site go: a folder on disk that changes whole or not at all, the memory of a test, or the shelf of
//! `serve`.
//!
//! With `book`, this is the only room that touches the disk. [`Destination`] says whether a folder may be written to
//! at all; [`Staging`] takes the files and puts them in place with one rename; [`clean`] removes what a build made and
//! nothing else.

mod clean;
mod destination;
mod manifest;
mod memory;
mod shelf;
mod staging;

pub use clean::clean;
pub use destination::{Destination, Sources as DestinationSources, resolved};
pub use memory::Memory;
pub use shelf::{Kept, Round, Shelf};
pub use staging::{Committed, Staging};

/// Writes one file that is no part of a site.
///
/// # Errors
/// If the disk refuses.
pub fn write_file(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}

/// Writes a file that is not there yet, and the folders it lies in; `false` if it is there.
///
/// # Errors
/// If the disk refuses.
pub fn write_new(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<bool> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    match std::fs::File::create_new(path) {
        Ok(mut file) => std::io::Write::write_all(&mut file, bytes).map(|()| true),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(error),
    }
}
