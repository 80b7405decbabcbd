//! 坐标系: which reading of the ground a pair of coordinates follows.
//!
//! Maps in mainland China shift their coordinates: GCJ-02 (高德, 腾讯) by some hundred metres, BD-09 (百度) by as much
//! again. Phones measure in WGS 84, so what a list brings is turned into that before a distance is reckoned from it.
//! The shift has no inverse in closed form; it is found by stepping, to within a centimetre.

use crate::place::Location;
use serde::{Deserialize, Serialize};
use std::f64::consts::PI;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Datum {
    /// GPS, 北斗
    Wgs84,
    /// 高德, 腾讯
    Gcj02,
    /// 百度
    Bd09,
}

impl Datum {
    pub const ALL: [Self; 3] = [Self::Wgs84, Self::Gcj02, Self::Bd09];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Wgs84 => "wgs84",
            Self::Gcj02 => "gcj02",
            Self::Bd09 => "bd09",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|datum| datum.as_str() == word)
    }

    /// As offices write it.
    pub fn called(word: &str) -> Option<Self> {
        let plain: String = word.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
        match plain.as_str() {
            "wgs84" | "gps" | "北斗" | "cgcs2000" | "国家2000" | "2000国家大地坐标系" => {
                Some(Self::Wgs84)
            }
            "gcj02" | "高德" | "腾讯" | "火星" | "火星坐标" => Some(Self::Gcj02),
            "bd09" | "bd09ll" | "百度" => Some(Self::Bd09),
            _ => None,
        }
    }

    /// The same place by WGS 84, to a tenth of a metre.
    pub fn to_wgs84(self, latitude: f64, longitude: f64) -> Location {
        let (latitude, longitude) = match self {
            Self::Wgs84 => (latitude, longitude),
            Self::Gcj02 => unshifted(latitude, longitude),
            Self::Bd09 => {
                let (latitude, longitude) = without_baidu(latitude, longitude);
                unshifted(latitude, longitude)
            }
        };
        let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
        match self {
            Self::Wgs84 => Location { latitude, longitude, accuracy: None },
            Self::Gcj02 | Self::Bd09 => {
                Location { latitude: rounded(latitude), longitude: rounded(longitude), accuracy: None }
            }
        }
    }
}

impl Datum {
    /// The same place as maps of this datum write it: latitude and longitude.
    pub fn of_wgs84(self, at: &Location) -> (f64, f64) {
        match self {
            Self::Wgs84 => (at.latitude, at.longitude),
            Self::Gcj02 => shifted(at.latitude, at.longitude),
            Self::Bd09 => {
                let (latitude, longitude) = shifted(at.latitude, at.longitude);
                with_baidu(latitude, longitude)
            }
        }
    }
}

/// The shift holds on the mainland only.
fn is_shifted(latitude: f64, longitude: f64) -> bool {
    (0.8293..=55.8271).contains(&latitude) && (72.004..=137.8347).contains(&longitude)
}

fn unshifted(latitude: f64, longitude: f64) -> (f64, f64) {
    let mut found = (latitude, longitude);
    for _ in 0..12 {
        let (lat, lon) = shifted(found.0, found.1);
        found = (found.0 + latitude - lat, found.1 + longitude - lon);
    }
    found
}

fn shifted(latitude: f64, longitude: f64) -> (f64, f64) {
    const AXIS: f64 = 6_378_245.0;
    const ECCENTRICITY: f64 = 0.006_693_421_622_965_943;
    if !is_shifted(latitude, longitude) {
        return (latitude, longitude);
    }
    let (x, y) = (longitude - 105.0, latitude - 35.0);
    let waves = (20.0 * (6.0 * x * PI).sin() + 20.0 * (2.0 * x * PI).sin()) * 2.0 / 3.0;
    let north = -100.0
        + 2.0 * x
        + 3.0 * y
        + 0.2 * y * y
        + 0.1 * x * y
        + 0.2 * x.abs().sqrt()
        + waves
        + (20.0 * (y * PI).sin() + 40.0 * (y / 3.0 * PI).sin()) * 2.0 / 3.0
        + (160.0 * (y / 12.0 * PI).sin() + 320.0 * (y * PI / 30.0).sin()) * 2.0 / 3.0;
    let east = 300.0
        + x
        + 2.0 * y
        + 0.1 * x * x
        + 0.1 * x * y
        + 0.1 * x.abs().sqrt()
        + waves
        + (20.0 * (x * PI).sin() + 40.0 * (x / 3.0 * PI).sin()) * 2.0 / 3.0
        + (150.0 * (x / 12.0 * PI).sin() + 300.0 * (x / 30.0 * PI).sin()) * 2.0 / 3.0;
    let radians = latitude.to_radians();
    let bend = 1.0 - ECCENTRICITY * radians.sin().powi(2);
    let north = north * 180.0 / (AXIS * (1.0 - ECCENTRICITY) / (bend * bend.sqrt()) * PI);
    let east = east * 180.0 / (AXIS / bend.sqrt() * radians.cos() * PI);
    (latitude + north, longitude + east)
}

/// By how much the second shift of 百度 waves.
const WAVE: f64 = PI * 3000.0 / 180.0;

fn with_baidu(latitude: f64, longitude: f64) -> (f64, f64) {
    let radius = longitude.hypot(latitude) + 0.000_02 * (latitude * WAVE).sin();
    let angle = latitude.atan2(longitude) + 0.000_003 * (longitude * WAVE).cos();
    (radius * angle.sin() + 0.006, radius * angle.cos() + 0.0065)
}

fn without_baidu(latitude: f64, longitude: f64) -> (f64, f64) {
    let (x, y) = (longitude - 0.0065, latitude - 0.006);
    let radius = x.hypot(y) - 0.000_02 * (y * WAVE).sin();
    let angle = y.atan2(x) - 0.000_003 * (x * WAVE).cos();
    (radius * angle.sin(), radius * angle.cos())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Pairs that other programs publish for the same points in Beijing, Shanghai and Zhengzhou.
    #[test]
    fn shifted_coordinates_come_back_to_within_a_metre() {
        let wgs = Location { latitude: 34.8561, longitude: 113.599, accuracy: None };
        let (lat, lon) = shifted(wgs.latitude, wgs.longitude);
        let off = Location { latitude: lat, longitude: lon, accuracy: None }.distance(&wgs);
        assert!((400.0..700.0).contains(&off), "the shift there is {off} m");
        assert!(Datum::Gcj02.to_wgs84(lat, lon).distance(&wgs) < 0.2);
        // The place in front of the palace museum, by GPS and as Amap and Baidu give it.
        let gate = Location { latitude: 39.907_375, longitude: 116.391_349, accuracy: None };
        let amap = Datum::Gcj02.to_wgs84(39.908_776_9, 116.397_591_5);
        let baidu = Datum::Bd09.to_wgs84(39.915_113_4, 116.403_963_1);
        assert!(amap.distance(&gate) < 3.0, "{amap:?}");
        assert!(baidu.distance(&amap) < 3.0, "{baidu:?} {amap:?}");
    }

    #[test]
    fn a_place_is_the_same_there_and_back_in_every_datum() {
        for (latitude, longitude) in [(34.8561, 113.599), (31.2304, 121.4737), (22.5431, 114.0579)] {
            let measured = Location { latitude, longitude, accuracy: None };
            for datum in Datum::ALL {
                let (there, across) = datum.of_wgs84(&measured);
                let off = datum.to_wgs84(there, across).distance(&measured);
                assert!(off < 1.0, "{datum:?}: {off} m");
            }
        }
    }

    #[test]
    fn outside_of_the_mainland_nothing_is_shifted() {
        let there = Datum::Gcj02.to_wgs84(48.8584, 2.2945);
        assert_eq!((there.latitude, there.longitude), (48.8584, 2.2945));
    }

    #[test]
    fn offices_call_them_by_their_maps() {
        assert_eq!(Datum::called("高德"), Some(Datum::Gcj02));
        assert_eq!(Datum::called("BD-09"), Some(Datum::Bd09));
        assert_eq!(Datum::called("WGS-84"), Some(Datum::Wgs84));
        assert_eq!(Datum::called("本地"), None);
    }
}
