//! One report: what was said and where, what the office may do with it, and what became of it. Nothing on the page says who sent it.

use super::{
    address::REPORTS,
    contact::{Opened, contact},
};
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
    i18n::{office, public_reports as t, trade, use_lang},
    ledger::address::hazard_address,
    plain_form,
    sending::{Sending, SentForm},
    server_fns::public_reports::{ActOnReport, AskContact, LoadPublicReport, report_form::ReportForm},
};
use domain::{
    public_report::{PublicReport, PublicReportFile, ReportCommandKind, ReportRecord},
    role::Action,
    severity::Severity,
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

#[component]
pub fn PublicReportPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadPublicReport { id: id.get() }).in_round(desk.changes.get()));
    let forms = ReportCommandKind::ALL.map(ActForm::new);
    forms.iter().for_each(|form| form.to.when_done(move || desk.changed()));
    let asking = Sending::to::<AskContact>();
    asking.when_done(move || desk.changed());
    let opened = Opened::default();
    await_resource(asked, move |frame, file: PublicReportFile| {
        let report = &file.report;
        let may = |kind: ReportCommandKind| {
            let action = match kind {
                ReportCommandKind::ApproveReward | ReportCommandKind::PayReward => Action::AssignAndSupervise,
                ReportCommandKind::Release
                | ReportCommandKind::Discard
                | ReportCommandKind::Confirm
                | ReportCommandKind::FindNothing
                | ReportCommandKind::Join
                | ReportCommandKind::MakeHazard
                | ReportCommandKind::Answer
                | ReportCommandKind::Ask
                | ReportCommandKind::ProposeReward => Action::Assign,
            };
            frame.me.may_do(action) && report.allows(kind)
        };
        let acts: Vec<_> =
            forms.iter().filter(|form| may(form.kind)).map(|form| form.view(lang, &file)).collect();
        let acts = (!acts.is_empty()).then(|| view! { <div class="panel">{acts}</div> });
        let contact = contact(lang, &frame, &file, asking, opened);
        view! {
            <PageHeader title=t::reports(lang) finds_in=REPORTS>
                <a class="chip" href=REPORTS>
                    {office::to_list(lang)}
                </a>
            </PageHeader>
            <div class="panels panels--beside">
                <section class="panel">
                    <h2>{report.title().to_owned()}</h2>
                    {facts(lang, &file)}
                    {photos(lang, report)}
                    <h3>{t::history(lang)}</h3>
                    {history(lang, &report.events)}
                    <p class="u-small">{t::nobody_knows(lang)}</p>
                </section>
                <div class="panels__side">
                    {acts}
                    {contact}
                </div>
            </div>
        }
        .into_any()
    })
}

/// One of the forms of the page; all ask the same function.
#[derive(Clone, Copy)]
struct ActForm {
    kind: ReportCommandKind,
    to: Sending,
    fault: ErrorSignal,
}

impl ActForm {
    /// To be made where the page begins.
    fn new(kind: ReportCommandKind) -> Self {
        let to = Sending::to::<ActOnReport>();
        // Without the program only the one that was sent was refused.
        let other = plain_form::typed::<ReportForm>().is_some_and(|typed| typed.does != kind.as_str());
        let refused = to.fault();
        let fault = refused.only_if(move || !other);
        focus_the_refused(fault);
        Self { kind, to, fault }
    }

    fn view(self, lang: Lang, file: &PublicReportFile) -> AnyView {
        let (fault, pending, words) = (self.fault, self.to.pending(), t::command(lang, self.kind));
        let fields = Fields { lang, form: self.kind.as_str(), group: "form", fault };
        let hidden =
            [fields.hidden("report", file.report.id.to_string()), fields.hidden("does", self.kind.as_str())];
        let asked = asked(lang, fields, self.kind, file);
        view! {
            <section class="panel__act" aria-label=words>
                <SentForm to=self.to attr:class="form">
                    {hidden}
                    <ErrorLine fault />
                    {asked}
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

/// What a command asks for.
fn asked(lang: Lang, fields: Fields, kind: ReportCommandKind, file: &PublicReportFile) -> AnyView {
    match kind {
        ReportCommandKind::Discard | ReportCommandKind::FindNothing => {
            fields.area(Field::new("reason", t::reason(lang), ""))
        }
        ReportCommandKind::Confirm => fields.area(Field::new("note", t::note(lang), "")),
        ReportCommandKind::Answer => {
            fields.area(Field::new("words", t::answer_words(lang), file.report.answer.clone()))
        }
        ReportCommandKind::Ask => {
            fields.area(Field::new("words", t::ask_words(lang), "").hint(t::ask_hint(lang)))
        }
        ReportCommandKind::Join => {
            let first = file.near.first().map(|(_, number, _)| number.clone()).unwrap_or_default();
            fields.text(Field::new("number", t::join_to(lang), first))
        }
        ReportCommandKind::MakeHazard => {
            let level =
                |level: Severity| (level.as_str().to_owned(), trade::severity(lang, level).to_owned());
            let levels = vec![level(Severity::General), level(Severity::Major)];
            let site = Field::new("site", t::site_of(lang), "").hint(t::site_of_hint(lang));
            let what = Field::new("what", t::hazard_what(lang), file.report.what.clone());
            let chosen = Field::new("level", office::level(lang), Severity::General.as_str());
            view! {
                {fields.text(site)}
                {fields.area(what)}
                {fields.select(chosen, levels)}
            }
            .into_any()
        }
        ReportCommandKind::ProposeReward => {
            let line = |line: &domain::public_report::RewardSum| {
                (line.name.clone(), t::reward_of(lang, line.name.clone(), line.sum.plain()))
            };
            let lines: Vec<_> = file.rewards.iter().map(line).collect();
            if lines.is_empty() {
                return view! { <p class="u-small">{t::reward_none(lang)}</p> }.into_any();
            }
            fields.select(Field::new("line", t::reward_line(lang), ""), lines)
        }
        ReportCommandKind::ApproveReward => {
            let sum = file.report.reward.as_ref().map(|reward| reward.sum.sum.plain());
            fields.hidden("sum", sum.unwrap_or_default())
        }
        ReportCommandKind::Release | ReportCommandKind::PayReward => ().into_any(),
    }
}

fn facts(lang: Lang, file: &PublicReportFile) -> AnyView {
    let report = &file.report;
    let state = t::state_words(lang, report.state.kind());
    let why = report.suspicion.map(|why| format!(" · {}", t::suspicion(lang, why)));
    let place = &report.place;
    let position = place.location.map(|here| {
        let position = format!("{:.6}, {:.6}", here.latitude, here.longitude);
        view! {
            <dt>{t::position(lang)}</dt>
            <dd>{position}</dd>
        }
    });
    let hazard = report.state.hazard().map(|hazard| {
        view! {
            <dt>{t::hazard(lang)}</dt>
            <dd>
                <a href=hazard_address(hazard)>{t::see_hazard(lang)}</a>
            </dd>
        }
    });
    let taken_for = report.taken_for.map(|hazard| {
        view! {
            <dt>{t::taken_for(lang)}</dt>
            <dd>
                <a href=hazard_address(hazard)>{t::see_hazard(lang)}</a>
            </dd>
        }
    });
    let near = file.near.iter().map(|(id, number, what)| {
        let words = format!("{number} {what}");
        view! {
            <dt>{t::near_here(lang)}</dt>
            <dd>
                <a href=hazard_address(*id)>{words}</a>
            </dd>
        }
    });
    let near = near.collect_view();
    let question = report.question.as_ref().map(|question| {
        let reply = question.reply.as_ref();
        let reply = reply.map_or_else(
            || t::no_reply(lang).to_owned(),
            |reply| format!("{} · {}", reply.words, time::long(reply.at)),
        );
        view! {
            <dt>{t::asked(lang)}</dt>
            <dd>{question.words.clone()}</dd>
            <dt>{t::reply(lang)}</dt>
            <dd>{reply}</dd>
        }
    });
    let reward = report.reward.as_ref().map(|reward| {
        let words = t::reward(lang, reward.stage(), reward.sum.sum.plain());
        view! {
            <dt>{t::follow_reward(lang)}</dt>
            <dd>{words}</dd>
        }
    });
    view! {
        <dl class="fact-list">
            <dt>{t::number(lang)}</dt>
            <dd>{report.number.clone()}</dd>
            <dt>{t::state(lang)}</dt>
            <dd>{state} {why}</dd>
            <dt>{t::received_at(lang)}</dt>
            <dd>{time::long(report.received_at)}</dd>
            <dt>{t::voices(lang)}</dt>
            <dd>{t::voices_of(lang, file.voices)}</dd>
            <dt>{t::place(lang)}</dt>
            <dd>{place.words.clone()} " " {place.site_name.clone()}</dd>
            {position}
            {hazard}
            {taken_for}
            {near}
            {question}
            {reward}
        </dl>
    }
    .into_any()
}

fn photos(lang: Lang, report: &PublicReport) -> AnyView {
    let id = report.id;
    let photos = report.photos.iter().enumerate().map(|(position, hash)| {
        let src = format!("{REPORTS}/{id}/photos/{hash}");
        view! { <img class="panel__photo" src=src alt=t::photo_of(lang, position + 1) loading="lazy" /> }
    });
    photos.collect_view().into_any()
}

fn history(lang: Lang, events: &[ReportRecord]) -> AnyView {
    if events.is_empty() {
        return view! { <p>{t::history_none(lang)}</p> }.into_any();
    }
    let lines = events.iter().map(|record| {
        let words = t::event(lang, &record.event);
        let who = format!("{} · {}", record.name, time::long(record.at));
        view! {
            <li class="timeline__entry">
                <span class="timeline__dot"></span>
                <div class="timeline__body">
                    <p>{words}</p>
                    <p class="u-small">{who}</p>
                </div>
            </li>
        }
    });
    let lines = lines.collect_view();
    view! { <ol class="timeline timeline--small">{lines}</ol> }.into_any()
}
