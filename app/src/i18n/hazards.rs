//! The phone: photos, hazards, their rectification and recheck, and the outbox.

messages! {
    photos = "照片", "Photos";
    photo = "照片", "Photo";
    close = "关闭", "Close";
    take_photo = "拍照", "Take photo";
    from_gallery = "从相册选", "Choose from the gallery";
    taking_in = "正在存", "Saving";
    see_photo(n: usize) = "看第 {n} 张照片", "See photo {n}";
    remove_photo(n: usize) = "去掉第 {n} 张照片", "Remove photo {n}";
    photos_full(most: usize) = "每处最多 {most} 张。要换一张，先去掉一张", "At most {most} photos in one place. To change one, remove one first";
    little_room(free: String) = "本机只剩 {free}，可能存不下照片。请先清理相册或其他应用", "Only {free} left on this phone; photos may not fit. Free some space first";
    photo_not_drawn = "HEIC 照片", "HEIC photo";
    photo_not_drawn_hint = "这张是 HEIC 照片，本机显示不了，已原样保存", "This is a HEIC photo that this phone cannot show; it is kept as it is";
    photo_elsewhere = "不在本机", "Not here";
    photo_elsewhere_hint = "这张照片不在本机，有信号时再看", "This photo is not on this phone; look again when there is signal";
    no_photos = "没有照片", "No photos";
    photo_loading = "正在打开照片", "Opening the photo";

    history = "经过", "History";
    waits_for_you = "等你复查", "Waits for your recheck";
    waits_to_be_assigned = "等科室交办", "Waits to be assigned by the department";
    to_hazards = "看全部隐患", "All hazards";
    to_site = "看这个场所", "See the site";
    at_desk = "到电脑端处理", "Decide at the desk";
    kept = "已存在本机", "Saved on this phone";
    later = "先不做", "Not now";
    nothing_lost = "写好的和拍好的都还在这里", "What you wrote and took is still here";
    rectify_open = "传整改照片", "Report it put right";
    rectify_title = "报整改完成", "Report it put right";
    rectify_note = "怎么改的（可不写）", "How it was put right (may be left empty)";
    rectify_submit = "报整改完成", "Report it put right";
    accept_open = "拍照并验收", "Photograph and accept";
    accept_title = "复查验收", "Recheck and accept";
    return_title = "退回再改", "Return";
    extension_title = "申请延期", "Ask for more time";
    extension_reason = "为什么要延期", "Why more time is needed";
    extension_until = "延到哪一天", "Until when";
    extension_submit = "申请延期", "Ask for more time";
    photos_after = "整改后照片", "Photos of how it is now";
    photos_recheck = "复查照片", "Photos of the recheck";
    parcel_rectified(site: String) = "{site} 整改", "{site}: put right";
    parcel_accepted(site: String) = "{site} 复查", "{site}: recheck";
    parcel_returned(site: String) = "{site} 退回", "{site}: returned";
    parcel_extension(site: String) = "{site} 申请延期", "{site}: extension";
}

/// `4.1 MB`, `6.2 GB`; the same in both languages.
pub fn size(bytes: u64) -> String {
    const KB: f64 = 1024.0;
    let bytes = bytes as f64;
    match bytes {
        small if small < KB * KB => format!("{} KB", (small / KB).ceil()),
        middle if middle < KB * KB * KB => format!("{:.1} MB", middle / (KB * KB)),
        large => format!("{:.1} GB", large / (KB * KB * KB)),
    }
}
