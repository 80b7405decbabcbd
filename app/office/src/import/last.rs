//! 上一次导入: what the last list of each kind did, and how it is taken back.

use crate::{
    asking::{Asked, ask},
    components::fault::PageErrorNotice,
    desk::use_desk,
    error::AppError,
    i18n::{import as t, office, use_lang},
    sending::{Sending, SentForm},
    server_fns::import::{LastImports, UndoImport},
};
use domain::{
    import::{ImportKind, WrittenImport},
    text::Lang,
    time,
};
use leptos::prelude::*;

#[component]
pub fn Last() -> impl IntoView {
    let lang = use_lang();
    let desk = use_desk();
    let undo = Sending::to::<UndoImport>();
    let fault = undo.fault();
    let asked = Asked::new(move || ask(LastImports {}).in_round(undo.tries() + desk.changes.get()));
    undo.when_done(move || desk.changed());
    view! {
        {move || fault.get().map(|fault| refused(lang, fault))}
        <Transition>
            {move || Suspend::new(async move {
                let last = match asked.answer().await {
                    Ok(last) if last.is_empty() => return ().into_any(),
                    Ok(last) => last,
                    // Else it would look as if nothing had been imported, and nothing could be taken back.
                    Err(fault) => return view! { <PageErrorNotice fault /> }.into_any(),
                };
                let all = last.into_iter().map(|import| panel(lang, import, undo)).collect_view();
                view! { <div class="import-last">{all}</div> }.into_any()
            })}
        </Transition>
    }
}

fn refused(lang: Lang, fault: AppError) -> AnyView {
    match fault {
        AppError::Invalid { reason, .. } => view! {
            <div class="notice notice--refused" role="alert">
                <p>
                    <b>{t::not_undone(lang)}</b>
                </p>
                <p>{reason}</p>
            </div>
        }
        .into_any(),
        fault => view! { <PageErrorNotice fault /> }.into_any(),
    }
}

fn panel(lang: Lang, import: WrittenImport, undo: Sending) -> AnyView {
    let kind = match import.what {
        ImportKind::Sites => office::sites(lang),
        ImportKind::People => office::people(lang),
    };
    let title = t::last_title(lang, kind.to_owned(), import.by, time::long(import.at));
    let places = (!import.new_places.is_empty()).then(
        || view! { <p class="u-small">{t::made_places(lang, import.new_places.join(t::between(lang)))}</p> },
    );
    let state = match (&import.undone, import.undo_until) {
        (Some(undone), _) => {
            let words = t::was_undone(lang, undone.by.clone(), time::long(undone.at), undone.kept);
            view! { <p>{words}</p> }.into_any()
        }
        (None, Some(until)) => {
            let stays = (!import.changed_since.is_empty()).then(|| {
                let names = import.changed_since.join(t::between(lang));
                view! { <p>{t::would_stay(lang, import.changed_since.len(), names)}</p> }
            });
            let parties = (!import.parties_stay.is_empty()).then(|| {
                let names = import.parties_stay.join(t::between(lang));
                view! { <p>{t::parties_would_stay(lang, import.parties_stay.len(), names)}</p> }
            });
            let what = match import.what {
                ImportKind::Sites => t::undo_sites(lang),
                ImportKind::People => t::undo_people(lang),
            };
            view! {
                {stays}
                {parties}
                <details>
                    <summary>{t::undo(lang)}</summary>
                    <p class="u-small">{what}</p>
                    <SentForm to=undo>
                        <input type="hidden" name="what" value=import.what.as_str() />
                        <input type="hidden" name="import" value=import.id.to_string() />
                        <button class="button button--small button--danger">{t::undo_now(lang)}</button>
                    </SentForm>
                </details>
                <p class="u-small">{t::undo_until(lang, time::long(until))}</p>
            }
            .into_any()
        }
        (None, None) => ().into_any(),
    };
    view! {
        <section class="panel" aria-label=t::last(lang)>
            <h3 class="panel__title">{t::last(lang)} <span class="panel__note">{title}</span></h3>
            <p>
                <b>{t::wrote(lang, import.new, import.changed)}</b>
                " "
                {import.file}
            </p>
            {places}
            {state}
        </section>
    }
    .into_any()
}
