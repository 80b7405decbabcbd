//! 群众举报: the pages for anybody, and the desk's.

use domain::{
    public_report::{
        FollowStatus, FollowStep, NotSent, ReplyRefusal, ReportCommandKind, ReportEvent, ReportRefusal,
        ReportStateKind, RewardStage, Suspicion,
    },
    time,
};

messages! {
    report_title = "报一处隐患", "Report a hazard";
    no_account = "不用下载，不用注册", "Nothing to install, no account";
    fire_first = "着火、冒烟、有人受伤，请先拨打 119", "Fire, smoke or somebody hurt: call 119 first";
    choose_office = "请选择隐患所在的街道", "Choose the sub-district";
    closed = "本街道暂未开通网上举报，请拨打街道值班电话反映。", "This sub-district takes no reports online at present: please telephone it.";
    photo = "照片", "Photo";
    photo_hint(most: usize) = "最多 {most} 张。拍清楚隐患和周围，不要拍到人脸。手机会先把照片缩小。", "At most {most}. Show the hazard and what is around it, no faces. The phone makes the photos smaller first.";
    photo_choose = "拍照或选照片", "Take or choose photos";
    photo_chosen = "已选：", "Chosen: ";
    what = "看到什么", "What you see";
    what_hint = "例如：占着消防通道摆摊，晚上更多", "Such as: stalls on the fire lane, more of them in the evening";
    where_it_is = "在哪里", "Where it is";
    where_hint = "例如：惠民市场北门往里 20 米", "Such as: 20 metres inside the north gate of the market";
    at_wall(name: &str) = "您扫的是这里的码：{name}。要说得更细，写在“在哪里”。", "The code that you scanned hangs here: {name}. What is more exact goes into \"Where it is\".";
    use_location = "用手机定位", "Use the phone's position";
    locating = "正在定位…", "Finding the position…";
    located = "已定位，会和文字一起交上去", "Position found; it is sent with the words";
    location_failed = "没有取得定位。请用文字写清楚地点，一样可以交。", "No position. Say in words where it is; that will do.";
    phone_number = "手机号（可以不留）", "Telephone number (optional)";
    phone_hint = "要回话、领奖励才填。号码封存，要两个人一起才打得开，每次都留记录。被报的人看不到您是谁。", "Only for questions and for a reward. It is sealed: two people open it together, each time leaving a record. Nobody who is reported sees who you are.";
    phone_not_taken = "本街道还没有设好联系方式的保管人，暂不能留电话。凭查询码可以看到处理结果。", "The office cannot seal telephone numbers yet, so none is taken. Your code shows what came of the report.";
    at_which_site = "在哪处场所", "At which site";
    at_which_site_hint = "不选也可以，按定位取最近的一处。", "You may leave it: the nearest to the position is taken.";
    known_near = "最近有人报过这里", "Reported here lately";
    known_hint = "为保护报的人，不给看照片和时间。是同一件就选上，仍可以交。", "To protect who reported it, no photo and no time are shown. If it is the same, say so; you may still send yours.";
    known_line(kind: &str) = "{kind}，就在附近", "{kind}, close by";
    being_handled = "正在处理", "being seen to";
    none_of_them = "都不是", "None of them";
    send = "交上去，拿查询码", "Send it and get a code";
    working = "正在准备，请稍候…", "One moment…";
    needs_script = "这个页面要用到脚本。请换一个浏览器打开，或者拨打街道值班电话。", "This page needs a script. Open it in another browser, or telephone the sub-district.";
    still_here = "您写的还在下面，改好再交即可。照片请重新选择。", "What you wrote is still below: put it right and send again. Please choose the photo again.";

    sent_title = "收到了", "Received";
    sent_number = "编号", "Number";
    sent_code = "查询码", "Code";
    sent_keep = "请截图或抄下来。有编号和查询码的人才看得到处理结果，请别转给他人。", "Keep a picture or a note of both: whoever has them sees what came of it. Do not pass them on.";
    sent_voice(voices: u32) = "已有 {voices} 人反映同一情况，合在一起办理。", "{voices} people told of the same; it is handled together.";
    follow_title = "查报过的隐患", "Follow a report";
    follow_hint = "输入编号和查询码", "Enter number and code";
    follow = "查询", "Show";
    follow_wrong = "没有打开。编号或查询码可能输错了，或者不是本街道发的。", "Not opened. Number or code may be mistyped, or they are not of this sub-district.";
    follow_place = "地点", "Place";
    follow_answer = "街道答复", "The office's answer";
    follow_reward = "奖励", "Reward";
    follow_phone = "手机号", "Telephone number";
    follow_opened(times: u32) = "已封存，打开过 {times} 次", "Sealed; opened {times} times";
    follow_private = "只有拿着查询码的人看得到这一页，请别转给别人。", "Only whoever has the code sees this page. Please do not pass it on.";
    follow_another = "再报一处", "Report another";

    results_title = "检查结果公开", "Published results";
    results_draws = "随机抽查", "Random checks";
    results_no_draws = "还没有公布的抽查", "No random check has been published yet";
    results_hazards = "挂牌督办的重大隐患", "Major hazards under listed supervision";
    results_no_hazards = "目前没有公开的重大隐患", "No major hazard is published at present";
    results_until(day: String) = "限 {day} 前整改", "to be put right by {day}";

    e_words = "请写一句看到了什么", "Say in a sentence what you see";
    e_place = "请用手机定位，或者写清楚在哪里", "Use the phone's position, or say where it is";
    e_outside = "这个位置不在本街道范围内。请关掉定位、用文字写清楚地点，或者向所在街道反映。", "That position is not in this sub-district. Say in words where it is instead, or turn to the sub-district where it lies.";
    e_phone = "电话号码不对。请填数字，或者留空。", "That is no telephone number. Use digits, or leave it empty.";
    e_photo = "这张照片打不开。请换一张 JPEG 或 PNG，或者不带照片交。", "This photo cannot be opened. Choose a JPEG or PNG, or send without a photo.";
    e_photos_many(most: usize) = "照片最多 {most} 张，请去掉几张再交。", "At most {most} photos: take some away and send again.";
    e_photo_large = "照片加起来超过 4 MB，没有收。请换小些的或少选几张，不带照片也能交。", "The photos are larger than 4 MB together and were not taken. Choose smaller ones or fewer, or send without.";
    e_too_large = "交上来的东西太大，没有收。照片请小于 4 MB。返回上一页，您写的还在。", "What was sent is too large and was not taken. The photo must be under 4 MB. Go back: what you wrote is still there.";
    e_puzzle = "页面开得太久了。请再点一次“交上去”。", "The page was open for too long. Send it once more.";
    e_many = "这个网络短时间内交得太多。请过一刻钟再交，着急请打电话。", "Too many came from this network within a short time. Try again in a quarter of an hour; if it is urgent, telephone.";
    e_busy = "现在交的人很多。请过一分钟再点一次，您写的还在。", "Many are sending just now. Try again in a minute: what you wrote is still there.";

    reports = "群众举报", "Public reports";
    find = "找举报：编号、内容或地点", "Find reports: number, words or place";
    count(n: u64) = "共 {n} 件举报", "{n} reports";
    no_reports = "没有符合条件的举报", "No reports match";
    of_hazard = "本隐患的举报", "Reports of this hazard";
    number = "编号", "Number";
    place = "地点", "Place";
    state = "状态", "Status";
    received_at = "收到时间", "Received";
    voices = "反映人数", "Voices";
    voices_of(n: u32) = "{n} 人反映", "{n} people";
    taken_for = "举报人认为是已有的隐患", "The reporter took it for a hazard that is known";
    hazard = "隐患", "Hazard";
    see_hazard = "查看隐患", "See the hazard";
    position = "定位", "Position";
    photo_of(n: usize) = "举报照片 {n}", "Photo {n} of the report";
    history = "办理经过", "What was done";
    history_none = "还没有办理", "Nothing has been done yet";
    nobody_knows = "举报人的身份不在本页，也不在隐患和文书里。", "Who reported it stands neither here nor in any hazard or paper.";
    reason = "理由", "Reason";
    note = "核实情况", "What was found";
    answer_words = "答复内容（举报人凭查询码看到）", "Answer (whoever has the code reads it)";
    site_of = "场所编码", "Code of the site";
    site_of_hint = "隐患登记在哪个场所", "At which site the hazard is";
    site_unknown = "没有这个编码的场所，或者不在您的范围内", "No site of this code, or not where you may see it";
    hazard_what = "隐患描述（不写举报人）", "The hazard in words (nothing of who reported it)";
    join_to = "并入隐患编号", "Number of the hazard";
    join_unknown = "没有这个编号的隐患，或者不在您的范围内", "No hazard of this number, or not where you may see it";
    join_ended = "这处隐患已经办结，不能并入", "That hazard has ended: nothing can be joined to it";
    near_here = "附近未办结的隐患", "Open hazards nearby";
    reward_line = "奖励标准", "Line of the table";
    reward_none = "还没有奖励标准，请在“设置”里先定", "There is no table of rewards yet: make one in the settings";
    reward_of(name: String, yuan: String) = "{name}：{yuan} 元", "{name}: {yuan} yuan";

    contact = "举报人电话", "Reporter's telephone number";
    contact_none = "没有留电话", "None was left";
    contact_sealed(first: String, second: String) = "已封存，由 {first} 和 {second} 两人一起打开", "Sealed; opened by {first} and {second} together";
    contact_lost = "保管人已更换，这个号码打不开了", "The holders have changed: this number cannot be opened any more";
    contact_ask = "申请查看", "Ask to open it";
    contact_reason = "为什么要看", "Why it is to be opened";
    contact_words = "您的保管口令", "Your words as a holder";
    contact_asked(name: String, reason: String) = "{name} 已申请查看：{reason}。等另一位保管人输入口令。", "{name} has asked: {reason}. The other holder has to enter their words.";
    contact_open = "输入口令并查看", "Enter the words and open it";
    contact_is(phone: String) = "电话：{phone}。看过即止，不要记在别处。", "Number: {phone}. Do not write it down elsewhere.";
    contact_opened(times: u32) = "打开过 {times} 次", "Opened {times} times";
    contact_not_yours = "您不是这个号码的保管人", "You do not hold a key to this number";
    contact_alone = "一个人打不开。请另一位保管人登录后输入口令。", "Nobody opens it alone: the other holder has to sign in and enter their words.";
    contact_wrong_words = "口令不对", "Wrong words";
    holders = "联系方式保管人", "Holders of reporters' numbers";
    holders_hint = "两位保管人各有一个口令，合在一起才打得开举报人的电话。口令忘了，之前的号码就打不开了，谁也补不回来。", "Two holders each have words of their own; only together do they open a reporter's number. Forgotten words cannot be had again, nor the numbers sealed by them.";
    holders_none = "还没有保管人，举报页暂不收电话", "There are no holders yet: no numbers are taken";
    holders_one = "还差一位保管人，举报页暂不收电话", "One holder is missing: no numbers are taken";
    holder_since(name: String, day: String) = "{name}，{day} 起", "{name}, since {day}";
    holder_become = "我来保管，设置口令", "Hold a key: set your words";
    holder_words = "口令（至少 12 个字符）", "Words (12 characters at least)";
    holder_again = "再输一次", "Once more";
    holder_short = "口令须有 12 至 200 个字符", "The words have 12 to 200 characters";
    holder_differs = "两次输入的不一样", "The two differ";
    holder_full = "已有两位保管人。要换人，请先撤销一位。", "There are two holders. To change one, remove one first.";
    holder_remove = "撤销保管", "Remove";
    holder_already = "您已经是保管人", "You are a holder already";

    settings = "群众举报设置", "Reports by the public";
    settings_open = "接受群众举报", "Take reports by the public";
    settings_difficulty = "防刷强度（8 到 22）", "Weight of the puzzle (8 to 22)";
    settings_rewards = "举报奖励标准：一行一条，名称后空一格写元数", "Rewards: one a line, a name, a blank, and the yuan";
    settings_rewards_hint = "例如：一般隐患 200", "Such as: general hazard 200";
    difficulty_wrong(least: u8, most: u8) = "防刷强度在 {least} 到 {most} 之间", "The weight lies between {least} and {most}";
    reward_name_missing = "每行先写名称，再写金额", "Each line has a name before the sum";
    reward_alike = "有两行名称相同", "Two lines are called alike";
    reward_unreadable(line: String) = "这一行读不出金额：{line}", "No sum can be read in this line: {line}";

    disclose = "向社会公开", "Publish";
    undisclose = "停止公开", "Publish no longer";
    disclose_only_listed = "只公开挂牌督办的重大隐患", "Only a major hazard under listed supervision is published";

    s_quarantined = "待甄别", "Set aside";
    s_received = "待核实", "To be looked at";
    s_confirmed = "属实", "So it is";
    s_joined = "已并入隐患", "Joined to a hazard";
    s_hazard = "已立隐患", "Became a hazard";
    s_nothing_found = "未发现隐患", "Nothing found";
    s_discarded = "不予受理", "Not taken up";

    suspicion_many = "同一网络短时间内交了很多件", "Many came from the same network within a short time";
    suspicion_nothing = "没有照片，也没有定位", "Neither a photo nor a position";

    c_release = "放行", "Let it through";
    c_confirm = "登记核实属实", "Record that it is so";
    c_make_hazard = "立为隐患", "Make it a hazard";
    c_join = "并入已有隐患", "Join it to a hazard";
    c_find_nothing = "登记未发现隐患", "Record that nothing was found";
    c_discard = "不予受理", "Do not take it up";
    c_ask = "问举报人", "Ask the reporter";
    ask_words = "问题", "Question";
    ask_hint = "举报人凭编号和查询码看到，可以回答一次；双方都不知道对方是谁。", "The reporter reads it by number and code and answers once; neither learns who the other is.";
    asked = "问过举报人", "Asked of the reporter";
    reply = "举报人的回答", "The reporter's reply";
    no_reply = "还没有回答", "None yet";
    question_title = "街道有一个问题", "The office has a question";
    reply_label = "您的回答", "Your reply";
    reply_hint = "只能回答一次；不用写您是谁，最多 500 字。", "One reply is taken, of 500 characters at most; you need not say who you are.";
    send_reply = "回答", "Reply";
    own_reply = "您回答过", "You replied";
    e_reply_missing = "请先写回答", "Write the reply first";
    e_replied = "已经回答过了，只收一次", "It was answered before; one reply is taken";
    e_not_asked = "街道没有要问的，不用回答", "The office asks nothing; no reply is needed";
    c_answer = "答复举报人", "Answer";
    c_propose_reward = "拟定奖励", "Propose a reward";
    c_approve_reward = "批准奖励", "Approve the reward";
    c_pay_reward = "登记已发放", "Record that it was paid";

    r_moved = "别人已经办过了，请看最新情况", "Somebody has been there already: look at how it stands now";
    r_words = "请写明内容", "Say it in words";
    r_no_hazard = "立为隐患或并入隐患后才能拟奖励", "A reward is proposed once a hazard has come of it";
    r_reward_moved = "奖励已经到下一步了", "The reward has come further";
    r_own = "拟定的人不能自己批准，请另一个人批准", "Whoever proposed it does not approve it: somebody else has to";

    st_received = "收到了，等核实", "Received, to be looked at";
    st_confirmed = "派人看过，情况属实", "Looked at: it is so";
    st_being_put_right = "正在改", "Being put right";
    st_closed = "改好了", "Put right";
    st_referred = "已移送有权部门处理", "Handed to the authority that may act";
    st_nothing_found = "去看过，没有发现隐患", "Looked at: no hazard was found";
    st_discarded = "没有受理", "Not taken up";
    f_received = "您报来", "You reported it";
    f_confirmed = "派人看过，情况属实", "Looked at: it is so";
    f_hazard = "列为隐患，开始督促整改", "Taken up as a hazard";
    f_assigned(day: String) = "已要求整改，限 {day}", "Ordered to be put right by {day}";
    f_put_right = "报告改好了，等街道去看", "Reported as put right, to be checked";
    f_sent_back = "看过还不行，要求再改", "Checked, and sent back";
    f_closed = "看过，改好了，已办结", "Checked: it is put right";
    f_referred = "已移送有权部门处理", "Handed to the authority that may act";
    f_nothing_found = "去看过，没有发现隐患", "Looked at: no hazard was found";
    f_discarded = "没有受理", "Not taken up";

    reward_proposed(yuan: String) = "拟奖 {yuan} 元，等批准", "{yuan} yuan proposed, to be approved";
    reward_approved(yuan: String) = "批准奖励 {yuan} 元，等发放", "{yuan} yuan approved, to be paid";
    was_paid = "已发放奖励", "The reward was paid";
    reward_paid(yuan: String) = "已发放奖励 {yuan} 元", "{yuan} yuan paid";
}

pub fn not_sent(lang: Lang, why: NotSent) -> String {
    match why {
        NotSent::WordsMissing => e_words(lang).to_owned(),
        NotSent::PlaceMissing => e_place(lang).to_owned(),
        NotSent::Outside => e_outside(lang).to_owned(),
        NotSent::NotAPhone => e_phone(lang).to_owned(),
        NotSent::OverLimit(over) => super::limits::over(lang, over),
    }
}

pub fn state_words(lang: Lang, state: ReportStateKind) -> &'static str {
    match state {
        ReportStateKind::Quarantined => s_quarantined(lang),
        ReportStateKind::Received => s_received(lang),
        ReportStateKind::Confirmed => s_confirmed(lang),
        ReportStateKind::Joined => s_joined(lang),
        ReportStateKind::Hazard => s_hazard(lang),
        ReportStateKind::NothingFound => s_nothing_found(lang),
        ReportStateKind::Discarded => s_discarded(lang),
    }
}

pub fn suspicion(lang: Lang, why: Suspicion) -> &'static str {
    match why {
        Suspicion::ManyFromThere => suspicion_many(lang),
        Suspicion::NothingToGoBy => suspicion_nothing(lang),
    }
}

pub fn command(lang: Lang, kind: ReportCommandKind) -> &'static str {
    match kind {
        ReportCommandKind::Release => c_release(lang),
        ReportCommandKind::Confirm => c_confirm(lang),
        ReportCommandKind::MakeHazard => c_make_hazard(lang),
        ReportCommandKind::Join => c_join(lang),
        ReportCommandKind::FindNothing => c_find_nothing(lang),
        ReportCommandKind::Discard => c_discard(lang),
        ReportCommandKind::Answer => c_answer(lang),
        ReportCommandKind::Ask => c_ask(lang),
        ReportCommandKind::ProposeReward => c_propose_reward(lang),
        ReportCommandKind::ApproveReward => c_approve_reward(lang),
        ReportCommandKind::PayReward => c_pay_reward(lang),
    }
}

/// Why a reply is not taken.
pub fn reply_refusal(lang: Lang, why: ReplyRefusal) -> String {
    match why {
        ReplyRefusal::NotAsked => e_not_asked(lang).to_owned(),
        ReplyRefusal::WordsMissing => e_reply_missing(lang).to_owned(),
        ReplyRefusal::Replied => e_replied(lang).to_owned(),
        ReplyRefusal::OverLimit(over) => super::limits::over(lang, over),
    }
}

pub fn refusal(lang: Lang, why: ReportRefusal) -> String {
    match why {
        ReportRefusal::Moved => r_moved(lang).to_owned(),
        ReportRefusal::WordsMissing => r_words(lang).to_owned(),
        ReportRefusal::NoHazard => r_no_hazard(lang).to_owned(),
        ReportRefusal::RewardMoved => r_reward_moved(lang).to_owned(),
        ReportRefusal::OwnProposal => r_own(lang).to_owned(),
        ReportRefusal::OverLimit(over) => super::limits::over(lang, over),
    }
}

/// What was done to a report, with the words that were said.
pub fn event(lang: Lang, event: &ReportEvent) -> String {
    let with = |what: &str, words: &str| {
        if words.is_empty() { what.to_owned() } else { format!("{what} · {words}") }
    };
    match event {
        ReportEvent::Released => c_release(lang).to_owned(),
        ReportEvent::Discarded { reason } => with(c_discard(lang), reason),
        ReportEvent::Confirmed { note } => with(f_confirmed(lang), note),
        ReportEvent::NothingFound { reason } => with(f_nothing_found(lang), reason),
        ReportEvent::Joined { .. } => s_joined(lang).to_owned(),
        ReportEvent::BecameHazard { .. } => s_hazard(lang).to_owned(),
        ReportEvent::Answered { words } => with(c_answer(lang), words),
        ReportEvent::Asked { words } => with(c_ask(lang), words),
        ReportEvent::RewardProposed { sum } => {
            with(c_propose_reward(lang), &reward_of(lang, sum.name.clone(), sum.sum.plain()))
        }
        ReportEvent::RewardApproved => c_approve_reward(lang).to_owned(),
        ReportEvent::RewardPaid => was_paid(lang).to_owned(),
    }
}

pub fn status(lang: Lang, status: FollowStatus) -> &'static str {
    match status {
        FollowStatus::Received => st_received(lang),
        FollowStatus::Confirmed => st_confirmed(lang),
        FollowStatus::BeingPutRight => st_being_put_right(lang),
        FollowStatus::Closed => st_closed(lang),
        FollowStatus::Referred => st_referred(lang),
        FollowStatus::NothingFound => st_nothing_found(lang),
        FollowStatus::Discarded => st_discarded(lang),
    }
}

/// What happened, and when.
pub fn step(lang: Lang, step: FollowStep) -> (String, String) {
    let (words, at) = match step {
        FollowStep::Received(at) => (f_received(lang).to_owned(), at),
        FollowStep::Confirmed(at) => (f_confirmed(lang).to_owned(), at),
        FollowStep::Hazard(at) => (f_hazard(lang).to_owned(), at),
        FollowStep::Assigned(at, day) => (f_assigned(lang, day.to_string()), at),
        FollowStep::PutRight(at) => (f_put_right(lang).to_owned(), at),
        FollowStep::SentBack(at) => (f_sent_back(lang).to_owned(), at),
        FollowStep::Closed(at) => (f_closed(lang).to_owned(), at),
        FollowStep::Referred(at) => (f_referred(lang).to_owned(), at),
        FollowStep::NothingFound(at) => (f_nothing_found(lang).to_owned(), at),
        FollowStep::Discarded(at) => (f_discarded(lang).to_owned(), at),
    };
    (words, time::long(at))
}

pub fn reward(lang: Lang, stage: RewardStage, yuan: String) -> String {
    match stage {
        RewardStage::Proposed => reward_proposed(lang, yuan),
        RewardStage::Approved => reward_approved(lang, yuan),
        RewardStage::Paid => reward_paid(lang, yuan),
    }
}
