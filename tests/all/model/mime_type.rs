//! MIME types, and how `XMLHttpRequest` changes one.

use super::{
    Bytes,
    abnf::is_tchar,
    headers::{collect_an_http_quoted_string, isomorphic_decode},
};

pub(crate) struct MimeType {
    kind: String,
    subtype: String,
    /// An ordered map.
    parameters: Vec<(String, String)>,
}

impl MimeType {
    pub(crate) fn essence(&self) -> String {
        format!("{}/{}", self.kind, self.subtype)
    }
}

/// Parse a MIME type (MIME Sniffing), none for failure.
pub(crate) fn parse_a_mime_type(input: &[char]) -> Option<MimeType> {
    // 1. Remove any leading and trailing HTTP whitespace from input.
    let mut input = input.to_vec();
    while input.first().is_some_and(is_http_whitespace) {
        input.remove(0);
    }
    remove_trailing_http_whitespace(&mut input);
    // 2. Let position be a position variable for input.
    let mut position = 0;
    // 3. Let type be the result of collecting code points that are not `/`.
    let kind = collect(&input, &mut position, |code_point| code_point != '/');
    // 4. If type is empty or does not solely contain HTTP token code points, then return failure.
    if !solely_contains_http_token_code_points(&kind) {
        return None;
    }
    // 5. If position is past the end of input, then return failure.
    if position >= input.len() {
        return None;
    }
    // 6. Advance position by 1.
    position += 1;
    // 7. Let subtype be the result of collecting code points that are not `;`.
    let mut subtype = collect(&input, &mut position, |code_point| code_point != ';');
    // 8. Remove any trailing HTTP whitespace from subtype.
    remove_trailing_http_whitespace(&mut subtype);
    // 9. If subtype is empty or does not solely contain HTTP token code points, then return failure.
    if !solely_contains_http_token_code_points(&subtype) {
        return None;
    }
    // 10. Let mimeType be a new MIME type record, in ASCII lowercase.
    let mut mime_type =
        MimeType { kind: ascii_lowercase(&kind), subtype: ascii_lowercase(&subtype), parameters: Vec::new() };
    // 11. While position is not past the end of input:
    while position < input.len() {
        // 11.1. Advance position by 1.
        position += 1;
        // 11.2. Collect HTTP whitespace.
        collect(&input, &mut position, |code_point| is_http_whitespace(&code_point));
        // 11.3. Let parameterName be the result of collecting code points that are not `;` or `=`.
        let parameter_name =
            collect(&input, &mut position, |code_point| code_point != ';' && code_point != '=');
        // 11.4. Set parameterName to parameterName, in ASCII lowercase.
        let parameter_name = ascii_lowercase(&parameter_name);
        // 11.5. If position is not past the end of input, then:
        if position < input.len() {
            // 11.5.1. If the code point at position is `;`, then continue.
            if input[position] == ';' {
                continue;
            }
            // 11.5.2. Advance position by 1.
            position += 1;
        }
        // 11.6. If position is past the end of input, then break.
        if position >= input.len() {
            break;
        }
        // 11.7. Let parameterValue be null.
        let parameter_value: Vec<char>;
        if input[position] == '"' {
            // 11.8.1. Set parameterValue to the result of collecting an HTTP quoted string, given true.
            parameter_value = collect_an_http_quoted_string(&input, &mut position, true).chars().collect();
            // 11.8.2. Collect code points that are not `;`.
            collect(&input, &mut position, |code_point| code_point != ';');
        } else {
            // 11.9.1. Set parameterValue to the result of collecting code points that are not `;`.
            let mut value = collect(&input, &mut position, |code_point| code_point != ';');
            // 11.9.2. Remove any trailing HTTP whitespace from parameterValue.
            remove_trailing_http_whitespace(&mut value);
            // 11.9.3. If parameterValue is the empty string, then continue.
            if value.is_empty() {
                continue;
            }
            parameter_value = value;
        }
        // 11.10. If parameterName is a token, parameterValue solely contains HTTP quoted-string token code
        // points, and the parameter does not exist, then set it.
        let exists = mime_type.parameters.iter().any(|(name, _)| *name == parameter_name);
        let name: Vec<char> = parameter_name.chars().collect();
        if solely_contains_http_token_code_points(&name)
            && parameter_value.iter().all(is_http_quoted_string_token_code_point)
            && !exists
        {
            mime_type.parameters.push((parameter_name, parameter_value.iter().collect()));
        }
    }
    // 12. Return mimeType.
    Some(mime_type)
}

/// Serialize a MIME type to bytes (MIME Sniffing).
fn serialize_a_mime_type_to_bytes(mime_type: &MimeType) -> Bytes {
    // 1. Let serialization be type, `/` and subtype.
    let mut serialization = mime_type.essence();
    // 2. For each name and value of parameters:
    for (name, value) in &mime_type.parameters {
        // 2.1 to 2.3. Append `;`, name and `=`.
        serialization += &format!(";{name}=");
        // 2.4. If value does not solely contain HTTP token code points or is empty, then:
        let mut value = value.clone();
        if !solely_contains_http_token_code_points(&value.chars().collect::<Vec<_>>()) {
            // 2.4.1. Precede each `"` or `\` with `\`. 2.4.2. Prepend `"`. 2.4.3. Append `"`.
            value = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
        }
        // 2.5. Append value to serialization.
        serialization += &value;
    }
    // 3. Return serialization, isomorphic encoded.
    serialization.chars().map(|code_point| u8::try_from(code_point).unwrap()).collect()
}

/// XMLHttpRequest's `send()`, step 4.5.1: the author's `Content-Type`, changed for a body that is a string.
pub(crate) fn author_content_type_for_a_text(original_author_content_type: &[u8]) -> Bytes {
    // 4.5.1.1. Let contentTypeRecord be the result of parsing originalAuthorContentType.
    let content_type_record = parse_a_mime_type(&isomorphic_decode(original_author_content_type));
    // 4.5.1.2. If it is not failure, and its charset exists and is not an ASCII case-insensitive match for
    // `UTF-8`:
    if let Some(mut content_type_record) = content_type_record {
        for (name, value) in &mut content_type_record.parameters {
            if name == "charset" && !value.eq_ignore_ascii_case("UTF-8") {
                // 4.5.1.2.1. Set its charset to `UTF-8`.
                *value = "UTF-8".to_owned();
                // 4.5.1.2.2. Serialize it. 4.5.1.2.3. Set the header to that.
                return serialize_a_mime_type_to_bytes(&content_type_record);
            }
        }
    }
    original_author_content_type.to_vec()
}

/// Collect a sequence of code points (Infra).
fn collect(input: &[char], position: &mut usize, is_collected: impl Fn(char) -> bool) -> Vec<char> {
    let mut result = Vec::new();
    while *position < input.len() && is_collected(input[*position]) {
        result.push(input[*position]);
        *position += 1;
    }
    result
}

fn ascii_lowercase(input: &[char]) -> String {
    input.iter().map(|code_point| code_point.to_ascii_lowercase()).collect()
}

fn remove_trailing_http_whitespace(input: &mut Vec<char>) {
    while input.last().is_some_and(is_http_whitespace) {
        input.pop();
    }
}

fn is_http_whitespace(code_point: &char) -> bool {
    ['\n', '\r', '\t', ' '].contains(code_point)
}

/// It solely contains HTTP token code points, and is not empty.
fn solely_contains_http_token_code_points(input: &[char]) -> bool {
    let is_http_token_code_point = |code_point: &char| u8::try_from(*code_point).is_ok_and(is_tchar);
    !input.is_empty() && input.iter().all(is_http_token_code_point)
}

/// U+0009 TAB, U+0020 SPACE to U+007E (~), or U+0080 to U+00FF.
fn is_http_quoted_string_token_code_point(code_point: &char) -> bool {
    *code_point == '\t' || (' '..='~').contains(code_point) || ('\u{80}'..='\u{FF}').contains(code_point)
}
