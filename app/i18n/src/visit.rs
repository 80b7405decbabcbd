//! The phone: a visit, from choosing the form to submitting it.

use super::{answers::figure, inspection, limits, sign_off};
use domain::{
    device::typed::Unclear,
    form::{
        AnswerError, AsideBecause, Layer,
        session::{Problem, Refused},
    },
    text::Bilingual,
    visit::{DraftIssue, ValidationIssue},
};

messages! {
    choose = "选检查表", "Choose a checklist";
    why = "为什么来", "Why you are here";
    layer_patrol = "巡查", "Patrol";
    layer_campaign = "专项", "Campaign";
    layer_inspection = "检查", "Inspection";
    others = "其他检查表", "Other checklists";
    find_form = "按名称、行业找", "Find by name or sector";
    more_forms(n: usize) = "还有 {n} 张，输入名称就能找到", "{n} more; type a name to find them";
    no_form_found = "没有符合的检查表，换个名称或行业再找", "No checklist fits; try another name or sector";
    asks_nothing(title: &str) = "《{title}》里没有适用这个场所的检查项，请另选一张", "“{title}” asks nothing at this site; choose another one";
    wrong_before(day: String, what: &str, progress: &str) = "上次不合格（{day}）：{what}，{progress}", "Failed last time ({day}): {what}; {progress}";
    questions(n: usize) = "{n} 项", "{n} items";
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
    today = "今天", "Today";
    now = "现在", "Now";
    this_month = "本月", "This month";
    enlarge(what: &str) = "看大图：{what}", "Enlarge: {what}";
    picture_shows(what: &str) = "示例图：{what}（图还没有传到手机）", "Picture: {what} (it has not come to this phone yet)";
    optional = "选填", "Optional";
    elsewhere(title: &str) = "已在《{title}》中回答", "Answered in “{title}”";
    no_answer_yet = "还没有答", "Not answered yet";
    add_instance(title: &str) = "加一处“{title}”", "Add: {title}";
    instance(title: &str, position: usize) = "{title} {position}", "{title} {position}";
    remove_instance(what: &str) = "去掉{what}", "Take out {what}";
    remove_instance_short = "去掉", "Take out";
    remove_instance_ask(what: &str) = "去掉“{what}”？", "Take out “{what}”?";
    remove_instance_words(n: usize) = "这一处已答的 {n} 项和写的隐患会一起删除。", "What was answered here ({n}) is deleted, with the hazards written for it.";
    keep_instance = "留着", "Keep it";
    take_place = "获取当前位置", "Take the current position";
    take_place_again = "重新获取位置", "Take the position again";
    sign_again = "重签", "Sign again";
    keep_signature = "保存签名", "Keep the signature";
    sign_by_photo = "改为拍照签名", "Photograph a signature instead";
    sign_by_hand = "改为屏幕签名", "Sign on the screen instead";
    signature_on_paper = "纸上的签名", "The signature on paper";
    code_as_printed = "照着标签上的字符输入", "Type it as it is printed";
    aside_heading = "新版用不上的答案", "Answers without a place in this version";
    aside_hint = "下面这些是按旧版答的，新版检查表用不上。内容留在本机，不随检查提交。", "These were answered before, and the new version has no place for them. They stay on this phone and are not submitted.";
    aside_gone = "不再问这一项", "This is not asked any more";
    aside_other_kind = "答法变了，请重答", "It is asked in another way; answer it again";
    aside_option_gone = "这个选项没有了，请看是否要重选", "This choice is gone; see whether to choose again";
    newer_version(title: &str) = "《{title}》有新版", "There is a newer version of “{title}”";
    take_over = "改用新版", "Use the newer version";
    take_over_hint = "已答的都保留，新版用不上的列在最后。", "All answers stay; those without a place in the newer version stand at the end.";
    add_note = "加备注、照片", "Add a note or photos";
    note = "备注", "Note";
    question_photos = "本项照片", "Photos of this item";
    photo_wanted = "本项要拍照", "This item needs a photo";
    write_up = "写明隐患", "Write up the hazard";
    due_in(days: i64) = "{days} 天内整改", "to be put right in {days} d";
    to_be_referred = "由街道移送", "for the office to refer";
    due_at_once = "当场整改", "to be put right at once";
    fixed_now = "当场改完", "fixed on the spot";
    lacks_photo = "缺照片", "photo missing";

    question_number(number: usize) = "第 {number} 项", "Item {number}";
    failed_question(number: usize) = "第 {number} 项不合格", "Item {number} failed";
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
    who = "整改责任", "Responsible for rectification";
    who_of_site = "责任单位或责任人", "Party or person";
    authority = "移送给哪个部门", "Authority to refer it to";
    authority_missing = "请写明移送给哪个部门", "Name the authority";
    referred_by_office = "提交后由街道办理移送，不要求场所限期整改", "The office refers it once you submit; the site is given no deadline";
    before_photos = "照片", "Photos";
    after_photos = "改后照片", "Photos after";
    after_note = "怎么改的", "What was done";
    basis = "依据", "Basis";
    good_practice = "良好做法", "Good practice";
    at_once(words: &str) = "现场措施：{words}", "At once: {words}";
    major_by(name: String) = "重大隐患判定依据：{name}", "Major by: {name}";
    involves(n: usize) = "本隐患涉及 {n} 项", "Items that this hazard is about: {n}";
    done = "记下，继续检查", "Note it and go on";
    add_finding = "再记一条隐患", "Record one more hazard";
    enough_findings(most: usize) = "这一项最多记 {most} 条隐患。还有的，请用随手报另报", "One item holds {most} hazards at most. Report any others with a quick report";
    nth_finding(nth: usize, all: usize) = "第 {nth} 条，共 {all} 条", "Hazard {nth} of {all}";
    remove_finding = "去掉这一条", "Take this one out";
    remove_finding_words = "这一条写的内容和照片会一起删除，其余的不变。", "What was written and photographed for it is deleted; the others stay.";
    remove_finding_yes = "确认去掉", "Take it out";

    review = "检查小结", "Summary";
    passed = "合格", "Passed";
    failed = "不合格", "Failed";
    not_applicable = "不适用", "N/A";
    recorded = "记录", "Recorded";
    issues_left(n: usize) = "还有 {n} 处没有完成", "{n} not complete";
    found(n: usize) = "发现 {n} 条隐患", "Hazards found: {n}";
    found_none = "没有发现隐患", "No hazard found";
    whole_note = "总的说明（可不写）", "Remarks on the whole (optional)";
    submit = "提交检查", "Submit the inspection";
    submit_hint = "提交后封存，不能再改；没有信号也能提交，有信号时自动传。", "Once submitted it is sealed. It can be submitted without signal and is sent by itself when there is some.";
    complete(n: usize) = "还有 {n} 处，去补", "{n} left, go and complete";
    discard = "作废这份检查", "Discard this inspection";
    discard_ask = "作废这份检查？", "Discard this inspection?";
    discard_words(n: usize) = "已答的 {n} 项和拍的照片都会从本机删除，找不回来。", "What was answered ({n}) and its photos will be deleted from this phone for good.";
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
    issue_not_an_answer = "填的内容没有记下，请改正", "What was entered is not recorded; correct it";
    issue_photo = "缺照片", "Photo missing";
    issue_finding = "没有写明隐患", "Hazard not written up";
    issue_words = "没有写看到什么", "What was seen is not written";
    issue_authority = "没有写移送给哪个部门", "The authority is not named";
    issue_finding_photo = "隐患缺照片", "Photo of the hazard missing";
    issue_after = "缺改后照片", "Photo after missing";
    implausible(from: String, to: String) = "应在 {from} 到 {to} 之间，请看是不是按错了", "It must lie between {from} and {to}; was it a slip?";
    not_a_number = "没有记下：这不是数字。请只写数字，如 3", "Not recorded: this is not a number. Write digits only, such as 3";
    other_unit(unit: &str) = "没有记下：单位应是“{unit}”。请换算好，只写数字", "Not recorded: the unit is “{unit}”. Convert it and write digits only";
    other_words = "没有记下：看不出是几。请只写一个数字", "Not recorded: it is not clear how many. Write one number only";
    not_whole = "没有记下：要填整数，如 3", "Not recorded: it must be a whole number, such as 3";
    negative = "没有记下：不能小于零，请核对后重填", "Not recorded: it cannot be below zero; check it and enter it again";
    too_large = "没有记下：数字太大，请核对后重填", "Not recorded: the number is too large; check it and enter it again";
    nothing_chosen = "还没有选或写", "Nothing chosen or written";
    against_constraint = "这样答不符合本项的要求，请核对", "This does not fit what is asked for; check it";
    refused_unknown = "没有记下：检查表里没有这一项了。请返回后重新打开", "Not recorded: the checklist has no such item any more. Go back and open it again";
    refused_not_asked = "没有记下：这一项现在不用答", "Not recorded: this is not asked now";
    refused_read_only = "没有记下：这一项只供查看，不能改", "Not recorded: this is only shown and cannot be changed";
    refused_elsewhere = "没有记下：这一项在本次检查的另一张检查表里答，请到那里改", "Not recorded: another checklist of this inspection asks this; change it there";
    refused_full = "已到上限，不能再加", "There are as many as there may be";
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

/// Why an answer does not count. `message`: what the question's constraint says of itself.
pub fn problem(lang: Lang, problem: &Problem, message: Option<&Bilingual>) -> String {
    match problem {
        Problem::Answer(error) => answer_error(lang, error),
        Problem::Constraint => match message {
            Some(message) => message.get(lang).to_owned(),
            None => against_constraint(lang).to_owned(),
        },
    }
}

/// Why nothing was changed.
pub fn refused(lang: Lang, refused: Refused) -> &'static str {
    match refused {
        Refused::Unknown => refused_unknown(lang),
        Refused::NotAsked => refused_not_asked(lang),
        Refused::ReadOnly => refused_read_only(lang),
        Refused::AskedElsewhere => refused_elsewhere(lang),
        Refused::WrongType => changed_list(lang),
        Refused::Full => refused_full(lang),
    }
}

pub fn layer(lang: Lang, layer: Layer) -> &'static str {
    match layer {
        Layer::Patrol => layer_patrol(lang),
        Layer::Campaign => layer_campaign(lang),
        Layer::Inspection => layer_inspection(lang),
    }
}

/// Why an answer has no place any more.
pub fn aside(lang: Lang, because: AsideBecause) -> &'static str {
    match because {
        AsideBecause::Gone => aside_gone(lang),
        AsideBecause::OtherKind => aside_other_kind(lang),
        AsideBecause::OptionGone => aside_option_gone(lang),
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

/// What a question still lacks. `message`: what its constraint says of itself.
pub fn issue(lang: Lang, issue: &ValidationIssue, message: Option<&Bilingual>) -> String {
    match issue {
        ValidationIssue::Unanswered(_) => issue_unanswered(lang).to_owned(),
        ValidationIssue::NotAnAnswer(_) => issue_not_an_answer(lang).to_owned(),
        ValidationIssue::Invalid(_, why) => problem(lang, why, message),
        ValidationIssue::NeedsPhoto(_) => issue_photo(lang).to_owned(),
        ValidationIssue::NeedsFinding(_) => issue_finding(lang).to_owned(),
        ValidationIssue::NeedsWords(_) => issue_words(lang).to_owned(),
        ValidationIssue::NeedsAuthority(_) => issue_authority(lang).to_owned(),
        ValidationIssue::NeedsFindingPhoto(_) => issue_finding_photo(lang).to_owned(),
        ValidationIssue::NeedsAfterPhoto(_) => issue_after(lang).to_owned(),
        ValidationIssue::OverLimit(_, over) => limits::over(lang, *over),
    }
}

/// What the visit still lacks, wherever.
pub fn draft_issue(lang: Lang, lacking: &DraftIssue, message: Option<&Bilingual>) -> String {
    match lacking {
        DraftIssue::Question { issue: lacking, .. } => issue(lang, lacking, message),
        DraftIssue::NeedsForm => issue_form(lang).to_owned(),
        DraftIssue::NeedsInspection => inspection::incomplete(lang).to_owned(),
        DraftIssue::Breach(breach) => inspection::breach(lang, breach),
        DraftIssue::NeedsNote => issue_note(lang).to_owned(),
        DraftIssue::SignOff(lack) => sign_off::lack(lang, *lack).to_owned(),
        DraftIssue::OverLimit(over) => limits::over(lang, *over),
    }
}
