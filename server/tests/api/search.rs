//! The desk's searches find what the phone's find: by every reading, in any width and case.

use super::office::{TestOffice, found, id, outcome_of, passing_visit};
use domain::{
    ledger::{LedgerFilter, LedgerStatusFilter},
    role::{Role, Scope},
    search::{Query, nfkc},
    site::{Site, SiteFilter},
    visit::VisitFilter,
};

async fn with(office: &TestOffice, name: &str, code: &str, address: &str) -> Site {
    let site = Site {
        id: id(),
        name: name.into(),
        code: code.into(),
        address: address.into(),
        ..office.site.clone()
    };
    let mut tx = office.state.store.write().await.unwrap();
    tx.put_site(office.office.id, &site).await.unwrap();
    tx.commit().await.unwrap();
    site
}

async fn sites(office: &TestOffice, query: &str) -> Vec<String> {
    let filter = SiteFilter { query: query.into(), page: 1, ..SiteFilter::default() };
    let now = office.state.now();
    let page = office.state.store.sites(office.office.id, &Scope::Office, &filter, now).await.unwrap();
    assert_eq!(page.total, page.rows.len() as u64);
    page.rows.into_iter().map(|row| row.code).collect()
}

#[tokio::test]
async fn sites_are_found_by_every_reading_width_and_case_as_on_the_phone() {
    let office = TestOffice::open().await;
    with(&office, "重庆路便利店", "CQ-1", "金河路 3 号 B座").await;
    with(&office, "绿城Ａ区", "ＬＣ－２", "新城路").await;
    for (typed, code) in [
        ("chongqing", "CQ-1"),
        ("zhongqing", "CQ-1"),
        ("cqlbld", "CQ-1"),
        ("b座", "CQ-1"),
        ("Ｂ座 重庆", "CQ-1"),
        ("lvcheng", "ＬＣ－２"),
        ("lücheng", "ＬＣ－２"),
        ("LUCHENG", "ＬＣ－２"),
        ("lc-2", "ＬＣ－２"),
        ("绿城a", "ＬＣ－２"),
    ] {
        assert_eq!(sites(&office, typed).await, [code], "{typed}");
        // The phone has the site as it was sent, and asks the same function.
        let all = office.state.store.all_sites(office.office.id).await.unwrap();
        let sought = Query::new(&nfkc(typed));
        let found: Vec<_> = all.iter().filter(|site| site.matches(&sought)).map(|site| &site.code).collect();
        assert_eq!(found, [code], "{typed} on the phone");
    }
    for nothing in ["zhongqinglvcheng", "%", "_", "'; --", "c座"] {
        assert!(sites(&office, nothing).await.is_empty(), "{nothing}");
    }
    assert_eq!(sites(&office, " \u{200b}").await.len(), 4, "nothing was asked for");
    // However much is typed.
    assert!(sites(&office, &"长".repeat(60_000)).await.is_empty());
    sites(&office, &"a ".repeat(1_000)).await;
    assert!(sites(&office, "绿\0城").await.len() == 1);
}

#[tokio::test]
async fn hazards_and_visits_are_found_alike() {
    let office = TestOffice::open().await;
    let site = with(&office, "重庆路便利店", "CQ-1", "").await;
    let inspector = office.phone(Role::Inspector).await;
    let visit = passing_visit(&inspector, &site, &office.form("ebike-charging"));
    let sent =
        [visit, found(id(), site.id, "配电箱ＡＢ未上锁"), found(id(), office.site.id, "楼道 堆放杂物")];
    for answer in inspector.sync(&sent).await {
        assert_eq!(outcome_of(&answer), "received", "{answer}");
    }
    let (store, now) = (&office.state.store, office.state.now());
    for (typed, count) in
        [("chongqing", 1), ("ab未", 1), ("cql 上锁", 1), ("楼道堆放", 1), ("jxjy", 1), ("chongqing 堆放", 0)]
    {
        let filter =
            LedgerFilter { query: typed.into(), status: LedgerStatusFilter::Any, ..LedgerFilter::default() };
        let page = store.ledger(office.office.id, &Scope::Office, &filter, now).await.unwrap();
        assert_eq!(page.total, count, "{typed}");
    }
    for (typed, count) in [("chongqing", 1), ("CQ-1", 1), ("网格员", 1), ("jxjy", 0)] {
        let filter = VisitFilter { query: typed.into(), page: 1, ..VisitFilter::default() };
        let page = store.visits(office.office.id, &Scope::Office, &filter).await.unwrap();
        assert_eq!(page.total, count, "{typed}");
    }
}
