//! Faults in words: what happened, what is safe, what to do.

use crate::{
    components::error_signal::ErrorSignal,
    error::AppError,
    i18n::{Lang, account, password, use_lang},
};
use domain::sync::Due;
use leptos::prelude::*;
use leptos_router::{hooks::use_url, location::Url};

/// In the place of something that could not be shown.
#[component]
pub fn PageErrorNotice(fault: AppError) -> impl IntoView {
    let lang = use_lang();
    #[cfg(feature = "ssr")]
    tell_status(&fault);
    let way = way_on(lang, &fault);
    view! {
        <div class="notice notice--refused" role="alert">
            <p>
                <b>{account::fault_title(lang, &fault)}</b>
            </p>
            <p>{account::fault_words(lang, &fault)}</p>
            {way
                .map(|(href, words)| {
                    view! {
                        <div class="link-row">
                            <a class="link" href=href rel="external">
                                {words}
                            </a>
                        </div>
                    }
                })}
        </div>
    }
}

/// Where the person can do something about it.
fn way_on(lang: Lang, fault: &AppError) -> Option<(String, &'static str)> {
    let here = use_url().with_untracked(|url| {
        let query = if url.search().is_empty() { String::new() } else { format!("?{}", url.search()) };
        Url::escape(&format!("{}{query}", url.path()))
    });
    match fault {
        AppError::SignIn => Some((format!("/signin?next={here}"), account::sign_in(lang))),
        AppError::Due { due: Due::Password } => {
            Some((format!("/account/password?next={here}"), password::change(lang)))
        }
        AppError::Due { due: Due::SecondFactor } => {
            Some((format!("/account/second-factor?next={here}"), password::factor(lang)))
        }
        AppError::Confirm => Some((format!("/account/confirm?next={here}"), password::confirm(lang))),
        AppError::NotAllowed => Some(("/".to_owned(), account::back_to_work(lang))),
        AppError::Busy | AppError::Transport { .. } | AppError::Bug { .. } => {
            Some((String::new(), account::reload(lang)))
        }
        AppError::NotFound
        | AppError::Invalid { .. }
        | AppError::Sheets { .. }
        | AppError::Incomplete { .. }
        | AppError::Rejected { .. }
        | AppError::Changed { .. } => None,
    }
}

/// A page that could not be shown says so to programs too.
#[cfg(feature = "ssr")]
pub fn tell_status(fault: &AppError) {
    use http::StatusCode;
    let status = match fault {
        AppError::NotAllowed => StatusCode::FORBIDDEN,
        AppError::NotFound => StatusCode::NOT_FOUND,
        AppError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        AppError::Bug { .. } | AppError::Transport { .. } => StatusCode::INTERNAL_SERVER_ERROR,
        // Whoever is not signed in has been sent on already.
        AppError::SignIn | AppError::Due { .. } | AppError::Confirm => return,
        // What was typed is wrong; the page is there.
        AppError::Invalid { .. }
        | AppError::Sheets { .. }
        | AppError::Incomplete { .. }
        | AppError::Rejected { .. }
        | AppError::Changed { .. } => {
            return;
        }
    };
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        response.set_status(status);
    }
}

/// Says to programs that what the page is about is not there.
pub fn tell_gone() {
    #[cfg(feature = "ssr")]
    tell_status(&AppError::NotFound);
}

/// On top of a form, while its last try stands refused. Where a field of the form says what is wrong with it, the line says
/// that one is marked; what no field says, it says itself.
#[component]
pub fn ErrorLine(#[prop(into)] fault: ErrorSignal) -> impl IntoView {
    let lang = use_lang();
    move || {
        // A form that is drawn anew takes its fault along; the old line is there for a moment longer.
        let is_marked = fault.is_at_a_field();
        fault.try_get().flatten().map(|fault| {
            let (title, words) = if is_marked {
                (account::fault_form_title(lang), account::fault_form(lang).to_owned())
            } else {
                (account::fault_title(lang, &fault), account::fault_words(lang, &fault))
            };
            // On a page of its own, so that what was typed here stays.
            let beside = matches!(fault, AppError::SignIn | AppError::Due { .. } | AppError::Confirm);
            let way = way_on(lang, &fault).filter(|_| beside).map(|(href, words)| {
                view! {
                    <div class="link-row">
                        <a class="link" href=href target="_blank" rel="external noopener">
                            {words}
                        </a>
                    </div>
                }
            });
            view! {
                <div class="notice notice--refused" role="alert" tabindex="-1">
                    <p>
                        <b>{title}</b>
                    </p>
                    <p>{words}</p>
                    {way}
                </div>
            }
        })
    }
}
