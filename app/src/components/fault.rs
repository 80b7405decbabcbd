//! Faults in words: what happened, what is safe, what to do.

use crate::{
    error::Fault,
    i18n::{account, use_lang},
};
use leptos::{prelude::*, server_fn::ServerFn};
use leptos_router::{hooks::use_url, location::Url};

/// The fault of a form's last try, if it had one.
pub type FaultSignal = Signal<Option<Fault>>;

/// The fault of an action; none while it is being tried again.
pub fn fault_of<S>(action: ServerAction<S>) -> FaultSignal
where
    S: ServerFn<Error = Fault> + Clone + Send + Sync + 'static,
    S::Output: Send + Sync + 'static,
{
    let (value, pending) = (action.value(), action.pending());
    Signal::derive(move || {
        if pending.get() {
            return None;
        }
        value.with(|value| value.as_ref().and_then(|result| result.as_ref().err().cloned()))
    })
}

/// In the place of something that could not be shown.
#[component]
pub fn FaultNotice(fault: Fault) -> impl IntoView {
    let lang = use_lang();
    #[cfg(feature = "ssr")]
    tell_status(&fault);
    let url = use_url();
    let here = url.with_untracked(|url| {
        let query = if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) };
        Url::escape(&format!("{}{query}", url.path()))
    });
    let way = match fault {
        Fault::SignIn => Some((format!("/signin?next={here}"), account::sign_in(lang))),
        Fault::NotAllowed => Some(("/".to_owned(), account::back_to_work(lang))),
        Fault::Busy | Fault::Line { .. } | Fault::Bug { .. } => Some((String::new(), account::reload(lang))),
        _ => None,
    };
    view! {
        <div class="notice refused" role="alert">
            <p>
                <b>{account::fault_title(lang, &fault)}</b>
            </p>
            <p>{account::fault_words(lang, &fault)}</p>
            {way
                .map(|(href, words)| {
                    view! {
                        <div class="ways">
                            <a class="link" href=href rel="external">
                                {words}
                            </a>
                        </div>
                    }
                })}
        </div>
    }
}

/// A page that could not be shown says so to programs too.
#[cfg(feature = "ssr")]
fn tell_status(fault: &Fault) {
    use http::StatusCode;
    let status = match fault {
        Fault::NotAllowed => StatusCode::FORBIDDEN,
        Fault::NotFound => StatusCode::NOT_FOUND,
        Fault::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Fault::Bug { .. } | Fault::Line { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        // Whoever is not signed in has been sent on already.
        _ => return,
    };
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status);
    }
}

/// On top of a form, while its last try stands refused.
#[component]
pub fn FaultLine(fault: FaultSignal) -> impl IntoView {
    let lang = use_lang();
    move || {
        fault.get().map(|fault| {
            view! {
                <div class="notice refused" role="alert">
                    <p>
                        <b>{account::fault_title(lang, &fault)}</b>
                    </p>
                    <p>{account::fault_words(lang, &fault)}</p>
                </div>
            }
        })
    }
}
