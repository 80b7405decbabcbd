//! Marks on a photo: arrows, circles, boxes and text that point something out, and black boxes that cover faces or plates.

use crate::platform::Drawing;

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
            Shape::Arrow | Shape::Circle | Shape::Box | Shape::BlackOut => {
                (self.to.x - self.from.x).hypot(self.to.y - self.from.y) > 0.02
            }
        }
    }
}

const COLOUR: &str = "#e02617";
const AROUND: &str = "#fff";

/// Draws them in order on a surface of this size.
pub fn draw(drawing: &mut Drawing, marks: &[Mark], width: f64, height: f64) {
    let line = (width.max(height) / 160.0).max(2.0);
    drawing.set("lineCap", "round");
    drawing.set("lineJoin", "round");
    for mark in marks {
        let at = |spot: Spot| (spot.x * width, spot.y * height);
        let (from, to) = (at(mark.from), at(mark.to));
        match mark.shape {
            Shape::BlackOut => {
                drawing.set("fillStyle", "#000");
                drawing.call("fillRect", &[from.0, from.1, to.0 - from.0, to.1 - from.1]);
            }
            Shape::Text => {
                let letters = (width.min(height) / 14.0).max(14.0);
                drawing.letters(700, letters);
                drawing.set("strokeStyle", AROUND);
                drawing.set_number("lineWidth", letters / 5.0);
                drawing.text("strokeText", &mark.words, from, width);
                drawing.set("fillStyle", COLOUR);
                drawing.text("fillText", &mark.words, from, width);
            }
            Shape::Arrow | Shape::Circle | Shape::Box => {
                // A light edge, so that it shows on dark and on red.
                for (colour, wide) in [(AROUND, line * 2.0), (COLOUR, line)] {
                    drawing.set("strokeStyle", colour);
                    drawing.set_number("lineWidth", wide);
                    drawing.call("beginPath", &[]);
                    outline(drawing, mark.shape, from, to, line);
                    drawing.call("stroke", &[]);
                }
            }
        }
    }
}

fn outline(drawing: &mut Drawing, shape: Shape, from: (f64, f64), to: (f64, f64), line: f64) {
    let (across, down) = (to.0 - from.0, to.1 - from.1);
    match shape {
        Shape::Arrow => {
            drawing.call("moveTo", &[from.0, from.1]);
            drawing.call("lineTo", &[to.0, to.1]);
            let (turn, head) = (down.atan2(across), line * 6.0);
            for side in [-0.5, 0.5] {
                drawing.call("moveTo", &[to.0, to.1]);
                drawing
                    .call("lineTo", &[to.0 - head * (turn + side).cos(), to.1 - head * (turn + side).sin()]);
            }
        }
        Shape::Circle => {
            let centre = (from.0 + across / 2.0, from.1 + down / 2.0);
            let (wide, high) = ((across / 2.0).abs(), (down / 2.0).abs());
            let whole = std::f64::consts::TAU;
            drawing.call("ellipse", &[centre.0, centre.1, wide, high, 0.0, 0.0, whole]);
        }
        Shape::Box => drawing.call("rect", &[from.0, from.1, across, down]),
        Shape::Text | Shape::BlackOut => {}
    }
}
