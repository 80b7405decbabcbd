//! 随手报: a hazard that somebody reports without a visit.

use super::trade;
use domain::quick_report::NotReported;

messages! {
    title = "随手报", "Quick report";
    not_sent = "还没报出，草稿已存在本机", "Not reported yet; kept on this phone";
    phrases = "常用说法", "Phrases often used";
    by_initials = "打拼音首字母也能找到常用说法", "The initials of pinyin find phrases, too";
    times(n: usize) = "{n} 次", "{n} times";
    site = "在哪", "Where";
    change_site = "换场所", "Change the site";
    keep_site = "不换了", "Keep it";
    find_site = "按名称找场所", "Find the site by name";
    no_site_found = "没有找到。换个写法，或写编码末尾几位", "Nothing found. Try another spelling, or the last digits of the code";
    known(n: usize) = "这里已有 {n} 条未销号隐患，请先核对", "Open hazards here already: {n}. Look at them first";
    known_hint = "是其中一条，点开看；不是，再另报", "If it is one of them, open it; if not, report another";
    see_known = "是这条，点开看", "It is this one, open it";
    another = "不是，另报", "It is another one";
    submit = "报出", "Report it";
    submission(site: String) = "{site} 随手报", "{site}: quick report";
    go_on(what: String) = "接着报：{what}", "Go on reporting: {what}";
    without_words = "还没写看到什么", "nothing written yet";
    no_site = "请选场所", "Choose the site";
    not_allowed = "这个场所不归您负责，不能在这里报。请换场所，或告诉负责的网格员", "This site is not yours to report at. Choose another one, or tell its inspector";
    not_yours = "您的账号不能随手报", "Your account does not report";
    not_yours_hint = "随手报由网格员和部门来做。您可以看隐患并报整改。", "Inspectors and departments report. You can see hazards and report them as put right.";
    no_sites = "本机没有您可以报的场所", "No site on this phone at which you may report";
    no_sites_hint = "有信号时会自动取来。一直没有，请找应急办核对您负责的网格。", "They come by themselves when there is signal. If none come, ask the emergency management office which grids are yours.";
}

/// Why it is not made yet.
pub fn not_reported(lang: Lang, why: NotReported) -> String {
    match why {
        NotReported::Incomplete(missing) => trade::incomplete(lang, missing),
        NotReported::NoSite => no_site(lang).to_owned(),
        NotReported::NotAllowed => not_allowed(lang).to_owned(),
    }
}
