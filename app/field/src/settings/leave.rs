//! Signing out. What is not sent yet stays sealed on this phone, and the person hears so first.

use crate::{
    components::dialog,
    device::use_device,
    frame::ErrorNotice,
    i18n::{field as t, unlock as u, use_lang},
    live,
};
use client::{Device, DeviceError, account, begun, changes::Topic, lock, outbox};
use leptos::{html, prelude::*, task::spawn_local};
use leptos_router::{NavigateOptions, hooks::use_navigate};

/// What would stay behind: unsent pieces, and what was begun.
async fn left_behind(device: &Device) -> Result<(usize, usize), DeviceError> {
    Ok((outbox::counts(device).await?.unsent, begun::count(device).await?))
}

#[component]
pub fn Leave() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let navigate = use_navigate();
    let dialog = NodeRef::<html::Dialog>::new();
    let busy = RwSignal::new(false);
    let failed = RwSignal::new(None::<DeviceError>);
    let left =
        live(
            &[Topic::Outbox, Topic::Photos, Topic::Drafts],
            move || async move { left_behind(&phone).await },
        );
    let (unsent, unfinished) = {
        let counts = ui::memo(move || left.get().and_then(Result::ok));
        (move || counts.get().map_or(0, |(unsent, _)| unsent), move || counts.get().map_or(0, |(_, d)| d))
    };
    let line = phone.line();
    let offline = Signal::derive(move || !line.get().online);

    let leave = Callback::new(move |()| {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let navigate = navigate.clone();
        spawn_local(async move {
            match account::sign_out(&phone).await {
                Ok(()) => {
                    navigate("/field/signin", NavigateOptions { replace: true, ..Default::default() });
                }
                Err(error) => {
                    busy.set(false);
                    failed.set(Some(error));
                    close(dialog);
                }
            }
        });
    });
    let lock_now = move |_| {
        spawn_local(async move {
            if let Err(error) = lock::lock(&phone).await {
                failed.try_set(Some(error));
            }
        });
    };
    let ask = move |_| {
        // Before the counts are in, there may be something to lose.
        let nothing_to_lose = left.get_untracked().is_some_and(|left| left == Ok((0, 0)));
        if nothing_to_lose && !offline.get_untracked() {
            leave.run(());
        } else if let Some(dialog) = dialog.get_untracked() {
            dialog::show(&dialog);
        }
    };
    view! {
        {move || failed.get().map(|error| view! { <ErrorNotice error /> })}
        <button class="button button--quiet u-push" on:click=lock_now>
            {u::lock_now(lang)}
        </button>
        <button class="button button--quiet" aria-busy=move || busy.get().to_string() on:click=ask>
            {t::sign_out(lang)}
        </button>
        <dialog class="sheet" aria-labelledby="leave-title" node_ref=dialog>
            <h2 id="leave-title">{t::leave(lang)}</h2>
            <Show when=move || { unsent() > 0 }>
                <p>{move || t::leave_unsent(lang, unsent())}</p>
            </Show>
            <Show when=move || { unfinished() > 0 }>
                <p>{move || t::leave_drafts(lang, unfinished())}</p>
            </Show>
            <Show when=move || { unsent() + unfinished() > 0 }>
                <p>{t::leave_sealed(lang)}</p>
            </Show>
            <Show when=move || offline.get()>
                <p>{t::leave_offline(lang)}</p>
            </Show>
            <div class="action-bar">
                <button
                    class="button button--quiet"
                    aria-busy=move || busy.get().to_string()
                    on:click=move |_| leave.run(())
                >
                    {t::sign_out(lang)}
                </button>
                <button class="button" autofocus on:click=move |_| close(dialog)>
                    {t::stay(lang)}
                </button>
            </div>
        </dialog>
    }
}

fn close(dialog: NodeRef<html::Dialog>) {
    if let Some(dialog) = dialog.get_untracked() {
        dialog.close();
    }
}
