//! People and their accounts: the only writer of them.

mod form;

pub use form::{all, list, save};

use crate::{
    error::Error,
    services::Services,
    spot_checks::{in_hand, plans_held},
    storage::{Places, Record, Result as Stored, StoreError, Transaction},
};
use domain::{
    audit::{Act, Author, By, Subject, SubjectKind},
    id::{CommunityId, OfficeId},
    limits::{OverLimit, check_username, records::check_person},
    person::Person,
    role::Role,
    text::Lang,
};
use i18n::{admin as t, limits, office, tasks};
use serde_json::{Value, json};
use std::collections::HashMap;

/// An account as it is to be. It is made where its id is new.
#[derive(Debug, Clone)]
pub struct PersonChange {
    pub person: Person,
    /// None leaves the password as it is.
    pub password: Option<NewHash>,
}

/// Hashed before the write transaction begins.
#[derive(Clone)]
pub struct NewHash {
    pub hash: String,
    /// Set by an administrator: the person changes it before anything else.
    pub due: bool,
    /// The session in which a person changes their own account.
    pub keep: Option<i64>,
}

impl std::fmt::Debug for NewHash {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewHash").field("due", &self.due).finish_non_exhaustive()
    }
}

/// Rules for changes of accounts, by page, import or command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    UsernameWrong,
    UsernameTaken,
    /// A field holds too much, or signs that it may not hold.
    Limit(OverLimit),
    NameMissing,
    DepartmentMissing,
    /// An inspector without a grid.
    GridsMissing,
    /// A community officer without a community.
    CommunitiesMissing,
    /// One of them is no more.
    CommunityUnknown,
    /// A contact without a site.
    SitesMissing,
    PasswordMissing,
    /// One's own account is neither switched off nor given another role.
    NotOneself,
    /// At least one account must be able to manage accounts.
    LastAdministrator,
    /// So many open tasks go to somebody else before the account is switched off.
    OpenTasks(usize),
    /// The same before somebody becomes a site's contact, who is given no work.
    OpenTasksOfContact(usize),
    /// So many spot checks go to somebody else before the account is switched off.
    OpenChecks(usize),
    /// The same before somebody becomes a site's contact.
    OpenChecksOfContact(usize),
    /// So many plans of spot checks, which they lead or are to go out in, go to somebody else before the account is switched off.
    OpenPlans(usize),
    /// The same before somebody becomes a site's contact.
    OpenPlansOfContact(usize),
}

impl Rule {
    /// The field of a form.
    pub fn field(self) -> &'static str {
        match self {
            Self::UsernameWrong | Self::UsernameTaken => "username",
            Self::NameMissing => "name",
            Self::DepartmentMissing => "department",
            Self::GridsMissing => "grids",
            Self::CommunitiesMissing | Self::CommunityUnknown => "communities",
            Self::SitesMissing => "sites",
            Self::PasswordMissing => "password",
            Self::NotOneself
            | Self::LastAdministrator
            | Self::OpenTasksOfContact(_)
            | Self::OpenChecksOfContact(_)
            | Self::OpenPlansOfContact(_) => "role",
            Self::OpenTasks(_) | Self::OpenChecks(_) | Self::OpenPlans(_) => "disabled",
            Self::Limit(over) => over.field.as_str(),
        }
    }

    pub fn words(self, lang: Lang) -> String {
        let words = match self {
            Self::Limit(over) => return limits::over(lang, over),
            Self::OpenTasks(open) => return tasks::still_has(lang, open),
            Self::OpenTasksOfContact(open) => return tasks::still_has_as_contact(lang, open),
            Self::OpenChecks(sent) => return tasks::still_has_checks(lang, sent),
            Self::OpenChecksOfContact(sent) => return tasks::still_has_checks_as_contact(lang, sent),
            Self::OpenPlans(plans) => return tasks::still_has_plans(lang, plans),
            Self::OpenPlansOfContact(plans) => return tasks::still_has_plans_as_contact(lang, plans),
            Self::UsernameWrong => t::username_wrong(lang),
            Self::UsernameTaken => t::username_taken(lang),
            Self::NameMissing => t::name_missing(lang),
            Self::DepartmentMissing => t::department_missing(lang),
            Self::GridsMissing => office::needs_grids(lang),
            Self::CommunitiesMissing => office::needs_communities(lang),
            Self::CommunityUnknown => office::community_gone(lang),
            Self::SitesMissing => office::needs_sites(lang),
            Self::PasswordMissing => t::password_missing(lang),
            Self::NotOneself => t::not_oneself(lang),
            Self::LastAdministrator => t::last_administrator(lang),
        };
        words.to_owned()
    }
}

/// What can be said of an account by itself.
pub fn check(person: &Person) -> Result<(), Rule> {
    if person.username.is_empty() || check_username(&person.username).is_err() {
        return Err(Rule::UsernameWrong);
    }
    if person.name.trim().is_empty() {
        return Err(Rule::NameMissing);
    }
    if person.role == Role::Officer && person.department.is_none() {
        return Err(Rule::DepartmentMissing);
    }
    check_person(person).map_err(Rule::Limit)
}

/// Whoever answers for nothing sees nothing: not found out by the person at their first sign-in, but told to whoever makes
/// it so. What was so before and is not touched stays: a new telephone number is no matter of grids.
fn check_scope(person: &Person, before: Option<&Person>) -> Result<(), Rule> {
    let scope = |person: &Person| {
        let Person { role, disabled, grids, communities, sites, .. } = person.clone();
        (role, disabled, grids, communities, sites)
    };
    if person.disabled || before.map(scope) == Some(scope(person)) {
        return Ok(());
    }
    match person.role {
        Role::Inspector if person.grids.is_empty() => Err(Rule::GridsMissing),
        Role::CommunityOfficer if person.communities.is_empty() => Err(Rule::CommunitiesMissing),
        Role::Enterprise | Role::School if person.sites.is_empty() => Err(Rule::SitesMissing),
        Role::Inspector
        | Role::CommunityOfficer
        | Role::Enterprise
        | Role::School
        | Role::Officer
        | Role::Supervisor
        | Role::Leader
        | Role::Administrator => Ok(()),
    }
}

/// All of them or none: where one is refused ([`Error::Account`]), the transaction is to be dropped. Whoever has a new password or is switched
/// off is signed out everywhere, but for the session in which somebody changes their own.
pub async fn save_all(
    state: &Services,
    tx: &mut dyn Transaction,
    office: OfficeId,
    author: &Author,
    changes: Vec<PersonChange>,
) -> Result<(), Error> {
    let places = tx.places(office).await?;
    let mut known: HashMap<_, _> =
        tx.people(office).await?.into_iter().map(|person| (person.id, person)).collect();
    let oneself = match &author.by {
        By::Person { id, .. } => Some(*id),
        By::CommandLine | By::Nobody => None,
    };
    let (mut last, mut is_told) = (0, false);
    for (position, PersonChange { person, password }) in changes.into_iter().enumerate() {
        let refused = |rule| Error::Account { position, rule };
        last = position;
        check(&person).map_err(refused)?;
        let before = known.get(&person.id);
        check_scope(&person, before).map_err(refused)?;
        let is_here = |id: CommunityId| places.communities.iter().any(|known| known.id == id);
        if !person.communities.iter().copied().all(is_here) {
            return Err(refused(Rule::CommunityUnknown));
        }
        if before.is_none() && password.is_none() {
            return Err(refused(Rule::PasswordMissing));
        }
        if oneself == Some(person.id) && (person.disabled || person.role != Role::Administrator) {
            return Err(refused(Rule::NotOneself));
        }
        let leaves = leaves(before, &person);
        if oneself.is_some() && (leaves || becomes_contact(before, &person)) {
            let open = tx.open_tasks_of(office, person.id).await?.len();
            if open > 0 {
                let rule = if leaves { Rule::OpenTasks } else { Rule::OpenTasksOfContact };
                return Err(refused(rule(open)));
            }
            let sent = in_hand(tx.sent_spot_checks(office).await?, person.id, state.now()).len();
            if sent > 0 {
                let rule = if leaves { Rule::OpenChecks } else { Rule::OpenChecksOfContact };
                return Err(refused(rule(sent)));
            }
            let held = plans_held(tx, office, person.id, state.now()).await?;
            let plans = held.iter().filter(|plan| plan.is_handed_over()).count();
            if plans > 0 {
                let rule = if leaves { Rule::OpenPlans } else { Rule::OpenPlansOfContact };
                return Err(refused(rule(plans)));
            }
        }
        match tx.put_person(office, &person, None).await {
            Err(StoreError::Taken(_)) => return Err(refused(Rule::UsernameTaken)),
            other => other?,
        }
        let (act, was) = match before {
            Some(before) => (Act::Changed, facts(&mut *tx, office, &places, before).await?),
            None => (Act::Added, Value::Null),
        };
        let is = facts(&mut *tx, office, &places, &person).await?;
        if was != is {
            let entry = state.audit(office, author, act, subject(&person)).change(&was, &is);
            tx.put_audit(&entry).await?;
            is_told = true;
        }
        if let Some(NewHash { hash, due, keep }) = password {
            tx.put_password(person.id, &hash, due, keep).await?;
            if before.is_some() {
                tx.put_audit(&state.audit(office, author, Act::PasswordChanged, subject(&person))).await?;
            }
        }
        known.insert(person.id, person);
    }
    let administrates = |person: &Person| person.role == Role::Administrator && !person.disabled;
    if !known.values().any(administrates) {
        return Err(Error::Account { position: last, rule: Rule::LastAdministrator });
    }
    if is_told {
        // Who may be given work stands there, and who holds certificates; once, however many accounts were changed.
        tx.touch(office, &[Record::Directory]).await?;
    }
    Ok(())
}

/// Whether the account is being switched off. The command line does so whatever is open: it is how somebody is locked out at
/// once.
fn leaves(before: Option<&Person>, person: &Person) -> bool {
    person.disabled && before.is_some_and(|before| !before.disabled)
}

/// Whether somebody of the office is of a site from now on.
fn becomes_contact(before: Option<&Person>, person: &Person) -> bool {
    person.role.is_contact() && before.is_some_and(|before| !before.role.is_contact())
}

/// As 操作记录 calls an account.
pub fn subject(person: &Person) -> Subject {
    let label = format!("{} ({})", person.name, person.username);
    Subject::new(SubjectKind::Account, person.id.0, label)
}

/// The account as people read it: names in the place of ids.
async fn facts(
    tx: &mut dyn Transaction,
    office: OfficeId,
    places: &Places,
    person: &Person,
) -> Stored<Value> {
    let department = places.departments.iter().find(|known| Some(known.id) == person.department);
    let grid = |grid: &domain::place::Grid| {
        let community = places.communities.iter().find(|known| known.id == grid.community);
        format!("{}/{}", community.map_or("", |community| &community.name), grid.name)
    };
    let grids = places.grids.iter().filter(|known| person.grids.contains(&known.id)).map(grid);
    let communities = places.communities.iter().filter(|known| person.communities.contains(&known.id));
    let mut sites: Vec<_> =
        tx.sites(office, &person.sites).await?.into_values().map(|site| site.code).collect();
    sites.sort_unstable();
    Ok(json!({
        "username": person.username,
        "name": person.name,
        "role": person.role,
        "phone": person.phone,
        "department": department.map(|department| &department.name),
        "grids": grids.collect::<Vec<_>>(),
        "communities": communities.map(|known| &known.name).collect::<Vec<_>>(),
        "sites": sites,
        "certificates": person.certificates,
        "disabled": person.disabled,
    }))
}
