//! Codes of the second factor that change every half minute (RFC 6238): which half minutes count, and how a code and its
//! secret are written. The reckoning with the secret is the server's.

use chrono::{DateTime, Utc};

/// Seconds of one code.
pub const STEP: i64 = 30;

/// Bytes of a secret, as RFC 4226 asks.
pub const SECRET: usize = 20;

/// Codes of one half minute before and after are taken: clocks differ.
const SLACK: i64 = 1;

const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The half minute of this moment.
pub fn step(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP)
}

/// The half minutes whose codes are taken now: none that was taken, nor one before it.
pub fn steps(now: DateTime<Utc>, last: i64) -> impl Iterator<Item = i64> {
    let now = step(now);
    (now - SLACK..=now + SLACK).filter(move |step| *step > last)
}

/// Six digits out of what the secret makes of a half minute (RFC 4226, 5.3).
pub fn digits(mac: &[u8; 20]) -> String {
    let offset = usize::from(mac[19] & 0xf);
    let four = mac.get(offset..offset + 4).and_then(|four| four.try_into().ok()).unwrap_or_default();
    format!("{:06}", (u32::from_be_bytes(four) & 0x7fff_ffff) % 1_000_000)
}

/// As people type it.
pub fn plain(code: &str) -> String {
    code.chars().filter(|c| c.is_ascii_alphanumeric()).map(|c| c.to_ascii_lowercase()).collect()
}

/// As apps take it in.
pub fn base32(secret: &[u8]) -> String {
    let bits = secret.iter().flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1));
    let bits: Vec<u8> = bits.collect();
    let letter = |five: &[u8]| {
        let value = (0..5).fold(0, |value, bit| value << 1 | five.get(bit).copied().unwrap_or_default());
        BASE32.get(usize::from(value)).copied().map_or('A', char::from)
    };
    bits.chunks(5).map(letter).collect()
}

/// What an app reads from the picture.
pub fn uri(product: &str, account: &str, secret: &[u8]) -> String {
    let escape = |text: &str| -> String {
        let byte = |byte: u8| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        };
        text.bytes().map(byte).collect()
    };
    let (product, account, secret) = (escape(product), escape(account), base32(secret));
    format!(
        "otpauth://totp/{product}:{account}?secret={secret}&issuer={product}&algorithm=SHA1&digits=6&period={STEP}"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_code_counts_for_its_half_minute_and_the_ones_beside_it_once() {
        let now = Utc.timestamp_opt(1_111_111_109, 0).unwrap();
        assert_eq!(step(now), 37_037_036);
        assert_eq!(steps(now, 0).collect::<Vec<_>>(), [37_037_035, 37_037_036, 37_037_037]);
        assert_eq!(steps(now, 37_037_036).collect::<Vec<_>>(), [37_037_037]);
    }

    #[test]
    fn secrets_are_written_as_apps_read_them() {
        assert_eq!(base32(b"12345678901234567890"), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(
            uri("Xun'an", "li.ming", b"12345678901234567890"),
            "otpauth://totp/Xun%27an:li.ming?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Xun%27an&algorithm=SHA1&digits=6&period=30"
        );
    }

    #[test]
    fn the_digits_are_those_of_the_standard() {
        // RFC 4226, 5.4.
        let mac = [
            0x1f, 0x86, 0x98, 0x69, 0x0e, 0x02, 0xca, 0x16, 0x61, 0x85, 0x50, 0xef, 0x7f, 0x19, 0xda, 0x8e,
            0x94, 0x5b, 0x55, 0x5a,
        ];
        assert_eq!(digits(&mac), "872921");
        assert_eq!(plain(" 872 921"), "872921");
    }
}
