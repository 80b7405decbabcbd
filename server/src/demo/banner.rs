//! The accounts, as they are printed when the demonstration starts.

use super::{codes::CodeToTry, people::password};
use domain::{code::ShortCode, person::Person, place::Office, role::Role};
use std::{fmt::Write, net::SocketAddr};

/// What there is to see, and by whom.
const TRY: &str = "
  try         as an inspector: a site, 检查, a list of its kinds; airplane mode changes nothing
              as an officer (yingji1): a site, 检查, 行政检查: two certificates, a notice, the enterprise's code
              as administrator: /office/inspections, the rules with their sources
              as 社区安全员 (anquan1): the community's hazards on phone and desk; 分管领导 (lingdao1) reads everything
              as administrator: /office/settings?part=permissions, what each role may do
              消息: what wangge1 is told, /field/notices; at the desk /office/notices (lingdao1, 应急办)
              as administrator: /office/notices/rules, who is told of what, robots, SMS, webhooks
              派单: given by 应急办 to wangge1, first of all on Today; /office/tasks says who has what
              as 应急办 or anquan1: /office/unsent, who holds what unsent on the phone, and since when
              as 应急办 or administrator: /office/forms, an own version, one to come, drafts to mend and compare
              as 应急办: /office/checks, a draw that was published, a plan that opens within the hour; the leader says its words
              地图: from Today on the phone, also in airplane mode; /office/map; its outlines: /office/outlines (应急办)
              without an account: /report, and what came of it; as 应急办 or administrator: /office/reports, one to look at, one whose
              reward waits for another person, a number that both open by xunan-holder-one (应急办) and xunan-holder-two (administrator)
              /office/hazards: a hazard round its loop; /office/audit: who did what (administrator)
";

/// One account of each role and department; the others follow the same pattern.
#[derive(Debug)]
pub struct Accounts {
    office: String,
    lines: Vec<(String, String, &'static str)>,
    code: Option<CodeToTry>,
}

impl Accounts {
    pub(super) fn of(office: &Office, people: &[Person], code: Option<CodeToTry>) -> Self {
        let shown = |person: &&Person| person.username.ends_with('1') || person.role == Role::Administrator;
        let shown = |person: &&Person| shown(person) && !person.username.ends_with("11");
        let mut people: Vec<_> = people.iter().filter(shown).collect();
        people.sort_by_key(|person| (person.role, person.username.clone()));
        let line = |person: &&Person| {
            let place = if person.role.is_field() { "/field/" } else { "/office" };
            let who = format!("{} {}", person.role.name().zh, person.name);
            (person.username.clone(), who, place)
        };
        Self { office: office.name.clone(), lines: people.iter().map(line).collect(), code }
    }

    pub fn banner(&self, address: SocketAddr) -> String {
        let mut text = format!("\n  巡安 · {}（演示：单位、人员和数据都是虚构的）\n", self.office);
        // Writing to a string does not fail.
        let _ = writeln!(text, "  http://{address}\n");
        let _ = writeln!(text, "  {:<11} {:<17} {:<9} who", "account", "password", "opens");
        for (username, who, place) in &self.lines {
            let _ = writeln!(text, "  {username:<11} {:<17} {place:<9} {who}", password(username));
        }
        text.push_str(TRY);
        if let Some(CodeToTry { code, digits, what, wall }) = &self.code {
            let page = |code: &ShortCode| format!("http://{address}/c/{}", code.plain());
            let _ = writeln!(text, "              without an account: {} with {digits}: {what}", page(code));
            if let Some(wall) = wall {
                let _ = writeln!(
                    text,
                    "              at the wall of that site: {}, and a report from there",
                    page(wall)
                );
            }
            let _ = writeln!(text, "              as 应急办: /office/sites/posters, codes for the walls");
        }
        text
    }
}
