//! An inspection that was begun and not finished.

use crate::{
    components::icon::{Icon, Sign},
    device::{DeviceError, records},
    i18n::{field as t, use_lang},
};
use chrono::{DateTime, Utc};
use domain::{id::InspectionId, inspection::Draft, site::Site, time};
use leptos::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Running {
    pub id: InspectionId,
    pub site: Option<String>,
    pub started_at: DateTime<Utc>,
    /// Answered and asked; None where the checklist's version is not on the phone.
    pub progress: Option<(usize, usize)>,
}

impl Running {
    pub async fn all(drafts: &[Draft], sites: &[Site]) -> Result<Vec<Self>, DeviceError> {
        let mut all = vec![];
        for draft in drafts {
            let checklist = records::checklist(&draft.checklist, draft.version).await?;
            let site = sites.iter().find(|site| site.id == draft.site);
            all.push(Self {
                id: draft.id,
                site: site.map(|site| site.name.clone()),
                started_at: draft.started_at,
                progress: checklist.map(|checklist| draft.progress(&checklist)),
            });
        }
        Ok(all)
    }

    pub fn path(&self) -> String {
        format!("/field/inspect/{}", self.id)
    }
}

#[component]
pub fn RunningRow(running: Running) -> impl IntoView {
    let lang = use_lang();
    let site = running.site.clone().unwrap_or_else(|| t::unknown_site(lang).to_owned());
    let progress = running.progress.map(|(answered, asked)| t::answered(lang, answered, asked));
    view! {
        <a href=running.path()>
            <span class="mark">
                <Sign icon=Icon::Note />
            </span>
            <div class="grow">
                <p class="title">{t::go_on(lang)} " · " {site}</p>
                <p class="meta">
                    {progress.map(|words| view! { <span class="num">{words}</span> })}
                    <span class="num">{t::started(lang, time::short(running.started_at))}</span>
                </p>
            </div>
            <span class="go">
                <Sign icon=Icon::Forward />
            </span>
        </a>
    }
}
