//! 搁置: work that arrived and that its sender may not do any more, or about something that is gone; and files of work that
//! phones could not send. Nothing of it is lost: the administrator says what becomes of it.

use crate::{
    components::{
        fault::{FaultLine, FaultNotice},
        icon::{Icon, Sign},
        pagination::{Pagination, pages, past_the_end},
    },
    error::Fault,
    i18n::{admin as t, limits, office, trade, use_lang},
    office::{
        answered::answered,
        desk::use_desk,
        file_form::{choose_again, file_form},
        head::Head,
        query::Query,
    },
    server_fns::aside::{BringIn, Decide, bring_in, load_set_aside},
};
use domain::{
    ledger::LedgerFilter,
    set_aside::{BroughtIn, SetAside, SetAsidePage},
    sync::{Payload, Reason},
    text::Lang,
    time,
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::hooks::use_query_map;

pub const ASIDE: &str = "/office/aside";

#[component]
pub fn AsidePage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let decided = ServerAction::<Decide>::new();
    let query = use_query_map();
    let page =
        Memo::new(move |_| query.with(|query| query.get_str("page")?.parse().ok()).unwrap_or(1).max(1));
    let asked = Resource::new(
        move || (page.get(), decided.version().get(), desk.changes.get()),
        |(page, ..)| load_set_aside(page),
    );
    let refused = crate::components::fault::fault_of(decided);
    view! {
        <Head title=t::aside(lang) />
        <div class="body">
            <p>{t::aside_hint(lang)}</p>
            {move || refused.get().map(|fault| view! { <FaultNotice fault /> })}
            <Bring />
            {answered(asked, move |_, found| list(lang, page.get_untracked(), found, decided))}
        </div>
    }
}

fn list(lang: Lang, page: u32, found: SetAsidePage, decided: ServerAction<Decide>) -> AnyView {
    let count = pages(found.total, LedgerFilter::PAGE_SIZE);
    let address = |page: u32| Query::default().with_some("page", (page > 1).then_some(page)).at(ASIDE);
    if let Some(gone) = past_the_end(lang, page, count, address) {
        return gone;
    }
    if found.rows.is_empty() {
        return view! {
            <div class="empty">
                <Sign icon=Icon::Tick />
                <h2>{t::nothing_aside(lang)}</h2>
                <p>{t::nothing_aside_hint(lang)}</p>
            </div>
        }
        .into_any();
    }
    let rows = found.rows.into_iter().map(|one| row(lang, one, decided)).collect_view();
    view! {
        <div class="table">
            <table class="stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::aside_what(lang)}</th>
                        <th scope="col">{t::aside_who(lang)}</th>
                        <th scope="col">{t::aside_why(lang)}</th>
                        <th scope="col">{t::aside_receipt(lang)}</th>
                        <th scope="col">{t::aside_decision(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Pagination page pages=count address />
    }
    .into_any()
}

fn row(lang: Lang, one: SetAside, decided: ServerAction<Decide>) -> impl IntoView + use<> {
    let id = one.operation.to_string();
    let decision = match one.decision {
        Some(decision) => {
            let at = time::long(decision.at);
            let words = if decision.taken {
                t::aside_taken(lang, decision.by, at)
            } else {
                t::aside_left(lang, decision.by, at)
            };
            view! { <span>{words}</span> }.into_any()
        }
        None => view! {
            <ActionForm action=decided attr:class="ways">
                <input type="hidden" name="operation" value=id />
                <button class="button small" name="take" value="yes">
                    {t::aside_take(lang)}
                </button>
                <button class="button small quiet" name="take" value="no">
                    {t::aside_leave(lang)}
                </button>
            </ActionForm>
        }
        .into_any(),
    };
    let said = limits::said_by_phone(lang, one.made_at, one.received_at);
    let received = (!time::plausible(one.made_at, one.received_at))
        .then(|| format!("{} {}", office::received(lang), time::long(one.received_at)));
    view! {
        <tr>
            <td class="wrap" data-label=t::aside_what(lang)>
                {what(lang, &one.payload)}
            </td>
            <td data-label=t::aside_who(lang)>
                {one.person_name} <span class="small">{said}</span>
                {received.map(|words| view! { <span class="small">{words}</span> })}
                {one.brought_by.map(|by| view! { <span class="small">{t::aside_brought_by(lang, by)}</span> })}
            </td>
            <td class="wrap" data-label=t::aside_why(lang)>
                {why(lang, &one.reason)}
            </td>
            <td class="code" data-label=t::aside_receipt(lang)>
                {one.number}
            </td>
            <td data-label=t::aside_decision(lang)>{decision}</td>
        </tr>
    }
}

/// For whoever decides, not for whoever made it.
fn why(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::NotAllowed => t::aside_not_allowed(lang).to_owned(),
        Reason::UnknownSite => t::aside_unknown_site(lang).to_owned(),
        Reason::UnknownChecklist => t::aside_unknown_checklist(lang).to_owned(),
        Reason::UnknownHazard => t::aside_unknown_hazard(lang).to_owned(),
        other => trade::reason(lang, other),
    }
}

fn what(lang: Lang, payload: &Payload) -> String {
    match payload {
        Payload::SubmitInspection(inspection) => t::aside_inspection(lang, inspection.answers.len()),
        Payload::Hazard { deed, .. } => match deed {
            domain::hazard::Deed::Found(found) => t::aside_found(lang, found.what.clone()),
            deed => t::aside_deed(lang, trade::did(lang, deed)),
        },
        Payload::Photo(facts) => t::aside_photo(lang, facts.bytes / 1024),
        Payload::Diagnostics(_) => t::aside_report(lang).to_owned(),
    }
}

/// The form for a file that a phone exported.
#[component]
fn Bring() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (answer, pending, submit) = file_form(bring_in);
    let unread = move || match answer.get() {
        Some(Err(Fault::Invalid { reason, .. })) => Some(reason),
        Some(_) | None => None,
    };
    // As where lists are sent: what is no matter of the file leaves it chosen.
    let fault = Signal::derive(move || {
        answer.get().and_then(Result::err).filter(|fault| !matches!(fault, Fault::Invalid { .. }))
    });
    Effect::new(move |_| {
        if answer.with(|answer| matches!(answer, Some(Ok(_)))) {
            desk.changed();
        }
    });
    view! {
        <form class="form" method="post" enctype="multipart/form-data" action=BringIn::url() on:submit=submit>
            <div class="field">
                <label for="file">{t::bring_in(lang)}</label>
                <p class="hint" id="file-h">
                    {t::bring_in_hint(lang)}
                </p>
                <input class="text" type="file" id="file" name="file" accept=".xunan" required aria-describedby="file-h" />
            </div>
            <button class="button" disabled=move || pending.get()>
                {t::bring_in_send(lang)}
            </button>
            <div role="status">
                {move || pending.get().then(|| view! { <p class="small">{t::bringing_in(lang)}</p> })}
                {move || answer.get().and_then(Result::ok).map(|brought| {
                    view! { <p class="strong">{brought_words(lang, &brought)}</p> }
                })}
            </div>
            <FaultLine fault />
            {choose_again::<BroughtIn>()}
            {move || unread().map(|reason| {
                view! {
                    <div class="notice refused" role="alert">
                        <p>{reason}</p>
                    </div>
                }
            })}
        </form>
    }
}

fn brought_words(lang: Lang, brought: &BroughtIn) -> String {
    let BroughtIn { name, received, already_here, kept, refused, photos, photos_left, unfinished } =
        brought.clone();
    let left = if photos_left > 0 { t::brought_photos_left(lang, photos_left) } else { String::new() };
    let begun = match unfinished.len() {
        0 => String::new(),
        n => t::brought_unfinished(lang, n, unfinished.join(t::listed(lang))),
    };
    t::brought_in(lang, name, received, already_here, kept, refused, photos) + &left + &begun
}
