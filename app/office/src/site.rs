//! One site: who answers for it, what is open there, and who has been there.

pub mod edit;
mod facts;
mod hazards;

use crate::{
    asking::{Asked, ask},
    audit::address::history,
    await_resource::await_resource,
    components::{
        fault::ErrorLine,
        photo_pair::{photo_url, preview_url},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{office, tasks, use_lang},
    ledger::address::ledger_address,
    list::{address::request_address, around, stacked},
    lists::visits::Visits,
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        frame::Frame,
        sites::{LoadSite, MergeSite},
    },
    sites::address::SITES,
    tasks::address::give_visit_address,
    visits::address::visits_of,
};
use domain::{
    file::SiteFile,
    id::SiteId,
    ledger::{LedgerFilter, LedgerStatusFilter},
    limits::CODE,
    role::Action,
    site::Site,
    task::TaskFilter,
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn SitePage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadSite { id: id.get() }).in_round(desk.changes.get()));
    let merge = Sending::to::<MergeSite>();
    await_resource(asked, move |frame, file| page(lang, &frame, file, merge))
}

fn page(lang: Lang, frame: &Frame, file: AsOf<SiteFile>, merge: Sending) -> AnyView {
    let (today, around) = (file.today(), around(lang, frame, &file));
    let SiteFile { site, next_visit, hazards, visits } = file.value;
    let keeps = frame.me.may(Action::ManageSites, &site.resource_scope());
    let edit = keeps.then(|| {
        view! {
            <a class="chip" href=format!("{SITES}/{}/edit", site.id)>
                {office::edit(lang)}
            </a>
        }
    });
    let gives = frame.me.may(Action::Assign, &site.resource_scope()) && !site.retired;
    let give = gives.then(|| {
        view! {
            <a class="chip" href=give_visit_address(site.id)>
                {tasks::give(lang)}
            </a>
        }
    });
    let given = TaskFilter { site: Some(site.id), ..TaskFilter::default() };
    let given = request_address(&given.into());
    let history = frame.me.may_do(Action::ReadAudit).then(|| history(lang, site.id.0));
    let ledger = ledger_address(&LedgerFilter {
        site: Some(site.id),
        status: LedgerStatusFilter::Any,
        ..LedgerFilter::default()
    });
    let visits = if visits.is_empty() {
        view! { <p class="u-small">{office::never_inspected(lang)}</p> }.into_any()
    } else {
        stacked::<Visits>(&around, &visits)
    };
    view! {
        <PageHeader title=site.name.clone() finds_in=SITES>
            <a class="chip" href=SITES>
                {office::to_list(lang)}
            </a>
            {give}
            <a class="chip" href=given>
                {tasks::open_here(lang)}
            </a>
            {edit}
            {history}
        </PageHeader>
        {to_confirm(lang, &site, merge, keeps)}
        <div class="panels">
            <section class="panel panel--wide">
                <h3 class="panel__title">{office::site_facts(lang)}</h3>
                {facts::facts(lang, frame, &site, next_visit, today)}
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">{office::hazards_here(lang)} <span class="panel__note"><a href=ledger>{office::all_in_ledger(lang)}</a></span></h3>
                {hazards::hazards(lang, hazards, today)}
            </section>
            <section class="panel panel--wide">
                <h3 class="panel__title">
                    {office::visits(lang)}
                    <span class="panel__note">
                        <a href=visits_of(site.id)>{office::visits_here(lang)}</a>
                    </span>
                </h3>
                {visits}
            </section>
        </div>
    }
    .into_any()
}

/// 待确认: who made it on the spot, with the photo of its door.
fn to_confirm(lang: Lang, site: &Site, merge: Sending, keeps: bool) -> Option<AnyView> {
    let made = site.to_confirm.as_ref()?;
    let merging = keeps.then(|| merging(lang, site.id, merge));
    let photos = made.photos.iter().map(|hash| {
        view! {
            <a class="thumb" href=photo_url(hash) rel="external">
                <img class="thumb__image" src=preview_url(hash) alt=office::photo_of_door(lang) />
            </a>
        }
    });
    let photos = photos.collect_view();
    let view = view! {
        <div class="notice" role="status">
            <p>
                <b>{office::made_on_the_spot(lang, made.by_name.clone(), time::long(made.at))}</b>
            </p>
            <p>{office::made_on_the_spot_hint(lang)}</p>
            <div class="thumb-list">{photos}</div>
            {merging}
        </div>
    };
    Some(view.into_any())
}

/// 并入
fn merging(lang: Lang, site: SiteId, merge: Sending) -> AnyView {
    let pending = merge.pending();
    view! {
        <SentForm to=merge attr:class="form">
            <ErrorLine fault=merge.fault() />
            <input type="hidden" name="site" value=site.to_string() />
            <div class="field">
                <label for="merge-code">{office::merge_site_with(lang)}</label>
                <p class="field__hint" id="merge-code-h">
                    {office::merge_site_hint(lang)}
                </p>
                <input class="input" id="merge-code" name="code" required maxlength=CODE.to_string() aria-describedby="merge-code-h" />
            </div>
            <button class="button button--small" aria-busy=move || pending.get().then_some("true")>
                {office::merge_site(lang)}
            </button>
        </SentForm>
    }
    .into_any()
}
