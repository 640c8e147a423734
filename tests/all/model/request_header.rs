//! CORS-safelisted request-headers, and what their values are parsed by.

use super::{
    Bytes, Headers,
    headers::{byte_lowercase, convert_to_a_sorted_lowercase_set, isomorphic_decode},
    mime_type::parse_a_mime_type,
};

/// A header is a CORS-safelisted request-header.
pub(crate) fn is_cors_safelisted_request_header(name: &[u8], value: &[u8]) -> bool {
    // 1. If value's length is greater than 128, then return false.
    if value.len() > 128 {
        return false;
    }
    // 2. Byte-lowercase name and switch on the result:
    match byte_lowercase(name).as_slice() {
        b"accept" => {
            // If value contains a CORS-unsafe request-header byte, then return false.
            if value.iter().any(|byte| is_cors_unsafe_request_header_byte(*byte)) {
                return false;
            }
        }
        b"accept-language" | b"content-language" => {
            // If value contains a byte that is not one of these, then return false.
            for byte in value {
                let is_listed = (0x30..=0x39).contains(byte)
                    || (0x41..=0x5A).contains(byte)
                    || (0x61..=0x7A).contains(byte)
                    || [0x20, 0x2A, 0x2C, 0x2D, 0x2E, 0x3B, 0x3D].contains(byte);
                if !is_listed {
                    return false;
                }
            }
        }
        b"content-type" => {
            // 2.1. If value contains a CORS-unsafe request-header byte, then return false.
            if value.iter().any(|byte| is_cors_unsafe_request_header_byte(*byte)) {
                return false;
            }
            // 2.2. Let mimeType be the result of parsing the result of isomorphic decoding value. 2.3. If
            // mimeType is failure, then return false.
            let Some(mime_type) = parse_a_mime_type(&isomorphic_decode(value)) else { return false };
            // 2.4. If mimeType's essence is not one of three, then return false.
            let essence = mime_type.essence();
            if essence != "application/x-www-form-urlencoded"
                && essence != "multipart/form-data"
                && essence != "text/plain"
            {
                return false;
            }
        }
        b"range" => {
            // 2.1. Let rangeValue be the result of parsing a single range header value given value and false.
            // 2.2. If rangeValue is failure, then return false.
            let Some((range_start, _)) = parse_a_single_range_header_value(value) else { return false };
            // 2.3. If rangeValue[0] is null, then return false.
            if range_start.is_none() {
                return false;
            }
        }
        // Otherwise, return false.
        _ => return false,
    }
    // 3. Return true.
    true
}

/// A CORS-unsafe request-header byte.
fn is_cors_unsafe_request_header_byte(byte: u8) -> bool {
    (byte < 0x20 && byte != 0x09)
        || [0x22, 0x28, 0x29, 0x3A, 0x3C, 0x3E, 0x3F, 0x40, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x7F]
            .contains(&byte)
}

/// The CORS-unsafe request-header names of a header list.
pub(crate) fn cors_unsafe_request_header_names(headers: &Headers) -> Vec<Bytes> {
    // 1. Let unsafeNames be a new list. 2. Let potentiallyUnsafeNames be a new list. 3. Let safelistValueSize
    // be 0.
    let mut unsafe_names = Vec::new();
    let mut potentially_unsafe_names = Vec::new();
    let mut safelist_value_size = 0;
    // 4. For each header of headers:
    for (name, value) in headers {
        if !is_cors_safelisted_request_header(name, value) {
            // 4.1. Append header's name to unsafeNames.
            unsafe_names.push(name.clone());
        } else {
            // 4.2. Append header's name to potentiallyUnsafeNames and increase safelistValueSize.
            potentially_unsafe_names.push(name.clone());
            safelist_value_size += value.len();
        }
    }
    // 5. If safelistValueSize is greater than 1024, then append each of potentiallyUnsafeNames to
    // unsafeNames.
    if safelist_value_size > 1024 {
        unsafe_names.extend(potentially_unsafe_names);
    }
    // 6. Return the result of convert header names to a sorted-lowercase set.
    convert_to_a_sorted_lowercase_set(&unsafe_names)
}

/// A decimal number of any size, without leading zeros, so that the longer one is the larger one.
type Number = Vec<char>;

/// Parse a single range header value, where allowWhitespace is false; none for failure.
pub(crate) fn parse_a_single_range_header_value(value: &[u8]) -> Option<(Option<Number>, Option<Number>)> {
    // 1. Let data be the isomorphic decoding of value.
    let data = isomorphic_decode(value);
    // 2. If data does not start with "bytes", then return failure.
    if !data.starts_with(&['b', 'y', 't', 'e', 's']) {
        return None;
    }
    // 3. Let position point at the 5th code point of data. 4. Whitespace is not allowed.
    let mut position = 5;
    // 5. If the code point at position is not `=`, then return failure. 6. Advance position by 1. 7. As 4.
    if data.get(position) != Some(&'=') {
        return None;
    }
    position += 1;
    // 8 and 9. Let rangeStart be the digits, and rangeStartValue their number, or null.
    let range_start_value = collect_a_number(&data, &mut position);
    // 10. As 4. 11. If the code point at position is not `-`, then return failure. 12. Advance position by 1.
    // 13. As 4.
    if data.get(position) != Some(&'-') {
        return None;
    }
    position += 1;
    // 14 and 15. Let rangeEnd be the digits, and rangeEndValue their number, or null.
    let range_end_value = collect_a_number(&data, &mut position);
    // 16. If position is not past the end of data, then return failure.
    if position < data.len() {
        return None;
    }
    match (&range_start_value, &range_end_value) {
        // 17. If rangeEndValue and rangeStartValue are null, then return failure.
        (None, None) => return None,
        // 18. If they are numbers, and rangeStartValue is greater, then return failure.
        (Some(start), Some(end)) if (start.len(), start) > (end.len(), end) => return None,
        _ => {}
    }
    // 19. Return (rangeStartValue, rangeEndValue).
    Some((range_start_value, range_end_value))
}

fn collect_a_number(data: &[char], position: &mut usize) -> Option<Number> {
    let mut digits = Vec::new();
    while *position < data.len() && data[*position].is_ascii_digit() {
        digits.push(data[*position]);
        *position += 1;
    }
    if digits.is_empty() {
        return None;
    }
    while digits.len() > 1 && digits[0] == '0' {
        digits.remove(0);
    }
    Some(digits)
}
