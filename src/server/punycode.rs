//! Checks for Punycode, [RFC 3492](https://www.rfc-editor.org/rfc/rfc3492), by decoding it and dropping the
//! result. Decoded characters are not looked up in Unicode tables, so that a valid policy stays valid with
//! every version of Unicode.

// RFC 3492 section 5: the parameters of Punycode.
const BASE: u32 = 36;
const T_MIN: u32 = 1;
const T_MAX: u32 = 26;
const SKEW: u32 = 38;
const DAMP: u32 = 700;
const INITIAL_BIAS: u32 = 72;
const INITIAL_N: u32 = 0x80;

/// Returns whether `encoded` is Punycode for a text with a character beyond ASCII. `encoded` is the rest of a
/// lower-case label behind `xn--`.
pub(crate) fn is_valid(encoded: &str) -> bool {
    // RFC 3492 section 3.1: the basic code points come before the last hyphen, the deltas behind it.
    let (basic, deltas) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    // Each delta inserts a character beyond ASCII, so at least one delta is needed.
    !deltas.is_empty() && decode(basic.len(), deltas.as_bytes()).is_some()
}

/// RFC 3492 section 6.2, the decoding procedure, for a text with `basic` basic code points. `None` is
/// failure.
fn decode(basic: usize, deltas: &[u8]) -> Option<()> {
    let (mut n, mut i, mut bias) = (INITIAL_N, 0_u32, INITIAL_BIAS);
    let mut length = u32::try_from(basic).ok()?;
    let mut digits = deltas.iter().copied().peekable();
    while digits.peek().is_some() {
        let old_i = i;
        let (mut w, mut k) = (1_u32, BASE);
        loop {
            let digit = value(digits.next()?)?;
            // "fail on overflow"
            i = i.checked_add(digit.checked_mul(w)?)?;
            let t = k.saturating_sub(bias).clamp(T_MIN, T_MAX);
            if digit < t {
                break;
            }
            w = w.checked_mul(BASE - t)?;
            k += BASE;
        }
        length += 1;
        bias = adapt(i - old_i, length, old_i == 0);
        n = n.checked_add(i / length)?;
        i %= length;
        // Surrogates and numbers above 10FFFF are not characters.
        char::from_u32(n)?;
        i += 1;
    }
    Some(())
}

/// RFC 3492 section 5: the value of a digit, `a` to `z` and `0` to `9`.
fn value(digit: u8) -> Option<u32> {
    match digit {
        b'a'..=b'z' => Some(u32::from(digit - b'a')),
        b'0'..=b'9' => Some(u32::from(digit - b'0') + 26),
        _ => None,
    }
}

/// RFC 3492 section 6.1, the bias adaptation function.
fn adapt(delta: u32, length: u32, first: bool) -> u32 {
    let mut delta = if first { delta / DAMP } else { delta / 2 };
    delta += delta / length;
    let mut k = 0;
    while delta > ((BASE - T_MIN) * T_MAX) / 2 {
        delta /= BASE - T_MIN;
        k += BASE;
    }
    k + (((BASE - T_MIN + 1) * delta) / (delta + SKEW))
}
