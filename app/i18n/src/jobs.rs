//! 后台任务: what is done behind the answers, in words.

messages! {
    jobs = "后台任务", "Background jobs";
    jobs_hint = "照片处理、定期清理等由系统自动完成，失败后会自动重试。多次重试仍失败的排在最前，由管理员决定重新运行还是放弃。", "Processing photos, regular clearing up and the like are done by the system, which tries again what fails. What failed every time stands first: an administrator has it run again or discards it.";
    summary(failed: u64, running: u64, waiting: u64) = "失败 {failed} 项，运行中 {running} 项，等待 {waiting} 项", "{failed} failed, {running} running, {waiting} waiting";
    nothing = "没有失败或等待的任务", "No job has failed or waits";
    nothing_hint = "任务完成后不再显示。", "A job that is done is not shown any more.";
    name = "任务", "Job";
    key = "对象", "About";
    state = "状态", "Status";
    attempts = "已尝试", "Attempts";
    times(n: u32) = "{n} 次", "{n}";
    failure = "最近的错误", "Last error";
    at = "时间", "When";
    failed_at(at: String) = "{at} 失败", "failed {at}";
    run_at(at: String) = "{at} 起可运行", "may run from {at}";
    decision = "处理", "Action";
    waiting = "等待", "Waiting";
    running = "运行中", "Running";
    failed = "失败", "Failed";
    retry = "重新运行", "Run again";
    discard = "放弃", "Discard";
    /// Beside the way to them, for whoever hears it.
    failed_jobs(n: u64) = "{n} 项失败", "{n} failed";
    /// For whoever hears the button and does not see its row.
    on(act: String, job: String) = "{act}：{job}", "{act}: {job}";
    nothing_else = "—", "—";
    unknown(name: String) = "新版本的任务（{name}）", "Job of a newer version ({name})";
    photo(short: String) = "照片 {short}…", "Photo {short}…";

    process_photo = "处理照片", "Process a photo";
    find_unprocessed_photos = "查找未处理的照片", "Find photos that were not processed";
    forget_changes = "清理过期的变更记录", "Forget old lines of changes";
    learn_phrases = "整理常用说法", "Learn the phrases often used";
    announce_orders = "通知抽查任务到时", "Tell that the hour of a spot check has come";
    make_notices = "生成消息", "Make messages";
    forget_notices = "清理一年前的消息", "Forget messages of a year ago";
    deliver_notices = "发送消息", "Send messages";
    sweep_uploads = "清理未完成的上传", "Clear away unfinished uploads";
}

/// The kind of work by its stored name, if this version knows it.
pub fn title(lang: Lang, name: &str) -> Option<&'static str> {
    Some(match name {
        "process_photo" => process_photo(lang),
        "find_unprocessed_photos" => find_unprocessed_photos(lang),
        "forget_changes" => forget_changes(lang),
        "learn_phrases" => learn_phrases(lang),
        "announce_orders" => announce_orders(lang),
        "make_notices" => make_notices(lang),
        "forget_notices" => forget_notices(lang),
        "deliver_notices" => deliver_notices(lang),
        "sweep_uploads" => sweep_uploads(lang),
        _ => return None,
    })
}

/// The same, whichever version knows it.
pub fn title_or_name(lang: Lang, name: &str) -> String {
    title(lang, name).map_or_else(|| unknown(lang, name.to_owned()), str::to_owned)
}

/// What a job is about.
pub fn about(lang: Lang, name: &str, key: &str) -> String {
    match (name, key) {
        (_, "") => nothing_else(lang).to_owned(),
        // Enough of a hash to tell one from another.
        ("process_photo", hash) => photo(lang, hash.chars().take(12).collect()),
        (_, key) => key.to_owned(),
    }
}

/// As 操作记录 labels it: the name, and the key where it has one.
pub fn labelled(lang: Lang, label: &str) -> String {
    match label.split_once(' ') {
        Some((name, key)) => format!("{} {}", title_or_name(lang, name), about(lang, name, key)),
        None => title_or_name(lang, label),
    }
}
