//! The hashes of a draw, and the one way in which what is hashed is written.
//!
//! What is hashed is a list whose first two entries say what it is: `["xunan-draw-1","fingerprint",…]`. It is written as
//! canonical JSON (RFC 8785): fields by the alphabet, no blanks, nothing escaped that need not be. A draw holds texts, whole
//! numbers, truths, lists and objects, and of these every language writes the same bytes.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use std::{fmt, num::NonZero, str::FromStr};
use thiserror::Error;

/// The first entry of whatever is hashed: a hash of a draw is a hash of nothing else.
const FORMAT: &str = "xunan-draw-1";

#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("not 32 bytes in lower-case hexadecimal")]
pub struct NotHex;

fn decode(text: &str) -> Result<[u8; 32], NotHex> {
    let mut bytes = [0; 32];
    hex::decode_to_slice(text, &mut bytes).map_err(|_| NotHex)?;
    // One way to write it, so that equal texts are equal bytes.
    if hex::encode(bytes) == text { Ok(bytes) } else { Err(NotHex) }
}

macro_rules! bytes {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; 32]);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(&hex::encode(self.0)) }
        }
        impl FromStr for $name {
            type Err = NotHex;
            fn from_str(text: &str) -> Result<Self, NotHex> { decode(text).map(Self) }
        }
        impl TryFrom<String> for $name {
            type Error = NotHex;
            fn try_from(text: String) -> Result<Self, NotHex> { text.parse() }
        }
        impl From<$name> for String {
            fn from(bytes: $name) -> Self { bytes.to_string() }
        }
        impl From<&$name> for Value {
            fn from(bytes: &$name) -> Self { Self::from(bytes.to_string()) }
        }
    )*};
}

bytes! {
    /// A SHA-256 of something of a draw, as 64 lower-case hexadecimal digits. Two compare as their texts do.
    Digest,
    /// 盐值: 32 random bytes, without which nobody can try out what a hash is of.
    Salt,
}

impl Salt {
    /// From the system's generator; chance is an argument.
    pub const fn new(random: [u8; 32]) -> Self {
        Self(random)
    }
}

impl Digest {
    /// SHA-256 of `["xunan-draw-1", label, values…]`.
    pub(super) fn of(label: &str, values: impl IntoIterator<Item = Value>) -> Self {
        let head = [Value::from(FORMAT), Value::from(label)];
        let list = Value::Array(head.into_iter().chain(values).collect());
        let mut text = String::new();
        write(&list, &mut text);
        Self(Sha256::digest(text.as_bytes()).into())
    }

    /// What is left when the 256-bit number, its first byte the highest, is divided by `by`. Of what is at most 2^40, one rest is
    /// more likely than another by less than 2^-200.
    pub(super) fn modulo(&self, by: NonZero<u64>) -> u64 {
        let by = u128::from(by.get());
        self.0.iter().fold(0, |rest: u128, byte| (rest * 256 + u128::from(*byte)) % by) as u64
    }
}

/// Never fails for what a draw is made of: texts, numbers, lists, and objects whose fields have names.
pub(super) fn value_of<T: Serialize>(it: &T) -> Value {
    serde_json::to_value(it).unwrap_or_default()
}

fn write(value: &Value, text: &mut String) {
    match value {
        Value::Array(items) => {
            text.push('[');
            for (n, item) in items.iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Value::Object(fields) => {
            let mut fields: Vec<_> = fields.iter().collect();
            fields.sort_by_key(|(one, _)| *one);
            text.push('{');
            for (n, (name, value)) in fields.into_iter().enumerate() {
                if n > 0 {
                    text.push(',');
                }
                text.push_str(&Value::from(name.as_str()).to_string());
                text.push(':');
                write(value, text);
            }
            text.push('}');
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            text.push_str(&value.to_string());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_hashed_is_written_in_one_way() {
        let value =
            json!({ "z": [1, true, null], "a": { "乙": "引号\"\\\n\u{1}\u{7f}\u{2028}😀", "b": "" } });
        let mut text = String::new();
        write(&value, &mut text);
        assert_eq!(
            text,
            "{\"a\":{\"b\":\"\",\"乙\":\"引号\\\"\\\\\\n\\u0001\u{7f}\u{2028}😀\"},\"z\":[1,true,null]}"
        );
    }

    /// As `printf '["xunan-draw-1","site","00…00",1]' | sha256sum` gives it.
    #[test]
    fn a_digest_is_the_sha_256_of_its_list() {
        let digest = Digest::of("site", [json!("0".repeat(64)), json!(1)]);
        assert_eq!(digest.to_string(), "57538aac5d54b89eee429d6197cd3428d610943ba087d4260d9fb6b4e00a3120");
        assert_eq!(digest.modulo(NonZero::new(1_000_003).unwrap()), 31_165);
        assert_eq!(digest.to_string().parse::<Digest>(), Ok(digest));
    }

    #[test]
    fn only_64_lower_case_digits_are_a_digest() {
        for other in [String::new(), "a".repeat(63), "a".repeat(65), "A".repeat(64), "g".repeat(64)] {
            assert_eq!(other.parse::<Digest>(), Err(NotHex), "{other}");
        }
    }
}
