//! 短码: what parties read who have no account, and what the desk prints for them.

use super::limits;
use domain::{
    hazard::{HazardStatusKind, PartyRefusal, RejectedBecause, ValidationError},
    visit::VisitNature,
};

messages! {
    notice = "安全隐患告知", "Notice of a safety hazard";
    notice_numbered(number: &str) = "安全隐患告知 {number}", "Notice of a safety hazard {number}";

    enter_title = "输入短码", "Type the code";
    enter_hint = "短码印在告知书、短信或墙上的海报上，共 10 位", "The code is on the notice, in the message or on the poster: 10 characters";
    code = "短码", "Code";
    enter = "下一步", "Next";

    prove_title = "先确认是您本人", "First, confirm that it is you";
    prove_hint = "请填街道登记的手机号的后 6 位。场所负责人、责任主体的号码都可以", "Type the last 6 digits of a telephone number that the office has on record: of whoever answers for the site or of the party itself";
    digits = "登记手机号的后 6 位", "Last 6 digits of the number on record";
    open = "打开", "Open";
    not_opened = "没有打开。短码或号码可能输错了、短码已经用过，或者不是本街道发的。请对照告知书再试一次", "Not opened. The code or the digits may be mistyped, the code may be used up, or it is not this office's. Compare it with the notice and try again";
    try_later(minutes: u64) = "试的次数太多了，请 {minutes} 分钟后再试。着急可以打告知书上的电话", "Too many tries. Try again in {minutes} minutes, or call the number on the notice";
    number_changed = "手机号换了", "The number has changed";
    number_changed_hint = "请打告知书上的电话，让街道改登记的号码", "Call the number on the notice and ask the office to correct its record";
    not_mine = "不是发给我的", "It is not for me";
    not_mine_hint = "不用管它，不输号码就打不开别人的内容", "Leave it: without the digits nothing of anybody is opened";
    report_here = "看到这里有隐患，我要报", "I see a hazard here and want to report it";
    no_account = "不用下载，不用注册。打开后只看得到自己的这一件，1 小时后自动关上", "No app, no account. Only your own case is opened, and it closes by itself after an hour";
    over = "时间过了，请再填一次后 6 位。已经交上去的都在", "The hour is over. Type the 6 digits again; whatever was submitted is safe";

    fix_one = "请改这一处", "Please put this right";
    waits_for_office = "已交，等街道来看", "Submitted; the office will come and look";
    is_done = "这件完了", "This case is closed";
    passed_on = "已转给其他部门办", "Passed on to another authority";
    due_by(day: String) = "{day} 前改好", "Put it right by {day}";
    due_unset = "期限等街道通知", "The office will name a day";
    now_photo = "现在", "Now";
    example_photo = "应该这样", "It should be like this";
    before_photo = "改前", "Before";
    after_photo = "改后", "After";
    what = "问题", "What is wrong";
    measures = "要求", "What to do";
    basis = "依据", "Basis";
    site = "地点", "Where";
    asked_until(day: String) = "已申请延到 {day}，等街道答复", "More time asked for until {day}; the office will answer";

    repair = "交改好的照片", "Submit a photo of the repair";
    another_photo = "再补一张", "Add another photo";
    photo = "照片（JPG、PNG，20 MB 以内）", "Photo (JPG or PNG, at most 20 MB)";
    note = "说明（可以不填）", "A word (optional)";
    submit_photo = "交照片", "Submit the photo";
    photo_hint = "照片里的位置和手机信息不保留", "Location and device data in the photo are not kept";
    more_time = "要多几天", "Ask for more time";
    until = "延到哪天", "Until which day";
    reason = "为什么", "Why";
    submit_time = "交申请", "Submit the request";
    word = "给街道留句话", "A word to the office";
    words = "想说的话", "Your words";
    submit_words = "发出", "Send";
    came = "谁来过、凭什么", "Who came, and by what right";
    came_at(when: String) = "{when} 来过", "Came on {when}";
    came_as_patrol = "这次是巡查，不是行政检查，不作处罚依据", "This was a patrol, not an administrative inspection, and no basis for a penalty";
    came_as_inspection = "这次是行政检查，检查人员应当出示证件", "This was an administrative inspection; its officers have to show their certificates";
    came_as_self_check = "这是单位自查", "This was the site's own check";
    came_as_recheck = "这次是复查", "This was a recheck";
    came_in_passing = "路过时发现，没有进门检查", "Seen in passing; nothing was inspected";
    certificate(number: &str) = "执法证号 {number}", "certificate {number}";
    complaint = "对这次上门有意见", "A complaint about the visit";
    complaint_hint = "直接到街道，不经过来的人", "It goes straight to the office and not through those who came";
    submit_complaint = "交意见", "Submit the complaint";
    history = "经过", "What happened";
    open_here(count: usize) = "这里还有 {count} 处要改", "{count} hazards to put right here";
    nothing_open = "这里没有要改的。谢谢", "Nothing to put right here. Thank you";
    show = "看这一件", "Show this one";
    back_to_all = "回到这里的全部", "Back to all of this site";

    photo_came = "照片收到了", "The photo has arrived";
    time_came = "申请收到了，街道会答复", "The request has arrived; the office will answer";
    words_came = "收到了，街道会看到", "Received; the office will read it";
    complaint_came = "意见收到了，只有街道负责的人看得到", "The complaint has arrived; only those in charge at the office can read it";
    may_close = "现在可以关掉。没通过会再通知您，写明原因", "You may close this page. If it is not accepted you will be told why";

    photo_missing = "请先选一张照片", "Choose a photo first";
    photo_too_large = "照片超过 20 MB，没有收下。请在相机里选小一点的尺寸重拍，或者截图后再交", "The photo is larger than 20 MB and was not taken. Choose a smaller size in the camera and take it again, or send a screenshot of it";
    words_missing = "请先写几个字", "Write a few words first";
    reason_missing = "请写明为什么要多几天", "Say why more time is needed";
    day_wrong = "请选今天以后、半年以内的日子", "Choose a day from today on, within half a year";
    not_assigned = "街道还没有定下怎么改、什么时候改好，请等通知。着急可以先留句话", "The office has not yet said what to do by when. Wait for its notice, or leave a word";
    enough = "已经交了很多次，请等街道先看", "A lot has been submitted; the office has to look first";
    rectified_before = "已经报过改好了，等街道来看；可以再补照片", "It was reported as put right and waits for the office; you may add photos";
    is_over = "这件已经结束，不用再交", "This case has ended; nothing more is needed";
    extension_waits = "已经申请过延期，等街道答复", "More time was asked for already; the office will answer";
    not_taken = "没有收下，请再试一次；写的字还在", "Not taken. Try again; what you wrote is still here";
    choose_photo_again = "照片要再选一次", "The photo has to be chosen again";

    sheet = "责任主体的短码", "Code for the responsible party";
    sheet_hint = "印在告知书上交给责任主体，或者把下面的字发给对方。对方不用账号就能看、能交照片、能申请延期", "Print it on the notice, or send the text below. The party needs no account to read it, submit photos and ask for more time";
    no_code = "还没有短码，或者已经作废", "There is no code, or it was withdrawn";
    make = "做一个短码", "Make a code";
    make_another = "重做一个（旧的作废）", "Make another (the old one ends)";
    revoke = "作废", "Withdraw";
    made_by(name: &str, when: String) = "{name} {when} 做的", "Made by {name} on {when}";
    valid_until(when: String) = "{when} 前有效", "Valid until {when}";
    opened_at(when: String) = "{when} 打开过", "Opened on {when}";
    not_opened_yet = "还没有打开过", "Not opened yet";
    message = "短信文字", "Text of a message";
    message_text(office: &str, site: &str, what: &str, code: String, address: String) = "【{office}】{site}：{what}。请打开 {address} ，填登记手机号后 6 位查看并交整改照片。短码 {code}", "[{office}] {site}: {what}. Open {address} and type the last 6 digits of your number on record to read it and submit photos. Code {code}";
    scan_hint = "手机扫码打开；扫不了就在网页上输入短码", "Scan to open, or type the code on the page";
    back_to_hazard = "回到隐患", "Back to the hazard";
    print = "打印用浏览器的“打印”，可以存成 PDF", "Print with the browser, to paper or PDF";
    ended_needs_none = "这件已经结束，不用短码", "This case has ended and needs no code";

    posters = "墙上的码", "Codes for the walls";
    posters_count(count: usize) = "{count} 张，每页 2 张", "{count} posters, 2 a page";
    posters_without(count: usize) = "有 {count} 处场所还没有码", "{count} sites have no code yet";
    posters_make(count: usize) = "给这 {count} 处都做上码", "Make codes for these {count} sites";
    posters_more(most: u32) = "场所太多，只列出前 {most} 处；请先按社区或行业筛选再印", "Too many sites: the first {most} are shown. Filter by community or sector first";
    posters_none = "没有可以印的码", "There is no code to print";
    poster_title = "扫码看安全、报隐患", "Scan: safety here, and hazards";
    poster_party = "场所负责人：看要改什么、交照片", "Whoever answers for the site: what to put right, submit photos";
    poster_public = "群众：看到隐患，在这里报", "Everybody: report a hazard that you see";
    poster_inspector = "检查人员：打开场所", "Inspectors: open the site";
    back_to_sites = "回到场所", "Back to sites";

    scan = "扫码", "Scan";
    scan_title = "扫墙上的码", "Scan the code on the wall";
    scan_aim = "对准墙上的码，读到就打开场所", "Aim at the code on the wall; its site opens as soon as it is read";
    scan_not_ours = "这不是巡安的码。请扫场所墙上的海报", "This is not one of our codes. Scan the poster on the site's wall";
    scan_paper = "这是告知书上的码，给责任主体用的。请扫场所墙上的海报", "This code is on a notice and for the responsible party. Scan the poster on the site's wall";
    scan_gave_up = "这部手机读不了这个码。请关掉扫码，在列表里找场所，或者手填", "This phone cannot read the code. Close the scanner and find the site in the list, or type what is asked";
    scan_words_title = "扫码填写", "Scan a code into the field";
    scan_words_aim = "对准二维码，读到就填进去；读不出就手填", "Aim at the QR code: it is filled in as soon as it is read. Type it where it cannot be read";
    scan_words_none = "这个码里没有字，请手填", "Nothing stands in this code. Type it instead";
    scan_words_long = "这个码里的字太多，填不进这一栏，请手填", "What stands in this code is too long for the field. Type it instead";
    scan_elsewhere = "这个场所不在本机：可能不在您的网格，或者还没有更新。有信号时再试", "This site is not on the phone: it may be outside your grids, or not updated yet. Try again with signal";

    own_complaints = "您交的意见", "Your complaints";
    complaint_answer_of(at: String) = "街道 {at} 答复", "The office answered on {at}";
}

/// What is said of who came.
pub fn by_what_right(lang: Lang, nature: Option<VisitNature>) -> &'static str {
    match nature {
        Some(VisitNature::Patrol) => came_as_patrol(lang),
        Some(VisitNature::AdministrativeInspection) => came_as_inspection(lang),
        Some(VisitNature::SelfCheck) => came_as_self_check(lang),
        Some(VisitNature::Recheck) => came_as_recheck(lang),
        None => came_in_passing(lang),
    }
}

/// The heading of a hazard's page, as its party sees it.
pub fn heading(lang: Lang, status: HazardStatusKind) -> &'static str {
    match status {
        HazardStatusKind::Found | HazardStatusKind::Assigned => fix_one(lang),
        HazardStatusKind::Rectified | HazardStatusKind::AcceptedOnce => waits_for_office(lang),
        HazardStatusKind::Closed | HazardStatusKind::Merged => is_done(lang),
        HazardStatusKind::Referred => passed_on(lang),
    }
}

/// Why nothing was taken, and what to do.
pub fn refused(lang: Lang, refusal: &PartyRefusal) -> String {
    let words = match refusal {
        PartyRefusal::Invalid(ValidationError::OverLimit(over)) => return limits::over(lang, *over),
        PartyRefusal::Invalid(ValidationError::AfterPhoto) => photo_missing(lang),
        PartyRefusal::Invalid(ValidationError::Reason) => reason_missing(lang),
        PartyRefusal::Invalid(
            ValidationError::What
            | ValidationError::Responsible
            | ValidationError::Measures
            | ValidationError::Contingency,
        ) => words_missing(lang),
        PartyRefusal::Day => day_wrong(lang),
        PartyRefusal::NotAssigned => not_assigned(lang),
        PartyRefusal::Enough => enough(lang),
        PartyRefusal::Rejected(because) => rejected(lang, because),
    };
    words.to_owned()
}

fn rejected(lang: Lang, because: &RejectedBecause) -> &'static str {
    match because {
        RejectedBecause::AlreadyRectified { .. } => rectified_before(lang),
        RejectedBecause::ExtensionWaits => extension_waits(lang),
        RejectedBecause::NotAssigned => not_assigned(lang),
        RejectedBecause::AlreadyClosed { .. }
        | RejectedBecause::Referred { .. }
        | RejectedBecause::Merged { .. } => is_over(lang),
        RejectedBecause::AlreadyFound
        | RejectedBecause::NothingToAccept
        | RejectedBecause::OwnWork
        | RejectedBecause::SamePersonTwice
        | RejectedBecause::BeyondRole
        | RejectedBecause::ClosingReserved
        | RejectedBecause::LongExtensionReserved { .. }
        | RejectedBecause::NoExtensionAsked
        | RejectedBecause::NotMajor
        | RejectedBecause::NotSuspended
        | RejectedBecause::StillOpen
        | RejectedBecause::IntoItself => not_taken(lang),
    }
}
