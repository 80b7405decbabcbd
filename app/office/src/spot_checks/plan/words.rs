//! 口令: the words that open a sealed check without signal, for its leader and its makers, one check at a time.

use crate::{
    components::{fault::PageErrorNotice, options::Options},
    error::AppError,
    i18n::spot_checks as t,
    server_fns::{frame::Frame, spot_checks::spoken_words},
};
use domain::{
    id::SpotCheckId,
    role::Action,
    spot_check::{SpotCheckState, file::PlanFile},
    text::Lang,
};
use leptos::{html, prelude::*, task::spawn_local};

/// What was told last. Made where the page begins, as the page is drawn anew.
#[derive(Clone, Copy, Default)]
pub(super) struct Told(RwSignal<Option<Result<Vec<String>, AppError>>>);

impl Told {
    fn ask(self, check: SpotCheckId) {
        self.0.set(None);
        spawn_local(async move {
            let answer = spoken_words(check).await;
            // The page may be gone by now: then nobody is to be told.
            self.0.try_set(Some(answer));
        });
    }
}

/// Nothing for whoever may not say them, and where nothing is sealed.
pub(super) fn words(lang: Lang, frame: &Frame, plan: &PlanFile, told: Told) -> Option<AnyView> {
    let me = frame.me.person;
    let leads = frame.me.may_do(Action::LeadSpotChecks) && plan.outline.leader == me;
    let plans = frame.me.may_do(Action::PlanSpotChecks) && plan.makers.iter().any(|maker| maker.id == me);
    let may = leads || plans;
    let sites = plan.inside.as_ref().filter(|_| may)?.sites.iter();
    let sent = sites.filter_map(|site| {
        let check = site.check.as_ref().filter(|check| check.state == SpotCheckState::Sent)?;
        Some((check.id.to_string(), format!("{} · {}", check.number, site.planned.name)))
    });
    let sent: Vec<_> = sent.collect();
    if sent.is_empty() {
        return None;
    }
    let chosen = NodeRef::<html::Select>::new();
    let show = move |_| {
        let check = chosen.get_untracked().and_then(|select| select.value().parse().ok());
        if let Some(check) = check {
            told.ask(check);
        }
    };
    let view = view! {
        <div class="side-panel__block">
            <h3>{t::words(lang)}</h3>
            <p class="u-small">{t::words_hint(lang)}</p>
            <div class="field">
                <label for="words-of">{t::words_of(lang)}</label>
                <select class="input input--select" id="words-of" node_ref=chosen>
                    <Options options=sent chosen="" />
                </select>
            </div>
            <button class="button button--quiet" type="button" on:click=show>
                {t::show_words(lang)}
            </button>
            {move || {
                told.0
                    .get()
                    .map(|answer| match answer {
                        Ok(words) => {
                            view! {
                                <p role="status">
                                    <b>{words.join(" ")}</b>
                                </p>
                            }
                                .into_any()
                        }
                        Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                    })
            }}
        </div>
    };
    Some(view.into_any())
}
