//! Header lists: the header lines of a request or response in their order, as Fetch has them.
//!
//! ```
//! use crossorigin::{header_list::HeaderList, http::header::VARY};
//!
//! let mut headers = HeaderList::new();
//! headers.append(VARY, "Origin")?;
//! headers.append(VARY, "Accept-Encoding")?;
//! assert_eq!(headers.get(&VARY).as_deref(), Some(&b"Origin, Accept-Encoding"[..]));
//! # Ok::<(), crossorigin::header_list::InvalidHeaderValue>(())
//! ```

use std::{borrow::Cow, slice};

use http::{HeaderName, header::SET_COOKIE};

use crate::bytes::{DisplayByte, trim_whitespace, trim_whitespace_start};

#[cfg(feature = "browser")]
mod browser;
mod convert;
mod split;

#[cfg(feature = "browser")]
pub(crate) use self::browser::is_header_value;
pub use self::convert::HeaderMapError;
pub(crate) use self::split::get_decode_and_split_value;

/// A [header list](https://fetch.spec.whatwg.org/#concept-header-list): lines of a name and a value, in
/// order.
///
/// It differs from an [`http::HeaderMap`] in two ways:
/// - Lines of different names keep their order. The CORS safelist looks at each line, the CORS check at the
///   combination of all lines of a name.
/// - A value can have any byte except NUL, CR and LF, without whitespace around it. [`http::HeaderValue`]
///   also refuses other control characters, such as 0x0B and 0x7F.
///
/// Values are bytes, not text. Names are in lower case, as [`HeaderName`] keeps them. `From` and `TryFrom`
/// convert from and to an [`http::HeaderMap`].
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

/// The error for bytes that are not a [header value](https://fetch.spec.whatwg.org/#header-value): there is a
/// NUL, CR or LF inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{} at byte {index} is not allowed in a header value", DisplayByte(*.byte))]
#[non_exhaustive]
pub struct InvalidHeaderValue {
    /// The first invalid byte.
    pub byte: u8,
    /// The index of the byte in the value as it was passed, from 0.
    pub index: usize,
}

impl HeaderList {
    /// Creates a list without lines.
    #[must_use]
    pub const fn new() -> Self {
        Self { lines: Vec::new() }
    }

    /// [Appends](Self::append) a line whose value has no NUL, CR or LF, as the caller knows: the value was
    /// checked, comes from another header list, or is a constant of the protocol.
    #[cfg(feature = "browser")]
    pub(crate) fn push_valid(&mut self, name: HeaderName, value: impl Into<Vec<u8>>) {
        self.lines.push((name, valid(value.into())));
    }

    /// [Appends](https://fetch.spec.whatwg.org/#concept-header-list-append) a line.
    ///
    /// The value is [normalized](https://fetch.spec.whatwg.org/#concept-header-value-normalize) first, here
    /// and in [`set`](Self::set) and [`combine`](Self::combine): tabs, spaces, CR and LF around it are
    /// removed.
    ///
    /// # Errors
    /// There is a NUL, CR or LF inside the value. The list does not change.
    pub fn append(&mut self, name: HeaderName, value: impl AsRef<[u8]>) -> Result<(), InvalidHeaderValue> {
        let value = normalize(value.as_ref())?;
        // Step 1 does nothing, because a `HeaderName` is in lower case. Step 2: the new line is the last.
        self.lines.push((name, value.to_vec()));
        Ok(())
    }

    /// [Sets](https://fetch.spec.whatwg.org/#concept-header-list-set) a header: the first line of this name
    /// gets the value, and the other lines of this name are removed. If there is no such line, it appends
    /// one.
    ///
    /// # Errors
    /// There is a NUL, CR or LF inside the value. The list does not change.
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
    /// does: the first line of this name gets a comma, a space and the value added. If there is no such line,
    /// it appends one.
    ///
    /// # Errors
    /// There is a NUL, CR or LF inside the value. The list does not change.
    pub fn combine(&mut self, name: HeaderName, value: impl AsRef<[u8]>) -> Result<(), InvalidHeaderValue> {
        let value = normalize(value.as_ref())?;
        match self.first_mut(&name) {
            // Step 1: if there is such a line, the first one gets the value added.
            Some(first) => {
                first.extend_from_slice(b", ");
                first.extend_from_slice(value);
            }
            // Step 2: otherwise a new line.
            None => self.lines.push((name, value.to_vec())),
        }
        Ok(())
    }

    /// [Deletes](https://fetch.spec.whatwg.org/#concept-header-list-delete) all lines of a name.
    pub fn delete(&mut self, name: &HeaderName) {
        self.lines.retain(|line| line.0 != *name);
    }

    /// Returns whether there is a line of this name.
    #[must_use]
    pub fn contains(&self, name: &HeaderName) -> bool {
        self.lines(name).next().is_some()
    }

    /// [Gets](https://fetch.spec.whatwg.org/#concept-header-list-get) the combined value of a name: the
    /// values of all its lines, joined by a comma and a space. `None` if there is no line.
    ///
    /// It allocates only if there are several lines.
    #[must_use]
    pub fn get(&self, name: &HeaderName) -> Option<Cow<'_, [u8]>> {
        // Step 1: no line, no value. Step 2: the values in order, joined.
        join(self.lines(name))
    }

    /// [Gets, decodes and splits](https://fetch.spec.whatwg.org/#concept-header-list-get-decode-split) the
    /// combined value of a name at the commas outside quoted strings. `None` if there is no line.
    ///
    /// The parts are bytes. The standard's isomorphic decoding is left to the caller.
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

    /// [Sorts and combines](https://fetch.spec.whatwg.org/#concept-header-list-sort-and-combine) the list:
    /// names in the order of their bytes, each with its combined value. Only `Set-Cookie` keeps its lines.
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

    /// The values of the lines of a name, in order.
    pub fn lines(&self, name: &HeaderName) -> impl Iterator<Item = &[u8]> {
        self.iter().filter_map(move |(other, value)| (other == name).then_some(value))
    }

    /// All lines, as names and values, in order.
    #[must_use]
    pub fn iter(&self) -> Iter<'_> {
        Iter(self.lines.iter())
    }

    /// Returns the number of lines.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Returns whether the list has no lines.
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

/// The iterator over the lines of a [`HeaderList`], in order. See [`HeaderList::iter`].
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

/// Normalizes bytes that have no NUL, CR or LF, as the caller knows.
#[cfg(feature = "browser")]
fn valid(bytes: Vec<u8>) -> Vec<u8> {
    let normalized = normalize(&bytes).expect("the caller passes no NUL, CR or LF");
    if normalized.len() == bytes.len() { bytes } else { normalized.to_vec() }
}

/// [Normalizes](https://fetch.spec.whatwg.org/#concept-header-value-normalize) bytes, then checks that they
/// are a header value.
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
