//! The wait for a part of the program, and what is shown where it does not come.

use super::{Coming, Missing};
use crate::{
    components::icon::Icon,
    frame::{BackScreen, Empty},
    i18n::{field as t, use_lang},
};
use leptos::prelude::*;
use send_wrapper::SendWrapper;

/// A whole screen of another part.
pub fn screen(part: Coming) -> AnyView {
    Suspend::new(SendWrapper::new(async move {
        waits(true);
        let came = part.await;
        waits(false);
        came.unwrap_or_else(|Missing| view! { <NotArrived /> }.into_any())
    }))
    .into_any()
}

/// Tells `field-boot.js`, which has words for a screen that is not there yet, what is waited for.
fn waits(waits: bool) {
    if let Some(root) = document().document_element() {
        // Fails for names that are none.
        let _ = if waits {
            root.set_attribute("data-waits", "program")
        } else {
            root.remove_attribute("data-waits")
        };
    }
}

#[component]
fn NotArrived() -> impl IntoView {
    let lang = use_lang();
    view! {
        <BackScreen title=t::not_arrived(lang).to_owned() back="/field/".to_owned()>
            <Empty
                icon=Icon::Offline
                title=t::not_arrived(lang)
                words=t::not_arrived_hint(lang)
                way=("/field/".to_owned(), t::to_today(lang))
            />
        </BackScreen>
    }
}

/// How far a piece of a screen is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Arrival {
    Coming,
    Missing,
    Here,
}

/// Pieces of one screen that mostly lie in one file: the first of them that is lacking speaks for all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Pieces {
    /// Those that are not here, in the order of the screen.
    lacking: RwSignal<Vec<u32>>,
    /// Counts how often somebody wanted them once more.
    again: RwSignal<u32>,
    /// How many there were.
    made: RwSignal<u32>,
}

impl Pieces {
    /// One more, which another part draws.
    pub fn within(self, part: impl Fn() -> Coming + Send + 'static) -> AnyView {
        arriving(Box::new(part), self)
    }

    /// A piece that is lacking from now on.
    fn lacks(self) -> u32 {
        let piece = self.made.get_untracked();
        self.made.set(piece + 1);
        self.lacking.update(|all| all.push(piece));
        piece
    }

    /// It is here, or its place is gone.
    fn lacks_no_more(self, piece: u32) {
        self.lacking.try_update(|all| all.retain(|one| *one != piece));
    }

    fn speaks(self, piece: u32) -> bool {
        self.lacking.try_with(|all| all.first() == Some(&piece)).unwrap_or_default()
    }
}

/// A piece of a screen that another part draws, and that speaks for itself.
pub fn within(part: impl Fn() -> Coming + Send + 'static) -> AnyView {
    Pieces::default().within(part)
}

/// Compiled once for whatever comes.
fn arriving(part: Box<dyn Fn() -> Coming + Send>, pieces: Pieces) -> AnyView {
    let lang = use_lang();
    let (tries, arrival) = (RwSignal::new(0_u32), RwSignal::new(Arrival::Coming));
    let piece = pieces.lacks();
    on_cleanup(move || pieces.lacks_no_more(piece));
    let once_more = move |_: &u32, _: Option<&u32>, _: Option<()>| {
        if arrival.get_untracked() == Arrival::Missing {
            arrival.set(Arrival::Coming);
            tries.update(|tries| *tries += 1);
        }
    };
    Effect::watch(move || pieces.again.get(), once_more, false);
    let again = move |_| pieces.again.update(|times| *times += 1);
    // A screen that is left stays until the next one is there, longer than what it knew.
    let stands = move |how: Arrival| arrival.try_get() == Some(how) && pieces.speaks(piece);
    let drawn = move || {
        tries.track();
        let part = part();
        Suspend::new(SendWrapper::new(async move {
            let came = part.await;
            // The person may have left by now.
            match came {
                Ok(drawn) => {
                    arrival.try_set(Arrival::Here);
                    pieces.lacks_no_more(piece);
                    drawn
                }
                Err(Missing) => {
                    arrival.try_set(Arrival::Missing);
                    ().into_any()
                }
            }
        }))
    };
    view! {
        <Show when=move || stands(Arrival::Coming)>
            <p class="u-small" role="status">{t::part_coming(lang)}</p>
        </Show>
        <Show when=move || stands(Arrival::Missing)>
            <div class="notice notice--refused" role="alert">
                <p>{t::part_not_arrived(lang)}</p>
                <p>{t::not_arrived_hint(lang)}</p>
            </div>
            <button class="button button--quiet" type="button" on:click=again>
                {t::try_again(lang)}
            </button>
        </Show>
        {drawn}
    }
    .into_any()
}
