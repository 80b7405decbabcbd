//! A form whole, as it will be asked. Its versions stand beside it; it is written on a page of its own.

use super::{
    address::{FORMS, hazards_by, visits_with},
    campaign,
    question::question,
    versions::{Acts, Refusals, buttons, versions},
};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    head::PageHeader,
    i18n::{forms as t, office, use_lang},
    server_fns::{
        AsOf,
        forms::{
            FormFile, LoadForm,
            sheet::{FormSheet, SheetHeading, SheetLine, SheetPart},
        },
    },
};
use chrono::NaiveDate;
use domain::{role::Action, text::Lang};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

#[component]
pub fn FormPage() -> impl IntoView {
    let lang = use_lang();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let published =
        Memo::new(move |_| query.with(|query| query.get_str("published").and_then(|word| word.parse().ok())));
    let acts = Acts::new();
    let asked = Asked::new(move || ask(LoadForm { id: id.get() }).in_round(acts.withdraw.tries()));
    view! {
        <Refusals acts />
        {await_resource(
            asked,
            move |frame, file: AsOf<FormFile>| {
                let writes = frame.me.may_do(Action::ManageForms);
                let progress = file.value.progress.as_deref();
                let progress =
                    progress.map(|parts| campaign::progress(lang, &frame, &file.value.sheet.id, parts));
                page(lang, &file, published.get_untracked(), writes, acts, progress)
            },
        )}
    }
}

fn page(
    lang: Lang,
    file: &AsOf<FormFile>,
    published: Option<u32>,
    writes: bool,
    acts: Acts,
    progress: Option<AnyView>,
) -> AnyView {
    let sheet = &file.value.sheet;
    let ended = (sheet.ended > 0).then(|| {
        view! {
            <p class="notice" role="alert">
                <b>{t::ended(lang, sheet.ended)}</b>
                " "
                {t::ended_hint(lang)}
            </p>
        }
    });
    let parts = sheet.parts.iter().map(|one| part(lang, one)).collect_view();
    let buttons = buttons(lang, &file.value, writes, acts);
    let (visits, hazards) = (visits_with(&sheet.id), hazards_by(&sheet.id));
    view! {
        <PageHeader title=sheet.title.clone() finds_in=FORMS>
            <a class="chip" href=FORMS>
                {office::to_list(lang)}
            </a>
            <a class="chip" href=visits>
                {t::visits_with_it(lang)}
            </a>
            <a class="chip" href=hazards>
                {t::hazards_by_it(lang)}
            </a>
            {buttons}
        </PageHeader>
        <div class="panels">
            <section class="panel panel--wide">
                {ended}
                {facts(lang, sheet, file.today())}
            </section>
            {progress}
            {versions(lang, file, published, writes, acts)}
            {parts}
        </div>
    }
    .into_any()
}

fn facts(lang: Lang, sheet: &FormSheet, today: NaiveDate) -> AnyView {
    let review = sheet.review.as_ref();
    let reviewed = review.map_or_else(
        || t::not_reviewed(lang).to_owned(),
        |review| t::reviewed_by(lang, review.by.clone(), review.on.to_string()),
    );
    let due = sheet
        .review_due
        .map(|due| if due < today { t::review_overdue(lang, due.to_string()) } else { due.to_string() });
    let facts = [
        (office::sector(lang), sheet.sector.name().get(lang).to_owned()),
        (t::layer(lang), t::layer_name(lang, sheet.layer).to_owned()),
        (t::version(lang), t::version_number(lang, sheet.version)),
        (t::questions(lang), sheet.questions.to_string()),
        (t::offered_at(lang), sheet.kinds.clone()),
        (t::offered_if(lang), sheet.offered_if.clone().unwrap_or_default()),
        (t::reviewed(lang), reviewed),
        (t::review_due(lang), due.unwrap_or_default()),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.is_empty()).map(|(name, words)| {
        view! {
            <dt>{name}</dt>
            <dd>{words}</dd>
        }
    });
    view! { <dl class="fact-list">{facts.collect_view()}</dl> }.into_any()
}

fn part(lang: Lang, part: &SheetPart) -> AnyView {
    let lines = part.lines.iter().map(|line| match line {
        SheetLine::Heading(heading) => {
            let SheetHeading { title, remarks } = heading;
            view! {
                <div class="form-sheet__heading">
                    <h4>{title.clone()}</h4>
                    <p class="u-small">{remarks.join(" · ")}</p>
                </div>
            }
            .into_any()
        }
        SheetLine::Question(asked) => question(lang, asked),
    });
    let heading = part.heading.as_ref().map(|SheetHeading { title, remarks }| {
        view! {
            <h3 class="panel__title">
                {title.clone()} <span class="panel__note">{remarks.join(" · ")}</span>
            </h3>
        }
    });
    view! {
        <section class="panel panel--wide form-sheet">
            {heading}
            {lines.collect_view()}
        </section>
    }
    .into_any()
}
