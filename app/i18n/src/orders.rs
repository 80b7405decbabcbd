//! 封存任务: a sealed check on the phone, before and after it opens.

messages! {
    /// Whatever kind of check it is: which, is sealed too.
    title = "突击抽查", "Surprise check";
    number(number: String) = "封号 {number}", "Sealed, number {number}";
    opens(at: String) = "{at} 打开", "Opens {at}";
    minutes_left(n: i64) = "还有 {n} 分钟 · 到时有一格信号就会打开", "Minutes left: {n} · then a moment of signal opens it";
    hours_left(n: i64) = "还有 {n} 小时 · 到时有一格信号就会打开", "In {n} hours · then a moment of signal opens it";
    days_left(n: i64) = "还有 {n} 天 · 到时有一格信号就会打开", "In {n} days · then a moment of signal opens it";
    due = "时间到了 · 有一格信号就会打开", "It is time · a moment of signal opens it";
    asking = "正在向街道服务器取钥匙", "Asking the office's server for the key";
    not_yet = "街道服务器的时间还没到，到时间会自动再取", "By the office's clock it is not time yet; it is asked again by itself";
    no_signal = "没有信号，取不到钥匙；有信号会自动再取，也可以用口令", "No signal, no key; it is asked again by itself, or use the words";
    not_opened(why: String) = "没有取到钥匙：{why}", "The key did not come: {why}";
    sealed_hint = "场所和检查表封着，这部手机现在也读不出来", "Site and checklists are sealed; this phone cannot read them either";
    clock_hint = "改手机时间不会提前打开，以街道服务器的时间为准。", "Setting the phone's clock opens nothing: the office's clock counts.";
    leader = "带队", "Led by";
    team = "同去", "Team";
    bring = "要带", "To bring";
    call_leader(name: String) = "给带队的{name}打电话", "Call {name}, who leads";
    by_words = "没有信号，用口令", "Without signal, by words";
    by_words_hint = "打给带队领导，填他说的四个词", "Call the leader and type the four words you hear";
    word(n: usize) = "第 {n} 词", "Word {n}";
    candidates = "可能是这些词", "It may be one of these";
    no_candidates = "词表里没有这样的词，请再听一遍", "There is no such word in the list; ask again";
    words_left(n: usize) = "再填 {n} 个词就打开", "Words still missing: {n}";
    open = "打开", "Open";
    opening = "正在打开，要一两秒", "Opening, a second or two";
    wrong(at: String, n: u32) = "{at} 填的四个词不对，还可以试 {n} 次", "The four words of {at} are wrong. Tries left: {n}";
    wait(at: String) = "试的次数太多，{at} 以后再试；到时间有信号也会打开", "Too many tries: again after {at}. With signal it opens at its hour all the same";

    opened_by_key(at: String) = "{at} 到时打开", "Opened at its hour, {at}";
    opened_by_words(at: String) = "{at} 凭口令打开 · 联网后报应急办", "Opened by the words, {at} · the office hears of it with signal";
    opened_elsewhere = "已在另一个页面打开，这里显示的是现在的情况", "Opened on another page; what is shown here is how it stands now";
    what = "查什么", "To check";
    questions(n: usize) = "{n} 项，已在本机", "Items: {n}, on this phone";
    no_forms = "到场后再选检查表", "Choose a checklist at the site";
    last = "上次", "Last time";
    no_last = "没有记录在案的隐患", "No hazard on record";
    last_closed = "已销号，到场先看它", "closed; look at it first";
    last_open = "还没销号，到场先看它", "still open; look at it first";
    note = "说明", "Note";
    at_first = "行政检查，到场先做", "Administrative inspection: first of all";
    show_certificates = "两人以上亮证", "At least two show their certificates";
    hand_notice = "送达检查通知书", "Hand over the notice of inspection";
    scan_code = "扫企业码登记", "Scan the enterprise's entry code";
    no_notice = "事先不发通知、不打招呼；到场按规定亮证、送达。", "No notice and no call beforehand; at the site, certificates and papers as the rules ask.";
    lead = "带我去", "Lead me there";
    begin = "到了，开始检查", "There: begin";
    go_on = "接着检查", "Go on inspecting";
    handed_in = "这次检查已提交", "This check is handed in";
    once_more = "再查一次", "Inspect once more";

    withdrawn = "这次抽查已撤回", "This check was withdrawn";
    withdrawn_hint = "不用去了。封着的内容已从本机删除。", "Nobody has to go. What was sealed is gone from this phone.";
    over = "这次抽查已过期", "This check is over";
    over_hint = "最后一天已过，打不开了。有疑问请问带队领导。", "Its last day has passed and it opens no more. Ask whoever leads it.";

    section = "抽查任务", "Spot checks";
    row_sealed(at: String) = "突击抽查，{at} 打开", "Surprise check, opens {at}";
    row_due = "突击抽查，时间到了", "Surprise check, it is time";
    row_withdrawn = "突击抽查已撤回", "Surprise check withdrawn";
    row_over = "突击抽查已过期，没有打开", "Surprise check over, never opened";
    row_led(name: String) = "带队 {name}", "Led by {name}";
}
