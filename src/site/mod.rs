//! Where the files of a site go: a folder on disk that changes whole or not at all, the memory of a test, or the shelf of
//! `serve`.
//!
//! With `book`, this is the only room that touches the disk. [`Destination`] says whether a folder may be written to
//! at all; [`Staging`] takes the files and puts them in place with one rename; [`clean`] removes what a build made and
//! nothing else.

mod clean;
mod destination;
mod lock;
mod manifest;
mod memory;
mod shelf;
mod staging;
mod strangers;

pub use clean::{Cleaned, clean};
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

/// Writes a file whole or not at all: beside it first, then in its place. Its folder is made if need be; a link is
/// followed, and the rights of the file stay.
///
/// # Errors
/// If the disk refuses; then the file is as it was.
pub fn replace_file(path: &std::path::Path, bytes: &[u8]) -> std::io::Result<()> {
    use std::fs;
    let path = resolved(path);
    let folder = path.parent().ok_or(std::io::ErrorKind::NotADirectory)?;
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let write = || {
        fs::write(&beside, bytes)?;
        if let Ok(old) = fs::metadata(&path) {
            fs::set_permissions(&beside, old.permissions())?;
        }
        fs::rename(&beside, &path)
    };
    write().inspect_err(|_| {
        let _ = fs::remove_file(&beside);
    })
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
