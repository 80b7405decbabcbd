//! Functions that authors know from ODK, XPath or a spreadsheet and that are not here: what to write instead.

use super::both;
use domain::{expression::Function, text::Bilingual};
use i18n::expression as t;

/// Words, and what to write instead of each of them, in both languages.
const REFUSED: &[(&[&str], &str, &str)] = &[
    (
        &["random", "randomize", "uuid"],
        "结果必须在手机和办公室都一样，不能用随机数。编号由系统生成，请删除",
        "What is worked out has to be the same on phone and desk. Identifiers are given by the system; remove it",
    ),
    (
        &["pow", "exp", "exp10"],
        "请写成乘法，例如 ${检查项名称} * ${检查项名称}",
        "Write a product, such as ${question} * ${question}",
    ),
    (
        &["sqrt", "log", "log10", "sin", "cos", "tan", "asin", "acos", "atan", "atan2"],
        "请事先算好，把结果写成数字或选项",
        "Work it out beforehand, and write the result as a number or as choices",
    ),
    (&["pi"], "请写 3.14159265", "Write 3.14159265"),
    (&["floor"], "请写 int()，它去掉小数部分", "Write int(), which drops the fraction"),
    (&["ceiling", "ceil"], "请写 -int(-…)", "Write -int(-…)"),
    (
        &["boolean"],
        "请写明和什么比较，例如 ${检查项名称} != ''",
        "Say what it is compared with, such as ${question} != ''",
    ),
    (&["boolean-from-string"], "请写 ${检查项名称} = 'true'", "Write ${question} = 'true'"),
    (
        &["checklist", "weighted-checklist"],
        "请把条件相加，例如 (${甲} = 'yes') + (${乙} = 'yes') >= 2",
        "Add up conditions, such as (${a} = 'yes') + (${b} = 'yes') >= 2",
    ),
    (
        &["substring", "substring-before", "substring-after", "left", "right", "mid"],
        "请写 substr(文字, 起, 止)，从 0 数起",
        "Write substr(text, start, end), counted from 0",
    ),
    (
        &["translate", "normalize-space", "upper-case", "lower-case", "upper", "lower", "trim"],
        "文字按填写的内容使用，请用 contains() 或 regex() 检查",
        "Texts are used as they were entered; look at them with contains() or regex()",
    ),
    (&["len", "length"], "请写 string-length()", "Write string-length()"),
    (&["isblank", "isnull", "is-null", "empty"], "请写 ${检查项名称} = ''", "Write ${question} = ''"),
    (
        &["avg", "average", "mean"],
        "请写 sum(${检查项名称}) div count-non-empty(${检查项名称})",
        "Write sum(${question}) div count-non-empty(${question})",
    ),
    (
        &["datediff", "date-diff", "days"],
        "请写两个日期相减：${后} - ${前}",
        "Subtract the days: ${later} - ${earlier}",
    ),
    (&["dateadd", "date-add"], "请写 date(${日期} + 天数)", "Write date(${day} + number)"),
    (
        &["date-time", "datetime"],
        "请写 date()；现在的时间请写 now()",
        "Write date(), or now() for the present time",
    ),
    (
        &["decimal-time"],
        "时间可以直接比较，例如 ${时间} < '09:00'",
        "Times are compared as they are, such as ${time} < '09:00'",
    ),
    (
        &["year", "month", "day"],
        "请写 format-date(${日期}, '%Y')、'%m' 或 '%d'",
        "Write format-date(${day}, '%Y'), '%m' or '%d'",
    ),
    (
        &["instance", "current", "index", "id"],
        "请写 ${检查项名称}；重复组里的第几项请写 indexed-repeat()，资料表请写 pulldata()",
        "Write ${question}; indexed-repeat() for one instance of a repeat, pulldata() for a table",
    ),
    (
        &["area", "distance", "geofence", "intersects"],
        "不计算坐标，请用数字题填写",
        "Coordinates are not reckoned with; ask for the figure",
    ),
    (
        &["digest", "base64-decode", "extract-signed", "property", "version"],
        "系统已保存这些信息，请删除",
        "The system keeps it already; remove it",
    ),
    (&["selected-choices", "count-selected-choices"], "请写 count-selected()", "Write count-selected()"),
    (&["choice-name", "jr-choice-name", "choice-label"], "请写 jr:choice-name()", "Write jr:choice-name()"),
    (&["pull-data"], "请写 pulldata()", "Write pulldata()"),
    (&["ifs", "switch", "case", "iif"], "请写 if(条件, 成立时, 不成立时)", "Write if(condition, then, else)"),
    (&["itext", "jr:itext"], "文字请直接写在引号里", "Write the text itself in quotes"),
    (&["xor"], "请写 ${甲} != ${乙}", "Write ${a} != ${b}"),
];

/// What is said of a function that there is not.
pub(super) fn unknown(word: &str) -> Bilingual {
    let plain = word.to_lowercase().replace('_', "-");
    if let Some((_, zh, en)) = REFUSED.iter().find(|(words, ..)| words.contains(&plain.as_str())) {
        let instead = Bilingual::new(*zh, *en);
        return both(|lang| t::function_refused(lang, word, instead.get(lang)));
    }
    match Function::ALL.into_iter().map(Function::word).find(|known| alike(&plain, known)) {
        Some(known) => both(|lang| t::function_alike(lang, word, known)),
        None => both(|lang| t::function_unknown(lang, word)),
    }
}

/// Written with other signs between its words, or with one letter too many, too few or wrong.
fn alike(word: &str, known: &str) -> bool {
    let [word, known] =
        [word, known].map(|text| text.replace(['-', '.', ':'], "").chars().collect::<Vec<_>>());
    let start = word.iter().zip(&known).take_while(|(a, b)| a == b).count();
    let end = word.iter().rev().zip(known.iter().rev()).take_while(|(a, b)| a == b).count();
    let (short, long) = (word.len().min(known.len()), word.len().max(known.len()));
    long - short <= 1 && (word == known || (start + end + 1 >= long && short > 3))
}
