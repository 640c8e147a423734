//! Operations that only the browser side needs.

use std::{borrow::Cow, collections::HashMap};

use http::HeaderName;

use super::{HeaderList, normalize};

impl HeaderList {
    /// [Sets](Self::set) a header to a value that has no NUL, CR or LF, as the caller knows.
    pub(crate) fn set_valid(&mut self, name: HeaderName, value: impl Into<Vec<u8>>) {
        self.set(name, value.into()).expect("the caller passes no NUL, CR or LF");
    }

    /// Creates a list by [combining](Self::combine) all lines, in linear time. The values must be normalized.
    pub(crate) fn combining<'a>(lines: impl IntoIterator<Item = (HeaderName, &'a [u8])>) -> Self {
        Self::folding(lines, |_, first, value| {
            first.extend_from_slice(b", ");
            first.extend_from_slice(value);
        })
    }

    /// Creates a list with each name once: `fold` adds the value of a further line to the first value of its
    /// name. The values must be normalized.
    pub(crate) fn folding<'a>(
        lines: impl IntoIterator<Item = (HeaderName, &'a [u8])>,
        fold: impl Fn(&HeaderName, &mut Vec<u8>, &[u8]),
    ) -> Self {
        let mut list = Self::new();
        let mut first_lines = HashMap::new();
        for (name, value) in lines {
            let index = *first_lines.entry(name.clone()).or_insert(list.lines.len());
            match list.lines.get_mut(index) {
                Some((_, first)) => fold(&name, first, value),
                None => list.lines.push((name, value.to_vec())),
            }
        }
        list
    }

    /// The combined value of a name if this value were appended: steps 3.1 to 3.3 of
    /// [append](https://fetch.spec.whatwg.org/#concept-headers-append) to `Headers`.
    pub(crate) fn get_with(&self, name: &HeaderName, value: &[u8]) -> Vec<u8> {
        let Some(mut combined) = self.get(name).map(Cow::into_owned) else { return value.to_vec() };
        combined.extend_from_slice(b", ");
        combined.extend_from_slice(value);
        combined
    }

    /// Creates a list of the lines whose names `keep` accepts, in their order.
    pub(crate) fn filtered(&self, keep: impl Fn(&HeaderName) -> bool) -> Self {
        Self { lines: self.lines.iter().filter(|(name, _)| keep(name)).cloned().collect() }
    }
}

/// Returns whether the bytes, once normalized, are a [header
/// value](https://fetch.spec.whatwg.org/#header-value).
pub(crate) fn is_header_value(bytes: &[u8]) -> bool {
    normalize(bytes).is_ok()
}
