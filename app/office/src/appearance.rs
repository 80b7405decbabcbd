//! How a person likes pages to look, in cookies that the server reads before it renders: nothing flashes, nothing differs
//! between server and browser. The phone mirrors its own preferences into them.

/// `zh` or `en`, or a longer tag that begins so.
pub const LANG_COOKIE: &str = "lang";
/// One of [`THEMES`].
pub const THEME_COOKIE: &str = "theme";
/// One of [`TEXT_SIZES`].
pub const TEXT_COOKIE: &str = "text";

/// Values of `<html data-theme>`; the first is the usual one.
pub const THEMES: [&str; 4] = ["auto", "light", "dark", "sunlight"];
/// Values of `<html data-text>`; the first is the usual one.
pub const TEXT_SIZES: [&str; 3] = ["normal", "large", "larger"];

/// The value of a cookie in a `Cookie` header.
pub fn cookie<'a>(header: &'a str, name: &str) -> Option<&'a str> {
    header
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, v)| v)
}

/// The cookie's value where it is one of those offered, else the usual one.
pub fn chosen(header: &str, name: &str, offered: &[&'static str]) -> &'static str {
    let wanted = cookie(header, name).unwrap_or_default();
    offered.iter().find(|value| **value == wanted).or(offered.first()).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_offered_is_taken() {
        let header = "session=abc; theme=dark;text=\"><script>";
        assert_eq!(chosen(header, THEME_COOKIE, &THEMES), "dark");
        assert_eq!(chosen(header, TEXT_COOKIE, &TEXT_SIZES), "normal");
        assert_eq!(cookie(header, LANG_COOKIE), None);
    }
}
