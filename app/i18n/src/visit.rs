//! The phone: a visit, from choosing the checklist to submitting it.

use super::limits;
use domain::{
    answer::AnswerError,
    checklist::{DateRule, NumericRule},
    device::typed::Unclear,
    visit::{DraftIssue, ValidationIssue},
};

messages! {
    choose = "选检查表", "Choose a checklist";
    why = "为什么来", "Why you are here";
    fitting = "这类场所用的", "For this kind of site";
    others = "其他检查表", "Other checklists";
    items(n: usize) = "{n} 项", "{n} items";
    no_checklists = "本机还没有检查表", "No checklists on this phone yet";
    no_checklists_hint = "有信号时会自动取来，请稍候再试", "They come by themselves when there is signal; try again in a moment";
    not_yours = "您的账号不做检查", "Your account does not inspect";
    not_yours_hint = "检查由网格员和部门来做。您可以看隐患并报整改。", "Inspectors and departments inspect. You can see hazards and report them as put right.";
    to_hazards = "去看隐患", "See hazards";

    visit = "检查", "Inspection";
    gone = "本机没有这份检查", "This inspection is not on this phone";
    gone_hint = "没做完的和待传的里面都没有它：可能街道已经收到，可能已经作废，也可能是在别的手机或用别的账号做的。", "It is neither among the unfinished nor among those that wait to be sent: the office may have received it, or it was discarded, or made on another phone or by another account.";
    submitted = "这份检查已经提交", "This inspection has been submitted";
    submitted_hint = "提交后封存，不能再改。传到哪一步，在“待传”里看。", "It is sealed and cannot be changed. See under “To send” how far it is.";
    bare = "这份检查暂时打不开", "This inspection cannot be opened for the moment";
    bare_hint = "答过的都在本机，缺的是检查表。有信号时会自动取来，再打开一次。", "The answers are on this phone; the checklist is missing. It comes by itself when there is signal: open it again then.";
    away_hint = "这个场所已停用，或者不再由您负责。这份检查可以照常做完、提交，内容都在本机。停用的场所照常收下；不再由您负责的，街道收到后先搁置，由管理员核对，决定是否收下。", "This site was retired, or is no longer yours. You can finish and submit this inspection as usual; all of it is on this phone. Where the site was retired it is taken as usual; where it is no longer yours the office receives it and the administrator decides.";
    submit_away_hint = "提交后封存，不能再改。这个场所如果只是停用，照常收下；如果不再由您负责，街道收到后先搁置，由管理员核对。", "Once submitted it is sealed. Where the site was only retired it is taken as usual; where it is no longer yours, the office keeps it until the administrator has looked.";
    to_outbox = "去待传", "To what is to send";
    progress(answered: usize, asked: usize) = "{answered} / {asked}", "{answered} / {asked}";
    progress_spoken(answered: usize, asked: usize) = "已答 {answered} 项，共 {asked} 项", "{answered} of {asked} items answered";
    rest_passes = "本节其余全部合格", "The rest of the section passes";
    next_open(left: usize) = "下一未答项 · 还有 {left} 项", "Next open item · {left} left";
    next_issue(left: usize) = "下一处要补的 · 还有 {left} 处", "Next to complete · {left} left";
    to_review = "全部答完，去提交", "All answered, go to submit";
    review_short = "小结", "Summary";
    saved = "已存在本机", "Kept on this phone";

    minus = "减一", "One less";
    plus = "加一", "One more";
    record_failure = "记为不合格", "Record as failed";
    not_at_least(limit: String, unit: String) = "{unit}，应不小于 {limit}", "{unit}, at least {limit}";
    not_at_most(limit: String, unit: String) = "{unit}，应不大于 {limit}", "{unit}, at most {limit}";
    within(least: String, most: String, unit: String) = "{unit}，应在 {least} 到 {most}", "{unit}, {least} to {most}";
    within_days(days: u16) = "应在 {days} 天以内", "Not longer than {days} days ago";
    not_past = "应没有过期", "Not expired";
    today = "今天", "Today";
    add_note = "加备注、照片", "Add a note or photos";
    note = "备注", "Note";
    item_photos = "本项照片", "Photos of this item";
    photo_wanted = "本项要拍照", "This item needs a photo";
    write_up = "写明隐患", "Write up the hazard";
    due_in(days: i64) = "{days} 天内整改", "to be put right in {days} d";
    due_at_once = "当场整改", "to be put right at once";
    fixed_now = "当场改完", "fixed on the spot";
    lacks_photo = "缺照片", "photo missing";

    item_number(number: usize) = "第 {number} 项", "Item {number}";
    failed_item(number: usize) = "第 {number} 项不合格", "Item {number} failed";
    level = "等级", "Level";
    general_means = "能较快改好的", "Can be put right soon";
    major_means = "可能死伤多人，或要停用整改的", "May cost lives, or wants a stop until put right";
    what_seen = "看到什么", "What you see";
    what_missing = "请写明看到什么", "Write what you see";
    deadline(days: u16) = "期限（建议 {days} 天）", "Deadline ({days} d proposed)";
    deadline_at_once = "期限（建议当场）", "Deadline (at once proposed)";
    on_the_spot = "当场改完", "Fixed now";
    in_days(days: i64, weekday: &str) = "{days} 天 · {weekday}", "{days} d · {weekday}";
    choose_day = "选日期", "Choose a day";
    who = "谁来改", "Who puts it right";
    before_photos = "照片", "Photos";
    after_photos = "改后照片", "Photos after";
    after_note = "怎么改的", "What was done";
    basis(words: String) = "依据：{words}", "Basis: {words}";
    clauses(ids: String) = "（{ids}）", " ({ids})";
    done = "记下，继续检查", "Note it and go on";

    review = "检查小结", "Summary";
    passed = "合格", "Passed";
    failed = "不合格", "Failed";
    not_applicable = "不适用", "N/A";
    recorded = "记录", "Recorded";
    issues_left(n: usize) = "还有 {n} 处没有完成", "{n} not complete";
    found(n: usize) = "发现 {n} 条隐患", "{n} hazards found";
    found_none = "没有发现隐患", "No hazard found";
    whole_note = "总的说明（可不写）", "Remarks on the whole (optional)";
    submit = "提交检查", "Submit the inspection";
    submit_hint = "提交后封存，不能再改；没有信号也能提交，有信号时自动传。", "Once submitted it is sealed. It can be submitted without signal and is sent by itself when there is some.";
    complete(n: usize) = "还有 {n} 处，去补", "{n} left, go and complete";
    discard = "作废这份检查", "Discard this inspection";
    discard_ask = "作废这份检查？", "Discard this inspection?";
    discard_words(n: usize) = "已答的 {n} 项和拍的照片都会从本机删除，找不回来。", "The {n} answers and their photos will be deleted from this phone for good.";
    discard_yes = "作废", "Discard";
    discard_no = "留着", "Keep it";

    not_done = "没查成", "Could not inspect";
    met = "遇到什么情况", "What you met with";
    met_note = "情况说明（拒绝检查的必须写）", "What happened (required where the inspection was refused)";
    known_here = "本机知道的人", "People whom this phone knows";
    participants = "参加人员（可不写，多人用顿号隔开）", "Who else was there (optional, separated by commas)";
    add_form = "再加一张检查表", "Add another checklist";
    remove_form = "移除", "Take out";
    issue_form = "还没有选检查表", "No checklist chosen yet";
    issue_note = "请写明遇到的情况", "Write what happened";

    issue_unanswered = "没有答", "Not answered";
    issue_photo = "缺照片", "Photo missing";
    issue_finding = "没有写明隐患", "Hazard not written up";
    issue_words = "没有写看到什么", "What was seen is not written";
    issue_after = "缺改后照片", "Photo after missing";
    implausible(from: String, to: String) = "应在 {from} 到 {to} 之间，请看是不是按错了", "It must lie between {from} and {to}; was it a slip?";
    not_a_number = "没有记下：这不是数字。请只写数字，如 3", "Not recorded: this is not a number. Write digits only, such as 3";
    other_unit(unit: &str) = "没有记下：单位应是“{unit}”。请换算好，只写数字", "Not recorded: the unit is “{unit}”. Convert it and write digits only";
    other_words = "没有记下：看不出是几。请只写一个数字", "Not recorded: it is not clear how many. Write one number only";
    not_whole = "没有记下：要填整数，如 3", "Not recorded: it must be a whole number, such as 3";
    negative = "没有记下：不能小于零，请核对后重填", "Not recorded: it cannot be below zero; check it and enter it again";
    too_large = "没有记下：数字太大，请核对后重填", "Not recorded: the number is too large; check it and enter it again";
    nothing_chosen = "还没有选或写", "Nothing chosen or written";
    changed_list = "和检查表对不上，请重答这一项", "It does not fit the checklist; answer this item again";
}

/// What is wrong with an answer.
pub fn answer_error(lang: Lang, error: &AnswerError) -> String {
    match error {
        AnswerError::Implausible { from, to, .. } => implausible(lang, figure(*from), figure(*to)),
        AnswerError::NotANumber { .. } => not_a_number(lang).to_owned(),
        AnswerError::Empty => nothing_chosen(lang).to_owned(),
        AnswerError::OverLimit(over) => limits::over(lang, *over),
        AnswerError::WrongType | AnswerError::UnknownOption(_) => changed_list(lang).to_owned(),
    }
}

/// Why what was typed is not recorded.
pub fn unclear(lang: Lang, why: Unclear, unit: &str) -> String {
    match why {
        Unclear::NotANumber => not_a_number(lang).to_owned(),
        Unclear::OtherUnit if unit.is_empty() => other_words(lang).to_owned(),
        Unclear::OtherUnit => other_unit(lang, unit),
        Unclear::NotWhole => not_whole(lang).to_owned(),
        Unclear::Negative => negative(lang).to_owned(),
        Unclear::TooLarge => too_large(lang).to_owned(),
    }
}

/// What an item still lacks.
pub fn issue(lang: Lang, issue: &ValidationIssue) -> String {
    match issue {
        ValidationIssue::Unanswered(_) => issue_unanswered(lang).to_owned(),
        ValidationIssue::Invalid(_, error) => answer_error(lang, error),
        ValidationIssue::NeedsPhoto(_) => issue_photo(lang).to_owned(),
        ValidationIssue::NeedsFinding(_) => issue_finding(lang).to_owned(),
        ValidationIssue::NeedsWords(_) => issue_words(lang).to_owned(),
        ValidationIssue::NeedsAfterPhoto(_) => issue_after(lang).to_owned(),
        ValidationIssue::OverLimit(_, over) => limits::over(lang, *over),
    }
}

/// What the visit still lacks, wherever.
pub fn draft_issue(lang: Lang, lacking: &DraftIssue) -> String {
    match lacking {
        DraftIssue::Item { issue: of_item, .. } => issue(lang, of_item),
        DraftIssue::NeedsForm => issue_form(lang).to_owned(),
        DraftIssue::NeedsNote => issue_note(lang).to_owned(),
        DraftIssue::OverLimit(over) => limits::over(lang, *over),
    }
}

/// `m，应不小于 4`: the unit with the criterion.
pub fn criterion(lang: Lang, measure: &NumericRule) -> String {
    let unit = measure.unit.get(lang).to_owned();
    match (measure.at_least, measure.at_most) {
        (Some(least), Some(most)) => within(lang, figure(least), figure(most), unit),
        (Some(least), None) => not_at_least(lang, figure(least), unit),
        (None, Some(most)) => not_at_most(lang, figure(most), unit),
        (None, None) => unit,
    }
}

/// The criterion of a date, if it has one.
pub fn date_criterion(lang: Lang, rule: &DateRule) -> Option<String> {
    let within = rule.within_days.map(|days| within_days(lang, days));
    within.or_else(|| rule.not_past.then(|| not_past(lang).to_owned()))
}

/// `4`, `3.5`: as short as it can be said.
pub fn figure(number: f64) -> String {
    format!("{number}")
}
