//! Header lists.

use super::{Bytes, Headers};

/// Byte-lowercase.
pub(crate) fn byte_lowercase(bytes: &[u8]) -> Bytes {
    let lower = |byte: &u8| if (b'A'..=b'Z').contains(byte) { byte + 0x20 } else { *byte };
    bytes.iter().map(lower).collect()
}

/// Byte-case-insensitive match.
pub(crate) fn is_byte_case_insensitive_match(left: &[u8], right: &[u8]) -> bool {
    byte_lowercase(left) == byte_lowercase(right)
}

/// Isomorphic decode: each byte is the code point of its number.
pub(crate) fn isomorphic_decode(bytes: &[u8]) -> Vec<char> {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// A header list contains a header name.
pub(crate) fn contains(list: &Headers, name: &str) -> bool {
    list.iter().any(|header| is_byte_case_insensitive_match(&header.0, name.as_bytes()))
}

/// The values of all headers of a name, in order.
pub(crate) fn values_of<'a>(list: &'a Headers, name: &str) -> Vec<&'a Bytes> {
    let mut values = Vec::new();
    for header in list {
        if is_byte_case_insensitive_match(&header.0, name.as_bytes()) {
            values.push(&header.1);
        }
    }
    values
}

/// Get a header name from a header list.
pub(crate) fn get(list: &Headers, name: &str) -> Option<Bytes> {
    // 1. If list does not contain name, then return null.
    if !contains(list, name) {
        return None;
    }
    // 2. Return the values, separated from each other by 0x2C 0x20, in order.
    let mut result = Vec::new();
    for (index, value) in values_of(list, name).into_iter().enumerate() {
        if index > 0 {
            result.extend([0x2C, 0x20]);
        }
        result.extend(value);
    }
    Some(result)
}

/// Get, decode, and split a header name from a header list.
pub(crate) fn get_decode_and_split(list: &Headers, name: &str) -> Option<Vec<String>> {
    // 1. Let value be the result of getting name from list. 2. If value is null, then return null.
    let value = get(list, name)?;
    // 3. Return the result of getting, decoding, and splitting value.
    Some(get_decode_and_split_value(&value))
}

/// Get, decode, and split a header value.
pub(crate) fn get_decode_and_split_value(value: &[u8]) -> Vec<String> {
    // 1. Let input be the result of isomorphic decoding value.
    let input = isomorphic_decode(value);
    // 2. Let position be a position variable for input. 3. Let values be a list of strings. 4. Let
    // temporaryValue be the empty string.
    let mut position = 0;
    let mut values = Vec::new();
    let mut temporary_value = String::new();
    // 5. While true:
    loop {
        // 5.1. Append what is not `"` or `,`.
        while position < input.len() && input[position] != '"' && input[position] != ',' {
            temporary_value.push(input[position]);
            position += 1;
        }
        // 5.2. If position is not past the end of input and the code point there is `"`:
        if position < input.len() && input[position] == '"' {
            // 5.2.1. Append the result of collecting an HTTP quoted string.
            temporary_value.push_str(&collect_an_http_quoted_string(&input, &mut position, false));
            // 5.2.2. If position is not past the end of input, then continue.
            if position < input.len() {
                continue;
            }
        }
        // 5.3. Remove all HTTP tab or space from the start and end of temporaryValue.
        let trimmed = temporary_value.trim_matches(['\t', ' ']);
        // 5.4. Append temporaryValue to values.
        values.push(trimmed.to_owned());
        // 5.5. Set temporaryValue to the empty string.
        temporary_value.clear();
        // 5.6. If position is past the end of input, then return values.
        if position >= input.len() {
            return values;
        }
        // 5.7. Assert: it is `,`. 5.8. Advance position by 1.
        assert_eq!(input[position], ',');
        position += 1;
    }
}

/// Collect an HTTP quoted string.
pub(crate) fn collect_an_http_quoted_string(
    input: &[char],
    position: &mut usize,
    extract_value: bool,
) -> String {
    // 1. Let positionStart be position. 2. Let value be the empty string.
    let position_start = *position;
    let mut value = String::new();
    // 3. Assert: it is `"`. 4. Advance position by 1.
    assert_eq!(input[*position], '"');
    *position += 1;
    // 5. While true:
    loop {
        // 5.1. Append what is not `"` or `\` to value.
        while *position < input.len() && input[*position] != '"' && input[*position] != '\\' {
            value.push(input[*position]);
            *position += 1;
        }
        // 5.2. If position is past the end of input, then break.
        if *position >= input.len() {
            break;
        }
        // 5.3. Let quoteOrBackslash be the code point at position. 5.4. Advance position by 1.
        let quote_or_backslash = input[*position];
        *position += 1;
        if quote_or_backslash == '\\' {
            // 5.5.1. If position is past the end of input, then append `\` to value and break.
            if *position >= input.len() {
                value.push('\\');
                break;
            }
            // 5.5.2. Append the code point at position to value. 5.5.3. Advance position by 1.
            value.push(input[*position]);
            *position += 1;
        } else {
            // 5.6.2. Break.
            break;
        }
    }
    // 6. If extract-value is true, then return value.
    if extract_value {
        return value;
    }
    // 7. Return the code points from positionStart to position.
    input[position_start..*position].iter().collect()
}

/// Append a header.
pub(crate) fn append(list: &mut Headers, name: &str, value: &[u8]) {
    // 1. If list contains name, then set name to the first such header's name.
    let mut name = name.as_bytes().to_vec();
    for header in list.iter() {
        if is_byte_case_insensitive_match(&header.0, &name) {
            name = header.0.clone();
            break;
        }
    }
    // 2. Append (name, value) to list.
    list.push((name, value.to_vec()));
}

/// Delete a header name.
pub(crate) fn delete(list: &mut Headers, name: &str) {
    list.retain(|header| !is_byte_case_insensitive_match(&header.0, name.as_bytes()));
}

/// Convert header names to a sorted-lowercase set.
pub(crate) fn convert_to_a_sorted_lowercase_set(header_names: &[Bytes]) -> Vec<Bytes> {
    // 1. Let headerNamesSet be a new ordered set.
    let mut header_names_set = Vec::new();
    // 2. For each name of headerNames, append the result of byte-lowercasing name to headerNamesSet.
    for name in header_names {
        let name = byte_lowercase(name);
        if !header_names_set.contains(&name) {
            header_names_set.push(name);
        }
    }
    // 3. Return the result of sorting it in ascending order with byte less than.
    header_names_set.sort();
    header_names_set
}
