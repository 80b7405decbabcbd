//! Reminders on this phone: the browser's own subscription to messages (W3C Push API), handed to the office. The browser is asked for
//! nothing before a person has tapped.
//!
//! Whose reminders they are is kept beside the browser's subscription: the next person on this phone switches them on anew, and whoever
//! signs in again is reminded again.

use super::{js::object, window, worker::container};
use crate::{
    Device,
    http::{self, NotSubscribed},
    platform::Settings as _,
    prefs, session,
};
use domain::{
    device::failure::Failure,
    json,
    notice::{PushKey, PushSubscription},
    text::Lang,
};
use js_sys::{Function, JSON, Promise, Reflect};
use serde::Deserialize;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::ServiceWorkerRegistration;

/// Whose reminders this phone shows.
const REMINDED: &str = "reminded";

/// Why nothing reminds anybody here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotReminded {
    /// The browser cannot.
    Unsupported,
    /// The person has refused it, or the browser in their place.
    Denied,
    /// The office sends none.
    NotSetUp,
    /// The browser's service does not answer.
    Service,
    /// What the office says of this browser, in the person's language.
    Because(String),
    Failure(Failure),
}

impl From<NotSubscribed> for NotReminded {
    fn from(why: NotSubscribed) -> Self {
        match why {
            NotSubscribed::Because(words) => Self::Because(words),
            NotSubscribed::Failure(failure) => Self::Failure(failure),
        }
    }
}

fn part(of: &JsValue, name: &str) -> Option<JsValue> {
    let found = Reflect::get(of, &JsValue::from_str(name)).ok()?;
    (!found.is_undefined() && !found.is_null()).then_some(found)
}

/// What a method without arguments, or with one, promises.
async fn asked(of: &JsValue, name: &str, with: Option<&JsValue>) -> Option<JsValue> {
    let method: Function = part(of, name)?.dyn_into().ok()?;
    let promised = match with {
        Some(argument) => method.call1(of, argument),
        None => method.call0(of),
    };
    let promised: Promise = promised.ok()?.dyn_into().ok()?;
    JsFuture::from(promised).await.ok()
}

/// What the person has answered: `granted`, `denied`, or `default` where nobody has asked yet.
fn permission() -> Option<String> {
    part(&part(&window(), "Notification")?, "permission")?.as_string()
}

/// Why it could not be switched on at all, as far as that is known without asking anybody.
pub fn lack() -> Option<NotReminded> {
    let has_push = part(&window(), "PushManager").is_some() && container().is_some();
    match permission() {
        Some(answer) if has_push && answer != "denied" => None,
        Some(_) if has_push => Some(NotReminded::Denied),
        Some(_) | None => Some(NotReminded::Unsupported),
    }
}

async fn manager() -> Option<JsValue> {
    let found = JsFuture::from(container()?.get_registration()).await.ok()?;
    let registration: ServiceWorkerRegistration = found.dyn_into().ok()?;
    part(&registration, "pushManager")
}

/// Whether this person is reminded here.
pub async fn is_on(device: &Device) -> bool {
    if !is_theirs(device) || permission().as_deref() != Some("granted") {
        return false;
    }
    let Some(manager) = manager().await else { return false };
    asked(&manager, "getSubscription", None).await.is_some_and(|found| !found.is_null())
}

/// Whether this person has switched reminders on here, whatever has become of the browser's subscription since.
pub fn is_theirs(device: &Device) -> bool {
    device.settings.get(REMINDED).is_some_and(|whose| Some(whose) == me(device))
}

fn me(device: &Device) -> Option<String> {
    session::owner(device).map(|me| me.to_string())
}

/// Tells the office of the browser again: a session may be new, and a browser may have moved. Nobody is asked for anything.
pub async fn renew(device: &Device) {
    if is_on(device).await {
        // Without signal it is told the next time.
        let _ = hand_over(device).await;
        // Whoever switched it off meanwhile is not reminded after all.
        if !is_theirs(device) {
            switch_off(device).await;
        }
    }
}

/// Asks the person, then the browser, then the office. Called by a tap, without which browsers ask nobody.
pub async fn switch_on(device: &Device) -> Result<(), NotReminded> {
    if let Some(lack) = lack() {
        return Err(lack);
    }
    if permission().as_deref() != Some("granted") {
        let class = part(&window(), "Notification").ok_or(NotReminded::Unsupported)?;
        let answer = asked(&class, "requestPermission", None).await;
        if answer.and_then(|answer| answer.as_string()).as_deref() != Some("granted") {
            return Err(NotReminded::Denied);
        }
    }
    hand_over(device).await?;
    if let Some(me) = me(device) {
        device.settings.set(REMINDED, &me);
    }
    Ok(())
}

/// The browser takes no more messages, and the office hears of it where there is signal; else by the browser's service.
pub async fn switch_off(device: &Device) {
    device.settings.remove(REMINDED);
    if let Some(manager) = manager().await {
        give_up(&manager).await;
    }
    let _ = http::unsubscribe(device).await;
}

async fn give_up(manager: &JsValue) {
    if let Some(found) = asked(manager, "getSubscription", None).await.filter(|found| !found.is_null()) {
        asked(&found, "unsubscribe", None).await;
    }
}

async fn hand_over(device: &Device) -> Result<(), NotReminded> {
    let PushKey { key, on } = http::push_key(device).await.map_err(NotReminded::Failure)?;
    if !on {
        return Err(NotReminded::NotSetUp);
    }
    let manager = manager().await.ok_or(NotReminded::Unsupported)?;
    let options: JsValue =
        object(&[("userVisibleOnly", JsValue::TRUE), ("applicationServerKey", JsValue::from_str(&key))])
            .into();
    let subscription = match asked(&manager, "subscribe", Some(&options)).await {
        Some(subscription) => subscription,
        // One that is there by another key is in the way.
        None => {
            give_up(&manager).await;
            asked(&manager, "subscribe", Some(&options)).await.ok_or(NotReminded::Service)?
        }
    };
    let subscription = told(&subscription, prefs::load(device).lang).ok_or(NotReminded::Service)?;
    Ok(http::subscribe(device, &subscription).await?)
}

/// As browsers write one down.
#[derive(Deserialize)]
struct Written {
    endpoint: String,
    keys: WrittenKeys,
}

#[derive(Deserialize)]
struct WrittenKeys {
    p256dh: String,
    auth: String,
}

fn told(subscription: &JsValue, lang: Lang) -> Option<PushSubscription> {
    let text = JSON::stringify(subscription).ok()?.as_string()?;
    let Written { endpoint, keys: WrittenKeys { p256dh, auth } } = json::read(&text).ok()?;
    Some(PushSubscription { endpoint, p256dh, auth, lang })
}
