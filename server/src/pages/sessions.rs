//! Signing in and out by form, as the desk does.

use crate::{
    http::{ApiError, Client},
    session::{self, SignedInAs},
    state::AppState,
};
use app::{error::Fault, sessions::Sessions};
use async_trait::async_trait;
use axum::http::{HeaderMap, header::SET_COOKIE};
use domain::sync::{Credentials, SignedIn};
use leptos_axum::ResponseOptions;

/// The sessions of one request.
#[derive(Clone)]
pub(super) struct PageSessions {
    pub state: AppState,
    pub headers: HeaderMap,
    pub client: Client,
    pub who: Option<SignedInAs>,
    pub response: ResponseOptions,
}

#[async_trait]
impl Sessions for PageSessions {
    async fn sign_in(&self, username: &str, password: &str) -> Result<SignedIn, Fault> {
        let agent = self.headers.get("user-agent").and_then(|agent| agent.to_str().ok());
        let credentials = Credentials {
            username: username.to_owned(),
            password: password.to_owned(),
            device_name: agent.map(browser_name).unwrap_or_default(),
        };
        let begun = session::begin(&self.state, &self.client, credentials).await;
        let (signed_in, cookie) = begun.map_err(fault)?;
        self.response.append_header(SET_COOKIE, cookie);
        Ok(signed_in)
    }

    async fn sign_out(&self) -> Result<(), Fault> {
        if let Some(who) = &self.who {
            let end = async {
                let mut write = self.state.store.write().await?;
                write.end_session(who.actor.person, who.session.id).await?;
                write.commit().await
            };
            end.await.map_err(|error| fault(error.into()))?;
        }
        self.response.append_header(SET_COOKIE, session::ended(&self.client));
        let (name, value) = session::CLEARS;
        self.response.insert_header(name, value);
        Ok(())
    }
}

fn fault(error: ApiError) -> Fault {
    match error {
        ApiError::WrongCredentials => Fault::SignIn,
        ApiError::TooManyTries { .. } => Fault::Busy,
        other => crate::backend::fault::of(other),
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
