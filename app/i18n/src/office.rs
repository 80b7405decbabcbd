//! The desk: every page of `/office`. What is long has a file of its own; all of it is said as `office::…`.

pub(crate) mod accounts;
pub(crate) mod imports;
pub(crate) mod register;

pub use accounts::*;
pub use imports::*;
pub use register::*;

use super::{hazards, limits};
use chrono::Weekday;
use domain::hazard::{CommandField, HazardCommandKind};

messages! {
    rail = "主菜单", "Main menu";
    overview = "总览", "Overview";
    ledger = "隐患台账", "Hazards";
    visits = "检查", "Inspections";
    sites = "场所", "Sites";
    people = "人员", "People";
    import = "导入", "Import";
    phone = "手机端", "Phone screens";
    demo = "演示系统：单位、人员和数据都是虚构的", "Demonstration: sites, people and figures are invented";

    find_hazards = "搜场所、编号、拼音首字母", "Site, number or initials";
    find_visits = "搜场所、编号、检查人", "Site, number or inspector";
    find_sites = "搜场所、编码、拼音首字母", "Site, code or initials";
    apply = "筛选", "Apply";
    pages = "分页", "Pages";
    previous_page = "上一页", "Previous";
    next_page = "下一页", "Next";
    remove_filter = "去掉", "Remove";
    found_by(words: String) = "搜：{words}", "Search: {words}";
    find_people = "搜姓名、账号、电话", "Name, account or phone";
    find_grids = "搜社区、网格", "Find a community or grid";
    export_csv = "导出 CSV", "Export CSV";
    export_xlsx = "导出 Excel", "Export Excel";
    export_most(most: u32) = "Excel 文件最多 {most} 行，全部请导出 CSV", "An Excel file holds {most} rows at the most; export CSV for all";
    file_cut(most: u32) = "本文件最多 {most} 行，后面的没有列出。请缩小筛选范围后重新导出", "This file holds {most} rows at the most; what follows is not in it. Narrow the list and export again";
    file_unreadable(rows: u32) = "另有 {rows} 行读不出来，没有列出。请管理员在服务器上运行 xunan verify", "{rows} more rows cannot be read and are not listed. Ask the administrator to run xunan verify on the server";

    as_of(time: String) = "截至 {time}", "As of {time}";
    hazards_missing_photos(count: u64) = "{count} 条隐患的照片没传齐", "{count} hazards lack photos";
    visits_missing_photos(count: u64) = "{count} 次检查的照片没传齐", "{count} inspections lack photos";
    open = "未销号", "Open";
    late_worst(days: u32) = "逾期，最久 {days} 天", "Overdue, longest {days} d";
    none_late = "逾期", "Overdue";
    due_this_week = "本周到期", "Due this week";
    major = "重大隐患", "Major hazards";
    closed_this_month = "本月已销号", "Closed this month";
    by_week = "每周发现与销号", "Found and closed by week";
    weeks(count: usize) = "近 {count} 周", "Last {count} weeks";
    weeks_label(count: usize, found: u64, closed: u64) = "近 {count} 周共发现 {found} 条，销号 {closed} 条", "In the last {count} weeks {found} were found and {closed} closed";
    week_from = "周一起", "Week from";
    found = "发现", "Found";
    closed = "销号", "Closed";
    as_table = "看数字", "As figures";
    today = "今天该有人管的", "Who must act today";
    today_hint = "点任一条看明细", "Each opens its rows";
    nothing_today = "今天没有要催办的", "Nothing is waiting for anybody today";
    by_sector = "按行业，未销号", "Open, by sector";
    by_community = "按村（社区），未销号", "Open, by community";
    each_opens = "点任一条看明细", "Each opens its rows";
    recurring = "反复出现的", "What keeps recurring";
    recurring_hint = "90 天内同场所同类 2 次以上", "Twice or more in 90 days, same site, same kind";
    nothing_recurring = "近 90 天没有反复出现的隐患", "Nothing has recurred in the last 90 days";
    times(count: u64) = "{count} 次", "{count}×";
    waits_for_acceptance = "等验收超过 2 天", "Waiting to be accepted for over 2 days";
    waits_for_assignment = "发现超过 1 天还没交办", "Found over a day ago, not assigned";
    waits_for_referral = "等移送的隐患", "To be referred to others";
    extensions_asked = "延期申请等答复", "Extensions to be answered";
    sites_not_visited = "超过检查间隔没去的场所", "Sites past their visit interval";
    grids_without_inspector = "没有网格员的网格", "Grids without an inspector";
    sites_without_contact = "没有责任人的场所", "Sites without a responsible person";
    sites_without_leader = "没有包联领导的场所", "Sites without a leader";

    number = "编号", "Number";
    site = "场所", "Site";
    hazard = "隐患", "Hazard";
    sector = "行业", "Sector";
    progress = "进度", "Progress";
    deadline = "期限", "Deadline";
    community = "社区", "Community";
    department = "责任部门", "Department";
    other_status = "其他进度", "Other progress";
    one_site = "一个场所", "One site";
    one_visit = "一次检查", "One inspection";
    one_person = "一个人", "One person";
    one_question = "同一检查项", "One item";
    one_form = "同一检查表", "One checklist";
    waiting_over(days: u16) = "等了超过 {days} 天", "Waiting for over {days} d";
    found_on(days: String) = "发现：{days}", "Found: {days}";
    closed_on(days: String) = "销号：{days}", "Closed: {days}";
    days_between(from: String, to: String) = "{from} 至 {to}", "{from} to {to}";
    days_since(from: String) = "{from} 起", "since {from}";
    days_until(to: String) = "到 {to}", "until {to}";
    lacks_photos = "照片没传齐", "Photos missing";
    found_at = "发现时间", "Found at";
    finder = "发现人", "Found by";
    count(total: u64) = "{total} 条", "{total} rows";
    count_late(total: u64, late: u64, days: u32) = "{total} 条，{late} 条逾期，最久 {days} 天", "{total} rows, {late} overdue, longest {days} d";
    unreadable_rows(n: u32) = "另有 {n} 条读不出来，没有列出：来自更新的版本，或者数据有损坏。请管理员在服务器上运行 xunan verify", "{n} more cannot be read and are not listed: they are of a newer version, or damaged. Ask the administrator to run xunan verify on the server";
    no_rows = "没有符合的隐患", "No hazard fits";
    no_rows_hint = "去掉几个筛选条件，或看全部。", "Remove a filter or two, or look at all.";
    show_all = "看全部", "Show all";

    to_ledger = "回台账", "Back to the ledger";
    to_list = "回列表", "Back to the list";
    own_page = "单独打开", "Open on its own";
    nothing_open = "点一行，这里看照片和下一步", "Choose a row to see the proof and the next step";
    nothing_open_hint = "j、k 上下走，回车单独打开。", "j and k walk the rows, Enter opens one on its own.";
    photos_received(here: usize, all: usize) = "照片 {here} / {all} 已收到", "{here} of {all} photos received";
    is_listed = "挂牌督办", "Listed";
    is_suspended = "已责令停用", "Suspended";
    before = "整改前", "Before";
    after = "整改后", "After";
    compare = "前后对比，左右拖动", "Compare before and after";
    full_size = "看原图", "Full size";
    photo = "照片", "Photo";
    photo_damaged = "已损坏，打不开", "Damaged: cannot be opened";
    photo_missing = "未传到", "On its way";
    responsible = "责任", "Responsible";
    measures = "措施", "Measures";
    funds = "资金", "Funds";
    contingency = "预案", "Contingency";
    basis = "依据", "Basis";
    source = "来源", "Source";
    visit_record = "检查记录", "Inspection record";
    nobody_yet = "还没有定", "Nobody yet";
    did_not_count(why: String) = "没有生效：{why}", "Without effect: {why}";
    waits_to_be_assigned = "等交办：五落实填齐才能交办", "Waits to be assigned with all five points";
    waits_to_be_referred = "等移送：发现人认为不由本场所整改", "Waits to be referred: by its finder's word it is not the site's to put right";
    waits_for_work = "等责任单位整改", "Waits to be put right";
    waits_for_work_due(due: String) = "等责任单位整改，{due}", "Waits to be put right: {due}";
    waits_for_answer(until: String, reason: String) = "申请延期到 {until}，等答复：{reason}", "Asks for more time until {until}, waits for an answer: {reason}";
    waits_to_be_accepted = "等验收，不能由整改人自己验收", "Waits to be accepted, not by who put it right";
    waits_for_second = "等第二人验收，重大隐患要两个人验收", "Waits for a second person: a major hazard is accepted by two";

    next_step = "下一步", "Next step";
    assign_title = "交办，五落实", "Assign, five points";
    assign = "交办", "Assign";
    reassign = "改派或改方案", "Reassign or change the plan";
    no_department = "不指定部门", "No department";
    responsible_party = "责任单位和责任人", "Responsible party";
    responsible_hint = "写到人，例如：市场管理处 王经理", "Name the person, e.g. Mr Wang, market management";
    funds_in_yuan = "资金（元）", "Funds (yuan)";
    funds_hint = "写金额，例如 2000 或 1.5万；不花钱就写 0", "A sum, e.g. 2000; write 0 where it costs nothing";
    contingency_hint = "整改期间怎样保证安全", "How safety is kept until then";
    in_days(days: u64, weekday: &str) = "{days} 天 · {weekday}", "{days} d · {weekday}";
    accept = "验收并销号", "Accept and close";
    accept_first = "验收，交第二人复核", "Accept; a second person follows";
    acceptance_note = "验收意见（可不写）", "Note (may be left empty)";
    send_back = "退回", "Return";
    why_returned = "为什么退回", "Why it is returned";
    new_deadline = "新的期限", "New deadline";
    answer_extension = "答复延期申请", "Answer the extension";
    extension_reason(reason: String) = "理由：{reason}", "Reason: {reason}";
    grant = "同意延期", "Grant";
    refuse = "不同意延期", "Refuse";
    why_refused = "为什么不同意", "Why it is refused";
    more_steps = "其他处理", "More";
    list = "挂牌督办", "List for supervision";
    listed_by = "由哪一级挂牌", "Listed by which authority";
    suspend = "责令停用", "Suspend";
    suspended_what = "停用什么：设备、部位或整个场所", "What is suspended: equipment, part or the whole site";
    lift_suspension = "解除停用", "Lift the suspension";
    why_lifted = "为什么可以恢复使用", "Why it may be used again";
    refer = "移送其他部门", "Refer to another authority";
    refer_hint = "发现人认为不由本场所整改。核实后移送；确属本场所责任的，在“其他处理”里交办。", "By its finder's word it is not the site's to put right. Refer it once that is checked; if the site answers for it after all, assign it under “More”.";
    referred_to = "移送给谁", "Referred to";
    why_referred = "为什么移送", "Why it is referred";
    merge = "并入另一条隐患", "Merge into another hazard";
    merged_into = "并入哪一条", "Into which one";
    merged_hint = "写编号，写末尾几位也行，例如 000318", "Its number, or the last digits, e.g. 000318";
    reopen = "重新打开", "Reopen";
    why_reopened = "为什么重新打开", "Why it is reopened";
    needs_day = "请选一个日期", "Choose a day";
    day_gone = "这一天已经过去了，请选今天或以后", "This day has gone by; choose today or later";
    no_such_number = "没有这个编号的隐患，或者它不在您的负责范围内，请核对编号", "No hazard has this number, or it is outside your scope; check the number";

    nature = "检查方式", "Nature";
    outcome = "检查情况", "Outcome";
    participants = "参加人员", "Participants";
    now_called(was: String, now: String) = "{was}（现为{now}）", "{was} (now {now})";
    attributes_never_had = "请核对场所属性", "Check the attributes of the site";
    attributes_never_had_hint = "这次检查按手机上的场所属性提问，本单位没有这个场所曾有这些属性的记录：可能恢复过备份，也可能属性被改过、少查了内容。请向检查人核对，必要时再查一次", "The phone asked by attributes that this office does not know the site ever to have had: a backup was restored, or they were altered and less was checked. Ask the inspector, and inspect again if need be";
    attribute_otherwise(name: String, seen: String, known: String) = "{name}：检查时为“{seen}”，收到时登记为“{known}”", "{name}: “{seen}” at the visit, “{known}” on record when it was received";
    unfounded_last = "请核对上次答案", "Check the last answers";
    unfounded_last_hint = "下列检查表按上次检查的答案提问，而本单位的记录里查不到这样的答案：上次检查可能没有被接收，也可能答案被改过、少查了内容。请向检查人核对，必要时再查一次", "These checklists were asked by answers of the visit before that this office does not find so in its records: that visit was not received, or they were altered and less was checked. Ask the inspector, and inspect again if need be";
    of_visit = "现场", "On site";
    form = "检查表", "Checklist";
    result = "结果", "Result";
    inspector = "检查人", "Inspector";
    from_day = "从", "From";
    to_day = "到", "To";
    started = "开始", "Started";
    submitted = "提交", "Submitted";
    received = "收到", "Received";
    count_visits(total: u64) = "{total} 次", "{total} inspections";
    no_visits = "没有符合的检查", "No inspection fits";
    items_failed = "不合格项数", "Items failed";
    items_answered = "检查项数", "Items answered";
    tally(failed: u32, answered: u32) = "{failed} / {answered} 不合格", "{failed} of {answered} failed";
    tally_in_full(passed: u32, failed: u32, not_applicable: u32, information: u32) = "合格 {passed} 项，不合格 {failed} 项，不适用 {not_applicable} 项，记录 {information} 项", "{passed} passed, {failed} failed, {not_applicable} not applicable, {information} recorded";
    tally_and_still_open(tally: String, still_open: u32) = "{tally}，还没改 {still_open} 项", "{tally}, {still_open} still open";
    print = "打印", "Print";
    visits_here = "这里的全部检查", "All inspections here";
    title_and_version(title: String, version: u32) = "{title}（第 {version} 版）", "{title} (version {version})";
    code = "编码", "Code";
    address = "地址", "Address";
    grid = "网格", "Grid";
    site_kinds = "场所类别", "Kinds";
    risk = "风险等级", "Risk level";
    contacts = "责任人", "Responsible people";
    location = "位置", "Location";
    metres_away(metres: f64) = "，离登记位置 {metres} 米", "; {metres} m from the site as registered";
    question_number = "序号", "No.";
    question = "检查项", "Item";
    answer = "结果", "Result";
    remark = "说明", "Remarks";
    level = "级别", "Level";
    hazard_number(number: String) = "隐患 {number}", "Hazard {number}";
    photo_count(count: usize) = "照片 {count} 张", "Photos: {count}";
    photos = "照片", "Photos";
    visit_note = "其他情况", "Further notes";
    photo_not_drawn = "HEIC 照片，请下载后看", "HEIC photo: download it to see it";
    no_photo = "还没有照片", "no photo yet";
    hazards_found(count: usize) = "发现隐患 {count} 处", "Hazards found: {count}";
    found_nothing = "未发现隐患。", "No hazard was found.";
    between_choices = "、", ", ";
    value_and_verdict(value: String, verdict: &str) = "{value}，{verdict}", "{value}, {verdict}";
    signed_on = "日期", "Date";
    sealed(at: String, number: String) = "{at} 收到后封存，内容不能改动。编号 {number}。", "Sealed on receipt at {at}; its content cannot be changed. Number {number}.";
}

pub fn weekday(lang: Lang, day: Weekday) -> &'static str {
    let (zh, en) = match day {
        Weekday::Mon => ("周一", "Mon"),
        Weekday::Tue => ("周二", "Tue"),
        Weekday::Wed => ("周三", "Wed"),
        Weekday::Thu => ("周四", "Thu"),
        Weekday::Fri => ("周五", "Fri"),
        Weekday::Sat => ("周六", "Sat"),
        Weekday::Sun => ("周日", "Sun"),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

/// The label of a field in a command's form.
pub fn field_label(lang: Lang, kind: HazardCommandKind, field: CommandField) -> &'static str {
    match field {
        CommandField::Department => department(lang),
        CommandField::Responsible => responsible_party(lang),
        CommandField::Measures => measures(lang),
        CommandField::Funds => funds_in_yuan(lang),
        CommandField::Contingency => contingency(lang),
        CommandField::Deadline if kind == HazardCommandKind::Assign => deadline(lang),
        CommandField::Deadline | CommandField::Until | CommandField::Due => new_deadline(lang),
        CommandField::Reason => reason_label(lang, kind),
        CommandField::Note => acceptance_note(lang),
        CommandField::Authority if kind == HazardCommandKind::List => listed_by(lang),
        CommandField::Authority => referred_to(lang),
        CommandField::What => suspended_what(lang),
        CommandField::Into => merged_into(lang),
        CommandField::Photos => hazards::photos(lang),
    }
}

fn reason_label(lang: Lang, kind: HazardCommandKind) -> &'static str {
    match kind {
        HazardCommandKind::RefuseExtension => why_refused(lang),
        HazardCommandKind::Return => why_returned(lang),
        HazardCommandKind::LiftSuspension => why_lifted(lang),
        HazardCommandKind::Refer => why_referred(lang),
        HazardCommandKind::Reopen => why_reopened(lang),
        HazardCommandKind::AskExtension => hazards::extension_reason(lang),
        HazardCommandKind::Report
        | HazardCommandKind::Assign
        | HazardCommandKind::Rectify
        | HazardCommandKind::GrantExtension
        | HazardCommandKind::Accept
        | HazardCommandKind::List
        | HazardCommandKind::Suspend
        | HazardCommandKind::Merge => limits::reason(lang),
    }
}
