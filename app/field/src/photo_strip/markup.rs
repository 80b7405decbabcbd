//! Drawing on a photo, with one finger: arrow, circle, box, words, and black over what is nobody's business. Each can be
//! taken back; the photo itself changes only when it is done.

use super::shot::{Picture, picture};
use crate::{
    components::dialog::open_while,
    device::use_device,
    errors::ErrorWords,
    i18n::{Lang, photos as t, use_lang},
};
use client::{
    DeviceError,
    browser::{canvas, images::CanvasWorker},
    photos::{
        self,
        marks::{self, Mark, Shape, Spot},
    },
    platform::Drawing,
};
use domain::photo::PhotoHash;
use leptos::{ev::PointerEvent, html, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast;
use web_sys::{CanvasRenderingContext2d, HtmlCanvasElement};

fn name(lang: Lang, shape: Shape) -> &'static str {
    match shape {
        Shape::Arrow => t::arrow(lang),
        Shape::Circle => t::circle(lang),
        Shape::Box => t::frame(lang),
        Shape::Text => t::words(lang),
        Shape::BlackOut => t::black_out(lang),
    }
}

/// Open for as long as `marked` names a photo; `on_marked` hears of it and of the one that takes its place.
#[component]
pub fn Markup(
    marked: RwSignal<Option<PhotoHash>>,
    on_marked: Callback<(PhotoHash, PhotoHash)>,
) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let (dialog, surface, words) =
        (NodeRef::<html::Dialog>::new(), NodeRef::<html::Canvas>::new(), NodeRef::<html::Input>::new());
    let shape = RwSignal::new(Shape::Arrow);
    let (drawn, drawing) = (RwSignal::new(Vec::<Mark>::new()), RwSignal::new(None::<Mark>));
    let (failed, busy, broken) =
        (RwSignal::new(None::<DeviceError>), RwSignal::new(false), RwSignal::new(None));
    let shown = picture(marked.into(), true, broken);
    open_while(dialog, move || marked.with(Option::is_some));
    ui::effect(move || {
        let Some(surface) = surface.get() else { return };
        let all: Vec<Mark> = drawn.get().into_iter().chain(drawing.get()).collect();
        paint(&surface, &all);
    });

    let spot = |event: &PointerEvent| {
        let on: HtmlCanvasElement = event.current_target()?.dyn_into().ok()?;
        let (width, height) = (f64::from(on.client_width()), f64::from(on.client_height()));
        let within = |at: i32, of: f64| (f64::from(at) / of.max(1.0)).clamp(0.0, 1.0);
        Some(Spot { x: within(event.offset_x(), width), y: within(event.offset_y(), height) })
    };
    let begin = move |event: PointerEvent| {
        event.prevent_default();
        let Some(from) = spot(&event) else { return };
        let words = words.get_untracked().map(|field| field.value()).unwrap_or_default();
        drawing.set(Some(Mark { shape: shape.get_untracked(), from, to: from, words }));
        if let Some(on) = event.current_target().and_then(|on| on.dyn_into::<HtmlCanvasElement>().ok()) {
            // A finger that leaves the picture goes on drawing; refused only for one that is up already.
            let _ = on.set_pointer_capture(event.pointer_id());
        }
    };
    let go_on = move |event: PointerEvent| {
        if let (Some(mark), Some(to)) = (drawing.get_untracked(), spot(&event)) {
            drawing.set(Some(Mark { to, ..mark }));
        }
    };
    let end = move |_: PointerEvent| {
        if let Some(mark) = drawing.get_untracked().filter(Mark::is_something) {
            drawn.update(|drawn| drawn.push(mark));
        }
        drawing.set(None);
    };
    let close = move || {
        marked.set(None);
        drawn.set(vec![]);
        failed.set(None);
    };
    let done = move |_| {
        let Some(before) = marked.get_untracked().filter(|_| !busy.get_untracked()) else { return };
        let marks = drawn.get_untracked();
        if marks.is_empty() {
            return close();
        }
        busy.set(true);
        spawn_local(async move {
            let made = photos::mark(&phone, &CanvasWorker::of(&phone), &before, &marks).await;
            busy.try_set(false);
            match made {
                Ok(after) => {
                    on_marked.try_run((before, after));
                    close();
                }
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    let tools = Shape::ALL.map(|one| {
        view! {
            <button
                type="button"
                class="chip"
                aria-pressed=move || (shape.get() == one).to_string()
                on:click=move |_| shape.set(one)
            >
                {name(lang, one)}
            </button>
        }
    });
    view! {
        <dialog class="photo-view markup" node_ref=dialog aria-label=t::mark_up(lang) on:close=move |_| close()>
            <div class="markup__area">
                {move || match shown.get() {
                    Picture::At(url) => {
                        let fit = move |_| drawn.update(|_| {});
                        view! { <img class="markup__photo" src=url alt="" on:load=fit /> }.into_any()
                    }
                    Picture::Loading | Picture::Elsewhere | Picture::NotDrawn => ().into_any(),
                }}
                <canvas
                    class="markup__surface"
                    node_ref=surface
                    aria-label=t::mark_here(lang)
                    on:pointerdown=begin
                    on:pointermove=go_on
                    on:pointerup=end
                    on:pointercancel=move |_| drawing.set(None)
                ></canvas>
            </div>
            <div class="markup__tools">
                {move || failed.get().map(|error| view! { <p role="alert">{error.words(lang)}</p> })}
                <Show when=move || shape.get() == Shape::Text>
                    <input class="input" type="text" maxlength="40" node_ref=words aria-label=t::words_to_set(lang) placeholder=t::words_to_set(lang) />
                </Show>
                <div class="chip-strip" role="group" aria-label=t::mark_up(lang)>{tools}</div>
                <div class="u-row markup__buttons">
                    <button type="button" class="button button--quiet" on:click=move |_| close()>{t::cancel(lang)}</button>
                    <button
                        type="button"
                        class="button button--quiet"
                        disabled=move || drawn.with(Vec::is_empty)
                        on:click=move |_| drawn.update(|drawn| drop(drawn.pop()))
                    >
                        {t::take_back(lang)}
                    </button>
                    <button type="button" class="button" aria-busy=move || busy.get().to_string() on:click=done>
                        {t::done(lang)}
                    </button>
                </div>
            </div>
        </dialog>
    }
}

/// As sharp as the screen.
fn paint(surface: &HtmlCanvasElement, marks: &[Mark]) {
    let scale = window().device_pixel_ratio().max(1.0);
    let (width, height) =
        (f64::from(surface.client_width()) * scale, f64::from(surface.client_height()) * scale);
    surface.set_width(width as u32);
    surface.set_height(height as u32);
    let context = surface.get_context("2d").ok().flatten().and_then(|context| context.dyn_into().ok());
    let Some(context): Option<CanvasRenderingContext2d> = context else { return };
    let mut drawing = Drawing::default();
    marks::draw(&mut drawing, marks, width, height);
    canvas::draw(&drawing, &context);
}
