//! Where signing in leads, and where its lack does. Only paths of this site are ever followed.

use super::why::{self, is_local};
use crate::{error::AppError, i18n::Lang};
use domain::{
    role::{Action, Actor},
    sync::Due,
};
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_router::location::Url;

pub const SIGN_IN: &str = "/signin";
pub const CODE: &str = "/signin/code";
pub const PASSWORD: &str = "/account/password";
pub const CONFIRM: &str = "/account/confirm";
pub const SECOND_FACTOR: &str = "/account/second-factor";

/// The path and query of the page that is being asked for.
pub fn asked_for() -> String {
    let path = use_context::<Parts>().and_then(|parts| Some(parts.uri.path_and_query()?.as_str().to_owned()));
    path.filter(|path| !path.starts_with("/api/")).unwrap_or_default()
}

/// The sign-in page, which leads back to `next`.
pub fn sign_in(next: &str) -> String {
    leading_back(SIGN_IN, next)
}

/// Where whoever met this fault goes before the page that was asked for.
pub fn first(fault: &AppError, next: &str) -> Option<String> {
    match fault {
        AppError::SignIn => Some(sign_in(next)),
        AppError::Due { due } => Some(is_due(*due, next)),
        AppError::Confirm => Some(leading_back(CONFIRM, next)),
        AppError::NotAllowed
        | AppError::NotFound
        | AppError::Invalid { .. }
        | AppError::Incomplete { .. }
        | AppError::Sheets { .. }
        | AppError::Rejected { .. }
        | AppError::Changed { .. }
        | AppError::Busy
        | AppError::Bug { .. }
        | AppError::Transport { .. } => None,
    }
}

/// The page on which that is done.
pub fn is_due(due: Due, next: &str) -> String {
    match due {
        Due::Password => leading_back(PASSWORD, next),
        Due::SecondFactor => leading_back(SECOND_FACTOR, next),
    }
}

/// A page that leads back to `next`.
pub fn leading_back(page: &str, next: &str) -> String {
    if is_local(next) { format!("{page}?next={}", Url::escape(next)) } else { page.to_owned() }
}

/// Back, or where it is said that one may go back to the page on which one was asked.
pub fn confirmed(next: &str) -> String {
    if is_local(next) && next != "/" { next.to_owned() } else { format!("{CONFIRM}?done=yes") }
}

/// The page again, with the field that was wrong and why.
pub fn wrong(page: &str, fault: &AppError, lang: Lang, next: &str) -> String {
    let (field, why) = if let AppError::Invalid { field, reason } = fault {
        (field.as_str(), why::code(lang, reason))
    } else {
        ("", why::code(lang, ""))
    };
    let next = if is_local(next) { next } else { "" };
    let (field, next) = (Url::escape(field), Url::escape(next));
    format!("{page}?field={field}&why={why}&next={next}")
}

/// The sign-in page again, with why.
pub fn refused(fault: &AppError, next: &str) -> String {
    let why = match fault {
        AppError::SignIn => "wrong",
        AppError::Busy => "often",
        AppError::NotAllowed => "off",
        AppError::Due { .. }
        | AppError::Confirm
        | AppError::NotFound
        | AppError::Invalid { .. }
        | AppError::Incomplete { .. }
        | AppError::Sheets { .. }
        | AppError::Rejected { .. }
        | AppError::Changed { .. }
        | AppError::Bug { .. }
        | AppError::Transport { .. } => "server_error",
    };
    let next = if is_local(next) { next } else { "" };
    format!("{SIGN_IN}?why={why}&next={}", Url::escape(next))
}

/// The page that was asked for, if the person has anything to do there, else where they work.
pub fn after_sign_in(actor: &Actor, next: &str) -> String {
    let action = if next.starts_with("/field") { Action::UseField } else { Action::UseOffice };
    let fits = is_local(next) && (actor.may_do(action) || next.starts_with("/account/"));
    let has_phone_only = !actor.may_do(Action::UseOffice) && actor.may_do(Action::UseField);
    match (fits, actor.role.is_field() || has_phone_only) {
        (true, _) => next.to_owned(),
        (false, true) => "/field/".to_owned(),
        (false, false) => "/office".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{
        permission::Withheld,
        role::{Role, Scope},
    };
    use uuid::Uuid;

    fn somebody(role: Role) -> Actor {
        Actor {
            office: Uuid::nil().into(),
            person: Uuid::nil().into(),
            name: "李敏".into(),
            role,
            scope: Scope::Office,
            withheld: Withheld::default(),
            extension_limit: None,
        }
    }

    fn after_sign_in(role: Role, next: &str) -> String {
        super::after_sign_in(&somebody(role), next)
    }

    #[test]
    fn nobody_is_led_where_the_office_lets_them_do_nothing() {
        let withheld = [Action::UseOffice].into_iter().collect();
        let leader = Actor { withheld, ..somebody(Role::Leader) };
        assert_eq!(super::after_sign_in(&leader, "/office"), "/field/");
    }

    #[test]
    fn only_paths_of_this_site_are_followed() {
        let office = |next| after_sign_in(Role::Supervisor, next);
        assert_eq!(office("/office/hazards?status=late"), "/office/hazards?status=late");
        for elsewhere in
            ["https://example.com", "//example.com", "/\\example.com", "/a\r\nSet-Cookie: b", "/场所", ""]
        {
            assert_eq!(office(elsewhere), "/office", "{elsewhere}");
        }
        assert_eq!(after_sign_in(Role::Inspector, "/office"), "/field/");
        assert_eq!(after_sign_in(Role::Inspector, "/field/hazards"), "/field/hazards");
        assert_eq!(after_sign_in(Role::Officer, "/field/hazards"), "/field/hazards");
        assert_eq!(after_sign_in(Role::Officer, ""), "/office");
        assert_eq!(after_sign_in(Role::Inspector, "/account/password"), "/account/password");
    }

    #[test]
    fn why_it_was_refused_is_told_and_where_it_was_to_lead() {
        assert_eq!(refused(&AppError::SignIn, "/office"), "/signin?why=wrong&next=%2Foffice");
        assert_eq!(refused(&AppError::Busy, "//evil.example"), "/signin?why=often&next=");
        let reason = crate::i18n::password::code_wrong(Lang::Zh).to_owned();
        let fault = AppError::Invalid { field: "code".to_owned(), reason };
        assert_eq!(wrong(CODE, &fault, Lang::Zh, "//evil.example"), "/signin/code?field=code&why=code&next=");
    }
}
