//! Where the files of a site go: a folder on disk that changes whole or not at all, or the memory of a test.
//!
//! With `book`, this is the only room that touches the disk. [`Destination`] says whether a folder may be written to
//! at all; [`Staging`] takes the files and puts them in place with one rename; [`clean`] removes what a build made and
//! nothing else.

mod clean;
mod destination;
mod lock;
mod manifest;
mod memory;
mod staging;
mod strangers;

pub use clean::{Cleaned, clean};
pub use destination::{Destination, Sources as DestinationSources, resolved};
pub use memory::Memory;
pub use staging::{Committed, Staging};

/// Writes one file that is no part of a site.
///
/// # Errors
/// If the disk refuses.
pub fn write_file(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::write(path, bytes)
}
