//! The phone: the frame, signing in, today, sites, settings.

use domain::figure::rounded;

messages! {
    title_field = "巡安", "Xun'an";
    back = "返回", "Back";
    bar = "主菜单", "Main menu";
    today = "今日", "Today";
    sites = "场所", "Sites";
    hazards = "隐患", "Hazards";
    outbox = "待传", "To send";
    unsent = "件未传完", "not yet sent";
    demo = "演示：数据都是虚构的", "Demonstration: invented data";
    update_ready = "新版本已备好", "A new version is ready";
    update_now = "现在更新", "Update now";
    session_over = "登录已过期", "Sign-in expired";
    sign_in = "登录", "Sign in";
    not_here = "这部手机上没有", "Not on this phone";
    not_here_hint = "可能还没有传到本机，或者不在您的范围内。有信号时会自动更新。", "It may not have reached this phone yet, or it is outside your scope. It updates by itself when there is signal.";
    asking = "正在向服务器取", "Fetching it from the server";
    asking_hint = "这条记录不在本机。取到以后会显示在这里。", "This record is not on this phone. It will be shown here once it has come.";
    asked_in_vain = "没有信号，这条记录取不到。到有信号的地方再试。", "There is no signal, and this record is not on this phone. Try again where there is some.";
    not_arrived = "这一页还没取到", "This screen has not arrived yet";
    not_arrived_hint = "已经填写的和拍下的都在本机，没有丢。到有信号的地方再打开一次，取到以后没有信号也能用。", "What you filled in and photographed is kept on this phone. Open it again where there is signal; from then on it opens without.";
    part_coming = "正在取这一部分", "Fetching this part";
    part_not_arrived = "这一部分还没取到", "This part has not arrived yet";
    to_today = "回到今日", "Back to today";

    product = "巡安", "Xun'an";
    what_it_is = "安全生产检查与隐患闭环", "Safety inspections and hazards, closed loop";
    username = "账号", "Account";
    password = "密码", "Password";
    show = "显示", "Show";
    hide = "隐藏", "Hide";
    show_password = "显示密码", "Show the password";
    signing_in = "正在登录", "Signing in";
    username_missing = "请填账号", "Type your account";
    password_missing = "请填密码", "Type your password";
    not_signed_in = "没有登录上", "Not signed in";
    no_account = "没有账号或忘了密码，请找本街道应急办", "Without an account or a password, ask the emergency management office of your sub-district";
    work_is_safe = "这部手机上有没传完的记录，都封存在本机。用原来的账号登录后会接着传", "Unsent work is sealed on this phone. It goes on being sent when the person it belongs to signs in";

    home_title = "今天", "Today";
    settings = "设置", "Settings";
    go_on = "继续检查", "Go on inspecting";
    forms(n: usize) = "{n} 张检查表", "{n} checklists";
    answered(answered: usize, asked: usize) = "已答 {answered} / {asked} 项", "{answered} of {asked} items answered";
    started(at: String) = "{at} 开始", "Begun {at}";
    away = "场所已停用或不再由您负责，仍可做完提交", "The site was retired or is no longer yours; you can still finish and submit";
    unknown_site = "场所已停用或不再由您负责", "Site retired or no longer yours";
    visits = "今天要到", "To visit today";
    rechecks = "整改复查", "Rectification to recheck";
    to_rectify = "等您整改", "For you to put right";
    places(n: usize) = "{n} 处", "{n}";
    pieces(n: usize) = "{n} 条", "{n}";
    pieces_pressing(n: usize) = "{n} 条到期", "{n} due";
    all_visits(n: usize) = "看全部 {n} 处", "See all {n}";
    waiting_to_send = "有记录还没传完", "Records still to send";
    waiting_pieces(n: usize, size: String) = "{n} 件，共 {size}，已存在本机", "{n}, {size} in all, kept on this phone";
    waiting_refused(n: usize) = "{n} 件没有收下，要看一下", "{n} refused, to be looked at";
    start = "开始检查", "Start an inspection";
    nothing_due = "今天没有要到的场所", "No site is due today";
    nothing_due_hint = "可以从“场所”里选一处开始检查", "You can choose any site and start an inspection";
    nothing_to_rectify = "没有等您整改的隐患", "No hazard waits for you";
    nothing_to_rectify_hint = "有新的会显示在这里", "New ones will be shown here";
    first_pull = "正在取您负责的场所", "Fetching the sites you answer for";
    first_pull_hint = "第一次要有信号，取完以后没有信号也能用", "The first time needs signal; afterwards everything works without";

    find = "找场所", "Find a site";
    find_hint = "名称、编码、地址或拼音首字母", "Name, code, address or pinyin initials";
    near = "附近", "Nearby";
    locating = "正在定位", "Locating";
    due_now = "要到的", "Due";
    any_grid = "网格", "Grid";
    any_risk = "风险等级", "Risk";
    in_order_of_name = "按拼音排列", "By name";
    in_order_of_distance = "由近到远", "Nearest first";
    in_order_of_urgency = "最急的在前", "Most urgent first";
    more(n: usize) = "再显示 {n} 处", "Show {n} more";
    not_located = "位置没有取到", "Your position was not found";
    not_located_hint = "请在系统设置里允许浏览器定位，到开阔处再试。名称、编码照样能找", "Let the browser use your position in the system's settings and try in the open. Searching by name or code still works";
    try_again = "再试一次", "Try again";
    without_distance = "不按远近", "Not by distance";
    no_match = "没有找到", "Nothing found";
    no_match_hint = "换个写法，或去掉几个条件", "Try another spelling, or drop a filter";
    clear = "清除条件", "Clear the filters";
    no_sites = "还没有场所", "No sites yet";
    no_sites_hint = "您的网格里还没有登记场所，请找应急办", "No site is registered in your grids; ask the emergency management office";

    another = "另开检查", "Start another";
    code = "编码", "Code";
    address = "地址", "Address";
    where_it_is = "网格", "Grid";
    department = "部门", "Department";
    leader = "包联领导", "Leader in charge";
    last_visit = "上次检查", "Last visit";
    never = "没有检查过", "Never";
    next_visit = "应在此前到", "Visit due by";
    people = "责任人", "Responsible people";
    call(name: String) = "给{name}打电话", "Call {name}";
    open_hazards = "未销号隐患", "Open hazards";
    no_open_hazards = "没有未销号的隐患", "No open hazards";
    history = "检查记录", "Inspections";
    no_history = "本机没有这里的检查记录", "No inspections of this site on this phone";
    times(n: usize) = "{n} 次", "{n}";
    failed_of(failed: u32, answered: u32) = "不合格 {failed} / {answered} 项", "{failed} of {answered} items failed";
    closed_hazards = "已销号隐患", "Closed hazards";
    earlier = "更早的记录", "Earlier records";
    earlier_asked = "正在取更早的记录", "Fetching earlier records";
    earlier_none = "没有更早的记录了", "There is nothing earlier";
    earlier_in_vain = "没有信号，更早的记录取不到。到有信号的地方再试。", "There is no signal, and earlier records are not on this phone. Try again where there is some.";
    older(n: usize) = "再显示更早的 {n} 次", "Show {n} earlier ones";

    looks = "显示", "Appearance";
    language = "语言", "Language";
    lang_zh = "中文", "中文";
    lang_en = "English", "English";
    text_size = "字号", "Size of text";
    text_normal = "标准", "Normal";
    text_large = "大", "Large";
    text_larger = "特大", "Larger";
    theme = "明暗", "Light";
    theme_auto = "跟随系统", "As the system";
    theme_light = "亮色", "Light";
    theme_dark = "暗色", "Dark";
    theme_sunlight = "户外强光", "Sunlight";
    storage = "本机存储", "Storage";
    used = "已用", "Used";
    free = "还可用", "Free";
    low_on_space = "空间不多了，请先清理相册或其他应用，再拍照", "Space is running out; free some before you take photos";
    kept_for_good = "长期保存", "Kept for good";
    kept = "浏览器已答应", "The browser has promised";
    not_kept = "浏览器没有答应，空间不足时可能会清理", "Not promised: the browser may clear it when space is short";
    ask_to_keep = "请浏览器长期保存", "Ask the browser to keep it";
    would_not_keep = "浏览器没有答应。把巡安添加到主屏幕后再试，并尽快把记录传完", "The browser did not promise. Add Xun'an to the home screen and try again, and send your records soon";
    space_unknown = "这个浏览器不告诉用了多少", "This browser does not tell how much is used";
    account = "账号", "Account";
    name = "姓名", "Name";
    role = "角色", "Role";
    scope = "负责", "Answers for";
    unknown_yet = "还没有取到", "Not fetched yet";
    grids(n: usize) = "{n} 个网格", "{n} grids";
    sites_number(n: usize) = "{n} 处场所", "{n} sites";
    last_contact = "上次连上服务器", "Server last reached";
    no_contact = "还没有", "Not yet";
    sign_out = "退出登录", "Sign out";
    leave = "现在退出登录？", "Sign out now?";
    leave_unsent(n: usize) = "还有 {n} 件没有传完", "Not sent yet: {n}";
    leave_drafts(n: usize) = "还有 {n} 件没有做完", "Not finished yet: {n}";
    leave_sealed = "它们会封存在这部手机里，别人看不到，也不会丢。您再用这个账号登录后接着传。请不要清理浏览器数据", "They stay sealed on this phone: nobody else sees them and nothing is lost. They go on when you sign in with this account again. Do not clear the browser's data";
    leave_offline = "现在没有信号。退出后，本机的登录立即失效，一有信号就先通知服务器；再次登录也要有信号", "There is no signal now. This phone stops using the sign-in at once, and the server is told first thing when there is signal. Signing in again needs signal too";
    stay = "先不退出", "Stay signed in";
}

/// `420 m`, `1.1 km`; nobody walks by single metres.
pub fn distance(metres: f64) -> String {
    if metres < 995.0 {
        format!("{} m", rounded((metres / 10.0).round().max(1.0) * 10.0, 0))
    } else {
        format!("{} km", rounded(metres / 1000.0, 1))
    }
}

/// `4.1 MB`, `6.2 GB`
pub fn size(bytes: u64) -> String {
    let bytes = bytes as f64;
    match bytes {
        b if b < 1e6 => format!("{} KB", rounded((b / 1e3).ceil(), 0)),
        b if b < 1e9 => format!("{} MB", rounded(b / 1e6, 1)),
        b => format!("{} GB", rounded(b / 1e9, 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::{distance, size};

    #[test]
    fn distances_are_read_at_a_glance() {
        let said: Vec<_> = [3.0, 418.0, 994.0, 996.0, 1_140.0].into_iter().map(distance).collect();
        assert_eq!(said, ["10 m", "420 m", "990 m", "1.0 km", "1.1 km"]);
    }

    #[test]
    fn sizes_have_the_unit_that_fits() {
        let said: Vec<_> = [1, 4_100_000, 6_200_000_000].into_iter().map(size).collect();
        assert_eq!(said, ["1 KB", "4.1 MB", "6.2 GB"]);
    }
}
