//! Role, place and what was taken away, together.

use super::{Action, ResourceScope, Role, Scope};
use crate::{
    id::{OfficeId, PersonId},
    permission::Withheld,
    visit::VisitNature,
};
use serde::{Deserialize, Serialize};

/// A signed-in person, as every rule sees them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Actor {
    pub office: OfficeId,
    pub person: PersonId,
    pub name: String,
    pub role: Role,
    pub scope: Scope,
    /// What the office took away from the role.
    #[serde(default, skip_serializing_if = "Withheld::is_empty")]
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<Action>))]
    pub withheld: Withheld,
    /// Days beyond the deadline up to which an extension is granted without [`Action::GrantLongExtensions`], as the office says. None: it
    /// reserves none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension_limit: Option<u16>,
}

impl Actor {
    /// What the role may do as the office has it, wherever that is.
    pub fn may_do(&self, action: Action) -> bool {
        self.role.may(action) && !self.withheld.contains(action)
    }

    /// Whether they may submit a visit of this nature there.
    pub fn may_visit(&self, nature: VisitNature, place: &ResourceScope) -> bool {
        self.may(Action::Inspect, place) && self.role.visits_as(nature)
    }

    /// Whether they go from door to door: whoever is of a site checks it and no other.
    pub fn may_patrol(&self) -> bool {
        self.may_do(Action::Inspect) && self.role.visits_as(VisitNature::Patrol)
    }

    /// Whether they are told what was answered at a site the last time: that is for whoever answers the next time, and what the
    /// office was answered is not the site's to know.
    pub fn reads_last_answers(&self) -> bool {
        self.may_do(Action::Inspect) && !self.role.is_contact()
    }

    /// Role and place together.
    pub fn may(&self, action: Action, place: &ResourceScope) -> bool {
        self.may_do(action) && self.scope.covers(place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    #[test]
    fn contacts_walk_no_street_and_nobody_does_from_whom_it_was_taken() {
        for role in Role::ALL {
            let actor = |withheld| Actor {
                office: OfficeId(Uuid::nil()),
                person: PersonId(Uuid::nil()),
                name: String::new(),
                role,
                scope: Scope::Office,
                withheld,
                extension_limit: None,
            };
            let walks = role.may(Action::Inspect) && !role.is_contact();
            assert_eq!(actor(Withheld::default()).may_patrol(), walks, "{role:?}");
            let taken: Withheld = [Action::Inspect].into_iter().collect();
            assert!(!actor(taken).may_patrol(), "{role:?}");
        }
    }
}
