//! 人员: who has an account, what they may do and where.

pub mod edit;
mod table;

use crate::{
    components::filter_chips::FilterLink,
    i18n::{office, use_lang},
    office::{answered::answered, desk::use_desk, head::Head, nothing::nothing_fits, query::Query},
    server_fns::people::load_people,
};
use domain::{role::Role, text::Lang};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use table::table;

pub const PEOPLE: &str = "/office/people";

#[component]
pub fn PeoplePage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let query = use_query_map();
    let role = Memo::new(move |_| query.with(|query| Role::parse(query.get_str("role")?)));
    let asked = Resource::new(move || (role.get(), desk.changes.get()), |_| load_people());
    answered(asked, move |frame, mut people| {
        let role = role.get_untracked();
        people.retain(|person| role.is_none_or(|role| person.role == role));
        let count = people.len();
        let list = if people.is_empty() {
            nothing_fits(lang, office::no_people(lang), PEOPLE)
        } else {
            view! { <div class="table-scroll">{table(lang, &frame, people)}</div> }.into_any()
        };
        view! {
            <Head title=office::people(lang)>
                <a class="chip" href="/office/people/new">
                    {office::new_person(lang)}
                </a>
            </Head>
            <div class="filters">
                {roles(lang, role)}
                <span class="filters__count" role="status">
                    {office::count_people(lang, count)}
                </span>
            </div>
            {list}
        }
        .into_any()
    })
}

fn roles(lang: Lang, chosen: Option<Role>) -> impl IntoView {
    Role::ALL.map(|role| {
        let on = chosen == Some(role);
        let href = Query::default().with_some("role", (!on).then(|| role.as_str())).at(PEOPLE);
        view! {
            <FilterLink href on>
                {role.name().get(lang).to_owned()}
            </FilterLink>
        }
    })
}
