//! 消息: what the office tells this person, what is to be done before what is good to know; and the way there from Today.

use crate::{
    components::icon::{Icon, Sign},
    device::{PhoneRef, use_device},
    frame::{BackScreen, Empty, ErrorNotice, LineState, NewerRecords},
    i18n::{Lang, notices as t, use_lang},
    live,
};
use chrono::{DateTime, Utc};
use client::{Device, DeviceError, browser::push, changes::Topic, notices, records};
use domain::{
    id::NoticeId,
    notice::{Notice, NoticeAbout, NoticeKind},
    time,
};
use leptos::{prelude::*, task::spawn_local};

/// The way there, with how many wait to be read; nothing before there is any.
#[component]
pub fn NoticesLink() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    let read = live(&[Topic::Records], move || async move {
        let mine = notices::mine(&phone).await?.known;
        Ok::<_, DeviceError>((mine.len(), mine.iter().filter(|notice| !notice.is_seen()).count()))
    });
    let counts = ui::memo(move || read.get());
    move || {
        // What cannot be read is told with all else that Today reads.
        let Some(Ok((all, unread))) = counts.get() else { return None };
        (all > 0).then(|| {
            let told = u64::try_from(unread).unwrap_or(u64::MAX);
            let unread = (unread > 0).then(|| {
                view! { <span class="badge badge--act">{t::unread(lang, told)}</span> }
            });
            view! {
                <div class="card rows">
                    <a href="/field/notices">
                        <span class="mark">
                            <Sign icon=Icon::Notice />
                        </span>
                        <div class="rows__body">
                            <p class="rows__title">{t::notices(lang)}</p>
                        </div>
                        {unread}
                        <span class="chevron">
                            <Sign icon=Icon::Forward />
                        </span>
                    </a>
                </div>
            }
        })
    }
}

/// Tells the office of this phone's browser again, without a screen.
pub fn renew_reminders(phone: PhoneRef) -> AnyView {
    spawn_local(async move { push::renew(&phone).await });
    ().into_any()
}

/// What lies here, and until when it is complete.
#[derive(Debug, Clone, PartialEq)]
struct Inbox {
    notices: Vec<Notice>,
    newer: usize,
    up_to: Option<DateTime<Utc>>,
}

async fn read(device: &Device) -> Result<Inbox, DeviceError> {
    let mine = notices::mine(device).await?;
    let up_to = records::last_pull(device).await?;
    Ok(Inbox { notices: mine.known, newer: mine.newer.len(), up_to })
}

#[component]
pub fn Notices() -> impl IntoView {
    let (lang, phone) = (use_lang(), use_device());
    // Whoever reads their messages is who wants to be reminded of them: the session may be new since.
    spawn_local(async move { push::renew(&phone).await });
    let read = live(&[Topic::Records], move || async move { read(&phone).await });
    let inbox = ui::memo(move || read.get());
    let under = Signal::derive(move || {
        inbox.with(|inbox| match inbox {
            Some(Ok(Inbox { up_to: Some(at), .. })) => t::up_to(lang, time::short(*at)),
            Some(Ok(Inbox { up_to: None, .. })) => t::not_yet_here(lang).to_owned(),
            Some(Err(_)) | None => String::new(),
        })
    });
    let unread = ui::memo(move || {
        inbox.with(|inbox| match inbox {
            Some(Ok(inbox)) => unread(&inbox.notices),
            Some(Err(_)) | None => vec![],
        })
    });
    let newer = Signal::derive(move || {
        inbox.with(|inbox| match inbox {
            Some(Ok(inbox)) => inbox.newer,
            Some(Err(_)) | None => 0,
        })
    });
    let marking = Marking { phone, failed: RwSignal::new(None) };
    let body = move || match inbox.get() {
        None => ().into_any(),
        Some(Err(error)) => view! { <ErrorNotice error /> }.into_any(),
        Some(Ok(inbox)) => list(lang, &inbox.notices, marking),
    };
    let foot = move || {
        let ids = unread.get();
        (!ids.is_empty()).then(|| {
            let mark = move |_| marking.see(ids.clone());
            view! {
                <button class="button" type="button" on:click=mark>
                    {t::mark_read(lang)}
                </button>
            }
        })
    };
    view! {
        <BackScreen
            title=t::notices(lang).to_owned()
            under
            called=t::notices(lang)
            back="/field/".to_owned()
            aside=ViewFn::from(|| view! { <LineState /> })
            foot=ViewFn::from(move || foot.into_any())
        >
            <NewerRecords count=newer />
            {move || marking.failed.get().map(|error| view! { <ErrorNotice error /> })}
            {body}
        </BackScreen>
    }
}

fn unread(notices: &[Notice]) -> Vec<NoticeId> {
    notices.iter().filter(|notice| !notice.is_seen()).map(|notice| notice.id).collect()
}

/// Says that something was seen, and, where the phone cannot keep that, why.
#[derive(Clone, Copy)]
struct Marking {
    phone: PhoneRef,
    failed: RwSignal<Option<DeviceError>>,
}

impl Marking {
    fn see(self, ids: Vec<NoticeId>) {
        spawn_local(async move {
            let done = notices::see(&self.phone, &ids).await;
            // The person may have left by now.
            self.failed.try_set(done.err());
        });
    }
}

fn list(lang: Lang, notices: &[Notice], marking: Marking) -> AnyView {
    if notices.is_empty() {
        let (title, words) = (t::nothing(lang), t::nothing_hint(lang));
        return view! { <Empty icon=Icon::Notice title words /> }.into_any();
    }
    let (to_do, to_know): (Vec<_>, Vec<_>) =
        notices.iter().cloned().partition(|notice: &Notice| notice.kind.is_to_do());
    view! {
        {section(lang, "to-do", t::to_do(lang), to_do, marking)}
        {section(lang, "to-know", t::to_know(lang), to_know, marking)}
        <p class="u-small">{t::older_elsewhere(lang)}</p>
    }
    .into_any()
}

fn section(
    lang: Lang,
    id: &'static str,
    title: &'static str,
    notices: Vec<Notice>,
    marking: Marking,
) -> Option<AnyView> {
    let count = notices.len();
    if count == 0 {
        return None;
    }
    let rows: Vec<AnyView> = notices.into_iter().map(|notice| row(lang, &notice, marking)).collect();
    let shown = view! {
        <section class="u-stack" aria-labelledby=id>
            <div class="section-head">
                <h2 id=id>{title}</h2>
                <span>{t::pieces(lang, count)}</span>
            </div>
            <div class="card rows">{rows}</div>
        </section>
    };
    Some(shown.into_any())
}

/// A tap leads to the record, and the notice was seen by that.
fn row(lang: Lang, notice: &Notice, marking: Marking) -> AnyView {
    let (title, detail, at) = (t::title(lang, notice), t::detail(lang, notice), time::short(notice.made_at));
    let (icon, class) = sign(notice);
    let is_seen = notice.is_seen();
    let unread = (!is_seen).then(|| view! { <span class="badge badge--act">{t::is_new(lang)}</span> });
    let inside = view! {
        <span class=class>
            <Sign icon />
        </span>
        <div class="rows__body">
            <p class="rows__title">{title}</p>
            <p class="rows__meta">
                <span>{detail}</span>
                <span>{at}</span>
            </p>
        </div>
        {unread}
    };
    let id = notice.id;
    let opened = move |_| {
        if !is_seen {
            marking.see(vec![id]);
        }
    };
    view! {
        <a href=way(notice) on:click=opened>
            {inside}
        </a>
    }
    .into_any()
}

/// As the kind is known at a glance.
fn sign(notice: &Notice) -> (Icon, &'static str) {
    match notice.kind {
        NoticeKind::Assigned => (Icon::Flag, "mark"),
        NoticeKind::DueTomorrow | NoticeKind::Late => (Icon::Wait, "mark mark--wait"),
        NoticeKind::Returned => (Icon::Back, "mark mark--stop"),
        NoticeKind::MajorFound => (Icon::Alert, "mark mark--stop"),
        NoticeKind::PlanOpened => (Icon::Lock, "mark"),
        NoticeKind::UnsentWork => (Icon::Send, "mark mark--wait"),
    }
}

/// Where something is to be done about it.
fn way(notice: &Notice) -> String {
    match &notice.about {
        NoticeAbout::Task { hazard: Some(hazard), .. } | NoticeAbout::Hazard { hazard, .. } => {
            format!("/field/hazards/{hazard}")
        }
        NoticeAbout::Task { hazard: None, site, .. } => format!("/field/sites/{site}"),
        NoticeAbout::Order { order, .. } => format!("/field/orders/{order}"),
        NoticeAbout::Unsent { .. } => "/field/outbox".to_owned(),
    }
}
