//! What is told above the rows: why the last try was refused, and what was typed into a row that is gone. And what was typed,
//! where no rows are shown at all.

use super::{Doing, faults::fault_list};
use crate::{components::fault::PageErrorNotice, error::AppError, i18n::form_editing as t};
use domain::text::Lang;
use leptos::prelude::*;

/// What belongs to a field is told there.
pub fn notices(doing: &Doing) -> AnyView {
    let doing = *doing;
    let lang = doing.lang;
    let faults = [doing.edit.fault(), doing.publish.fault(), doing.discard.fault(), doing.overtaken.into()];
    view! {
        {move || faults.iter().find_map(|fault| fault.get()).map(|fault| refused(lang, fault))}
        {move || doing.gone.with(|texts| (!texts.is_empty()).then(|| row_gone(&doing, texts)))}
    }
    .into_any()
}

fn refused(lang: Lang, fault: AppError) -> AnyView {
    match fault {
        AppError::Changed { .. } => view! {
            <div class="notice notice--refused" role="alert">
                <p>
                    <b>{t::changed_title(lang)}</b>
                </p>
                <p>{t::changed_words(lang)}</p>
            </div>
        }
        .into_any(),
        AppError::Sheets { faults } => fault_list(lang, &faults),
        AppError::Invalid { reason, .. } => view! {
            <div class="notice notice--refused" role="alert">
                <p>{reason}</p>
            </div>
        }
        .into_any(),
        fault => view! { <PageErrorNotice fault /> }.into_any(),
    }
}

/// The words stand here until their author lets them go.
fn row_gone(doing: &Doing, texts: &[String]) -> AnyView {
    let (lang, gone) = (doing.lang, doing.gone);
    view! {
        <div class="notice notice--refused" role="alert">
            <p>
                <b>{t::row_gone_title(lang)}</b>
            </p>
            <p>{t::row_gone_words(lang)}</p>
            {lines(texts)}
            <div class="link-row">
                <button type="button" class="button button--small" on:click=move |_| gone.set(vec![])>
                    {t::row_gone_let_go(lang)}
                </button>
            </div>
        </div>
    }
    .into_any()
}

fn lines(texts: &[String]) -> AnyView {
    let lines = texts.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    view! { <ul>{lines}</ul> }.into_any()
}

/// What was typed and is not saved, where its row is not shown any more; none where nothing was.
pub fn kept(doing: &Doing) -> Option<AnyView> {
    let lang = doing.lang;
    let texts = doing.unsaved_texts();
    (!texts.is_empty()).then(|| {
        view! {
            <p>{t::row_gone_words(lang)}</p>
            {lines(&texts)}
        }
        .into_any()
    })
}

/// The draft could not be loaded anew; what is to be said of that stands below. What was typed waits for it.
pub fn not_loaded(doing: &Doing) -> Option<AnyView> {
    let (lang, saved) = (doing.lang, doing.saved);
    let texts = doing.unsaved_texts();
    (!texts.is_empty()).then(|| {
        view! {
            <div class="notice" role="status">
                <p>{t::not_loaded(lang)}</p>
                {lines(&texts)}
                <div class="link-row">
                    <button type="button" class="button button--small" on:click=move |_| saved.update(|count| *count += 1)>
                        {t::load_again(lang)}
                    </button>
                </div>
            </div>
        }
        .into_any()
    })
}
