//! The lines of a form: headings, instances, cards of questions. As many as a screen shows are built at once, the others between
//! frames: neither opening a long form nor an answer that brings many questions into view makes the thumb wait.
//!
//! `content-visibility: auto` would spare the browser more and is not used: what it skips is missing from Chromium's accessibility
//! tree (of 138 questions, 16 were left in it), so a screen reader would know of those near to the eye and of none of the others.

use super::{
    VisitSession,
    instances::RepeatLine,
    lines::{LineKey, Numbered},
};
use crate::{
    components::dialog::once_opened,
    i18n::{use_lang, visit as t},
    parts,
    question::QuestionCard,
};
use domain::{
    device::pace,
    form::{AnswerKey, Entry, GroupKey, QuestionKind},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};
use std::{collections::BTreeMap, mem};

const AT_ONCE: usize = 6;
/// Cards that get another number between two frames.
const RENUMBERED: usize = 30;
/// With what is built in a turn on a slow phone longer than a frame: it is painted, and a tap is heard, before the next are.
const PAUSE_MS: u32 = 12;

/// The lines that stand on the screen; for a moment after a change not all that are shown.
#[derive(Clone, Copy)]
pub struct Cards {
    work: VisitSession,
    standing: RwSignal<Vec<Numbered>>,
    /// What stands beside each question.
    numbers: StoredValue<BTreeMap<AnswerKey, RwSignal<usize>>>,
}

impl Cards {
    pub fn new(work: VisitSession) -> Self {
        // Down to where the thumb was: nothing is put in above it later.
        let room = work.place() + AT_ONCE;
        let first = work.lines.with_untracked(|lines| pace::next(&[], lines, room));
        let (standing, turn) = (RwSignal::new(first), ArcTrigger::new());
        let cards = Self { work, standing, numbers: StoredValue::default() };
        let mut opened = false;
        ui::effect(move || {
            turn.track();
            let room = if mem::replace(&mut opened, true) { AT_ONCE } else { 0 };
            let (next, shown) = work.lines.with(|lines| {
                (standing.with_untracked(|standing| pace::next(standing, lines, room)), lines.len())
            });
            let is_whole = next.len() == shown;
            if standing.with_untracked(|standing| *standing != next) {
                standing.set(next);
            }
            if !is_whole || !cards.outdated().is_empty() {
                let turn = turn.clone();
                spawn_local(async move {
                    TimeoutFuture::new(PAUSE_MS).await;
                    // The person may have left the screen by now.
                    if !work.is_over() {
                        cards.renumber();
                        turn.notify();
                    }
                });
            }
        });
        cards
    }

    /// The first cards that show another number than their question has, each with that number. One question more or less
    /// changes the numbers of all behind it: nobody waits for those, which mostly stand below the screen.
    fn outdated(self) -> Vec<(RwSignal<usize>, usize)> {
        let outdated = |numbers: &BTreeMap<AnswerKey, RwSignal<usize>>, (line, number): &Numbered| {
            let LineKey::Question(key) = line else { return None };
            let shown = numbers.get(key)?;
            shown.try_get_untracked().is_some_and(|shown| shown != *number).then_some((*shown, *number))
        };
        self.standing.with_untracked(|standing| {
            self.numbers.with_value(|numbers| {
                let all = standing.iter().filter_map(|entry| outdated(numbers, entry));
                all.take(RENUMBERED).collect()
            })
        })
    }

    fn renumber(self) {
        for (shown, number) in self.outdated() {
            shown.set(number);
        }
    }

    fn question(self, key: AnswerKey, number: usize) -> AnyView {
        let shown = RwSignal::new(number);
        self.numbers.update_value(|numbers| {
            numbers.insert(key.clone(), shown);
        });
        view! { <QuestionCard work=self.work key number=shown.into() /> }.into_any()
    }

    /// All of them, now: somebody is led to one.
    pub fn complete(self) {
        self.standing.set(self.work.lines.get_untracked());
    }
}

#[component]
pub fn Lines(cards: Cards) -> impl IntoView {
    let work = cards.work;
    let removing = RwSignal::new(None::<(GroupKey, u16)>);
    let asking = once_opened(move || removing.with(Option::is_some));
    view! {
        <For each=move || cards.standing.get() key=|(line, _)| line.clone() let:entry>
            {line(cards, entry, removing)}
        </For>
        <Show when=move || asking.get()>
            {parts::within(move || Box::pin(parts::removing(work, removing)))}
        </Show>
    }
}

fn line(cards: Cards, (line, number): Numbered, removing: RwSignal<Option<(GroupKey, u16)>>) -> AnyView {
    let work = cards.work;
    let of_repeat =
        |line: RepeatLine| parts::within(move || Box::pin(parts::repeat_line(work, line.clone(), removing)));
    match line {
        LineKey::Group(key, depth) => view! { <GroupHead work key depth /> }.into_any(),
        LineKey::Repeat(key, depth) => of_repeat(RepeatLine::Head(key, depth)),
        LineKey::Instance(repeat, number, depth) => of_repeat(RepeatLine::Instance(repeat, number, depth)),
        LineKey::Add(repeat) => of_repeat(RepeatLine::Add(repeat)),
        LineKey::Question(key) => cards.question(key, number),
    }
}

/// A heading, a level below that of what it stands in. One with an id can be led to.
pub(super) fn heading(depth: u8, words: Signal<String>, id: Option<String>) -> AnyView {
    let tabindex = id.as_ref().map(|_| "-1");
    match depth {
        0 => view! { <h2 id=id tabindex=tabindex>{words}</h2> }.into_any(),
        1 => view! { <h3 id=id tabindex=tabindex>{words}</h3> }.into_any(),
        2 => view! { <h4 id=id tabindex=tabindex>{words}</h4> }.into_any(),
        3.. => view! { <h5 id=id tabindex=tabindex>{words}</h5> }.into_any(),
    }
}

#[component]
fn GroupHead(work: VisitSession, key: GroupKey, depth: u8) -> impl IntoView {
    let lang = use_lang();
    let (title, simple) = work.of_entry(key.group.as_str(), |entry| {
        let Entry::Group(group) = entry else { return Default::default() };
        let questions = group.entries.iter().filter_map(Entry::question);
        let simple = questions.filter(|question| matches!(question.kind, QuestionKind::PassFail)).count();
        (group.title.get(lang).to_owned(), simple)
    });
    let rest = (simple > 1).then(|| {
        let asked = key.clone();
        let can = ui::memo(move || work.can_pass_rest(&asked));
        move || {
            let key = key.clone();
            can.get().then(|| {
                view! {
                    <button type="button" class="link" on:click=move |_| work.pass_rest(&key)>
                        {t::rest_passes(lang)}
                    </button>
                }
            })
        }
    });
    view! { <div class="section-head">{heading(depth, Signal::stored(title), None)} {rest}</div> }.into_any()
}
