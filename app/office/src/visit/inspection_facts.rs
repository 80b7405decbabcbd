//! 行政检查: in whose name, for which matter, by which papers and by whom, and which of the year it was.

use crate::{
    i18n::inspection as t,
    server_fns::{frame::Frame, visits::record::VisitRecord},
};
use domain::{
    inspection::{AdministrativeInspection, InspectingBody, InspectionOfficer},
    text::Lang,
};
use leptos::prelude::*;

/// Nothing of a visit that was none.
pub fn facts(lang: Lang, frame: &Frame, file: &VisitRecord) -> Option<AnyView> {
    let inspection = file.administrative.as_ref()?;
    let of_year = file
        .site
        .inspection
        .as_ref()
        .and_then(|received| received.nth.map(|nth| t::which_of_year(lang, nth, received.cap)));
    let special = inspection
        .special
        .as_ref()
        .map(|special| [special.level.name().get(lang), special.number.as_str()].join(" ").trim().to_owned());
    let exception = inspection.exception.map(|exception| exception.name().get(lang).to_owned());
    let facts = [
        (t::kind(lang), inspection.kind.name().get(lang).to_owned()),
        (t::body(lang), body(frame, inspection)),
        (t::matter(lang), matter(inspection)),
        (t::approval(lang), inspection.approval.clone()),
        (t::special_number(lang), special.unwrap_or_default()),
        (t::notice(lang), inspection.notice.clone()),
        (t::officers(lang), InspectionOfficer::words(&inspection.officers)),
        (t::entry_code(lang), inspection.entry_code.clone()),
        (t::exception(lang), exception.unwrap_or_default()),
        (t::of_year(lang), of_year.unwrap_or_default()),
        (t::done_there(lang), done(lang, inspection).join("；")),
    ];
    let facts = facts.into_iter().filter(|(_, words)| !words.trim().is_empty()).map(|(name, words)| {
        view! {
            <dt>{name}</dt>
            <dd>{words}</dd>
        }
    });
    let view = view! {
        <h3>{t::inspection(lang)}</h3>
        <dl class="fact-list">{facts.collect_view()}</dl>
    };
    Some(view.into_any())
}

fn body(frame: &Frame, inspection: &AdministrativeInspection) -> String {
    match &inspection.body {
        InspectingBody::Office => frame.office.name.clone(),
        InspectingBody::Department { name, .. } => name.clone(),
    }
}

fn matter(inspection: &AdministrativeInspection) -> String {
    let words = inspection.matter.as_ref().map(|matter| format!("{} {}", matter.code, matter.name));
    words.unwrap_or_default()
}

/// What was ticked off.
fn done(lang: Lang, inspection: &AdministrativeInspection) -> Vec<&'static str> {
    let done = &inspection.done;
    let steps = [
        (done.shown, t::show_certificates(lang)),
        (done.served, t::serve_notice(lang)),
        (done.registered, t::register_entry(lang)),
        (done.told, t::tell_result(lang)),
        (inspection.urgent, t::urgent(lang)),
    ];
    steps.into_iter().filter(|(is_done, _)| *is_done).map(|(_, words)| words).collect()
}
