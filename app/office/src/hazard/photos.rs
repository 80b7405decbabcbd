//! The proof: before and after one over the other, the rest as thumbnails, each opening at full size. What has not
//! arrived yet says so.

use crate::{
    components::{
        photo_findings::{Checked, photo_findings, photo_name},
        photo_pair::{PhotoPair, photo_url, preview_url, thumbnail_url},
    },
    i18n::office,
    record_address::record_address,
};
use domain::{
    file::{HazardFile, ReviewedPhoto},
    photo::PhotoHash,
    text::Lang,
    time,
};
use leptos::prelude::*;

pub fn photos(lang: Lang, file: &HazardFile) -> AnyView {
    let here = |hash: &&PhotoHash| file.photos.iter().any(|photo| photo.hash == **hash && photo.is_drawn());
    let hazard = &file.hazard;
    let before = hazard.found.photos.iter().find(here);
    let after = hazard.after.iter().find(here);
    let pair = match (before, after) {
        (Some(before), Some(after)) => {
            let stamp = stamp(file, before);
            view! { <PhotoPair before=before.clone() after=after.clone() stamp /> }.into_any()
        }
        (Some(only), None) | (None, Some(only)) => large(lang, only),
        (None, None) => ().into_any(),
    };
    let found = thumbnails(lang, office::before(lang), &hazard.found.photos, &file.photos);
    let fixed = thumbnails(lang, office::after(lang), &hazard.after, &file.photos);
    let named = file.photos.iter().enumerate().map(|(position, photo)| Checked {
        name: photo_name(lang, &hazard.found.photos, &hazard.after, &photo.hash, position),
        findings: &photo.findings,
        comparison: photo.comparison,
    });
    view! {
        {pair}
        <div class="u-row">{found} {fixed}</div>
        {photo_findings(lang, record_address, &file.thresholds, named)}
    }
    .into_any()
}

/// When, where and by whom the photo was taken.
fn stamp(file: &HazardFile, hash: &PhotoHash) -> Vec<String> {
    let facts = file.photos.iter().find(|photo| photo.hash == *hash).and_then(|photo| photo.facts.as_ref());
    let Some(facts) = facts else { return vec![] };
    let place =
        facts.location.map(|at| format!(" · {:.4}, {:.4}", at.latitude, at.longitude)).unwrap_or_default();
    let name = file
        .hazard
        .events
        .iter()
        .find(|record| record.by == Some(facts.by))
        .map(|record| record.name.clone());
    [Some(format!("{}{place}", time::long(facts.at))), name].into_iter().flatten().collect()
}

fn large(lang: Lang, hash: &PhotoHash) -> AnyView {
    view! {
        <a href=photo_url(hash) target="_blank" title=office::full_size(lang)>
            <img class="detail__photo" src=preview_url(hash) alt=office::before(lang) />
        </a>
    }
    .into_any()
}

/// Thumbnails in a row, each a link to the photo at full size.
pub fn thumbnails(
    lang: Lang,
    words: &'static str,
    hashes: &[PhotoHash],
    photos: &[ReviewedPhoto],
) -> AnyView {
    let known = |hash: &PhotoHash| photos.iter().find(|photo| photo.received && photo.hash == *hash);
    let shots = hashes.iter().map(|hash| match known(hash) {
        Some(photo) if photo.is_drawn() => view! {
            <a class="thumb" href=photo_url(hash) target="_blank" title=office::full_size(lang)>
                <img class="thumb__image" src=thumbnail_url(hash) alt=words loading="lazy" />
            </a>
        }
        .into_any(),
        Some(photo) if photo.is_damaged() => view! {
            <span class="thumb">
                <small class="thumb__note">{office::photo_damaged(lang)}</small>
            </span>
        }
        .into_any(),
        Some(_) => view! {
            <a
                class="thumb"
                href=photo_url(hash)
                download=format!("{hash}.heic")
                title=office::photo_not_drawn(lang)
                aria-label=office::photo_not_drawn(lang)
            >
                <small class="thumb__note">"HEIC"</small>
            </a>
        }
        .into_any(),
        None => view! {
            <span class="thumb" title=office::photo_missing(lang)>
                <small class="thumb__note">{office::photo_missing(lang)}</small>
            </span>
        }
        .into_any(),
    });
    view! { <div class="thumb-list">{shots.collect_view()}</div> }.into_any()
}
