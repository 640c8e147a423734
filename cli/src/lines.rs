//! Files and standard input, line by line.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, Read},
    path::{Path, PathBuf},
};

use crate::Failure;

/// What some editors put at the start of a file in UTF-8.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

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
        let input: io::Result<Box<dyn Read>> = if path == Path::new("-") {
            Ok(Box::new(io::stdin()))
        } else {
            File::open(path).map(|file| Box::new(file) as _)
        };
        let input = input.map_err(|error| Failure::Unreadable { path: path.to_owned(), error })?;
        Ok(Self { path: path.to_owned(), input: BufReader::new(input), number: 0, line: Vec::new() })
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
