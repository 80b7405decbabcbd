//! Outlines and signs, drawn once and put where the view has been panned to: a hundred signs are thousands of calls, a picture is
//! one.

use super::{
    painter::{Picture, context_of},
    scene::Scene,
    signs::Colours,
};
use domain::map::{Clusters, Pixel, View};
use leptos::{
    prelude::document,
    wasm_bindgen::JsCast,
    web_sys::{CanvasRenderingContext2d, HtmlCanvasElement},
};
use std::sync::Arc;

/// CSS pixels on each side of the view that are drawn with it: so far it is panned before it is drawn anew.
const MARGIN: f64 = 160.0;

pub struct Layer {
    canvas: HtmlCanvasElement,
    context: CanvasRenderingContext2d,
    scene: Arc<Scene>,
    clusters: Arc<Clusters>,
    colours: Colours,
    ratio: f64,
    /// By which it is drawn, with its margin.
    view: View,
}

impl Layer {
    /// An empty one around the view, on the canvas of the one before; none where the browser has no room for it.
    pub fn around(
        picture: &Picture<'_>,
        colours: &Colours,
        ratio: f64,
        before: Option<Self>,
    ) -> Option<Self> {
        let canvas: HtmlCanvasElement = match before {
            Some(before) => before.canvas,
            None => document().create_element("canvas").ok()?.dyn_into().ok()?,
        };
        let seen = picture.view;
        let view = View { width: seen.width + 2.0 * MARGIN, height: seen.height + 2.0 * MARGIN, ..seen };
        // This empties it, too.
        canvas.set_width((view.width * ratio) as u32);
        canvas.set_height((view.height * ratio) as u32);
        let context = context_of(&canvas)?;
        let (scene, clusters) = (picture.scene.clone(), picture.clusters.clone());
        Some(Self { canvas, context, scene, clusters, colours: colours.clone(), ratio, view })
    }

    /// Where it is drawn, and by which view.
    pub fn paper(&self) -> (&CanvasRenderingContext2d, View) {
        (&self.context, self.view)
    }

    /// Whether all of a picture is on it.
    pub fn holds(&self, picture: &Picture<'_>, colours: &Colours, ratio: f64) -> bool {
        let (view, corner) = (&picture.view, self.corner(&picture.view));
        let is_inside = corner.x <= 0.0
            && corner.y <= 0.0
            && corner.x + self.view.width >= view.width
            && corner.y + self.view.height >= view.height;
        let is_of_it =
            Arc::ptr_eq(&self.scene, picture.scene) && Arc::ptr_eq(&self.clusters, picture.clusters);
        is_inside
            && is_of_it
            && self.view.zoom == view.zoom
            && self.ratio == ratio
            && self.colours == *colours
    }

    pub fn put(&self, context: &CanvasRenderingContext2d, view: &View) {
        let corner = self.corner(view);
        // Whole pixels of the device, so that nothing is blurred. Numbers that are none are drawn nowhere.
        let (x, y) = ((corner.x * self.ratio).round(), (corner.y * self.ratio).round());
        let _ = context.set_transform(1.0, 0.0, 0.0, 1.0, 0.0, 0.0);
        let _ = context.draw_image_with_html_canvas_element(&self.canvas, x, y);
    }

    /// Its upper left one, in a view of the same zoom.
    fn corner(&self, view: &View) -> Pixel {
        let middle = view.pixel(self.view.centre);
        Pixel { x: middle.x - self.view.width / 2.0, y: middle.y - self.view.height / 2.0 }
    }
}
