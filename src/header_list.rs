//! The header list: header lines in their order, names repeated as they come.

use std::{borrow::Cow, slice};

use http::{HeaderName, header::SET_COOKIE};

use crate::bytes::{Shown, trim_whitespace, trim_whitespace_start};

#[cfg(feature = "browser")]
mod browser;
mod convert;
mod split;

#[cfg(feature = "browser")]
pub(crate) use self::browser::is_header_value;
pub use self::convert::HeaderMapError;
pub(crate) use self::split::get_decode_and_split_value;

/// A [header list](https://fetch.spec.whatwg.org/#concept-header-list): lines of a name and a value.
///
/// It differs from an [`http::HeaderMap`] in two ways. Lines stay lines in their order: the safelist looks at each line,
/// the CORS check at their combination. A value is any bytes except NUL, CR and LF, with no whitespace around them;
/// [`http::HeaderValue`] refuses more (0x0B, 0x7F). `From` and `TryFrom` convert. Names are in lower case, as
/// [`HeaderName`] keeps them.
///
/// ```
/// use crossorigin::{header_list::HeaderList, http::header::{ACCEPT, VARY}};
///
/// let mut headers = HeaderList::new();
/// headers.append(VARY, "Origin")?;
/// headers.append(VARY, " Accept-Encoding\t")?;
/// assert_eq!(headers.len(), 2);
/// assert_eq!(headers.get(&VARY).as_deref(), Some(&b"Origin, Accept-Encoding"[..]));
/// assert_eq!(headers.get(&ACCEPT), None);
/// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct HeaderList {
    lines: Vec<(HeaderName, Vec<u8>)>,
}

/// The bytes are not a [header value](https://fetch.spec.whatwg.org/#header-value): there is a NUL, CR or LF
/// inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} at byte {index} cannot be part of a header value", Shown(*.byte))]
#[non_exhaustive]
pub struct InvalidHeaderValue {
    /// The first such byte.
    pub byte: u8,
    /// Its index in the value as it was passed, from 0.
    pub index: usize,
}

impl HeaderList {
    /// A list without lines.
    #[must_use]
    pub const fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// [Appends](Self::append) a line whose value the caller knows to have no NUL, CR or LF inside: the value was checked, or
    /// comes from another header list, or is the protocol's own.
    #[cfg(feature = "browser")]
    pub(crate) fn push_valid(&mut self, name: HeaderName, value: impl Into<Vec<u8>>) {
        self.lines.push((name, valid(value.into())));
    }

    /// [Appends](https://fetch.spec.whatwg.org/#concept-header-list-append) a line.
    ///
    /// Here and in [`set`](Self::set) and [`combine`](Self::combine) the value is normalized first: tabs,
    /// spaces, CR and LF around it are dropped. Step 1 has nothing to do: a [`HeaderName`] is in lower case.
    ///
    /// # Errors
    /// NUL, CR or LF inside the value. The list is then as before.
    pub fn append(&mut self, name: HeaderName, value: impl AsRef<[u8]>) -> Result<(), InvalidHeaderValue> {
        let value = normalize(value.as_ref())?;
        // Step 2: the new line stands last.
        self.lines.push((name, value.to_vec()));
        Ok(())
    }

    /// [Sets](https://fetch.spec.whatwg.org/#concept-header-list-set) a header: the first line of that name
    /// gets the value and the others go.
    ///
    /// # Errors
    /// As for [`append`](Self::append).
    pub fn set(&mut self, name: HeaderName, value: impl AsRef<[u8]>) -> Result<(), InvalidHeaderValue> {
        let value = normalize(value.as_ref())?;
        match self.first_mut(&name) {
            // Step 1: if there is such a line, the first one gets the value, and the others are removed.
            Some(first) => {
                *first = value.to_vec();
                let mut kept = false;
                self.lines.retain(|line| line.0 != name || !std::mem::replace(&mut kept, true));
            }
            // Step 2: otherwise a new line.
            None => self.lines.push((name, value.to_vec())),
        }
        Ok(())
    }

    /// [Combines](https://fetch.spec.whatwg.org/#concept-header-list-combine) a header, as `XMLHttpRequest`
    /// does: appends a comma, a space and the value to the first line of that name.
    ///
    /// # Errors
    /// As for [`append`](Self::append).
    pub fn combine(&mut self, name: HeaderName, value: impl AsRef<[u8]>) -> Result<(), InvalidHeaderValue> {
        let value = normalize(value.as_ref())?;
        match self.first_mut(&name) {
            // Step 1: if there is such a line, lengthen the first one.
            Some(first) => {
                first.extend_from_slice(b", ");
                first.extend_from_slice(value);
            }
            // Step 2: otherwise a new line.
            None => self.lines.push((name, value.to_vec())),
        }
        Ok(())
    }

    /// [Deletes](https://fetch.spec.whatwg.org/#concept-header-list-delete) every line of that name.
    pub fn delete(&mut self, name: &HeaderName) {
        self.lines.retain(|line| line.0 != *name);
    }

    /// Returns whether there is a line of that name.
    #[must_use]
    pub fn contains(&self, name: &HeaderName) -> bool {
        self.lines(name).next().is_some()
    }

    /// [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) the values of all lines of that name,
    /// combined with a comma and a space; a single line is borrowed as it is.
    #[must_use]
    pub fn get(&self, name: &HeaderName) -> Option<Cow<'_, [u8]>> {
        // Step 1: no line, no value. Step 2: the values in order, joined.
        join(self.lines(name))
    }

    /// [Gets, decodes and splits](https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split): the
    /// combined value split at the commas outside quoted strings.
    ///
    /// The values stay bytes: isomorphic decoding is left to the caller.
    ///
    /// ```
    /// # use crossorigin::{header_list::HeaderList, http::header::ACCEPT};
    /// let mut headers = HeaderList::new();
    /// headers.append(ACCEPT, r#""1,2""#)?;
    /// headers.append(ACCEPT, "3")?;
    /// let values = headers.get_decode_and_split(&ACCEPT).unwrap_or_default();
    /// assert_eq!(values, [&br#""1,2""#[..], b"3"]);
    /// # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
    /// ```
    #[must_use]
    pub fn get_decode_and_split(&self, name: &HeaderName) -> Option<Vec<Cow<'_, [u8]>>> {
        // Step 1: get the combined value. Step 2: null stays null. Step 3: split it.
        Some(match self.get(name)? {
            Cow::Borrowed(value) => get_decode_and_split_value(value).map(Cow::Borrowed).collect(),
            Cow::Owned(value) => get_decode_and_split_value(&value).map(|it| it.to_vec().into()).collect(),
        })
    }

    /// [Sorts and combines](https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine): names in
    /// the order of their bytes, each with its combined value; only `Set-Cookie` keeps its lines.
    #[must_use]
    pub fn sort_and_combine(&self) -> Self {
        // Step 1: a new list.
        let mut lines = Vec::with_capacity(self.lines.len());
        // Step 2: the names, sorted. (The sort is stable: lines of one name keep their order.)
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_by_key(|(name, _)| name.as_str());
        // Step 3: for each name:
        for lines_of_name in sorted.chunk_by(|one, next| one.0 == next.0) {
            let values = lines_of_name.iter().map(|(_, value)| *value);
            match lines_of_name.first() {
                // Step 3.1: each `Set-Cookie` is a line of its own.
                Some((name, _)) if **name == SET_COOKIE => {
                    lines.extend(values.map(|value| ((*name).clone(), value.to_vec())));
                }
                // Step 3.2: the lines of any other name are combined.
                Some((name, _)) => {
                    lines.extend(join(values).map(|value| ((*name).clone(), value.into_owned())));
                }
                None => {}
            }
        }
        // Step 4: the new list.
        Self { lines }
    }

    /// The values of the lines of that name, in order.
    pub fn lines(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        self.iter().filter_map(move |(other, value)| (other == name).then_some(value))
    }

    /// All lines, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.lines.iter())
    }

    /// The number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns whether there is no line.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    fn first_mut(&mut self, name: &HeaderName) -> Option<&mut Vec<u8>> {
        self.lines.iter_mut().find_map(|(other, value)| (other == name).then_some(value))
    }
}

impl<'a> IntoIterator for &'a HeaderList {
    type Item = (&'a HeaderName, &'a [u8]);
    type IntoIter = Iter<'a>;

    fn into_iter(self) -> Iter<'a> {
        self.iter()
    }
}

/// The lines of a [`HeaderList`], in order: see [`HeaderList::iter`].
#[derive(Debug, Clone)]
pub struct Iter<'a>(slice::Iter<'a, (HeaderName, Vec<u8>)>);

impl<'a> Iterator for Iter<'a> {
    type Item = (&'a HeaderName, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|(name, value)| (name, value.as_slice()))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

impl ExactSizeIterator for Iter<'_> {}

/// The bytes, normalized, of which the caller knows that they have no NUL, CR or LF inside.
#[cfg(feature = "browser")]
fn valid(bytes: Vec<u8>) -> Vec<u8> {
    let normalized = normalize(&bytes).expect("the caller passes no NUL, CR or LF");
    if normalized.len() == bytes.len() { bytes } else { normalized.to_vec() }
}

/// [Normalizes](https://fetch.spec.whatwg.org/#concept-header-value-normalize) bytes, then checks that they are a value.
fn normalize(given: &[u8]) -> Result<&[u8], InvalidHeaderValue> {
    let value = trim_whitespace(given);
    match value.iter().enumerate().find(|(_, byte)| matches!(byte, b'\0' | b'\r' | b'\n')) {
        None => Ok(value),
        Some((at, byte)) => {
            let trimmed = given.len() - trim_whitespace_start(given).len();
            Err(InvalidHeaderValue { byte: *byte, index: trimmed + at })
        }
    }
}

fn join<'a>(mut values: impl Iterator<Item = &'a [u8]>) -> Option<Cow<'a, [u8]>> {
    let first = values.next()?;
    let Some(second) = values.next() else { return Some(Cow::Borrowed(first)) };
    let mut joined = [first, second].join(&b", "[..]);
    for value in values {
        joined.extend_from_slice(b", ");
        joined.extend_from_slice(value);
    }
    Some(Cow::Owned(joined))
}
