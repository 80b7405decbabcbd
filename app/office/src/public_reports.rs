//! 群众举报: what people without an account told, those that wait first. Each row leads to its report.

pub mod address;
mod contact;
pub mod page;
pub mod settings;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, public_reports as t, use_lang},
    list::{self, Control, DeskList},
    lists::{CellContext, public_reports::PublicReports},
    nothing::nothing_fits,
    server_fns::{frame::Frame, public_reports::LoadPublicReports},
};
use address::{REPORT_SETTINGS, REPORTS, report_address};
use domain::{
    public_report::{PublicReportFilter, PublicReportPage, PublicReportRow, ReportStateKind},
    role::Action,
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn PublicReportsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<PublicReports>();
    let asked =
        Asked::new(move || ask(LoadPublicReports { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=t::reports(lang)
            finds_in=REPORTS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <SettingsLink />
        </PageHeader>
        {list::filters::<PublicReports>(asked, filter)}
        {list::rows::<PublicReports>(asked, filter, list::table::<PublicReports>)}
    }
}

/// For whoever looks after reports.
#[component]
fn SettingsLink() -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let may = frame.await.is_ok_and(|frame| frame.me.may_do(Action::Assign));
                may.then(|| {
                    view! {
                        <a class="chip" href=REPORT_SETTINGS>
                            {t::settings(lang)}
                        </a>
                    }
                })
            })}
        </Suspense>
    }
}

impl DeskList for PublicReports {
    fn controls(lang: Lang, _: &Frame, filter: &PublicReportFilter) -> Vec<Control<PublicReportFilter>> {
        let states = ReportStateKind::ALL.map(|state| {
            let on = filter.state == Some(state);
            let to = PublicReportFilter { state: (!on).then_some(state), ..filter.clone() };
            Control::Chip { words: t::state_words(lang, state).to_owned(), to, on }
        });
        states.into_iter().collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &PublicReportFilter,
        _: Option<&PublicReportRow>,
    ) -> Vec<(String, PublicReportFilter)> {
        let hazard = filter
            .hazard
            .map(|_| (t::of_hazard(lang).to_owned(), PublicReportFilter { hazard: None, ..filter.clone() }));
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, PublicReportFilter { query: String::new(), ..filter.clone() })
        });
        [hazard, query].into_iter().flatten().collect()
    }

    fn count(lang: Lang, page: &PublicReportPage) -> String {
        t::count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::no_reports(lang), REPORTS)
    }

    fn cell(key: &'static str, row: &PublicReportRow, _: &CellContext) -> Option<AnyView> {
        let href = report_address(row.report.id);
        match key {
            "number" => {
                let number = row.report.number.clone();
                Some(view! { <a class="cell__link" href=href>{number}</a> }.into_any())
            }
            "what" => {
                let words = row.report.title().to_owned();
                Some(view! { <a class="cell__link" href=href>{words}</a> }.into_any())
            }
            _ => None,
        }
    }
}
