//! What an import came to: the rows taken, or every error and that nothing was changed.

use crate::{
    error::Fault,
    i18n::{account, office},
    server_fns::import::Imported,
};
use domain::text::Lang;
use leptos::prelude::*;

pub fn report(lang: Lang, answer: Result<Imported, Fault>) -> AnyView {
    match answer {
        Ok(imported) if imported.errors.is_empty() => taken(lang, &imported),
        Ok(imported) => refused(lang, imported),
        Err(Fault::Invalid { reason, .. }) => nothing_changed(lang, reason, ().into_any()),
        Err(fault) => nothing_changed(lang, account::fault_words(lang, &fault), ().into_any()),
    }
}

fn taken(lang: Lang, imported: &Imported) -> AnyView {
    let places = (!imported.new_places.is_empty()).then(|| {
        let places = imported.new_places.join(office::between_choices(lang));
        view! { <p>{office::import_new_places(lang, places)}</p> }
    });
    view! {
        <div class="notice good" role="status">
            <p>
                <b>{office::import_taken(lang, imported.taken)}</b>
            </p>
            {places}
        </div>
    }
    .into_any()
}

fn nothing_changed(lang: Lang, words: String, errors: AnyView) -> AnyView {
    view! {
        <div class="notice refused" role="alert">
            <p>
                <b>{office::import_nothing_changed(lang)}</b>
            </p>
            <p>{words}</p>
        </div>
        {errors}
    }
    .into_any()
}

fn refused(lang: Lang, imported: Imported) -> AnyView {
    let all = imported.errors.len() + imported.more_errors;
    let more = (imported.more_errors > 0)
        .then(|| view! { <p class="small">{office::import_more_errors(lang, imported.more_errors)}</p> });
    let rows = imported.errors.into_iter().map(|error| {
        view! {
            <tr>
                <td class="num" data-label=office::row(lang)>
                    {error.row}
                </td>
                <td data-label=office::column(lang)>{error.column}</td>
                <td class="wrap" data-label=office::reason(lang)>
                    {error.reason}
                </td>
            </tr>
        }
    });
    let table = view! {
        <div class="table">
            <table class="stacked">
                <thead>
                    <tr>
                        <th scope="col">{office::row(lang)}</th>
                        <th scope="col">{office::column(lang)}</th>
                        <th scope="col">{office::reason(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {more}
    };
    nothing_changed(lang, office::import_errors(lang, all, imported.rows), table.into_any())
}
