//! 专项: what a campaign is about, and how far it is.

use super::{founded, id, lists::rows::listed, now, office, site};
use chrono::{Duration, NaiveDate};
use domain::{
    campaign::{CampaignPart, CampaignState},
    form::{Form, LastAnswers, Validity},
    id::{FormId, SiteId},
    role::Scope,
    site::{Site, SiteFilter},
    time::office_day,
};
use serde_json::json;
use storage::Store;

fn lanes() -> FormId {
    "fire-lane-campaign".into()
}

/// About charging sheds, from this day on.
fn form(version: u32, from: Option<NaiveDate>) -> Form {
    let form = json!({ "id": lanes(), "version": version, "sector": "fire", "layer": "campaign",
        "site_kinds": ["charging-shed"], "title": { "zh": "打通生命通道", "en": "Open the lifelines" },
        "entries": [] });
    let form: Form = serde_json::from_value(form).unwrap();
    Form { validity: Validity { from, until: None }, ..form }
}

fn filled_in(hours: i64) -> LastAnswers {
    let at = now() + Duration::hours(hours);
    LastAnswers { form: lanes(), visit: id(61), at, answers: vec![] }
}

pub async fn a_campaigns_figures_are_the_sites_that_they_open(store: &impl Store) {
    let (here, there): (SiteId, SiteId) = (id(21), id(22));
    let mut tx = founded(store).await;
    // One more in the first grid, one that is not in use, one of another kind.
    tx.put_site(office(), &site(23, 11)).await.unwrap();
    tx.put_site(office(), &Site { retired: true, ..site(24, 11) }).await.unwrap();
    tx.put_site(office(), &Site { kinds: vec!["market".into()], ..site(25, 11) }).await.unwrap();
    let began = office_day(now()) - Duration::days(1);
    tx.put_form(office(), &form(1, None)).await.unwrap();
    assert!(tx.publish_form(office(), &form(2, Some(began))).await.unwrap());
    // To come: it counts nothing yet.
    assert!(tx.publish_form(office(), &form(3, Some(began + Duration::days(9)))).await.unwrap());
    tx.put_last_answers(office(), &[(here, filled_in(0)), (there, filled_in(-72))]).await.unwrap();
    tx.commit().await.unwrap();
    let part = |grid, sites, visited| CampaignPart { community: id(10), grid: id(grid), sites, visited };
    for (scope, expected) in [
        (Scope::Office, vec![part(11, 2, 1), part(12, 1, 0)]),
        (Scope::Grids(vec![id(12)]), vec![part(12, 1, 0)]),
        (Scope::Grids(vec![]), vec![]),
    ] {
        let parts = store.campaign_progress(office(), &scope, &lanes(), now()).await.unwrap();
        assert_eq!(parts, expected, "{scope:?}");
        for part in parts {
            let all = SiteFilter {
                campaign: Some(lanes()),
                grid: Some(part.grid),
                page: 1,
                ..SiteFilter::default()
            };
            let stands = |state| SiteFilter { campaign_state: Some(state), ..all.clone() };
            for (filter, figure) in [
                (all.clone(), part.sites),
                (stands(CampaignState::Visited), part.visited),
                (stands(CampaignState::ToVisit), part.sites - part.visited),
            ] {
                let (total, rows) = listed(store, office(), &scope, &filter.clone().into()).await;
                assert_eq!((total, rows.len() as u64), (figure, figure), "{scope:?} {filter:?}");
            }
        }
    }
    let unknown = store.campaign_progress(office(), &Scope::Office, &"no-such".into(), now()).await.unwrap();
    assert_eq!(unknown, []);
    // A state without a campaign narrows nothing.
    let loose = SiteFilter { campaign_state: Some(CampaignState::Visited), page: 1, ..SiteFilter::default() };
    assert_eq!(listed(store, office(), &Scope::Office, &loose.into()).await.0, 5);
}
