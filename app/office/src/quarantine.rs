//! 搁置: work that arrived and that its sender may not do any more, or about something that is gone; and files of work that
//! phones could not send. Nothing of it is lost: the administrator says what becomes of it.

use crate::{
    asking::{Asked, ask},
    components::{
        fault::{ErrorLine, PageErrorNotice},
        icon::{Icon, Sign},
    },
    desk::use_desk,
    error::AppError,
    file_form::{choose_again, file_form},
    head::PageHeader,
    i18n::{admin as t, limits, office, use_lang},
    list::{self, Control, DeskList, stacked_with},
    lists::{
        CellContext,
        quarantine::{Quarantine, state},
    },
    sending::{Sending, SentForm},
    server_fns::{
        frame::Frame,
        quarantine::{BringIn, Decide, LoadQuarantine, bring_in},
    },
};
use domain::{
    id::OperationId,
    quarantine::{BroughtIn, QuarantineFilter, QuarantineList, QuarantineState, QuarantinedOperation},
    text::Lang,
    time,
};
use leptos::{prelude::*, server_fn::ServerFn};

#[component]
pub fn QuarantinePage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let decided = Sending::to::<Decide>();
    let filter = list::asked_by_address::<Quarantine>();
    let asked = Asked::new(move || {
        ask(LoadQuarantine { filter: filter.get() }).in_round(decided.tries() + desk.changes.get())
    });
    let refused = decided.fault();
    view! {
        <PageHeader title=t::quarantine(lang) />
        <div class="page-body">
            <p>{t::quarantine_hint(lang)}</p>
            {move || refused.get().map(|fault| view! { <PageErrorNotice fault /> })}
            <ImportBundleForm />
        </div>
        {list::filters::<Quarantine>(asked, filter)}
        {list::rows::<Quarantine>(asked, filter, move |around, rows| table(around, &rows, decided))}
    }
}

impl DeskList for Quarantine {
    fn controls(lang: Lang, _: &Frame, filter: &QuarantineFilter) -> Vec<Control<QuarantineFilter>> {
        let states = QuarantineState::ALL.map(|one| {
            let on = filter.state == Some(one);
            let to = QuarantineFilter { state: (!on).then_some(one), ..filter.clone() };
            Control::Chip { words: state(lang, one).to_owned(), to, on }
        });
        states.into()
    }

    fn count(lang: Lang, page: &QuarantineList) -> String {
        t::quarantine_count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        view! {
            <div class="empty">
                <Sign icon=Icon::Tick />
                <h2>{t::quarantine_empty(lang)}</h2>
                <p>{t::quarantine_empty_hint(lang)}</p>
            </div>
        }
        .into_any()
    }

    fn cell(key: &'static str, one: &QuarantinedOperation, around: &CellContext) -> Option<AnyView> {
        let lang = around.lang;
        (key == "who").then(|| {
            let said = limits::said_by_phone(lang, one.made_at, one.received_at);
            let received = (!time::plausible(one.made_at, one.received_at))
                .then(|| format!("{} {}", office::received(lang), time::long(one.received_at)));
            let brought = one.brought_by.clone().map(|by| t::quarantine_brought_by(lang, by));
            view! {
                {one.person_name.clone()}
                " "
                <span class="u-small">{said}</span>
                {received.map(|words| view! { <span class="u-small">{words}</span> })}
                {brought.map(|words| view! { <span class="u-small">{words}</span> })}
            }
            .into_any()
        })
    }
}

fn table(around: &CellContext, rows: &[QuarantinedOperation], decided: Sending) -> AnyView {
    let rows = stacked_with::<Quarantine>(around, rows, |key, one| match key {
        "decision" if one.decision.is_none() => Some(decision(around.lang, one.operation, decided)),
        _ => Quarantine::cell(key, one, around),
    });
    view! { <div class="table-scroll">{rows}</div> }.into_any()
}

/// Of what waits.
fn decision(lang: Lang, operation: OperationId, decided: Sending) -> AnyView {
    view! {
        <SentForm to=decided attr:class="link-row">
            <input type="hidden" name="operation" value=operation.to_string() />
            <button class="button button--small" name="take" value="yes">
                {t::quarantine_accept(lang)}
            </button>
            <button class="button button--small button--quiet" name="take" value="no">
                {t::quarantine_reject(lang)}
            </button>
        </SentForm>
    }
    .into_any()
}

/// The form for a file that a phone exported.
#[component]
fn ImportBundleForm() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (answer, pending, submit) = file_form(bring_in);
    let unread = move || match answer.get() {
        Some(Err(AppError::Invalid { reason, .. })) => Some(reason),
        Some(_) | None => None,
    };
    // As where lists are sent: what is no matter of the file leaves it chosen.
    let fault = Signal::derive(move || {
        answer.get().and_then(Result::err).filter(|fault| !matches!(fault, AppError::Invalid { .. }))
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
                <p class="field__hint" id="file-h">
                    {t::bring_in_hint(lang)}
                </p>
                <input class="input" type="file" id="file" name="file" accept=".xunan" required aria-describedby="file-h" />
            </div>
            <button class="button" disabled=move || pending.get()>
                {t::bring_in_send(lang)}
            </button>
            <div role="status">
                {move || pending.get().then(|| view! { <p class="u-small">{t::bringing_in(lang)}</p> })}
                {move || answer.get().and_then(Result::ok).map(|brought| {
                    view! { <p>{brought_words(lang, &brought)}</p> }
                })}
            </div>
            <ErrorLine fault />
            {choose_again::<BroughtIn>()}
            {move || unread().map(|reason| {
                view! {
                    <div class="notice notice--refused" role="alert">
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
