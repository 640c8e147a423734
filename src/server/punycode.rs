//! Is a label real Punycode? [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492), decoding only, and without
//! the result: nothing is looked up in tables of characters, so that no table can make a policy go stale.

const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_CODE_POINT: u32 = 0x80;

/// Is `encoded`, what follows `xn--` in a label in lower case, Punycode for a text with a character beyond ASCII? No
/// label ends in a hyphen, so there is one: something follows the last hyphen.
pub(crate) fn is_valid(encoded: &str) -> bool {
    // Before the last hyphen stand the ASCII characters of the label, behind it what goes between them.
    let (basic, deltas) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    decode(basic.len(), deltas.as_bytes()).is_some()
}

/// Puts in what the deltas add to a text of `basic` characters; `None` where they are no Punycode.
fn decode(basic: usize, deltas: &[u8]) -> Option<()> {
    let basic = u32::try_from(basic).ok()?;
    let (mut code_point, mut index, mut bias, mut added) = (INITIAL_CODE_POINT, 0_u32, INITIAL_BIAS, 0_u32);
    let mut digits = deltas.iter().copied().peekable();
    while digits.peek().is_some() {
        let before = index;
        let (mut weight, mut step) = (1_u32, BASE);
        loop {
            let digit = value(digits.next()?)?;
            index = index.checked_add(digit.checked_mul(weight)?)?;
            let threshold = step.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(BASE.checked_sub(threshold)?)?;
            step = step.checked_add(BASE)?;
        }
        let length = basic.checked_add(added)?.checked_add(1)?;
        bias = adapt(index.checked_sub(before)?, length, before == 0)?;
        code_point = code_point.checked_add(index.checked_div(length)?)?;
        index = index.checked_rem(length)?.checked_add(1)?;
        added = added.checked_add(1)?;
        // Surrogates and numbers above 10FFFF are no characters.
        char::from_u32(code_point)?;
    }
    Some(())
}

fn value(digit: u8) -> Option<u32> {
    match digit {
        b'a'..=b'z' => Some(u32::from(digit.wrapping_sub(b'a'))),
        b'0'..=b'9' => Some(u32::from(digit.wrapping_sub(b'0').wrapping_add(26))),
        _ => None,
    }
}

/// The bias for the next delta: large after large ones.
fn adapt(delta: u32, length: u32, first: bool) -> Option<u32> {
    let mut delta = delta.checked_div(if first { DAMP } else { 2 })?;
    delta = delta.checked_add(delta.checked_div(length)?)?;
    let mut steps = 0_u32;
    while delta > (BASE - T_MIN) * T_MAX / 2 {
        delta = delta.checked_div(BASE - T_MIN)?;
        steps = steps.checked_add(BASE)?;
    }
    let fraction = BASE.checked_mul(delta)?.checked_div(delta.checked_add(SKEW)?)?;
    steps.checked_add(fraction)
}
