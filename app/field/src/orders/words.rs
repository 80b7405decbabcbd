//! The leader's four words as they are typed: characters, pinyin or its initials, with the words of the list that are meant.

use super::OrderRead;
use crate::{
    device::PhoneRef,
    i18n::{orders as t, use_lang},
};
use client::orders;
use domain::{
    id::SealedOrderId,
    spot_check::{OrderState, SpokenWords, WORDS, WordList},
};
use leptos::{html, prelude::*, task::spawn_local};
use std::array;

/// Words that are offered at a time: two lines of a small phone.
const OFFERED: usize = 8;

/// What is typed. It is the screen's, and stays while what lies below is drawn anew.
#[derive(Clone, Copy)]
pub struct TypedWords {
    id: Memo<Option<SealedOrderId>>,
    fields: [RwSignal<String>; WORDS],
    /// Where the thumb is.
    at: RwSignal<usize>,
    pub busy: RwSignal<bool>,
    /// Whether any were tried on this page.
    pub tried_here: RwSignal<bool>,
    failed: RwSignal<Option<client::DeviceError>>,
}

impl TypedWords {
    pub fn new(id: Memo<Option<SealedOrderId>>) -> Self {
        Self {
            id,
            fields: array::from_fn(|_| RwSignal::new(String::new())),
            at: RwSignal::new(0),
            busy: RwSignal::new(false),
            tried_here: RwSignal::new(false),
            failed: RwSignal::new(None),
        }
    }

    /// How many are no words of the list yet.
    pub fn left(self, list: &WordList<'_>) -> usize {
        self.fields.into_iter().filter(|field| field.with(|typed| list.find(typed).is_none())).count()
    }

    /// Tries them. Each try counts, so a thumb that trembles makes one.
    pub fn try_them(self, phone: PhoneRef) {
        let Some(id) = self.id.get_untracked().filter(|_| !self.busy.get_untracked()) else { return };
        let words = self.fields.map(|field| field.with_untracked(|typed| typed.trim().to_owned()));
        self.busy.set(true);
        self.tried_here.set(true);
        self.failed.set(None);
        spawn_local(async move {
            let tried = orders::try_words(&phone, id, &SpokenWords(words)).await;
            match tried {
                Ok(_) | Err(client::DeviceError::TooManyTries) => {}
                Err(error) => drop(self.failed.try_set(Some(error))),
            }
            self.busy.try_set(false);
        });
    }

    pub fn failed(self) -> Option<client::DeviceError> {
        self.failed.get()
    }
}

/// The list that travels with the order.
pub fn list_of(order: OrderRead) -> String {
    order
        .get_untracked()
        .and_then(|read| match &read.here.order.state {
            OrderState::Sealed { words, .. } => Some(words.list.clone()),
            OrderState::Withdrawn { .. } => None,
        })
        .unwrap_or_default()
}

#[component]
pub fn WordFields(typed: TypedWords, list: StoredValue<String>) -> impl IntoView {
    let lang = use_lang();
    let inputs: [NodeRef<html::Input>; WORDS] = array::from_fn(|_| NodeRef::new());
    let field = |n: usize| {
        let (Some(words), Some(input)) = (typed.fields.get(n).copied(), inputs.get(n).copied()) else {
            return ().into_any();
        };
        view! {
            <input
                class="input order__word"
                type="text"
                autocomplete="off"
                autocapitalize="none"
                spellcheck="false"
                maxlength="20"
                aria-label=t::word(lang, n + 1)
                placeholder=t::word(lang, n + 1)
                node_ref=input
                prop:value=move || words.get()
                on:focus=move |_| typed.at.set(n)
                on:input=move |event| words.set(event_target_value(&event))
            />
        }
        .into_any()
    };
    let choose = move |n: usize, word: String| {
        if let Some(field) = typed.fields.get(n) {
            field.set(word);
        }
        if let Some(next) = inputs.get(n + 1).and_then(|input| input.get_untracked()) {
            // A field that cannot take the focus is filled in by touching it.
            let _ = next.focus();
        }
    };
    let offered = move || {
        let n = typed.at.get();
        let words = typed.fields.get(n).map(|field| field.get()).unwrap_or_default();
        list.with_value(|list| {
            let list = WordList::read(list);
            if words.trim().is_empty() || list.find(&words).is_some() {
                return ().into_any();
            }
            let found = list.candidates(&words, OFFERED);
            if found.is_empty() {
                return view! { <p class="u-small" role="status">{t::no_candidates(lang)}</p> }.into_any();
            }
            let chip = |text: &str| {
                let (shown, chosen) = (text.to_owned(), text.to_owned());
                view! {
                    <button type="button" class="chip" on:click=move |_| choose(n, chosen.clone())>
                        {shown}
                    </button>
                }
            };
            let chips: Vec<_> = found.iter().map(|word| chip(word.text)).collect();
            view! {
                <div class="chip-list" role="group" aria-label=t::candidates(lang)>
                    {chips}
                </div>
            }
            .into_any()
        })
    };
    view! {
        <div class="order__words">{(0..WORDS).map(field).collect_view()}</div>
        {offered}
    }
}
