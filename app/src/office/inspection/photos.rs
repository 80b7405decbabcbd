//! The photos, each with the item that it belongs to and when and where it was taken.

use super::items::numbered;
use crate::{
    backend::InspectionFile,
    components::{photo_findings::photo_findings, photo_pair::preview_url},
    i18n::{office, photos as t},
    office::record_address::record_address,
};
use domain::{photo::PhotoHash, text::Lang, time};
use leptos::prelude::*;

pub fn photos(lang: Lang, file: &InspectionFile) -> Option<AnyView> {
    let figures: Vec<_> = numbered(file)
        .flat_map(|(number, item, sealed)| {
            let text = item.text.get(lang);
            sealed.photos.iter().map(move |hash| figure(lang, file, hash, &format!("{number} {text}")))
        })
        .collect();
    (!figures.is_empty()).then(|| {
        let named = file.photos.iter().enumerate();
        let named =
            named.map(|(position, photo)| (t::of_other(lang, position + 1), photo.findings.as_slice()));
        view! {
            <h3>{office::photos(lang)}</h3>
            <div class="photos">{figures}</div>
            {photo_findings(lang, record_address, &file.thresholds, named)}
        }
        .into_any()
    })
}

/// `item` is its number and words.
fn figure(lang: Lang, file: &InspectionFile, hash: &PhotoHash, item: &str) -> AnyView {
    let standing = file.photos.iter().find(|photo| photo.hash == *hash);
    let stamp = standing.and_then(|photo| photo.facts.as_ref()).map(|facts| {
        let place = facts.location.map(|at| format!(" · {:.4}, {:.4}", at.latitude, at.longitude));
        format!("{}{}", time::long(facts.at), place.unwrap_or_default())
    });
    let picture = match standing {
        Some(photo) if photo.is_drawn() => {
            view! { <img src=preview_url(hash) alt=item.to_owned() /> }.into_any()
        }
        Some(photo) if photo.received => view! { <b>{office::photo_not_drawn(lang)}</b> }.into_any(),
        _ => view! { <b>{office::photo_missing(lang)}</b> }.into_any(),
    };
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
