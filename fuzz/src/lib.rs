//! The properties of the fuzz targets, with one function for each target. `README.md` says how to run them.

pub mod capture;
pub mod configuration;
pub mod exchange;
pub mod guard;
pub mod header_list;
pub mod header_values;
pub mod initiators;
pub mod oracle_line;
pub mod origins;
pub mod patterns;
pub mod policy;
pub mod preflight_cache;
pub mod request_headers;
pub mod same_origin;
pub mod words;

mod head;
#[allow(dead_code, reason = "the targets use only a part of it")]
#[path = "../../tests/all/model/mod.rs"]
mod model;
#[allow(dead_code, reason = "the targets use only a part of it")]
#[path = "../../tests/all/properties/player.rs"]
mod player;
mod reference;

/// Panics if a property does not hold for the bytes.
pub type Check = fn(&[u8]);

/// Every target with its check.
pub const TARGETS: [(&str, Check); 21] = [
    ("capture_console", capture::console),
    ("capture_curl_commands", capture::curl_commands),
    ("capture_curl_output", capture::curl_output),
    ("capture_devtools", capture::devtools),
    ("capture_fetch_calls", capture::fetch_calls),
    ("capture_har", capture::har),
    ("capture_http", capture::raw_http),
    ("configuration", configuration::check),
    ("exchange", exchange::check),
    ("guard", guard::check),
    ("header_list", header_list::check),
    ("header_values", header_values::check),
    ("initiators", initiators::check),
    ("oracle_line", oracle_line::check),
    ("origins", origins::check),
    ("patterns", patterns::check),
    ("policy", policy::check),
    ("preflight_cache", preflight_cache::check),
    ("request_headers", request_headers::check),
    ("same_origin", same_origin::check),
    ("words", words::check),
];

/// A program that checks the input of a fuzzer. Built without a fuzzer, it checks the files in its arguments.
#[macro_export]
macro_rules! target {
    ($check:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $check(bytes));

        #[cfg(not(fuzzing))]
        fn main() -> std::io::Result<()> {
            for path in std::env::args_os().skip(1) {
                $check(&std::fs::read(path)?);
            }
            Ok(())
        }
    };
}
