//! What the desk's program sends to the server's functions, whatever they take and answer.

use crate::error::AppError;
use leptos::{
    server_fn::{
        client::{Client, browser::BrowserClient},
        error::FromServerFnError,
        redirect::call_redirect_hook,
        request::{ClientReq, browser::BrowserRequest},
        response::{ClientRes, browser::BrowserResponse},
    },
    web_sys::FormData,
};

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Asks with arguments as JSON; answers with JSON.
pub async fn ask(function: &str, arguments: String) -> Result<String, AppError> {
    let request = <BrowserRequest as ClientReq<AppError>>::try_new_post(function, JSON, JSON, arguments)?;
    answered(request).await
}

/// Sends a form as the browser would send it.
pub async fn send(function: &str, form: FormData) -> Result<String, AppError> {
    let request =
        <BrowserRequest as ClientReq<AppError>>::try_new_post_form_data(function, JSON, FORM, form.into())?;
    answered(request).await
}

async fn answered(request: BrowserRequest) -> Result<String, AppError> {
    let response = <BrowserClient as Client<AppError>>::send(request).await?;
    let (status, led_on) = head(&response);
    let text = <BrowserResponse as ClientRes<AppError>>::try_into_string(response).await?;
    if status >= 400 {
        return Err(AppError::de(text.into()));
    }
    if let Some(location) = led_on {
        call_redirect_hook(&location);
    }
    Ok(text)
}

/// The status, and where the answer leads.
fn head(response: &impl ClientRes<AppError>) -> (u16, Option<String>) {
    (response.status(), response.has_redirect().then(|| response.location()))
}
