//! 告知责任主体: what parties are sent, by a gateway that stands in.

use super::{
    asker,
    channels::{allowing, channel, save},
    late, morning,
    stand_in::StandIn,
};
use crate::{
    office::{TestOffice, command, found, id, now, outcome_of},
    pages::{Desk, fault},
};
use app::server_fns::notices::rule_form::RuleForm;
use chrono::{DateTime, Duration, Utc};
use domain::{
    audit::{AuditFilter, SubjectKind},
    id::HazardId,
    notice::{
        ChannelChange, ChannelKind, DeliveryState, NoticeSettings, PartyNotice, PartyNoticeKind, PartyRules,
    },
    role::Role,
    site::{Contact, Site},
};
use serde_json::json;
use server::service::{
    Services, hazards,
    jobs::{Context, Job as _, deliver_notices::DeliverNotices, make_notices::MakeNotices},
    notices,
};

const TAKEN: &str = r#"{"code":0}"#;

const LIES: &str = r#"{"code":"E402","msg":"余额不足"}"#;

/// The number on record of the office's site.
async fn on_record(office: &TestOffice, phone: &str) {
    let contact = Contact { name: "张经理".into(), duty: "店长".into(), phone: phone.into() };
    let site = Site { contacts: vec![contact], ..office.site.clone() };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
}

async fn switch(office: &TestOffice, kinds: &[PartyNoticeKind]) {
    let was = office.state.store.notice_settings(office.office.id).await.unwrap();
    let party = PartyRules { kinds: kinds.to_vec(), address: "https://xunan.example".to_owned() };
    let by = asker(office, Role::Administrator).await;
    notices::change_rules(&office.state, &by, NoticeSettings { party, ..was }).await.unwrap();
}

/// Makes and sends at this moment.
async fn turn(office: &TestOffice, services: &Services, at: DateTime<Utc>) -> (u64, usize) {
    office.clock.set(at);
    let made = notices::make_for_parties(services).await.unwrap();
    (made, notices::deliver_to_parties(services).await.unwrap())
}

async fn told(office: &TestOffice, hazard: HazardId) -> Vec<PartyNotice> {
    office.state.store.party_notices(office.office.id, hazard, 20).await.unwrap()
}

/// An office with a gateway, and a hazard that is due on the 27th.
async fn office_with_gateway() -> (TestOffice, Services, StandIn, HazardId) {
    let office = TestOffice::open().await;
    on_record(&office, "138 1234-1234").await;
    let phone = office.phone(Role::Inspector).await;
    let hazard = id();
    let answers = phone.sync(&[found(hazard, office.site.id, "后门堆了啤酒箱")]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    let services = allowing(&office);
    let gateway = StandIn::open().await;
    gateway.answers(200, TAKEN);
    save(&office, &services, &channel(ChannelKind::Sms, &gateway.address)).await.unwrap();
    (office, services, gateway, hazard)
}

#[tokio::test]
async fn a_party_is_sent_what_is_wrong_until_when_and_where_to_answer() {
    let (office, services, gateway, hazard) = office_with_gateway().await;
    assert_eq!(turn(&office, &services, morning(4)).await, (0, 0), "off until somebody decides");
    switch(&office, &PartyNoticeKind::ALL).await;
    assert_eq!(turn(&office, &services, morning(4)).await, (1, 1));
    assert_eq!(turn(&office, &services, morning(4)).await, (0, 0), "once");
    let heard = gateway.heard();
    let [one] = heard.as_slice() else { panic!("{heard:?}") };
    let sent = one.json();
    assert_eq!(sent["to"], "13812341234");
    let text = sent["msg"].as_str().unwrap();
    for words in ["锦绣家园 A1", "后门堆了啤酒箱", "已逾期", "https://xunan.example/c/"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let all = told(&office, hazard).await;
    let [notice] = all.as_slice() else { panic!("{all:?}") };
    assert_eq!((notice.kind, notice.phone.as_str()), (PartyNoticeKind::Late, "138****1234"));
    assert_eq!(notice.state, DeliveryState::Sent { at: morning(4) });
    assert_eq!(notice.opened_at, None);
    // The address opens the hazard's page by the number that it went to.
    let code = text.split("/c/").nth(1).unwrap().split_whitespace().next().unwrap();
    let opened = server::service::codes::opening::open(&services, code, "341234", None).await;
    assert!(opened.is_ok(), "{opened:?}");
    assert_eq!(told(&office, hazard).await[0].opened_at, Some(morning(4)));
    let file = hazards::file(&services, &asker(&office, Role::Supervisor).await, hazard).await.unwrap();
    assert_eq!(file.told.len(), 1);
    let page =
        Desk::of(&office).seat(Role::Supervisor).await.page(&format!("/office/hazards/{hazard}")).await;
    let page = page.text();
    assert!(page.contains("138****1234") && page.contains("已打开查看"), "{page}");
    assert!(!page.contains("13812341234"), "the number is masked");
}

#[tokio::test]
async fn what_is_given_and_returned_is_told_and_what_is_put_right_is_not() {
    let (office, services, gateway, hazard) = office_with_gateway().await;
    switch(&office, &PartyNoticeKind::ALL).await;
    assert_eq!(turn(&office, &services, now()).await, (0, 0), "found is not given yet");
    let officer = office.phone(Role::Officer).await;
    let plan = json!({ "assign": { "responsible": "店主", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    let answers = officer.sync(&[command(hazard, plan)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    // Made, and overtaken before it goes.
    gateway.answers(503, "");
    assert_eq!(turn(&office, &services, now()).await, (1, 0));
    let inspector = office.phone(Role::Inspector).await;
    let photo = crate::photos::jpeg(10);
    let (hash, announced) = crate::photos::announce(&inspector, &photo);
    inspector.sync(&[announced]).await;
    inspector.upload_whole(photo).await;
    let rectified = json!({ "rectify": { "note": "", "photos": [hash] } });
    let answers = inspector.sync(&[command(hazard, rectified)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    gateway.answers(200, TAKEN);
    assert_eq!(turn(&office, &services, now() + Duration::hours(1)).await, (0, 0));
    let newest = told(&office, hazard).await.remove(0);
    assert_eq!(newest.kind, PartyNoticeKind::Issued);
    assert!(newest.state.failure().contains("not the party's"), "{newest:?}");
    let back = json!({ "return": { "reason": "看不出净宽", "deadline": "2026-11-30", "photos": [] } });
    let answers = officer.sync(&[command(hazard, back)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    assert_eq!(turn(&office, &services, now() + Duration::hours(2)).await, (1, 1));
    assert_eq!(told(&office, hazard).await[0].kind, PartyNoticeKind::Returned);
}

#[tokio::test]
async fn a_gateway_that_answers_success_and_lies_has_told_no_party_and_the_next_one_has() {
    let (office, services, gateway, hazard) = office_with_gateway().await;
    switch(&office, &[PartyNoticeKind::Late]).await;
    gateway.answers(200, LIES);
    assert_eq!(turn(&office, &services, morning(4)).await, (1, 0));
    assert_eq!(told(&office, hazard).await[0].state.as_str(), "waiting");
    let second = StandIn::open().await;
    second.answers(200, TAKEN);
    let change =
        ChannelChange { name: "转发短信".to_owned(), ..channel(ChannelKind::Sms, &second.address) };
    save(&office, &services, &change).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4) + Duration::hours(1)).await, (0, 1));
    assert_eq!(second.heard().len(), 1, "by the next one");
    assert_eq!(told(&office, hazard).await[0].state.as_str(), "sent");
}

#[tokio::test]
async fn a_number_is_sent_three_a_day_and_nothing_at_night() {
    let (office, services, gateway, _) = office_with_gateway().await;
    switch(&office, &[PartyNoticeKind::Late]).await;
    let phone = office.phone(Role::Inspector).await;
    late(&phone, &office, &["飞线充电", "灭火器过期", "安全出口上锁", "疏散指示灯不亮"]).await;
    let night = morning(4) - Duration::hours(4);
    assert_eq!(turn(&office, &services, night).await, (5, 0), "06:00");
    assert_eq!(turn(&office, &services, morning(4)).await, (0, 3));
    assert_eq!(turn(&office, &services, morning(4) + Duration::hours(9)).await, (0, 0));
    assert_eq!(turn(&office, &services, morning(5)).await, (0, 2), "the rest on the next day");
    assert_eq!(gateway.heard().len(), 5);
}

#[tokio::test]
async fn what_keeps_people_from_being_told_keeps_no_party() {
    let (office, services, gateway, hazard) = office_with_gateway().await;
    switch(&office, &[PartyNoticeKind::Late]).await;
    office.clock.set(morning(4));
    notices::make(&services).await.unwrap();
    office.database.execute("UPDATE person SET body = '{' || body WHERE role = 'school'").await;
    let context = Context { state: services, attempt: 1 };
    MakeNotices {}.run(&context).await.unwrap_err();
    assert_eq!(told(&office, hazard).await.len(), 1);
    DeliverNotices {}.run(&context).await.unwrap_err();
    assert_eq!((told(&office, hazard).await[0].state.as_str(), gateway.heard().len()), ("sent", 1));
}

#[tokio::test]
async fn where_no_mobile_number_is_on_record_that_is_said_at_the_hazard() {
    let (office, services, gateway, hazard) = office_with_gateway().await;
    on_record(&office, "0371-6512 3456").await;
    switch(&office, &[PartyNoticeKind::Late]).await;
    assert_eq!(turn(&office, &services, morning(4)).await, (1, 0));
    assert_eq!(gateway.heard().len(), 0);
    assert_eq!(told(&office, hazard).await[0].state.failure(), "no mobile number is on record");
}

#[tokio::test]
async fn administrators_switch_messages_to_parties_on_and_the_log_says_so() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office);
    let administrator = desk.seat(Role::Administrator).await;
    let page = administrator.page("/office/notices/rules").await.text();
    assert!(page.contains("告知责任主体") && page.contains("对外网址"), "{page}");
    let form = |address: &str| RuleForm {
        does: "party".into(),
        version: "0".into(),
        party_kinds: vec!["issued".into(), "late".into()],
        party_address: address.into(),
        ..RuleForm::default()
    };
    for wrong in ["", "http://xunan.example", "xunan.example"] {
        let refused = fault(&administrator.act("save_notice_rule", &form(wrong)).await);
        assert_eq!(refused["invalid"]["field"], "party_address", "{wrong}: {refused}");
    }
    let (path, _) = administrator.submit("save_notice_rule", &form("https://xunan.example/")).await;
    assert_eq!(path, "/office/notices/rules");
    let settings = office.state.store.notice_settings(office.office.id).await.unwrap();
    assert_eq!(settings.party.kinds, [PartyNoticeKind::Issued, PartyNoticeKind::Late]);
    assert_eq!(settings.party.address, "https://xunan.example");
    let audit = office.state.store.audit(office.office.id, &AuditFilter::default()).await.unwrap();
    assert!(audit.rows.iter().any(|entry| entry.subject.kind == SubjectKind::NoticeRules), "{audit:?}");
    let supervisor = desk.seat(Role::Supervisor).await;
    let refused = fault(&supervisor.act("save_notice_rule", &form("https://other.example")).await);
    assert!(!refused.is_null(), "nobody else");
}
