//! A short code to open: of a hazard that is being put right, at a site that somebody can be called at; what its party says of whoever
//! came; and the posters of one grid.

use crate::state::AppState;
use domain::{
    audit::Origin,
    code::{CodeSubject, ShortCode, last_digits},
    id::HazardId,
    ledger::{LedgerFilter, LedgerStatusFilter},
    person::Person,
    place::Office,
    role::{Role, Scope},
    site::SiteFilter,
    text::Lang,
};
use service::{
    Asker,
    codes::{self, answering},
};

const COMPLAINT: &str = "来的人没说清楚要改哪一处，问了也没有答复";

/// What the banner says of it.
#[derive(Debug)]
pub struct CodeToTry {
    pub code: ShortCode,
    /// The last six of a number on record.
    pub digits: String,
    pub what: String,
    /// On the wall of the same site.
    pub wall: Option<ShortCode>,
}

/// The one that there is, or a fresh one; none where nothing is being put right.
pub(super) async fn to_try(
    state: &AppState,
    office: &Office,
    people: &[Person],
) -> anyhow::Result<Option<CodeToTry>> {
    let Some(maker) = people.iter().find(|person| person.role == Role::Supervisor) else { return Ok(None) };
    let by = Asker {
        actor: maker.actor(office.id, None),
        origin: Origin::default(),
        lang: Lang::Zh,
        session: None,
        confirmed: true,
    };
    let filter = LedgerFilter::of(LedgerStatusFilter::InRectification);
    let page = state.store.ledger(office.id, &Scope::Office, &filter, state.now()).await?;
    for row in page.rows {
        let paper = codes::of_hazard(state, &by, row.id).await?;
        let digits = paper.site.people().iter().find_map(|one| last_digits(&one.phone));
        let Some(digits) = digits.filter(|_| paper.hazard.party_may_rectify().is_ok()) else { continue };
        let grid = SiteFilter { grid: Some(paper.site.grid), ..SiteFilter::default() };
        let code = match paper.code {
            Some(known) => Some(known),
            None => {
                codes::make_for_hazard(state, &by, row.id).await?;
                codes::make_for_sites(state, &by, &grid).await?;
                complain(state, office, row.id).await?;
                codes::of_hazard(state, &by, row.id).await?.code
            }
        };
        let hang = codes::posters(state, &by, &grid).await?.posters;
        let wall = hang.iter().find(|poster| poster.site == paper.site.id).map(|poster| poster.code);
        return Ok(code.map(|known| CodeToTry { code: known.code, digits, what: row.what, wall }));
    }
    Ok(None)
}

/// By the hazard's code, so that the list of what parties say is not empty.
async fn complain(state: &AppState, office: &Office, hazard: HazardId) -> anyhow::Result<()> {
    for code in state.store.codes_of(office.id, &[CodeSubject::Hazard(hazard)]).await? {
        answering::complain(state, &code, Some(hazard), state.new_id(), COMPLAINT).await?;
    }
    Ok(())
}
