//! What was wrong at a site before this visit, said at its questions. Hazards are read for it, which nothing else on the way to an
//! answer needs: that is another part of the program, and the form goes on without it until it is here.

use super::VisitSession;
use crate::{
    i18n::{Lang, trade, use_lang, visit as t},
    parts::{self, Missing},
};
use chrono::NaiveDate;
use client::{Device, DeviceError, records};
use domain::{
    hazard::Hazard,
    id::{FormId, QuestionId, SiteId, VisitId},
    order::sort_by_key,
    time::{near_day, office_day},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::cmp::Reverse;

const AGAIN_MS: u32 = 3_000;

/// What a question says of the last time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Before {
    form: FormId,
    question: QuestionId,
    words: String,
    is_open: bool,
}

impl Before {
    pub fn is_at(&self, form: &FormId, question: &QuestionId) -> bool {
        self.form == *form && self.question == *question
    }

    pub fn words(&self) -> String {
        self.words.clone()
    }

    /// It is not put right yet, as far as this phone knows.
    pub fn is_open(&self) -> bool {
        self.is_open
    }
}

/// Asks for that part of the program, as often as it takes.
pub fn ask_what_was_wrong(work: VisitSession) {
    let lang = use_lang();
    spawn_local(async move {
        while let Err(Missing) = parts::look_back(work, lang).await {
            TimeoutFuture::new(AGAIN_MS).await;
            if work.is_over() {
                return;
            }
        }
    });
}

/// Of the part that can: begins to look, and shows nothing.
pub fn look_back(work: VisitSession, lang: Lang) -> AnyView {
    // The person may have left while it was on its way.
    if !work.is_over() {
        let (phone, site, visit) = (work.phone, work.site(|site| site.id), work.id());
        spawn_local(async move {
            match before(&phone, site, visit, lang).await {
                Ok(before) => drop(work.before.try_set(before)),
                Err(error) => drop(work.failure.try_set(Some(error))),
            }
        });
    }
    ().into_any()
}

/// What was found at questions there, as far as this phone has it; the newest first.
async fn before(
    device: &Device,
    site: SiteId,
    visit: VisitId,
    lang: Lang,
) -> Result<Vec<Before>, DeviceError> {
    let mut found = records::hazards_at(device, site).await?.known;
    found.retain(|hazard| hazard.found.visit != Some(visit));
    sort_by_key(&mut found, |hazard| Reverse(hazard.found_at));
    let today = device.clock.today();
    Ok(found.iter().filter_map(|hazard| said_of(hazard, today, lang)).collect())
}

fn said_of(hazard: &Hazard, today: NaiveDate, lang: Lang) -> Option<Before> {
    let (form, question) = hazard.found.form.clone().zip(hazard.found.question.clone())?;
    let day = near_day(office_day(hazard.found_at), today);
    let words = t::wrong_before(lang, day, hazard.title(), trade::progress(lang, hazard));
    Some(Before { form, question, words, is_open: hazard.is_open() })
}
