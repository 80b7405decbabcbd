//! 标准施行情况: the standards that forms name, as far as the product has them on record; and what the office says of one whose end is
//! not on record. Whatever is said here is told wherever the standard is a form's basis, and nowhere printed as the product's word.

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        error_signal::ErrorSignal,
        fault::{ErrorLine, PageErrorNotice},
        field::{Field, Fields, focus_the_refused},
    },
    desk::use_desk,
    error::AppError,
    forms::address::FORMS,
    head::PageHeader,
    i18n::{Lang, forms as form_words, standards as t, use_lang},
    plain_form::typed,
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        standards::{
            ChangeStandard, LoadStandards,
            standard_form::{END, StandardForm, TAKE_BACK},
        },
    },
};
use chrono::NaiveDate;
use domain::{
    file::{StandardLine, StandardsFile},
    role::Action,
    settings::standards::NUMBER,
    time,
};
use leptos::prelude::*;

pub const STANDARDS: &str = "/office/standards";

/// The forms of the page, each with its last try and what was typed into it.
#[derive(Clone)]
struct Forms {
    lang: Lang,
    end: Sending,
    take_back: Sending,
    typed: Option<StandardForm>,
}

impl Forms {
    /// To be made where the page begins.
    fn new(lang: Lang) -> Self {
        let sending = || {
            let sending = Sending::to::<ChangeStandard>();
            let desk = use_desk();
            sending.when_done(move || desk.changed());
            focus_the_refused(sending.fault());
            sending
        };
        let (end, take_back) = (sending(), sending());
        Self { lang, end, take_back, typed: typed::<StandardForm>() }
    }

    /// The fault of this form: a refused plain form is answered by the page, where each would take it for its own.
    fn fault(&self, does: &str, sending: Sending) -> ErrorSignal {
        let is_of_another = self.typed.as_ref().is_some_and(|typed| typed.does != does);
        sending.fault().only_if(move || !is_of_another || sending.tries() > 0)
    }
}

#[component]
pub fn StandardsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let forms = Forms::new(lang);
    let asked = Asked::new(move || ask(LoadStandards {}).in_round(desk.changes.get()));
    view! {
        <PageHeader title=t::title(lang)>
            <a class="chip" href=FORMS>
                {form_words::forms(lang)}
            </a>
        </PageHeader>
        {await_resource(
            asked,
            move |frame, file: AsOf<StandardsFile>| {
                if frame.me.may_do(Action::ManageForms) {
                    page(&forms, &file)
                } else {
                    view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }.into_any()
                }
            },
        )}
    }
}

fn page(forms: &Forms, file: &AsOf<StandardsFile>) -> AnyView {
    let lang = forms.lang;
    let (today, standards) = (file.today(), &file.value.standards);
    let refused = forms.fault(TAKE_BACK, forms.take_back);
    let none = standards.is_empty().then(|| view! { <p class="page-lead">{t::none(lang)}</p> });
    let table = (!standards.is_empty()).then(|| {
        let rows = standards.iter().map(|standard| row(forms, standard, today)).collect_view();
        view! {
            <div class="table-scroll">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::number(lang)}</th>
                            <th scope="col">{t::state(lang)}</th>
                            <th scope="col">{t::in_force_from(lang)}</th>
                            <th scope="col">{t::replaced_by(lang)}</th>
                            <th scope="col">{t::forms(lang)}</th>
                            <th scope="col">{t::source(lang)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
    });
    view! {
        <p class="page-lead">{t::lead(lang)}</p>
        <ErrorLine fault=refused />
        {none}
        {table}
        <section class="page-body">{form(forms)}</section>
    }
    .into_any()
}

fn row(forms: &Forms, standard: &StandardLine, today: NaiveDate) -> AnyView {
    let lang = forms.lang;
    let title = standard.title.as_ref().map(|title| title.get(lang).to_owned());
    let from = standard.in_force_from.map(|from| from.to_string()).unwrap_or_default();
    view! {
        <tr>
            <td class="cell--wrap" data-label=t::number(lang)>
                {standard.number.clone()}
                " "
                <span class="u-small">{title}</span>
            </td>
            <td class="cell--wrap" data-label=t::state(lang)>
                {state(lang, standard, today)}
            </td>
            <td data-label=t::in_force_from(lang)>{from}</td>
            <td class="cell--wrap" data-label=t::replaced_by(lang)>
                {standard.replaced_by.clone()}
            </td>
            <td data-label=t::forms(lang)>{standard.forms.to_string()}</td>
            <td class="cell--wrap" data-label=t::source(lang)>
                {source(forms, standard)}
            </td>
        </tr>
    }
    .into_any()
}

fn state(lang: Lang, standard: &StandardLine, today: NaiveDate) -> AnyView {
    let (class, words) = standing(lang, (standard.in_force_from, standard.in_force_until), today);
    view! { <span class=class>{words}</span> }.into_any()
}

/// By the days that are known; that one is in force is not said of what nobody has looked up.
fn standing(
    lang: Lang,
    days: (Option<NaiveDate>, Option<NaiveDate>),
    today: NaiveDate,
) -> (&'static str, String) {
    match days {
        (_, Some(until)) if until <= today => ("badge badge--act", t::ended_since(lang, until.to_string())),
        (Some(from), _) if from > today => ("badge", t::not_yet(lang, from.to_string())),
        (_, Some(until)) => ("badge", t::ends_on(lang, until.to_string())),
        (Some(_), None) => ("badge badge--done", t::in_force(lang).to_owned()),
        (None, None) => ("badge", t::not_looked_up(lang).to_owned()),
    }
}

/// Who says so; what the office says can be taken back.
fn source(forms: &Forms, standard: &StandardLine) -> AnyView {
    let lang = forms.lang;
    let Some(said) = &standard.said else {
        let on_record = standard.title.is_some() || standard.in_force_from.is_some() || !standard.counts;
        return on_record.then(|| t::on_record(lang)).into_any();
    };
    let words = t::said(lang, said.by.clone(), time::short(said.at));
    let overtaken = (!standard.counts).then(|| view! { <span class="u-small">{t::overtaken(lang)}</span> });
    let fields = Fields { lang, form: "take-back", group: "form", fault: forms.take_back.fault() };
    let (number, called) = (standard.number.clone(), t::taken_back_of(lang, &standard.number));
    view! {
        <span>{words}</span>
        " "
        {overtaken}
        <SentForm to=forms.take_back>
            {fields.hidden("does", TAKE_BACK)}
            {fields.hidden("number", number)}
            <button class="button button--quiet button--small" aria-label=called>
                {t::take_back(lang)}
            </button>
        </SentForm>
    }
    .into_any()
}

fn form(forms: &Forms) -> AnyView {
    let lang = forms.lang;
    let fault = forms.fault(END, forms.end);
    let fields = Fields { lang, form: "standard", group: "form", fault };
    let typed = forms.typed.clone().filter(|typed| typed.does == END).unwrap_or_default();
    let number =
        Field::new("number", t::number(lang), typed.number).hint(t::number_hint(lang)).longest(NUMBER);
    let until = Field::new("until", t::until(lang), typed.until).hint(t::until_hint(lang));
    let newer = Field::new("replaced_by", t::replaced_by(lang), typed.replaced_by)
        .hint(t::replaced_by_hint(lang))
        .longest(NUMBER);
    view! {
        <SentForm to=forms.end attr:class="form">
            <h2>{t::say(lang)}</h2>
            {fields.hidden("does", END)}
            <ErrorLine fault />
            {fields.text(number)}
            {fields.input("date", until)}
            {fields.text(newer)}
            <button class="button">{t::say_now(lang)}</button>
        </SentForm>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_standard_is_in_force_only_where_its_day_is_known() {
        let day = |day| NaiveDate::from_ymd_opt(2026, 12, day);
        let said = |from, until| standing(Lang::Zh, (from, until), day(10).unwrap_or_default()).1;
        assert_eq!(said(day(1), None), "施行中");
        assert_eq!(said(None, None), "施行情况未收录");
        assert_eq!(said(None, day(10)), t::ended_since(Lang::Zh, "2026-12-10".to_owned()));
        assert_eq!(said(day(1), day(11)), t::ends_on(Lang::Zh, "2026-12-11".to_owned()));
        assert_eq!(said(day(11), None), t::not_yet(Lang::Zh, "2026-12-11".to_owned()));
    }
}
