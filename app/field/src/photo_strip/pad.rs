//! A pad to write on: what a finger draws on it is lines, which whoever asks for them keeps. A picture is made of them when they
//! are taken in.

use super::intake::chosen;
use crate::{
    device::PhoneRef,
    i18n::{sign_off as t, use_lang, visit as v},
};
use client::{
    DeviceError,
    browser::{
        camera,
        images::{CanvasWorker, Shot},
    },
    photos::{self, Stamp},
};
use domain::{
    ink::{Dot, HEIGHT, Strokes, WIDTH},
    photo::PhotoHash,
};
use leptos::{ev::PointerEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

/// As a pen of a millimetre draws.
const PEN: f64 = 7.0;

#[component]
pub fn Pad(
    /// Shown as they are.
    #[prop(into)]
    strokes: Signal<Strokes>,
    /// Told of all lines when one is drawn or taken back.
    on_drawn: Callback<Strokes>,
    /// The id of what says whose signature is asked for.
    labelled: String,
    /// For whoever wonders how to go about it.
    #[prop(optional)]
    help: &'static str,
) -> impl IntoView {
    let lang = use_lang();
    let surface = NodeRef::<html::Canvas>::new();
    // Ahead of what is kept while a finger is down.
    let held = StoredValue::new(Strokes::default());
    let finger = StoredValue::new(None::<i32>);
    ui::effect(move || {
        let Some(kept) = strokes.try_get() else { return };
        if let Some(surface) = surface.get() {
            draw(&surface, &kept);
        }
        held.set_value(kept);
    });
    let begin = move |event: PointerEvent| {
        // A palm on the glass beside the finger writes nothing.
        let Some((on, at)) = spot(&event).filter(|_| event.is_primary()) else { return };
        event.prevent_default();
        finger.set_value(Some(event.pointer_id()));
        // A finger that leaves the frame goes on drawing; refused only for one that is up already.
        let _ = on.set_pointer_capture(event.pointer_id());
        held.update_value(|lines| lines.begin(at));
        line(&on, at, at);
    };
    let go_on = move |event: PointerEvent| {
        if finger.get_value() != Some(event.pointer_id()) {
            return;
        }
        let Some((on, at)) = spot(&event) else { return };
        let last = |lines: &Strokes| lines.lines().last().and_then(|line| line.last().copied());
        let Some(before) = held.with_value(last) else { return };
        held.update_value(|lines| lines.go_on(at));
        if let Some(after) = held.with_value(last).filter(|after| *after != before) {
            line(&on, before, after);
        }
    };
    let end = move |event: PointerEvent| {
        if finger.get_value() == Some(event.pointer_id()) {
            finger.set_value(None);
            on_drawn.run(held.get_value());
        }
    };
    let undo = move |_| {
        held.update_value(Strokes::undo);
        on_drawn.run(held.get_value());
    };
    let again = move |_| on_drawn.run(Strokes::default());
    let lines = ui::memo(move || strokes.try_with(|strokes| strokes.lines().len()).unwrap_or_default());
    let says = format!("{labelled}-says");
    let helped = (!help.is_empty()).then(|| format!("{labelled}-help"));
    let described = [Some(says.clone()), helped.clone()].into_iter().flatten().collect::<Vec<_>>().join(" ");
    view! {
        <div class="pad">
            <canvas
                class="pad__surface"
                role="img"
                aria-labelledby=labelled
                aria-describedby=described
                node_ref=surface
                on:pointerdown=begin
                on:pointermove=go_on
                on:pointerup=end
                on:pointercancel=end
            ></canvas>
            <div class="pad__foot">
                <span class="u-small" id=says role="status">
                    {move || match lines.get() {
                        0 => t::pad_empty(lang).to_owned(),
                        lines => t::pad_lines(lang, lines),
                    }}
                </span>
                <button type="button" class="link" disabled=move || lines.get() == 0 on:click=undo>
                    {t::undo(lang)}
                </button>
                <button type="button" class="link" disabled=move || lines.get() == 0 on:click=again>
                    {v::sign_again(lang)}
                </button>
            </div>
            {helped
                .map(|id| {
                    view! {
                        <p class="u-small" id=id>
                            {help}
                        </p>
                    }
                })}
        </div>
    }
}

/// Makes a picture of the lines and takes it in as photos are: with the stamp below it, its bytes durable when it returns.
pub async fn taken_in(phone: &PhoneRef, strokes: &Strokes, stamp: &Stamp) -> Result<PhotoHash, DeviceError> {
    let shot = shot(strokes).await?;
    let worker = CanvasWorker::of(phone);
    Ok(photos::take(phone, &worker, &shot, stamp, chosen).await?.facts.hash)
}

/// A picture of the lines, as a camera gives one.
pub async fn shot(strokes: &Strokes) -> Result<Shot, DeviceError> {
    let made = document().create_element("canvas").ok().and_then(|made| made.dyn_into().ok());
    let surface: HtmlCanvasElement = made.ok_or(DeviceError::PhotoNotMade)?;
    draw(&surface, strokes);
    Ok(Shot::Frame(camera::drawn(&surface).await?))
}

/// Where the finger is, in pixels of the picture; the canvas with it.
fn spot(event: &PointerEvent) -> Option<(HtmlCanvasElement, Dot)> {
    let on: HtmlCanvasElement = event.current_target()?.dyn_into().ok()?;
    let within = |at: i32, of: i32, pixels: u16| {
        let at = f64::from(at) / f64::from(of.max(1)) * f64::from(pixels);
        at.round().clamp(0.0, f64::from(pixels)) as u16
    };
    let across = within(event.offset_x(), on.client_width(), WIDTH);
    let down = within(event.offset_y(), on.client_height(), HEIGHT);
    Some((on, (across, down)))
}

/// White paper, and all that was written on it.
fn draw(surface: &HtmlCanvasElement, strokes: &Strokes) {
    // Which wipes it, and makes its pen anew.
    surface.set_width(WIDTH.into());
    surface.set_height(HEIGHT.into());
    let Some(context) = context(surface) else { return };
    context.set_fill_style_str("#fff");
    context.fill_rect(0.0, 0.0, WIDTH.into(), HEIGHT.into());
    context.set_stroke_style_str("#111");
    context.set_line_width(PEN);
    context.set_line_cap("round");
    context.set_line_join("round");
    for dots in strokes.lines() {
        let Some(first) = dots.first() else { continue };
        context.begin_path();
        context.move_to(first.0.into(), first.1.into());
        for dot in dots {
            context.line_to(dot.0.into(), dot.1.into());
        }
        context.stroke();
    }
}

/// One piece of a line, while it is drawn.
fn line(surface: &HtmlCanvasElement, from: Dot, to: Dot) {
    let Some(context) = context(surface) else { return };
    context.begin_path();
    context.move_to(from.0.into(), from.1.into());
    context.line_to(to.0.into(), to.1.into());
    context.stroke();
}

fn context(surface: &HtmlCanvasElement) -> Option<CanvasRenderingContext2d> {
    surface.get_context("2d").ok().flatten()?.dyn_into().ok()
}
