//! The second factor: asked for after the password, and set up or removed.

use super::refused::{Answer, answer};
use crate::{
    components::{document_title::DocumentTitle, fault::PageErrorNotice},
    error::AppError,
    i18n::{account, password as t, use_lang},
    server_fns::account::{BeginFactor, EndFactor, GiveCode, load_factor, set_factor},
    sessions::Factor,
};
use domain::text::Lang;
use leptos::{ev::SubmitEvent, html, prelude::*, server_fn::ServerFn, task::spawn_local};

/// After the password.
#[component]
pub fn CodePage() -> impl IntoView {
    let lang = use_lang();
    let answer = answer();
    view! {
        <DocumentTitle text=t::factor(lang) />
        <main class="account-page" id="main">
            <h1>{t::factor(lang)}</h1>
            <form class="form" method="post" action=GiveCode::url()>
                {answer.notice()}
                <input type="hidden" name="next" value=answer.next.clone() />
                {answer.secret("text", "code", t::code(lang), Some(t::code_hint(lang)), "one-time-code")}
                <button class="button">{t::code_do(lang)}</button>
            </form>
            <p>
                <a class="link" href="/signin" rel="external">
                    {t::code_other(lang)}
                </a>
            </p>
        </main>
    }
}

#[component]
pub fn FactorPage() -> impl IntoView {
    let lang = use_lang();
    let answer = answer();
    let factor = Resource::new_blocking(|| (), |()| load_factor());
    view! {
        <DocumentTitle text=t::factor(lang) />
        <main class="account-page" id="main">
            <p>
                <a class="link" href="/account/devices" rel="external">
                    {account::devices(lang)}
                </a>
            </p>
            <h1>{t::factor(lang)}</h1>
            <p>{t::factor_hint(lang)}</p>
            <Suspense fallback=move || account::loading(lang)>
                {move || {
                    let answer = answer.clone();
                    Suspend::new(async move {
                        match factor.await {
                            Ok(factor) => stands(lang, factor, &answer),
                            Err(fault) => view! { <PageErrorNotice fault /> }.into_any(),
                        }
                    })
                }}
            </Suspense>
        </main>
    }
}

fn stands(lang: Lang, factor: Factor, answer: &Answer) -> AnyView {
    let next = answer.next.clone();
    let begin = |words: &'static str, class: &'static str| {
        view! {
            <form class="form" method="post" action=BeginFactor::url()>
                <input type="hidden" name="next" value=next.clone() />
                <button class=class>{words}</button>
            </form>
        }
    };
    match factor {
        Factor::Off => view! {
            <p>{t::factor_off(lang)}</p>
            {begin(t::factor_begin(lang), "button")}
        }
        .into_any(),
        Factor::Begun { secret, picture, .. } => {
            let again = begin(t::factor_again(lang), "button button--quiet button--small");
            let next = if next.is_empty() { "/".to_owned() } else { next };
            view! {
                <p>{t::factor_scan(lang)}</p>
                <div class="qr" role="img" aria-label=t::factor_picture(lang) inner_html=picture></div>
                <p>{t::factor_type(lang)}</p>
                <p class="u-code">{grouped(&secret)}</p>
                <FirstCode next />
                {again}
            }
            .into_any()
        }
        Factor::On { asked: true } => view! {
            <p>{t::factor_on(lang)}</p>
            <p>{t::factor_asked(lang)}</p>
            <form class="form" method="post" action=EndFactor::url()>
                <button class="button button--quiet">{t::factor_again(lang)}</button>
            </form>
        }
        .into_any(),
        Factor::On { asked: false } => view! {
            <p>{t::factor_on(lang)}</p>
            <form class="form" method="post" action=EndFactor::url()>
                <button class="button button--quiet">{t::factor_end(lang)}</button>
            </form>
        }
        .into_any(),
    }
}

/// Fours are easier to type.
fn grouped(secret: &str) -> String {
    let signs: Vec<char> = secret.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The first code; in its place then the recovery codes, which stand nowhere else.
#[component]
fn FirstCode(next: String) -> impl IntoView {
    let lang = use_lang();
    let field = NodeRef::<html::Input>::new();
    let given = RwSignal::new(None::<Result<Vec<String>, AppError>>);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let code = field.get_untracked().map(|field| field.value()).unwrap_or_default();
        spawn_local(async move { given.set(Some(set_factor(code).await)) });
    };
    let wrong = move || match given.get() {
        Some(Err(AppError::Invalid { reason, .. })) => Some(reason),
        Some(Err(fault)) => Some(account::fault_words(lang, &fault)),
        Some(Ok(_)) | None => None,
    };
    let codes = move || given.get().and_then(Result::ok);
    view! {
        <form class="form" on:submit=submit hidden=move || codes().is_some()>
            <div class="field">
                <label for="code">{t::factor_code(lang)}</label>
                {move || wrong().map(|words| view! { <p class="error-line" role="alert" id="code-e">{words}</p> })}
                <input
                    class="input"
                    id="code"
                    node_ref=field
                    inputmode="numeric"
                    autocomplete="one-time-code"
                    required
                    aria-invalid=move || wrong().map(|_| "true")
                    aria-describedby="code-e"
                />
            </div>
            <button class="button">{t::factor_set(lang)}</button>
        </form>
        <div role="status">
            {move || {
                let next = next.clone();
                codes()
                    .map(|codes| {
                        let codes = codes.into_iter().map(|code| view! { <li class="u-code">{code}</li> });
                        view! {
                            <p>{t::factor_codes(lang)}</p>
                            <ol>{codes.collect_view()}</ol>
                            <a class="button" href=next rel="external">
                                {t::factor_go_on(lang)}
                            </a>
                        }
                    })
            }}
        </div>
    }
}
