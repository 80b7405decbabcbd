//! The filter of 操作记录 in the page's address, there and back.

use crate::{i18n::audit, office::query::Query};
use domain::{
    audit::{Act, AuditFilter, SubjectKind},
    text::Lang,
};
use leptos::prelude::*;
use leptos_router::params::ParamsMap;
use uuid::Uuid;

pub const AUDIT: &str = "/office/audit";

/// Words that nobody knows filter nothing.
pub fn audit_filter(query: &ParamsMap) -> AuditFilter {
    let word = |key| query.get_str(key).unwrap_or_default();
    AuditFilter {
        person: word("who").parse().ok(),
        act: Act::parse(word("act")),
        subject: SubjectKind::parse(word("subject")),
        subject_id: word("id").parse().ok(),
        from: word("from").parse().ok(),
        to: word("to").parse().ok(),
        query: word("q").trim().to_owned(),
        page: word("page").parse().unwrap_or(1).max(1),
    }
}

pub fn audit_address(filter: &AuditFilter) -> String {
    Query::default()
        .with_some("who", filter.person)
        .with_some("act", filter.act.map(Act::as_str))
        .with_some("subject", filter.subject.map(SubjectKind::as_str))
        .with_some("id", filter.subject_id)
        .with_some("from", filter.from)
        .with_some("to", filter.to)
        .with("q", &filter.query)
        .with_some("page", (filter.page > 1).then_some(filter.page))
        .at(AUDIT)
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

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;

    #[test]
    fn a_filter_survives_the_address() {
        let filter = AuditFilter {
            person: Some(Uuid::from_u128(7).into()),
            act: Some(Act::SignInRefused),
            subject: Some(SubjectKind::Account),
            subject_id: Some(Uuid::from_u128(8)),
            from: NaiveDate::from_ymd_opt(2026, 11, 1),
            to: NaiveDate::from_ymd_opt(2026, 11, 30),
            query: "李 敏".to_owned(),
            page: 2,
        };
        let address = audit_address(&filter);
        let (_, query) = address.split_once('?').unwrap();
        let pairs = query.split('&').filter_map(|pair| pair.split_once('='));
        let read = audit_filter(&pairs.map(|(key, value)| (key.to_owned(), value.to_owned())).collect());
        assert_eq!(AuditFilter { query: filter.query.clone(), ..read }, filter);
        assert_eq!(audit_address(&AuditFilter { page: 1, ..Default::default() }), AUDIT);
    }
}
