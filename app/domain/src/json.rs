//! One way to write JSON and one to read it: by its text.
//!
//! serde compiles each way again for every type that goes through it, and a phone's program, which an inspector waits for,
//! should hold one of each. Where a [`Value`] is wanted or there, it is made from the text, or told as text once more.

mod float;
mod reader;

pub use float::float;
pub use reader::ReadError;

use reader::Reader;
use serde::{Serialize, de::DeserializeOwned, ser::Error as _};
use serde_json::{Error, Value};

/// # Errors
/// What is no JSON, and what is not one of these.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, ReadError> {
    let mut reader = Reader::new(text);
    let value = T::deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// # Errors
/// What cannot be said in JSON.
pub fn value_of<T: Serialize>(it: &T) -> Result<Value, Error> {
    read(&serde_json::to_string(it)?).map_err(Error::custom)
}

/// # Errors
/// What is not one of these.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, ReadError> {
    read(&value.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        form::Answer,
        sync::{Operation, StoredRecord},
    };
    use proptest::prelude::*;
    use serde_json::json;

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(any::<String>(), inner, 0..5).prop_map(Value::from_iter),
            ]
        })
    }

    /// As `serde_json` reads it, or neither reads it.
    fn agrees(text: &str) -> bool {
        read::<Value>(text).ok() == serde_json::from_str::<Value>(text).ok()
    }

    proptest! {
        #[test]
        fn what_was_written_reads_back(value in value()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                prop_assert_eq!(&read::<Value>(&text).unwrap(), &value);
            }
        }

        #[test]
        fn what_was_damaged_is_read_as_by_others_or_not_at_all(
            value in value(),
            at in any::<prop::sample::Index>(),
            sign in "[-+{}\\[\\],:\"\\\\0-9eE.untrfals \\n\u{1}é]",
        ) {
            let mut signs: Vec<char> = value.to_string().chars().collect();
            let at = at.index(signs.len() + 1);
            signs.splice(at..(at + 1).min(signs.len()), sign.chars());
            let text: String = signs.iter().collect();
            prop_assert!(agrees(&text), "{text}");
            let cut: String = signs.iter().take(at).collect();
            prop_assert!(agrees(&cut), "{cut}");
        }
    }

    #[test]
    fn odd_texts_are_read_as_by_others() {
        let deep = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
        for text in [
            "",
            " ",
            "-",
            "-0",
            "0",
            "01",
            "1.",
            ".5",
            "1e5",
            "1E+2",
            "1e999",
            "-1e-999",
            "18446744073709551616",
            "3.9",
            "-9223372036854775809",
            r#""\u00e9\ud83d\ude00\/\b""#,
            r#""\ud83d""#,
            r#""\ud83dx""#,
            r#""\udc00""#,
            r#""\u12"#,
            r#""\u+123""#,
            "\"\u{7f}\"",
            "\"a\nb\"",
            "[1,]",
            "[,1]",
            "[1 2]",
            "{\"a\":1,}",
            "{\"a\"}",
            "{a:1}",
            "[1]]",
            "nul",
            "true ",
            "\u{feff}1",
            r#"{"a":1,"a":2}"#,
            &deep(127),
            &deep(128),
            &deep(100_000),
        ] {
            assert!(agrees(text), "{text}");
        }
    }

    #[test]
    fn words_of_a_record_are_read_by_themselves_or_with_what_belongs_to_them() {
        for given in [json!("pass"), json!({ "pass": null }), json!({ "number": 3.9 }), json!({ "count": 2 })]
        {
            let text = given.to_string();
            assert_eq!(read::<Answer>(&text).ok(), serde_json::from_str(&text).ok(), "{text}");
        }
        for given in [
            "\"number\"",
            "\"mislaid\"",
            "{\"mislaid\":1}",
            "{\"pass\":1}",
            "{}",
            "[]",
            "3",
            "{\"count\":-1}",
        ] {
            assert_eq!(read::<Answer>(given).ok(), None, "{given}");
            assert!(serde_json::from_str::<Answer>(given).is_err(), "{given}");
        }
    }

    #[test]
    fn what_is_sent_reads_the_same() {
        let sent: Vec<Value> = read(include_str!("../tests/shapes/v1/operations.json")).unwrap();
        for operation in sent {
            let known: Operation = serde_json::from_value(operation.clone()).unwrap();
            assert_eq!(read_value::<Operation>(&operation), Ok(known));
        }
    }

    #[test]
    fn fields_are_found_in_any_order_and_stand_once() {
        let stored =
            |text: &str| read::<StoredRecord<Option<[u8; 2]>>>(text).map_err(|error| error.to_string());
        for text in [
            r#"{"schema":1,"body":[3,4]}"#,
            r#"{"a":{"b":[]},"body":[3,4],"z":"","schema":1,"c":0}"#,
            r#" { "body" : [3 , 4] , "schema" : 1 } "#,
        ] {
            assert_eq!(stored(text), Ok(StoredRecord { schema: 1, body: Some([3, 4]) }), "{text}");
        }
        for text in [r#"{"schema":1}"#, r#"{"a":[{}],"schema":1}"#, r#"{"body":null,"schema":1}"#] {
            assert_eq!(stored(text), Ok(StoredRecord { schema: 1, body: None }), "{text}");
        }
        assert_eq!(stored(r#"{"schema":1,"body":null,"schema":2}"#), Err("field `schema` twice".to_owned()));
        for text in [
            r#"{"schema":1,"body":null,}"#,
            r#"{"schema":1 "body":null}"#,
            r#"{"schema":1,"body":null,"a":}"#,
            r#"{"a":1,"schema":1"#,
        ] {
            assert!(stored(text).is_err(), "{text}");
        }
    }

    #[test]
    fn what_is_missing_or_of_another_type_is_said() {
        let stored = |text: &str| {
            read::<StoredRecord<u8>>(text).map(|stored| stored.body).map_err(|error| error.to_string())
        };
        assert_eq!(stored(r#"{"schema":1,"later":[{"a":["b"]}],"body":7}"#), Ok(7));
        assert_eq!(stored(r#"{"schema":1}"#), Err("missing field `body`".to_owned()));
        assert_eq!(
            stored(r#"{"schema":1,"body":"7"}"#),
            Err("another type than expected at byte 19".to_owned())
        );
        assert_eq!(stored("[1,7]"), Err("another type than expected at byte 0".to_owned()));
        assert_eq!(stored(r#"{"schema":1,"body":7"#), Err("no JSON at byte 20".to_owned()));
    }
}
