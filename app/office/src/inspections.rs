//! 行政检查规则: what administrative inspections of the office are held to, the published list of matters, and the departments
//! that inspect in their own name. Every rule says where it comes from, and who decided about it last.

mod matters;
mod rules;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        choices::Choice,
        error_signal::ErrorSignal,
        fault::{ErrorLine, PageErrorNotice},
        field::{Field, Fields, focus_the_refused},
    },
    desk::use_desk,
    error::AppError,
    head::PageHeader,
    i18n::{Lang, inspection as t, places, use_lang},
    plain_form::typed,
    sending::{Sending, SentForm},
    server_fns::inspections::{
        ChangeInspectionRules, LoadInspectionRules,
        rules_form::{DEPARTMENTS, RulesForm},
    },
};
use domain::{file::InspectionRulesFile, role::Action};
use leptos::prelude::*;

pub const INSPECTIONS: &str = "/office/inspections";

/// The forms of the page, each with its last try and what was typed into it.
#[derive(Clone)]
struct Forms {
    lang: Lang,
    rule: Sending,
    matter: Sending,
    departments: Sending,
    typed: Option<RulesForm>,
}

impl Forms {
    /// To be made where the page begins.
    fn new(lang: Lang) -> Self {
        let sending = || {
            let sending = Sending::to::<ChangeInspectionRules>();
            let desk = use_desk();
            sending.when_done(move || desk.changed());
            focus_the_refused(sending.fault());
            sending
        };
        let (rule, matter, departments) = (sending(), sending(), sending());
        Self { lang, rule, matter, departments, typed: typed::<RulesForm>() }
    }

    /// What was typed into this form, where it comes back refused without a program.
    fn typed(&self, does: &str) -> Option<&RulesForm> {
        self.typed.as_ref().filter(|typed| typed.does == does)
    }

    /// Its fault: a refused plain form is answered by the page, where every form would take it for its own.
    fn fault(&self, does: &str, sending: Sending) -> ErrorSignal {
        let is_of_another = self.typed.is_some() && self.typed(does).is_none();
        sending.fault().only_if(move || !is_of_another || sending.tries() > 0)
    }
}

#[component]
pub fn InspectionsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let forms = Forms::new(lang);
    let asked = Asked::new(move || ask(LoadInspectionRules {}).in_round(desk.changes.get()));
    view! {
        <PageHeader title=t::rules_title(lang) />
        {await_resource(
            asked,
            move |frame, file| {
                if frame.me.may_do(Action::ManageSettings) {
                    page(&forms, &file)
                } else {
                    view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }.into_any()
                }
            },
        )}
    }
}

fn page(forms: &Forms, file: &InspectionRulesFile) -> AnyView {
    let lang = forms.lang;
    view! {
        <p class="page-lead">{t::rules_lead(lang)}</p>
        {rules::rules(forms, &file.rules)}
        {matters::matters(forms, file)}
        {departments(forms, file)}
    }
    .into_any()
}

/// Those that inspect in their own name.
fn departments(forms: &Forms, file: &InspectionRulesFile) -> AnyView {
    let lang = forms.lang;
    let fault = forms.fault(DEPARTMENTS, forms.departments);
    let fields = Fields { lang, form: "departments", group: "form", fault };
    let typed = forms.typed(DEPARTMENTS);
    let choices = file.departments.iter().map(|known| {
        let value = known.id.to_string();
        let chosen = match typed {
            Some(typed) => typed.departments.contains(&value),
            None => file.rules.departments.contains(&known.id),
        };
        Choice { value, words: known.name.clone(), chosen }
    });
    let field = Field::new("departments", t::who_inspects(lang), "").hint(t::who_inspects_hint(lang));
    let choices = fields.several(field, choices.collect());
    let version = fields.hidden("version", file.rules.version.to_string());
    view! {
        <section class="page-body">
            <SentForm to=forms.departments attr:class="form">
                {fields.hidden("does", DEPARTMENTS)}
                {version}
                <ErrorLine fault />
                {choices}
                <button class="button">{places::save(lang)}</button>
            </SentForm>
        </section>
    }
    .into_any()
}
