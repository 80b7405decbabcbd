//! What a camera writes into its files (Exif 2.3): when, where, with what.
//!
//! Only what evidence needs, and from the first part of a file alone. The block is found by its mark, in whatever kind of
//! file it lies (JPEG, HEIC, PNG, WebP); everything in it is untrusted, and whatever does not make sense is left out.
//!
//! The tests compare with `kamadak-exif`. It is not used itself, because this runs on the phone, whose program must stay
//! small: it brings a reader for each kind of file and for every type of value, and looks for a HEIC's block behind the
//! first part of the file, which is all that the phone reads.

use crate::place::Location;
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Bytes at the beginning of a file that are looked through.
pub const LOOKED_THROUGH: usize = 1024 * 1024;

/// Longer texts are no names of things.
const LONGEST_TEXT: usize = 64;

/// Entries of one directory; cameras write some dozens.
const MOST_ENTRIES: u16 = 512;

/// What the camera says of the picture.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Camera {
    /// By the camera's clock, in its zone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub taken: Option<NaiveDateTime>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<Location>,
    /// Maker and model.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub device: String,
    /// What wrote the file: the camera's own program, or an editor.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub software: String,
    /// 1 to 8, as Exif counts; how the picture had to be turned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub orientation: Option<u8>,
}

impl Camera {
    /// None where the file says nothing of a camera.
    pub fn read(file: &[u8]) -> Option<Self> {
        let file = &file[..file.len().min(LOOKED_THROUGH)];
        let camera = Tiff::find(file)?.camera();
        (camera != Self::default()).then_some(camera)
    }
}

/// A block of directories; offsets count from its beginning.
#[derive(Clone, Copy)]
struct Tiff<'a> {
    block: &'a [u8],
    little: bool,
}

/// One entry: its type, how many values, and where they are.
struct Entry {
    tag: u16,
    kind: u16,
    count: usize,
    at: usize,
}

impl<'a> Tiff<'a> {
    fn find(file: &'a [u8]) -> Option<Self> {
        // JPEG and HEIC write the mark; PNG and WebP name their chunk, with or without it.
        let marks: [(&[u8], usize); 3] = [(b"Exif\0\0", 6), (b"eXIf", 4), (b"EXIF", 8)];
        let mut found = marks.into_iter().flat_map(|(mark, length)| {
            let places = file.windows(mark.len()).enumerate().filter(move |(_, window)| *window == mark);
            places.map(move |(at, _)| at + length)
        });
        found.find_map(|at| Self::at(file.get(at..)?))
    }

    fn at(block: &'a [u8]) -> Option<Self> {
        let little = match block.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { block, little })
    }

    fn u16(self, at: usize) -> Option<u16> {
        let bytes = self.block.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(self, at: usize) -> Option<u32> {
        let bytes = self.block.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    fn offset(self, at: usize) -> Option<usize> {
        usize::try_from(self.u32(at)?).ok()
    }

    fn entries(self, directory: usize) -> impl Iterator<Item = Entry> {
        let entries = self.u16(directory).unwrap_or_default().min(MOST_ENTRIES);
        (0..usize::from(entries)).filter_map(move |n| {
            let at = directory.checked_add(2 + n * 12)?;
            let (kind, count) = (self.u16(at + 2)?, self.offset(at + 4)?);
            let size = match kind {
                1 | 2 | 7 => 1,
                3 => 2,
                4 | 9 => 4,
                5 | 10 => 8,
                _ => return None,
            };
            // What fits into four bytes lies in the entry itself.
            let within = count.checked_mul(size)? <= 4;
            let at = if within { at + 8 } else { self.offset(at + 8)? };
            Some(Entry { tag: self.u16(directory + 2 + n * 12)?, kind, count, at })
        })
    }

    fn text(self, entry: &Entry) -> Option<String> {
        let bytes = self.block.get(entry.at..entry.at.checked_add(entry.count)?)?;
        let end = bytes.iter().position(|byte| *byte == 0).unwrap_or(bytes.len());
        let text = std::str::from_utf8(&bytes[..end]).ok()?.trim();
        (entry.kind == 2 && !text.is_empty() && !text.contains(char::is_control))
            .then(|| text.chars().take(LONGEST_TEXT).collect())
    }

    fn rational(self, at: usize) -> Option<f64> {
        let (above, below) = (self.u32(at)?, self.u32(at.checked_add(4)?)?);
        (below != 0).then(|| f64::from(above) / f64::from(below))
    }

    /// Degrees, minutes and seconds.
    fn degrees(self, entry: &Entry) -> Option<f64> {
        let part = |n: usize| self.rational(entry.at.checked_add(n * 8)?);
        (entry.kind == 5 && entry.count == 3).then_some(())?;
        Some(part(0)? + part(1)? / 60.0 + part(2)? / 3600.0)
    }

    fn camera(self) -> Camera {
        let mut camera = Camera::default();
        let (mut maker, mut model) = (String::new(), String::new());
        let (mut exif, mut gps) = (None, None);
        for entry in self.offset(4).into_iter().flat_map(|first| self.entries(first)) {
            match entry.tag {
                0x010f => maker = self.text(&entry).unwrap_or_default(),
                0x0110 => model = self.text(&entry).unwrap_or_default(),
                0x0112 => camera.orientation = self.orientation(&entry),
                0x0131 => camera.software = self.text(&entry).unwrap_or_default(),
                0x8769 => exif = self.offset(entry.at),
                0x8825 => gps = self.offset(entry.at),
                _ => {}
            }
        }
        // Many models say their maker's name already.
        camera.device =
            if model.starts_with(&maker) { model } else { format!("{maker} {model}").trim().to_owned() };
        // The moment of exposure; the file's own date may be that of an editor.
        let original = exif.into_iter().flat_map(|at| self.entries(at)).find(|entry| entry.tag == 0x9003);
        camera.taken = original.and_then(|entry| moment(&self.text(&entry)?));
        camera.location = gps.and_then(|at| self.place(at));
        camera
    }

    fn orientation(self, entry: &Entry) -> Option<u8> {
        let turned = self.u16(entry.at).filter(|_| entry.kind == 3)?;
        u8::try_from(turned).ok().filter(|turned| (1..=8).contains(turned))
    }

    fn place(self, directory: usize) -> Option<Location> {
        let mut parts = [None; 2];
        let mut signs = [1.0; 2];
        for entry in self.entries(directory) {
            match entry.tag {
                1 if self.text(&entry)? == "S" => signs[0] = -1.0,
                2 => parts[0] = self.degrees(&entry),
                3 if self.text(&entry)? == "W" => signs[1] = -1.0,
                4 => parts[1] = self.degrees(&entry),
                _ => {}
            }
        }
        let (latitude, longitude) = (parts[0]? * signs[0], parts[1]? * signs[1]);
        let on_earth = latitude.abs() <= 90.0 && longitude.abs() <= 180.0;
        // A camera that knows no place writes zeros.
        (on_earth && (latitude, longitude) != (0.0, 0.0)).then_some(Location {
            latitude,
            longitude,
            accuracy: None,
        })
    }
}

/// `2026:11:25 09:00:00`
fn moment(text: &str) -> Option<NaiveDateTime> {
    let parts: Vec<u32> = text.split([':', ' ']).map(|part| part.parse().ok()).collect::<Option<_>>()?;
    let [year, month, day, hour, minute, second] = parts.try_into().ok()?;
    NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, month, day)?.and_hms_opt(hour, minute, second)
}
