//! A form with a file. Where the program runs it sends the form itself; elsewhere the browser does, and the page comes back
//! with the answer.

use crate::{error::AppError, i18n, plain_form};
use leptos::{
    ev::SubmitEvent,
    prelude::*,
    server_fn::codec::MultipartData,
    wasm_bindgen::JsCast,
    web_sys::{FormData, HtmlFormElement},
};
use serde::de::DeserializeOwned;

/// Once there is one.
pub type Answer<T> = Signal<Option<Result<T, AppError>>>;

/// The answer, whether it is awaited, and what the form does on submit.
pub fn file_form<T, Sending>(
    send: impl Fn(MultipartData) -> Sending + 'static,
) -> (Answer<T>, Signal<bool>, impl Fn(SubmitEvent) + Copy + 'static)
where
    T: Clone + Send + Sync + DeserializeOwned + 'static,
    Sending: Future<Output = Result<T, AppError>> + 'static,
{
    let given = plain_form::outcome::<Result<T, AppError>>();
    let send = Action::new_local(move |form: &FormData| send(form.clone().into()));
    let (value, pending) = (send.value(), send.pending());
    let answer =
        Signal::derive(move || if pending.get() { None } else { value.get().or_else(|| given.clone()) });
    let submit = move |event: SubmitEvent| {
        let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
        // A form that cannot be read is sent by the browser itself.
        if let Some(form) = form.and_then(|form| FormData::new_with_form(&form).ok()) {
            event.prevent_default();
            send.dispatch_local(form);
        }
    };
    (answer, pending.into(), submit)
}

/// Where the browser sent the form itself and it was refused: browsers do not put a file back into a form.
pub fn choose_again<T: DeserializeOwned>() -> Option<AnyView> {
    let refused = matches!(plain_form::outcome::<Result<T, AppError>>(), Some(Err(_)));
    let words = i18n::admin::choose_again(i18n::use_lang());
    refused.then(|| view! { <p class="u-small">{words}</p> }.into_any())
}
