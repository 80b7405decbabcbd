//! Sealed checks of this person: when each opens, and the way to it.

use crate::{
    components::icon::{Icon, Sign},
    device::use_device,
    i18n::{Lang, orders as t, use_lang},
    orders::hour,
};
use chrono::{DateTime, Utc};
use client::{Device, DeviceError, db::Known, orders, orders::OrderHere};
use domain::spot_check::OrderPhase;
use leptos::prelude::*;

/// Those that Today has to say something of, and how many only a newer version could read. One that is over is told of for some days
/// unless it was opened.
pub async fn read(device: &Device) -> Result<Known<OrderHere>, DeviceError> {
    let mut orders = orders::all(device).await?;
    orders.known.retain(|here| here.phase != OrderPhase::Over || here.standing.opened.is_none());
    Ok(orders)
}

#[component]
pub fn Orders(orders: Vec<OrderHere>) -> impl IntoView {
    let (lang, now) = (use_lang(), use_device().clock.office_now());
    if orders.is_empty() {
        return ().into_any();
    }
    let row = |here: OrderHere| {
        let (title, icon) = title(lang, &here, now);
        view! {
            <a href=format!("/field/orders/{}", here.order.id)>
                <span class="mark">
                    <Sign icon />
                </span>
                <div class="rows__body">
                    <p class="rows__title">{title}</p>
                    <p class="rows__meta">
                        <span>{here.order.number}</span>
                        <span>{t::row_led(lang, here.order.leader.name)}</span>
                    </p>
                </div>
                <span class="chevron">
                    <Sign icon=Icon::Forward />
                </span>
            </a>
        }
    };
    view! {
        <div class="section-head">
            <h2>{t::section(lang)}</h2>
        </div>
        <div class="card rows">{orders.into_iter().map(row).collect_view()}</div>
    }
    .into_any()
}

fn title(lang: Lang, here: &OrderHere, now: DateTime<Utc>) -> (String, Icon) {
    match here.phase {
        OrderPhase::Sealed => (t::row_sealed(lang, hour(here.order.opens_at, now)), Icon::Lock),
        OrderPhase::Due => (t::row_due(lang).to_owned(), Icon::Lock),
        OrderPhase::Opened => {
            let name = here.content.as_ref().map(|content| content.site.name.clone());
            (name.unwrap_or_else(|| t::title(lang).to_owned()), Icon::Flag)
        }
        OrderPhase::Over => (t::row_over(lang).to_owned(), Icon::Wait),
        OrderPhase::Withdrawn => (t::row_withdrawn(lang).to_owned(), Icon::Cross),
    }
}
