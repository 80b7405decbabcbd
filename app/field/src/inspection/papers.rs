//! What was made out before: the matter, the approval, the notice, and in whose name.

use crate::{
    i18n::{Lang, inspection as t, use_lang},
    segmented::Segmented,
    typed_line::TypedLine,
    visit::VisitSession,
};
use domain::{
    inspection::{
        AdministrativeInspection, AuthorityLevel, CapException, ChosenMatter, InspectingBody, InspectionKind,
        InspectionRule, InspectionRules,
    },
    limits::CODE,
};
use leptos::prelude::*;

#[component]
pub fn Papers(work: VisitSession) -> impl IntoView {
    let lang = use_lang();
    let rules = work.inspection_directory().rules;
    // Asked of the kind alone, so that no field is drawn anew under the thumb.
    let is_special = ui::memo(move || work.inspection(|one| one.kind == InspectionKind::Special));
    let may_be_urgent = rules.is_on(InspectionRule::UrgentOnTheSpot);
    view! {
        {kinds(work, lang, &rules)}
        {body(work, lang, &rules)}
        {matter(work, lang, &rules)}
        {line(work, "approval", t::approval(lang), |one| &one.approval, |one| &mut one.approval)}
        {may_be_urgent.then(|| urgent(work, lang))}
        {move || is_special.get().then(|| special(work, lang))}
        {line(work, "notice", t::notice(lang), |one| &one.notice, |one| &mut one.notice)}
        {exception(work, lang, &rules)}
    }
}

fn kinds(work: VisitSession, lang: Lang, rules: &InspectionRules) -> impl IntoView + use<> {
    let records_observation = rules.is_on(InspectionRule::ObservationRecorded);
    let offered = InspectionKind::ALL.into_iter().filter(|kind| kind.inspects() || records_observation);
    let offered: Vec<InspectionKind> = offered.collect();
    let words = offered.iter().map(|kind| kind.name().get(lang).to_owned()).collect::<Vec<_>>();
    let kinds = StoredValue::new(offered);
    let chosen = Signal::derive(move || {
        work.inspection(|one| kinds.with_value(|kinds| kinds.iter().position(|kind| *kind == one.kind)))
    });
    let choose = Callback::new(move |to: usize| {
        if let Some(kind) = kinds.with_value(|kinds| kinds.get(to).copied()) {
            work.change_inspection(|one| one.kind = kind);
        }
    });
    view! {
        <div class="field">
            <span class="field__label" id="kind">{t::kind(lang)}</span>
            <Segmented options=words chosen labelled_by="kind" choose />
        </div>
    }
}

/// A choice of one among a few; the value is its place among them, and empty is none.
fn choice(
    id: &'static str,
    label: &'static str,
    options: Vec<String>,
    chosen: Option<usize>,
    none: Option<&'static str>,
    choose: Box<dyn Fn(Option<usize>) + Send>,
) -> AnyView {
    let none = none.map(|words| view! { <option value="" selected=chosen.is_none()>{words}</option> });
    let options = options.into_iter().enumerate().map(|(at, words)| {
        view! { <option value=at.to_string() selected=chosen == Some(at)>{words}</option> }
    });
    let options = options.collect_view();
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select
                class="input input--select"
                id=id
                on:change=move |event| choose(event_target_value(&event).parse::<usize>().ok())
            >
                {none}
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// Only those that the office lists inspect in their own name.
fn body(work: VisitSession, lang: Lang, rules: &InspectionRules) -> Option<AnyView> {
    let mut departments = work.departments();
    departments.retain(|known| rules.departments.contains(&known.id));
    let bodies: Vec<_> = departments
        .into_iter()
        .map(|known| InspectingBody::Department { id: known.id, name: known.name })
        .collect();
    (!bodies.is_empty()).then(|| {
        let words = bodies.iter().map(|body| match body {
            InspectingBody::Office => String::new(),
            InspectingBody::Department { name, .. } => name.clone(),
        });
        let words = words.collect();
        let now = work.inspection_now(|one| one.body.clone());
        let chosen = bodies.iter().position(|body| *body == now);
        let choose = move |at: Option<usize>| {
            let body = at.and_then(|at| bodies.get(at)).cloned().unwrap_or_default();
            work.change_inspection(|one| one.body = body);
        };
        choice("body", t::body(lang), words, chosen, Some(t::office_itself(lang)), Box::new(choose))
    })
}

fn matter(work: VisitSession, lang: Lang, rules: &InspectionRules) -> AnyView {
    let of = |code: &String, name: &String| ChosenMatter { code: code.clone(), name: name.clone() };
    let matters: Vec<_> = rules.matters_in_use().map(|one| of(&one.code, &one.name)).collect();
    let words = matters.iter().map(|one| format!("{} {}", one.code, one.name)).collect();
    let now = work.inspection_now(|one| one.matter.clone());
    let chosen = matters.iter().position(|one| Some(one) == now.as_ref());
    let none = if matters.is_empty() { t::no_matters(lang) } else { t::choose_matter(lang) };
    let choose = move |at: Option<usize>| {
        let matter = at.and_then(|at| matters.get(at)).cloned();
        work.change_inspection(|one| one.matter = matter);
    };
    choice("matter", t::matter(lang), words, chosen, Some(none), Box::new(choose))
}

fn exception(work: VisitSession, lang: Lang, rules: &InspectionRules) -> Option<AnyView> {
    let open: Vec<_> = CapException::ALL.into_iter().filter(|one| rules.is_on(one.rule())).collect();
    (!open.is_empty()).then(|| {
        let words = open.iter().map(|one| one.name().get(lang).to_owned()).collect();
        let now = work.inspection_now(|one| one.exception);
        let chosen = open.iter().position(|one| Some(*one) == now);
        let choose = move |at: Option<usize>| {
            let exception = at.and_then(|at| open.get(at)).copied();
            work.change_inspection(|one| one.exception = exception);
        };
        choice("exception", t::exception(lang), words, chosen, Some(t::no_exception(lang)), Box::new(choose))
    })
}

fn urgent(work: VisitSession, lang: Lang) -> impl IntoView {
    view! {
        <label class="check">
            <input
                class="check__input"
                type="checkbox"
                prop:checked=move || work.inspection(|one| one.urgent)
                on:change=move |_| work.change_inspection(|one| one.urgent = !one.urgent)
            />
            <span class="check__label">{t::urgent(lang)}</span>
        </label>
    }
}

/// Of a special inspection: who approved it, and by which paper.
fn special(work: VisitSession, lang: Lang) -> impl IntoView {
    let now = work.inspection_now(|one| one.special.clone()).unwrap_or_default();
    let levels = AuthorityLevel::ALL.map(|level| level.name().get(lang).to_owned()).into();
    let chosen = AuthorityLevel::ALL.iter().position(|level| *level == now.level);
    let number = now.number.clone();
    let choose = move |at: Option<usize>| {
        let level = at.and_then(|at| AuthorityLevel::ALL.get(at)).copied().unwrap_or_default();
        work.change_inspection(|one| one.special.get_or_insert_default().level = level);
    };
    let number_of = TypedLine { id: "special", label: t::special_number(lang), hint: None, most: CODE };
    let write = move |words: String| {
        work.change_inspection(|one| one.special.get_or_insert_default().number = words);
    };
    view! {
        {choice("level", t::special_level(lang), levels, chosen, None, Box::new(choose))}
        {number_of.view(Signal::stored(number), write)}
    }
}

/// One line of it.
fn line(
    work: VisitSession,
    id: &'static str,
    label: &'static str,
    read: fn(&AdministrativeInspection) -> &String,
    place: fn(&mut AdministrativeInspection) -> &mut String,
) -> impl IntoView {
    let words = work.inspection_now(|one| read(one).clone());
    let line = TypedLine { id, label, hint: None, most: CODE };
    line.view(Signal::stored(words), move |words| work.change_inspection(|one| *place(one) = words))
}
