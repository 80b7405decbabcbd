//! What is wrong with a form, for whoever writes it.

messages! {
    nothing_asked = "检查表里没有要回答的检查项，请添加", "The form asks nothing; add a question";
    too_many_entries(most: usize) = "检查项和分组合计超过 {most} 个，请拆成几张检查表", "More than {most} questions and groups; divide the form";
    too_many_pictures(most: usize) = "图片超过 {most} 张，手机要全部带上，请减少", "More than {most} pictures; phones bring all of them along, take some away";
    patrol_too_long_of(kind: &str, asked: usize, most: usize) = "对“{kind}”要问 {asked} 项，巡查表最多 {most} 项，请删减或加上条件", "{asked} questions are asked of \"{kind}\"; a patrol list has at most {most}. Take some away or give them a condition";
    patrol_too_long(asked: usize, most: usize) = "共有 {asked} 项，巡查表最多 {most} 项，请删减", "{asked} questions are asked; a patrol list has at most {most}. Take some away";
    offered_by_answer(name: &str) = "适用条件里不能引用检查项 {name}：此时还没有答案。请只用 site() 和 site-kind()", "Whether a form is offered cannot depend on {name}, which nobody has answered yet. Use site() and site-kind() only";
    duplicate_quote(quote: &str) = "引文 {quote} 重复，请删除其中一条", "The quote {quote} stands twice; remove one";
    duplicate_name = "名称重复，请改名", "The name stands twice; choose another";
    bad_name = "名称不能用：只能由文字、数字、- 和 _ 组成，并以文字或 _ 开头，且不能太长", "The name cannot be used: it is made of letters, digits, - and _, begins with a letter or _, and is short";
    untranslated(what: &str) = "{what}缺少中文或英文，请补上", "The {what} lacks Chinese or English; add it";
    bad_text(what: &str, why: &str) = "{what}不能用：{why}", "The {what} cannot be used: {why}";
    empty = "里面没有检查项，请添加或删除这一组", "Nothing stands in it; add a question or remove it";
    too_deep = "分组或重复组套得太深，请减少层次", "Too many groups or repeats lie in each other; take some away";
    most(most: u16) = "重复组的上限须在 1 到 {most} 之间，请改正", "A repeat has 1 to {most} instances at the most; correct it";
    range = "取值范围不对：下限不能大于上限，计数项须为不小于 0 的整数，请改正", "The range is none: it runs from low to high, and counts are whole numbers from 0; correct it";
    too_few_choices = "至少要有两个选项，请添加", "There are fewer than two choices; add some";
    duplicate_choice(choice: &str) = "选项 {choice} 重复，请改名或删除", "The choice {choice} stands twice; rename or remove it";
    bad_choice(choice: &str) = "选项名称“{choice}”不能用：不能有空格，也不能太长", "The choice cannot be called \"{choice}\": its name has no blanks and is short";
    read_only_without_default = "只读的检查项没有默认值，请填写 default 或改为可填", "It only shows its default and has none; give it one, or let it be answered";
    photo_without_hint = "要求必须拍照，但提示里没有写原因，请补写提示", "A photo is always wanted, and no hint says why; write one";
    fact_in_repeat = "重复组里的检查项不能合并为同一事实，请删除 fact", "What stands in a repeat cannot be asked once in a visit; remove the fact";
    fact_twice(name: &str) = "与 {name} 是同一事实，请删除其中一项或改 fact", "{name} asks for the same fact; remove one, or change the fact";
    unknown_name(name: &str) = "引用了不存在的检查项 {name}，请核对名称", "There is no question {name}; check the name";
    forward(name: &str) = "引用了排在后面的检查项 {name}，请调整顺序", "{name} is asked later; move it before this";
    circular = "直接或间接地依赖自己，无法计算，请去掉其中一处引用", "It depends on itself, directly or through others; take one of the references away";
    looks_at_itself = "计算里引用了自己的结果，请改用 once()", "The calculation looks at its own result; use once()";
    wrong_result = "表达式的结果在这里不能用：条件应为是否成立，数量应为数字", "What the expression comes to is of no use here: a condition is true or false, a count is a number";
    unknown_choice(name: &str, word: &str) = "检查项 {name} 没有“{word}”这个选项，请核对", "{name} does not offer \"{word}\"; check it";
    nothing_to_judge = "这里没有可以判定的答案，请删除判定标准", "There is no answer that could fail; remove the criterion";
    no_test = "没有写哪种答案不合格，请填写 fails_if", "It does not say which answer fails; write fails_if";
    criterion_outside_range = "判定标准超出取值范围，请核对两者", "The criterion is outside the plausible range; check both";
    major_without_criterion = "没有判定为重大隐患的法规依据，请填写 major_by 或改为一般", "It is major without a criterion of law; write major_by, or make it general";
    too_many_days = "整改期限超过十年，请改正", "The deadline is more than ten years off; correct it";
    no_basis = "可以判定不合格，却没有依据：请填写法规、标准，或注明属于良好做法", "It can fail and rests on nothing: name a law or a standard, or say that it is good practice";
    quote_not_carried(quote: &str) = "检查表里没有引文 {quote}，请核对", "The form does not carry the quote {quote}; check it";

    of_title = "标题", "title";
    of_question = "检查项", "question";
    of_hint = "提示", "hint";
    of_picture = "图片说明", "description of the picture";
    of_unit = "单位", "unit";
    of_choice(choice: &str) = "选项 {choice} 的文字", "text of the choice {choice}";
    of_constraint_message = "超出范围时的提示", "message of the constraint";
    of_what = "隐患描述", "finding";
    of_at_once = "现场措施", "measure on the spot";
    of_authority = "移送部门", "authority";
}
