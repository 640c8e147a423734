//! Origin patterns: a line with a pattern, and lines with origins that it may match.

use crossorigin::{
    origin::SerializedOrigin,
    server::{OriginPattern, PatternError},
};

use crate::reference::patterns as reference;

pub fn check(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let mut lines = text.split('\n');
    let written = lines.next().unwrap_or_default();
    match OriginPattern::parse(written) {
        Ok(pattern) => {
            of_a_pattern(written, &pattern);
            lines.for_each(|origin| of_a_match(&pattern, origin));
        }
        Err(error) => of_an_error(written, error),
    }
}

fn of_a_pattern(written: &str, pattern: &OriginPattern) {
    assert_eq!(pattern.to_string(), written, "printed as written");
    assert_eq!(written.parse().as_ref(), Ok(pattern));
    assert_eq!(pattern.is_exact(), !written.contains('*'));
    assert!(written.contains(pattern.host()) && written.starts_with(pattern.scheme()));
    near(written).for_each(|origin| of_a_match(pattern, &origin));
    if pattern.is_exact() {
        let origin = SerializedOrigin::parse(written.as_bytes());
        assert!(
            origin.is_ok_and(|origin| pattern.matches(&origin)),
            "a pattern without wildcards is an origin"
        );
    }
}

/// The pattern with text in place of its wildcards: matching origins, and near misses.
pub(crate) fn near(pattern: &str) -> impl Iterator<Item = String> {
    [("x.", ""), ("x.y.", ":1"), ("*.", ":8080"), ("", ""), ("x", ""), ("x-", ":80"), (".", ":443")]
        .into_iter()
        .map(|(labels, port)| pattern.replacen("*.", labels, 1).replacen(":*", port, 1))
}

fn of_a_match(pattern: &OriginPattern, origin: &str) {
    let ours = SerializedOrigin::parse(origin.as_bytes()).is_ok_and(|origin| pattern.matches(&origin));
    assert_eq!(ours, reference::matches(&pattern.to_string(), origin), "{pattern} and {origin:?}");
}

fn of_an_error(written: &str, error: PatternError) {
    assert!(!error.to_string().is_empty() && !error.name().is_empty());
    match error {
        PatternError::WildcardMisplaced { index } => {
            assert_eq!(written.as_bytes().get(index), Some(&b'*'), "{written:?}")
        }
        PatternError::Punycode { index } => assert!(written[index..].starts_with("xn--")),
        _ => {}
    }
}
