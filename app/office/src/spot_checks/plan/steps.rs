//! The steps of a plan, one beside the other: what is done, what comes next, what is still far.

use crate::i18n::spot_checks as t;
use domain::{
    draw::SeedSource,
    spot_check::{
        file::PlanFile,
        plan::{PlanStep, SiteChoice},
    },
    text::Lang,
    time,
};
use leptos::prelude::*;

struct Step {
    name: &'static str,
    /// When or how much.
    words: String,
    done: bool,
}

pub(super) fn steps(lang: Lang, plan: &PlanFile) -> AnyView {
    let all = of(lang, plan);
    let next = if plan.step == PlanStep::Cancelled { None } else { all.iter().position(|step| !step.done) };
    let steps = all.into_iter().enumerate().map(|(position, Step { name, words, done })| {
        let is_next = next == Some(position);
        let state = match (done, is_next) {
            (true, _) => t::is_done(lang),
            (false, true) => t::is_next(lang),
            (false, false) => "",
        };
        view! {
            <li class="plan-steps__step" class:plan-steps__step--done=done aria-current=is_next.then_some("step")>
                <b class="plan-steps__name">{name}</b>
                <span class="u-visually-hidden">{state}</span>
                <span class="plan-steps__words">{words}</span>
            </li>
        }
    });
    view! {
        <ol class="plan-steps" aria-label=t::steps(lang)>
            {steps.collect_view()}
        </ol>
    }
    .into_any()
}

fn of(lang: Lang, plan: &PlanFile) -> Vec<Step> {
    let inside = plan.inside.as_ref();
    let proof = inside.and_then(|inside| inside.proof.as_ref());
    let chosen = inside.map_or(0, |inside| inside.sites.len());
    let announced = plan.announced.iter().find(|draw| draw.void_at.is_none());
    let is_drawn = matches!(plan.step, PlanStep::Drawn | PlanStep::Sent | PlanStep::Published);
    let is_sent = plan.sent_at.is_some();
    let scope = Step {
        name: t::scope(lang),
        words: match proof {
            Some(proof) => t::figures_of_list(lang, proof.sites, proof.people),
            None if chosen > 0 => t::figures_of_plan(lang, chosen),
            None => String::new(),
        },
        done: announced.is_some() || chosen > 0 || is_sent,
    };
    let send = Step {
        name: t::send(lang),
        words: match plan.sent_at {
            Some(at) => t::sent_at(lang, time::short(at)),
            None => t::opens(lang, time::short(plan.outline.opens_at)),
        },
        done: is_sent,
    };
    let by_hand = inside.and_then(|inside| inside.choice.as_ref());
    let is_drawing = match by_hand {
        Some(SiteChoice::ByHand | SiteChoice::ByRule(_)) => false,
        Some(SiteChoice::ByDraw) => true,
        // Not chosen yet, or not for this reader to know.
        None => announced.is_some() || !is_sent,
    };
    if !is_drawing {
        return vec![scope, send];
    }
    let due = announced.map(|draw| match &draw.source {
        SeedSource::Public { due, .. } => t::seed_due(lang, time::short(*due)),
        SeedSource::Commitments { .. } => String::new(),
    });
    let seed = proof.and_then(|proof| proof.seed.as_ref());
    let seal_list = Step {
        name: t::seal_list(lang),
        words: announced
            .map(|draw| t::fingerprint_published(lang, time::short(draw.announced_at)))
            .unwrap_or_default(),
        done: announced.is_some(),
    };
    let take_seed = Step {
        name: t::take_seed(lang),
        words: match seed {
            Some((_, at)) => t::seed_known(lang, time::short(*at)),
            None => due.unwrap_or_default(),
        },
        done: is_drawn,
    };
    let draw = Step {
        name: t::draw(lang),
        words: match seed {
            Some((_, at)) => t::drawn_at(lang, chosen, time::short(*at)),
            None => String::new(),
        },
        done: is_drawn,
    };
    let publish = Step {
        name: t::publish(lang),
        words: match plan.published_at {
            Some(at) => t::published_at(lang, time::short(at)),
            None => t::after_all(lang).to_owned(),
        },
        done: plan.published_at.is_some(),
    };
    vec![scope, seal_list, take_seed, draw, send, publish]
}
