//! 派单: work that is given to people, on the phone and at the desk.

use domain::task::{HazardNeed, TaskLate, TaskRefusal, TaskStateKind};

messages! {
    tasks = "派单", "Assignments";
    for_you = "派给您", "Assigned to you";
    give = "派给…", "Assign to…";
    give_visit = "派人去检查", "Assign a visit";
    give_hazard = "派人跟进", "Assign somebody to follow up";
    person = "承办人", "Assigned to";
    grid_holder(name: &str) = "谁管这个网格（{name}）", "Whoever holds this grid ({name})";
    no_grid_holder = "这个网格还没有能接单的网格员，请选择具体人员", "No grid inspector of this grid can take it: choose a person";
    choose_person = "请选择承办人", "Choose a person";
    from = "派单人", "Assigned by";
    from_whom(name: String) = "{name} 派", "by {name}";
    until = "期限", "Until";
    note = "要求", "What is wanted";
    note_hint = "看什么、为什么去，一两句即可", "What to look at and why, in a line or two";
    forms = "检查表", "Checklists";
    with_forms(titles: &str) = "用检查表：{titles}", "By the checklists: {titles}";
    forms_hint = "不选则由承办人按场所选择", "If none is chosen, whoever goes chooses";
    need = "事项", "What to do";
    chase = "催办整改", "Chase rectification";
    recheck = "复查验收", "Recheck";
    visit = "上门检查", "Visit";
    need_of(need: &str, what: &str) = "{need}：{what}", "{need}: {what}";
    give_it = "派单", "Assign";
    given_until(name: String, day: String) = "已派给 {name}，{day} 前完成", "Assigned to {name}, until {day}";
    title(site: String) = "派单：{site}", "Assignment: {site}";
    nobody = "管辖范围内没有可派的人员", "Nobody in reach can be assigned this";
    nobody_here_yet = "人员名单尚未下载，请联网后再派", "The list of people is not here yet: connect first";
    pieces(n: usize) = "{n} 件", "{n}";

    what = "内容", "What";
    site = "场所", "Site";
    given_on = "派单时间", "Assigned on";
    state = "状态", "Status";
    state_open = "办理中", "Open";
    state_done = "已完成", "Done";
    state_withdrawn = "已撤回", "Withdrawn";
    overdue = "已逾期", "Overdue";
    count(n: u64) = "共 {n} 件派单", "{n} assignments";
    find = "找派单：场所、承办人或派单人", "Find assignments: site, person or who assigned";
    no_tasks = "没有符合条件的派单", "No assignments match";
    of_person(name: String) = "承办人：{name}", "Assigned to {name}";
    at_site(name: String) = "场所：{name}", "Site: {name}";
    of_hazard = "本隐患的派单", "Assignments of this hazard";
    open_here = "查看派单", "See assignments";
    hand_on = "转派", "Hand on";
    withdraw = "撤回", "Withdraw";
    change = "转派、撤回", "Hand on or withdraw";
    change_title(site: String) = "转派、撤回：{site}", "Hand on or withdraw: {site}";
    has_it(name: String, day: String) = "{name} 承办，{day} 前完成", "{name} has it, until {day}";
    handed_on = "已转派，联网后由单位确认", "Handed on; the office confirms it once there is signal";
    withdrawn_here = "已撤回，联网后由单位确认", "Withdrawn; the office confirms it once there is signal";
    withdraw_reason = "撤回原因", "Why it is withdrawn";
    done_by_visit = "检查记录", "Inspection record";
    done_by_hazard = "隐患处理", "What was done";

    hand_over = "交接", "Hand over";
    hand_over_hint = "请假、调岗或离职时，把名下全部办理中的派单、已下发的抽查任务，以及由其带队或安排其参加的抽查计划一次转给同事。", "When somebody is away or leaves, all their open assignments and spot checks, and the plans that they lead or are to go out in, go to a colleague in one step.";
    open_tasks(n: usize) = "名下有 {n} 件办理中的派单", "{n} open assignments";
    no_open_tasks = "名下没有办理中的派单", "No open assignments";
    hand_over_to = "接手人", "Handed over to";
    with_grids(names: String) = "同时负责网格：{names}", "Also walks the grids: {names}";
    hand_over_all = "全部交接", "Hand over all";
    handed_over(tasks: usize, name: String) = "已将 {tasks} 件派单交给 {name}", "{tasks} assignments went to {name}";
    handed_over_grids(grids: usize) = "，并由其负责 {grids} 个网格", ", and {grids} grids with them";
    not_handed_over(site: String, why: &str) = "未交接任何派单：“{site}”一件交不了，{why}", "Nothing was handed over: the assignment at “{site}” cannot be: {why}";
    open_checks(n: usize) = "还有 {n} 项已下发的抽查任务；交接后重新封存给接手人，这里不显示是哪一处", "{n} spot checks that were sent: they are sealed anew to whoever takes over, and which sites they are is not shown here";
    handed_over_checks(n: usize) = "，并重新封存 {n} 项抽查任务", ", and {n} spot checks were sealed anew";
    still_has_checks(n: usize) = "名下还有 {n} 项已下发的抽查任务，请先在本页“交接”给其他人员，再停用账号", "{n} spot checks are still theirs: hand them over on this page before switching the account off";
    still_has_checks_as_contact(n: usize) = "名下还有 {n} 项已下发的抽查任务，请先在本页“交接”给其他人员，再改为企业或学校的角色", "{n} spot checks are still theirs: hand them over on this page before making this an enterprise's or a school's account";
    open_plans = "名下还有这些抽查计划，交接给能带队、能参加的人员", "These plans of spot checks are still theirs; hand them over to somebody who may lead them and go out in them";
    plan_led = "带队", "leads it";
    plan_gone_out_in = "已排入，还没下发", "goes out in it, not sent yet";
    plan_listed = "在封存的名单里，抽中后请计划制定人换人", "on the frozen list: whoever made the plan exchanges them once they are drawn";
    handed_over_plans(n: usize) = "，以及 {n} 个抽查计划", ", and {n} plans of spot checks";
    still_has_plans(n: usize) = "还有 {n} 个抽查计划由其带队或安排其参加，请先在本页“交接”给其他人员，或请计划制定人撤回，再停用账号", "{n} plans of spot checks are led by them or have them go out: hand them over on this page, or ask whoever made them to withdraw them, before switching the account off";
    still_has_plans_as_contact(n: usize) = "还有 {n} 个抽查计划由其带队或安排其参加，请先在本页“交接”给其他人员，或请计划制定人撤回，再改为企业或学校的角色", "{n} plans of spot checks are led by them or have them go out: hand them over on this page, or ask whoever made them to withdraw them, before making this an enterprise's or a school's account";
    grids_of_inspectors = "只有网格员之间可以交接网格", "Only grid inspectors hand grids over to each other";
    still_has(n: usize) = "还有 {n} 件办理中的派单，请先在本页“交接”给其他人员，再停用账号", "{n} assignments are still open: hand them over on this page before switching the account off";
    still_has_as_contact(n: usize) = "还有 {n} 件办理中的派单，请先在本页“交接”给其他人员，再改为企业或学校的角色", "{n} assignments are still open: hand them over on this page before making this an enterprise's or a school's account";

    refused_left = "该人员已离岗或账号已停用，请改派他人", "This person has left or the account is switched off: choose somebody else";
    refused_role = "该人员的角色不办理此类工作，请改派他人", "This person's role does not do such work: choose somebody else";
    refused_out_of_sight = "不在该人员的管辖范围内，请改派他人", "It lies outside what this person sees: choose somebody else";
    refused_site_retired = "该场所已停用，无需派单", "The site is not in use any more: nothing is to be assigned";
    refused_hazard_ended = "该隐患已办结，无需派单", "The hazard has ended: nothing is to be assigned";
    refused_unknown_form = "所选检查表已不存在，请重新选择", "A chosen checklist is there no more: choose again";
    refused_day_past = "期限已过，请选择今天或以后的日期", "That day is over: choose today or a later day";
    refused_unknown = "没有找到这件派单", "There is no such assignment";
    refused_ended = "这件派单已完成或已撤回", "The assignment is done or withdrawn already";
    refused_already_theirs = "这件派单已在此人名下，请选择其他人员", "This person has it already: choose somebody else";
    refused_reason_missing = "请填写撤回原因", "Say why it is withdrawn";
}

pub fn refusal(lang: Lang, because: TaskRefusal) -> &'static str {
    match because {
        TaskRefusal::Left => refused_left(lang),
        TaskRefusal::RoleMayNot => refused_role(lang),
        TaskRefusal::OutOfSight => refused_out_of_sight(lang),
        TaskRefusal::SiteRetired => refused_site_retired(lang),
        TaskRefusal::HazardEnded => refused_hazard_ended(lang),
        TaskRefusal::UnknownForm => refused_unknown_form(lang),
        TaskRefusal::DayPast => refused_day_past(lang),
        TaskRefusal::UnknownTask => refused_unknown(lang),
        TaskRefusal::Ended => refused_ended(lang),
        TaskRefusal::AlreadyTheirs => refused_already_theirs(lang),
        TaskRefusal::ReasonMissing => refused_reason_missing(lang),
    }
}

pub fn hazard_need(lang: Lang, need: HazardNeed) -> &'static str {
    match need {
        HazardNeed::Chase => chase(lang),
        HazardNeed::Recheck => recheck(lang),
    }
}

pub fn task_state(lang: Lang, state: TaskStateKind) -> &'static str {
    match state {
        TaskStateKind::Open => state_open(lang),
        TaskStateKind::Done => state_done(lang),
        TaskStateKind::Withdrawn => state_withdrawn(lang),
    }
}

pub fn task_late(lang: Lang, late: TaskLate) -> &'static str {
    match late {
        TaskLate::Overdue => overdue(lang),
    }
}
