//! What is offered to whom, and for whom a hazard waits.

use super::{
    accept, ask, day, found, general, grant, issued, list, major, of_authority, open, photo, plan, rectify,
    refer, reopen, run, somebody, start, suspend,
};
use domain::{
    form::ResponsibleKind,
    hazard::{
        FixedOnSpot, Found, Hazard, HazardCommand, HazardCommandKind, HazardEventKind, Issued,
        RejectedBecause, actions_for, waits_for,
    },
    id::EventId,
    permission::Permissions,
    role::{Action, Actor, Role, Scope},
    severity::Severity,
};
use uuid::Uuid;

/// What the actor may do, barred or not.
fn kinds(hazard: &Hazard, actor: &Actor) -> Vec<HazardCommandKind> {
    actions_for(hazard, actor, start()).iter().map(|action| action.kind).collect()
}

#[test]
fn what_was_found_is_assigned_first() {
    use HazardCommandKind::*;
    assert_eq!(kinds(&general(), &somebody(2, Role::Supervisor)), [Assign, Refer, Merge]);
    assert_eq!(kinds(&major(), &somebody(2, Role::Officer)), [Assign, List, Suspend, Refer, Merge]);
    assert_eq!(kinds(&major(), &somebody(2, Role::Inspector)), [], "an inspector directs nothing");
    let elsewhere = Actor { scope: Scope::Grids(vec![]), ..somebody(2, Role::Supervisor) };
    assert_eq!(kinds(&general(), &elsewhere), [], "and nobody what is out of sight");
    let (listed, _) = run(major(), &[(2, list()), (2, suspend())]);
    let once_is_enough = [Assign, LiftSuspension, Refer, Merge];
    assert_eq!(kinds(&listed, &somebody(2, Role::Officer)), once_is_enough);
}

#[test]
fn who_did_the_work_is_told_why_they_may_not_accept_it() {
    let (hazard, _) = run(general(), &[(2, plan(day(22))), (3, rectify())]);
    let own = actions_for(&hazard, &somebody(3, Role::Inspector), start());
    assert_eq!(own.barred(HazardCommandKind::Accept), Some(&RejectedBecause::OwnWork));
    assert!(!own.allows(HazardCommandKind::Accept) && !own.allows(HazardCommandKind::Return));
    let others = actions_for(&hazard, &somebody(4, Role::Inspector), start());
    assert!(others.allows(HazardCommandKind::Accept) && others.allows(HazardCommandKind::Return));
    assert_eq!(others.barred(HazardCommandKind::Accept), None);
    let enterprise = actions_for(&hazard, &somebody(4, Role::Enterprise), start());
    assert_eq!(enterprise.iter().count(), 0);
}

/// One rule for the phone's first page and for its list.
#[test]
fn each_hazard_waits_for_whoever_has_to_act() {
    let today = day(22);
    let waits = |hazard: &Hazard, role| waits_for(hazard, &somebody(9, role), today);
    assert!(waits(&general(), Role::Officer) && !waits(&general(), Role::Inspector));

    let (later, _) = run(general(), &[(2, plan(day(23)))]);
    assert!(waits(&later, Role::Enterprise) && !waits(&later, Role::Inspector));
    let (due, _) = run(general(), &[(2, plan(day(22)))]);
    assert!(waits(&due, Role::Enterprise) && waits(&due, Role::Inspector), "its day has come");
    let (asked, _) = run(general(), &[(2, plan(day(23))), (3, ask(day(29)))]);
    assert!(waits(&asked, Role::Officer) && !waits(&asked, Role::Inspector), "it waits for an answer");

    let (done, _) = run(general(), &[(2, plan(day(22))), (3, rectify())]);
    assert!(waits(&done, Role::Inspector) && !waits(&done, Role::Enterprise));
    assert!(!waits_for(&done, &somebody(3, Role::Inspector), today), "it is their own work");
    let (closed, _) = run(done, &[(4, accept())]);
    assert!(!waits(&closed, Role::Supervisor));
}

/// A finder refers nothing: it is found as any other, and waits for the office to refer it.
#[test]
fn what_is_not_the_sites_to_put_right_waits_to_be_referred() {
    let hazard = open(of_authority());
    assert_eq!(hazard.events[0].event.kind(), HazardEventKind::Found);
    assert!(hazard.is_to_be_referred() && hazard.is_open());
    assert_eq!((hazard.due, hazard.found.authority()), (None, Some("消防救援大队")));
    let unknown = Found { responsible_kind: ResponsibleKind::Unknown, ..found(Severity::General) };
    assert_eq!(unknown.authority(), None);
    assert!(unknown.due.is_some());
    let unknown = open(unknown);
    assert!(unknown.is_to_be_referred() && !general().is_to_be_referred());
    assert_eq!(
        (unknown.due, unknown.found.due),
        (None, None),
        "nobody is late with it, whatever a phone says"
    );

    let waits = |hazard: &Hazard, role| waits_for(hazard, &somebody(9, role), day(22));
    assert!(waits(&hazard, Role::Officer) && !waits(&hazard, Role::Inspector));
    assert!(!waits(&hazard, Role::Enterprise), "nothing is asked of the site's party");
    let may = actions_for(&hazard, &somebody(2, Role::Supervisor), start());
    assert!(may.allows(HazardCommandKind::Refer) && !may.allows(HazardCommandKind::Rectify));

    let (referred, rejections) = run(hazard, &[(2, refer())]);
    assert!(rejections == [None] && !referred.is_open() && !referred.is_to_be_referred());
    let (again, _) = run(referred, &[(2, reopen(None))]);
    assert!(again.is_to_be_referred(), "what the authority sent back is the office's to see to again");
}

#[test]
fn what_the_office_assigns_all_the_same_is_referred_by_nobody() {
    let (assigned, rejections) = run(open(of_authority()), &[(2, plan(day(22)))]);
    assert!(rejections == [None] && !assigned.is_to_be_referred());
    let (closed, _) = run(assigned, &[(3, rectify()), (4, accept()), (2, reopen(None))]);
    assert!(!closed.is_to_be_referred(), "the plan says who answers for it");
    let fixed = Some(FixedOnSpot { note: String::new(), photos: vec![photo(3)] });
    let fixed = open(Found { fixed, ..of_authority() });
    assert!(!fixed.is_open() && !fixed.is_to_be_referred(), "it was put right on the spot");
}

#[test]
fn a_major_hazard_waits_for_those_who_judge_it() {
    let put_right = [(2, plan(day(22))), (3, rectify())];
    let (grave, _) = run(major(), &put_right);
    let (slight, _) = run(general(), &put_right);
    for role in [Role::Inspector, Role::CommunityOfficer] {
        let offered = actions_for(&grave, &somebody(4, role), start());
        for kind in [HazardCommandKind::Accept, HazardCommandKind::Return] {
            assert_eq!(offered.barred(kind), Some(&RejectedBecause::BeyondRole), "{role:?}");
        }
        assert!(!waits_for(&grave, &somebody(4, role), day(22)), "{role:?}");
        assert!(waits_for(&slight, &somebody(4, role), day(22)), "{role:?}");
    }
    for role in [Role::Officer, Role::Supervisor, Role::Leader] {
        assert!(waits_for(&grave, &somebody(4, role), day(22)), "{role:?}");
    }
}

/// Role by level: who answers for an extension, who waits for others to do so, and who is not asked.
#[test]
fn an_extension_is_answered_by_the_community_for_what_is_general_and_by_the_office_for_all() {
    use HazardCommandKind::{GrantExtension, RefuseExtension};
    let asked = [(2, plan(day(23))), (3, ask(day(29)))];
    let (grave, _) = run(major(), &asked);
    let (slight, _) = run(general(), &asked);
    let beyond = RejectedBecause::BeyondRole;
    for role in Role::ALL {
        let (of_slight, of_grave) = match role {
            Role::CommunityOfficer => (Some(None), Some(Some(&beyond))),
            Role::Officer | Role::Supervisor | Role::Administrator => (Some(None), Some(None)),
            Role::Inspector | Role::Leader | Role::Enterprise | Role::School => (None, None),
        };
        let by = somebody(4, role);
        for (hazard, expected) in [(&slight, of_slight), (&grave, of_grave)] {
            let offered = actions_for(hazard, &by, start());
            for kind in [GrantExtension, RefuseExtension] {
                let found = offered.iter().find(|action| action.kind == kind);
                let found = found.map(|action| action.barred.as_ref());
                assert_eq!(found, expected, "{role:?}: {kind:?} of {:?}", hazard.level());
            }
        }
        if role == Role::CommunityOfficer {
            assert!(waits_for(&slight, &by, day(22)) && !waits_for(&grave, &by, day(22)));
        }
    }
    let (granted, because) =
        slight.attempt(&grant(day(29)), &issued(9, &somebody(4, Role::CommunityOfficer)));
    assert_eq!((granted.due, because), (Some(day(29)), None));
    let (kept, because) = grave.attempt(&grant(day(29)), &issued(9, &somebody(4, Role::CommunityOfficer)));
    assert_eq!((kept.due, because), (Some(day(23)), Some(RejectedBecause::BeyondRole)));
}

/// The department accepts first; who closes it is the office's to say, down to the leader alone.
#[test]
fn who_closes_a_major_hazard_is_reserved() {
    let (once, _) = run(major(), &[(2, plan(day(22))), (3, rectify()), (1, accept())]);
    let officer = somebody(4, Role::Officer);
    let offered = actions_for(&once, &officer, start());
    assert_eq!(offered.barred(HazardCommandKind::Accept), Some(&RejectedBecause::ClosingReserved));
    assert!(offered.allows(HazardCommandKind::Return), "it is sent back all the same");
    assert!(!waits_for(&once, &officer, day(22)));
    for role in [Role::Supervisor, Role::Leader] {
        assert!(
            actions_for(&once, &somebody(4, role), start()).allows(HazardCommandKind::Accept),
            "{role:?}"
        );
    }
    let reserved = Permissions::default().reserving(Action::CloseMajorHazards);
    let as_reserved = |role| Actor { withheld: reserved.withheld(role), ..somebody(4, role) };
    assert!(!waits_for(&once, &as_reserved(Role::Supervisor), day(22)));
    assert!(waits_for(&once, &as_reserved(Role::Leader), day(22)));
    let by = as_reserved(Role::Supervisor);
    let issued = Issued { id: EventId(Uuid::from_u128(99)), at: start(), received_at: None, by: &by };
    let (still, because) = once.attempt(&accept(), &issued);
    assert!(because == Some(RejectedBecause::ClosingReserved) && still.is_open());
}

/// From how many days on it is the leader's is the office's to say; until it does, it is nobody's.
#[test]
fn a_long_extension_is_the_leaders_to_grant() {
    use HazardCommandKind::{GrantExtension, RefuseExtension};
    let (asked, _) = run(general(), &[(2, plan(day(20))), (3, ask(day(26)))]);
    let by = |role, extension_limit| Actor { extension_limit, ..somebody(4, role) };
    let answered = |hazard: &Hazard, until, actor: &Actor| {
        let (hazard, because) = hazard.clone().attempt(&grant(day(until)), &issued(9, actor));
        (hazard.due, because)
    };
    let reserved = RejectedBecause::LongExtensionReserved { days: 5 };
    for role in [Role::CommunityOfficer, Role::Officer, Role::Supervisor] {
        let limited = by(role, Some(5));
        assert_eq!(answered(&asked, 26, &limited), (Some(day(20)), Some(reserved.clone())), "{role:?}");
        assert_eq!(answered(&asked, 25, &limited), (Some(day(25)), None), "less is theirs: {role:?}");
        assert!(actions_for(&asked, &limited, start()).allows(RefuseExtension), "{role:?}");
        assert!(!waits_for(&asked, &limited, day(19)), "{role:?}");
        let free = by(role, None);
        assert_eq!(answered(&asked, 26, &free), (Some(day(26)), None), "{role:?}");
        assert!(waits_for(&asked, &free, day(19)), "{role:?}");
    }
    let leader = by(Role::Leader, Some(5));
    assert!(waits_for(&asked, &leader, day(19)));
    for kind in [GrantExtension, RefuseExtension] {
        assert!(actions_for(&asked, &leader, start()).allows(kind), "{kind:?}");
    }
    assert_eq!(answered(&asked, 26, &leader), (Some(day(26)), None));
    let (short, _) = run(general(), &[(2, plan(day(20))), (3, ask(day(25)))]);
    assert!(!waits_for(&short, &leader, day(19)), "that is not left to them");
    assert!(waits_for(&short, &by(Role::Officer, Some(5)), day(19)));
}

/// A plan may change, and is no way round.
#[test]
fn nobody_else_plans_anew_what_would_be_a_long_extension() {
    let (planned, _) = run(general(), &[(2, plan(day(20)))]);
    let by = |role, extension_limit| Actor { extension_limit, ..somebody(4, role) };
    let officer = by(Role::Officer, Some(5));
    let reserved = Some(RejectedBecause::LongExtensionReserved { days: 5 });
    let (kept, because) = planned.clone().attempt(&plan(day(26)), &issued(8, &officer));
    assert_eq!((kept.due, because), (Some(day(20)), reserved.clone()));
    let (later, because) = planned.clone().attempt(&plan(day(25)), &issued(8, &officer));
    assert_eq!((later.due, because), (Some(day(25)), None));
    let (kept, because) = later.attempt(&plan(day(28)), &issued(9, &officer));
    assert_eq!((kept.due, because), (Some(day(25)), reserved), "from the first plan on");
    let (free, because) = planned.attempt(&plan(day(26)), &issued(8, &by(Role::Officer, None)));
    assert_eq!((free.due, because), (Some(day(26)), None));
    let (again, _) = run(free, &[(3, rectify()), (4, accept()), (2, reopen(None))]);
    let (anew, because) = again.attempt(&plan(day(30)), &issued(19, &officer));
    assert_eq!((anew.due, because), (Some(day(30)), None), "it begins anew");
}

#[test]
fn whoever_is_of_a_site_reports_what_their_own_check_found() {
    let contact = somebody(4, Role::Enterprise);
    let seen = HazardCommand::Report(found(Severity::General));
    let checked =
        HazardCommand::Report(Found { visit: Some(Uuid::nil().into()), ..found(Severity::General) });
    let place = general().place;
    assert!(!contact.may_command(&seen, &place) && contact.may_command(&checked, &place));
    assert!(somebody(4, Role::Inspector).may_command(&seen, &place));
}

#[test]
fn what_the_office_took_away_is_not_offered() {
    let (hazard, _) = run(general(), &[(2, plan(day(22))), (3, rectify())]);
    let withheld = [Action::Recheck].into_iter().collect();
    let narrowed = Actor { withheld, ..somebody(4, Role::Officer) };
    assert!(!actions_for(&hazard, &narrowed, start()).allows(HazardCommandKind::Accept));
    assert!(!waits_for(&hazard, &narrowed, day(22)));
}
