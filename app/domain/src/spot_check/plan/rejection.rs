//! Why a plan is not changed as was wanted.

use crate::{
    draw::{DrawError, DrawFault},
    id::FormId,
    limits::{Field, OverLimit},
};
use chrono::NaiveDate;
use thiserror::Error;

/// Of people and sites the name.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum PlanRejection {
    #[error("{0}")]
    OverLimit(#[from] OverLimit),
    #[error("it has no title")]
    TitleMissing,
    /// The title is read by people who are not to know.
    #[error("the title names {site}")]
    TitleTells { site: String },
    /// So does the team, before the order opens.
    #[error("the order names {site} beside what is sealed")]
    OrderTells { field: Field, site: String },
    #[error("it is not said by what it is checked")]
    BasisMissing,
    #[error("no form is named")]
    FormsMissing,
    #[error("there is no form {0}")]
    UnknownForm(FormId),
    /// A spot check is a patrol or an administrative inspection.
    #[error("a spot check is never of this nature")]
    Nature,
    #[error("it opens in the past")]
    OpensInPast,
    #[error("its last day is before it opens")]
    EndsBeforeOpening,
    #[error("from {from} to 10 people go to a site")]
    TeamSize { from: u32 },
    #[error("nobody leads it who may")]
    NoLeader,
    #[error("two departments at least take part in a joint check")]
    DepartmentsMissing,
    #[error("people of a joint check are sent by their departments and not drawn")]
    JointNotDrawn,
    /// The name is empty where nobody of the office belongs to it.
    #[error("nobody of {department} goes to {site}")]
    DepartmentNotThere { department: String, site: String },
    #[error("there is no site in it")]
    NoSites,
    #[error("there is no such site, or no longer")]
    UnknownSite,
    #[error("{site} is not in use any more")]
    SiteRetired { site: String },
    #[error("{site} is in it twice")]
    SiteTwice { site: String },
    #[error("there is no such person")]
    UnknownPerson,
    #[error("{person} goes to {site} twice")]
    PersonTwice { person: String, site: String },
    #[error("the account of {person} is not in use any more")]
    PersonLeft { person: String },
    #[error("{person} checks nothing")]
    MayNotInspect { person: String },
    /// A grid member patrols, and never inspects in the name of the law.
    #[error("{person} carries out no administrative inspections")]
    OnlyPatrols { person: String },
    /// 没有有效的执法证件: all of them at once.
    #[error("without a certificate that is valid until {until}: {people:?}")]
    NotCertified { people: Vec<String>, until: NaiveDate },
    /// 检查事项: not on the published list, or no longer; or of a patrol, which has none.
    #[error("there is no matter {code} to be inspected")]
    UnknownMatter { code: String },
    /// 承办部门: all of them at once.
    #[error("the matter {matter} is not of the department of {people:?}")]
    NotOfMatter { people: Vec<String>, matter: String },
    #[error("{person} is to keep away from {site}")]
    Avoids { person: String, site: String },
    #[error("{person} belongs to the community of {site}")]
    OwnCommunity { person: String, site: String },
    #[error("{wanted} people go to {site}, and {there} are named")]
    TeamOf { site: String, wanted: u32, there: usize },
    #[error("nobody goes to {site} who may keep the record")]
    NobodyRecords { site: String },
    #[error("the leader does not go to {site}")]
    LeaderNotThere { site: String },
    /// 领导带队: the leader goes there in person, and hands that over to nobody.
    #[error("it is its leader's own round")]
    OwnRound,
    #[error("{person} does not go to {site}")]
    NotInTeam { person: String, site: String },
    /// 查完了、撤回了: nobody goes there any more.
    #[error("the check of {site} is over")]
    CheckOver { site: String },
    #[error("the check was carried out, or still can be")]
    NotMissed,
    #[error("it is not said why")]
    ReasonMissing,
    #[error("{0}")]
    Draw(#[from] DrawError),
    /// What was frozen is not what is there: somebody has changed it.
    #[error("the draw was changed: {0:?}")]
    DrawChanged(DrawFault),
    #[error("this is not the step for it")]
    OtherStep,
    #[error("{left} checks are still under way")]
    UnderWay { left: u32 },
}
