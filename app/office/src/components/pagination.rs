//! 上一页 2 / 9 下一页

use crate::i18n::{Lang, office, places, use_lang};
use leptos::prelude::*;

/// Pages that `total` rows fill, at least one.
pub fn pages(total: u64, page_size: u32) -> u32 {
    u32::try_from(total.div_ceil(page_size.max(1).into()).max(1)).unwrap_or(u32::MAX)
}

/// `page` counts from 1; nothing is shown where all fits on one page. `address` makes the link of a page.
#[component]
pub fn Pagination<F>(page: u32, pages: u32, address: F) -> impl IntoView
where
    F: Fn(u32) -> String,
{
    let lang = use_lang();
    let page = page.clamp(1, pages);
    let earlier = (page > 1).then(|| address(page - 1));
    let later = (page < pages).then(|| address(page + 1));
    (pages > 1).then(|| {
        view! {
            <nav class="pagination" aria-label=office::pages(lang)>
                {earlier.map(|href| view! { <a class="chip" rel="prev" href=href>{office::previous_page(lang)}</a> })}
                <span>{format!("{page} / {pages}")}</span>
                {later.map(|href| view! { <a class="chip" rel="next" href=href>{office::next_page(lang)}</a> })}
            </nav>
        }
    })
}

/// What a page past the end of a list says, and the way to the last one; none where the page is one of the list's.
pub fn past_the_end(lang: Lang, page: u32, pages: u32, address: impl Fn(u32) -> String) -> Option<AnyView> {
    (page > pages).then(|| {
        view! {
            <div class="empty">
                <h2>{places::page_gone(lang, pages)}</h2>
                <a class="button button--small" href=address(pages)>
                    {places::to_last_page(lang)}
                </a>
            </div>
        }
        .into_any()
    })
}

#[cfg(test)]
mod tests {
    use super::pages;

    #[test]
    fn an_empty_list_is_one_page() {
        assert_eq!([pages(0, 50), pages(50, 50), pages(51, 50)], [1, 1, 2]);
    }
}
