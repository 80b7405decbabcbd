//! All else that the phone knows of one site: what it is, whom to call, what is open there, what was found before. What is no
//! longer on this phone is fetched when somebody asks for it.

use super::{
    earlier::{Earlier, Past},
    facts::{ClosedHazards, Facts, History, OpenHazards, People},
    known,
};
use crate::{
    device::use_device,
    frame::{ErrorNotice, NewerRecords},
    live, parts,
    tasks::Giving,
};
use client::{changes::Topic, session};
use domain::{id::SiteId, role::Action, task::TaskSubject, visit::Visit};
use leptos::prelude::*;

#[component]
pub fn Details(id: Memo<Option<SiteId>>) -> impl IntoView {
    let phone = use_device();
    // Beside what is read, which is drawn anew whenever something comes.
    let past = Past::begin();
    ui::effect(move || {
        id.track();
        past.forget();
    });
    let read = live(&[Topic::Records, Topic::Drafts, Topic::Outbox], move || {
        let id = id.get();
        async move {
            match id {
                Some(id) => known::read(&phone, id).await,
                None => Ok(None),
            }
        }
    });
    let known = ui::memo(move || read.get());
    let gives = session::current(&phone).is_some_and(|signed_in| signed_in.actor.may_do(Action::Assign));
    // What is being written there stays while what is read changes.
    let giving = ui::memo(move || {
        known.with(|known| match known {
            Some(Ok(Some(known))) if gives && !known.due_site.site.retired => {
                let site = &known.due_site.site;
                Some(Giving {
                    subject: TaskSubject::Visit { site: site.id, forms: vec![] },
                    place: Visit::seen_at(site),
                    level: None,
                    site: site.id,
                    site_name: site.name.clone(),
                })
            }
            Some(Ok(_) | Err(_)) | None => None,
        })
    });
    let give = move || {
        let giving = giving.get()?;
        Some(parts::within(move || Box::pin(parts::give_task(giving.clone()))))
    };
    let details = move || match known.get() {
        None | Some(Ok(None)) => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(Some(known))) => {
            let site = known.due_site.site.clone();
            view! {
                <Facts known=known.clone() />
                <People site=site.clone() />
                <OpenHazards hazards=known.hazards />
                <ClosedHazards hazards=known.closed />
                <History history=known.history shown=past.shown />
                <Earlier site=site.id past />
                <NewerRecords count=known.newer />
            }
            .into_any()
        }
    };
    view! {
        {give}
        {details}
    }
}
