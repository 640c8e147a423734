//! Files and standard input, line by line.

use std::{
    io::{BufRead, BufReader, Cursor, Read},
    path::{Path, PathBuf},
};

use crate::{Failure, input};

/// What some editors put at the start of a file in UTF-8.
pub(crate) const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The lines of a file or of standard input. Empty lines and a byte order mark at the start are skipped.
pub(crate) struct Lines {
    path: PathBuf,
    input: BufReader<Box<dyn Read>>,
    /// The number of the last line, from 1.
    number: usize,
    line: Vec<u8>,
}

impl Lines {
    /// Opens a file, or standard input for `-`.
    pub(crate) fn open(path: &Path) -> Result<Self, Failure> {
        Ok(Self::of(path, input::open(path)?))
    }

    /// The lines of a file that was read before.
    pub(crate) fn of_bytes(path: &Path, bytes: Vec<u8>) -> Self {
        Self::of(path, Box::new(Cursor::new(bytes)))
    }

    fn of(path: &Path, input: Box<dyn Read>) -> Self {
        Self { path: path.to_owned(), input: BufReader::new(input), number: 0, line: Vec::new() }
    }

    /// The next line and its number; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<(usize, &[u8])>, Failure> {
        loop {
            self.line.clear();
            let read = self.input.read_until(b'\n', &mut self.line);
            let read = read.map_err(|error| Failure::Unreadable { path: self.path.clone(), error })?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if self.number == 1 && self.line.starts_with(BYTE_ORDER_MARK) {
                self.line.drain(..BYTE_ORDER_MARK.len());
            }
            if !self.line.trim_ascii().is_empty() {
                return Ok(Some((self.number, &self.line)));
            }
        }
    }

    /// Returns whether the next line has to be waited for, as far as is known.
    pub(crate) fn has_to_wait(&self) -> bool {
        self.input.buffer().is_empty()
    }
}
