//! The headers of answers that share something, made when the policy is: but for the origin, and for what some preflights
//! get besides, they are the same in every answer.

use http::{
    HeaderMap, HeaderName, HeaderValue,
    header::{
        ACCESS_CONTROL_ALLOW_CREDENTIALS, ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS,
        ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS, ACCESS_CONTROL_MAX_AGE, VARY,
    },
};

use super::{
    settings::{AsText, Listed, Settings},
    vary::VaryMembers,
};

/// `Access-Control-Allow-Origin` for everybody, and where the origin of the request will stand.
pub(crate) static ANY_ORIGIN: HeaderValue = HeaderValue::from_static("*");

/// One map for each kind of answer: to copy it takes less than to put its headers into an empty one.
pub(crate) struct ReadyAnswers {
    pub(crate) actual: HeaderMap,
    pub(crate) preflight: HeaderMap,
    /// The `Vary` in both.
    pub(crate) vary: VaryMembers,
}

impl ReadyAnswers {
    pub(crate) fn new(settings: &Settings) -> Self {
        let mut both = HeaderMap::new();
        // First, since it is looked for from there, to be replaced by the origin of a request.
        both.insert(ACCESS_CONTROL_ALLOW_ORIGIN, ANY_ORIGIN.clone());
        if settings.credentials {
            both.insert(ACCESS_CONTROL_ALLOW_CREDENTIALS, HeaderValue::from_static("true"));
        }
        // With credentials `*` would be the name of a method or header; what was asked for is sent instead.
        let constant = !settings.credentials;
        let methods = joined(&settings.methods).filter(|_| constant || !settings.methods.any);
        let headers = joined(&settings.headers).filter(|_| constant || !settings.headers.any);
        let vary = if settings.shares_with_all() { VaryMembers::NONE } else { VaryMembers::ORIGIN };
        let answer = |lines: Vec<(HeaderName, Option<HeaderValue>)>| {
            let mut answer = both.clone();
            answer.extend(lines.into_iter().filter_map(|(name, value)| Some((name, value?))));
            answer.extend(vary.value().map(|value| (VARY, value.clone())));
            // The first clone of a value allocates what all its clones share. It happens here, not in the first request.
            drop(answer.clone());
            answer
        };
        Self {
            actual: answer(vec![(ACCESS_CONTROL_EXPOSE_HEADERS, joined(&settings.expose))]),
            preflight: answer(vec![
                (ACCESS_CONTROL_ALLOW_METHODS, methods),
                (ACCESS_CONTROL_ALLOW_HEADERS, headers),
                (ACCESS_CONTROL_MAX_AGE, settings.max_age.map(HeaderValue::from)),
            ]),
            vary,
        }
    }
}

fn joined<T: AsText>(list: &Listed<T>) -> Option<HeaderValue> {
    let texts: Vec<_> = list.texts().collect();
    // Tokens and commas are a valid value: this never fails.
    HeaderValue::try_from(texts.join(", ")).ok().filter(|_| !texts.is_empty())
}
