//! Who may do what, and where. One table for phone and server; the server's answer counts.

mod actor;
mod scope;

pub use actor::Actor;
pub use scope::{ResourceScope, Scope};

use crate::{severity::Severity, text::Bilingual, visit::VisitNature};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 网格员
    Inspector,
    /// 社区（村）安全员
    CommunityOfficer,
    /// 部门负责人
    Officer,
    /// 应急管理办公室（安委办）
    Supervisor,
    /// 分管领导
    Leader,
    /// 企业安全员
    Enterprise,
    /// 学校安全员
    School,
    Administrator,
}

impl Role {
    pub const ALL: [Self; 8] = [
        Self::Inspector,
        Self::CommunityOfficer,
        Self::Officer,
        Self::Supervisor,
        Self::Leader,
        Self::Enterprise,
        Self::School,
        Self::Administrator,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Inspector => "inspector",
            Self::CommunityOfficer => "community_officer",
            Self::Officer => "officer",
            Self::Supervisor => "supervisor",
            Self::Leader => "leader",
            Self::Enterprise => "enterprise",
            Self::School => "school",
            Self::Administrator => "administrator",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::Inspector => Bilingual::new("网格员", "Grid inspector"),
            Self::CommunityOfficer => Bilingual::new("社区（村）安全员", "Community safety officer"),
            Self::Officer => Bilingual::new("部门负责人", "Department officer"),
            Self::Supervisor => Bilingual::new(
                "应急管理办公室（安委办）",
                "Emergency management office (safety committee office)",
            ),
            Self::Leader => Bilingual::new("分管领导", "Leader in charge"),
            Self::Enterprise => Bilingual::new("企业安全员", "Enterprise contact"),
            Self::School => Bilingual::new("学校安全员", "School safety officer"),
            Self::Administrator => Bilingual::new("管理员", "Administrator"),
        }
    }

    /// Whether the role's work is done on the phone first.
    pub fn is_field(self) -> bool {
        matches!(self, Self::Inspector | Self::Enterprise | Self::School)
    }

    /// Whether they are of the site and not of the office: they check themselves and put right, and never accept that.
    pub fn is_contact(self) -> bool {
        match self {
            Self::Enterprise | Self::School => true,
            Self::Inspector
            | Self::CommunityOfficer
            | Self::Officer
            | Self::Supervisor
            | Self::Leader
            | Self::Administrator => false,
        }
    }

    /// Whether the role accepts or returns what was put right of this level, or answers for its extension: major hazards are for the department, 应急办 and the leader.
    pub fn accepts(self, level: Severity) -> bool {
        match self {
            Self::Officer | Self::Supervisor | Self::Leader | Self::Administrator => true,
            Self::Inspector | Self::CommunityOfficer => level == Severity::General,
            Self::Enterprise | Self::School => false,
        }
    }

    /// Whether the role's visits may be of this nature: whoever is of a site checks it themselves, and nobody else does that for
    /// them.
    pub fn visits_as(self, nature: VisitNature) -> bool {
        nature.is_for(self)
    }

    /// Whether the whole office is theirs to see.
    pub fn sees_whole_office(self) -> bool {
        match self {
            Self::Supervisor | Self::Leader | Self::Administrator => true,
            Self::Inspector | Self::CommunityOfficer | Self::Officer | Self::Enterprise | Self::School => {
                false
            }
        }
    }

    /// What the role may do where its office took nothing away ([`Permissions`](crate::permission::Permissions)).
    pub fn actions(self) -> &'static [Action] {
        use Action::{
            Assign, AssignAndSupervise, CloseMajorHazards, GrantLongExtensions, Inspect, LeadSpotChecks,
            ManageForms, ManageSites, PlanSpotChecks, ReadAudit, Recheck, Rectify, UseField, UseOffice,
            VoidDraws,
        };
        match self {
            Self::Inspector => &[UseField, Inspect, Rectify, Recheck],
            Self::CommunityOfficer => &[UseField, UseOffice, Inspect, Rectify, Recheck, Assign],
            Self::Officer => &[UseField, UseOffice, Inspect, Rectify, Recheck, Assign, AssignAndSupervise],
            Self::Supervisor => &[
                UseField,
                UseOffice,
                Inspect,
                Rectify,
                Recheck,
                Assign,
                CloseMajorHazards,
                AssignAndSupervise,
                PlanSpotChecks,
                VoidDraws,
                ManageSites,
                ManageForms,
                ReadAudit,
            ],
            Self::Leader => &[
                UseField,
                UseOffice,
                Inspect,
                Recheck,
                CloseMajorHazards,
                GrantLongExtensions,
                LeadSpotChecks,
                VoidDraws,
                ReadAudit,
            ],
            Self::Enterprise | Self::School => &[UseField, Inspect, Rectify],
            Self::Administrator => &Action::ALL,
        }
    }

    /// By the table alone; of a person, [`Actor::may_do`] decides.
    pub fn may(self, action: Action) -> bool {
        self.actions().contains(&action)
    }
}

/// What can be done, by kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Open the phone's part.
    UseField,
    /// Open the desk's part.
    UseOffice,
    /// Submit visits and report hazards. Whoever is of a site checks themselves ([`Role::visits_as`]).
    Inspect,
    /// Report a hazard as put right, ask for an extension.
    Rectify,
    /// Accept or return what was reported as put right, of the levels that are the role's ([`Role::accepts`]).
    Recheck,
    /// 重大隐患销号: accept a major hazard as the second person, which closes it.
    CloseMajorHazards,
    /// Give visits and hazards to people, take them over, and answer for extensions, of the levels that are the role's
    /// ([`Role::accepts`]).
    Assign,
    /// 超过规定天数的延期: grant extensions that are longer than the office leaves to others
    /// ([`Permissions::extension_limit`](crate::permission::Permissions::extension_limit())).
    GrantLongExtensions,
    /// Assign hazards to departments, list, suspend and lift that, refer, merge, reopen.
    AssignAndSupervise,
    /// Plan spot checks, draw them and seal them.
    PlanSpotChecks,
    /// Say the words that open a sealed plan, and decide of spot checks what only a leader may.
    LeadSpotChecks,
    /// Declare a draw void.
    VoidDraws,
    /// Edit and import sites, grids, responsibilities.
    ManageSites,
    /// Write, publish and withdraw forms.
    ManageForms,
    /// Accounts and roles.
    ManagePeople,
    /// Holidays, prefixes of numbers, papers, what roles may do.
    ManageSettings,
    /// Who did what.
    ReadAudit,
    /// Work behind the answers that failed: have it done again, or give it up.
    ManageJobs,
}

impl Action {
    pub const ALL: [Self; 18] = [
        Self::UseField,
        Self::UseOffice,
        Self::Inspect,
        Self::Rectify,
        Self::Recheck,
        Self::CloseMajorHazards,
        Self::Assign,
        Self::GrantLongExtensions,
        Self::AssignAndSupervise,
        Self::PlanSpotChecks,
        Self::LeadSpotChecks,
        Self::VoidDraws,
        Self::ManageSites,
        Self::ManageForms,
        Self::ManagePeople,
        Self::ManageSettings,
        Self::ReadAudit,
        Self::ManageJobs,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::UseField => "use_field",
            Self::UseOffice => "use_office",
            Self::Inspect => "inspect",
            Self::Rectify => "rectify",
            Self::Recheck => "recheck",
            Self::CloseMajorHazards => "close_major_hazards",
            Self::Assign => "assign",
            Self::GrantLongExtensions => "grant_long_extensions",
            Self::AssignAndSupervise => "assign_and_supervise",
            Self::PlanSpotChecks => "plan_spot_checks",
            Self::LeadSpotChecks => "lead_spot_checks",
            Self::VoidDraws => "void_draws",
            Self::ManageSites => "manage_sites",
            Self::ManageForms => "manage_forms",
            Self::ManagePeople => "manage_people",
            Self::ManageSettings => "manage_settings",
            Self::ReadAudit => "read_audit",
            Self::ManageJobs => "manage_jobs",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|action| action.as_str() == word)
    }

    pub fn name(self) -> Bilingual {
        match self {
            Self::UseField => Bilingual::new("使用手机端", "Use the phone"),
            Self::UseOffice => Bilingual::new("使用办公端", "Use the desk"),
            Self::Inspect => Bilingual::new("巡查、上报隐患", "Inspect and report hazards"),
            Self::Rectify => Bilingual::new("报告整改、申请延期", "Report rectification, ask for more time"),
            Self::Recheck => Bilingual::new("验收、退回", "Accept or return"),
            Self::CloseMajorHazards => Bilingual::new("重大隐患销号", "Close major hazards"),
            Self::Assign => Bilingual::new("派单、转办、批延期", "Give work to people, grant extensions"),
            Self::GrantLongExtensions => Bilingual::new("批超过规定天数的延期", "Grant long extensions"),
            Self::AssignAndSupervise => Bilingual::new("交办、督办隐患", "Assign and supervise hazards"),
            Self::PlanSpotChecks => Bilingual::new("制定抽查计划", "Plan spot checks"),
            Self::LeadSpotChecks => Bilingual::new("带队抽查、启封计划", "Lead spot checks"),
            Self::VoidDraws => Bilingual::new("作废抽取", "Declare draws void"),
            Self::ManageSites => Bilingual::new("维护场所和网格", "Keep sites and grids"),
            Self::ManageForms => Bilingual::new("维护检查表", "Keep forms"),
            Self::ManagePeople => Bilingual::new("管理账号", "Manage accounts"),
            Self::ManageSettings => Bilingual::new("管理单位设置", "Manage settings"),
            Self::ReadAudit => Bilingual::new("查看操作记录", "Read the audit log"),
            Self::ManageJobs => Bilingual::new("处理后台任务", "See to background jobs"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn contacts_check_themselves_and_never_accept() {
        for role in Role::ALL.into_iter().filter(|role| role.is_contact()) {
            assert!(role.may(Action::Rectify) && role.may(Action::Inspect));
            assert!(role.visits_as(VisitNature::SelfCheck) && !role.visits_as(VisitNature::Recheck));
            assert!(!role.accepts(Severity::General));
            assert!(!role.may(Action::Recheck) && !role.may(Action::UseOffice) && !role.may(Action::Assign));
        }
    }

    #[test]
    fn a_major_hazard_may_be_accepted_by_the_department_the_office_and_the_leader() {
        let accept: Vec<_> = Role::ALL.into_iter().filter(|role| role.accepts(Severity::Major)).collect();
        assert_eq!(accept, [Role::Officer, Role::Supervisor, Role::Leader, Role::Administrator]);
        let general: Vec<_> = Role::ALL.into_iter().filter(|role| role.accepts(Severity::General)).collect();
        let accepting: Vec<_> = Role::ALL.into_iter().filter(|role| role.may(Action::Recheck)).collect();
        assert_eq!(general, accepting);
    }

    #[test]
    fn only_the_administrator_makes_accounts_settings_and_sees_to_jobs() {
        for action in [Action::ManagePeople, Action::ManageSettings, Action::ManageJobs] {
            let may: Vec<_> = Role::ALL.into_iter().filter(|role| role.may(action)).collect();
            assert_eq!(may, [Role::Administrator], "{action:?}");
        }
    }

    #[test]
    fn who_plans_a_spot_check_and_who_opens_it_are_two() {
        for role in Role::ALL.into_iter().filter(|role| *role != Role::Administrator) {
            assert!(!(role.may(Action::PlanSpotChecks) && role.may(Action::LeadSpotChecks)), "{role:?}");
        }
    }

    #[test]
    fn words_of_actions_are_those_that_are_sent() {
        for action in Action::ALL {
            assert_eq!(serde_json::to_value(action).unwrap(), action.as_str());
            assert_eq!(Action::parse(action.as_str()), Some(action));
        }
        for role in Role::ALL {
            assert_eq!(serde_json::to_value(role).unwrap(), role.as_str());
            assert_eq!(Role::parse(role.as_str()), Some(role));
        }
    }
}
