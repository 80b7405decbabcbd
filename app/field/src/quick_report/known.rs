//! 已有隐患: what is open here already, before it is reported once more.

use super::{Around, writing::Writing};
use crate::{
    hazards::row::{HazardRow, Row},
    i18n::{quick_report as t, use_lang},
};
use domain::{hazard::Hazard, id::SiteId, quick_report::known_already};
use leptos::prelude::*;

/// Nothing, once somebody has said that it is another one; tracked.
pub fn known_here(writing: Writing, around: Memo<Around>) -> Memo<Vec<Row>> {
    let lang = use_lang();
    ui::memo(move || {
        let Some(around) = around.get() else { return vec![] };
        let (site, location, is_another) = writing
            .chosen
            .with(|chosen| (chosen.site.as_ref().map(|site| site.id), chosen.location, chosen.is_another));
        if is_another {
            return vec![];
        }
        let place_of = |site: SiteId| around.places.get(&site).copied();
        let known = known_already(&around.hazards, &place_of, site, location.as_ref());
        // What was made a moment ago is not another one.
        let others = known.into_iter().map(|known| known.hazard).filter(|hazard| hazard.id != writing.id);
        let row = |hazard: &Hazard| {
            let site = around.sites.iter().find(|site| site.id == hazard.place.site);
            Row::of(&writing.phone, lang, hazard.clone(), site.cloned())
        };
        others.map(row).collect()
    })
}

#[component]
pub fn Known(known: Memo<Vec<Row>>) -> impl IntoView {
    let lang = use_lang();
    move || {
        let rows = known.get();
        (!rows.is_empty()).then(|| {
            let count = rows.len();
            view! {
                <div class="notice" role="status">
                    <h2 id="quick-known">{t::known(lang, count)}</h2>
                    <p>{t::known_hint(lang)}</p>
                </div>
                <div class="card rows" role="group" aria-labelledby="quick-known">
                    {rows.into_iter().map(|row| view! { <HazardRow row /> }).collect_view()}
                </div>
            }
        })
    }
}
