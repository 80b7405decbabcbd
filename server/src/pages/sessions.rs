//! Signing in and out by form, as the desk does, and one's own account.

use crate::{
    http::Client,
    session::{self, Began, SignedInAs},
    state::AppState,
    storage::Purpose,
};
use app::{
    error::AppError,
    i18n::password as t,
    server_fns::fault::fault,
    sessions::{Entered, Factor, Sessions},
};
use async_trait::async_trait;
use axum::http::{HeaderMap, header::SET_COOKIE};
use domain::{
    audit::Author,
    sync::{Credentials, NewPassword, SignedIn},
    text::Lang,
};
use leptos_axum::ResponseOptions;
use qrcode::{QrCode, render::svg};
use service::{Error, factor, own};

/// Points of the picture that an app reads.
const PICTURE: u32 = 240;

/// The sessions of one request.
#[derive(Clone)]
pub(super) struct PageSessions {
    pub state: AppState,
    pub headers: HeaderMap,
    pub client: Client,
    pub who: Option<SignedInAs>,
    pub lang: Lang,
    pub response: ResponseOptions,
}

impl PageSessions {
    fn who(&self) -> Result<(&SignedInAs, Author), AppError> {
        let who = self.who.as_ref().ok_or(AppError::SignIn)?;
        Ok((who, who.author(&self.client)))
    }

    fn begun(&self, begun: Began) -> Option<SignedIn> {
        for cookie in begun.cookies {
            self.response.append_header(SET_COOKIE, cookie);
        }
        begun.signed_in
    }

    /// `field`: what was typed wrong.
    fn wrong(&self, field: &str, error: Error) -> AppError {
        let invalid = |field: &str, reason: &str| AppError::Invalid {
            field: field.to_owned(),
            reason: reason.to_owned(),
        };
        match error {
            Error::WrongCredentials if field == "code" => invalid(field, t::code_wrong(self.lang)),
            Error::WrongCredentials => invalid(field, t::own_wrong(self.lang)),
            other => self.fault(other),
        }
    }

    fn fault(&self, error: impl Into<Error>) -> AppError {
        fault(self.lang, error.into())
    }
}

#[async_trait]
impl Sessions for PageSessions {
    async fn sign_in(&self, username: &str, password: &str) -> Result<Entered, AppError> {
        let agent = self.headers.get("user-agent").and_then(|agent| agent.to_str().ok());
        let credentials = Credentials {
            username: username.to_owned(),
            password: password.to_owned(),
            device_name: agent.map(browser_name).unwrap_or_default(),
        };
        let begun =
            session::begin(&self.state, &self.client, &self.headers, Purpose::Desk, credentials).await;
        let entered = self.begun(begun.map_err(|error| self.fault(error))?);
        Ok(entered.map_or(Entered::SecondFactor, Entered::In))
    }

    async fn second_factor(&self, code: &str) -> Result<SignedIn, AppError> {
        let begun = session::finish(&self.state, &self.client, &self.headers, code).await;
        self.begun(begun.map_err(|error| self.fault(error))?).ok_or(AppError::SignIn)
    }

    async fn sign_out(&self) -> Result<(), AppError> {
        if let Some(who) = &self.who {
            let ended = own::sign_out(&self.state, &who.session, &who.author(&self.client)).await;
            ended.map_err(|error| self.fault(error))?;
        }
        self.response.append_header(SET_COOKIE, session::ended(Purpose::Desk, &self.client));
        let (name, value) = session::CLEARS;
        self.response.insert_header(name, value);
        Ok(())
    }

    async fn sign_out_everywhere(&self) -> Result<(), AppError> {
        let (who, author) = self.who()?;
        let ended = own::sign_out_others(&self.state, &who.session, &author).await;
        ended.map_err(|error| self.fault(error))
    }

    async fn me(&self) -> Result<SignedIn, AppError> {
        let (who, _) = self.who()?;
        Ok(SignedIn { due: who.due(), ..session::signed_in(&who.session) })
    }

    async fn change_password(&self, wanted: NewPassword) -> Result<SignedIn, AppError> {
        let (who, author) = self.who()?;
        let changed = own::change_password(&self.state, &who.session, &author, wanted).await;
        changed.map_err(|error| self.wrong("old", error))?;
        Ok(SignedIn { due: None, ..session::signed_in(&who.session) })
    }

    async fn confirm(&self, password: &str) -> Result<(), AppError> {
        let (who, author) = self.who()?;
        let confirmed = own::confirm(&self.state, &who.session, &author, password.to_owned()).await;
        confirmed.map_err(|error| self.wrong("password", error))
    }

    async fn factor(&self) -> Result<Factor, AppError> {
        let (who, _) = self.who()?;
        if who.session.has_factor {
            return Ok(Factor::On { asked: who.session.asks_factor });
        }
        let begun = factor::begun(&self.state, &who.session).await.map_err(|error| self.fault(error))?;
        Ok(begun.map_or(Factor::Off, |begun| Factor::Begun {
            picture: picture(&begun.uri),
            uri: begun.uri,
            secret: begun.secret,
        }))
    }

    async fn begin_factor(&self) -> Result<(), AppError> {
        let (who, _) = self.who()?;
        factor::begin(&self.state, &who.session).await.map_err(|error| self.fault(error))
    }

    async fn set_factor(&self, code: &str) -> Result<Vec<String>, AppError> {
        let (who, author) = self.who()?;
        let set = factor::set(&self.state, &who.session, &author, code).await;
        set.map_err(|error| self.wrong("code", error))
    }

    async fn end_factor(&self) -> Result<(), AppError> {
        let (who, author) = self.who()?;
        factor::end(&self.state, &who.session, &author).await.map_err(|error| self.fault(error))
    }
}

/// Empty where the address is too long to be one; it can be typed too.
fn picture(uri: &str) -> String {
    let code = QrCode::new(uri.as_bytes());
    code.map(|code| code.render::<svg::Color<'_>>().min_dimensions(PICTURE, PICTURE).build())
        .unwrap_or_default()
}

/// `Windows · Chrome`
fn browser_name(agent: &str) -> String {
    let systems = ["Android", "iPhone", "iPad", "HarmonyOS", "Windows", "Mac OS", "Linux"];
    let browsers = ["MicroMessenger", "Edg", "Firefox", "Chrome", "Safari"];
    let known = |names: &[&'static str]| names.iter().copied().find(|name| agent.contains(name));
    [known(&systems), known(&browsers)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_by_system_and_name() {
        let agent = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML) Chrome/140 Safari/537.36";
        assert_eq!(browser_name(agent), "Windows · Chrome");
        assert_eq!(browser_name("curl/8"), "");
    }
}
