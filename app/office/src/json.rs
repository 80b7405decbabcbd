//! One way to read JSON at the desk too: by its text (`domain::json` says why). What the server answers, what it has written
//! into a page and what went wrong go through one reader for each type.

use leptos::server_fn::{Bytes, ContentType, Decodes, Encodes, Format, FormatType, codec::Post};
use serde::{Serialize, de::DeserializeOwned, de::Error as _};
use serde_json::Error;

/// How the server's functions are asked, and answer.
pub type Json = Post<JsonText>;

/// JSON, read by its text.
pub struct JsonText;

impl ContentType for JsonText {
    const CONTENT_TYPE: &'static str = "application/json";
}

impl FormatType for JsonText {
    const FORMAT_TYPE: Format = Format::Text;
}

impl<T: Serialize> Encodes<T> for JsonText {
    type Error = Error;

    fn encode(output: &T) -> Result<Bytes, Error> {
        serde_json::to_string(output).map(Bytes::from)
    }
}

impl<T: DeserializeOwned> Decodes<T> for JsonText {
    type Error = Error;

    fn decode(bytes: Bytes) -> Result<T, Error> {
        serde_json::from_str(std::str::from_utf8(&bytes).map_err(Error::custom)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_is_no_json() {
        let read = |bytes: &'static [u8]| <JsonText as Decodes<String>>::decode(Bytes::from_static(bytes));
        assert_eq!(read("\"场所\"".as_bytes()).unwrap(), "场所");
        assert!(read(b"\"\xff\"").is_err());
    }
}
