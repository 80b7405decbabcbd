//! 双随机抽取公布: a plan's draws as anybody may read them, signed in or not. Before the checks there is the fingerprint; afterwards the
//! draw is computed again on this very page.

use crate::{
    asking::{Asked, ask},
    components::{document_title::DocumentTitle, fault::PageErrorNotice},
    i18n::{account, draws, office, spot_checks as t, use_lang},
    server_fns::spot_checks::LoadDraw,
    spot_checks::{address::public_file_address, digest::short_digest},
};
use domain::{
    draw::{Digest, PublishedDraw},
    spot_check::file::{AnnouncedDraw, DrawPage, PublishedPlan},
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn PublicDrawPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadDraw { id: id.get() }));
    view! {
        <DocumentTitle text=t::public_title(lang) />
        <header class="office-bar office-bar--wide">
            <p>
                <strong class="office-bar__name">{account::product(lang)}</strong>
                <span class="office-bar__under">{t::public_title(lang)}</span>
            </p>
        </header>
        <main class="account-page account-page--wide account-page--below" id="main">
            <Suspense>
                {move || Suspend::new(async move {
                    match asked.answer().await {
                        Ok(page) => shown(lang, &page),
                        Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                    }
                })}
            </Suspense>
        </main>
    }
}

fn shown(lang: Lang, page: &DrawPage) -> AnyView {
    let announced = page.announced.iter().rev().map(|draw| announced(lang, draw)).collect_view();
    let published = page.published.as_ref().map(|plan| published(lang, page, plan));
    let before = page.published.is_none().then(|| view! { <p>{t::public_before(lang)}</p> });
    view! {
        <h1>{page.title.clone()}</h1>
        <p class="u-small">{page.office.clone()}</p>
        {before}
        {published}
        {announced}
    }
    .into_any()
}

/// The fingerprint, and what is fixed with it.
fn announced(lang: Lang, draw: &AnnouncedDraw) -> AnyView {
    let counts = t::public_method(lang, draw.sites, draw.people_per_site);
    let own_grid = draw.avoid_own_grid.then(|| t::public_own_grid(lang).to_owned());
    let method: Vec<_> = [counts].into_iter().chain(own_grid).collect();
    let method = method.join(office::between_choices(lang));
    let void = draw.void_at.map(|at| {
        view! { <span class="badge badge--act">{t::public_void(lang, time::long(at))}</span> }
    });
    let replaces = draw.replaces.as_ref().map(|digest| {
        view! {
            <dt>{t::public_replaces(lang)}</dt>
            <dd>{digest_view(digest)}</dd>
        }
    });
    view! {
        <section class="card card--pad">
            <p>{t::public_announced(lang, time::long(draw.announced_at))} " " {void}</p>
            <dl class="fact-list">
                <dt>{t::fingerprint(lang)}</dt>
                <dd class="u-code">{draw.fingerprint.to_string()}</dd>
                <dt>{draws::method(lang)}</dt>
                <dd>{method}</dd>
                <dt>{t::source(lang)}</dt>
                <dd>{draws::seed_source(lang, &draw.source)}</dd>
                {replaces}
            </dl>
        </section>
    }
    .into_any()
}

fn digest_view(digest: &Digest) -> AnyView {
    view! {
        <span class="u-code" title=digest.to_string()>
            {short_digest(digest)}
        </span>
    }
    .into_any()
}

/// What came of it, computed anew, with the draws that became void before.
fn published(lang: Lang, page: &DrawPage, plan: &PublishedPlan) -> AnyView {
    let announced = page.announced.iter().find(|draw| draw.void_at.is_none()).map(|draw| draw.fingerprint);
    let faults = plan.draw.check(announced.as_ref());
    let (class, words) = if faults.is_empty() {
        ("notice", t::public_holds(lang))
    } else {
        ("notice notice--refused", t::public_wrong(lang))
    };
    let faults = faults.iter().map(|fault| view! { <p>{draws::fault(lang, fault)}</p> }).collect_view();
    let void = plan.void.iter().filter_map(|draw| draw.void.as_ref()).map(|void| {
        let why = draws::void_reason(lang, &void.reason);
        view! { <p class="u-small">{t::void_line(lang, time::long(void.at), &void.by, &why)}</p> }
    });
    let void = void.collect_view();
    let day = time::office_day(plan.draw.announced_at);
    view! {
        <div class=class role="status">
            <p>
                <b>{words}</b>
            </p>
            {faults}
        </div>
        <p>
            <a
                class="link"
                href=public_file_address(page.id)
                download=format!("draw-{day}.json")
                rel="external"
            >
                {t::public_file(lang)}
            </a>
        </p>
        {result(lang, &plan.draw)}
        {exchanges(lang, plan)}
        {void}
    }
    .into_any()
}

fn result(lang: Lang, draw: &PublishedDraw) -> AnyView {
    let population = &draw.frozen.population;
    let rows = draw.result.iter().flat_map(|result| &result.sites).enumerate().map(|(position, drawn)| {
        let site = population.sites.iter().find(|site| site.id == drawn.site);
        let name = site.map(|site| site.name.clone()).unwrap_or_default();
        let weight = site.map(|site| site.weight.to_string()).unwrap_or_default();
        let people = drawn.people.iter().filter_map(|id| population.people.iter().find(|one| one.id == *id));
        let people: Vec<_> = people.map(|person| person.name.as_str()).collect();
        let people = people.join(office::between_choices(lang));
        view! {
            <tr>
                <td data-label=t::order(lang)>{(position + 1).to_string()}</td>
                <td data-label=t::site(lang)>{name}</td>
                <td class="cell--right" data-label=t::weight(lang)>
                    {weight}
                </td>
                <td data-label=t::team(lang)>{people}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h2>{t::public_result(lang)}</h2>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::order(lang)}</th>
                        <th scope="col">{t::site(lang)}</th>
                        <th scope="col" class="cell--right">
                            {t::weight(lang)}
                        </th>
                        <th scope="col">{t::team(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn exchanges(lang: Lang, plan: &PublishedPlan) -> Option<AnyView> {
    if plan.exchanges.is_empty() {
        return None;
    }
    let sites = &plan.draw.frozen.population.sites;
    let lines = plan.exchanges.iter().map(|one| {
        let site = sites.iter().find(|site| site.id == one.site).map(|site| site.name.as_str());
        let words =
            t::public_exchange(lang, site.unwrap_or_default(), &one.out.name, &one.instead.name, &one.reason);
        view! { <li>{words}</li> }
    });
    let lines = lines.collect_view();
    let view = view! {
        <h2>{t::public_exchanges(lang)}</h2>
        <ul>{lines}</ul>
    };
    Some(view.into_any())
}
