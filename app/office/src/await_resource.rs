//! A page of the desk: the frame and the page's own data awaited together, then the page or what went wrong.

use crate::{
    components::fault::PageErrorNotice,
    desk::use_desk,
    error::AppError,
    i18n::{account, use_lang},
    server_fns::frame::Frame,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Shows what `page` makes of the answer; while a new answer is awaited the old page stays.
pub fn await_resource<T>(
    asked: Resource<Result<T, AppError>>,
    page: impl Fn(Arc<Frame>, T) -> AnyView + Clone + Send + Sync + 'static,
) -> AnyView
where
    T: Clone + Send + Sync + 'static,
{
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Transition fallback=move || view! { <p class="page-body u-small">{account::loading(lang)}</p> }>
            {move || {
                let page = page.clone();
                Suspend::new(async move {
                    let answers = match (frame.await, asked.await) {
                        (Ok(frame), Ok(answer)) => Ok((frame, answer)),
                        (Err(fault), _) | (_, Err(fault)) => Err(fault),
                    };
                    match answers {
                        Ok((frame, answer)) => page(Arc::new(frame), answer),
                        Err(fault) => view! { <div class="page-body"><PageErrorNotice fault /></div> }.into_any(),
                    }
                })
            }}
        </Transition>
    }
    .into_any()
}
