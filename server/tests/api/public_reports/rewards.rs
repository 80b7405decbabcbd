//! 举报奖励: proposed, approved by somebody else, paid.

use super::{desk, field, ids, placed, report};
use domain::{
    audit::{Act, AuditFilter},
    fen::Fen,
    public_report::{PublicSettings, RewardSum},
    role::Role,
    settings::SettingsCommand,
    severity::Severity,
};
use server::service::{
    Error,
    public_reports::{self, Wanted},
    settings,
};

#[tokio::test]
async fn a_reward_is_approved_by_somebody_else_and_paid_by_the_table() {
    let office = placed().await;
    let admin = desk(&office, Role::Administrator).await;
    let line = |name: &str, yuan| RewardSum { name: name.to_owned(), sum: Fen::of_yuan(yuan) };
    let rewards = vec![line("一般隐患", 200), line("举报有功", 5_000)];
    let public = PublicSettings { rewards, ..PublicSettings::default() };
    settings::change(&office.state, &admin, &SettingsCommand::Public { public, was: None }).await.unwrap();
    report(&office, "192.0.2.1", "占着消防通道摆摊").await;
    let by = desk(&office, Role::Supervisor).await;
    let [(id, 1)] = ids(&office, &by).await[..] else { panic!("one report") };
    let propose = || Wanted::ProposeReward { line: "一般隐患".to_owned() };
    let early = public_reports::act(&office.state, &by, id, propose()).await.unwrap_err();
    assert_eq!(field(&early), "propose_reward", "nothing has come of it yet");
    let site = office.site.code.clone();
    let made = Wanted::MakeHazard { site, what: "通道被占用".to_owned(), level: Severity::General };
    public_reports::act(&office.state, &by, id, made).await.unwrap();
    let unknown = Wanted::ProposeReward { line: "重大隐患".to_owned() };
    assert_eq!(field(&public_reports::act(&office.state, &by, id, unknown).await.unwrap_err()), "line");
    public_reports::act(&office.state, &by, id, propose()).await.unwrap();
    let approve = |sum: &str| Wanted::ApproveReward { sum: sum.to_owned() };
    let own = public_reports::act(&office.state, &by, id, approve("200")).await.unwrap_err();
    assert_eq!(field(&own), "approve_reward");
    let low = desk(&office, Role::CommunityOfficer).await;
    let low = public_reports::act(&office.state, &low, id, approve("200")).await;
    assert_eq!(low, Err(Error::NotAllowed));
    // Another sum since the page was opened is not approved with it.
    let more = Wanted::ProposeReward { line: "举报有功".to_owned() };
    public_reports::act(&office.state, &by, id, more).await.unwrap();
    let unseen = public_reports::act(&office.state, &admin, id, approve("200")).await.unwrap_err();
    assert_eq!(field(&unseen), "approve_reward");
    public_reports::act(&office.state, &by, id, propose()).await.unwrap();
    public_reports::act(&office.state, &admin, id, approve("200")).await.unwrap();
    let paid = public_reports::act(&office.state, &by, id, Wanted::PayReward).await.unwrap();
    assert!(paid.reward.is_some_and(|reward| reward.paid.is_some()));
    for (act, count) in [(Act::RewardProposed, 3), (Act::RewardApproved, 1), (Act::RewardPaid, 1)] {
        let filter = AuditFilter { act: Some(act), page: 1, ..AuditFilter::default() };
        let rows = office.state.store.audit(office.office.id, &filter).await.unwrap().rows;
        assert_eq!(rows.len(), count, "{act:?}");
    }
}
