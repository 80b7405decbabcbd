//! The devices on which a person is signed in; a lost one is signed out from here.

use super::refused::answer;
use crate::{
    components::{
        document_title::DocumentTitle,
        fault::{ErrorLine, PageErrorNotice},
    },
    i18n::{account, password, use_lang},
    sending::{Sending, SentForm},
    server_fns::account::{SignOutDevice, SignOutEverywhere, load_devices},
};
use domain::{session::SignedInDevice, text::Lang, time};
use leptos::{prelude::*, server_fn::ServerFn};

#[component]
pub fn DevicesPage() -> impl IntoView {
    let lang = use_lang();
    let out = Sending::to::<SignOutDevice>();
    let done = match answer().done.as_str() {
        "password" => Some(password::change_done(lang)),
        "everywhere" => Some(password::everywhere_done(lang)),
        _ => None,
    };
    let list = Resource::new_blocking(move || out.tries(), |_| load_devices());
    view! {
        <DocumentTitle text=account::devices(lang) />
        <main class="account-page" id="main">
            <p>
                <a class="link" href="/" rel="external">
                    {account::back_to_work(lang)}
                </a>
            </p>
            <h1>{account::devices(lang)}</h1>
            <p class="u-small">{account::devices_hint(lang)}</p>
            {done.map(|words| view! { <p class="notice notice--good" role="status">{words}</p> })}
            <ErrorLine fault=out.fault() />
            <Transition fallback=move || account::loading(lang)>
                {move || Suspend::new(async move {
                    match list.await {
                        Ok(list) => {
                            let rows = list.value.into_iter().map(|device| row(lang, device, out)).collect_view();
                            view! { <div class="card rows">{rows}</div> }.into_any()
                        }
                        Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                    }
                })}
            </Transition>
            <form class="form" method="post" action=SignOutEverywhere::url()>
                <button class="button button--quiet">{password::everywhere(lang)}</button>
            </form>
            <p>
                <a class="link" href="/account/password" rel="external">
                    {password::change(lang)}
                </a>
            </p>
            <p>
                <a class="link" href="/account/second-factor" rel="external">
                    {password::factor(lang)}
                </a>
            </p>
        </main>
    }
}

fn row(lang: Lang, device: SignedInDevice, out: Sending) -> impl IntoView {
    let name =
        if device.name.trim().is_empty() { account::unnamed_device(lang).to_owned() } else { device.name };
    let times = account::device_times(lang, time::long(device.since), time::long(device.last_seen));
    let way = if device.current {
        view! { <span class="u-small">{account::this_device(lang)}</span> }.into_any()
    } else {
        view! {
            <SentForm to=out>
                <input type="hidden" name="session" value=device.session.to_string() />
                <button class="button button--quiet button--small">{account::sign_out(lang)}</button>
            </SentForm>
        }
        .into_any()
    };
    view! {
        <div>
            <div class="rows__body">
                <p class="rows__title">{name}</p>
                <p class="rows__meta">{times}</p>
            </div>
            {way}
        </div>
    }
}
