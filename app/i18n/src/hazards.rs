//! The phone: photos, hazards, their rectification and recheck, and the outbox.

messages! {
    photos = "照片", "Photos";
    photo = "照片", "Photo";
    close = "关闭", "Close";
    take_photo = "拍照", "Take photo";
    from_gallery = "从相册选", "Choose from the gallery";
    see_photo(n: usize) = "看第 {n} 张照片", "See photo {n}";
    remove_photo(n: usize) = "去掉第 {n} 张照片", "Remove photo {n}";
    photos_full(most: usize) = "每处最多 {most} 张。要换一张，先去掉一张", "At most {most} photos in one place. To change one, remove one first";
    little_room(free: String) = "本机只剩 {free}，可能存不下照片。请先清理相册或其他应用", "Only {free} left on this phone; photos may not fit. Free some space first";
    photo_not_drawn = "HEIC 照片", "HEIC photo";
    photo_not_drawn_hint = "这张是 HEIC 照片，本机显示不了，已原样保存", "This is a HEIC photo that this phone cannot show; it is kept as it is";
    photo_elsewhere = "不在本机", "Not here";
    photo_elsewhere_hint = "这张照片不在本机，有信号时再看", "This photo is not on this phone; look again when there is signal";
    no_photos = "没有照片", "No photos";
    photo_loading = "正在打开照片", "Opening the photo";

    history = "经过", "History";
    waits_for_you = "等您复查", "Waits for your recheck";
    waits_to_be_assigned = "等部门交办", "Waits to be assigned by the department";
    waits_to_be_referred = "等街道移送", "Waits for the office to refer it";
    to_hazards = "看全部隐患", "All hazards";
    to_site = "看这个场所", "See the site";
    kept = "已存在本机", "Saved on this phone";
    go_on_with(what: &str, title: String) = "接着写：{what} · {title}", "Go on: {what} · {title}";
    away = "这条隐患不在本机了（不再由您负责），仍可提交，由管理员核对", "This hazard is no longer on this phone, as it is no longer yours; you can still submit, and the administrator decides";
    throw_away = "不写了，删掉", "Leave it and delete";
    throw_away_sure = "确定删除已写的文字和已拍的照片", "Yes, delete what was written and taken";
    later = "先不做", "Not now";
    nothing_lost = "写好的和拍好的都还在这里", "What you wrote and took is still here";
    rectify_open = "传整改照片", "Report it put right";
    rectify_title = "报整改完成", "Report it put right";
    rectify_note = "怎么改的（可不写）", "How it was put right (may be left empty)";
    rectify_submit = "报整改完成", "Report it put right";
    accept_open = "拍照并验收", "Photograph and accept";
    accept_title = "复查验收", "Recheck and accept";
    return_title = "退回再改", "Return";
    extension_title = "申请延期", "Ask for more time";
    extension_reason = "为什么要延期", "Why more time is needed";
    extension_until = "延到哪一天", "Until when";
    extension_submit = "申请延期", "Ask for more time";
    photos_after = "整改后照片", "Photos of how it is now";
    photos_recheck = "复查照片", "Photos of the recheck";
    submission_rectified(site: String) = "{site} 整改", "{site}: put right";
    submission_accepted(site: String) = "{site} 复查", "{site}: recheck";
    submission_returned(site: String) = "{site} 退回", "{site}: returned";
    submission_assigned(site: String) = "{site} 交办", "{site}: assigned";
    submission_granted(site: String) = "{site} 同意延期", "{site}: extension granted";
    submission_refused(site: String) = "{site} 不同意延期", "{site}: extension refused";
    submission_referred(site: String) = "{site} 移送", "{site}: referred";
    submission_extension(site: String) = "{site} 申请延期", "{site}: extension";

    mine = "我的", "Mine";
    pressing = "到期", "Due";
    all_open = "全部未销号", "All open";
    find = "搜场所、编号、拼音首字母", "Find a site, number or initials";
    parts = "看哪一部分", "Which part";
    count(all: usize) = "{all} 条", "{all} hazards";
    count_late(all: usize, late: usize) = "{all} 条，{late} 条逾期", "{all} hazards, {late} overdue";
    more_rows(rest: usize) = "再看，还有 {rest} 条", "Show more, {rest} left";
    see_all_open = "看全部未销号", "See all open ones";
    to_sites = "去场所", "To the sites";
    none_mine = "没有等您办的隐患", "No hazard waits for you";
    none_mine_hint = "等您整改或复查的会排在这里。", "What you are to put right or recheck stands here.";
    none_due = "今天没有到期的", "Nothing is due today";
    none_due_hint = "今天到期和逾期的会排在这里。", "What is due today or overdue stands here.";
    none_open = "没有未销号的隐患", "No hazard is open";
    none_open_hint = "检查时记下不合格，隐患就会排在这里。", "Hazards that you record while inspecting stand here.";
    none_closed = "还没有销号的隐患", "No hazard is closed yet";
    none_closed_hint = "最近验收通过的会排在这里，更早的在场所页里看。", "What has been accepted lately stands here; what was before, at its site.";
    not_found = "没有找到", "Nothing found";
    not_found_hint = "换个词，或者写编号末尾几位。", "Try another word, or the last digits of the number.";
    clear_search = "清空再看", "Clear the search";

    unsent(submissions: usize, size: String) = "{submissions} 件未传完，共 {size} · 已存在本机", "{submissions} not yet sent, {size} in all · saved on this phone";
    try_now = "现在试传", "Try now";
    yesterday(hour: String) = "昨天 {hour}", "yesterday {hour}";
    waits_for_signal = "等信号", "Waits for signal";
    waits_for_turn = "排队等传", "Waits for its turn";
    waits_for_sign_in = "等您重新登录", "Waits for you to sign in";
    tried(at: String, why: &str) = "{at} 试过，{why}", "tried {at}: {why}";
    tried_server = "服务器出了问题", "server error";
    tried_sign_in = "登录已过期", "the sign-in had expired";
    tried_later = "服务器让等一会儿", "the server asked to wait";
    photos_sent(here: usize, all: usize) = "照片 {here} / {all}", "photos {here} / {all}";
    sending_visit(here: usize, all: usize) = "正在传检查，照片 {here} / {all}", "Sending the inspection, photos {here} / {all}";
    sending_command(here: usize, all: usize) = "正在传，照片 {here} / {all}", "Sending, photos {here} / {all}";
    goes_on = "断了会从这里接着传", "goes on from here if it breaks off";
    refused(why: String) = "没有收下：{why}", "Not taken: {why}";
    kept_all_the_same(number: String) = "照样留了底，回执 {number}", "Kept on record all the same, receipt {number}";
    receipt(number: String, at: String) = "回执 {number} · {at}", "Receipt {number} · {at}";
    see_hazard = "看这条隐患", "See the hazard";
    see_site = "看这个场所", "See the site";
    take_off = "从待传里去掉", "Take off the list";
    take_off_title = "从待传里去掉？", "Take it off the list?";
    take_off_kept(title: String) = "“{title}”不会再传。服务器已经留了底，去掉的只是这里的提示。", "“{title}” is not sent again. The server keeps it on record; only this notice goes.";
    take_off_lost(title: String) = "“{title}”没有传上去，去掉以后本机也不再留。要留着就先截图。", "“{title}” was not taken by the server, and once off the list it is not kept here either. Take a screenshot first if you need it.";
    take_off_yes = "去掉", "Take off";
    leave_it = "先留着", "Leave it";
    received_today = "今天已收到", "Received today";
    received_before = "前两天收到", "Received before";
    submissions(n: usize) = "{n} 件", "{n}";
    nothing_to_send = "没有要传的", "Nothing to send";
    nothing_to_send_hint = "做完的检查、整改和复查排在这里，有信号就自动传。", "Finished inspections and rechecks stand here and are sent by themselves when there is signal.";
    until_sent = "没有回执的东西都还在本机，清理浏览器数据前请等它们传完。", "What has no receipt is still on this phone; wait until it is sent before clearing browser data.";
    cannot_send = "传不上去怎么办", "When it cannot be sent";
    cannot_send_hint = "手机坏了、账号停用了或者一直没有信号，都可以把没传的和没做完的内容导出成一个文件，交给管理员导入，或者在您的另一部手机上导入。没做完的检查只能由您自己在另一部手机上接着做。重复导入不会变成两份。", "If the phone fails, the account is disabled or there is never any signal, export what is unsent and unfinished as one file and give it to the administrator, or import it on another phone of yours. Only you can go on with an unfinished inspection, on another phone. Importing twice does not make two.";
    export = "导出没传的内容", "Export what is unsent";
    exported(name: String) = "文件 {name} 已交给浏览器。请到手机的“下载”里确认文件在不在；不在就点“再存一次”，或者直接分享给管理员。里面有检查内容和照片，不要随便转发。没有回执的内容都还在本机。", "The file {name} was handed to the browser. Look for it among the phone's downloads; if it is not there, save it again, or share it with the administrator. It holds inspections and photos, so do not pass it round. What has no receipt is still on this phone.";
    nothing_to_export = "没有要导出的：没做完的和没传完的都没有", "Nothing to export: nothing is unfinished and nothing is unsent";
    import = "导入另一部手机的文件", "Import a file of another phone";
    imported(operations: usize, photos: usize) = "导入了 {operations} 条记录、{photos} 张照片，开始传", "{operations} records and {photos} photos came in and are being sent";
    imported_drafts(drafts: usize) = "；还有 {drafts} 份没做完的检查或处理，在“今日”里接着做", "; {drafts} unfinished things came too: go on with them under “Today”";
    imported_left(n: usize) = "文件里有 {n} 份内容是新版本的巡安记下的，这个版本读不了，没有导入：请留着文件，更新巡安后再导入一次。", "{n} things in the file need a newer version of the app and did not come in: keep the file, update the app and import it once more. ";
    save_again = "再存一次", "Save again";
    share = "分享给管理员", "Share with the administrator";
    shared = "已经从分享里发出，请确认管理员收到了", "Shared; make sure that the administrator has received it";
    not_shared = "没有分享出去，可以再试，或者点“再存一次”", "Not shared; try again, or save it again";
    imported_nothing = "文件里的内容本机都有了", "Everything in the file is on this phone already";
    report = "把传输日志发给管理员", "Send the log to the administrator";
    reported = "日志已排队，和记录一起传；里面只有时间、次数和错误代码", "The log is queued and goes with the records; it holds times, counts and error codes only";
    try_this_now = "现在试传这一件", "Try this one now";
    free(size: String) = "本机可用 {size}。", "{size} free on this phone.";
}

/// `4.1 MB`, `6.2 GB`; the same in both languages.
pub fn size(bytes: u64) -> String {
    const KB: f64 = 1024.0;
    let bytes = bytes as f64;
    match bytes {
        small if small < KB * KB => format!("{} KB", (small / KB).ceil()),
        middle if middle < KB * KB * KB => format!("{:.1} MB", middle / (KB * KB)),
        large => format!("{:.1} GB", large / (KB * KB * KB)),
    }
}
