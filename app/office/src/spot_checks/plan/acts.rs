//! What can be done with a plan at its step.

use crate::{
    components::{
        field::{Field, Fields},
        options::Options,
    },
    i18n::{office, spot_checks as t},
    sending::{Sending, SentForm},
    server_fns::AsOf,
};
use chrono::{DateTime, Utc};
use domain::{
    draw::SeedSource,
    limits::{DRAW_COMMITMENTS, DRAW_LINE, NAME},
    spot_check::{
        SpotCheckState,
        file::{PlanFile, PlanInside, PlanSite},
        plan::PlanStep,
    },
    text::Lang,
    time,
};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Characters of as many lines as are taken, each of a name, what was committed and 64 digits.
const OF_REVEALS: usize = DRAW_COMMITMENTS * (NAME + DRAW_LINE + 64 + 4);

pub(super) fn acts(lang: Lang, file: &AsOf<PlanFile>, change: Sending) -> AnyView {
    let plan = &file.value;
    let acts = Acts { lang, plan, change };
    let inside = plan.inside.as_ref();
    let chosen = inside.filter(|inside| !inside.sites.is_empty());
    let main = match plan.step {
        PlanStep::Drafted | PlanStep::Drawn if plan.may_plan => chosen.map(|inside| {
            let exchange = acts.exchange(inside);
            exchange.into_iter().chain([acts.send(inside)]).collect::<Vec<_>>()
        }),
        PlanStep::Frozen if plan.may_plan => Some(vec![acts.draw()]),
        PlanStep::Sent if plan.may_plan => inside.map(|inside| {
            let exchange = acts.exchange(inside);
            exchange.into_iter().chain(inside.proof.is_some().then(|| acts.publish())).collect()
        }),
        PlanStep::Drafted
        | PlanStep::Frozen
        | PlanStep::Drawn
        | PlanStep::Sent
        | PlanStep::Published
        | PlanStep::Cancelled => None,
    };
    let void = match plan.step {
        PlanStep::Frozen | PlanStep::Drawn if plan.may_void => {
            let has_draw = inside.is_some_and(|inside| inside.proof.is_some());
            has_draw.then(|| acts.with_reason("void", t::void_and_again(lang), t::void_why(lang)))
        }
        PlanStep::Frozen
        | PlanStep::Drawn
        | PlanStep::Drafted
        | PlanStep::Sent
        | PlanStep::Published
        | PlanStep::Cancelled => None,
    };
    let withdraw = match plan.step {
        PlanStep::Drafted | PlanStep::Frozen | PlanStep::Drawn if plan.may_withdraw => {
            Some(acts.with_reason("cancel", t::cancel(lang), t::cancel_why(lang)))
        }
        PlanStep::Sent if plan.may_withdraw => {
            Some(acts.with_reason("cancel", t::withdraw(lang), t::cancel_why(lang)))
        }
        PlanStep::Drafted
        | PlanStep::Frozen
        | PlanStep::Drawn
        | PlanStep::Sent
        | PlanStep::Published
        | PlanStep::Cancelled => None,
    };
    let explain = inside.filter(|_| plan.may_withdraw).and_then(|inside| acts.explain(inside, file.at));
    let later = inside.filter(|_| plan.may_reschedule && plan.step == PlanStep::Sent);
    let reschedule = later.and_then(|inside| acts.reschedule(inside, file.at));
    view! {
        {explain}
        {reschedule}
        {main}
        {void}
        {withdraw}
    }
    .into_any()
}

struct Acts<'a> {
    lang: Lang,
    plan: &'a PlanFile,
    change: Sending,
}

impl Acts<'_> {
    fn fields(&self, form: &'static str) -> Fields {
        Fields { lang: self.lang, form, group: "form", fault: self.change.fault() }
    }

    /// A form that does this one thing.
    fn form(&self, does: &'static str, button: String, class: &'static str, inside: AnyView) -> AnyView {
        let pending = self.change.pending();
        let shown = self.fields(does);
        let hidden = [shown.hidden("id", self.plan.id.to_string()), shown.hidden("does", does)];
        let to = self.change;
        view! {
            <SentForm to attr:class="form">
                {hidden.into_iter().collect_view()}
                {inside}
                <button class=class aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                    {button}
                </button>
            </SentForm>
        }
        .into_any()
    }

    /// What is done seldom folds away, and asks why.
    fn with_reason(&self, does: &'static str, name: &'static str, why: &'static str) -> AnyView {
        let shown = self.fields(does);
        let field = shown.area(Field::new("reason", why, ""));
        let form = self.form(does, name.to_owned(), "button button--quiet", field);
        view! {
            <details class="disclosure side-panel__block">
                <summary class="disclosure__summary">{name}</summary>
                {form}
            </details>
        }
        .into_any()
    }

    fn send(&self, inside: &PlanInside) -> AnyView {
        let people: BTreeSet<_> =
            inside.sites.iter().flat_map(|site| site.planned.team.iter().map(|person| person.id)).collect();
        let hint = view! { <p class="field__hint">{t::send_hint(self.lang)}</p> }.into_any();
        self.form("send", t::send_to(self.lang, people.len()), "button", hint)
    }

    fn publish(&self) -> AnyView {
        let left = self.plan.progress.under_way;
        if left > 0 {
            return view! { <p class="u-small">{t::still_under_way(self.lang, left)}</p> }.into_any();
        }
        let hint = view! { <p class="field__hint">{t::publish_hint(self.lang)}</p> }.into_any();
        self.form("publish", t::publish_now(self.lang).to_owned(), "button", hint)
    }

    /// The seed, as its source has it.
    fn draw(&self) -> AnyView {
        let lang = self.lang;
        let shown = self.fields("draw");
        let reveals =
            Field::new("reveals", t::reveals(lang), "").hint(t::reveals_hint(lang)).longest(OF_REVEALS);
        let words =
            Field::new("words", t::seed_words(lang), "").hint(t::seed_words_hint(lang)).longest(DRAW_LINE);
        let source = self.plan.announced.iter().find(|draw| draw.void_at.is_none()).map(|draw| &draw.source);
        let fields = match source {
            Some(SeedSource::Commitments { .. }) => view! {
                {shown.hidden("source", "people")}
                {shown.area(reveals)}
            }
            .into_any(),
            Some(SeedSource::Public { due, .. }) => view! {
                {shown.hidden("source", "public")}
                <p class="field__hint">{t::waits_for_seed(lang, time::long(*due))}</p>
                {shown.text(words)}
            }
            .into_any(),
            None => ().into_any(),
        };
        self.form("draw", t::draw_now(lang).to_owned(), "button", fields)
    }

    /// Which of the missed checks; nothing where none was missed.
    fn missed(&self, shown: Fields, inside: &PlanInside, now: DateTime<Utc>) -> Option<AnyView> {
        let missed = inside.sites.iter().filter_map(|site| {
            let check = site.check.as_ref().filter(|check| check.is_missed(now))?;
            Some((check.id.to_string(), format!("{} · {}", check.number, site.planned.name)))
        });
        let missed: Vec<_> = missed.collect();
        if missed.is_empty() {
            return None;
        }
        let view = view! {
            <div class="field">
                <label for=shown.id("check")>{t::words_of(self.lang)}</label>
                <select class="input input--select" id=shown.id("check") name=shown.name("check")>
                    <Options options=missed chosen="" />
                </select>
            </div>
        };
        Some(view.into_any())
    }

    /// 改期: when a check that was missed is made up for.
    fn reschedule(&self, inside: &PlanInside, now: DateTime<Utc>) -> Option<AnyView> {
        let lang = self.lang;
        let shown = self.fields("reschedule");
        let missed = self.missed(shown, inside, now)?;
        let today = time::office_day(now);
        let tomorrow = today.succ_opt().unwrap_or(today).to_string();
        let opens = time::hour_and_minute(&time::office_time(self.plan.outline.opens_at));
        let fields = view! {
            <p class="field__hint">{t::reschedule_hint(lang)}</p>
            {missed}
            {shown.input("date", Field::new("opens_day", t::opens_day(lang), tomorrow.clone()))}
            {shown.input("time", Field::new("opens_hour", t::opens_hour(lang), opens))}
            {shown.input("date", Field::new("until", t::until(lang), tomorrow))}
            {shown.area(Field::new("reason", t::reschedule_why(lang), ""))}
        };
        let name = t::reschedule(lang);
        let form = self.form("reschedule", name.to_owned(), "button button--quiet", fields.into_any());
        let view = view! {
            <details class="disclosure side-panel__block">
                <summary class="disclosure__summary">{name}</summary>
                {form}
            </details>
        };
        Some(view.into_any())
    }

    /// Why a check was not carried out; nothing where none was missed.
    fn explain(&self, inside: &PlanInside, now: DateTime<Utc>) -> Option<AnyView> {
        let lang = self.lang;
        let shown = self.fields("explain");
        let missed = self.missed(shown, inside, now)?;
        let fields = view! {
            {missed}
            {shown.area(Field::new("reason", t::explain(lang), ""))}
        };
        let form =
            self.form("explain", t::explain_save(lang).to_owned(), "button button--quiet", fields.into_any());
        let view = view! {
            <div class="side-panel__block">
                <h3>{t::explain(lang)}</h3>
                {form}
            </div>
        };
        Some(view.into_any())
    }

    /// Somebody goes in another's place, where somebody is still to go.
    fn exchange(&self, inside: &PlanInside) -> Option<AnyView> {
        let lang = self.lang;
        let shown = self.fields("exchange");
        let goes =
            |site: &&PlanSite| site.check.as_ref().is_none_or(|check| check.state == SpotCheckState::Sent);
        let leaving = inside.sites.iter().filter(goes).flat_map(|site| {
            let planned = &site.planned;
            planned.team.iter().map(move |person| {
                (format!("{} {}", planned.site, person.id), format!("{} · {}", planned.name, person.name))
            })
        });
        let leaving: Vec<_> = leaving.collect();
        if leaving.is_empty() {
            return None;
        }
        let coming: Vec<_> = inside
            .candidates
            .iter()
            .map(|person| {
                let place = person.communities.join(office::between_choices(lang));
                let place = if place.is_empty() { person.role.name().get(lang).to_owned() } else { place };
                (person.id.to_string(), format!("{} · {place}", person.name))
            })
            .collect();
        let fields = view! {
            <div class="field">
                <label for=shown.id("leaves")>{t::exchange_out(lang)}</label>
                <select class="input input--select" id=shown.id("leaves") name=shown.name("leaves")>
                    <Options options=leaving chosen="" />
                </select>
            </div>
            <div class="field">
                <label for=shown.id("instead")>{t::exchange_in(lang)}</label>
                <select class="input input--select" id=shown.id("instead") name=shown.name("instead")>
                    <Options options=coming chosen="" />
                </select>
            </div>
            {shown.area(Field::new("reason", t::exchange_why(lang), ""))}
        };
        let form =
            self.form("exchange", t::exchange(lang).to_owned(), "button button--quiet", fields.into_any());
        let view = view! {
            <details class="disclosure side-panel__block">
                <summary class="disclosure__summary">{t::exchange(lang)}</summary>
                {form}
            </details>
        };
        Some(view.into_any())
    }
}
