//! The standard's request while it is fetched: the state that the algorithms read and change, and the
//! standard's algorithms that only read it. Nothing here depends on an engine.

mod default_accept;
mod redirect_taint;
mod request_origin;
mod url_list;

pub(crate) use default_accept::with_default_accept;
use http::Method;
pub use redirect_taint::RedirectTaint;
use url::Url;
pub(crate) use url_list::UrlList;

use crate::{
    browser::{
        address_space::AddressSpace,
        destination::Destination,
        embedder_policy::EmbedderPolicy,
        initiators::Initiator,
        modes::{Body, CacheMode, CredentialsMode, Mode, RedirectMode, UserInvolvement},
        partition_key::PartitionKey,
        permission::ClientNetwork,
        referrer::{ClientUrls, Referrer},
        referrer_policy::ReferrerPolicy,
        request::Request,
    },
    header_list::HeaderList,
    origin::Origin,
};

/// A request's [response tainting](https://fetch.spec.whatwg.org/#concept-request-response-tainting).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ResponseTainting {
    Basic,
    Cors,
    Opaque,
}

/// A [request](https://fetch.spec.whatwg.org/#concept-request) while it is fetched. Redirects change its
/// method, header list, body, referrer policy and URL list.
#[derive(Debug, Clone)]
pub(crate) struct CurrentRequest {
    pub(crate) method: Method,
    pub(crate) url_list: UrlList,
    /// The author's header list. It never contains the headers that the protocol adds.
    pub(crate) headers: HeaderList,
    pub(crate) origin: Origin,
    pub(crate) mode: Mode,
    pub(crate) credentials: CredentialsMode,
    pub(crate) redirect: RedirectMode,
    pub(crate) cache: CacheMode,
    pub(crate) destination: Destination,
    pub(crate) initiator: Option<Initiator>,
    pub(crate) user_involvement: UserInvolvement,
    pub(crate) body: Body,
    pub(crate) referrer: Referrer,
    pub(crate) client: ClientUrls,
    pub(crate) referrer_policy: ReferrerPolicy,
    pub(crate) embedder_policy: EmbedderPolicy,
    pub(crate) unsafe_request: bool,
    pub(crate) use_cors_preflight: bool,
    pub(crate) partition: Option<PartitionKey>,
    pub(crate) target_address_space: Option<AddressSpace>,
    pub(crate) network: ClientNetwork,
    pub(crate) tainting: ResponseTainting,
    pub(crate) timing_allow_failed: bool,
}

impl CurrentRequest {
    /// The state of a request when its fetch starts.
    pub(crate) fn new(request: Request) -> Self {
        Self {
            method: request.method,
            url_list: UrlList::new(request.url),
            headers: request.headers,
            origin: request.origin,
            mode: request.mode,
            credentials: request.credentials,
            redirect: request.redirect,
            cache: request.cache,
            destination: request.destination,
            initiator: request.construction.initiator,
            user_involvement: request.user_involvement,
            body: request.body,
            referrer: request.referrer,
            client: request.client,
            referrer_policy: request.referrer_policy,
            embedder_policy: request.embedder_policy,
            unsafe_request: request.unsafe_request,
            use_cors_preflight: request.use_cors_preflight,
            partition: request.partition,
            target_address_space: request.target_address_space,
            network: request.network,
            tainting: ResponseTainting::Basic,
            timing_allow_failed: false,
        }
    }

    /// The [current URL](https://fetch.spec.whatwg.org/#concept-request-current-url).
    pub(crate) fn current_url(&self) -> &Url {
        self.url_list.current()
    }

    /// The [redirect count](https://fetch.spec.whatwg.org/#concept-request-redirect-count): the number of
    /// redirects that the fetch has followed.
    pub(crate) fn redirect_count(&self) -> usize {
        self.url_list.redirects()
    }

    /// Returns whether the credentials mode is "include".
    pub(crate) fn includes_credentials_mode(&self) -> bool {
        self.credentials == CredentialsMode::Include
    }
}
