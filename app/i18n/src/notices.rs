//! 消息: who is told what, in the inbox of phone and desk, out of the house, and on the page of its rules.

use domain::{
    limits::OverLimit,
    notice::{
        ChannelKind, ChannelRefusal, DeliveryState, Notice, NoticeAbout, NoticeKind, NoticeTo, PartyNotice,
        PartyNoticeKind, PushRefusal, SettingsFault, TemplateFault, TemplateField,
    },
    time,
};

messages! {
    notices = "消息", "Messages";
    unread(n: u64) = "{n} 条未读", "{n} unread";
    to_do = "待办", "To do";
    to_know = "知悉", "For information";
    pieces(n: usize) = "{n} 条", "{n}";
    nothing = "没有消息", "No messages";
    nothing_hint = "派给您的工作、到期和退回的隐患会在这里提醒。", "Work that is given to you and hazards that are due or returned are told here.";
    up_to(at: String) = "{at} 以前的都在这里", "Complete up to {at}";
    not_yet_here = "联网后显示消息", "Messages show once there is signal";
    is_new = "未读", "Unread";
    mark_read = "全部标为已读", "Mark all as read";
    seen = "消息已读", "Messages read";
    older_elsewhere = "更早的消息在电脑上查看", "Older messages are shown at the desk";

    kind_assigned = "派给您", "Assigned to you";
    kind_due_tomorrow = "明天到期", "Due tomorrow";
    kind_late = "已逾期", "Overdue";
    kind_returned = "退回", "Returned";
    kind_major_found = "发现重大隐患", "Major hazard found";
    kind_plan_opened = "抽查到时，可以打开", "Spot check can be opened";
    kind_unsent_work = "手机有未上传的工作", "Work on a phone not sent";
    titled(kind: &str, what: String) = "{kind}：{what}", "{kind}: {what}";
    at_site(site: String, what: String) = "{site}，{what}", "{site}, {what}";
    visit_of(site: String) = "检查{site}", "visit {site}";
    by_until(from: String, until: String) = "{from} 派 · {until} 前完成", "by {from} · until {until}";
    due_on(day: String) = "{day} 到期", "due {day}";
    said_by(name: String, reason: String) = "{name}：{reason}", "{name}: {reason}";
    found_by(name: String) = "{name} 发现", "found by {name}";
    order_number(number: String) = "封号 {number}", "No. {number}";
    opens(at: String) = "{at} 起可以打开", "can be opened from {at}";
    unsent_of(name: String, n: u32) = "{name}的手机有 {n} 件没传上来", "{n} not sent on the phone of {name}";
    unsent_since(at: String) = "{at} 起，有信号会自己传", "since {at}; it is sent by itself once there is signal";
    between = " · ", " · ";

    message_head(n: usize) = "巡安提醒：共 {n} 条", "Xun'an: {n} messages";
    message_one = "巡安提醒", "Xun'an";
    message_more(n: usize) = "另有 {n} 条，请打开巡安查看", "{n} more: open Xun'an";
    message_to(names: String) = "（{names}）", " ({names})";
    sms_many(n: usize) = "【巡安】您有 {n} 条提醒，请打开巡安查看", "[Xun'an] {n} reminders for you: open Xun'an";
    sms_one(line: String) = "【巡安】{line}", "[Xun'an] {line}";
    names_between = "、", ", ";

    rules = "消息规则", "Rules of messages";
    rules_hint = "什么情况通知谁。改动只影响以后的消息。", "Who is told of what. A change concerns only messages to come.";
    rule_kind = "情况", "When";
    rule_days = "几天后", "After days";
    rule_to = "通知谁", "Who is told";
    rule_days_of(kind: &str) = "{kind}：几天后通知", "{kind}: told after how many days";
    rule_to_of(kind: &str) = "{kind}：通知谁", "{kind}: who is told";
    rule_more(kind: &str) = "{kind}：再加一条", "{kind}: one more rule";
    save_rule_of(kind: &str) = "保存规则：{kind}", "Save rule: {kind}";
    rule_off = "不通知任何人", "Nobody is told";
    to_own = "承办人", "Whose it is to do";
    to_giver = "派单人", "Who gave it";
    quiet = "免打扰时段", "Quiet hours";
    quiet_from = "从", "From";
    quiet_until = "到", "Until";
    quiet_hint = "这段时间不往外发，到点并成一条；重大隐患除外。两格都空着表示不设。", "Nothing goes out then; it goes as one message afterwards. Major hazards are told at once. Leave both empty for none.";
    save_rules = "保存规则", "Save rules";

    party_rules = "告知责任主体", "Messages to responsible parties";
    party_rules_hint(most: u64) = "隐患有下列情况时，给场所登记的第一个手机号发短信，写明问题和期限，附该隐患的页面地址。默认都不发；每个号码一天最多 {most} 条，免打扰时段不发；抽查计划和举报人不会写进短信。", "When a hazard comes to this, a short message goes to the first mobile number on record of its site, with what is wrong, until when, and the address of its page. As it begins none goes; a number is sent at most {most} a day and none in quiet hours; nothing of plans or of who reported is in them.";
    party_kinds = "发哪些短信", "Which messages go";
    party_address = "对外网址", "Address from outside";
    party_address_hint = "责任主体用手机打开的网址，如 https://xunan.example。需要一个启用的短信网关。", "Under which parties reach the pages, such as https://xunan.example. An SMS gateway in use is needed.";
    save_party_rules = "保存告知规则", "Save messages to parties";
    party_issued = "交办", "Assigned";
    party_returned = "退回", "Returned";
    party_due_tomorrow = "明天到期", "Due tomorrow";
    party_late = "已逾期", "Overdue";
    party_says_issued = "需要整改", "is to be put right";
    party_says_returned = "整改未通过，请继续整改", "was looked at and is not put right yet";
    party_says_due_tomorrow = "明天到期，请尽快整改", "is due tomorrow";
    party_says_late = "已逾期，请立即整改", "is overdue: put it right at once";
    party_due(day: String) = "期限 {day}", "until {day}";
    party_due_unset = "期限见页面", "until when, the page says";
    party_sms(kind: &str, site: String, what: String, due: String, address: String) = "【巡安】{site}“{what}”{kind}，{due}。查看和报整改：{address} ，凭本机号码后6位打开", "[Xun'an] {site}, “{what}” {kind}, {due}. See and answer: {address} , opened by the last 6 digits of this number";
    party_told = "已告知责任主体", "Told to the party";
    party_sent(phone: String, at: String) = "{phone} · {at} 已发短信", "{phone} · sent {at}";
    party_waits(phone: String, at: String) = "{phone} · {at} 后发短信", "{phone} · goes after {at}";
    party_failed(phone: String, at: String, why: String) = "{phone} · {at} 未发出：{why}", "{phone} · not sent {at}: {why}";
    party_opened(at: String) = "{at} 已打开查看", "page opened {at}";
    refused_party_address = "要给责任主体发短信，请填写以 https:// 开头的对外网址，只写到主机名，如 https://xunan.example", "For messages to parties, write the address from outside with https:// in front and nothing behind the host, such as https://xunan.example";

    channels = "通知渠道", "Channels";
    channels_hint = "消息除了收件箱，还可以发到群机器人、短信网关或其他系统。地址和密钥保存后不再显示。", "Beside the inbox, messages can go to group robots, an SMS gateway or other programs. Address and key are not shown again once saved.";
    no_channels = "没有渠道，消息只在收件箱里", "No channels: messages are in the inbox only";
    add_channel = "新增渠道", "Add a channel";
    edit_channel(name: String) = "修改渠道：{name}", "Change channel: {name}";
    channel_name = "名称", "Name";
    channel_kind = "类型", "Kind";
    channel_on = "启用", "In use";
    channel_off = "停用", "Switched off";
    channel_kinds = "发哪些消息", "Which messages";
    channel_address = "地址", "Address";
    channel_address_hint = "机器人填管理后台给出的完整地址（含 key 或 access_token）。", "Of a robot, the whole address with its key or access_token.";
    channel_key = "密钥", "Key";
    channel_key_hint = "钉钉填加签密钥；对接系统填双方约定的密钥；短信模板里用 ${secret} 引用。", "Of DingTalk, the signing secret; of another program, the key agreed on; in an SMS template it is ${secret}.";
    channel_kept = "已保存，留空则不变", "Saved; leave empty to keep it";
    channel_template = "短信请求模板", "Template of the SMS request";
    channel_template_hint = "用 ${phone}、${text}、${secret}、${id}；以大括号开头按 JSON 发送，否则按表单发送。", "With ${phone}, ${text}, ${secret}, ${id}; sent as JSON if it begins with a brace, else as a form.";
    channel_success_field = "成功看哪个字段", "Field that says it went well";
    channel_success_value = "成功时的值", "Its value then";
    channel_success_hint = "网关收到不等于发出：只有应答里这个字段是这个值才算成功，如 code 为 0。", "A gateway that answers has not sent yet: only this value in this field of its answer is success, such as 0 in code.";
    save_channel = "保存渠道", "Save channel";
    retire_channel = "删除渠道", "Delete channel";
    retire_channel_hint = "等着从这里发的消息会记为未送达，并改走同样发这类消息的其他渠道；地址和密钥一并清除，不能恢复。", "What waits to go this way is noted as not delivered and goes by other channels that carry such messages; address and key are forgotten for good.";
    retire_sure = "确认删除", "Yes, delete it";
    refused_sure = "请勾选“确认删除”再删除", "Tick “Yes, delete it” first";
    channel_retired = "已删除", "Deleted";
    rule_lost(names: String) = "外发渠道“{names}”已删除，现在只进收件箱", "The channel “{names}” was deleted: it is told in the inbox only now";
    channel_waiting(n: u64) = "等待 {n} 条", "{n} waiting";
    channel_failed(n: u64) = "未送达 {n} 条", "{n} not delivered";
    kind_wecom = "企业微信群机器人", "WeCom group robot";
    kind_dingtalk = "钉钉群机器人", "DingTalk group robot";
    kind_sms = "短信网关", "SMS gateway";
    kind_mail = "邮件", "Mail";
    channel_mail_from = "发件邮箱", "From";
    channel_mail_to = "收件邮箱", "To";
    channel_mail_hint = "只有邮件要填。地址填 smtps://主机:465 或 smtp://主机:587，密钥填“账号:密码”；收件邮箱最多 10 个，用逗号分开。", "Of mail only. The address is smtps://host:465 or smtp://host:587, the key is user:password; at most 10 mailboxes, with commas between.";
    refused_mail = "请填写发件邮箱和收件邮箱", "Write the mailboxes, from and to";
    refused_mailbox(text: String) = "“{text}”不是邮箱地址，请改正", "“{text}” is no mailbox: correct it";
    kind_webhook = "对接系统", "Another program";
    kind_push = "手机提醒（浏览器推送）", "Reminders on phones (Web Push)";
    channel_push_hint = "手机提醒的地址填联系人，如 mailto:anquan@example.cn；谁在手机上打开了提醒就发给谁，只说有几条。", "For reminders on phones the address is a contact, such as mailto:safety@example.cn; they go to whoever switched them on, and say only how many there are.";
    refused_contact = "手机提醒的地址请填联系邮箱，写成 mailto:邮箱，或 https:// 开头的网页", "For reminders on phones write a contact as mailto: and the mailbox, or a page that begins with https://";

    push_title = "巡安", "Xun'an";
    push_one = "有一条新消息", "A new message";
    push_many(n: usize) = "有 {n} 条新消息", "{n} new messages";
    push_on = "在手机上提醒我", "Remind me on this phone";
    push_hint = "有新消息时手机会响，不用打开巡安。只说有几条、是哪一类，不显示场所和人名。", "The phone rings when there is a message, without opening Xun'an. It says how many or of what kind, and names no site and nobody.";
    push_denied = "浏览器不允许巡安发通知。请在浏览器的网站设置里把“通知”改为允许，再回到这里打开。", "The browser does not let Xun'an show notifications. Allow notifications in the browser's settings of this site, then switch it on here.";
    push_unsupported = "这个浏览器不能提醒，新消息请在“消息”里看。换用 Chrome、Edge、Firefox 可以提醒；苹果手机要先把巡安添加到主屏幕。", "This browser cannot remind: look into Messages. Chrome, Edge and Firefox can; on an iPhone add Xun'an to the home screen first.";
    push_not_set_up = "街道还没有启用手机提醒，请联系管理员在“通知渠道”里添加", "The office does not send reminders yet: ask the administrator to add them among the channels";
    push_failed = "没有打开成功：浏览器的推送服务连不上。请检查网络后再试，新消息仍在“消息”里。", "It could not be switched on: the browser's push service does not answer. Check the network and try again; messages are still in Messages.";
    push_refused_endpoint = "浏览器给的推送地址不对，请更新浏览器后重新打开提醒", "The browser's push address cannot be used: update the browser and switch reminders on again";
    push_refused_host(host: String) = "推送服务 {host} 不在允许的范围内，请换用其他浏览器，或请运维在启动参数中允许", "The push service {host} is not allowed here: use another browser, or whoever runs the server may allow it when it is started";
    push_refused_key = "浏览器给的密钥不对，请关闭后重新打开提醒", "The browser's key cannot be used: switch reminders off and on again";

    deliveries = "最近发送", "Sent lately";
    no_deliveries = "还没有发送记录", "Nothing was sent yet";
    delivery_channel = "渠道", "Channel";
    delivery_what = "消息", "Message";
    delivery_state = "状态", "Status";
    delivery_attempts = "尝试", "Tries";
    delivery_failure = "原因", "Reason";
    state_waiting(at: String) = "{at} 再发", "again at {at}";
    state_sent(at: String) = "{at} 已发", "sent {at}";
    state_failed(at: String) = "{at} 放弃", "given up {at}";

    refused_twice(kind: &str) = "“{kind}”有两条相同天数的规则，请改成不同的天数", "Two rules of “{kind}” wait for as many days: choose different ones";
    refused_quiet = "免打扰时段的起止时间不能相同，请填写如 21:00 到 07:00，或都留空", "Quiet hours cannot begin and end at the same time: write 21:00 until 07:00, or leave both empty";
    refused_days = "请填写 0 到 90 的天数", "Write a number of days from 0 to 90";
    refused_name = "请填写渠道名称", "Give the channel a name";
    refused_kind = "请选择渠道类型", "Choose the kind of channel";
    refused_address = "请填写地址", "Write the address";
    refused_key = "请填写密钥", "Write the key";
    refused_key_elsewhere = "地址换了主机，或短信模板改了密钥的位置，请重新填写密钥：已存的密钥不会发到别处", "The address leads to another host, or the template puts the key elsewhere: write the key anew, the one that is kept goes nowhere else";
    refused_success = "请填写网关应答中表示成功的字段，只看状态码会把没发出的短信当成已发", "Say which field of the gateway's answer means success: by its status alone, messages that were not sent would count as sent";
    refused_field(name: String) = "模板里的 ${{{name}}} 不认识，只能用 ${{phone}}、${{text}}、${{secret}}、${{id}}", "The template has ${{{name}}}, which nobody knows: use ${{phone}}, ${{text}}, ${{secret}}, ${{id}}";
    refused_unclosed = "模板里有一个字段没有写完，缺右花括号，请补上", "A field of the template does not end: add the closing brace";
    refused_missing(name: &str) = "模板里缺少 ${{{name}}}，请补上", "The template lacks ${{{name}}}: add it";
    refused_json = "模板以大括号开头，但不是合法的 JSON；字段要写在引号里，如 \"phone\": \"${phone}\"", "The template begins with a brace and is no JSON; fields stand within quotation marks, such as \"phone\": \"${phone}\"";
    refused_many(most: usize) = "最多 {most} 个渠道，请修改已有的渠道", "At most {most} channels: change one that is there";
    address_wrong = "地址不对，请粘贴以 https:// 开头的完整地址", "That is no address: paste the whole of it, with https:// in front";
    address_wrong_mail = "地址不对，邮件服务器写成 smtps://主机:465 或 smtp://主机:587", "That is no address of a mail server: write smtps://host:465 or smtp://host:587";
    address_host(host: String, wanted: &str) = "地址的主机是 {host}，这类机器人只能是 {wanted}，请从机器人的设置页重新复制", "The address leads to {host}; such robots are at {wanted} only: copy it again from the robot's page";
    address_private(host: String) = "{host} 指向内部网络，不能作为渠道地址；确需使用请由运维在启动参数中允许", "{host} leads into an inner network and cannot be a channel; whoever runs the server may allow it when it is started";
    address_unresolved(host: String) = "找不到主机 {host}，请检查地址", "The host {host} is not found: check the address";
}

pub fn kind(lang: Lang, kind: NoticeKind) -> &'static str {
    match kind {
        NoticeKind::Assigned => kind_assigned(lang),
        NoticeKind::DueTomorrow => kind_due_tomorrow(lang),
        NoticeKind::Late => kind_late(lang),
        NoticeKind::Returned => kind_returned(lang),
        NoticeKind::MajorFound => kind_major_found(lang),
        NoticeKind::PlanOpened => kind_plan_opened(lang),
        NoticeKind::UnsentWork => kind_unsent_work(lang),
    }
}

/// Of a message to a party, as its rule is called.
pub fn party_kind(lang: Lang, kind: PartyNoticeKind) -> &'static str {
    match kind {
        PartyNoticeKind::Issued => party_issued(lang),
        PartyNoticeKind::Returned => party_returned(lang),
        PartyNoticeKind::DueTomorrow => party_due_tomorrow(lang),
        PartyNoticeKind::Late => party_late(lang),
    }
}

/// What the message itself says of it.
pub fn party_says(lang: Lang, kind: PartyNoticeKind) -> &'static str {
    match kind {
        PartyNoticeKind::Issued => party_says_issued(lang),
        PartyNoticeKind::Returned => party_says_returned(lang),
        PartyNoticeKind::DueTomorrow => party_says_due_tomorrow(lang),
        PartyNoticeKind::Late => party_says_late(lang),
    }
}

/// To whom a message went and what became of it: `138****1234 · 11-24 10:00 已发短信`.
pub fn party_notice(lang: Lang, notice: &PartyNotice) -> String {
    let phone = notice.phone.clone();
    let became = match &notice.state {
        DeliveryState::Waiting { .. } => party_waits(lang, phone, time::short(notice.next_at)),
        DeliveryState::Sent { at } => party_sent(lang, phone, time::short(*at)),
        DeliveryState::Failed { at, failure } => party_failed(lang, phone, time::short(*at), failure.clone()),
    };
    let opened = notice.opened_at.map(|at| party_opened(lang, time::short(at)));
    [Some(party_kind(lang, notice.kind).to_owned()), Some(became), opened]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(between(lang))
}

pub fn channel_kind_name(lang: Lang, kind: ChannelKind) -> &'static str {
    match kind {
        ChannelKind::Wecom => kind_wecom(lang),
        ChannelKind::Dingtalk => kind_dingtalk(lang),
        ChannelKind::Sms => kind_sms(lang),
        ChannelKind::Webhook => kind_webhook(lang),
        ChannelKind::Mail => kind_mail(lang),
        ChannelKind::Push => kind_push(lang),
    }
}

/// Who is told, by a rule.
pub fn to(lang: Lang, to: NoticeTo) -> String {
    match to {
        NoticeTo::Own => to_own(lang).to_owned(),
        NoticeTo::Giver => to_giver(lang).to_owned(),
        NoticeTo::Role(role) => role.name().get(lang).to_owned(),
    }
}

/// What it is about, in a line: `退回：惠民市场北门，消防通道堆放杂物`.
pub fn title(lang: Lang, notice: &Notice) -> String {
    let what = match &notice.about {
        NoticeAbout::Task { site_name, what, .. } if what.is_empty() => visit_of(lang, site_name.clone()),
        NoticeAbout::Task { site_name, what, .. } | NoticeAbout::Hazard { site_name, what, .. } => {
            at_site(lang, site_name.clone(), what.clone())
        }
        NoticeAbout::Order { number, .. } => order_number(lang, number.clone()),
        NoticeAbout::Unsent { name, count, .. } => return unsent_of(lang, name.clone(), *count),
    };
    titled(lang, kind(lang, notice.kind), what)
}

/// What stands below the title: who, until when, why.
pub fn detail(lang: Lang, notice: &Notice) -> String {
    match &notice.about {
        NoticeAbout::Task { from, until, .. } => by_until(lang, from.clone(), time::month_and_day(*until)),
        NoticeAbout::Hazard { due, by, reason, .. } => {
            let said = match (by.is_empty(), reason.is_empty()) {
                (true, _) => None,
                (false, true) => Some(found_by(lang, by.clone())),
                (false, false) => Some(said_by(lang, by.clone(), reason.clone())),
            };
            let due = due.map(|day| due_on(lang, time::month_and_day(day)));
            said.into_iter().chain(due).collect::<Vec<_>>().join(between(lang))
        }
        NoticeAbout::Order { opens_at, .. } => opens(lang, time::short(*opens_at)),
        NoticeAbout::Unsent { since, .. } => unsent_since(lang, time::short(*since)),
    }
}

/// Why rules are not taken, and the field that is to blame; none where somebody else was there meanwhile.
pub fn settings_fault(lang: Lang, fault: SettingsFault) -> (Option<&'static str>, String) {
    match fault {
        SettingsFault::OverLimit(over) => (Some("days"), over_limit(lang, over)),
        SettingsFault::Twice(of) => (Some("days"), refused_twice(lang, kind(lang, of))),
        SettingsFault::Quiet => (Some("quiet_from"), refused_quiet(lang).to_owned()),
        SettingsFault::PartyAddress => (Some("party_address"), refused_party_address(lang).to_owned()),
        SettingsFault::Changed => (None, super::places::changed_title(lang).to_owned()),
    }
}

fn over_limit(lang: Lang, over: OverLimit) -> String {
    super::limits::over(lang, over)
}

/// Why a channel is not taken, and the field that is to blame.
pub fn channel_refusal(lang: Lang, refusal: &ChannelRefusal) -> (&'static str, String) {
    match refusal {
        ChannelRefusal::OverLimit(over) => (over.field.as_str(), over_limit(lang, *over)),
        ChannelRefusal::NameMissing => ("name", refused_name(lang).to_owned()),
        ChannelRefusal::KindMissing => ("kind", refused_kind(lang).to_owned()),
        ChannelRefusal::AddressMissing => ("address", refused_address(lang).to_owned()),
        ChannelRefusal::KeyMissing => ("secret", refused_key(lang).to_owned()),
        ChannelRefusal::KeyElsewhere => ("secret", refused_key_elsewhere(lang).to_owned()),
        ChannelRefusal::Template(fault) => ("template", template_fault(lang, fault)),
        ChannelRefusal::MailMissing => ("mail_to", refused_mail(lang).to_owned()),
        ChannelRefusal::MailWrong(text) => ("mail_to", refused_mailbox(lang, text.clone())),
        ChannelRefusal::ContactWrong => ("address", refused_contact(lang).to_owned()),
        ChannelRefusal::SuccessMissing => ("success", refused_success(lang).to_owned()),
    }
}

/// Why a browser is not reminded, and the field that is to blame.
pub fn push_refusal(lang: Lang, refusal: &PushRefusal) -> (&'static str, String) {
    match refusal {
        PushRefusal::OverLimit(over) => ("endpoint", over_limit(lang, *over)),
        PushRefusal::Endpoint => ("endpoint", push_refused_endpoint(lang).to_owned()),
        PushRefusal::OtherHost(host) => ("endpoint", push_refused_host(lang, host.clone())),
        PushRefusal::Key => ("p256dh", push_refused_key(lang).to_owned()),
    }
}

fn template_fault(lang: Lang, fault: &TemplateFault) -> String {
    match fault {
        TemplateFault::Unknown(name) => refused_field(lang, name.clone()),
        TemplateFault::Unclosed => refused_unclosed(lang).to_owned(),
        TemplateFault::Missing(field) => refused_missing(lang, TemplateField::as_str(*field)),
        TemplateFault::NotJson => refused_json(lang).to_owned(),
    }
}
