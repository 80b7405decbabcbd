//! 承诺: words that somebody commits, worked out on their own computer. Nothing of them is sent: it is no form, and has no names.

use crate::i18n::{spot_checks as t, use_lang};
use domain::draw::{Reveal, Salt};
use leptos::prelude::*;

#[component]
pub fn CommitmentMaker() -> impl IntoView {
    let lang = use_lang();
    let name = RwSignal::new(String::new());
    let words = RwSignal::new(String::new());
    let made = RwSignal::new(None::<(String, String)>);
    let make = move |_| {
        let reveal =
            chance().map(|random| Reveal { name: name.get(), words: words.get(), salt: Salt::new(random) });
        made.set(reveal.map(|reveal| (reveal.salt.to_string(), reveal.digest().to_string())));
    };
    view! {
        <details class="disclosure">
            <summary class="disclosure__summary">{t::make_commitment(lang)}</summary>
            <p class="field__hint">{t::make_commitment_hint(lang)}</p>
            <div class="field">
                <label for="commit-name">{t::commit_name(lang)}</label>
                <input
                    class="input"
                    id="commit-name"
                    autocomplete="off"
                    on:input=move |event| name.set(event_target_value(&event).trim().to_owned())
                />
            </div>
            <div class="field">
                <label for="commit-words">{t::commit_words(lang)}</label>
                <input
                    class="input"
                    id="commit-words"
                    autocomplete="off"
                    on:input=move |event| words.set(event_target_value(&event).trim().to_owned())
                />
            </div>
            <button class="button button--quiet" type="button" on:click=make>
                {t::work_out(lang)}
            </button>
            {move || {
                made.get()
                    .map(|(salt, digest)| {
                        view! {
                            <dl class="fact-list" role="status">
                                <dt>{t::commit_salt(lang)}</dt>
                                <dd class="u-code">{salt}</dd>
                                <dt>{t::commit_digest(lang)}</dt>
                                <dd class="u-code">{digest}</dd>
                            </dl>
                        }
                    })
            }}
        </details>
    }
}

/// From the browser's own generator; none where it has none.
fn chance() -> Option<[u8; 32]> {
    let mut random = [0; 32];
    window().crypto().ok()?.get_random_values_with_u8_array(&mut random).ok()?;
    Some(random)
}
