//! What happened, oldest first, each line with who and when. What came too late to count stays and says why; the last
//! line says what is waited for.

use super::photos::thumbnails;
use crate::i18n::{limits, office, trade};
use chrono::{DateTime, Utc};
use domain::{
    due::Due,
    file::HazardFile,
    hazard::{EventRecord, Hazard, HazardStatus},
    text::Lang,
    time,
};
use leptos::prelude::*;

pub fn history(lang: Lang, file: &HazardFile, now: DateTime<Utc>) -> AnyView {
    let lines = file.hazard.events.iter().map(|record| line(lang, record, file)).collect_view();
    let waits = awaited(lang, &file.hazard, now).map(|words| {
        view! {
            <li class="timeline__entry">
                <span class="timeline__dot timeline__dot--next"></span>
                <div class="timeline__body">{words}</div>
            </li>
        }
    });
    view! {
        <ol class="timeline timeline--small">
            {lines}
            {waits}
        </ol>
    }
    .into_any()
}

fn line(lang: Lang, record: &EventRecord, file: &HazardFile) -> impl IntoView + use<> {
    let halts = record.event.kind().row().halts;
    let rejected = record.rejection().map(|because| {
        let words = office::did_not_count(lang, trade::rejected(lang, because));
        view! { <p class="u-small">{words}</p> }
    });
    let words = trade::words_of(&record.event).filter(|words| *words != file.hazard.title());
    let words = words.map(|words| view! { <p class="u-small">{words.to_owned()}</p> });
    let photos: Vec<_> = record.event.photos().into_iter().cloned().collect();
    // The finder's and the newest photos stand above already.
    let elsewhere = record.event.opening().is_some() || photos == file.hazard.after;
    let shots = (!photos.is_empty() && !elsewhere)
        .then(|| thumbnails(lang, office::photo(lang), &photos, &file.photos));
    view! {
        <li class="timeline__entry">
            <span class="timeline__dot" class:timeline__dot--stop=halts></span>
            <div class="timeline__body">
                <p>
                    {trade::did(lang, &record.event)} " "
                    <span class="u-soft">{record.name.clone()} " " {time::long(record.when())}</span>
                </p>
                {clock_was_wrong(lang, record)}
                {words}
                {rejected}
                {shots}
            </div>
        </li>
    }
}

/// Both times are kept; the office's is shown first.
fn clock_was_wrong(lang: Lang, record: &EventRecord) -> Option<AnyView> {
    let said = record.clock_was_wrong().then(|| limits::clock_was_wrong(lang, time::long(record.at)))?;
    Some(view! { <p class="u-small">{said}</p> }.into_any())
}

/// What is waited for; none where the hazard has ended.
fn awaited(lang: Lang, hazard: &Hazard, now: DateTime<Utc>) -> Option<String> {
    let words = match (&hazard.status, &hazard.extension) {
        (HazardStatus::Assigned, Some(asked)) => {
            office::waits_for_answer(lang, asked.until.to_string(), asked.reason.clone())
        }
        (HazardStatus::Found, _) if hazard.is_to_be_referred() => {
            office::waits_to_be_referred(lang).to_owned()
        }
        (HazardStatus::Found, _) => office::waits_to_be_assigned(lang).to_owned(),
        (HazardStatus::Assigned, None) => match hazard.due(now) {
            Due::Unset => office::waits_for_work(lang).to_owned(),
            due => office::waits_for_work_due(lang, trade::due(lang, due)),
        },
        (HazardStatus::Rectified { .. }, _) => office::waits_to_be_accepted(lang).to_owned(),
        (HazardStatus::AcceptedOnce { .. }, _) => office::waits_for_second(lang).to_owned(),
        (HazardStatus::Closed { .. } | HazardStatus::Referred { .. } | HazardStatus::Merged { .. }, _) => {
            return None;
        }
    };
    Some(words)
}
