//! The signs of a map: risk by shape and colour as everywhere, hazards as what they are read by, `!`.

use domain::{
    map::{MarkKind, Pixel},
    risk::RiskLevel,
    severity::Severity,
};
use leptos::web_sys::{CanvasRenderingContext2d, CssStyleDeclaration, HtmlCanvasElement};
use std::f64::consts::TAU;

/// Half of a sign's width, in CSS pixels.
pub const HALF: f64 = 8.0;

/// Of a line of text, in CSS pixels.
pub const LINE: f64 = 12.0;

/// The theme's colours.
#[derive(Clone, PartialEq)]
pub struct Colours {
    pub ink: String,
    pub edge: String,
    pub paper: String,
    pub ground: String,
    pub accent: String,
    pub accent_soft: String,
    pub major: String,
    pub considerable: String,
    pub general: String,
    pub general_rim: String,
    pub low: String,
}

impl Colours {
    /// As they hold where the canvas stands.
    pub fn of(canvas: &HtmlCanvasElement) -> Self {
        let style = leptos::prelude::window().get_computed_style(canvas).ok().flatten();
        let colour = |name: &str| read(style.as_ref(), name);
        Self {
            ink: colour("--ink"),
            edge: colour("--edge"),
            paper: colour("--paper"),
            ground: colour("--ground"),
            accent: colour("--accent"),
            accent_soft: colour("--accent-soft"),
            major: colour("--major"),
            considerable: colour("--considerable"),
            general: colour("--general"),
            general_rim: colour("--general-rim"),
            low: colour("--low"),
        }
    }

    fn of_risk(&self, risk: RiskLevel) -> &str {
        match risk {
            RiskLevel::Major => &self.major,
            RiskLevel::Considerable => &self.considerable,
            RiskLevel::General => &self.general,
            RiskLevel::Low => &self.low,
        }
    }
}

fn read(style: Option<&CssStyleDeclaration>, name: &str) -> String {
    style.and_then(|style| style.get_property_value(name).ok()).unwrap_or_default().trim().to_owned()
}

/// One mark; `count`: of how many it stands for the first.
pub fn draw(context: &CanvasRenderingContext2d, colours: &Colours, kind: MarkKind, at: Pixel, count: usize) {
    if count > 1 {
        several(context, colours, kind, at, count);
    } else {
        single(context, colours, kind, at);
    }
}

fn single(context: &CanvasRenderingContext2d, colours: &Colours, kind: MarkKind, at: Pixel) {
    match kind {
        MarkKind::Site { risk, due } => site(context, colours, risk, due, at),
        MarkKind::Hazard { level, late } => hazard(context, colours, level, late, at),
    }
}

/// How many are drawn as one: a disc that grows with them, its rim of the colour of what presses most among them, whose sign stands
/// small at the upper right. The rim is heavy where a visit is due or a day has passed.
fn several(context: &CanvasRenderingContext2d, colours: &Colours, kind: MarkKind, at: Pixel, count: usize) {
    let (rim, presses, calm) = match kind {
        MarkKind::Site { risk, due } => (colours.of_risk(risk), due, MarkKind::Site { risk, due: false }),
        MarkKind::Hazard { level, late } => {
            (colours.ink.as_str(), late, MarkKind::Hazard { level, late: false })
        }
    };
    let radius = if count < 10 {
        11.0
    } else if count < 100 {
        13.5
    } else {
        16.0
    };
    context.begin_path();
    circle(context, at, radius);
    context.set_fill_style_str(&colours.paper);
    context.fill();
    context.set_stroke_style_str(rim);
    context.set_line_width(if presses { 3.0 } else { 1.5 });
    context.stroke();
    let words = if count > 999 { "999+".to_owned() } else { count.to_string() };
    context.set_font("bold 12px sans-serif");
    text(context, &colours.ink, &words, at);
    context.save();
    // Numbers that are none are drawn nowhere.
    let _ = context.translate(at.x + radius * 0.75, at.y - radius * 0.75);
    let _ = context.scale(0.6, 0.6);
    single(context, colours, calm, Pixel { x: 0.0, y: 0.0 });
    context.restore();
}

fn site(context: &CanvasRenderingContext2d, colours: &Colours, risk: RiskLevel, due: bool, at: Pixel) {
    if due {
        ring(context, colours, at);
    }
    context.begin_path();
    match risk {
        RiskLevel::Major => polygon(
            context,
            at,
            &[
                (-4.0, -8.0),
                (4.0, -8.0),
                (8.0, -4.0),
                (8.0, 4.0),
                (4.0, 8.0),
                (-4.0, 8.0),
                (-8.0, 4.0),
                (-8.0, -4.0),
            ],
        ),
        RiskLevel::Considerable => polygon(context, at, &[(0.0, -8.0), (8.0, 7.0), (-8.0, 7.0)]),
        RiskLevel::General => polygon(context, at, &[(0.0, -8.0), (8.0, 0.0), (0.0, 8.0), (-8.0, 0.0)]),
        RiskLevel::Low => circle(context, at, 6.5),
    }
    context.set_fill_style_str(colours.of_risk(risk));
    context.fill();
    // A rim of paper keeps neighbours apart; the yellow one needs a dark rim to be seen at all.
    let rim = if risk == RiskLevel::General { &colours.general_rim } else { &colours.paper };
    context.set_stroke_style_str(rim);
    context.set_line_width(1.0);
    context.stroke();
}

/// A square with `!`, filled where it is major.
fn hazard(context: &CanvasRenderingContext2d, colours: &Colours, level: Severity, late: bool, at: Pixel) {
    if late {
        ring(context, colours, at);
    }
    let (ground, sign, words) = match level {
        Severity::General => (&colours.paper, &colours.ink, "!"),
        Severity::Major => (&colours.ink, &colours.paper, "!!"),
    };
    context.set_fill_style_str(ground);
    context.fill_rect(at.x - HALF, at.y - HALF, 2.0 * HALF, 2.0 * HALF);
    context.set_stroke_style_str(&colours.ink);
    context.set_line_width(2.0);
    context.stroke_rect(at.x - HALF, at.y - HALF, 2.0 * HALF, 2.0 * HALF);
    context.set_font("bold 13px sans-serif");
    text(context, sign, words, at);
}

/// What presses stands in a ring: a visit that is due, a day that has passed.
fn ring(context: &CanvasRenderingContext2d, colours: &Colours, at: Pixel) {
    context.begin_path();
    circle(context, at, HALF + 4.0);
    context.set_stroke_style_str(&colours.ink);
    context.set_line_width(2.0);
    context.stroke();
}

/// Pixels that a name takes, about: a letter is half as broad as a character.
pub fn breadth(name: &str) -> f64 {
    name.chars().map(|c| if c.is_ascii() { 0.5 * LINE } else { LINE }).sum()
}

/// The name of an outline. It stands on its ground and not on its edge, which it may cross.
pub fn name(context: &CanvasRenderingContext2d, colours: &Colours, name: &str, at: Pixel) {
    context.set_font("12px sans-serif");
    context.set_text_align("center");
    context.set_text_baseline("middle");
    context.set_stroke_style_str(&colours.ground);
    context.set_line_width(3.0);
    // A canvas that cannot write shows the outline without it.
    let _ = context.stroke_text(name, at.x, at.y + 0.5);
    text(context, &colours.ink, name, at);
}

/// Where the person is.
pub fn here(context: &CanvasRenderingContext2d, colours: &Colours, at: Pixel, accuracy: f64) {
    if accuracy > HALF {
        context.begin_path();
        circle(context, at, accuracy);
        context.set_global_alpha(0.15);
        context.set_fill_style_str(&colours.accent);
        context.fill();
        context.set_global_alpha(1.0);
    }
    context.begin_path();
    circle(context, at, HALF);
    context.set_fill_style_str(&colours.accent);
    context.fill();
    context.set_stroke_style_str(&colours.paper);
    context.set_line_width(3.0);
    context.stroke();
}

fn text(context: &CanvasRenderingContext2d, colour: &str, words: &str, at: Pixel) {
    context.set_text_align("center");
    context.set_text_baseline("middle");
    context.set_fill_style_str(colour);
    // A canvas that cannot write shows the sign without it.
    let _ = context.fill_text(words, at.x, at.y + 0.5);
}

fn circle(context: &CanvasRenderingContext2d, at: Pixel, radius: f64) {
    // Fails for a negative radius only.
    let _ = context.arc(at.x, at.y, radius, 0.0, TAU);
}

fn polygon(context: &CanvasRenderingContext2d, at: Pixel, corners: &[(f64, f64)]) {
    for (number, (x, y)) in corners.iter().enumerate() {
        if number == 0 {
            context.move_to(at.x + x, at.y + y);
        } else {
            context.line_to(at.x + x, at.y + y);
        }
    }
    context.close_path();
}
