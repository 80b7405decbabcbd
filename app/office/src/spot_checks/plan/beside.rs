//! Beside the sites: whether the draw holds, what it came from, how anybody checks it, and who sees what before it opens.

use super::sites::names;
use crate::{
    i18n::{draws, spot_checks as t},
    server_fns::AsOf,
    spot_checks::{
        address::{draw_file_address, public_address},
        digest::short_digest,
    },
};
use domain::{
    spot_check::{
        file::{DrawProof, PlanFile, PublishedVoid},
        plan::{PlanStep, PlannedPerson},
    },
    text::Lang,
    time,
};
use leptos::prelude::*;

pub(super) fn beside(lang: Lang, file: &AsOf<PlanFile>) -> AnyView {
    let plan = &file.value;
    let inside = plan.inside.as_ref();
    let proof = inside.and_then(|inside| inside.proof.as_ref());
    let void = inside.map(|inside| inside.void.as_slice()).unwrap_or_default();
    let is_to_open = plan.outline.opens_at > file.at && plan.step != PlanStep::Cancelled;
    view! {
        {proof.map(|proof| whether_it_holds(lang, file, proof))}
        {proof.map(|proof| anybody(lang, plan, proof))}
        {(!void.is_empty()).then(|| void_draws(lang, void))}
        {is_to_open.then(|| who_sees(lang, plan))}
    }
    .into_any()
}

fn whether_it_holds(lang: Lang, file: &AsOf<PlanFile>, proof: &DrawProof) -> AnyView {
    let (title, words) = if !proof.faults.is_empty() {
        (t::checked_wrong(lang), proof.faults.join(" "))
    } else if proof.result.is_some() {
        (t::can_be_checked(lang), t::checked_now(lang, time::short(file.at)))
    } else {
        (t::not_drawn_yet(lang), String::new())
    };
    let class = if proof.faults.is_empty() { "notice" } else { "notice notice--refused" };
    let seed = proof.seed.as_ref().map(|(words, at)| {
        let hours = (*at - proof.announced_at).num_hours();
        view! {
            <dt>{t::proof_seed(lang)}</dt>
            <dd>
                {draws::seed_source(lang, &proof.source)} <div class="u-code">{words.clone()}</div>
            </dd>
            <dt>{t::proof_order(lang)}</dt>
            <dd>{t::proof_order_is(lang, hours)}</dd>
        }
    });
    let source = proof.seed.is_none().then(|| {
        view! {
            <dt>{t::proof_seed(lang)}</dt>
            <dd>{draws::seed_source(lang, &proof.source)}</dd>
        }
    });
    let result = proof.result.as_ref().map(|digest| {
        view! {
            <dt>{t::proof_result(lang)}</dt>
            <dd class="u-code" title=digest.to_string()>
                {short_digest(digest)}
            </dd>
        }
    });
    view! {
        <div class=class>
            <p>
                <b>{title}</b>
            </p>
            <p class="u-small">{words}</p>
        </div>
        <dl class="fact-list">
            <dt>{t::proof_list(lang)}</dt>
            <dd>
                {t::proof_list_is(lang, proof.sites, proof.people)}
                <div class="u-code" title=proof.fingerprint.to_string()>
                    {short_digest(&proof.fingerprint)}
                </div>
            </dd>
            {seed}
            {source}
            <dt>{t::proof_weight(lang)}</dt>
            <dd>{t::proof_weight_is(lang)}</dd>
            {result}
        </dl>
    }
    .into_any()
}

/// The command line and the file.
fn anybody(lang: Lang, plan: &PlanFile, proof: &DrawProof) -> AnyView {
    let day = time::office_day(proof.announced_at);
    let command = format!("xunan draw check draw-{day}.json");
    let file = proof.result.is_some().then(|| {
        view! {
            <a class="link" href=draw_file_address(plan.id) download=format!("draw-{day}.json") rel="external">
                {t::download(lang)}
            </a>
        }
    });
    view! {
        <div class="side-panel__block">
            <h3>{t::anybody_checks(lang)}</h3>
            <p class="u-small">{t::anybody_checks_note(lang)}</p>
            <p class="u-code">{command}</p>
            <div class="link-row">
                {file}
                <a class="link" href=public_address(plan.id) rel="external">
                    {t::open_page(lang)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn void_draws(lang: Lang, void: &[PublishedVoid]) -> AnyView {
    let lines = void.iter().map(|one| {
        let words = t::void_line(lang, time::short(one.at), &one.by, &one.reason);
        view! { <p class="u-small">{words}</p> }
    });
    view! {
        <div class="side-panel__block">
            <h3>{t::void_times(lang, void.len())}</h3>
            <p class="u-small">{t::void_kept(lang)}</p>
            {lines.collect_view()}
        </div>
    }
    .into_any()
}

fn who_sees(lang: Lang, plan: &PlanFile) -> AnyView {
    let mut people = plan.makers.clone();
    if people.iter().all(|maker| maker.id != plan.outline.leader) {
        people.push(PlannedPerson { id: plan.outline.leader, name: plan.leader_name.clone() });
    }
    let words = t::who_sees_is(lang, &names(lang, &people), &plan.leader_name);
    view! {
        <div class="side-panel__block">
            <h3>{t::who_sees(lang)}</h3>
            <p class="u-small">{words}</p>
        </div>
    }
    .into_any()
}
