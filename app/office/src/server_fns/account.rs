//! Signing in and out, one's devices, the language. These are plain forms: they work before and without the program.

use crate::{error::AppError, json::Json, server_fns::AsOf, sessions::Factor};
use domain::session::SignedInDevice;
use leptos::prelude::*;

#[cfg(feature = "ssr")]
use {
    super::request::{RequestContext, asking, own_account},
    crate::{
        account::destination,
        appearance::LANG_COOKIE,
        i18n::{Lang, password as words, use_lang},
        plain_form,
        sessions::Entered,
    },
    domain::sync::{Due, NewPassword, SignedIn},
    http::{HeaderValue, header::SET_COOKIE},
    qrcode::{QrCode, render::svg},
};

/// Goes on to `next`, or to where the role works; back to the sign-in page where it was refused.
#[server(prefix = "/api/pages", endpoint = "sign_in", output = Json)]
pub async fn sign_in(
    #[server(default)] username: String,
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let sessions = RequestContext::find()?.sessions;
    let username = username.trim();
    match sessions.sign_in(username, &password).await {
        Ok(Entered::In(who)) => leptos_axum::redirect(&entered(&who, &next)),
        Ok(Entered::SecondFactor) => {
            leptos_axum::redirect(&destination::leading_back(destination::CODE, &next));
        }
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

/// The code of the second factor, or a recovery code.
#[server(prefix = "/api/pages", endpoint = "second_factor", output = Json)]
pub async fn give_code(
    #[server(default)] code: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let sessions = RequestContext::find()?.sessions;
    let lang = use_lang();
    let path = match sessions.second_factor(&code).await {
        Ok(who) => entered(&who, &next),
        Err(AppError::SignIn) => {
            let field = "code".to_owned();
            let wrong = AppError::Invalid { field, reason: words::code_wrong(lang).to_owned() };
            destination::wrong(destination::CODE, &wrong, lang, &next)
        }
        Err(fault) => destination::wrong(destination::CODE, &fault, lang, &next),
    };
    leptos_axum::redirect(&path);
    Ok(())
}

#[cfg(feature = "ssr")]
fn entered(who: &SignedIn, next: &str) -> String {
    let path = destination::after_sign_in(&who.actor, next);
    who.due.map_or(path.clone(), |due| destination::is_due(due, &path))
}

/// The form of a new password. A password stands in no address: of a form that was refused only the words come back.
#[server(prefix = "/api/pages", endpoint = "change_password", output = Json)]
pub async fn change_password(
    #[server(default)] old: String,
    #[server(default)] new: String,
    #[server(default)] again: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let lang = use_lang();
    let changed = if new == again {
        set_password(NewPassword { old, new }).await
    } else {
        let (field, reason) = ("again".to_owned(), words::differs(lang).to_owned());
        Err(AppError::Invalid { field, reason })
    };
    let path = match changed {
        Ok(who) if next.is_empty() => {
            let devices = destination::after_sign_in(&who.actor, "/account/devices");
            format!("{devices}?done=password")
        }
        Ok(who) => entered(&who, &next),
        Err(AppError::SignIn) => {
            destination::sign_in(&destination::leading_back(destination::PASSWORD, &next))
        }
        Err(fault) => destination::wrong(destination::PASSWORD, &fault, lang, &next),
    };
    leptos_axum::redirect(&path);
    Ok(())
}

/// Gives who it is, with what is left to be done.
#[cfg(feature = "ssr")]
async fn set_password(wanted: NewPassword) -> Result<SignedIn, AppError> {
    let own = own_account()?;
    let changed = service::own::change_password(&own.services, &own.session, &own.author, wanted).await;
    own.password("old", changed)?;
    let who = service::session::signed_in(&own.session);
    Ok(SignedIn { due: who.due.filter(|due| *due != Due::Password), ..who })
}

/// The password once more, before something that weighs.
#[server(prefix = "/api/pages", endpoint = "confirm", output = Json)]
pub async fn confirm(
    #[server(default)] password: String,
    #[server(default)] next: String,
) -> Result<(), AppError> {
    let path = match prove(password).await {
        Ok(()) => destination::confirmed(&next),
        Err(AppError::SignIn) => destination::sign_in(&next),
        Err(fault) => destination::wrong(destination::CONFIRM, &fault, use_lang(), &next),
    };
    leptos_axum::redirect(&path);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn prove(password: String) -> Result<(), AppError> {
    let own = own_account()?;
    let confirmed = service::own::confirm(&own.services, &own.session, &own.author, password).await;
    own.password("password", confirmed)
}

#[server(prefix = "/api/pages", endpoint = "factor", input = Json, output = Json)]
pub async fn load_factor() -> Result<Factor, AppError> {
    as_it_stands().await.inspect_err(|fault| {
        if let Some(page) = destination::first(fault, destination::SECOND_FACTOR) {
            leptos_axum::redirect(&page);
        }
    })
}

#[cfg(feature = "ssr")]
async fn as_it_stands() -> Result<Factor, AppError> {
    let own = own_account()?;
    if own.session.has_factor {
        return Ok(Factor::On { asked: own.session.asks_factor });
    }
    let begun = own.said(service::factor::begun(&own.services, &own.session).await)?;
    Ok(begun.map_or(Factor::Off, |begun| Factor::Begun {
        picture: picture(&begun.uri),
        uri: begun.uri,
        secret: begun.secret,
    }))
}

/// As an app reads it. Empty where the address is too long to be one; it can be typed too.
#[cfg(feature = "ssr")]
fn picture(uri: &str) -> String {
    /// Points of a side.
    const SIZE: u32 = 240;
    let code = QrCode::new(uri.as_bytes());
    code.map(|code| code.render::<svg::Color<'_>>().min_dimensions(SIZE, SIZE).build()).unwrap_or_default()
}

#[server(prefix = "/api/pages", endpoint = "begin_factor", output = Json)]
pub async fn begin_factor(#[server(default)] next: String) -> Result<(), AppError> {
    let here = destination::leading_back(destination::SECOND_FACTOR, &next);
    let page = match begin_own_factor().await {
        Ok(()) => here,
        Err(fault) => destination::first(&fault, &here).ok_or(fault)?,
    };
    leptos_axum::redirect(&page);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn begin_own_factor() -> Result<(), AppError> {
    let own = own_account()?;
    own.said(service::factor::begin(&own.services, &own.session).await)
}

/// Recovery codes are shown this once: they come back to the page, never in an address.
#[server(prefix = "/api/pages", endpoint = "set_factor", input = Json, output = Json)]
pub async fn set_factor(code: String) -> Result<Vec<String>, AppError> {
    let own = own_account()?;
    let set = service::factor::set(&own.services, &own.session, &own.author, &code).await;
    own.code("code", set)
}

#[server(prefix = "/api/pages", endpoint = "end_factor", output = Json)]
pub async fn end_factor() -> Result<(), AppError> {
    let page = match end_own_factor().await {
        Ok(()) => destination::SECOND_FACTOR.to_owned(),
        Err(fault) => destination::first(&fault, destination::SECOND_FACTOR).ok_or(fault)?,
    };
    leptos_axum::redirect(&page);
    Ok(())
}

#[cfg(feature = "ssr")]
async fn end_own_factor() -> Result<(), AppError> {
    let own = own_account()?;
    own.said(service::factor::end(&own.services, &own.session, &own.author).await)
}

#[server(prefix = "/api/pages", endpoint = "sign_out_everywhere", output = Json)]
pub async fn sign_out_everywhere() -> Result<(), AppError> {
    let own = own_account()?;
    own.said(service::own::sign_out_others(&own.services, &own.session, &own.author).await)?;
    leptos_axum::redirect("/account/devices?done=everywhere");
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "sign_out", output = Json)]
pub async fn sign_out() -> Result<(), AppError> {
    let sessions = RequestContext::find()?.sessions;
    sessions.sign_out().await?;
    leptos_axum::redirect("/signin");
    Ok(())
}

/// Where somebody who opens the bare address belongs.
#[server(prefix = "/api/pages", endpoint = "whither", input = Json, output = Json)]
pub async fn whither() -> Result<String, AppError> {
    let RequestContext { asker, due, .. } = RequestContext::find()?;
    let path = match (due, asker) {
        (Some(due), _) => destination::is_due(due, ""),
        (None, Some(asker)) => destination::after_sign_in(&asker.actor, ""),
        (None, None) => destination::SIGN_IN.to_owned(),
    };
    leptos_axum::redirect(&path);
    Ok(path)
}

/// `zh` or `en`, for this browser.
#[server(prefix = "/api/pages", endpoint = "set_language", output = Json)]
pub async fn set_language(#[server(default)] lang: String) -> Result<(), AppError> {
    const A_YEAR: u32 = 365 * 24 * 3600;
    let tag = Lang::from_tags(&lang).tag();
    let cookie = format!("{LANG_COOKIE}={tag}; Path=/; Max-Age={A_YEAR}; SameSite=Lax");
    let value =
        HeaderValue::from_str(&cookie).map_err(|_| AppError::Bug { number: "no-cookie".to_owned() })?;
    expect_context::<leptos_axum::ResponseOptions>().append_header(SET_COOKIE, value);
    Ok(())
}

#[server(prefix = "/api/pages", endpoint = "devices", input = Json, output = Json)]
pub async fn load_devices() -> Result<AsOf<Vec<SignedInDevice>>, AppError> {
    let asking = asking().inspect_err(|fault| {
        if let Some(page) = destination::first(fault, "/account/devices") {
            leptos_axum::redirect(&page);
        }
    })?;
    let devices = asking.said(service::own::devices(&asking.services, &asking.by).await)?;
    Ok(asking.answer(devices))
}

#[server(prefix = "/api/pages", endpoint = "sign_out_device", output = Json)]
pub async fn sign_out_device(session: i64) -> Result<(), AppError> {
    let asking = asking()?;
    asking.said(service::own::sign_out_device(&asking.services, &asking.by, session).await)
}
