//! Every question that was asked in every form, under the groups that it stands in, with its answer in words; and below them
//! the sentences that what failed rests on.

use crate::{
    form_words::basis::QuoteWords,
    i18n::{forms as t, office},
    ledger::address::hazard_address,
    server_fns::visits::record::{AnswerWords, FilledWords, RecordLine, VisitRecord},
};
use domain::text::Lang;
use leptos::prelude::*;

pub fn answers(lang: Lang, record: &VisitRecord) -> AnyView {
    let forms = record.forms.iter().map(|form| {
        view! {
            <h3>{form.title_and_version.clone()}</h3>
            {small(form.only.clone())}
            {table(lang, form)}
        }
    });
    view! {
        {forms.collect_view()}
        {quoted(lang, &record.quotes)}
    }
    .into_any()
}

fn table(lang: Lang, form: &FilledWords) -> AnyView {
    let rows = form.lines.iter().map(|line| match line {
        RecordLine::Heading(title) => view! {
            <tr>
                <th colspan="4" scope="rowgroup">
                    {title.clone()}
                </th>
            </tr>
        }
        .into_any(),
        RecordLine::Answer(answer) => row(lang, answer),
    });
    view! {
        <table class="record__table">
            <thead>
                <tr>
                    <th scope="col">{office::question_number(lang)}</th>
                    <th scope="col">{office::question(lang)}</th>
                    <th scope="col">{office::answer(lang)}</th>
                    <th scope="col">{office::remark(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(lang: Lang, line: &AnswerWords) -> AnyView {
    let number = line.number.map_or_else(|| t::of_calculation(lang).to_owned(), |number| number.to_string());
    let basis = line.basis.clone().map(|basis| t::basis_is(lang, basis));
    let photos = line.photos.len();
    let photos = (photos > 0).then(|| office::photo_count(lang, photos));
    let note = (!line.note.trim().is_empty()).then(|| view! { <p>{line.note.clone()}</p> });
    let hazards = line.hazards.iter().map(|(id, number)| {
        view! {
            <p>
                <a href=hazard_address(*id)>{office::hazard_number(lang, number.clone())}</a>
            </p>
        }
    });
    let hazards = hazards.collect_view();
    view! {
        <tr>
            <td>{number}</td>
            <td>
                {line.question.clone()}
                {small(basis)}
            </td>
            <td>
                {line.answer.clone()}
                {small(line.limit.clone())}
                {small(line.elsewhere.clone())}
            </td>
            <td>
                {note}
                {hazards}
                {small(photos)}
            </td>
        </tr>
    }
    .into_any()
}

fn small(words: Option<String>) -> Option<AnyView> {
    words.map(|words| view! { <p class="u-small">{words}</p> }.into_any())
}

/// Printed with the record: whoever signs it reads what it rests on.
fn quoted(lang: Lang, quotes: &[QuoteWords]) -> Option<AnyView> {
    let lines = quotes.iter().map(|quote| {
        view! {
            <dt>{quote.name.clone()}</dt>
            <dd>{quote.text.clone()}</dd>
        }
    });
    let lines = lines.collect_view();
    (!quotes.is_empty()).then(|| {
        view! {
            <h3>{t::quoted(lang)}</h3>
            <dl class="record__quotes">{lines}</dl>
        }
        .into_any()
    })
}
