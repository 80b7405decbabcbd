//! An office that takes no reports tells strangers nothing of its hazards.

use super::{
    super::office::{found, outcome_of},
    here, id, placed,
};
use domain::{
    id::{HazardId, OfficeId},
    public_report::PublicSettings,
    role::Role,
    settings::OfficeSettings,
};
use server::service::public_reports::{self, Near};

#[tokio::test]
async fn what_is_near_is_told_by_an_office_that_takes_reports_and_by_no_other() {
    let office = placed().await;
    let inspector = office.phone(Role::Inspector).await;
    let known = found(id::<HazardId>(), office.site.id, "楼道堆放杂物");
    assert_eq!(outcome_of(&inspector.sync(&[known]).await[0]), "received");
    let own = office.office.id;
    let near = async |of: OfficeId| public_reports::near(&office.state, of, None, &here()).await.unwrap();
    let told = near(own).await;
    assert_eq!((told.hazards.len(), told.sites.len()), (1, 1));
    let mut tx = office.state.store.write().await.unwrap();
    let public = PublicSettings { open: false, ..PublicSettings::default() };
    tx.put_office_settings(own, &OfficeSettings { public, ..OfficeSettings::default() }).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(near(own).await, Near::default());
    assert_eq!(near(id()).await, Near::default(), "what is no office says the same");
}
