//! The phone: the frame, signing in, today, sites, settings.

messages! {
    title_field = "巡安", "Xun'an";
    back = "返回", "Back";
    bar = "主菜单", "Main menu";
    today = "今日", "Today";
    sites = "场所", "Sites";
    hazards = "隐患", "Hazards";
    outbox = "待传", "To send";
    unsent = "件未传完", "not yet sent";
    demo = "演示：单位、人员和数据都是虚构的", "Demonstration: sites, people and data are invented";
    update_ready = "新版本已备好", "A new version is ready";
    update_now = "现在更新", "Update now";
    session_over = "登录已过期", "Sign-in expired";
    sign_in = "登录", "Sign in";
    not_here = "这部手机上没有", "Not on this phone";
    not_here_hint = "可能还没有传到本机，或者不在您的范围内。有信号时会自动更新。", "It may not have reached this phone yet, or it is outside your scope. It updates by itself when there is signal.";
    to_today = "回到今日", "Back to today";
}
