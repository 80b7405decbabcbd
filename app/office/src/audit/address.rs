//! The addresses of 操作记录.

use crate::{
    i18n::audit,
    list::address::address,
    lists::{audit::Audit, path},
};
use domain::{audit::AuditFilter, list::ListName, text::Lang};
use leptos::prelude::*;
use uuid::Uuid;

pub const AUDIT: &str = path(ListName::Audit);

pub fn audit_address(filter: &AuditFilter) -> String {
    address::<Audit>(filter)
}

/// Everything that was done to one subject.
pub fn history_of(subject: Uuid) -> String {
    audit_address(&AuditFilter { subject_id: Some(subject), ..AuditFilter::default() })
}

/// The way there from the subject's own page.
pub fn history(lang: Lang, subject: Uuid) -> AnyView {
    view! {
        <a class="chip" href=history_of(subject)>
            {audit::history(lang)}
        </a>
    }
    .into_any()
}
