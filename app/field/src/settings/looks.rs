//! Language, size of text, light, how soon the phone locks: each takes effect at once.

use crate::{
    device::use_device,
    document,
    i18n::{Lang, field as t, unlock as u, use_lang},
    segmented::Segmented,
};
use client::prefs::{self, LockAfter, Prefs, TextSize, Theme};
use leptos::prelude::*;

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
            <Choice id="language" label=t::language(lang) options=said(languages) chosen=spoken choose=speak />
            <Choice
                id="text-size"
                label=t::text_size(lang)
                options=said(sizes)
                chosen=text
                choose=Callback::new(move |size| change(&|prefs| prefs.text = size))
            />
            <Choice
                id="theme"
                label=t::theme(lang)
                options=said(themes)
                chosen=theme
                choose=Callback::new(move |theme| change(&|prefs| prefs.theme = theme))
            />
            <Choice
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

/// One of a few, under what it is about.
#[component]
fn Choice<T>(
    id: &'static str,
    label: &'static str,
    options: Vec<(T, String)>,
    chosen: T,
    choose: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let at = RwSignal::new(options.iter().position(|(value, _)| *value == chosen));
    let (values, words): (Vec<T>, Vec<String>) = options.into_iter().unzip();
    let take = Callback::new(move |to: usize| {
        at.set(Some(to));
        if let Some(value) = values.get(to) {
            choose.run(*value);
        }
    });
    view! {
        <div class="field">
            <span class="field__label" id=id>{label}</span>
            <Segmented options=words chosen=at labelled_by=id choose=take />
        </div>
    }
}
