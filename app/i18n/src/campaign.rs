//! 专项: how far a campaign is, at the desk and on the phone.

use domain::campaign::CampaignState;

messages! {
    campaigns = "专项", "Campaigns";
    progress = "专项进度", "Progress of the campaign";
    sites = "涉及场所", "Sites";
    visited = "已查", "Visited";
    to_visit = "未查", "To visit";
    together = "合计", "Together";
    visited_of(visited: u64, sites: u64) = "已查 {visited} / {sites} 处", "Visited {visited} of {sites}";
    no_sites = "管辖范围内没有这张检查表涉及的场所", "No site in sight is one that this checklist is about";
    of_campaign = "专项涉及的场所", "Sites of the campaign";
    until(day: String) = "{day} 前查完", "to be visited by {day}";
    all_visited = "都查过了", "All are visited";
    left(n: usize) = "未查的 {n} 处", "{n} to visit";
}

pub fn state(lang: Lang, state: CampaignState) -> &'static str {
    match state {
        CampaignState::ToVisit => to_visit(lang),
        CampaignState::Visited => visited(lang),
    }
}
