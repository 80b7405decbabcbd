//! What the device API says when it does not do what was asked.

messages! {
    sign_in = "请先登录", "Sign in first";
    wrong_credentials = "账号或密码不对", "Account or password is wrong";
    password_due = "请先设置自己的新密码", "Choose a password of your own first";
    not_allowed = "您的账号不能做这件事", "Your account may not do this";
    confirm = "这一步关系到全街道的记录，请重新登录后十分钟内再做一次", "This touches the records of the whole office: sign in again and repeat it within ten minutes";
    not_found = "没有这条记录，或不在您的范围内", "No such record, or not within your scope";
    too_many_tries = "试的次数太多，请过几分钟再试", "Too many tries; wait a few minutes";
    not_yet(at: String) = "还没有到打开的时间（{at}）；到时间会自动打开", "It is not time yet ({at}); it opens by itself then";
    not_announced = "照片的登记还没有到，稍后自动再传", "The photo's record has not arrived yet; it will be sent again by itself";
    hash_mismatch = "照片内容和登记的不一致，没有收下；请重拍", "The photo's content is not what was announced and was not taken; take another one";
    offset_mismatch = "照片已经传到别处，会接着传", "The photo has come further already; it goes on from there";
    checksum_mismatch = "这一段照片路上坏了，会再传一次", "This piece of the photo was damaged on its way and will be sent again";
    upload_gone = "这次上传已经结束或过期，会重新开始", "This upload has ended or expired and will begin anew";
    too_large = "内容太大，没有收下", "The content is too large and was not taken";
    malformed = "请求读不懂，请更新应用", "The request could not be read; update the app";
    cross_site = "请求来自别的网站，没有执行", "The request came from another site and was not carried out";
    unavailable = "服务器暂时忙，请稍后再试；手机上的记录都在", "The server is busy; try again later. What is on the phone is safe";
    full = "服务器存照片的空间已满，照片仍在手机上；请告诉管理员腾出空间，之后会自动再传", "The server has no room for photos. The photo is still on the phone; tell the administrator, and it will be sent again by itself";
    bug(number: String) = "服务器出错了，编号 {number}；手机上的记录都在", "The server made an error, number {number}. What is on the phone is safe";
}
