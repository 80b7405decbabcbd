//! 带我去: addresses by which the phone's own map app opens at a place.
//!
//! `geo:` is WGS 84 (RFC 5870). 高德 and 百度 are told GCJ-02, in which they draw, and told that it is that.

use crate::{datum::Datum, place::Location};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directions {
    /// Whatever app the phone opens for it.
    pub geo: String,
    pub amap: String,
    pub baidu: String,
}

pub fn directions(at: &Location, name: &str) -> Directions {
    let name = encoded(name);
    let (latitude, longitude) = Datum::Gcj02.of_wgs84(at);
    Directions {
        geo: format!("geo:{0:.6},{1:.6}?q={0:.6},{1:.6}({name})", at.latitude, at.longitude),
        amap: format!(
            "https://uri.amap.com/marker?position={longitude:.6},{latitude:.6}&name={name}&coordinate=gaode&callnative=1"
        ),
        baidu: format!(
            "https://api.map.baidu.com/marker?location={latitude:.6},{longitude:.6}&title={name}&content={name}&coord_type=gcj02&output=html"
        ),
    }
}

/// As a part of an address (RFC 3986): all but letters, figures and `-._~`.
fn encoded(text: &str) -> String {
    let sign = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(sign).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_app_is_told_coordinates_that_it_draws_by() {
        // The place in front of the palace museum.
        let gate = Location { latitude: 39.907_375, longitude: 116.391_349, accuracy: None };
        let ways = directions(&gate, "门 1号");
        assert_eq!(ways.geo, "geo:39.907375,116.391349?q=39.907375,116.391349(%E9%97%A8%201%E5%8F%B7)");
        assert!(
            ways.amap.contains("position=116.39759") && ways.amap.contains("coordinate=gaode"),
            "{}",
            ways.amap
        );
        assert!(
            ways.baidu.contains("location=39.90877") && ways.baidu.contains("coord_type=gcj02"),
            "{}",
            ways.baidu
        );
    }
}
