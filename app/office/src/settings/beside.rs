//! What can be done to the open place: another name, a new grid, merging, closing. Beside the list, as a hazard is beside the
//! ledger.

use super::{
    address::Here,
    departments::sectors,
    form::{Does, Forms},
};
use crate::{
    components::{
        field::Field,
        icon::{Icon, Sign},
    },
    i18n::{Lang, places as t},
    server_fns::{frame::Frame, meanwhile::base_of, places::place_form::PlaceForm},
};
use domain::{
    file::PlacesFile,
    place::{PlaceId, PlaceKind, command::Living},
    role::Action,
};
use leptos::prelude::*;

/// None where nothing is open, or where it is no more.
pub fn beside(
    forms: &Forms,
    frame: &Frame,
    file: &PlacesFile,
    here: &Here,
    open: Option<PlaceId>,
) -> Option<AnyView> {
    let lang = forms.lang;
    let place = open?;
    let known = form_of(file, place)?;
    let keeps = match place.kind() {
        PlaceKind::Department => frame.me.may_do(Action::ManagePeople),
        PlaceKind::Community | PlaceKind::Grid => frame.me.may_do(Action::ManageSites),
    };
    let living = file.living(place);
    let forms = keeps.then(|| {
        view! {
            {change(forms, file, here, place, known.clone())}
            {matches!(place, PlaceId::Community(_)).then(|| new_grid(forms, here, place))}
            {merge(forms, file, here, place)}
            {close(forms, file, here, place)}
        }
    });
    Some(
        view! {
            <div class="u-spread">
                <p class="u-small">{kind_name(lang, place.kind())}</p>
                <a class="link" href=here.closed()>
                    <Sign icon=Icon::Cross />
                    {t::back_to_list(lang)}
                </a>
            </div>
            <h2>{known.name}</h2>
            <dl class="fact-list">
                <dt>{t::lives_here(lang)}</dt>
                <dd>{living_words(lang, living)}</dd>
            </dl>
            {forms}
        }
        .into_any(),
    )
}

fn form_of(file: &PlacesFile, place: PlaceId) -> Option<PlaceForm> {
    match place {
        PlaceId::Department(id) => {
            file.departments.iter().find(|one| one.id == id).map(PlaceForm::of_department)
        }
        PlaceId::Community(id) => {
            file.communities.iter().find(|one| one.id == id).map(PlaceForm::of_community)
        }
        PlaceId::Grid(id) => file.grids.iter().find(|one| one.id == id).map(PlaceForm::of_grid),
    }
}

fn change(forms: &Forms, file: &PlacesFile, here: &Here, place: PlaceId, known: PlaceForm) -> AnyView {
    let lang = forms.lang;
    let id = place.uuid().to_string();
    let does = Does { does: "change", kind: place.kind(), id: &id };
    let base = base_of(&known);
    let communities: Vec<_> =
        file.communities.iter().map(|one| (one.id.to_string(), one.name.clone())).collect();
    forms.place(does, known, here.with_open(place), "form", |fields, form| {
        let label = match place {
            PlaceId::Department(_) => t::department_name(lang),
            PlaceId::Community(_) => t::community_name(lang),
            PlaceId::Grid(_) => t::grid_name(lang),
        };
        let base = if form.base.is_empty() { base } else { form.base.clone() };
        let more =
            match place {
                PlaceId::Department(_) => Some(sectors(fields, &form)),
                PlaceId::Community(_) => None,
                PlaceId::Grid(_) => Some(fields.select(
                    Field::new("community", t::belongs_to(lang), form.community.clone()),
                    communities,
                )),
            };
        view! {
            {fields.based_on(base)}
            {fields.text(Field::new("name", label, form.name.clone()))}
            {more}
            <button class="button">{t::save(lang)}</button>
        }
        .into_any()
    })
}

fn new_grid(forms: &Forms, here: &Here, community: PlaceId) -> AnyView {
    let lang = forms.lang;
    let does = Does { does: "add", kind: PlaceKind::Grid, id: "" };
    let into = community.uuid().to_string();
    let form = forms.place(does, PlaceForm::default(), here.with_open(community), "form", |fields, form| {
        view! {
            {fields.hidden("community", into)}
            {fields.text(Field::new("name", t::grid_name(lang), form.name))}
            <button class="button button--quiet">{t::add_grid(lang)}</button>
        }
        .into_any()
    });
    view! {
        <section class="side-panel__block">
            <h3>{t::add_grid(lang)}</h3>
            {form}
        </section>
    }
    .into_any()
}

fn merge(forms: &Forms, file: &PlacesFile, here: &Here, place: PlaceId) -> AnyView {
    let lang = forms.lang;
    let id = place.uuid().to_string();
    let does = Does { does: "merge", kind: place.kind(), id: &id };
    let choose = (String::new(), crate::i18n::office::please_choose(lang).to_owned());
    let targets: Vec<_> = std::iter::once(choose).chain(targets(file, place)).collect();
    let form = forms.place(does, PlaceForm::default(), here.with_open(place), "form", |fields, form| {
        view! {
            {fields.select(
                Field::new("into", t::merge_into(lang), form.into.clone()).hint(t::merge_hint(lang)),
                targets,
            )}
            <button class="button button--quiet">{t::merge(lang)}</button>
        }
        .into_any()
    });
    folded(t::merge(lang), form)
}

fn close(forms: &Forms, file: &PlacesFile, here: &Here, place: PlaceId) -> AnyView {
    let lang = forms.lang;
    let id = place.uuid().to_string();
    let does = Does { does: "close", kind: place.kind(), id: &id };
    let nowhere = (String::new(), t::nowhere(lang).to_owned());
    let targets: Vec<_> = std::iter::once(nowhere).chain(targets(file, place)).collect();
    let form = forms.place(does, PlaceForm::default(), here.with_open(place), "form", |fields, form| {
        view! {
            {fields.select(
                Field::new("into", t::close_into(lang), form.into.clone()).hint(t::close_hint(lang)),
                targets,
            )}
            <button class="button button--danger">{t::close(lang)}</button>
        }
        .into_any()
    });
    folded(t::close(lang), form)
}

/// The others of its kind; a grid may go to another community's.
fn targets(file: &PlacesFile, place: PlaceId) -> Vec<(String, String)> {
    let community = |id| file.communities.iter().find(|one| one.id == id).map_or("", |one| one.name.as_str());
    let all: Vec<(PlaceId, String)> = match place {
        PlaceId::Department(_) => {
            file.departments.iter().map(|one| (PlaceId::Department(one.id), one.name.clone())).collect()
        }
        PlaceId::Community(_) => {
            file.communities.iter().map(|one| (PlaceId::Community(one.id), one.name.clone())).collect()
        }
        PlaceId::Grid(_) => {
            let named = |one: &domain::place::Grid| format!("{} · {}", community(one.community), one.name);
            file.grids.iter().map(|one| (PlaceId::Grid(one.id), named(one))).collect()
        }
    };
    let others = all.into_iter().filter(|(other, _)| *other != place);
    others.map(|(other, name)| (other.uuid().to_string(), name)).collect()
}

/// A form behind its name; it opens without the program too.
fn folded(title: &'static str, form: AnyView) -> AnyView {
    view! {
        <details class="side-panel__block">
            <summary class="button button--quiet">{title}</summary>
            {form}
        </details>
    }
    .into_any()
}

pub fn kind_name(lang: Lang, kind: PlaceKind) -> &'static str {
    match kind {
        PlaceKind::Department => t::kind_department(lang),
        PlaceKind::Community => t::kind_community(lang),
        PlaceKind::Grid => t::kind_grid(lang),
    }
}

fn living_words(lang: Lang, living: Living) -> String {
    let words = t::living(lang, living);
    if words.is_empty() { t::living_nothing(lang).to_owned() } else { words }
}
