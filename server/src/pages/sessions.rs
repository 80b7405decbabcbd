//! Signing in and out by form, as the desk does: the cookies of it.

use crate::{
    http::Client,
    session::{self, Began, SignedInAs},
    state::AppState,
    storage::Purpose,
};
use app::{
    error::AppError,
    server_fns::fault::fault,
    sessions::{Entered, Sessions},
};
use async_trait::async_trait;
use axum::http::{HeaderMap, header::SET_COOKIE};
use domain::{
    sync::{Credentials, SignedIn},
    text::Lang,
};
use leptos_axum::ResponseOptions;
use service::{Error, own};

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
    fn begun(&self, begun: Began) -> Option<SignedIn> {
        for cookie in begun.cookies {
            self.response.append_header(SET_COOKIE, cookie);
        }
        begun.signed_in
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
