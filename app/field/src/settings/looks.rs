//! Language, size of text, light, how soon the phone locks: each takes effect at once.

use crate::{
    device::use_device,
    document,
    i18n::{Lang, field as t, unlock as u, use_lang},
};
use client::prefs::{self, LockAfter, Prefs, TextSize, Theme};
use leptos::{ev::KeyboardEvent, html, prelude::*, wasm_bindgen::JsCast, web_sys::HtmlElement};

#[component]
pub fn Looks() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let Prefs { lang: spoken, text, theme, lock_after } = prefs::load(&phone);
    let change = move |alter: &dyn Fn(&mut Prefs)| {
        let mut changed = prefs::load(&phone);
        alter(&mut changed);
        prefs::save(&phone, &changed);
        document::apply(&changed);
    };
    let languages = vec![(Lang::Zh, t::lang_zh(lang)), (Lang::En, t::lang_en(lang))];
    let sizes = vec![
        (TextSize::Normal, t::text_normal(lang)),
        (TextSize::Large, t::text_large(lang)),
        (TextSize::Larger, t::text_larger(lang)),
    ];
    let themes = vec![
        (Theme::Auto, t::theme_auto(lang)),
        (Theme::Light, t::theme_light(lang)),
        (Theme::Dark, t::theme_dark(lang)),
        (Theme::Sunlight, t::theme_sunlight(lang)),
    ];
    let rests = [LockAfter::Five, LockAfter::Ten, LockAfter::Thirty];
    let rests = rests.map(|rest| (rest, u::minutes(lang, rest.minutes()))).to_vec();
    let speak = Callback::new(move |lang| {
        change(&|prefs| prefs.lang = lang);
        // Every screen is built in one language. Where the page does not load anew, the next one speaks it.
        let _ = window().location().reload();
    });
    view! {
        <div class="section-head">
            <h2>{t::looks(lang)}</h2>
        </div>
        <div class="card card--pad u-stack">
            <Segmented id="language" label=t::language(lang) options=said(languages) chosen=spoken choose=speak />
            <Segmented
                id="text-size"
                label=t::text_size(lang)
                options=said(sizes)
                chosen=text
                choose=Callback::new(move |size| change(&|prefs| prefs.text = size))
            />
            <Segmented
                id="theme"
                label=t::theme(lang)
                options=said(themes)
                chosen=theme
                choose=Callback::new(move |theme| change(&|prefs| prefs.theme = theme))
            />
            <Segmented
                id="lock-after"
                label=u::lock_after(lang)
                options=rests
                chosen=lock_after
                choose=Callback::new(move |rest| change(&|prefs| prefs.lock_after = rest))
            />
            <p class="u-small">{u::lock_after_hint(lang)}</p>
        </div>
    }
}

fn said<T>(options: Vec<(T, &'static str)>) -> Vec<(T, String)> {
    options.into_iter().map(|(value, words)| (value, words.to_owned())).collect()
}

/// One of a few; the arrow keys choose too, as in any radio group.
#[component]
fn Segmented<T>(
    id: &'static str,
    label: &'static str,
    options: Vec<(T, String)>,
    chosen: T,
    choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let group = NodeRef::<html::Div>::new();
    let chosen = RwSignal::new(chosen);
    let take = move |value| {
        if chosen.get_untracked() != value {
            chosen.set(value);
            choose.run(value);
        }
    };
    let values: Vec<T> = options.iter().map(|(value, _)| *value).collect();
    let on_key = move |event: KeyboardEvent| {
        let count = values.len();
        let at = values.iter().position(|value| *value == chosen.get_untracked()).unwrap_or_default();
        let to = match event.key().as_str() {
            "ArrowRight" | "ArrowDown" => (at + 1) % count,
            "ArrowLeft" | "ArrowUp" => (at + count - 1) % count,
            _ => return,
        };
        event.prevent_default();
        let button = group.get_untracked().and_then(|group| group.children().item(to as u32));
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            // The choice is made even where the focus cannot follow.
            let _ = button.focus();
        }
        take(values[to]);
    };
    let option = move |(value, words): (T, String)| {
        let on = move || chosen.get() == value;
        view! {
            <button
                type="button"
                class="segmented__option"
                role="radio"
                aria-checked=move || on().to_string()
                tabindex=move || if on() { "0" } else { "-1" }
                on:click=move |_| take(value)
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="field">
            <span class="field__label" id=id>{label}</span>
            <div class="segmented" role="radiogroup" aria-labelledby=id node_ref=group on:keydown=on_key>
                {options.into_iter().map(option).collect_view()}
            </div>
        </div>
    }
}
