//! Plans of spot checks, what happened to them, and the checks that were sent: they stay in databases for years.

use crate::{
    draws, stays,
    values::{at, day, id},
};
use domain::{
    risk::RiskLevel,
    spot_check::{
        RuleReason, SpotCheck, SpotCheckKind, SpotCheckRule, SpotCheckState,
        plan::{
            Exchange, Explanation, PlanEventRecord, PlanOutline, PlanStep, PlannedPerson, PlannedSite,
            Rescheduled, SiteChoice, SpotCheckPlan, SpotCheckPlanEvent,
        },
    },
    visit::VisitNature,
};

fn kinds() -> Vec<SpotCheckKind> {
    words!(SpotCheckKind { Surprise, Random, Joint, Cross, Leader })
}

fn by() -> PlannedPerson {
    PlannedPerson { id: id(0x11), name: "吴悦".into() }
}

fn rule() -> SpotCheckRule {
    SpotCheckRule {
        kind: Some("charging-shed".into()),
        risk: Some(RiskLevel::Considerable),
        unvisited_days: Some(90),
        open_hazards: Some(1),
        hazards: Some(2),
        reports: Some(1),
        within_days: Some(60),
    }
}

fn reasons() -> Vec<RuleReason> {
    every!(RuleReason {
        RuleReason::Kind(_) => [RuleReason::Kind("charging-shed".into())],
        RuleReason::Risk(_) => [RuleReason::Risk(RiskLevel::Major)],
        RuleReason::NeverVisited => [RuleReason::NeverVisited],
        RuleReason::Unvisited { .. } => [RuleReason::Unvisited { days: 91 }],
        RuleReason::OpenHazards(_) => [RuleReason::OpenHazards(2)],
        RuleReason::Hazards { .. } => [RuleReason::Hazards { number: 3, within_days: 60 }],
        RuleReason::Reports { .. } => [RuleReason::Reports { number: 2, within_days: 60 }],
    })
}

fn choices() -> Vec<SiteChoice> {
    every!(SiteChoice {
        SiteChoice::ByHand => [SiteChoice::ByHand],
        SiteChoice::ByRule(_) => [SiteChoice::ByRule(rule()), SiteChoice::ByRule(SpotCheckRule::default())],
        SiteChoice::ByDraw => [SiteChoice::ByDraw],
    })
}

fn outline() -> PlanOutline {
    PlanOutline {
        title: "冬季夜查".into(),
        kind: SpotCheckKind::Joint,
        nature: VisitNature::AdministrativeInspection,
        forms: vec!["fire-access".into()],
        matter: "XF-01".into(),
        basis: "年度抽查计划".into(),
        leader: id(0x12),
        opens_at: at(),
        until: day(),
        team_size: 2,
        departments: vec![id(4)],
        meet: "街道办门口 9:00".into(),
        bring: "执法记录仪".into(),
        note: "从后门进".into(),
    }
}

fn planned() -> PlannedSite {
    PlannedSite {
        site: id(5),
        name: "锦绣小区充电棚".into(),
        team: vec![by()],
        reasons: reasons(),
        weight: Some(12),
    }
}

fn exchange() -> Exchange {
    let instead = PlannedPerson { id: id(0x12), name: "李敏".into() };
    Exchange { site: id(5), out: by(), instead, reason: "亲属在店".into() }
}

fn rescheduled() -> Rescheduled {
    Rescheduled { check: id(0x72), opens_at: at(), until: day(), reason: "道路封闭".into() }
}

fn events() -> Vec<SpotCheckPlanEvent> {
    let draw = draws::whole();
    let bare = PlanOutline { matter: String::new(), departments: vec![], ..outline() };
    let (seed, result, void) =
        (draw.seed.clone().unwrap(), draw.result.clone().unwrap(), draw.void.clone().unwrap());
    every!(SpotCheckPlanEvent {
        SpotCheckPlanEvent::Outlined { .. } => [
            SpotCheckPlanEvent::Outlined { outline: Box::new(outline()) },
            SpotCheckPlanEvent::Outlined { outline: Box::new(bare) },
        ],
        SpotCheckPlanEvent::SitesChosen { .. } => [SpotCheckPlanEvent::SitesChosen {
            choice: SiteChoice::ByRule(rule()),
            sites: vec![planned(), PlannedSite { reasons: vec![], weight: None, ..planned() }],
        }],
        SpotCheckPlanEvent::Frozen { .. } => [SpotCheckPlanEvent::Frozen { draw: Box::new(draws::whole()) }],
        SpotCheckPlanEvent::Drawn { .. } => [SpotCheckPlanEvent::Drawn {
            seed: Box::new(seed),
            result,
            sites: vec![planned()],
        }],
        SpotCheckPlanEvent::Voided { .. } => [SpotCheckPlanEvent::Voided { void }],
        SpotCheckPlanEvent::Exchanged(_) => [SpotCheckPlanEvent::Exchanged(exchange())],
        SpotCheckPlanEvent::HandedOver { .. } => [
            SpotCheckPlanEvent::HandedOver { exchanges: vec![exchange()] },
        ],
        SpotCheckPlanEvent::LeadHandedOver { .. } => [SpotCheckPlanEvent::LeadHandedOver { leader: by() }],
        SpotCheckPlanEvent::Sent { .. } => [SpotCheckPlanEvent::Sent { checks: vec![id(0x72)] }],
        SpotCheckPlanEvent::Explained { .. } => [
            SpotCheckPlanEvent::Explained { check: id(0x72), words: "道路封闭".into() },
        ],
        SpotCheckPlanEvent::Rescheduled(_) => [SpotCheckPlanEvent::Rescheduled(rescheduled())],
        SpotCheckPlanEvent::Published => [SpotCheckPlanEvent::Published],
        SpotCheckPlanEvent::Cancelled { .. } => [SpotCheckPlanEvent::Cancelled { reason: "改期".into() }],
    })
}

fn plans() -> Vec<SpotCheckPlan> {
    let drafted = SpotCheckPlan::drafted(id(0x73), outline(), by(), at());
    let whole = SpotCheckPlan {
        choice: Some(SiteChoice::ByDraw),
        sites: vec![planned()],
        draw: Some(draws::whole()),
        void: vec![draws::whole()],
        exchanges: vec![exchange()],
        checks: vec![id(0x72)],
        explanations: vec![Explanation {
            check: id(0x72),
            words: "道路封闭".into(),
            by: "吴悦".into(),
            at: at(),
        }],
        rescheduled: vec![rescheduled()],
        step: PlanStep::Published,
        sent_at: Some(at()),
        published_at: Some(at()),
        ..drafted.clone()
    };
    let cancelled = SpotCheckPlan { step: PlanStep::Cancelled, cancelled_at: Some(at()), ..drafted.clone() };
    vec![drafted, whole, cancelled]
}

fn states() -> Vec<SpotCheckState> {
    every!(SpotCheckState {
        SpotCheckState::Sent => [SpotCheckState::Sent],
        SpotCheckState::Done { .. } => [SpotCheckState::Done { visit: id(0x21), at: at() }],
        SpotCheckState::Withdrawn { .. } => [
            SpotCheckState::Withdrawn { at: at(), reason: "改期".into() },
        ],
    })
}

fn checks() -> Vec<SpotCheck> {
    let check = |state| SpotCheck {
        id: id(0x72),
        plan: id(0x73),
        number: "CC-2026-0046".into(),
        kind: SpotCheckKind::Joint,
        site: id(5),
        team: vec![id(0x11), id(0x12)],
        leader: id(0x12),
        departments: vec![id(4)],
        forms: vec!["fire-access".into()],
        nature: VisitNature::AdministrativeInspection,
        opens_at: at(),
        until: day(),
        meet: "街道办门口 9:00".into(),
        bring: "执法记录仪".into(),
        note: "从后门进".into(),
        state,
    };
    states().into_iter().map(check).collect()
}

#[test]
fn of_spot_checks() {
    stays("spot_check_kinds", &kinds());
    stays("plan_steps", &words!(PlanStep { Drafted, Frozen, Drawn, Sent, Published, Cancelled }));
    stays("site_choices", &choices());
    let records = events().into_iter().map(|event| PlanEventRecord { at: at(), by: by(), event });
    stays("plan_events", &records.collect::<Vec<_>>());
    stays("plans_of_spot_checks", &plans());
    stays("spot_checks", &checks());
}
