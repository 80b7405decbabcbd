//! What speaks against photos: each with its figure, and the way to the record that showed the photo first.

use crate::{
    components::icon::{Icon, Sign},
    i18n::photos as t,
};
use domain::{
    hazard::Hazard,
    integrity::{EarlierRecord, Finding, PhotoFinding, ShownBy, Thresholds},
    photo::PhotoHash,
    text::Lang,
    time::office_day,
};
use leptos::prelude::*;

/// The address of a record, where there is a page of it to go to.
pub type AddressOf = fn(ShownBy) -> Option<String>;

/// Each photo by its place among the found ones, the newest of the rectification, or the others.
pub fn photo_name(lang: Lang, hazard: &Hazard, hash: &PhotoHash, position: usize) -> String {
    let place = |list: &[PhotoHash]| list.iter().position(|one| one == hash).map(|at| at + 1);
    let found = place(&hazard.found.photos).map(|at| t::of_found(lang, at));
    let after = || place(&hazard.after).map(|at| t::of_after(lang, at));
    found.or_else(after).unwrap_or_else(|| t::of_other(lang, position + 1))
}

/// Of some photos, by the words that name each; nothing where nothing speaks against any.
pub fn photo_findings<'a>(
    lang: Lang,
    address: AddressOf,
    thresholds: &Thresholds,
    photos: impl IntoIterator<Item = (String, &'a [PhotoFinding])>,
) -> Option<AnyView> {
    let of_photo = |(name, findings): (String, &'a [PhotoFinding])| {
        let line = move |found: &PhotoFinding| {
            view! {
                <li>
                    <b>{t::named(lang, name.clone())}</b>
                    {words(lang, &found.finding)}
                    {earlier(lang, address, found)}
                </li>
            }
        };
        findings.iter().map(line).collect_view()
    };
    let Thresholds { alike_bits: alike, far_metres: far, same_place_percent: like } = *thresholds;
    let lines: Vec<_> =
        photos.into_iter().filter(|(_, findings)| !findings.is_empty()).map(of_photo).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <section class="notice refused" aria-label=t::check(lang)>
                <h3 class="row">
                    <Sign icon=Icon::Alert />
                    {t::check(lang)}
                </h3>
                <ul>{lines}</ul>
                <p class="small">{t::check_hint(lang)}</p>
                <details class="small">
                    <summary>{t::how(lang)}</summary>
                    <p>{t::how_judged(lang, alike, far, like)}</p>
                </details>
            </section>
        }
        .into_any()
    })
}

fn words(lang: Lang, finding: &Finding) -> String {
    match finding {
        Finding::SameBytes { .. } => t::same_bytes(lang).to_owned(),
        Finding::NearlySame { bits, .. } => t::nearly_same(lang, *bits),
        Finding::OtherDay { taken, recorded } => t::other_day(lang, taken.to_string(), recorded.to_string()),
        Finding::FarAway { metres: metres @ ..10_000 } => t::far_away(lang, *metres),
        Finding::FarAway { metres } => t::very_far_away(lang, metres / 1000),
        Finding::FromGallery => t::from_gallery(lang).to_owned(),
        Finding::NoCamera => t::no_camera(lang).to_owned(),
        Finding::Edited { software } => t::edited(lang, software.clone()),
        Finding::SameAsFound { bits: None } => t::same_as_found(lang).to_owned(),
        Finding::SameAsFound { bits: Some(bits) } => t::nearly_same_as_found(lang, *bits),
        Finding::OtherPlace { percent } => t::other_place(lang, *percent),
    }
}

fn earlier(lang: Lang, address: AddressOf, found: &PhotoFinding) -> Option<AnyView> {
    let (Finding::SameBytes { earlier } | Finding::NearlySame { earlier, .. }) = &found.finding else {
        return None;
    };
    let day = office_day(earlier.at).to_string();
    Some(match &found.earlier {
        Some(EarlierRecord { by, number }) => view! {
            {t::used_in(lang, day)}
            {match address(*by) {
                Some(address) => view! { <a class="link num" href=address>{number.clone()}</a> }.into_any(),
                None => view! { <span class="num">{number.clone()}</span> }.into_any(),
            }}
        }
        .into_any(),
        None => t::used_elsewhere(lang, day).into_any(),
    })
}
