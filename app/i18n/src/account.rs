//! Signing in and out, and what any page may have to say.

messages! {
    product = "巡安", "Xun'an";
    what_it_is = "安全生产检查与隐患闭环", "Safety inspections and hazards, closed loop";
    skip_to_content = "跳到正文", "Skip to the content";
    loading = "正在加载……", "Loading…";

    sign_in = "登录", "Sign in";
    sign_out = "退出登录", "Sign out";
    username = "账号", "Account";
    password = "密码", "Password";
    wrong = "账号或密码不对，请再试一次", "Account or password is wrong; try again";
    too_often = "尝试次数太多，请过几分钟再试", "Too many tries; try again in a few minutes";
    switched_off = "这个账号已停用，请联系应急办", "This account is switched off; ask the emergency management office";
    server_error = "登录没有成功，服务器出了问题，请稍后再试", "Not signed in: the server has a problem. Try again later";
    no_account = "没有账号或忘记密码，请联系本街道应急办", "If you have no account or forgot the password, ask the emergency management office of your sub-district";
    needs_script = "本页面需要 JavaScript，请在浏览器设置里打开，或换用系统浏览器。", "This page needs JavaScript. Turn it on in the browser's settings, or use the system browser.";

    devices = "已登录的设备", "Signed-in devices";
    devices_hint = "手机丢失或更换后，请在这里退出它的登录；没传完的内容仍封存在那部手机里", "Sign out a phone that was lost or replaced. What it had not sent stays sealed on it";
    unnamed_device = "没有名字的设备", "Unnamed device";
    this_device = "本机", "This device";
    device_times(since: String, seen: String) = "{since} 登录，最近使用 {seen}", "Signed in {since}, last used {seen}";
    back_to_work = "回到工作", "Back to work";

    not_found_title = "没有这一页", "No such page";
    not_found_words = "地址可能有误，或者这条记录不在您的权限范围内。请核对地址，或联系应急办。", "The address may be mistyped, or the record is outside what you may see. Check the address, or ask the emergency management office.";

    fault_sign_in_title = "请先登录", "Sign in first";
    fault_sign_in = "登录已过期。登录后会回到这里，没有提交的内容请重新填写", "Your sign-in has expired. After signing in you come back here; what was not submitted has to be typed again";
    fault_password_due_title = "请先设置自己的密码", "Choose your own password first";
    fault_password_due = "当前密码是他人为您设置的，换成自己的密码后才能继续", "Somebody else set your present password; change it to go on";
    fault_factor_due_title = "请先启用两步验证", "Set up the second factor first";
    fault_factor_due = "本单位要求管理员、应急办和分管领导登录时使用两步验证，启用后才能继续", "This office requires a second factor of administrators, the emergency management office and leaders; set it up to go on";
    fault_confirm_title = "请再输一次您的密码", "Your password once more";
    fault_confirm = "这一步涉及账号安全，还没有保存。请在新页面输入密码，再回到这里保存，已填的都还在", "This affects the security of accounts and was not saved. Enter your password on the new page, come back and save: what you typed is still here";
    fault_not_allowed_title = "您的账号没有这项权限", "Your account may not do this";
    fault_not_allowed = "您的角色或负责范围不包括此项内容。如有需要，请联系应急办调整账号", "Your role or scope does not include it. If you need it, ask the emergency management office to change your account";
    fault_not_found = "没有这条记录，或者它不在您的负责范围内。请返回列表核对，或联系应急办", "There is no such record, or it is outside your scope. Go back to the list and check, or ask the emergency management office";
    fault_busy_title = "系统正忙", "The system is busy";
    fault_busy = "操作没有完成，未改动任何数据。请稍后再试", "Nothing was done and nothing was changed. Try again in a moment";
    fault_bug_title = "系统出错", "Something went wrong";
    fault_bug(number: String) = "这是系统的问题，未改动任何数据。请把编号 {number} 告诉管理员", "This is our fault; nothing was changed. Give the number {number} to your administrator";
    fault_line_title = "没有连上服务器", "The server could not be reached";
    fault_line = "网络中断，或者页面版本过旧。已填的还在，请再试一次；仍不行，请刷新页面", "The network is down or the page is old. What you typed is still here; try again, or reload the page";
    fault_rejected_title = "未能办理", "Not done";
    fault_form_title = "有一处需要修改", "One thing to put right";
    fault_form = "请修改标出的一处，其他已填的都还在", "Correct the marked place; everything else you typed is still there";
    reload = "重新打开", "Reload";
}
