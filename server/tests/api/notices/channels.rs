//! Ways out of the house, against what stands in for the other end.

use super::{
    asker, late, morning,
    stand_in::{MailStandIn, StandIn},
};
use crate::office::{TestOffice, now};
use chrono::{DateTime, Duration, Utc};
use domain::{
    audit::{AuditFilter, SubjectKind},
    id::NoticeChannelId,
    notice::{ChannelChange, ChannelKind, MailRoute, NoticeKind, Success},
    person::Person,
    role::Role,
};
use serde_json::{Value, json};
use server::service::{Error, Services, notices};
use std::{
    io::Write,
    process::{Command, Stdio},
    sync::Arc,
};
use test_support::mail::{ACCOUNT, MailServer};

/// The office's services, where channels and reminders may lead to this machine.
pub(super) fn allowing(office: &TestOffice) -> Services {
    let hosts: Arc<[String]> = ["127.0.0.1".to_owned()].into();
    Services { notice_hosts: Arc::clone(&hosts), push_hosts: hosts, ..office.state.services.clone() }
}

pub(super) fn channel(kind: ChannelKind, address: &str) -> ChannelChange {
    ChannelChange {
        name: "测试渠道".to_owned(),
        kind: Some(kind),
        on: true,
        kinds: vec![NoticeKind::Late, NoticeKind::DueTomorrow],
        address: address.to_owned(),
        key: "s3cr3t-of-the-channel".to_owned(),
        template: r#"{"to":"${phone}","msg":"${text}","auth":"${secret}"}"#.to_owned(),
        success: Success { field: "code".to_owned(), value: "0".to_owned() },
        mail: MailRoute::read("xunan@jinhe.example", "anwei@jinhe.example, zhiban@jinhe.example"),
    }
}

pub(super) async fn save(
    office: &TestOffice,
    services: &Services,
    change: &ChannelChange,
) -> Result<(), Error> {
    notices::change_channel(services, &asker(office, Role::Administrator).await, None, change).await
}

/// Three hazards, due on the 27th, told to their finder on the day before and the day after.
pub(super) async fn with_late_hazards() -> (TestOffice, Services) {
    let office = TestOffice::open().await;
    let phone = office.phone(Role::Inspector).await;
    late(&phone, &office, &["堆放杂物", "飞线充电", "灭火器过期"]).await;
    let services = allowing(&office);
    (office, services)
}

/// Makes and sends at this moment.
pub(super) async fn turn(office: &TestOffice, services: &Services, at: DateTime<Utc>) -> usize {
    office.clock.set(at);
    notices::make(services).await.unwrap();
    notices::deliver(services).await.unwrap()
}

async fn states(office: &TestOffice) -> Vec<(&'static str, u32)> {
    let rows = office.state.store.notice_deliveries(office.office.id, 100).await.unwrap();
    rows.iter().map(|row| (row.state.as_str(), row.attempts)).collect()
}

#[tokio::test]
async fn a_channel_that_fails_for_an_hour_loses_none_and_doubles_none() {
    let (office, services) = with_late_hazards().await;
    let robot = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Wecom, &format!("{}/send?key=k1", robot.address)))
        .await
        .unwrap();
    robot.answers(500, "");
    let begins = morning(4);
    for minute in 0..60 {
        assert_eq!(turn(&office, &services, begins + Duration::minutes(minute)).await, 0);
    }
    let tries = robot.heard().len();
    assert!((4..=8).contains(&tries), "each time longer apart: {tries}");
    robot.answers(200, r#"{"errcode":0,"errmsg":"ok"}"#);
    let mut sent = 0;
    for minute in 60..180 {
        sent += turn(&office, &services, begins + Duration::minutes(minute)).await;
    }
    assert_eq!(sent, 3, "none is lost");
    let heard = robot.heard();
    assert_eq!(heard.len(), tries + 1, "one message instead of three, and not again");
    let text = heard.last().unwrap().json()["text"]["content"].as_str().unwrap().to_owned();
    for words in ["共 3 条", "堆放杂物", "飞线充电", "灭火器过期", "网格员"] {
        assert_eq!(text.matches(words).count(), if words == "网格员" { 3 } else { 1 }, "{words}: {text}");
    }
    assert!(states(&office).await.iter().all(|(state, _)| *state == "sent"));
}

#[tokio::test]
async fn a_channel_that_is_down_for_a_day_is_given_up_and_says_so() {
    let (office, services) = with_late_hazards().await;
    let robot = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Wecom, &format!("{}/send?key=k1", robot.address)))
        .await
        .unwrap();
    robot.answers(503, "");
    for minutes in (0..=26 * 60).step_by(5) {
        turn(&office, &services, morning(4) + Duration::minutes(minutes)).await;
    }
    let states = states(&office).await;
    assert_eq!(states.len(), 3);
    assert!(states.iter().all(|(state, tries)| *state == "failed" && *tries > 10), "{states:?}");
    let tried = robot.heard().len();
    turn(&office, &services, morning(4) + Duration::hours(28)).await;
    assert_eq!(robot.heard().len(), tried, "and is left alone then");
    let administrator = asker(&office, Role::Administrator).await;
    let file = notices::file(&services, &administrator).await.unwrap();
    assert_eq!((file.channels[0].waiting, file.channels[0].failed), (0, 3));
    assert_eq!(file.deliveries[0].state.failure(), "answered with status 503");
    let own = notices::inbox(&services, &asker(&office, Role::Inspector).await).await.unwrap();
    assert_eq!(own.len(), 3, "the inbox has them all the same");
}

#[tokio::test]
async fn a_gateway_that_answers_success_and_lies_has_sent_nothing() {
    let office = TestOffice::open().await;
    let services = allowing(&office);
    let phone = office.phone(Role::Inspector).await;
    late(&phone, &office, &["通道\"上锁\""]).await;
    let person = Person { phone: "13800000000".to_owned(), ..super::person(&office, Role::Inspector).await };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_person(office.office.id, &person, None).await.unwrap();
    tx.commit().await.unwrap();
    let gateway = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Sms, &gateway.address)).await.unwrap();
    for (hours, lie) in [(0, r#"{"code":"E402","msg":"余额不足"}"#), (1, "ok"), (2, r#"{"status":0}"#)] {
        gateway.answers(200, lie);
        assert_eq!(turn(&office, &services, morning(4) + Duration::hours(hours)).await, 0, "{lie}");
        assert_eq!(states(&office).await[0].0, "waiting", "{lie}");
    }
    gateway.answers(200, r#"{"code":0}"#);
    assert_eq!(turn(&office, &services, morning(4) + Duration::hours(8)).await, 1);
    let heard = gateway.heard();
    assert_eq!(heard.len(), 4);
    let sent = heard[3].json();
    assert_eq!((&sent["to"], &sent["auth"]), (&json!("13800000000"), &json!("s3cr3t-of-the-channel")));
    assert!(sent["msg"].as_str().unwrap().contains("通道\"上锁\""), "{sent}");
}

#[tokio::test]
async fn who_has_no_telephone_number_is_told_in_the_inbox_and_that_is_said() {
    let (office, services) = with_late_hazards().await;
    let gateway = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Sms, &gateway.address)).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    assert_eq!(gateway.heard().len(), 0);
    let rows = office.state.store.notice_deliveries(office.office.id, 10).await.unwrap();
    assert!(rows.iter().all(|row| row.state.failure() == "the person has no telephone number"), "{rows:?}");
}

#[tokio::test]
async fn a_robot_of_dingtalk_is_sent_what_it_can_check() {
    let (office, services) = with_late_hazards().await;
    let robot = StandIn::open().await;
    let address = format!("{}/robot/send?access_token=t1", robot.address);
    save(&office, &services, &channel(ChannelKind::Dingtalk, &address)).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4)).await, 3);
    let heard = robot.heard();
    let uri = &heard[0].uri;
    let millis = morning(4).timestamp_millis();
    assert!(uri.starts_with(&format!("/robot/send?access_token=t1&timestamp={millis}&sign=")), "{uri}");
    assert_eq!(heard[0].json()["msgtype"], "text");
}

#[tokio::test]
async fn a_mail_server_is_handed_one_mail_to_every_mailbox() {
    let (office, services) = with_late_hazards().await;
    let server = MailStandIn::open().await;
    let change = ChannelChange { key: "user:pass".to_owned(), ..channel(ChannelKind::Mail, &server.address) };
    save(&office, &services, &change).await.unwrap();
    server.refuses(true);
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    server.refuses(false);
    assert_eq!(turn(&office, &services, morning(4) + Duration::minutes(5)).await, 3);
    let heard = server.heard();
    let said = |words: &str| heard.iter().filter(|line| line.contains(words)).count();
    assert_eq!(said("AUTH PLAIN"), 2);
    assert_eq!(said("RCPT TO:<anwei@jinhe.example>"), 2, "refused, and taken: {heard:?}");
    assert_eq!(said("RCPT TO:<zhiban@jinhe.example>"), 1, "{heard:?}");
    assert_eq!(said("From: xunan@jinhe.example"), 1, "one mail: {heard:?}");
}

/// The server is other people's, a process of its own.
#[tokio::test]
async fn a_mail_server_that_others_wrote_takes_the_mail_of_its_account_and_no_other() {
    let (office, services) = with_late_hazards().await;
    let mut server = MailServer::start();
    let mail =
        |key: &str| ChannelChange { key: key.to_owned(), ..channel(ChannelKind::Mail, &server.address) };
    let (wrong, right) = (mail("xunan:guess"), mail(ACCOUNT));
    save(&office, &services, &wrong).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    assert_eq!(states(&office).await, [("waiting", 1); 3]);
    let by = asker(&office, Role::Administrator).await;
    let known = notices::file(&services, &by).await.unwrap().channels[0].channel.id;
    notices::change_channel(&services, &by, Some(known), &right).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4) + Duration::minutes(5)).await, 3);
    let told: Value = serde_json::from_str(&server.next_mail()).unwrap();
    assert_eq!(told["from"], "xunan@jinhe.example");
    assert_eq!(told["to"], json!(["anwei@jinhe.example", "zhiban@jinhe.example"]));
    assert!(told["subject"].as_str().unwrap().contains("巡安提醒"), "{told}");
    for words in ["堆放杂物", "飞线充电", "灭火器过期"] {
        assert!(told["text"].as_str().unwrap().contains(words), "{words}: {told}");
    }
}

#[tokio::test]
async fn another_program_knows_by_the_key_who_sends() {
    let (office, services) = with_late_hazards().await;
    let hook = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Webhook, &hook.address)).await.unwrap();
    assert_eq!(turn(&office, &services, morning(4)).await, 3);
    let heard = hook.heard();
    let [once] = heard.as_slice() else { panic!("{heard:?}") };
    assert_eq!(once.json()["notices"].as_array().unwrap().len(), 3);
    assert_eq!(once.json()["notices"][0]["kind"], "late");
    let (timestamp, signature) = (once.header("x-xunan-timestamp"), once.header("x-xunan-signature"));
    assert_eq!(timestamp, morning(4).timestamp().to_string());
    let verified = |key: &str, body: &str| {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../end2end/verify-webhook.mjs");
        let mut node =
            Command::new("node").arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let said = json!({ "key": key, "timestamp": timestamp, "signature": signature, "body": body });
        node.stdin.take().unwrap().write_all(said.to_string().as_bytes()).unwrap();
        String::from_utf8(node.wait_with_output().unwrap().stdout).unwrap()
    };
    assert_eq!(verified("s3cr3t-of-the-channel", &once.body), "yes");
    assert_eq!(verified("another key", &once.body), "no");
    assert_eq!(verified("s3cr3t-of-the-channel", &format!("{} ", once.body)), "no");
}

#[tokio::test]
async fn what_answers_with_another_address_is_not_followed() {
    let (office, services) = with_late_hazards().await;
    let (hook, inner) = (StandIn::open().await, StandIn::open().await);
    save(&office, &services, &channel(ChannelKind::Webhook, &hook.address)).await.unwrap();
    hook.leads_to(&inner.address);
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    assert_eq!((hook.heard().len(), inner.heard().len()), (1, 0));
    let rows = office.state.store.notice_deliveries(office.office.id, 1).await.unwrap();
    assert!(rows[0].state.failure().contains("not followed"), "{rows:?}");
}

/// Saved while it was allowed; what its name leads to is looked at again whenever something goes.
#[tokio::test]
async fn a_name_that_leads_inside_by_now_is_not_called() {
    let (office, services) = with_late_hazards().await;
    let hook = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Webhook, &hook.address)).await.unwrap();
    assert_eq!(turn(&office, &office.state.services, morning(4)).await, 0);
    assert_eq!(hook.heard().len(), 0);
    // Over plain HTTP nobody is called who was not named when the server was started.
    assert_eq!(states(&office).await, [("waiting", 1); 3]);
}

#[tokio::test]
async fn a_channel_is_refused_with_a_word_on_what_is_wrong() {
    let office = TestOffice::open().await;
    let services = &office.state.services;
    let sms = |template: &str| ChannelChange {
        template: template.to_owned(),
        ..channel(ChannelKind::Sms, "https://8.8.8.8/send")
    };
    let no_success = ChannelChange { success: Success::default(), ..sms("p=${phone}&t=${text}") };
    let https = |host: &str| format!("https://{host}/hook");
    for (change, field, words) in [
        (sms("p=${phone}&t=${text}&n=${mobile}"), "template", "${mobile}"),
        (sms("p=${phone}"), "template", "${text}"),
        (sms("p=${phone}&t=${text"), "template", "右花括号"),
        (sms(r#"{"p":${phone},"t":${text}}"#), "template", "JSON"),
        (no_success, "success", "字段"),
        (
            channel(ChannelKind::Wecom, "https://qyapi.weixin.qq.com.evil.cn/send"),
            "address",
            "qyapi.weixin.qq.com",
        ),
        (channel(ChannelKind::Dingtalk, &https("qyapi.weixin.qq.com")), "address", "oapi.dingtalk.com"),
        (channel(ChannelKind::Webhook, &https("127.0.0.1")), "address", "内部网络"),
        (channel(ChannelKind::Webhook, &https("169.254.169.254")), "address", "内部网络"),
        (channel(ChannelKind::Webhook, &https("[::ffff:10.0.0.1]")), "address", "内部网络"),
        (channel(ChannelKind::Webhook, &https("2130706433")), "address", "内部网络"),
        (channel(ChannelKind::Webhook, "http://8.8.8.8/hook"), "address", "https://"),
        (channel(ChannelKind::Webhook, "https://a:b@8.8.8.8/"), "address", "https://"),
        (channel(ChannelKind::Webhook, &https("no-such-host.invalid")), "address", "找不到主机"),
        (channel(ChannelKind::Webhook, ""), "address", "地址"),
        (
            ChannelChange { key: String::new(), ..channel(ChannelKind::Webhook, &https("8.8.8.8")) },
            "secret",
            "密钥",
        ),
        (
            ChannelChange { name: " ".to_owned(), ..channel(ChannelKind::Webhook, &https("8.8.8.8")) },
            "name",
            "名称",
        ),
        (
            ChannelChange {
                mail: MailRoute::read("a@b", "c@d, nobody"),
                ..channel(ChannelKind::Mail, "smtps://8.8.8.8")
            },
            "mail_to",
            "nobody",
        ),
        (
            ChannelChange { mail: MailRoute::default(), ..channel(ChannelKind::Mail, "smtps://8.8.8.8") },
            "mail_to",
            "邮箱",
        ),
        (channel(ChannelKind::Mail, "smtp://127.0.0.1:25"), "address", "内部网络"),
        (channel(ChannelKind::Mail, "https://8.8.8.8"), "address", "smtps://"),
    ] {
        let refused = save(&office, services, &change).await;
        let Err(Error::Invalid { field: of, reason }) = refused else { panic!("{words}: {refused:?}") };
        assert_eq!(of, field, "{reason}");
        assert!(reason.contains(words), "{words}: {reason}");
    }
    assert_eq!(office.state.store.notice_channels(office.office.id).await.unwrap(), []);
}

#[tokio::test]
async fn only_administrators_set_channels_and_nobody_sees_their_secrets_again() {
    let office = TestOffice::open().await;
    let services = allowing(&office);
    let new = channel(ChannelKind::Webhook, "http://127.0.0.1:9/hook?token=t0k3n");
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
        let by = asker(&office, role).await;
        assert_eq!(
            notices::change_channel(&services, &by, None, &new).await,
            Err(Error::NotAllowed),
            "{role:?}"
        );
        assert_eq!(notices::file(&services, &by).await, Err(Error::NotAllowed), "{role:?}");
    }
    let by = asker(&office, Role::Administrator).await;
    save(&office, &services, &new).await.unwrap();
    let file = notices::file(&services, &by).await.unwrap();
    let id = file.channels[0].channel.id;
    assert_eq!(file.channels[0].channel.shown, "http://127.0.0.1:9");
    // With address and key left empty both stay.
    let renamed = ChannelChange {
        name: "新名称".to_owned(),
        address: String::new(),
        key: String::new(),
        ..new.clone()
    };
    notices::change_channel(&services, &by, Some(id), &renamed).await.unwrap();
    let unknown: NoticeChannelId = crate::office::id();
    assert_eq!(notices::change_channel(&services, &by, Some(unknown), &renamed).await, Err(Error::NotFound));
    let filter = AuditFilter { subject: Some(SubjectKind::NoticeChannel), page: 1, ..AuditFilter::default() };
    let entries = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
    assert_eq!(entries.len(), 2, "each change is written down");
    let stored = office.state.store.notice_channels(office.office.id).await.unwrap();
    let everything = format!(
        "{} {} {file:?} {stored:?} {new:?}",
        serde_json::to_string(&entries).unwrap(),
        serde_json::to_string(&stored[0].channel).unwrap()
    );
    let sealed = String::from_utf8_lossy(&stored[0].secret).into_owned();
    for secret in ["s3cr3t-of-the-channel", "t0k3n"] {
        assert!(!everything.contains(secret), "{secret}: {everything}");
        assert!(!sealed.contains(secret), "sealed");
    }
}

#[tokio::test]
async fn at_night_nothing_goes_out_and_in_the_morning_it_goes_as_one() {
    let (office, services) = with_late_hazards().await;
    let robot = StandIn::open().await;
    save(&office, &services, &channel(ChannelKind::Wecom, &format!("{}/send?key=k1", robot.address)))
        .await
        .unwrap();
    // 22:00 and 6:59 of the office's clock, then 7:00.
    let evening = now() + Duration::days(3) + Duration::hours(12);
    let night = evening + Duration::hours(8) + Duration::minutes(59);
    assert_eq!(turn(&office, &services, evening - Duration::days(1)).await, 0, "the day before");
    assert_eq!(turn(&office, &services, night).await, 0);
    assert_eq!(robot.heard().len(), 0);
    assert!(turn(&office, &services, night + Duration::minutes(1)).await >= 3);
    assert_eq!(robot.heard().len(), 1, "one message");
}
