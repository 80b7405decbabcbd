//! Reports by the public: one that waits to be looked at and left a number, one that became a hazard and whose reward waits for
//! another person, one that was set aside. All come in as anybody's do.

use super::Demonstration;
use crate::state::AppState;
use anyhow::{Context, anyhow};
use domain::{
    audit::Origin,
    fen::Fen,
    id::PublicReportId,
    person::Person,
    place::Location,
    public_report::{NewReport, PublicReportFilter, PublicSettings, ReportPlace, RewardSum},
    role::Role,
    severity::Severity,
    site::Site,
    text::Lang,
};
use service::{
    Asker,
    public_reports::{self, Sent, Wanted, contacts, puzzle},
};

/// By which the two holders open numbers, here and nowhere else.
pub(super) const WORDS: [&str; 2] = ["xunan-holder-one", "xunan-holder-two"];

/// What is paid.
const REWARDS: [(&str, u32); 2] = [("一般隐患", 200), ("重大隐患", 2_000)];

pub(super) async fn some(state: &AppState, made: &Demonstration) -> anyhow::Result<()> {
    let office = made.office.id;
    let mut tx = state.store.write().await?;
    let line = |(name, yuan): (&str, u32)| RewardSum { name: name.to_owned(), sum: Fen::of_yuan(yuan) };
    let public = PublicSettings { rewards: REWARDS.map(line).to_vec(), ..PublicSettings::default() };
    let settings = tx.office_settings(office).await?;
    tx.put_office_settings(office, &domain::settings::OfficeSettings { public, ..settings }).await?;
    tx.commit().await?;
    let of_role = |role| made.people.iter().find(|person| person.role == role).map(|one| asker(made, one));
    let (one, other) = (of_role(Role::Supervisor), of_role(Role::Administrator));
    let (one, other) = (one.context("no supervisor")?, other.context("no administrator")?);
    for (holder, words) in [(&one, WORDS[0]), (&other, WORDS[1])] {
        said(contacts::hold(&state.services, holder, words, words).await)?;
    }
    let sites = made.sites.iter().filter(|site| !site.retired);
    let placed: Vec<_> = sites.filter_map(|site| Some((site, site.location?))).take(2).collect();
    let [(first, here), (second, there)] = placed.as_slice() else { return Ok(()) };
    let waits = NewReport {
        phone: "13800000000".to_owned(),
        ..report(first, here, "占着消防通道摆摊，晚上更多")
    };
    let waiting = send(state, made, waits).await?;
    let number = send(state, made, report(second, there, "楼道里给电动车充电，线拖了一地")).await?;
    let bare = ReportPlace { words: "老桥头".to_owned(), ..ReportPlace::default() };
    send(state, made, NewReport { what: "加我微信办证".to_owned(), place: bare, ..NewReport::default() })
        .await?;
    let asked = found(state, &one, &waiting).await?;
    let ask = Wanted::Ask { words: "摊位一般几点摆出来，收摊是几点？".to_owned() };
    said(public_reports::act(&state.services, &one, asked, ask).await)?;
    let id = found(state, &one, &number).await?;
    let hazard = Wanted::MakeHazard {
        site: second.code.clone(),
        what: "楼道内为电动自行车充电".to_owned(),
        level: Severity::General,
    };
    let reward = Wanted::ProposeReward { line: REWARDS[0].0.to_owned() };
    for wanted in [hazard, reward] {
        said(public_reports::act(&state.services, &one, id, wanted).await)?;
    }
    Ok(())
}

fn said<T>(done: Result<T, service::Error>) -> anyhow::Result<T> {
    done.map_err(|error| anyhow!("{error}"))
}

fn asker(made: &Demonstration, person: &Person) -> Asker {
    let actor = person.actor(made.office.id, None);
    Asker { actor, origin: Origin::default(), lang: Lang::Zh, session: None, confirmed: true }
}

fn report(site: &Site, here: &Location, what: &str) -> NewReport {
    let place =
        ReportPlace {
            location: Some(*here), words: format!("{}门口", site.name), ..ReportPlace::default()
        };
    NewReport { what: what.to_owned(), place, ..NewReport::default() }
}

/// As a browser does it. Gives its number.
async fn send(state: &AppState, made: &Demonstration, report: NewReport) -> anyhow::Result<String> {
    let opening = said(public_reports::opening(&state.services, made.office.id).await)?;
    let answer = puzzle::solve(&opening.question);
    let sent = Sent { report, question: opening.question, answer, ..Sent::default() };
    let received = public_reports::receive(&state.services, made.office.id, None, Lang::Zh, sent).await;
    Ok(said(received)?.number)
}

async fn found(state: &AppState, by: &Asker, number: &str) -> anyhow::Result<PublicReportId> {
    let page = said(public_reports::list(&state.services, by, &PublicReportFilter::default()).await)?;
    let row = page.rows.into_iter().find(|row| row.report.number == number);
    Ok(row.context("a report is not listed")?.report.id)
}
