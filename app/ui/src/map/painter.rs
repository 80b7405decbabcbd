//! Draws a scene by a view. Outlines are paths that the browser keeps for as long as the zoom stays on its step, and all that is
//! drawn is a layer that is moved while the zoom stays as it is: so a frame of panning costs a few calls.

use super::{
    layer::Layer,
    scene::Scene,
    signs::{self, Colours},
    tiles::Tiles,
};
use domain::{
    map::{Bounds, Clusters, Pixel, View, World},
    place::Location,
};
use leptos::{
    prelude::window,
    wasm_bindgen::JsCast,
    web_sys::{CanvasRenderingContext2d, CanvasWindingRule, HtmlCanvasElement, Path2d},
};
use std::sync::Arc;

/// What is drawn at once.
pub struct Picture<'a> {
    pub scene: &'a Arc<Scene>,
    pub clusters: &'a Arc<Clusters>,
    pub view: View,
    /// Where the person is.
    pub here: Option<Location>,
}

#[derive(Default)]
pub struct Painter {
    /// What the paths were made of, and for which step of the zoom.
    made_of: Option<(Arc<Scene>, f64)>,
    paths: Vec<OutlinePath>,
    /// What lies below all else, if anything does.
    pub tiles: Option<Tiles>,
    /// Of the frame before.
    zoom: Option<f64>,
    layer: Option<Layer>,
}

struct OutlinePath {
    /// Where its coordinates begin: near it they are small, and exact.
    origin: World,
    bounds: Bounds,
    path: Path2d,
    is_grid: bool,
}

impl Painter {
    /// The size of the canvas on its page, in CSS pixels.
    pub fn size(canvas: &HtmlCanvasElement) -> (f64, f64) {
        (f64::from(canvas.client_width()), f64::from(canvas.client_height()))
    }

    pub fn paint(&mut self, canvas: &HtmlCanvasElement, picture: &Picture<'_>) {
        let view = &picture.view;
        let ratio = window().device_pixel_ratio().clamp(1.0, 3.0);
        let (width, height) = ((view.width * ratio) as u32, (view.height * ratio) as u32);
        if (canvas.width(), canvas.height()) != (width, height) {
            canvas.set_width(width);
            canvas.set_height(height);
        }
        let Some(context) = context_of(canvas) else { return };
        let colours = Colours::of(canvas);
        plain(&context, ratio);
        context.set_fill_style_str(&colours.ground);
        context.fill_rect(0.0, 0.0, view.width, view.height);
        if let Some(tiles) = &mut self.tiles {
            tiles.draw(&context, view, ratio);
        }
        // While it is zoomed no two frames are alike; while it is panned they are, but for where they lie.
        if self.zoom.replace(view.zoom) == Some(view.zoom) {
            self.moved(&context, &colours, picture, ratio);
        } else {
            self.layer = None;
            self.marks(&context, &colours, picture, ratio);
        }
        plain(&context, ratio);
        if let Some(here) = &picture.here {
            let accuracy = here.accuracy.unwrap_or_default() / view.metres_of_pixel();
            signs::here(&context, &colours, view.pixel(World::of_place(here)), accuracy);
        }
    }

    /// By the layer, which is drawn anew where it does not reach.
    fn moved(
        &mut self,
        context: &CanvasRenderingContext2d,
        colours: &Colours,
        picture: &Picture<'_>,
        ratio: f64,
    ) {
        let before = self.layer.take();
        let holds = before.as_ref().is_some_and(|layer| layer.holds(picture, colours, ratio));
        let layer = if holds { before } else { Layer::around(picture, colours, ratio, before) };
        let Some(layer) = layer else { return self.marks(context, colours, picture, ratio) };
        if !holds {
            let (paper, view) = layer.paper();
            self.marks(paper, colours, &Picture { view, here: None, ..*picture }, ratio);
        }
        layer.put(context, &picture.view);
        self.layer = Some(layer);
    }

    /// All but what lies below and where the person is.
    fn marks(
        &mut self,
        context: &CanvasRenderingContext2d,
        colours: &Colours,
        picture: &Picture<'_>,
        ratio: f64,
    ) {
        self.outlines(context, colours, picture, ratio);
        plain(context, ratio);
        names(context, colours, picture);
        for cluster in picture.clusters.seen(&picture.view) {
            signs::draw(context, colours, cluster.kind, picture.view.pixel(cluster.at), cluster.marks.len());
        }
    }

    fn outlines(
        &mut self,
        context: &CanvasRenderingContext2d,
        colours: &Colours,
        picture: &Picture<'_>,
        ratio: f64,
    ) {
        let (view, step) = (&picture.view, picture.view.zoom.floor());
        let is_made = |(scene, at): &(Arc<Scene>, f64)| Arc::ptr_eq(scene, picture.scene) && *at == step;
        if !self.made_of.as_ref().is_some_and(is_made) {
            self.paths = paths(picture.scene, &View { zoom: step, ..*view });
            self.made_of = Some((picture.scene.clone(), step));
        }
        let (seen, by) = (view.seen(0.0), (view.zoom - step).exp2());
        for outline in self.paths.iter().filter(|outline| outline.bounds.meets(&seen)) {
            let at = view.pixel(outline.origin);
            let scale = by * ratio;
            // Numbers that are none are drawn nowhere.
            let _ = context.set_transform(scale, 0.0, 0.0, scale, at.x * ratio, at.y * ratio);
            if outline.is_grid {
                context.set_fill_style_str(&colours.accent_soft);
                context.set_global_alpha(0.45);
                context.fill_with_path_2d_and_winding(&outline.path, CanvasWindingRule::Evenodd);
                context.set_global_alpha(1.0);
            }
            let (colour, width) = if outline.is_grid { (&colours.accent, 1.5) } else { (&colours.edge, 3.0) };
            context.set_stroke_style_str(colour);
            context.set_line_width(width / by);
            context.stroke_with_path(&outline.path);
        }
    }
}

/// What an outline is called, where its own rectangle has room for it: communities at its upper edge, grids at the lower one.
fn names(context: &CanvasRenderingContext2d, colours: &Colours, picture: &Picture<'_>) {
    let view = &picture.view;
    let seen = view.seen(0.0);
    let near = picture.scene.outlines.iter().filter(|outline| outline.bounds.meets(&seen));
    for outline in near.filter(|outline| !outline.name.is_empty()) {
        let (first, last) = (view.pixel(outline.bounds.first), view.pixel(outline.bounds.last));
        let has_room = last.y - first.y > 4.0 * signs::LINE
            && last.x - first.x > signs::breadth(&outline.name) + signs::LINE;
        if has_room {
            let y = if outline.is_grid { last.y - signs::LINE } else { first.y + signs::LINE };
            let at = Pixel { x: f64::midpoint(first.x, last.x), y };
            signs::name(context, colours, &outline.name, at);
        }
    }
}

/// What a canvas is drawn with; none where the browser cannot.
pub fn context_of(canvas: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    canvas.get_context("2d").ok().flatten()?.dyn_into().ok()
}

/// Coordinates are CSS pixels again.
fn plain(context: &CanvasRenderingContext2d, ratio: f64) {
    // Numbers that are none are drawn nowhere.
    let _ = context.set_transform(ratio, 0.0, 0.0, ratio, 0.0, 0.0);
}

/// In pixels of the view's zoom, from the middle of each outline.
fn paths(scene: &Scene, view: &View) -> Vec<OutlinePath> {
    let scale = view.scale();
    let drawn = scene.outlines.iter().filter_map(|outline| {
        // A browser without paths shows the marks alone.
        let path = Path2d::new().ok()?;
        let origin = outline.bounds.middle();
        for ring in &outline.rings {
            for (number, at) in ring.iter().enumerate() {
                let (x, y) = ((at.x - origin.x) * scale, (at.y - origin.y) * scale);
                if number == 0 {
                    path.move_to(x, y);
                } else {
                    path.line_to(x, y);
                }
            }
            path.close_path();
        }
        Some(OutlinePath { origin, bounds: outline.bounds, path, is_grid: outline.is_grid })
    });
    drawn.collect()
}
