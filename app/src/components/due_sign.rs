//! A deadline as it stands: overdue in days, today, or the day itself.

use crate::i18n::{trade, use_lang};
use chrono::NaiveDate;
use domain::due::Due;
use leptos::prelude::*;

#[component]
pub fn DueSign(due: Due, deadline: Option<NaiveDate>) -> impl IntoView {
    let lang = use_lang();
    match due {
        Due::Late(days) => {
            view! { <span class="late plain">{trade::late_days(lang, days)}</span> }.into_any()
        }
        Due::Today => view! { <span class="strong">{trade::due_today(lang)}</span> }.into_any(),
        Due::In(_) => view! { <span class="num">{deadline.map(month_day)}</span> }.into_any(),
        Due::Unset => view! { <span class="soft">{deadline.map(month_day)}</span> }.into_any(),
    }
}

/// `11-25`
pub fn month_day(date: NaiveDate) -> String {
    date.format("%m-%d").to_string()
}
