//! Forms that the program sends as the browser would send them, and what became of it. What was typed is read by the server
//! alone; without the program the same form works by itself.

use crate::{components::error_signal::ErrorSignal, error::AppError};
use leptos::{ev::SubmitEvent, prelude::*, server_fn::ServerFn};

/// A function of the server that forms are sent to, with the last try.
#[derive(Clone, Copy)]
pub struct Sending {
    function: &'static str,
    outcome: RwSignal<Option<Result<(), AppError>>>,
    pending: RwSignal<bool>,
    /// Both made where the page begins: whoever shows them may be drawn anew, and again.
    is_pending: Signal<bool>,
    fault: ErrorSignal,
    tries: RwSignal<u32>,
    beside: Option<Callback<(), Vec<(String, String)>>>,
}

impl Sending {
    /// To be made where the page begins.
    pub fn to<F: ServerFn<Error = AppError>>() -> Self {
        Self::to_function(F::PATH)
    }

    fn to_function(function: &'static str) -> Self {
        let outcome: RwSignal<Option<Result<(), AppError>>> =
            RwSignal::new(refused_before(function).map(Err));
        let pending = RwSignal::new(false);
        let fault = ErrorSignal::new(move || {
            if pending.get() {
                return None;
            }
            outcome.with(|outcome| outcome.as_ref().and_then(|outcome| outcome.as_ref().err().cloned()))
        });
        Self {
            function,
            outcome,
            pending,
            is_pending: pending.into(),
            fault,
            tries: RwSignal::new(0),
            beside: None,
        }
    }

    /// Fields that the program sends along with every form which has none of their name.
    #[must_use]
    pub fn beside(self, fields: Callback<(), Vec<(String, String)>>) -> Self {
        Self { beside: Some(fields), ..self }
    }

    /// Whether an answer is awaited.
    pub fn pending(self) -> Signal<bool> {
        self.is_pending
    }

    /// How often it was answered.
    pub fn tries(self) -> u32 {
        self.tries.get()
    }

    /// Why the last try was refused; nothing while it is being tried again.
    pub fn fault(self) -> ErrorSignal {
        self.fault
    }

    /// Does this as often as something was done.
    pub fn when_done(self, then: impl Fn() + 'static) {
        Effect::new(move |_| {
            if self.outcome.with(|outcome| matches!(outcome, Some(Ok(())))) {
                then();
            }
        });
    }

    #[cfg(feature = "hydrate")]
    fn submit(self, event: &SubmitEvent) {
        if event.default_prevented() {
            return;
        }
        // A form that cannot be read is sent by the browser itself.
        let Ok(form) = leptos::form::form_data_from_event(event) else { return };
        event.prevent_default();
        for (name, text) in self.beside.map(|fields| fields.run(())).unwrap_or_default() {
            if !form.has(&name) {
                // The browser refuses no text.
                let _ = form.append_with_str(&name, &text);
            }
        }
        self.pending.set(true);
        leptos::task::spawn_local(async move {
            let outcome = crate::wire::send(self.function, form).await.map(drop);
            // The page may be gone by now: then nobody is to be told.
            self.outcome.try_set(Some(outcome));
            self.tries.try_update(|tries| *tries += 1);
            self.pending.try_set(false);
        });
    }

    /// Only a browser submits.
    #[cfg(not(feature = "hydrate"))]
    fn submit(self, _: &SubmitEvent) {
        let _ = (self.beside, self.pending);
    }
}

/// Why the form was refused that this page answers, sent without the program.
#[cfg(feature = "ssr")]
fn refused_before(function: &str) -> Option<AppError> {
    use leptos::{server::ServerActionError, server_fn::error::ServerFnUrlError};
    let refused = use_context::<ServerActionError>().filter(|refused| refused.path() == function)?;
    Some(ServerFnUrlError::decode_err(refused.err()))
}

/// Such a page has no program.
#[cfg(not(feature = "ssr"))]
fn refused_before(_: &str) -> Option<AppError> {
    None
}

/// A form of this function.
#[component]
pub fn SentForm(to: Sending, children: Children) -> impl IntoView {
    view! {
        <form method="post" action=to.function on:submit=move |event| to.submit(&event)>
            {children()}
        </form>
    }
}
