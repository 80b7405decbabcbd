//! The accounts, as they are printed when the demonstration starts.

use super::{codes::CodeToTry, people::password};
use domain::{code::ShortCode, person::Person, place::Office, role::Role};
use std::{fmt::Write, net::SocketAddr};

/// What there is to see, and by whom.
pub(super) const TRY: &str = "
  try         on a phone, or in a window of its width; airplane mode changes nothing of it
  wangge1     今天: what 应急办 has given, first of all; a recheck asks only what failed, before and after side by side
              按街走, 新街: thirty doors, 全部正常 in one tap; 关门; ＋ 新开的店 at No. 39, which waits to be confirmed
              随手报: photo, words; 常用说法 by the initials of their pinyin; what is open there already comes first
              a site, 检查: lists of three layers, a patrol, a campaign and an inspection; what was wrong last time stands at the question
              the sealed order on 今天 opens by itself within the hour, and before by four words
  wangge2     has the same order; found a shop that waits to be confirmed
  lingdao1    says the words: /office/checks, the plan to come, 看口令; reads everything else
  anquan1     the community's hazards on phone and desk, accepts what is general and grants it more time
  yingji1     a site, 检查, 行政检查: two certificates, a notice, the enterprise's code
  qiye1       puts right what was found at their site, and asks for more time
  xuexiao1    files a drill and a daily check of their own: a site, 自查
  anwei1      /office/checks: surprise, random, joint, cross-check, the leader's round; a draw made void once and one by commitments
              its 公布页 is open to anybody, and its file says the same: xunan draw check FILE
              /office/sites?lacking=confirmation: the new shop; /office/tasks: who has what; /office/forms: an own version, drafts (lodging: a standard that ended)
              /office/unsent: who holds what unsent on the phone (anquan1, too); /office/outlines: what lies where on the map
  admin       /office/settings?part=permissions, what each role may do; /office/inspections, the rules with their sources
              /office/notices/rules: who is told of what, robots, SMS, webhooks
              /office/hazards: a hazard round its loop; /office/audit: who did what
  everybody   消息: /field/notices and /office/notices; 地图: from 今天, also in airplane mode, and /office/map
  nobody      without an account: /report, and what came of it; as anwei1 or admin /office/reports: one to look at, one whose
              reward waits for another person, a number that both open by xunan-holder-one (anwei1) and xunan-holder-two (admin)
";

/// One account of each role and department, and those that the banner says what to try with; the others follow the same pattern.
#[derive(Debug)]
pub struct Accounts {
    office: String,
    lines: Vec<(String, String, &'static str)>,
    code: Option<CodeToTry>,
}

impl Accounts {
    pub(super) fn of(office: &Office, people: &[Person], code: Option<CodeToTry>) -> Self {
        let shown = |person: &&Person| person.username.ends_with('1') || person.role == Role::Administrator;
        let shown = |person: &&Person| {
            (shown(person) && !person.username.ends_with("11")) || TRY.contains(&person.username)
        };
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
