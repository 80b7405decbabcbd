//! Expressions of forms: what is wrong with one, and what to write instead.

use domain::expression::{RegexError, TypeErrorKind, ValueType};

messages! {
    empty = "表达式为空，请填写", "The expression is empty; enter it";
    too_long(most: usize) = "表达式超过 {most} 个字。请拆成几个计算题，再引用它们", "The expression has more than {most} characters. Divide it into calculations and refer to them";
    too_deep(most: usize) = "表达式层次超过 {most} 层。请拆成几个计算题，再引用它们", "Parts are inside parts more than {most} times. Divide the expression into calculations and refer to them";
    unreadable(shown: &str) = "这里的“{shown}”无法识别", "\"{shown}\" is not understood here";
    write_instead(shown: &str, instead: &str) = "不能写“{shown}”，请改为 {instead}", "Instead of \"{shown}\", write {instead}";
    operand_missing(shown: &str) = "“{shown}”前面缺少内容，例如 ${{…}}、数字或带引号的文字", "Something is missing before \"{shown}\": a ${{…}}, a number or a text in quotes";
    ends_early = "表达式没有写完：末尾缺少内容，例如 ${…}、数字或带引号的文字", "The expression ends too early: a ${…}, a number or a text in quotes is missing";
    operator_missing(shown: &str) = "“{shown}”前面缺少运算符，例如 and、or、=、+", "An operator is missing before \"{shown}\", such as and, or, =, +";
    open_bracket = "这个 ( 没有对应的 )，请补上", "This bracket is not closed; add )";
    close_bracket = "这个 ) 没有对应的 (，请删除", "This ) closes nothing; remove it";
    comma = "这里不能有逗号：逗号只用在函数的括号里", "A comma stands between the arguments of a function only";
    open_text(quote: &str) = "这段文字的引号没有结束，请在末尾补上 {quote}", "The text is not closed; add {quote} at its end";
    answer_in_text(name: &str) = "引号里的 ${{{name}}} 不会换成答案。请写 concat('…', ${{{name}}}, '…')", "${{{name}}} inside quotes is no answer. Write concat('…', ${{{name}}}, '…')";
    name_unfit(shown: &str) = "“{shown}”不是检查项名称：${{…}} 里只能有文字、数字、- 和 _", "\"{shown}\" is no name of a question: ${{…}} holds letters, digits, - and _";
    open_name(brace: &str) = "检查项的写法没有结束，请在检查项名称后补上 {brace}", "The name of a question is not closed; add {brace} after it";
    bare_name(name: &str) = "“{name}”是检查项还是文字？检查项请写 ${{{name}}}，文字请写 '{name}'", "Is \"{name}\" a question or a text? Write ${{{name}}} for a question, '{name}' for a text";
    path(shown: &str) = "不支持路径“{shown}”。请写 ${{…}}", "The path \"{shown}\" is not supported. Write ${{…}}";
    path_to(shown: &str, name: &str) = "不支持路径“{shown}”。请写 ${{{name}}}", "The path \"{shown}\" is not supported. Write ${{{name}}}";
    parent = "“..”只能写在 position(..) 里。别的检查项请写 ${…}", "\"..\" stands in position(..) only. Write ${…} for another question";
    predicate = "不支持方括号筛选。重复组里的第几项请写 indexed-repeat(${…}, ${…}, 第几项)", "Brackets that choose are not supported. For one instance of a repeat, write indexed-repeat(${…}, ${…}, number)";
    union_of = "不支持用“|”合并。两者之一成立请写 or，两者相加请写 +", "Joining by \"|\" is not supported. Write or where one of both has to be true, + where both are added";
    axis(shown: &str) = "不支持“{shown}”。请写 ${{…}}", "\"{shown}\" is not supported. Write ${{…}}";
    variable(name: &str) = "“${name}”缺少大括号，请写 ${{{name}}}", "\"${name}\" needs braces. Write ${{{name}}}";
    last_saved(name: &str) = "不支持 last-saved#。上次检查的答案请写 last('{name}')", "last-saved# is not supported. For the answer of the visit before, write last('{name}')";
    function_unknown(word: &str) = "没有 {word}() 这个函数，请核对拼写", "There is no function {word}(); check how it is written";
    function_alike(word: &str, alike: &str) = "没有 {word}() 这个函数。是否应为 {alike}()？", "There is no function {word}(). Is {alike}() meant?";
    function_refused(word: &str, instead: &str) = "不支持 {word}()。{instead}", "{word}() is not supported. {instead}";
    position_form = "请写 position(..)：两个点表示所在的重复组", "Write position(..): the two dots are the repeat that it stands in";
    choice_name_form = "jr:choice-name() 的第二项请写成带引号的检查项名称：jr:choice-name(${…}, '${…}')", "The second argument of jr:choice-name() is the question's name in quotes: jr:choice-name(${…}, '${…}')";

    in_part(part: &str) = "在“{part}”中：", "In \"{part}\": ";
    question_unknown(name: &str) = "没有名为 {name} 的检查项。请核对 ${{{name}}}", "There is no question {name}. Check ${{{name}}}";
    wrong_type(expected: &str, found: &str) = "这里需要{expected}，写的却是{found}", "{expected} is needed here, not {found}";
    needs_truth(found: &str) = "这里需要条件，写的却是{found}。请写明和什么比较，例如 ${{…}} = 'yes' 或 ${{…}} != ''", "A condition is needed here, not {found}. Say what it is compared with, such as ${{…}} = 'yes' or ${{…}} != ''";
    needs_number(found: &str) = "这里需要数字，写的却是{found}。文字请先换成数字：number(…)", "A number is needed here, not {found}. Turn a text into a number first: number(…)";
    repeat_alone = "重复组只能用在 count() 和 indexed-repeat() 里", "A repeat stands in count() and indexed-repeat() only";
    never(word: &str, of: &str) = "“{word}”不可能是{of}，这个比较永远不成立", "\"{word}\" can never be {of}; they are never equal";
    incomparable(left: &str, right: &str) = "{left}和{right}不能比较", "{left} and {right} cannot be compared";
    days_reckoned = "两个日期只能相减，得到相差的天数", "Of two days only the difference makes sense: the days between them";
    arguments(word: &str, wanted: &str, given: usize) = "{word}() 的括号里应有 {wanted} 项，写了 {given} 项", "{word}() takes {wanted} arguments, not {given}";
    needs_question(word: &str) = "{word}() 这里请写检查项：${{…}}", "{word}() takes a question here: ${{…}}";
    needs_repeat(word: &str) = "{word}() 这里请写重复组：${{…}}", "{word}() takes a repeat here: ${{…}}";
    needs_word(word: &str) = "{word}() 这里请写带引号的文字，不能写检查项或计算", "{word}() takes a text in quotes here, no question and no calculation";
    table_unknown(table: &str) = "pulldata() 没有名为“{table}”的资料表。可用 site（场所属性）和 last（上次检查的答案）", "pulldata() has no table \"{table}\". There are site (what is known of the site) and last (the answers of the visit before)";
    column_unknown(table: &str, column: &str, columns: &str) = "资料表 {table} 没有“{column}”这一列。可用 {columns}", "The table {table} has no column \"{column}\". Its columns are {columns}";
    format_unknown(sign: &str) = "日期格式里的 %{sign} 不支持。可用 %Y %y %m %n %b %d %e %a %H %h %M %S %3", "%{sign} is no part of a date. Write %Y %y %m %n %b %d %e %a %H %h %M %S %3";
    no_this = "这里没有“.”可指的答案。请写 ${…}", "\".\" stands for no answer here. Write ${…}";
    pattern_refused(shown: &str) = "regex() 不支持“{shown}”。可用 . [ ] ( ) | * + ? {{2,3}} ^ $ \\d \\w \\s", "regex() does not know \"{shown}\". Write . [ ] ( ) | * + ? {{2,3}} ^ $ \\d \\w \\s";
    pattern_open(sign: char) = "regex() 里的“{sign}”没有成对。文字本身的符号请写 \\{sign}", "\"{sign}\" in regex() has no partner. For the sign itself, write \\{sign}";
    pattern_repeat(sign: char) = "regex() 里的“{sign}”前面没有要重复的内容。文字本身的符号请写 \\{sign}", "\"{sign}\" in regex() has nothing before it to repeat. For the sign itself, write \\{sign}";
    pattern_range(shown: &str) = "regex() 里的“{shown}”不是从小到大的范围", "\"{shown}\" in regex() is no range from low to high";
    pattern_long = "regex() 的规则太长，请写短或减少重复次数", "The pattern of regex() is too long; shorten it or repeat less";

    a_truth = "条件", "a condition";
    a_number = "数字", "a number";
    a_text = "文字", "a text";
    a_day = "日期", "a day";
    a_moment = "时间", "a moment";
    choices = "选项", "a choice";
    a_repeat = "重复组", "a repeat";
    anything = "答案", "a value";
}

/// What a type is called in a sentence.
pub fn type_name(lang: Lang, of: ValueType) -> &'static str {
    match of {
        ValueType::Truth => a_truth(lang),
        ValueType::Number => a_number(lang),
        ValueType::Text => a_text(lang),
        ValueType::Day => a_day(lang),
        ValueType::Moment => a_moment(lang),
        ValueType::Choices => choices(lang),
        ValueType::Repeat => a_repeat(lang),
        ValueType::Any => anything(lang),
    }
}

/// `2`, `2–3`, `2+`
pub fn counts(least: usize, most: Option<usize>) -> String {
    match most {
        Some(most) if most == least => least.to_string(),
        Some(most) => format!("{least}–{most}"),
        None => format!("{least}+"),
    }
}

/// What is wrong with a part of an expression.
pub fn type_error(lang: Lang, kind: &TypeErrorKind) -> String {
    match kind {
        TypeErrorKind::UnknownQuestion(question) => question_unknown(lang, question.as_str()),
        TypeErrorKind::WrongType { found: ValueType::Repeat, .. } => repeat_alone(lang).to_owned(),
        TypeErrorKind::WrongType { expected: ValueType::Truth, found } => {
            needs_truth(lang, type_name(lang, *found))
        }
        TypeErrorKind::WrongType { expected: ValueType::Number, found } => {
            needs_number(lang, type_name(lang, *found))
        }
        TypeErrorKind::WrongType { expected, found } => {
            wrong_type(lang, type_name(lang, *expected), type_name(lang, *found))
        }
        TypeErrorKind::NeverA { of, word } => never(lang, word, type_name(lang, *of)),
        TypeErrorKind::Incomparable { left, right } => {
            incomparable(lang, type_name(lang, *left), type_name(lang, *right))
        }
        TypeErrorKind::DaysReckoned => days_reckoned(lang).to_owned(),
        TypeErrorKind::WrongCount { function, given, least, most } => {
            arguments(lang, function.word(), &counts(*least, *most), *given)
        }
        TypeErrorKind::NoQuestion { function } => needs_question(lang, function.word()),
        TypeErrorKind::NoRepeat { function } => needs_repeat(lang, function.word()),
        TypeErrorKind::NoWord { function } => needs_word(lang, function.word()),
        TypeErrorKind::UnknownTable(table) => table_unknown(lang, table),
        TypeErrorKind::UnknownColumn { table, column } => {
            column_unknown(lang, table.as_str(), column, &table.columns().join(", "))
        }
        TypeErrorKind::Regex(error) => pattern(lang, error),
        TypeErrorKind::UnknownFormat(sign) => format_unknown(lang, sign),
        TypeErrorKind::NoThis => no_this(lang).to_owned(),
        TypeErrorKind::TooDeep => too_deep(lang, domain::expression::DEPTH),
    }
}

fn pattern(lang: Lang, error: &RegexError) -> String {
    match error {
        RegexError::Unsupported(shown) => pattern_refused(lang, shown),
        RegexError::Unclosed(sign) => pattern_open(lang, *sign),
        RegexError::NothingToRepeat(sign) => pattern_repeat(lang, *sign),
        RegexError::Range(shown) => pattern_range(lang, shown),
        RegexError::TooLarge => pattern_long(lang).to_owned(),
    }
}
