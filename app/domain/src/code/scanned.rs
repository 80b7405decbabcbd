//! What a scanner reads off a poster, a paper or a screen.

use super::ShortCode;

/// Where pages of codes are, without the code.
const PATH: &str = "/c/";

/// A code that was read, and which site it says it hangs at.
///
/// A poster's address ends in `#` and the site's own code ([`Site::code`](crate::site::Site::code)). Browsers keep that to
/// themselves, so no server hears of it; a phone without signal finds the site by it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scanned {
    pub code: ShortCode,
    /// As the office calls the site, to be found among those that the phone has.
    pub site: Option<String>,
}

impl Scanned {
    /// Of an address of whichever host, or of a code alone. None: it is something else's.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        let (address, site) = match text.split_once('#') {
            Some((address, site)) => (address, Some(site)),
            None => (text, None),
        };
        let code = match address.split_once(PATH) {
            Some((_, rest)) => rest.split(['?', '/']).next().unwrap_or_default(),
            None => address,
        };
        let site = site.map(decoded).filter(|site| !site.is_empty());
        Some(Self { code: code.parse().ok()?, site })
    }

    /// The address that stands in the picture. `origin`: `https://xunan.example`.
    pub fn address(origin: &str, code: &ShortCode, site: Option<&str>) -> String {
        let origin = origin.trim_end_matches('/');
        let site = site.map(|site| format!("#{}", encoded(site))).unwrap_or_default();
        format!("{origin}{PATH}{}{site}", code.plain())
    }
}

/// What may stand in an address as it is; the rest as `%` and two digits.
fn encoded(text: &str) -> String {
    let byte = |byte: u8| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.') {
            char::from(byte).to_string()
        } else {
            format!("%{byte:02X}")
        }
    };
    text.bytes().map(byte).collect()
}

/// The same back; what is no text is nobody's.
fn decoded(text: &str) -> String {
    let mut bytes = vec![];
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'%' {
            bytes.push(byte);
            continue;
        }
        let digits: Vec<u8> = rest.by_ref().take(2).collect();
        let Ok(read) = hex::decode(&digits) else { return String::new() };
        bytes.extend(read);
    }
    String::from_utf8(bytes).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_comes_back_as_it_was_made() {
        let code = ShortCode::drawn([9; 16]);
        for site in [None, Some("A-12"), Some("金河路 1 号"), Some("100%")] {
            let address = Scanned::address("https://xunan.example/", &code, site);
            assert!(address.starts_with("https://xunan.example/c/"), "{address}");
            assert!(address.is_ascii(), "a picture of it stays small: {address}");
            let read = Scanned::read(&address).unwrap();
            assert_eq!((read.code, read.site.as_deref()), (code, site));
        }
        assert_eq!(Scanned::read(&code.to_string()), Some(Scanned { code, site: None }));
        let with_query = format!("http://127.0.0.1:3000/c/{}?from=wall", code.plain());
        assert_eq!(Scanned::read(&with_query), Some(Scanned { code, site: None }));
    }

    #[test]
    fn what_is_something_elses_is_not_read() {
        for text in
            ["", "https://example.com/", "https://xunan.example/c/", "WIFI:S:guest;;", "#A1", "/c/%00"]
        {
            assert_eq!(Scanned::read(text), None, "{text}");
        }
    }
}
