//! 示例图: how it should look, small below the hint; a tap shows it large. Where it has not come, what it shows stands there in
//! words.

use crate::{
    components::dialog::once_opened,
    i18n::{use_lang, visit as t},
    photo_strip::{FullPhoto, Picture, picture as picture_of},
};
use domain::form::QuestionPicture;
use leptos::prelude::*;

#[component]
pub fn HintPicture(picture: QuestionPicture) -> impl IntoView {
    let lang = use_lang();
    let QuestionPicture { image, description } = picture;
    let words = description.get(lang).to_owned();
    let (shown, broken) = (RwSignal::new(None), RwSignal::new(None));
    let opened = once_opened(move || shown.with(Option::is_some));
    let small = picture_of(Signal::stored(Some(image.clone())), false, broken);
    let large = words.clone();
    let body = move || match small.get() {
        Picture::At(url) => {
            let (image, failed) = (image.clone(), url.clone());
            view! {
                <button
                    type="button"
                    class="question-card__picture"
                    aria-label=t::enlarge(lang, &words)
                    on:click=move |_| shown.set(Some(image.clone()))
                >
                    <img
                        class="question-card__image"
                        src=url
                        alt=words.clone()
                        on:error=move |_| broken.set(Some(failed.clone()))
                    />
                </button>
            }
            .into_any()
        }
        Picture::Loading => view! { <span class="question-card__image" aria-busy="true"></span> }.into_any(),
        Picture::Elsewhere | Picture::NotDrawn => {
            view! { <p class="u-small">{t::picture_shows(lang, &words)}</p> }.into_any()
        }
    };
    view! {
        {body}
        <Show when=move || opened.get()>
            <FullPhoto shown alt=large.clone() stamp=Signal::stored(large.clone()) />
        </Show>
    }
}
