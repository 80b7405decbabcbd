//! 检查: what was inspected, newest first. Each row leads to its record.

pub mod address;

use crate::{
    asking::{Asked, ask},
    components::risk_sign::RiskName,
    desk::use_desk,
    head::PageHeader,
    i18n::{office, use_lang},
    list::{self, Control, DeskList, communities, one_of},
    lists::{CellContext, visits::Visits},
    nothing::nothing_fits,
    server_fns::{frame::Frame, visits::LoadVisits},
};
use address::{VISITS, visit_address};
use domain::{
    sector::Sector,
    text::Lang,
    visit::{VisitFilter, VisitNature, VisitOutcome, VisitPage, VisitRow},
};
use leptos::prelude::*;

#[component]
pub fn VisitsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Visits>();
    let asked = Asked::new(move || ask(LoadVisits { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=office::visits(lang)
            finds_in=VISITS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        {list::filters::<Visits>(asked, filter)}
        {list::rows::<Visits>(asked, filter, list::table::<Visits>)}
    }
}

impl DeskList for Visits {
    fn controls(lang: Lang, frame: &Frame, filter: &VisitFilter) -> Vec<Control<VisitFilter>> {
        vec![
            Control::choice(
                "nature",
                office::nature(lang),
                one_of(VisitNature::ALL, |nature| nature.name().get(lang).to_owned()),
                filter.nature.as_ref(),
            ),
            Control::choice(
                "outcome",
                office::outcome(lang),
                one_of(VisitOutcome::ALL, |outcome| outcome.name().get(lang).to_owned()),
                filter.outcome.as_ref(),
            ),
            Control::choice(
                "sector",
                office::sector(lang),
                one_of(Sector::ALL, |sector| sector.name().get(lang).to_owned()),
                filter.sector.as_ref(),
            ),
            communities(lang, frame, filter.community.as_ref()),
            Control::Day { key: "from", label: office::from_day(lang), chosen: filter.from },
            Control::Day { key: "to", label: office::to_day(lang), chosen: filter.to },
        ]
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &VisitFilter,
        first: Option<&VisitRow>,
    ) -> Vec<(String, VisitFilter)> {
        let all = || filter.clone();
        let site = filter.site.map(|_| {
            let name = first.map_or(office::one_site(lang), |row| &row.site_name);
            (name.to_owned(), VisitFilter { site: None, ..all() })
        });
        let inspector = filter.inspector.map(|_| {
            let name = first.map_or(office::one_person(lang), |row| &row.summary.inspector_name);
            (name.to_owned(), VisitFilter { inspector: None, ..all() })
        });
        let form = filter.form.as_ref().map(|id| {
            let title = first.and_then(|row| {
                let at = row.summary.forms.iter().position(|form| form == id)?;
                row.form_titles.get(at)
            });
            let name = title.map_or_else(|| id.to_string(), |title| title.get(lang).to_owned());
            (name, VisitFilter { form: None, ..all() })
        });
        let photos = filter
            .photos
            .map(|_| (office::lacks_photos(lang).to_owned(), VisitFilter { photos: None, ..all() }));
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, VisitFilter { query: String::new(), ..all() })
        });
        [site, inspector, form, photos, query].into_iter().flatten().collect()
    }

    fn count(lang: Lang, page: &VisitPage) -> String {
        office::count_visits(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, office::no_visits(lang), VISITS)
    }

    fn cell(key: &'static str, row: &VisitRow, _: &CellContext) -> Option<AnyView> {
        let summary = &row.summary;
        let record = visit_address(summary.id);
        match key {
            "number" => {
                Some(view! { <a class="cell__link" href=record>{summary.number.clone()}</a> }.into_any())
            }
            "site" => {
                let name = row.site_name.clone();
                let link = view! {
                    <a class="cell__link" href=record>
                        <RiskName level=row.risk name />
                    </a>
                };
                Some(link.into_any())
            }
            _ => None,
        }
    }
}
