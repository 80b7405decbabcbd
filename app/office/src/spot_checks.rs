//! 抽查: plans of spot checks, those with something to be done first. Rows name no site; a plan's own page does, for whoever may know.

pub mod address;
pub mod choose;
pub mod digest;
pub mod edit;
pub mod plan;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, spot_checks as t, use_lang},
    list::{self, Control, DeskList, one_of},
    lists::{CellContext, spot_checks::SpotChecks},
    nothing::nothing_fits,
    server_fns::{frame::Frame, spot_checks::LoadSpotChecks},
};
use address::{CHECKS, plan_address};
use domain::{
    role::Action,
    spot_check::{ChecksStand, SpotCheckFilter, SpotCheckKind, SpotCheckPage, SpotCheckRow, plan::PlanStep},
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn SpotChecksPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<SpotChecks>();
    let asked = Asked::new(move || ask(LoadSpotChecks { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=t::checks(lang)
            finds_in=CHECKS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <Suspense>
                {move || Suspend::new(async move {
                    let may = desk.frame.await.is_ok_and(|frame| frame.me.may_do(Action::PlanSpotChecks));
                    may.then(|| {
                        view! {
                            <a class="chip" href=format!("{CHECKS}/new")>
                                {t::new_plan(lang)}
                            </a>
                        }
                    })
                })}
            </Suspense>
        </PageHeader>
        {list::filters::<SpotChecks>(asked, filter)}
        {list::rows::<SpotChecks>(asked, filter, list::table::<SpotChecks>)}
    }
}

impl DeskList for SpotChecks {
    fn controls(lang: Lang, _: &Frame, filter: &SpotCheckFilter) -> Vec<Control<SpotCheckFilter>> {
        let stands = ChecksStand::ALL.map(|stand| {
            let on = filter.checks == Some(stand);
            let words = match stand {
                ChecksStand::Missed => t::only_missed(lang),
            };
            let to = SpotCheckFilter { checks: (!on).then_some(stand), ..filter.clone() };
            Control::Chip { words: words.to_owned(), to, on }
        });
        let kinds = Control::choice(
            "kind",
            t::kind(lang),
            one_of(SpotCheckKind::ALL, |kind| kind.name().get(lang).to_owned()),
            filter.kind.as_ref(),
        );
        let steps = Control::choice(
            "step",
            t::step(lang),
            one_of(PlanStep::ALL, |step| step.name().get(lang).to_owned()),
            filter.step.as_ref(),
        );
        stands.into_iter().chain([kinds, steps]).collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &SpotCheckFilter,
        _: Option<&SpotCheckRow>,
    ) -> Vec<(String, SpotCheckFilter)> {
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, SpotCheckFilter { query: String::new(), ..filter.clone() })
        });
        query.into_iter().collect()
    }

    fn count(lang: Lang, page: &SpotCheckPage) -> String {
        t::count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::none(lang), CHECKS)
    }

    fn cell(key: &'static str, row: &SpotCheckRow, around: &CellContext) -> Option<AnyView> {
        match key {
            "title" => {
                let href = plan_address(row.id);
                Some(view! { <a class="cell__link" href=href>{row.title.clone()}</a> }.into_any())
            }
            "state" => Some(step_badge(around.lang, row.step)),
            "missed" if row.checks.missed > 0 => {
                let words = row.checks.missed.to_string();
                Some(view! { <span class="badge badge--act">{words}</span> }.into_any())
            }
            _ => None,
        }
    }
}

/// How far a plan has come; what waits for somebody of the desk stands out.
pub(crate) fn step_badge(lang: Lang, step: PlanStep) -> AnyView {
    let class = match step {
        PlanStep::Drafted | PlanStep::Frozen | PlanStep::Drawn => "badge badge--act",
        PlanStep::Sent | PlanStep::Published | PlanStep::Cancelled => "badge",
    };
    let words = step.name().get(lang).to_owned();
    view! { <span class=class>{words}</span> }.into_any()
}
