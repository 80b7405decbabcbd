//! The phone's clock, where it is wrong.

use chrono::Duration;

messages! {
    ahead(by: String) = "手机时间快了{by}。请在系统设置里打开“自动设置日期和时间”，再开始检查", "This phone's clock is {by} fast. Turn on “automatic date and time” in the system's settings before you begin";
    behind(by: String) = "手机时间慢了{by}。请在系统设置里打开“自动设置日期和时间”，再开始检查", "This phone's clock is {by} slow. Turn on “automatic date and time” in the system's settings before you begin";
    absurd = "手机日期不对，现在做的检查会带上错误的日期。请先把手机时间改对，再开始。", "This phone's date is wrong, and what you record now is dated wrongly. Set it right before you begin.";
    office_counts = "街道同时记录收到的时间；期限按街道的日期计算。", "The office keeps the time of receipt too; deadlines count by the office's calendar.";
    days(n: i64) = " {n} 天", "{n} d";
    hours(n: i64) = " {n} 小时", "{n} h";
    minutes(n: i64) = " {n} 分钟", "{n} min";
    deadline_past(day: String, today: String) = "{day} 已经过去（按街道的日期，今天是 {today}），不能作期限。请重选", "{day} has passed (it is {today} at the office) and cannot be a deadline. Choose another day";
    deadline_far(day: String) = "{day} 太远，不能作期限。请选三年以内的日期", "{day} is too far off to be a deadline. Choose a day within three years";
    deadline_gone(day: String, today: String) = "期限 {day} 不能用（按街道的日期，今天是 {today}）。请重选一天，再提交", "The deadline {day} cannot be used (it is {today} at the office). Choose another day before you submit";
    deadlines_gone = "有隐患的期限早已过去，可能是手机日期错的时候填的。请点开那一条重选期限，再提交；填的都在", "A hazard's deadline passed long ago, perhaps because it was chosen while the phone's date was wrong. Open it, choose another day, then submit; nothing is lost";
    deadline_cleared(day: String) = "日期空着，期限没有改，仍是 {day}。要改请选一个日期", "No day was chosen, so the deadline is still {day}. To change it, choose a day";
}

/// `2 小时`, as roughly as it matters: a clock that is two hours off was compared over a line, and is a second less.
pub fn by(lang: Lang, off: Duration) -> String {
    let nearest = |seconds: i64| (off.num_seconds().abs() + seconds / 2) / seconds;
    match nearest(60) {
        few if few < 100 => minutes(lang, few),
        some if some < 48 * 60 => hours(lang, nearest(3_600)),
        _ => days(lang, nearest(24 * 3_600)),
    }
}
