//! What speaks against photos: each with its figure, and the way to the record that showed the photo first.

use crate::{
    components::icon::{Icon, Sign},
    i18n::photos as t,
};
use domain::{
    integrity::{Comparison, PhotoFinding, PhotoFlag, PriorRecord, RecordRef, Thresholds},
    order::sort_by_key,
    photo::PhotoHash,
    text::Lang,
    time::office_day,
};
use leptos::prelude::*;

/// The address of a record, where there is a page of it to go to.
pub type AddressOf = fn(RecordRef) -> Option<String>;

/// A photo by its place among the found ones, the newest of the rectification, or the others.
pub fn photo_name(
    lang: Lang,
    before: &[PhotoHash],
    after: &[PhotoHash],
    hash: &PhotoHash,
    position: usize,
) -> String {
    let place = |list: &[PhotoHash]| list.iter().position(|one| one == hash).map(|at| at + 1);
    let found = place(before).map(|at| t::of_found(lang, at));
    let after = || place(after).map(|at| t::of_after(lang, at));
    found.or_else(after).unwrap_or_else(|| t::of_other(lang, position + 1))
}

/// A photo by the words that name it.
#[derive(Debug)]
pub struct Checked<'a> {
    pub name: String,
    pub findings: &'a [PhotoFinding],
    pub comparison: Comparison,
}

/// What speaks against these photos, and what could not be compared; nothing where there is neither.
pub fn photo_findings<'a>(
    lang: Lang,
    address: AddressOf,
    thresholds: &Thresholds,
    photos: impl IntoIterator<Item = Checked<'a>>,
) -> Option<AnyView> {
    let mut photos: Vec<_> = photos.into_iter().collect();
    // What was used before comes first; the rest stays in its order.
    sort_by_key(&mut photos, |photo| !photo.findings.iter().any(|found| found.finding.is_of_another_use()));
    let lines: Vec<_> = photos.iter().filter_map(|photo| line(lang, address, photo)).collect();
    let to_come = photos.iter().filter(|photo| photo.comparison == Comparison::ToCome).count();
    let to_come = (to_come > 0).then(|| view! { <p class="u-small">{t::check_waits(lang, to_come)}</p> });
    if lines.is_empty() {
        return to_come.map(IntoAny::into_any);
    }
    let Thresholds { alike_bits, far_metres, same_place_percent } = *thresholds;
    Some(
        view! {
            <section class="notice notice--refused" aria-label=t::check(lang)>
                <h3 class="u-row">
                    <Sign icon=Icon::Alert />
                    {t::check(lang)}
                </h3>
                <ul>{lines}</ul>
                {to_come}
                <p class="u-small">{t::check_hint(lang)}</p>
                <details class="u-small">
                    <summary>{t::how(lang)}</summary>
                    <p>{t::how_judged(lang, percent(alike_bits), far_metres, same_place_percent)}</p>
                </details>
            </section>
        }
        .into_any(),
    )
}

/// All that is to be said of one photo.
fn line(lang: Lang, address: AddressOf, photo: &Checked<'_>) -> Option<AnyView> {
    let not_compared = photo.comparison == Comparison::Impossible;
    if photo.findings.is_empty() && !not_compared {
        return None;
    }
    let said = photo.findings.iter().enumerate().map(|(n, found)| {
        let between = (n > 0).then(|| t::between(lang));
        view! { {between} {words(lang, &found.finding)} {earlier(lang, address, found)} }
    });
    let said = said.collect_view();
    let between = (not_compared && !photo.findings.is_empty()).then(|| t::between(lang));
    let not_compared = not_compared.then(|| t::not_compared(lang));
    let name = t::named(lang, photo.name.clone());
    Some(view! { <li><b>{name}</b>{said}{between}{not_compared}</li> }.into_any())
}

/// Of 256 bits.
fn percent(bits: u32) -> u32 {
    (bits * 100).div_ceil(256)
}

fn words(lang: Lang, finding: &PhotoFlag) -> String {
    match finding {
        PhotoFlag::Damaged => t::damaged(lang).to_owned(),
        PhotoFlag::SameBytes { .. } => t::same_bytes(lang).to_owned(),
        PhotoFlag::NearlySame { bits, .. } => t::nearly_same(lang, percent(*bits)),
        PhotoFlag::OtherDay { taken, recorded } => {
            t::other_day(lang, taken.to_string(), recorded.to_string())
        }
        PhotoFlag::FarAway { metres: metres @ ..10_000 } => t::far_away(lang, *metres),
        PhotoFlag::FarAway { metres } => t::very_far_away(lang, metres / 1000),
        PhotoFlag::FromGallery => t::from_gallery(lang).to_owned(),
        PhotoFlag::NoCamera => t::no_camera(lang).to_owned(),
        PhotoFlag::Edited { software } => t::edited(lang, software.clone()),
        PhotoFlag::SameAsFound { bits: None } => t::same_as_found(lang).to_owned(),
        PhotoFlag::SameAsFound { bits: Some(bits) } => t::nearly_same_as_found(lang, percent(*bits)),
        PhotoFlag::OtherPlace { percent } => t::other_place(lang, *percent),
    }
}

fn earlier(lang: Lang, address: AddressOf, found: &PhotoFinding) -> Option<AnyView> {
    let (PhotoFlag::SameBytes { earlier } | PhotoFlag::NearlySame { earlier, .. }) = &found.finding else {
        return None;
    };
    let day = office_day(earlier.at).to_string();
    Some(match &found.earlier {
        Some(PriorRecord { by, number }) => view! {
            {t::used_in(lang, day)}
            {match address(*by) {
                Some(address) => view! { <a class="link" href=address>{number.clone()}</a> }.into_any(),
                None => view! { <span>{number.clone()}</span> }.into_any(),
            }}
        }
        .into_any(),
        None => t::used_elsewhere(lang, day).into_any(),
    })
}
