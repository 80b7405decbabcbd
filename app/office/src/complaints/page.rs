//! One complaint: what was said, of what, what the office did about it, and what it can still do.

use super::address::COMPLAINTS;
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        error_signal::ErrorSignal,
        fault::ErrorLine,
        field::{Field, Fields, focus_the_refused},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{complaints as t, office, use_lang},
    ledger::address::hazard_address,
    lists::complaints::about,
    plain_form,
    sending::{Sending, SentForm},
    server_fns::complaints::{LoadComplaint, MarkComplaint, complaint_form::ComplaintForm},
    sites::address::site_address,
    visits::address::{visit_address, visits_of},
};
use domain::{
    code::{ComplaintMark, ComplaintRow, ComplaintState},
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use uuid::Uuid;

#[component]
pub fn ComplaintPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadComplaint { id: id.get() }).in_round(desk.changes.get()));
    let forms = [ComplaintState::InHand, ComplaintState::Answered].map(MarkForm::new);
    forms.iter().for_each(|form| form.sending.when_done(move || desk.changed()));
    await_resource(asked, move |_, row: ComplaintRow| {
        let complaint = &row.complaint;
        let open = complaint.state().may_become();
        // One that was refused stays, though somebody else was faster: what was typed is in it.
        let is_shown = |form: &&MarkForm| open.contains(&form.to) || form.was_refused();
        let acts: Vec<_> = forms.iter().filter(is_shown).map(|form| form.view(lang, complaint.id)).collect();
        let acts = (!acts.is_empty()).then(|| view! { <div class="panel">{acts}</div> });
        let mark = complaint.mark.as_ref().map(|mark| done(lang, mark));
        view! {
            <PageHeader title=t::complaints(lang) finds_in=COMPLAINTS>
                <a class="chip" href=COMPLAINTS>
                    {office::to_list(lang)}
                </a>
            </PageHeader>
            <div class="panels panels--beside">
                <section class="panel">
                    <h2>{row.site_name.clone()}</h2>
                    <p class="u-lines">{complaint.words.clone()}</p>
                    {facts(lang, &row)}
                    {mark}
                    <p class="u-small">{t::hint(lang)}</p>
                </section>
                {acts}
            </div>
        }
        .into_any()
    })
}

/// One of the forms of the page; both ask the same function.
#[derive(Clone, Copy)]
struct MarkForm {
    to: ComplaintState,
    sending: Sending,
    fault: ErrorSignal,
}

impl MarkForm {
    /// To be made where the page begins.
    fn new(to: ComplaintState) -> Self {
        let sending = Sending::to::<MarkComplaint>();
        // Without the program only the one that was sent was refused.
        let other = plain_form::typed::<ComplaintForm>().is_some_and(|typed| typed.does != to.as_str());
        let refused = sending.fault();
        let fault = refused.only_if(move || !other);
        focus_the_refused(fault);
        Self { to, sending, fault }
    }

    fn was_refused(self) -> bool {
        self.fault.with_untracked(Option::is_some)
    }

    fn view(self, lang: Lang, complaint: Uuid) -> AnyView {
        let (does, fault, pending) = (self.to.as_str(), self.fault, self.sending.pending());
        let fields = Fields { lang, form: does, group: "form", fault };
        let hidden = [fields.hidden("complaint", complaint.to_string()), fields.hidden("does", does)];
        let (answer, words) = match self.to {
            ComplaintState::Answered => {
                let answer = Field::new("answer", t::answer_words(lang), "").hint(t::answer_hint(lang));
                (Some(fields.area(answer)), t::answer(lang))
            }
            ComplaintState::Open | ComplaintState::InHand => (None, t::take(lang)),
        };
        view! {
            <section class="panel__act" aria-label=words>
                <SentForm to=self.sending attr:class="form">
                    {hidden}
                    <ErrorLine fault />
                    {answer}
                    <button
                        class="button button--quiet button--small"
                        aria-busy=move || pending.get().then_some("true")
                        disabled=move || pending.get()
                    >
                        {words}
                    </button>
                </SentForm>
            </section>
        }
        .into_any()
    }
}

fn facts(lang: Lang, row: &ComplaintRow) -> AnyView {
    let complaint = &row.complaint;
    let hazard = complaint.hazard.zip(row.hazard.as_ref()).map(|(id, hazard)| {
        view! {
            <dt>{t::hazard(lang)}</dt>
            <dd>
                <a href=hazard_address(id)>{about(hazard)}</a>
            </dd>
        }
    });
    let visit = row.hazard.as_ref().and_then(|hazard| hazard.visit).map(|visit| {
        view! {
            <dt>{t::visit(lang)}</dt>
            <dd>
                <a href=visit_address(visit)>{t::record(lang)}</a>
            </dd>
        }
    });
    view! {
        <dl class="fact-list">
            <dt>{t::state(lang)}</dt>
            <dd>{t::state_of(lang, complaint.state())}</dd>
            <dt>{t::who(lang)}</dt>
            <dd>{complaint.by_name.clone()}</dd>
            <dt>{t::at(lang)}</dt>
            <dd>{time::long(complaint.at)}</dd>
            <dt>{t::site(lang)}</dt>
            <dd>
                <a href=site_address(complaint.site)>{row.site_name.clone()}</a>
            </dd>
            {hazard}
            {visit}
            <dt>{t::came(lang)}</dt>
            <dd>
                <a href=visits_of(complaint.site)>{t::visits(lang)}</a>
            </dd>
        </dl>
    }
    .into_any()
}

/// Who looked at it, and what was answered.
fn done(lang: Lang, mark: &ComplaintMark) -> AnyView {
    let answer = (!mark.answer.is_empty()).then(|| {
        view! {
            <h3>{t::answer(lang)}</h3>
            <p class="u-lines">{mark.answer.clone()}</p>
        }
    });
    let who = format!("{} · {} · {}", t::state_of(lang, mark.state), mark.by_name, time::long(mark.at));
    view! {
        {answer}
        <p class="u-small">{who}</p>
    }
    .into_any()
}
