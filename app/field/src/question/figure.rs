//! A figure or a count, typed as a thumb types.

use super::{control::aside, given::One};
use crate::i18n::{answers, use_lang, visit as t};
use domain::{
    device::typed::{self, Unclear},
    form::{Answer, NumberRule},
};
use leptos::prelude::*;

/// What is typed where a figure is asked for. Whatever stands there is recorded, or kept and told beside it.
#[derive(Clone, Copy)]
struct Typed {
    words: RwSignal<String>,
    unclear: RwSignal<Option<Unclear>>,
    one: One,
    rule: StoredValue<NumberRule>,
    whole: bool,
}

impl Typed {
    fn new(one: One, rule: NumberRule, whole: bool) -> Self {
        let before = untrack(|| one.typed());
        let (words, unclear) = (RwSignal::new(before), RwSignal::new(None));
        let typed = Self { words, unclear, one, rule: StoredValue::new(rule), whole };
        unclear.set(words.with_untracked(|words| typed.read(words).err()));
        // Counted up, declared not applicable, or read back.
        ui::effect(move || {
            let answer = one.answer.get();
            if answer.is_some() && words.with_untracked(|words| typed.read(words)) != Ok(answer.clone()) {
                words.set(shown(answer.as_ref()));
                unclear.set(None);
            }
        });
        typed
    }

    fn read(self, words: &str) -> Result<Option<Answer>, Unclear> {
        self.rule.with_value(|rule| {
            if self.whole {
                Ok(typed::count(words, rule)?.map(Answer::Count))
            } else {
                Ok(typed::figure(words, rule)?.map(Answer::Number))
            }
        })
    }

    /// Recorded with each letter where it can be; what is half typed is not found fault with yet.
    fn take(self, words: String) {
        match self.read(&words) {
            Ok(Some(answer)) => self.one.give(&answer),
            Ok(None) => self.one.clear(),
            Err(_) => self.one.type_in(&words),
        }
        if self.read(&words).is_ok() {
            self.unclear.set(None);
        }
        self.words.set(words);
    }

    /// The thumb has left the field: it shows what was recorded, or says why nothing was.
    fn settle(self) {
        match self.words.with_untracked(|words| self.read(words)) {
            Ok(answer) => self.words.set(shown(answer.as_ref())),
            Err(why) => self.unclear.set(Some(why)),
        }
    }

    fn unit(self) -> String {
        let lang = use_lang();
        self.rule.with_value(|rule| rule.unit.get(lang).to_owned())
    }

    /// What is typed into, with the unit in the same box.
    fn field(self, class: &'static str, inputmode: &'static str) -> AnyView {
        let Self { words, unclear, one, .. } = self;
        view! {
            <label class=class>
                <input
                    class="measure__input"
                    inputmode=inputmode
                    autocomplete="off"
                    aria-labelledby=one.label()
                    aria-invalid=move || unclear.get().map(|_| "true")
                    prop:value=words
                    on:input=move |event| self.take(event_target_value(&event))
                    on:change=move |_| self.settle()
                />
                <span class="measure__unit">{self.unit()}</span>
            </label>
        }
        .into_any()
    }

    fn fault(self) -> impl IntoView {
        let (lang, unit) = (use_lang(), self.unit());
        move || {
            self.unclear
                .get()
                .map(|why| view! { <p class="error-line" role="alert">{t::unclear(lang, why, &unit)}</p> })
        }
    }
}

fn shown(answer: Option<&Answer>) -> String {
    match answer {
        Some(Answer::Number(number)) => answers::figure(*number),
        Some(Answer::Count(count)) => count.to_string(),
        _ => String::new(),
    }
}

/// A figure with its unit beside it.
#[component]
pub fn Figure(one: One, rule: NumberRule) -> impl IntoView {
    let typed = Typed::new(one, rule, false);
    view! {
        <div class="measure">
            {typed.field("measure__box", "decimal")}
            {aside(one)}
        </div>
        {typed.fault()}
    }
    .into_any()
}

/// A number of things, with their unit: counted up and down, or typed.
#[component]
pub fn Count(one: One, rule: NumberRule) -> impl IntoView {
    let lang = use_lang();
    let (least, most) = (rule.from.max(0.0) as u32, rule.to.min(f64::from(u32::MAX)) as u32);
    let given = move || match one.answer.get() {
        Some(Answer::Count(count)) => Some(count),
        _ => None,
    };
    let step = move |up: bool| {
        let next = match (given(), up) {
            (None, true) => least.max(1).min(most),
            (None, false) => least,
            (Some(count), true) => count.saturating_add(1).min(most),
            (Some(count), false) => count.saturating_sub(1).max(least),
        };
        one.give(&Answer::Count(next));
    };
    let typed = Typed::new(one, rule, true);
    view! {
        <div class="measure">
            <div class="stepper">
                <button type="button" aria-label=t::minus(lang) on:click=move |_| step(false)>
                    "−"
                </button>
                {typed.field("stepper__box", "numeric")}
                <button type="button" aria-label=t::plus(lang) on:click=move |_| step(true)>
                    "+"
                </button>
            </div>
            {aside(one)}
        </div>
        {typed.fault()}
    }
    .into_any()
}
