//! Setting and entering the PIN.

messages! {
    pin = "解锁码", "PIN";
    pin_again = "再输一次", "Once more";
    set_pin = "设定解锁码", "Set a PIN";
    set_pin_hint = "本机存的检查、照片和联系人都加密保存，要用这 6 位数字打开。手机 10 分钟没人用会自动锁定，时间可以在“设置”里改。请记牢：忘了就打不开没传完的内容。", "Inspections, photos and contacts on this phone are kept encrypted and open with these 6 digits. Untouched for 10 minutes, the phone locks; the settings change how soon. Remember them: without them, what is unsent cannot be opened.";
    was_cleared = "浏览器清掉了本机以前存的内容，其中没传完的找不回来了。街道已经收到的都在。请把本应用添加到主屏幕，这样一般就不会再被清理。", "The browser has cleared what was kept on this phone; what was unsent cannot be had back. What the office received is safe. Add this app to the home screen: browsers rarely clear what is kept there.";
    set_pin_done = "设定并开始", "Set and begin";
    pin_six_digits = "请输入 6 位数字", "Enter 6 digits";
    pin_guessable = "太容易猜到，请换一个：不要连号，也不要都一样", "Too easy to guess: choose digits that are neither in a row nor all the same";
    pin_differs = "两次输入的不一样，请再输一次", "The two entries differ; enter them again";
    unlock = "解锁", "Unlock";
    unlock_hint = "请输入您在本机设定的 6 位解锁码。", "Enter the 6 digits that you set on this phone.";
    pin_wait(until: String) = "错的次数太多，{until} 以后再试", "Too many wrong tries; try again after {until}";
    pin_forgotten = "忘了解锁码", "I forgot the PIN";
    pin_lost(drafts: usize, unsent: usize, photos: usize) = "{drafts} 份没做完的内容、{unsent} 件没传完的内容和本机存的 {photos} 张照片会永远打不开。照片里街道已经收到的不受影响", "{drafts} unfinished things, {unsent} unsent things and {photos} photos on this phone can never be opened again. Photos that the office has received are safe there";
    pin_nothing_lost = "本机没有未完成或未传完的内容，也没有照片，不会丢失什么", "Nothing unfinished or unsent and no photos are on this phone; nothing is lost";
    somebody_else = "换人登录", "Somebody else signs in";
    somebody_else_hint = "没传完的内容留在本机，只有本人登录并解锁后才打得开。", "What is unsent stays on this phone; only its owner can open it, signed in and unlocked.";
    somebody_else_offline = "现在没有信号。登录需要信号，有信号时才能换人。", "There is no signal now. Signing in needs it, so change over when there is signal.";
    blocked = "另一个窗口开着旧版本", "Another window has an older version open";
    blocked_hint = "请把本应用的其他窗口或标签页都关掉，这里会自动接着打开。存的内容都在。", "Close the app's other windows or tabs; this one then opens by itself. What is kept is safe.";
    pin_lost_hint = "街道已经收到的都在。重设后要重新登录，再设一个新的解锁码。", "What the office has received is safe. After this you sign in again and set a new PIN.";
    pin_reset = "清除并重设", "Clear and set anew";
    pin_try_again = "再想想", "Try again";
    lock_after = "多久不用自动锁定", "Lock when untouched for";
    minutes(n: u8) = "{n} 分钟", "{n} min";
    lock_after_hint = "锁上以后，没填完的检查原样留着，输入解锁码就回到原来那一项。", "What is being filled in stays as it is: the PIN leads back to the same item.";
    lock_now = "锁定本机", "Lock this phone";
}
