//! 消息: what the person at the desk is told, what is to be done before what is good to know.

pub mod settings;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        fault::PageErrorNotice,
        icon::{Icon, Sign},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{notices as t, use_lang},
    sending::{Sending, SentForm},
    server_fns::notices::{LoadNotices, SeeNotices},
};
use domain::{
    notice::{Notice, NoticeAbout},
    text::Lang,
    time,
};
use leptos::prelude::*;

pub const NOTICES: &str = "/office/notices";

#[component]
pub fn NoticesPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let seen = Sending::to::<SeeNotices>();
    seen.when_done(move || desk.changed());
    let asked = Asked::new(move || ask(LoadNotices {}).in_round(desk.changes.get()));
    let refused = seen.fault();
    view! {
        <PageHeader title=t::notices(lang) />
        <div class="page-body">
            {move || refused.get().map(|fault| view! { <PageErrorNotice fault /> })}
            {await_resource(asked, move |_, notices: Vec<Notice>| inbox(lang, &notices, seen))}
        </div>
    }
}

fn inbox(lang: Lang, notices: &[Notice], seen: Sending) -> AnyView {
    if notices.is_empty() {
        return view! {
            <div class="empty">
                <Sign icon=Icon::Tick />
                <h2>{t::nothing(lang)}</h2>
                <p>{t::nothing_hint(lang)}</p>
            </div>
        }
        .into_any();
    }
    let (to_do, to_know): (Vec<_>, Vec<_>) = notices.iter().partition(|notice| notice.kind.is_to_do());
    let unread: Vec<&Notice> = notices.iter().filter(|notice| !notice.is_seen()).collect();
    let mark = (!unread.is_empty()).then(|| mark_read(lang, &unread, seen));
    view! {
        {mark}
        {section(lang, t::to_do(lang), &to_do)}
        {section(lang, t::to_know(lang), &to_know)}
    }
    .into_any()
}

/// All that are shown: what came since stays unread.
fn mark_read(lang: Lang, unread: &[&Notice], seen: Sending) -> AnyView {
    let count = u64::try_from(unread.len()).unwrap_or(u64::MAX);
    let ids = unread.iter().map(|notice| {
        view! { <input type="hidden" name="form[ids][]" value=notice.id.to_string() /> }
    });
    let ids = ids.collect_view();
    view! {
        <SentForm to=seen attr:class="link-row">
            {ids}
            <span role="status">{t::unread(lang, count)}</span>
            <button class="button button--small">{t::mark_read(lang)}</button>
        </SentForm>
    }
    .into_any()
}

fn section(lang: Lang, title: &'static str, notices: &[&Notice]) -> Option<AnyView> {
    if notices.is_empty() {
        return None;
    }
    let rows = notices.iter().map(|notice| row(lang, notice)).collect_view();
    let shown = view! {
        <section>
            <h2>{title} " " <small class="u-small">{t::pieces(lang, notices.len())}</small></h2>
            <ul class="card rows">{rows}</ul>
        </section>
    };
    Some(shown.into_any())
}

fn row(lang: Lang, notice: &Notice) -> AnyView {
    let (title, detail) = (t::title(lang, notice), t::detail(lang, notice));
    let words = match way(notice) {
        Some(href) => view! { <a class="link" href=href>{title}</a> }.into_any(),
        None => title.into_any(),
    };
    let unread =
        (!notice.is_seen()).then(|| view! { <span class="badge badge--act">{t::is_new(lang)}</span> });
    view! {
        <li>
            <div class="rows__body">
                <p class="rows__title">{words}</p>
                <p class="rows__meta">{detail}</p>
            </div>
            {unread}
            <span class="u-small">{time::short(notice.made_at)}</span>
        </li>
    }
    .into_any()
}

/// To the record, where the desk has a page of it.
fn way(notice: &Notice) -> Option<String> {
    match &notice.about {
        NoticeAbout::Hazard { hazard, .. } => Some(format!("/office/hazards/{hazard}")),
        NoticeAbout::Task { task, .. } => Some(format!("/office/tasks/{task}")),
        NoticeAbout::Order { .. } | NoticeAbout::Unsent { .. } => None,
    }
}
