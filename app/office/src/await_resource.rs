//! A page of the desk: the frame and the page's own data awaited together, then the page or what went wrong.

use crate::{
    asking::{Answer, AsResult, Asked, read},
    components::fault::PageErrorNotice,
    desk::use_desk,
    error::AppError,
    i18n::{account, use_lang},
    server_fns::frame::Frame,
};
use leptos::prelude::*;
use serde::de::DeserializeOwned;
use std::{pin::Pin, sync::Arc};

/// A part of a page that is still on its way.
pub type Coming = Pin<Box<dyn Future<Output = Option<AnyView>> + Send>>;

/// What a page makes of the text of its answer.
type Page = dyn Fn(Arc<Frame>, &str) -> Result<AnyView, AppError> + Send + Sync;

/// Shows what `page` makes of the answer; while a new answer is awaited the old page stays.
pub fn await_resource<T: DeserializeOwned + 'static>(
    asked: Asked<T>,
    page: impl Fn(Arc<Frame>, T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    awaited(asked.text, Arc::new(move |frame, text| read(text).map(|answer| page(frame, answer))))
}

fn awaited(asked: Resource<Answer, AsResult>, page: Arc<Page>) -> AnyView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Transition fallback=move || view! { <p class="page-body u-small">{account::loading(lang)}</p> }>
            {move || {
                let page = page.clone();
                Suspend::new(async move {
                    let shown = match (frame.await, asked.await) {
                        (Ok(frame), Ok(answer)) => page(Arc::new(frame), &answer),
                        (Err(fault), _) | (_, Err(fault)) => Err(fault),
                    };
                    let failed = |fault: AppError| view! { <div class="page-body"><PageErrorNotice fault /></div> }.into_any();
                    shown.unwrap_or_else(failed)
                })
            }}
        </Transition>
    }
    .into_any()
}

/// A part that comes by itself, and again; the old one stays for as long.
pub fn await_part(part: impl Fn() -> Coming + Send + Sync + 'static) -> AnyView {
    awaited_part(Box::new(part))
}

fn awaited_part(part: Box<dyn Fn() -> Coming + Send + Sync>) -> AnyView {
    view! { <Transition>{move || Suspend::new(part())}</Transition> }.into_any()
}
