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
    photo_loading = "正在打开照片", "Opening the photo";
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
