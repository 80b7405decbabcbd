//! What fingers, wheel and keys do to a view.

use domain::map::{Pixel, View};
use leptos::web_sys::PointerEvent;

/// Pixels that a finger may tremble while it taps.
const TREMBLE: f64 = 8.0;

/// Pixels that an arrow moves by.
const STRIDE: f64 = 80.0;

/// The fingers that are down, and whether they have moved.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fingers {
    down: Vec<(i32, Pixel)>,
    moved: f64,
    /// Two were down: what is lifted last is no tap.
    pinched: bool,
}

impl Fingers {
    pub fn put(&mut self, event: &PointerEvent) {
        if self.down.is_empty() {
            self.moved = 0.0;
            self.pinched = false;
        }
        self.down.retain(|(id, _)| *id != event.pointer_id());
        self.down.push((event.pointer_id(), pixel(event)));
        self.pinched |= self.down.len() > 1;
    }

    /// What the view becomes; none where nothing is down.
    pub fn moved(&mut self, event: &PointerEvent, view: View) -> Option<View> {
        let to = pixel(event);
        let other = self.down.iter().find(|(id, _)| *id != event.pointer_id()).map(|(_, at)| *at);
        let (_, at) = self.down.iter_mut().find(|(id, _)| *id == event.pointer_id())?;
        let from = *at;
        *at = to;
        self.moved += from.distance(to);
        let Some(other) = other else { return Some(view.panned(to.x - from.x, to.y - from.y)) };
        let about = Pixel { x: f64::midpoint(to.x, other.x), y: f64::midpoint(to.y, other.y) };
        let (before, after) = (from.distance(other).max(1.0), to.distance(other).max(1.0));
        let panned = view.panned((to.x - from.x) / 2.0, (to.y - from.y) / 2.0);
        Some(panned.zoomed((after / before).log2(), about))
    }

    /// Where it was a tap.
    pub fn lifted(&mut self, event: &PointerEvent) -> Option<Pixel> {
        let known = self.down.iter().any(|(id, _)| *id == event.pointer_id());
        self.down.retain(|(id, _)| *id != event.pointer_id());
        let is_tap = known && self.down.is_empty() && !self.pinched && self.moved < TREMBLE;
        is_tap.then(|| pixel(event))
    }

    pub fn lost(&mut self, event: &PointerEvent) {
        self.down.retain(|(id, _)| *id != event.pointer_id());
    }
}

/// In CSS pixels of the canvas.
fn pixel(event: &PointerEvent) -> Pixel {
    Pixel { x: f64::from(event.offset_x()), y: f64::from(event.offset_y()) }
}

/// What a key makes of the view; none where it is none of ours.
pub fn keyed(key: &str, view: View) -> Option<View> {
    match key {
        "ArrowLeft" => Some(view.panned(STRIDE, 0.0)),
        "ArrowRight" => Some(view.panned(-STRIDE, 0.0)),
        "ArrowUp" => Some(view.panned(0.0, STRIDE)),
        "ArrowDown" => Some(view.panned(0.0, -STRIDE)),
        "+" | "=" => Some(view.zoomed(1.0, view.middle())),
        "-" | "_" => Some(view.zoomed(-1.0, view.middle())),
        _ => None,
    }
}
