//! 谁管这个网格: who walks the grid in which work lies, whoever that is by now.

use super::Colleague;
use crate::role::{ResourceScope, Role, Scope};

/// The grid member who walks the grid there, of those whom the work can be given to; of several the first as they are listed. None
/// where nobody walks it.
pub fn holder_of<'a>(takers: &'a [Colleague], place: &ResourceScope) -> Option<&'a Colleague> {
    takers.iter().find(|one| {
        let walks = match &one.scope {
            Scope::Grids(grids) => grids.contains(&place.grid),
            Scope::Office | Scope::Department { .. } | Scope::Sites(_) => false,
        };
        walks && one.role == Role::Inspector
    })
}
