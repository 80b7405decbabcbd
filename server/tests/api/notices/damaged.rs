//! What cannot be read keeps nothing else from being told.

use super::{
    channels::{channel, save, turn, with_late_hazards},
    morning,
    stand_in::StandIn,
};
use chrono::Duration;
use domain::notice::{ChannelChange, ChannelKind};
use server::service::notices;

#[tokio::test]
async fn a_channel_that_cannot_be_read_keeps_no_other_from_sending_and_loses_nothing() {
    let (office, services) = with_late_hazards().await;
    let (robot, other) = (StandIn::open().await, StandIn::open().await);
    let hook = channel(ChannelKind::Webhook, &format!("{}/hook", other.address));
    save(&office, &services, &ChannelChange { name: "另一个系统".to_owned(), ..hook }).await.unwrap();
    save(&office, &services, &channel(ChannelKind::Wecom, &format!("{}/send?key=k1", robot.address)))
        .await
        .unwrap();
    office.clock.set(morning(4));
    notices::make(&services).await.unwrap();
    let damage = "UPDATE notice_channel SET body = '{' || body WHERE body LIKE '%webhook%'";
    office.database.execute(damage).await;
    assert_eq!(turn(&office, &services, morning(4)).await, 3);
    assert_eq!((robot.heard().len(), other.heard().len()), (1, 0));
    let mended = "UPDATE notice_channel SET body = substr(body, 2) WHERE body LIKE '{{%'";
    office.database.execute(mended).await;
    assert_eq!(turn(&office, &services, morning(4) + Duration::minutes(30)).await, 3, "it had waited");
    assert_eq!((robot.heard().len(), other.heard().len()), (1, 1));
}
