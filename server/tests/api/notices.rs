//! 消息: told once, seen once, and sent through whatever fails.

mod channels;
mod damaged;
mod kept_keys;
mod parties;
mod push;
mod retired;
mod stand_in;

use super::{
    asker::at_desk,
    office::{Phone, TestOffice, command, found, given, id, now, operation, outcome_of},
    pages::{Desk, fault},
};
use app::server_fns::notices::{SeenForm, channel_form::ChannelForm, rule_form::RuleForm};
use chrono::{DateTime, Duration, Utc};
use domain::{
    id::{HazardId, NoticeId},
    notice::{Notice, NoticeAbout, NoticeKind},
    person::{Person, Standing},
    role::Role,
};
use serde_json::{Value, json};
use server::service::{
    Asker,
    notices::{self, Made},
};

async fn person(office: &TestOffice, role: Role) -> Person {
    let people = office.state.store.people(office.office.id).await.unwrap();
    people.into_iter().find(|person| person.role == role).unwrap()
}

/// The person of this role at the desk.
pub async fn asker(office: &TestOffice, role: Role) -> Asker {
    at_desk(&person(office, role).await.actor(office.office.id, Some(&Standing::default())))
}

/// Hazards of the site that are late by so many days on the morning of the tests.
async fn late(phone: &Phone<'_>, office: &TestOffice, words: &[&str]) {
    for what in words {
        let answers = phone.sync(&[found(id(), office.site.id, what)]).await;
        assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    }
}

fn morning(days: i64) -> DateTime<Utc> {
    now() + Duration::days(days)
}

async fn pulled(phone: &Phone<'_>, cursor: Option<String>) -> (Vec<Notice>, String) {
    let (changes, cursor) = phone.pull(cursor).await;
    let notices = changes.into_iter().filter(|change| change["kind"] == "notice");
    (notices.map(|change| serde_json::from_value(change["body"].clone()).unwrap()).collect(), cursor)
}

fn seen(notices: &[NoticeId]) -> Value {
    operation(json!({ "notices_seen": { "notices": notices } }))
}

#[tokio::test]
async fn work_that_is_given_is_told_once_to_its_person_and_seen_once() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let officer = office.phone(Role::CommunityOfficer).await;
    let (_, cursor) = pulled(&inspector, None).await;
    let about = json!({ "visit": { "site": office.site.id } });
    officer.sync(&[given(id(), inspector.person, &about)]).await;
    assert_eq!(notices::make(&office.state).await.unwrap(), Made { notices: 1, deliveries: 0 });
    assert_eq!(notices::make(&office.state).await.unwrap(), Made::default(), "worked out again");
    let (told, cursor) = pulled(&inspector, Some(cursor)).await;
    let [notice] = told.as_slice() else { panic!("{told:?}") };
    assert_eq!((notice.kind, notice.person, notice.seen_at), (NoticeKind::Assigned, inspector.person, None));
    let NoticeAbout::Task { site_name, .. } = &notice.about else { panic!("{notice:?}") };
    assert_eq!(*site_name, office.site.name);
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Inspector) {
        assert_eq!(pulled(&office.phone(role).await, None).await.0, [], "{role:?}");
        let path = format!("/api/v1/records/notice/{}", notice.id);
        assert_eq!(office.phone(role).await.request("GET", &path, "").await.status, 404, "{role:?}");
    }
    let desk = asker(&office, Role::Inspector).await;
    assert_eq!(notices::unseen(&office.state, &desk).await.unwrap(), 1);
    // Somebody else says that it was seen, then its person, twice.
    let answers = officer.sync(&[seen(&[notice.id])]).await;
    assert_eq!(outcome_of(&answers[0]), "received");
    assert_eq!(notices::unseen(&office.state, &desk).await.unwrap(), 1);
    let once = seen(&[notice.id]);
    for outcome in ["received", "already_received"] {
        assert_eq!(outcome_of(&inspector.sync(std::slice::from_ref(&once)).await[0]), outcome);
    }
    assert_eq!(outcome_of(&inspector.sync(&[seen(&[notice.id, id()])]).await[0]), "received");
    assert_eq!(notices::unseen(&office.state, &desk).await.unwrap(), 0);
    let (told, cursor) = pulled(&inspector, Some(cursor)).await;
    assert_eq!(told[0].seen_at, Some(now()));
    assert_eq!(pulled(&inspector, Some(cursor)).await.0, [], "and no more");
    let many: Vec<NoticeId> = (0..201).map(|_| id()).collect();
    let answers = inspector.sync(&[seen(&many)]).await;
    assert_eq!(outcome_of(&answers[0]), "refused", "{answers:?}");
}

#[tokio::test]
async fn a_hazard_that_is_late_is_told_further_up_as_days_pass() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    // Due on the 27th.
    late(&inspector, &office, &["堆放杂物"]).await;
    let told_on = async |days| {
        office.clock.set(morning(days));
        notices::make(&office.state).await.unwrap();
        let mut told = vec![];
        for role in Role::ALL {
            let own = notices::inbox(&office.state, &asker(&office, role).await).await.unwrap();
            let new = own.iter().filter(|notice| notice.made_at == morning(days));
            told.extend(new.map(|notice| (role, notice.kind)));
        }
        told
    };
    assert_eq!(told_on(0).await, []);
    assert_eq!(told_on(2).await, [(Role::Inspector, NoticeKind::DueTomorrow)]);
    assert_eq!(told_on(3).await, [], "its last day");
    assert_eq!(told_on(4).await, [(Role::Inspector, NoticeKind::Late)]);
    assert_eq!(told_on(5).await, [], "once");
    let kind = NoticeKind::Late;
    assert_eq!(told_on(6).await, [(Role::CommunityOfficer, kind), (Role::Officer, kind)]);
    assert_eq!(told_on(10).await, [(Role::Supervisor, kind), (Role::Leader, kind)]);
    assert_eq!(told_on(60).await, [], "what is late for long stands in the ledger");
}

#[tokio::test]
async fn what_is_returned_and_what_is_major_is_told_to_who_must_know() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let officer = office.phone(Role::Officer).await;
    let hazard: HazardId = id();
    inspector.sync(&[found(hazard, office.site.id, "堆放杂物")]).await;
    let plan = json!({ "assign": { "responsible": "物业", "measures": "清走", "funds": 0,
        "deadline": "2026-11-28", "contingency": "巡查" } });
    let back = json!({ "return": { "reason": "看不出净宽", "deadline": "2026-11-30", "photos": [] } });
    let answers = officer.sync(&[command(hazard, plan)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    let photo = super::photos::jpeg(10);
    let (hash, announced) = super::photos::announce(&inspector, &photo);
    inspector.sync(&[announced]).await;
    inspector.upload_whole(photo).await;
    let rectified = json!({ "rectify": { "note": "", "photos": [hash] } });
    let answers = inspector.sync(&[command(hazard, rectified)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    let answers = officer.sync(&[command(hazard, back)]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    notices::make(&office.state).await.unwrap();
    let own = notices::inbox(&office.state, &asker(&office, Role::Inspector).await).await.unwrap();
    let [notice] = own.as_slice() else { panic!("{own:?}") };
    assert_eq!(notice.kind, NoticeKind::Returned);
    let NoticeAbout::Hazard { reason, hazard: of, .. } = &notice.about else { panic!("{notice:?}") };
    assert_eq!((reason.as_str(), *of), ("看不出净宽", hazard));
    let officers = notices::inbox(&office.state, &asker(&office, Role::Officer).await).await.unwrap();
    assert_eq!(officers, [], "who returned it knows");
    let mut major = found(id(), office.site.id, "安全出口锁闭");
    super::office::command_in(&mut major)["level"] = json!("major");
    let answers = inspector.sync(&[major]).await;
    assert_eq!(outcome_of(&answers[0]), "received", "{answers:?}");
    notices::make(&office.state).await.unwrap();
    let told_of_it = [Role::CommunityOfficer, Role::Officer, Role::Supervisor, Role::Leader];
    for role in Role::ALL {
        let told = usize::from(told_of_it.contains(&role));
        let own = notices::inbox(&office.state, &asker(&office, role).await).await.unwrap();
        let major = own.iter().filter(|notice| notice.kind == NoticeKind::MajorFound).count();
        assert_eq!(major, told, "{role:?}");
    }
}

#[tokio::test]
async fn the_desk_shows_what_its_person_is_told_and_who_is_told_of_what() {
    let office = TestOffice::open().await;
    let inspector = office.phone(Role::Inspector).await;
    let mut major = found(id(), office.site.id, "安全出口锁闭");
    super::office::command_in(&mut major)["level"] = json!("major");
    inspector.sync(&[major]).await;
    notices::make(&office.state).await.unwrap();
    let desk = Desk::of(&office);
    let supervisor = desk.seat(Role::Supervisor).await;
    let page = supervisor.page("/office/notices").await.text();
    for words in ["发现重大隐患", "安全出口锁闭", "知悉", "1 条未读", "全部标为已读"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let own = notices::inbox(&office.state, &asker(&office, Role::Supervisor).await).await.unwrap();
    let form = SeenForm { ids: own.iter().map(|notice| notice.id.to_string()).collect() };
    let (_, reply) = supervisor.submit("see_notices", &form).await;
    assert!(!reply.text().contains("条未读"), "{}", reply.text());
    assert_eq!(supervisor.page("/office/notices/rules").await.status, 403);
    let administrator = desk.seat(Role::Administrator).await;
    let page = administrator.page("/office/notices/rules").await.text();
    for words in ["消息规则", "21:00", "07:00", "承办人", "没有渠道", "还没有发送记录"] {
        assert!(page.contains(words), "{words}: {page}");
    }
    let rule = |days: &str| RuleForm {
        does: "rule".into(),
        version: "0".into(),
        kind: "late".into(),
        after: "3".into(),
        days: days.into(),
        to: vec!["leader".into()],
        ..RuleForm::default()
    };
    for wrong in ["三", "91", "7"] {
        let refused = fault(&administrator.act("save_notice_rule", &rule(wrong)).await);
        assert_eq!(refused["invalid"]["field"], "days", "{wrong}: {refused}");
    }
    let (path, _) = administrator.submit("save_notice_rule", &rule("5")).await;
    assert_eq!(path, "/office/notices/rules");
    let again = fault(&administrator.act("save_notice_rule", &rule("5")).await);
    assert!(!again.is_null(), "by the rules of before");
    let settings = office.state.store.notice_settings(office.office.id).await.unwrap();
    assert_eq!((settings.version, settings.rules[3].after_days), (1, 5));
    let channel = ChannelForm {
        does: "channel".into(),
        name: "短信".into(),
        kind: "sms".into(),
        on: true,
        kinds: vec!["late".into()],
        address: "https://8.8.8.8/send".into(),
        secret: "s3cr3t-of-the-form".into(),
        template: "p=${phone}&t=${content}".into(),
        success: "code".into(),
        value: "0".into(),
        ..ChannelForm::default()
    };
    let refused = fault(&administrator.act("save_notice_channel", &channel).await);
    assert!(refused["invalid"]["reason"].as_str().unwrap().contains("${content}"), "{refused}");
    let mended = ChannelForm { template: "p=${phone}&t=${text}".into(), ..channel };
    let (_, reply) = administrator.submit("save_notice_channel", &mended).await;
    let page = reply.text();
    assert!(page.contains("https://8.8.8.8") && !page.contains("8.8.8.8/send"), "{page}");
    assert!(!page.contains("s3cr3t-of-the-form"), "nobody sees it again");
}
