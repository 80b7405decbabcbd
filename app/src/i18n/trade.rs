//! The trade's words, shared by phone and desk.

use super::limits;
use domain::{
    checklist::Severity,
    due::Due,
    hazard::{Deed, Hazard, Incomplete, Misfit, Stage},
    ledger::{LedgerSort, Standing},
    sync::Reason,
    time,
};

messages! {
    pass = "合格", "Pass";
    fail = "不合格", "Fail";
    not_applicable = "不适用", "N/A";
    information = "记录", "Recorded";
    general_hazard = "一般隐患", "General hazard";
    major_hazard = "重大隐患", "Major hazard";
    late_days(days: u32) = "逾期 {days} 天", "{days} d overdue";
    due_today = "今天", "Today";
    due_in_days(days: u32) = "还有 {days} 天", "{days} d left";
    due_unset = "未定", "Not set";

    stage_found = "等交办", "To assign";
    stage_assigned = "整改中", "In rectification";
    stage_rectified = "等验收", "To accept";
    stage_accepted_once = "等第二人验收", "Second acceptance";
    stage_closed = "已销号", "Closed";
    stage_referred = "已移送", "Referred";
    stage_merged = "已合并", "Merged";
    extension_asked = "申请延期", "Extension asked";

    did_found = "发现", "Found";
    did_found_fixed = "发现，当场改完", "Found, fixed on the spot";
    did_assigned(deadline: String) = "交办，限 {deadline} 整改", "Assigned, due {deadline}";
    did_ask_extension(until: String) = "申请延期到 {until}", "Asked to extend to {until}";
    did_grant_extension(until: String) = "同意延期到 {until}", "Extended to {until}";
    did_refuse_extension = "不同意延期", "Extension refused";
    did_rectify(photos: usize) = "报整改完成，照片 {photos} 张", "Reported as put right, {photos} photos";
    did_accept = "验收通过", "Accepted";
    did_return(deadline: String) = "退回，限 {deadline} 再改", "Returned, due {deadline}";
    did_list(authority: String) = "挂牌督办：{authority}", "Listed for supervision: {authority}";
    did_suspend(what: String) = "责令停用：{what}", "Suspended: {what}";
    did_refer(authority: String) = "移送{authority}", "Referred to {authority}";
    did_merge = "并入另一条隐患", "Merged into another hazard";
    did_reopen = "重新打开", "Reopened";

    misfit_closed(by: String, at: String) = "{by} {at} 已将此隐患销号", "{by} closed this hazard at {at}";
    misfit_rectified(by: String, at: String) = "{by} {at} 已报整改完成，正等验收", "{by} reported it put right at {at}; it waits for acceptance";
    misfit_assigned(by: String, at: String) = "{by} {at} 已交办", "{by} assigned it at {at}";
    misfit_found = "这条隐患已经记录过", "This hazard has been recorded already";
    misfit_not_assigned = "还没有交办，先请科室交办", "Not assigned yet; ask the department to assign it first";
    misfit_nothing_to_accept = "还没有人报整改完成", "Nobody has reported it put right yet";
    misfit_own_work = "报整改的人不能自己验收，请换一个人", "Who reported it put right may not accept it; ask somebody else";
    misfit_same_person = "重大隐患要由两个人验收，请换一个人", "A major hazard is accepted by two different people; ask somebody else";
    misfit_no_extension = "没有等待答复的延期申请", "No extension waits for an answer";
    misfit_extension_waits = "已有人申请延期，正在等待答复", "An extension was asked for already and waits for its answer";
    misfit_not_major = "只有重大隐患才挂牌、停用", "Only a major hazard is listed or suspended";
    misfit_referred(authority: String) = "已移送{authority}", "It was referred to {authority}";
    misfit_merged = "已并入另一条隐患", "It was merged into another hazard";
    misfit_still_open = "这条隐患还没有销号", "This hazard is still open";
    misfit_into_itself = "不能并入自己", "It cannot be merged into itself";

    incomplete_what = "请写明看到了什么", "Say what was seen";
    incomplete_after_photo = "请拍一张整改后的照片", "Take a photo of how it is now";
    incomplete_responsible = "请写明责任单位或责任人", "Name the responsible party";
    incomplete_measures = "请写明整改措施", "Name the measures";
    incomplete_funds = "请写明资金，不花钱就写 0 元", "Name the funds; write 0 where it costs nothing";
    incomplete_contingency = "请写明应急预案", "Name the contingency plan";
    incomplete_reason = "请写明理由", "Give the reason";

    reason_malformed = "这条记录读不懂，没有收下。请更新应用后再试；记录还在本机", "This record could not be read and was not taken. Update the app and try again; it is still on this phone";
    reason_too_large = "这条记录太大，没有收下。请减少文字后重新提交", "This record is too large and was not taken. Shorten its texts and submit again";
    reason_unknown_version = "这条记录来自更新的应用，服务器还不认识。请等服务器更新；记录还在本机", "This record comes from a newer app than the server knows. It stays on this phone until the server is updated";
    reason_not_allowed = "您的账号不能在这里做这件事。请找安委办核对网格和权限；记录还在本机", "Your account may not do this here. Ask the office to check your grids and role; the record is still on this phone";
    waits_for_administrator = "这件事现在不归您的账号管，或者场所、检查表有变动。服务器已经原样留底，由管理员决定收不收；您不用重做", "This is not your account's to do any more, or the site or checklist has changed. The server keeps it as it is, and the administrator decides; you need not do it again";
    reason_unknown_site = "服务器上没有这个场所，可能已并入别处。请联系安委办", "The server has no such site; it may have been merged. Ask the office";
    reason_unknown_checklist = "服务器上没有这版检查表。请联系安委办", "The server has no such version of the checklist. Ask the office";
    reason_unknown_hazard = "服务器上还没有这条隐患。等它的发现记录传上去后再试", "The server does not have this hazard yet. Try again when its finding has been sent";
    reason_unsound = "这次检查和检查表对不上，没有收下。请截图联系安委办；记录还在本机", "This inspection contradicts its checklist and was not taken. Send a screenshot to the office; it is still on this phone";
    reason_id_reused = "这个编号已用于另一条记录。请联系安委办", "This id was used for another record. Ask the office";

    reason_photo_refused = "照片没有收下：文件坏了，或者和登记的不一致。照片还在本机，请重拍一张再交", "The photo was not taken: it is damaged, or not what was announced. It is still on this phone; take another one and send it";

    standing_open = "未销号", "Open";
    standing_late = "逾期", "Overdue";
    standing_due_this_week = "本周到期", "Due this week";
    standing_to_assign = "等交办", "To assign";
    standing_in_rectification = "整改中", "In rectification";
    standing_to_accept = "等验收", "To accept";
    standing_extension_asked = "申请延期", "Extension asked";
    standing_closed_this_month = "本月销号", "Closed this month";
    standing_closed = "已销号", "Closed";
    standing_any = "全部", "All";
    sort_due = "按期限", "By deadline";
    sort_newest = "最新发现", "Newest";
    sort_number = "按编号", "By number";
    sort_site = "按场所", "By site";
}

pub fn severity(lang: Lang, level: Severity) -> &'static str {
    match level {
        Severity::General => general_hazard(lang),
        Severity::Major => major_hazard(lang),
    }
}

pub fn due(lang: Lang, due: Due) -> String {
    match due {
        Due::Late(days) => late_days(lang, days),
        Due::Today => due_today(lang).to_owned(),
        Due::In(days) => due_in_days(lang, days),
        Due::Unset => due_unset(lang).to_owned(),
    }
}

/// The badge of a stage, by its stored word.
pub fn stage_word(lang: Lang, word: &str) -> &'static str {
    match word {
        "found" => stage_found(lang),
        "assigned" => stage_assigned(lang),
        "rectified" => stage_rectified(lang),
        "accepted_once" => stage_accepted_once(lang),
        "referred" => stage_referred(lang),
        "merged" => stage_merged(lang),
        _ => stage_closed(lang),
    }
}

pub fn stage(lang: Lang, stage: &Stage) -> &'static str {
    stage_word(lang, stage.word())
}

/// The badge of a hazard: an extension that waits says so.
pub fn progress(lang: Lang, hazard: &Hazard) -> &'static str {
    if hazard.extension.is_some() { extension_asked(lang) } else { stage(lang, &hazard.stage) }
}

/// A line of the timeline.
pub fn did(lang: Lang, deed: &Deed) -> String {
    let day = ToString::to_string;
    match deed {
        Deed::Found(found) if found.fixed.is_some() => did_found_fixed(lang).to_owned(),
        Deed::Found(_) => did_found(lang).to_owned(),
        Deed::Assigned(plan) => did_assigned(lang, day(&plan.deadline)),
        Deed::ExtensionAsked { until, .. } => did_ask_extension(lang, day(until)),
        Deed::ExtensionGranted { until } => did_grant_extension(lang, day(until)),
        Deed::ExtensionRefused { .. } => did_refuse_extension(lang).to_owned(),
        Deed::Rectified { photos, .. } => did_rectify(lang, photos.len()),
        Deed::Accepted { .. } => did_accept(lang).to_owned(),
        Deed::Returned { deadline, .. } => did_return(lang, day(deadline)),
        Deed::Listed { by_authority } => did_list(lang, by_authority.clone()),
        Deed::Suspended { what } => did_suspend(lang, what.clone()),
        Deed::Referred { authority, .. } => did_refer(lang, authority.clone()),
        Deed::Merged { .. } => did_merge(lang).to_owned(),
        Deed::Reopened { .. } => did_reopen(lang).to_owned(),
    }
}

/// The words that came with a deed, if any.
pub fn words_of(deed: &Deed) -> Option<&str> {
    let words = match deed {
        Deed::Found(found) => &found.what,
        Deed::ExtensionAsked { reason, .. }
        | Deed::ExtensionRefused { reason }
        | Deed::Returned { reason, .. }
        | Deed::Referred { reason, .. }
        | Deed::Reopened { reason, .. } => reason,
        Deed::Rectified { note, .. } | Deed::Accepted { note, .. } => note,
        _ => return None,
    };
    (!words.trim().is_empty()).then_some(words)
}

pub fn misfit(lang: Lang, misfit: &Misfit) -> String {
    match misfit {
        Misfit::AlreadyClosed { by, at } => misfit_closed(lang, by.clone(), time::long(*at)),
        Misfit::AlreadyRectified { by, at } => misfit_rectified(lang, by.clone(), time::long(*at)),
        Misfit::AlreadyAssigned { by, at } => misfit_assigned(lang, by.clone(), time::long(*at)),
        Misfit::AlreadyFound => misfit_found(lang).to_owned(),
        Misfit::NotAssigned => misfit_not_assigned(lang).to_owned(),
        Misfit::NothingToAccept => misfit_nothing_to_accept(lang).to_owned(),
        Misfit::OwnWork => misfit_own_work(lang).to_owned(),
        Misfit::SamePersonTwice => misfit_same_person(lang).to_owned(),
        Misfit::NoExtensionAsked => misfit_no_extension(lang).to_owned(),
        Misfit::ExtensionWaits => misfit_extension_waits(lang).to_owned(),
        Misfit::NotMajor => misfit_not_major(lang).to_owned(),
        Misfit::Referred { authority } => misfit_referred(lang, authority.clone()),
        Misfit::Merged { .. } => misfit_merged(lang).to_owned(),
        Misfit::StillOpen => misfit_still_open(lang).to_owned(),
        Misfit::IntoItself => misfit_into_itself(lang).to_owned(),
    }
}

pub fn incomplete(lang: Lang, missing: Incomplete) -> String {
    let words = match missing {
        Incomplete::What => incomplete_what(lang),
        Incomplete::AfterPhoto => incomplete_after_photo(lang),
        Incomplete::Responsible => incomplete_responsible(lang),
        Incomplete::Measures => incomplete_measures(lang),
        Incomplete::Funds => incomplete_funds(lang),
        Incomplete::Contingency => incomplete_contingency(lang),
        Incomplete::Reason => incomplete_reason(lang),
        Incomplete::OverLimit(over) => return limits::over(lang, over),
    };
    words.to_owned()
}

/// Why the server did not take an operation, and what to do.
pub fn reason(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::Malformed { .. } => reason_malformed(lang).to_owned(),
        Reason::TooLarge { .. } => reason_too_large(lang).to_owned(),
        Reason::UnknownVersion { .. } => reason_unknown_version(lang).to_owned(),
        Reason::NotAllowed => reason_not_allowed(lang).to_owned(),
        Reason::UnknownSite => reason_unknown_site(lang).to_owned(),
        Reason::UnknownChecklist => reason_unknown_checklist(lang).to_owned(),
        Reason::UnknownHazard => reason_unknown_hazard(lang).to_owned(),
        Reason::Unsound { .. } => reason_unsound(lang).to_owned(),
        Reason::Incomplete { missing } => incomplete(lang, *missing),
        Reason::Unfounded { claim } => limits::unfounded(lang, *claim).to_owned(),
        Reason::Misfit { misfit: why } => misfit(lang, why),
        Reason::IdReused => reason_id_reused(lang).to_owned(),
        Reason::PhotoRefused => reason_photo_refused(lang).to_owned(),
    }
}

pub fn standing(lang: Lang, standing: Standing) -> &'static str {
    match standing {
        Standing::Open => standing_open(lang),
        Standing::Late => standing_late(lang),
        Standing::DueThisWeek => standing_due_this_week(lang),
        Standing::ToAssign => standing_to_assign(lang),
        Standing::InRectification => standing_in_rectification(lang),
        Standing::ToAccept => standing_to_accept(lang),
        Standing::ExtensionAsked => standing_extension_asked(lang),
        Standing::ClosedThisMonth => standing_closed_this_month(lang),
        Standing::Closed => standing_closed(lang),
        Standing::Any => standing_any(lang),
    }
}

pub fn sort(lang: Lang, sort: LedgerSort) -> &'static str {
    match sort {
        LedgerSort::Due => sort_due(lang),
        LedgerSort::Newest => sort_newest(lang),
        LedgerSort::Number => sort_number(lang),
        LedgerSort::Site => sort_site(lang),
    }
}
