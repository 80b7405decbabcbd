//! The next step at the foot of a hazard: the one that is waited for in full, the others folded behind their names.

use super::{forms::FormContext, words};
use crate::{
    desk::use_desk,
    i18n::{office, trade},
    plain_form::typed,
    server_fns::{
        frame::Frame,
        hazards::{hazard_form::HazardForm, plan_words::base_of_hazard},
    },
};
use chrono::{DateTime, Utc};
use domain::{
    file::HazardFile,
    hazard::{Hazard, HazardActions, HazardCommandKind, actions_for},
    text::Lang,
    time::office_day,
};
use leptos::prelude::*;
use std::sync::Arc;

/// Where a command stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Slot {
    /// It is waited for: in full.
    Assign,
    Referral,
    Extension,
    Acceptance,
    /// Folded behind its name.
    Reopen,
    /// Off the usual way, together behind one name.
    More,
    /// It has no form at the desk.
    Elsewhere,
}

fn slot(kind: HazardCommandKind, hazard: &Hazard) -> Slot {
    match kind {
        // The plan may still change once there is one; and what is to be referred may turn out to be the site's after all.
        HazardCommandKind::Assign if hazard.plan.is_some() || hazard.is_to_be_referred() => Slot::More,
        HazardCommandKind::Assign => Slot::Assign,
        HazardCommandKind::GrantExtension | HazardCommandKind::RefuseExtension => Slot::Extension,
        HazardCommandKind::Accept | HazardCommandKind::Return => Slot::Acceptance,
        HazardCommandKind::Reopen => Slot::Reopen,
        HazardCommandKind::Refer if hazard.is_to_be_referred() => Slot::Referral,
        HazardCommandKind::List
        | HazardCommandKind::Suspend
        | HazardCommandKind::LiftSuspension
        | HazardCommandKind::Refer
        | HazardCommandKind::Merge => Slot::More,
        HazardCommandKind::Report | HazardCommandKind::Rectify | HazardCommandKind::AskExtension => {
            Slot::Elsewhere
        }
    }
}

pub fn next_step(lang: Lang, frame: Arc<Frame>, file: &HazardFile, now: DateTime<Utc>) -> AnyView {
    let hazard = &file.hazard;
    let actions = actions_for(hazard, &frame.me, now);
    let typed = typed::<HazardForm>().filter(|typed| typed.hazard == hazard.id.to_string());
    let base = base_of_hazard(hazard);
    let case = FormContext {
        lang,
        hazard,
        frame: &frame,
        today: office_day(now),
        desk: use_desk(),
        base: &base,
        typed: typed.as_ref(),
    };
    view! {
        <section class="u-stack u-push" aria-label=office::next_step(lang)>
            {assign(case, &actions)}
            {referral(case, &actions)}
            {extension(case, &actions)}
            {acceptance(case, &actions)}
            {folded_all(case, &actions, Slot::Reopen)}
            {more(case, &actions)}
        </section>
    }
    .into_any()
}

/// Those of this slot that may be given, in the table's order.
fn in_slot(case: FormContext<'_>, actions: &HazardActions, at: Slot) -> Vec<HazardCommandKind> {
    let open = actions.iter().filter(|action| action.barred.is_none()).map(|action| action.kind);
    open.filter(|kind| slot(*kind, case.hazard) == at).collect()
}

fn assign(case: FormContext<'_>, actions: &HazardActions) -> Vec<AnyView> {
    let section = |kind: HazardCommandKind| {
        view! {
            <h3>{office::assign_title(case.lang)}</h3>
            {case.form(kind)}
        }
        .into_any()
    };
    in_slot(case, actions, Slot::Assign).into_iter().map(section).collect()
}

fn referral(case: FormContext<'_>, actions: &HazardActions) -> Vec<AnyView> {
    let lang = case.lang;
    let section = |kind: HazardCommandKind| {
        view! {
            <h3>{office::refer(lang)}</h3>
            <p class="u-small">{office::refer_hint(lang)}</p>
            {case.form(kind)}
        }
        .into_any()
    };
    in_slot(case, actions, Slot::Referral).into_iter().map(section).collect()
}

fn extension(case: FormContext<'_>, actions: &HazardActions) -> Option<AnyView> {
    let asked = case.hazard.extension.as_ref()?;
    let lang = case.lang;
    let answers = in_slot(case, actions, Slot::Extension);
    (!answers.is_empty()).then(|| {
        view! {
            <h3>{office::answer_extension(lang)}</h3>
            <p class="u-small">{office::extension_reason(lang, asked.reason.clone())}</p>
            {in_turn(case, answers)}
        }
        .into_any()
    })
}

fn acceptance(case: FormContext<'_>, actions: &HazardActions) -> AnyView {
    match actions.barred(HazardCommandKind::Accept) {
        Some(because) => view! { <p class="notice">{trade::rejected(case.lang, because)}</p> }.into_any(),
        None => in_turn(case, in_slot(case, actions, Slot::Acceptance)).into_any(),
    }
}

/// The first in full, the others folded.
fn in_turn(case: FormContext<'_>, kinds: Vec<HazardCommandKind>) -> Vec<AnyView> {
    let shown =
        |(n, kind): (usize, HazardCommandKind)| if n == 0 { case.form(kind) } else { folded(case, kind) };
    kinds.into_iter().enumerate().map(shown).collect()
}

fn folded_all(case: FormContext<'_>, actions: &HazardActions, at: Slot) -> Vec<AnyView> {
    in_slot(case, actions, at).into_iter().map(|kind| folded(case, kind)).collect()
}

fn more(case: FormContext<'_>, actions: &HazardActions) -> Option<AnyView> {
    let kinds = in_slot(case, actions, Slot::More);
    let is_typed = kinds.iter().any(|kind| case.is_typed(*kind));
    (!kinds.is_empty()).then(|| {
        view! {
            <details open=is_typed>
                <summary class="link">{office::more_steps(case.lang)}</summary>
                {folded_all(case, actions, Slot::More)}
            </details>
        }
        .into_any()
    })
}

/// A form behind its name; it opens without the program too, and stands open where it was refused.
fn folded(case: FormContext<'_>, kind: HazardCommandKind) -> AnyView {
    let title = words::of(case.lang, kind, case.hazard).map(|wording| wording.title);
    view! {
        <details open=case.is_typed(kind)>
            <summary class="button button--quiet">{title}</summary>
            {case.form(kind)}
        </details>
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        form::ResponsibleKind,
        hazard::{Found, Issued},
        id::{EventId, GridId, HazardId, OfficeId, PersonId, SiteId},
        permission::Withheld,
        role::{Actor, ResourceScope, Role, Scope},
        sector::Sector,
        severity::Severity,
    };
    use uuid::Uuid;

    fn hazard(responsible_kind: ResponsibleKind) -> Hazard {
        let found = Found {
            level: Severity::General,
            what: "通道堆放杂物".into(),
            basis: String::new(),
            due: None,
            responsible: String::new(),
            responsible_kind,
            photos: vec![],
            location: None,
            visit: None,
            form: None,
            question: None,
            from_public: false,
            fixed: None,
        };
        let nil = Uuid::nil();
        let place =
            ResourceScope { grid: GridId(nil), site: SiteId(nil), department: None, sector: Sector::Fire };
        let by = Actor {
            office: OfficeId(nil),
            person: PersonId(nil),
            name: String::new(),
            role: Role::Inspector,
            scope: Scope::Office,
            withheld: Withheld::default(),
            extension_limit: None,
        };
        let at = DateTime::default();
        let issued = Issued { id: EventId(nil), at, received_at: None, by: &by };
        Hazard::open(HazardId(nil), place, None, found, &issued).unwrap()
    }

    #[test]
    fn what_the_table_offers_at_the_desk_has_words_and_a_place_there() {
        for hazard in ResponsibleKind::ALL.map(hazard) {
            for kind in HazardCommandKind::ALL.iter().copied() {
                let at_desk = kind.row().offered.at_desk();
                assert_eq!(words::of(Lang::Zh, kind, &hazard).is_some(), at_desk, "{kind:?}");
                assert_eq!(slot(kind, &hazard) != Slot::Elsewhere, at_desk, "{kind:?}");
            }
        }
    }

    #[test]
    fn what_is_not_the_sites_to_put_right_is_referred_in_full_and_assigned_off_the_usual_way() {
        let slots = |kind| {
            let hazard = hazard(kind);
            [HazardCommandKind::Assign, HazardCommandKind::Refer].map(|does| slot(does, &hazard))
        };
        assert_eq!(slots(ResponsibleKind::Site), [Slot::Assign, Slot::More]);
        assert_eq!(slots(ResponsibleKind::Authority), [Slot::More, Slot::Referral]);
        assert_eq!(slots(ResponsibleKind::Unknown), [Slot::More, Slot::Referral]);
    }
}
