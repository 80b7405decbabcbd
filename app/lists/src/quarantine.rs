//! Work that waits for the administrator's word, in columns.

use super::{CellContext, List};
use domain::{
    hazard::HazardCommand,
    list::{Cell, Column, Layout, ListName, Shown},
    quarantine::{QuarantineFilter, QuarantineState, QuarantinedOperation},
    sync::{Payload, Reason},
    text::Lang,
    time,
};
use i18n::{admin as t, notices, tasks, trade};

pub struct Quarantine;

type Col = Column<QuarantinedOperation, CellContext>;

const COLUMNS: &[Col] = &[
    Col::new("what", t::quarantine_what, |one, around| Cell::text(what(around.lang, &one.payload)))
        .layout(Layout::Long),
    Col::new("who", t::quarantine_who, |one, _| Cell::text(&one.person_name)).cut(),
    Col::new("made_at", t::quarantine_made_at, |one, _| Cell::Instant(one.made_at)).shown(Shown::InFiles),
    Col::new("received_at", t::quarantine_received_at, |one, _| Cell::Instant(one.received_at))
        .shown(Shown::InFiles),
    Col::new("bringer", t::quarantine_bringer, |one, _| Cell::from(one.brought_by.clone()))
        .shown(Shown::InFiles),
    Col::new("why", t::quarantine_why, |one, around| Cell::text(why(around.lang, &one.reason)))
        .layout(Layout::Long),
    Col::new("receipt", t::quarantine_receipt, |one, _| Cell::text(&one.number)).layout(Layout::Code),
    Col::new("decision", t::quarantine_decision, |one, around| Cell::text(decision(around.lang, one))),
];

pub fn state(lang: Lang, state: QuarantineState) -> &'static str {
    match state {
        QuarantineState::Waiting => t::quarantine_state_waiting(lang),
        QuarantineState::Accepted => t::quarantine_state_accepted(lang),
        QuarantineState::Rejected => t::quarantine_state_rejected(lang),
    }
}

fn decision(lang: Lang, one: &QuarantinedOperation) -> String {
    match one.decision.clone() {
        None => t::quarantine_state_waiting(lang).to_owned(),
        Some(decision) if decision.taken => {
            t::quarantine_accepted(lang, decision.by, time::long(decision.at))
        }
        Some(decision) => t::quarantine_rejected(lang, decision.by, time::long(decision.at)),
    }
}

/// Worded for the person who decides, not for the author.
fn why(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::NotAllowed => t::quarantine_not_allowed(lang).to_owned(),
        Reason::UnknownSite => t::quarantine_unknown_site(lang).to_owned(),
        Reason::UnknownForm => t::quarantine_unknown_form(lang).to_owned(),
        Reason::UnknownHazard => t::quarantine_unknown_hazard(lang).to_owned(),
        Reason::KindsNeverHad => t::quarantine_kinds_never_had(lang).to_owned(),
        other => trade::reason(lang, other),
    }
}

fn what(lang: Lang, payload: &Payload) -> String {
    match payload {
        Payload::SubmitVisit(visit) if !visit.outcome.is_done() => visit.outcome.name().get(lang).to_owned(),
        Payload::SubmitVisit(visit) => t::quarantine_visit(lang, visit.answers().count()),
        Payload::Hazard { command: HazardCommand::Report(found), .. } => {
            t::quarantine_found(lang, found.what.clone())
        }
        Payload::Hazard { command, .. } => t::aside_command(lang, trade::wanted(lang, command)),
        Payload::OrderOpened { .. } => t::quarantine_order_opened(lang).to_owned(),
        Payload::NoticesSeen { .. } => notices::seen(lang).to_owned(),
        Payload::Task { .. } => tasks::tasks(lang).to_owned(),
        Payload::NewSite(site) => t::quarantine_new_site(lang, site.name.clone()),
        Payload::Photo(facts) => t::quarantine_photo(lang, facts.bytes / 1024),
        Payload::Paper(facts) => t::quarantine_paper(lang, facts.bytes / 1024),
        Payload::Diagnostics(_) => t::quarantine_report(lang).to_owned(),
    }
}

impl List for Quarantine {
    type Filter = QuarantineFilter;
    type Row = QuarantinedOperation;
    type Summary = ();

    const NAME: ListName = ListName::Quarantine;

    fn title(lang: Lang) -> &'static str {
        t::quarantine(lang)
    }

    fn columns() -> &'static [Col] {
        COLUMNS
    }
}
