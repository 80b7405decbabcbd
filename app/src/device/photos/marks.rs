//! What a person draws on a photo to show what is meant, or to cover what is nobody's business.

use web_sys::CanvasRenderingContext2d;

/// A place on the picture, in fractions of its width and height.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f64,
    pub y: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    Arrow,
    Circle,
    Box,
    Text,
    /// Faces and number plates.
    BlackOut,
}

impl Shape {
    pub const ALL: [Self; 5] = [Self::Arrow, Self::Circle, Self::Box, Self::Text, Self::BlackOut];
}

#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    pub shape: Shape,
    pub from: Spot,
    pub to: Spot,
    /// Of [`Shape::Text`].
    pub words: String,
}

impl Mark {
    /// A finger that only touched has drawn nothing, but where it set a text down.
    pub fn is_something(&self) -> bool {
        match self.shape {
            Shape::Text => !self.words.trim().is_empty(),
            _ => (self.to.x - self.from.x).hypot(self.to.y - self.from.y) > 0.02,
        }
    }
}

const COLOUR: &str = "#e02617";
const AROUND: &str = "#fff";

/// Draws them in order on a surface of this size.
pub fn draw(context: &CanvasRenderingContext2d, marks: &[Mark], width: f64, height: f64) {
    let line = (width.max(height) / 160.0).max(2.0);
    context.set_line_cap("round");
    context.set_line_join("round");
    for mark in marks {
        let at = |spot: Spot| (spot.x * width, spot.y * height);
        let (from, to) = (at(mark.from), at(mark.to));
        match mark.shape {
            Shape::BlackOut => {
                context.set_fill_style_str("#000");
                context.fill_rect(
                    from.0.min(to.0),
                    from.1.min(to.1),
                    (to.0 - from.0).abs(),
                    (to.1 - from.1).abs(),
                );
            }
            Shape::Text => {
                let letters = (width.min(height) / 14.0).max(14.0);
                context.set_font(&format!(
                    "700 {letters}px system-ui, \"PingFang SC\", \"Noto Sans CJK SC\", sans-serif"
                ));
                context.set_text_baseline("middle");
                context.set_stroke_style_str(AROUND);
                context.set_line_width(letters / 5.0);
                // Fails only for figures that are none.
                let _ = context.stroke_text(&mark.words, from.0, from.1);
                context.set_fill_style_str(COLOUR);
                let _ = context.fill_text(&mark.words, from.0, from.1);
            }
            Shape::Arrow | Shape::Circle | Shape::Box => {
                // A light edge, so that it shows on dark and on red.
                for (colour, wide) in [(AROUND, line * 2.0), (COLOUR, line)] {
                    context.set_stroke_style_str(colour);
                    context.set_line_width(wide);
                    context.begin_path();
                    outline(context, mark.shape, from, to, line);
                    context.stroke();
                }
            }
        }
    }
}

fn outline(context: &CanvasRenderingContext2d, shape: Shape, from: (f64, f64), to: (f64, f64), line: f64) {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    match shape {
        Shape::Arrow => {
            context.move_to(from.0, from.1);
            context.line_to(to.0, to.1);
            let (turn, head) = (down.atan2(across), line * 6.0);
            for side in [-0.5, 0.5] {
                context.move_to(to.0, to.1);
                context.line_to(to.0 - head * (turn + side).cos(), to.1 - head * (turn + side).sin());
            }
        }
        Shape::Circle => {
            let centre = (from.0 + across / 2.0, from.1 + down / 2.0);
            let (wide, high) = ((across / 2.0).abs(), (down / 2.0).abs());
            // Fails only for radii below nothing.
            let _ = context.ellipse(centre.0, centre.1, wide, high, 0.0, 0.0, std::f64::consts::TAU);
        }
        Shape::Box => context.rect(from.0, from.1, across, down),
        Shape::Text | Shape::BlackOut => {}
    }
}
