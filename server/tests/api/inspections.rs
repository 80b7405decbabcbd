//! 行政检查: who may, by which rules, and what becomes of one that does not fit.

use super::{
    asker::{at_desk, said},
    evidence::{actor, clean},
    office::{Phone, TestOffice, now, outcome_of, passing_visit, reason_of, refusal_of},
    pages::{Desk, fault},
};
use app::{
    error::AppError,
    server_fns::inspections::rules_form::{MATTER as MATTER_FORM, RULE, RulesForm},
};
use domain::{
    audit::{AuditFilter, SubjectKind},
    id::{OperationId, VisitId},
    inspection::{
        AdministrativeInspection, Breach, ChosenMatter, InspectionMatter, InspectionOfficer, InspectionRule,
        InspectionSteps, OfficerSeen, ReceivedInspection, RulesCommand, WentBy,
    },
    party::PartyKind,
    person::{Certificate, Person},
    role::Role,
    time::office_day,
};
use serde_json::{Value, json};
use server::service::{inspections, sync::quarantine};

const MATTER: &str = "XF-01";

async fn person(office: &TestOffice, role: Role) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap()
}

/// Holds this certificate until today.
async fn certify(office: &TestOffice, role: Role, number: &str) -> Person {
    let certificate =
        Certificate { number: number.into(), issuer: "区司法局".into(), valid_until: office_day(now()) };
    let person = Person { certificates: vec![certificate], ..person(office, role).await };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &person, None).await.unwrap();
    tx.commit().await.unwrap();
    person
}

/// As the administrator wants it, by the version that stands.
async fn decide(office: &TestOffice, command: RulesCommand) -> Result<(), AppError> {
    let version = office.state.store.inspection_rules(office.office.id).await.unwrap().version;
    let by = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    said(inspections::change(&office.state, &by, version, &command).await)
}

/// Two who hold certificates, and a published matter.
async fn ready(office: &TestOffice) -> AdministrativeInspection {
    let officers = [(Role::Officer, "0173"), (Role::Supervisor, "0219")];
    let mut named = vec![];
    for (role, number) in officers {
        let person = certify(office, role, number).await;
        let (name, certificate) = (person.name, number.to_owned());
        named.push(InspectionOfficer { person: person.id, name, certificate });
    }
    let matter =
        InspectionMatter {
            code: MATTER.into(), name: "消防车通道".into(), ..InspectionMatter::default()
        };
    decide(office, RulesCommand::PutMatter { matter }).await.unwrap();
    AdministrativeInspection {
        matter: Some(ChosenMatter { code: MATTER.into(), name: "消防车通道".into() }),
        approval: "新街检批〔2026〕31号".into(),
        notice: "新街检通〔2026〕31号".into(),
        officers: named,
        entry_code: "RQ2026112400017".into(),
        done: InspectionSteps { shown: true, served: true, registered: true, told: true },
        rules: 1,
        ..AdministrativeInspection::default()
    }
}

async fn cap(office: &TestOffice, figure: u32) {
    let figure = Some(figure);
    let command = RulesCommand::SetRule { rule: InspectionRule::YearlyCap, on: true, figure };
    decide(office, command).await.unwrap();
}

fn visit(office: &TestOffice, phone: &Phone<'_>, inspection: &AdministrativeInspection) -> Value {
    let mut visit = passing_visit(phone, &office.site, &office.form("ebike-charging"));
    visit["payload"]["submit_visit"]["nature"] = json!("administrative_inspection");
    visit["payload"]["submit_visit"]["administrative"] = json!(inspection);
    visit
}

async fn sent(phone: &Phone<'_>, visit: &Value) -> Value {
    phone.sync(std::slice::from_ref(visit)).await.remove(0)
}

/// What the office made of it.
async fn received(office: &TestOffice, visit: &Value) -> ReceivedInspection {
    let id: VisitId = serde_json::from_value(visit["payload"]["submit_visit"]["id"].clone()).unwrap();
    let stored = office.state.store.visit(office.office.id, id).await.unwrap().unwrap();
    stored.site.inspection.unwrap()
}

#[tokio::test]
async fn an_inspection_by_the_rules_is_taken_and_counted() {
    let office = TestOffice::open().await;
    let inspection = ready(&office).await;
    let phone = office.phone(Role::Officer).await;
    for nth in [1, 2] {
        let visit = visit(&office, &phone, &inspection);
        let answer = sent(&phone, &visit).await;
        assert_eq!(outcome_of(&answer), "received", "{answer}");
        let expected = ReceivedInspection { counts: true, nth: Some(nth), cap: None, breaches: vec![] };
        assert_eq!(received(&office, &visit).await, expected);
    }
    // A patrol of the same people is none.
    let patrol = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    assert_eq!(outcome_of(&sent(&phone, &patrol).await), "received");
    let counted = office.state.store.counted_inspections(office.office.id, 2026).await.unwrap();
    assert_eq!(counted.iter().map(|known| known.count).collect::<Vec<_>>(), [2]);
    clean(&office).await;
}

#[tokio::test]
async fn what_the_phone_knew_is_refused_and_stays_on_it() {
    let office = TestOffice::open().await;
    let whole = ready(&office).await;
    let phone = office.phone(Role::Officer).await;
    let alone = whole.officers[..1].to_vec();
    for (inspection, told) in [
        (AdministrativeInspection { notice: String::new(), ..whole.clone() }, "NoticeMissing"),
        (AdministrativeInspection { matter: None, ..whole.clone() }, "MatterMissing"),
        (AdministrativeInspection { officers: alone, ..whole.clone() }, "TooFewOfficers"),
    ] {
        let answer = sent(&phone, &visit(&office, &phone, &inspection)).await;
        assert_eq!(reason_of(&answer), "invalid_visit", "{answer}");
        assert!(answer.to_string().contains(told), "{told}: {answer}");
        assert!(refusal_of(&answer)["kept"].is_null(), "{answer}");
    }
    let mut bare = visit(&office, &phone, &whole);
    bare["payload"]["submit_visit"].as_object_mut().unwrap().remove("administrative");
    assert_eq!(reason_of(&sent(&phone, &bare).await), "invalid_visit");
    let mut patrol = visit(&office, &phone, &whole);
    patrol["payload"]["submit_visit"]["nature"] = json!("patrol");
    assert_eq!(reason_of(&sent(&phone, &patrol).await), "invalid_visit");
    let mut long = visit(&office, &phone, &whole);
    long["payload"]["submit_visit"]["administrative"]["notice"] = json!("号".repeat(41));
    assert_eq!(
        reason_of(&sent(&phone, &long).await),
        "incomplete",
        "a text of this length is nobody's number"
    );
    assert_eq!(office.state.store.counted_inspections(office.office.id, 2026).await.unwrap(), []);
}

#[tokio::test]
async fn what_no_phone_could_know_is_taken_and_marked() {
    let office = TestOffice::open().await;
    let inspection = ready(&office).await;
    let phone = office.phone(Role::Officer).await;
    cap(&office, 1).await;
    // The rules have changed since this phone has heard of them; nothing that they ask is refused any more.
    let lacking = AdministrativeInspection { notice: String::new(), ..inspection.clone() };
    let first = visit(&office, &phone, &lacking);
    assert_eq!(outcome_of(&sent(&phone, &first).await), "received");
    let expected = ReceivedInspection {
        counts: true,
        nth: Some(1),
        cap: Some(1),
        breaches: vec![Breach::NoticeMissing],
    };
    assert_eq!(received(&office, &first).await, expected);
    // Somebody else was there meanwhile, and a certificate was never entered.
    let mut strange = AdministrativeInspection { rules: 2, ..inspection };
    strange.officers[1].certificate = "9999".into();
    let second = visit(&office, &phone, &strange);
    assert_eq!(outcome_of(&sent(&phone, &second).await), "received");
    let name = strange.officers[1].name.clone();
    let found = received(&office, &second).await;
    assert_eq!(found.nth, Some(2));
    assert_eq!(
        found.breaches,
        [Breach::CertificateUnknown { name }, Breach::CapReached { counted: 1, cap: 1 }]
    );
    clean(&office).await;
}

/// Whoever was still away when a role or the party changed could know nothing of it.
#[tokio::test]
async fn what_has_changed_since_the_door_is_taken_and_marked() {
    let office = TestOffice::open().await;
    let inspection = ready(&office).await;
    let phone = office.phone(Role::Officer).await;
    // The party was a sole trader, of whom this office asks nothing.
    let off = RulesCommand::SetRule { rule: InspectionRule::SoleTraders, on: false, figure: None };
    decide(&office, off).await.unwrap();
    let went_by = WentBy { role: Role::Officer, party: Some(PartyKind::SoleTrader), officers: vec![] };
    let bare = AdministrativeInspection { notice: String::new(), rules: 2, ..inspection.clone() };
    let told = visit(&office, &phone, &bare);
    assert_eq!(
        reason_of(&sent(&phone, &told).await),
        "invalid_visit",
        "it is an enterprise, as far as is said"
    );
    let trader = visit(&office, &phone, &AdministrativeInspection { went_by: Some(went_by.clone()), ..bare });
    let answer = sent(&phone, &trader).await;
    assert_eq!(outcome_of(&answer), "received", "{answer}");
    assert_eq!(received(&office, &trader).await.breaches, [Breach::NoticeMissing]);
    // Whoever went along walks a grid since.
    let beside = certify(&office, Role::Inspector, "0300").await;
    let mut changed = AdministrativeInspection { rules: 2, ..inspection };
    changed.officers[1] =
        InspectionOfficer { person: beside.id, name: beside.name.clone(), certificate: "0300".into() };
    let seen = vec![OfficerSeen { person: beside.id, role: Role::Officer }];
    changed.went_by = Some(WentBy { party: None, officers: seen, ..went_by });
    let second = visit(&office, &phone, &changed);
    let answer = sent(&phone, &second).await;
    assert_eq!(outcome_of(&answer), "received", "{answer}");
    assert_eq!(received(&office, &second).await.breaches, [Breach::NotAnInspector { name: beside.name }]);
    // What the phone itself knew is refused as before.
    changed.notice.clear();
    let answer = sent(&phone, &visit(&office, &phone, &changed)).await;
    assert_eq!(reason_of(&answer), "invalid_visit", "{answer}");
    clean(&office).await;
}

/// The right that was lost is the administrator's to judge: nobody gets it by saying that they had it.
#[tokio::test]
async fn an_inspection_by_a_role_since_lost_waits_for_the_administrator_and_is_marked() {
    let office = TestOffice::open().await;
    let mut inspection = ready(&office).await;
    let phone = office.phone(Role::Inspector).await;
    inspection.went_by = Some(WentBy { role: Role::Officer, party: None, officers: vec![] });
    let made = visit(&office, &phone, &inspection);
    let answer = sent(&phone, &made).await;
    assert_eq!(reason_of(&answer), "not_allowed", "{answer}");
    assert!(!refusal_of(&answer)["kept"].is_null(), "it is kept: {answer}");
    let admin = actor(&office.phone(Role::Administrator).await).await;
    let operation: OperationId = serde_json::from_value(made["id"].clone()).unwrap();
    quarantine::decide(&office.state, &at_desk(&admin), operation, true).await.unwrap();
    let name = person(&office, Role::Inspector).await.name;
    assert_eq!(received(&office, &made).await.breaches, [Breach::NotAnInspector { name }]);
    // A school's contact never had it, whatever is said.
    let contact = office.phone(Role::School).await;
    let answer = sent(&contact, &visit(&office, &contact, &inspection)).await;
    assert_eq!(reason_of(&answer), "not_allowed", "{answer}");
    assert!(refusal_of(&answer)["kept"].is_null(), "{answer}");
    clean(&office).await;
}

#[tokio::test]
async fn no_grid_member_inspects() {
    let office = TestOffice::open().await;
    let inspection = ready(&office).await;
    for role in [Role::Inspector, Role::CommunityOfficer] {
        let phone = office.phone(role).await;
        let answer = sent(&phone, &visit(&office, &phone, &inspection)).await;
        assert_eq!(reason_of(&answer), "not_allowed", "{role:?}: {answer}");
        assert!(refusal_of(&answer)["kept"].is_null(), "it never was their right: {answer}");
    }
    let grid_member = certify(&office, Role::Inspector, "0300").await;
    let (name, certificate) = (grid_member.name.clone(), "0300".to_owned());
    let mut beside = inspection;
    beside.officers[1] = InspectionOfficer { person: grid_member.id, name, certificate };
    let phone = office.phone(Role::Officer).await;
    let answer = sent(&phone, &visit(&office, &phone, &beside)).await;
    assert_eq!(reason_of(&answer), "invalid_visit", "whoever they go with: {answer}");
}

#[tokio::test]
async fn phones_of_those_who_inspect_know_rules_certificates_and_counts() {
    let office = TestOffice::open().await;
    let inspection = ready(&office).await;
    let phone = office.phone(Role::Officer).await;
    let directory = |changes: &[Value]| {
        let known = changes.iter().rev().find(|change| change["kind"] == "directory");
        known.map(|known| known["body"]["inspection"].clone()).unwrap_or_default()
    };
    let (changes, cursor) = phone.pull(None).await;
    let known = directory(&changes);
    assert_eq!(known["rules"]["matters"][0]["code"], MATTER);
    let names: Vec<_> = known["certified"].as_array().unwrap().iter().map(|one| &one["role"]).collect();
    assert_eq!(names.len(), 2, "{names:?}");
    assert_eq!(known["counted"], json!([]));
    sent(&phone, &visit(&office, &phone, &inspection)).await;
    let (changes, _) = phone.pull(Some(cursor)).await;
    assert_eq!(directory(&changes)["counted"][0]["count"], 1, "{changes:?}");
    let (changes, _) = office.phone(Role::Inspector).await.pull(None).await;
    assert!(directory(&changes).is_null(), "a grid member inspects nobody");
}

#[tokio::test]
async fn rules_are_changed_by_whoever_keeps_the_settings_and_audited() {
    let office = TestOffice::open().await;
    let off = RulesCommand::SetRule { rule: InspectionRule::EntryCode, on: false, figure: None };
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let by = at_desk(&actor(&office.phone(role).await).await);
        let told = said(inspections::change(&office.state, &by, 0, &off).await);
        assert_eq!(told, Err(AppError::NotAllowed), "{role:?}");
        assert_eq!(said(inspections::rules(&office.state, &by).await).err(), Some(AppError::NotAllowed));
    }
    decide(&office, off.clone()).await.unwrap();
    let by = at_desk(&actor(&office.phone(Role::Administrator).await).await);
    let again = said(inspections::change(&office.state, &by, 0, &off).await);
    assert!(matches!(again, Err(AppError::Changed { .. })), "somebody was there before: {again:?}");
    let fixed = RulesCommand::SetRule { rule: InspectionRule::NoGridMember, on: false, figure: None };
    assert!(matches!(decide(&office, fixed).await, Err(AppError::Invalid { field, .. }) if field == "on"));
    let laxer = RulesCommand::SetRule { rule: InspectionRule::TwoOfficers, on: true, figure: Some(1) };
    assert!(
        matches!(decide(&office, laxer).await, Err(AppError::Invalid { field, .. }) if field == "figure")
    );
    let filter =
        AuditFilter { subject: Some(SubjectKind::InspectionRules), page: 1, ..AuditFilter::default() };
    let told = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!((&told[0].before["on"], &told[0].after["on"]), (&json!(true), &json!(false)));
    clean(&office).await;
}

#[tokio::test]
async fn the_rules_have_a_page_and_a_record_and_a_party_say_what_was_inspected() {
    let office = TestOffice::open().await;
    let inspection = ready(&office).await;
    let desk = Desk::of(&office);
    let seat = desk.seat(Role::Administrator).await;
    let page = seat.page("/office/inspections").await.text();
    for words in ["同一主体一年检查次数不超过上限", "国办发〔2024〕54号", MATTER, "没有改过"]
    {
        assert!(page.contains(words), "{words}");
    }
    let form = |figure: &str| RulesForm {
        does: RULE.into(),
        version: "1".into(),
        rule: "yearly_cap".into(),
        on: "yes".into(),
        figure: figure.into(),
        ..RulesForm::default()
    };
    let refused = fault(&seat.act("change_inspection_rules", &form("400")).await);
    assert_eq!(refused["invalid"]["field"], "figure", "{refused}");
    // The table has no place for it at the figure: the line above says it, and says it all.
    let reason = refused["invalid"]["reason"].as_str().unwrap().to_owned();
    let (_, page) = seat.submit("change_inspection_rules", &form("400")).await;
    assert_eq!(page.text().matches(&reason).count(), 1, "{}", page.text());
    // The form of a matter has one: it is told there, and the line says that a place is marked.
    let nothing = RulesForm { does: MATTER_FORM.into(), version: "1".into(), ..RulesForm::default() };
    let refused = fault(&seat.act("change_inspection_rules", &nothing).await);
    assert_eq!(refused["invalid"]["field"], "code", "{refused}");
    let reason = refused["invalid"]["reason"].as_str().unwrap().to_owned();
    let page = seat.submit("change_inspection_rules", &nothing).await.1.text();
    assert_eq!(page.matches(&reason).count(), 1, "{page}");
    assert_eq!(page.matches("请修改标出的一处").count(), 1, "{page}");
    let (_, reply) = seat.submit("change_inspection_rules", &form("4")).await;
    assert!(reply.text().contains("管理员，2026-11-24"), "who decided it stands beside it");
    let again = fault(&seat.act("change_inspection_rules", &form("5")).await);
    assert!(!again["changed"].is_null(), "by the version of before: {again}");
    let officer = desk.seat(Role::Officer).await;
    assert!(!officer.page("/office/inspections").await.text().contains("国办发〔2024〕54号"));

    let phone = office.phone(Role::Officer).await;
    let visit = visit(&office, &phone, &AdministrativeInspection { rules: 2, ..inspection });
    assert_eq!(outcome_of(&sent(&phone, &visit).await), "received");
    let id = visit["payload"]["submit_visit"]["id"].as_str().unwrap();
    let record = officer.page(&format!("/office/visits/{id}")).await.text();
    for words in ["现场检查记录", "新街检通〔2026〕31号", "0173", "今年第 1 次，上限 4 次"]
    {
        assert!(record.contains(words), "{words}");
    }
    assert!(!record.contains("不作处罚依据"), "that is a patrol's");
    let patrol = passing_visit(&phone, &office.site, &office.form("ebike-charging"));
    assert_eq!(outcome_of(&sent(&phone, &patrol).await), "received");
    let id = patrol["payload"]["submit_visit"]["id"].as_str().unwrap();
    let record = officer.page(&format!("/office/visits/{id}")).await.text();
    for words in ["安全隐患巡查记录", "巡查人员", "不作处罚依据"] {
        assert!(record.contains(words), "{words}");
    }
}
