//! 网格: who walks each of them, for whoever sees the whole office. Where nobody does, the accounts or the settings are the
//! way on.

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, use_lang},
    list::{self, Control, DeskList, communities},
    lists::{CellContext, grids::Grids, path},
    nothing::nothing_fits,
    server_fns::{frame::Frame, grids::LoadGrids},
};
use domain::{
    list::ListName,
    place::{GridFilter, GridLack, GridPage, GridRow},
    site::SiteFilter,
    text::Lang,
};
use leptos::prelude::*;

pub const GRIDS: &str = path(ListName::Grids);

#[component]
pub fn GridsPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<Grids>();
    let asked = Asked::new(move || ask(LoadGrids { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=office::grids(lang)
            finds_in=GRIDS
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        {list::filters::<Grids>(asked, filter)}
        {list::rows::<Grids>(asked, filter, list::table::<Grids>)}
    }
}

impl DeskList for Grids {
    fn controls(lang: Lang, frame: &Frame, filter: &GridFilter) -> Vec<Control<GridFilter>> {
        let lacks = GridLack::ALL.map(|lack| {
            let on = filter.lacking == Some(lack);
            let words = match lack {
                GridLack::Inspector => office::lacks_inspector(lang),
            };
            let to = GridFilter { lacking: (!on).then_some(lack), ..filter.clone() };
            Control::Chip { words: words.to_owned(), to, on }
        });
        lacks.into_iter().chain([communities(lang, frame, filter.community.as_ref())]).collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &GridFilter,
        _: Option<&GridRow>,
    ) -> Vec<(String, GridFilter)> {
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, GridFilter { query: String::new(), ..filter.clone() })
        });
        query.into_iter().collect()
    }

    fn count(lang: Lang, page: &GridPage) -> String {
        office::count_grids(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, office::no_grids(lang), GRIDS)
    }

    fn cell(key: &'static str, row: &GridRow, around: &CellContext) -> Option<AnyView> {
        match key {
            "inspectors" if row.inspectors.is_empty() => {
                let words = office::lacks_inspector(around.lang);
                Some(view! { <span class="badge badge--act">{words}</span> }.into_any())
            }
            "sites" if row.sites > 0 => {
                let here = SiteFilter { grid: Some(row.id), ..SiteFilter::default() };
                let href = list::address::request_address(&here.into());
                Some(view! { <a class="cell__link" href=href>{row.sites.to_string()}</a> }.into_any())
            }
            _ => None,
        }
    }
}
