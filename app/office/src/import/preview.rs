//! What a list would change, before it is written: five counts, the rows with before and after, and what stands in the way.

use super::{
    IMPORT,
    address::{import_view, marked_address, preview_address},
    datums, row, side,
};
use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::{
        error_signal::ErrorSignal,
        fault::PageErrorNotice,
        pagination::{Pagination, pages, past_the_end},
    },
    desk::use_desk,
    error::AppError,
    head::PageHeader,
    i18n::{import as t, use_lang},
    sending::{Sending, SentForm},
    server_fns::import::{ForgetImport, LoadImport, MarkImport, WriteImport},
};
use domain::{
    import::{ImportCoordinates, ImportKind, ImportPreview, ImportTally, ImportView, RowStatus},
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

/// What the parts of the page share.
#[derive(Clone, Copy)]
pub struct Doing {
    pub lang: Lang,
    pub mark: Sending,
    pub write: Sending,
    pub forget: Sending,
    pub view: ImportView,
}

#[component]
pub fn ImportPreviewPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let view = Memo::new(move |_| query.with(import_view));
    let mark = Sending::to::<MarkImport>();
    let write = Sending::to::<WriteImport>();
    let forget = Sending::to::<ForgetImport>();
    let faults = [mark.fault(), write.fault(), forget.fault()];
    let asked = Asked::new(move || {
        ask(LoadImport { id: id.get(), view: view.get() }).in_round(mark.tries() + write.tries())
    });
    // Lists and figures are asked for anew once rows were written.
    write.when_done(move || desk.changed());
    view! {
        {refusals(lang, faults)}
        {await_resource(
            asked,
            move |_, preview| match preview {
                Some(preview) => {
                    page(&Doing { lang, mark, write, forget, view: view.get_untracked() }, preview)
                }
                None => gone(lang),
            },
        )}
    }
}

fn refusals(lang: Lang, faults: [ErrorSignal; 3]) -> impl IntoView {
    let notice = move |fault| match fault {
        AppError::Invalid { reason, .. } => view! {
            <div class="notice notice--refused" role="alert">
                <p>
                    <b>{t::not_written(lang)}</b>
                </p>
                <p>{reason}</p>
            </div>
        }
        .into_any(),
        AppError::NotFound => gone(lang),
        fault => view! { <PageErrorNotice fault /> }.into_any(),
    };
    move || faults.iter().find_map(|fault| fault.get()).map(notice)
}

/// Its day is over, or its sender has sent another list: what is to be done is known, so it is said.
fn gone(lang: Lang) -> AnyView {
    #[cfg(feature = "ssr")]
    crate::components::fault::tell_status(&AppError::NotFound);
    view! {
        <div class="notice notice--refused" role="alert">
            <p>{t::plan_gone(lang)}</p>
            <div class="link-row">
                <a class="link" href=IMPORT>
                    {t::other_file(lang)}
                </a>
            </div>
        </div>
    }
    .into_any()
}

fn page(&doing: &Doing, preview: ImportPreview) -> AnyView {
    let Doing { lang, view, .. } = doing;
    let title = match preview.what {
        ImportKind::Sites => t::title_sites(lang),
        ImportKind::People => t::title_people(lang),
    };
    let id = preview.id;
    let count = pages(preview.shown_of as u64, ImportPreview::PAGE_SIZE);
    let address = move |page| preview_address(id, ImportView { page, row: None, ..view });
    let rows: Vec<_> = preview.shown.iter().map(|row| row::row(&doing, id, row)).collect();
    let open = preview.chosen.is_some();
    let side = preview.chosen.as_ref().map(|chosen| side::side(&doing, id, chosen));
    let from = where_from(lang, &preview);
    let (found, counts, bar) =
        (found(&doing, &preview), counts(&doing, id, &preview.tally), bar(&doing, &preview));
    let what = preview.what;
    // Rows that were put right leave the filter, and with the last of them its last page.
    let gone = past_the_end(lang, view.page, count, address);
    let empty = (rows.is_empty() && gone.is_none())
        .then(|| view! { <p class="page-body u-small">{t::none_of_these(lang)}</p> });
    view! {
        <PageHeader title>
            <span class="badge">{t::not_yet(lang)}</span>
            <span class="u-small">{from}</span>
            <a class="chip" href=IMPORT>
                {t::other_file(lang)}
            </a>
        </PageHeader>
        {found}
        {counts}
        <div class="split import-rows" class:split--open=open>
            <div class="split__list">
                <table class="data-table data-table--stacked">
                    <thead>
                        <tr>
                            <th scope="col">{t::row_number(lang)}</th>
                            <th scope="col">{t::key(lang, what)}</th>
                            <th scope="col">{t::name_of(lang, what)}</th>
                            <th scope="col">{t::becomes(lang)}</th>
                            <th scope="col">{t::differs(lang)}</th>
                            <th scope="col" class="cell--right">
                                {t::to_do(lang)}
                            </th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
                {gone}
                {empty}
                <Pagination page=view.page pages=count address />
                {bar}
            </div>
            {side}
        </div>
    }
    .into_any()
}

/// `九小场所底册.xlsx · 工作表“11月” · 表头在第 3 行 · 255 行`
fn where_from(lang: Lang, preview: &ImportPreview) -> String {
    let sheet = (!preview.sheet.is_empty()).then(|| t::sheet(lang, preview.sheet.clone()));
    let parts = [
        Some(preview.file.clone()),
        sheet,
        Some(t::heading_row(lang, preview.heading_row)),
        Some(t::count_rows(lang, preview.rows)),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// What was made of the columns, and what stands in the way of all rows.
fn found(&doing: &Doing, preview: &ImportPreview) -> AnyView {
    let lang = doing.lang;
    let named = |names: &[String]| names.join(t::between(lang));
    let unused = (!preview.unused.is_empty())
        .then(|| view! { <span>{t::unused(lang)} " " <b class="import-columns__value">{named(&preview.unused)}</b></span> });
    let absent = (!preview.absent.is_empty())
        .then(|| view! { <span>{t::absent(lang)} " " <b class="import-columns__value">{named(&preview.absent)}</b></span> });
    let places = (!preview.new_places.is_empty())
        .then(|| view! { <span>{t::would_make(lang)} " " <b class="import-columns__value">{named(&preview.new_places)}</b></span> });
    let notes: Vec<_> = preview.notes.iter().map(|note| view! { <span>{note.clone()}</span> }).collect();
    let blocked = preview
        .blocked
        .iter()
        .map(|words| view! { <p class="error-line">{words.clone()}</p> })
        .collect_view();
    view! {
        <div class="import-columns">
            <span>
                {t::recognised(lang)} " " <b class="import-columns__value">{t::count_columns(lang, preview.recognised)}</b>
            </span>
            {unused}
            {absent}
            {places}
            {notes}
            {preview.coordinates.map(|coordinates| ground(&doing, preview, coordinates))}
            {blocked}
        </div>
    }
    .into_any()
}

/// Which datum the coordinates follow, and where they lie by it.
fn ground(&doing: &Doing, preview: &ImportPreview, coordinates: ImportCoordinates) -> AnyView {
    let lang = doing.lang;
    let words = match coordinates.datum {
        Some(datum) => {
            t::converted(lang, t::datum_name(lang, datum).to_owned(), coordinates.near, coordinates.far)
        }
        None => t::has_coordinates(lang, coordinates.given),
    };
    let id = preview.id;
    view! {
        <span>{words}</span>
        <SentForm to=doing.mark attr:class="import-datum">
            {hidden(doing.view, id)}
            <input type="hidden" name="mark" value="datum" />
            <label class="chip chip--select">
                <span class="u-visually-hidden">{t::datum(lang)}</span>
                <select class="chip__control" name="value">{datums(lang, coordinates.datum)}</select>
            </label>
            <label class="check">
                <input class="check__input" type="checkbox" name="swapped" value="yes" checked=coordinates.swapped />
                <span class="check__label">{t::swapped(lang)}</span>
            </label>
            <button class="link">{t::convert_so(lang)}</button>
        </SentForm>
    }
    .into_any()
}

/// The plan and the view to come back to.
pub fn hidden(view: ImportView, plan: uuid::Uuid) -> impl IntoView + use<> {
    let show = view.show.map(|show| view! { <input type="hidden" name="show" value=show.as_str() /> });
    let chosen = view.row.map(|row| view! { <input type="hidden" name="chosen" value=row.to_string() /> });
    view! {
        <input type="hidden" name="plan" value=plan.to_string() />
        <input type="hidden" name="page" value=view.page.to_string() />
        {show}
        {chosen}
    }
}

fn counts(&doing: &Doing, id: uuid::Uuid, tally: &ImportTally) -> AnyView {
    let lang = doing.lang;
    let count = |status: RowStatus| {
        let on = doing.view.show == Some(status);
        // A second press shows everything again.
        let show = (!on).then_some(status);
        let href = preview_address(id, ImportView { show, page: 1, row: None });
        let hint = match status {
            RowStatus::Wrong => t::first_these(lang),
            RowStatus::Confirm => t::with_a_tick(lang),
            RowStatus::Same => t::not_written_short(lang),
            RowStatus::Changed | RowStatus::New | RowStatus::Left => "",
        };
        view! {
            <a class="import-counts__kind" href=href aria-current=on.then_some("true") data-noscroll="true">
                <span class="import-counts__count">{tally.of(status)}</span>
                " "
                {t::status(lang, status)}
                <span class="import-counts__hint">{hint}</span>
            </a>
        }
    };
    let shown = RowStatus::ALL.into_iter().filter(|status| *status != RowStatus::Left || tally.left > 0);
    view! { <nav class="import-counts" aria-label=t::becomes(lang)>{shown.map(count).collect_view()}</nav> }
        .into_any()
}

/// What is to be done next: the next row in the way, or writing.
fn bar(&doing: &Doing, preview: &ImportPreview) -> AnyView {
    let Doing { lang, view, .. } = doing;
    let id = preview.id;
    let tally = preview.tally;
    let next = preview.next.filter(|_| tally.open() > 0).map(|row| {
        let href = preview_address(id, ImportView { row: Some(row), ..view });
        view! {
            <a class="button" href=href data-noscroll="true">
                {t::next_open(lang, tally.open())}
            </a>
        }
    });
    let all = (tally.unconfirmed > 1 || tally.wrong > 1).then(|| {
        let tick = (tally.unconfirmed > 1).then(|| {
            view! {
                <button class="button button--quiet" name="mark" value="tick_all">
                    {t::tick_all(lang, tally.unconfirmed)}
                </button>
            }
        });
        let leave = (tally.wrong > 1).then(|| {
            view! {
                <button class="button button--quiet" name="mark" value="leave_wrong">
                    {t::leave_wrong(lang, tally.wrong)}
                </button>
            }
        });
        view! { <SentForm to=doing.mark attr:class="link-row">{hidden(view, id)} {tick} {leave}</SentForm> }
    });
    let pending = doing.write.pending();
    let write = (tally.open() == 0).then(|| {
        let words = match tally.writes_new + tally.writes_changed {
            0 => t::nothing_to_write(lang).to_owned(),
            _ => t::write(lang, tally.writes_new, tally.writes_changed),
        };
        let closed = !preview.may_be_written();
        view! {
            <SentForm to=doing.write>
                <input type="hidden" name="plan" value=id.to_string() />
                <button
                    class="button"
                    disabled=move || closed || pending.get()
                    aria-busy=move || pending.get().then_some("true")
                >
                    {words}
                </button>
            </SentForm>
        }
    });
    view! {
        <div class="foot-bar">
            <span>{t::all_or_none(lang)}</span>
            <div class="foot-bar__end">
                <a class="button button--quiet" href=marked_address(id) rel="external" download>
                    {t::download_marked(lang)}
                </a>
                <SentForm to=doing.forget>
                    <input type="hidden" name="plan" value=id.to_string() />
                    <button class="button button--quiet">{t::forget(lang)}</button>
                </SentForm>
                {all}
                {next}
                {write}
            </div>
        </div>
    }
    .into_any()
}
