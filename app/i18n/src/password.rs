//! Passwords, the second factor, being asked again.

use domain::password::Weakness;

messages! {
    choose_own = "设置自己的密码", "Choose your own password";
    choose_own_hint = "当前密码是他人为您设置的。请先换成只有您自己知道的密码，再开始工作。", "Somebody else set your present password. Change it to one that only you know before you begin.";
    new_password = "新密码", "New password";
    rule = "8 到 128 个字符，不必混用符号；几个不相干的词连起来又好记又安全。不要用账号、姓名、手机号、生日和单位名称", "8 to 128 characters of any kind: a few unrelated words are easy to remember and hard to guess. Do not use your account, name, telephone number, birthday or office";
    save_and_begin = "保存，开始工作", "Save and begin";

    code_wrong = "验证码不对，或者刚用过。请等下一个验证码再试", "The code is wrong or was used a moment ago; wait for the next one";
    own_wrong = "密码不对，请再试一次", "The password is wrong; try again";
    differs = "两次输入的新密码不一致，请重新输入", "The two new passwords differ; enter them again";
    change = "修改密码", "Change the password";
    change_done = "密码已修改，您在其他设备上的登录都已结束", "Your password is changed; you are signed out everywhere else";
    old_password = "原密码", "Current password";
    again = "再次输入新密码", "New password again";
    save = "保存新密码", "Save the new password";
    forgot = "忘记原密码的，请联系管理员重设", "If you have forgotten it, ask the administrator for a new one";

    confirm = "确认是您本人", "Confirm that it is you";
    confirm_hint = "接下来的操作涉及账号安全，请再次输入您自己的密码。10 分钟内不再要求输入。", "What comes next affects the security of accounts. Enter your own password again; you will not be asked for it again for 10 minutes.";
    confirm_do = "确认", "Confirm";
    confirm_done = "已确认。请回到刚才的页面，再保存一次。", "Confirmed. Go back to the page where you were and save once more.";
    own_password = "您自己的密码", "Your own password";

    everywhere = "退出其他所有设备", "Sign out everywhere else";
    everywhere_done = "其他设备都已退出", "Signed out everywhere else";

    factor = "两步验证", "Second factor";
    factor_hint = "登录办公端时，除了密码，还要输入手机上的验证码。即使密码被他人知道，也无法登录。", "Besides the password, the desk asks for a code from your phone, so the password alone lets nobody in.";
    factor_off = "未启用", "Not set up";
    factor_on = "已启用", "Set up";
    factor_begin = "启用两步验证", "Set it up";
    factor_again = "更换密钥", "Start again with a new secret";
    factor_end = "停用两步验证", "Remove it";
    factor_scan = "第一步：在手机上打开验证码应用（任何支持 TOTP 的应用都可以），扫描下面的二维码", "First: open an authenticator app on your phone (any that supports TOTP) and scan this";
    factor_type = "无法扫码时，手工输入下面的密钥", "Or type this secret into it";
    factor_code = "第二步：输入应用上显示的 6 位验证码", "Then: enter the 6 digits that the app shows";
    factor_picture = "两步验证的二维码", "The secret as a QR code";
    factor_set = "启用", "Turn it on";
    factor_codes = "已启用。下面是 10 个恢复码，手机丢失时，每个恢复码可以代替验证码使用一次。恢复码只显示这一次，请抄写或打印，妥善保管。", "It is set up. If you lose your phone, each of these 10 recovery codes can be used once instead of a code. They are shown only this once: write them down and lock them away.";
    factor_asked = "本单位要求您的角色使用两步验证，不能停用。更换手机后可以重新设置。", "Your office requires it for your role, so it cannot be removed; if you change phones, set it up again.";
    factor_go_on = "已记下，继续", "I have written them down; go on";
    code = "验证码", "Code";
    code_hint = "验证码应用上的 6 位数字；手机不在身边时，可以输入一个恢复码", "The 6 digits of your app, or one of your recovery codes";
    code_do = "验证", "Verify";
    code_other = "换一个账号登录", "Sign in with another account";

    too_short = "密码至少 8 个字符，请加长", "A password needs at least 8 characters; make it longer";
    too_long = "密码最多 128 个字符，请缩短", "A password has at most 128 characters; shorten it";
    common = "这个密码太常见，很容易被猜到。请换一个，可以用几个不相干的词连起来", "This password is too common and easy to guess. Choose another one: a few unrelated words will do";
    same = "新密码与原密码相同，请换一个", "The new password is the same as the old one; choose another one";
    repeats = "密码不能只是几个字符重复，请换一个", "A password cannot be a few characters over and over; choose another one";
    runs_on = "密码不能是连续的字母、数字或键盘上相邻的键，请换一个", "A password cannot run along the alphabet, the digits or the keyboard; choose another one";
    day_or_phone = "密码不能是日期或手机号，请换一个", "A password cannot be a date or a telephone number; choose another one";
    known_words = "密码不能主要由账号、姓名、单位名称或“巡安”组成，请换一个", "A password cannot be made mostly of the account, a name, the office or Xun'an; choose another one";
}

pub fn weakness(lang: Lang, weakness: Weakness) -> &'static str {
    match weakness {
        Weakness::TooShort => too_short(lang),
        Weakness::TooLong => too_long(lang),
        Weakness::Common => common(lang),
        Weakness::Repeats => repeats(lang),
        Weakness::RunsOn => runs_on(lang),
        Weakness::DayOrPhone => day_or_phone(lang),
        Weakness::KnownWords => known_words(lang),
    }
}
