//! One visit as a document: it is read on the screen and printed for the file, and both are the same page.

mod answers;
mod doubts;
pub mod facts;
mod findings;
mod inspection_facts;
mod photos;
mod proofs;
mod sign_off;

use crate::{
    asking::{Asked, ask},
    await_resource::await_resource,
    components::icon::{Icon, Sign},
    head::PageHeader,
    i18n::{inspection, office, use_lang},
    server_fns::{
        frame::Frame,
        visits::{LoadVisit, record::VisitRecord},
    },
    visits::address::{VISITS, visits_of},
};
use domain::{settings::paper::Paper, text::Lang, time, visit::VisitNature};
use leptos::{ev, prelude::*};
use leptos_router::hooks::use_params_map;

#[component]
pub fn RecordPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get_str("id")?.parse().ok()));
    let asked = Asked::new(move || ask(LoadVisit { id: id.get() }));
    view! {
        <PageHeader title=office::visit_record(lang) finds_in=VISITS>
            <a class="chip" href=VISITS>
                {office::to_list(lang)}
            </a>
        </PageHeader>
        <div class="page-body" id="record">
            {await_resource(asked, move |frame, file| record(lang, &frame, &file))}
        </div>
    }
}

fn record(lang: Lang, frame: &Frame, file: &VisitRecord) -> AnyView {
    let note = &file.note;
    let note = (!note.trim().is_empty()).then(|| {
        view! {
            <h3>{office::visit_note(lang)}</h3>
            <p>{note.clone()}</p>
        }
    });
    let findings = file.outcome.is_done().then(|| findings::findings(lang, file));
    let received = time::long(file.received_at);
    let service = (file.nature == VisitNature::Patrol).then(|| inspection::only_a_service(lang));
    let prints = frame.papers.issues(Paper::VisitRecord);
    view! {
        <div class="u-row u-no-print">
            {prints
                .then(|| {
                    // Without the program the link leads to the record, and the browser's own menu prints it.
                    view! {
                        <a class="chip" href="#record" rel="external" on:click=print>
                            <Sign icon=Icon::Print />
                            {office::print(lang)}
                        </a>
                    }
                })}
            <a class="chip" href=visits_of(file.site_id)>
                {office::visits_here(lang)}
            </a>
        </div>
        {doubts::doubts(lang, file)}
        <article class="record">
            <header class="record__head">
                <p>{frame.office.name.clone()}</p>
                <h1>{inspection::record_title(lang, file.nature, !file.hazards.is_empty())}</h1>
                <p class="u-code">{file.number.clone()}</p>
            </header>
            {facts::facts(lang, frame, file)}
            {inspection_facts::facts(lang, frame, file)}
            {answers::answers(lang, file)}
            {note}
            {findings}
            {proofs::proofs(lang, file)}
            {photos::photos(lang, file)}
            {sign_off::circumstances(lang, file)}
            <div class="record__signatures">
                <div>
                    <span>{inspection::signed_by(lang, file.nature)}</span>
                </div>
                {sign_off::at_foot(lang, file)}
                <div>
                    <span>{office::signed_on(lang)}</span>
                </div>
            </div>
            <footer class="u-small">
                {service.map(|words| view! { <p>{words}</p> })} {office::sealed(lang, received, file.number.clone())}
            </footer>
        </article>
    }
    .into_any()
}

fn print(event: ev::MouseEvent) {
    event.prevent_default();
    // A browser that cannot print leaves the record on the screen.
    let _ = window().print();
}
