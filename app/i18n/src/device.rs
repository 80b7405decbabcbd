//! What the phone says of its own workings.

messages! {
    offline = "离线，照常工作", "Offline, carry on as usual";
    online = "已联网", "Online";
    syncing = "正在传", "Sending";
    not_reached = "服务器没有应答", "The server did not answer";
    server_failed = "服务器出了问题，稍后自动再试", "The server has an error; trying again by itself";
    sign_in_needed = "登录已过期，请重新登录，未传的都在本机", "Your sign-in has expired; sign in again. What is unsent is safe on this phone";
    wrong_password = "账号或密码不对", "Account or password is wrong";
    too_many_tries = "试的次数太多，请过几分钟再试", "Too many tries; wait a few minutes";
    first_sign_in_needs_signal = "第一次登录要有信号。请到有信号的地方再试", "The first sign-in needs signal. Try again where there is some";
    storage_full = "手机存储满了，没有存下。请先清理相册或其他应用，再试一次", "The phone's storage is full and this was not saved. Free some space, then try again";
    storage_closed = "本机存储暂时打不开，请再试一次", "The phone's storage could not be opened; try again";
    not_written = "这次没有存下，已填的都在。请更新巡安再试一次", "This was not saved. What you filled in is safe: update the app, then try again";
    photo_not_made = "照片没有处理成，手机内存可能不够。已填的都在，请关掉别的应用再拍一次", "The photo could not be processed; the phone may be short of memory. What you filled in is safe: close other apps and take it again";
    photo_too_large = "照片太大，超过 20 MB，没有存。请调低相机分辨率后重拍", "The photo is larger than 20 MB and was not kept. Lower the camera's resolution and take it again";
    camera_refused = "没有得到相机权限。请在浏览器设置里允许本网站用相机，或者用“拍照”打开系统相机", "The camera was refused. Allow it for this site in the browser's settings, or use “Take photo”, which opens the phone's own camera";
    no_camera = "相机打不开，可能别的应用正在用。请用“拍照”打开系统相机", "The camera cannot be opened; another app may be using it. Use “Take photo”, which opens the phone's own camera";
    photo_kept_as_is = "这种照片本机显示不了，原样保存并上传", "This phone cannot show this kind of photo; it is kept and sent as it is";
    would_not_keep = "在这里做的检查会丢，先不要开始", "Work done here would be lost; do not begin yet";
    cannot_keep = "这个浏览器不能保存数据（可能是无痕模式）。请换用系统浏览器打开", "This browser cannot keep data (a private window, perhaps). Open the page in the system browser";
    locked = "本机已锁，请先输入解锁码", "This phone is locked; enter the PIN first";
    wrong_pin = "解锁码不对", "The PIN is wrong";
    no_crypto = "这个地址没有加密（不是 https），不能在本机保存数据。请用 https 地址打开", "This address is not encrypted (no https), so nothing can be kept on this phone. Open the https address";
    not_a_bundle = "这不是未传内容的文件，或者文件不完整。请重新导出一次", "This is not a file of unsent work, or it is incomplete. Export it once more";
    somebody_elses = "这是另一位同事的未传内容，请交给管理员导入", "This is a colleague's unsent work; give it to the administrator to bring in";
    changed_elsewhere = "这份检查在另一个页面里改过，或者已经提交、作废。请离开这一页，重新打开，核对后再提交", "This inspection was changed in another tab, or was submitted or discarded there. Leave this page, open it again and look it over before you submit";
    visit_of(site: String) = "{site} 检查", "Inspection of {site}";
    newer_record = "这条内容由新版本的巡安记下，更新后才能看；已经收在本机", "This record needs a newer version of the app; it is kept on this phone";
    newer_records(n: usize) = "另有 {n} 条内容要更新巡安后才能看，已经收在本机", "{n} more need a newer version of the app; they are kept on this phone";
    newer_data = "本机数据来自更新的版本，请刷新页面更新应用", "The data on this phone is from a newer version; reload the page to update the app";
}
