//! 没传的: who holds what unsent, since when, as the phones say themselves; what has waited longest first.

use crate::{
    asking::{Ask, Asked, ask},
    await_resource::await_part,
    desk::use_desk,
    head::PageHeader,
    i18n::{office, unsent as t, use_lang},
    list::{self, Control, DeskList, communities},
    lists::{
        CellContext, path,
        unsent::{UnsentWork, in_one_line, standing},
    },
    nothing::nothing_fits,
    server_fns::{frame::Frame, unsent::LoadUnsent},
};
use domain::{
    device::heartbeat::{UnsentFilter, UnsentPage, UnsentRow, UnsentState},
    id::PersonId,
    list::ListName,
    text::Lang,
};
use leptos::prelude::*;

pub const UNSENT: &str = path(ListName::Unsent);

#[component]
pub fn UnsentWorkPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let filter = list::asked_by_address::<UnsentWork>();
    let asked = Asked::new(move || ask(LoadUnsent { filter: filter.get() }).in_round(desk.changes.get()));
    view! {
        <PageHeader
            title=t::unsent(lang)
            finds_in=UNSENT
            found=Signal::derive(move || filter.with(|filter| filter.query.clone()))
        />
        {list::filters::<UnsentWork>(asked, filter)}
        <p class="page-lead">{t::hint(lang)}</p>
        {list::rows::<UnsentWork>(asked, filter, list::table::<UnsentWork>)}
    }
}

/// What lies on the phones of one person, for their page; nothing where the address names nobody.
pub fn on_phones_of(person: impl Fn() -> Option<PersonId> + Send + Sync + 'static) -> AnyView {
    let lang = use_lang();
    let asked = Asked::new(move || match person() {
        Some(person) => ask(LoadUnsent { filter: UnsentFilter::of_person(person) }).maybe(),
        None => Ask::nothing(),
    });
    await_part(move || {
        Box::pin(async move {
            let page = asked.answer().await.ok().flatten()?;
            Some(phones(lang, &page.value))
        })
    })
}

fn phones(lang: Lang, page: &UnsentPage) -> AnyView {
    let lines = page.rows.iter().map(|row| view! { <li>{in_one_line(lang, row)}</li> }).collect_view();
    let none = page.rows.is_empty().then(|| view! { <p class="u-small">{t::on_phones_none(lang)}</p> });
    view! {
        <section class="page-body" aria-labelledby="on-phones">
            <h2 id="on-phones">{t::on_phones(lang)}</h2>
            <ul>{lines}</ul>
            {none}
        </section>
    }
    .into_any()
}

impl DeskList for UnsentWork {
    fn controls(lang: Lang, frame: &Frame, filter: &UnsentFilter) -> Vec<Control<UnsentFilter>> {
        let states = UnsentState::ALL.map(|state| {
            let on = filter.state == Some(state);
            let to = UnsentFilter { state: (!on).then_some(state), ..filter.clone() };
            Control::Chip { words: t::state_of(lang, state).to_owned(), to, on }
        });
        states.into_iter().chain([communities(lang, frame, filter.community.as_ref())]).collect()
    }

    fn narrowing(
        lang: Lang,
        _: &Frame,
        filter: &UnsentFilter,
        first: Option<&UnsentRow>,
    ) -> Vec<(String, UnsentFilter)> {
        let person = filter.person.map(|_| {
            let name = first.map_or(office::one_person(lang), |row| &row.person_name);
            (t::of_person(lang, name.to_owned()), UnsentFilter { person: None, ..filter.clone() })
        });
        let query = (!filter.query.is_empty()).then(|| {
            let words = office::found_by(lang, filter.query.clone());
            (words, UnsentFilter { query: String::new(), ..filter.clone() })
        });
        [person, query].into_iter().flatten().collect()
    }

    fn count(lang: Lang, page: &UnsentPage) -> String {
        t::counted(lang, page.total, &page.summary)
    }

    fn nothing(lang: Lang) -> AnyView {
        nothing_fits(lang, t::none(lang), UNSENT)
    }

    fn cell(key: &'static str, row: &UnsentRow, around: &CellContext) -> Option<AnyView> {
        let lang = around.lang;
        match key {
            "who" => {
                let theirs = UnsentFilter::of_person(row.person);
                let href = list::address::request_address(&theirs.into());
                let telephone = (!row.telephone.is_empty()).then(|| {
                    let call = format!("tel:{}", row.telephone);
                    view! {
                        " "
                        <a class="cell__link" href=call rel="external">
                            {row.telephone.clone()}
                        </a>
                    }
                });
                let who = view! {
                    <a class="cell__link" href=href>
                        {row.person_name.clone()}
                    </a>
                    {telephone}
                };
                Some(who.into_any())
            }
            "what" if row.heartbeat.drafts > 0 => {
                let what = t::in_words(lang, &row.heartbeat.unsent);
                let drafts = t::drafts_of(lang, row.heartbeat.drafts);
                Some(view! { {what} " " <span class="u-soft">{drafts}</span> }.into_any())
            }
            "size" if row.heartbeat.unsent.photos == 0 => Some(().into_any()),
            "since" => {
                let days = row.waited_days(around.today);
                (days > 0).then(|| view! { <strong>{t::days(lang, days)}</strong> }.into_any())
            }
            "state" => match row.state(around.today) {
                UnsentState::Long | UnsentState::Refused => {
                    let words = standing(row, around);
                    Some(view! { <span class="badge badge--act">{words}</span> }.into_any())
                }
                UnsentState::Holding | UnsentState::Sent => None,
            },
            _ => None,
        }
    }
}
