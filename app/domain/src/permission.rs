//! # What roles may do in an office
//!
//! [`Role::actions`] is the table; an office may narrow it and never widens it. What it took away travels with each person
//! ([`Actor::withheld`](crate::role::Actor::withheld)), so that a phone without signal asks what the server will ask.

use crate::role::{Action, Role};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use thiserror::Error;

/// Actions that an office took away from a role. One that a later version knows is passed over: what is not known is not
/// done here anyway.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<Action>")]
pub struct Withheld(BTreeSet<Action>);

impl From<Vec<String>> for Withheld {
    fn from(words: Vec<String>) -> Self {
        Self(words.iter().filter_map(|word| Action::parse(word)).collect())
    }
}

impl From<Withheld> for Vec<Action> {
    fn from(withheld: Withheld) -> Self {
        withheld.0.into_iter().collect()
    }
}

impl FromIterator<Action> for Withheld {
    fn from_iter<T: IntoIterator<Item = Action>>(actions: T) -> Self {
        Self(actions.into_iter().collect())
    }
}

impl Withheld {
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn contains(&self, action: Action) -> bool {
        self.0.contains(&action)
    }
}

/// The table as an office narrowed it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(from = "Stored<String>", into = "Stored<Role>")]
pub struct Permissions {
    withheld: BTreeMap<Role, Withheld>,
    extension_limit: Option<u16>,
}

/// As it is stored: the limit beside the roles.
#[derive(Serialize, Deserialize)]
struct Stored<K: Ord> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    extension_limit: Option<u16>,
    #[serde(flatten)]
    withheld: BTreeMap<K, Withheld>,
}

impl From<Stored<String>> for Permissions {
    fn from(stored: Stored<String>) -> Self {
        let Stored { extension_limit, withheld } = stored;
        let known = withheld.into_iter().filter_map(|(role, withheld)| Some((Role::parse(&role)?, withheld)));
        Self { withheld: known.collect(), extension_limit }
    }
}

impl From<Permissions> for Stored<Role> {
    fn from(permissions: Permissions) -> Self {
        let Permissions { withheld, extension_limit } = permissions;
        Self { extension_limit, withheld }
    }
}

/// Why a table is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum PermissionRejection {
    #[error("an office narrows what a role may do and does not widen it: {role:?}, {action:?}")]
    Widens { role: Role, action: Action },
    #[error("without {action:?} nobody could undo the change")]
    LocksOut { action: Action },
    #[error("no number of days by which an extension may exceed a deadline")]
    ExtensionLimit,
}

/// The least and the most that a limit of extensions can be, in days.
pub const EXTENSION_LIMITS: (u16, u16) = (1, 365);

/// What stays with administrators whatever the office wants: without it nobody could put back what was taken away, or set the
/// office up.
pub const FIXED: [Action; 4] =
    [Action::UseOffice, Action::ManageSites, Action::ManagePeople, Action::ManageSettings];

/// 只由领导决定: what an office may reserve to its leader, by taking it away from every other role of the table. Nothing else of what a
/// leader does is anybody else's to lose.
///
/// | action | where it comes from |
/// | --- | --- |
/// | lead spot checks | 四不两直: the leader goes there and says the words; the product's table gives it to nobody else |
/// | close major hazards | 重大隐患治理完毕，应组织验收 (clause A2-079); the department accepts first, then 分管领导 or 督办机关 and never a second person of the department (一单四制) |
/// | grant long extensions | what is long is the office's to say ([`Permissions::extension_limit()`]); until it does, nobody asks for this |
/// | declare draws void | 双随机一公开: whoever draws does not draw again until the outcome pleases; a void draw stays with its reason |
pub const RESERVABLE: [Action; 4] =
    [Action::LeadSpotChecks, Action::CloseMajorHazards, Action::GrantLongExtensions, Action::VoidDraws];

/// Whether the action stays with the role.
pub fn is_fixed(role: Role, action: Action) -> bool {
    role == Role::Administrator && FIXED.contains(&action)
}

impl Permissions {
    /// The table of those that stay; what is not among them is taken away.
    ///
    /// # Errors
    /// Where one of them never was the role's, or where nobody could change the table any more.
    pub fn allowing(allowed: &BTreeSet<(Role, Action)>) -> Result<Self, PermissionRejection> {
        if let Some((role, action)) = allowed.iter().copied().find(|(role, action)| !role.may(*action)) {
            return Err(PermissionRejection::Widens { role, action });
        }
        let mut withheld = BTreeMap::<Role, Withheld>::new();
        for role in Role::ALL {
            for action in role.actions().iter().copied().filter(|action| !allowed.contains(&(role, *action)))
            {
                if is_fixed(role, action) {
                    return Err(PermissionRejection::LocksOut { action });
                }
                withheld.entry(role).or_default().0.insert(action);
            }
        }
        Ok(Self { withheld, extension_limit: None })
    }

    /// What stays of the role's own actions.
    pub fn may(&self, role: Role, action: Action) -> bool {
        let is_withheld = self.withheld.get(&role).is_some_and(|withheld| withheld.contains(action));
        role.may(action) && (is_fixed(role, action) || !is_withheld)
    }

    /// Whether this is decided by the leader alone. What administrators may do is another matter: they set the office up and answer for
    /// nothing that is decided in it.
    pub fn reserves(&self, action: Action) -> bool {
        let mut others =
            Role::ALL.into_iter().filter(|role| !matches!(role, Role::Leader | Role::Administrator));
        let is_left_to_others = others.any(|role| self.may(role, action));
        RESERVABLE.contains(&action) && self.may(Role::Leader, action) && !is_left_to_others
    }

    /// The table with this left to the leader alone.
    #[must_use]
    pub fn reserving(&self, action: Action) -> Self {
        let mut reserved = self.clone();
        if RESERVABLE.contains(&action) {
            for role in Role::ALL.into_iter().filter(|role| *role != Role::Leader && role.may(action)) {
                reserved.withheld.entry(role).or_default().0.insert(action);
            }
        }
        reserved
    }

    /// Days beyond the deadline after which an extension is granted by those alone who may
    /// [`Action::GrantLongExtensions`]. None: the office reserves none, and whoever answers for extensions grants any.
    pub fn extension_limit(&self) -> Option<u16> {
        self.extension_limit
    }

    /// The table with this limit.
    ///
    /// # Errors
    /// Where it is none of [`EXTENSION_LIMITS`].
    pub fn limiting_extensions(self, days: Option<u16>) -> Result<Self, PermissionRejection> {
        let (least, most) = EXTENSION_LIMITS;
        if days.is_some_and(|days| !(least..=most).contains(&days)) {
            return Err(PermissionRejection::ExtensionLimit);
        }
        Ok(Self { extension_limit: days, ..self })
    }

    /// Everything that stays, of every role.
    pub fn allowed(&self) -> BTreeSet<(Role, Action)> {
        let of_role = |role: Role| role.actions().iter().map(move |action| (role, *action));
        Role::ALL.into_iter().flat_map(of_role).filter(|(role, action)| self.may(*role, *action)).collect()
    }

    /// For the actor of that role.
    pub fn withheld(&self, role: Role) -> Withheld {
        role.actions().iter().copied().filter(|action| !self.may(role, *action)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(taken: &[(Role, Action)]) -> Result<Permissions, PermissionRejection> {
        let mut allowed = Permissions::default().allowed();
        allowed.retain(|one| !taken.contains(one));
        Permissions::allowing(&allowed)
    }

    #[test]
    fn an_office_that_changed_nothing_has_the_table() {
        let permissions = Permissions::default();
        for role in Role::ALL {
            assert!(permissions.withheld(role).is_empty());
            for action in Action::ALL {
                assert_eq!(permissions.may(role, action), role.may(action), "{role:?} {action:?}");
            }
        }
        assert_eq!(Permissions::allowing(&permissions.allowed()), Ok(permissions));
    }

    #[test]
    fn what_is_taken_away_is_taken_from_that_role_alone() {
        let permissions = without(&[(Role::Inspector, Action::Recheck)]).unwrap();
        assert!(!permissions.may(Role::Inspector, Action::Recheck));
        assert!(permissions.may(Role::Inspector, Action::Inspect));
        assert!(permissions.may(Role::Officer, Action::Recheck));
    }

    #[test]
    fn what_only_the_leader_decides_is_reserved_by_taking_it_from_the_others() {
        let usual = Permissions::default();
        for action in [Action::LeadSpotChecks, Action::GrantLongExtensions] {
            assert!(usual.reserves(action), "nobody else ever had it: {action:?}");
        }
        for action in [Action::CloseMajorHazards, Action::VoidDraws] {
            assert!(!usual.reserves(action), "{action:?}");
            let reserved = usual.reserving(action);
            assert!(reserved.reserves(action), "{action:?}");
            for role in Role::ALL {
                assert_eq!(reserved.may(role, action), role == Role::Leader, "{role:?} {action:?}");
            }
            // It is a table like any other: the office may write it, and take it back.
            assert_eq!(Permissions::allowing(&reserved.allowed()), Ok(reserved));
        }
        assert_eq!(usual.reserving(Action::Inspect), usual, "not the leader's to keep");
    }

    #[test]
    fn extensions_are_limited_by_days_that_can_be_and_the_table_stays_beside() {
        let narrowed = without(&[(Role::Leader, Action::Recheck)]).unwrap();
        let limited = narrowed.clone().limiting_extensions(Some(30)).unwrap();
        assert_eq!((limited.extension_limit(), limited.allowed()), (Some(30), narrowed.allowed()));
        let stored = serde_json::to_string(&limited).unwrap();
        assert_eq!(stored, r#"{"extension_limit":30,"leader":["recheck"]}"#);
        assert_eq!(serde_json::from_str::<Permissions>(&stored).unwrap(), limited);
        assert_eq!(limited.clone().limiting_extensions(None), Ok(narrowed));
        for days in [0, 366] {
            let rejected = limited.clone().limiting_extensions(Some(days));
            assert_eq!(rejected, Err(PermissionRejection::ExtensionLimit), "{days}");
        }
    }

    #[test]
    fn no_office_widens_the_table_or_locks_itself_out() {
        let mut allowed = Permissions::default().allowed();
        allowed.insert((Role::School, Action::Recheck));
        let widened = PermissionRejection::Widens { role: Role::School, action: Action::Recheck };
        assert_eq!(Permissions::allowing(&allowed), Err(widened));
        for action in FIXED {
            let rejected = without(&[(Role::Administrator, action)]);
            assert_eq!(rejected, Err(PermissionRejection::LocksOut { action }));
        }
        assert!(without(&[(Role::Administrator, Action::Inspect)]).is_ok());
    }

    #[test]
    fn a_stored_table_that_says_otherwise_locks_nobody_out_and_gives_nothing() {
        let stored =
            r#"{"administrator":["manage_settings","read_minds"],"mayor":["inspect"],"leader":["recheck"]}"#;
        let permissions: Permissions = serde_json::from_str(stored).unwrap();
        assert!(permissions.may(Role::Administrator, Action::ManageSettings));
        assert!(!permissions.may(Role::Leader, Action::Recheck));
        assert!(!permissions.may(Role::Leader, Action::ManageSites));
        let again = serde_json::to_string(&permissions).unwrap();
        assert_eq!(again, r#"{"leader":["recheck"],"administrator":["manage_settings"]}"#);
    }
}
