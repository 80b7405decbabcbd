//! One photo, small and full-screen.

use crate::{
    components::{
        dialog::open_while,
        icon::{Icon, Sign},
    },
    device::use_device,
    i18n::{hazards as t, photos as p, use_lang},
    live,
};
use client::changes::Topic;
use domain::photo::PhotoHash;
use leptos::{html, prelude::*};

/// Where a photo's picture is, as far as this phone knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    Loading,
    At(String),
    /// Not on this phone, and nothing to fetch it with.
    Elsewhere,
    /// On this phone, in a format that its browser does not draw.
    NotDrawn,
}

/// `broken` is set by the `<img>` to the address that it could not draw.
pub fn picture(
    hash: Signal<Option<PhotoHash>>,
    full: bool,
    broken: RwSignal<Option<String>>,
) -> Memo<Picture> {
    picture_of(hash, full, false, broken)
}

fn picture_of(
    hash: Signal<Option<PhotoHash>>,
    full: bool,
    fetched: bool,
    broken: RwSignal<Option<String>>,
) -> Memo<Picture> {
    let phone = use_device();
    let line = phone.line();
    let online = ui::memo(move || line.with(|line| line.online));
    let found = live(&[Topic::Photos], move || {
        let hash = hash.get();
        // Tried again when signal is back.
        let fetched = fetched && online.get();
        async move {
            match hash {
                Some(hash) if fetched => phone.pictures.anywhere(&hash, full).await,
                Some(hash) => phone.pictures.url(&hash, full).await,
                None => Ok(None),
            }
        }
    });
    ui::memo(move || match found.get() {
        None => Picture::Loading,
        Some(Ok(Some(url))) if broken.with(|broken| broken.as_ref() == Some(&url)) => Picture::NotDrawn,
        Some(Ok(Some(url))) => Picture::At(url),
        Some(Ok(None) | Err(_)) => Picture::Elsewhere,
    })
}

/// The small picture, or in its place the words for why there is none.
#[component]
pub fn Thumb(
    hash: PhotoHash,
    #[prop(optional, into)] alt: String,
    /// Not on this phone, it is shown from the server where there is signal.
    #[prop(optional)]
    fetched: bool,
) -> impl IntoView {
    let lang = use_lang();
    let broken = RwSignal::new(None);
    let picture = picture_of(Signal::stored(Some(hash)), false, fetched, broken);
    move || match picture.get() {
        Picture::At(url) => {
            let failed = url.clone();
            view! { <img class="thumb" src=url alt=alt.clone() on:error=move |_| broken.set(Some(failed.clone())) /> }
                .into_any()
        }
        Picture::Loading => view! { <span class="thumb" aria-busy="true"></span> }.into_any(),
        Picture::NotDrawn => {
            view! { <span class="thumb"><small class="thumb__note">{t::photo_not_drawn(lang)}</small></span> }
                .into_any()
        }
        Picture::Elsewhere => {
            view! { <span class="thumb"><small class="thumb__note">{t::photo_elsewhere(lang)}</small></span> }
                .into_any()
        }
    }
}

/// One photo over the whole screen for as long as `shown` names it; Esc and the button close it.
#[component]
pub fn FullPhoto(
    shown: RwSignal<Option<PhotoHash>>,
    /// Who took it, when and where.
    #[prop(optional, into)]
    stamp: Signal<String>,
    /// What it shows; 照片 where nothing is said.
    #[prop(optional, into)]
    alt: String,
    /// Told which photo to draw on, where that may be done.
    #[prop(optional)]
    on_mark: Option<Callback<PhotoHash>>,
) -> impl IntoView {
    let lang = use_lang();
    let dialog = NodeRef::<html::Dialog>::new();
    let broken = RwSignal::new(None);
    let picture = picture(shown.into(), true, broken);
    open_while(dialog, move || shown.with(Option::is_some));
    let alt = if alt.is_empty() { t::photo(lang).to_owned() } else { alt };
    let named = alt.clone();
    let body = move || match picture.get() {
        _ if shown.with(Option::is_none) => ().into_any(),
        Picture::At(url) => {
            let failed = url.clone();
            view! { <img class="photo-view__image" src=url alt=alt.clone() on:error=move |_| broken.set(Some(failed.clone())) /> }
                .into_any()
        }
        Picture::Loading => {
            view! { <p class="photo-stamp photo-view__stamp" role="status">{t::photo_loading(lang)}</p> }
                .into_any()
        }
        Picture::NotDrawn => {
            view! { <p class="photo-stamp photo-view__stamp">{t::photo_not_drawn_hint(lang)}</p> }.into_any()
        }
        Picture::Elsewhere => {
            view! { <p class="photo-stamp photo-view__stamp">{t::photo_elsewhere_hint(lang)}</p> }.into_any()
        }
    };
    let words = move || {
        let words = stamp.get();
        (!words.is_empty()).then(|| view! { <p class="photo-stamp photo-view__stamp">{words}</p> })
    };
    view! {
        <dialog class="photo-view" node_ref=dialog aria-label=named on:close=move |_| shown.set(None)>
            {body}
            {words}
            {on_mark
                .map(|on_mark| {
                    let mark = move |_| {
                        if let Some(hash) = shown.get_untracked() {
                            shown.set(None);
                            on_mark.run(hash);
                        }
                    };
                    view! {
                        <button type="button" class="photo-view__mark" on:click=mark>
                            <Sign icon=Icon::Note />
                            {p::mark_up(lang)}
                        </button>
                    }
                })}
            <button type="button" class="photo-view__close" aria-label=t::close(lang) on:click=move |_| shown.set(None)>
                <Sign icon=Icon::Cross />
            </button>
        </dialog>
    }
}
