//! What happened, oldest first, each line with who and when. What came too late to count stays and says why; the last
//! line says what is waited for.

use super::{
    file::File,
    proof::tiles,
    steps::{Steps, Way},
};
use crate::{
    device::clock,
    i18n::{Lang, hazards as t, office, trade, use_lang},
};
use domain::{
    due::Due,
    hazard::{Deed, Entry, Hazard, Stage},
    photo::PhotoHash,
    time,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn History(file: Arc<File>, steps: Steps, shown: RwSignal<Option<PhotoHash>>) -> impl IntoView {
    let lang = use_lang();
    let entries = file.hazard.log.iter().map(|entry| line(lang, entry, &file.hazard, shown)).collect_view();
    let waits = awaited(lang, &file.hazard, &steps).map(|words| {
        let barred = steps.barred.as_ref().map(|misfit| {
            view! { <p class="u-small">{trade::misfit(lang, misfit)}</p> }
        });
        view! {
            <li class="timeline__entry">
                <span class="timeline__dot timeline__dot--next"></span>
                <div class="timeline__body">
                    <p>{words}</p>
                    {barred}
                </div>
            </li>
        }
    });
    view! {
        <div class="card card--pad">
            <ol class="timeline" aria-label=t::history(lang)>
                {entries}
                {waits}
            </ol>
        </div>
    }
}

fn line(
    lang: Lang,
    entry: &Entry,
    hazard: &Hazard,
    shown: RwSignal<Option<PhotoHash>>,
) -> impl IntoView + use<> {
    let stops = entry.misfit.is_some()
        || matches!(
            entry.deed,
            Deed::Returned { .. } | Deed::ExtensionRefused { .. } | Deed::Suspended { .. }
        );
    let misfit = entry.misfit.as_ref().map(|misfit| {
        view! { <p class="u-small">{office::did_not_count(lang, trade::misfit(lang, misfit))}</p> }
    });
    let words = trade::words_of(&entry.deed).filter(|words| *words != hazard.title());
    let words = words.map(|words| view! { <p class="u-small">{words.to_owned()}</p> });
    let photos: Vec<_> = entry.deed.photos().into_iter().cloned().collect();
    // The finder's and the newest photos stand above already.
    let elsewhere = matches!(entry.deed, Deed::Found(_)) || photos == hazard.after;
    let shots = (!photos.is_empty() && !elsewhere)
        .then(|| view! { <div class="thumb-list">{tiles(&photos, shown)}</div> });
    view! {
        <li class="timeline__entry">
            <span class="timeline__dot" class:timeline__dot--stop=stops></span>
            <div class="timeline__body">
                <p>{trade::did(lang, &entry.deed)}</p>
                <p class="u-small">{entry.name.clone()} " · " {time::near(entry.when(), clock::office_now())}</p>
                {words}
                {misfit}
                {shots}
            </div>
        </li>
    }
}

/// What is waited for; none where the hazard has ended.
fn awaited(lang: Lang, hazard: &Hazard, steps: &Steps) -> Option<String> {
    let words = match (&hazard.stage, &hazard.extension) {
        (Stage::Assigned, Some(asked)) => {
            office::waits_for_answer(lang, asked.until.to_string(), asked.reason.clone())
        }
        (Stage::Found, _) => t::waits_to_be_assigned(lang).to_owned(),
        (Stage::Assigned, None) => match hazard.due(clock::office_now()) {
            Due::Unset => office::waits_for_work(lang).to_owned(),
            due => office::waits_for_work_due(lang, trade::due(lang, due)),
        },
        (Stage::Rectified { .. } | Stage::AcceptedOnce { .. }, _) if steps.primary == Some(Way::Accept) => {
            t::waits_for_you(lang).to_owned()
        }
        (Stage::Rectified { .. }, _) => office::waits_to_be_accepted(lang).to_owned(),
        (Stage::AcceptedOnce { .. }, _) => office::waits_for_second(lang).to_owned(),
        (Stage::Closed { .. } | Stage::Referred { .. } | Stage::Merged { .. }, _) => return None,
    };
    Some(words)
}
