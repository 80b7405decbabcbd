//! The same visit in every shape.

use crate::{
    forms::{answers, kept_answers},
    values::{at, at_the_phone, attributes, id, last_answers, location, photo},
};
use domain::{
    form::{Answer, AnswerKey, Verdict},
    id::{QuestionId, SiteKind},
    ink::Ink,
    site::attributes::SiteAttributes,
    visit::{
        Circumstances, DrawnSignature, FilledForm, Participant, RecordedAnswer, RefusalReason, SignOff,
        Signed, SiteSeen, Visit, VisitNature, VisitOutcome, Witness,
    },
};

/// With two forms and every kind of answer.
pub fn visit() -> Visit {
    let full = |(n, answer)| RecordedAnswer {
        key: AnswerKey::of(&format!("question-{n}")),
        answer,
        verdict: Verdict::Fail,
        elsewhere: true,
        note: "量了两次".into(),
        photos: vec![photo(1)],
        hazards: vec![id(0x31), id(0x32)],
    };
    let bare = RecordedAnswer {
        key: AnswerKey::of("bare").at(&[2, 1]),
        answer: Answer::Pass,
        verdict: Verdict::Pass,
        elsewhere: false,
        note: String::new(),
        photos: vec![],
        hazards: vec![],
    };
    let form = |form: &str, version, answers| FilledForm {
        form: form.into(),
        version,
        answers,
        only: vec![QuestionId::from("question-1")],
        instances: kept_answers().instances,
    };
    let shed = answers().into_iter().enumerate().map(full).chain([bare.clone()]).collect();
    Visit {
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
        participants: vec![
            Participant { person: Some(id(0x12)), name: "李强".into() },
            Participant { person: None, name: "王专家".into() },
        ],
        outcome: VisitOutcome::Done,
        started_at: at(),
        order: Some(id(0x71)),
        submitted_at: at_the_phone(),
        location: Some(location()),
        forms: vec![form("shed", 3, shed), form("doors", 1, vec![bare])],
        note: "负责人在场".into(),
        photos: vec![photo(4)],
        sign_off: sign_offs().into_iter().next().map(Box::new),
    }
}

/// Every way in which a visit ends, with all that may be said of it and with nothing that may be missing.
pub fn sign_offs() -> Vec<SignOff> {
    let signature =
        |n| DrawnSignature { picture: photo(n), ink: Ink { length: 2_100, width: 640, height: 210 } };
    let signed = |post: &str, phone: &str| {
        let (post, phone) = (post.to_owned(), phone.to_owned());
        SignOff::Signed(Signed { signature: signature(5), name: "陈国平".into(), post, phone })
    };
    let witness =
        Witness { name: "孙桂兰".into(), who: "隔壁 45 号店主".into(), signature: signature(6) };
    let witnessed = Circumstances { words: "不肯签".into(), photos: vec![], witness: Some(witness) };
    let alone = Circumstances { words: "贴在门上".into(), photos: vec![photo(4)], witness: None };
    let refused = |reason| SignOff::Refused { reason, circumstances: witnessed.clone() };
    every!(SignOff {
        SignOff::Signed(_) => [signed("店长", "13800006412"), signed("", "")],
        SignOff::Refused { .. } => [refused(RefusalReason::WaitsForPersonInCharge)],
        SignOff::Absent { .. } => [SignOff::Absent { circumstances: alone.clone() }],
    })
}

/// Nothing that may be missing.
pub fn bare_visit() -> Visit {
    Visit {
        outcome: VisitOutcome::Closed,
        participants: vec![],
        order: None,
        location: None,
        site_seen: SiteSeen { attributes: SiteAttributes::default(), last: vec![], ..visit().site_seen },
        forms: vec![],
        note: String::new(),
        photos: vec![],
        sign_off: None,
        ..visit()
    }
}
