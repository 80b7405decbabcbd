//! The photos, each with the item that it belongs to and when and where it was taken.

use super::items::numbered;
use crate::{
    components::{
        photo_findings::{Checked, photo_findings, photo_name},
        photo_pair::{photo_url, preview_url},
    },
    i18n::{office, photos as t},
    record_address::record_address,
};
use domain::{
    checklist::Checklist,
    file::{ReviewedPhoto, VisitFile},
    photo::PhotoHash,
    text::Lang,
    time,
};
use leptos::prelude::*;

pub fn photos(lang: Lang, file: &VisitFile) -> AnyView {
    let several = file.visit.forms.len() > 1;
    let answered: Vec<_> = file
        .forms()
        .flat_map(|(form, list)| {
            numbered(form, list).map(move |(number, item, sealed)| (list, number, item, sealed))
        })
        .collect();
    let own = file.visit.photos.iter().map(|hash| figure(lang, file, hash, office::of_visit(lang)));
    let of_answers = answered.iter().flat_map(|(list, number, item, sealed)| {
        let words = of_form(lang, list, several, format!("{number} {}", item.text.get(lang)));
        sealed.photos.iter().map(move |hash| figure(lang, file, hash, &words))
    });
    let figures: Vec<_> = own.chain(of_answers).collect();
    let known = |hash: &PhotoHash| file.photos.iter().find(|photo| photo.hash == *hash);
    let checked = |name: String, hash: &PhotoHash| {
        let ReviewedPhoto { findings, comparison, .. } = known(hash)?;
        Some(Checked { name, findings, comparison: *comparison })
    };
    let of_visit = (1..).zip(&file.visit.photos).filter_map(|(n, hash)| checked(t::of_visit(lang, n), hash));
    let of_items = answered.iter().flat_map(|(list, number, _, sealed)| {
        let photos = (1..).zip(&sealed.photos);
        let name = |n| of_form(lang, list, several, t::of_item(lang, *number, n));
        photos.filter_map(|(n, hash)| checked(name(n), hash)).collect::<Vec<_>>()
    });
    let of_hazards = file.hazards.iter().zip(&file.proofs).flat_map(|(row, proof)| {
        proof.photos.iter().enumerate().map(move |(position, photo)| {
            let name = photo_name(lang, &proof.before, &proof.after, &photo.hash, position);
            Checked {
                name: t::of_hazard(lang, row.number.clone(), name),
                findings: &photo.findings,
                comparison: photo.comparison,
            }
        })
    });
    let found =
        photo_findings(lang, record_address, &file.thresholds, of_visit.chain(of_items).chain(of_hazards));
    let shown = (!figures.is_empty()).then(|| {
        view! {
            <h3>{office::photos(lang)}</h3>
            <div class="record__photos">{figures}</div>
        }
    });
    view! { {shown} {found} }.into_any()
}

/// Each form counts its items from one: of several, a photo is called by its checklist too.
fn of_form(lang: Lang, list: &Checklist, several: bool, photo: String) -> String {
    if several { t::of_form(lang, list.title.get(lang).to_owned(), photo) } else { photo }
}

/// `item` is its number and words.
fn figure(lang: Lang, file: &VisitFile, hash: &PhotoHash, item: &str) -> AnyView {
    let status = file.photos.iter().find(|photo| photo.hash == *hash);
    let stamp = status.and_then(|photo| photo.facts.as_ref()).map(|facts| {
        let place = facts.location.map(|at| format!(" · {:.4}, {:.4}", at.latitude, at.longitude));
        format!("{}{}", time::long(facts.at), place.unwrap_or_default())
    });
    let picture = picture(lang, status, item.to_owned());
    view! {
        <figure>
            {picture}
            <figcaption>
                {item.to_owned()} <br /> {stamp}
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
    use domain::{sector::Sector, text::Bilingual};

    #[test]
    fn photos_of_two_forms_are_told_apart() {
        let title = Bilingual::new("充电棚", "Charging shed");
        let list = Checklist {
            id: "shed".into(),
            version: 1,
            sector: Sector::Ebike,
            site_kinds: vec![],
            title,
            sections: vec![],
        };
        let name = |lang, several| of_form(lang, &list, several, t::of_item(lang, 3, 1));
        assert_eq!(name(Lang::Zh, false), "第 3 项照片 1");
        assert_eq!(name(Lang::Zh, true), "《充电棚》第 3 项照片 1");
        assert_eq!(name(Lang::En, true), "Charging shed: Item 3, photo 1");
    }
}
