//! What a plan says of all its checks, being made or changed. An ordinary form: it works without the program, and what was typed is
//! never lost.

use super::address::{CHECKS, plan_address};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        choices::Choice,
        fault::{ErrorLine, PageErrorNotice},
        field::{Field, Fields, focus_the_refused},
    },
    error::AppError,
    head::PageHeader,
    i18n::{office, spot_checks as t, use_lang},
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        AsOf,
        spot_checks::{LoadPlanEdit, PlanEdit, SavePlan, plan_form::PlanForm},
    },
};
use domain::{
    id::SpotCheckPlanId,
    limits::{ADDRESS, FORMS, NAME, PARTICIPANTS},
    role::Action,
    spot_check::{SpotCheckKind, file::PlanChoices},
    text::Lang,
    visit::VisitNature,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// Of a new plan where the address names none.
#[component]
pub fn PlanEditPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params.with(|params| params.get_str("id").and_then(|id| id.parse::<SpotCheckPlanId>().ok()))
    });
    let asked = Asked::new(move || ask(LoadPlanEdit { id: id.get() }));
    let save = Sending::to::<SavePlan>();
    let fault = save.fault();
    focus_the_refused(fault);
    let typed = plain_form::typed::<PlanForm>();
    await_resource(asked, move |frame, answer: AsOf<PlanEdit>| {
        let today = answer.today();
        let PlanEdit { choices, plan } = answer.value;
        let may = plan.as_ref().is_none_or(|plan| plan.may_plan);
        if !frame.me.may_do(Action::PlanSpotChecks) || !may {
            return view! { <div class="page-body"><PageErrorNotice fault=AppError::NotAllowed /></div> }
                .into_any();
        }
        let (title, back) = match &plan {
            Some(plan) => (plan.outline.title.clone(), plan_address(plan.id)),
            None => (t::new_plan(lang).to_owned(), CHECKS.to_owned()),
        };
        let known = plan.map_or_else(|| PlanForm::new(today), |plan| PlanForm::of(plan.id, &plan.outline));
        let form = typed.clone().filter(|typed| typed.id == known.id).unwrap_or(known);
        let shown = Fields { lang, form: "plan", group: "form", fault };
        let pending = save.pending();
        view! {
            <PageHeader title finds_in=CHECKS>
                <a class="chip" href=back>
                    {office::leave_unchanged(lang)}
                </a>
            </PageHeader>
            <div class="page-body">
                <SentForm to=save attr:class="form">
                    <ErrorLine fault />
                    {fields(lang, shown, &form, &choices)}
                    <button class="button" aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                        {t::save(lang)}
                    </button>
                </SentForm>
            </div>
        }
        .into_any()
    })
}

fn fields(lang: Lang, shown: Fields, form: &PlanForm, choices: &PlanChoices) -> AnyView {
    let kinds = SpotCheckKind::ALL.map(|kind| (kind.as_str().to_owned(), kind.name().get(lang).to_owned()));
    let natures = [VisitNature::Patrol, VisitNature::AdministrativeInspection]
        .map(|nature| (nature.as_str().to_owned(), nature.name().get(lang).to_owned()));
    let leaders = choices.leaders.iter().map(|leader| (leader.id.to_string(), leader.name.clone())).collect();
    let forms = choices.forms.iter().map(|(id, title)| Choice {
        value: id.to_string(),
        words: title.get(lang).to_owned(),
        chosen: form.forms.iter().any(|chosen| chosen == id.as_str()),
    });
    let departments = choices.departments.iter().map(|department| Choice {
        value: department.id.to_string(),
        words: department.name.clone(),
        chosen: form.departments.contains(&department.id.to_string()),
    });
    let at_site = (String::new(), t::matter_at_site(lang).to_owned());
    let listed = choices.matters.iter().map(|(code, name)| (code.clone(), format!("{code} {name}")));
    let matters = std::iter::once(at_site).chain(listed).collect();
    let matter = Field::new("matter", t::matter(lang), &form.matter).hint(t::matter_hint(lang));
    let title = Field::new("title", t::title(lang), &form.title).hint(t::title_hint(lang)).longest(NAME);
    let team_size = Field::new("team_size", t::team_size(lang), &form.team_size).between(1, PARTICIPANTS);
    let meet = Field::new("meet", t::meet(lang), &form.meet).longest(ADDRESS);
    let bring = Field::new("bring", t::bring(lang), &form.bring).longest(ADDRESS);
    let chosen = Field::new("forms", t::forms(lang), "").hint(t::most(lang, FORMS));
    view! {
        {shown.hidden("id", &form.id)}
        {shown.text(title)}
        {shown.select(Field::new("kind", t::kind(lang), &form.kind), kinds.to_vec())}
        {shown.select(Field::new("nature", t::nature(lang), &form.nature), natures.to_vec())}
        {shown.select(matter, matters)}
        {shown.area(Field::new("basis", t::basis(lang), &form.basis).hint(t::basis_hint(lang)))}
        {shown.select(Field::new("leader", t::leader(lang), &form.leader), leaders)}
        {shown.input("date", Field::new("opens_day", t::opens_day(lang), &form.opens_day))}
        {shown.input("time", Field::new("opens_hour", t::opens_hour(lang), &form.opens_hour))}
        {shown.input("date", Field::new("until", t::until(lang), &form.until))}
        {shown.input("number", team_size)}
        {shown.several(chosen, forms.collect())}
        {shown.several(Field::new("departments", t::departments(lang), ""), departments.collect())}
        {shown.text(meet)}
        {shown.text(bring)}
        {shown.area(Field::new("note", t::note(lang), &form.note))}
    }
    .into_any()
}
