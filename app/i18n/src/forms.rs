//! Forms in words: what is asked, when, which answer is a hazard, and what it rests on.

use domain::form::{Frequency, Layer, PhotoRule};

messages! {
    forms = "检查表", "Checklists";
    find = "搜名称、检查项", "Find a title or an item";
    no_forms = "没有符合的检查表", "No checklist fits";
    count(total: usize) = "{total} 张", "{total} checklists";
    with_title = "名称", "Title";
    layer = "检查类型", "Kind of check";
    layer_patrol = "巡查", "Patrol";
    layer_campaign = "专项", "Campaign";
    layer_inspection = "检查", "Inspection";
    version = "版本", "Version";
    version_number(version: u32) = "第 {version} 版", "Version {version}";
    questions = "检查项", "Items";
    reviewed = "审核", "Reviewed";
    reviewed_by(by: String, on: String) = "{by}，{on}", "{by}, {on}";
    not_reviewed = "未审核", "Not reviewed";
    review_due = "依据复核期限", "Bases to be looked at again";
    review_due_by(day: String) = "依据应在 {day} 前复核", "Bases to be looked at again by {day}";
    review_overdue(day: String) = "依据应在 {day} 前复核，已过期", "Bases were to be looked at again by {day}";
    ended(count: usize) = "{count} 处依据不在有效期", "Bases not in force: {count}";
    ended_hint = "以下检查项的依据已失效或尚未施行，请更新检查表后再引用。", "What these items rest on has ended or is not yet in force. Bring the checklist up to date before it is relied on.";
    has_ended = "不在有效期", "Not in force";
    offered_at = "适用场所", "For";
    offered_if = "适用条件", "And only if";
    visits_with_it = "用本表做的检查", "Inspections made with it";
    hazards_by_it = "用本表查出的隐患", "Hazards found with it";

    for_each = "逐个填写", "For each";
    for_each_up_to(most: u16) = "逐个填写，最多 {most} 个", "For each, up to {most}";
    as_many_as(count: String) = "数量：{count}", "As many as: {count}";
    instance(title: String, position: usize) = "{title} {position}", "{title} {position}";
    asked_if(when: String) = "显示条件：{when}", "Asked if: {when}";
    fails_if(when: String) = "不合格：{when}", "Fails if: {when}";
    fails_by_answer = "不合格：答“不合格”", "Fails if it is answered so";
    must(what: String) = "应{what}", "Required: {what}";
    valid_if(message: String) = "填写要求：{message}", "Accepted if: {message}";
    optional = "选填", "Optional";
    optional_unless(when: String) = "必填：{when}", "Required if: {when}";
    shown_only = "只显示，不填写", "Shown, not filled in";
    same_fact = "同一次检查只问一次", "Asked once in a visit";
    photo_on_fail = "不合格时拍照", "A photo where it fails";
    photo_always = "必须拍照", "Always a photo";
    existing_photo = "可用已有照片", "Earlier photos may be used";
    every_day = "每天", "Daily";
    every_week = "每周", "Weekly";
    every_ten_days = "每旬", "Every ten days";
    every_month = "每月", "Monthly";
    every_quarter = "每季度", "Quarterly";
    every_half_year = "每半年", "Half-yearly";
    every_term = "每学期", "Each term";
    every_year = "每年", "Yearly";

    kind_pass_fail = "合格、不合格", "Pass or fail";
    kind_number = "数值", "A figure";
    kind_count = "计数", "A count";
    kind_in(kind: &str, unit: &str) = "{kind}（{unit}）", "{kind} ({unit})";
    kind_figure(kind: String, from: String, to: String) = "{kind}，{from} 至 {to}", "{kind}, {from} to {to}";
    kind_one = "单选", "One of";
    kind_several = "多选", "Several of";
    kind_choices(kind: &str, choices: String) = "{kind}：{choices}", "{kind}: {choices}";
    kind_date = "日期", "A date";
    kind_month = "年月", "A month";
    kind_or(kind: &str, besides: String) = "{kind}，或{besides}", "{kind}, or {besides}";
    kind_time = "时刻", "A time of day";
    kind_text = "文字", "Text";
    kind_photo = "拍照", "Photos";
    kind_signature = "签名", "A signature";
    kind_place = "定位", "A place";
    kind_code = "扫码", "A scanned code";
    kind_note = "说明", "A note";
    kind_calculation = "自动计算", "Worked out";
    worked_out(how: String) = "自动计算：{how}", "Worked out: {how}";

    absent = "没有", "There is none";
    not_shown = "未出示", "Not shown";
    signed = "已签名", "Signed";
    photos_taken(count: usize) = "照片 {count} 张", "Photos: {count}";
    yes = "是", "yes";
    no = "否", "no";
    asked_before = "在另一张检查表中回答", "Answered in another checklist";
    asked_elsewhere(title: String) = "已在《{title}》中回答", "Answered in: {title}";
    asked_only(n: usize) = "复查：只问上次不合格的 {n} 项", "Recheck: of what failed before, {n} asked, and nothing else";
    of_calculation = "计算", "Calc.";

    proposes = "建议登记的隐患", "Proposed hazard";
    at_once(what: String) = "现场措施：{what}", "At once: {what}";
    on_the_spot = "当场整改", "To be put right on the spot";
    within_days(days: u16) = "{days} 天内整改", "To be put right in {days} d";
    by_site = "场所责任单位整改", "By the site's party";
    by_authority(name: String) = "移送{name}", "Referred to {name}";
    by_nobody_known = "责任单位待定", "By whom is to be found out";
    basis_is(words: String) = "依据：{words}", "Basis: {words}";
    major_by(words: String) = "重大隐患判定依据：{words}", "Major by: {words}";
    good_practice = "良好做法", "good practice";
    quoted = "依据原文", "What it rests on, as printed";

    and = "，并且", ", and ";
    or = "，或者", ", or ";
    bracketed(words: String) = "（{words}）", "({words})";
    named(words: String) = "“{words}”", "\"{words}\"";
    either = "或", " or ";
    is = "为", "is";
    is_not = "不为", "is not";
    below = "小于", "is below";
    not_above = "不大于", "is not above";
    above = "大于", "is above";
    not_below = "不小于", "is not below";
    before = "早于", "is before";
    not_after = "不晚于", "is not after";
    after = "晚于", "is after";
    not_before = "不早于", "is not before";
    includes = "含", "includes";
    excludes = "不含", "does not include";
    the_site = "场所", "the site";
    belongs_to = "属于", "is of the kind";
    belongs_not_to = "不属于", "is not of the kind";
    site_has(attribute: String) = "登记的“{attribute}”", "the registered \"{attribute}\"";
    last_time(words: String) = "上次的{words}", "the last {words}";
    chosen = "选中项数", "the number chosen";
    chosen_of(words: String) = "{words}选中项数", "the number chosen in {words}";
    day_of_visit = "检查当天", "the day of the visit";
    formula(written: String) = "公式 {written}", "by formula {written}";
    nothing = "空", "nothing";
}

pub fn layer_name(lang: Lang, layer: Layer) -> &'static str {
    match layer {
        Layer::Patrol => layer_patrol(lang),
        Layer::Campaign => layer_campaign(lang),
        Layer::Inspection => layer_inspection(lang),
    }
}

pub fn every(lang: Lang, every: Frequency) -> &'static str {
    match every {
        Frequency::Day => every_day(lang),
        Frequency::Week => every_week(lang),
        Frequency::TenDays => every_ten_days(lang),
        Frequency::Month => every_month(lang),
        Frequency::Quarter => every_quarter(lang),
        Frequency::HalfYear => every_half_year(lang),
        Frequency::Term => every_term(lang),
        Frequency::Year => every_year(lang),
    }
}

/// None: no photo is asked for.
pub fn photo_wanted(lang: Lang, rule: PhotoRule) -> Option<&'static str> {
    match rule {
        PhotoRule::Never => None,
        PhotoRule::OnFail => Some(photo_on_fail(lang)),
        PhotoRule::Always => Some(photo_always(lang)),
    }
}
