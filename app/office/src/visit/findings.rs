//! The hazards that the visit found, as they stand today.

use crate::{
    i18n::{inspection, office, trade},
    ledger::address::hazard_address,
    server_fns::visits::record::VisitRecord,
};
use domain::{text::Lang, visit::VisitNature};
use leptos::prelude::*;

pub fn findings(lang: Lang, file: &VisitRecord) -> AnyView {
    if file.hazards.is_empty() {
        return view! { <p>{office::found_nothing(lang)}</p> }.into_any();
    }
    let rows = file.hazards.iter().map(|row| {
        let due = row.due.map_or_else(|| trade::due_unset(lang).to_owned(), |day| day.to_string());
        view! {
            <tr>
                <td>
                    <a class="cell__link" href=hazard_address(row.id)>{row.number.clone()}</a>
                </td>
                <td>{row.what.clone()}</td>
                <td>{trade::severity(lang, row.level)}</td>
                <td>{due}</td>
                <td>{trade::standing(lang, row.status, row.extension_asked, row.to_refer)}</td>
            </tr>
        }
    });
    // A patrol advises.
    let deadline = match file.nature {
        VisitNature::Patrol => inspection::suggested_deadline(lang),
        VisitNature::AdministrativeInspection | VisitNature::SelfCheck | VisitNature::Recheck => {
            office::deadline(lang)
        }
    };
    view! {
        <h3>{office::hazards_found(lang, file.hazards.len())}</h3>
        <table class="record__table">
            <thead>
                <tr>
                    <th scope="col">{office::number(lang)}</th>
                    <th scope="col">{office::hazard(lang)}</th>
                    <th scope="col">{office::level(lang)}</th>
                    <th scope="col">{deadline}</th>
                    <th scope="col">{office::progress(lang)}</th>
                </tr>
            </thead>
            <tbody>{rows.collect_view()}</tbody>
        </table>
    }
    .into_any()
}
