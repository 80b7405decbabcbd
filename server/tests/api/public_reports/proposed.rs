//! 按规则选: what people report chooses the sites of a plan of spot checks.

use super::{super::office::now, desk, placed, report, said, sent_from, solved};
use chrono::Duration;
use domain::{
    public_report::{PublicReportFilter, ReportState},
    role::Role,
    spot_check::{RuleReason, SpotCheckRule},
};
use server::service::{
    public_reports::{self, Wanted},
    spot_checks,
};

#[tokio::test]
async fn a_plan_finds_the_sites_that_people_report() {
    let office = placed().await;
    let by = desk(&office, Role::Supervisor).await;
    let rule = SpotCheckRule { reports: Some(1), within_days: Some(30), ..SpotCheckRule::default() };
    let found = async || {
        let found = spot_checks::propose(&office.state, &by, &rule, "").await.unwrap();
        found.sites.into_iter().map(|site| (site.id, site.reasons)).collect::<Vec<_>>()
    };
    let told = |number| vec![(office.site.id, vec![RuleReason::Reports { number, within_days: 30 }])];
    assert_eq!(found().await, []);
    for address in ["192.0.2.1", "192.0.2.2"] {
        report(&office, address, "占着消防通道摆摊").await;
    }
    for n in 0..6 {
        let sent = solved(&office, said(&format!("第 {n} 处"))).await;
        sent_from(&office, "2001:db8:1:2::9", sent).await.unwrap();
    }
    let rows = public_reports::list(&office.state, &by, &PublicReportFilter::default()).await.unwrap().rows;
    assert_eq!((rows.len(), found().await), (7, vec![]), "no stranger sends anybody anywhere");
    let act = async |id, wanted| public_reports::act(&office.state, &by, id, wanted).await.unwrap();
    let confirm = || Wanted::Confirm { note: "去看过，属实".to_owned() };
    let told_twice = rows.iter().find(|row| row.voices == 2).unwrap();
    act(told_twice.report.id, confirm()).await;
    assert_eq!(found().await, told(1), "two voices of the same");
    let aside: Vec<_> = rows.iter().filter(|row| row.report.state == ReportState::Quarantined).collect();
    let [aside] = aside[..] else { panic!("{aside:?}") };
    act(aside.report.id, Wanted::Release).await;
    assert_eq!(found().await, told(1), "nobody has looked yet");
    act(aside.report.id, confirm()).await;
    assert_eq!(found().await, told(2));
    act(aside.report.id, Wanted::FindNothing { reason: "再去看过，没有堵".to_owned() }).await;
    assert_eq!(found().await, told(1), "there was nothing");
    let more = SpotCheckRule { reports: Some(2), ..rule.clone() };
    assert_eq!(spot_checks::propose(&office.state, &by, &more, "").await.unwrap().total, 0);
    office.clock.set(now() + Duration::days(31));
    assert_eq!(found().await, [], "longer ago than the rule looks back");
}
