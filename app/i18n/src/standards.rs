//! 标准施行情况: the standards that forms name, and what an office says of those that have ended, in words.

messages! {
    title = "标准施行情况", "Standards";
    lead = "已发布的检查表引用的标准。产品收录的施行、废止情况照原样显示，不能更改；产品还没有收录废止日期的，本单位可以在下面说明，检查表的列表、页面和编制页会同样提醒依据不在有效期。", "The standards that published checklists name. What the product has on record of them is shown as it is and cannot be changed. Of one whose end is not on record the office can say so below; the list, the pages and the editor of checklists then warn of it in the same way.";
    none = "已发布的检查表没有引用标准。", "No published checklist names a standard.";
    number = "标准编号", "Standard";
    forms = "引用的检查表", "Checklists";
    in_force_from = "施行日期", "In force from";
    until = "废止日期", "Ended on";
    replaced_by = "代替标准", "Replaced by";
    source = "来源", "Source";
    on_record = "产品收录", "On record";
    said(by: String, at: String) = "本单位说明：{by}，{at}", "Said by the office: {by}, {at}";
    /// The product has come to know the end itself.
    overtaken = "产品已收录，以收录的为准", "On record by now, which is what counts";
    in_force = "施行中", "In force";
    not_looked_up = "施行情况未收录", "Not on record";
    ended_since(until: String) = "自 {until} 起废止", "Not in force from {until}";
    ends_on(until: String) = "将于 {until} 废止", "Ends on {until}";
    not_yet(from: String) = "自 {from} 起施行", "In force from {from}";
    state = "状态", "State";

    say = "说明一项标准已废止", "Say that a standard has ended";
    number_hint = "如 GB 50016-2014（2018年版）。字母大小写、全角半角、破折号不影响识别。", "Such as GB 50016-2014. Case, dashes and brackets may be written either way.";
    until_hint = "从这一天起不再施行，可以是以后的日期；不知道哪天废止、只知道代替标准的，可以不填，按从今天起废止提醒", "The first day on which it is no longer in force, which may be to come. Leave it open where only the replacement is known: it then counts as ended from today";
    replaced_by_hint = "没有代替标准的不填", "Leave it open where there is none";
    say_now = "保存说明", "Save";
    take_back = "撤回说明", "Take back";
    taken_back_of(number: &str) = "撤回对“{number}”的说明", "Take back what is said of {number}";

    number_wrong(most: usize) = "编号请填 1 到 {most} 个字，写在一行里，不含 < 和 >", "Enter a number of 1 to {most} characters, on one line, without < and >";
    itself = "代替标准和这项标准是同一项，请改填新标准的编号", "It cannot take its own place; enter the number of the newer standard";
    nothing_said = "请填写废止日期或者代替标准", "Enter the day on which it ended, or what took its place";
    day_wrong = "废止日期应在 1980 年到 2100 年之间，请核对年份", "The day must be between 1980 and 2100; check the year";
    day_unreadable = "日期应写成 2026-11-24", "Write a day as 2026-11-24";
    before_force(from: String) = "这项标准自 {from} 起施行，废止日期须在这之后，请核对", "It came into force on {from}; the day on which it ended must come after that. Check it";
    registered(until: String) = "产品已收录这项标准自 {until} 起废止，不需要再说明", "It is on record that it is not in force from {until}; nothing more need be said";
    too_many(most: usize) = "最多说明 {most} 项标准，请先撤回不再需要的", "The office can say so of {most} standards; take back what is no longer needed";
    not_said = "本单位没有对这项标准的说明，可能已被别人撤回，请刷新页面", "Nothing is said of it; somebody may have taken it back. Reload the page";
}
