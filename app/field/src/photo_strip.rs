//! Photos of one thing: those there are, and the camera beside them.

mod intake;
mod markup;
mod pad;
mod shot;
mod signature;
mod viewfinder;

pub use pad::{Pad, taken_in};
pub use shot::{FullPhoto, Picture, Thumb, picture};
pub use signature::{SignatureOptions, signature};

use crate::{
    components::{
        dialog::once_opened,
        icon::{Icon, Sign},
    },
    device::use_device,
    i18n::{hazards as t, photos as p, use_lang},
    live, parts,
};
use client::{
    browser::{camera, images::Shot},
    location,
    photos::Stamp,
    space::{self, Space},
};
use domain::photo::{PhotoFacts, PhotoHash, Source};
use intake::Intake;
use leptos::{html, prelude::*, task::spawn_local};
use markup::Markup;
use viewfinder::Viewfinder;
use web_sys::{File, HtmlInputElement};

/// `on_taken` is told of each photo when its bytes are safe; the caller adds it to `photos`.
#[component]
pub fn PhotoStrip(
    #[prop(into)] photos: Signal<Vec<PhotoHash>>,
    /// As it is when a photo is taken.
    #[prop(into)]
    stamp: Signal<Stamp>,
    /// Told before a camera opens.
    #[prop(optional)]
    on_begin: Option<Callback<()>>,
    on_taken: Callback<PhotoHash>,
    /// Without it photos cannot be taken away.
    #[prop(optional)]
    on_removed: Option<Callback<PhotoHash>>,
    /// The photo to be taken again from the same place.
    #[prop(optional_no_strip)]
    over: Option<PhotoHash>,
    /// Whether photos may be chosen that were taken before.
    #[prop(into)]
    gallery: Signal<bool>,
    /// 照片 where nothing else is said.
    #[prop(optional, into)]
    label: String,
) -> impl IntoView {
    let options = StripOptions { photos, stamp, on_begin, on_taken, on_removed, over, gallery, label };
    parts::within(move || Box::pin(parts::strip(options.clone())))
}

/// What a strip is told of.
#[derive(Clone)]
pub struct StripOptions {
    photos: Signal<Vec<PhotoHash>>,
    stamp: Signal<Stamp>,
    on_begin: Option<Callback<()>>,
    on_taken: Callback<PhotoHash>,
    on_removed: Option<Callback<PhotoHash>>,
    over: Option<PhotoHash>,
    gallery: Signal<bool>,
    label: String,
}

/// The strip itself.
pub fn strip(options: StripOptions) -> AnyView {
    let StripOptions { photos, stamp, on_begin, on_taken, on_removed, over, gallery, label } = options;
    let (lang, phone) = (use_lang(), use_device());
    let label = if label.is_empty() { t::photos(lang).to_owned() } else { label };
    let intake = Intake::new(photos, stamp, on_taken);
    let (shown, marked, finding) = (RwSignal::new(None), RwSignal::new(None), RwSignal::new(false));
    let marking = once_opened(move || marked.with(Option::is_some));
    let filming = once_opened(move || finding.get());
    let begin = move || {
        if let Some(on_begin) = on_begin {
            on_begin.run(());
        }
    };
    let film = move || {
        begin();
        // Asked for when a camera opens, so that the place is known when the shutter falls, and at no other time.
        spawn_local(async move {
            let _ = location::locate(&phone).await;
        });
    };
    let chooser = NodeRef::<html::Input>::new();
    let choose = move |_| {
        begin();
        if let Some(input) = chooser.get_untracked() {
            input.click();
        }
    };
    let room = live(&[], move || async move { space::measure(&phone).await });
    let little_room = move || room.get().flatten().filter(|space| space.free < Space::LOW);

    let heading = move || format!("{label} {} / {}", photos.with(Vec::len), PhotoFacts::MOST);
    let full = move || photos.with(Vec::len) >= PhotoFacts::MOST;
    let place = move |hash: &PhotoHash| {
        photos.with(|photos| photos.iter().position(|one| one == hash)).unwrap_or_default() + 1
    };
    view! {
        <div class="field" role="group">
            <span class="field__label">{heading}</span>
            <div class="photo-grid">
                <For each=move || photos.get() key=PhotoHash::clone let:hash>
                    {
                        let (opened, removed, named, dropped) = (hash.clone(), hash.clone(), hash.clone(), hash.clone());
                        view! {
                            <span class="thumb">
                                <button
                                    type="button"
                                    class="thumb"
                                    aria-label=move || t::see_photo(lang, place(&named))
                                    on:click=move |_| shown.set(Some(opened.clone()))
                                >
                                    <Thumb hash=hash />
                                </button>
                                {on_removed
                                    .map(|on_removed| {
                                        view! {
                                            <button
                                                type="button"
                                                class="photo-strip__remove"
                                                aria-label=move || t::remove_photo(lang, place(&dropped))
                                                on:click=move |_| on_removed.run(removed.clone())
                                            >
                                                <Sign icon=Icon::Cross />
                                            </button>
                                        }
                                    })}
                            </span>
                        }
                    }
                </For>
                <Show when=move || { intake.waiting.get() > 0 }>
                    <span class="photo-strip__add" aria-busy="true" role="status">
                        <Sign icon=Icon::Wait />
                        {move || p::taking_in(lang, intake.done.get() + 1, intake.done.get() + intake.waiting.get())}
                    </span>
                </Show>
                <Show when=move || !full()>
                    <label class="photo-strip__add">
                        <input
                            class="u-visually-hidden"
                            type="file"
                            accept="image/*"
                            capture="environment"
                            multiple
                            on:click=move |_| film()
                            on:change=move |event| intake.take(chosen(&event, Source::Camera))
                        />
                        <Sign icon=Icon::Camera />
                        {t::take_photo(lang)}
                    </label>
                    <Show when=camera::is_there>
                        <button
                            type="button"
                            class="photo-strip__add"
                            on:click=move |_| {
                                film();
                                finding.set(true);
                            }
                        >
                            <Sign icon=Icon::Camera />
                            {p::camera(lang)}
                        </button>
                    </Show>
                    <Show when=move || gallery.get()>
                        <button type="button" class="photo-strip__add" on:click=choose>
                            <Sign icon=Icon::Plus />
                            {t::from_gallery(lang)}
                        </button>
                    </Show>
                </Show>
            </div>
            <Show when=full>
                <p class="field__hint">{t::photos_full(lang, PhotoFacts::MOST)}</p>
            </Show>
            <Show when=move || gallery.get()>
                <input
                    hidden
                    node_ref=chooser
                    type="file"
                    accept="image/*"
                    multiple
                    tabindex="-1"
                    aria-hidden="true"
                    on:change=move |event| intake.take(chosen(&event, Source::Gallery))
                />
            </Show>
            {move || {
                little_room().map(|space| view! { <p class="field__hint">{t::little_room(lang, t::size(space.free))}</p> })
            }}
            {move || {
                let notes = intake.notes.get();
                (!notes.is_empty()).then(|| view! { <p class="field__hint" role="status">{notes.join(" ")}</p> })
            }}
            {move || {
                let errors = intake.errors.get();
                let lines = errors.into_iter().map(|words| view! { <p class="error-line">{words}</p> }).collect_view();
                view! { <div role="alert">{lines}</div> }
            }}
            {match on_removed {
                // The marked one is there before the other goes.
                Some(on_removed) => {
                    let replaced = Callback::new(move |(before, after): (PhotoHash, PhotoHash)| {
                        if before != after {
                            on_taken.run(after);
                            on_removed.run(before);
                        }
                    });
                    view! {
                        <FullPhoto shown on_mark=Callback::new(move |hash| marked.set(Some(hash))) />
                        <Show when=move || marking.get()>
                            <Markup marked on_marked=replaced />
                        </Show>
                    }
                    .into_any()
                }
                None => view! { <FullPhoto shown /> }.into_any(),
            }}
            <Show when=move || filming.get()>
                <Viewfinder open=finding taken=photos intake over=over.clone() />
            </Show>
        </div>
    }
    .into_any()
}

/// What a file input holds, which is emptied, so that the same file can be chosen again.
fn chosen(event: &web_sys::Event, source: Source) -> Vec<Shot> {
    let input: HtmlInputElement = event_target(event);
    let files = input.files().map(|files| (0..files.length()).filter_map(|n| files.item(n)).collect());
    input.set_value("");
    let files: Vec<File> = files.unwrap_or_default();
    files.into_iter().map(|file| Shot::File(file, source)).collect()
}
