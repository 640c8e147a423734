//! Heads of requests as text: a line with the method and the target, then a line for each header.

use crossorigin::http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};

pub(crate) struct Head {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
}

impl Head {
    /// Reads a head. Invalid lines are skipped.
    pub(crate) fn read(text: &[u8]) -> Self {
        let mut lines = text.split(|byte| *byte == b'\n');
        let mut first = lines.next().unwrap_or_default().splitn(2, |byte| *byte == b' ');
        let method = first.next().and_then(|method| Method::from_bytes(method).ok()).unwrap_or_default();
        let uri = first.next().and_then(|target| Uri::try_from(target).ok()).unwrap_or_default();
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(line) {
            headers.append(name, value);
        }
        Self { method, uri, headers }
    }
}

fn line(line: &[u8]) -> Option<(HeaderName, HeaderValue)> {
    let colon = line.iter().position(|byte| *byte == b':')?;
    let (name, value) = line.split_at(colon);
    Some((HeaderName::from_bytes(name).ok()?, HeaderValue::from_bytes(value[1..].trim_ascii()).ok()?))
}
