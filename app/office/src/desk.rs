//! The frame of the desk: the rail on the left, the banner of a demonstration, and the keys that work everywhere.
//!
//! Resources and boundaries are made here and at the top of each page, never inside what awaits them: server and browser
//! number them in the order in which they are made, and awaiting has no order.

use crate::{
    asking::{Asked, ask},
    audit::address::AUDIT,
    complaints::address::COMPLAINTS,
    components::icon::{Icon, Sign},
    error::AppError,
    forms::address::FORMS,
    grids::GRIDS,
    head::focus_search_on_slash,
    i18n::{
        account, admin, audit, complaints, forms, inspection, jobs, map, notices, office, parties, places,
        public_reports, spot_checks, tasks, unsent, use_lang,
    },
    inspections::INSPECTIONS,
    jobs::JOBS,
    map::address::MAP,
    notices::{NOTICES, settings::RULES},
    parties::address::PARTIES,
    public_reports::address::REPORTS,
    server_fns::{
        account::{SetLanguage, SignOut},
        frame::{Frame, LoadRailCounts, RailCounts, load_frame},
    },
    spot_checks::address::CHECKS,
    tasks::address::TASKS,
    unsent::UNSENT,
};
use domain::{
    role::{Action, Scope},
    text::Lang,
};
use leptos::{
    prelude::*,
    server_fn::ServerFn,
    web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition},
};
use leptos_router::{
    components::{A, Outlet},
    hooks::use_location,
};

/// What the pages of the desk share.
#[derive(Clone, Copy)]
pub struct DeskContext {
    pub frame: Resource<Result<Frame, AppError>>,
    /// Counts this tab's changes; lists and figures that watch it load again.
    pub changes: RwSignal<u32>,
}

impl DeskContext {
    pub fn changed(self) {
        self.changes.update(|count| *count += 1);
    }
}

pub fn use_desk() -> DeskContext {
    expect_context::<DeskContext>()
}

#[component]
pub fn Desk() -> impl IntoView {
    let lang = use_lang();
    let desk =
        DeskContext { frame: Resource::new_blocking(|| (), |()| load_frame()), changes: RwSignal::new(0) };
    let counts = Asked::new(move || ask(LoadRailCounts {}).in_round(desk.changes.get()));
    provide_context(desk);
    focus_search_on_slash();
    keep_way_in_sight();
    view! {
        <a class="skip-link" href="#main" rel="external">
            {account::skip_to_content(lang)}
        </a>
        <div class="desk">
            <nav class="rail" aria-label=office::rail(lang)>
                <Transition>
                    {move || Suspend::new(async move {
                        let (frame, counts) = (desk.frame.await, counts.answer().await);
                        frame.ok().map(|frame| rail(lang, frame, counts.ok()))
                    })}
                </Transition>
            </nav>
            <main class="desk__page" id="main">
                <Suspense>
                    {move || Suspend::new(async move {
                        let demo = desk.frame.await.is_ok_and(|frame| frame.office.demo);
                        demo.then(|| {
                            view! {
                                <div class="banner banner--demo">
                                    <span>{office::demo(lang)}</span>
                                </div>
                            }
                        })
                    })}
                </Suspense>
                <Outlet />
            </main>
        </div>
    }
}

/// The work first, from the figures to the forms by which it is done; then who does it and what keeps it going; then this person's
/// own.
fn rail(lang: Lang, frame: Frame, counts: Option<RailCounts>) -> AnyView {
    let role = frame.me.role;
    let who = format!("{} · {}", frame.office.name, role.name().get(lang));
    let sees_all = frame.me.scope == Scope::Office;
    let may = |action| frame.me.may_do(action);
    let manages_sites = may(Action::ManageSites);
    let manages_people = may(Action::ManagePeople);
    let reads_audit = may(Action::ReadAudit);
    let manages_jobs = may(Action::ManageJobs);
    let unread = counts.map(|counts| counts.unseen_notices).filter(|unread| *unread > 0);
    let unread = unread.map(|unread| to_act(unread, notices::unread(lang, unread)));
    let failed = counts.map(|counts| counts.failed_jobs).filter(|failed| *failed > 0);
    let failed = failed.map(|failed| to_act(failed, jobs::failed_jobs(lang, failed)));
    let other = match lang {
        Lang::Zh => (Lang::En, "English"),
        Lang::En => (Lang::Zh, "中文"),
    };
    view! {
        <strong class="rail__product">
            {account::product(lang)} <span class="rail__office">{who}</span>
        </strong>
        <div class="rail__ways">
            <A href="/office" exact=true>
                <Sign icon=Icon::Chart />
                {office::overview(lang)}
            </A>
            <A href=NOTICES exact=true>
                <Sign icon=Icon::Notice />
                {notices::notices(lang)}
                {unread}
            </A>
            <A href="/office/hazards">
                <Sign icon=Icon::Flag />
                {office::ledger(lang)}
                {counts.map(|counts| view! { <span class="rail__count">{counts.open_hazards.to_string()}</span> })}
            </A>
            <A href="/office/visits">
                <Sign icon=Icon::List />
                {office::visits(lang)}
            </A>
            <A href=TASKS>
                <Sign icon=Icon::Tick />
                {tasks::tasks(lang)}
            </A>
            <A href=REPORTS>
                <Sign icon=Icon::Report />
                {public_reports::reports(lang)}
            </A>
            {reads_audit
                .then(|| {
                    view! {
                        <A href=COMPLAINTS>
                            <Sign icon=Icon::Note />
                            {complaints::complaints(lang)}
                        </A>
                    }
                })}
            <A href="/office/sites">
                <Sign icon=Icon::Place />
                {office::sites(lang)}
            </A>
            {sees_all
                .then(|| {
                    view! {
                        <A href=PARTIES>
                            <Sign icon=Icon::Note />
                            {parties::parties(lang)}
                        </A>
                    }
                })}
            <A href=MAP>
                <Sign icon=Icon::Locate />
                {map::map(lang)}
            </A>
            {sees_all
                .then(|| {
                    view! {
                        <A href=CHECKS>
                            <Sign icon=Icon::Dice />
                            {spot_checks::checks(lang)}
                        </A>
                    }
                })}
            <A href=FORMS>
                <Sign icon=Icon::Form />
                {forms::forms(lang)}
            </A>
            <hr />
            {manages_people
                .then(|| {
                    view! {
                        <A href="/office/people">
                            <Sign icon=Icon::People />
                            {office::people(lang)}
                        </A>
                    }
                })}
            <A href=GRIDS>
                <Sign icon=Icon::Grid />
                {office::grids(lang)}
            </A>
            <A href=UNSENT>
                <Sign icon=Icon::Phone />
                {unsent::unsent(lang)}
            </A>
            {manages_people
                .then(|| {
                    view! {
                        <A href="/office/quarantine">
                            <Sign icon=Icon::Wait />
                            {admin::quarantine(lang)}
                        </A>
                    }
                })}
            {manages_sites
                .then(|| {
                    view! {
                        <A href="/office/import">
                            <Sign icon=Icon::Send />
                            {office::import(lang)}
                        </A>
                        <A href="/office/settings">
                            <Sign icon=Icon::Gear />
                            {places::settings(lang)}
                        </A>
                    }
                })}
            {may(Action::ManageSettings)
                .then(|| {
                    view! {
                        <A href=INSPECTIONS>
                            <Sign icon=Icon::Form />
                            {inspection::rules_title(lang)}
                        </A>
                        <A href=RULES>
                            <Sign icon=Icon::Notice />
                            {notices::rules(lang)}
                        </A>
                    }
                })}
            {reads_audit
                .then(|| {
                    view! {
                        <A href=AUDIT>
                            <Sign icon=Icon::Report />
                            {audit::audit(lang)}
                        </A>
                    }
                })}
            {manages_jobs
                .then(|| {
                    view! {
                        <A href=JOBS>
                            <Sign icon=Icon::Alert />
                            {jobs::jobs(lang)}
                            {failed}
                        </A>
                    }
                })}
            <hr />
            <a href="/field/" rel="external">
                <Sign icon=Icon::Phone />
                {office::phone(lang)}
            </a>
            <a href="/account/devices" rel="external">
                <Sign icon=Icon::Lock />
                {account::devices(lang)}
            </a>
        </div>
        <div class="rail__self">
            <p class="u-small rail__name">{frame.me.name}</p>
            <form method="post" action=SetLanguage::url()>
                <button class="link" name="lang" value=other.0.tag() lang=other.0.tag()>
                    {other.1}
                </button>
            </form>
            <form method="post" action=SignOut::url()>
                <button class="link">{account::sign_out(lang)}</button>
            </form>
        </div>
    }
    .into_any()
}

/// The rail is longer than a low screen: the way that was taken is scrolled into it, and nothing else moves.
fn keep_way_in_sight() {
    let path = use_location().pathname;
    Effect::new(move |_| {
        path.track();
        request_animation_frame(|| {
            let Some(way) = document().query_selector(".rail [aria-current]").ok().flatten() else { return };
            let ways = way.parent_element();
            if ways.is_some_and(|ways| ways.scroll_height() > ways.client_height()) {
                let options = ScrollIntoViewOptions::new();
                options.set_block(ScrollLogicalPosition::Nearest);
                way.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    });
}

/// How many of something wait for this person; `words` for whoever hears it.
fn to_act(count: u64, words: String) -> AnyView {
    view! {
        <span class="rail__count badge badge--act" aria-hidden="true">
            {count.to_string()}
        </span>
        <span class="u-visually-hidden">{words}</span>
    }
    .into_any()
}
