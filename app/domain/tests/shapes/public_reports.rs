//! Reports by the public, and the numbers that were left: they stay in databases for years.

use crate::{
    stays,
    values::{at, id, location, photo},
};
use domain::{
    fen::Fen,
    public_report::{
        PublicReport, ReportEvent, ReportPlace, ReportQuestion, ReportRecord, ReportReply, ReportState,
        Reward, RewardSum, SealedContact, SealedShare, Signed, Suspicion,
    },
};

fn states() -> Vec<ReportState> {
    every!(ReportState {
        ReportState::Quarantined => [ReportState::Quarantined],
        ReportState::Received => [ReportState::Received],
        ReportState::Confirmed => [ReportState::Confirmed],
        ReportState::Joined(_) => [ReportState::Joined(id(0x31))],
        ReportState::Hazard(_) => [ReportState::Hazard(id(0x32))],
        ReportState::NothingFound => [ReportState::NothingFound],
        ReportState::Discarded => [ReportState::Discarded],
    })
}

fn sum() -> RewardSum {
    RewardSum { name: "一般隐患".into(), sum: Fen::of_yuan(200) }
}

fn events() -> Vec<ReportEvent> {
    every!(ReportEvent {
        ReportEvent::Released => [ReportEvent::Released],
        ReportEvent::Discarded { .. } => [ReportEvent::Discarded { reason: "广告".into() }],
        ReportEvent::Confirmed { .. } => [ReportEvent::Confirmed { note: "去看过".into() }],
        ReportEvent::NothingFound { .. } => [ReportEvent::NothingFound { reason: "没有".into() }],
        ReportEvent::Joined { .. } => [ReportEvent::Joined { hazard: id(0x31) }],
        ReportEvent::BecameHazard { .. } => [ReportEvent::BecameHazard { hazard: id(0x32) }],
        ReportEvent::Answered { .. } => [ReportEvent::Answered { words: "谢谢".into() }],
        ReportEvent::Asked { .. } => [ReportEvent::Asked { words: "几点开始摆？".into() }],
        ReportEvent::RewardProposed { .. } => [ReportEvent::RewardProposed { sum: sum() }],
        ReportEvent::RewardApproved => [ReportEvent::RewardApproved],
        ReportEvent::RewardPaid => [ReportEvent::RewardPaid],
    })
}

fn report(state: ReportState) -> PublicReport {
    let signed = |n| Signed { by: id(n), at: at() };
    let record = |event| ReportRecord { id: id(0x41), at: at(), by: id(0x11), name: "吴悦".into(), event };
    PublicReport {
        id: id(0x51),
        number: "JB-2026-000012".into(),
        what: "占着消防通道摆摊".into(),
        place: ReportPlace {
            location: Some(location()),
            words: "北门".into(),
            site: Some(id(4)),
            site_name: "惠民市场".into(),
            grid: Some(id(3)),
        },
        photos: vec![photo(1)],
        received_at: at(),
        state,
        suspicion: Some(Suspicion::ManyFromThere),
        taken_for: Some(id(0x31)),
        answer: "谢谢".into(),
        question: Some(ReportQuestion {
            words: "几点开始摆？".into(),
            asked_at: at(),
            reply: Some(ReportReply { words: "晚上六点".into(), at: at() }),
        }),
        reward: Some(Reward {
            sum: sum(),
            proposed: signed(0x11),
            approved: Some(signed(0x12)),
            paid: Some(signed(0x11)),
        }),
        events: events().into_iter().map(record).collect(),
    }
}

#[test]
fn reports_in_each_state() {
    let mut reports: Vec<_> = states().into_iter().map(report).collect();
    reports.push(PublicReport {
        place: ReportPlace::default(),
        photos: vec![],
        suspicion: Some(Suspicion::NothingToGoBy),
        taken_for: None,
        answer: String::new(),
        question: Some(ReportQuestion { words: "几点？".into(), asked_at: at(), reply: None }),
        reward: Some(Reward {
            sum: sum(),
            proposed: Signed { by: id(0x11), at: at() },
            approved: None,
            paid: None,
        }),
        events: vec![],
        ..report(ReportState::Received)
    });
    reports.push(PublicReport {
        suspicion: None,
        question: None,
        reward: None,
        events: vec![],
        ..report(ReportState::Received)
    });
    stays("public_reports", &reports);
}

#[test]
fn numbers_that_were_left() {
    let share = |n| SealedShare { to: id(n), public: "0a".into(), sealed: "0b".into() };
    stays("sealed_contacts", &[SealedContact { shares: [share(0x11), share(0x12)], sealed: "0c".into() }]);
}
