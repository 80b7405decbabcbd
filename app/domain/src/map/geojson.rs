//! GeoJSON (RFC 7946), as offices get it from their survey or draw it: a collection of areas, each with the name of the community
//! or grid that it is.
//!
//! Everything is refused by name that would draw a map of somewhere else: another form of coordinates, the two the wrong way
//! round, the place that programs write when they know none, another country.

use super::{
    area::{Area, LEAST_OF_RING, Polygon},
    matched::{AreaFault, AreaRejection},
};
use crate::{datum::Datum, limits::NAME, place::Location};
use serde_json::{Map, Value};
use thiserror::Error;

/// Bytes of a file: in memory its numbers are some twenty times as large.
pub const LARGEST: usize = 4 * 1024 * 1024;
/// Areas of a file; a sub-district has some dozens of grids.
pub const MOST_AREAS: usize = 1_000;
/// Points of one area.
pub const MOST_POINTS: usize = 20_000;
/// Points of all areas of a file.
pub const MOST_POINTS_OF_FILE: usize = 100_000;
/// Metres by which a kept line may differ from the file's: less than surveys are exact to.
const KEPT_TO: f64 = 0.5;

/// An area as the file has it.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadArea {
    /// Which of the file's features, from 1.
    pub feature: usize,
    /// Of the grid or of the community.
    pub name: String,
    /// Of the grid's community, where the file says so.
    pub community: Option<String>,
    /// By WGS 84, without the points that say nothing.
    pub area: Area,
}

/// Why a file is not read at all.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileRejection {
    #[error("not JSON")]
    NotJson,
    #[error("not a GeoJSON feature collection")]
    NotACollection,
    /// A projection instead of degrees.
    #[error("coordinates by {name}")]
    OtherReference { name: String },
    #[error("no features")]
    Empty,
    #[error("more than {MOST_AREAS} features")]
    TooManyAreas,
    #[error("more than {MOST_POINTS_OF_FILE} points")]
    TooManyPoints,
    #[error("more than {LARGEST} bytes")]
    TooLarge,
}

/// What a file says: its areas, and what is wrong with those that are not among them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Read {
    pub areas: Vec<ReadArea>,
    pub faults: Vec<AreaFault>,
}

/// `near`: where the office is and how many metres from there an area may begin, as far as it is known.
///
/// # Errors
/// Where it is no collection of areas, or too large a one.
pub fn read(bytes: &[u8], datum: Datum, near: Option<(Location, f64)>) -> Result<Read, FileRejection> {
    if bytes.len() > LARGEST {
        return Err(FileRejection::TooLarge);
    }
    // Windows writes three bytes before a text.
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let file: Value = serde_json::from_slice(text).map_err(|_| FileRejection::NotJson)?;
    let features = features(&file).ok_or(FileRejection::NotACollection)?;
    if let Some(name) = other_reference(&file) {
        return Err(FileRejection::OtherReference { name: shortened(name) });
    }
    if features.is_empty() {
        return Err(FileRejection::Empty);
    }
    if features.len() > MOST_AREAS {
        return Err(FileRejection::TooManyAreas);
    }
    let (mut read, mut points) = (Read::default(), 0);
    for (number, feature) in features.iter().enumerate() {
        let properties = feature.get("properties").and_then(Value::as_object);
        let named = |keys: &[&str]| properties.and_then(|properties| text_of(properties, keys));
        let (name, community) = (named(&NAMES), named(&COMMUNITIES));
        let read_area = |name: &str| -> Result<Area, AreaRejection> {
            if name.is_empty() {
                return Err(AreaRejection::NoName);
            }
            area(feature.get("geometry").unwrap_or(&Value::Null), datum, near)
        };
        // A feature that names its community and nothing else is the community.
        let (name, community) = match (name, community) {
            (Some(name), community) => (name, community),
            (None, community) => (community.unwrap_or_default(), None),
        };
        match read_area(&name) {
            Ok(area) => {
                points += area.points().count();
                let area = area.simplified(KEPT_TO);
                read.areas.push(ReadArea { feature: number + 1, name, community, area });
            }
            Err(because) => read.faults.push(AreaFault { feature: number + 1, name, because }),
        }
        if points > MOST_POINTS_OF_FILE {
            return Err(FileRejection::TooManyPoints);
        }
    }
    Ok(read)
}

/// What programs call the name of a grid, and of its community.
const NAMES: [&str; 8] = ["name", "Name", "NAME", "名称", "网格", "网格名称", "grid", "title"];
const COMMUNITIES: [&str; 8] =
    ["community", "社区", "村", "村(社区)", "村（社区）", "社区名称", "所属社区", "Community"];

/// WGS 84 and 国家 2000, which differ by less than anybody measures here.
const DEGREES: [&str; 5] = ["CRS84", "EPSG:4326", "EPSG::4326", "EPSG:4490", "EPSG::4490"];

fn features(file: &Value) -> Option<&Vec<Value>> {
    (file.get("type")? == "FeatureCollection").then(|| file.get("features")?.as_array())?
}

/// A reference of coordinates that is none of degrees. The standard has none, older files still name one.
fn other_reference(file: &Value) -> Option<&str> {
    let name = file.get("crs")?.get("properties")?.get("name")?.as_str()?;
    let is_degrees = DEGREES.iter().any(|known| name.ends_with(known));
    (!is_degrees).then_some(name)
}

fn text_of(properties: &Map<String, Value>, keys: &[&str]) -> Option<String> {
    let texts = keys.iter().filter_map(|key| properties.get(*key)?.as_str());
    texts.map(str::trim).find(|text| !text.is_empty()).map(shortened)
}

/// What is repeated to the person is no longer than a name.
fn shortened(text: &str) -> String {
    text.chars().take(NAME).collect()
}

fn area(geometry: &Value, datum: Datum, near: Option<(Location, f64)>) -> Result<Area, AreaRejection> {
    let found = geometry.get("type").and_then(Value::as_str).unwrap_or_default();
    let coordinates = geometry.get("coordinates").unwrap_or(&Value::Null);
    let polygons = match found {
        "Polygon" => vec![coordinates],
        "MultiPolygon" => list(coordinates)?.iter().collect(),
        other => return Err(AreaRejection::NotAnArea { found: shortened(other) }),
    };
    let mut area = Area(vec![]);
    let mut points = 0;
    for polygon in polygons {
        let mut rings = vec![];
        for ring in list(polygon)? {
            let ring = list(ring)?;
            points += ring.len();
            if points > MOST_POINTS {
                return Err(AreaRejection::TooManyPoints);
            }
            rings.push(read_ring(ring, datum, near)?);
        }
        if rings.is_empty() {
            return Err(AreaRejection::NotCoordinates);
        }
        area.0.push(Polygon(rings));
    }
    if area.0.is_empty() { Err(AreaRejection::NotCoordinates) } else { Ok(area) }
}

fn list(value: &Value) -> Result<&Vec<Value>, AreaRejection> {
    value.as_array().ok_or(AreaRejection::NotCoordinates)
}

fn read_ring(
    ring: &[Value],
    datum: Datum,
    near: Option<(Location, f64)>,
) -> Result<Vec<[f64; 2]>, AreaRejection> {
    let points = ring.iter().map(|point| read_point(point, datum)).collect::<Result<Vec<_>, _>>()?;
    if points.len() < LEAST_OF_RING {
        return Err(AreaRejection::RingShort);
    }
    if points.first() != points.last() {
        return Err(AreaRejection::RingOpen);
    }
    if let (Some((middle, most)), Some([longitude, latitude])) = (near, points.first().copied()) {
        let metres = middle.distance(&Location { latitude, longitude, accuracy: None });
        if metres > most {
            return Err(AreaRejection::FarAway { kilometres: (metres / 1_000.0).round() as u64 });
        }
    }
    Ok(points)
}

/// Longitude and latitude by WGS 84. A height is left out.
fn read_point(point: &Value, datum: Datum) -> Result<[f64; 2], AreaRejection> {
    let numbers = point.as_array().ok_or(AreaRejection::NotCoordinates)?;
    let number = |at: usize| numbers.get(at).and_then(Value::as_f64).ok_or(AreaRejection::NotCoordinates);
    let (longitude, latitude) = (number(0)?, number(1)?);
    check(longitude, latitude)?;
    let at = datum.to_wgs84(latitude, longitude);
    // A tenth of a metre is a millionth of a degree.
    let rounded = |degrees: f64| (degrees * 1e6).round() / 1e6;
    Ok([rounded(at.longitude), rounded(at.latitude)])
}

/// Where China is, in degrees, with room.
fn is_in_china(longitude: f64, latitude: f64) -> bool {
    (73.0..=136.0).contains(&longitude) && (3.0..=54.0).contains(&latitude)
}

fn check(longitude: f64, latitude: f64) -> Result<(), AreaRejection> {
    if (Location { latitude, longitude, accuracy: None }).is_nowhere() {
        return Err(AreaRejection::AtZero);
    }
    if is_in_china(longitude, latitude) {
        return Ok(());
    }
    if is_in_china(latitude, longitude) {
        return Err(AreaRejection::Swapped);
    }
    if longitude.abs() > 180.0 || latitude.abs() > 90.0 {
        return Err(AreaRejection::NotDegrees);
    }
    Err(AreaRejection::OtherCountry)
}
