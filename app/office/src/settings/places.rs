//! 社区和网格: a row to a community with its grids. Names that look the same say so where they stand, with the way to put
//! it right.

use super::{
    address::Here,
    form::{Does, Forms},
};
use crate::{
    components::field::Field,
    i18n::{Lang, places as t},
    server_fns::{frame::Frame, places::place_form::PlaceForm},
};
use domain::{
    file::PlacesFile,
    place::{Community, Grid, PlaceId, PlaceKind},
    role::Action,
};
use leptos::prelude::*;

pub fn places(
    forms: &Forms,
    frame: &Frame,
    file: &PlacesFile,
    here: &Here,
    open: Option<PlaceId>,
) -> AnyView {
    let lang = forms.lang;
    let keeps = frame.me.may_do(Action::ManageSites);
    let rows = file.communities.iter().map(|one| row(forms, file, here, one, open, keeps)).collect_view();
    let table = if file.communities.is_empty() {
        view! { <p class="page-lead">{t::no_communities(lang)}</p> }.into_any()
    } else {
        view! {
            <table class="data-table data-table--stacked">
                <thead>
                    <tr>
                        <th scope="col">{t::kind_community(lang)}</th>
                        <th scope="col">{t::column_grids(lang)}</th>
                        <th scope="col" class="cell--right">
                            {t::column_sites(lang)}
                        </th>
                        <th scope="col" class="cell--right">
                            {t::column_open(lang)}
                        </th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
        .into_any()
    };
    view! {
        <p class="page-lead">{t::lead_places(lang)}</p>
        {table}
        {keeps.then(|| add(forms, here))}
    }
    .into_any()
}

fn row(
    forms: &Forms,
    file: &PlacesFile,
    here: &Here,
    one: &Community,
    open: Option<PlaceId>,
    keeps: bool,
) -> impl IntoView + use<> {
    let lang = forms.lang;
    let place = PlaceId::Community(one.id);
    let living = file.living(place);
    let mine: Vec<&Grid> = file.grids.iter().filter(|grid| grid.community == one.id).collect();
    let is_open = open == Some(place);
    let grids = mine.iter().map(|grid| {
        let place = PlaceId::Grid(grid.id);
        let on = open == Some(place);
        view! {
            <a class="chip" class:chip--on=on href=here.with_open(place)>
                {grid.name.clone()}
            </a>
        }
    });
    let more = keeps.then(|| {
        let words = if mine.is_empty() { t::first_grid(lang) } else { t::add_grid(lang) };
        view! {
            <a class="chip" href=here.with_open(place)>
                "＋ "
                {words}
            </a>
        }
    });
    let twins = if keeps { twins(forms, file, here, place, &mine) } else { Default::default() };
    view! {
        <tr aria-selected=is_open.then_some("true")>
            <td class="cell--wrap" data-label=t::kind_community(lang)>
                <a class="cell__link" href=here.with_open(place)>{one.name.clone()}</a>
            </td>
            <td class="cell--wrap cell--full" data-label=t::column_grids(lang)>
                {twins}
                <div class="chip-list">{grids.collect_view()} {more}</div>
            </td>
            <td class="cell--right" data-label=t::column_sites(lang)>
                {living.sites}
            </td>
            <td class="cell--right" data-label=t::column_open(lang)>
                {living.open_hazards}
            </td>
        </tr>
    }
}

/// Each name here that looks like an earlier one, with the button that merges it there.
fn twins(forms: &Forms, file: &PlacesFile, here: &Here, place: PlaceId, grids: &[&Grid]) -> Vec<AnyView> {
    let snapshot = file.snapshot();
    let of_grids = grids.iter().map(|grid| PlaceId::Grid(grid.id));
    let pairs =
        std::iter::once(place).chain(of_grids).filter_map(|place| Some((place, snapshot.twin(place)?)));
    let merge = |(from, into): (PlaceId, PlaceId)| {
        // Once for a pair: the younger goes to the older.
        (into.uuid() < from.uuid()).then(|| lint(forms, &snapshot, here, from, into))
    };
    pairs.filter_map(merge).collect()
}

fn lint(
    forms: &Forms,
    snapshot: &domain::place::command::PlacesSnapshot,
    here: &Here,
    from: PlaceId,
    into: PlaceId,
) -> AnyView {
    let lang: Lang = forms.lang;
    let name = snapshot.name(into).unwrap_or_default().to_owned();
    let id = from.uuid().to_string();
    let does = Does { does: "merge", kind: from.kind(), id: &id };
    let target = into.uuid().to_string();
    let words = t::merge_over(lang, name.clone());
    let form = forms.place(does, PlaceForm::default(), here.closed(), "place-twin", |fields, _| {
        view! {
            {fields.hidden("into", target)}
            <span class="error-line">{t::looks_like(lang, name)}</span>
            <button class="link">{words}</button>
        }
        .into_any()
    });
    view! { <div>{form}</div> }.into_any()
}

fn add(forms: &Forms, here: &Here) -> AnyView {
    let lang = forms.lang;
    let does = Does { does: "add", kind: PlaceKind::Community, id: "" };
    let form = forms.place(does, PlaceForm::default(), here.closed(), "form form--pair", |fields, form| {
        view! {
            {fields.text(Field::new("name", t::community_name(lang), form.name))}
            {fields.input(
                "number",
                Field::new("grids", t::grids_to_make(lang), form.grids).hint(t::grids_to_make_hint(lang)),
            )}
            <button class="button">{t::add(lang)}</button>
        }
        .into_any()
    });
    view! {
        <section class="page-body">
            <h2>{t::add_community(lang)}</h2>
            {form}
        </section>
    }
    .into_any()
}
