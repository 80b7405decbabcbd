//! The camera inside the app: one photo after the other without leaving the question, and the found photo over the live picture,
//! so that the rectification is taken from the same place.

use super::{
    intake::Intake,
    shot::{Picture, picture},
};
use crate::{
    components::{
        dialog::open_while,
        icon::{Icon, Sign},
    },
    errors::ErrorWords,
    i18n::{hazards as t, photos as p, use_lang},
};
use client::{
    DeviceError,
    browser::{
        band,
        camera::{self, Live},
        images::Shot,
    },
};
use domain::photo::{PhotoFacts, PhotoHash};
use leptos::{html, prelude::*, task::spawn_local};

/// How strongly the found photo stands over the live one at first, in percent.
const OVER: u8 = 40;

/// Open for as long as `open` says so.
#[component]
pub fn Viewfinder(
    open: RwSignal<bool>,
    #[prop(into)] taken: Signal<Vec<PhotoHash>>,
    intake: Intake,
    /// The photo to be taken again from the same place.
    over: Option<PhotoHash>,
) -> impl IntoView {
    let lang = use_lang();
    let (dialog, video) = (NodeRef::<html::Dialog>::new(), NodeRef::<html::Video>::new());
    let live = StoredValue::new_local(None::<Live>);
    let failed = RwSignal::new(None::<DeviceError>);
    let strength = RwSignal::new(OVER);
    open_while(dialog, move || open.get());
    ui::effect(move || {
        let Some(video) = video.get().filter(|_| open.get()) else {
            live.set_value(None);
            return;
        };
        failed.set(None);
        spawn_local(async move {
            match camera::open(&video).await {
                // Closed while the browser asked: the camera goes off with it.
                Ok(on) if open.try_get_untracked() == Some(true) => drop(live.try_set_value(Some(on))),
                Ok(_) => {}
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    });
    let count = move || taken.with(Vec::len) + intake.waiting.get();
    let full = move || count() >= PhotoFacts::MOST;
    let shoot = move |_| {
        let Some(video) = video.get_untracked().filter(|_| !full()) else { return };
        spawn_local(async move {
            match camera::shoot(&video).await {
                Ok(frame) => intake.take(vec![Shot::Frame(frame)]),
                Err(error) => drop(failed.try_set(Some(error))),
            }
        });
    };
    let before = over.map(|hash| {
        let broken = RwSignal::new(None);
        let found = picture(Signal::stored(Some(hash)), true, broken);
        let image = move || match found.get() {
            Picture::At(url) => {
                let failed = url.clone();
                let opacity = move || format!("{}%", strength.get());
                // As wide and high as its picture, so that it lies over the live one, its stamp aside.
                let shape = RwSignal::new(None::<f64>);
                let measure = move |event| shape.set(band::shape_without_stamp(&event_target(&event)));
                let ratio = move || shape.get().unwrap_or(1.0).to_string();
                view! {
                    <div class="viewfinder__over" style:opacity=opacity style:--ratio=ratio hidden=move || shape.get().is_none()>
                        <img
                            class="viewfinder__found"
                            src=url
                            alt=""
                            on:load=measure
                            on:error=move |_| broken.set(Some(failed.clone()))
                        />
                    </div>
                }
                .into_any()
            }
            Picture::Loading | Picture::Elsewhere | Picture::NotDrawn => ().into_any(),
        };
        let slide = move |event| strength.set(event_target_value(&event).parse().unwrap_or(OVER));
        view! {
            {image}
            <label class="viewfinder__strength">
                {p::over(lang)}
                <input class="viewfinder__slider" type="range" min="0" max="90" prop:value=move || strength.get().to_string() on:input=slide />
            </label>
        }
    });
    view! {
        <dialog class="photo-view" node_ref=dialog aria-label=p::camera(lang) on:close=move |_| open.set(false)>
            <p class="viewfinder__place">{p::place_hint(lang)}</p>
            <video class="viewfinder__video" node_ref=video playsinline muted autoplay></video>
            {before}
            {move || failed.get().map(|error| view! { <p class="photo-stamp viewfinder__stamp" role="alert">{error.words(lang)}</p> })}
            <div class="viewfinder__foot">
                <span role="status">{move || format!("{} / {}", count(), PhotoFacts::MOST)}</span>
                <button
                    type="button"
                    class="viewfinder__shutter"
                    aria-label=t::take_photo(lang)
                    disabled=move || full() || failed.with(Option::is_some)
                    on:click=shoot
                ></button>
                <button type="button" class="link viewfinder__done" on:click=move |_| open.set(false)>{p::done(lang)}</button>
            </div>
            <button type="button" class="photo-view__close" aria-label=t::close(lang) on:click=move |_| open.set(false)>
                <Sign icon=Icon::Cross />
            </button>
        </dialog>
    }
}
