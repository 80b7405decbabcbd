//! What the server says before it looks at what was sent.

messages! {
    too_slow = "网络太慢，内容没有在规定时间内传完；请到信号好的地方再试，手机上的记录都在", "The connection was too slow and the upload did not finish in time. Try again where the signal is better; what is on the phone is safe";
    wrong_kind = "提交的内容格式不符；请在页面上选好文件再提交", "What was sent is not in a format that is accepted here; choose the file on the page and submit it";
    two_sessions = "浏览器里有两份登录信息，无法确认哪一份有效；请清除本站的 Cookie，再重新登录", "The browser holds two sign-ins and it cannot be told which is valid. Clear this site's cookies and sign in again";
    go_back = "请返回上一页：已填的内容还在，改好后可以再提交", "Go back: what you typed is still there and can be submitted again";
    sign_in_elsewhere = "在新页面登录，然后回到原来那一页再提交", "Sign in on a new page, then go back to the old one and submit again";
}
