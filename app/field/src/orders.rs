//! A sealed check: before its hour who leads it, when it opens and the words that open it without signal; then the site, what to
//! check there, and the way into the visit. A part of the program by itself: few people have one.

mod awaiting;
mod closed;
mod opened;
mod words;

pub use closed::hour;

use crate::{
    asked::AskFor,
    components::icon::Icon,
    device::use_device,
    frame::{BackScreen, Empty, ErrorNotice, LineState, NotHere},
    i18n::{field as f, orders as t, use_lang},
    live,
};
use awaiting::Awaiting;
use client::{
    Device, DeviceError,
    changes::Topic,
    drafts,
    orders::{self, OrderHere},
    records,
};
use closed::{Closed, ClosedFoot};
use domain::{
    device::order_standing::OpenedOrder,
    form::Form,
    id::{SealedOrderId, VisitId},
    spot_check::{OpenedBy, OrderPhase},
    sync::RecordKind,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use opened::{Opened, OpenedFoot};
use std::sync::Arc;
use words::TypedWords;

/// An order with what stands beside it.
#[derive(Debug, Clone, PartialEq)]
pub struct OrderFile {
    here: OrderHere,
    /// What is asked there, as it is asked today; empty before it was opened.
    forms: Vec<Form>,
    /// The visit that was begun for it.
    begun: Option<VisitId>,
    /// One was handed in.
    visited: bool,
}

/// As it was read last; none until it is here.
pub type OrderRead = Signal<Option<Arc<OrderFile>>>;

async fn read(device: &Device, id: SealedOrderId) -> Result<Option<OrderFile>, DeviceError> {
    let Some(here) = orders::one(device, id).await? else { return Ok(None) };
    let mut forms = vec![];
    for form in here.content.iter().flat_map(|content| &content.forms) {
        forms.extend(records::form_in_use(device, form).await?);
    }
    let begun = drafts::all(device).await?.into_iter().find(|draft| draft.order == Some(id));
    let visited = orders::is_visited(device, &here).await?;
    Ok(Some(OrderFile { here, forms, begun: begun.map(|draft| draft.id), visited }))
}

/// Which of its faces the screen shows. What is typed stays while the order itself is read again.
#[derive(Debug, Clone, PartialEq)]
enum Face {
    Loading,
    Failed(DeviceError),
    NotHere,
    Closed,
    Opened,
    Over,
    Withdrawn,
}

#[component]
pub fn OrderScreen() -> impl IntoView {
    let lang = use_lang();
    let (params, phone) = (use_params_map(), use_device());
    let id = ui::memo(move || params.with(|params| params.get("id")?.parse::<SealedOrderId>().ok()));
    let awaiting = Awaiting::begin(id);
    let read_last = live(&[Topic::Records, Topic::Drafts, Topic::Outbox], move || {
        awaiting.tick.track();
        let id = id.get();
        async move {
            match id {
                Some(id) => read(&phone, id).await,
                None => Ok(None),
            }
        }
    });
    let found = ui::memo(move || Some(read_last.get()?.map(|file| file.map(Arc::new))));
    let order: OrderRead = Signal::derive(move || {
        found.with(|found| match found {
            Some(Ok(Some(file))) => Some(Arc::clone(file)),
            Some(Ok(None) | Err(_)) | None => None,
        })
    });
    let face = ui::memo(move || {
        found.with(|found| match found {
            None => Face::Loading,
            Some(Err(error)) => Face::Failed(error.clone()),
            Some(Ok(None)) => Face::NotHere,
            Some(Ok(Some(read))) => match read.here.phase {
                OrderPhase::Sealed | OrderPhase::Due => Face::Closed,
                OrderPhase::Opened => Face::Opened,
                OrderPhase::Over => Face::Over,
                OrderPhase::Withdrawn => Face::Withdrawn,
            },
        })
    });
    let typed = TypedWords::new(id);
    let elsewhere = opened_elsewhere(face, awaiting, typed);
    let under = Signal::derive(move || order.get().map(|read| under(lang, &read.here)).unwrap_or_default());
    let home = move || ("/field/".to_owned(), f::to_today(lang));
    let ended = move |icon: Icon, title: &'static str, words: &'static str| {
        view! { <Empty icon title words way=home() /> }.into_any()
    };
    let body = move || match face.get() {
        Face::Loading => ().into_any(),
        Face::Failed(error) => view! { <ErrorNotice error /> }.into_any(),
        Face::NotHere => match id.get() {
            Some(id) => {
                view! { <AskFor kind=RecordKind::SealedOrder id=id.to_string() way=home() /> }.into_any()
            }
            None => view! { <NotHere /> }.into_any(),
        },
        Face::Closed => view! { <Closed order awaiting typed /> }.into_any(),
        Face::Opened => view! { <Opened order /> }.into_any(),
        Face::Over => ended(Icon::Lock, t::over(lang), t::over_hint(lang)),
        Face::Withdrawn => ended(Icon::Cross, t::withdrawn(lang), t::withdrawn_hint(lang)),
    };
    let foot = move || match face.get() {
        Face::Closed => view! { <ClosedFoot order awaiting typed /> }.into_any(),
        Face::Opened => view! { <OpenedFoot order /> }.into_any(),
        Face::Loading | Face::Failed(_) | Face::NotHere | Face::Over | Face::Withdrawn => ().into_any(),
    };
    view! {
        <BackScreen
            title=t::title(lang).to_owned()
            under
            called=t::title(lang)
            back="/field/".to_owned()
            aside=ViewFn::from(|| view! { <LineState /> })
            foot=ViewFn::from(move || foot.into_any())
        >
            <p class="u-small" role="status">
                {move || elsewhere.get().then(|| t::opened_elsewhere(lang))}
            </p>
            {body}
        </BackScreen>
    }
}

/// Whether it opened before the eyes of somebody who did not open it here: another page of this phone did.
fn opened_elsewhere(face: Memo<Face>, awaiting: Awaiting, typed: TypedWords) -> RwSignal<bool> {
    let elsewhere = RwSignal::new(false);
    Effect::new(move |before: Option<Face>| {
        let now = face.get();
        if now != Face::Opened {
            elsewhere.set(false);
        } else if before == Some(Face::Closed) {
            let is_here = awaiting.opens_here.get_untracked() || typed.tried_here.get_untracked();
            elsewhere.set(!is_here);
        }
        now
    });
    elsewhere
}

/// Below the title: its number, or how it was opened.
fn under(lang: crate::i18n::Lang, here: &OrderHere) -> String {
    match (&here.standing.opened, here.phase) {
        (Some(OpenedOrder { by, at, .. }), OrderPhase::Opened) => match by {
            OpenedBy::Key => t::opened_by_key(lang, time::clock(*at)),
            OpenedBy::Words => t::opened_by_words(lang, time::clock(*at)),
        },
        (
            _,
            OrderPhase::Sealed
            | OrderPhase::Due
            | OrderPhase::Opened
            | OrderPhase::Over
            | OrderPhase::Withdrawn,
        ) => t::number(lang, here.order.number.clone()),
    }
}
