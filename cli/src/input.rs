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

/// Reads a file, or standard input for `-`. A text in UTF-16 becomes one in UTF-8.
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
    Ok(from_utf16(&bytes).map_or(bytes, String::into_bytes))
}

/// The text of a file in UTF-16, as Windows PowerShell writes what a command prints; `None` for any other file.
fn from_utf16(bytes: &[u8]) -> Option<String> {
    let unit: fn([u8; 2]) -> u16 = match bytes {
        [0xff, 0xfe, ..] => u16::from_le_bytes,
        [0xfe, 0xff, ..] => u16::from_be_bytes,
        // Without a byte order mark: no other text has a zero among its first bytes.
        [_, 0, ..] => u16::from_le_bytes,
        [0, _, ..] => u16::from_be_bytes,
        _ => return None,
    };
    let (units, _) = bytes.as_chunks();
    let text = char::decode_utf16(units.iter().copied().map(unit));
    let text: String = text.map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Some(text.trim_start_matches('\u{feff}').to_owned())
}

#[cfg(test)]
mod tests {
    use super::from_utf16;

    #[test]
    fn utf_16_is_recognized_with_and_without_a_byte_order_mark() {
        for text in ["{é", "\u{feff}{é", "\u{feff}", "> GET / HTTP/2\r\n"] {
            for order in [u16::to_le_bytes, u16::to_be_bytes] {
                let bytes: Vec<_> = text.encode_utf16().flat_map(order).collect();
                assert_eq!(from_utf16(&bytes).as_deref(), Some(text.trim_start_matches('\u{feff}')));
            }
        }
        for text in ["", "{", "\0", "{}", "é", "\u{feff}{}"] {
            assert_eq!(from_utf16(text.as_bytes()), None);
        }
        assert_eq!(from_utf16(b"\xff\xfe\x00\xd8a\x00b").as_deref(), Some("\u{fffd}a"));
    }
}
