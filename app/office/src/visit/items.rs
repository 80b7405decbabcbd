//! Every section with every item that was asked, its answer in words, and what the item rests on.

use super::{
    answers::{answer_words, limit_words},
    facts::title,
};
use crate::i18n::office;
use domain::{
    checklist::{Checklist, Item},
    file::VisitFile,
    text::Lang,
    visit::{FilledForm, RecordedAnswer},
};
use leptos::prelude::*;

/// Items of a form with their answers, numbered through the form as they were on the phone.
pub fn numbered<'a>(
    form: &'a FilledForm,
    checklist: &'a Checklist,
) -> impl Iterator<Item = (usize, &'a Item, &'a RecordedAnswer)> {
    let answered = checklist.items().filter_map(move |item| Some((item, form.answers.get(&item.id)?)));
    answered.zip(1..).map(|((item, answer), number)| (number, item, answer))
}

/// Form after form; of several, each under its checklist's title.
pub fn items(lang: Lang, file: &VisitFile) -> AnyView {
    let several = file.visit.forms.len() > 1;
    let forms = file.forms().map(|(form, checklist)| {
        let title = several.then(|| view! { <h3>{title(lang, checklist)}</h3> });
        view! { {title} {of_form(lang, file, form, checklist)} }
    });
    forms.collect_view().into_any()
}

fn of_form(lang: Lang, file: &VisitFile, form: &FilledForm, checklist: &Checklist) -> AnyView {
    let numbered: Vec<_> = numbered(form, checklist).collect();
    let sections = checklist.sections.iter().map(|section| {
        let of_section =
            numbered.iter().filter(|(_, item, _)| section.items.iter().any(|one| one.id == item.id));
        let rows: Vec<_> =
            of_section.map(|(number, item, answer)| row(lang, file, *number, item, answer)).collect();
        (!rows.is_empty()).then(|| {
            view! {
                <tr>
                    <th colspan="4" scope="rowgroup">
                        {section.title.get(lang).to_owned()}
                    </th>
                </tr>
                {rows}
            }
        })
    });
    view! {
        <table class="record__table">
            <thead>
                <tr>
                    <th scope="col">{office::item_number(lang)}</th>
                    <th scope="col">{office::item(lang)}</th>
                    <th scope="col">{office::answer(lang)}</th>
                    <th scope="col">{office::remark(lang)}</th>
                </tr>
            </thead>
            <tbody>{sections.collect_view()}</tbody>
        </table>
    }
    .into_any()
}

fn row(lang: Lang, file: &VisitFile, number: usize, item: &Item, sealed: &RecordedAnswer) -> AnyView {
    let words = answer_words(lang, &item.question, &sealed.answer, sealed.verdict);
    let limit = limit_words(lang, &item.question).map(|limit| view! { <p class="u-small">{limit}</p> });
    let hazard = sealed.hazard.and_then(|id| file.hazards.iter().find(|row| row.id == id));
    let hazard = hazard.map(|row| view! { <p>{office::hazard_number(lang, row.number.clone())}</p> });
    let photos = sealed.photos.len();
    let photos = (photos > 0).then(|| view! { <p class="u-small">{office::photo_count(lang, photos)}</p> });
    let note = (!sealed.note.trim().is_empty()).then(|| view! { <p>{sealed.note.clone()}</p> });
    view! {
        <tr>
            <td>{number}</td>
            <td>
                {item.text.get(lang).to_owned()}
                {basis(lang, item)}
            </td>
            <td>
                {words}
                {limit}
            </td>
            <td>
                {note}
                {hazard}
                {photos}
            </td>
        </tr>
    }
    .into_any()
}

/// 依据: the place in law or plan, and the numbered facts of the plan behind the item.
fn basis(lang: Lang, item: &Item) -> Option<AnyView> {
    let basis = item.basis.as_ref().map(|basis| basis.get(lang).to_owned());
    let sources = item.source.iter().map(ToString::to_string);
    let words: Vec<_> = basis.into_iter().chain(sources).collect();
    (!words.is_empty())
        .then(|| view! { <p class="u-small">{office::rests_on(lang, words.join(" · "))}</p> }.into_any())
}
