//! 举报人电话: asked for by one of its two holders, opened by the other.

use crate::{
    components::{
        fault::{ErrorLine, PageErrorNotice},
        field::{Field, Fields},
    },
    error::AppError,
    i18n::public_reports as t,
    sending::{Sending, SentForm},
    server_fns::{frame::Frame, public_reports::open_contact},
};
use domain::{
    id::{PersonId, PublicReportId},
    public_report::PublicReportFile,
    text::Lang,
};
use leptos::{html, prelude::*, task::spawn_local};

/// What was opened last. Made where the page begins, as the page is drawn anew.
#[derive(Clone, Copy, Default)]
pub(super) struct Opened(RwSignal<Option<Result<String, AppError>>>);

impl Opened {
    fn ask(self, id: PublicReportId, words: String) {
        self.0.set(None);
        spawn_local(async move {
            let answer = open_contact(id, words).await;
            // The page may be gone by now: then nobody is to be told.
            self.0.try_set(Some(answer));
        });
    }
}

/// The panel of the number.
pub(super) fn contact(
    lang: Lang,
    frame: &Frame,
    file: &PublicReportFile,
    asking: Sending,
    opened: Opened,
) -> AnyView {
    let me = frame.me.person;
    let name = |person: PersonId| {
        let seat = file.seats.iter().find(|seat| seat.person == person);
        seat.map(|seat| seat.name.clone()).unwrap_or_default()
    };
    let inside = match file.holders {
        _ if !file.left_phone => t::contact_none(lang).into_any(),
        None => t::contact_lost(lang).into_any(),
        Some(holders) => {
            let [first, second] = holders.map(name);
            let begun = file.opening.as_ref();
            let asked = begun.map(|begun| {
                let words = t::contact_asked(lang, begun.by_name.clone(), begun.reason.clone());
                view! { <p>{words}</p> }
            });
            let act = if holders.contains(&me) {
                match begun {
                    Some(begun) if begun.by != me => Some(opening(lang, file.report.id, opened)),
                    Some(_) | None => Some(ask(lang, file.report.id, asking)),
                }
            } else {
                None
            };
            view! {
                <p>{t::contact_sealed(lang, first, second)}</p>
                <p class="u-small">{t::contact_opened(lang, file.opened)}</p>
                {asked}
                {act}
            }
            .into_any()
        }
    };
    view! {
        <section class="panel" aria-label=t::contact(lang)>
            <h2>{t::contact(lang)}</h2>
            {inside}
        </section>
    }
    .into_any()
}

fn ask(lang: Lang, report: PublicReportId, to: Sending) -> AnyView {
    let (fault, pending) = (to.fault(), to.pending());
    let fields = Fields { lang, form: "ask", group: "form", fault };
    let words = Field::new("words", t::contact_words(lang), "").autocomplete("off");
    view! {
        <SentForm to attr:class="form">
            {fields.hidden("report", report.to_string())}
            <ErrorLine fault />
            {fields.area(Field::new("reason", t::contact_reason(lang), ""))}
            {fields.input("password", words)}
            <button
                class="button button--quiet button--small"
                aria-busy=move || pending.get().then_some("true")
                disabled=move || pending.get()
            >
                {t::contact_ask(lang)}
            </button>
        </SentForm>
    }
    .into_any()
}

fn opening(lang: Lang, report: PublicReportId, opened: Opened) -> AnyView {
    let typed = NodeRef::<html::Input>::new();
    let open = move |_| {
        if let Some(input) = typed.get_untracked() {
            opened.ask(report, input.value());
            input.set_value("");
        }
    };
    view! {
        <div class="form">
            <div class="field">
                <label for="open-words">{t::contact_words(lang)}</label>
                <input class="input" type="password" id="open-words" autocomplete="off" node_ref=typed />
            </div>
            <button class="button button--quiet button--small" type="button" on:click=open>
                {t::contact_open(lang)}
            </button>
            {move || {
                opened
                    .0
                    .get()
                    .map(|answer| match answer {
                        Ok(phone) => {
                            view! {
                                <p role="status">
                                    <b>{t::contact_is(lang, phone)}</b>
                                </p>
                            }
                                .into_any()
                        }
                        Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                    })
            }}
        </div>
    }
    .into_any()
}
