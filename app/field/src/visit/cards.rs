//! The cards of a form. As many as a screen shows are built at once, the others between frames: neither opening a long checklist
//! nor an answer that brings many items into view makes the thumb wait.
//!
//! `content-visibility: auto` would spare the browser more and is not used: what it skips is missing from Chromium's accessibility
//! tree (of 138 items, 16 were left in it), so a screen reader would know of those near to the eye and of none of the others.

use super::VisitSession;
use crate::{
    i18n::{use_lang, visit as t},
    item::ItemCard,
};
use domain::{
    device::pace::{self, Numbered},
    id::{ItemId, SectionId},
};
use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

const AT_ONCE: usize = 6;
/// Longer than a frame: what was built is painted, and a tap is heard, before the next are.
const PAUSE_MS: u32 = 20;

/// The items whose cards stand on the screen; for a moment after a change not all that are asked.
#[derive(Clone, Copy)]
pub struct Cards {
    work: VisitSession,
    standing: RwSignal<Vec<Numbered>>,
}

impl Cards {
    pub fn new(work: VisitSession) -> Self {
        // Down to where the thumb was: nothing is put in above it later.
        let room = work.place() + AT_ONCE;
        let first = work.asked.with_untracked(|asked| pace::next(&[], asked, room));
        let (standing, turn) = (RwSignal::new(first), ArcTrigger::new());
        Effect::new(move |opened: Option<()>| {
            turn.track();
            let room = if opened.is_some() { AT_ONCE } else { 0 };
            let (next, asked) = work.asked.with(|asked| {
                (standing.with_untracked(|standing| pace::next(standing, asked, room)), asked.len())
            });
            let is_whole = next.len() == asked;
            if standing.with_untracked(|standing| *standing != next) {
                standing.set(next);
            }
            if !is_whole {
                let turn = turn.clone();
                spawn_local(async move {
                    TimeoutFuture::new(PAUSE_MS).await;
                    turn.notify();
                });
            }
        });
        Self { work, standing }
    }

    /// All of them, now: somebody is led to one.
    pub fn complete(self) {
        self.standing.set(self.work.asked.get_untracked());
    }
}

#[component]
pub fn SectionCards(cards: Cards, id: SectionId, title: String, items: Vec<ItemId>) -> impl IntoView {
    let lang = use_lang();
    let work = cards.work;
    let here = Memo::new(move |_| {
        cards.standing.with(|standing| {
            standing.iter().filter(|(id, _)| items.contains(id)).cloned().collect::<Vec<_>>()
        })
    });
    let rest = {
        let id = id.clone();
        Memo::new(move |_| work.can_pass_rest(&id))
    };
    view! {
        <Show when=move || here.with(|here| !here.is_empty())>
            <div class="section-head">
                <h2>{title.clone()}</h2>
                {
                    let id = id.clone();
                    move || {
                        let id = id.clone();
                        rest.get()
                            .then(|| {
                                view! {
                                    <button type="button" class="link" on:click=move |_| work.pass_rest(&id)>
                                        {t::rest_passes(lang)}
                                    </button>
                                }
                            })
                    }
                }
            </div>
            <For each=move || here.get() key=|(id, _)| id.clone() let:entry>
                <ItemCard work id=entry.0 here />
            </For>
        </Show>
    }
}
