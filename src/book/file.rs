//! Reading one file: only regular ones, only what fits into memory, and only from the book.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Bytes of the largest file that is read as a whole. Positions in texts are 32 bits wide.
const LARGEST: u64 = 256 << 20;

/// The bytes of a regular file. A pipe would never end, and a device has no end.
///
/// # Errors
/// If it is none, is too large, or cannot be read.
pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
    }
    let mut bytes = Vec::new();
    // One byte more than allowed, so that a file that grows meanwhile is noticed too.
    File::open(path)?.take(LARGEST + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LARGEST {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, format!("it has more than {} MiB", LARGEST >> 20)));
    }
    Ok(bytes)
}

/// The path with its links followed, if it is in the book.
///
/// # Errors
/// If there is nothing, or if a link leads out.
pub(super) fn within(root: &Path, path: &Path) -> io::Result<PathBuf> {
    let path = path.canonicalize()?;
    if path.starts_with(root) {
        return Ok(path);
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "it lies outside the book"))
}
