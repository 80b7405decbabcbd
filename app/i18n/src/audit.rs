//! 操作记录: what was done, in words.

use super::{import, jobs, settings, spot_checks, standards};
use domain::{
    audit::{AuditEntry, By, SubjectKind},
    datum::Datum,
    party::PartyKind,
    risk::RiskLevel,
    role::{Action, Role},
    sector::Sector,
    settings::paper::Paper,
    site::attributes::{GasSupply, SiteAttribute},
    spot_check::{SpotCheckKind, plan::PlanStep},
    time,
    visit::VisitNature,
};
use serde_json::Value;

messages! {
    audit = "操作记录", "Audit log";
    audit_hint = "谁在什么时候、从哪里做了什么。只增不改，不能删除。", "Who did what, when and from where. Entries are added, never changed and never removed.";
    count(total: u64) = "{total} 条", "{total} entries";
    nothing = "没有符合条件的记录", "No entries match";
    at = "时间", "When";
    who = "操作人", "Who";
    act = "操作内容", "What was done";
    subject = "对象", "Subject";
    from_where = "来源", "From where";
    changes = "变更内容", "Changes";
    field = "项目", "Field";
    all_acts = "全部操作", "All actions";
    all_subjects = "全部对象", "All subjects";
    find = "姓名、对象或网络地址", "Name, subject or network address";
    of_one = "只看一个对象", "One subject only";
    by_one = "只看一个人", "One person only";
    history = "变更历史", "History of changes";
    command_line = "命令行", "Command line";
    nobody = "未登录", "Not signed in";
    unknown_account = "没有这个账号", "No such account";
    session(mark: String) = "登录 {mark}", "session {mark}";
    yes = "是", "yes";
    no = "否", "no";
    none = "（空）", "(empty)";
    between = "、", ", ";
    between_fields = "；", "; ";

    f_username = "账号", "Account";
    f_name = "名称", "Name";
    f_role = "角色", "Role";
    f_phone = "电话", "Phone";
    f_department = "部门", "Department";
    f_communities = "负责的村（社区）", "Communities";
    f_grids = "负责的网格", "Grids";
    f_sites = "负责的场所", "Sites";
    f_disabled = "停用账号", "Disabled";
    f_code = "编码", "Code";
    f_kinds = "类别", "Kinds";
    f_sector = "行业", "Sector";
    f_sectors = "主管行业", "Sectors";
    f_risk = "风险等级", "Risk level";
    f_community = "社区", "Community";
    f_grid = "网格", "Grid";
    f_address = "地址", "Address";
    f_location = "经纬度", "Coordinates";
    f_contacts = "责任人", "Responsible people";
    f_leader = "包联领导", "Leader";
    f_retired = "已停用", "Retired";
    f_to_confirm = "待确认", "To be confirmed";
    f_into = "并入", "Merged into";
    f_second_factor = "两步验证", "Second factor";
    f_intervals = "检查间隔", "Visit intervals";
    f_operations = "条数", "Records";
    f_photos = "照片", "Photos";
    f_device = "设备", "Device";
    f_rows = "行数", "Rows";
    f_file = "文件", "File";
    f_filter = "筛选条件", "Filter";
    f_key = "密钥", "Key";
    f_attempts = "尝试次数", "Attempts";
    f_failure = "错误", "Error";
    f_party = "责任主体", "Responsible party";
    f_party_kind = "主体类型", "Type";
    f_credit_code = "统一社会信用代码", "Credit code";
    f_people = "相关人员", "People";
    f_note = "备注", "Note";
    f_handed_to = "接手人", "Handed over to";
    f_tasks = "派单件数", "Assignments";
    f_checks = "抽查任务项数", "Spot checks";
    f_plans = "抽查计划个数", "Plans of spot checks";
    f_template = "模板标记", "Mark of the template";
    f_reason = "理由", "Reason";
    f_answer = "答复", "Answer";
    f_state = "状态", "Status";
    f_sum = "金额（元）", "Sum (yuan)";
    f_public_open = "接受群众举报", "Reports by the public are taken";
    f_public_difficulty = "防刷强度", "Weight of the puzzle";
    f_public_rewards = "举报奖励标准", "Rewards for reports";
    permissions_of(role: String) = "“{role}”可以办理的事项", "What {role} may do";
    f_outlines = "写入的界线", "Outlines written";
    f_datum = "坐标系", "Datum";
    f_id = "系统内部编号", "Internal id";
    intervals_of(risk: String) = "检查间隔（{risk}，天）", "Days between visits ({risk})";
    f_open_hazards = "未销号隐患", "Open hazards";
    f_certificates = "执法证件", "Certificates";
    f_holds = "是否执行", "Holds";
    f_figure = "数字", "Figure";
    f_basis = "依据", "Basis";
    f_ended = "已取消", "Taken off the list";
    f_departments = "以自己名义检查的部门", "Departments that inspect in their own name";
    f_new = "新增", "New";
    f_changed = "变更", "Changed";
    f_kept = "予以保留", "Kept";
    f_question = "检查项", "Item";
    f_picture = "示例图", "Picture";
    f_from = "启用日期", "In use from";
    f_until = "截止日期", "Last day";
    f_reviewer = "审核人", "Reviewed by";
    f_nature = "检查性质", "Nature";
    f_forms = "检查表", "Checklists";
    f_exchanged = "换人次数", "Exchanges";
    f_explained = "写明原因的", "Reasons given";
    f_rescheduled = "改期次数", "Moved to another date";
    f_fingerprint = "指纹", "Fingerprint";
    f_hazards_moved = "随场所移交的隐患", "Hazards moved with the site";
}

/// The field's name; one that nobody named is shown as it is called in the record.
pub fn field_name(lang: Lang, field: &str) -> String {
    let name = match field {
        "username" => f_username(lang),
        "name" => f_name(lang),
        "role" => f_role(lang),
        "phone" => f_phone(lang),
        "department" => f_department(lang),
        "grids" => f_grids(lang),
        "communities" => f_communities(lang),
        "sites" => f_sites(lang),
        "disabled" => f_disabled(lang),
        "code" => f_code(lang),
        "kinds" => f_kinds(lang),
        "sector" => f_sector(lang),
        "sectors" => f_sectors(lang),
        "risk" => f_risk(lang),
        "community" => f_community(lang),
        "grid" => f_grid(lang),
        "address" => f_address(lang),
        "location" => f_location(lang),
        "contacts" => f_contacts(lang),
        "leader" => f_leader(lang),
        "retired" | "closed" => f_retired(lang),
        "to_confirm" => f_to_confirm(lang),
        "into" => f_into(lang),
        "second_factor" => f_second_factor(lang),
        "intervals" => f_intervals(lang),
        "operations" => f_operations(lang),
        "photos" => f_photos(lang),
        "device" => f_device(lang),
        "rows" => f_rows(lang),
        "file" => f_file(lang),
        "filter" => f_filter(lang),
        "key" => f_key(lang),
        "attempts" => f_attempts(lang),
        "to" => f_handed_to(lang),
        "tasks" => f_tasks(lang),
        "checks" => f_checks(lang),
        "plans" => f_plans(lang),
        "failure" => f_failure(lang),
        "party" => f_party(lang),
        "party_kind" => f_party_kind(lang),
        "credit_code" => f_credit_code(lang),
        "people" => f_people(lang),
        "note" => f_note(lang),
        "outlines" => f_outlines(lang),
        "datum" => f_datum(lang),
        "template" => f_template(lang),
        "reason" => f_reason(lang),
        "answer" => f_answer(lang),
        "state" => f_state(lang),
        "sum" => f_sum(lang),
        "public_open" => f_public_open(lang),
        "public_difficulty" => f_public_difficulty(lang),
        "public_rewards" => f_public_rewards(lang),
        "standards" => standards::title(lang),
        "hazards_moved" => f_hazards_moved(lang),
        "papers" => settings::papers_issued(lang),
        "days_off" => settings::days_off(lang),
        "workdays" => settings::workdays(lang),
        "hours" => settings::hours(lang),
        "extension_limit" => settings::extension_limit(lang),
        "number_visit" => settings::prefix_visit(lang),
        "number_hazard" => settings::prefix_hazard(lang),
        "number_receipt" => settings::prefix_receipt(lang),
        "number_spot_check" => settings::prefix_spot_check(lang),
        "id" => f_id(lang),
        "open_hazards" => f_open_hazards(lang),
        "certificates" => f_certificates(lang),
        "on" => f_holds(lang),
        "figure" => f_figure(lang),
        "basis" => f_basis(lang),
        "ended" => f_ended(lang),
        "departments" => f_departments(lang),
        "new" => f_new(lang),
        "changed" => f_changed(lang),
        "kept" => f_kept(lang),
        "question" => f_question(lang),
        "picture" => f_picture(lang),
        "from" => f_from(lang),
        "until" => f_until(lang),
        "reviewed_by" => f_reviewer(lang),
        "title" => spot_checks::title(lang),
        "kind" => spot_checks::kind(lang),
        "nature" => f_nature(lang),
        "forms" => f_forms(lang),
        "opens_at" => spot_checks::opens_at(lang),
        "team_size" => spot_checks::team_size(lang),
        "step" => spot_checks::step(lang),
        "exchanged" => f_exchanged(lang),
        "explained" => f_explained(lang),
        "rescheduled" => f_rescheduled(lang),
        "fingerprint" => f_fingerprint(lang),
        other => {
            if let Some(role) = role_of(other) {
                return permissions_of(lang, role.name().get(lang).to_owned());
            }
            if let Some(risk) = RiskLevel::parse(other) {
                return intervals_of(lang, risk.name().get(lang).to_owned());
            }
            let attribute =
                SiteAttribute::parse(other).map(|attribute| attribute.name().get(lang).to_owned());
            return attribute.unwrap_or_else(|| other.to_owned());
        }
    };
    name.to_owned()
}

/// Of the fields that say what a role may do.
fn role_of(field: &str) -> Option<Role> {
    Role::parse(field.strip_prefix("may_")?)
}

/// A value as people read it.
pub fn value(lang: Lang, field: &str, value: &Value) -> String {
    match value {
        Value::Null => none(lang).to_owned(),
        Value::Bool(true) => yes(lang).to_owned(),
        Value::Bool(false) => no(lang).to_owned(),
        Value::Number(number) => number.to_string(),
        Value::String(text) if text.is_empty() => none(lang).to_owned(),
        Value::String(text) => {
            let named = match field {
                "role" => Role::parse(text).map(Role::name),
                "sector" | "sectors" => Sector::parse(text).map(Sector::name),
                "risk" => RiskLevel::parse(text).map(RiskLevel::name),
                "papers" => Paper::parse(text).map(Paper::name),
                field if role_of(field).is_some() => Action::parse(text).map(Action::name),
                "party_kind" => PartyKind::parse(text).map(PartyKind::name),
                "kind" => SpotCheckKind::parse(text).map(SpotCheckKind::name),
                "nature" => VisitNature::parse(text).map(VisitNature::name),
                "step" => PlanStep::parse(text).map(PlanStep::name),
                "opens_at" => return moment(text),
                "datum" => {
                    let name = |datum| import::datum_name(lang, datum).to_owned();
                    return Datum::parse(text).map_or_else(|| text.clone(), name);
                }
                "gas" => {
                    GasSupply::ALL.into_iter().find(|gas| gas.as_str() == text.as_str()).map(GasSupply::name)
                }
                _ => None,
            };
            named.map_or_else(|| text.clone(), |name| name.get(lang).to_owned())
        }
        Value::Array(values) if values.is_empty() => none(lang).to_owned(),
        Value::Array(values) => {
            let words: Vec<_> = values.iter().map(|one| self::value(lang, field, one)).collect();
            words.join(between(lang))
        }
        Value::Object(fields) => {
            let words = fields.values().filter(|one| !one.is_null());
            words.map(|one| self::value(lang, field, one)).collect::<Vec<_>>().join(" ")
        }
    }
}

/// As an hour of the office, where it can be read.
fn moment(text: &str) -> String {
    let at = text.parse::<chrono::DateTime<chrono::Utc>>();
    at.map_or_else(|_| text.to_owned(), time::long)
}

pub fn by(lang: Lang, by: &By) -> String {
    match by {
        By::Person { name, .. } => name.clone(),
        By::CommandLine => command_line(lang).to_owned(),
        By::Nobody => nobody(lang).to_owned(),
    }
}

/// What it was done to. Of an account that does not exist nobody wrote the name down.
pub fn subject_words(lang: Lang, entry: &AuditEntry) -> String {
    let subject = &entry.subject;
    let label = match subject.label.strip_prefix('?') {
        Some(mark) => format!("{} {mark}", unknown_account(lang)),
        None if subject.kind == SubjectKind::Job => jobs::labelled(lang, &subject.label),
        None => subject.label.clone(),
    };
    format!("{} {label}", subject.kind.name().get(lang))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn nobody_reads_the_names_of_columns() {
        let told = "to tasks checks on figure basis ended departments new changed kept question picture from until reviewed_by \
                    title kind nature forms opens_at team_size step exchanged explained rescheduled fingerprint certificates \
                    open_hazards number_spot_check major considerable general low";
        for field in told.split_whitespace() {
            for lang in [Lang::Zh, Lang::En] {
                assert_ne!(field_name(lang, field), field);
            }
        }
    }

    #[test]
    fn what_a_plan_became_is_told_in_words() {
        assert_eq!(value(Lang::Zh, "nature", &json!("patrol")), "巡查");
        assert_eq!(value(Lang::Zh, "step", &json!(PlanStep::Sent)), PlanStep::Sent.name().get(Lang::Zh));
        assert_eq!(value(Lang::Zh, "opens_at", &json!("2026-11-25T06:30:00Z")), "2026-11-25 14:30");
        assert_eq!(value(Lang::Zh, "opens_at", &json!("soon")), "soon");
        assert_eq!(value(Lang::Zh, "datum", &json!("wgs84")), import::datum_name(Lang::Zh, Datum::Wgs84));
    }
}
