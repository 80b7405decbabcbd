//! Tiles below the map: which are seen and where they lie, by both datums; and what is taken for the address of a service.

use domain::{
    datum::Datum,
    map::{
        LONGEST_CREDIT, LONGEST_TEMPLATE, MOST_TILES, Pixel, Tile, TileCredit, TileSource, TileSourceFault,
        TileTemplate, View, World, ZOOM, tile_datum,
    },
};
use proptest::prelude::*;

fn view(latitude: f64, longitude: f64, zoom: f64, width: f64, height: f64) -> View {
    View { centre: World::of(latitude, longitude), zoom, width, height }
}

/// The numbers that maps of the web have for these places, and those of the same ground where it is cut by GCJ-02.
#[test]
fn a_place_has_the_tile_that_maps_of_the_web_have_for_it() {
    for (latitude, longitude, zoom, datum, x, y) in [
        // Tokyo, as OpenStreetMap describes its tiles.
        (35.659_069_9, 139.700_679_3, 18, Datum::Wgs84, 232_798, 103_246),
        // In front of the palace museum.
        (39.907_375, 116.391_349, 18, Datum::Wgs84, 215_825, 99_330),
        (39.907_375, 116.391_349, 18, Datum::Gcj02, 215_830, 99_328),
        // The invented sub-district.
        (34.8561, 113.599, 18, Datum::Wgs84, 213_792, 103_962),
        (34.8561, 113.599, 18, Datum::Gcj02, 213_796, 103_963),
        // Farther away the shift is less than a tile.
        (34.8561, 113.599, 5, Datum::Wgs84, 26, 12),
        (34.8561, 113.599, 5, Datum::Gcj02, 26, 12),
        // Outside of the mainland nothing is shifted.
        (51.5074, -0.1278, 15, Datum::Gcj02, 16_372, 10_896),
    ] {
        let seen = Tile::seen(&view(latitude, longitude, f64::from(zoom), 10.0, 10.0), datum);
        let tile = Tile { zoom, x, y };
        assert_eq!(seen.first(), Some(&tile), "{latitude},{longitude} {datum:?}");
        let (place, bounds) = (World::of(latitude, longitude), tile.bounds(datum));
        let holds = (bounds.first.x..bounds.last.x).contains(&place.x)
            && (bounds.first.y..bounds.last.y).contains(&place.y);
        assert!(holds, "{place:?} {bounds:?}");
    }
}

#[test]
fn neighbours_have_their_edge_in_common_and_a_shift_moves_them_by_what_it_is() {
    let tile = Tile { zoom: 16, x: 53_449, y: 25_990 };
    let (east, south) = (Tile { x: tile.x + 1, ..tile }, Tile { y: tile.y + 1, ..tile });
    for datum in [Datum::Wgs84, Datum::Gcj02] {
        let bounds = tile.bounds(datum);
        assert_eq!(bounds.last.x, east.bounds(datum).first.x);
        assert_eq!(bounds.last.y, south.bounds(datum).first.y);
    }
    let (by_gps, shifted) = (tile.bounds(Datum::Wgs84).middle(), tile.bounds(Datum::Gcj02).middle());
    let metres = by_gps.place().distance(&shifted.place());
    assert!((400.0..700.0).contains(&metres), "{metres} m");
}

#[test]
fn from_closer_than_a_service_has_tiles_the_last_ones_are_shown() {
    let seen = Tile::seen(&view(34.8561, 113.599, ZOOM.1, 10.0, 10.0), Datum::Wgs84);
    assert_eq!(seen, [Tile { zoom: 18, x: 213_792, y: 103_962 }]);
}

#[test]
fn the_middle_of_a_view_comes_first() {
    let view = view(34.8561, 113.599, 16.0, 1_200.0, 600.0);
    let seen = Tile::seen(&view, Datum::Wgs84);
    let away = |tile: &Tile| view.pixel(tile.bounds(Datum::Wgs84).middle()).distance(view.middle());
    let (first, last) = (away(&seen[0]), away(seen.last().unwrap()));
    assert!(first < 256.0 && last > 400.0, "{first} {last}");
}

proptest! {
    #[test]
    fn every_pixel_of_a_view_has_a_tile_and_there_are_few(
        // From farther away such a view is wider than the square.
        zoom in 8.0..ZOOM.1,
        width in 200.0..4_000.0,
        height in 200.0..2_000.0,
        across in 0.0..1.0,
        down in 0.0..1.0,
        is_shifted in any::<bool>(),
    ) {
        let datum = if is_shifted { Datum::Gcj02 } else { Datum::Wgs84 };
        let view = view(34.8561, 113.599, zoom, width, height);
        let seen = Tile::seen(&view, datum);
        prop_assert!(!seen.is_empty() && seen.len() <= MOST_TILES);
        let pixel = Pixel { x: across * width, y: down * height };
        let is_on = |tile: &Tile| {
            let bounds = tile.bounds(datum);
            let (first, last) = (view.pixel(bounds.first), view.pixel(bounds.last));
            // Where four meet, the shift leaves a pixel at the most.
            (first.x - 1.0..=last.x + 1.0).contains(&pixel.x) && (first.y - 1.0..=last.y + 1.0).contains(&pixel.y)
        };
        prop_assert!(seen.iter().any(is_on));
    }
}

#[test]
fn an_address_of_tiles_is_taken_or_it_is_said_why_not() {
    let long = format!("https://tiles.example.cn/{{z}}/{{x}}/{{y}}?{}", "a".repeat(LONGEST_TEMPLATE));
    for (address, expected) in [
        ("https://tiles.example.cn/{z}/{x}/{y}.png", Ok("https://tiles.example.cn")),
        ("https://Tiles.Example.CN:8443/{z}/{x}/{y}.png", Ok("https://tiles.example.cn:8443")),
        ("https://t0.example.cn/wmts?x={x}&y={y}&l={z}&tk=0a1b", Ok("https://t0.example.cn")),
        ("http://127.0.0.1:9000/{z}/{x}/{y}.png", Ok("http://127.0.0.1:9000")),
        ("http://localhost/{z}/{x}/{y}.png", Ok("http://localhost")),
        ("http://tiles.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NotHttps)),
        ("http://127.0.0.1.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NotHttps)),
        ("ftp://tiles.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NotHttps)),
        ("//tiles.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NotHttps)),
        ("", Err(TileSourceFault::NotHttps)),
        ("https://name:word@tiles.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::UserInfo)),
        ("https:///{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://*.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://{s}.example.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn;script-src:1/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn 'unsafe-inline'/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn,b.cn/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn?/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a..cn/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://[::1]/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn:/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn:0/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn:+80/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://a.cn:65536/{z}/{x}/{y}.png", Err(TileSourceFault::NoHost)),
        ("https://tiles.example.cn", Err(TileSourceFault::NoTile)),
        ("https://tiles.example.cn/{z}/{x}.png", Err(TileSourceFault::NoTile)),
        ("https://tiles.example.cn/{s}/{z}/{x}/{y}.png", Err(TileSourceFault::UnknownPlace)),
        ("https://tiles.example.cn/{z}/{x}/{y}{.png", Err(TileSourceFault::UnknownPlace)),
        ("https://tiles.example.cn/{z}/{x}/{y} .png", Err(TileSourceFault::NoPath)),
        ("https://tiles.example.cn/{z}/{x}/{y}\"><script>", Err(TileSourceFault::NoPath)),
        ("https://tiles.example.cn/{z}/{x}/{y}.png#a", Err(TileSourceFault::NoPath)),
        ("https://tiles.example.cn/底图/{z}/{x}/{y}.png", Err(TileSourceFault::NoPath)),
        (long.as_str(), Err(TileSourceFault::TooLong)),
    ] {
        let template = address.parse::<TileTemplate>();
        let origin = template.as_ref().map(TileTemplate::origin).map_err(|fault| *fault);
        assert_eq!(origin, expected, "{address}");
    }
}

#[test]
fn a_tile_has_its_own_address() {
    let template: TileTemplate = "https://T0.example.cn:8443/w?x={x}&y={y}&l={z}&again={x}".parse().unwrap();
    let tile = Tile { zoom: 15, x: 26_724, y: 12_995 };
    assert_eq!(template.url(tile), "https://t0.example.cn:8443/w?x=26724&y=12995&l=15&again=26724");
    assert_eq!(template.host(), "t0.example.cn");
    let again: TileTemplate = template.to_string().parse().unwrap();
    assert_eq!(again, template);
    assert!(!format!("{template:?}").contains("w?x"), "a key is not logged");
}

#[test]
fn a_document_carries_what_the_option_says() {
    let template = "https://tiles.example.cn/{z}/{x}/{y}.png";
    let source = TileSource::carried(template, "gcj02", Some(" 天地图 \n GS(2026)1 号 ")).unwrap();
    assert_eq!(source.template.to_string(), template);
    assert_eq!(source.datum, Datum::Gcj02);
    assert_eq!(source.credit.as_ref().map(TileCredit::as_str), Some("天地图 GS(2026)1 号"));
    assert_eq!(TileSource::carried(template, "bd09", None), None);
    assert_eq!(TileSource::carried("javascript:{z}{x}{y}", "wgs84", None), None);

    assert_eq!(tile_datum("wgs84"), Ok(Datum::Wgs84));
    assert_eq!(tile_datum("bd09"), Err(TileSourceFault::NoDatum), "another square");
    let credit = |characters: usize| "图".repeat(characters).parse::<TileCredit>().map(drop);
    assert_eq!(credit(LONGEST_CREDIT), Ok(()));
    assert_eq!(credit(LONGEST_CREDIT + 1), Err(TileSourceFault::NoCredit));
    assert_eq!(" \n".parse::<TileCredit>().map(drop), Err(TileSourceFault::NoCredit));
}
