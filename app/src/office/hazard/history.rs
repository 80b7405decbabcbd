//! What happened, oldest first, each line with who and when. What came too late to count stays and says why; the last
//! line says what is waited for.

use super::photos::thumbnails;
use crate::{
    backend::HazardFile,
    i18n::{limits, office, trade},
};
use chrono::{DateTime, Utc};
use domain::{
    due::Due,
    hazard::{Deed, Entry, Hazard, Stage},
    text::Lang,
    time,
};
use leptos::prelude::*;

pub fn history(lang: Lang, file: &HazardFile, now: DateTime<Utc>) -> AnyView {
    let entries = file.hazard.log.iter().map(|entry| line(lang, entry, file)).collect_view();
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
            {entries}
            {waits}
        </ol>
    }
    .into_any()
}

fn line(lang: Lang, entry: &Entry, file: &HazardFile) -> impl IntoView + use<> {
    let stops = entry.misfit.is_some()
        || matches!(
            entry.deed,
            Deed::Returned { .. } | Deed::ExtensionRefused { .. } | Deed::Suspended { .. }
        );
    let misfit = entry.misfit.as_ref().map(|misfit| {
        view! { <p class="u-small">{office::did_not_count(lang, trade::misfit(lang, misfit))}</p> }
    });
    let words = trade::words_of(&entry.deed).filter(|words| *words != file.hazard.title());
    let words = words.map(|words| view! { <p class="u-small">{words.to_owned()}</p> });
    let photos: Vec<_> = entry.deed.photos().into_iter().cloned().collect();
    // The finder's and the newest photos stand above already.
    let elsewhere = matches!(entry.deed, Deed::Found(_)) || photos == file.hazard.after;
    let shots = (!photos.is_empty() && !elsewhere)
        .then(|| thumbnails(lang, office::photo(lang), &photos, &file.photos));
    view! {
        <li class="timeline__entry">
            <span class="timeline__dot" class:timeline__dot--stop=stops></span>
            <div class="timeline__body">
                <p>
                    {trade::did(lang, &entry.deed)} " "
                    <span class="u-soft">{entry.name.clone()} " " {time::long(entry.when())}</span>
                </p>
                {clock_was_wrong(lang, entry)}
                {words}
                {misfit}
                {shots}
            </div>
        </li>
    }
}

/// Both times are kept; the office's is shown first.
fn clock_was_wrong(lang: Lang, entry: &Entry) -> Option<AnyView> {
    let said = entry.clock_was_wrong().then(|| limits::clock_was_wrong(lang, time::long(entry.at)))?;
    Some(view! { <p class="u-small">{said}</p> }.into_any())
}

/// What is waited for; none where the hazard has ended.
fn awaited(lang: Lang, hazard: &Hazard, now: DateTime<Utc>) -> Option<String> {
    let words = match (&hazard.stage, &hazard.extension) {
        (Stage::Assigned, Some(asked)) => {
            office::waits_for_answer(lang, asked.until.to_string(), asked.reason.clone())
        }
        (Stage::Found, _) => office::waits_to_be_assigned(lang).to_owned(),
        (Stage::Assigned, None) => match hazard.due(now) {
            Due::Unset => office::waits_for_work(lang).to_owned(),
            due => office::waits_for_work_due(lang, trade::due(lang, due)),
        },
        (Stage::Rectified { .. }, _) => office::waits_to_be_accepted(lang).to_owned(),
        (Stage::AcceptedOnce { .. }, _) => office::waits_for_second(lang).to_owned(),
        (Stage::Closed { .. } | Stage::Referred { .. } | Stage::Merged { .. }, _) => return None,
    };
    Some(words)
}
