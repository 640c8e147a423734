//! Captures are input from outside: whatever is in them, there is no panic, and the output is safe. The fuzz targets do the same
//! with more inputs; here are the changed seeds of those targets.

use std::{fs, path::Path};

use crossorigin_cli::import::{Format, Options, read_as};

const SEEDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../fuzz/seeds");

const FORMATS: [(&str, Format); 7] = [
    ("capture_har", Format::Har),
    ("capture_devtools", Format::DevTools),
    ("capture_fetch_calls", Format::FetchCalls),
    ("capture_curl_output", Format::CurlOutput),
    ("capture_curl_commands", Format::CurlCommands),
    ("capture_http", Format::RawHttp),
    ("capture_console", Format::Console),
];

/// How often each seed is changed; `CROSSORIGIN_CASES` multiplies it, if it is a whole number.
const CHANGES: usize = 20;

/// Pieces that mean something in one of the formats.
const PIECES: [&str; 16] = [
    "\n",
    "\r\n",
    "\0",
    "\u{1b}[2J",
    "\"",
    "'",
    "\\",
    "{",
    "]",
    "https://",
    "null",
    ": ",
    "> ",
    "HTTP/1.1 302 ",
    "é\u{ffff}",
    "%",
];

/// A generator of numbers that draws the same in each run.
struct Draw(u64);

impl Draw {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    /// Removes, repeats, replaces or inserts a few pieces.
    fn change(&mut self, bytes: &[u8]) -> Vec<u8> {
        let mut bytes = bytes.to_vec();
        for _ in 0..=self.below(4) {
            let start = self.below(bytes.len());
            let end = (start + self.below(12)).min(bytes.len());
            let piece = match self.below(4) {
                0 => Vec::new(),
                1 => bytes[start..end].repeat(3),
                2 => vec![u8::try_from(self.below(256)).unwrap()],
                _ => PIECES[self.below(PIECES.len())].into(),
            };
            bytes.splice(start..end, piece);
        }
        bytes
    }
}

#[test]
fn changed_captures_do_no_harm() {
    let factor = std::env::var("CROSSORIGIN_CASES").ok().and_then(|factor| factor.parse().ok());
    let changes = CHANGES * factor.unwrap_or(1_usize);
    let mut draw = Draw(0x9e37_79b9_7f4a_7c15);
    let options = Options { page: Some("https://app.example".to_owned()), ..Options::default() };
    for (folder, format) in FORMATS {
        let mut findings = 0;
        let seeds = fs::read_dir(Path::new(SEEDS).join(folder)).unwrap();
        let mut seeds: Vec<_> = seeds.map(|seed| seed.unwrap().path()).collect();
        seeds.sort();
        for seed in seeds {
            let seed = fs::read(seed).unwrap();
            for _ in 0..changes {
                // The first byte of a seed chooses options.
                let changed = draw.change(&seed[1..]);
                let Ok(import) = read_as(format, &String::from_utf8_lossy(&changed), &options) else {
                    continue;
                };
                for finding in import.findings {
                    findings += 1;
                    let line = serde_json::to_string(&finding).unwrap();
                    let text = format!("{finding}{finding:#}");
                    assert!(!line.contains(['\n', '\r']), "{line}");
                    assert!(!text.contains(|it: char| it != '\n' && it.is_control()), "{text:?}");
                }
            }
        }
        assert!(findings > 0, "{folder}: some changed captures can still be read");
    }
}
