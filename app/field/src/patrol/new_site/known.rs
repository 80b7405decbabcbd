//! 就是这家: what is known here already.

use super::{around::Around, writing::Writing};
use crate::{
    i18n::{patrol as t, use_lang},
    sought::folded,
};
use client::new_sites;
use domain::{id::SiteId, site::alike};
use leptos::prelude::*;
use std::sync::Arc;

/// 就是这家: what may be the very site.
#[component]
pub(super) fn Known(
    writing: Writing,
    around: Memo<Option<Arc<Around>>>,
    goes_on: Callback<SiteId>,
) -> impl IntoView {
    let lang = use_lang();
    let known = ui::memo(move || {
        let proposed = writing.proposed(&[]);
        let around = around.get()?;
        let alike = alike(&proposed, &around.sites, &folded);
        Some(
            alike
                .into_iter()
                .map(|site| (site.id, site.name.clone(), site.address.clone()))
                .collect::<Vec<_>>(),
        )
    });
    let row = move |(id, name, address): (SiteId, String, String)| {
        let choose = move |_| {
            new_sites::forget(&writing.phone);
            goes_on.run(id);
        };
        view! {
            <button type="button" on:click=choose>
                <span class="rows__body">
                    <span class="rows__title">{name}</span>
                    <span class="rows__meta">{address}</span>
                </span>
                <b class="street__owed">{t::is_this_one(lang)}</b>
            </button>
        }
    };
    move || {
        let known = known.get().unwrap_or_default();
        (!known.is_empty()).then(|| {
            view! {
                <div class="notice" role="status">
                    <p>{t::may_be_known(lang, known.len())}</p>
                </div>
                <div class="card rows">{known.into_iter().map(row).collect_view()}</div>
            }
        })
    }
}
