//! A deadline as it stands: overdue in days, today, or the day itself.

use crate::i18n::{trade, use_lang};
use chrono::{Datelike, Days, NaiveDate};
use domain::{due::Due, time::month_and_day};
use leptos::prelude::*;

#[component]
pub fn DueSign(due: Due, deadline: Option<NaiveDate>) -> impl IntoView {
    let lang = use_lang();
    match due {
        Due::Late(days) => {
            view! { <span class="due-sign__late">{trade::late_days(lang, days)}</span> }.into_any()
        }
        Due::Today => view! { <span>{trade::due_today(lang)}</span> }.into_any(),
        Due::In(days) => view! { <span>{deadline.map(|day| near(day, days))}</span> }.into_any(),
        Due::Unset => view! { <span class="u-soft">{deadline.map(|day| day.to_string())}</span> }.into_any(),
    }
}

/// `11-25`; with the year where it is not today's.
fn near(day: NaiveDate, days_left: u32) -> String {
    let today = day.checked_sub_days(Days::new(days_left.into()));
    if today.is_some_and(|today| today.year() == day.year()) { month_day(day) } else { day.to_string() }
}

/// `11-25`
pub fn month_day(date: NaiveDate) -> String {
    month_and_day(date)
}

#[cfg(test)]
mod tests {
    use super::near;

    #[test]
    fn a_day_of_another_year_shows_it() {
        let day = |text: &str| text.parse().unwrap_or_default();
        assert_eq!(near(day("2026-11-25"), 3), "11-25");
        assert_eq!(near(day("2027-01-02"), 5), "2027-01-02");
        assert_eq!(near(day("2027-01-02"), 1), "01-02");
    }
}
