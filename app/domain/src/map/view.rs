//! Which part of the square is seen, and how large: what pans, pinches and buttons change.

use super::projection::{Bounds, World};
use std::f64::consts::TAU;

/// Pixels of the whole square at zoom 0.
pub(super) const TILE: f64 = 256.0;

/// The least and the most: a province, and a door.
pub const ZOOM: (f64, f64) = (5.0, 19.0);

/// What is left free around what a view is made to hold.
const MARGIN: f64 = 32.0;

/// Radius of the earth as Web Mercator has it, in metres.
const RADIUS: f64 = 6_378_137.0;

/// A point of the canvas, in CSS pixels from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pixel {
    pub x: f64,
    pub y: f64,
}

impl Pixel {
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct View {
    pub centre: World,
    /// Each step doubles.
    pub zoom: f64,
    /// Of the canvas, in CSS pixels.
    pub width: f64,
    pub height: f64,
}

impl View {
    /// The closest that shows all of it; a single point is not drawn closer than `most`.
    pub fn around(bounds: &Bounds, width: f64, height: f64, most: f64) -> Self {
        let room = |length: f64| (length - 2.0 * MARGIN).max(MARGIN);
        let fits = |part: f64, room: f64| if part > 0.0 { (room / (part * TILE)).log2() } else { most };
        let across = fits(bounds.last.x - bounds.first.x, room(width));
        let down = fits(bounds.last.y - bounds.first.y, room(height));
        let zoom = across.min(down).min(most).clamp(ZOOM.0, ZOOM.1);
        Self { centre: bounds.middle(), zoom, width, height }
    }

    /// Pixels of the whole square.
    pub fn scale(&self) -> f64 {
        TILE * self.zoom.exp2()
    }

    pub fn pixel(&self, at: World) -> Pixel {
        let scale = self.scale();
        Pixel {
            x: (at.x - self.centre.x) * scale + self.width / 2.0,
            y: (at.y - self.centre.y) * scale + self.height / 2.0,
        }
    }

    pub fn world(&self, at: Pixel) -> World {
        let scale = self.scale();
        World {
            x: (at.x - self.width / 2.0) / scale + self.centre.x,
            y: (at.y - self.height / 2.0) / scale + self.centre.y,
        }
    }

    /// As after the map was drawn along by so many pixels.
    #[must_use]
    pub fn panned(self, x: f64, y: f64) -> Self {
        let scale = self.scale();
        let centre = World {
            x: (self.centre.x - x / scale).clamp(0.0, 1.0),
            y: (self.centre.y - y / scale).clamp(0.0, 1.0),
        };
        Self { centre, ..self }
    }

    /// Closer by so many steps; what is at `about` stays there.
    #[must_use]
    pub fn zoomed(self, by: f64, about: Pixel) -> Self {
        let fixed = self.world(about);
        let zoom = (self.zoom + by).clamp(ZOOM.0, ZOOM.1);
        let next = Self { zoom, ..self };
        let moved = next.pixel(fixed);
        next.panned(about.x - moved.x, about.y - moved.y)
    }

    /// The middle of the canvas.
    pub fn middle(&self) -> Pixel {
        Pixel { x: self.width / 2.0, y: self.height / 2.0 }
    }

    /// What is seen, with so many pixels more on each side.
    pub fn seen(&self, more: f64) -> Bounds {
        Bounds {
            first: self.world(Pixel { x: -more, y: -more }),
            last: self.world(Pixel { x: self.width + more, y: self.height + more }),
        }
    }

    /// Metres on the ground that a pixel of the middle stands for.
    pub fn metres_of_pixel(&self) -> f64 {
        let latitude = self.centre.place().latitude.to_radians();
        latitude.cos() * TAU * RADIUS / self.scale()
    }

    /// A round length for the bar of the scale: metres, and pixels, of which there are at most so many.
    pub fn bar(&self, most: f64) -> (f64, f64) {
        let metres = self.metres_of_pixel() * most;
        let power = 10_f64.powf(metres.log10().floor());
        let round = [5.0, 2.0, 1.0].into_iter().map(|digit| digit * power).find(|length| *length <= metres);
        let round = round.unwrap_or(power);
        (round, round / self.metres_of_pixel())
    }
}
