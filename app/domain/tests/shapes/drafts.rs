//! What is begun on the phone and not finished.

use crate::{
    forms::{forms, kept_answers},
    stays,
    values::{at_the_phone, attributes, bare_site, day, id, last_answers, location, photo, site},
    work::{bare_hazard, hazard_with_log},
};
use domain::{
    device::{
        action_draft::{self, ActionDraft, BegunAction},
        bundle::Copies,
    },
    form::{AnswerKey, ResponsibleKind},
    id::{FormId, QuestionId, SiteKind},
    ink::Strokes,
    quick_report::QuickReport,
    severity::Severity,
    visit::{
        Draft, DraftForm, Finding, KeptFinding, Pad, Participant, Position, RefusalReason, SignOffDraft,
        SignOffWay, SiteSeen, VisitNature, VisitOutcome, WitnessDraft,
    },
};

/// With every kind of answer, a finding, and words that are no answer yet.
pub fn draft() -> Draft {
    let finding = Finding {
        hazard: id(0x31),
        level: Severity::Major,
        what: "消防通道堆放杂物".into(),
        basis: "附件 4".into(),
        due: day(),
        responsible: "锦绣物业 张经理".into(),
        responsible_kind: ResponsibleKind::Authority,
        authority: "消防救援大队".into(),
        photos: vec![photo(1)],
        fixed: true,
        after: vec![photo(2)],
        after_note: "已清走".into(),
    };
    Draft {
        id: id(0x21),
        site: id(5),
        site_seen: SiteSeen {
            kinds: vec![SiteKind::from("charging-shed")],
            attributes: attributes(),
            last: last_answers(),
        },
        nature: VisitNature::Patrol,
        administrative: None,
        inspector: id(0x11),
        participants: Participant::typed("王专家"),
        outcome: VisitOutcome::Done,
        started_at: at_the_phone(),
        order: Some(id(0x71)),
        location: Some(location()),
        forms: vec![DraftForm {
            form: FormId::from("shed"),
            version: 3,
            answers: kept_answers(),
            only: vec![QuestionId::from("clear")],
            findings: vec![KeptFinding {
                question: AnswerKey::of("clear").at(&[2]),
                number: 1,
                proposed: Severity::Major,
                finding,
            }],
        }],
        position: Position { form: 0, question: Some(AnswerKey::of("q-3")) },
        note: "负责人在场".into(),
        photos: vec![photo(4)],
        sign_off: sign_off_draft(),
    }
}

/// All that can be written for any of its ways.
fn sign_off_draft() -> SignOffDraft {
    let mut strokes = Strokes::default();
    strokes.begin((100, 200));
    strokes.go_on((420, 310));
    let signature = Pad { strokes: strokes.clone(), picture: Some(photo(5)) };
    SignOffDraft {
        way: Some(SignOffWay::Refused),
        signature,
        name: "陈国平".into(),
        post: "店长".into(),
        phone: "13800006412".into(),
        reason: Some(RefusalReason::Disagrees),
        words: "店员不肯签".into(),
        photos: vec![photo(6)],
        no_witness: true,
        witness: WitnessDraft {
            name: "孙桂兰".into(),
            who: "隔壁 45 号店主".into(),
            signature: Pad { strokes, picture: None },
        },
    }
}

pub fn copies() -> Copies {
    Copies { site: site(), forms: forms().into() }
}

#[test]
fn visits_are_filled_in() {
    let begun = Draft {
        participants: vec![],
        outcome: VisitOutcome::Closed,
        order: None,
        location: None,
        site_seen: SiteSeen::default(),
        forms: vec![],
        position: Position::default(),
        note: String::new(),
        photos: vec![],
        sign_off: SignOffDraft::default(),
        ..draft()
    };
    stays("drafts", &[draft(), begun]);
    stays("draft_copies", &[copies()]);
}

fn action_draft() -> ActionDraft {
    let about = action_draft::About {
        hazard: hazard_with_log(),
        site: Some(site()),
        department: Some("应急办".into()),
    };
    ActionDraft {
        words: "已清走".into(),
        day: Some(day()),
        photos: vec![photo(2)],
        given: [("measures".into(), "清运、划线".into())].into(),
        about: Some(Box::new(about)),
        report: None,
    }
}

/// 随手报, before it is made.
fn begun_report() -> ActionDraft {
    let report = QuickReport {
        site: Some(bare_site()),
        level: Severity::Major,
        responsible_kind: ResponsibleKind::Authority,
        authority: "消防救援大队".into(),
        location: Some(location()),
        is_another: true,
    };
    ActionDraft {
        words: "消防通道堆放杂物".into(),
        photos: vec![photo(1)],
        report: Some(Box::new(report)),
        ..ActionDraft::default()
    }
}

pub fn begun_action() -> BegunAction {
    BegunAction { hazard: id(0x31), command: "rectify".into(), draft: action_draft() }
}

#[test]
fn commands_are_written() {
    let bare = action_draft::About { hazard: bare_hazard(), site: None, department: None };
    let bare = ActionDraft { about: Some(Box::new(bare)), ..ActionDraft::default() };
    let bare_report =
        ActionDraft { report: Some(Box::new(QuickReport::default())), ..ActionDraft::default() };
    let reports = [begun_report(), bare_report];
    let all: Vec<_> = [action_draft(), bare, ActionDraft::default()].into_iter().chain(reports).collect();
    stays("action_drafts", &all);
    stays("begun_actions", &[begun_action()]);
}
