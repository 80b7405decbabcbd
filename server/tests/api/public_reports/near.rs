//! What whoever reports is told of the place: what is open near it, and which sites are.

use super::{
    super::office::{found, id, outcome_of},
    desk, here, ids, placed, said, sent_from, solved,
};
use domain::{
    id::HazardId,
    place::Location,
    public_report::{PublicReportFilter, ReportState},
    role::Role,
    site::Site,
};
use server::service::public_reports::{self, NO_SITE, Near, Sent, Wanted};

#[tokio::test]
async fn what_is_open_near_by_is_told_by_kind_and_by_nothing_else() {
    let office = placed().await;
    let inspector = office.phone(Role::Inspector).await;
    let hazard: HazardId = id();
    let known = found(hazard, office.site.id, "楼道堆放杂物");
    assert_eq!(outcome_of(&inspector.sync(&[known]).await[0]), "received");
    let near = async |place: Location| {
        public_reports::near(&office.state, office.office.id, None, &place).await.unwrap()
    };
    let lines = near(here()).await.hazards;
    let [line] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!(line.sector, office.site.sector);
    assert!(!line.mark.contains(&hazard.0.simple().to_string()));
    assert_eq!(near(Location { latitude: 34.76, ..here() }).await, Near::default());
    // Whoever says that it is the same is one voice more for it once somebody has joined it.
    let same = Sent { same: line.mark.clone(), ..solved(&office, said("过道堵了")).await };
    sent_from(&office, "192.0.2.1", same).await.unwrap();
    let by = desk(&office, Role::Supervisor).await;
    let [(first, 1)] = ids(&office, &by).await[..] else { panic!("one report") };
    let file = public_reports::file(&office.state, &by, first).await.unwrap();
    assert_eq!(file.report.taken_for, Some(hazard));
    let number = file.near[0].1.clone();
    let joined = public_reports::act(&office.state, &by, first, Wanted::Join { number }).await.unwrap();
    assert_eq!(joined.state, ReportState::Joined(hazard));
    let again = Sent { same: line.mark.clone(), ..solved(&office, said("走廊全是箱子")).await };
    assert_eq!(sent_from(&office, "192.0.2.2", again).await.unwrap().voices, 2);
    let forged = Sent { same: "00".repeat(44), ..solved(&office, said("另一处")).await };
    assert_eq!(sent_from(&office, "192.0.2.3", forged).await.unwrap().voices, 1, "nobody makes a mark");
}

#[tokio::test]
async fn the_site_is_chosen_among_the_nearest_and_is_the_nearest_where_nobody_chose() {
    let office = placed().await;
    // Some seventy metres to the north.
    let other = Location { latitude: 34.7506, ..here() };
    let mut tx = office.state.store.write().await.unwrap();
    let beside = Site { location: Some(other), ..office.elsewhere.clone() };
    tx.put_site(office.office.id, &beside).await.unwrap();
    tx.commit().await.unwrap();
    let near = public_reports::near(&office.state, office.office.id, None, &here()).await.unwrap();
    let names: Vec<_> = near.sites.iter().map(|site| site.name.as_str()).collect();
    assert_eq!(names, [office.site.name.as_str(), beside.name.as_str()]);
    let by = desk(&office, Role::Supervisor).await;
    let placed_at = async |address: &str, what: &str, chosen: &str| {
        let sent = Sent { beside: chosen.to_owned(), ..solved(&office, said(what)).await };
        let number = sent_from(&office, address, sent).await.unwrap().number;
        let filter = PublicReportFilter { query: number, ..PublicReportFilter::default() };
        let page = public_reports::list(&office.state, &by, &filter).await.unwrap();
        let [row] = page.rows.as_slice() else { panic!("{:?}", page.rows) };
        row.report.place.site
    };
    let (own, mark) = (Some(office.site.id), near.sites[1].mark.as_str());
    assert_eq!(placed_at("192.0.2.1", "楼道里堆着纸箱", "").await, own);
    assert_eq!(placed_at("192.0.2.2", "电动车在楼下充电", mark).await, Some(beside.id));
    assert_eq!(placed_at("192.0.2.3", "消防栓被广告牌挡住了", "00ff").await, own, "nobody makes a mark");
    assert_eq!(placed_at("192.0.2.4", "路灯的电线垂下来了", NO_SITE).await, None);
}
