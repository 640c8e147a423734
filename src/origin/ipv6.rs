//! IPv6 addresses as the URL Standard serializes them. `Display` of the standard library cannot be used,
//! because it writes `::ffff:1.2.3.4` where the URL Standard writes `::ffff:102:304`.

use std::{
    fmt::{self, Write},
    net::Ipv6Addr,
};

use super::error::OriginError;

/// Checks that `text`, the part inside the square brackets, is an address exactly as the serializer writes
/// it.
pub(crate) fn check(text: &str) -> Result<(), OriginError> {
    let address: Ipv6Addr = text.parse().map_err(|_| OriginError::Ipv6)?;
    let mut expect = Expect(text);
    match serialize(address, &mut expect) {
        Ok(()) if expect.0.is_empty() => Ok(()),
        _ => Err(OriginError::Ipv6NotCanonical),
    }
}

/// The [IPv6 serializer](https://url.spec.whatwg.org/#concept-ipv6-serializer).
fn serialize(address: Ipv6Addr, output: &mut impl Write) -> fmt::Result {
    let pieces = address.segments();
    // Steps 1 and 2: find the run of zeros to compress.
    let compress = compressed_run(&pieces);
    // Step 3: ignore0 is false.
    let mut skipping = false;
    // Step 4: for each piece:
    for (index, piece) in pieces.iter().enumerate() {
        // Step 4.1: skip the zeros of the compressed run. Step 4.2: the run ends at another piece.
        if skipping && *piece == 0 {
            continue;
        }
        skipping = false;
        // Step 4.3: the compressed run begins: two colons, of which the piece before has written one.
        if compress == Some(index) {
            output.write_str(if index == 0 { "::" } else { ":" })?;
            skipping = true;
            continue;
        }
        // Step 4.4: the piece as the shortest hexadecimal number. Step 4.5: a colon, unless it is the last
        // piece.
        write!(output, "{piece:x}{}", if index < 7 { ":" } else { "" })?;
    }
    Ok(())
}

/// The index of the first longest run of two or more zero pieces.
fn compressed_run(pieces: &[u16; 8]) -> Option<usize> {
    let mut longest = (None, 1_usize);
    for start in 0..pieces.len() {
        let length = pieces.iter().skip(start).take_while(|piece| **piece == 0).count();
        if length > longest.1 {
            longest = (Some(start), length);
        }
    }
    longest.0
}

/// A writer that fails as soon as something else than its text is written.
struct Expect<'a>(&'a str);

impl Write for Expect<'_> {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(written).ok_or(fmt::Error)?;
        Ok(())
    }
}
