//! What is secret of a channel stays with whoever wrote it.

use super::{
    asker,
    channels::{allowing, channel, save},
};
use crate::office::TestOffice;
use domain::{
    notice::{ChannelChange, ChannelKind},
    role::Role,
};
use server::service::{Error, notices};

/// An administrator who does not know a key is not sent it either.
#[tokio::test]
async fn a_key_that_is_kept_goes_to_no_other_host_and_into_no_other_text() {
    let office = TestOffice::open().await;
    let services = allowing(&office);
    let by = asker(&office, Role::Administrator).await;
    let sms = channel(ChannelKind::Sms, "http://127.0.0.1:9/send");
    save(&office, &services, &sms).await.unwrap();
    let id = notices::file(&services, &by).await.unwrap().channels[0].channel.id;
    let kept = || ChannelChange { key: String::new(), ..sms.clone() };
    let elsewhere = |address: &str| ChannelChange { address: address.to_owned(), ..kept() };
    let text = r#"{"to":"${phone}","msg":"${text} ${secret}"}"#.to_owned();
    for change in [
        elsewhere("https://8.8.8.8/send"),
        elsewhere("http://127.0.0.1:10/send"),
        elsewhere("http://127.0.0.1:9@8.8.8.8/send"),
        ChannelChange { template: text, ..kept() },
    ] {
        let refused = notices::change_channel(&services, &by, Some(id), &change).await;
        let Err(Error::Invalid { field, reason }) = refused else { panic!("{refused:?}") };
        assert_eq!(field, "secret");
        assert!(reason.contains("重新填写密钥"), "{reason}");
    }
    // Another path of the same host, and another host with the key written anew.
    let same = elsewhere("http://127.0.0.1:9/v2/send");
    notices::change_channel(&services, &by, Some(id), &same).await.unwrap();
    let anew = channel(ChannelKind::Sms, "https://8.8.8.8/send");
    notices::change_channel(&services, &by, Some(id), &anew).await.unwrap();
}
