//! What is set aside keeps nobody else from being heard.

use super::{desk, placed, report, said, sent_from, solved};
use domain::{
    public_report::{FollowStatus, PublicReportFilter, ReportState},
    role::Role,
};
use server::service::public_reports::{self, Wanted};

#[tokio::test]
async fn nobody_is_silenced_by_what_waits_in_quarantine() {
    let office = placed().await;
    let words = "占着消防通道摆摊";
    for n in 0..5 {
        let sent = solved(&office, said(&format!("第 {n} 处"))).await;
        sent_from(&office, "192.0.2.9", sent).await.unwrap();
    }
    let before = sent_from(&office, "192.0.2.9", solved(&office, said(words)).await).await.unwrap();
    let honest = report(&office, "192.0.2.1", words).await;
    assert_eq!((before.voices, honest.voices), (1, 1));
    let by = desk(&office, Role::Supervisor).await;
    let rows = public_reports::list(&office.state, &by, &PublicReportFilter::default()).await.unwrap().rows;
    let state =
        |number: &str| rows.iter().find(|row| row.report.number == number).map(|row| row.report.state);
    assert_eq!(state(&before.number), Some(ReportState::Quarantined));
    assert_eq!(state(&honest.number), Some(ReportState::Received));
    let aside = rows.iter().find(|row| row.report.number == before.number).unwrap().report.id;
    let discard = Wanted::Discard { reason: "刷的".to_owned() };
    public_reports::act(&office.state, &by, aside, discard).await.unwrap();
    let (own, code) = (office.office.id, honest.code.to_string());
    let told = public_reports::follow(&office.state, own, None, &honest.number, &code).await.unwrap();
    assert_eq!(told.status, FollowStatus::Received);
    // The next one is of the one that stands.
    assert_eq!(report(&office, "192.0.2.2", words).await.voices, 2);
}
