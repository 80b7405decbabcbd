//! Where signing in leads, and where its lack does. Only paths of this site are ever followed.

use crate::error::Fault;
use domain::role::{Action, Role};
use http::request::Parts;
use leptos::prelude::use_context;
use leptos_router::location::Url;

pub const SIGN_IN: &str = "/signin";

/// The path and query of the page that is being asked for.
pub fn asked_for() -> String {
    let path = use_context::<Parts>().and_then(|parts| Some(parts.uri.path_and_query()?.as_str().to_owned()));
    path.filter(|path| !path.starts_with("/api/")).unwrap_or_default()
}

/// The sign-in page, which leads back to `next`.
pub fn sign_in(next: &str) -> String {
    if is_local(next) { format!("{SIGN_IN}?next={}", Url::escape(next)) } else { SIGN_IN.to_owned() }
}

/// The sign-in page again, with why.
pub fn refused(fault: &Fault, next: &str) -> String {
    let why = match fault {
        Fault::SignIn => "wrong",
        Fault::Busy => "often",
        Fault::NotAllowed => "off",
        _ => "trouble",
    };
    let next = if is_local(next) { next } else { "" };
    format!("{SIGN_IN}?why={why}&next={}", Url::escape(next))
}

/// The page that was asked for, if the role has anything to do there, else where it works.
pub fn after_sign_in(role: Role, next: &str) -> String {
    let action = if next.starts_with("/field") { Action::UseField } else { Action::UseOffice };
    let fits = is_local(next) && role.may(action);
    match (fits, role.is_field()) {
        (true, _) => next.to_owned(),
        (false, true) => "/field/".to_owned(),
        (false, false) => "/office".to_owned(),
    }
}

fn is_local(path: &str) -> bool {
    let plain = path.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    path.starts_with('/') && !path.starts_with("//") && plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_of_this_site_are_followed() {
        let office = |next| after_sign_in(Role::Supervisor, next);
        assert_eq!(office("/office/hazards?standing=late"), "/office/hazards?standing=late");
        for elsewhere in
            ["https://example.com", "//example.com", "/\\example.com", "/a\r\nSet-Cookie: b", "/场所", ""]
        {
            assert_eq!(office(elsewhere), "/office", "{elsewhere}");
        }
        assert_eq!(after_sign_in(Role::Inspector, "/office"), "/field/");
        assert_eq!(after_sign_in(Role::Inspector, "/field/hazards"), "/field/hazards");
        assert_eq!(after_sign_in(Role::Officer, "/field/hazards"), "/field/hazards");
        assert_eq!(after_sign_in(Role::Officer, ""), "/office");
    }

    #[test]
    fn why_it_was_refused_is_told_and_where_it_was_to_lead() {
        assert_eq!(refused(&Fault::SignIn, "/office"), "/signin?why=wrong&next=%2Foffice");
        assert_eq!(refused(&Fault::Busy, "//evil.example"), "/signin?why=often&next=");
    }
}
