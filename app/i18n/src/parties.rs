//! 责任主体: their list, their pages, and what is wrong with one.

use domain::party::CreditCodeError;

messages! {
    parties = "责任主体", "Responsible parties";
    party = "责任主体", "Responsible party";
    name = "名称", "Name";
    kind = "主体类型", "Type";
    credit_code = "统一社会信用代码", "Credit code";
    principal = "主要负责人", "Principal";
    people = "相关人员", "People";
    post = "职务", "Post";
    phone = "单位电话", "Phone";
    note = "备注", "Note";
    find = "搜名称、信用代码、电话", "Name, credit code or phone";
    count(total: u64) = "{total} 家", "{total} parties";
    nothing = "没有符合的责任主体", "No party fits";
    new = "新增责任主体", "New party";
    one = "一家责任主体", "One party";
    facts = "基本情况", "Facts";
    its_sites = "负责的场所", "Sites that it answers for";
    no_sites = "还没有场所登记在它名下", "No site names it yet";
    its_hazards = "未销号隐患", "Open hazards";
    no_hazards = "没有未销号的隐患", "No hazard is open";
    all_sites = "在场所列表里看", "In the list of sites";
    name_hint = "和营业执照或登记证书上的一样", "As it stands in the licence or certificate";
    credit_code_hint = "18 位；个人、业主没有就空着", "18 characters; leave it empty where there is none, as for residents";
    people_hint = "主要负责人、安全管理人员等；手机上能直接拨号", "The principal, those in charge of safety; phones can dial them";
    retired_hint = "停用后不再供选择，记录都还在", "No longer offered; its records stay";
    site_hint = "写名称全称或统一社会信用代码；没有的先在“责任主体”里新增", "Its full name or its credit code; where there is none yet, add it under Responsible parties first";
    name_missing = "请填名称", "Write the name";
    person_missing = "有一行写了职务或电话，没写姓名", "One line has a post or a phone and no name";
    credit_code_taken = "这个统一社会信用代码已经登记在别的责任主体名下", "Another party has this credit code";
    credit_code_length = "统一社会信用代码是 18 位，请核对", "A credit code has 18 characters; check it";
    credit_code_character(found: char) = "统一社会信用代码里没有“{found}”这个字符（不用字母 I、O、S、V、Z），请核对", "\"{found}\" never stands in a credit code (I, O, S, V and Z are not used); check it";
    credit_code_check = "统一社会信用代码的末位校验不符，有一位写错了，请核对", "The last character does not fit the others, so one of them is wrong; check the credit code";
    still_answers(sites: u64) = "它名下还有 {sites} 处在用场所，请先把这些场所改到别的责任主体名下，再停用", "It still answers for {sites} sites in use. Give those to another party first";
    unknown(words: String) = "没有“{words}”这家责任主体。请写名称全称或统一社会信用代码；没有的先新增", "There is no party \"{words}\". Write its full name or credit code, or add it first";
    gone = "没有这家责任主体，或者它已停用，请重新选择", "There is no such party, or it is retired; choose another";
    ambiguous(words: String) = "叫“{words}”的责任主体有几家，请写统一社会信用代码；没有代码的，先在“责任主体”里把名称改得能区分", "Several parties are called \"{words}\"; write the credit code. Where there is none, first give them different names under Responsible parties";
    is_another(code: String, name: String) = "统一社会信用代码 {code} 登记的是“{name}”，与这一行的责任主体不一致，请核对", "The credit code {code} is registered to \"{name}\", which is not the party of this row; check both";
    code_without_name = "新的统一社会信用代码，请同时填责任主体的名称", "This credit code is new; write the party's name too";
    would_be_made(names: String) = "将新建责任主体：{names}", "Parties that would be added: {names}";
}

/// What is wrong with a text that is no credit code.
pub fn wrong_credit_code(lang: Lang, error: CreditCodeError) -> String {
    match error {
        CreditCodeError::Length => credit_code_length(lang).to_owned(),
        CreditCodeError::Character(found) => credit_code_character(lang, found),
        CreditCodeError::Check => credit_code_check(lang).to_owned(),
    }
}
