//! A visit that was begun and not finished.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{field as t, use_lang},
};
use chrono::{DateTime, Utc};
use client::{Device, DeviceError, drafts};
use domain::{
    form::{Form, session::PreparedForm},
    id::VisitId,
    site::Site,
    time,
    visit::{Draft, OpenDraft},
};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    pub id: VisitId,
    pub site: Option<String>,
    pub started_at: DateTime<Utc>,
    /// How many forms are being filled in.
    pub forms: usize,
    /// Answered and asked, in all forms; none where nothing could be checked.
    pub progress: Option<(usize, usize)>,
    /// The site was retired, or has left the person's scope.
    pub away: bool,
}

impl Running {
    /// `newer`: sites that are this person's and that only a newer version could read.
    pub async fn all(
        device: &Device,
        begun: &[Draft],
        sites: &[Site],
        newer: &[Value],
    ) -> Result<Vec<Self>, DeviceError> {
        let mut all = vec![];
        for draft in begun {
            let copies = drafts::copies(device, draft.id).await?;
            let here = sites.iter().find(|site| site.id == draft.site);
            let site = here.or(copies.as_ref().map(|copies| &copies.site)).map(|site| site.name.clone());
            all.push(Self {
                id: draft.id,
                site,
                started_at: draft.started_at,
                forms: draft.forms.len(),
                progress: copies.and_then(|copies| progress(draft, copies.forms)),
                away: match here {
                    Some(site) => site.retired,
                    // An order leads to sites that are somebody else's.
                    None => {
                        draft.order.is_none()
                            && !newer.iter().any(|site| site["id"].as_str() == Some(&draft.site.to_string()))
                    }
                },
            });
        }
        Ok(all)
    }

    pub fn path(&self) -> String {
        format!("/field/visit/{}", self.id)
    }
}

fn progress(draft: &Draft, forms: Vec<Form>) -> Option<(usize, usize)> {
    // Beside those that are filled in, there are versions that were gone over from.
    let filled_in = forms.into_iter().filter(|form| draft.forms.iter().any(|kept| kept.is_of(form)));
    let prepared: Vec<_> = filled_in.map(|form| PreparedForm::new(Arc::new(form))).collect();
    let open = OpenDraft::open(draft.clone(), &prepared)?;
    let of_forms =
        open.sessions().iter().map(|session| (session.standing().answered, session.standing().asked));
    of_forms.reduce(|all, one| (all.0 + one.0, all.1 + one.1))
}

#[component]
pub fn RunningRow(running: Running) -> impl IntoView {
    let lang = use_lang();
    let now = use_device().clock.office_now();
    let site = running.site.clone().unwrap_or_else(|| t::unknown_site(lang).to_owned());
    let progress = running.progress.map(|(answered, asked)| t::answered(lang, answered, asked));
    view! {
        <a href=running.path()>
            <span class="mark">
                <Sign icon=Icon::Note />
            </span>
            <div class="rows__body">
                <p class="rows__title">{t::go_on(lang)} " · " {site}</p>
                <p class="rows__meta">
                    {(running.forms > 1).then(|| view! { <span>{t::forms(lang, running.forms)}</span> })}
                    {progress.map(|words| view! { <span>{words}</span> })}
                    {running.away.then(|| view! { <span>{t::away(lang)}</span> })}
                    <span>{t::started(lang, time::near(running.started_at, now))}</span>
                </p>
            </div>
            <span class="chevron">
                <Sign icon=Icon::Forward />
            </span>
        </a>
    }
}
