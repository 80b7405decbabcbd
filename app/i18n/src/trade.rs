//! The trade's words, shared by phone and desk.

use super::{limits, tasks};
use domain::{
    due::Due,
    form::ResponsibleKind,
    hazard::{Found, Hazard, HazardCommand, HazardEvent, HazardStatusKind, RejectedBecause, ValidationError},
    ledger::{LedgerSort, LedgerStatusFilter},
    severity::Severity,
    sync::Reason,
    time,
};

messages! {
    pass = "合格", "Pass";
    fail = "不合格", "Fail";
    not_applicable = "不适用", "N/A";
    still_open = "还没改", "Still open";
    information = "记录", "Recorded";
    general_hazard = "一般隐患", "General hazard";
    major_hazard = "重大隐患", "Major hazard";
    late_days(days: u32) = "逾期 {days} 天", "{days} d overdue";
    due_today = "今天", "Today";
    due_in_days(days: u32) = "还有 {days} 天", "{days} d left";
    due_unset = "未定", "Not set";

    status_found = "等交办", "To assign";
    status_to_refer = "等移送", "To refer";
    status_assigned = "整改中", "In rectification";
    status_rectified = "等验收", "To accept";
    status_accepted_once = "等第二人验收", "Second acceptance";
    status_closed = "已销号", "Closed";
    status_referred = "已移送", "Referred";
    status_merged = "已合并", "Merged";
    extension_asked = "申请延期", "Extension asked";

    by_site = "场所责任单位", "The site's party";
    by_authority = "其他部门", "Another authority";
    by_authority_named(name: &str) = "其他部门：{name}", "Another authority: {name}";
    by_nobody_known = "责任单位待定", "Nobody known yet";

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
    did_lift_suspension = "解除停用，恢复使用", "Suspension lifted";
    did_refer(authority: String) = "移送{authority}", "Referred to {authority}";
    did_merge = "并入另一条隐患", "Merged into another hazard";
    did_reopen = "重新打开", "Reopened";
    party_did_rectify(photos: usize) = "责任主体用短码报整改完成（照片 {photos} 张）", "Reported as put right by its party, by code ({photos} photos)";
    party_did_ask_extension(until: String) = "责任主体用短码申请延期至 {until}", "More time asked for by its party, by code, until {until}";
    party_did_write = "责任主体用短码留言", "Message from its party, by code";
    did_change_place = "场所或部门有调整，随之转移", "Moved along with its site or department";

    rejected_closed(by: String, at: String) = "{by} {at} 已将此隐患销号", "{by} closed this hazard at {at}";
    rejected_rectified(by: String, at: String) = "{by} {at} 已报整改完成，正等验收", "{by} reported it put right at {at}; it waits for acceptance";
    rejected_found = "这条隐患已经记录过", "This hazard has been recorded already";
    rejected_not_assigned = "还没有交办，先请部门交办", "Not assigned yet; ask the department to assign it first";
    rejected_nothing_to_accept = "还没有人报整改完成", "Nobody has reported it put right yet";
    rejected_own_work = "报整改的人不能自己验收，请换一个人", "Who reported it put right may not accept it; ask somebody else";
    rejected_closing_reserved = "重大隐患的第二次验收就是销号，本单位规定由分管领导或应急办决定，请交他们办理", "The second acceptance closes a major hazard, which the office leaves to the leader in charge or the emergency management office; leave it to them";
    rejected_long_extension(days: u16) = "整改期限比原定的推迟超过 {days} 天，本单位规定由分管领导批准。请交分管领导办理，或者定较早的日期", "A deadline that is put off by more than {days} days is the leader in charge's to grant in this office; leave it to them, or choose an earlier day";
    rejected_beyond_role = "重大隐患的验收由部门、应急办或分管领导决定，延期由部门或应急办决定，请交他们办理", "The department, the emergency management office or the leader in charge accepts a major hazard, and the department or the office grants it more time; leave it to them";
    rejected_same_person = "重大隐患要由两个人验收，请换一个人", "A major hazard is accepted by two different people; ask somebody else";
    rejected_no_extension = "没有等待答复的延期申请", "No extension waits for an answer";
    rejected_extension_waits = "已有人申请延期，正在等待答复", "An extension was asked for already and waits for its answer";
    rejected_not_major = "只有重大隐患才挂牌、停用", "Only a major hazard is listed or suspended";
    rejected_not_suspended = "没有停用什么，不用解除", "Nothing is suspended";
    rejected_referred(authority: String) = "已移送{authority}", "It was referred to {authority}";
    rejected_merged = "已并入另一条隐患", "It was merged into another hazard";
    rejected_still_open = "这条隐患还没有销号", "This hazard is still open";
    rejected_into_itself = "不能并入自己", "It cannot be merged into itself";

    incomplete_what = "请写明看到了什么", "Say what was seen";
    incomplete_after_photo = "请拍一张整改后的照片", "Take a photo of how it is now";
    incomplete_responsible = "请写明责任单位或责任人", "Name the responsible party";
    incomplete_measures = "请写明整改措施", "Name the measures";
    incomplete_contingency = "请写明应急预案", "Name the contingency plan";
    incomplete_reason = "请写明理由", "Give the reason";

    reason_malformed = "这条记录读不懂，没有收下。请更新应用后再试；记录还在本机", "This record could not be read and was not taken. Update the app and try again; it is still on this phone";
    reason_too_large = "这条记录太大，没有收下。请减少文字后重新提交", "This record is too large and was not taken. Shorten its texts and submit again";
    reason_unknown_version = "这条记录来自更新的应用，服务器还不认识。请等服务器更新；记录还在本机", "This record comes from a newer app than the server knows. It stays on this phone until the server is updated";
    reason_not_allowed = "您的账号不能在这里做这件事。请找应急办核对网格和权限；记录还在本机", "Your account may not do this here. Ask the office to check your grids and role; the record is still on this phone";
    waits_for_administrator = "这件事现在不归您的账号管，或者场所、检查表有变动。服务器已经原样留底，由管理员决定收不收；您不用重做", "This is not your account's to do any more, or the site or checklist has changed. The server keeps it as it is, and the administrator decides; you need not do it again";
    reason_unknown_site = "服务器上没有这个场所，可能已并入别处。请联系应急办", "The server has no such site; it may have been merged. Ask the office";
    reason_unknown_form = "服务器上没有这版检查表。请联系应急办", "The server has no such version of the checklist. Ask the office";
    reason_unknown_hazard = "服务器上还没有这条隐患。等它的发现记录传上去后再试", "The server does not have this hazard yet. Try again when its finding has been sent";
    reason_kinds_never_had = "服务器上没有这个场所曾属于这些类别的记录。请联系管理员", "The server does not know that the site was ever of these kinds. Ask the administrator";
    reason_invalid_visit = "这次检查和检查表对不上，没有收下。请截图联系应急办；记录还在本机", "This inspection contradicts its checklist and was not taken. Send a screenshot to the office; it is still on this phone";
    reason_id_reused = "这个编号已用于另一条记录。请联系应急办", "This id was used for another record. Ask the office";

    reason_attachment_refused = "照片或文件没有收下：它坏了，类型不对，或者和登记的不一致。它还在本机，请重拍一张或换一份再交", "The photo or paper was not taken: it is damaged, of a type that is not taken, or not what was announced. It is still on this phone; take another one and send it";

    ledger_status_open = "未销号", "Open";
    ledger_status_late = "逾期", "Overdue";
    ledger_status_due_this_week = "本周到期", "Due this week";
    ledger_status_to_assign = "等交办", "To assign";
    ledger_status_to_refer = "等移送", "To refer";
    ledger_status_in_rectification = "整改中", "In rectification";
    ledger_status_to_accept = "等验收", "To accept";
    ledger_status_extension_asked = "申请延期", "Extension asked";
    ledger_status_closed_this_month = "本月销号", "Closed this month";
    ledger_status_closed = "已销号", "Closed";
    ledger_status_any = "全部", "All";
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

/// The badge of a status.
pub fn status(lang: Lang, status: HazardStatusKind) -> &'static str {
    match status {
        HazardStatusKind::Found => status_found(lang),
        HazardStatusKind::Assigned => status_assigned(lang),
        HazardStatusKind::Rectified => status_rectified(lang),
        HazardStatusKind::AcceptedOnce => status_accepted_once(lang),
        HazardStatusKind::Closed => status_closed(lang),
        HazardStatusKind::Referred => status_referred(lang),
        HazardStatusKind::Merged => status_merged(lang),
    }
}

/// The badge of a hazard: an extension that waits says so, and so does what is to be referred instead of assigned.
pub fn progress(lang: Lang, hazard: &Hazard) -> &'static str {
    standing(lang, hazard.status.kind(), hazard.extension.is_some(), hazard.is_to_be_referred())
}

/// The same, of what lists know of it.
pub fn standing(lang: Lang, kind: HazardStatusKind, extension: bool, to_refer: bool) -> &'static str {
    match (extension, to_refer) {
        (true, _) => extension_asked(lang),
        (false, true) => status_to_refer(lang),
        (false, false) => status(lang, kind),
    }
}

/// What is chosen where a finder says who is to put it right.
pub fn responsible_kind(lang: Lang, kind: ResponsibleKind) -> &'static str {
    match kind {
        ResponsibleKind::Site => by_site(lang),
        ResponsibleKind::Authority => by_authority(lang),
        ResponsibleKind::Unknown => by_nobody_known(lang),
    }
}

/// Who is to put it right, as the finder said; of the site it is whatever was written.
pub fn responsible(lang: Lang, found: &Found) -> String {
    match found.responsible_kind {
        ResponsibleKind::Site => found.responsible.clone(),
        ResponsibleKind::Authority => by_authority_named(lang, &found.responsible),
        ResponsibleKind::Unknown => by_nobody_known(lang).to_owned(),
    }
}

/// A line of the timeline. An attempt that did not count says what was attempted.
pub fn did(lang: Lang, event: &HazardEvent) -> String {
    match event {
        HazardEvent::Found(opening)
        | HazardEvent::FoundRectified(opening)
        | HazardEvent::FoundClosed(opening) => reported(lang, &opening.found),
        HazardEvent::Assigned(plan) => did_assigned(lang, plan.deadline.to_string()),
        HazardEvent::ExtensionAsked(request) => did_ask_extension(lang, request.until.to_string()),
        HazardEvent::ExtensionAskedByParty(request) => {
            party_did_ask_extension(lang, request.until.to_string())
        }
        HazardEvent::ExtensionGranted(grant) => did_grant_extension(lang, grant.until.to_string()),
        HazardEvent::ExtensionRefused(_) => did_refuse_extension(lang).to_owned(),
        HazardEvent::Rectified(evidence) => did_rectify(lang, evidence.photos.len()),
        HazardEvent::RectifiedByParty(evidence) => party_did_rectify(lang, evidence.photos.len()),
        HazardEvent::PartyWrote(_) => party_did_write(lang).to_owned(),
        HazardEvent::AcceptedOnce(_) | HazardEvent::Accepted(_) => did_accept(lang).to_owned(),
        HazardEvent::Returned(back) => did_return(lang, back.deadline.to_string()),
        HazardEvent::Listed(listing) => did_list(lang, listing.by_authority.clone()),
        HazardEvent::Suspended(suspension) => did_suspend(lang, suspension.what.clone()),
        HazardEvent::SuspensionLifted(_) => did_lift_suspension(lang).to_owned(),
        HazardEvent::Referred(referral) => did_refer(lang, referral.authority.clone()),
        HazardEvent::Merged(_) => did_merge(lang).to_owned(),
        HazardEvent::Reopened(_) => did_reopen(lang).to_owned(),
        HazardEvent::PlaceChanged(_) => did_change_place(lang).to_owned(),
        HazardEvent::Rejected(rejection) => wanted(lang, &rejection.command),
    }
}

/// What somebody wanted, in the words for having it.
pub fn wanted(lang: Lang, command: &HazardCommand) -> String {
    match command {
        HazardCommand::Report(found) => reported(lang, found),
        HazardCommand::Assign(plan) => did_assigned(lang, plan.deadline.to_string()),
        HazardCommand::Rectify(evidence) => did_rectify(lang, evidence.photos.len()),
        HazardCommand::AskExtension(request) => did_ask_extension(lang, request.until.to_string()),
        HazardCommand::GrantExtension(grant) => did_grant_extension(lang, grant.until.to_string()),
        HazardCommand::RefuseExtension(_) => did_refuse_extension(lang).to_owned(),
        HazardCommand::Accept(_) => did_accept(lang).to_owned(),
        HazardCommand::Return(back) => did_return(lang, back.deadline.to_string()),
        HazardCommand::List(listing) => did_list(lang, listing.by_authority.clone()),
        HazardCommand::Suspend(suspension) => did_suspend(lang, suspension.what.clone()),
        HazardCommand::LiftSuspension(_) => did_lift_suspension(lang).to_owned(),
        HazardCommand::Refer(referral) => did_refer(lang, referral.authority.clone()),
        HazardCommand::Merge(_) => did_merge(lang).to_owned(),
        HazardCommand::Reopen(_) => did_reopen(lang).to_owned(),
    }
}

fn reported(lang: Lang, found: &Found) -> String {
    if found.fixed.is_some() { did_found_fixed(lang) } else { did_found(lang) }.to_owned()
}

/// The words that came with an event, if any.
pub fn words_of(event: &HazardEvent) -> Option<&str> {
    let words = match event {
        HazardEvent::Found(opening)
        | HazardEvent::FoundRectified(opening)
        | HazardEvent::FoundClosed(opening) => &opening.found.what,
        HazardEvent::ExtensionAsked(request) | HazardEvent::ExtensionAskedByParty(request) => &request.reason,
        HazardEvent::ExtensionRefused(refusal) => &refusal.reason,
        HazardEvent::Rectified(evidence)
        | HazardEvent::RectifiedByParty(evidence)
        | HazardEvent::PartyWrote(evidence)
        | HazardEvent::AcceptedOnce(evidence)
        | HazardEvent::Accepted(evidence) => &evidence.note,
        HazardEvent::Returned(back) => &back.reason,
        HazardEvent::SuspensionLifted(lift) => &lift.reason,
        HazardEvent::Referred(referral) => &referral.reason,
        HazardEvent::Reopened(reopening) => &reopening.reason,
        HazardEvent::Rejected(rejection) => return words_of_command(&rejection.command),
        HazardEvent::Assigned(_)
        | HazardEvent::ExtensionGranted(_)
        | HazardEvent::Listed(_)
        | HazardEvent::Suspended(_)
        | HazardEvent::Merged(_)
        | HazardEvent::PlaceChanged(_) => return None,
    };
    (!words.trim().is_empty()).then_some(words)
}

fn words_of_command(command: &HazardCommand) -> Option<&str> {
    let words = match command {
        HazardCommand::Report(found) => &found.what,
        HazardCommand::AskExtension(request) => &request.reason,
        HazardCommand::RefuseExtension(refusal) => &refusal.reason,
        HazardCommand::Rectify(evidence) | HazardCommand::Accept(evidence) => &evidence.note,
        HazardCommand::Return(back) => &back.reason,
        HazardCommand::LiftSuspension(lift) => &lift.reason,
        HazardCommand::Refer(referral) => &referral.reason,
        HazardCommand::Reopen(reopening) => &reopening.reason,
        HazardCommand::Assign(_)
        | HazardCommand::GrantExtension(_)
        | HazardCommand::List(_)
        | HazardCommand::Suspend(_)
        | HazardCommand::Merge(_) => return None,
    };
    (!words.trim().is_empty()).then_some(words)
}

/// Why a command does not count.
pub fn rejected(lang: Lang, because: &RejectedBecause) -> String {
    let words = match because {
        RejectedBecause::AlreadyClosed { by, at } => {
            return rejected_closed(lang, by.clone(), time::long(*at));
        }
        RejectedBecause::AlreadyRectified { by, at } => {
            return rejected_rectified(lang, by.clone(), time::long(*at));
        }
        RejectedBecause::Referred { authority } => return rejected_referred(lang, authority.clone()),
        RejectedBecause::LongExtensionReserved { days } => return rejected_long_extension(lang, *days),
        RejectedBecause::AlreadyFound => rejected_found(lang),
        RejectedBecause::NotAssigned => rejected_not_assigned(lang),
        RejectedBecause::NothingToAccept => rejected_nothing_to_accept(lang),
        RejectedBecause::OwnWork => rejected_own_work(lang),
        RejectedBecause::SamePersonTwice => rejected_same_person(lang),
        RejectedBecause::BeyondRole => rejected_beyond_role(lang),
        RejectedBecause::ClosingReserved => rejected_closing_reserved(lang),
        RejectedBecause::NoExtensionAsked => rejected_no_extension(lang),
        RejectedBecause::ExtensionWaits => rejected_extension_waits(lang),
        RejectedBecause::NotMajor => rejected_not_major(lang),
        RejectedBecause::NotSuspended => rejected_not_suspended(lang),
        RejectedBecause::Merged { .. } => rejected_merged(lang),
        RejectedBecause::StillOpen => rejected_still_open(lang),
        RejectedBecause::IntoItself => rejected_into_itself(lang),
    };
    words.to_owned()
}

pub fn incomplete(lang: Lang, missing: ValidationError) -> String {
    let words = match missing {
        ValidationError::What => incomplete_what(lang),
        ValidationError::AfterPhoto => incomplete_after_photo(lang),
        ValidationError::Responsible => incomplete_responsible(lang),
        ValidationError::Measures => incomplete_measures(lang),
        ValidationError::Contingency => incomplete_contingency(lang),
        ValidationError::Reason => incomplete_reason(lang),
        ValidationError::OverLimit(over) => return limits::over(lang, over),
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
        Reason::UnknownForm => reason_unknown_form(lang).to_owned(),
        Reason::UnknownHazard => reason_unknown_hazard(lang).to_owned(),
        Reason::KindsNeverHad => reason_kinds_never_had(lang).to_owned(),
        Reason::InvalidVisit { .. } => reason_invalid_visit(lang).to_owned(),
        Reason::Incomplete { missing } => incomplete(lang, *missing),
        Reason::Unfounded { claim } => limits::unfounded(lang, *claim).to_owned(),
        Reason::Rejected { because } => rejected(lang, because),
        Reason::Task { because } => tasks::refusal(lang, *because).to_owned(),
        Reason::IdReused => reason_id_reused(lang).to_owned(),
        Reason::AttachmentRefused => reason_attachment_refused(lang).to_owned(),
    }
}

pub fn ledger_status(lang: Lang, status: LedgerStatusFilter) -> &'static str {
    match status {
        LedgerStatusFilter::Open => ledger_status_open(lang),
        LedgerStatusFilter::Late => ledger_status_late(lang),
        LedgerStatusFilter::DueThisWeek => ledger_status_due_this_week(lang),
        LedgerStatusFilter::ToAssign => ledger_status_to_assign(lang),
        LedgerStatusFilter::ToRefer => ledger_status_to_refer(lang),
        LedgerStatusFilter::InRectification => ledger_status_in_rectification(lang),
        LedgerStatusFilter::ToAccept => ledger_status_to_accept(lang),
        LedgerStatusFilter::ExtensionAsked => ledger_status_extension_asked(lang),
        LedgerStatusFilter::ClosedThisMonth => ledger_status_closed_this_month(lang),
        LedgerStatusFilter::Closed => ledger_status_closed(lang),
        LedgerStatusFilter::Any => ledger_status_any(lang),
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
