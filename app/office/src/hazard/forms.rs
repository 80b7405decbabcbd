//! The forms of the desk's commands, each drawn from its row in the table. Each is an ordinary form: it works without the
//! program, and with it what was typed stays where it is when the server refuses.

use super::words;
use crate::{
    components::{
        fault::ErrorLine,
        field::{Field, Fields},
    },
    desk::DeskContext,
    i18n::{office, settings},
    plain_form,
    sending::{Sending, SentForm},
    server_fns::{
        frame::Frame,
        hazards::{Act, hazard_form::HazardForm},
    },
};
use chrono::{Datelike, Days, NaiveDate};
use domain::{
    hazard::{Asks, Control, Hazard, HazardCommandKind},
    place::Department,
    text::Lang,
};
use leptos::prelude::*;

/// What every form of a hazard needs to know.
#[derive(Clone, Copy)]
pub struct FormContext<'a> {
    pub lang: Lang,
    pub hazard: &'a Hazard,
    pub frame: &'a Frame,
    pub today: NaiveDate,
    pub desk: DeskContext,
    /// What every form is based on.
    pub base: &'a str,
    /// What was typed into a form that was refused before the program had arrived.
    pub typed: Option<&'a HazardForm>,
}

/// How a form's button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum ButtonStyle {
    Primary,
    Quiet,
    Danger,
}

impl FormContext<'_> {
    /// The form of this kind; nothing where the desk has none.
    pub fn form(self, kind: HazardCommandKind) -> AnyView {
        let Some(wording) = words::of(self.lang, kind, self.hazard) else { return ().into_any() };
        let does = kind.as_str();
        let act = Sending::to::<Act>();
        let refused = act.fault();
        // Several forms of the page do the same; without the program only the one that was sent was refused.
        let other = plain_form::typed::<HazardForm>().is_some_and(|typed| typed.does != does);
        let fault = refused.only_if(move || !other);
        let (pending, desk) = (act.pending(), self.desk);
        act.when_done(move || desk.changed());
        let about = Fields { lang: self.lang, form: does, group: "form", fault };
        let given = Fields { group: "form[given]", ..about };
        let asks = kind.row().asks.iter();
        let fields = asks.map(|asks| self.field(kind, *asks, given)).collect_view();
        let base = self.typed_into(kind).map_or(self.base, |typed| &typed.base).to_owned();
        let id = self.hazard.id.to_string();
        let class = match wording.weight {
            ButtonStyle::Primary => "button",
            ButtonStyle::Quiet => "button button--quiet",
            ButtonStyle::Danger => "button button--danger",
        };
        view! {
            <SentForm to=act attr:class="form">
                {about.hidden("hazard", id)}
                {about.hidden("does", does)}
                <ErrorLine fault />
                {about.based_on(base)}
                {fields}
                <button class=class aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                    {wording.submit}
                </button>
            </SentForm>
        }
        .into_any()
    }

    /// What was typed into this form, where it was refused before the program had arrived.
    fn typed_into(&self, kind: HazardCommandKind) -> Option<&HazardForm> {
        self.typed.filter(|typed| typed.does == kind.as_str())
    }

    pub fn is_typed(&self, kind: HazardCommandKind) -> bool {
        self.typed_into(kind).is_some()
    }

    fn field(&self, kind: HazardCommandKind, asks: Asks, fields: Fields) -> AnyView {
        let (lang, field) = (self.lang, asks.field);
        let made = |known: String| {
            let typed = self.typed_into(kind).and_then(|typed| typed.given.get(field.as_str()).cloned());
            let made =
                Field::new(field.as_str(), office::field_label(lang, kind, field), typed.unwrap_or(known));
            let missing = field.missing().filter(|_| asks.required);
            Field { hint: words::hint(lang, field).map(Into::into), missing, ..made }
        };
        match field.control() {
            Control::Line => fields.text(made(self.hazard.proposed_words(kind, field))),
            Control::Lines => fields.area(made(self.hazard.proposed_words(kind, field))),
            Control::Money => fields.money(made(self.hazard.proposed_words(kind, field))),
            Control::Day => {
                let day = self.hazard.proposed_day(kind, field, self.today).map(|day| day.to_string());
                fields.day(made(day.unwrap_or_default()), self.today, self.usual_days())
            }
            Control::Department => {
                let none = (String::new(), office::no_department(lang).to_owned());
                let all = self.frame.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
                fields.select(made(self.department()), std::iter::once(none).chain(all).collect())
            }
            Control::Hazard => fields.text(made(String::new())),
            // The desk takes none.
            Control::Photos => ().into_any(),
        }
    }

    /// The one that answers for it, or else for its sector.
    fn department(&self) -> String {
        let place = &self.hazard.place;
        let answers = |department: &&Department| department.sectors.contains(&place.sector);
        let known = place.department.or(self.frame.departments.iter().find(answers).map(|one| one.id));
        known.map(|id| id.to_string()).unwrap_or_default()
    }

    fn usual_days(&self) -> Vec<(NaiveDate, String)> {
        let usual = [1, 3, 7, 15, 30].into_iter().filter_map(|days| {
            let day = self.today.checked_add_days(Days::new(days))?;
            let words = office::in_days(self.lang, days, office::weekday(self.lang, day.weekday()));
            if self.frame.calendar.is_workday(day) {
                return Some((day, words));
            }
            // Still to be chosen: whoever sets it knows why.
            Some((day, format!("{words} · {}", settings::day_off(self.lang))))
        });
        usual.collect()
    }
}
