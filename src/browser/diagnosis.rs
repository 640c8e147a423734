//! Why a fetch failed, and what to do about it: reasons, warnings, refusals, fixes, and the trace.
//!
//! Nothing here knows the states of a fetch or the cache.

mod exception;
mod fix;
mod reason;
mod refusal;
mod refused;
mod trace;
mod warning;

pub use exception::Exception;
pub(crate) use fix::{CanonicalName, RequestChange, ResponseChange, enumerated};
pub use fix::{Fix, Side};
pub use reason::Reason;
pub use refusal::{Refusal, RefusalReason};
pub use refused::Phase;
pub(crate) use refused::Refused;
pub(crate) use trace::Trace;
pub use trace::{AllowedBy, Finding, PreflightCause, TraceEntry};
pub use warning::{CookieProblem, Warning};
