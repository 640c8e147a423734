//! What a fetch knows while it runs: the standard's request, with all that its algorithms change.

use crate::browser::credentials::RedirectTaint;
use crate::browser::cure::{cure_of_answer, cure_of_preflight, cure_without_answer};
use crate::browser::door::pass_by_profile;
use crate::browser::response::Received;
use crate::browser::trace::{Finding, Trace};
use crate::browser::url_credentials::{PrivateUrl, PrivateUrls, without_credentials};
use crate::browser::{
    CredentialsMode, Cure, Decision, NetworkError, NetworkErrorClears, Phase, PreflightCache,
    PreflightHeaders, Profile, Reason, RedirectHeaders, ReferrerPolicy, Request, ResponseHead, Step,
    UserAgent, Warning,
};
use crate::header_list::HeaderList;
use crate::request_header::{
    CORS_SAFELISTED_TOTAL_LIMIT, CORS_SAFELISTED_VALUE_LIMIT, is_cors_non_wildcard_request_header_name,
    is_request_body_header_name,
};
use crate::standard::{Algorithm, StandardStep};
use http::header::{
    ACCEPT, CONTENT_TYPE, IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE,
};
use http::{HeaderName, Method};
use std::borrow::Cow;
use url::Url;

/// The `Accept` of a request whose page set none.
const ANY_TYPE: &str = "*/*";

/// A request's [response tainting](https://fetch.spec.whatwg.org/#concept-request-response-tainting).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseTainting {
    Basic,
    Cors,
    Opaque,
}

/// A request's [URL list](https://fetch.spec.whatwg.org/#concept-request-url-list), which is never empty.
#[derive(Debug, Clone)]
pub(crate) struct UrlList {
    earlier: Vec<PrivateUrl>,
    current: PrivateUrl,
}

impl UrlList {
    pub(crate) fn new(url: Url) -> Self {
        Self { earlier: Vec::new(), current: PrivateUrl(url) }
    }

    pub(crate) fn current(&self) -> &Url {
        &self.current
    }

    pub(crate) fn append(&mut self, url: Url) {
        self.earlier.push(std::mem::replace(&mut self.current, PrivateUrl(url)));
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Url> {
        self.earlier.iter().chain(std::iter::once(&self.current)).map(|url| &url.0)
    }

    pub(crate) fn redirects(&self) -> usize {
        self.earlier.len()
    }

    pub(crate) fn into_urls(self) -> PrivateUrls {
        PrivateUrls(self.earlier.into_iter().chain(std::iter::once(self.current)).map(|url| url.0).collect())
    }
}

/// What a page set.
#[derive(Debug, Clone)]
pub(crate) struct FirstSet {
    pub(crate) method: Method,
    pub(crate) headers: HeaderList,
}

impl FirstSet {
    fn of(request: &Request) -> Self {
        let mut headers = request.headers.clone();
        if let Some(author_type) = &request.author_type_of_text {
            headers.set_valid(CONTENT_TYPE, author_type.as_bytes());
        }
        Self { method: request.method.clone(), headers }
    }
}

/// Which headers a redirect took.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taken {
    /// Those that describe the body.
    pub(crate) of_body: bool,
    pub(crate) authorization: bool,
}

impl Taken {
    pub(crate) fn includes(self, name: &HeaderName) -> bool {
        self.of_body && is_request_body_header_name(name)
            || self.authorization && is_cors_non_wildcard_request_header_name(name)
    }
}

/// A fetch in progress.
#[derive(Debug, Clone)]
pub(crate) struct Fetch {
    /// Permissions that serve this fetch alone.
    pub(crate) own_cache: Option<Box<PreflightCache>>,
    /// The request; its method, headers, body and referrer policy change with redirects, its URL does not.
    pub(crate) request: Request,
    pub(crate) url_list: UrlList,
    pub(crate) tainting: ResponseTainting,
    pub(crate) timing_allow_failed: bool,
    /// A main fetch of this fetch, this one or one that redirected to it, runs with preflight: a network error clears
    /// cache entries.
    pub(crate) ran_with_preflight: bool,
    /// Method and headers as the page set them, where the profile looks back at them.
    pub(crate) first: Option<Box<FirstSet>>,
    /// What the last redirect took.
    pub(crate) taken: Taken,
    /// A preflight asks for the type of a body that is gone, as the last one did.
    pub(crate) asks_for_lost_type: bool,
    /// A redirect made it a `GET`.
    pub(crate) became_get: bool,
    /// The referrer policy before any redirect.
    pub(crate) first_referrer_policy: ReferrerPolicy,
    /// An `Origin` outside CORS has gone out, and only redirects of one origin have followed.
    pub(crate) origin_went_out: bool,
    /// How the fetch ends instead of the next actual request: the last answer was refused, but the profile makes the
    /// preflight for where it redirects to first.
    refused: Option<Box<NetworkErrorParts>>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) trace: Trace,
}

impl Fetch {
    pub(crate) fn new(mut request: Request, user_agent: &mut UserAgent) -> Self {
        let profile = user_agent.profile();
        pass_by_profile(&mut request, profile);
        let warnings = std::mem::take(&mut request.warnings);
        let looks_back = profile.preflight.headers != PreflightHeaders::Left
            || profile.redirect.headers != RedirectHeaders::Left;
        let first = looks_back.then(|| FirstSet::of(&request).into());
        Self {
            own_cache: None,
            url_list: UrlList::new(request.url.clone()),
            first,
            taken: Taken::default(),
            asks_for_lost_type: false,
            became_get: false,
            first_referrer_policy: request.referrer_policy,
            request,
            tainting: ResponseTainting::Basic,
            timing_allow_failed: false,
            ran_with_preflight: false,
            origin_went_out: false,
            refused: None,
            warnings,
            trace: Trace::new(user_agent.keeps_trace()),
        }
    }

    /// How many redirects have been followed. The standard's redirect count is the same number.
    pub(crate) fn hop(&self) -> usize {
        self.url_list.redirects()
    }

    pub(crate) fn current_url(&self) -> &Url {
        self.url_list.current()
    }

    /// Whether the credentials mode is "include".
    pub(crate) fn includes_credentials_mode(&self) -> bool {
        self.request.credentials == CredentialsMode::Include
    }

    /// [Serializing a request origin](https://fetch.spec.whatwg.org/#serializing-a-request-origin).
    pub(crate) fn serialized_origin(&self) -> &str {
        self.serialized_origin_at(self.hop())
    }

    /// The same as it was after that many redirects.
    pub(crate) fn serialized_origin_at(&self, hop: usize) -> &str {
        // Step 2: a redirect-taint other than "same-origin" makes it `null`. Step 3: otherwise, the origin itself.
        if self.redirect_taint_at(hop) == RedirectTaint::SameOrigin {
            self.request.origin.serialize()
        } else {
            "null"
        }
    }

    /// [CORS-unsafe request-header names](https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names) with the
    /// request's header list.
    pub(crate) fn cors_unsafe_request_header_names(&self, profile: &Profile) -> Vec<HeaderName> {
        let mut names =
            profile.request_headers.cors_unsafe_request_header_names(&self.headers_to_judge(profile));
        names.retain(|name| self.is_asked_for(profile, name));
        // Then there is no other name.
        names.extend(self.asks_for_lost_type.then_some(CONTENT_TYPE));
        names
    }

    /// The same names in no order, and some more than once, without a list of them.
    pub(crate) fn each_unsafe_name(&self, profile: &Profile, mut found: impl FnMut(&HeaderName)) {
        profile.request_headers.each_unsafe_name(&self.headers_to_judge(profile), |name| {
            if self.is_asked_for(profile, name) {
                found(name);
            }
        });
        if self.asks_for_lost_type {
            found(&CONTENT_TYPE);
        }
    }

    fn is_asked_for(&self, profile: &Profile, name: &HeaderName) -> bool {
        profile.preflight.headers != PreflightHeaders::FirstSetButLastTaken || !self.taken.includes(name)
    }

    /// Whether a preflight is needed for headers.
    pub(crate) fn has_unsafe_headers(&self, profile: &Profile) -> bool {
        let mut has_unsafe = false;
        profile.request_headers.each_unsafe_name(&self.headers_to_judge(profile), |_| has_unsafe = true);
        has_unsafe
    }

    /// The header list that a preflight is about: the request's own, or where the profile looks back, the one that the
    /// page set.
    pub(crate) fn headers_to_permit(&self, profile: &Profile) -> &HeaderList {
        match &self.first {
            Some(first) if profile.preflight.headers != PreflightHeaders::Left => &first.headers,
            _ => &self.request.headers,
        }
    }

    /// The same as it is when its names are judged.
    ///
    /// The embedder's HTTP client says what it accepts where the page does not. By the text that happens before main fetch,
    /// and so it counts where the safelisted values are nearly too long together; otherwise it makes no difference.
    pub(crate) fn headers_to_judge(&self, profile: &Profile) -> Cow<'_, HeaderList> {
        let headers = self.headers_to_permit(profile);
        let lengths = headers.iter().map(|(_, value)| value.len());
        let length = lengths.filter(|length| *length <= CORS_SAFELISTED_VALUE_LIMIT).sum::<usize>();
        if length.saturating_add(ANY_TYPE.len()) <= CORS_SAFELISTED_TOTAL_LIMIT || headers.contains(&ACCEPT) {
            return Cow::Borrowed(headers);
        }
        // Fetch, step 12: it does not contain `Accept`. Steps 12.1 and 12.4: append `*/*`.
        let mut headers = headers.clone();
        headers.push_valid(ACCEPT, ANY_TYPE);
        Cow::Owned(headers)
    }

    /// A redirect has taken the body, and where the profile does not take it for a header, the type that the body brought
    /// to an `XMLHttpRequest` is gone for good.
    pub(crate) fn lose_type_of_body(&mut self, profile: &Profile) {
        let is_lost = self.request.has_type_of_body && !profile.redirect.body_type_is_a_header;
        let Some(first) = self.first.as_mut().filter(|_| is_lost) else { return };
        let mut was_unsafe = false;
        profile.request_headers.each_unsafe_name(&first.headers, |name| was_unsafe |= *name == CONTENT_TYPE);
        first.headers.delete(&CONTENT_TYPE);
        self.request.has_type_of_body = false;
        // A preflight that would otherwise not have to be says once more what the last one said.
        let asks_otherwise = self.request.use_cors_preflight || self.has_unsafe_headers(profile);
        self.asks_for_lost_type = was_unsafe && self.ran_with_preflight && !asks_otherwise;
    }

    /// Whether the page asks for an answer only under a condition.
    pub(crate) fn is_conditional(&self) -> bool {
        let conditions = [IF_MATCH, IF_MODIFIED_SINCE, IF_NONE_MATCH, IF_RANGE, IF_UNMODIFIED_SINCE];
        self.request.headers.iter().any(|(name, _)| conditions.contains(name))
    }

    /// The use-CORS-preflight flag is set, or the profile repeats a preflight at every redirect.
    pub(crate) fn forces_preflight(&self, profile: &Profile) -> bool {
        self.request.use_cors_preflight || self.repeats_preflight(profile)
    }

    pub(crate) fn repeats_preflight(&self, profile: &Profile) -> bool {
        self.ran_with_preflight && profile.preflight.stays && self.hop() > 0
    }

    /// Notes what a step found. Where no trace is kept, nobody asks for it.
    pub(crate) fn note(
        &mut self,
        (algorithm, number): (Algorithm, &'static str),
        finding: impl FnOnce(&Self) -> Finding,
    ) {
        let Some(mut decisions) = self.trace.0.take() else { return };
        let step = StandardStep::new(algorithm, number);
        decisions.push(Decision { hop: self.hop(), step, finding: finding(self) });
        self.trace.0 = Some(decisions);
    }

    pub(crate) fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Ends in a network error that no answer had a part in.
    pub(crate) fn fail(self: Box<Self>, user_agent: &mut UserAgent, phase: Phase, reason: Reason) -> Step {
        let cure = cure_without_answer(&reason);
        let parts = self.parts(phase, reason, Vec::new(), cure);
        self.end(user_agent, parts)
    }

    /// Ends in a network error because of the answer to the actual request.
    pub(crate) fn refuse_answer(
        self: Box<Self>,
        user_agent: &mut UserAgent,
        phase: Phase,
        reason: Reason,
        response: &Received,
    ) -> Step {
        let parts = self.parts_of_answer(user_agent.profile(), phase, reason, response);
        self.end(user_agent, parts)
    }

    /// Ends so too, but only when the next actual request would go out.
    pub(crate) fn refuse_later(
        &mut self,
        profile: &Profile,
        phase: Phase,
        reason: Reason,
        response: &Received,
    ) {
        let step = reason.step();
        self.note((step.algorithm(), step.number()), |_| Finding::RefusedLater);
        self.refused = Some(self.parts_of_answer(profile, phase, reason, response).into());
    }

    /// HTTP fetch, step 4.3: the actual request, if there is to be one.
    pub(crate) fn go_on(mut self: Box<Self>, user_agent: &mut UserAgent) -> Step {
        match self.refused.take() {
            Some(refused) => self.end(user_agent, *refused),
            None => self.send_actual(user_agent),
        }
    }

    /// Ends in a network error because of the answer to a preflight.
    pub(crate) fn refuse_preflight(
        self: Box<Self>,
        user_agent: &mut UserAgent,
        reason: Reason,
        also: Vec<Reason>,
        response: &ResponseHead,
    ) -> Step {
        let cure = cure_of_preflight(&self, user_agent.profile(), response);
        let parts = self.parts(Phase::Preflight, reason, also, cure);
        self.end(user_agent, parts)
    }

    fn parts_of_answer(
        &self,
        profile: &Profile,
        phase: Phase,
        reason: Reason,
        response: &Received,
    ) -> NetworkErrorParts {
        let then = self.redirect_refusal(profile, response);
        let cure = cure_of_answer(self, profile, &reason, then.as_ref(), &response.head);
        let also = then.into_iter().filter(|then| *then != reason).collect();
        self.parts(phase, reason, also, cure)
    }

    fn parts(&self, phase: Phase, reason: Reason, also: Vec<Reason>, cure: Cure) -> NetworkErrorParts {
        NetworkErrorParts {
            phase,
            reason,
            also,
            cure,
            hop: self.hop(),
            url: without_credentials(self.current_url().clone()),
        }
    }

    fn end(mut self: Box<Self>, user_agent: &mut UserAgent, parts: NetworkErrorParts) -> Step {
        // Main fetch, step 12.3: a network error of a fetch with preflight clears cache entries.
        let rules = user_agent.profile().cache;
        let any_clears = !rules.only_preflighted_clear && self.tainting == ResponseTainting::Cors;
        let is_exempt =
            matches!(parts.reason, Reason::RedirectModeError { .. }) && !rules.redirect_mode_error_clears;
        if (self.ran_with_preflight || any_clears) && !is_exempt {
            match rules.network_error_clears {
                NetworkErrorClears::Nothing => {}
                NetworkErrorClears::CurrentUrl => {
                    let hop = self.hop();
                    user_agent.clear_cache_entries(&mut self, hop);
                }
                NetworkErrorClears::EveryUrl => {
                    for hop in 0..=self.hop() {
                        user_agent.clear_cache_entries(&mut self, hop);
                    }
                }
            }
        }
        let NetworkErrorParts { phase, reason, also, cure, hop, url } = parts;
        Step::Done(Err(NetworkError {
            phase,
            reason,
            also,
            cure,
            hop,
            url,
            warnings: self.warnings,
            trace: self.trace,
        }
        .into()))
    }
}

#[derive(Debug, Clone)]
struct NetworkErrorParts {
    phase: Phase,
    reason: Reason,
    also: Vec<Reason>,
    cure: Cure,
    hop: usize,
    url: Url,
}
