//! Repeats: a heading, the instances with their numbers, the way to one more, and a question before anything given is thrown away.

use super::{VisitSession, cards::heading, lines::LineKey};
use crate::{
    components::{
        dialog::open_while,
        icon::{Icon, Sign},
    },
    i18n::{Lang, use_lang, visit as t},
};
use domain::form::{AnswerKey, Entry, GroupKey};
use leptos::{html, prelude::*};
use web_sys::Element;

fn title(work: VisitSession, lang: Lang, repeat: &GroupKey) -> String {
    work.of_entry(repeat.group.as_str(), |entry| match entry {
        Entry::Repeat(repeat) => repeat.title.get(lang).to_owned(),
        Entry::Group(_) | Entry::Question(_) => String::new(),
    })
}

/// A line of a repeat: a part of the program by itself, for few forms have any.
#[derive(Debug, Clone)]
pub enum RepeatLine {
    /// How deep it stands.
    Head(GroupKey, u8),
    /// Its number, and how deep it stands.
    Instance(GroupKey, u16, u8),
    /// The way to one more.
    Add(GroupKey),
}

/// The line, drawn; `removing` is the instance that somebody wants to take out.
pub fn repeat_line(
    work: VisitSession,
    line: RepeatLine,
    removing: RwSignal<Option<(GroupKey, u16)>>,
) -> AnyView {
    match line {
        RepeatLine::Head(key, depth) => view! { <RepeatHead work key depth /> }.into_any(),
        RepeatLine::Instance(repeat, number, depth) => {
            view! { <InstanceHead work repeat number depth removing /> }.into_any()
        }
        RepeatLine::Add(repeat) => view! { <AddInstance work repeat /> }.into_any(),
    }
}

/// `灭火器 2 · 压力在绿区`: a question, and the instances that it stands in.
pub fn subject(work: VisitSession, lang: Lang, key: &AnswerKey) -> String {
    let mut parts = vec![];
    work.lines.with_untracked(|lines| {
        let at = lines.iter().position(|(line, _)| matches!(line, LineKey::Question(known) if known == key));
        // The instance that a question stands in is the last before it, of each repeat around it.
        let mut depth = key.instance.len();
        for (line, position) in lines.iter().take(at.unwrap_or_default()).rev() {
            if let LineKey::Instance(repeat, ..) = line
                && repeat.instance.len() + 1 == depth
            {
                depth -= 1;
                parts.insert(0, t::instance(lang, &title(work, lang, repeat), *position));
            }
        }
    });
    parts.extend(work.look_now(key, |state| state.question.text.get(lang).to_owned()));
    parts.join(" · ")
}

/// Ids of heads begin so.
const HEAD: &str = "repeat-";

fn head_id(repeat: &GroupKey, number: Option<u16>) -> String {
    let parts = repeat.instance.iter().copied().chain(number);
    parts.fold(format!("{HEAD}{}", repeat.group), |id, part| format!("{id}~{part}"))
}

#[component]
fn RepeatHead(work: VisitSession, key: GroupKey, depth: u8) -> impl IntoView {
    let words = title(work, use_lang(), &key);
    view! { <div class="section-head">{heading(depth, Signal::stored(words), Some(head_id(&key, None)))}</div> }
}

/// `灭火器 2`
#[component]
fn InstanceHead(
    work: VisitSession,
    repeat: GroupKey,
    number: u16,
    depth: u8,
    /// The one that somebody wants to take out.
    removing: RwSignal<Option<(GroupKey, u16)>>,
) -> impl IntoView {
    let lang = use_lang();
    let (called, id) = (title(work, lang, &repeat), head_id(&repeat, Some(number)));
    let counted = work.of_entry(
        repeat.group.as_str(),
        |entry| matches!(entry, Entry::Repeat(repeat) if repeat.count.is_some()),
    );
    let words = {
        let repeat = repeat.clone();
        ui::memo(move || t::instance(lang, &called, work.position(&repeat, number)))
    };
    let remove = (!counted).then(|| {
        let ask = move |_| {
            if work.given_in(&repeat, number) > 0 {
                removing.set(Some((repeat.clone(), number)));
            } else {
                remove(work, &repeat, number);
            }
        };
        view! {
            <button
                type="button"
                class="link"
                aria-label=move || words.with(|words| t::remove_instance(lang, words))
                on:click=ask
            >
                {t::remove_instance_short(lang)}
            </button>
        }
    });
    view! {
        <div class="section-head section-head--instance">
            {heading(depth, words.into(), Some(id))}
            {remove}
        </div>
    }
}

fn remove(work: VisitSession, repeat: &GroupKey, number: u16) {
    work.remove_instance(repeat, number);
    // What had the focus is gone.
    focus_later(work, head_id(repeat, None));
}

/// The one after the last.
#[component]
fn AddInstance(work: VisitSession, repeat: GroupKey) -> impl IntoView {
    let lang = use_lang();
    let words = t::add_instance(lang, &title(work, lang, &repeat));
    let add = move |_| {
        if let Some(number) = work.add_instance(&repeat) {
            focus_later(work, head_id(&repeat, Some(number)));
        }
    };
    view! {
        <button type="button" class="button button--quiet" on:click=add>
            <Sign icon=Icon::Plus />
            {words}
        </button>
    }
}

/// Asks before answers are thrown away.
#[component]
pub fn Removing(work: VisitSession, removing: RwSignal<Option<(GroupKey, u16)>>) -> impl IntoView {
    let lang = use_lang();
    let dialog = NodeRef::<html::Dialog>::new();
    open_while(dialog, move || removing.with(Option::is_some));
    let asked = move || {
        removing.get().map(|(repeat, number)| {
            let what =
                untrack(|| t::instance(lang, &title(work, lang, &repeat), work.position(&repeat, number)));
            let given = work.given_in(&repeat, number);
            let yes = move |_| {
                removing.set(None);
                remove(work, &repeat, number);
            };
            view! {
                <h2 id="removing">{t::remove_instance_ask(lang, &what)}</h2>
                <p>{t::remove_instance_words(lang, given)}</p>
                <div class="action-bar">
                    <button type="button" class="button button--quiet" on:click=move |_| removing.set(None)>
                        {t::keep_instance(lang)}
                    </button>
                    <button type="button" class="button button--danger" on:click=yes>
                        {t::remove_instance_short(lang)}
                    </button>
                </div>
            }
        })
    };
    view! {
        <dialog class="sheet" aria-labelledby="removing" node_ref=dialog on:close=move |_| removing.set(None)>
            {asked}
        </dialog>
    }
}

/// As soon as it stands on the screen: lines come one at a time.
fn focus_later(work: VisitSession, id: String) {
    request_animation_frame(move || {
        if !work.is_over() && !super::focus(&id) {
            focus_when_it_stands(work, id, document().active_element());
        }
    });
}

/// `was`: what had the focus. Whoever has gone on to something else meanwhile stays there.
fn focus_when_it_stands(work: VisitSession, id: String, was: Option<Element>) {
    request_animation_frame(move || {
        if work.is_over() || !is_coming(work, &id) {
            return;
        }
        let now = document().active_element();
        // Another head had been led to: the last one counts.
        let is_of_head = |now: &Element| now.id().starts_with(HEAD);
        if (now == was || now.as_ref().is_some_and(is_of_head)) && !super::focus(&id) {
            focus_when_it_stands(work, id, was);
        }
    });
}

/// Whether such a head is among what the form shows.
fn is_coming(work: VisitSession, id: &str) -> bool {
    work.lines.with_untracked(|lines| {
        lines.iter().any(|(line, _)| match line {
            LineKey::Repeat(repeat, _) => head_id(repeat, None) == id,
            LineKey::Instance(repeat, number, _) => head_id(repeat, Some(*number)) == id,
            LineKey::Group(..) | LineKey::Add(_) | LineKey::Question(_) => false,
        })
    })
}
