//! What stands beside the list: the open hazard, or a word on how to open one.

use super::{FileAsked, facts::facts, history::history, next::next_step, photos::photos};
use crate::{
    await_resource::await_resource,
    components::{
        badge::StatusBadge,
        icon::{Icon, Sign},
        risk_sign::RiskSign,
    },
    i18n::{codes, office, tasks, trade, use_lang},
    ledger::address::{hazard_address, ledger_address},
    list::address::request_address,
    server_fns::{AsOf, frame::Frame, hazards::HazardSheet},
    tasks::address::give_hazard_address,
};
use domain::{
    hazard::Hazard, id::HazardId, ledger::LedgerFilter, role::Action, severity::Severity, task::TaskFilter,
    text::Lang,
};
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn Beside(file: FileAsked, filter: Memo<LedgerFilter>, open: Memo<Option<HazardId>>) -> impl IntoView {
    let lang = use_lang();
    view! {
        {move || {
            open.get()
                .map(|id| {
                    view! {
                        <div class="u-spread">
                            <a class="detail__back" href=filter.with(ledger_address) data-noscroll="true">
                                <Sign icon=Icon::Back />
                                {office::to_list(lang)}
                            </a>
                            <a class="link" href=hazard_address(id)>
                                {office::own_page(lang)}
                            </a>
                        </div>
                    }
                })
        }}
        {await_resource(file.asked, move |frame, file| match file {
            Some(file) => file_view(lang, frame, file),
            None => nothing_open(lang),
        })}
    }
}

fn nothing_open(lang: Lang) -> AnyView {
    view! {
        <div class="empty">
            <Sign icon=Icon::Flag />
            <h2>{office::nothing_open(lang)}</h2>
            <p>{office::nothing_open_hint(lang)}</p>
        </div>
    }
    .into_any()
}

/// The way to giving it to somebody, and to what was given.
fn given(lang: Lang, frame: &Frame, hazard: &Hazard) -> AnyView {
    let gives = hazard.is_open() && frame.me.may(Action::Assign, &hazard.place);
    let give = gives.then(|| {
        view! {
            <a class="chip" href=give_hazard_address(hazard.id)>
                {tasks::give(lang)}
            </a>
        }
    });
    let given = TaskFilter { hazard: Some(hazard.id), ..TaskFilter::default() };
    view! {
        <p class="u-row">
            {give}
            <a class="chip" href=request_address(&given.into())>
                {tasks::open_here(lang)}
            </a>
            <a class="chip" href=format!("{}/code", hazard_address(hazard.id)) rel="external">
                {codes::sheet(lang)}
            </a>
        </p>
    }
    .into_any()
}

/// The whole file, for the panel and the page alike: what is seen of it, then what was decided and what is to be done. The page has
/// room for the two beside each other.
pub fn file_view(lang: Lang, frame: Arc<Frame>, file: AsOf<HazardSheet>) -> AnyView {
    let AsOf { at: now, value: HazardSheet { file, asked } } = file;
    let hazard = &file.hazard;
    let number = hazard.number.clone().unwrap_or_default();
    let received = file.photos.iter().filter(|photo| photo.received).count();
    let site = hazard.place.site;
    let major = (hazard.level() == Severity::Major).then(|| {
        view! { <span class="badge badge--act">{trade::major_hazard(lang)}</span> }
    });
    let listed =
        hazard.listed.then(|| view! { <span class="badge badge--act">{office::is_listed(lang)}</span> });
    let suspended = hazard
        .suspended
        .then(|| view! { <span class="badge badge--act">{office::is_suspended(lang)}</span> });
    view! {
        <div class="detail__part">
            <div class="detail__head">
                <p class="u-small">{number} " · " {office::photos_received(lang, received, file.photos.len())}</p>
                <h2>{hazard.title().to_owned()}</h2>
                <p class="u-row">
                    <StatusBadge
                        status=hazard.status.kind()
                        extension_asked=hazard.extension.is_some()
                        to_refer=hazard.is_to_be_referred()
                    />
                    {major}
                    {listed}
                    {suspended}
                </p>
                <p class="u-small u-row">
                    <a href=format!("/office/sites/{site}")>{file.site_name.clone()}</a>
                    <RiskSign level=file.risk />
                    {hazard.place.sector.name().get(lang).to_owned()}
                </p>
            </div>
            {given(lang, &frame, hazard)}
            {photos(lang, &file)}
        </div>
        <div class="detail__part">
            {facts(lang, &file, asked.as_ref(), now)}
            {history(lang, &file, now)}
            {next_step(lang, frame, &file, now)}
        </div>
    }
    .into_any()
}
