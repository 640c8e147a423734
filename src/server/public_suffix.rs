//! Which domains anybody can register a name under.

/// Is the domain a public suffix?
///
/// A single label is one by the default rule of the list. Longer ones are known with the feature `psl` only.
pub(crate) fn is(domain: &str) -> bool {
    #[cfg(feature = "psl")]
    if crate::public_suffix::is_public_suffix(domain) {
        return true;
    }
    !domain.contains('.')
}
