//! Whether the phone can be relied on without signal, and why not.

messages! {
    ready = "离线可用：没有信号也能打开，填的都存在本机", "Ready for offline use: it opens without signal, and what you fill in is kept on this phone";
    ready_unless_cleared = "离线可用，但浏览器未承诺长期保存：手机空间不足时可能清理，请尽快传完，或把巡安添加到主屏幕", "Ready for offline use, but the browser has not promised to keep the data: it may clear it when space is short. Send soon, or add Xun'an to the home screen";
    trying = "正在检查能否离线使用", "Checking whether it works offline";
    fetching = "还不能离线使用：程序正在存到本机，请在有信号的地方再等一会儿", "Not ready for offline use yet: the app is being saved on this phone; wait a little where there is signal";
    no_worker = "不能离线打开：这个浏览器不支持。请换用系统浏览器或新版 Chrome、Safari", "Does not open offline: this browser does not support it. Use the system browser, or a recent Chrome or Safari";
    no_worker_http = "不能离线打开：这个地址没有加密（不是 https）。请用 https 地址打开", "Does not open offline: this address is not encrypted (no https). Open the https address";
    worker_refused = "不能离线打开：浏览器拒绝把程序存到本机，多半是网站证书不受信任。页面打开期间填的内容照样存在本机，请不要关掉页面，并请管理员更换受信任的证书", "Does not open offline: the browser refuses to save the app, most likely because it does not trust the site's certificate. What you fill in while it is open is kept all the same; do not close the page, and ask the administrator for a trusted certificate";
    not_kept_whole = "不能离线打开：程序没有完整存到本机。请在有信号的地方重新打开一次", "Does not open offline: the app is not completely on this phone. Reload it once where there is signal";
    storage_silent = "本机存储没有应答。请关掉本应用的其他窗口和不用的应用，再重新打开；已经存下的都在", "The storage of this phone does not answer. Close the app's other windows and apps that you do not use, then reload; what was kept is safe";
    storage_slow = "本机存储很久没有应答，刚填的可能还没有存下。请先不要关掉这一页", "The storage of this phone has not answered for a while; what you just filled in may not be kept yet. Do not close this page";
    no_local_storage = "浏览器不让本网站在手机上存数据。请在浏览器设置里允许本网站的 Cookie 和网站数据，并且不要用无痕窗口", "The browser does not let this site keep data. Allow cookies and site data for it in the browser's settings, and do not use a private window";
    fetching_records = "还不能离线使用：场所和检查表还没有取全，请在有信号的地方再等一会儿", "Not ready for offline use yet: sites and checklists are still coming in; wait a little where there is signal";
    cannot(why: &str) = "不能离线使用：{why}", "Cannot be used offline: {why}";
}
