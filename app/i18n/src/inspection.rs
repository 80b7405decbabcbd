//! 巡查与行政检查: what the paper of a visit is called, and the rules of administrative inspections.

use super::limits;
use domain::{
    inspection::{Breach, InspectionRule, RuleSource, RulesRejection},
    party::InspectionCount,
    visit::VisitNature,
};

messages! {
    patrol_record = "安全隐患巡查记录", "Record of a safety patrol";
    patrol_notice = "安全隐患告知单", "Notice of safety hazards";
    inspection_record = "现场检查记录", "On-site inspection record";
    self_check_record = "安全自查记录", "Record of a safety self-check";
    recheck_record = "隐患复查记录", "Record of a recheck";
    patrolled_by = "巡查人员", "Patrolled by";
    inspected_by = "检查人员", "Inspectors";
    self_checked_by = "自查人员", "Checked by";
    rechecked_by = "复查人员", "Rechecked by";
    for_the_site = "场所人员", "For the site";
    inspected_party = "被检查单位现场负责人", "In charge at the inspected party";
    suggested_deadline = "建议整改期限", "Proposed deadline";
    only_a_service = "本单为服务告知，不是行政检查，不作处罚依据。", "This paper informs and advises. It is no administrative inspection and no ground for a penalty.";

    inspection = "行政检查", "Administrative inspection";
    at_the_door = "行政检查，到场先做", "Administrative inspection: first, at the door";
    things(n: usize) = "{n} 件", "{n} things";
    show_certificates = "两人亮证", "Both show their certificates";
    serve_notice = "送达检查通知书", "Serve the notice of inspection";
    register_entry = "扫企业码登记", "Scan the enterprise's code";
    tell_result = "检查结果已告知对方", "The party was told the result";
    tell_result_hint = "当面告知，或者送达结果告知书", "In person, or by the notice of the result";
    nth_of_year(n: u32) = "今年第 {n} 次", "Number {n} of this year";
    nth_and_cap(n: u32, cap: u32) = "今年第 {n} 次，上限 {cap} 次", "Number {n} of this year; the cap is {cap}";
    kind = "检查类别", "Kind of inspection";
    body = "以谁的名义检查", "In whose name";
    office_itself = "街道办事处", "The sub-district office";
    matter = "检查事项", "Matter";
    choose_matter = "请从公布的清单里选", "Choose from the published list";
    no_matters = "本机没有公布的事项清单，请让管理员在设置里录入", "There is no published list on this phone; have it entered in the settings";
    approval = "审批文号", "Number of the approval";
    urgent = "情况紧急，当场检查，事后补办审批", "Urgent: inspected on the spot, approved afterwards";
    notice = "检查通知书文号", "Number of the notice";
    special_level = "专项检查由哪一级批准", "Which level approved the special inspection";
    special_number = "批准文号", "Number of its approval";
    exception = "不计入年度次数的情形", "Why it does not count";
    no_exception = "没有，照常计次", "None; it counts";
    officers = "检查人员（持执法证）", "Inspectors with certificates";
    nobody_certified = "本机没有持证人员名单，请让管理员在人员里登记执法证", "This phone knows nobody with a certificate; have certificates entered with the accounts";
    ended_on(until: String) = "证件 {until} 到期", "ran out on {until}";
    entry_code = "企业码登记号", "Number of the entry";
    unannounced = "突击检查事先不发通知、不打招呼；到场按规定亮证、送达。", "A surprise inspection is not announced; certificates and notice are shown and served at the door.";
    start = "到了，开始检查", "Here: begin to inspect";
    lacking(n: usize) = "还差 {n} 件", "{n} still lacking";
    still_lacking = "还差这些", "Still lacking";
    patrol_instead = "改为巡查", "Make it a patrol";
    papers = "手续和人员", "Papers and inspectors";
    incomplete = "请先填写行政检查的通知书、检查人员等内容", "First write down the notice, the inspectors and what else an administrative inspection needs";
    body_not_qualified = "检查主体只能是街道办事处，或者设置里列明的部门；议事协调机构不能以自己的名义检查。请改选主体", "Only the sub-district office, or a department listed in the settings, inspects; a coordinating body never does in its own name. Choose another body";
    not_an_inspector(name: &str) = "{name}是网格员等非执法人员，不能做行政检查。请换人，或者改为巡查", "{name} is a grid member or otherwise no enforcement officer and inspects nobody. Choose somebody else, or make it a patrol";
    matter_missing = "请从公布的事项清单里选检查事项", "Choose the matter from the published list";
    matter_not_published = "这个检查事项不在公布的清单里，未经公布的不得检查。请另选，或者先请管理员更新清单", "This matter is not on the published list and may not be inspected. Choose another, or have the list brought up to date first";
    approval_missing = "检查前要经批准，请填审批文号", "An inspection is approved before; write the number of the approval";
    notice_missing = "请填检查通知书文号", "Write the number of the notice";
    notice_not_served = "请送达检查通知书后勾选", "Serve the notice, then tick it off";
    too_few_officers(named: u32, needed: u32) = "检查人员要有 {needed} 人以上，现在 {named} 人，请加人", "At least {needed} inspectors; there are {named}. Add somebody";
    named_twice(name: &str) = "{name}选了两次，请换另一人", "{name} is named twice; choose somebody else";
    certificate_missing(name: &str) = "{name}的执法证号没有填，请补上", "The certificate number of {name} is missing; write it";
    certificate_unknown(name: &str) = "没有登记{name}的这个执法证号，请核对证件，或者请管理员先登记", "This certificate of {name} is not on record; check it, or have the administrator enter it first";
    certificate_expired(name: &str, until: String) = "{name}的执法证 {until} 已到期，请换人，换证后再检查", "The certificate of {name} ran out on {until}; choose somebody else until it is renewed";
    certificates_not_shown = "请向对方出示执法证后勾选", "Show the certificates, then tick it off";
    entry_code_missing = "请扫企业码登记，并填登记号", "Scan the enterprise's code and write the number of the entry";
    entry_not_registered = "请扫企业码登记后勾选", "Scan the enterprise's code, then tick it off";
    cap_reached(counted: u32, cap: u32) = "今年已检查 {counted} 次，上限 {cap} 次。不在规定的例外里，就请改为巡查", "Inspected {counted} times this year, and the cap is {cap}. Unless an exception holds, make it a patrol";
    exception_not_open(name: &str) = "本单位没有把“{name}”列为不计次数的情形，请不选例外，或者请管理员在设置里开启", "This office does not count “{name}” as an exception; choose none, or have it opened in the settings";
    result_not_told = "请把检查结果告知对方后勾选", "Tell the party the result, then tick it off";
    special_approval_missing = "专项检查要写批准的文号", "A special inspection needs the number of its approval";
    special_approval_too_low = "专项检查要由县级以上批准，请核对批准机关", "A special inspection is approved by the county or above; check who approved it";
    nobody_named = "观摩、督导也要记录，请写明到场的人", "Observation and supervision are recorded, too; name who was there";

    rule_qualified_body = "由街道办事处或者有资格的部门检查，议事协调机构不以自己的名义检查", "The sub-district or an empowered department inspects; no coordinating body in its own name";
    rule_no_grid_member = "网格员不做行政检查", "No grid member inspects";
    rule_published_matter = "检查事项在公布的清单里", "The matter is on the published list";
    rule_prior_approval = "检查前经批准", "Approved before";
    rule_notice_served = "出具、送达检查通知书", "The notice is made out and served";
    rule_two_officers = "检查人员不少于规定人数", "At least so many inspectors";
    rule_valid_certificates = "检查人员持有当天有效的执法证并出示", "Each holds a certificate that is valid that day, and shows it";
    rule_entry_code = "扫企业码登记", "The entry is registered by the enterprise's code";
    rule_yearly_cap = "同一主体一年检查次数不超过上限", "No party is inspected more often in a year than the cap";
    rule_result_told = "检查结果告知对方", "The party is told the result";
    rule_special_approval = "专项检查由县级以上批准", "A special inspection is approved by the county or above";
    rule_sole_traders = "个体工商户参照执行", "The same holds for sole traders";
    rule_observation_recorded = "观摩、督导也要记录", "Observation and supervision are recorded, too";
    rule_uncounted_report = "因投诉举报的检查不计次数", "Inspections upon a complaint do not count";
    rule_uncounted_transfer = "因转办、交办线索的检查不计次数", "Inspections upon a lead handed over do not count";
    rule_uncounted_major_hazard = "因重大隐患的检查不计次数", "Inspections because of a major hazard do not count";
    rule_uncounted_recheck = "复查不计次数", "Rechecks do not count";
    rule_urgent_on_the_spot = "情况紧急的可以当场检查，及时报告并补办手续", "What is urgent may be inspected on the spot, and approved afterwards";
    source_opinion = "国办发〔2024〕54号《关于严格规范涉企行政检查的意见》、司法部问题解答、行政检查文书基本格式文本（试行）", "Opinion on Administrative Inspections of Enterprises (General Office of the State Council, No. 54 of 2024), with the answers and forms of papers of the Ministry of Justice";
    source_cap_exceptions = "国办发〔2024〕54号规定年度上限；哪些情形不计次数，以本地文件和法律顾问意见为准", "The opinion (No. 54 of 2024) sets a yearly cap; what does not count against it, local papers and the office's counsel say";
    source_penalty_procedure = "《安全生产违法行为行政处罚办法》（应急管理部令第18号）第五条第二款，约束应急管理部门", "Measures on Administrative Penalties for Work Safety Violations (Order 18 of the Ministry of Emergency Management), article 5 (2), which binds departments of emergency management";

    rules_title = "行政检查规则", "Rules of administrative inspections";
    rules_lead = "每条规则写明出处。关闭或调整前，请先征求法律顾问意见；谁改的会记入操作记录。材料没有写明的，先不开启。", "Every rule says where it comes from. Ask the office's counsel before you switch one off or change it; who did is kept in the audit log. What the sources do not say plainly is off.";
    rules_heading = "规则", "Rules";
    rule_column = "要求", "What it asks";
    source_column = "出处", "Source";
    decided_column = "谁定的", "Decided by";
    setting_column = "现在", "Now";
    decided_by(by: String, at: String) = "{by}，{at}", "{by}, {at}";
    as_usual = "没有改过", "As it came";
    always_holds = "必须执行", "Always holds";
    holds = "执行", "Holds";
    is_off = "关闭", "Off";
    figure_of(rule: &str) = "数字：{rule}", "Figure: {rule}";
    state_of(rule: &str) = "是否执行：{rule}", "Whether it holds: {rule}";
    save_rule(rule: &str) = "保存：{rule}", "Save: {rule}";
    not_a_figure = "请填整数，或者空着", "A whole number, or nothing";
    matters_heading = "公布的检查事项清单", "Published list of matters";
    no_matter_yet = "还没有录入。没有录入的事项不能检查。", "None yet. What is not on the list is not inspected.";
    matter_code = "事项编码", "Code of the matter";
    matter_code_hint = "和公布的清单一致；填已有的编码就是修改那一项", "As on the published list; a code that is there already is changed";
    matter_name = "事项名称", "Name of the matter";
    matter_basis = "设定依据", "What it rests on";
    matter_department = "承办部门", "Department in charge";
    matter_department_hint = "写明后，制定抽查计划时只能派这个部门的人", "Once named, plans of spot checks send its people alone";
    of_sub_district = "街道办事处（不限部门）", "The sub-district, whatever department";
    matter_ended = "已取消", "Taken off the list";
    matter_ended_hint = "取消后不能再选，以前的记录不变", "Cannot be chosen any more; earlier records stay as they are";
    save_matter = "保存事项", "Save the matter";
    is_ended = "已取消", "Off the list";
    is_published = "在清单里", "On the list";
    who_inspects_hint = "不选就只以街道办事处名义检查。议事协调机构不选", "With none, the sub-district office alone inspects. Never a coordinating body";
    of_year = "年度次数", "Of this year";
    done_there = "现场手续", "Done on the spot";
    inspections_of_year = "今年行政检查", "Administrative inspections this year";
    count_of_cap(count: u32, cap: u32) = "{count} 次，上限 {cap} 次", "{count} of at most {cap}";
    count_only(count: u32) = "{count} 次，没有设上限", "{count}; no cap is set";
    breaches_heading = "请核对行政检查手续", "Check the papers of this inspection";
    breaches_hint = "手机上传时，下列各项和本单位的规则不符。记录已经收下，请核实处理", "When this came in, the following did not fit the office's rules. The record was taken; look into it";
    who_inspects = "以自己名义检查的部门", "Departments that inspect in their own name";
    rules_changed = "规则刚被别人改过，请看一眼现在的内容再改", "Somebody else has just changed the rules; look at them and change them again";
    rule_is_fixed = "这一条不能关闭", "This rule cannot be switched off";
    figure_wrong(from: u32, to: u32) = "请填 {from} 到 {to} 之间的整数", "A whole number from {from} to {to}";
    no_figure = "这一条没有数字", "This rule has no figure";
    code_missing = "请填事项编码", "Write the code of the matter";
    matter_name_missing = "请填事项名称", "Write the name of the matter";
    unknown_department = "没有这个部门，请重新选择", "There is no such department; choose again";
}

/// What the printed record is called. A patrol that found something leaves a notice; it orders nothing.
pub const fn record_title(lang: Lang, nature: VisitNature, found: bool) -> &'static str {
    match nature {
        VisitNature::Patrol if found => patrol_notice(lang),
        VisitNature::Patrol => patrol_record(lang),
        VisitNature::AdministrativeInspection => inspection_record(lang),
        VisitNature::SelfCheck => self_check_record(lang),
        VisitNature::Recheck => recheck_record(lang),
    }
}

/// What whoever came is called where they sign.
pub const fn signed_by(lang: Lang, nature: VisitNature) -> &'static str {
    match nature {
        VisitNature::Patrol => patrolled_by(lang),
        VisitNature::AdministrativeInspection => inspected_by(lang),
        VisitNature::SelfCheck => self_checked_by(lang),
        VisitNature::Recheck => rechecked_by(lang),
    }
}

/// What whoever signs for the site is called.
pub const fn signed_for_site(lang: Lang, nature: VisitNature) -> &'static str {
    match nature {
        VisitNature::AdministrativeInspection => inspected_party(lang),
        VisitNature::Patrol | VisitNature::SelfCheck | VisitNature::Recheck => for_the_site(lang),
    }
}

/// Which of the year an inspection is, and how many there may be.
pub fn which_of_year(lang: Lang, nth: u32, cap: Option<u32>) -> String {
    match cap {
        Some(cap) => nth_and_cap(lang, nth, cap),
        None => nth_of_year(lang, nth),
    }
}

/// How often somebody was inspected this year, against the cap.
pub fn count_words(lang: Lang, inspections: InspectionCount) -> String {
    match inspections.cap {
        Some(cap) => count_of_cap(lang, inspections.count, cap),
        None => count_only(lang, inspections.count),
    }
}

/// What of an inspection does not fit, and what to do.
pub fn breach(lang: Lang, breach: &Breach) -> String {
    match breach {
        Breach::BodyNotQualified => body_not_qualified(lang).to_owned(),
        Breach::NotAnInspector { name } => not_an_inspector(lang, name),
        Breach::MatterMissing => matter_missing(lang).to_owned(),
        Breach::MatterNotPublished => matter_not_published(lang).to_owned(),
        Breach::ApprovalMissing => approval_missing(lang).to_owned(),
        Breach::NoticeMissing => notice_missing(lang).to_owned(),
        Breach::NoticeNotServed => notice_not_served(lang).to_owned(),
        Breach::TooFewOfficers { named, needed } => too_few_officers(lang, *named, *needed),
        Breach::NamedTwice { name } => named_twice(lang, name),
        Breach::CertificateMissing { name } => certificate_missing(lang, name),
        Breach::CertificateUnknown { name } => certificate_unknown(lang, name),
        Breach::CertificateExpired { name, valid_until } => {
            certificate_expired(lang, name, valid_until.to_string())
        }
        Breach::CertificatesNotShown => certificates_not_shown(lang).to_owned(),
        Breach::EntryCodeMissing => entry_code_missing(lang).to_owned(),
        Breach::EntryNotRegistered => entry_not_registered(lang).to_owned(),
        Breach::CapReached { counted, cap } => cap_reached(lang, *counted, *cap),
        Breach::ExceptionNotOpen { exception } => exception_not_open(lang, exception.name().get(lang)),
        Breach::ResultNotTold => result_not_told(lang).to_owned(),
        Breach::SpecialApprovalMissing => special_approval_missing(lang).to_owned(),
        Breach::SpecialApprovalTooLow => special_approval_too_low(lang).to_owned(),
        Breach::NobodyNamed => nobody_named(lang).to_owned(),
    }
}

/// What a rule asks.
pub const fn rule(lang: Lang, rule: InspectionRule) -> &'static str {
    match rule {
        InspectionRule::QualifiedBody => rule_qualified_body(lang),
        InspectionRule::NoGridMember => rule_no_grid_member(lang),
        InspectionRule::PublishedMatter => rule_published_matter(lang),
        InspectionRule::PriorApproval => rule_prior_approval(lang),
        InspectionRule::NoticeServed => rule_notice_served(lang),
        InspectionRule::TwoOfficers => rule_two_officers(lang),
        InspectionRule::ValidCertificates => rule_valid_certificates(lang),
        InspectionRule::EntryCode => rule_entry_code(lang),
        InspectionRule::YearlyCap => rule_yearly_cap(lang),
        InspectionRule::ResultTold => rule_result_told(lang),
        InspectionRule::SpecialApproval => rule_special_approval(lang),
        InspectionRule::SoleTraders => rule_sole_traders(lang),
        InspectionRule::ObservationRecorded => rule_observation_recorded(lang),
        InspectionRule::UncountedReport => rule_uncounted_report(lang),
        InspectionRule::UncountedTransfer => rule_uncounted_transfer(lang),
        InspectionRule::UncountedMajorHazard => rule_uncounted_major_hazard(lang),
        InspectionRule::UncountedRecheck => rule_uncounted_recheck(lang),
        InspectionRule::UrgentOnTheSpot => rule_urgent_on_the_spot(lang),
    }
}

/// Where a rule comes from.
pub const fn source(lang: Lang, source: RuleSource) -> &'static str {
    match source {
        RuleSource::EnterpriseInspections => source_opinion(lang),
        RuleSource::CapExceptions => source_cap_exceptions(lang),
        RuleSource::PenaltyProcedure => source_penalty_procedure(lang),
    }
}

/// Why a change of the rules is not made, and the field that is to blame; none where somebody else was there meanwhile.
pub fn rejected(lang: Lang, rejection: &RulesRejection) -> (Option<&'static str>, String) {
    let own = str::to_owned;
    match rejection {
        RulesRejection::Changed => (None, own(rules_changed(lang))),
        RulesRejection::Fixed => (Some("on"), own(rule_is_fixed(lang))),
        RulesRejection::Figure { from, to } => (Some("figure"), figure_wrong(lang, *from, *to)),
        RulesRejection::NoFigure => (Some("figure"), own(no_figure(lang))),
        RulesRejection::CodeMissing => (Some("code"), own(code_missing(lang))),
        RulesRejection::NameMissing => (Some("name"), own(matter_name_missing(lang))),
        RulesRejection::UnknownDepartment => (Some("departments"), own(unknown_department(lang))),
        RulesRejection::OverLimit(over) => (Some(over.field.as_str()), limits::over(lang, *over)),
    }
}
