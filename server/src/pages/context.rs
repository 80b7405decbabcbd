//! What a page or a server function finds around it.

use super::{csp::csp, sessions::PageSessions};
use crate::{
    http::{ApiError, Client},
    session::{self, SignedInAs},
    state::AppState,
    storage::Purpose,
};
use app::server_fns::request::RequestContext;
use axum::{
    extract::Request,
    http::{
        HeaderMap, HeaderValue,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY},
    },
};
use domain::text::Lang;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use std::sync::Arc;

#[derive(Debug, Clone)]
pub(super) struct PageContext {
    state: AppState,
    headers: HeaderMap,
    client: Client,
    who: Option<SignedInAs>,
    lang: Lang,
}

impl PageContext {
    /// Of a request whose body is not read yet.
    pub(super) fn of(
        state: &AppState,
        request: &Request,
    ) -> impl Future<Output = Result<Self, ApiError>> + Send + use<> {
        let (state, headers) = (state.clone(), request.headers().clone());
        let client = Client::of(request.extensions());
        let known = request.extensions().get::<SignedInAs>().cloned();
        async move {
            let who = match known {
                Some(known) => Some(known),
                None => session::current(&state, &headers, Purpose::Desk).await?,
            };
            Ok(Self { client, who, lang: session::lang(&headers), state, headers })
        }
    }

    /// Puts it into the current owner's context, and the headers of a person's page on the response.
    pub(super) fn provide(&self) {
        let response = expect_context::<ResponseOptions>();
        response.insert_header(CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
        let tiles = self.state.tiles.as_deref();
        if let Some(csp) = use_nonce().and_then(|nonce| HeaderValue::from_str(&csp(Some(&nonce), tiles)).ok())
        {
            response.insert_header(CONTENT_SECURITY_POLICY, csp);
        }
        let sessions = PageSessions {
            state: self.state.clone(),
            headers: self.headers.clone(),
            client: self.client.clone(),
            who: self.who.clone(),
            lang: self.lang,
            response,
        };
        provide_context::<Lang>(self.lang);
        provide_context(RequestContext {
            services: self.state.services.clone(),
            sessions: Arc::new(sessions),
            lang: self.lang,
            origin: self.client.origin(self.who.as_ref().map(|who| &who.session)),
            asker: self.who.as_ref().map(|who| who.asker(&self.client, self.lang, self.state.now())),
            session: self.who.as_ref().map(|who| who.session.clone()),
            due: self.who.as_ref().and_then(SignedInAs::due),
        });
    }
}
