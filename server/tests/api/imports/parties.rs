//! Parties that a list of sites names: found by code, else by name, else made.

use super::{Desk, HEAD, row};
use crate::office::TestOffice;
use domain::{
    import::{ImportMark, RowStatus},
    party::{CreditCode, Party, PartyKind},
    role::Role,
    site::Site,
};
use server::service::{parties, sites};

fn code(body: &str) -> CreditCode {
    CreditCode::completing(body).unwrap()
}

fn list(rows: &[String]) -> String {
    format!("\u{feff}{HEAD},责任主体,统一社会信用代码\n{}\n", rows.join("\n"))
}

/// A row of a new site.
fn of_new(number: u32, party: &str, code: &str) -> String {
    format!("P-{number},新场所{number},charging-shed,一般,金河社区,第 1 网格,{party},{code}")
}

impl Desk<'_> {
    async fn parties(&self) -> Vec<Party> {
        self.office.state.store.all_parties(self.office.office.id).await.unwrap()
    }
}

#[tokio::test]
async fn a_list_makes_each_party_once_and_finds_it_again() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let trader = code("92000000MA0000001");
    let (id, preview) = desk
        .sites(list(&[
            of_new(1, "锦绣物业", ""),
            of_new(2, "锦绣 物业", ""),
            of_new(3, "惠民便利店", trader.as_str()),
            of_new(4, "", trader.as_str()),
        ]))
        .await;
    assert_eq!(preview.tally.writes_new, 4, "{preview:?}");
    assert!(
        preview
            .notes
            .iter()
            .any(|note| note.contains("惠民便利店、锦绣物业") || note.contains("锦绣物业、惠民便利店"))
    );
    desk.write(id).await.unwrap();
    let made = desk.parties().await;
    assert_eq!(made.len(), 2, "{made:?}");
    let shop = made.iter().find(|party| party.name == "惠民便利店").unwrap();
    assert_eq!((shop.kind, shop.credit_code.clone()), (PartyKind::SoleTrader, Some(trader)));
    for (number, party) in [(1, "锦绣物业"), (2, "锦绣物业"), (3, "惠民便利店"), (4, "惠民便利店")]
    {
        let site = desk.site(&format!("P-{number}")).await;
        assert_eq!(site.party.map(|party| party.name).as_deref(), Some(party), "P-{number}");
    }

    // The same list once more changes nothing; a code that was missing is taken in.
    let owner = code("91000000MA0000003");
    let (id, preview) =
        desk.sites(list(&[of_new(1, "锦绣物业", owner.as_str()), of_new(3, "惠民便利店", "")])).await;
    let changes = &row(&preview, 2).changes;
    assert_eq!((changes.len(), changes[0].heading.as_str()), (1, "统一社会信用代码"), "{changes:?}");
    assert_eq!(row(&preview, 3).status, RowStatus::Same, "{preview:?}");
    desk.write(id).await.unwrap();
    let now = desk.parties().await;
    assert_eq!(now.len(), 2, "{now:?}");
    assert_eq!(desk.site("P-2").await.party.and_then(|party| party.credit_code), Some(owner));
}

#[tokio::test]
async fn a_wrong_code_and_a_code_of_somebody_else_are_told() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let known = code("91000000MA0000001");
    let (id, _) = desk.sites(list(&[of_new(1, "锦绣物业", known.as_str())])).await;
    desk.write(id).await.unwrap();
    let mut mistyped = known.as_str().to_owned();
    mistyped.replace_range(2..3, "1");
    let strange = code("91000000MA0000002");
    let (_, preview) = desk
        .sites(list(&[
            of_new(2, "锦绣物业", &mistyped),
            of_new(3, "别家物业", known.as_str()),
            of_new(4, "", strange.as_str()),
            of_new(5, "", ""),
        ]))
        .await;
    let fault = |number: u32| {
        let faults = &row(&preview, number).faults;
        faults.first().map(|fault| (fault.column.clone(), fault.offers.clone()))
    };
    assert_eq!(fault(2), Some(("credit_code".into(), vec![])), "the check character");
    assert_eq!(fault(3), Some(("party".into(), vec!["锦绣物业".to_owned()])));
    assert_eq!(fault(4), Some(("party".into(), vec![])), "a new code wants a name");
    assert_eq!(fault(5), None, "{preview:?}");

    // What the form of a party does not take, no list brings in.
    let (_, preview) = desk.sites(list(&[of_new(6, "<b>锦绣</b>", "")])).await;
    assert_eq!(row(&preview, 2).faults.first().map(|fault| fault.column.as_str()), Some("party"));

    // Emptied on purpose, with a tick.
    let (_, preview) = desk.sites("编码,责任主体\nP-1,清空\n").await;
    assert_eq!((row(&preview, 2).status, row(&preview, 2).changes[0].loss), (RowStatus::Confirm, true));
}

#[tokio::test]
async fn a_site_that_is_out_of_use_keeps_its_retired_party_when_the_list_comes_back() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let known = code("91000000MA0000001");
    let (id, _) = desk.sites(list(&[of_new(1, "锦绣物业", known.as_str())])).await;
    desk.write(id).await.unwrap();
    let site = desk.site("P-1").await;
    let closed = Site { retired: true, ..site.clone() };
    sites::save(&office.state, &desk.by, closed, Some(site)).await.unwrap();
    let party = desk.parties().await.remove(0);
    let retired = Party { retired: true, ..party.clone() };
    parties::save(&office.state, &desk.by, retired, Some(party)).await.unwrap();
    let (_, preview) =
        desk.sites(list(&[of_new(1, "锦绣物业", known.as_str()), of_new(2, "", known.as_str())])).await;
    assert_eq!(row(&preview, 2).status, RowStatus::Same, "{preview:?}");
    assert_eq!(row(&preview, 3).status, RowStatus::Wrong, "it is given to no other: {preview:?}");
}

#[tokio::test]
async fn a_code_for_one_of_two_of_the_same_name_goes_to_the_one_that_the_site_has() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office, Role::Administrator).await;
    let (id, _) = desk.sites(list(&[of_new(1, "锦绣物业", "")])).await;
    desk.write(id).await.unwrap();
    let own = desk.parties().await.remove(0);
    let twin = Party { id: office.state.new_id(), ..own.clone() };
    parties::save(&office.state, &desk.by, twin, None).await.unwrap();
    let first = code("91000000MA0000001");
    let (id, preview) =
        desk.sites(list(&[of_new(1, "锦绣物业", first.as_str()), of_new(2, "锦绣物业", "")])).await;
    assert_eq!(row(&preview, 2).changes.len(), 1, "{preview:?}");
    assert_eq!(row(&preview, 3).status, RowStatus::Wrong, "nothing says which of the two: {preview:?}");
    desk.mark(id, ImportMark::LeaveWrong).await;
    desk.write(id).await.unwrap();
    let party = desk.site("P-1").await.party.unwrap();
    assert_eq!((party.id, party.credit_code.as_ref()), (own.id, Some(&first)));

    // Another code is another party, however it is called; what changes is told by the code.
    let second = code("91000000MA0000003");
    let (_, preview) = desk.sites(list(&[of_new(1, "锦绣物业", second.as_str())])).await;
    let change = &row(&preview, 2).changes[0];
    assert_eq!((change.before.as_str(), change.after.as_str()), (first.as_str(), second.as_str()));
}
