//! The browser side: what a browser does with a request and with the answers to it.

mod cors_check;
mod credentials;
mod cure;
mod door;
mod exchange;
mod fetch_state;
mod http_fetch;
mod location_url;
mod main_fetch;
mod max_age;
mod origin_header;
mod page;
mod phase;
mod preflight_cache;
mod preflight_fetch;
mod profile;
mod reason;
mod redirect_fetch;
mod referrer_policy;
mod request;
mod resource_policy;
mod response;
mod response_filtering;
mod service_worker;
mod step;
mod tao_check;
mod timestamp;
mod trace;
mod url_origin;
mod user_agent;
mod warning;

#[cfg(feature = "oracle")]
pub(crate) use cure::CanonicalName;
pub use cure::Cure;
pub use door::{CrossOriginAttribute, Door, Element, FetchCall, Refusal, RefusalReason, XmlHttpRequest};
pub use exchange::{BodyToSend, Exchange, Failure, OutgoingRequest, RequestKind, ToHttpError};
pub use max_age::{DEFAULT_MAX_AGE, MaxAge};
pub use page::{Page, PartitionKey};
pub use phase::Phase;
pub use preflight_cache::{CacheEntry, CacheLimits, Grant, MAX_KEPT_NAMES, PreflightCache};
pub use profile::{
    CacheKeyOrigin, MaxAgeUpdate, NegativeMaxAge, NetworkErrorClears, Profile, SafelistJudges,
};
pub use reason::Reason;
pub use redirect_fetch::{MAX_REDIRECTS, Redirect};
pub use request::{Body, CredentialsMode, EmbedderPolicy, Mode, RedirectMode, ReferrerPolicy, Request};
pub use response::{NetworkError, Response, ResponseHead, ResponseType};
pub use service_worker::ServiceWorkerResponse;
pub use step::{Outcome, Step};
pub use timestamp::Timestamp;
pub use trace::{AllowedBy, Decision, Finding, PreflightCause};
pub use url_origin::tuple_origin_of;
pub use user_agent::UserAgent;
pub use warning::Warning;
