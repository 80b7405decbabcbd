//! What is too long, too many or of the wrong shape, wherever it was given.

use domain::{
    hazard::Unfounded,
    limits::{Excess, Field, OverLimit},
};

messages! {
    name = "名称", "The name";
    code = "编码", "The code";
    phone = "电话", "The telephone number";
    address = "地址", "The address";
    username = "账号", "The account name";
    duty = "职务", "The position";
    leader = "包联领导", "The leader in charge";
    contacts = "责任人", "The responsible people";
    credit_code = "统一社会信用代码", "The credit code";
    people = "相关人员", "The people";
    post = "职务", "The post";
    kinds = "场所类别", "The kinds of site";
    grids = "网格", "The grids";
    communities = "村（社区）", "The communities";
    sites = "场所", "The sites";
    sectors = "行业领域", "The sectors";
    interval = "检查间隔（天）", "The days between visits";
    device_name = "设备名称", "The device's name";
    query = "搜索内容", "The search";
    latitude = "纬度", "The latitude";
    longitude = "经度", "The longitude";
    accuracy = "定位精度", "The accuracy of the location";
    what = "隐患描述", "The description";
    basis = "检查依据", "The basis";
    responsible = "责任单位或责任人", "The responsible party";
    measures = "整改措施", "The measures";
    contingency = "应急预案", "The contingency plan";
    reason = "理由", "The reason";
    authority = "单位名称", "The authority's name";
    note = "备注", "The note";
    answer = "检查项的答案", "The answer";
    answers = "检查项", "The answers";
    hazards = "一项发现的隐患", "The hazards of one item";
    photos = "照片", "The photos";
    form = "检查表", "The checklist";
    forms = "检查表", "The checklists";
    participants = "参加人员", "The participants";
    question = "检查项", "The item";
    attributes = "场所属性", "The attributes of the site";
    deadline = "整改期限", "The deadline";
    until = "延期日期", "The extended deadline";
    due = "整改期限", "The deadline";
    pixels = "照片尺寸", "The size of the photo";
    camera = "照片的相机信息", "What the camera wrote";
    report = "传输日志", "The phone's log";
    matter = "检查事项", "The matter";
    approval = "审批文号", "The number of the approval";
    notice = "通知书文号", "The number of the notice";
    entry_code = "企业码登记号", "The number of the entry";
    officers = "检查人员", "The inspectors";
    certificates = "执法证件", "The certificates";
    issuer = "发证机关", "The issuer";
    meet = "集合时间地点", "Where and when they meet";
    bring = "随身携带", "What to bring";
    notices = "消息", "Messages";
    channels = "通知渠道", "Channels";
    template = "短信请求模板", "Template of the SMS request";
    secret = "密钥", "Key";
    success = "成功看哪个字段", "Field that says it went well";
    days = "天数", "Days";

    too_fast = "上传太频繁，请过一分钟再试；手机上的记录都在", "Sent too fast; try again in a minute. What is on the phone is safe";
    quota_spent = "今天上传的数量已到上限，明天会自动接着传；记录和照片都在手机上", "Today's limit has been reached; sending goes on by itself tomorrow. Records and photos are still on the phone";
    no_department = "没有这个部门，请重新选择", "There is no such department; choose again";
    no_such_hazard = "没有要并入的这条隐患，或它不在您的范围内，请另选一条", "There is no such hazard to merge into, or it is outside your scope; choose another one";
    target_moved = "要并入的那条隐患本身已被合并或移送，请另选一条", "The other hazard has itself been merged or referred; choose another one";
    not_of_visit = "这条隐患与所注明的那次检查不一致，没有收下。请截图联系应急办；记录还在本机", "This hazard does not belong to the inspection that it names and was not taken. Send a screenshot to the office; it is still on this phone";
    no_picture = "整改照片都打不开，不能作为整改证明。请退回，让整改人重新拍照上报", "None of the photos of the rectification can be opened, so they prove nothing. Return the hazard and have it photographed again";
    unproven = "整改照片的信息还没有传到，暂不能验收。请等整改人上传后再验收，或者退回重报", "What belongs to the photos of the rectification has not arrived, so it cannot be accepted yet. Wait until it is sent, or return the hazard";
    day_past = "日期已经过去，请改成今天或以后", "That day has passed; choose today or later";

    which_code(code: &str, known: String) = "没有编码为“{code}”的场所。是不是：{known}？请按原样填写", "There is no site with the code \"{code}\". Is it {known}? Enter it exactly so";
    which_number(number: &str, known: String) = "以“{number}”结尾的编号有多个：{known}。请填写完整编号", "Several numbers end in \"{number}\": {known}. Enter the whole number";

    clock_was_wrong(said: String) = "手机时间有误（{said}），以街道收到的时间为准", "The phone's clock was wrong ({said}); the office's time counts";

    somewhere = "有一处内容太长，或者有不能使用的字符，没有提交；请检查填写的文字，已填的都还在", "Something is too long or holds characters that cannot be used. Nothing was submitted; check what you wrote, all of it is still here";
    too_long(field: &str, most: u32) = "“{field}”最多 {most} 个字，请缩短后再保存或提交", "{field}: at most {most} characters; shorten it and try again";
    too_many(field: &str, most: u32) = "“{field}”最多 {most} 个，请减少", "{field}: at most {most}; take some away";
    control(field: &str) = "“{field}”里有看不见的控制字符，请删掉重新输入", "{field}: there is a control character in it; delete it and type the text again";
    invisible(field: &str) = "“{field}”里有看不见的字符，请删掉重新输入，不要粘贴", "{field}: there is an invisible character in it; delete it and type the text again instead of pasting it";
    markup(field: &str) = "“{field}”里不能有 < 或 >，请改用文字", "{field}: < and > cannot be used; write it in words";
    letters(field: &str) = "“{field}”只能用字母、数字和 - _ .", "{field}: use only letters, digits and - _ .";
    outside(field: &str, from: i64, to: i64) = "“{field}”要在 {from} 到 {to} 之间，请修改", "{field}: enter a number between {from} and {to}";
    day(field: &str) = "“{field}”要在 2020 年到 2100 年之间，请核对日期", "{field}: a day between 2020 and 2100; check the date";
}

pub fn field(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Name => name(lang),
        Field::Code => code(lang),
        Field::Phone => phone(lang),
        Field::Address => address(lang),
        Field::Username => username(lang),
        Field::Duty => duty(lang),
        Field::Leader => leader(lang),
        Field::Contacts => contacts(lang),
        Field::CreditCode => credit_code(lang),
        Field::People => people(lang),
        Field::Post => post(lang),
        Field::Kinds => kinds(lang),
        Field::Grids => grids(lang),
        Field::Communities => communities(lang),
        Field::Sites => sites(lang),
        Field::Sectors => sectors(lang),
        Field::Interval => interval(lang),
        Field::DeviceName => device_name(lang),
        Field::Query => query(lang),
        Field::Latitude => latitude(lang),
        Field::Longitude => longitude(lang),
        Field::Accuracy => accuracy(lang),
        Field::What => what(lang),
        Field::Basis => basis(lang),
        Field::Responsible => responsible(lang),
        Field::Measures => measures(lang),
        Field::Contingency => contingency(lang),
        Field::Reason => reason(lang),
        Field::Authority => authority(lang),
        Field::Note => note(lang),
        Field::Answer => answer(lang),
        Field::Answers => answers(lang),
        Field::Hazards => hazards(lang),
        Field::Photos => photos(lang),
        Field::Form => form(lang),
        Field::Forms => forms(lang),
        Field::Participants => participants(lang),
        Field::Question => question(lang),
        Field::Attributes => attributes(lang),
        Field::Deadline => deadline(lang),
        Field::Until => until(lang),
        Field::Due => due(lang),
        Field::Pixels => pixels(lang),
        Field::Camera => camera(lang),
        Field::Report => report(lang),
        Field::Matter => matter(lang),
        Field::Approval => approval(lang),
        Field::Notice => notice(lang),
        Field::EntryCode => entry_code(lang),
        Field::Officers => officers(lang),
        Field::Certificates => certificates(lang),
        Field::Issuer => issuer(lang),
        Field::Meet => meet(lang),
        Field::Bring => bring(lang),
        Field::Notices => notices(lang),
        Field::Channels => channels(lang),
        Field::Template => template(lang),
        Field::Secret => secret(lang),
        Field::Success => success(lang),
        Field::Days => days(lang),
    }
}

/// What an event claims and what is not so.
pub const fn unfounded(lang: Lang, claim: Unfounded) -> &'static str {
    match claim {
        Unfounded::Department => no_department(lang),
        Unfounded::NoSuchHazard => no_such_hazard(lang),
        Unfounded::TargetMoved => target_moved(lang),
        Unfounded::Visit => not_of_visit(lang),
        Unfounded::DayPast => day_past(lang),
        Unfounded::Proof => no_picture(lang),
    }
}

/// What is wrong and what to do.
pub fn over(lang: Lang, over: OverLimit) -> String {
    let called = field(lang, over.field);
    match over.excess {
        Excess::TooLong(most) => too_long(lang, called, most),
        Excess::TooMany(most) => too_many(lang, called, most),
        Excess::Control => control(lang, called),
        Excess::Invisible => invisible(lang, called),
        Excess::Markup => markup(lang, called),
        Excess::Letters => letters(lang, called),
        Excess::Outside(from, to) => outside(lang, called, from, to),
        Excess::Day => day(lang, called),
    }
}

/// A time by a phone's clock; where that cannot be, it says so.
pub fn said_by_phone(
    lang: Lang,
    at: chrono::DateTime<chrono::Utc>,
    received: chrono::DateTime<chrono::Utc>,
) -> String {
    let said = domain::time::long(at);
    if domain::time::plausible(at, received) { said } else { clock_was_wrong(lang, said) }
}
