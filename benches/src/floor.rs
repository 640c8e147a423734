//! The floor: the work that every server needs, which is inserting the headers of a response and hashing the
//! origin.

use std::{
    hash::{DefaultHasher, Hasher},
    hint::black_box,
};

use crossorigin::http::{HeaderMap, HeaderName, HeaderValue};

/// The headers of a response, ready to be inserted into a map.
pub struct Floor {
    origin: Vec<u8>,
    lines: Vec<(HeaderName, HeaderValue)>,
}

impl Floor {
    pub fn new(origin: &[u8], response: &HeaderMap) -> Self {
        let lines = response.iter().map(|(name, value)| (name.clone(), value.clone()));
        Self { origin: origin.to_vec(), lines: lines.collect() }
    }

    pub fn put_into(&self, response: &mut HeaderMap) {
        if !self.origin.is_empty() {
            let mut hasher = DefaultHasher::new();
            hasher.write(black_box(&self.origin));
            black_box(hasher.finish());
        }
        for (name, value) in &self.lines {
            response.insert(name.clone(), value.clone());
        }
    }
}
