//! The HTML document around server-rendered pages.
use leptos::prelude::*;

pub fn shell(options: LeptosOptions) -> impl IntoView {
    let _ = options;
    view! { <!DOCTYPE html><html lang="zh-CN"><head></head><body></body></html> }
}
