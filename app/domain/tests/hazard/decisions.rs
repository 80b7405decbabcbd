//! What is decided holds in any life.

use super::{any_command, any_life, found, issued, open, run, somebody, start};
use domain::{
    hazard::{Hazard, HazardEvent, HazardStatus, Issued, RejectedBecause, actions_for, decide},
    role::{Actor, Role},
};
use proptest::prelude::*;

proptest! {
    #[test]
    fn nothing_is_dropped_and_rejections_change_nothing((level, steps) in any_life()) {
        let mut hazard = open(found(level));
        for (n, (by, command)) in steps.iter().enumerate() {
            let before = hazard.clone();
            let by = somebody(*by, Role::Supervisor);
            let (after, because) = hazard.attempt(command, &issued(n as u128 + 1, &by));
            prop_assert_eq!(after.events.len(), before.events.len() + 1);
            let newest = after.events.last().unwrap();
            prop_assert_eq!(newest.rejection(), because.as_ref());
            prop_assert_eq!(newest.event.command(), Some(command.clone()));
            if because.is_some() {
                prop_assert_eq!(Hazard { events: vec![], ..after.clone() }, Hazard { events: vec![], ..before });
            } else {
                // The table says what it answers and whither it moves.
                let row = newest.event.kind().row();
                prop_assert_eq!(row.answers, Some(command.kind()));
                prop_assert_eq!(after.status.kind(), row.moves.unwrap_or(before.status.kind()));
            }
            hazard = after;
        }
    }

    #[test]
    fn a_repeated_command_changes_nothing((level, steps) in any_life()) {
        let (hazard, _) = run(open(found(level)), &steps);
        for known in hazard.events.clone() {
            let by = Actor { person: known.by.unwrap(), ..somebody(1, Role::Supervisor) };
            let issued = Issued { id: known.id, at: known.at, received_at: None, by: &by };
            let (again, because) = hazard.clone().attempt(&known.event.command().unwrap(), &issued);
            prop_assert_eq!(&again, &hazard);
            prop_assert_eq!(because.as_ref(), known.rejection());
        }
    }

    #[test]
    fn what_can_be_done_is_done((level, steps) in any_life(), by in 1u128..5, command in any_command()) {
        let (hazard, _) = run(open(found(level)), &steps);
        let by = somebody(by, Role::Supervisor);
        let foretold = hazard.can(command.kind(), &by, start());
        let offered = actions_for(&hazard, &by, start()).allows(command.kind());
        let decided = decide(&hazard, &command, &issued(1000, &by));
        if offered {
            prop_assert_eq!(&foretold, &Ok(()));
        }
        match (&foretold, &decided) {
            // What hangs on the content is told only where it is there.
            (Ok(()), Err(because)) => prop_assert_eq!(because, &RejectedBecause::IntoItself),
            (Ok(()), Ok(events)) => prop_assert_eq!(events.len(), 1),
            (Err(foretold), decided) => prop_assert_eq!(Err(foretold), decided.as_ref()),
        }
        let (_, because) = hazard.attempt(&command, &issued(1000, &by));
        prop_assert_eq!(decided.err(), because);
    }

    #[test]
    fn nobody_closes_what_they_put_right((level, steps) in any_life()) {
        let (hazard, _) = run(open(found(level)), &steps);
        if let HazardStatus::Closed { by, .. } = hazard.status {
            let rectifier =
                hazard.events.iter().rev().find(|r| matches!(r.event, HazardEvent::Rectified(_)));
            prop_assert!(rectifier.is_none_or(|record| record.by != Some(by)));
        }
    }
}
