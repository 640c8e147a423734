//! IPv6 addresses as the URL Standard prints them. The standard library prints `::ffff:1.2.3.4` where the URL
//! Standard has `::ffff:102:304`, so its `Display` is of no use here.

use std::{
    fmt::{self, Write},
    net::Ipv6Addr,
};

use super::error::OriginError;

/// Checks that `text`, from inside the square brackets, is an address in exactly the form that the serializer prints.
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
    // Steps 1 and 2: find what to compress.
    let compress = compressed(&pieces);
    // Step 3: not inside it yet.
    let mut skipping = false;
    // Step 4: for each piece:
    for (index, piece) in pieces.iter().enumerate() {
        // Step 4.1: pass over the zeros of the compressed run. Step 4.2: it ends here.
        if skipping && *piece == 0 {
            continue;
        }
        skipping = false;
        // Step 4.3: the compressed run begins here: two colons, one of which may be there already.
        if compress == Some(index) {
            output.write_str(if index == 0 { "::" } else { ":" })?;
            skipping = true;
            continue;
        }
        // Step 4.4: the piece in the shortest hexadecimal. Step 4.5: a colon, unless it is the last.
        write!(output, "{piece:x}{}", if index < 7 { ":" } else { "" })?;
    }
    Ok(())
}

/// Where the first longest run of two or more zero pieces begins.
fn compressed(pieces: &[u16; 8]) -> Option<usize> {
    let mut longest = (None, 1_usize);
    for start in 0..pieces.len() {
        let length = pieces.iter().skip(start).take_while(|piece| **piece == 0).count();
        if length > longest.1 {
            longest = (Some(start), length);
        }
    }
    longest.0
}

/// A writer that fails as soon as it is given anything but the text it holds.
struct Expect<'a>(&'a str);

impl Write for Expect<'_> {
    fn write_str(&mut self, written: &str) -> fmt::Result {
        self.0 = self.0.strip_prefix(written).ok_or(fmt::Error)?;
        Ok(())
    }
}
