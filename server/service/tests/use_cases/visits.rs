//! Visits as phones seal them, held against the forms of the office: what several forms share is asked once, a hazard may be
//! several questions', and what contradicts its form is not taken.

use crate::{
    office::{TestOffice, now},
    phone::synced,
};
use chrono::Duration;
use domain::{
    form::{Answer, AnswerKey, Form, GroupKey, Verdict, session::PreparedForm},
    hazard::{HazardCommand, Unfounded},
    id::HazardId,
    sync::{Operation, Outcome, Payload, Reason, SCHEMA},
    text::Lang,
    visit::{CompletedVisit, Draft, FilledForm, OpenDraft, SiteSeen, Visit, VisitNature},
};
use service::visits;
use std::sync::Arc;

/// Two questions about one hazard, one that is asked only of what fails, and bottles one by one.
const INSPECTION: &str = r#"
id = "store-inspection"
version = 1
layer = "inspection"
sector = "fire"
site_kinds = ["charging-shed"]
title = { zh = "库房检查", en = "Store" }

[[entry]]
question = "exit-clear"
text = { zh = "出口畅通", en = "The exit is clear" }
kind = "pass_fail"
fact = "exit-clear"
criterion = { level = "general", what = { zh = "出口堵塞", en = "Exit blocked" }, days = 3, responsible = "site", hazard = "exit" }
good_practice = true
photo = "never"

[[entry]]
question = "blocked-by"
text = { zh = "被什么堵住", en = "What blocks it" }
kind = { text = { lines = 1 } }
relevant = "${exit-clear} = 'fail'"
photo = "never"

[[entry]]
question = "exit-lit"
text = { zh = "出口有照明", en = "The exit is lit" }
kind = "pass_fail"
criterion = { level = "general", what = { zh = "出口没有照明", en = "Exit unlit" }, days = 7, responsible = "site", hazard = "exit" }
good_practice = true
photo = "never"

[[entry]]
repeat = "bottles"
title = { zh = "逐个气瓶", en = "Each bottle" }
most = 5

[[entry.entry]]
question = "bottle-upright"
text = { zh = "气瓶直立固定", en = "The bottle stands upright and is held" }
kind = "pass_fail"
criterion = { level = "general", what = { zh = "气瓶没有固定", en = "Bottle not held" }, days = 1, responsible = "site" }
good_practice = true
photo = "never"
"#;

/// It asks about the exit, too.
const PATROL: &str = r#"
id = "store-patrol"
version = 2
layer = "patrol"
sector = "fire"
site_kinds = ["charging-shed"]
title = { zh = "库房巡查", en = "Store patrol" }

[[entry]]
question = "way-out"
text = { zh = "出口畅通", en = "The exit is clear" }
kind = "pass_fail"
fact = "exit-clear"
criterion = { level = "general", what = { zh = "出口堵塞", en = "Exit blocked" }, days = 3, responsible = "site", hazard = "exit" }
good_practice = true
photo = "never"

[[entry]]
question = "tidy"
text = { zh = "物品码放整齐", en = "Goods are stacked in order" }
kind = "pass_fail"
photo = "never"
"#;

async fn forms(office: &TestOffice) -> Vec<Arc<PreparedForm>> {
    let read = |text| authoring::catalogue::read(text, &|_| None).unwrap();
    let forms: Vec<Form> = vec![read(INSPECTION), read(PATROL)];
    let mut tx = office.services.store.write().await.unwrap();
    tx.put_forms(office.administrator.office, &forms).await.unwrap();
    tx.commit().await.unwrap();
    forms.into_iter().map(|form| PreparedForm::new(Arc::new(form))).collect()
}

/// Both forms, with two bottles, nothing answered yet.
fn begun(office: &TestOffice, forms: &[Arc<PreparedForm>]) -> OpenDraft {
    let (id, site, inspector) = (office.services.new_id(), &office.site, office.inspectors[0].person);
    let started_at = now() - Duration::minutes(20);
    let mut draft = Draft::begun(id, site.id, SiteSeen::of(site), VisitNature::Patrol, inspector, started_at);
    forms.iter().for_each(|form| draft.add_form(form.form()));
    let mut open = OpenDraft::open(draft, forms).unwrap();
    for _ in 0..2 {
        open.add_instance(0, &GroupKey::of("bottles")).unwrap();
    }
    open
}

fn answer(open: &mut OpenDraft, form: usize, question: &str, answer: Answer) {
    open.answer(form, &AnswerKey::of(question), answer).unwrap();
}

fn bottle(open: &mut OpenDraft, number: u16, answer: Answer) {
    open.answer(0, &AnswerKey::of("bottle-upright").at(&[number]), answer).unwrap();
}

/// The exit fails twice and is one hazard, the second bottle is another.
fn sealed(office: &TestOffice, forms: &[Arc<PreparedForm>]) -> CompletedVisit {
    let mut open = begun(office, forms);
    answer(&mut open, 0, "exit-clear", Answer::Fail);
    answer(&mut open, 0, "blocked-by", Answer::Text("纸箱".to_owned()));
    answer(&mut open, 0, "exit-lit", Answer::Fail);
    bottle(&mut open, 1, Answer::Pass);
    bottle(&mut open, 2, Answer::Fail);
    answer(&mut open, 1, "tidy", Answer::Pass);
    let today = domain::time::office_day(now());
    for key in [AnswerKey::of("exit-clear"), AnswerKey::of("bottle-upright").at(&[2])] {
        assert!(open.open_finding((0, &key), office.services.new_id(), "物业", today, Lang::Zh));
    }
    open.submit(now()).unwrap()
}

fn operation(office: &TestOffice, payload: Payload) -> serde_json::Value {
    let operation = Operation { id: office.services.new_id(), schema: SCHEMA, at: now(), payload };
    serde_json::to_value(operation).unwrap()
}

async fn sent(office: &TestOffice, payloads: Vec<Payload>) -> Vec<Outcome> {
    let operations = payloads.into_iter().map(|payload| operation(office, payload)).collect();
    let response = synced(office, &office.inspectors[0], operations).await;
    response.outcomes.into_iter().map(|result| result.outcome).collect()
}

fn report(office: &TestOffice, hazard: HazardId, command: HazardCommand) -> Payload {
    Payload::Hazard { hazard, event: office.services.new_id(), site: Some(office.site.id), command }
}

fn refused(outcome: &Outcome) -> &Reason {
    match outcome {
        Outcome::Refused { refusal } => &refusal.reason,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_visit_of_two_forms_with_instances_and_a_hazard_of_several_questions_is_taken_whole() {
    let office = TestOffice::open().await;
    let forms = forms(&office).await;
    let CompletedVisit { visit, hazards } = sealed(&office, &forms);
    assert_eq!(hazards.len(), 2);
    let mut payloads = vec![Payload::SubmitVisit(visit.clone())];
    payloads.extend(hazards.iter().cloned().map(|(id, command)| report(&office, id, command)));
    for outcome in sent(&office, payloads).await {
        assert!(matches!(outcome, Outcome::Received { .. }), "{outcome:?}");
    }

    let file = visits::file(&office.services, &office.asker(), visit.id).await.unwrap();
    assert_eq!(file.visit, visit);
    assert_eq!(file.forms.iter().map(|form| form.version).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(file.hazards.len(), 2);
    let of_exit =
        |form: &FilledForm, question: &str| form.answer(&AnswerKey::of(question)).unwrap().hazards.clone();
    let [exit] = of_exit(&visit.forms[0], "exit-clear")[..] else { panic!("{:?}", visit.forms[0]) };
    assert_eq!(of_exit(&visit.forms[0], "exit-lit"), [exit], "one fact, one hazard");
    assert_eq!(of_exit(&visit.forms[1], "way-out"), [exit], "asked in the first form");
    let counted = file.visit.tally();
    assert_eq!(
        (counted.failed, counted.passed, counted.information),
        (3, 1, 2),
        "what was asked twice, once"
    );
    let store = &office.services.store;
    let hazard = store.hazard(office.administrator.office, exit).await.unwrap().unwrap();
    assert_eq!(hazard.found.form, Some("store-inspection".into()));
    assert_eq!(hazard.found.question, Some("exit-clear".into()));
}

#[tokio::test]
async fn a_hazard_that_no_answer_of_its_visit_names_is_unfounded() {
    let office = TestOffice::open().await;
    let forms = forms(&office).await;
    let CompletedVisit { visit, hazards } = sealed(&office, &forms);
    let (_, command) = hazards[0].clone();
    let stray = report(&office, office.services.new_id(), command);
    let outcomes = sent(&office, vec![Payload::SubmitVisit(visit), stray]).await;
    assert!(matches!(outcomes[0], Outcome::Received { .. }), "{outcomes:?}");
    assert_eq!(refused(&outcomes[1]), &Reason::Unfounded { claim: Unfounded::Visit });
}

/// What is wrong with it, and what is changed so in a visit that is not.
type Wrong = (&'static str, fn(&mut Visit));

#[tokio::test]
async fn what_contradicts_its_form_is_refused() {
    let office = TestOffice::open().await;
    let forms = forms(&office).await;
    let wrong: [Wrong; 6] = [
        ("`blocked-by` was answered and is not asked", |visit| {
            let clear = &mut visit.forms[0].answers[0];
            (clear.answer, clear.verdict, clear.hazards) = (Answer::Pass, Verdict::Pass, vec![]);
        }),
        ("`exit-lit` carries another verdict", |visit| visit.forms[0].answers[2].verdict = Verdict::Pass),
        ("`exit-lit` was asked and not answered", |visit| drop(visit.forms[0].answers.remove(2))),
        ("`tidy` was asked and not answered", |visit| drop(visit.forms[1].answers.remove(1))),
        ("`way-out` carries another", |visit| visit.forms[1].answers[0].elsewhere = false),
        ("not one question was answered", |visit| visit.forms[1].answers.clear()),
    ];
    for (words, change) in wrong {
        let mut visit = sealed(&office, &forms).visit;
        change(&mut visit);
        let outcomes = sent(&office, vec![Payload::SubmitVisit(visit)]).await;
        let Reason::InvalidVisit { detail } = refused(&outcomes[0]) else { panic!("{words}: {outcomes:?}") };
        assert!(detail.contains(words), "{detail}, where {words}");
    }
}

#[tokio::test]
async fn a_version_that_the_office_never_published_is_not_known() {
    let office = TestOffice::open().await;
    let forms = forms(&office).await;
    let mut visit = sealed(&office, &forms).visit;
    visit.forms[1].version = 3;
    let outcomes = sent(&office, vec![Payload::SubmitVisit(visit)]).await;
    assert_eq!(refused(&outcomes[0]), &Reason::UnknownForm);
}
