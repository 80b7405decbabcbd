//! 对上门的意见: what parties said of visits by their codes, the newest first. Each row leads to its complaint, its site and its
//! hazard.

pub mod address;
pub mod page;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{complaints as t, office, use_lang},
    ledger::address::hazard_address,
    list::{self, Control, DeskList},
    lists::{
        CellContext,
        complaints::{Complaints, about},
    },
    nothing::nothing_fits,
    server_fns::{complaints::LoadComplaints, frame::Frame},
    sites::address::site_address,
};
use address::{COMPLAINTS, complaint_address};
use domain::{
    code::{ComplaintFilter, ComplaintPage, ComplaintRow, ComplaintState},
    text::Lang,
};
use leptos::prelude::*;

#[component]
pub fn ComplaintsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Complaints>();
    let asked = Asked::new(move || ask(LoadComplaints { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=t::complaints(lang)
            finds_in=COMPLAINTS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        {list::filters::<Complaints>(asked, filter)}
        <p class="page-lead">{t::hint(lang)}</p>
        {list::rows::<Complaints>(asked, filter, list::table::<Complaints>)}
    }
}

impl DeskList for Complaints {
    fn controls(lang: Lang, _: &Frame, filter: &ComplaintFilter) -> Vec<Control<ComplaintFilter>> {
        let states = ComplaintState::ALL.map(|state| {
            let on = filter.state == Some(state);
            let to = ComplaintFilter { state: (!on).then_some(state), ..filter.clone() };
            Control::Chip { words: t::state_of(lang, state).to_owned(), to, on }
        });
        let days = [
            Control::Day { key: "from", label: office::from_day(lang), chosen: filter.from },
            Control::Day { key: "to", label: office::to_day(lang), chosen: filter.to },
        ];
        states.into_iter().chain(days).collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &ComplaintFilter,
        _: Option<&ComplaintRow>,
    ) -> Vec<(String, ComplaintFilter)> {
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, ComplaintFilter { query: String::new(), ..filter.clone() })
        });
        query.into_iter().collect()
    }

    fn count(lang: Lang, page: &ComplaintPage) -> String {
        t::count(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::none(lang), COMPLAINTS)
    }

    fn cell(key: &'static str, row: &ComplaintRow, around: &CellContext) -> Option<AnyView> {
        let complaint = &row.complaint;
        match key {
            "words" => {
                let (href, words) = (complaint_address(complaint.id), complaint.words.clone());
                Some(view! { <a class="cell__link" href=href>{words}</a> }.into_any())
            }
            "site" => {
                let (href, name) = (site_address(complaint.site), row.site_name.clone());
                Some(view! { <a class="cell__link" href=href>{name}</a> }.into_any())
            }
            "hazard" => {
                let (id, hazard) = (complaint.hazard?, row.hazard.as_ref()?);
                let (href, words) = (hazard_address(id), about(hazard));
                Some(view! { <a class="cell__link" href=href>{words}</a> }.into_any())
            }
            "state" if complaint.state() == ComplaintState::Open => {
                let words = t::state_open(around.lang);
                Some(view! { <span class="badge badge--act">{words}</span> }.into_any())
            }
            _ => None,
        }
    }
}
