//! 导入: sites and people from a workbook or a CSV, all rows or none. The form works without the program too: the page
//! then comes back with the answer.

mod columns;
mod report;

use crate::{
    components::fault::FaultNotice,
    error::Fault,
    i18n::{office, use_lang},
    office::{
        desk::{Around, use_desk},
        file_form::file_form,
        head::Head,
    },
    server_fns::{
        frame::Frame,
        import::{Imported, SendTable, send_table},
    },
};
use columns::{Columns, columns};
use domain::{role::Action as Right, text::Lang};
use leptos::{prelude::*, server_fn::ServerFn};

pub const IMPORT: &str = "/office/import";

type Answer = Result<Imported, Fault>;

#[component]
pub fn ImportPage() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let (answer, pending, submit) = file_form(send_table);
    changes_lists(desk, answer);
    view! {
        <Head title=office::import_title(lang) />
        <div class="body">
            {move || answer.get().map(|answer| report::report(lang, answer))}
            <Suspense>
                {move || Suspend::new(async move {
                    match desk.frame.await {
                        Ok(frame) if frame.me.role.may(Right::ManageSites) => {
                            view! {
                                <form
                                    class="form"
                                    method="post"
                                    enctype="multipart/form-data"
                                    action=SendTable::url()
                                    on:submit=submit
                                >
                                    {fields(lang, &frame)}
                                    <button
                                        class="button"
                                        aria-busy=move || pending.get().then_some("true")
                                        disabled=move || pending.get()
                                    >
                                        {office::import(lang)}
                                    </button>
                                    <p class="small" role="status">
                                        {move || pending.get().then(|| office::import_running(lang))}
                                    </p>
                                </form>
                                {columns(lang, &frame, Columns::Sites)}
                                {frame.me.role.may(Right::ManagePeople).then(|| columns(lang, &frame, Columns::People))}
                            }
                                .into_any()
                        }
                        Ok(_) => view! { <FaultNotice fault=Fault::NotAllowed /> }.into_any(),
                        Err(fault) => view! { <FaultNotice fault /> }.into_any(),
                    }
                })}
            </Suspense>
        </div>
    }
}

/// Lists and figures are asked for anew after rows were taken.
fn changes_lists(desk: Around, answer: Signal<Option<Answer>>) {
    Effect::new(move |_| {
        let taken = answer.with(|answer| matches!(answer, Some(Ok(imported)) if imported.taken > 0));
        if taken {
            desk.changed();
        }
    });
}

fn fields(lang: Lang, frame: &Frame) -> AnyView {
    let people = frame.me.role.may(Right::ManagePeople).then(|| {
        view! {
            <label class="check">
                <input type="radio" name="what" value="people" />
                <span>
                    {office::people(lang)}
                </span>
                <a class="link" href="#columns-people" rel="external">
                    {office::columns_link(lang)}
                </a>
            </label>
        }
    });
    view! {
        <p>{office::import_rule(lang)}</p>
        <fieldset class="field">
            <legend>{office::import_what(lang)}</legend>
            <div class="options">
                <label class="check">
                    <input type="radio" name="what" value="sites" checked />
                    <span>{office::sites(lang)}</span>
                    <a class="link" href="#columns-sites" rel="external">
                        {office::columns_link(lang)}
                    </a>
                </label>
                {people}
            </div>
        </fieldset>
        <div class="field">
            <label for="file">{office::import_file(lang)}</label>
            <p class="hint" id="file-h">
                {office::import_file_hint(lang)}
            </p>
            <input
                class="text"
                type="file"
                id="file"
                name="file"
                accept=".xlsx,.csv"
                required
                aria-describedby="file-h"
            />
        </div>
    }
    .into_any()
}
