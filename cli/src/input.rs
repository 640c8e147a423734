//! Whole files and standard input.

use std::{
    fs::File,
    io::{self, Read},
    path::Path,
};

use crate::Failure;

/// How large a file may be, in bytes.
const MAX_BYTES: u64 = 256 << 20;

/// Opens a file, or standard input for `-`.
pub(crate) fn open(path: &Path) -> Result<Box<dyn Read>, Failure> {
    let input: io::Result<Box<dyn Read>> = if path == Path::new("-") {
        Ok(Box::new(io::stdin()))
    } else {
        File::open(path).map(|file| Box::new(file) as _)
    };
    input.map_err(|error| Failure::Unreadable { path: path.to_owned(), error })
}

/// Reads a file, or standard input for `-`.
pub(crate) fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let read = open(path)?.take(MAX_BYTES.saturating_add(1)).read_to_end(&mut bytes);
    let read = read.and_then(|read| {
        let is_small = u64::try_from(read).is_ok_and(|read| read <= MAX_BYTES);
        if is_small {
            Ok(())
        } else {
            Err(io::Error::other(format!("the file is larger than {MAX_BYTES} bytes")))
        }
    });
    read.map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
    Ok(bytes)
}
