//! The form of an account as browsers send it: flat words. Reading it is a pure function. The account's rules, the
//! password's among them, are the server's.

use crate::{
    error::AppError,
    i18n::{admin, office},
    server_fns::meanwhile::Take,
};
use domain::{
    id::{CommunityId, DepartmentId, GridId, PersonId, SiteId},
    limits::tidy_line,
    person::{Certificate, Person},
    role::Role,
    text::Lang,
};
use serde::{Deserialize, Serialize};
use std::fmt;

/// An empty `id` is a new account.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct PersonForm {
    pub id: String,
    pub name: String,
    pub username: String,
    pub role: String,
    pub phone: String,
    pub department: String,
    pub grids: Vec<String>,
    pub communities: Vec<String>,
    /// Codes of sites, with spaces or commas between.
    pub sites: String,
    /// A line each: `0173/区司法局/2027-12-31`.
    pub certificates: String,
    pub disabled: bool,
    /// Empty: the password stays as it is.
    pub password: String,
    /// The form as it was loaded.
    pub base: String,
    /// What was chosen where somebody else had changed the account meanwhile.
    pub take: Take,
}

/// Without the password.
impl fmt::Debug for PersonForm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { id, username, role, .. } = self;
        f.debug_struct("PersonForm")
            .field("id", id)
            .field("username", username)
            .field("role", role)
            .finish_non_exhaustive()
    }
}

impl PersonForm {
    /// The form with what is known of the person; `codes` are those of their sites.
    pub fn of(person: &Person, codes: &[String]) -> Self {
        Self {
            id: person.id.to_string(),
            name: person.name.clone(),
            username: person.username.clone(),
            role: person.role.as_str().to_owned(),
            phone: person.phone.clone(),
            department: person.department.map(|id| id.to_string()).unwrap_or_default(),
            grids: person.grids.iter().map(ToString::to_string).collect(),
            communities: person.communities.iter().map(ToString::to_string).collect(),
            sites: codes.join(" "),
            certificates: Certificate::lines(&person.certificates, "\n"),
            disabled: person.disabled,
            password: String::new(),
            base: String::new(),
            take: Take::new(),
        }
    }

    /// Where the form stands.
    pub fn page(&self) -> String {
        match self.id.parse::<PersonId>() {
            Ok(id) => format!("/office/people/{id}"),
            Err(_) => "/office/people/new".to_owned(),
        }
    }

    /// The codes that count: an account that answers for no sites has none.
    pub fn site_codes(&self) -> impl Iterator<Item = &str> {
        let answers = Role::parse(&self.role).is_some_and(Role::is_contact);
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、' | ';' | '；');
        self.sites.split(between).filter(move |code| answers && !code.is_empty())
    }

    /// `before` is the person as they stood, if they are not new; `sites` are those whose codes were written. With the
    /// person comes a new password, where one was typed.
    pub fn read(
        self,
        lang: Lang,
        before: Option<Person>,
        sites: Vec<SiteId>,
        fresh: impl FnOnce() -> PersonId,
    ) -> Result<(Person, Option<String>), AppError> {
        let invalid = |field: &str, reason: &str| {
            Err(AppError::Invalid { field: field.to_owned(), reason: reason.to_owned() })
        };
        let Some(role) = Role::parse(&self.role) else {
            return invalid("role", office::needs_role(lang));
        };
        if self.name.trim().is_empty() {
            return invalid("name", office::needs_person_name(lang));
        }
        let department = match self.department.as_str() {
            "" => None,
            id => match id.parse::<DepartmentId>() {
                Ok(id) => Some(id),
                Err(_) => return invalid("department", admin::department_unknown(lang)),
            },
        };
        if role == Role::Officer && department.is_none() {
            return invalid("department", office::needs_department(lang));
        }
        let grids: Result<Vec<GridId>, _> = self.grids.iter().map(|id| id.parse()).collect();
        let Ok(grids) = grids else { return invalid("grids", office::needs_grids(lang)) };
        if role == Role::Inspector && grids.is_empty() {
            return invalid("grids", office::needs_grids(lang));
        }
        let communities: Result<Vec<CommunityId>, _> = self.communities.iter().map(|id| id.parse()).collect();
        let Ok(communities) = communities else {
            return invalid("communities", office::needs_communities(lang));
        };
        if role == Role::CommunityOfficer && communities.is_empty() {
            return invalid("communities", office::needs_communities(lang));
        }
        if role.is_contact() && sites.is_empty() {
            return invalid("sites", office::needs_sites(lang));
        }
        let certificates = match Certificate::read_all(&self.certificates) {
            Ok(certificates) => certificates,
            Err(words) => {
                let reason = office::certificate_wrong(lang, words);
                return Err(AppError::Invalid { field: "certificates".to_owned(), reason });
            }
        };
        let person = Person {
            id: before.as_ref().map_or_else(fresh, |person| person.id),
            username: self.username.trim().to_owned(),
            name: tidy_line(&self.name),
            role,
            phone: tidy_line(&self.phone),
            department,
            // What another role answered for is not kept for the day that it comes back.
            grids: if role == Role::Inspector { grids } else { vec![] },
            communities: if role == Role::CommunityOfficer { communities } else { vec![] },
            sites,
            certificates,
            disabled: self.disabled,
            last_seen: before.and_then(|person| person.last_seen),
        };
        Ok((person, Some(self.password).filter(|password| !password.is_empty())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    fn form(role: Role) -> PersonForm {
        PersonForm {
            name: " 李敏 ".into(),
            username: "limin".into(),
            role: role.as_str().into(),
            grids: vec![Uuid::from_u128(2).to_string()],
            communities: vec![Uuid::from_u128(3).to_string()],
            sites: "XX-01，XX-02 XX-03".into(),
            password: "安全第一2026".into(),
            ..PersonForm::default()
        }
    }

    fn read(form: PersonForm) -> Result<(Person, Option<String>), AppError> {
        let sites = form.site_codes().map(|_| SiteId(Uuid::from_u128(5))).collect();
        form.read(Lang::Zh, None, sites, || Uuid::from_u128(9).into())
    }

    fn wrong_field(form: PersonForm) -> String {
        match read(form) {
            Err(AppError::Invalid { field, .. }) => field,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_what_the_role_answers_for_is_kept() {
        let (inspector, password) = read(form(Role::Inspector)).unwrap();
        assert_eq!((inspector.name.as_str(), inspector.grids.len(), inspector.sites.len()), ("李敏", 1, 0));
        assert_eq!(password.as_deref(), Some("安全第一2026"));
        let (school, _) = read(form(Role::School)).unwrap();
        assert_eq!((school.grids.len(), school.sites.len()), (0, 3));
        let (community, _) = read(form(Role::CommunityOfficer)).unwrap();
        assert_eq!((community.communities.len(), community.grids.len(), community.sites.len()), (1, 0, 0));
        let (leader, _) = read(form(Role::Leader)).unwrap();
        assert!(leader.communities.is_empty() && leader.grids.is_empty());
    }

    #[test]
    fn a_role_without_what_it_answers_for_is_refused() {
        assert_eq!(wrong_field(form(Role::Officer)), "department");
        assert_eq!(wrong_field(PersonForm { grids: vec![], ..form(Role::Inspector) }), "grids");
        assert_eq!(wrong_field(PersonForm { grids: vec!["2".into()], ..form(Role::Inspector) }), "grids");
        let of_community = || form(Role::CommunityOfficer);
        assert_eq!(wrong_field(PersonForm { communities: vec![], ..of_community() }), "communities");
        assert_eq!(
            wrong_field(PersonForm { communities: vec!["3".into()], ..of_community() }),
            "communities"
        );
        assert_eq!(wrong_field(PersonForm { department: "2".into(), ..form(Role::Officer) }), "department");
        assert_eq!(wrong_field(PersonForm { sites: " ，".into(), ..form(Role::Enterprise) }), "sites");
        assert_eq!(wrong_field(PersonForm { role: "mayor".into(), ..form(Role::School) }), "role");
    }

    #[test]
    fn a_certificate_is_a_number_an_issuer_and_a_day() {
        let held = "0173/区司法局/2027-12-31".to_owned();
        let (person, _) = read(PersonForm { certificates: held, ..form(Role::Supervisor) }).unwrap();
        assert_eq!(person.certificates.len(), 1);
        let unread = PersonForm { certificates: "0173".into(), ..form(Role::Supervisor) };
        assert_eq!(wrong_field(unread), "certificates");
    }

    #[test]
    fn an_empty_password_changes_none_and_none_is_ever_printed() {
        let (_, password) = read(PersonForm { password: String::new(), ..form(Role::Supervisor) }).unwrap();
        assert_eq!(password, None);
        assert!(!format!("{:?}", form(Role::Supervisor)).contains("安全第一"));
    }
}
