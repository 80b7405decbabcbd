//! 上次没改好: what was wrong at this door before, and what is said of it now.

use crate::{
    components::due_sign::DueSign,
    device::use_device,
    hazard::commands::Steps,
    i18n::{Lang, patrol as t, trade, use_lang},
    photo_strip::Thumb,
    segmented::Segmented,
};
use client::{patrol::Remark, session};
use domain::{
    hazard::Hazard,
    id::HazardId,
    time::{near_day, office_day},
};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// Of each hazard, whether it is put right.
pub type Said = RwSignal<BTreeMap<HazardId, bool>>;

/// So many characters say which hazard is meant.
const MEANT: usize = 100;

/// What the visit says of them; none as long as one of them was passed over.
pub fn remarks(lang: Lang, hazards: &[Hazard], said: &BTreeMap<HazardId, bool>) -> Option<Vec<Remark>> {
    let remark = |hazard: &Hazard| {
        let mended = *said.get(&hazard.id)?;
        let title: String = hazard.title().chars().take(MEANT).collect();
        let what = match &hazard.number {
            Some(number) => format!("{number} {title}"),
            None => title,
        };
        let words = if mended { t::remark_mended(lang, what) } else { t::remark_not_mended(lang, what) };
        let of = hazard.found.form.clone().zip(hazard.found.question.clone());
        Some(Remark { of, mended, words })
    };
    hazards.iter().map(remark).collect()
}

#[component]
pub fn NotPutRight(hazards: Memo<Vec<Hazard>>, said: Said, lacking: RwSignal<bool>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let hazards = hazards.get();
        let count = hazards.len();
        (count > 0).then(|| {
            view! {
                <div class="section-head">
                    <h2>{t::not_put_right(lang)}</h2>
                    <span>{t::look_here_first(lang, count)}</span>
                </div>
                {move || lacking.get().then(|| view! { <p class="error-line" role="alert">{t::say_each(lang)}</p> })}
                {hazards.into_iter().map(|hazard| view! { <Before hazard said /> }).collect_view()}
            }
        })
    }
}

/// One of them: how it was found, by whom and when, and whether it is put right now.
#[component]
fn Before(hazard: Hazard, said: Said) -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let now = phone.clock.office_now();
    let id = hazard.id;
    let finder = hazard.events.first().map(|record| record.name.clone()).unwrap_or_default();
    let found = format!("{finder} {}", near_day(office_day(hazard.found_at), office_day(now)));
    let (due, deadline) = (hazard.due(now), hazard.due);
    let progress = trade::progress(lang, &hazard);
    let photo = hazard.found.photos.first().cloned();
    // Whoever may report or accept it does so with a photo, on its own sheet.
    let me = session::current(&phone).map(|signed_in| signed_in.actor);
    let step = me.and_then(|me| Steps::of(&hazard, &me, now).primary);
    let sheet = step.map(|command| format!("/field/hazards/{id}?do={}", command.word()));
    let title = hazard.title().to_owned();
    let group = title.clone();
    // The first says that it is put right.
    let words = vec![t::mended(lang).to_owned(), t::not_mended(lang).to_owned()];
    let chosen = Signal::derive(move || said.with(|said| said.get(&id).map(|mended| usize::from(!*mended))));
    let choose = Callback::new(move |to: usize| {
        said.update(|said| {
            said.insert(id, to == 0);
        });
    });
    let recheck = move || {
        let href = sheet.clone().filter(|_| said.with(|said| said.get(&id) == Some(&true)))?;
        Some(view! { <a class="link" href=href>{t::recheck(lang)}</a> })
    };
    view! {
        <article class="card card--pad street__before">
            <div class="street__found">
                {photo.map(|hash| view! { <Thumb hash /> })}
                <div class="rows__body">
                    <p class="rows__title">{title}</p>
                    <p class="rows__meta">
                        <span>{t::before(lang)} " · " {found}</span>
                        <span>{progress}</span>
                        <DueSign due deadline />
                    </p>
                </div>
            </div>
            <Segmented options=words chosen label=group choose />
            {recheck}
        </article>
    }
}
