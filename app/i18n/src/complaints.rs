//! 对上门的意见: what parties say of visits, and what the desk does about it.

use domain::code::ComplaintState;

messages! {
    complaints = "对上门的意见", "Complaints about visits";
    hint = "责任主体用短码交的，来的人看不到。", "Submitted by parties by code; those who came cannot read them.";
    words = "意见", "Complaint";
    site = "场所", "Site";
    who = "责任主体", "Responsible party";
    hazard = "相关隐患", "About the hazard";
    at = "提交时间", "Submitted";
    state = "状态", "Status";
    state_open = "待处理", "Not looked at";
    state_in_hand = "处理中", "Being looked at";
    state_answered = "已答复", "Answered";
    marked_by = "经办人", "Handled by";
    marked_at = "办理时间", "Handled";
    answer = "答复", "Answer";
    count(n: u64) = "共 {n} 条意见", "{n} complaints";
    find = "找意见：场所、责任主体或内容", "Find complaints: site, party or words";
    none = "没有符合条件的意见", "No complaints match";
    visit = "发现隐患的检查", "Visit that found the hazard";
    record = "检查记录", "Inspection record";
    came = "上门", "Visits";
    visits = "该场所的全部检查", "All visits to this site";
    take = "开始处理", "Look into it";
    answer_words = "答复（责任主体在自己的页面上看得到）", "Answer (the party reads it on its page)";
    answer_hint = "只能答复一次，责任主体看不到是谁答复的", "It is answered once; the party does not read by whom";
    answer_missing = "请先写答复", "Write the answer first";
}

/// How far a complaint has come.
pub fn state_of(lang: Lang, state: ComplaintState) -> &'static str {
    match state {
        ComplaintState::Open => state_open(lang),
        ComplaintState::InHand => state_in_hand(lang),
        ComplaintState::Answered => state_answered(lang),
    }
}
