//! Everything that a decision needs, precomputed when a policy is built.

use std::fmt;

use http::{
    HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, VARY,
    },
};

use super::{
    allowed_names::AllowedNames,
    origin_index::OriginIndex,
    pattern::OriginPattern,
    settings::{ANY, CheckedList, List, Settings},
    validate::Checked,
    vary::VaryMembers,
    warning::PolicyWarning,
};

/// The value of `Access-Control-Allow-Origin` for any origin, and the placeholder for the origin of a
/// request.
pub(crate) static ANY_ORIGIN: HeaderValue = HeaderValue::from_static(ANY);

/// A validated configuration, in forms that are fast to look up.
pub(crate) struct Rules {
    pub(crate) settings: Settings,
    pub(crate) any_origin: bool,
    /// In the order of the configuration.
    pub(crate) patterns: Vec<OriginPattern>,
    pub(crate) origins: OriginIndex,
    pub(crate) methods: CheckedList<Method>,
    pub(crate) headers: AllowedNames,
    pub(crate) preflight_status: StatusCode,
    pub(crate) refusal_status: StatusCode,
    pub(crate) prepared: PreparedHeaders,
    pub(crate) warnings: Vec<PolicyWarning>,
}

/// The headers of responses that share something. They are the same in every response, except the origin and
/// some headers of some preflights. One map for each kind of response, because copying a map takes less time
/// than filling an empty one.
pub(crate) struct PreparedHeaders {
    pub(crate) actual: HeaderMap,
    /// The members of `Vary` in `actual`.
    pub(crate) vary: VaryMembers,
    pub(crate) preflight: HeaderMap,
    /// The members of `Vary` in `preflight`.
    pub(crate) preflight_vary: VaryMembers,
}

impl Rules {
    pub(crate) fn new(checked: Checked) -> Self {
        let Checked { settings, origins, methods, headers, preflight_status, refusal_status, warnings } =
            checked;
        let headers = AllowedNames::new(&headers, settings.credentials);
        let prepared = PreparedHeaders::new(&settings, methods.any, &headers, origins.any);
        Self {
            any_origin: origins.any,
            origins: OriginIndex::new(&origins.items),
            patterns: origins.items,
            headers,
            settings,
            methods,
            preflight_status,
            refusal_status,
            prepared,
            warnings,
        }
    }

    /// Returns whether the response is the same for every origin and without `Origin`: `*`, without
    /// credentials.
    pub(crate) fn shares_with_all(&self) -> bool {
        self.any_origin && !self.settings.credentials
    }
}

/// Prints the settings only, because the rest follows from them.
impl fmt::Debug for Rules {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

impl PreparedHeaders {
    fn new(settings: &Settings, any_method: bool, names: &AllowedNames, any_origin: bool) -> Self {
        let mut both = HeaderMap::new();
        // First, because `CorsHeaders::all_headers` searches for it from the front.
        both.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN.clone());
        if settings.credentials {
            both.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        // With credentials, browsers take `*` as the name of a method or header. Responses echo the requested
        // names instead.
        let methods = joined(&settings.methods).filter(|_| !settings.credentials || !any_method);
        let headers = joined(&settings.headers).filter(|_| !settings.credentials || !names.any);
        let vary = if any_origin && !settings.credentials { VaryMembers::NONE } else { VaryMembers::ORIGIN };
        // A preflight is accepted because of its origin, its method and, except if any is allowed by a `*`, its
        // names.
        let by_names = if names.are_wildcard { VaryMembers::NONE } else { VaryMembers::REQUEST_HEADERS };
        let by_network = match settings.private_network {
            true => VaryMembers::REQUEST_PRIVATE_NETWORK,
            false => VaryMembers::NONE,
        };
        let preflight_vary = VaryMembers::OF_PREFLIGHT.with(by_names).with(by_network);
        let with_lines = |vary: VaryMembers, lines: Vec<(HeaderName, Option<HeaderValue>)>| {
            let mut headers = both.clone();
            headers.extend(lines.into_iter().filter_map(|(name, value)| Some((name, value?))));
            headers.extend(vary.value().map(|value| (VARY, value.clone())));
            // The first clone of a value allocates the reference count of all its clones: here, not in the
            // first request.
            drop(headers.clone());
            headers
        };
        Self {
            actual: with_lines(vary, vec![(ACCESS_CONTROL_EXPOSE_HEADERS, joined(&settings.expose))]),
            vary,
            preflight: with_lines(
                preflight_vary,
                vec![
                    (ACCESS_CONTROL_ALLOW_METHODS, methods),
                    (ACCESS_CONTROL_ALLOW_HEADERS, headers),
                    (ACCESS_CONTROL_MAX_AGE, settings.max_age.map(HeaderValue::from)),
                ],
            ),
            preflight_vary,
        }
    }
}

fn joined(list: &List) -> Option<HeaderValue> {
    let texts: Vec<_> = list.iter().map(String::as_str).collect();
    let value = || HeaderValue::try_from(texts.join(", ")).expect("tokens and commas are a header value");
    (!texts.is_empty()).then(value)
}
