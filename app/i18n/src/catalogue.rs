//! Forms of the catalogue: what is wrong with a file, for whoever writes it.

messages! {
    at(line: usize, what: &str) = "第 {line} 行：{what}", "line {line}: {what}";
    at_question(line: usize, question: &str, what: &str) = "第 {line} 行，{question}：{what}", "line {line}, {question}: {what}";
    syntax(why: &str) = "不是正确的 TOML：{why}", "This is no TOML: {why}";
    missing(key: &str) = "缺少 {key}", "{key} is missing";
    unknown(key: &str, known: &str) = "没有“{key}”这个键，可用：{known}", "There is no key \"{key}\"; there are {known}";
    wanted(what: &str) = "这里应为{what}", "Here belongs {what}";
    not_one_of(word: &str, known: &str) = "“{word}”不能用，可填：{known}", "\"{word}\" cannot be used; write one of {known}";
    name_unfit(name: &str) = "“{name}”不能作标识：只能由文字、数字、- 和 _ 组成，并以文字或 _ 开头", "\"{name}\" is no id: ids are made of letters, digits, - and _, and begin with a letter or _";
    expression(why: &str) = "表达式有误：{why}", "The expression is wrong: {why}";
    expression_part(part: &str, why: &str) = "表达式在“{part}”处有误：{why}", "The expression is wrong at \"{part}\": {why}";
    law_unknown(id: &str) = "法规库里没有可引用的“{id}”", "The library has nothing called \"{id}\" that can be quoted";
    not_an_entry = "每个条目须有 group、repeat、question 之一，且只有一个", "An entry has one of group, repeat and question";
    text = "文字", "a text";
    whole_number = "整数", "a whole number";
    number = "数字", "a number";
    truth = "true 或 false", "true or false";
    day = "日期，如 2026-11-30", "a date such as 2026-11-30";
    list = "列表", "a list";
    table = "表（{ … }）", "a table ({ … })";
}
