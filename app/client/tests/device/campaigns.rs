//! 专项: how far a campaign is on the phone, without signal.

use crate::support::*;
use client::{campaigns, db, drafts};
use domain::{
    device::StoreName,
    form::{Answer, Form, Layer},
    id::SiteId,
    site::Site,
    visit::VisitNature,
};
use uuid::Uuid;

fn campaign() -> Form {
    Form { id: "sheds".into(), layer: Layer::Campaign, ..form() }
}

#[test]
fn a_visit_that_waits_moves_the_campaign_on() {
    day(async |phone| {
        phone.sign_in("李敏").await;
        phone.host.network.cut();
        assert_eq!(campaigns::progress(&phone).await.unwrap(), []);
        let next = Site { id: SiteId(Uuid::from_u128(8)), ..site() };
        db::write(&phone.db, &[StoreName::Records], async |tx| {
            tx.put_record(&site()).await?;
            tx.put_record(&next).await?;
            tx.put_record(&form()).await?;
            tx.put_record(&campaign()).await
        })
        .await
        .unwrap();
        let of = async || campaigns::progress(&phone).await.unwrap().remove(0);
        let before = of().await;
        assert_eq!((before.form.as_str(), before.sites, before.visited()), ("sheds", 2, 0));
        // With another list.
        phone.inspect().await;
        assert_eq!(of().await.visited(), 0);
        let mut draft = drafts::begin(&phone, &site(), &campaign(), VisitNature::Patrol).await.unwrap();
        give(&mut draft, &[campaign()], 0, &[("a", Answer::Pass), ("b", Answer::Pass)]);
        drafts::submit(&phone, opened(draft, &[campaign()]), &site(), "专项".into()).await.unwrap();
        let after = of().await;
        assert_eq!((after.visited(), after.left.len()), (1, 1));
        assert_eq!(after.left[0].0, next.id);
    });
}
