//! 手机提醒: to the browsers of those who switched it on, by the services of the browsers' makers (Web Push, RFC 8030).
//!
//! A message says how much there is to read, of one what kind it is, and where the inbox lies; never a site, a name or anything of a plan:
//! it lies on a locked phone, in sight of whoever holds it. It is encrypted for the one browser and signed by the
//! installation. It goes to known services only, behind the same fence as every channel.

mod encryption;
mod vapid;

use super::{
    fence,
    http::{Destination, Request, SendError, send},
};
use crate::{
    error::Error,
    services::Services,
    storage::{
        NewPushSubscription, PushOutcome, Session, StoreError, StoredPushSubscription as Subscription,
    },
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use chrono::{DateTime, Utc};
use domain::{
    id::OfficeId,
    notice::{
        ChannelKind, Notice, NoticeKind, PushKey, PushRefusal, PushSubscription, TRIED_FOR, is_push_host,
    },
    text::Lang,
};
use encryption::{Browser, encrypt};
use i18n::notices as t;
use serde_json::json;
use std::collections::BTreeMap;
use vapid::VapidKey;

/// Where the inbox of the phone is.
const INBOX: &str = "/field/notices";

/// By what browsers know this installation, and whether the session's office sends anything.
pub async fn push_key(state: &Services, session: &Session) -> Result<PushKey, Error> {
    let channels = state.store.notice_channels(session.office.id).await?;
    let on = channels.iter().any(|stored| stored.channel.on && stored.channel.kind == ChannelKind::Push);
    Ok(PushKey { key: vapid(state)?.public(), on })
}

/// From now on this browser of the session's is told. The same once more is the same.
pub async fn subscribe(
    state: &Services,
    session: &Session,
    lang: Lang,
    wanted: &PushSubscription,
) -> Result<(), Error> {
    let refused = |refusal: PushRefusal| {
        let (field, reason) = t::push_refusal(lang, &refusal);
        Error::invalid(field, reason)
    };
    wanted.check().map_err(refused)?;
    let key = || refused(PushRefusal::Key);
    let bytes = |text: &str| URL_SAFE_NO_PAD.decode(text).ok();
    let p256dh = bytes(&wanted.p256dh).ok_or_else(key)?;
    let auth = bytes(&wanted.auth).ok_or_else(key)?;
    // A key by which nothing can be encrypted would fail at every message.
    encrypt(Browser { p256dh: &p256dh, auth: &auth }, b"").ok_or_else(key)?;
    known_service(state, &wanted.endpoint).map_err(refused)?;
    let new = NewPushSubscription {
        session: session.id,
        endpoint: wanted.endpoint.clone(),
        p256dh,
        auth,
        lang: wanted.lang,
        since: state.now(),
    };
    let mut tx = state.store.write().await?;
    tx.put_push_subscription(&new).await?;
    Ok(tx.commit().await?)
}

/// This session's browser is told nothing more.
pub async fn unsubscribe(state: &Services, session: &Session) -> Result<(), Error> {
    let mut tx = state.store.write().await?;
    tx.end_push_subscription(session.id).await?;
    Ok(tx.commit().await?)
}

fn vapid(state: &Services) -> Result<VapidKey, Error> {
    VapidKey::of(&state.secrets).ok_or_else(|| Error::Bug("no key for reminders can be made".to_owned()))
}

/// The origin of a browser's service that is known. What lies inside is none of them, although channels may lead there: the address
/// comes from any phone, and whoever runs the server has named those hosts to administrators. One that is named as both may be reached.
fn known_service(state: &Services, endpoint: &str) -> Result<String, PushRefusal> {
    let (url, host) =
        fence::read(ChannelKind::Push, endpoint, &state.notice_hosts).map_err(|_| PushRefusal::Endpoint)?;
    // A name that is written with an end, or an address, is another host.
    if is_push_host(&host, state.push_hosts.iter().map(String::as_str)) {
        Ok(url.origin().ascii_serialization())
    } else {
        Err(PushRefusal::OtherHost(host.chars().take(100).collect()))
    }
}

/// Reminding the people of an office once: their browsers are read once, and a service that is silent is asked once.
pub(super) struct Reminding {
    browsers: Vec<Subscription>,
    silent: BTreeMap<String, SendError>,
}

impl Reminding {
    pub async fn begin(state: &Services, office: OfficeId) -> Result<Self, StoreError> {
        let browsers = state.store.push_subscriptions(office, state.now()).await?;
        Ok(Self { browsers, silent: BTreeMap::new() })
    }

    /// To every browser of one person. It went if one of them is told; what a browser of two did not take is not sent to the other
    /// again.
    pub async fn tell(&mut self, state: &Services, contact: &str, told: &[&Notice]) -> Result<(), SendError> {
        let first = told.first().ok_or(SendError::Never("nothing is to be said"))?;
        let own: Vec<Subscription> =
            self.browsers.iter().filter(|one| one.person == first.person).cloned().collect();
        let key = VapidKey::of(&state.secrets).ok_or(SendError::Never("there is no key to sign with"))?;
        let mut went = Err(SendError::Never("no phone of the person's is to be reminded"));
        for one in own {
            let sent = self.send(state, &key, contact, &one, told).await;
            let outcome = match &sent {
                Ok(()) => Some(PushOutcome::Taken),
                Err(SendError::Status(404 | 410)) => Some(PushOutcome::Gone),
                Err(SendError::Status(_) | SendError::Redirected | SendError::NotTaken(_)) => {
                    Some(PushOutcome::Failed)
                }
                // A service that nobody can reach says nothing of the browser.
                Err(SendError::NoAnswer(_) | SendError::Fenced(_) | SendError::Never(_)) => None,
            };
            if let Some(outcome) = outcome {
                let noted = note(state, &one, outcome).await;
                // The message has gone, or has not: what is known of the browser matters less.
                if let Err(error) = noted {
                    tracing::warn!(%error, "how a reminder went is not noted");
                }
            }
            if outcome == Some(PushOutcome::Gone) {
                self.browsers.retain(|known| known.subscription != one.subscription);
            } else if sent.is_ok() || matches!(went, Err(SendError::Never(_))) {
                went = sent;
            }
        }
        went
    }

    async fn send(
        &mut self,
        state: &Services,
        key: &VapidKey,
        contact: &str,
        to: &Subscription,
        told: &[&Notice],
    ) -> Result<(), SendError> {
        let to = &to.subscription;
        // A host may have been taken off the list since.
        let origin = known_service(state, &to.endpoint)
            .map_err(|_| SendError::Never("the browser's service is none that is known here"))?;
        if let Some(error) = self.silent.get(&origin) {
            return Err(error.clone());
        }
        let request = request(key, &origin, contact, to, told, state.now())?;
        let destination =
            Destination { kind: ChannelKind::Push, address: &to.endpoint, allowed: &state.notice_hosts };
        let sent = send(destination, request).await.map(drop);
        if let Err(error @ (SendError::NoAnswer(_) | SendError::Fenced(_))) = &sent {
            self.silent.insert(origin, error.clone());
        }
        sent
    }
}

async fn note(state: &Services, of: &Subscription, outcome: PushOutcome) -> Result<(), StoreError> {
    let of = &of.subscription;
    let mut tx = state.store.write().await?;
    tx.push_tried(of.session, &of.endpoint, outcome, state.now()).await?;
    tx.commit().await
}

fn request(
    key: &VapidKey,
    origin: &str,
    contact: &str,
    to: &NewPushSubscription,
    told: &[&Notice],
    now: DateTime<Utc>,
) -> Result<Request, SendError> {
    let browser = Browser { p256dh: &to.p256dh, auth: &to.auth };
    let body = encrypt(browser, message(to.lang, told).as_bytes());
    let body = body.ok_or(SendError::Never("it cannot be encrypted for the browser"))?;
    let authorization = key.authorization(origin, contact, now);
    let authorization = authorization.ok_or(SendError::Never("it cannot be signed"))?;
    let urgency = if told.iter().any(|notice| notice.kind.is_urgent()) { "high" } else { "normal" };
    Ok(Request {
        content_type: "application/octet-stream",
        headers: vec![
            ("content-encoding", "aes128gcm".to_owned()),
            ("ttl", TRIED_FOR.num_seconds().to_string()),
            ("urgency", urgency.to_owned()),
            ("authorization", authorization),
        ],
        body: Bytes::from(body),
    })
}

/// What the phone shows while it is locked.
fn message(lang: Lang, told: &[&Notice]) -> String {
    let body = match told {
        [one] => title(lang, one.kind).to_owned(),
        several => t::push_many(lang, several.len()),
    };
    json!({ "title": t::push_title(lang), "body": body, "path": INBOX, "lang": lang.tag() }).to_string()
}

/// Of a plan not even that there is one.
fn title(lang: Lang, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::PlanOpened => t::push_one(lang),
        NoticeKind::Assigned
        | NoticeKind::DueTomorrow
        | NoticeKind::Late
        | NoticeKind::Returned
        | NoticeKind::MajorFound
        | NoticeKind::UnsentWork => t::kind(lang, kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        id::{NoticeId, PersonId, SealedOrderId},
        notice::NoticeAbout,
    };
    use serde_json::Value;
    use uuid::Uuid;

    fn notice(kind: NoticeKind) -> Notice {
        let about = NoticeAbout::Order {
            order: SealedOrderId(Uuid::from_u128(3)),
            number: "惠民市场".to_owned(),
            opens_at: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
        };
        Notice {
            id: NoticeId(Uuid::from_u128(1)),
            person: PersonId(Uuid::from_u128(2)),
            kind,
            about,
            made_at: DateTime::from_timestamp(1_795_000_000, 0).unwrap(),
            seen_at: None,
        }
    }

    #[test]
    fn a_locked_phone_shows_nothing_of_what_it_is_about() {
        for lang in [Lang::Zh, Lang::En] {
            for kind in NoticeKind::ALL {
                let (one, other) = (notice(kind), notice(NoticeKind::Late));
                for told in [vec![&one], vec![&one, &other]] {
                    let text = message(lang, &told);
                    assert!(!text.contains("惠民市场") && !text.contains("00000003"), "{text}");
                    let said: Value = serde_json::from_str(&text).unwrap();
                    assert_eq!(said["path"], INBOX);
                    assert_eq!(said["lang"], lang.tag());
                }
            }
        }
        let plan = message(Lang::Zh, &[&notice(NoticeKind::PlanOpened)]);
        assert!(!plan.contains("抽查"), "{plan}");
        assert!(
            message(Lang::Zh, &[&notice(NoticeKind::Late)]).contains(t::kind(Lang::Zh, NoticeKind::Late))
        );
    }
}
