//! Rules over what an office knows of its sites.

use super::{at, id, site};
use domain::{
    id::SiteId,
    risk::RiskLevel,
    spot_check::{RuleReason, SiteFacts, SpotCheckRule},
};
use proptest::prelude::*;

fn known() -> SiteFacts {
    SiteFacts {
        risk: RiskLevel::Considerable,
        last_visit: Some(at(1, 2)),
        open_hazards: 2,
        hazards: 3,
        reports: 2,
        ..site(1, 0x201)
    }
}

/// On the 24th: 23 days after the last visit.
#[test]
fn each_condition_has_its_reason_and_its_edge() {
    let rule = SpotCheckRule::default;
    let cases = [
        (rule(), Some(vec![])),
        (
            SpotCheckRule { kind: Some("restaurant".into()), ..rule() },
            Some(vec![RuleReason::Kind("restaurant".into())]),
        ),
        (SpotCheckRule { kind: Some("school".into()), ..rule() }, None),
        (
            SpotCheckRule { risk: Some(RiskLevel::General), ..rule() },
            Some(vec![RuleReason::Risk(RiskLevel::Considerable)]),
        ),
        (SpotCheckRule { risk: Some(RiskLevel::Major), ..rule() }, None),
        (
            SpotCheckRule { unvisited_days: Some(23), ..rule() },
            Some(vec![RuleReason::Unvisited { days: 23 }]),
        ),
        (SpotCheckRule { unvisited_days: Some(24), ..rule() }, None),
        (SpotCheckRule { open_hazards: Some(2), ..rule() }, Some(vec![RuleReason::OpenHazards(2)])),
        (SpotCheckRule { open_hazards: Some(3), ..rule() }, None),
        (
            SpotCheckRule { hazards: Some(3), within_days: Some(30), ..rule() },
            Some(vec![RuleReason::Hazards { number: 3, within_days: 30 }]),
        ),
        (SpotCheckRule { hazards: Some(4), ..rule() }, None),
        (
            SpotCheckRule { reports: Some(2), within_days: Some(30), ..rule() },
            Some(vec![RuleReason::Reports { number: 2, within_days: 30 }]),
        ),
        (SpotCheckRule { reports: Some(3), ..rule() }, None),
        (SpotCheckRule { reports: Some(1), open_hazards: Some(3), ..rule() }, None),
        (
            SpotCheckRule { reports: Some(1), hazards: Some(1), ..rule() },
            Some(vec![
                RuleReason::Hazards { number: 3, within_days: 90 },
                RuleReason::Reports { number: 2, within_days: 90 },
            ]),
        ),
        (
            SpotCheckRule { risk: Some(RiskLevel::Low), open_hazards: Some(1), ..rule() },
            Some(vec![RuleReason::Risk(RiskLevel::Considerable), RuleReason::OpenHazards(2)]),
        ),
    ];
    for (rule, expected) in cases {
        let site = known();
        let chosen = rule.choose([&site], at(24, 2));
        assert_eq!(chosen.into_iter().next().map(|one| one.reasons), expected, "{rule:?}");
    }
    let never = SiteFacts { last_visit: None, ..known() };
    let rule = SpotCheckRule { unvisited_days: Some(3_650), ..rule() };
    assert_eq!(rule.choose([&never], at(24, 2))[0].reasons, [RuleReason::NeverVisited]);
    let retired = SiteFacts { retired: true, ..known() };
    assert!(SpotCheckRule::default().choose([&retired], at(24, 2)).is_empty());
}

#[test]
fn the_weight_is_risk_times_neglect_times_hazards() {
    let cases = [
        (RiskLevel::Low, Some(at(23, 2)), 0, 1),
        (RiskLevel::Low, None, 0, 4),
        (RiskLevel::General, Some(at(23, 2)), 1, 4),
        (RiskLevel::Considerable, Some(at(23, 2)), 9, 12),
        (RiskLevel::Major, None, 9, 64),
    ];
    for (risk, last_visit, hazards, weight) in cases {
        let site = SiteFacts { risk, last_visit, hazards, ..known() };
        assert_eq!(site.weight(at(24, 2)), weight, "{risk:?} {last_visit:?} {hazards}");
    }
}

proptest! {
    /// Whatever is known of a site, the graver it is the readier it comes up, and every site can.
    #[test]
    fn weights_grow_with_what_speaks_for_a_visit(hazards in 0_u32..1_000, days in 0_i64..4_000) {
        let site = SiteFacts {
            hazards,
            last_visit: Some(at(24, 2) - chrono::Duration::days(days)),
            ..known()
        };
        let weight = site.weight(at(24, 2));
        prop_assert!((1..=64).contains(&weight));
        let graver = SiteFacts { risk: RiskLevel::Major, ..site.clone() };
        prop_assert!(graver.weight(at(24, 2)) > weight);
        let longer = SiteFacts { last_visit: None, ..site };
        prop_assert!(longer.weight(at(24, 2)) >= weight);
    }

    /// Sites come by weight, and equal ones always in the same order, however they were read.
    #[test]
    fn the_order_does_not_depend_on_how_sites_were_read(hazards in proptest::collection::vec(0_u32..4, 1..20)) {
        let sites: Vec<_> = hazards
            .iter()
            .zip(1..)
            .map(|(hazards, n)| SiteFacts { hazards: *hazards, ..site(n, 0x201) })
            .collect();
        let ids = |sites: Vec<&SiteFacts>| -> Vec<SiteId> {
            SpotCheckRule::default().choose(sites, at(24, 2)).iter().map(|one| one.site.id).collect()
        };
        let forward = ids(sites.iter().collect());
        prop_assert_eq!(&forward, &ids(sites.iter().rev().collect()));
        prop_assert_eq!(forward.len(), sites.len());
        prop_assert!(forward.contains(&id(0x501)));
    }
}
