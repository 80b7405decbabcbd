//! What cameras write into their files, compared with what a library for it reads.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on may panic")]

mod real_photos;

use chrono::NaiveDateTime;
use domain::photo::Camera;
use exif::{Context, Exif, Field, In, Rational, Reader, Tag, Value, experimental::Writer};
use proptest::prelude::*;
use real_photos::photos;
use std::io::Cursor;

fn text(exif: &Exif, tag: Tag) -> String {
    let field = exif.get_field(tag, In::PRIMARY).map(|field| &field.value);
    match field {
        Some(Value::Ascii(lines)) => {
            let line = lines.first().map(|line| String::from_utf8_lossy(line).trim().to_owned());
            line.unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn degrees(exif: &Exif, tag: Tag, reference: Tag, negative: &str) -> Option<f64> {
    let Some(Value::Rational(parts)) = exif.get_field(tag, In::PRIMARY).map(|field| &field.value) else {
        return None;
    };
    let [degrees, minutes, seconds] = parts.as_slice() else { return None };
    let sum = degrees.to_f64() + minutes.to_f64() / 60.0 + seconds.to_f64() / 3600.0;
    sum.is_finite().then_some(if text(exif, reference) == negative { -sum } else { sum })
}

#[test]
fn real_photos_say_what_the_library_reads() {
    for (name, bytes) in photos() {
        let camera = Camera::read(&bytes).unwrap_or_default();
        let Ok(exif) = Reader::new().read_from_container(&mut Cursor::new(&bytes)) else {
            assert_eq!(camera, Camera::default(), "{name}");
            continue;
        };
        let taken = text(&exif, Tag::DateTimeOriginal);
        let taken = NaiveDateTime::parse_from_str(&taken, "%Y:%m:%d %H:%M:%S").ok();
        assert_eq!(camera.taken, taken, "{name}");
        assert_eq!(camera.software, text(&exif, Tag::Software), "{name}");
        assert!(camera.device.ends_with(&text(&exif, Tag::Model)), "{name}: {}", camera.device);
        let turned = exif.get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
        assert_eq!(
            camera.orientation.map(u32::from),
            turned.filter(|turned| (1..=8).contains(turned)),
            "{name}"
        );
        let latitude = degrees(&exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, "S");
        let longitude = degrees(&exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, "W");
        let there = camera.location.map(|place| (place.latitude, place.longitude));
        match (latitude.zip(longitude), there) {
            (Some((latitude, longitude)), Some(there)) => {
                assert!((there.0 - latitude).abs() + (there.1 - longitude).abs() < 1e-9, "{name}: {there:?}");
            }
            (read, there) => assert_eq!(read.is_some(), there.is_some(), "{name}"),
        }
    }
}

/// A JPEG's beginning with these fields, written by the library.
fn written(fields: &[Field], little: bool) -> Vec<u8> {
    let mut writer = Writer::new();
    fields.iter().for_each(|field| writer.push_field(field));
    let mut block = Cursor::new(Vec::new());
    writer.write(&mut block, little).unwrap();
    [b"\xff\xd8\xff\xe1\0\0Exif\0\0".as_slice(), block.get_ref()].concat()
}

fn field(tag: Tag, value: Value) -> Field {
    Field { tag, ifd_num: In::PRIMARY, value }
}

fn ascii(text: &str) -> Value {
    Value::Ascii(vec![text.as_bytes().to_vec()])
}

proptest! {
    #[test]
    fn what_was_written_is_read(
        model in "[A-Za-z0-9][A-Za-z0-9 ]{0,20}[A-Za-z0-9]", turned in 1u16..=8, seconds in 0u32..2_000_000_000,
        degrees in (0u32..90, 0u32..180), minutes in 0u32..60, south: bool, little: bool,
    ) {
        let taken = chrono::DateTime::from_timestamp(i64::from(seconds), 0).unwrap().naive_utc();
        let angle = |degrees| {
            let whole = |num| Rational { num, denom: 1 };
            Value::Rational(vec![whole(degrees), whole(minutes), Rational { num: 1234, denom: 100 }])
        };
        prop_assert_eq!(Tag::GPSLatitude.context(), Context::Gps);
        let file = written(&[
            field(Tag::Model, ascii(&model)),
            field(Tag::Orientation, Value::Short(vec![turned])),
            field(Tag::DateTimeOriginal, ascii(&taken.format("%Y:%m:%d %H:%M:%S").to_string())),
            field(Tag::GPSLatitudeRef, ascii(if south { "S" } else { "N" })),
            field(Tag::GPSLatitude, angle(degrees.0)),
            field(Tag::GPSLongitudeRef, ascii("E")),
            field(Tag::GPSLongitude, angle(degrees.1)),
        ], little);
        let camera = Camera::read(&file).unwrap();
        prop_assert_eq!(camera.device, model);
        prop_assert_eq!((camera.orientation, camera.taken), (u8::try_from(turned).ok(), Some(taken)));
        let place = camera.location.unwrap();
        prop_assert_eq!(place.latitude < 0.0, south);
        let exact = f64::from(degrees.0) + f64::from(minutes) / 60.0 + 12.34 / 3600.0;
        prop_assert!((place.latitude.abs() - exact).abs() < 1e-9);
    }

    /// Files come from anywhere.
    #[test]
    fn no_damage_is_more_than_a_missing_fact(mut damage in prop::collection::vec((any::<u16>(), any::<u8>()), 0..40), cut in 0usize..300) {
        let angle = Value::Rational(vec![Rational { num: 1, denom: 0 }; 3]);
        let mut file = written(&[
            field(Tag::Model, ascii("Phone")),
            field(Tag::DateTimeOriginal, ascii("2026:11:25 10:00:00")),
            field(Tag::GPSLatitude, angle.clone()),
            field(Tag::GPSLongitude, angle),
        ], true);
        damage.retain(|(at, _)| usize::from(*at) > 16);
        for (at, byte) in damage {
            let at = usize::from(at) % file.len();
            file[at] = byte;
        }
        file.truncate(cut);
        let camera = Camera::read(&file);
        prop_assert!(camera.is_none_or(|camera| camera.device.chars().count() <= 64 * 2 + 1));
    }
}
