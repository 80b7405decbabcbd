//! What happened, oldest first, each line with who and when. What came too late to count stays and says why; the last
//! line says what is waited for.

use super::{
    commands::{PhoneCommand, Steps},
    file::File,
    proof::tiles,
};
use crate::{
    device::use_device,
    i18n::{Lang, hazards as t, office, trade, use_lang},
};
use chrono::{DateTime, Utc};
use domain::{
    due::Due,
    hazard::{EventRecord, Hazard, HazardStatus},
    photo::PhotoHash,
    time,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn History(file: Arc<File>, steps: Steps, shown: RwSignal<Option<PhotoHash>>) -> impl IntoView {
    let lang = use_lang();
    let now = use_device().clock.office_now();
    let lines = file.hazard.events.iter().map(|record| line(lang, now, record, &file.hazard, shown));
    let lines = lines.collect_view();
    let waits = awaited(lang, now, &file.hazard, &steps).map(|words| {
        let barred = steps.barred.as_ref().map(|because| {
            view! { <p class="u-small">{trade::rejected(lang, because)}</p> }
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
                {lines}
                {waits}
            </ol>
        </div>
    }
}

fn line(
    lang: Lang,
    now: DateTime<Utc>,
    record: &EventRecord,
    hazard: &Hazard,
    shown: RwSignal<Option<PhotoHash>>,
) -> impl IntoView + use<> {
    let halts = record.event.kind().row().halts;
    let rejected = record.rejection().map(|because| {
        let words = office::did_not_count(lang, trade::rejected(lang, because));
        view! { <p class="u-small">{words}</p> }
    });
    let words = trade::words_of(&record.event).filter(|words| *words != hazard.title());
    let words = words.map(|words| view! { <p class="u-small">{words.to_owned()}</p> });
    let photos: Vec<_> = record.event.photos().into_iter().cloned().collect();
    // The finder's and the newest photos stand above already.
    let elsewhere = record.event.opening().is_some() || photos == hazard.after;
    let shots = (!photos.is_empty() && !elsewhere)
        .then(|| view! { <div class="thumb-list">{tiles(&photos, shown)}</div> });
    view! {
        <li class="timeline__entry">
            <span class="timeline__dot" class:timeline__dot--stop=halts></span>
            <div class="timeline__body">
                <p>{trade::did(lang, &record.event)}</p>
                <p class="u-small">{record.name.clone()} " · " {time::near(record.when(), now)}</p>
                {words}
                {rejected}
                {shots}
            </div>
        </li>
    }
}

/// What is waited for; none where the hazard has ended.
fn awaited(lang: Lang, now: DateTime<Utc>, hazard: &Hazard, steps: &Steps) -> Option<String> {
    let words = match (&hazard.status, &hazard.extension) {
        (HazardStatus::Assigned, Some(asked)) => {
            office::waits_for_answer(lang, asked.until.to_string(), asked.reason.clone())
        }
        (HazardStatus::Found, _) if hazard.is_to_be_referred() => t::waits_to_be_referred(lang).to_owned(),
        (HazardStatus::Found, _) => t::waits_to_be_assigned(lang).to_owned(),
        (HazardStatus::Assigned, None) => match hazard.due(now) {
            Due::Unset => office::waits_for_work(lang).to_owned(),
            due => office::waits_for_work_due(lang, trade::due(lang, due)),
        },
        (HazardStatus::Rectified { .. } | HazardStatus::AcceptedOnce { .. }, _)
            if steps.primary == Some(PhoneCommand::Accept) =>
        {
            t::waits_for_you(lang).to_owned()
        }
        (HazardStatus::Rectified { .. }, _) => office::waits_to_be_accepted(lang).to_owned(),
        (HazardStatus::AcceptedOnce { .. }, _) => office::waits_for_second(lang).to_owned(),
        (HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. }, _) => {
            return None;
        }
    };
    Some(words)
}
