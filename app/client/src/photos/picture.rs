//! How large a picture becomes, and what is written below it. The stamp covers nothing: what is compared with other photos
//! is the picture above it.

use super::{
    Chosen, Stamp,
    marks::{self, Mark},
};
use crate::platform::{Drawing, RenderOrder};
use chrono::{DateTime, Utc};
use domain::{
    photo::{Camera, Source},
    place::Location,
    text::Lang,
    time,
};

/// Pixels of the long edge, with the stamp.
const LONG_EDGE: f64 = 2048.0;
const THUMBNAIL_EDGE: f64 = 320.0;

/// A line, and the room around all of them, in heights of letters.
const LINE_HIGH: f64 = 1.45;
const ROOM: f64 = 0.5;

/// Heights of letters that a picture must be wide, so that two lines are enough; a narrower one has three.
const WIDE: f64 = 34.0;

/// Red, green and blue of what the stamp is written on.
pub const GROUND: [u8; 3] = [10, 20, 19];

/// What the stamp says beside its subject.
pub(super) struct Moment<'a> {
    pub lang: Lang,
    pub chosen: Chosen,
    /// Who takes it.
    pub name: &'a str,
    pub at: DateTime<Utc>,
    pub place: Option<&'a Location>,
    pub source: Source,
    pub camera: Option<&'a Camera>,
}

/// When and where; number, who and what.
fn lines(stamp: &Stamp, moment: &Moment<'_>, wide: bool) -> Vec<String> {
    let when = match moment.source {
        Source::Camera | Source::InApp => time::long(moment.at),
        // Chosen now says nothing of when it was taken.
        Source::Gallery => {
            (moment.chosen)(moment.lang, moment.camera.and_then(|camera| camera.taken), moment.at)
        }
    };
    let place = moment.place.map(|place| format!("{:.4}, {:.4}", place.latitude, place.longitude));
    let joined = |parts: &[&str]| {
        let parts: Vec<_> = parts.iter().copied().filter(|part| !part.is_empty()).collect();
        parts.join(" · ")
    };
    let (place, number) = (place.unwrap_or_default(), stamp.number.trim());
    if wide {
        return vec![joined(&[&when, &stamp.place, &place]), joined(&[number, moment.name, &stamp.subject])];
    }
    vec![joined(&[&when, &place]), joined(&[&stamp.place, moment.name]), joined(&[number, &stamp.subject])]
}

/// A picture of these pixels, scaled, with its stamp below.
pub(super) fn stamped((width, height): (u32, u32), stamp: &Stamp, moment: &Moment<'_>) -> RenderOrder {
    let size = Size::below(f64::from(width), f64::from(height), LONG_EDGE);
    let mut drawing = Drawing::default();
    let [red, green, blue] = GROUND;
    drawing.set("fillStyle", format!("rgb({red} {green} {blue})"));
    drawing.call("fillRect", &[0.0, size.height, size.width, size.band]);
    drawing.letters(500, size.letters);
    drawing.set("fillStyle", "#fff");
    let fits = size.width - size.letters * 1.2;
    for (line, text) in (0u8..).zip(lines(stamp, moment, size.is_wide())) {
        let y = size.height + size.letters * (ROOM / 2.0 + LINE_HIGH * (f64::from(line) + 0.5));
        drawing.text("fillText", &cut(&text, fits / size.letters), (size.letters * 0.6, y), fits);
    }
    RenderOrder {
        width: size.width as u32,
        height: size.height as u32,
        band: size.band as u32,
        drawing,
        shown: size.height as u32,
        small: small(size.width, size.height),
    }
}

/// A stored photo of these pixels, the band among them, with marks on its picture.
pub(super) fn marked((width, height): (u32, u32), band: u32, marks: &[Mark]) -> RenderOrder {
    let mut drawing = Drawing::default();
    let (wide, high) = (f64::from(width), f64::from(height));
    drawing.call("beginPath", &[]);
    drawing.call("rect", &[0.0, 0.0, wide, high - f64::from(band)]);
    drawing.call("clip", &[]);
    marks::draw(&mut drawing, marks, wide, high);
    let shown = height.saturating_sub(band);
    RenderOrder { width, height, band: 0, drawing, shown, small: small(wide, f64::from(shown)) }
}

fn small(width: f64, height: f64) -> (u32, u32) {
    let scale = (THUMBNAIL_EDGE / width.max(height)).min(1.0);
    let pixels = |edge: f64| (edge * scale).round().max(1.0) as u32;
    (pixels(width), pixels(height))
}

/// As much of a line as can be read in so many heights of letters; what goes beyond is pressed together a little.
fn cut(line: &str, ems: f64) -> String {
    const PRESSED: f64 = 1.15;
    let mut wide = 0.0;
    let mut whole = line.chars();
    let fitting: String = whole
        .by_ref()
        .take_while(|letter| {
            wide += if letter.is_ascii() { 0.55 } else { 1.0 };
            wide < ems * PRESSED
        })
        .collect();
    if fitting.len() == line.len() { fitting } else { fitting + "…" }
}

/// Pixels of the picture, and of the stamp below it.
struct Size {
    width: f64,
    height: f64,
    band: f64,
    letters: f64,
}

impl Size {
    fn is_wide(&self) -> bool {
        self.width >= self.letters * WIDE
    }

    /// The long edge of all of it is `edge` at the most.
    fn below(width: f64, height: f64, edge: f64) -> Self {
        let scaled = |scale: f64| {
            let (width, height) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
            let letters = (width.min(height) / 28.0).clamp(12.0, 54.0);
            let size = Self { width, height, band: 0.0, letters };
            let lines = if size.is_wide() { 2.0 } else { 3.0 };
            Self { band: (letters * (lines * LINE_HIGH + ROOM)).round(), ..size }
        };
        let mut scale = (edge / width.max(height)).min(1.0);
        // A narrower picture may need a higher stamp, in three lines.
        loop {
            let size = scaled(scale);
            let whole = size.height + size.band;
            if whole <= edge || size.width <= 1.0 {
                return size;
            }
            scale *= edge / (whole + 1.0);
        }
    }
}
