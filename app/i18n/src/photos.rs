//! Messages about taking photos and about photo checks.

use domain::photo::NotAPhoto;

messages! {
    empty = "这个文件是空的，没有存。请重拍一张", "The file is empty and was not kept. Take another photo";
    other_kind = "这个文件不是照片，没有存。请拍照，或者选 JPEG、PNG、WebP、HEIC 照片", "This file is not a photo, whatever its name says, and was not kept. Take a photo, or choose a JPEG, PNG, WebP or HEIC";
    too_small = "照片太小，看不清现场，没有存。可能选到了缩略图，请选原图或者重拍一张", "The photo is too small to show anything and was not kept. It may be a preview: choose the photo itself, or take another one";
    too_many_pixels = "照片像素太多（最多 8000 万），处理不了，没有存。请在相机里关掉高像素模式再拍", "The photo has too many pixels (80 million at the most) and was not kept. Turn off the camera's high-resolution mode and take it again";
    cut = "照片坏了或者不完整，打不开，没有存。请重拍一张", "The photo is damaged or incomplete and was not kept. Take another one";
    animated = "这是动图，不是照片，没有存。请拍照，或者选一张静止的照片", "This is an animation, not a photo, and was not kept. Take a photo, or choose a still one";
    too_much_beside = "照片文件里附带的信息过大，没有存。请重拍一张，或者截图后再选", "The file carries too much besides the picture and was not kept. Take another photo, or choose a screenshot of it";
    numbered(n: usize) = "照片 {n}", "photo {n}";
    taking_in(n: usize, all: usize) = "正在存 {n} / {all}", "Saving {n} / {all}";
    chosen(at: String) = "相册照片，{at} 选入", "From the gallery, chosen {at}";
    chosen_and_taken(taken: String) = "相册照片，拍于 {taken}", "From the gallery, taken {taken}";
    camera = "连拍", "Several in a row";
    mark_up = "标注", "Mark up";
    mark_here = "用手指在照片上画", "Draw on the photo with a finger";
    arrow = "箭头", "Arrow";
    circle = "圈", "Circle";
    frame = "框", "Box";
    words = "文字", "Words";
    words_to_set = "写几个字，再点照片放上去", "Write a few words, then touch the photo";
    black_out = "涂黑", "Black out";
    take_back = "撤销", "Take back";
    cancel = "不标了", "Leave it";
    done = "完成", "Done";
    over = "对齐发现时的照片", "Line up with the found photo";
    place_hint = "位置只在开始检查、随手报、拍照和找附近场所时读取，不会跟踪", "The place is read when an inspection or a quick report begins, when a photo is taken and when you look for sites nearby; it is never followed";
    check = "照片核对", "What to look at in the photos";
    check_hint = "系统自动比对得出，只作提醒，不会因此退回。请看过照片再决定。", "Found by comparing; a hint only, and nothing is refused for it. Look at the photos, then decide.";
    check_needs_signal = "照片有没有用过、是不是在这里拍的，有信号时再核对", "Whether the photos were used before or taken elsewhere is checked when there is signal";
    check_waits(photos: usize) = "还有 {photos} 张照片没有传到或正在比对，过一会儿再看", "{photos} photos have not arrived or are still being compared: look again in a while";
    check_found_nothing = "照片已自动比对，没有要提醒的", "The photos were compared; nothing speaks against them";
    how = "怎么判断的", "How this is judged";
    how_judged(alike: u32, far: f64, like: u8) = "每张照片都和本街道以前的所有照片比。画面相差不到 {alike}%，算几乎一样；拍摄位置离场所 {far} 米以上，算离得远；和发现照片的相似度低于 {like}%，算不像同一个地方。相机时间可能不准，两扇门也可能很像，所以只作提醒。标准由管理员在服务器上设定。", "Each photo is compared with all earlier ones of this office. Pictures that differ by less than {alike} % count as nearly the same; {far} m or more from the site counts as far away; a likeness below {like} % with the found photo as another place. A camera's clock may be wrong, and two doors look alike: these are hints only. The administrator sets the figures on the server.";
    between = "；", "; ";
    named(name: String) = "{name}：", "{name}: ";
    of_found(number: usize) = "发现照片 {number}", "Found photo {number}";
    of_after(number: usize) = "整改照片 {number}", "After photo {number}";
    of_visit(number: usize) = "现场照片 {number}", "On site, photo {number}";
    of_item(item: usize, number: usize) = "第 {item} 项照片 {number}", "Item {item}, photo {number}";
    of_form(form: String, photo: String) = "《{form}》{photo}", "{form}: {photo}";
    of_hazard(hazard: String, photo: String) = "{hazard} {photo}", "{hazard}, {photo}";
    of_other(number: usize) = "其他照片 {number}", "Other photo {number}";
    damaged = "照片文件已损坏，打不开，不能作证明，请让拍照的人重拍", "the file is damaged and cannot be opened: it proves nothing, have it taken again";
    same_bytes = "和以前用过的是同一张照片", "the same photo was used before";
    nearly_same(percent: u32) = "和以前用过的一张几乎一样（画面只差 {percent}%）", "nearly the same as a photo used before (the picture differs by {percent} %)";
    used_in(day: String) = "，{day} 收到于 ", ", received {day} with ";
    used_elsewhere(day: String) = "，{day} 收到，在您权限以外的记录里", ", received {day} with a record that is not yours to see";
    other_day(taken: String, recorded: String) = "相机记的拍摄日期是 {taken}，而记录的日期是 {recorded}", "the camera dates it {taken}, the record {recorded}";
    far_away(metres: u32) = "拍摄位置离场所约 {metres} 米", "taken about {metres} m from the site";
    very_far_away(kilometres: u32) = "拍摄位置离场所约 {kilometres} 公里", "taken about {kilometres} km from the site";
    same_as_found = "和发现时的照片是同一张，看不出整改", "this is the found photo once more: it cannot show that anything was put right";
    nearly_same_as_found(percent: u32) = "和发现时的照片几乎一样（画面只差 {percent}%），请看有没有改", "nearly the same as the found photo (the picture differs by {percent} %): look whether anything was put right";
    not_compared = "系统读不了这张照片的画面（如 HEIC），没有和别的照片比", "the picture cannot be read here (HEIC, for one) and was not compared with others";
    from_gallery = "从相册选的，不是当场拍的", "chosen from the gallery, not taken on the spot";
    no_camera = "文件里没有相机信息，可能是截图或转发来的图", "the file says nothing of a camera: perhaps a screenshot, or a picture passed on";
    edited(software: String) = "文件由修图软件写成：{software}", "the file was written by a program for changing pictures: {software}";
    other_place(percent: u8) = "看上去不像发现隐患时的地方（相似度 {percent}%），仅供参考", "hardly looks like the place of the found photo (likeness {percent} %); a hint only";
}

/// What is wrong with a file, and what to do.
pub fn not_a_photo(lang: Lang, why: NotAPhoto) -> &'static str {
    match why {
        NotAPhoto::Empty => empty(lang),
        NotAPhoto::OtherKind => other_kind(lang),
        NotAPhoto::Cut => cut(lang),
        NotAPhoto::TooSmall { .. } => too_small(lang),
        NotAPhoto::TooManyPixels { .. } => too_many_pixels(lang),
        NotAPhoto::Animated => animated(lang),
        NotAPhoto::TooMuchBeside => too_much_beside(lang),
    }
}
