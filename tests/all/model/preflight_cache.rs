//! The CORS-preflight cache: a list of entries.

use super::{
    Browser, Bytes, CacheEntry, Request, headers::is_byte_case_insensitive_match,
    origin::byte_serialize_a_request_origin, preflight::is_cors_non_wildcard_request_header_name,
};

impl Browser {
    /// Cache entries must be removed after the seconds specified in their max-age field have passed since
    /// storing the entry. So this runs whenever the cache is looked at.
    pub(crate) fn remove_expired_entries(&mut self) {
        let now = self.now;
        self.cors_preflight_cache.retain(|entry| now - entry.stored < entry.max_age);
    }

    /// Create a new cache entry.
    pub(crate) fn create_a_new_cache_entry(
        &mut self,
        request: &Request,
        max_age: u64,
        method: Option<Bytes>,
        header_name: Option<Bytes>,
    ) {
        // 1. Let entry be a cache entry, initialized as follows:
        let entry = CacheEntry {
            key: request.network_partition_key(),
            byte_serialized_origin: byte_serialize_a_request_origin(request),
            url: request.current_url().to_string(),
            max_age,
            credentials: request.credentials_mode == "include",
            method,
            header_name,
            stored: self.now,
        };
        // 2. Append entry to the user agent's CORS-preflight cache.
        self.cors_preflight_cache.push(entry);
    }

    /// Clear cache entries, given a request.
    pub(crate) fn clear_cache_entries(&mut self, request: &Request) {
        self.cors_preflight_cache.retain(|entry| {
            !(entry.key == request.network_partition_key()
                && entry.byte_serialized_origin == byte_serialize_a_request_origin(request)
                && entry.url == request.current_url().as_str())
        });
    }

    /// There is a method cache entry match for method using request.
    pub(crate) fn method_cache_entry_match(&mut self, method: &[u8], request: &Request) -> bool {
        self.remove_expired_entries();
        self.cors_preflight_cache.iter().any(|entry| method_matches(entry, method, request))
    }

    /// There is a header-name cache entry match for headerName using request.
    pub(crate) fn header_name_cache_entry_match(&mut self, header_name: &[u8], request: &Request) -> bool {
        self.remove_expired_entries();
        self.cors_preflight_cache.iter().any(|entry| header_name_matches(entry, header_name, request))
    }

    /// CORS-preflight fetch 7.12: set matching entry's max-age.
    pub(crate) fn set_max_age_of_matching_methods(&mut self, method: &[u8], request: &Request, max_age: u64) {
        for entry in &mut self.cors_preflight_cache {
            if method_matches(entry, method, request) {
                entry.max_age = max_age;
            }
        }
    }

    /// CORS-preflight fetch 7.14: set matching entry's max-age.
    pub(crate) fn set_max_age_of_matching_header_names(
        &mut self,
        header_name: &[u8],
        request: &Request,
        max_age: u64,
    ) {
        for entry in &mut self.cors_preflight_cache {
            if header_name_matches(entry, header_name, request) {
                entry.max_age = max_age;
            }
        }
    }
}

/// Cache entry match.
fn cache_entry_match(entry: &CacheEntry, request: &Request) -> bool {
    entry.key == request.network_partition_key()
        && entry.byte_serialized_origin == byte_serialize_a_request_origin(request)
        && entry.url == request.current_url().as_str()
        // entry's credentials is true; or it is false and request's credentials mode is not "include"
        && (entry.credentials || request.credentials_mode != "include")
}

fn method_matches(entry: &CacheEntry, method: &[u8], request: &Request) -> bool {
    let Some(entry_method) = &entry.method else { return false };
    // Its method is method or `*`.
    cache_entry_match(entry, request) && (entry_method == method || entry_method == b"*")
}

fn header_name_matches(entry: &CacheEntry, header_name: &[u8], request: &Request) -> bool {
    let Some(entry_name) = &entry.header_name else { return false };
    cache_entry_match(entry, request)
        // its header name is a byte-case-insensitive match for headerName
        && (is_byte_case_insensitive_match(entry_name, header_name)
            // its header name is `*` and headerName is not a CORS non-wildcard request-header name
            || (entry_name == b"*" && !is_cors_non_wildcard_request_header_name(header_name)))
}
