//! The oracle program, one line at a time as in the command.

#[path = "../../cli/src/invalid_line.rs"]
mod invalid_line;
#[path = "../../cli/src/line.rs"]
mod line;

pub fn process_line(line: &[u8], output: &mut Vec<u8>) {
    assert!(line::process(line, output).unwrap());
}

/// The recorded cases, one a line.
pub const CASES: &[u8] = include_bytes!("../../tests/cases/wpt.jsonl");

/// The lines, repeated forever.
pub fn lines() -> impl Iterator<Item = &'static [u8]> {
    CASES.split_inclusive(|byte| *byte == b'\n').cycle()
}

/// Processes all lines, and returns their number.
pub fn process_lines(lines: &[u8], output: &mut Vec<u8>) -> usize {
    let lines = lines.split_inclusive(|byte| *byte == b'\n');
    lines.map(|line| process_line(line, output)).count()
}
