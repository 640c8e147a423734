//! Laws, each a function of any bytes that panics where the law does not hold. `README.md` says how to run them.

pub mod configuration;
pub mod doors;
pub mod exchange;
pub mod header_list;
pub mod header_values;
pub mod oracle_line;
pub mod origins;
pub mod patterns;
pub mod policy;
pub mod preflight_cache;
pub mod request_headers;
pub mod same_origin;
pub mod words;

mod head;
#[allow(dead_code, reason = "the tests of the crate use all of it, the laws here a part")]
#[path = "../../tests/all/model/mod.rs"]
mod model;
mod server;

/// A law: panics if it does not hold for the bytes.
pub type Law = fn(&[u8]);

/// Every target, and its law.
pub const TARGETS: [(&str, Law); 13] = [
    ("configuration", configuration::law),
    ("doors", doors::law),
    ("exchange", exchange::law),
    ("header_list", header_list::law),
    ("header_values", header_values::law),
    ("oracle_line", oracle_line::law),
    ("origins", origins::law),
    ("patterns", patterns::law),
    ("policy", policy::law),
    ("preflight_cache", preflight_cache::law),
    ("request_headers", request_headers::law),
    ("same_origin", same_origin::law),
    ("words", words::law),
];

/// A program that holds its law against what a fuzzer makes up; built without one, against the files it is given.
#[macro_export]
macro_rules! target {
    ($law:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $law(bytes));

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            for path in std::env::args_os().skip(1) {
                $law(&std::fs::read(path)?);
            }
            Ok(())
        }
    };
}
