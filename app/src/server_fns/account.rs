//! Signing in and out, one's devices, the language. These are plain forms: they work before and without the program.

use crate::{backend::SignedInDevice, error::Fault, server_fns::AsOf};
use leptos::{prelude::*, server_fn::codec::Json};

#[cfg(feature = "ssr")]
use {
    super::request::{asking, unprovided},
    crate::{
        account::destination, appearance::LANG_COOKIE, i18n::Lang, plain_form, sessions::SharedSessions,
    },
    domain::role::Actor,
    http::{HeaderValue, header::SET_COOKIE},
};

/// Goes on to `next`, or to where the role works; back to the sign-in page where it was refused.
#[server(prefix = "/api/pages", endpoint = "sign_in")]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), Fault> {
    let sessions = use_context::<SharedSessions>().ok_or_else(|| unprovided("sessions"))?;
    let username = username.trim();
    match sessions.sign_in(username, &password).await {
        Ok(who) => leptos_axum::redirect(&destination::after_sign_in(who.actor.role, &next)),
        Err(fault) => {
            let page = destination::refused(&fault, &next);
            if !plain_form::is_plain() {
                leptos_axum::redirect(&page);
            }
            plain_form::show_typed(&page, fault.status(), &username);
        }
    }
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "sign_out")]
pub async fn sign_out() -> Result<(), Fault> {
    let sessions = use_context::<SharedSessions>().ok_or_else(|| unprovided("sessions"))?;
    sessions.sign_out().await?;
    leptos_axum::redirect("/signin");
    Ok(())
}

/// Where somebody who opens the bare address belongs.
#[server(prefix = "/api/pages", endpoint = "whither", input = Json)]
pub async fn whither() -> Result<String, Fault> {
    let path = match use_context::<Actor>() {
        Some(actor) => destination::after_sign_in(actor.role, ""),
        None => destination::SIGN_IN.to_owned(),
    };
    leptos_axum::redirect(&path);
    Ok(path)
}

/// `zh` or `en`, for this browser.
#[server(prefix = "/api/pages", endpoint = "set_language")]
pub async fn set_language(#[server(default)] lang: String) -> Result<(), Fault> {
    const A_YEAR: u32 = 365 * 24 * 3600;
    let tag = Lang::from_tags(&lang).tag();
    let cookie = format!("{LANG_COOKIE}={tag}; Path=/; Max-Age={A_YEAR}; SameSite=Lax");
    let value = HeaderValue::from_str(&cookie).map_err(|_| unprovided("cookie"))?;
    expect_context::<leptos_axum::ResponseOptions>().append_header(SET_COOKIE, value);
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "devices", input = Json)]
pub async fn load_devices() -> Result<AsOf<Vec<SignedInDevice>>, Fault> {
    let asking =
        asking().inspect_err(|_| leptos_axum::redirect(&destination::sign_in("/account/devices")))?;
    let devices = asking.backend.devices(&asking.actor).await?;
    Ok(asking.answer(devices))
}

#[server(prefix = "/api/pages", endpoint = "sign_out_device")]
pub async fn sign_out_device(session: i64) -> Result<(), Fault> {
    let asking = asking()?;
    asking.backend.sign_out_device(&asking.actor, session).await
}
