//! 后台任务: what failed and waits for the administrator's word, what runs and what waits.

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        fault::PageErrorNotice,
        icon::{Icon, Sign},
        pagination::{Pagination, pages, past_the_end},
    },
    desk::use_desk,
    head::PageHeader,
    i18n::{jobs as t, use_lang},
    query::Query,
    sending::{Sending, SentForm},
    server_fns::jobs::{DecideJob, LoadJobs},
};
use domain::{
    id::JobId,
    job::{JobPage, JobRow, JobState},
    list::PAGE_SIZE,
    text::Lang,
    time,
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

pub const JOBS: &str = "/office/jobs";

#[component]
pub fn JobsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let decided = Sending::to::<DecideJob>();
    let query = use_query_map();
    let page =
        Memo::new(move |_| query.with(|query| query.get_str("page")?.parse().ok()).unwrap_or(1).max(1));
    let asked = Asked::new(move || ask(LoadJobs { page: page.get() }).in_round(desk.changes.get()));
    // What was refused has changed too: somebody else decided. The rail tells how many are left.
    Effect::new(move |_| {
        if decided.tries() > 0 {
            desk.changed();
        }
    });
    let refused = decided.fault();
    view! {
        <PageHeader title=t::jobs(lang) />
        <div class="page-body">
            <p>{t::jobs_hint(lang)}</p>
            {move || refused.get().map(|fault| view! { <PageErrorNotice fault /> })}
            {await_resource(asked, move |_, found| list(lang, page.get_untracked(), found, decided))}
        </div>
    }
}

fn list(lang: Lang, page: u32, found: JobPage, decided: Sending) -> AnyView {
    let count = pages(found.total(), PAGE_SIZE);
    let address = |page: u32| Query::default().with_some("page", (page > 1).then_some(page)).at(JOBS);
    if let Some(gone) = past_the_end(lang, page, count, address) {
        return gone;
    }
    if found.rows.is_empty() {
        return view! {
            <div class="empty">
                <Sign icon=Icon::Tick />
                <h2>{t::nothing(lang)}</h2>
                <p>{t::nothing_hint(lang)}</p>
            </div>
        }
        .into_any();
    }
    let summary = summary(lang, &found);
    let rows = found.rows.into_iter().map(|job| row(lang, job, decided)).collect_view();
    view! {
        <p class="u-small" role="status">
            {summary}
        </p>
        <div class="table-scroll">
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::name(lang)}</th>
                        <th scope="col">{t::key(lang)}</th>
                        <th scope="col">{t::state(lang)}</th>
                        <th scope="col">{t::attempts(lang)}</th>
                        <th scope="col">{t::at(lang)}</th>
                        <th scope="col">{t::failure(lang)}</th>
                        <th scope="col">{t::decision(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
        <Pagination page pages=count address />
    }
    .into_any()
}

/// Of all pages.
fn summary(lang: Lang, found: &JobPage) -> String {
    let failed = found.counts.iter().map(|count| count.failed).sum();
    let running = found.counts.iter().map(|count| count.running).sum();
    let waiting = found.counts.iter().map(|count| count.waiting).sum();
    t::summary(lang, failed, running, waiting)
}

fn row(lang: Lang, job: JobRow, decided: Sending) -> impl IntoView + use<> {
    let (title, about) = (t::title_or_name(lang, &job.name), t::about(lang, &job.name, &job.key));
    let (class, state) = match job.state {
        JobState::Failed => ("badge badge--act", t::failed(lang)),
        JobState::Running => ("badge", t::running(lang)),
        JobState::Waiting => ("badge", t::waiting(lang)),
    };
    let at = match job.failed_at {
        Some(at) => t::failed_at(lang, time::long(at)),
        None => t::run_at(lang, time::long(job.run_at)),
    };
    let attempts = t::times(lang, job.attempts);
    let decision = (job.state == JobState::Failed).then(|| decision(lang, job.id, &title, &about, decided));
    view! {
        <tr>
            <td data-label=t::name(lang)>{title}</td>
            <td class="cell--wrap u-code" data-label=t::key(lang)>
                {about}
            </td>
            <td data-label=t::state(lang)>
                <span class=class>{state}</span>
            </td>
            <td data-label=t::attempts(lang)>{attempts}</td>
            <td data-label=t::at(lang)>{at}</td>
            <td class="cell--wrap" data-label=t::failure(lang)>
                // In the words of the program, whatever the page's language.
                {job.failure.map(|words| view! { <span class="u-small" lang="en">{words}</span> })}
            </td>
            <td data-label=t::decision(lang)>{decision}</td>
        </tr>
    }
}

fn decision(lang: Lang, job: JobId, title: &str, about: &str, decided: Sending) -> impl IntoView + use<> {
    let which = format!("{title} {about}");
    let (again, up) = (t::retry(lang), t::discard(lang));
    let (hears_again, hears_up) =
        (t::on(lang, again.to_owned(), which.clone()), t::on(lang, up.to_owned(), which));
    view! {
        <SentForm to=decided attr:class="link-row">
            <input type="hidden" name="job" value=job.to_string() />
            <button class="button button--small" name="again" value="yes" aria-label=hears_again>
                {again}
            </button>
            <button class="button button--small button--quiet" name="again" value="no" aria-label=hears_up>
                {up}
            </button>
        </SentForm>
    }
}
