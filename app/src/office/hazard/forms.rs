//! The forms of the steps. Each is an ordinary form: it works without the program, and with it what was typed stays
//! where it is when the server refuses.

use crate::{
    components::{
        fault::{FaultLine, fault_of},
        field::{Field, Fields},
    },
    i18n::office,
    office::desk::Around,
    plain_form,
    server_fns::{
        frame::Frame,
        hazards::{Act, deed_form::DeedForm},
    },
};
use chrono::{Datelike, Days, NaiveDate};
use domain::{
    hazard::{Hazard, Incomplete},
    id::HazardId,
    text::Lang,
};
use leptos::prelude::*;

/// What every form of a hazard needs to know.
#[derive(Clone, Copy)]
pub struct Case {
    pub lang: Lang,
    pub hazard: HazardId,
    pub today: NaiveDate,
    pub desk: Around,
    /// What every form is based on.
    pub base: StoredValue<String>,
    /// What was typed into a form that was refused before the program had arrived.
    pub typed: StoredValue<Option<DeedForm>>,
}

/// How a form's button looks.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Primary,
    Quiet,
    Danger,
}

impl Case {
    /// A form that does `does`, which is [`domain::hazard::Deed::word`].
    fn form(
        self,
        does: &'static str,
        weight: Weight,
        submit: &'static str,
        fields: impl FnOnce(Fields) -> AnyView,
    ) -> AnyView {
        let act = ServerAction::<Act>::new();
        let refused = fault_of(act);
        // Several forms of the page do the same; without the program only the one that was sent was refused.
        let other = plain_form::typed::<DeedForm>().is_some_and(|typed| typed.does != does);
        let fault = Signal::derive(move || refused.get().filter(|_| !other));
        let (value, pending, desk) = (act.value(), act.pending(), self.desk);
        Effect::new(move |_| {
            if value.with(|value| matches!(value, Some(Ok(())))) {
                desk.changed();
            }
        });
        let shown = Fields { lang: self.lang, form: does, group: "form", fault };
        let fields = fields(shown);
        let class = match weight {
            Weight::Primary => "button",
            Weight::Quiet => "button button--quiet",
            Weight::Danger => "button button--danger",
        };
        view! {
            <ActionForm action=act attr:class="form">
                {shown.hidden("hazard", self.hazard.to_string())}
                {shown.hidden("does", does)}
                <FaultLine fault />
                {shown.based_on(self.known(does, "base", self.base.get_value()))}
                {fields}
                <button class=class aria-busy=move || pending.get().then_some("true") disabled=move || pending.get()>
                    {submit}
                </button>
            </ActionForm>
        }
        .into_any()
    }

    /// Whether this form was refused before the program had arrived.
    pub fn is_typed(self, does: &str) -> bool {
        self.typed.with_value(|typed| typed.as_ref().is_some_and(|typed| typed.does == does))
    }

    /// What was typed into the field, else what is known; only shown.
    fn known(self, does: &str, name: &str, known: impl Into<String>) -> String {
        let typed = self.typed.with_value(|typed| {
            let form = serde_json::to_value(typed.as_ref().filter(|typed| typed.does == does)?).ok()?;
            Some(form.get(name)?.as_str()?.to_owned())
        });
        typed.unwrap_or_else(|| known.into())
    }

    fn field(
        self,
        fields: Fields,
        name: &'static str,
        label: &'static str,
        known: impl Into<String>,
    ) -> Field {
        Field::new(name, label, self.known(fields.form, name, known))
    }

    fn day(
        self,
        fields: Fields,
        name: &'static str,
        label: &'static str,
        proposed: Option<NaiveDate>,
    ) -> AnyView {
        let usual = [1, 3, 7, 15, 30].into_iter().filter_map(|days| {
            let day = self.today.checked_add_days(Days::new(days))?;
            let words = office::in_days(self.lang, days, office::weekday(self.lang, day.weekday()));
            Some((day, words))
        });
        let value = proposed.map(|day| day.to_string()).unwrap_or_default();
        fields.day(self.field(fields, name, label, value), self.today, usual.collect())
    }

    /// The five points of the plan, with what is known already filled in.
    pub fn assign(self, frame: &Frame, hazard: &Hazard) -> AnyView {
        let lang = self.lang;
        let plan = hazard.plan.as_ref();
        let known =
            |of: fn(&domain::hazard::RectificationPlan) -> &String| plan.map(of).cloned().unwrap_or_default();
        let responsible =
            plan.map_or_else(|| hazard.found.responsible.clone(), |plan| plan.responsible.clone());
        let answers =
            |department: &&domain::place::Department| department.sectors.contains(&hazard.place.sector);
        let department = hazard.place.department.or(frame.departments.iter().find(answers).map(|one| one.id));
        let none = (String::new(), office::no_department(lang).to_owned());
        let departments = frame.departments.iter().map(|one| (one.id.to_string(), one.name.clone()));
        let departments = std::iter::once(none).chain(departments).collect();
        let a_week = self.today.checked_add_days(Days::new(7));
        let deadline = hazard.due.filter(|due| *due >= self.today).or(a_week);
        let submit = if plan.is_some() { office::reassign(lang) } else { office::assign(lang) };
        self.form("assigned", Weight::Primary, submit, |fields| {
            view! {
                {fields.select(
                    self.field(fields, "department", office::department(lang), department.map(|id| id.to_string()).unwrap_or_default()),
                    departments,
                )}
                {fields.text(
                    self.field(fields, "responsible", office::responsible_party(lang), responsible)
                        .hint(office::responsible_hint(lang))
                        .missing(Incomplete::Responsible),
                )}
                {fields.area(
                    self.field(fields, "measures", office::measures(lang), known(|plan| &plan.measures))
                        .missing(Incomplete::Measures),
                )}
                {fields.text(
                    self.field(fields, "funds", office::funds(lang), known(|plan| &plan.funds))
                        .hint(office::funds_hint(lang))
                        .missing(Incomplete::Funds),
                )}
                {self.day(fields, "deadline", office::deadline(lang), deadline)}
                {fields.text(
                    self.field(fields, "contingency", office::contingency(lang), known(|plan| &plan.contingency))
                        .hint(office::contingency_hint(lang))
                        .missing(Incomplete::Contingency),
                )}
            }
            .into_any()
        })
    }

    pub fn accept(self, submit: &'static str) -> AnyView {
        self.form("accepted", Weight::Primary, submit, |fields| {
            fields.text(self.field(fields, "note", office::acceptance_note(self.lang), ""))
        })
    }

    pub fn send_back(self) -> AnyView {
        let lang = self.lang;
        self.form("returned", Weight::Danger, office::send_back(lang), |fields| {
            view! {
                {self.reason(fields, office::why_returned(lang))}
                {self.day(fields, "deadline", office::new_deadline(lang), self.today.checked_add_days(Days::new(3)))}
            }
            .into_any()
        })
    }

    pub fn grant(self, until: NaiveDate) -> AnyView {
        let lang = self.lang;
        self.form("extension_granted", Weight::Primary, office::grant(lang), |fields| {
            self.day(fields, "until", office::new_deadline(lang), Some(until))
        })
    }

    pub fn refuse(self) -> AnyView {
        let lang = self.lang;
        self.form("extension_refused", Weight::Danger, office::refuse(lang), |fields| {
            self.reason(fields, office::why_refused(lang))
        })
    }

    pub fn list(self) -> AnyView {
        let lang = self.lang;
        self.form("listed", Weight::Danger, office::list(lang), |fields| {
            let field =
                self.field(fields, "authority", office::listed_by(lang), "").missing(Incomplete::Responsible);
            fields.text(field)
        })
    }

    pub fn suspend(self) -> AnyView {
        let lang = self.lang;
        self.form("suspended", Weight::Danger, office::suspend(lang), |fields| {
            fields
                .text(self.field(fields, "what", office::suspended_what(lang), "").missing(Incomplete::What))
        })
    }

    pub fn refer(self) -> AnyView {
        let lang = self.lang;
        self.form("referred", Weight::Danger, office::refer(lang), |fields| {
            let authority = self
                .field(fields, "authority", office::referred_to(lang), "")
                .missing(Incomplete::Responsible);
            view! {
                {fields.text(authority)}
                {self.reason(fields, office::why_referred(lang))}
            }
            .into_any()
        })
    }

    pub fn merge(self) -> AnyView {
        let lang = self.lang;
        self.form("merged", Weight::Danger, office::merge(lang), |fields| {
            fields.text(
                self.field(fields, "into", office::merged_into(lang), "").hint(office::merged_hint(lang)),
            )
        })
    }

    pub fn reopen(self) -> AnyView {
        let lang = self.lang;
        self.form("reopened", Weight::Quiet, office::reopen(lang), |fields| {
            view! {
                {self.reason(fields, office::why_reopened(lang))}
                {self.day(fields, "due", office::new_deadline(lang), None)}
            }
            .into_any()
        })
    }

    fn reason(self, fields: Fields, label: &'static str) -> AnyView {
        fields.area(self.field(fields, "reason", label, "").missing(Incomplete::Reason))
    }
}
