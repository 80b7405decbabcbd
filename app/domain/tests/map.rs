//! The map: its projection, what is found under a finger, outlines, and what offices send as such.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

use domain::{
    datum::Datum,
    id::GridId,
    map::{
        Area, AreaRejection, Bounds, Clusters, Mark, MarkKind, Outline, Pixel, Polygon, REACH, View, World,
        ZOOM, fit_for_phone,
        geojson::{self, FileRejection},
        matched,
    },
    place::{Community, Grid, Location, PlaceId},
    risk::RiskLevel,
    severity::Severity,
};
use proptest::prelude::*;
use serde_json::{Value, json};
use uuid::Uuid;

fn at(latitude: f64, longitude: f64) -> Location {
    Location { latitude, longitude, accuracy: None }
}

/// The invented sub-district's middle.
const LATITUDE: f64 = 34.8561;
const LONGITUDE: f64 = 113.599;

fn view(zoom: f64) -> View {
    View { centre: World::of(LATITUDE, LONGITUDE), zoom, width: 360.0, height: 560.0 }
}

fn any_mark() -> impl Strategy<Value = Mark> {
    let kind = prop_oneof![
        (any::<bool>(), any::<bool>()).prop_map(|(major, late)| MarkKind::Hazard {
            level: if major { Severity::Major } else { Severity::General },
            late,
        }),
        (0..4_usize, any::<bool>())
            .prop_map(|(risk, due)| MarkKind::Site { risk: RiskLevel::ALL[risk], due }),
    ];
    let place = (LATITUDE - 0.02..LATITUDE + 0.02, LONGITUDE - 0.02..LONGITUDE + 0.02);
    (place, kind).prop_map(|((latitude, longitude), kind)| Mark { at: World::of(latitude, longitude), kind })
}

proptest! {
    #[test]
    fn a_place_comes_back_from_the_projection(latitude in -85.0..85.0, longitude in -180.0..180.0) {
        let measured = at(latitude, longitude);
        prop_assert!(World::of_place(&measured).place().distance(&measured) < 0.001);
    }

    #[test]
    fn a_pixel_is_of_one_place(x in 0.0..360.0, y in 0.0..560.0, zoom in ZOOM.0..ZOOM.1) {
        let (view, pixel) = (view(zoom), Pixel { x, y });
        prop_assert!(view.pixel(view.world(pixel)).distance(pixel) < 1e-3);
    }

    #[test]
    fn what_is_pinched_stays_under_the_fingers(x in 0.0..360.0, y in 0.0..560.0, by in -3.0..3.0) {
        let (view, pixel) = (view(14.0), Pixel { x, y });
        let fixed = view.world(pixel);
        prop_assert!(view.zoomed(by, pixel).pixel(fixed).distance(pixel) < 1e-3);
    }

    #[test]
    fn a_finger_finds_what_looking_at_every_mark_finds(
        marks in prop::collection::vec(any_mark(), 0..120),
        zoom in 12.0..ZOOM.1,
        x in 0.0..360.0,
        y in 0.0..560.0,
    ) {
        let (view, finger) = (view(zoom), Pixel { x, y });
        let clusters = Clusters::of(&marks, zoom);
        let away = |at: World| view.pixel(at).distance(finger);
        let nearest = clusters.all().map(|one| away(one.at)).filter(|away| *away <= REACH).min_by(f64::total_cmp);
        prop_assert_eq!(clusters.hit(&view, finger).map(|one| away(one.at)), nearest);
    }

    #[test]
    fn every_mark_is_in_one_cluster_and_the_gravest_is_drawn(
        marks in prop::collection::vec(any_mark(), 0..120),
        zoom in 8.0..ZOOM.1,
    ) {
        let clusters = Clusters::of(&marks, zoom);
        let mut held: Vec<usize> = clusters.all().flat_map(|one| one.marks.clone()).collect();
        held.sort_unstable();
        prop_assert_eq!(held, (0..marks.len()).collect::<Vec<_>>());
        for one in clusters.all() {
            let gravest = one.marks.iter().map(|mark| marks[*mark].kind.rank()).min();
            prop_assert_eq!(Some(one.kind.rank()), gravest);
        }
    }

    #[test]
    fn what_is_seen_is_what_lies_on_the_canvas(
        marks in prop::collection::vec(any_mark(), 0..120),
        zoom in 12.0..ZOOM.1,
    ) {
        let view = view(zoom);
        let clusters = Clusters::of(&marks, zoom);
        let seen: Vec<_> = clusters.seen(&view).map(|one| one.marks.clone()).collect();
        for one in clusters.all() {
            let Pixel { x, y } = view.pixel(one.at);
            if (0.0..=360.0).contains(&x) && (0.0..=560.0).contains(&y) {
                prop_assert!(seen.contains(&one.marks));
            }
        }
    }

    #[test]
    fn a_simplified_line_stays_within_its_metres(
        wobbles in prop::collection::vec(-0.001..0.001_f64, 8..200),
        metres in 1.0..50.0_f64,
    ) {
        let count = wobbles.len() as f64;
        let on_circle = |(number, wobble): (usize, &f64)| {
            let angle = number as f64 / count * std::f64::consts::TAU;
            [LONGITUDE + (0.01 + wobble) * angle.cos(), LATITUDE + (0.01 + wobble) * angle.sin()]
        };
        let mut ring: Vec<_> = wobbles.iter().enumerate().map(on_circle).collect();
        ring.push(ring[0]);
        let simpler = Area(vec![Polygon(vec![ring.clone()])]).simplified(metres);
        let kept: Vec<_> = simpler.points().collect();
        prop_assert!(kept.first() == kept.last() && kept.len() <= ring.len());
        for point in &ring {
            let off = kept.windows(2).map(|side| metres_from(*point, side[0], side[1])).fold(f64::MAX, f64::min);
            prop_assert!(off <= metres * 1.01 + 0.01, "{off} of {metres} m");
        }
    }

    #[test]
    fn whatever_a_file_holds_is_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = geojson::read(&bytes, Datum::Wgs84, None);
    }
}

/// From a line between two points, on flat ground.
fn metres_from(point: [f64; 2], from: [f64; 2], to: [f64; 2]) -> f64 {
    let flat = |[x, y]: [f64; 2]| (x * 111_320.0 * LATITUDE.to_radians().cos(), y * 111_320.0);
    let ((x, y), (x1, y1), (x2, y2)) = (flat(point), flat(from), flat(to));
    let (along, up) = (x2 - x1, y2 - y1);
    let square = along * along + up * up;
    let part = if square > 0.0 { (((x - x1) * along + (y - y1) * up) / square).clamp(0.0, 1.0) } else { 0.0 };
    (x - x1 - part * along).hypot(y - y1 - part * up)
}

/// Pairs that other programs publish for the same points: the place in front of the palace museum as in coordTransform's test
/// data, and the point in Shanghai of eviltransform's; both follow the formula that is known of GCJ-02.
#[test]
fn known_pairs_of_gcj_02_are_met_within_a_metre() {
    let pairs = [
        ((39.907_375, 116.391_349), (39.908_776_3, 116.397_590_2)),
        ((31.177_427_6, 121.527_210_6), (31.175_303_98, 121.531_541_86)),
    ];
    for ((latitude, longitude), (there, across)) in pairs {
        let measured = at(latitude, longitude);
        let drawn = Datum::Gcj02.of_wgs84(&measured);
        assert!(at(drawn.0, drawn.1).distance(&at(there, across)) < 1.0, "{drawn:?}");
        assert!(Datum::Gcj02.to_wgs84(there, across).distance(&measured) < 1.0);
    }
}

#[test]
fn a_view_is_made_to_hold_what_it_is_to_show() {
    let bounds = Bounds::of([World::of(34.84, 113.58), World::of(34.88, 113.62)]).unwrap();
    let view = View::around(&bounds, 360.0, 560.0, 17.0);
    for corner in [bounds.first, bounds.last] {
        let Pixel { x, y } = view.pixel(corner);
        assert!((0.0..=360.0).contains(&x) && (0.0..=560.0).contains(&y), "{x} {y}");
    }
    let one = Bounds::of([World::of(34.84, 113.58)]).unwrap();
    assert_eq!(View::around(&one, 360.0, 560.0, 17.0).zoom, 17.0);
    let (metres, pixels) = view.bar(100.0);
    assert!(pixels <= 100.0 && pixels > 15.0, "{metres} m are {pixels} px");
}

fn square(longitude: f64, latitude: f64) -> Value {
    let side = 0.01;
    json!([
        [longitude, latitude],
        [longitude + side, latitude],
        [longitude + side, latitude + side],
        [longitude, latitude + side],
        [longitude, latitude]
    ])
}

fn feature(name: &str, geometry: Value) -> Value {
    json!({ "type": "Feature", "properties": { "name": name }, "geometry": geometry })
}

fn file(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn polygon(ring: Value) -> Value {
    json!({ "type": "Polygon", "coordinates": [ring] })
}

fn refused(geometry: Value) -> AreaRejection {
    let near = Some((at(LATITUDE, LONGITUDE), 100_000.0));
    let mut read = geojson::read(&file(&[feature("一网格", geometry)]), Datum::Wgs84, near).unwrap();
    assert!(read.areas.is_empty());
    read.faults.remove(0).because
}

#[test]
fn an_area_with_a_hole_and_an_island_is_read() {
    let with_hole = json!({ "type": "MultiPolygon", "coordinates": [
        [square(113.6, 34.85), [[113.603, 34.853], [113.606, 34.853], [113.606, 34.856], [113.603, 34.853]]],
        [square(113.7, 34.85)],
    ]});
    let read = geojson::read(&file(&[feature("一网格", with_hole)]), Datum::Wgs84, None).unwrap();
    assert_eq!(read.faults, []);
    let area = &read.areas[0].area;
    assert!(area.holds(34.858, 113.602) && area.holds(34.855, 113.705), "land and island");
    assert!(!area.holds(34.8535, 113.605), "the hole");
    assert!(!area.holds(34.855, 113.65) && !area.holds(34.9, 113.602), "outside");
}

#[test]
fn an_area_of_another_place_is_refused_by_name() {
    assert_eq!(refused(polygon(square(2.3, 48.8))), AreaRejection::OtherCountry, "Paris");
    assert_eq!(refused(polygon(square(0.0, 0.0))), AreaRejection::AtZero);
    assert_eq!(refused(polygon(square(34.85, 113.6))), AreaRejection::Swapped);
    assert_eq!(
        refused(polygon(square(463_000.0, 3_858_000.0))),
        AreaRejection::NotDegrees,
        "metres of a survey"
    );
    // Ulaanbaatar lies in the rectangle around China.
    assert!(
        matches!(refused(polygon(square(106.9, 47.9))), AreaRejection::FarAway { kilometres } if kilometres > 1_000)
    );
}

#[test]
fn what_is_no_area_is_refused_by_name() {
    let point = json!({ "type": "Point", "coordinates": [113.6, 34.85] });
    assert_eq!(refused(point), AreaRejection::NotAnArea { found: "Point".into() });
    assert_eq!(refused(Value::Null), AreaRejection::NotAnArea { found: String::new() });
    assert_eq!(
        refused(polygon(json!([[113.6, 34.85], [113.61, 34.85], [113.6, 34.85]]))),
        AreaRejection::RingShort
    );
    let open = json!([[113.6, 34.85], [113.61, 34.85], [113.61, 34.86], [113.6, 34.86]]);
    assert_eq!(refused(polygon(open)), AreaRejection::RingOpen);
    let words = json!([["a", "b"], ["a", "b"], ["a", "b"], ["a", "b"]]);
    assert_eq!(refused(polygon(words)), AreaRejection::NotCoordinates);
    let long: Vec<_> = vec![json!([113.6, 34.85]); geojson::MOST_POINTS + 1];
    assert_eq!(refused(polygon(json!(long))), AreaRejection::TooManyPoints);
}

#[test]
fn what_is_no_collection_is_refused_by_name() {
    let read = |bytes: &[u8]| geojson::read(bytes, Datum::Wgs84, None).unwrap_err();
    assert_eq!(read(b"PK\x03\x04"), FileRejection::NotJson);
    assert_eq!(read(polygon(square(113.6, 34.85)).to_string().as_bytes()), FileRejection::NotACollection);
    assert_eq!(read(&file(&[])), FileRejection::Empty);
    assert_eq!(read(&file(&vec![json!({}); geojson::MOST_AREAS + 1])), FileRejection::TooManyAreas);
    assert_eq!(read(&vec![b' '; geojson::LARGEST + 1]), FileRejection::TooLarge);
    let crs = json!({ "type": "name", "properties": { "name": "urn:ogc:def:crs:EPSG::4547" } });
    let projected = json!({ "type": "FeatureCollection", "crs": crs, "features": [] }).to_string();
    let name = "urn:ogc:def:crs:EPSG::4547".to_owned();
    assert_eq!(read(projected.as_bytes()), FileRejection::OtherReference { name });
    let deep = "[".repeat(100_000);
    assert_eq!(read(deep.as_bytes()), FileRejection::NotJson);
}

#[test]
fn a_file_by_gcj_02_is_kept_by_wgs_84() {
    let measured = at(LATITUDE, LONGITUDE);
    let (latitude, longitude) = Datum::Gcj02.of_wgs84(&measured);
    let bytes = file(&[feature("一网格", polygon(square(longitude, latitude)))]);
    let read = geojson::read(&bytes, Datum::Gcj02, None).unwrap();
    let [longitude, latitude] = read.areas[0].area.points().next().unwrap();
    assert!(at(latitude, longitude).distance(&measured) < 1.0);
}

#[test]
fn areas_are_given_to_the_places_that_they_name() {
    let community = |n: u128, name: &str| Community { id: Uuid::from_u128(n).into(), name: name.into() };
    let grid = |n: u128, community: u128, name: &str| Grid {
        id: Uuid::from_u128(n).into(),
        community: Uuid::from_u128(community).into(),
        name: name.into(),
    };
    let communities = [community(1, "金河社区"), community(2, "锦绣社区")];
    let grids = [grid(11, 1, "一网格"), grid(21, 2, "一网格"), grid(22, 2, "二网格")];
    let area = |n: u32| polygon(square(113.6 + f64::from(n) / 100.0, 34.85));
    let of = |name: &str, community: &str, n: u32| json!({ "properties": { "name": name, "社区": community }, "geometry": area(n) });
    let features = [
        of("一网格", "锦绣社区", 0),
        of("", "金河社区", 1),
        feature("二网格", area(2)),
        feature("一网格", area(3)),
        feature("九网格", area(4)),
        feature("二 网格", area(5)),
        feature(" ", area(6)),
    ];
    let read = geojson::read(&file(&features), Datum::Wgs84, None).unwrap();
    assert_eq!(read.faults[0].because, AreaRejection::NoName);
    let (outlines, faults) = matched(read.areas, &communities, &grids);
    let places: Vec<_> = outlines.iter().map(|(feature, outline)| (*feature, outline.place)).collect();
    let by = |n: u128| GridId(Uuid::from_u128(n));
    assert_eq!(
        places,
        [
            (1, PlaceId::Grid(by(21))),
            (2, PlaceId::Community(Uuid::from_u128(1).into())),
            (3, PlaceId::Grid(by(22)))
        ]
    );
    let because: Vec<_> = faults.into_iter().map(|fault| fault.because).collect();
    assert_eq!(
        because,
        [AreaRejection::SeveralPlaces, AreaRejection::UnknownPlace, AreaRejection::Twice { feature: 3 }]
    );
}

#[test]
fn a_phone_is_sent_no_more_points_than_it_can_draw() {
    let ring = |number: u32| -> Vec<[f64; 2]> {
        let mut ring: Vec<_> = (0..2_000_u32)
            .map(|step| {
                let angle = f64::from(step) / 2_000.0 * std::f64::consts::TAU;
                let far = 0.01 + f64::from(step % 7) / 3_000.0;
                [LONGITUDE + f64::from(number) / 10.0 + far * angle.cos(), LATITUDE + far * angle.sin()]
            })
            .collect();
        ring.push(ring[0]);
        ring
    };
    let outline = |number: u32| Outline {
        place: PlaceId::Grid(Uuid::from_u128(number.into()).into()),
        area: Area(vec![Polygon(vec![ring(number)])]),
    };
    let sent = fit_for_phone((0..30).map(outline).collect());
    assert_eq!(sent.len(), 30, "each stays");
    assert!(sent.iter().map(|one| one.area.points().count()).sum::<usize>() <= 4_000);
}
