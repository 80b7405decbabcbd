//! 群众举报设置: whether anybody may report, what is paid for it, who opens numbers, and which hazards are public.

use super::address::REPORTS;
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        fault::ErrorLine,
        field::{Field, Fields},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{office, places, public_reports as t, use_lang},
    ledger::address::hazard_address,
    sending::{Sending, SentForm},
    server_fns::{
        frame::Frame,
        public_reports::{
            Disclose, HoldContacts, LoadReportSettings, ReleaseContacts, SaveReportSettings,
            report_form::{DisclosureForm, SettingsForm},
        },
    },
};
use domain::{
    public_report::{PublicSettings, ReportSettingsFile},
    role::Action,
    text::Lang,
    time,
};
use leptos::prelude::*;

/// The functions that the page's forms ask.
#[derive(Clone, Copy)]
struct Forms {
    save: Sending,
    hold: Sending,
    release: Sending,
    disclose: Sending,
}

#[component]
pub fn ReportSettingsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let asked = Asked::new(move || ask(LoadReportSettings {}).in_round(desk.changes.get()));
    let forms = Forms {
        save: Sending::to::<SaveReportSettings>(),
        hold: Sending::to::<HoldContacts>(),
        release: Sending::to::<ReleaseContacts>(),
        disclose: Sending::to::<Disclose>(),
    };
    for sending in [forms.save, forms.hold, forms.release, forms.disclose] {
        sending.when_done(move || desk.changed());
    }
    await_resource(asked, move |frame, file: ReportSettingsFile| {
        let settings =
            frame.me.may_do(Action::ManageSettings).then(|| settings(lang, &file.settings, forms.save));
        let hazards =
            frame.me.may_do(Action::AssignAndSupervise).then(|| disclosures(lang, &file, forms.disclose));
        view! {
            <PageHeader title=t::settings(lang) finds_in=REPORTS>
                <a class="chip" href=REPORTS>
                    {office::to_list(lang)}
                </a>
            </PageHeader>
            <div class="panels panels--beside">
                {settings}
                <div class="panels__side">
                    {holders(lang, &frame, &file, &forms)}
                    {hazards}
                </div>
            </div>
        }
        .into_any()
    })
}

fn settings(lang: Lang, settings: &PublicSettings, to: Sending) -> AnyView {
    let fault = to.fault();
    let fields = Fields { lang, form: "settings", group: "form", fault };
    let form = SettingsForm::of(settings);
    let rewards =
        Field::new("rewards", t::settings_rewards(lang), form.rewards).hint(t::settings_rewards_hint(lang));
    view! {
        <section class="panel" aria-label=t::settings(lang)>
            <SentForm to attr:class="form">
                <ErrorLine fault />
                <label class="check">
                    <input class="check__input" type="checkbox" name=fields.name("open") value="true" checked=form.open />
                    <span class="check__label">{t::settings_open(lang)}</span>
                </label>
                {fields.text(Field::new("difficulty", t::settings_difficulty(lang), form.difficulty))}
                {fields.area(rewards)}
                <button class="button">{places::save(lang)}</button>
            </SentForm>
        </section>
    }
    .into_any()
}

fn holders(lang: Lang, frame: &Frame, file: &ReportSettingsFile, forms: &Forms) -> AnyView {
    let me = frame.me.person;
    let lacking = match file.seats.len() {
        0 => Some(t::holders_none(lang)),
        1 => Some(t::holders_one(lang)),
        _ => None,
    };
    let seats = file.seats.iter().map(|seat| {
        let words = t::holder_since(lang, seat.name.clone(), time::office_day(seat.since).to_string());
        let may = seat.person == me || frame.me.may_do(Action::ManageSettings);
        let person = seat.person.to_string();
        let remove = may.then(|| {
            view! {
                <SentForm to=forms.release>
                    <input type="hidden" name="form[person]" value=person />
                    <button class="link">{t::holder_remove(lang)}</button>
                </SentForm>
            }
        });
        view! { <li class="panel__line">{words} {remove}</li> }
    });
    let seats = seats.collect_view();
    let is_mine = file.seats.iter().any(|seat| seat.person == me);
    let hold = (file.seats.len() < 2 && !is_mine).then(|| hold(lang, forms.hold));
    let fault = forms.release.fault();
    view! {
        <section class="panel" aria-label=t::holders(lang)>
            <h2>{t::holders(lang)}</h2>
            <p class="u-small">{t::holders_hint(lang)}</p>
            {lacking.map(|words| view! { <p>{words}</p> })}
            <ErrorLine fault />
            <ul class="u-plain-list">{seats}</ul>
            {hold}
        </section>
    }
    .into_any()
}

fn hold(lang: Lang, to: Sending) -> AnyView {
    let fault = to.fault();
    let fields = Fields { lang, form: "hold", group: "form", fault };
    let words = Field::new("words", t::holder_words(lang), "").autocomplete("off");
    let again = Field::new("again", t::holder_again(lang), "").autocomplete("off");
    view! {
        <SentForm to attr:class="form">
            <ErrorLine fault />
            {fields.input("password", words)}
            {fields.input("password", again)}
            <button class="button button--quiet button--small">{t::holder_become(lang)}</button>
        </SentForm>
    }
    .into_any()
}

fn disclosures(lang: Lang, file: &ReportSettingsFile, to: Sending) -> AnyView {
    let fault = to.fault();
    let rows = file.hazards.iter().map(|row| {
        let (words, value) = if row.public {
            (t::undisclose(lang), "no")
        } else {
            (t::disclose(lang), DisclosureForm::PUBLIC)
        };
        let title = format!("{} {}", row.number, row.what);
        let (address, hazard) = (hazard_address(row.hazard), row.hazard.to_string());
        view! {
            <li class="panel__line">
                <a href=address>{title}</a>
                <SentForm to>
                    <input type="hidden" name="form[hazard]" value=hazard />
                    <input type="hidden" name="form[public]" value=value />
                    <button class="link">{words}</button>
                </SentForm>
            </li>
        }
    });
    let rows = rows.collect_view();
    let none = file.hazards.is_empty().then(|| view! { <p>{t::results_no_hazards(lang)}</p> });
    view! {
        <section class="panel" aria-label=t::results_hazards(lang)>
            <h2>{t::results_hazards(lang)}</h2>
            <p class="u-small">{t::disclose_only_listed(lang)}</p>
            <ErrorLine fault />
            {none}
            <ul class="u-plain-list">{rows}</ul>
        </section>
    }
    .into_any()
}
