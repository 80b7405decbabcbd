//! A code as a picture that scanners read.

use qrcode::{EcLevel, QrCode, render::svg};

/// Points of a side at the least; it is drawn as large as its place is.
const SIZE: u32 = 240;

/// An `svg` element, or nothing where the address is too long to be a picture: the code stands beside it.
pub fn picture(address: &str, called: &str) -> String {
    // Medium: a poster hangs in the rain.
    let Ok(code) = QrCode::with_error_correction_level(address.as_bytes(), EcLevel::M) else {
        return String::new();
    };
    let drawn = code.render::<svg::Color<'_>>().min_dimensions(SIZE, SIZE).build();
    // Without the head of a file of its own.
    let element = drawn.find("<svg").and_then(|at| drawn.get(at..)).unwrap_or_default();
    let called = super::html::escaped(called);
    format!("<div class=\"qr\" role=\"img\" aria-label=\"{called}\">{element}</div>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_an_element_with_a_name() {
        let drawn = picture("https://xunan.example/c/7K2M94QD8X#A-12", "扫码 \"A\"");
        assert!(drawn.starts_with("<div class=\"qr\" role=\"img\" aria-label=\"扫码 &quot;A&quot;\"><svg"));
        assert!(drawn.ends_with("</svg></div>"));
        assert_eq!(picture(&"x".repeat(10_000), ""), "");
    }
}
