//! 双随机: how many are drawn, who keeps away, and where the seed comes from.

use crate::{
    components::field::{Field, Fields},
    i18n::spot_checks as t,
    server_fns::spot_checks::plan_change::PlanChange,
};
use chrono::{DateTime, Utc};
use domain::{
    limits::{CODE, DRAW_AVOIDANCES, DRAW_COMMITMENTS, DRAW_LINE, NAME, SPOT_CHECK_SITES},
    text::Lang,
    time::office_day,
};
use leptos::prelude::*;

/// Characters of as many lines as are taken, each of a name, a comma and a code.
const OF_AVOIDANCES: usize = DRAW_AVOIDANCES * (NAME + CODE + 2);

/// The same of a name, a comma and 64 digits.
const OF_COMMITMENTS: usize = DRAW_COMMITMENTS * (NAME + 64 + 2);

/// `now`: the server's time, by which a day is proposed.
pub(super) fn draw_fields(lang: Lang, shown: Fields, typed: &PlanChange, now: DateTime<Utc>) -> AnyView {
    let today = office_day(now);
    let or = |typed: &str, usual: &str| if typed.is_empty() { usual.to_owned() } else { typed.to_owned() };
    let tomorrow = today.succ_opt().unwrap_or(today).to_string();
    let sources = [("public", t::source_public(lang)), ("people", t::source_people(lang))];
    let sources = sources.map(|(word, name)| (word.to_owned(), name.to_owned()));
    let (is_begun, refused) = (typed.does == "freeze", shown.fault);
    // What is refused of it is to be seen, and stays so while it is sent again.
    let is_open = Memo::new(move |was: Option<&bool>| {
        was.copied().unwrap_or(is_begun) || refused.with(Option::is_some)
    });
    let wanted =
        Field::new("wanted", t::draw_sites(lang), or(&typed.wanted, "20")).between(1, SPOT_CHECK_SITES);
    let avoidances = Field::new("avoidances", t::avoidance(lang), &typed.avoidances)
        .hint(t::avoidance_hint(lang))
        .longest(OF_AVOIDANCES);
    let what = Field::new("what", t::source_what(lang), &typed.what)
        .hint(t::source_what_example(lang))
        .longest(DRAW_LINE);
    let place = Field::new("place", t::source_place(lang), &typed.place).longest(DRAW_LINE);
    let commitments = Field::new("commitments", t::commitments(lang), &typed.commitments)
        .hint(t::commitments_hint(lang))
        .longest(OF_COMMITMENTS);
    view! {
        <details class="disclosure" open=move || is_open.get()>
            <summary class="disclosure__summary">{t::draw_instead(lang)}</summary>
            <p class="field__hint">{t::draw_hint(lang)}</p>
            {shown.input("number", wanted)}
            {shown.check(Field::new("avoid_own_grid", t::avoid_own_grid(lang), ""), typed.avoid_own_grid || !is_begun)}
            {shown.area(avoidances)}
            {shown.select(Field::new("source", t::source(lang), or(&typed.source, "public")), sources.to_vec())}
            {shown.text(what)}
            {shown.text(place)}
            {shown.input("date", Field::new("due_day", t::source_day(lang), or(&typed.due_day, &tomorrow)))}
            {shown.input("time", Field::new("due_hour", t::source_hour(lang), or(&typed.due_hour, "21:15")))}
            {shown.area(commitments)}
        </details>
    }
    .into_any()
}
