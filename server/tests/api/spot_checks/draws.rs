//! A plan whose sites are drawn: fixed, drawn, void, drawn again, published.

use super::{
    super::{
        evidence::clean,
        office::{TestOffice, now},
    },
    Desk, before,
};
use chrono::{DateTime, Duration, Utc};
use domain::{
    draw::{PublishedDraw, Revealed, SeedSource, VoidReason},
    permission::Withheld,
    role::{Action, Actor, Role},
    spot_check::{
        SpotCheckRule,
        plan::{DrawOrder, PlanRequest},
    },
};
use server::service::{Asker, Error, spot_checks};

fn lottery(due: DateTime<Utc>) -> SeedSource {
    SeedSource::Public {
        what: "双色球第 2026136 期".to_owned(), place: "www.cwl.gov.cn".to_owned(), due
    }
}

#[tokio::test]
async fn a_draw_is_published_after_the_checks_and_anybody_computes_it_again() {
    let office = TestOffice::open().await;
    let desk = Desk::of(&office).await;
    let plan = desk.draft(&desk.outline()).await;
    let due = before() + Duration::hours(2);
    let order = |among| DrawOrder {
        among,
        sites: 1,
        avoid_own_grid: false,
        people: vec![desk.inspector.person],
        avoidances: vec![],
        source: lottery(due),
    };
    let nobody = SpotCheckRule { kind: Some("school".into()), ..SpotCheckRule::default() };
    let (field, reason) = desk.refused(plan, &PlanRequest::Freeze(Box::new(order(nobody)))).await;
    assert!(field == "draw" && reason.contains("没有场所"), "{field}: {reason}");
    let page = spot_checks::draw_page(&office.state, plan).await;
    assert_eq!(page, Err(Error::NotFound), "nothing is published of it");
    desk.ask(plan, &PlanRequest::Freeze(Box::new(order(SpotCheckRule::default())))).await.unwrap();
    let page = spot_checks::draw_page(&office.state, plan).await.unwrap();
    let fingerprint = page.announced[0].fingerprint;
    assert!(page.published.is_none());
    let file = async |by| spot_checks::draw_file(&office.state, by, plan).await;
    assert_eq!(file(None).await, Err(Error::NotFound), "the list is not published before the checks");
    let numbers = |words: &str| PlanRequest::Draw(Revealed::Public { words: words.to_owned() });
    let (field, reason) = desk.refused(plan, &numbers("03 09")).await;
    assert!(field == "draw" && reason.contains("约定的时间之前"), "{field}: {reason}");
    office.clock.set(due);
    desk.ask(plan, &numbers("03 09 14 21 27 30 + 11")).await.unwrap();
    // Void once, with its reason, and drawn again.
    let void = VoidReason::Other { words: "名单漏了一处".to_owned() };
    let withheld = Withheld::from_iter([Action::VoidDraws]);
    let reserved = Asker { actor: Actor { withheld, ..desk.maker.actor.clone() }, ..desk.maker.clone() };
    let refused = spot_checks::change(&office.state, &reserved, plan, &PlanRequest::Void(void.clone())).await;
    assert_eq!(refused, Err(Error::NotAllowed), "where the office leaves it to its leader");
    desk.ask(plan, &PlanRequest::Void(void)).await.unwrap();
    let again = DrawOrder { source: lottery(due + Duration::hours(1)), ..order(SpotCheckRule::default()) };
    desk.ask(plan, &PlanRequest::Freeze(Box::new(again))).await.unwrap();
    office.clock.set(due + Duration::hours(1));
    desk.ask(plan, &numbers("05 11 17 20 26 32 + 04")).await.unwrap();
    let officer = office.phone(Role::Officer).await.person;
    let drawn = desk.file(&desk.maker, plan).await.inside.unwrap().sites.remove(0).planned;
    let exchange = PlanRequest::Exchange {
        site: drawn.site,
        out: desk.inspector.person,
        instead: officer,
        reason: "病假".to_owned(),
    };
    desk.ask(plan, &exchange).await.unwrap();
    desk.ask(plan, &PlanRequest::Send).await.unwrap();
    let (field, reason) = desk.refused(plan, &PlanRequest::Publish).await;
    assert!(field == "step" && reason.contains("还有 1 处"), "{field}: {reason}");
    let before_hand: PublishedDraw = PublishedDraw::read(&file(Some(&desk.maker)).await.unwrap()).unwrap();
    office.clock.set(now() + Duration::days(1));
    desk.ask(plan, &PlanRequest::Publish).await.unwrap();
    let published = PublishedDraw::read(&file(None).await.unwrap()).unwrap();
    assert_eq!(published, before_hand);
    let page = spot_checks::draw_page(&office.state, plan).await.unwrap();
    assert_eq!(page.announced[0].fingerprint, fingerprint, "the void one first, as it was announced");
    assert_eq!(published.check(Some(&page.announced[1].fingerprint)), []);
    assert_eq!(published.frozen.plan.replaces, Some(fingerprint));
    let told = page.published.unwrap();
    assert_eq!((told.void.len(), told.exchanges[0].reason.as_str()), (1, "病假"));
    clean(&office).await;
}
