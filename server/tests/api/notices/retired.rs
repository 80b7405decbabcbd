//! A channel that is taken away.

use super::{
    asker,
    channels::{channel, save, turn, with_late_hazards},
    morning,
    stand_in::StandIn,
};
use crate::{
    office::TestOffice,
    pages::{Desk, fault},
};
use app::server_fns::notices::channel_form::ChannelForm;
use chrono::Duration;
use domain::{
    audit::{Act, AuditFilter},
    id::NoticeChannelId,
    notice::{ChannelChange, ChannelKind},
    role::Role,
};
use server::service::{Error, notices};

async fn by_name(office: &TestOffice, name: &str) -> NoticeChannelId {
    let known = office.state.store.notice_channels(office.office.id).await.unwrap();
    known.iter().find(|stored| stored.channel.name == name).unwrap().channel.id
}

#[tokio::test]
async fn what_waits_for_a_channel_that_is_deleted_fails_clearly_and_goes_by_the_next() {
    let (office, services) = with_late_hazards().await;
    let (first, second) = (StandIn::open().await, StandIn::open().await);
    let one = channel(ChannelKind::Wecom, &format!("{}/send?key=k1", first.address));
    save(&office, &services, &one).await.unwrap();
    first.answers(500, "");
    assert_eq!(turn(&office, &services, morning(4)).await, 0);
    let other = format!("{}/send?key=k2", second.address);
    let other = ChannelChange { name: "另一个群".to_owned(), ..channel(ChannelKind::Wecom, &other) };
    save(&office, &services, &other).await.unwrap();
    let (by, id) = (asker(&office, Role::Administrator).await, by_name(&office, "测试渠道").await);
    notices::retire_channel(&services, &by, id).await.unwrap();
    notices::retire_channel(&services, &by, id).await.unwrap();
    let rows = office.state.store.notice_deliveries(office.office.id, 10).await.unwrap();
    let of = |name: &str| rows.iter().filter(|row| row.channel_name == name).collect::<Vec<_>>();
    assert_eq!(of("测试渠道").len(), 3);
    assert!(of("测试渠道").iter().all(|row| row.state.failure() == "the channel was deleted"), "{rows:?}");
    assert!(of("另一个群").iter().all(|row| row.state.as_str() == "waiting"), "{rows:?}");
    let tried = first.heard().len();
    assert_eq!(turn(&office, &services, morning(4) + Duration::minutes(5)).await, 3, "none is lost");
    assert_eq!((first.heard().len(), second.heard().len()), (tried, 1));
    // Nothing of it is kept, and nothing goes this way again.
    let stored = office.state.store.notice_channels(office.office.id).await.unwrap();
    let stored = stored.into_iter().find(|stored| stored.channel.id == id).unwrap();
    let opened = services.secrets.unseal(id.0.as_bytes(), &stored.secret).unwrap();
    assert!(!String::from_utf8(opened).unwrap().contains("k1"));
    let again = notices::change_channel(&services, &by, Some(id), &one).await;
    assert_eq!(again, Err(Error::NotFound));
    let audit = office.state.store.audit(office.office.id, &AuditFilter::default()).await.unwrap();
    assert_eq!(audit.rows.iter().filter(|entry| entry.act == Act::Removed).count(), 1, "once");
}

#[tokio::test]
async fn the_desk_asks_first_and_the_rules_say_which_channel_is_gone() {
    let (office, services) = with_late_hazards().await;
    let robot = StandIn::open().await;
    let one = channel(ChannelKind::Wecom, &format!("{}/send?key=k1", robot.address));
    save(&office, &services, &one).await.unwrap();
    let id = by_name(&office, "测试渠道").await;
    let form =
        |sure| ChannelForm { does: "retire".into(), id: id.to_string(), sure, ..ChannelForm::default() };
    let desk = Desk::of(&office);
    let supervisor = desk.seat(Role::Supervisor).await;
    assert!(!fault(&supervisor.act("save_notice_channel", &form(true)).await).is_null(), "nobody else");
    let administrator = desk.seat(Role::Administrator).await;
    let refused = fault(&administrator.act("save_notice_channel", &form(false)).await);
    assert_eq!(refused["invalid"]["field"], "sure", "{refused}");
    let (path, reply) = administrator.submit("save_notice_channel", &form(true)).await;
    let page = reply.text();
    assert_eq!(path, "/office/notices/rules");
    assert!(page.contains("外发渠道“测试渠道”已删除"), "{page}");
    let page = administrator.page(&format!("/office/notices/rules?channel={id}")).await.text();
    assert!(!page.contains("修改渠道"), "its form is gone: {page}");
}
