//! 单位设置: what an office decides for itself, in words.

use domain::settings::series::Series;

messages! {
    part_permissions = "角色权限", "Permissions";
    part_numbers = "编号", "Numbers";
    part_papers = "文书", "Papers";
    part_calendar = "工作日", "Working days";
    lead_calendar = "周六、周日休息。节假日和调休上班的日子每年按通知填写；选整改期限时，休息日会标出来；期限落在休息日的不顺延。消息什么时候不往外发，看“消息规则”里的免打扰时段，工作时间不影响期限和消息。", "Saturdays and Sundays are off. Enter each year's holidays, and the days worked for them, as the notice has them; where a deadline is chosen, days off are marked; one that ends on a day off is not put off. When notices do not go out is decided by the quiet hours of the rules of notices; working hours move neither deadlines nor notices.";
    days_off = "节假日（休息）", "Holidays (off)";
    workdays = "调休上班", "Days worked instead";
    days_hint = "每行一天，写成 2026-10-01；也可以用逗号或空格隔开", "A day a line, as 2026-10-01; commas and blanks between them will do, too";
    day_unreadable(word: String) = "“{word}”不是日期，请写成 2026-10-01 这样", "\"{word}\" is no day; write it as 2026-10-01";
    day_both(day: String) = "{day} 同时填在休息和上班里，请从其中一处删去", "{day} is both off and worked; take it out of one of the two";
    day_wrong(day: String) = "{day} 不在 2020 年到 2100 年之间，请核对年份", "{day} is not between 2020 and 2100; check the year";
    days_many(most: usize) = "最多填 {most} 天，请删去往年的", "Enter at most {most} days; take out those of years that are over";
    day_off = "休息日", "day off";
    hours = "工作时间", "Working hours";
    hours_hint = "每行一段，写成 08:30-12:00；不填则全天", "A time a line, as 08:30-12:00; the whole day where none is entered";
    hours_unreadable(word: String) = "“{word}”不是一段时间，请写成 08:30-12:00 这样", "\"{word}\" is no time of a day; write it as 08:30-12:00";
    hours_backwards(span: String) = "{span} 的结束时间须晚于开始时间，且不跨天，请改正", "{span} must end after it begins, on the same day; put it right";
    hours_overlap(span: String) = "{span} 须在前一段结束之后开始，请按先后填写，不要重叠", "{span} must begin after the one before it has ended; enter them in order, without overlaps";
    hours_many(most: usize) = "一天最多填 {most} 段时间，请合并或删去", "Enter at most {most} times a day; join some, or take them out";
    lead_permissions = "产品给每个角色定了权限，本单位只能收回，不能增加。取消勾选并保存后，立即对该角色的所有人生效；手机下次联网后按新的权限办理。", "The product says what each role may do; the office may take away and never adds. What is unticked and saved holds at once for everybody of the role, and on phones when they next have signal.";
    lead_numbers = "编号由前缀、年份和流水号组成。修改前缀只影响以后的编号，已有编号不变，流水号继续往下排。", "A number is a prefix, the year and a running number. A new prefix is for numbers to come; those that were given stay, and the running number goes on.";
    lead_papers = "不出具的文书，办公端不再提供打印或导出。已经打印、导出的不受影响。", "What the office does not issue is not offered for printing or as a file. What was printed or exported before stays.";
    matrix = "各角色可以办理的事项", "What each role may do";
    action = "事项", "Action";
    cell(role: String, action: String) = "{role}：{action}", "{role}: {action}";
    never = "不含", "never";
    fixed = "必须保留", "always";
    reserved = "只由分管领导决定", "Decided by the leader in charge alone";
    reservable = "可以收回其他角色的勾选，只由分管领导决定", "Untick the other roles to leave it to the leader in charge alone";
    long_extensions(days: u16) = "超过 {days} 天的延期只由分管领导批准", "Extensions of more than {days} days are granted by the leader in charge alone";
    long_extensions_unset = "还没有规定天数，延期都由部门、社区或应急办批准", "No number of days is set: the department, the community or the office grants every extension";
    extension_limit = "延期超过多少天须由分管领导批准", "Days after which an extension is the leader's to grant";
    extension_limit_hint = "从规定的整改期限算起，已经批准的延期一并计算；不填则不由分管领导批准", "Counted from the deadline that was set, with what was granted before; where none is entered, no extension is left to the leader";
    extension_limit_wrong(least: u16, most: u16) = "天数请填 {least} 到 {most} 的整数，或者不填", "Enter a whole number of days from {least} to {most}, or none";
    set_extension_limit = "设定延期天数", "Set the days";
    fixed_hint = "管理员的这几项必须保留，否则没有人能再修改设置", "These stay with administrators: without them nobody could change the settings again";
    widens(role: String, action: String) = "不能给“{role}”增加“{action}”：产品没有给这个角色这项权限。请刷新页面后重试", "\"{action}\" cannot be given to \"{role}\": the product does not give it to this role. Reload the page and try again";
    locks_out(action: String) = "管理员的“{action}”不能收回，否则没有人能再改回来。请勾选后保存", "\"{action}\" cannot be taken from administrators: nobody could undo it. Tick it and save again";
    prefix_visit = "检查编号前缀", "Prefix of inspections";
    prefix_hazard = "隐患编号前缀", "Prefix of hazards";
    prefix_receipt = "回执编号前缀", "Prefix of receipts";
    prefix_spot_check = "抽查编号前缀", "Prefix of spot checks";
    prefix_hint(prefix: String) = "1 到 8 个字母、汉字或数字，以字母或汉字开头。现在的编号形如 {prefix}-年份-流水号", "1 to 8 letters or figures, a letter first. Numbers now look like {prefix}-year-running number";
    prefix_wrong = "前缀请填 1 到 8 个字母、汉字或数字，以字母或汉字开头，中间不留空格", "Enter 1 to 8 letters or figures, beginning with a letter, without blanks";
    prefix_taken(other: String) = "和“{other}”的前缀相同，请换一个，否则分不清是哪一类编号", "It is the prefix of {other}, too; choose another, so that the numbers can be told apart";
    series_visit = "检查", "inspections";
    series_hazard = "隐患", "hazards";
    series_receipt = "回执", "receipts";
    series_spot_check = "抽查", "spot checks";
    papers_issued = "本单位出具的文书", "Papers that the office issues";
    save = "保存", "Save";
    of_another_version = "这一页和服务器的版本不一致，请刷新后重新勾选", "This page is of another version than the server; reload it and tick again";
}

pub fn series(lang: Lang, series: Series) -> String {
    let words = match series {
        Series::Visit => series_visit(lang),
        Series::Hazard => series_hazard(lang),
        Series::Receipt => series_receipt(lang),
        Series::SpotCheck => series_spot_check(lang),
    };
    words.to_owned()
}
