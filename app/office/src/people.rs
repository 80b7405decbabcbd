//! 人员: who has an account, what they may do and where. Each row leads to the account.

pub mod edit;

use crate::{
    asking::{Asked, ask},
    desk::use_desk,
    head::PageHeader,
    i18n::{office, use_lang},
    list::{self, Control, DeskList},
    lists::{CellContext, path, people::People},
    nothing::nothing_fits,
    server_fns::{frame::Frame, people::LoadPeople},
};
use domain::{
    list::ListName,
    person::{Person, PersonFilter, PersonPage},
    role::{Action, Role},
    text::Lang,
};
use leptos::prelude::*;

pub const PEOPLE: &str = path(ListName::People);

#[component]
pub fn PeoplePage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<People>();
    let asked = Asked::new(move || ask(LoadPeople { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=office::people(lang)
            finds_in=PEOPLE
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        >
            <NewPerson />
        </PageHeader>
        {list::filters::<People>(asked, filter)}
        {list::rows::<People>(asked, filter, list::table::<People>)}
    }
}

/// For those who keep the accounts.
#[component]
fn NewPerson() -> impl IntoView {
    let lang = use_lang();
    let frame = use_desk().frame;
    view! {
        <Suspense>
            {move || Suspend::new(async move {
                let keeps = frame.await.is_ok_and(|frame| frame.me.may_do(Action::ManagePeople));
                keeps
                    .then(|| {
                        view! {
                            <a class="chip" href="/office/people/new">
                                {office::new_person(lang)}
                            </a>
                        }
                    })
            })}
        </Suspense>
    }
}

impl DeskList for People {
    fn controls(lang: Lang, _: &Frame, filter: &PersonFilter) -> Vec<Control<PersonFilter>> {
        let roles = Role::ALL.map(|role| {
            let on = filter.role == Some(role);
            Control::Chip {
                words: role.name().get(lang).to_owned(),
                to: PersonFilter { role: (!on).then_some(role), ..filter.clone() },
                on,
            }
        });
        roles.into()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &PersonFilter,
        _: Option<&Person>,
    ) -> Vec<(String, PersonFilter)> {
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, PersonFilter { query: String::new(), ..filter.clone() })
        });
        query.into_iter().collect()
    }

    fn count(lang: Lang, page: &PersonPage) -> String {
        office::count_people(lang, page.total)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, office::no_people(lang), PEOPLE)
    }

    fn cell(key: &'static str, person: &Person, around: &CellContext) -> Option<AnyView> {
        (key == "name").then(|| {
            let account = format!("{PEOPLE}/{}", person.id);
            let off = person
                .disabled
                .then(|| view! { <span class="badge">{office::switched_off(around.lang)}</span> });
            view! { <a class="cell__link" href=account>{person.name.clone()} " " {off}</a> }.into_any()
        })
    }
}
