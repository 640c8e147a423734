//! Start it with `cargo run --manifest-path examples/Cargo.toml -p crossorigin-configuration-example`, in any folder:
//!
//! ```text
//! APP_CORS__ORIGINS=https://app.example APP_CORS__MAX_AGE=600 cargo run …
//! APP_CORS__ORIGINS=off cargo run …
//! APP_CORS__ORIGINS=https://app.example/ APP_CORS__MAXAGE=10m cargo run …
//! ```
//!
//! It prints the policy, or all errors. A line on standard input makes it read `App.toml` and the variables again, as a server
//! would do when it gets a signal.

use std::{io, process::ExitCode};

use crossorigin::server::SwappablePolicy;
use crossorigin_configuration_example::{load, reload, sources};

fn main() -> ExitCode {
    let sources = sources("App.toml");
    let current = match load(&sources) {
        Ok(policy) => SwappablePolicy::new(policy),
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    println!("{:?}", current.get());
    for _ in io::stdin().lines() {
        match reload(&current, &sources) {
            Ok(()) => println!("{:?}", current.get()),
            Err(error) => eprintln!("{error}\nThe current policy stays."),
        }
    }
    ExitCode::SUCCESS
}
