//! The photos, each with the question that it belongs to and when and where it was taken.

use crate::{
    components::{
        photo_findings::{Checked, photo_findings, photo_name},
        photo_pair::{photo_url, preview_url},
    },
    i18n::{office, photos as t},
    record_address::record_address,
    server_fns::visits::record::VisitRecord,
};
use domain::{file::ReviewedPhoto, photo::PhotoHash, text::Lang, time};
use leptos::prelude::*;

pub fn photos(lang: Lang, record: &VisitRecord) -> AnyView {
    let several = record.forms.len() > 1;
    // What was answered in another form stands there with its photos.
    let answered = || {
        record.forms.iter().flat_map(|form| {
            let own = form.answers().filter(|answer| answer.elsewhere.is_none());
            own.map(move |answer| (form, answer.number.unwrap_or_default(), answer))
        })
    };
    let own = record.own_photos.iter().map(|hash| figure(lang, record, hash, office::of_visit(lang)));
    let of_answers = answered().flat_map(|(form, number, answer)| {
        let words = of_form(lang, &form.title, several, format!("{number} {}", answer.question));
        answer.photos.iter().map(move |hash| figure(lang, record, hash, &words))
    });
    let figures: Vec<_> = own.chain(of_answers).collect();
    let known = |hash: &PhotoHash| record.photos.iter().find(|photo| photo.hash == *hash);
    let checked = |name: String, hash: &PhotoHash| {
        let ReviewedPhoto { findings, comparison, .. } = known(hash)?;
        Some(Checked { name, findings, comparison: *comparison })
    };
    let of_visit = (1..).zip(&record.own_photos).filter_map(|(n, hash)| checked(t::of_visit(lang, n), hash));
    let of_questions = answered().flat_map(|(form, number, answer)| {
        let photos = (1..).zip(&answer.photos);
        let name = |n| of_form(lang, &form.title, several, t::of_item(lang, number, n));
        photos.filter_map(|(n, hash)| checked(name(n), hash)).collect::<Vec<_>>()
    });
    let of_hazards = record.hazards.iter().zip(&record.proofs).flat_map(|(row, proof)| {
        proof.photos.iter().enumerate().map(move |(position, photo)| {
            let name = photo_name(lang, &proof.before, &proof.after, &photo.hash, position);
            Checked {
                name: t::of_hazard(lang, row.number.clone(), name),
                findings: &photo.findings,
                comparison: photo.comparison,
            }
        })
    });
    let all = of_visit.chain(of_questions).chain(of_hazards);
    let found = photo_findings(lang, record_address, &record.thresholds, all);
    let shown = (!figures.is_empty()).then(|| {
        view! {
            <h3>{office::photos(lang)}</h3>
            <div class="record__photos">{figures}</div>
        }
    });
    view! { {shown} {found} }.into_any()
}

/// Each form counts its questions from one: of several, a photo is called by its form too.
fn of_form(lang: Lang, title: &str, several: bool, photo: String) -> String {
    if several { t::of_form(lang, title.to_owned(), photo) } else { photo }
}

/// `question` is its number and words, or what it shows.
pub(super) fn figure(lang: Lang, record: &VisitRecord, hash: &PhotoHash, question: &str) -> AnyView {
    let status = record.photos.iter().find(|photo| photo.hash == *hash);
    let stamp = status.and_then(|photo| photo.facts.as_ref()).map(|facts| {
        let place = facts.location.map(|at| format!(" · {:.4}, {:.4}", at.latitude, at.longitude));
        format!("{}{}", time::long(facts.at), place.unwrap_or_default())
    });
    let picture = picture(lang, status, question.to_owned());
    view! {
        <figure>
            {picture}
            <figcaption>
                {question.to_owned()} <br /> {stamp}
            </figcaption>
        </figure>
    }
    .into_any()
}

/// The picture, or in its place the words for why there is none.
pub(super) fn picture(lang: Lang, photo: Option<&ReviewedPhoto>, words: String) -> AnyView {
    match photo {
        Some(photo) if photo.is_drawn() => {
            view! { <img src=preview_url(&photo.hash) alt=words /> }.into_any()
        }
        Some(photo) if photo.is_damaged() => view! { <b>{office::photo_damaged(lang)}</b> }.into_any(),
        Some(photo) if photo.received => {
            let name = format!("{}.heic", photo.hash);
            view! {
                <a class="link" href=photo_url(&photo.hash) download=name>
                    {office::photo_not_drawn(lang)}
                </a>
            }
            .into_any()
        }
        _ => view! { <b>{office::photo_missing(lang)}</b> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn photos_of_two_forms_are_told_apart() {
        let name = |lang, several| of_form(lang, "充电棚", several, t::of_item(lang, 3, 1));
        assert_eq!(name(Lang::Zh, false), "第 3 项照片 1");
        assert_eq!(name(Lang::Zh, true), "《充电棚》第 3 项照片 1");
        assert_eq!(name(Lang::En, true), "充电棚: Item 3, photo 1");
    }
}
