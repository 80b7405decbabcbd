//! Work that waits for the administrator's word, in columns.

use super::{CellContext, List};
use domain::{
    hazard::HazardCommand,
    list::{Cell, Column, Layout, ListName, Shown},
    set_aside::{QuarantineFilter, QuarantineState, SetAside},
    sync::{Payload, Reason},
    text::Lang,
    time,
};
use i18n::{admin as t, trade};

pub struct Quarantine;

type Col = Column<SetAside, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("what", t::aside_what, |one, around| Cell::text(what(around.lang, &one.payload)))
        .layout(Layout::Long),
    Col::new("who", t::aside_who, |one, _| Cell::text(&one.person_name)),
    Col::new("made_at", t::quarantine_made_at, |one, _| Cell::Instant(one.made_at)).shown(Shown::InFiles),
    Col::new("received_at", t::quarantine_received_at, |one, _| Cell::Instant(one.received_at))
        .shown(Shown::InFiles),
    Col::new("bringer", t::quarantine_bringer, |one, _| Cell::from(one.brought_by.clone()))
        .shown(Shown::InFiles),
    Col::new("why", t::aside_why, |one, around| Cell::text(why(around.lang, &one.reason)))
        .layout(Layout::Long),
    Col::new("receipt", t::aside_receipt, |one, _| Cell::text(&one.number)).layout(Layout::Code),
    Col::new("decision", t::aside_decision, |one, around| Cell::text(decision(around.lang, one))),
];

pub fn state(lang: Lang, state: QuarantineState) -> &'static str {
    match state {
        QuarantineState::Waiting => t::quarantine_state_waiting(lang),
        QuarantineState::Accepted => t::quarantine_state_accepted(lang),
        QuarantineState::Rejected => t::quarantine_state_rejected(lang),
    }
}

fn decision(lang: Lang, one: &SetAside) -> String {
    match one.decision.clone() {
        None => t::quarantine_state_waiting(lang).to_owned(),
        Some(decision) if decision.taken => t::aside_taken(lang, decision.by, time::long(decision.at)),
        Some(decision) => t::aside_left(lang, decision.by, time::long(decision.at)),
    }
}

/// For whoever decides, not for whoever made it.
fn why(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::NotAllowed => t::aside_not_allowed(lang).to_owned(),
        Reason::UnknownSite => t::aside_unknown_site(lang).to_owned(),
        Reason::UnknownChecklist => t::aside_unknown_checklist(lang).to_owned(),
        Reason::UnknownHazard => t::aside_unknown_hazard(lang).to_owned(),
        other => trade::reason(lang, other),
    }
}

fn what(lang: Lang, payload: &Payload) -> String {
    match payload {
        Payload::SubmitInspection(inspection) => t::aside_inspection(lang, inspection.answers.len()),
        Payload::Hazard { command: HazardCommand::Report(found), .. } => {
            t::aside_found(lang, found.what.clone())
        }
        Payload::Hazard { command, .. } => t::aside_command(lang, trade::wanted(lang, command)),
        Payload::Photo(facts) => t::aside_photo(lang, facts.bytes / 1024),
        Payload::Diagnostics(_) => t::aside_report(lang).to_owned(),
    }
}

impl List for Quarantine {
    type Filter = QuarantineFilter;
    type Row = SetAside;
    type Summary = ();

    const NAME: ListName = ListName::Quarantine;

    fn title(lang: Lang) -> &'static str {
        t::aside(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
