//! What lies on the phone, and what it writes into a file.

use crate::{
    forms::{forms, kept_answers},
    replies::{bare_receipt, reasons, receipt, refusal},
    stays,
    values::{
        at, at_the_phone, attributes, bare_site, day, id, last_answers, location, photo, proposed_site, site,
    },
    work::{bare_facts, bare_hazard, facts, hazard_with_log, operations},
};
use domain::{
    device::{
        StoreName, Write,
        action_draft::{self, ActionDraft, BegunAction},
        apply_response::{Reset, Sent},
        bundle::{Carried, CarriedDraft, Contents, Copies},
        form_pictures::FormPictures,
        given_task::BegunTask,
        heartbeat::{Heartbeat, Told},
        key,
        pin::Guesses,
        queue::{About, DeliveryStatus, LastTry, PhotoRecord, PhotoStatus, Queued, RetryState, TryFailure},
        skew::Compared,
        submission::{Subject, SubmissionRecord},
        upload::Upload,
    },
    form::{AnswerKey, ResponsibleKind},
    id::{FormId, QuestionId, SiteKind},
    ink::Strokes,
    photo::PhotoHash,
    quick_report::QuickReport,
    severity::Severity,
    sync::{Cursor, Envelope, Reason, Refusal, StoredRecord, SyncResponse},
    task::TaskSubject,
    visit::{
        Draft, DraftForm, Finding, KeptFinding, Pad, Participant, Position, RefusalReason, SignOffDraft,
        SignOffWay, SiteSeen, VisitNature, VisitOutcome, WitnessDraft,
    },
};
use serde_json::Value;

fn tries(why: TryFailure) -> RetryState {
    let last_try = Some(LastTry { at: at(), why });
    RetryState { tries: 3, not_before: Some(at_the_phone()), last_try }
}

fn failures() -> Vec<TryFailure> {
    words!(TryFailure { NoAnswer, Server, SignIn, RetryAfter, Quota })
}

fn queued(about: About, status: DeliveryStatus) -> Queued {
    Queued {
        number: 17,
        owner: id(0x11),
        submission: id(0x52),
        operation: id(0x51),
        site: (about != About::Other).then(|| id(5)),
        about,
        at: at_the_phone(),
        bytes: 1_234,
        hash: photo(9).to_string(),
        urgent: true,
        status,
    }
}

/// About each thing, and in each standing.
#[test]
fn operations_wait() {
    let fresh = || DeliveryStatus::Waiting(RetryState::default());
    let kept = Refusal { kept: Some(receipt()), ..refusal(Reason::NotAllowed) };
    let abouts = every!(About {
        About::Visit(_) => [About::Visit(id(0x21))],
        About::Hazard(_) => [About::Hazard(id(0x31))],
        About::Task { .. } => [
            About::Task { task: id(0x61), hazard: None },
            About::Task { task: id(0x61), hazard: Some(id(0x31)) },
        ],
        About::Site(_) => [About::Site(id(5))],
        About::Photo(_) => [About::Photo(photo(1))],
        About::Other => [About::Other],
    });
    let statuses = every!(DeliveryStatus {
        DeliveryStatus::Waiting(_) => [fresh(), DeliveryStatus::Waiting(tries(TryFailure::Server))],
        DeliveryStatus::Refused { .. } => [DeliveryStatus::Refused { refusal: kept }],
    });
    let tried = failures().into_iter().map(|why| DeliveryStatus::Waiting(tries(why)));
    let refused = reasons().into_iter().map(|reason| DeliveryStatus::Refused { refusal: refusal(reason) });
    let statuses = statuses.into_iter().chain(tried).chain(refused);
    let about_hazard = statuses.map(|status| queued(About::Hazard(id(0x31)), status));
    let waiting = abouts.into_iter().map(|about| queued(about, fresh()));
    stays("queued", &waiting.chain(about_hazard).collect::<Vec<_>>());
}

#[test]
fn photos_are_kept() {
    let upload = Upload { at: "/api/v1/uploads/7".into(), offset: 65_536, sure: true };
    let waiting = |announced, upload| PhotoStatus::Waiting {
        announced,
        urgent: announced,
        tries: tries(TryFailure::RetryAfter),
        upload,
    };
    let received = |unpacking| PhotoStatus::Received { at: at(), unpacking };
    let statuses = every!(PhotoStatus {
        PhotoStatus::Held => [PhotoStatus::Held],
        PhotoStatus::Waiting { .. } => [waiting(false, None), waiting(true, Some(upload))],
        PhotoStatus::Refused => [PhotoStatus::Refused],
        PhotoStatus::Received { .. } => [received(None), received(Some(tries(TryFailure::NoAnswer)))],
    });
    let bare = PhotoRecord { facts: bare_facts(), status: PhotoStatus::Held };
    let records = statuses.into_iter().map(|status| PhotoRecord { facts: facts(), status });
    stays("photo_records", &records.chain([bare]).collect::<Vec<_>>());
}

fn submissions() -> Vec<SubmissionRecord> {
    let subjects = every!(Subject {
        Subject::Visit { .. } => [Subject::Visit { site: id(5) }],
        Subject::Hazard { .. } => [Subject::Hazard { hazard: id(0x31) }],
        Subject::Task { .. } => [
            Subject::Task { site: id(5), hazard: None },
            Subject::Task { site: id(5), hazard: Some(id(0x31)) },
        ],
        Subject::Site { .. } => [Subject::Site { site: id(5) }],
    });
    let receipts = [None, Some(receipt()), Some(bare_receipt())];
    let pairs = receipts
        .into_iter()
        .flat_map(|receipt| subjects.clone().into_iter().map(move |subject| (subject, receipt.clone())));
    let submission = |(subject, receipt)| SubmissionRecord {
        id: id(0x52),
        owner: id(0x11),
        title: "锦绣小区充电棚".into(),
        subject,
        at: at_the_phone(),
        photos: vec![photo(1), photo(2)],
        receipt,
    };
    pairs.map(submission).collect()
}

#[test]
fn submissions_are_listed() {
    stays("submissions", &submissions());
}

/// With every kind of answer, a finding, and words that are no answer yet.
fn draft() -> Draft {
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

fn copies() -> Copies {
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

fn begun_action() -> BegunAction {
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

fn raw(record: &impl serde::Serialize) -> Value {
    serde_json::to_value(record).unwrap()
}

fn begun_task() -> BegunTask {
    let about = TaskSubject::Visit { site: id(5), forms: vec!["fire-access".into()] };
    BegunTask { about, person: Some(id(0x12)), note: "节前看一看".into(), until: Some(day()) }
}

#[test]
fn unsent_work_becomes_a_file() {
    let carried =
        operations().into_iter().map(|operation| Carried { submission: id(0x52), raw: raw(&operation) });
    let full = Contents {
        office: id(1),
        person: id(0x11),
        name: "王磊".into(),
        device: id(0x61),
        made_at: at_the_phone(),
        operations: carried.collect(),
        submissions: submissions(),
        drafts: vec![raw(&CarriedDraft { draft: draft(), copies: copies() })],
        actions: vec![raw(&begun_action())],
        sites: vec![raw(&proposed_site())],
        tasks: vec![raw(&begun_task())],
        photos: vec![facts(), bare_facts()],
    };
    let bare = Contents {
        operations: vec![],
        submissions: vec![],
        drafts: vec![],
        actions: vec![],
        sites: vec![],
        tasks: vec![],
        photos: vec![],
        ..full.clone()
    };
    for contents in [&full, &bare] {
        let head = contents.head().unwrap();
        assert_eq!(head, format!("xunan outbox 1\n{}\n", serde_json::to_string(contents).unwrap()));
        assert!(Contents::read(head.as_bytes()).unwrap() == (contents.clone(), head.len()));
    }
    assert!(full.carried_drafts() == [CarriedDraft { draft: draft(), copies: copies() }]);
    assert!(full.begun_actions() == [begun_action()]);
    assert!(full.begun_sites() == [proposed_site()] && full.begun_tasks() == [begun_task()]);
    stays("bundle_contents", &[full, bare]);
}

/// As it is written down in the middle of one.
fn reset() -> Reset {
    let answer = SyncResponse {
        now: at(),
        outcomes: vec![],
        changes: vec![Envelope::of(&site()).unwrap(), Envelope::of(&forms()[0]).unwrap()],
        cursor: None,
        reset: true,
        more: true,
        passed_over: vec![],
        pull_failed: false,
        heard: false,
    };
    let writes = Sent::default().answered(&answer, at(), 0.5).unwrap();
    let written = writes.iter().find_map(|write| match write {
        Write::Put { store: StoreName::Meta, key: at, text } if at.as_str() == key::RESET => Some(text),
        _ => None,
    });
    serde_json::from_str(written.unwrap()).unwrap()
}

#[test]
fn single_values_are_kept() {
    stays("resets", &[reset(), Reset::default()]);
    stays("cursors", &[Cursor("17".into())]);
    let told = Told { person: id(3), heartbeat: Heartbeat { number: 1, ..Heartbeat::default() } };
    stays("told", &[told]);
    stays("clocks", &[Compared { server: at(), phone: at_the_phone() }]);
    let mut pictures = FormPictures::default();
    pictures.put("form/fire-access@3".into(), [PhotoHash::of(b"picture")].into());
    pictures.put("form/lodging@1".into(), [].into());
    stays("form_pictures", &[pictures, FormPictures::default()]);
    stays("guesses", &[Guesses::default(), Guesses::default().wrong(at())]);
}

#[test]
fn records_are_kept() {
    let record = StoredRecord { schema: 1, body: site() };
    let unknown = serde_json::json!({ "word": "明天" });
    stays("stored_records", &[record]);
    stays("stored_records_of_tomorrow", &[StoredRecord { schema: 7, body: unknown }]);
}

/// What is not found under its old name is lost.
#[test]
fn things_lie_where_they_lay() {
    let stores = words!(StoreName {
        Meta,
        Records,
        Drafts,
        DraftCopies,
        Outbox,
        Operations,
        Submissions,
        Photos,
        PhotoBytes,
        Thumbnails,
        Orders,
        Keys,
        Log,
    });
    assert_eq!(stores, StoreName::ALL);
    let names: Vec<_> = stores.into_iter().map(StoreName::name).collect();
    insta::assert_json_snapshot!("stores", names);
    let single = [
        key::CURSOR,
        key::LAST_PULL,
        key::RESET,
        key::OUTBOX_NUMBER,
        key::OWNER,
        key::OFFICE,
        key::DEVICE,
        key::CLOCKS,
        key::FORM_PICTURES,
    ];
    insta::assert_json_snapshot!("keys_of_single_values", single);
    let of_records = [Envelope::of(&site()).unwrap().key(), Envelope::of(&forms()[0]).unwrap().key()];
    let of_queue = [queued(About::Other, DeliveryStatus::Waiting(RetryState::default())).key()];
    insta::assert_json_snapshot!("keys_of_records", of_records);
    insta::assert_json_snapshot!("keys_of_the_queue", of_queue);
}
